/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-count-ballot.h"
#include "dpop-count-choice.h"
#include "dpop-decision.h"

G_BEGIN_DECLS

/* [format] */
typedef enum
{
  DPOP_ANSWER_NONE = 0, /* this ballot has options */
  DPOP_ANSWER_YES,
  DPOP_ANSWER_NO,
  DPOP_ANSWER_ABSTAIN,
} DpopAnswer;

/* What someone votes, for any kind of ballot. MARKS are the chosen options, strictly ascending by
 * their place on the ballot, none to abstain; or, where options are ranked, the rank of each, 1 the
 * most wanted, equal numbers equally wanted, 0 not ranked. */
typedef struct
{
  DpopAnswer answer;
  guint n_marks;
  guint16 marks[DPOP_DECISION_OPTIONS_MAX];
} DpopDecisionBallot;

/* What may be voted. */
typedef struct
{
  DpopBallotKind kind;
  guint n_options;
  guint min_choices; /* 1 and 1 where one is chosen */
  guint max_choices;
} DpopDecisionPaper;

gboolean dpop_decision_ballot_fits  (const DpopDecisionBallot *self,
                                     const DpopDecisionPaper *paper);
gboolean dpop_decision_ballot_equal (const DpopDecisionBallot *a, const DpopDecisionBallot *b);

/* `y` and `aq`, floating; reading is FALSE for more marks than any ballot has. */
void     dpop_decision_ballot_encode (const DpopDecisionBallot *self, GVariant *fields[2]);
gboolean dpop_decision_ballot_decode (GVariant *tuple, guint index, DpopDecisionBallot *self);

/* For counting; the ballot fits. */
DpopCountOptions dpop_decision_ballot_options (const DpopDecisionBallot *self);
void             dpop_decision_ballot_ranks   (const DpopDecisionBallot *self,
                                               DpopCountBallot *ballot);

G_END_DECLS
