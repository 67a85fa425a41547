/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-log-store.h"
#include "dpop-database.h"

G_BEGIN_DECLS

/* The log's store in SQLite. Operations, streams, authors and members are integer rows; an
 * operation's 32-byte id stands once, found through its first eight bytes. */
typedef struct _DpopLogStore DpopLogStore;

/* The statements that make the schema, for dpop_database_migrate(): version i to i + 1. */
extern const char *const dpop_log_store_schema[];
extern const guint dpop_log_store_n_schema;

/* DATABASE is borrowed, migrated already, and outlives the store. */
DpopLogStore  *dpop_log_store_new  (DpopDatabase *database);
void           dpop_log_store_free (DpopLogStore *self);
CosmicLogStore dpop_log_store_table (DpopLogStore *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopLogStore, dpop_log_store_free)

G_END_DECLS
