/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-decision-ballot.h"

static gboolean
choices_fit (const DpopDecisionBallot *self, const DpopDecisionPaper *paper)
{
  for (guint i = 0; i < self->n_marks; i++)
    if (self->marks[i] >= paper->n_options
        || (i > 0 && self->marks[i - 1] >= self->marks[i]))
      return FALSE;
  return self->n_marks == 0
         || (self->n_marks >= paper->min_choices && self->n_marks <= paper->max_choices);
}

static gboolean
ranks_fit (const DpopDecisionBallot *self, const DpopDecisionPaper *paper)
{
  if (self->n_marks != paper->n_options)
    return FALSE;
  for (guint i = 0; i < self->n_marks; i++)
    if (self->marks[i] > paper->n_options)
      return FALSE;
  return TRUE;
}

gboolean
dpop_decision_ballot_fits (const DpopDecisionBallot *self, const DpopDecisionPaper *paper)
{
  if (paper->kind == DPOP_BALLOT_YES_NO_ABSTAIN)
    return self->n_marks == 0 && self->answer >= DPOP_ANSWER_YES
           && self->answer <= DPOP_ANSWER_ABSTAIN;
  if (self->answer != DPOP_ANSWER_NONE)
    return FALSE;
  return paper->kind == DPOP_BALLOT_RANK ? ranks_fit (self, paper) : choices_fit (self, paper);
}

gboolean
dpop_decision_ballot_equal (const DpopDecisionBallot *a, const DpopDecisionBallot *b)
{
  return a->answer == b->answer && a->n_marks == b->n_marks
         && memcmp (a->marks, b->marks, a->n_marks * sizeof a->marks[0]) == 0;
}

void
dpop_decision_ballot_encode (const DpopDecisionBallot *self, GVariant *fields[2])
{
  fields[0] = g_variant_new_byte (self->answer);
  fields[1] = g_variant_new_fixed_array (G_VARIANT_TYPE_UINT16, self->marks, self->n_marks,
                                         sizeof self->marks[0]);
}

gboolean
dpop_decision_ballot_decode (GVariant *tuple, guint index, DpopDecisionBallot *self)
{
  g_autoptr (GVariant) child = g_variant_get_child_value (tuple, index + 1);
  gsize count;
  const guint16 *marks = g_variant_get_fixed_array (child, &count, sizeof *marks);
  guint8 answer;

  *self = (DpopDecisionBallot){ 0 };
  if (count > DPOP_DECISION_OPTIONS_MAX)
    return FALSE;
  g_variant_get_child (tuple, index, "y", &answer);
  self->answer = answer;
  self->n_marks = (guint) count;
  for (gsize i = 0; i < count; i++)
    self->marks[i] = marks[i];
  return TRUE;
}

DpopCountOptions
dpop_decision_ballot_options (const DpopDecisionBallot *self)
{
  DpopCountOptions options = 0;

  for (guint i = 0; i < self->n_marks; i++)
    options |= G_GUINT64_CONSTANT (1) << self->marks[i];
  return options;
}

void
dpop_decision_ballot_ranks (const DpopDecisionBallot *self, DpopCountBallot *ballot)
{
  *ballot = (DpopCountBallot){ .count = 1 };
  memcpy (ballot->ranks, self->marks, self->n_marks * sizeof self->marks[0]);
}
