/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-chart-layout-private.h"

#include "dpop-chart-words-private.h"

#include <math.h>
#include <string.h>

static void
item_clear (gpointer data)
{
  DpopChartItem *item = data;

  g_clear_object (&item->text);
  g_clear_pointer (&item->points, g_free);
}

static double
letter_size (PangoContext *context)
{
  PangoLayout *layout = pango_layout_new (context);
  int height;

  pango_layout_set_text (layout, "0", -1);
  pango_layout_get_pixel_size (layout, NULL, &height);
  g_object_unref (layout);
  return MAX (6, height / 1.35);
}

/* --- Texts. ---------------------------------------------------------------------------------- */

static PangoAttrList *
attributes (DpopChartTextStyle style)
{
  PangoAttrList *list = pango_attr_list_new ();

  pango_attr_list_insert (list, pango_attr_font_features_new ("tnum=1"));
  /* A name that is cut is no name with a hyphen. */
  pango_attr_list_insert (list, pango_attr_insert_hyphens_new (FALSE));
  if (style & DPOP_CHART_TEXT_BOLD)
    pango_attr_list_insert (list, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  if (style & DPOP_CHART_TEXT_SMALL)
    pango_attr_list_insert (list, pango_attr_scale_new (0.87));
  if (style & DPOP_CHART_TEXT_LARGE)
    pango_attr_list_insert (list, pango_attr_scale_new (1.35));
  return list;
}

static gboolean
is_flush_left (PangoLayout *layout)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  int x = G_MAXINT;

  do
    {
      PangoRectangle line;

      pango_layout_iter_get_line_extents (iter, NULL, &line);
      if (line.width < pango_layout_get_width (layout))
        x = MIN (x, line.x);
    }
  while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
  return x <= 0;
}

/* Pango turns an alignment around in a paragraph that runs against its context; which way one runs
 * it tells by where the lines come to lie. */
static void
align (PangoLayout *layout, gboolean to_the_right)
{
  pango_layout_set_alignment (layout, PANGO_ALIGN_LEFT);
  if (is_flush_left (layout) == to_the_right)
    pango_layout_set_alignment (layout, PANGO_ALIGN_RIGHT);
}

DpopChartItem
dpop_chart_layout_text (DpopChartLayout *self, const char *text, DpopChartTextStyle style,
                        DpopChartInk ink, double most)
{
  DpopChartItem item = { .kind = DPOP_CHART_ITEM_TEXT, .ink = ink };
  PangoAttrList *list = attributes (style);
  int width, height;

  item.text = pango_layout_new (self->context);
  pango_layout_set_attributes (item.text, list);
  pango_attr_list_unref (list);
  pango_layout_set_text (item.text, text, -1);
  pango_layout_get_pixel_size (item.text, &width, &height);
  if (width > most)
    {
      pango_layout_set_wrap (item.text, PANGO_WRAP_WORD_CHAR);
      pango_layout_set_width (item.text, (int) (floor (MAX (most, 1)) * PANGO_SCALE));
      align (item.text, ((style & DPOP_CHART_TEXT_AT_END) != 0) != self->mirror);
      pango_layout_get_pixel_size (item.text, NULL, &height);
      width = (int) floor (MAX (most, 1));
    }
  item.width = width;
  item.height = height;
  return item;
}

/* --- Items. ---------------------------------------------------------------------------------- */

DpopChartItem *
dpop_chart_layout_put (DpopChartLayout *self, DpopChartItem item, double x, double y)
{
  item.x = x;
  item.y = y;
  g_array_append_val (self->items, item);
  return &g_array_index (self->items, DpopChartItem, self->items->len - 1);
}

DpopChartItem *
dpop_chart_layout_box (DpopChartLayout *self, DpopChartInk ink, double x, double y, double width,
                       double height, double radius)
{
  DpopChartItem item = { .kind = DPOP_CHART_ITEM_BOX, .ink = ink, .width = width, .height = height,
                         .left_radius = radius, .right_radius = radius };

  return dpop_chart_layout_put (self, item, x, y);
}

