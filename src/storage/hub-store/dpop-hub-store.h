/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-hub-store.h"

G_BEGIN_DECLS

/* A hub's store in SQLite: one file, with a rollback journal, so that the hub and whoever grants
 * tokens beside it may both write. Nothing in it needs a key: envelopes are all that a hub knows.
 * Errors are DPOP_DATABASE_ERROR. */
typedef struct _DpopHubStore DpopHubStore;

/* Makes the file if it is not there, for its owner alone. */
DpopHubStore  *dpop_hub_store_open  (const char *path, GError **error);
void           dpop_hub_store_close (DpopHubStore *self);
CosmicHubStore dpop_hub_store_table (DpopHubStore *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopHubStore, dpop_hub_store_close)

G_END_DECLS
