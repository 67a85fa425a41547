/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-chart-layout-private.h"

#include "dpop-chart-words-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define BAR_HEIGHT  2.0 /* units, as all below */
#define SIGN_SIZE   0.9
#define SWATCH_SIZE 1.1
#define ENTRY_GAP   2.0

/* At the start of the part: its middle is where the mark often stands. */
static void
put_sign (DpopChartLayout *self, DpopChartTone tone, double x, double y, double width,
          double height)
{
  DpopChartSign sign;
  double size = SIGN_SIZE * self->unit, inset = (height - size) / 2;

  if (dpop_chart_layout_sign_of (tone, &sign) && width >= size + 2 * inset)
    dpop_chart_layout_sign (self, sign, DPOP_CHART_INK_GROUND, x + inset, y + inset, size);
}

/* Parts end where the sum up to them ends, so that no rounding adds up. */
static void
lay_bar (DpopChartLayout *self, const DpopChart *chart, double y, double height)
{
  guint64 full = dpop_chart_full (chart), sum = 0;
  double start = 0, radius = height / 3;
  DpopChartItem *track = dpop_chart_layout_box (self, DPOP_CHART_INK_TRACK, 0, y, self->width,
                                                height, radius);

  track->bar = TRUE;
  for (guint i = 0; i < dpop_chart_n_rows (chart); i++)
    {
      const DpopChartRow *row = dpop_chart_row (chart, i);
      double end, width;
      DpopChartItem *part;

      if (row->aside || row->value == 0)
        continue;
      if (!g_uint64_checked_add (&sum, sum, row->value))
        sum = G_MAXUINT64;
      end = MAX (dpop_chart_layout_along (sum, full, self->width), start + 1);
      end = MIN (end, self->width);
      width = end - start - (sum < full ? 2 : 0); /* a line of ground between two parts */
      width = MAX (width, MIN (1, self->width - start));
      part = dpop_chart_layout_box (self, dpop_chart_layout_ink_of (row->tone), start, y, width,
                                    height, 0);
      part->bar = TRUE;
      part->left_radius = start == 0 ? MIN (radius, width / 2) : 0;
      part->right_radius = sum >= full ? MIN (radius, width / 2) : 0;
      put_sign (self, row->tone, start, y, width, height);
      start = MIN (end, self->width);
    }
}

typedef struct
{
  DpopChartItem label;  /* "Yes" */
  DpopChartItem figure; /* "5" */
  DpopChartItem remark; /* "71.4%, not counted"; without a text: none */
  double width;
  double height;
} Entry;

static double
swatch_room (const DpopChartLayout *self)
{
  return (SWATCH_SIZE + 0.6) * self->unit;
}

static Entry
entry_new (DpopChartLayout *self, const DpopChart *chart, const DpopChartRow *row)
{
  double most = self->width - swatch_room (self), gap = 0.5 * self->unit;
  g_autofree char *figure = dpop_chart_words_figure (row->value);
  g_autofree char *share = row->aside || dpop_chart_total_name (chart) == NULL ? NULL
    : dpop_chart_words_share (row->value, dpop_chart_total (chart));
  const char *note = row->note != NULL ? row->note : row->aside ? _("besides") : NULL;
  g_autofree char *both = share != NULL && note != NULL
    ? g_strdup_printf (_("%s, %s"), share, note) : NULL;
  const char *remark = both != NULL ? both : share != NULL ? share : note;
  Entry entry = { 0 };

  entry.figure = dpop_chart_layout_text (self, figure, DPOP_CHART_TEXT_BOLD, DPOP_CHART_INK_TEXT,
                                         most / 2);
  entry.label = dpop_chart_layout_text (self, row->label, DPOP_CHART_TEXT_PLAIN,
                                        DPOP_CHART_INK_TEXT, most - entry.figure.width - gap);
  entry.width = entry.label.width + gap + entry.figure.width;
  entry.height = MAX (entry.label.height, entry.figure.height);
  if (remark != NULL)
    {
      entry.remark = dpop_chart_layout_text (self, remark, DPOP_CHART_TEXT_SMALL,
                                             DPOP_CHART_INK_DIM, most);
      entry.width = MAX (entry.width, entry.remark.width);
      entry.height += entry.remark.height;
    }
  entry.width += swatch_room (self);
  return entry;
}

static void
entry_put (DpopChartLayout *self, const DpopChartRow *row, Entry *entry, double x, double y)
{
  double text = x + swatch_room (self), size = SWATCH_SIZE * self->unit;
  double first_line = MIN (entry->label.height, entry->figure.height);
  double top = y + (first_line - size) / 2, inset = size * 0.2;
  DpopChartSign sign;
  DpopChartItem *swatch = dpop_chart_layout_box (self, dpop_chart_layout_ink_of (row->tone), x, top,
                                                 size, size, size / 4);

  swatch->bar = TRUE;
  if (dpop_chart_layout_sign_of (row->tone, &sign))
    dpop_chart_layout_sign (self, sign, DPOP_CHART_INK_GROUND, x + inset, top + inset,
                            size - 2 * inset);
  dpop_chart_layout_put (self, entry->label, text, y);
  dpop_chart_layout_put (self, entry->figure, text + entry->label.width + 0.5 * self->unit, y);
  if (entry->remark.text != NULL)
    dpop_chart_layout_put (self, entry->remark, text,
                           y + MAX (entry->label.height, entry->figure.height));
}

static void
lay_entries (DpopChartLayout *self, const DpopChart *chart)
{
  double x = 0, tallest = 0, gap = ENTRY_GAP * self->unit;

  for (guint i = 0; i < dpop_chart_n_rows (chart); i++)
    {
      const DpopChartRow *row = dpop_chart_row (chart, i);
      Entry entry = entry_new (self, chart, row);

      if (x > 0 && x + entry.width > self->width)
        {
          self->height += tallest + 0.5 * self->unit;
          x = tallest = 0;
        }
      entry_put (self, row, &entry, x, self->height);
      x += entry.width + gap;
      tallest = MAX (tallest, entry.height);
    }
  self->height += tallest;
}

void
dpop_chart_layout_outcome (DpopChartLayout *self, const DpopChart *chart)
{
  const DpopChartMark *mark = dpop_chart_mark (chart);
  double over = 0.35 * self->unit, height = BAR_HEIGHT * self->unit, position = 0;

  if (mark != NULL)
    {
      position = dpop_chart_layout_along (mark->numerator, mark->denominator, self->width);
      self->height += dpop_chart_layout_mark_words (self, mark, 0, self->width, position);
      self->height += over + 0.2 * self->unit;
    }
  lay_bar (self, chart, self->height, height);
  if (mark != NULL)
    {
      double x = CLAMP (round (position), 1, self->width - 1);

      dpop_chart_layout_box (self, DPOP_CHART_INK_GROUND, MAX (x - 2, 0), self->height,
                             MIN (x + 2, self->width) - MAX (x - 2, 0), height, 0);
      dpop_chart_layout_box (self, DPOP_CHART_INK_TEXT, x - 1, self->height - over, 2,
                             height + 2 * over, 0);
      self->height += over;
    }
  self->height += height + 0.8 * self->unit;
  lay_entries (self, chart);
}