double
dpop_chart_layout_along (guint64 figure, guint64 full, double length)
{
  return full == 0 ? 0 : length * CLAMP ((double) figure / (double) full, 0, 1);
}

DpopChartItem *
dpop_chart_layout_bar (DpopChartLayout *self, DpopChartInk ink, double x, double y, double width,
                       double height, guint64 figure, guint64 full)
{
  double length = dpop_chart_layout_along (figure, full, width);
  DpopChartItem *item;

  if (figure > 0)
    length = MAX (length, 3);
  item = dpop_chart_layout_box (self, ink, x, y, length, height, MIN (height / 3, length / 2));
  item->bar = TRUE;
  return item;
}

static DpopChartItem *
stroke (DpopChartLayout *self, DpopChartInk ink, double x, double y, double width, double height,
        const DpopChartPoint *points, guint n_points)
{
  DpopChartItem item = { .kind = DPOP_CHART_ITEM_STROKE, .ink = ink, .width = width,
                         .height = height, .n_points = n_points };

  item.points = g_memdup2 (points, sizeof *points * n_points);
  return dpop_chart_layout_put (self, item, x, y);
}

void
dpop_chart_layout_line (DpopChartLayout *self, DpopChartInk ink, double x1, double y1, double x2,
                        double y2, double line_width, gboolean dashed)
{
  const DpopChartPoint points[] = { { 0, 0 }, { 1, 1 } };
  DpopChartItem *item = stroke (self, ink, x1, y1, x2 - x1, y2 - y1, points, 2);

  item->line_width = line_width;
  item->dashed = dashed;
}

void
dpop_chart_layout_sign (DpopChartLayout *self, DpopChartSign sign, DpopChartInk ink, double x,
                        double y, double size)
{
  static const DpopChartPoint check[] = { { 0.1, 0.55 }, { 0.4, 0.85 }, { 0.92, 0.2 } };
  static const DpopChartPoint down[] = { { 0.18, 0.18 }, { 0.82, 0.82 } };
  static const DpopChartPoint up[] = { { 0.18, 0.82 }, { 0.82, 0.18 } };
  static const DpopChartPoint dash[] = { { 0.12, 0.5 }, { 0.88, 0.5 } };
  const DpopChartPoint *points = sign == DPOP_CHART_SIGN_CHECK ? check
    : sign == DPOP_CHART_SIGN_CROSS ? down : dash;
  DpopChartItem *item = stroke (self, ink, x, y, size, size, points,
                                sign == DPOP_CHART_SIGN_CHECK ? 3 : 2);

  item->line_width = MAX (1.5, size / 6);
  item->upright = TRUE;
  if (sign == DPOP_CHART_SIGN_CROSS)
    {
      item = stroke (self, ink, x, y, size, size, up, 2);
      item->line_width = MAX (1.5, size / 6);
      item->upright = TRUE;
    }
}

gboolean
dpop_chart_layout_sign_of (DpopChartTone tone, DpopChartSign *sign)
{
  switch (tone)
    {
    case DPOP_CHART_TONE_YES:
      *sign = DPOP_CHART_SIGN_CHECK;
      return TRUE;
    case DPOP_CHART_TONE_NO:
      *sign = DPOP_CHART_SIGN_CROSS;
      return TRUE;
    case DPOP_CHART_TONE_ABSTAIN:
      *sign = DPOP_CHART_SIGN_DASH;
      return TRUE;
    case DPOP_CHART_TONE_ACCENT:
    case DPOP_CHART_TONE_NEUTRAL:
    default:
      return FALSE;
    }
}

