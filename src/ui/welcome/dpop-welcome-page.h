/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-page.h"

G_BEGIN_DECLS

/* Start, join or practise; and the organisations on this computer, which open by the application's
 * action "open-profile" with their folder. Signals "start", "join", "practise". */
#define DPOP_TYPE_WELCOME_PAGE (dpop_welcome_page_get_type ())
G_DECLARE_FINAL_TYPE (DpopWelcomePage, dpop_welcome_page, DPOP, WELCOME_PAGE, DpopPage)

DpopPage *dpop_welcome_page_new (void);
/* Looks again at what is on this computer. */
void      dpop_welcome_page_look (DpopWelcomePage *self);
/* Says what went wrong; NULL: nothing. */
void      dpop_welcome_page_fail (DpopWelcomePage *self, const char *text);
/* Says what is going on; meanwhile nothing else can be begun. NULL: it is over. */
void      dpop_welcome_page_busy (DpopWelcomePage *self, const char *text);

G_END_DECLS
