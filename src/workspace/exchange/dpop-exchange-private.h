/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-bundle.h"
#include "dpop-profile.h"

G_BEGIN_DECLS

/* What a record keeper's summary shows was delivered; others' tell nothing. */
gboolean dpop_exchange_note_delivered (DpopProfile *profile, const DpopBundleSummary *summary,
                                       GError **error);
/* OPERATIONS (of CosmicId) are on a transfer file. */
gboolean dpop_exchange_note_exported  (DpopProfile *profile, const GArray *operations,
                                       GError **error);

G_END_DECLS
