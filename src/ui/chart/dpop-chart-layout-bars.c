/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-chart-layout-private.h"

#include "dpop-chart-words-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Units. From WIDE on, names stand beside their bars if LEAST_BAR is left for these, else above. */
#define WIDE       38
#define LEAST_BAR  10
#define BAR_HEIGHT 1.0
#define ROW_GAP    0.9
#define COLUMN_GAP 1.0
#define MOST_LABEL 0.34 /* of the width */
#define SIGN_SIZE  0.85

typedef struct
{
  DpopChartItem label;
  DpopChartItem figure; /* "30" */
  DpopChartItem remark; /* "57.7%, elected"; without a text: none */
  double sign;          /* the room for a check mark before the label, or 0 */
} Row;

typedef struct
{
  DpopChartLayout *layout;
  const DpopChart *chart;
  guint n;
  Row *rows;
  gboolean wide;
  double labels;  /* how wide the columns are */
  double figures;
  double remarks;
  double bar_x;
  double bar_width;
  double top;     /* of the first bar, and the end of the last: the mark spans them */
  double bottom;
} Bars;

static char *
remark_words (const DpopChart *chart, const DpopChartRow *row)
{
  g_autofree char *share = dpop_chart_total_name (chart) != NULL
    ? dpop_chart_words_share (row->value, dpop_chart_total (chart)) : NULL;

  if (share != NULL && row->note != NULL)
    return g_strdup_printf (_("%s, %s"), share, row->note);
  return share != NULL ? g_steal_pointer (&share) : g_strdup (row->note);
}

static void
make_row (Bars *self, guint i)
{
  DpopChartLayout *layout = self->layout;
  const DpopChartRow *row = dpop_chart_row (self->chart, i);
  Row *made = &self->rows[i];
  double width = layout->width, gap = COLUMN_GAP * layout->unit;
  g_autofree char *figure = dpop_chart_words_figure (row->value);
  g_autofree char *remark = remark_words (self->chart, row);
  DpopChartTextStyle bold = row->marked ? DPOP_CHART_TEXT_BOLD : DPOP_CHART_TEXT_PLAIN;
  double most_label;

  made->sign = row->marked ? (SIGN_SIZE + 0.4) * layout->unit : 0;
  made->figure = dpop_chart_layout_text (layout, figure, DPOP_CHART_TEXT_BOLD,
                                         DPOP_CHART_INK_TEXT, width / 2);
  if (remark != NULL)
    made->remark = dpop_chart_layout_text (layout, remark,
                                           DPOP_CHART_TEXT_SMALL
                                           | (self->wide ? 0 : DPOP_CHART_TEXT_AT_END),
                                           DPOP_CHART_INK_DIM, self->wide ? width / 5 : width / 2);
  most_label = self->wide ? width * MOST_LABEL
                          : width - MAX (made->figure.width, made->remark.width) - gap;
  made->label = dpop_chart_layout_text (layout, row->label, bold, DPOP_CHART_INK_TEXT,
                                        most_label - made->sign);
  self->labels = MAX (self->labels, made->label.width + made->sign);
  self->figures = MAX (self->figures, made->figure.width);
  self->remarks = MAX (self->remarks, made->remark.width);
}

static void
put_label (Bars *self, Row *row, double y)
{
  DpopChartLayout *layout = self->layout;
  double size = SIGN_SIZE * layout->unit;

  if (row->sign > 0)
    dpop_chart_layout_sign (layout, DPOP_CHART_SIGN_CHECK, DPOP_CHART_INK_TEXT, 0,
                            y + (row->figure.height - size) / 2, size);
  dpop_chart_layout_put (layout, row->label, row->sign, y);
}

static void
put_bar (Bars *self, guint i, double y)
{
  DpopChartLayout *layout = self->layout;
  const DpopChartRow *row = dpop_chart_row (self->chart, i);
  double height = BAR_HEIGHT * layout->unit;
  DpopChartItem *track = dpop_chart_layout_box (layout, DPOP_CHART_INK_TRACK, self->bar_x, y,
                                                self->bar_width, height, height / 3);

  track->bar = TRUE;
  dpop_chart_layout_bar (layout, dpop_chart_layout_ink_of (row->tone), self->bar_x, y,
                         self->bar_width, height, row->value, dpop_chart_full (self->chart));
  if (i == 0)
    self->top = y;
  self->bottom = y + height;
}

/* Name, bar, figure, remark: four columns. */
static void
put_wide (Bars *self, guint i)
{
  DpopChartLayout *layout = self->layout;
  Row *row = &self->rows[i];
  double gap = COLUMN_GAP * layout->unit, bar = BAR_HEIGHT * layout->unit;
  double height = MAX (row->label.height, MAX (row->remark.height, row->figure.height));
  double figures = self->bar_x + self->bar_width + gap, y = layout->height;

  put_label (self, row, y + (height - row->label.height) / 2);
  put_bar (self, i, y + (height - bar) / 2);
  dpop_chart_layout_put (layout, row->figure, figures + self->figures - row->figure.width,
                         y + (height - row->figure.height) / 2);
  if (row->remark.text != NULL)
    dpop_chart_layout_put (layout, row->remark, figures + self->figures + 0.6 * gap,
                           y + (height - row->remark.height) / 2);
  layout->height += height;
}

