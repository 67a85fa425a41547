/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-page.h"

G_BEGIN_DECLS

/* What founders do next: each a page of its own that may be put off. After the founding one leads
 * to the other; what was put off stands on a list later. */

/* Called when the last was seen. */
typedef void (*DpopNextStepsDone) (gpointer data);

/* The first of the steps that FROM's window can offer; NULL: there is none. The others follow over
 * it. DONE is called with DATA, a GObject that is not kept alive. */
DpopPage *dpop_next_steps_begin (GtkWidget *from, DpopSession *session, DpopNextStepsDone done,
                                 GObject *data);

/* The list of those that wait. */
#define DPOP_TYPE_NEXT_STEPS_PAGE (dpop_next_steps_page_get_type ())
G_DECLARE_FINAL_TYPE (DpopNextStepsPage, dpop_next_steps_page, DPOP, NEXT_STEPS_PAGE, DpopPage)

DpopPage *dpop_next_steps_page_new (DpopSession *session);

G_END_DECLS
