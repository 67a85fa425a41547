/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-decision-sight.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a decision came to: one sentence in large type, the bar with the majority that was asked
 * for, the places of a ranking, and the reasons, each with its figure and a mark. Hidden while
 * there is no outcome. */
#define DPOP_TYPE_OUTCOME_SECTION (dpop_outcome_section_get_type ())
G_DECLARE_FINAL_TYPE (DpopOutcomeSection, dpop_outcome_section, DPOP, OUTCOME_SECTION, GtkBox)

GtkWidget *dpop_outcome_section_new  (void);
/* SIGHT is borrowed for the call. */
void       dpop_outcome_section_show (DpopOutcomeSection *self, const DpopDecisionSight *sight);

/* The sentence: "Accepted: 5 yes, 2 no.", "Elected: Ada and Bert."; NULL while there is no outcome.
 * The caller frees. */
char *dpop_outcome_section_sentence (const DpopDecisionView *view);

G_END_DECLS
