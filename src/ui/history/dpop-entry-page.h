/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-page.h"

G_BEGIN_DECLS

/* One entry of the history: what it says, whether it is final, and what proves it. */
#define DPOP_TYPE_ENTRY_PAGE (dpop_entry_page_get_type ())
G_DECLARE_FINAL_TYPE (DpopEntryPage, dpop_entry_page, DPOP, ENTRY_PAGE, DpopPage)

DpopPage *dpop_entry_page_new (DpopSession *session, const CosmicId *operation);

G_END_DECLS
