/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-page.h"

G_BEGIN_DECLS

/* Our rules, to be read. */
#define DPOP_TYPE_RULES_PAGE (dpop_rules_page_get_type ())
G_DECLARE_FINAL_TYPE (DpopRulesPage, dpop_rules_page, DPOP, RULES_PAGE, DpopPage)

DpopPage *dpop_rules_page_new (DpopSession *session);

G_END_DECLS
