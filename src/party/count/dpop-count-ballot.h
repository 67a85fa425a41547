/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-count.h"

G_BEGIN_DECLS

/* A ranking: for each option its rank, 1 the most wanted, equal numbers equally wanted, 0 not
 * ranked. Gaps say nothing: {1, 3} is {1, 2}. One struct may stand for many equal ballots. Not
 * ranked is kept apart from ranked last, since some ways of counting tell them apart; Schulze does
 * not. */
typedef struct
{
  guint64 count;
  guint16 ranks[DPOP_COUNT_MAX_OPTIONS];
} DpopCountBallot;

/* Ranks lie within 0 and N_OPTIONS, ranks past N_OPTIONS are 0, and it stands for one voter at
 * least: DPOP_COUNT_FAULT_NONE, _NO_OPTIONS, _TOO_MANY_OPTIONS, _NO_WEIGHT, _TOO_MANY_VOTES,
 * _RANK_OUT_OF_RANGE, _UNKNOWN_OPTION. */
DpopCountFault dpop_count_ballot_check (const DpopCountBallot *self, guint n_options);
/* Whether it ranks nothing. */
gboolean       dpop_count_ballot_is_blank (const DpopCountBallot *self, guint n_options);

/* Closes the gaps: the same order with the ranks 1, 2, 3, unranked options still 0. Any ranks go
 * in, so that a ballot from elsewhere passes the check above afterwards. */
void dpop_count_ballot_close_gaps (DpopCountBallot *self, guint n_options);

G_END_DECLS
