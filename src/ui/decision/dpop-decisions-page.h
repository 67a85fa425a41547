/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-page.h"

G_BEGIN_DECLS

/* All decisions, searched and filtered. */
#define DPOP_TYPE_DECISIONS_PAGE (dpop_decisions_page_get_type ())
G_DECLARE_FINAL_TYPE (DpopDecisionsPage, dpop_decisions_page, DPOP, DECISIONS_PAGE, DpopPage)

DpopPage *dpop_decisions_page_new (DpopSession *session);

G_END_DECLS
