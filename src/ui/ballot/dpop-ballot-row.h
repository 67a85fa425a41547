/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A row of a ballot that can be chosen: a mark, a word, and where it is chosen a frame and a sign
 * at its end. To a screen reader it is a radio button, or a check box, and it can be clicked.
 * Whether it is chosen is the ballot's to say: a click alone changes nothing. */
#define DPOP_TYPE_BALLOT_ROW (dpop_ballot_row_get_type ())
G_DECLARE_FINAL_TYPE (DpopBallotRow, dpop_ballot_row, DPOP, BALLOT_ROW, GtkButton)

typedef enum
{
  DPOP_BALLOT_ROW_YES,
  DPOP_BALLOT_ROW_NO,
  DPOP_BALLOT_ROW_ABSTAIN,
  DPOP_BALLOT_ROW_ONE,     /* one of several */
  DPOP_BALLOT_ROW_SEVERAL, /* several of several */
} DpopBallotRowKind;

/* DESCRIPTION may be NULL or empty. */
GtkWidget *dpop_ballot_row_new        (DpopBallotRowKind kind, const char *name,
                                       const char *description);
void       dpop_ballot_row_set_chosen (DpopBallotRow *self, gboolean chosen);
gboolean   dpop_ballot_row_get_chosen (DpopBallotRow *self);

G_END_DECLS