/* Name at the start, figure and remark at the end, the bar below them. */
static void
put_narrow (Bars *self, guint i)
{
  DpopChartLayout *layout = self->layout;
  Row *row = &self->rows[i];
  double width = layout->width, y = layout->height;
  double gap = row->remark.text != NULL ? 0.6 * layout->unit : 0;
  gboolean one_line = row->label.width + row->sign + COLUMN_GAP * layout->unit + row->figure.width
                      + gap + row->remark.width <= width
                      && row->remark.height <= row->figure.height;
  double height = row->figure.height;

  put_label (self, row, y);
  if (one_line)
    {
      dpop_chart_layout_put (layout, row->figure,
                             width - row->remark.width - gap - row->figure.width, y);
      if (row->remark.text != NULL)
        dpop_chart_layout_put (layout, row->remark, width - row->remark.width,
                               y + (row->figure.height - row->remark.height) / 2);
      height = MAX (height, row->remark.height);
    }
  else
    {
      dpop_chart_layout_put (layout, row->figure, width - row->figure.width, y);
      if (row->remark.text != NULL)
        dpop_chart_layout_put (layout, row->remark, width - row->remark.width,
                               y + row->figure.height);
      height += row->remark.height;
    }
  layout->height += MAX (height, row->label.height) + 0.25 * layout->unit;
  put_bar (self, i, layout->height);
  layout->height += BAR_HEIGHT * layout->unit;
}

static void
set_columns (Bars *self)
{
  DpopChartLayout *layout = self->layout;
  double gap = COLUMN_GAP * layout->unit;

  self->bar_x = self->wide ? self->labels + gap : 0;
  self->bar_width = layout->width - self->bar_x;
  if (self->wide)
    self->bar_width -= gap + self->figures + (self->remarks > 0 ? 0.6 * gap + self->remarks : 0);
}

static void
make_rows (Bars *self, gboolean wide)
{
  self->wide = wide;
  self->labels = self->figures = self->remarks = 0;
  for (guint i = 0; i < self->n; i++)
    {
      g_clear_object (&self->rows[i].label.text);
      g_clear_object (&self->rows[i].figure.text);
      g_clear_object (&self->rows[i].remark.text);
      self->rows[i] = (Row) { 0 };
      make_row (self, i);
    }
  set_columns (self);
}

/* Where a name above its bar would be crossed, the mark is drawn over the bars only. */
static void
put_mark (Bars *self, guint first_item, double position)
{
  DpopChartLayout *layout = self->layout;
  double x = CLAMP (round (self->bar_x + position), self->bar_x + 1,
                    self->bar_x + self->bar_width - 1);

  if (self->wide)
    {
      dpop_chart_layout_box (layout, DPOP_CHART_INK_TEXT, x - 1, self->top - 0.4 * layout->unit, 2,
                             self->bottom - self->top + 0.8 * layout->unit, 0);
      return;
    }
  for (guint i = first_item, end = layout->items->len; i < end; i++)
    {
      DpopChartItem track = g_array_index (layout->items, DpopChartItem, i);

      if (track.kind == DPOP_CHART_ITEM_BOX && track.ink == DPOP_CHART_INK_TRACK)
        dpop_chart_layout_box (layout, DPOP_CHART_INK_TEXT, x - 1, track.y - 2, 2,
                               track.height + 4, 0);
    }
}

void
dpop_chart_layout_bars (DpopChartLayout *self, const DpopChart *chart)
{
  const DpopChartMark *mark = dpop_chart_mark (chart);
  guint n = dpop_chart_n_rows (chart), first_item = self->items->len;
  g_autofree Row *rows = g_new0 (Row, n);
  Bars bars = { .layout = self, .chart = chart, .n = n, .rows = rows };
  double position = 0;

  make_rows (&bars, self->width >= WIDE * self->unit);
  if (bars.wide && bars.bar_width < LEAST_BAR * self->unit)
    make_rows (&bars, FALSE);
  if (mark != NULL && n > 0)
    {
      position = dpop_chart_layout_along (mark->numerator, mark->denominator, bars.bar_width)
        * ((double) dpop_chart_total (chart) / (double) dpop_chart_full (chart));
      self->height += dpop_chart_layout_mark_words (self, mark, bars.bar_x, bars.bar_width,
                                                    position)
        + (bars.wide ? 0.6 : 1.0) * self->unit;
    }
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        self->height += ROW_GAP * self->unit;
      if (bars.wide)
        put_wide (&bars, i);
      else
        put_narrow (&bars, i);
    }
  if (mark != NULL && n > 0)
    {
      put_mark (&bars, first_item, position);
      self->height = MAX (self->height, bars.bottom + 0.4 * self->unit);
    }
}
