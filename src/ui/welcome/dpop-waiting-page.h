/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-page.h"

G_BEGIN_DECLS

/* Of a computer that has asked to be let in: its request, to be carried to the inviter, and the
 * first transfer file, to be taken in. Signal "in" (a boolean: its member
 * votes) when the organisation is here; "given-up" when they want no more of it. */
#define DPOP_TYPE_WAITING_PAGE (dpop_waiting_page_get_type ())
G_DECLARE_FINAL_TYPE (DpopWaitingPage, dpop_waiting_page, DPOP, WAITING_PAGE, DpopPage)

DpopPage *dpop_waiting_page_new (DpopSession *session);
/* Takes in the transfer file PATH. */
void      dpop_waiting_page_take_in (DpopWaitingPage *self, const char *path);

G_END_DECLS
