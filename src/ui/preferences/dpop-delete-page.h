/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-page.h"

G_BEGIN_DECLS

/* Takes the organisation from this computer, after its name was typed. */
DpopPage *dpop_delete_page_new (DpopSession *session);

G_END_DECLS
