/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-chart-layout-private.h"

#include "dpop-chart-words-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define MOST_LABEL  0.4 /* of the width */
#define LEAST_LABEL 10  /* units, as below, if half the width is more */
#define CELL_PAD    0.45
#define ROW_PAD     0.4
#define NUMBER_GAP  0.6

/* A row and a column an option. Where not all columns fit side by side, the table goes on below
 * itself with the others, as in print. */
typedef struct
{
  DpopChartLayout *layout;
  const DpopChart *chart;
  guint n;
  double number; /* how wide the options' numbers are */
  double label;  /* the column of names, with the numbers */
  double cell;
  double cell_height;
  guint columns; /* in a block */
} Pairs;

static DpopChartItem
number_text (Pairs *self, guint option, DpopChartInk ink)
{
  char words[12];

  g_snprintf (words, sizeof words, "%u", option + 1);
  return dpop_chart_layout_text (self->layout, words, DPOP_CHART_TEXT_SMALL, ink,
                                 self->layout->width);
}

static DpopChartItem
cell_text (Pairs *self, guint a, guint b)
{
  guint64 mine = dpop_chart_preferred (self->chart, a, b);
  guint64 other = dpop_chart_preferred (self->chart, b, a);
  g_autofree char *figure = dpop_chart_words_figure (mine);
  g_autofree char *equal = mine == other ? g_strdup_printf ("= %s", figure) : NULL;

  return dpop_chart_layout_text (self->layout, equal != NULL ? equal : figure,
                                 mine > other ? DPOP_CHART_TEXT_BOLD : DPOP_CHART_TEXT_PLAIN,
                                 mine < other ? DPOP_CHART_INK_DIM : DPOP_CHART_INK_TEXT,
                                 self->cell - CELL_PAD * self->layout->unit);
}

/* Digits are of one width, so the largest figure takes the most room. */
static DpopChartItem
largest_text (Pairs *self, double most)
{
  guint64 largest = 0;
  gboolean equal = FALSE;
  g_autofree char *figure = NULL;
  g_autofree char *words = NULL;

  for (guint a = 0; a < self->n; a++)
    for (guint b = 0; b < self->n; b++)
      {
        guint64 mine = dpop_chart_preferred (self->chart, a, b);

        largest = MAX (largest, mine);
        equal = equal || (a != b && mine == dpop_chart_preferred (self->chart, b, a));
      }
  figure = dpop_chart_words_figure (largest);
  words = g_strdup_printf (equal ? "= %s" : "%s", figure);
  return dpop_chart_layout_text (self->layout, words, DPOP_CHART_TEXT_BOLD, DPOP_CHART_INK_TEXT,
                                 most);
}

static double
widest_label (Pairs *self, double most)
{
  double widest = 5 * self->layout->unit;

  for (guint i = 0; i < self->n; i++)
    {
      DpopChartItem item = dpop_chart_layout_text (self->layout,
                                                   dpop_chart_row (self->chart, i)->label,
                                                   DPOP_CHART_TEXT_BOLD, DPOP_CHART_INK_TEXT, most);

      widest = MAX (widest, item.width);
      g_object_unref (item.text);
    }
  return widest;
}

static void
measure (Pairs *self)
{
  DpopChartLayout *layout = self->layout;
  double gap = NUMBER_GAP * layout->unit, room, most;
  DpopChartItem item = number_text (self, self->n > 0 ? self->n - 1 : 0, DPOP_CHART_INK_DIM);
  guint blocks;

  self->number = item.width;
  g_object_unref (item.text);
  most = MAX (layout->width * MOST_LABEL, LEAST_LABEL * layout->unit) - self->number - gap;
  self->label = MIN (widest_label (self, most) + self->number + gap, layout->width / 2);
  room = layout->width - self->label - layout->unit;
  item = largest_text (self, layout->width);
  self->cell = MAX (item.width, 1.4 * layout->unit) + 2 * CELL_PAD * layout->unit;
  g_object_unref (item.text);
  self->cell = MIN (self->cell, room);
  item = largest_text (self, self->cell - CELL_PAD * layout->unit);
  self->cell_height = item.height + 2 * ROW_PAD * layout->unit;
  g_object_unref (item.text);
  self->columns = (guint) (room / self->cell);
  self->columns = CLAMP (self->columns, 1, MAX (self->n, 1));
  blocks = (self->n + self->columns - 1) / self->columns;
  if (blocks > 1) /* of the same size, as nearly as may be */
    self->columns = (self->n + blocks - 1) / blocks;
}

