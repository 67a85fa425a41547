/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-page.h"

G_BEGIN_DECLS

/* An invitation for a further computer of one's own. */
DpopPage *dpop_link_page_new (DpopSession *session);

G_END_DECLS
