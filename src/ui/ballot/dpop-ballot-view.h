/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-ballot-marking.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A ballot to be marked: a row each for yes, no and abstain, or for each option, or the options to
 * be ranked. It needs no decision and no session. Signal "marked" follows each mark that a person
 * makes. */
#define DPOP_TYPE_BALLOT_VIEW (dpop_ballot_view_get_type ())
G_DECLARE_FINAL_TYPE (DpopBallotView, dpop_ballot_view, DPOP, BALLOT_VIEW, GtkBox)

/* Without a paper it is empty. */
GtkWidget *dpop_ballot_view_new       (void);
/* PAPER is copied. What is marked stays if it is the same paper. */
void       dpop_ballot_view_set_paper (DpopBallotView *self, const DpopBallotPaper *paper);
void       dpop_ballot_view_set_marking (DpopBallotView *self, const DpopBallotMarking *marking);

/* Borrowed. */
const DpopBallotPaper   *dpop_ballot_view_get_paper   (DpopBallotView *self); /* may be NULL */
const DpopBallotMarking *dpop_ballot_view_get_marking (DpopBallotView *self);

G_END_DECLS
