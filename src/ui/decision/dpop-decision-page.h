/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-page.h"

G_BEGIN_DECLS

/* One decision: the question, where it stands, what came of it, one's vote, who took part, and what
 * was said about it. */
#define DPOP_TYPE_DECISION_PAGE (dpop_decision_page_get_type ())
G_DECLARE_FINAL_TYPE (DpopDecisionPage, dpop_decision_page, DPOP, DECISION_PAGE, DpopPage)

DpopPage *dpop_decision_page_new (DpopSession *session, const CosmicId *decision);

G_END_DECLS
