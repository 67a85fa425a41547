/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-decision-sight.h"

void
dpop_decision_sight_free (DpopDecisionSight *self)
{
  if (self == NULL)
    return;
  dpop_decision_view_free (self->view);
  dpop_turnout_free (self->turnout);
  dpop_ballot_paper_free (self->paper);
  g_free (self->repeats);
  g_free (self);
}

static DpopBallotPaper *
new_paper (const DpopDecisionView *view)
{
  const DpopDecisionOpening *opening = view->decision->opening;
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GPtrArray) descriptions = g_ptr_array_new ();

  for (guint i = 0; i < view->options->len; i++)
    {
      const DpopDecisionViewOption *option = view->options->pdata[i];

      g_ptr_array_add (names, option->name);
      g_ptr_array_add (descriptions,
                       option->description != NULL ? option->description : (char *) "");
    }
  g_ptr_array_add (names, NULL);
  g_ptr_array_add (descriptions, NULL);
  return dpop_ballot_paper_new (view->decision->proposed.ballot, (const char *const *) names->pdata,
                                (const char *const *) descriptions->pdata, opening->min_choices,
                                opening->max_choices);
}

static gboolean
read_vote (DpopDecisionSight *self, DpopProfile *profile, GError **error)
{
  return !self->view->has_voted
         || dpop_vote_place (profile, &self->view->vote_operation, &self->view->vote_place,
                             &self->vote_reason, error);
}

static gboolean
read_repeat (DpopDecisionSight *self, DpopProfile *profile, GError **error)
{
  g_autoptr (DpopMayView) may = NULL;

  if (self->view->decision->phase != DPOP_DECISION_STOPPED)
    return TRUE;
  may = dpop_may_view_new (profile, error);
  self->may_repeat = may != NULL && may->propose.yes;
  return may != NULL;
}

DpopDecisionSight *
dpop_decision_sight_new (DpopProfile *profile, const CosmicId *decision, GError **error)
{
  g_autoptr (DpopDecisionSight) self = g_new0 (DpopDecisionSight, 1);
  const DpopDecision *found;

  self->view = dpop_decision_view_new (profile, decision, error);
  if (self->view == NULL || !dpop_may_decision (profile, decision, &self->may, error)
      || !read_vote (self, profile, error) || !read_repeat (self, profile, error))
    return NULL;
  found = self->view->decision;
  if (found->opening != NULL
      && (self->turnout = dpop_turnout_new (profile, decision, error)) == NULL)
    return NULL;
  if (found->phase == DPOP_DECISION_OPEN && found->opening != NULL)
    self->paper = new_paper (self->view);
  if (found->proposed.is_repeat)
    self->repeats = dpop_names_decision (self->view->names, &found->proposed.repeats);
  self->confirms = dpop_profile_confirms_alone (profile);
  self->now = dpop_clock_now (dpop_profile_clock (profile));
  return g_steal_pointer (&self);
}

gpointer
dpop_decision_sight_read (DpopProfile *profile, gpointer data, GError **error)
{
  return dpop_decision_sight_new (profile, data, error);
}

/* --- From where someone else stands. --------------------------------------------------------- */

static gboolean
look_for (DpopDecisionSight *self, DpopProfile *profile, const CosmicId *whom, GError **error)
{
  DpopDecisionView *view = self->view;
  const CosmicState *state = dpop_profile_state (profile, &view->id, error);
  DpopDecision *theirs;

  if (state == NULL)
    return FALSE;
  theirs = dpop_decision_query (state, whom);
  g_return_val_if_fail (theirs != NULL, FALSE);
  dpop_decision_query_free (view->decision);
  view->decision = theirs;
  view->has_voted = theirs->vote == DPOP_VOTE_COUNTS;
  return !view->has_voted
         || dpop_vote_place (profile, &theirs->mine.vote, &view->vote_place, &self->vote_reason,
                             error);
}

DpopDecisionSight *
dpop_decision_sight_new_for (DpopProfile *profile, const DpopDecisionSightFor *question,
                             GError **error)
{
  g_autoptr (DpopDecisionSight) self
      = dpop_decision_sight_new (profile, &question->decision, error);

  if (self == NULL || !look_for (self, profile, &question->whom, error)
      || !dpop_may_vote (profile, &question->decision, &question->whom, &self->may.vote, error))
    return NULL;
  return g_steal_pointer (&self);
}

gpointer
dpop_decision_sight_read_for (DpopProfile *profile, gpointer data, GError **error)
{
  return dpop_decision_sight_new_for (profile, data, error);
}
