/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-count-choice.h"

static DpopCountOptions
option_bit (guint option)
{
  return G_GUINT64_CONSTANT (1) << option;
}

static guint
count_options (DpopCountOptions options)
{
  guint n = 0;

  for (; options != 0; options &= options - 1)
    n++;
  return n;
}

DpopCountFault
dpop_count_choice_rule_check (const DpopCountChoiceRule *rule)
{
  if (rule->n_options == 0)
    return DPOP_COUNT_FAULT_NO_OPTIONS;
  if (rule->n_options > DPOP_COUNT_MAX_OPTIONS)
    return DPOP_COUNT_FAULT_TOO_MANY_OPTIONS;
  if (rule->min_choices == 0 || rule->min_choices > rule->max_choices
      || rule->max_choices > rule->n_options || rule->seats == 0 || rule->seats > rule->n_options
      || !dpop_count_threshold_is_valid (&rule->majority)
      || (guint) rule->base > DPOP_COUNT_BASE_ENTITLED
      || !dpop_count_quorum_is_valid (&rule->quorum))
    return DPOP_COUNT_FAULT_RULE;
  return DPOP_COUNT_FAULT_NONE;
}

DpopCountFault
dpop_count_choice_ballot_check (const DpopCountChoiceRule *rule, DpopCountOptions chosen)
{
  guint n = count_options (chosen);

  if (rule->n_options < 64 && chosen >> rule->n_options != 0)
    return DPOP_COUNT_FAULT_UNKNOWN_OPTION;
  if (n == 0)
    return DPOP_COUNT_FAULT_NONE;
  if (n < rule->min_choices)
    return DPOP_COUNT_FAULT_TOO_FEW_CHOICES;
  if (n > rule->max_choices)
    return DPOP_COUNT_FAULT_TOO_MANY_CHOICES;
  return DPOP_COUNT_FAULT_NONE;
}

DpopCountFault
dpop_count_choice_add (const DpopCountChoiceRule *rule, DpopCountChoiceFigures *figures,
                       DpopCountOptions chosen, guint64 count)
{
  DpopCountFault fault = dpop_count_choice_rule_check (rule);

  if (fault == DPOP_COUNT_FAULT_NONE)
    fault = dpop_count_choice_ballot_check (rule, chosen);
  if (fault != DPOP_COUNT_FAULT_NONE)
    return fault;
  if (count == 0)
    return DPOP_COUNT_FAULT_NO_WEIGHT;
  if (count > DPOP_COUNT_MAX_VOTES
      || figures->choosing + figures->abstain > DPOP_COUNT_MAX_VOTES - count)
    return DPOP_COUNT_FAULT_TOO_MANY_VOTES;

  if (chosen == 0)
    figures->abstain += count;
  else
    figures->choosing += count;
  for (guint i = 0; i < rule->n_options; i++)
    if (dpop_count_options_has (chosen, i))
      figures->votes[i] += count;
  return DPOP_COUNT_FAULT_NONE;
}

DpopCountFault
dpop_count_choice_figures_check (const DpopCountChoiceRule *rule,
                                 const DpopCountChoiceFigures *figures)
{
  guint64 sum = 0;

  if (figures->choosing > DPOP_COUNT_MAX_VOTES || figures->abstain > DPOP_COUNT_MAX_VOTES
      || figures->blank > DPOP_COUNT_MAX_VOTES || figures->turnout.entitled > DPOP_COUNT_MAX_VOTES)
    return DPOP_COUNT_FAULT_TOO_MANY_VOTES;
  for (guint i = 0; i < DPOP_COUNT_MAX_OPTIONS; i++)
    {
      if (figures->votes[i] > (i < rule->n_options ? figures->choosing : 0))
        return DPOP_COUNT_FAULT_FIGURES;
      sum += figures->votes[i];
    }
  if (sum < figures->choosing * rule->min_choices || sum > figures->choosing * rule->max_choices
      || !dpop_count_turnout_is_valid (&figures->turnout, figures->choosing + figures->abstain
                                                              + figures->blank))
    return DPOP_COUNT_FAULT_FIGURES;
  return DPOP_COUNT_FAULT_NONE;
}

