/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-page.h"

G_BEGIN_DECLS

/* Checks the whole history again, with progress, and says what holds. Below it the check number
 * that two people compare. */
#define DPOP_TYPE_CHECK_PAGE (dpop_check_page_get_type ())
G_DECLARE_FINAL_TYPE (DpopCheckPage, dpop_check_page, DPOP, CHECK_PAGE, DpopPage)

DpopPage *dpop_check_page_new (DpopSession *session);

G_END_DECLS
