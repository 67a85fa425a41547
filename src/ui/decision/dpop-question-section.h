/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-decision-sight.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What is asked: the state of the decision, its question in the largest type, who put it, the
 * wording and the reasons, what it would bring about, and before the opening what there is to
 * choose from. */
#define DPOP_TYPE_QUESTION_SECTION (dpop_question_section_get_type ())
G_DECLARE_FINAL_TYPE (DpopQuestionSection, dpop_question_section, DPOP, QUESTION_SECTION, GtkBox)

/* BELOW, what came of it, stands under the question. */
GtkWidget *dpop_question_section_new  (GtkWidget *below);
/* SIGHT is borrowed for the call. */
void       dpop_question_section_show (DpopQuestionSection *self, const DpopDecisionSight *sight);

G_END_DECLS
