/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-decision-sight.h"
#include "dpop-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What is said about a decision, as it grows, and a place to say something: kept as a draft until
 * it is sent. */
#define DPOP_TYPE_DISCUSSION_SECTION (dpop_discussion_section_get_type ())
G_DECLARE_FINAL_TYPE (DpopDiscussionSection, dpop_discussion_section, DPOP, DISCUSSION_SECTION,
                      GtkBox)

GtkWidget *dpop_discussion_section_new (DpopSession *session, const CosmicId *decision);
/* SIGHT is borrowed for the call. What is being typed stays. */
void       dpop_discussion_section_show (DpopDiscussionSection *self,
                                         const DpopDecisionSight *sight);
/* What was committed; NULL: look at everything. */
void       dpop_discussion_section_refresh (DpopDiscussionSection *self,
                                            DpopProjectorChanges *changes);

G_END_DECLS
