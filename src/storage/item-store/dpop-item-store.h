/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-item-nodes.h"
#include "dpop-database.h"

G_BEGIN_DECLS

/* The nodes of CosmicItemSets in SQLite: a row a node, as large as fits into one page of the file.
 * Several sets (a hub has one an organisation) share the table, by number.
 *
 * What a set changes waits in memory until dpop_item_store_save(), to be called within the
 * transaction that stores what the items stand for: so both are there after a crash, or neither.
 * After a rollback dpop_item_store_forget(). A set reads what waits as if it were stored. */
typedef struct _DpopItemStore DpopItemStore;

/* The statements that make the schema, for dpop_database_migrate(): version i to i + 1. */
extern const char *const dpop_item_store_schema[];
extern const guint dpop_item_store_n_schema;

/* Sets are numbered from 0, each with up to 2^40 nodes. */
#define DPOP_ITEM_STORE_SETS (1U << 22)

/* DATABASE is borrowed, migrated already, and outlives the store. */
DpopItemStore  *dpop_item_store_new    (DpopDatabase *database, guint set);
void            dpop_item_store_free   (DpopItemStore *self);
CosmicItemNodes dpop_item_store_nodes  (DpopItemStore *self);

gboolean dpop_item_store_save   (DpopItemStore *self, GError **error);
void     dpop_item_store_forget (DpopItemStore *self);
/* Deletes the set, in the transaction, so that it can be made anew. */
gboolean dpop_item_store_erase  (DpopItemStore *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopItemStore, dpop_item_store_free)

G_END_DECLS
