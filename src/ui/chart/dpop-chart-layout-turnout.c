/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-chart-layout-private.h"

#include "dpop-chart-words-private.h"

#include <math.h>

#define PLOT_HEIGHT_LEAST 7.5 /* units */
#define PLOT_HEIGHT_MOST  13
#define LINE_WIDTH        2.5
#define AXIS_FIGURES      3

typedef struct
{
  DpopChartLayout *layout;
  const DpopChart *chart;
  double x, y, width, height; /* of the plot */
  guint64 full;
  guint64 at[AXIS_FIGURES];
  DpopChartItem figures[AXIS_FIGURES];
  double figures_width, figures_height;
} Plot;

/* A box that opened and closed in the same moment is all at its end. */
static double
time_x (const Plot *self, gint64 time_ms)
{
  const DpopChartBox *box = dpop_chart_box (self->chart);
  gint64 span = box->closes_ms - box->opened_ms;
  gint64 since = CLAMP (time_ms, box->opened_ms, box->closes_ms) - box->opened_ms;

  return span > 0 ? self->width * ((double) since / (double) span) : self->width;
}

/* The top and the bottom keep half a line's width free. */
static double
votes_y (const Plot *self, guint64 votes)
{
  return self->height - 1.5 - dpop_chart_layout_along (votes, self->full, self->height - 3);
}

/* --- Lines across. --------------------------------------------------------------------------- */

/* The figures beside the plot decide where it begins, and how much room they need above it. */
static void
measure_axis (Plot *self)
{
  DpopChartLayout *layout = self->layout;
  const guint64 at[AXIS_FIGURES] = { 0, self->full, self->full / 2 };

  for (guint i = 0; i < AXIS_FIGURES; i++)
    {
      g_autofree char *figure = dpop_chart_words_figure (at[i]);

      self->at[i] = at[i];
      self->figures[i] = dpop_chart_layout_text (layout, figure, DPOP_CHART_TEXT_SMALL,
                                                 DPOP_CHART_INK_DIM, layout->width / 4);
      self->figures_width = MAX (self->figures_width, self->figures[i].width);
      self->figures_height = MAX (self->figures_height, self->figures[i].height);
    }
  self->x = ceil (self->figures_width + 0.6 * layout->unit);
  self->width = layout->width - self->x;
}

/* The half only where it is a whole number, and where there is room. */
static void
lay_axis (Plot *self)
{
  DpopChartLayout *layout = self->layout;

  for (guint i = 0; i < AXIS_FIGURES; i++)
    {
      double y = round (self->y + votes_y (self, self->at[i]));

      if (i == 2 && (self->full % 2 != 0 || self->figures_height * 2 > self->height))
        {
          g_clear_object (&self->figures[i].text);
          continue;
        }
      dpop_chart_layout_box (layout, DPOP_CHART_INK_LINE, self->x, y - 0.5, self->width, 1, 0);
      dpop_chart_layout_put (layout, self->figures[i],
                             self->figures_width - self->figures[i].width,
                             y - self->figures[i].height / 2);
    }
}

static void
lay_dates (Plot *self)
{
  DpopChartLayout *layout = self->layout;
  double gap = layout->unit, most = (self->width - gap) / 2;
  g_autofree char *opened = dpop_chart_words_opened (self->chart);
  g_autofree char *closes = dpop_chart_words_closes (self->chart);
  DpopChartItem start = dpop_chart_layout_text (layout, opened, DPOP_CHART_TEXT_SMALL,
                                                DPOP_CHART_INK_DIM, most);
  DpopChartItem end = dpop_chart_layout_text (layout, closes,
                                              DPOP_CHART_TEXT_SMALL | DPOP_CHART_TEXT_AT_END,
                                              DPOP_CHART_INK_DIM, most);

  dpop_chart_layout_put (layout, start, self->x, layout->height);
  dpop_chart_layout_put (layout, end, layout->width - end.width, layout->height);
  layout->height += MAX (start.height, end.height);
}

/* --- The curve. ------------------------------------------------------------------------------ */

static GArray *
curve_points (const Plot *self)
{
  const DpopChartBox *box = dpop_chart_box (self->chart);
  GArray *points = g_array_new (FALSE, FALSE, sizeof (DpopChartPoint));
  DpopChartPoint point = { 0, votes_y (self, 0) };

  g_array_append_val (points, point);
  for (guint i = 0; i < dpop_chart_n_steps (self->chart); i++)
    {
      const DpopChartStep *step = dpop_chart_step (self->chart, i);

      if (step->time_ms > box->closes_ms)
        break;
      point.x = time_x (self, step->time_ms);
      g_array_append_val (points, point);
      point.y = votes_y (self, step->votes);
      g_array_append_val (points, point);
    }
  point.x = MAX (point.x, time_x (self, box->now_ms));
  g_array_append_val (points, point);
  return points;
}

static DpopChartItem
curve_item (const Plot *self, GArray *points, DpopChartItemKind kind, DpopChartInk ink)
{
  DpopChartItem item = { .kind = kind, .ink = ink, .width = self->width, .height = self->height,
                         .n_points = points->len, .line_width = LINE_WIDTH };

  item.points = g_new (DpopChartPoint, points->len);
  for (guint i = 0; i < points->len; i++)
    {
      DpopChartPoint point = g_array_index (points, DpopChartPoint, i);

      item.points[i] = (DpopChartPoint) { point.x / self->width, point.y / self->height };
    }
  return item;
}

