/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-count-majority.h"

static const DpopRational half = { 1, 2 };

DpopCountMajorityRule
dpop_count_majority_rule_simple (void)
{
  return (DpopCountMajorityRule){
    .majority = { half, TRUE },
    .base = DPOP_COUNT_BASE_YES_NO,
    .quorum = { { { 0, 1 }, FALSE }, 0 },
  };
}

DpopCountFault
dpop_count_majority_rule_check (const DpopCountMajorityRule *rule)
{
  if (!dpop_count_threshold_is_valid (&rule->majority) || rule->majority.share.num == 0
      || (guint) rule->base > DPOP_COUNT_BASE_ENTITLED
      || !dpop_count_quorum_is_valid (&rule->quorum))
    return DPOP_COUNT_FAULT_RULE;
  return DPOP_COUNT_FAULT_NONE;
}

DpopCountFault
dpop_count_majority_figures_check (const DpopCountMajorityFigures *figures)
{
  const guint64 each[] = { figures->turnout.entitled, figures->turnout.present, figures->yes,
                           figures->no, figures->abstain, figures->blank };

  for (guint i = 0; i < G_N_ELEMENTS (each); i++)
    if (each[i] > DPOP_COUNT_MAX_VOTES)
      return DPOP_COUNT_FAULT_TOO_MANY_VOTES;
  if (!dpop_count_turnout_is_valid (&figures->turnout, figures->yes + figures->no
                                                           + figures->abstain + figures->blank))
    return DPOP_COUNT_FAULT_FIGURES;
  return DPOP_COUNT_FAULT_NONE;
}

static guint64
base_of (const DpopCountMajority *self)
{
  switch (self->rule.base)
    {
    case DPOP_COUNT_BASE_YES_NO:
      return self->figures.yes + self->figures.no;
    case DPOP_COUNT_BASE_CAST:
      return self->cast;
    case DPOP_COUNT_BASE_PRESENT:
      return self->figures.turnout.present;
    case DPOP_COUNT_BASE_ENTITLED:
      return self->figures.turnout.entitled;
    }
  g_assert_not_reached ();
}

static gboolean
judge_majority (DpopCountMajority *self)
{
  const DpopCountMajorityFigures *figures = &self->figures;
  DpopCountReason majority = dpop_count_reason_share (
      DPOP_COUNT_REASON_MAJORITY, self->rule.base, &self->rule.majority, figures->yes,
      base_of (self));
  gboolean carried;

  /* A share of nothing is reached by nothing: "at least two thirds of no votes" is no decision. */
  majority.needed = MAX (majority.needed, 1);
  majority.satisfied = majority.satisfied && figures->yes > 0;
  g_array_append_val (self->reasons, majority);
  carried = majority.satisfied;

  if (figures->yes == figures->no && dpop_rational_compare (self->rule.majority.share, half) >= 0)
    {
      DpopCountReason tie = {
        .code = DPOP_COUNT_REASON_TIE,
        .over = DPOP_COUNT_BASE_YES_NO,
        .threshold = { { 0, 1 }, FALSE },
        .figure = figures->yes,
        .needed = figures->no + 1,
        .base = figures->no,
        .option = DPOP_COUNT_NO_OPTION,
        .satisfied = FALSE,
      };

      g_array_append_val (self->reasons, tie);
      carried = FALSE;
    }
  return carried;
}

DpopCountMajority *
dpop_count_majority_new (const DpopCountMajorityRule *rule,
                         const DpopCountMajorityFigures *figures, DpopCountFault *fault)
{
  DpopCountFault found = dpop_count_majority_rule_check (rule);
  DpopCountMajority *self;
  gboolean quorum, carried;

  if (found == DPOP_COUNT_FAULT_NONE)
    found = dpop_count_majority_figures_check (figures);
  if (fault != NULL)
    *fault = found;
  if (found != DPOP_COUNT_FAULT_NONE)
    return NULL;

  self = g_new0 (DpopCountMajority, 1);
  self->rule = *rule;
  self->figures = *figures;
  self->cast = figures->yes + figures->no + figures->abstain;
  self->reasons = g_array_new (FALSE, FALSE, sizeof (DpopCountReason));
  quorum = dpop_count_quorum_judge (&rule->quorum, &figures->turnout, self->reasons);
  carried = judge_majority (self);
  self->outcome = !quorum   ? DPOP_COUNT_MAJORITY_NO_QUORUM
                  : carried ? DPOP_COUNT_MAJORITY_ACCEPTED
                            : DPOP_COUNT_MAJORITY_REJECTED;
  return self;
}

void
dpop_count_majority_free (DpopCountMajority *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->reasons);
  g_free (self);
}