/* Insertion keeps equal options as they are listed. */
static void
order_options (DpopCountChoice *self)
{
  const guint64 *votes = self->figures.votes;

  for (guint i = 0; i < self->rule.n_options; i++)
    {
      guint at = i;

      for (; at > 0 && votes[self->order[at - 1]] < votes[i]; at--)
        self->order[at] = self->order[at - 1];
      self->order[at] = i;
    }
  for (guint i = 0; i < self->rule.n_options; i++)
    {
      guint option = self->order[i];
      gboolean equal = i > 0 && votes[self->order[i - 1]] == votes[option];

      self->place[option] = equal ? self->place[self->order[i - 1]] : i + 1;
    }
}

static guint64
base_of (const DpopCountChoice *self)
{
  switch (self->rule.base)
    {
    case DPOP_COUNT_BASE_YES_NO:
      return self->figures.choosing;
    case DPOP_COUNT_BASE_CAST:
      return self->cast;
    case DPOP_COUNT_BASE_PRESENT:
      return self->figures.turnout.present;
    case DPOP_COUNT_BASE_ENTITLED:
      return self->figures.turnout.entitled;
    }
  g_assert_not_reached ();
}

/* How many options, from the front of the order, have the votes that are asked for. */
static guint
judge_majorities (DpopCountChoice *self)
{
  gboolean asked = !dpop_count_threshold_is_none (&self->rule.majority);
  guint n = 0;

  for (guint i = 0; i < self->rule.n_options; i++)
    {
      guint option = self->order[i];
      guint64 votes = self->figures.votes[option];
      DpopCountReason reason = dpop_count_reason_share (
          DPOP_COUNT_REASON_MAJORITY, self->rule.base, &self->rule.majority, votes,
          base_of (self));

      reason.needed = MAX (reason.needed, 1);
      reason.satisfied = reason.satisfied && votes > 0;
      reason.option = (int) option;
      if (asked)
        g_array_append_val (self->reasons, reason);
      if (reason.satisfied)
        n++;
    }
  return n;
}

/* Fills seats place by place, until a place holds more options than seats are left. */
static void
fill_seats (DpopCountChoice *self, guint eligible)
{
  for (guint start = 0; start < eligible && self->seats_left > 0;)
    {
      DpopCountOptions group = 0;
      guint end = start;

      while (end < eligible && self->place[self->order[end]] == self->place[self->order[start]])
        group |= option_bit (self->order[end++]);
      if (end - start > self->seats_left)
        {
          guint64 votes = self->figures.votes[self->order[start]];
          DpopCountReason tie = {
            .code = DPOP_COUNT_REASON_SEAT_TIE,
            .over = DPOP_COUNT_BASE_YES_NO,
            .threshold = { { 0, 1 }, FALSE },
            .figure = votes,
            .needed = votes + 1,
            .base = self->seats_left,
            .option = DPOP_COUNT_NO_OPTION,
            .satisfied = FALSE,
          };

          g_array_append_val (self->reasons, tie);
          self->tied = group;
          return;
        }
      self->elected |= group;
      self->seats_left -= end - start;
      start = end;
    }
}

DpopCountChoice *
dpop_count_choice_new (const DpopCountChoiceRule *rule, const DpopCountChoiceFigures *figures,
                       DpopCountFault *fault)
{
  DpopCountFault found = dpop_count_choice_rule_check (rule);
  DpopCountChoice *self;
  gboolean quorum;
  guint eligible;

  if (found == DPOP_COUNT_FAULT_NONE)
    found = dpop_count_choice_figures_check (rule, figures);
  if (fault != NULL)
    *fault = found;
  if (found != DPOP_COUNT_FAULT_NONE)
    return NULL;

  self = g_new0 (DpopCountChoice, 1);
  self->rule = *rule;
  self->figures = *figures;
  self->cast = figures->choosing + figures->abstain;
  self->seats_left = rule->seats;
  self->reasons = g_array_new (FALSE, FALSE, sizeof (DpopCountReason));
  order_options (self);
  quorum = dpop_count_quorum_judge (&rule->quorum, &figures->turnout, self->reasons);
  eligible = judge_majorities (self);
  if (!quorum)
    {
      self->outcome = DPOP_COUNT_CHOICE_NO_QUORUM;
      return self;
    }
  fill_seats (self, eligible);
  self->outcome = self->tied != 0         ? DPOP_COUNT_CHOICE_TIED
                  : self->seats_left == 0 ? DPOP_COUNT_CHOICE_DECIDED
                  : self->elected != 0    ? DPOP_COUNT_CHOICE_INCOMPLETE
                                          : DPOP_COUNT_CHOICE_NO_DECISION;
  return self;
}

void
dpop_count_choice_free (DpopCountChoice *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->reasons);
  g_free (self);
}
