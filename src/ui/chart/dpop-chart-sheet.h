/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-chart.h"

G_BEGIN_DECLS

/* A chart as a table of texts: what a screen reader reads, and what a spreadsheet gets. Pairs of
 * options are a row each, so that the table is as narrow for ten options as for three. */

/* A table on a page has no more rows. A turnout is thinned evenly and keeps its last row. */
#define DPOP_CHART_SHEET_MOST_ROWS 100

typedef enum
{
  DPOP_CHART_SHEET_FOR_READING, /* three columns, at most DPOP_CHART_SHEET_MOST_ROWS, times in
                                 * words */
  DPOP_CHART_SHEET_FOR_FILE,    /* everything, each figure in a column of its own, times as
                                 * 2025-03-09 18:00:00 */
} DpopChartSheetUse;

typedef struct _DpopChartSheet DpopChartSheet;

DpopChartSheet *dpop_chart_sheet_new  (const DpopChart *chart, DpopChartSheetUse use);
void            dpop_chart_sheet_free (DpopChartSheet *self);

guint       dpop_chart_sheet_n_columns  (const DpopChartSheet *self);
guint       dpop_chart_sheet_n_rows     (const DpopChartSheet *self); /* without the headings */
guint       dpop_chart_sheet_n_left_out (const DpopChartSheet *self);
const char *dpop_chart_sheet_heading    (const DpopChartSheet *self, guint column);
const char *dpop_chart_sheet_cell       (const DpopChartSheet *self, guint row, guint column);
/* To be set flush with the end, in figures of one width. */
gboolean    dpop_chart_sheet_is_figure  (const DpopChartSheet *self, guint column);

/* As RFC 4180 has it, in UTF-8 with the mark at its head that tells spreadsheets so. A field that
 * begins as a formula does gets an apostrophe before it: a name must not become a command in
 * somebody's spreadsheet. The caller frees. */
char *dpop_chart_sheet_to_csv (const DpopChartSheet *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopChartSheet, dpop_chart_sheet_free)

G_END_DECLS
