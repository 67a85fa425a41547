/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-page.h"

G_BEGIN_DECLS

/* One member: what may be seen of them, who else may see it, and what may be done about them. */
#define DPOP_TYPE_MEMBER_PAGE (dpop_member_page_get_type ())
G_DECLARE_FINAL_TYPE (DpopMemberPage, dpop_member_page, DPOP, MEMBER_PAGE, DpopPage)

DpopPage *dpop_member_page_new (DpopSession *session, const CosmicId *member);

G_END_DECLS
