/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-page.h"

G_BEGIN_DECLS

/* Another passphrase for this organisation on this computer. */
DpopPage *dpop_passphrase_page_new (DpopSession *session);

G_END_DECLS