static void
lay_curve (Plot *self, GArray *points)
{
  DpopChartLayout *layout = self->layout;
  g_autoptr (GArray) closed = g_array_copy (points);
  DpopChartPoint last = g_array_index (points, DpopChartPoint, points->len - 1), corner = last;
  double dot = 0.45 * layout->unit, x, y;

  corner.y = votes_y (self, 0);
  g_array_append_val (closed, corner);
  dpop_chart_layout_put (layout, curve_item (self, closed, DPOP_CHART_ITEM_AREA,
                                             DPOP_CHART_INK_TINT), self->x, self->y);
  dpop_chart_layout_put (layout, curve_item (self, points, DPOP_CHART_ITEM_STROKE,
                                             DPOP_CHART_INK_ACCENT), self->x, self->y);
  x = CLAMP (self->x + last.x - dot, self->x, layout->width - 2 * dot);
  y = CLAMP (self->y + last.y - dot, self->y, self->y + self->height - 2 * dot);
  dpop_chart_layout_box (layout, DPOP_CHART_INK_ACCENT, x, y, 2 * dot, 2 * dot, dot);
}

/* --- The quorum. ----------------------------------------------------------------------------- */

/* How high the curve is anywhere in [FROM, TO]; it never falls. */
static void
curve_range (GArray *points, double from, double to, double *lowest, double *highest)
{
  *lowest = *highest = g_array_index (points, DpopChartPoint, 0).y;
  for (guint i = 0; i < points->len; i++)
    {
      DpopChartPoint point = g_array_index (points, DpopChartPoint, i);

      if (point.x <= from)
        *lowest = point.y;
      if (point.x <= to)
        *highest = point.y;
    }
}

/* The words stand where the curve is far: over the line at its start while few have voted, or under
 * it at its end when many have. Where neither is free, on a ground of their own. */
static void
lay_quorum_words (Plot *self, GArray *points, const DpopChartMark *mark, double line)
{
  DpopChartLayout *layout = self->layout;
  g_autofree char *words = dpop_chart_words_mark (mark);
  double inset = 0.4 * layout->unit, low, high, x = self->x + inset, y;
  DpopChartItem item = dpop_chart_layout_text (layout, words, DPOP_CHART_TEXT_SMALL,
                                               DPOP_CHART_INK_TEXT, self->width - 2 * inset);
  double over = line - item.height - 2, under = line + 2;
  gboolean free_of_curve = FALSE;

  curve_range (points, 0, inset + item.width + inset, &low, &high);
  y = over;
  if (over >= 0 && high > line)
    free_of_curve = TRUE;
  else if (under + item.height <= self->height)
    {
      double start = self->width - inset - item.width;

      y = under;
      x = self->x + start;
      curve_range (points, start - inset, self->width, &low, &high);
      free_of_curve = low < line || (high > under + item.height);
    }
  y = self->y + CLAMP (y, 0, MAX (self->height - item.height, 0));
  if (!free_of_curve)
    dpop_chart_layout_box (layout, DPOP_CHART_INK_GROUND, x - inset / 2, y, item.width + inset,
                           item.height, inset / 2);
  dpop_chart_layout_put (layout, item, x, y);
}

static void
lay_quorum (Plot *self, GArray *points)
{
  const DpopChartMark *mark = dpop_chart_mark (self->chart);
  double share, line;

  if (mark == NULL)
    return;
  share = dpop_chart_layout_along (mark->numerator, mark->denominator, 1)
    * ((double) dpop_chart_total (self->chart) / (double) self->full);
  line = self->height - 1.5 - share * (self->height - 3);
  dpop_chart_layout_line (self->layout, DPOP_CHART_INK_TEXT, self->x, self->y + line,
                          self->x + self->width, self->y + line, 1.5, TRUE);
  lay_quorum_words (self, points, mark, line);
}

void
dpop_chart_layout_turnout (DpopChartLayout *self, const DpopChart *chart)
{
  Plot plot = { .layout = self, .chart = chart, .full = dpop_chart_full (chart) };
  g_autofree char *turnout = dpop_chart_words_turnout (chart);
  DpopChartItem headline = dpop_chart_layout_text (self, turnout, DPOP_CHART_TEXT_BOLD,
                                                   DPOP_CHART_INK_TEXT, self->width);
  g_autoptr (GArray) points = NULL;

  dpop_chart_layout_put (self, headline, 0, self->height);
  measure_axis (&plot);
  plot.y = ceil (self->height + headline.height + MAX (self->unit, plot.figures_height / 2 + 2));
  plot.height = floor (CLAMP (self->width * 0.4, PLOT_HEIGHT_LEAST * self->unit,
                              PLOT_HEIGHT_MOST * self->unit));
  lay_axis (&plot);
  points = curve_points (&plot);
  lay_curve (&plot, points);
  lay_quorum (&plot, points);
  dpop_chart_layout_box (self, DPOP_CHART_INK_DIM, self->width - 1, plot.y, 1, plot.height, 0);
  self->height = plot.y + plot.height + 0.8 * self->unit;
  lay_dates (&plot);
  self->height = MAX (self->height, plot.y + plot.height + plot.figures_height / 2);
}
