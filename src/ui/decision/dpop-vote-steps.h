/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-vote-place.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Where a vote is, as a few small steps with words: saved here, on a transfer file, delivered,
 * counted; or too late. The step that it has come to is written in bold, and said to screen readers
 * as one sentence. */
#define DPOP_TYPE_VOTE_STEPS (dpop_vote_steps_get_type ())
G_DECLARE_FINAL_TYPE (DpopVoteSteps, dpop_vote_steps, DPOP, VOTE_STEPS, GtkWidget)

GtkWidget *dpop_vote_steps_new (void);
void       dpop_vote_steps_set (DpopVoteSteps *self, DpopVotePlace place);

G_END_DECLS
