/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-page.h"

G_BEGIN_DECLS

/* One question of a guided path: how far one is, the question, what it means, what is asked, and at
 * the foot what one can do. Enter goes on.
 *
 * Signals "next" and "later" (when it is offered); "left" before it goes for good, so that what was
 * typed can be kept. */
#define DPOP_TYPE_STEP_PAGE (dpop_step_page_get_type ())
G_DECLARE_FINAL_TYPE (DpopStepPage, dpop_step_page, DPOP, STEP_PAGE, DpopPage)

typedef struct
{
  const char *title;       /* of the header bar */
  const char *progress;    /* "Step 2 of 7"; NULL: none */
  const char *question;
  const char *explanation; /* NULL: none */
  const char *next;        /* the suggested button */
  const char *later;       /* NULL: it cannot wait */
} DpopStepText;

DpopStepPage *dpop_step_page_new       (DpopSession *session, const DpopStepText *text);
void          dpop_step_page_set_body  (DpopStepPage *self, GtkWidget *body);
/* Borrowed; NULL when there is none. */
GtkWidget    *dpop_step_page_get_body  (DpopStepPage *self);
/* What the focus goes to; NULL: the first in the body, else the button. */
void          dpop_step_page_set_first (DpopStepPage *self, GtkWidget *first);
/* Says what is wrong, beside what can be done; NULL: nothing is. */
void          dpop_step_page_fail      (DpopStepPage *self, const char *text);
/* Says what is going on; meanwhile nothing can be done. NULL: it is over. */
void          dpop_step_page_busy      (DpopStepPage *self, const char *text);
gboolean      dpop_step_page_is_busy   (DpopStepPage *self);
/* Without it there is nothing to go on to, only to put off; with it nothing is to be put off. */
void          dpop_step_page_set_can_go_on (DpopStepPage *self, gboolean can_go_on);
/* What the button does cannot be taken back. */
void          dpop_step_page_set_destructive (DpopStepPage *self);

G_END_DECLS
