/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-chart.h"

struct _DpopChart
{
  gatomicrefcount refs;
  DpopChartKind kind;
  char *title;
  DpopChartRow *rows; /* their texts are owned */
  guint n_rows;
  guint64 total;
  char *total_name;
  gboolean has_mark;
  DpopChartMark mark; /* its label is owned */
  GArray *steps;      /* of DpopChartStep */
  DpopChartBox box;
  guint64 *counts;
};

G_DEFINE_BOXED_TYPE (DpopChart, dpop_chart, dpop_chart_ref, dpop_chart_unref)

static DpopChart *
chart_new (DpopChartKind kind, const char *title, guint64 total, const char *total_name,
           const DpopChartMark *mark)
{
  DpopChart *self = g_new0 (DpopChart, 1);

  g_atomic_ref_count_init (&self->refs);
  self->kind = kind;
  self->title = g_strdup (title != NULL ? title : "");
  self->total = total;
  self->total_name = g_strdup (total_name);
  self->steps = g_array_new (FALSE, FALSE, sizeof (DpopChartStep));
  if (mark != NULL && mark->denominator > 0 && mark->numerator <= mark->denominator)
    {
      self->has_mark = TRUE;
      self->mark = *mark;
      self->mark.label = g_strdup (mark->label != NULL ? mark->label : "");
    }
  return self;
}

static void
copy_rows (DpopChart *self, const DpopChartRow *rows, guint n_rows)
{
  self->n_rows = n_rows;
  self->rows = g_new0 (DpopChartRow, n_rows);
  for (guint i = 0; i < n_rows; i++)
    {
      self->rows[i] = rows[i];
      self->rows[i].label = g_strdup (rows[i].label != NULL ? rows[i].label : "");
      self->rows[i].note = g_strdup (rows[i].note != NULL && *rows[i].note != '\0' ? rows[i].note
                                                                                  : NULL);
    }
}

DpopChart *
dpop_chart_new_outcome (const char *title, const DpopChartRow *rows, guint n_rows, guint64 total,
                        const char *total_name, const DpopChartMark *mark)
{
  DpopChart *self = chart_new (DPOP_CHART_OUTCOME, title, total, total_name, mark);

  copy_rows (self, rows, n_rows);
  self->total = MAX (total, dpop_chart_sum (self));
  return self;
}

DpopChart *
dpop_chart_new_bars (const char *title, const DpopChartRow *rows, guint n_rows, guint64 total,
                     const char *total_name, const DpopChartMark *mark)
{
  DpopChart *self = chart_new (DPOP_CHART_BARS, title, total, total_name, total > 0 ? mark : NULL);

  copy_rows (self, rows, n_rows);
  for (guint i = 0; i < n_rows; i++)
    self->rows[i].aside = FALSE;
  return self;
}

DpopChart *
dpop_chart_new_turnout (const char *title, const DpopChartStep *steps, guint n_steps,
                        const DpopChartBox *box, const DpopChartMark *quorum)
{
  DpopChart *self = chart_new (DPOP_CHART_TURNOUT, title, box->entitled, NULL, quorum);

  self->box = *box;
  self->box.closes_ms = MAX (box->closes_ms, box->opened_ms);
  self->box.now_ms = CLAMP (box->now_ms, self->box.opened_ms, self->box.closes_ms);
  for (guint i = 0; i < n_steps; i++)
    {
      const DpopChartStep *last = self->steps->len > 0
        ? &g_array_index (self->steps, DpopChartStep, self->steps->len - 1) : NULL;

      if (last == NULL || (steps[i].time_ms >= last->time_ms && steps[i].votes >= last->votes))
        g_array_append_val (self->steps, steps[i]);
    }
  return self;
}

