/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-chart.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a page puts a chart into: the picture, below it a button that shows the table, and a menu
 * that saves it as a picture, a document or a table. What became of the saving is said in the panel
 * itself, as a status that a screen reader hears. Saving goes on when the panel is gone. */
#define DPOP_TYPE_CHART_PANEL (dpop_chart_panel_get_type ())
G_DECLARE_FINAL_TYPE (DpopChartPanel, dpop_chart_panel, DPOP, CHART_PANEL, GtkWidget)

GtkWidget *dpop_chart_panel_new (DpopChart *chart);

/* CHART may be NULL: then the panel is empty. Takes a reference. What is shown and where the focus
 * is stays: a page may call this whenever a vote arrives. */
void       dpop_chart_panel_set_chart (DpopChartPanel *self, DpopChart *chart);
DpopChart *dpop_chart_panel_get_chart (DpopChartPanel *self);

/* Writes the chart to FILE as FORMAT (a DpopChartExportFormat), without asking; what the menu does
 * once a place was chosen. */
void dpop_chart_panel_save (DpopChartPanel *self, GFile *file, guint format);

G_END_DECLS
