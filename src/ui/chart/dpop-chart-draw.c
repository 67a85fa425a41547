/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-chart-draw.h"

#include "dpop-chart-draw-private.h"

#include <pango/pangocairo.h>

static void
set_ink (cairo_t *cr, const DpopChartPalette *palette, DpopChartInk ink)
{
  const DpopChartColour *colour = &palette->inks[ink];

  cairo_set_source_rgba (cr, colour->red, colour->green, colour->blue, colour->alpha);
}

static void
trace_box (cairo_t *cr, const DpopChartItem *item)
{
  double left = item->x, right = item->x + item->width, top = item->y;
  double bottom = item->y + item->height, l = item->left_radius, r = item->right_radius;

  cairo_new_sub_path (cr);
  cairo_arc (cr, right - r, top + r, r, -G_PI_2, 0);
  cairo_arc (cr, right - r, bottom - r, r, 0, G_PI_2);
  cairo_arc (cr, left + l, bottom - l, l, G_PI_2, G_PI);
  cairo_arc (cr, left + l, top + l, l, G_PI, 3 * G_PI_2);
  cairo_close_path (cr);
}

static void
draw_box (const DpopChartItem *item, cairo_t *cr, const DpopChartPalette *palette)
{
  trace_box (cr, item);
  set_ink (cr, palette, item->ink);
  if (!item->bar || !palette->outlined)
    {
      cairo_fill (cr);
      return;
    }
  cairo_fill_preserve (cr);
  set_ink (cr, palette, DPOP_CHART_INK_TEXT);
  cairo_save (cr);
  cairo_clip_preserve (cr);
  cairo_set_line_width (cr, 2); /* the outer half is clipped away */
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
draw_path (const DpopChartItem *item, cairo_t *cr, const DpopChartPalette *palette)
{
  const double dashes[] = { 4, 3 };

  for (guint i = 0; i < item->n_points; i++)
    cairo_line_to (cr, item->x + item->points[i].x * item->width,
                   item->y + item->points[i].y * item->height);
  set_ink (cr, palette, item->ink);
  if (item->kind == DPOP_CHART_ITEM_AREA)
    {
      cairo_fill (cr);
      return;
    }
  cairo_set_line_width (cr, item->line_width);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, item->dashed ? CAIRO_LINE_CAP_BUTT : CAIRO_LINE_CAP_ROUND);
  cairo_set_dash (cr, dashes, item->dashed ? G_N_ELEMENTS (dashes) : 0, 0);
  cairo_stroke (cr);
}

void
dpop_chart_draw_item (const DpopChartItem *item, cairo_t *cr, const DpopChartPalette *palette)
{
  cairo_new_path (cr);
  switch (item->kind)
    {
    case DPOP_CHART_ITEM_BOX:
      draw_box (item, cr, palette);
      break;
    case DPOP_CHART_ITEM_TEXT:
      set_ink (cr, palette, item->ink);
      cairo_move_to (cr, item->x, item->y);
      pango_cairo_show_layout (cr, item->text);
      break;
    case DPOP_CHART_ITEM_STROKE:
    case DPOP_CHART_ITEM_AREA:
    default:
      draw_path (item, cr, palette);
      break;
    }
}

void
dpop_chart_draw_layout (const DpopChartLayout *layout, cairo_t *cr,
                        const DpopChartPalette *palette)
{
  cairo_save (cr);
  for (guint i = 0; i < layout->items->len; i++)
    dpop_chart_draw_item (&g_array_index (layout->items, DpopChartItem, i), cr, palette);
  cairo_restore (cr);
}

double
dpop_chart_draw_height (const DpopChart *chart, PangoContext *context, double width)
{
  g_autoptr (DpopChartLayout) layout = dpop_chart_layout_new (chart, context, width,
                                                              DPOP_CHART_LAYOUT_BARE);

  return layout->height;
}

double
dpop_chart_draw (const DpopChart *chart, cairo_t *cr, PangoContext *context, double width,
                 const DpopChartPalette *palette)
{
  g_autoptr (DpopChartLayout) layout = dpop_chart_layout_new (chart, context, width,
                                                              DPOP_CHART_LAYOUT_BARE);

  dpop_chart_draw_layout (layout, cr, palette);
  return layout->height;
}
