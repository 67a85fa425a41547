/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-page.h"

G_BEGIN_DECLS

/* Who may do what, action by action; and before that, who holds which role now. */
#define DPOP_TYPE_MAY_PAGE (dpop_may_page_get_type ())
G_DECLARE_FINAL_TYPE (DpopMayPage, dpop_may_page, DPOP, MAY_PAGE, DpopPage)

DpopPage *dpop_may_page_new (DpopSession *session);

G_END_DECLS
