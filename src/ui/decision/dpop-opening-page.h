/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-page.h"

G_BEGIN_DECLS

/* Opens the vote: how it will be decided and by whom, in which order the options stand, how many
 * may be chosen, and when it closes. */
#define DPOP_TYPE_OPENING_PAGE (dpop_opening_page_get_type ())
G_DECLARE_FINAL_TYPE (DpopOpeningPage, dpop_opening_page, DPOP, OPENING_PAGE, DpopPage)

DpopPage *dpop_opening_page_new (DpopSession *session, const CosmicId *decision);

G_END_DECLS
