/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-ballot-marking.h"

G_BEGIN_DECLS

/* What is marked on a ballot, said back in a sentence before it is cast: "You vote yes." "You rank
 * 1. Ada, 2. Bert and Carla equally; the others are not ranked." All translated; the caller
 * frees. */

/* CAST: it was, in the past tense. WHOM is on whose behalf; NULL: one's own. */
char *dpop_ballot_words_say (const DpopBallotMarking *marking, const DpopBallotPaper *paper,
                             const char *whom, gboolean cast);
/* What to do, while nothing is marked or it cannot be cast yet; NULL: it is ready. */
char *dpop_ballot_words_ask (const DpopBallotMarking *marking, const DpopBallotPaper *paper);
/* Where an option of a ranking stands now, after a move: "Piano: now in place 1 of 4." */
char *dpop_ballot_words_place (const DpopBallotMarking *marking, const DpopBallotPaper *paper,
                               guint option);

G_END_DECLS
