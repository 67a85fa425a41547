/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-decision-charts.h"

#include "dpop-words.h"

#include <glib/gi18n-lib.h>

/* --- What was counted. ----------------------------------------------------------------------- */

static const DpopCountReason *
find_majority (const DpopDecisionOutcome *outcome)
{
  for (guint i = 0; i < outcome->reasons->len; i++)
    {
      const DpopCountReason *reason = &g_array_index (outcome->reasons, DpopCountReason, i);

      if (reason->code == DPOP_COUNT_REASON_MAJORITY)
        return reason;
    }
  return NULL;
}

/* LABEL keeps the mark's words. FALSE when no share is asked for. */
static gboolean
make_mark (const DpopCountReason *reason, DpopChartMark *mark, char **label)
{
  g_autofree char *share = NULL;

  if (reason == NULL || dpop_count_threshold_is_none (&reason->threshold))
    return FALSE;
  share = dpop_words_share (&reason->threshold);
  *label = g_strdup_printf (_("Needed, %s"), share);
  *mark = (DpopChartMark){
    .label = *label,
    .numerator = (guint64) reason->threshold.share.num,
    .denominator = (guint64) reason->threshold.share.den,
    .needed = reason->needed,
  };
  return TRUE;
}

static DpopChart *
question_chart (const DpopDecisionView *view)
{
  const DpopDecisionOutcome *outcome = view->decision->outcome;
  const DpopCountReason *reason = find_majority (outcome);
  const DpopCountBase over = reason != NULL ? reason->over : DPOP_COUNT_BASE_YES_NO;
  const DpopChartRow rows[] = {
    { .label = _("Yes"), .value = outcome->yes, .tone = DPOP_CHART_TONE_YES },
    { .label = _("No"), .value = outcome->no, .tone = DPOP_CHART_TONE_NO },
    { .label = _("Abstained"),
      .value = outcome->abstain,
      .tone = DPOP_CHART_TONE_ABSTAIN,
      .aside = over == DPOP_COUNT_BASE_YES_NO },
  };
  g_autofree char *label = NULL;
  DpopChartMark mark;
  const gboolean marked = make_mark (reason, &mark, &label);

  return dpop_chart_new_outcome (view->title, rows, outcome->abstain > 0 ? 3 : 2,
                                 reason != NULL ? reason->base : outcome->yes + outcome->no,
                                 dpop_words_base (over), marked ? &mark : NULL);
}

static const char *
option_note (const DpopDecisionViewOption *option)
{
  if (option->elected)
    return _("elected");
  if (option->tied)
    return _("tied");
  return option->dropped ? _("dropped") : NULL;
}

static DpopChart *
options_chart (const DpopDecisionView *view)
{
  const DpopDecisionOutcome *outcome = view->decision->outcome;
  const DpopCountReason *reason = find_majority (outcome);
  g_autoptr (GArray) rows = g_array_new (FALSE, TRUE, sizeof (DpopChartRow));
  g_autofree char *label = NULL;
  DpopChartMark mark;
  const gboolean marked = make_mark (reason, &mark, &label);

  for (guint i = 0; i < outcome->n_options && i < view->options->len; i++)
    {
      const DpopDecisionViewOption *option = view->options->pdata[i];
      DpopChartRow row
          = { .label = option->name,
              .value = option->votes,
              .tone = option->elected ? DPOP_CHART_TONE_ACCENT : DPOP_CHART_TONE_NEUTRAL,
              .note = option_note (option),
              .marked = option->elected };

      g_array_append_val (rows, row);
    }
  return dpop_chart_new_bars (view->title, (const DpopChartRow *) (gpointer) rows->data, rows->len,
                              reason != NULL ? reason->base : outcome->cast,
                              reason != NULL ? dpop_words_base (reason->over)
                                             : dpop_words_base (DPOP_COUNT_BASE_CAST),
                              marked ? &mark : NULL);
}

static gboolean
has_figures (const DpopDecisionView *view)
{
  const DpopDecisionOutcome *outcome = view->decision->outcome;

  return outcome != NULL && outcome->status != DPOP_OUTCOME_STOPPED
         && outcome->status != DPOP_OUTCOME_UNCOUNTABLE;
}

DpopChart *
dpop_decision_charts_outcome (const DpopDecisionView *view)
{
  if (!has_figures (view) || view->decision->outcome->ballot == DPOP_BALLOT_RANK)
    return NULL;
  if (view->decision->outcome->ballot == DPOP_BALLOT_YES_NO_ABSTAIN)
    return question_chart (view);
  return view->options->len > 0 ? options_chart (view) : NULL;
}

DpopChart *
dpop_decision_charts_pairwise (const DpopDecisionView *view)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  g_autofree guint64 *counts = NULL;
  guint n;

  if (!has_figures (view) || view->decision->outcome->ballot != DPOP_BALLOT_RANK)
    return NULL;
  n = MIN (view->decision->outcome->n_options, view->options->len);
  if (n < 2)
    return NULL;
  counts = g_new0 (guint64, n * n);
  for (guint a = 0; a < n; a++)
    {
      g_ptr_array_add (labels, ((const DpopDecisionViewOption *) view->options->pdata[a])->name);
      for (guint b = 0; b < n; b++)
        counts[a * n + b] = dpop_decision_view_preferred (view, a, b);
    }
  return dpop_chart_new_pairwise (view->title, (const char *const *) labels->pdata, n, counts);
}

/* --- Who took part. -------------------------------------------------------------------------- */

static gboolean
make_quorum (const DpopCharterQuorum *quorum, guint64 entitled, DpopChartMark *mark)
{
  const guint64 by_share
      = (entitled * quorum->num + (quorum->strict ? quorum->den : quorum->den - 1))
        / MAX (quorum->den, 1);

  if (quorum->den == 0 || entitled == 0 || (quorum->num == 0 && quorum->minimum == 0))
    return FALSE;
  *mark = (DpopChartMark){
    .label = _("Quorum"), .numerator = quorum->num, .denominator = quorum->den, .needed = by_share
  };
  if (quorum->minimum > by_share && quorum->minimum <= entitled)
    *mark = (DpopChartMark){ .label = _("Quorum"),
                             .numerator = quorum->minimum,
                             .denominator = entitled,
                             .needed = quorum->minimum };
  return mark->numerator > 0;
}

DpopChart *
dpop_decision_charts_turnout (const DpopTurnout *turnout, const DpopDecisionView *view, gint64 now)
{
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (DpopChartStep));
  const DpopChartBox box = {
    .opened_ms = turnout->opened,
    .closes_ms = turnout->closed > 0 ? turnout->closed : turnout->closes,
    .now_ms = now,
    .entitled = turnout->entitled,
  };
  DpopChartMark mark;
  const gboolean marked
      = make_quorum (&view->decision->proposed.rule.quorum, turnout->entitled, &mark);

  for (guint i = 0; i < turnout->points->len; i++)
    {
      const DpopTurnoutPoint *point = &g_array_index (turnout->points, DpopTurnoutPoint, i);
      const DpopChartStep step = { .time_ms = point->time, .votes = point->voted };

      g_array_append_val (steps, step);
    }
  return dpop_chart_new_turnout (view->title, (const DpopChartStep *) (gpointer) steps->data,
                                 steps->len, &box, marked ? &mark : NULL);
}
