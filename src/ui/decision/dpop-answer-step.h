/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-decide.h"
#include "dpop-decision-preview.h"
#include "dpop-option-editor.h"
#include "dpop-propose-choices.h"
#include "dpop-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How a question is to be answered: who is asked, by which rule it is decided, with what ballot, on
 * which options, and what follows. Signal "changed". */
#define DPOP_TYPE_ANSWER_STEP (dpop_answer_step_get_type ())
G_DECLARE_FINAL_TYPE (DpopAnswerStep, dpop_answer_step, DPOP, ANSWER_STEP, GtkBox)

GtkWidget *dpop_answer_step_new         (DpopSession *session);
/* CHOICES is borrowed, and outlives this. */
void       dpop_answer_step_set_choices (DpopAnswerStep *self, const DpopProposeChoices *choices);

/* What is missing, as a sentence; NULL: nothing. */
const char *dpop_answer_step_missing (DpopAnswerStep *self);
/* Fills in all but who speaks and what is asked. What it points at is borrowed. */
void        dpop_answer_step_fill    (DpopAnswerStep *self, DpopDecidePropose *command);
/* Borrowed; no options, where it is yes or no. */
DpopOptionEditor *dpop_answer_step_get_options (DpopAnswerStep *self);
gboolean    dpop_answer_step_has_options (DpopAnswerStep *self);
/* How it will be decided; borrowed; NULL: not known yet. */
const DpopDecisionPreview *dpop_answer_step_get_preview (DpopAnswerStep *self);
/* Label of the chosen rule, and of the effect; borrowed; NULL: none. */
const char *dpop_answer_step_get_rule   (DpopAnswerStep *self);
const char *dpop_answer_step_get_office (DpopAnswerStep *self);

/* For a draft: all but the options; the caller frees. What is not to be chosen any more is left as
 * it is. */
char       *dpop_answer_step_to_text   (DpopAnswerStep *self);
void        dpop_answer_step_from_text (DpopAnswerStep *self, const char *text);

G_END_DECLS
