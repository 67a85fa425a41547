/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-ballot-paper.h"
#include "dpop-ballot-ranking.h"

G_BEGIN_DECLS

/* What a person has marked so far on a ballot. It may not be enough yet to be cast. */
typedef struct
{
  DpopAnswer answer; /* to a yes or no; ABSTAIN also where there are options */
  gboolean chosen[DPOP_DECISION_OPTIONS_MAX];
  DpopBallotRanking ranking;
} DpopBallotMarking;

/* Nothing is marked. */
void dpop_ballot_marking_init (DpopBallotMarking *self, const DpopBallotPaper *paper);

/* Marks, on any kind of ballot, as a click on the row would: a choice takes the place of another
 * where there is one only, and of abstaining. */
void dpop_ballot_marking_answer (DpopBallotMarking *self, const DpopBallotPaper *paper,
                                 DpopAnswer answer);
void dpop_ballot_marking_choose (DpopBallotMarking *self, const DpopBallotPaper *paper,
                                 guint option, gboolean chosen);
/* To be called after a move in the ranking. */
void dpop_ballot_marking_ranked (DpopBallotMarking *self);

guint    dpop_ballot_marking_n_chosen (const DpopBallotMarking *self,
                                       const DpopBallotPaper *paper);
gboolean dpop_ballot_marking_is_empty (const DpopBallotMarking *self,
                                       const DpopBallotPaper *paper);
/* Whether it can be cast as it is. */
gboolean dpop_ballot_marking_is_ready (const DpopBallotMarking *self,
                                       const DpopBallotPaper *paper);

/* The ballot to be cast; it must be ready. */
void dpop_ballot_marking_to_ballot   (const DpopBallotMarking *self,
                                      const DpopBallotPaper *paper, DpopDecisionBallot *ballot);
void dpop_ballot_marking_from_ballot (DpopBallotMarking *self, const DpopBallotPaper *paper,
                                      const DpopDecisionBallot *ballot);

/* For a draft: "yes", "choose 0 2", "rank 1 0 2"; the caller frees. Empty when nothing is
 * marked. */
char    *dpop_ballot_marking_to_text   (const DpopBallotMarking *self,
                                        const DpopBallotPaper *paper);
/* FALSE, and nothing is marked, for a text that does not belong to PAPER. */
gboolean dpop_ballot_marking_from_text (DpopBallotMarking *self, const DpopBallotPaper *paper,
                                        const char *text);

G_END_DECLS
