/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-decision-query.h"

static void
look_up_vote (const CosmicState *state, const CosmicId *member, DpopDecision *self)
{
  g_autoptr (DpopDecisionEntry) entry = dpop_decision_entry_read (state, member);
  const DpopDecisionHead *vote = entry != NULL ? dpop_decision_entry_vote (entry) : NULL;

  if (vote != NULL)
    {
      self->vote = DPOP_VOTE_COUNTS;
      self->mine = *vote;
    }
  else if (entry == NULL || entry->heads->len > 0)
    self->vote = DPOP_VOTE_UNDECIDED;
}

DpopDecision *
dpop_decision_query (const CosmicState *state, const CosmicId *member)
{
  g_autoptr (DpopDecision) self = g_new0 (DpopDecision, 1);

  if (!dpop_decision_state_proposed (state, &self->proposed)
      || !dpop_decision_state_phase (state, &self->phase, &self->since, &self->since_height))
    return NULL;
  self->texts = dpop_decision_state_texts (state);
  self->options = dpop_decision_state_options (state);
  self->opening = dpop_decision_state_opening (state);
  self->outcome = dpop_decision_state_outcome (state);
  if (self->opening != NULL)
    self->entitled = self->opening->entitled;
  self->cast = self->outcome != NULL ? self->outcome->present : dpop_decision_state_cast (state);
  if (member != NULL)
    look_up_vote (state, member, self);
  return g_steal_pointer (&self);
}

void
dpop_decision_query_free (DpopDecision *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->texts, g_array_unref);
  g_clear_pointer (&self->options, g_array_unref);
  g_clear_pointer (&self->opening, dpop_decision_opening_free);
  g_clear_pointer (&self->outcome, dpop_decision_outcome_free);
  g_free (self);
}

gboolean
dpop_decision_query_is_closing (const DpopDecision *self, gint64 now)
{
  return self->phase == DPOP_DECISION_OPEN && self->opening != NULL && self->opening->deadline != 0
         && self->opening->deadline <= now;
}

/* --- What stands to be opened. -------------------------------------------------------------- */

GArray *
dpop_decision_query_texts (const DpopDecision *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (CosmicId));

  g_array_append_val (ids, self->proposed.operation);
  for (guint i = 0; i < self->texts->len; i++)
    {
      const DpopDecisionText *text = &g_array_index (self->texts, DpopDecisionText, i);

      if (text->replaced)
        continue;
      if (text->what == DPOP_TEXT_REASON)
        g_array_append_val (ids, text->operation);
      else if (cosmic_id_same (&text->speaker, &self->proposed.speaker))
        g_array_index (ids, CosmicId, 0) = text->operation;
    }
  return ids;
}

GArray *
dpop_decision_query_options (const DpopDecision *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (CosmicId));

  for (guint i = 0; i < self->options->len; i++)
    {
      const DpopDecisionOption *option = &g_array_index (self->options, DpopDecisionOption, i);

      if (!option->withdrawn)
        g_array_append_val (ids, option->operation);
    }
  return ids;
}
