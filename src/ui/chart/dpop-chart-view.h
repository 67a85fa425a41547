/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-chart.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The picture of a chart in a window, in the theme's colours, as wide as it may be and as high as
 * it needs. To a screen reader it is an image: its name is the chart's title, its description the
 * chart's sentences. The title is not drawn: the page has said it. Without a chart it is empty. */
#define DPOP_TYPE_CHART_VIEW (dpop_chart_view_get_type ())
G_DECLARE_FINAL_TYPE (DpopChartView, dpop_chart_view, DPOP, CHART_VIEW, GtkWidget)

GtkWidget *dpop_chart_view_new (DpopChart *chart);

/* CHART may be NULL. Takes a reference. */
void       dpop_chart_view_set_chart (DpopChartView *self, DpopChart *chart);
DpopChart *dpop_chart_view_get_chart (DpopChartView *self);

G_END_DECLS
