/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-founding-steps.h"
#include "dpop-next-steps.h"
#include "dpop-step-page.h"

G_BEGIN_DECLS

/* A step that may be put off. */
typedef struct
{
  DpopFoundingStep step;
  const char *name;     /* on the list */
  const char *question;
  const char *explanation;
  const char *next;     /* the button, when the step is done by going on; else NULL */
  /* NULL: there is nothing to do but to read. */
  GtkWidget *(*build) (DpopStepPage *page);
} DpopNextStep;

extern const DpopNextStep dpop_next_step_sheet;
extern const DpopNextStep dpop_next_step_keeper;
extern const DpopNextStep dpop_next_step_members;
extern const DpopNextStep dpop_next_step_invitations;
extern const DpopNextStep dpop_next_step_practice;

/* PAGE's step is done: it is offered no more, and its button goes on. */
void dpop_next_step_done (DpopStepPage *page);

G_END_DECLS
