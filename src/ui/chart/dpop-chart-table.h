/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-chart.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The same figures as a table of labels. Each cell says to a screen reader in full what it holds:
 * "Yes, Votes: 5". Of a long table it shows the beginning, or every so many rows, and says so. */
#define DPOP_TYPE_CHART_TABLE (dpop_chart_table_get_type ())
G_DECLARE_FINAL_TYPE (DpopChartTable, dpop_chart_table, DPOP, CHART_TABLE, GtkWidget)

GtkWidget *dpop_chart_table_new (DpopChart *chart);

/* CHART may be NULL. */
void dpop_chart_table_set_chart (DpopChartTable *self, DpopChart *chart);

G_END_DECLS
