/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-edge-ballots.h"

G_BEGIN_DECLS

/* What the readers of ballot files share. */

/* The file as UTF-8 whose lines end in LF alone; NULL with a DPOP_EDGE_ERROR. */
char *dpop_edge_ballots_text (gconstpointer bytes, gsize size, GError **error);

DpopEdgeBallots *dpop_edge_ballots_new (void);

/* Adds BALLOT. FALSE with an error that names LINE when there are too many of them, or too many
 * voters. */
gboolean dpop_edge_ballots_add (DpopEdgeBallots *self, const DpopCountBallot *ballot, guint line,
                                GError **error);

/* Adds the name of the next option, stripped, or its number where nothing is left of it. */
void dpop_edge_ballots_add_name (DpopEdgeBallots *self, const char *name, gsize length);

/* "Line 7: " and MESSAGE, which is translated. Always FALSE. */
gboolean dpop_edge_ballots_fail (GError **error, DpopEdgeError code, guint line,
                                 const char *message);

G_END_DECLS
