/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-page.h"

G_BEGIN_DECLS

/* What is so on this computer alone, or of this member's computers: which there are, the
 * passphrase, the lock, and where it all lies. */
#define DPOP_TYPE_PREFERENCES_PAGE (dpop_preferences_page_get_type ())
G_DECLARE_FINAL_TYPE (DpopPreferencesPage, dpop_preferences_page, DPOP, PREFERENCES_PAGE, DpopPage)

DpopPage *dpop_preferences_page_new (DpopSession *session);

G_END_DECLS
