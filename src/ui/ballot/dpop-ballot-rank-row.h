/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* An option of a ranking: its place, its name, and the ways to move it: by its handle, by buttons,
 * by a menu, and by keys (Alt+Up and Alt+Down, a number for a place, = for the place above, Delete
 * for none). It moves nothing itself: signal "move" (a DpopBallotRankMove and a place) asks for it,
 * "dropped-on" (another row, and whether after this one) when that was dragged here. */
#define DPOP_TYPE_BALLOT_RANK_ROW (dpop_ballot_rank_row_get_type ())
G_DECLARE_FINAL_TYPE (DpopBallotRankRow, dpop_ballot_rank_row, DPOP, BALLOT_RANK_ROW, GtkWidget)

typedef enum
{
  DPOP_BALLOT_RANK_UP,
  DPOP_BALLOT_RANK_DOWN,
  DPOP_BALLOT_RANK_PUT,  /* with a place */
  DPOP_BALLOT_RANK_JOIN, /* onto the place above */
  DPOP_BALLOT_RANK_PART, /* off a shared place */
  DPOP_BALLOT_RANK_DROP, /* not ranked any more */
} DpopBallotRankMove;

GtkWidget *dpop_ballot_rank_row_new (guint option, const char *name, const char *description);
guint      dpop_ballot_rank_row_get_option (DpopBallotRankRow *self);
/* PLACE 0: not ranked; of LAST places; SHARED: with others. */
void       dpop_ballot_rank_row_set_place  (DpopBallotRankRow *self, guint place, guint last,
                                            gboolean shared);

G_END_DECLS
