/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-page.h"

G_BEGIN_DECLS

/* Ends a decision without an outcome, with a reason. */
#define DPOP_TYPE_STOP_PAGE (dpop_stop_page_get_type ())
G_DECLARE_FINAL_TYPE (DpopStopPage, dpop_stop_page, DPOP, STOP_PAGE, DpopPage)

DpopPage *dpop_stop_page_new (DpopSession *session, const CosmicId *decision, const char *title);

G_END_DECLS
