/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-page.h"

G_BEGIN_DECLS

/* All members, to be searched and filtered, and ways to take people in. */
#define DPOP_TYPE_MEMBERS_PAGE (dpop_members_page_get_type ())
G_DECLARE_FINAL_TYPE (DpopMembersPage, dpop_members_page, DPOP, MEMBERS_PAGE, DpopPage)

DpopPage *dpop_members_page_new           (DpopSession *session);
/* Begins with those of UNIT. */
DpopPage *dpop_members_page_new_for_group (DpopSession *session, const CosmicId *unit);

G_END_DECLS
