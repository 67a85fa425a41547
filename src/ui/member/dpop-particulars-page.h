/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-member-details.h"
#include "dpop-page.h"

G_BEGIN_DECLS

/* A member's particulars, to be changed. What is typed is asked about before it is left. */
#define DPOP_TYPE_PARTICULARS_PAGE (dpop_particulars_page_get_type ())
G_DECLARE_FINAL_TYPE (DpopParticularsPage, dpop_particulars_page, DPOP, PARTICULARS_PAGE, DpopPage)

/* DETAILS as they are; NULL: there are none. */
DpopPage *dpop_particulars_page_new (DpopSession *session, const CosmicId *member,
                                     const char *name, const DpopMemberDetails *details);

G_END_DECLS
