/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-decision-sight.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How many of those entitled have voted, in words and over time, and a way to see who is entitled:
 * signal "entitled". Hidden before the opening. */
#define DPOP_TYPE_TURNOUT_SECTION (dpop_turnout_section_get_type ())
G_DECLARE_FINAL_TYPE (DpopTurnoutSection, dpop_turnout_section, DPOP, TURNOUT_SECTION, GtkBox)

GtkWidget *dpop_turnout_section_new  (void);
/* SIGHT is borrowed for the call. */
void       dpop_turnout_section_show (DpopTurnoutSection *self, const DpopDecisionSight *sight);

G_END_DECLS
