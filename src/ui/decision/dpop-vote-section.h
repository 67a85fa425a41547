/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-decision-sight.h"
#include "dpop-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One's own vote in one decision: the ballot while nothing was cast, then what was cast and where
 * it is, and the ballot again to change it until the box closes. Or the vote of WHOM, a member
 * without a computer, which is entered for them.
 *
 * What is being marked is kept as a draft. Signal "seen" (a DpopDecisionSight, borrowed for the
 * call) when a vote was cast: how the decision stands with it. */
#define DPOP_TYPE_VOTE_SECTION (dpop_vote_section_get_type ())
G_DECLARE_FINAL_TYPE (DpopVoteSection, dpop_vote_section, DPOP, VOTE_SECTION, GtkBox)

GtkWidget *dpop_vote_section_new  (DpopSession *session, const CosmicId *decision);
/* NAME is what they are called. */
GtkWidget *dpop_vote_section_new_for (DpopSession *session, const CosmicId *decision,
                                      const CosmicId *whom, const char *name);
/* Shows SIGHT, which is borrowed for the call. What is being marked stays. */
void       dpop_vote_section_show (DpopVoteSection *self, const DpopDecisionSight *sight);

G_END_DECLS
