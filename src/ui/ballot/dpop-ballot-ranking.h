/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-decision-ballot.h"

G_BEGIN_DECLS

/* A ranking while it is being made. Places are numbered from 1 without gaps; options on one place
 * are equally wanted, those on place 0 are not ranked. Every move keeps it so. OPTIONs are numbers
 * by their place on the ballot. */
typedef struct
{
  guint n_options;
  guint16 places[DPOP_DECISION_OPTIONS_MAX];
} DpopBallotRanking;

/* Nothing is ranked. */
void  dpop_ballot_ranking_init     (DpopBallotRanking *self, guint n_options);
guint dpop_ballot_ranking_n_places (const DpopBallotRanking *self);
/* How many options share OPTION's place, itself included; 0 where it is not ranked. */
guint dpop_ballot_ranking_n_equal  (const DpopBallotRanking *self, guint option);
/* All options as they are shown: by place, those not ranked last, else in ballot order. */
void  dpop_ballot_ranking_order    (const DpopBallotRanking *self,
                                    guint16 order[DPOP_DECISION_OPTIONS_MAX]);

/* --- Moves; FALSE when nothing changed. ------------------------------------------------------ */

/* One step up: out of a shared place to one of its own before it, else over the place above. What
 * is not ranked comes last among those that are. */
gboolean dpop_ballot_ranking_raise  (DpopBallotRanking *self, guint option);
/* One step down, likewise; below the last place it is not ranked any more. */
gboolean dpop_ballot_ranking_lower  (DpopBallotRanking *self, guint option);
/* Alone on PLACE, from 1; beyond the last one: after it. */
gboolean dpop_ballot_ranking_put    (DpopBallotRanking *self, guint option, guint place);
/* Alone before, or after, OTHER's place. */
gboolean dpop_ballot_ranking_put_by (DpopBallotRanking *self, guint option, guint other,
                                     gboolean after);
/* Onto the place above, to be equally wanted; and off it again, if it shares its place. */
gboolean dpop_ballot_ranking_join   (DpopBallotRanking *self, guint option);
gboolean dpop_ballot_ranking_part   (DpopBallotRanking *self, guint option);
/* Not ranked any more. */
gboolean dpop_ballot_ranking_drop   (DpopBallotRanking *self, guint option);

G_END_DECLS
