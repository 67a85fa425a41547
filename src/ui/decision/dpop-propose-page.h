/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-page.h"

G_BEGIN_DECLS

/* Puts a question, in three steps: what is asked, how it is answered and decided, and all of it
 * once more before it is proposed. What is typed is kept as drafts. */
#define DPOP_TYPE_PROPOSE_PAGE (dpop_propose_page_get_type ())
G_DECLARE_FINAL_TYPE (DpopProposePage, dpop_propose_page, DPOP, PROPOSE_PAGE, DpopPage)

/* REPEATS, a stopped decision that is put again, may be NULL. */
DpopPage *dpop_propose_page_new (DpopSession *session, const CosmicId *repeats);

G_END_DECLS
