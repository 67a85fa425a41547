/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-chart-palette.h"
#include "dpop-chart.h"

#include <cairo.h>
#include <pango/pango.h>

G_BEGIN_DECLS

/* A chart on cairo, for pages and files: the same picture as DpopChartView's, without its title. It
 * is WIDTH units wide (160 at least) and as high as it needs, from the current origin; letters are
 * as large as CONTEXT's font says, and distances follow them. CONTEXT's base direction says from
 * where to where it runs. Safe on any thread, with a CONTEXT of that thread. */

double dpop_chart_draw_height (const DpopChart *chart, PangoContext *context, double width);
/* Returns the height, too. */
double dpop_chart_draw        (const DpopChart *chart, cairo_t *cr, PangoContext *context,
                               double width, const DpopChartPalette *palette);

G_END_DECLS
