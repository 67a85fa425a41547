/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-decision-sight.h"
#include "dpop-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What can be done with a decision besides voting: open the vote, close it, stop it, carry it out,
 * repeat it, vote on behalf of others, print the record. What is not allowed is not there, or says
 * why in a sentence where people would look for it. */
#define DPOP_TYPE_NEXT_SECTION (dpop_next_section_get_type ())
G_DECLARE_FINAL_TYPE (DpopNextSection, dpop_next_section, DPOP, NEXT_SECTION, GtkBox)

GtkWidget *dpop_next_section_new  (DpopSession *session, const CosmicId *decision);
/* SIGHT is borrowed for the call. */
void       dpop_next_section_show (DpopNextSection *self, const DpopDecisionSight *sight);

G_END_DECLS
