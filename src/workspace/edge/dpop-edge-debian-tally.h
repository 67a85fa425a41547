/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-edge-ballots.h"

G_BEGIN_DECLS

/* The tally sheets of the Debian project's votes, as its vote engine has written them since 2002:
 *
 *     Option 1----->: Jonathan Carter
 *   /  Option 2---->: None Of The Above
 *   |/
 * V: 21     00230fd5...
 *
 * Behind "V:" stands one character an option, in the order of the options: its rank, 1 to 9 and
 * then A, B and so on (10, 11; capital or not), or "-" where it is not ranked. Older acknowledged
 * ballots have a blank there, which is read as "-" where the width tells. Behind that, after a
 * blank, stands who cast it, a name or a hash, which is not kept. Every other line is for people
 * and is passed over. Ranks may leave gaps and may be higher than there are options. Without a
 * list of options, the first ballot tells how many there are, and they go by their numbers.
 *
 * Refused, with the line and what to do, are ballots of another length, other characters, and
 * options that are out of order, missing, or listed behind the first ballot. */
DpopEdgeBallots *dpop_edge_debian_tally_parse (gconstpointer bytes, gsize size, GError **error);

/* Whether there is a line that begins with "V:": to tell a sheet from a BLT file, which can have
 * none before its names. */
gboolean dpop_edge_debian_tally_looks_like (gconstpointer bytes, gsize size);

G_END_DECLS
