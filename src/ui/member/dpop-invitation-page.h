/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-page.h"

G_BEGIN_DECLS

/* Invites a member's computer, and shows the code with the ways to hand it over. */
#define DPOP_TYPE_INVITATION_PAGE (dpop_invitation_page_get_type ())
G_DECLARE_FINAL_TYPE (DpopInvitationPage, dpop_invitation_page, DPOP, INVITATION_PAGE, DpopPage)

DpopPage *dpop_invitation_page_new (DpopSession *session, const CosmicId *member,
                                    const char *name);

G_END_DECLS
