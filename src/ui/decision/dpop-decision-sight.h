/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-ballot-marking.h"
#include "dpop-decision-view.h"
#include "dpop-may-decision.h"
#include "dpop-turnout.h"

G_BEGIN_DECLS

/* All that the page of one decision shows, read at once in the engine's thread, and handed to the
 * window whole. */
typedef struct
{
  DpopDecisionView *view;
  DpopMayDecision may;
  DpopTurnout *turnout;     /* NULL: never opened */
  DpopBallotPaper *paper;   /* NULL unless it is open */
  CosmicReason vote_reason; /* why one's vote has no effect */
  char *repeats;            /* title of the decision that this one repeats; or NULL */
  gboolean may_repeat;      /* it was stopped, and this computer's member may put it again */
  gboolean confirms;        /* this computer confirms by itself: what it closes is final */
  gint64 now;
} DpopDecisionSight;

DpopDecisionSight *dpop_decision_sight_new  (DpopProfile *profile, const CosmicId *decision,
                                             GError **error);
void               dpop_decision_sight_free (DpopDecisionSight *self);

/* As a DpopEngineFunction: DATA is the decision's id. */
gpointer dpop_decision_sight_read (DpopProfile *profile, gpointer data, GError **error);

/* The same from where someone else stands: the vote, where it is, and whether it can be cast are
 * those of WHOM, for whom this computer's member enters it. */
typedef struct
{
  CosmicId decision;
  CosmicId whom;
} DpopDecisionSightFor;

DpopDecisionSight *dpop_decision_sight_new_for (DpopProfile *profile,
                                                const DpopDecisionSightFor *question,
                                                GError **error);
/* As a DpopEngineFunction: DATA is a DpopDecisionSightFor. */
gpointer dpop_decision_sight_read_for (DpopProfile *profile, gpointer data, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopDecisionSight, dpop_decision_sight_free)

G_END_DECLS