DpopChartInk
dpop_chart_layout_ink_of (DpopChartTone tone)
{
  static const DpopChartInk inks[] = {
    [DPOP_CHART_TONE_YES] = DPOP_CHART_INK_YES,
    [DPOP_CHART_TONE_NO] = DPOP_CHART_INK_NO,
    [DPOP_CHART_TONE_ABSTAIN] = DPOP_CHART_INK_ABSTAIN,
    [DPOP_CHART_TONE_ACCENT] = DPOP_CHART_INK_ACCENT,
    [DPOP_CHART_TONE_NEUTRAL] = DPOP_CHART_INK_NEUTRAL,
  };

  return (gsize) tone < G_N_ELEMENTS (inks) ? inks[tone] : DPOP_CHART_INK_NEUTRAL;
}

double
dpop_chart_layout_mark_words (DpopChartLayout *self, const DpopChartMark *mark, double x,
                              double width, double position)
{
  g_autofree char *words = dpop_chart_words_mark (mark);
  DpopChartItem item = dpop_chart_layout_text (self, words, DPOP_CHART_TEXT_SMALL,
                                               DPOP_CHART_INK_TEXT, width);
  double at = CLAMP (position - item.width / 2, x, x + width - item.width);

  dpop_chart_layout_put (self, item, floor (at), self->height);
  return item.height;
}

/* --- The whole. ------------------------------------------------------------------------------ */

static void
mirror (DpopChartLayout *self)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      DpopChartItem *item = &g_array_index (self->items, DpopChartItem, i);
      double radius = item->left_radius;

      item->x = self->width - item->x - item->width;
      item->left_radius = item->right_radius;
      item->right_radius = radius;
      for (guint k = 0; !item->upright && k < item->n_points; k++)
        item->points[k].x = 1 - item->points[k].x;
    }
}

static void
paragraph (DpopChartLayout *self, const char *text, DpopChartTextStyle style, DpopChartInk ink)
{
  DpopChartItem item = dpop_chart_layout_text (self, text, style, ink, self->width);

  dpop_chart_layout_put (self, item, 0, self->height);
  self->height += item.height;
}

DpopChartLayout *
dpop_chart_layout_new (const DpopChart *chart, PangoContext *context, double width,
                       DpopChartLayoutParts parts)
{
  DpopChartLayout *self = g_new0 (DpopChartLayout, 1);

  self->context = g_object_ref (context);
  self->width = MAX (floor (width), DPOP_CHART_LAYOUT_LEAST_WIDTH);
  self->unit = letter_size (context);
  self->mirror = pango_context_get_base_dir (context) == PANGO_DIRECTION_RTL;
  self->items = g_array_new (FALSE, FALSE, sizeof (DpopChartItem));
  g_array_set_clear_func (self->items, item_clear);
  if ((parts & DPOP_CHART_LAYOUT_TITLED) != 0 && *dpop_chart_title (chart) != '\0')
    {
      paragraph (self, dpop_chart_title (chart), DPOP_CHART_TEXT_BOLD | DPOP_CHART_TEXT_LARGE,
                 DPOP_CHART_INK_TEXT);
      self->height += self->unit;
    }
  switch (dpop_chart_kind (chart))
    {
    case DPOP_CHART_OUTCOME:
      dpop_chart_layout_outcome (self, chart);
      break;
    case DPOP_CHART_BARS:
      dpop_chart_layout_bars (self, chart);
      break;
    case DPOP_CHART_TURNOUT:
      dpop_chart_layout_turnout (self, chart);
      break;
    case DPOP_CHART_PAIRWISE:
    default:
      dpop_chart_layout_pairwise (self, chart);
      break;
    }
  if (parts & DPOP_CHART_LAYOUT_DESCRIBED)
    {
      g_autofree char *words = dpop_chart_describe (chart);

      self->height += self->unit * 1.5;
      paragraph (self, words, DPOP_CHART_TEXT_PLAIN, DPOP_CHART_INK_TEXT);
    }
  self->height = ceil (self->height);
  if (self->mirror)
    mirror (self);
  return self;
}

void
dpop_chart_layout_free (DpopChartLayout *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->items);
  g_object_unref (self->context);
  g_free (self);
}
