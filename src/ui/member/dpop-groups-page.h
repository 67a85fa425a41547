/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-page.h"

G_BEGIN_DECLS

/* The groups of the organisation: how many belong to each; founding one, and giving one another
 * name, for those who may. */
#define DPOP_TYPE_GROUPS_PAGE (dpop_groups_page_get_type ())
G_DECLARE_FINAL_TYPE (DpopGroupsPage, dpop_groups_page, DPOP, GROUPS_PAGE, DpopPage)

DpopPage *dpop_groups_page_new (DpopSession *session);

G_END_DECLS
