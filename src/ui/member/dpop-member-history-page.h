/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-page.h"

G_BEGIN_DECLS

/* Every entry about one member, the newest first. */
#define DPOP_TYPE_MEMBER_HISTORY_PAGE (dpop_member_history_page_get_type ())
G_DECLARE_FINAL_TYPE (DpopMemberHistoryPage, dpop_member_history_page, DPOP, MEMBER_HISTORY_PAGE,
                      DpopPage)

DpopPage *dpop_member_history_page_new (DpopSession *session, const CosmicId *member,
                                        const char *name);

G_END_DECLS
