/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-page.h"

G_BEGIN_DECLS

/* What waits for the person, each with its one button; and quietly, what happened. */
#define DPOP_TYPE_HOME_PAGE (dpop_home_page_get_type ())
G_DECLARE_FINAL_TYPE (DpopHomePage, dpop_home_page, DPOP, HOME_PAGE, DpopPage)

DpopPage *dpop_home_page_new (DpopSession *session);

G_END_DECLS