static double
column_x (const Pairs *self, guint column)
{
  return self->label + self->layout->unit + column * self->cell;
}

static void
lay_heading (Pairs *self, guint first, guint end)
{
  DpopChartLayout *layout = self->layout;
  double height = 0;

  for (guint option = first; option < end; option++)
    {
      DpopChartItem item = number_text (self, option, DPOP_CHART_INK_DIM);

      height = item.height;
      dpop_chart_layout_put (layout, item,
                             column_x (self, option - first) + (self->cell - item.width) / 2,
                             layout->height);
    }
  layout->height += height + 0.3 * layout->unit;
}

static void
lay_cell (Pairs *self, guint a, guint b, double x, double y, double height)
{
  DpopChartLayout *layout = self->layout;
  DpopChartItem item = a == b
    ? dpop_chart_layout_text (layout, "\u2013", DPOP_CHART_TEXT_PLAIN, DPOP_CHART_INK_DIM,
                              self->cell)
    : cell_text (self, a, b);

  if (dpop_chart_preferred (self->chart, a, b) > dpop_chart_preferred (self->chart, b, a))
    dpop_chart_layout_box (layout, DPOP_CHART_INK_TINT, x + 1, y + 2, self->cell - 2, height - 4,
                           0.3 * layout->unit)->bar = TRUE;
  dpop_chart_layout_put (layout, item, x + (self->cell - item.width) / 2,
                         y + (height - item.height) / 2);
}

static void
lay_row (Pairs *self, guint option, guint first, guint end)
{
  DpopChartLayout *layout = self->layout;
  gboolean wins_all = dpop_chart_pairs_won (self->chart, option) == self->n - 1 && self->n > 1;
  double label_x = self->number + NUMBER_GAP * layout->unit, most = self->label - label_x;
  double y = layout->height, pad = ROW_PAD * layout->unit, height, text;
  g_autofree char *won = dpop_chart_words_won (self->chart, option);
  DpopChartItem number = number_text (self, option, DPOP_CHART_INK_DIM);
  DpopChartItem label = dpop_chart_layout_text (layout, dpop_chart_row (self->chart, option)->label,
                                                wins_all ? DPOP_CHART_TEXT_BOLD
                                                         : DPOP_CHART_TEXT_PLAIN,
                                                DPOP_CHART_INK_TEXT, most);
  DpopChartItem remark = dpop_chart_layout_text (layout, won, DPOP_CHART_TEXT_SMALL,
                                                 DPOP_CHART_INK_DIM, most);

  height = MAX (label.height + remark.height + 2 * pad, self->cell_height);
  dpop_chart_layout_box (layout, DPOP_CHART_INK_LINE, 0, round (y), layout->width, 1, 0);
  text = y + (height - label.height - remark.height) / 2;
  dpop_chart_layout_put (layout, number, self->number - number.width, text + 1);
  dpop_chart_layout_put (layout, label, label_x, text);
  dpop_chart_layout_put (layout, remark, label_x, text + label.height);
  for (guint i = first; i < end; i++)
    lay_cell (self, option, i, column_x (self, i - first), y, height);
  layout->height += height;
}

void
dpop_chart_layout_pairwise (DpopChartLayout *self, const DpopChart *chart)
{
  Pairs pairs = { .layout = self, .chart = chart, .n = dpop_chart_n_rows (chart) };
  DpopChartItem item;

  measure (&pairs);
  for (guint first = 0; first < pairs.n; first += pairs.columns)
    {
      guint end = MIN (first + pairs.columns, pairs.n);

      if (first > 0)
        self->height += 1.2 * self->unit;
      lay_heading (&pairs, first, end);
      for (guint option = 0; option < pairs.n; option++)
        lay_row (&pairs, option, first, end);
    }
  self->height += 0.8 * self->unit;
  item = dpop_chart_layout_text (self, _("Each row says how many prefer its option to the option "
                                         "of the column. In bold: more prefer it than the other "
                                         "way round. With =: as many."),
                                 DPOP_CHART_TEXT_SMALL, DPOP_CHART_INK_DIM, self->width);
  dpop_chart_layout_put (self, item, 0, self->height);
  self->height += item.height;
}
