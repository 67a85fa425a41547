/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-page.h"

G_BEGIN_DECLS

/* Asks for the passphrase of a closed session and opens it. Signals "unlocked"; "elsewhere" when
 * the person wants another organisation. */
#define DPOP_TYPE_UNLOCK_PAGE (dpop_unlock_page_get_type ())
G_DECLARE_FINAL_TYPE (DpopUnlockPage, dpop_unlock_page, DPOP, UNLOCK_PAGE, DpopPage)

DpopPage *dpop_unlock_page_new (DpopSession *session);

G_END_DECLS
