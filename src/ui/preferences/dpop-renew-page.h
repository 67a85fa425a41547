/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-page.h"

G_BEGIN_DECLS

/* "The key leaked": everything on this computer is encrypted anew. The session is closed meanwhile,
 * and open again afterwards, at home. */
DpopPage *dpop_renew_page_new (DpopSession *session);

G_END_DECLS
