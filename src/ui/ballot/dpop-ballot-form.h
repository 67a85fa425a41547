/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-ballot-marking.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A ballot, below it one sentence that says back what is marked, and the button that casts it. It
 * casts nothing itself: signals "marked", "cast", and "kept" when a person would rather leave their
 * earlier vote as it is. */
#define DPOP_TYPE_BALLOT_FORM (dpop_ballot_form_get_type ())
G_DECLARE_FINAL_TYPE (DpopBallotForm, dpop_ballot_form, DPOP, BALLOT_FORM, GtkBox)

GtkWidget *dpop_ballot_form_new       (void);
/* PAPER is copied. What is marked stays if it is the same paper. */
void       dpop_ballot_form_set_paper (DpopBallotForm *self, const DpopBallotPaper *paper);
void       dpop_ballot_form_set_marking (DpopBallotForm *self, const DpopBallotMarking *marking);
/* On whose behalf; NULL: one's own. */
void       dpop_ballot_form_set_whom  (DpopBallotForm *self, const char *whom);
/* CHANGING: an earlier vote is there, that can be kept. */
void       dpop_ballot_form_set_changing (DpopBallotForm *self, gboolean changing);
/* While it is being cast nothing can be marked; what takes longer than a moment is seen, too. */
void       dpop_ballot_form_set_busy  (DpopBallotForm *self, gboolean busy);
/* What went wrong, beside the button; NULL: nothing. */
void       dpop_ballot_form_set_failure (DpopBallotForm *self, const char *failure);

/* Borrowed. */
const DpopBallotPaper   *dpop_ballot_form_get_paper   (DpopBallotForm *self); /* may be NULL */
const DpopBallotMarking *dpop_ballot_form_get_marking (DpopBallotForm *self);
/* Of what is marked; the caller frees. */
char                    *dpop_ballot_form_to_text     (DpopBallotForm *self);

G_END_DECLS
