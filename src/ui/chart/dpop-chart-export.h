/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-chart.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* A chart as a file: with its title above and its sentences below, dark on white. */
typedef enum
{
  DPOP_CHART_EXPORT_PNG, /* two pixels a unit, for screens and letters */
  DPOP_CHART_EXPORT_PDF, /* A4, as many pages as it takes */
  DPOP_CHART_EXPORT_CSV, /* the table, whole: dpop_chart_sheet_to_csv */
} DpopChartExportFormat;

typedef enum
{
  DPOP_CHART_EXPORT_ERROR_PICTURE, /* it could not be drawn: there is too little memory */
} DpopChartExportError;

#define DPOP_CHART_EXPORT_ERROR (dpop_chart_export_error_quark ())

GQuark dpop_chart_export_error_quark (void);

/* The bytes of the file. FROM_RIGHT: it is laid out from right to left. Safe on any thread. */
GBytes *dpop_chart_export (const DpopChart *chart, DpopChartExportFormat format,
                           gboolean from_right, GError **error);

/* "png". */
const char *dpop_chart_export_ending (DpopChartExportFormat format);
/* A name for the file: the chart's title without what file systems refuse, and the ending. */
char       *dpop_chart_export_name   (const DpopChart *chart, DpopChartExportFormat format);

G_END_DECLS
