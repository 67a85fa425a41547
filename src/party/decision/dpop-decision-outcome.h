/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-count-choice.h"
#include "dpop-count-majority.h"
#include "dpop-count-schulze.h"
#include "dpop-decision.h"

G_BEGIN_DECLS

/* [format] */
typedef enum
{
  DPOP_OUTCOME_ACCEPTED = 1,
  DPOP_OUTCOME_REJECTED,
  DPOP_OUTCOME_ELECTED,    /* every seat is filled */
  DPOP_OUTCOME_INCOMPLETE, /* some are; no more options have the votes that are asked for */
  DPOP_OUTCOME_NOBODY,     /* no option has the votes that are asked for, or "none of these" won */
  DPOP_OUTCOME_TIED,       /* equal options for the seats left; those in ELECTED are elected */
  DPOP_OUTCOME_NO_QUORUM,
  DPOP_OUTCOME_STOPPED,    /* there is none, and never will be */
  DPOP_OUTCOME_UNCOUNTABLE, /* the rule cannot count these figures: nothing is decided */
} DpopOutcomeStatus;
#define DPOP_OUTCOME_LAST DPOP_OUTCOME_UNCOUNTABLE

/* What a decision came to, with all it rests on; options are numbers by their place on the ballot.
 * Votes themselves are not kept: YES to ABSTAIN for a question, VOTES for choices, PREFERRED for a
 * ranking are what they add up to.
 *
 * In the state, GVariant [format]:
 *   (yy          status, ballot kind
 *    (tx)        height of the batch it was closed by, its time in ms
 *    (uuuu)      entitled, present, cast, undecided
 *    (uuuu)      yes, no, abstain, blank
 *    (qq)        seats, seats left
 *    (ttt)       elected, tied, dropped: bit n for option n
 *    aq          the place of each option, 1 the first, equal ones alike, 0 for dropped ones
 *    au          votes for each option
 *    au          how many prefer a to b, row by row
 *    a(yyxxbtttnb))  reasons: code, over, share (num, den, strict), figure, needed, base,
 *                     option (-1: none), satisfied */
#define DPOP_OUTCOME_REASONS_TYPE "a(yyxxbtttnb)"
#define DPOP_DECISION_OUTCOME_TYPE                                                                 \
  "(yy(tx)(uuuu)(uuuu)(qq)(ttt)aqauau" DPOP_OUTCOME_REASONS_TYPE ")"

typedef struct
{
  DpopOutcomeStatus status;
  DpopBallotKind ballot;
  guint64 height; /* of the batch that closed or stopped it */
  gint64 time;    /* of that batch, ms */

  guint64 entitled;
  guint64 present;   /* whose vote counts, blank or not */
  guint64 cast;      /* present, without the blank ones */
  guint64 undecided; /* whose votes contradicted each other when the box closed: counted nowhere */
  guint64 yes, no;
  guint64 abstain;
  guint64 blank;     /* ranking nothing */

  guint n_options;
  guint seats;
  guint seats_left;
  DpopCountOptions elected;
  DpopCountOptions tied;
  DpopCountOptions dropped; /* by the default option */
  guint16 places[DPOP_DECISION_OPTIONS_MAX];
  guint64 votes[DPOP_DECISION_OPTIONS_MAX];
  guint64 preferred[DPOP_DECISION_OPTIONS_MAX][DPOP_DECISION_OPTIONS_MAX];
  GArray *reasons; /* of DpopCountReason */
} DpopDecisionOutcome;

DpopDecisionOutcome *dpop_decision_outcome_new  (void);
void                 dpop_decision_outcome_free (DpopDecisionOutcome *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopDecisionOutcome, dpop_decision_outcome_free)

GVariant            *dpop_decision_outcome_encode (const DpopDecisionOutcome *self);
DpopDecisionOutcome *dpop_decision_outcome_decode (GVariant *value);

/* Whether what was proposed may be carried out. */
static inline gboolean
dpop_decision_outcome_is_accepted (const DpopDecisionOutcome *self)
{
  return self->status == DPOP_OUTCOME_ACCEPTED;
}

G_END_DECLS
