/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-document.h"
#include "dpop-session.h"

G_BEGIN_DECLS

/* The recovery sheet of an organisation that is open; NULL when there is none. To unref. */
DpopDocument *dpop_next_sheet_new (DpopSession *session);

G_END_DECLS
