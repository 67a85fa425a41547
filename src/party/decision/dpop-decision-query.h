/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-decision-entry.h"
#include "dpop-decision-state.h"

G_BEGIN_DECLS

/* How one member's vote stands while the box is open. */
typedef enum
{
  DPOP_VOTE_NONE,
  DPOP_VOTE_COUNTS,
  DPOP_VOTE_UNDECIDED, /* several that contradict each other: none counts until one replaces all */
} DpopVoteStanding;

/* A decision as it stands, to be shown. */
typedef struct
{
  DpopDecisionProposed proposed;
  DpopDecisionPhase phase;
  gint64 since; /* of the phase, ms */
  guint64 since_height;
  GArray *texts;   /* of DpopDecisionText, as they came */
  GArray *options; /* of DpopDecisionOption, likewise; withdrawn ones included */
  DpopDecisionOpening *opening; /* NULL: never opened */
  /* Turnout: of those entitled when it was opened, how many have a vote that counts. */
  guint64 entitled;
  guint64 cast;
  DpopDecisionOutcome *outcome; /* NULL: none yet */
  /* One member's own, while the box is open. */
  DpopVoteStanding vote;
  DpopDecisionHead mine; /* if it counts */
} DpopDecision;

/* NULL when STATE is no decision's. MEMBER, whose vote is looked up, may be NULL. */
DpopDecision *dpop_decision_query      (const CosmicState *state, const CosmicId *member);
void          dpop_decision_query_free (DpopDecision *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopDecision, dpop_decision_query_free)

/* Open, but its time is over by NOW (ms): the next confirmation closes it. */
gboolean dpop_decision_query_is_closing (const DpopDecision *self, gint64 now);

/* What an opening would pin, if whoever opens chooses nothing: the wording as its proposer last
 * put it, then the reasons that nobody replaced; every option that was not withdrawn, as they came.
 * Arrays of CosmicId. */
GArray *dpop_decision_query_texts   (const DpopDecision *self);
GArray *dpop_decision_query_options (const DpopDecision *self);

G_END_DECLS
