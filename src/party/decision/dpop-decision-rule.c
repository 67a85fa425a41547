/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-decision-rule.h"

GVariant *
dpop_decision_rule_encode (const DpopCharterRule *rule)
{
  return g_variant_new (DPOP_DECISION_RULE_TYPE, rule->ballots, rule->majority.num,
                        rule->majority.den, rule->majority.strict, (guint8) rule->majority.base,
                        rule->quorum.num, rule->quorum.den, rule->quorum.strict,
                        rule->quorum.minimum, rule->seats, (guint8) rule->ranking,
                        (guint8) rule->default_option, rule->default_quorum,
                        rule->min_discussion_ms, rule->min_open_ms, rule->max_open_ms,
                        (guint8) rule->scope, rule->effects);
}

gboolean
dpop_decision_rule_decode (GVariant *value, DpopCharterRule *rule)
{
  guint8 base, ranking, default_option, scope;

  *rule = (DpopCharterRule){ 0 };
  g_variant_get (value, DPOP_DECISION_RULE_TYPE, &rule->ballots, &rule->majority.num,
                 &rule->majority.den, &rule->majority.strict, &base, &rule->quorum.num,
                 &rule->quorum.den, &rule->quorum.strict, &rule->quorum.minimum, &rule->seats,
                 &ranking, &default_option, &rule->default_quorum, &rule->min_discussion_ms,
                 &rule->min_open_ms, &rule->max_open_ms, &scope, &rule->effects);
  rule->majority.base = base;
  rule->ranking = ranking;
  rule->default_option = default_option;
  rule->scope = scope;
  return base >= DPOP_BASE_YES_NO && base <= DPOP_BASE_LAST && rule->majority.den > 0
         && rule->quorum.den > 0;
}

gboolean
dpop_decision_rule_equal (const DpopCharterRule *a, const DpopCharterRule *b)
{
  g_autoptr (GVariant) one = g_variant_ref_sink (dpop_decision_rule_encode (a));
  g_autoptr (GVariant) two = g_variant_ref_sink (dpop_decision_rule_encode (b));

  return g_variant_equal (one, two);
}

/* --- For counting. -------------------------------------------------------------------------- */

static DpopCountThreshold
threshold (guint32 num, guint32 den, gboolean strict)
{
  DpopCountThreshold result = { { 1, 1 }, TRUE }; /* which no rule check lets pass */

  if (dpop_rational_init (&result.share, num, den))
    result.strict = strict;
  return result;
}

static DpopCountBase
base_of (const DpopCharterRule *rule)
{
  switch (rule->majority.base)
    {
    case DPOP_BASE_CAST:
      return DPOP_COUNT_BASE_CAST;
    case DPOP_BASE_PRESENT:
      return DPOP_COUNT_BASE_PRESENT;
    case DPOP_BASE_ENTITLED:
      return DPOP_COUNT_BASE_ENTITLED;
    case DPOP_BASE_YES_NO:
    default:
      return DPOP_COUNT_BASE_YES_NO;
    }
}

static DpopCountQuorum
quorum_of (const DpopCharterRule *rule)
{
  return (DpopCountQuorum){
    .share = threshold (rule->quorum.num, rule->quorum.den, rule->quorum.strict),
    .minimum = rule->quorum.minimum,
  };
}

DpopCountMajorityRule
dpop_decision_rule_majority (const DpopCharterRule *rule)
{
  return (DpopCountMajorityRule){
    .majority = threshold (rule->majority.num, rule->majority.den, rule->majority.strict),
    .base = base_of (rule),
    .quorum = quorum_of (rule),
  };
}

DpopCountChoiceRule
dpop_decision_rule_choice (const DpopCharterRule *rule, const DpopDecisionPaper *paper)
{
  return (DpopCountChoiceRule){
    .n_options = paper->n_options,
    .min_choices = paper->min_choices,
    .max_choices = paper->max_choices,
    .seats = MIN (rule->seats, paper->n_options),
    .majority = threshold (rule->majority.num, rule->majority.den, rule->majority.strict),
    .base = base_of (rule),
    .quorum = quorum_of (rule),
  };
}

/* Num of den of those who prefer one to the other is num to den - num of those who do not. A
 * majority of less than half asks for no more than being preferred at all; unanimity is a ratio
 * that one voter against makes unreachable. */
static DpopRational
default_ratio (const DpopCharterRule *rule)
{
  DpopRational ratio = { 1, 1 };

  if (rule->majority.num >= rule->majority.den)
    ratio = (DpopRational){ DPOP_COUNT_MAX_VOTES, 1 };
  else if (2 * (guint64) rule->majority.num > rule->majority.den)
    dpop_rational_init (&ratio, rule->majority.num, rule->majority.den - rule->majority.num);
  return ratio;
}

DpopCountSchulzeRule
dpop_decision_rule_schulze (const DpopCharterRule *rule, int default_option)
{
  return (DpopCountSchulzeRule){
    .strength = rule->ranking == DPOP_RANKING_SCHULZE_MARGINS ? DPOP_COUNT_SCHULZE_MARGINS
                                                              : DPOP_COUNT_SCHULZE_WINNING_VOTES,
    .default_option = default_option,
    .default_ratio = default_ratio (rule),
    .default_strict = rule->majority.strict,
    .default_quorum = rule->default_quorum,
    .quorum = quorum_of (rule),
  };
}

gboolean
dpop_decision_rule_counts (const DpopCharterRule *rule, DpopBallotKind kind)
{
  const DpopDecisionPaper paper = { kind, 1, 1, 1 };
  DpopCountMajorityRule majority = dpop_decision_rule_majority (rule);
  DpopCountChoiceRule choice = dpop_decision_rule_choice (rule, &paper);
  DpopCountSchulzeRule schulze = dpop_decision_rule_schulze (
      rule, rule->default_option == DPOP_DEFAULT_BEATEN ? 0 : DPOP_COUNT_NO_OPTION);

  if ((rule->ballots & DPOP_CHARTER_BIT (kind)) == 0)
    return FALSE;
  switch (kind)
    {
    case DPOP_BALLOT_YES_NO_ABSTAIN:
      return dpop_count_majority_rule_check (&majority) == DPOP_COUNT_FAULT_NONE;
    case DPOP_BALLOT_CHOOSE_ONE:
    case DPOP_BALLOT_APPROVE:
      return dpop_count_choice_rule_check (&choice) == DPOP_COUNT_FAULT_NONE;
    case DPOP_BALLOT_RANK:
      return dpop_count_schulze_rule_check (&schulze, 1) == DPOP_COUNT_FAULT_NONE;
    default:
      return FALSE;
    }
}
