/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-chart-layout-private.h"

#include <cairo.h>

G_BEGIN_DECLS

void dpop_chart_draw_item   (const DpopChartItem *item, cairo_t *cr,
                             const DpopChartPalette *palette);
void dpop_chart_draw_layout (const DpopChartLayout *layout, cairo_t *cr,
                             const DpopChartPalette *palette);

G_END_DECLS
