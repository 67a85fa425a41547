/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-edge-ballots.h"

G_BEGIN_DECLS

/* BLT, the format in which elections by ranking are exchanged (Hill, Wichmann and Woodall,
 * "Algorithm 123", The Computer Journal 30, 1987), with what later programs added:
 *
 *     4 2                     candidates, seats
 *     -2 -3                   who withdrew; optional
 *     (a17) 3 1 4=2 - 3 0     a ballot's id, how many cast it, the ranking, 0
 *     0                       no more ballots
 *     "Adam"                  the candidates in order, then the title
 *
 * OpenSTV and OpaVote brought ids, "=" for equal ranks, "-" for a skipped one (which closes up:
 * what follows moves one rank up), and comments from # to the end of the line; Hill writes equal
 * ranks as (4 2); Droop has C's comments. Names may go without quotation marks, hold some, or be
 * missing altogether. Up to two texts after the title (Wichmann's source and comment) are not
 * kept, nor are ids. A ballot ends on its line, with 0: elsewhere it could not be told from a
 * ballot that lacks its 0. Refused is what has two readings, with the line and what to do: a
 * candidate twice on one ballot, weights that are no whole numbers, names for only some. */
DpopEdgeBallots *dpop_edge_blt_parse (gconstpointer bytes, gsize size, GError **error);

G_END_DECLS
