/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-page.h"

G_BEGIN_DECLS

/* Every entry of the history in plain words, the newest first. */
#define DPOP_TYPE_HISTORY_PAGE (dpop_history_page_get_type ())
G_DECLARE_FINAL_TYPE (DpopHistoryPage, dpop_history_page, DPOP, HISTORY_PAGE, DpopPage)

DpopPage *dpop_history_page_new (DpopSession *session);

G_END_DECLS