DpopChart *
dpop_chart_new_pairwise (const char *title, const char *const *labels, guint n,
                         const guint64 *counts)
{
  DpopChart *self = chart_new (DPOP_CHART_PAIRWISE, title, 0, NULL, NULL);
  DpopChartRow rows[DPOP_CHART_MAX_OPTIONS] = { 0 };

  n = MIN (n, DPOP_CHART_MAX_OPTIONS);
  for (guint i = 0; i < n; i++)
    rows[i] = (DpopChartRow) { .label = labels[i], .tone = DPOP_CHART_TONE_NEUTRAL };
  copy_rows (self, rows, n);
  self->counts = g_memdup2 (counts, sizeof *counts * n * n);
  return self;
}

DpopChart *
dpop_chart_ref (DpopChart *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
dpop_chart_unref (DpopChart *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;
  for (guint i = 0; i < self->n_rows; i++)
    {
      g_free ((char *) self->rows[i].label);
      g_free ((char *) self->rows[i].note);
    }
  g_free (self->rows);
  if (self->has_mark)
    g_free ((char *) self->mark.label);
  g_array_unref (self->steps);
  g_free (self->counts);
  g_free (self->total_name);
  g_free (self->title);
  g_free (self);
}

/* --- What it holds. -------------------------------------------------------------------------- */

DpopChartKind
dpop_chart_kind (const DpopChart *self)
{
  return self->kind;
}

const char *
dpop_chart_title (const DpopChart *self)
{
  return self->title;
}

guint
dpop_chart_n_rows (const DpopChart *self)
{
  return self->n_rows;
}

const DpopChartRow *
dpop_chart_row (const DpopChart *self, guint row)
{
  g_return_val_if_fail (row < self->n_rows, NULL);
  return &self->rows[row];
}

guint64
dpop_chart_total (const DpopChart *self)
{
  return self->total;
}

const char *
dpop_chart_total_name (const DpopChart *self)
{
  return self->total_name;
}

const DpopChartMark *
dpop_chart_mark (const DpopChart *self)
{
  return self->has_mark ? &self->mark : NULL;
}

guint
dpop_chart_n_steps (const DpopChart *self)
{
  return self->steps->len;
}

const DpopChartStep *
dpop_chart_step (const DpopChart *self, guint step)
{
  g_return_val_if_fail (step < self->steps->len, NULL);
  return &g_array_index (self->steps, DpopChartStep, step);
}

const DpopChartBox *
dpop_chart_box (const DpopChart *self)
{
  return &self->box;
}

guint64
dpop_chart_preferred (const DpopChart *self, guint a, guint b)
{
  g_return_val_if_fail (self->counts != NULL && a < self->n_rows && b < self->n_rows, 0);
  return a != b ? self->counts[a * self->n_rows + b] : 0;
}

guint
dpop_chart_pairs_won (const DpopChart *self, guint option)
{
  guint won = 0;

  for (guint i = 0; i < self->n_rows; i++)
    if (dpop_chart_preferred (self, option, i) > dpop_chart_preferred (self, i, option))
      won++;
  return won;
}

guint64
dpop_chart_sum (const DpopChart *self)
{
  guint64 sum = 0;

  for (guint i = 0; i < self->n_rows; i++)
    if (!self->rows[i].aside && !g_uint64_checked_add (&sum, sum, self->rows[i].value))
      return G_MAXUINT64;
  return sum;
}

guint64
dpop_chart_full (const DpopChart *self)
{
  guint64 full = MAX (self->total, 1);

  if (self->kind == DPOP_CHART_BARS)
    for (guint i = 0; i < self->n_rows; i++)
      full = MAX (full, self->rows[i].value);
  if (self->kind == DPOP_CHART_TURNOUT)
    full = MAX (full, dpop_chart_turnout (self));
  return full;
}

guint64
dpop_chart_turnout (const DpopChart *self)
{
  guint64 votes = 0;

  for (guint i = 0; i < self->steps->len; i++)
    {
      const DpopChartStep *step = &g_array_index (self->steps, DpopChartStep, i);

      if (step->time_ms <= self->box.closes_ms)
        votes = step->votes;
    }
  return votes;
}
