/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-count-ballot.h"
#include "dpop-count-choice.h"
#include "dpop-edge-error.h"

G_BEGIN_DECLS

/* Ranked ballots from a file, whatever its format: who or what stood, and how each ballot ranks
 * them. Encodings are found out as dpop-edge-encoding.h says. */
#define DPOP_EDGE_BALLOTS_MAX_BYTES (64u << 20)
#define DPOP_EDGE_BALLOTS_MAX       1000000u /* as written: one may stand for many voters */

typedef struct
{
  char *title;        /* NULL where the file gives none */
  GPtrArray *options; /* of char *, never empty: one without a name is called by its number */
  guint seats;        /* 1 where the format has none; may be more than there are options */
  DpopCountOptions withdrawn; /* still in the options and on the ballots */
  GArray *ballots;    /* of DpopCountBallot, in the file's order, without gaps */
  guint64 voters;     /* that all ballots together stand for, up to DPOP_COUNT_MAX_VOTES */
} DpopEdgeBallots;

void dpop_edge_ballots_free (DpopEdgeBallots *self);

/* Takes the options that withdrew out of the list and off the ballots; the others move up. */
void dpop_edge_ballots_strike_withdrawn (DpopEdgeBallots *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopEdgeBallots, dpop_edge_ballots_free)

G_END_DECLS
