/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-hub-store.h"

#include "dpop-item-store.h"

G_BEGIN_DECLS

struct _DpopHubStore
{
  DpopDatabase *database;
  gboolean begun;
  GHashTable *shelves; /* account -> DpopHubShelf */
};

/* What is kept in memory of one account. */
typedef struct
{
  gint64 account;
  guint set;
  DpopItemStore *nodes;
  CosmicItemSet *items;
} DpopHubShelf;

/* Begins a transaction unless one is begun. */
gboolean      dpop_hub_store_begin (DpopHubStore *self, GError **error);
/* NULL with ERROR when there is no such account. */
DpopHubShelf *dpop_hub_store_shelf (DpopHubStore *self, guint64 account, GError **error);
/* After a failure: takes back all that is not committed. FALSE. */
gboolean      dpop_hub_store_fail  (DpopHubStore *self);

/* dpop-hub-store-account.c, of the table. */
gboolean dpop_hub_store_version  (gpointer store, gint64 *version, GError **error);
gboolean dpop_hub_store_each_grant (gpointer store, CosmicHubGrantVisit visit, gpointer data,
                                    GError **error);
gboolean dpop_hub_store_grant    (gpointer store, const CosmicHubGrant *grant, GError **error);
gboolean dpop_hub_store_withdraw (gpointer store, const CosmicId *key, gboolean *found,
                                  GError **error);
gboolean dpop_hub_store_each_account (gpointer store, CosmicHubAccountVisit visit, gpointer data,
                                      GError **error);
gboolean dpop_hub_store_limit    (gpointer store, guint64 account, guint64 envelopes_most,
                                  guint64 bytes_most, GError **error);
gboolean dpop_hub_store_drop     (gpointer store, guint64 account, gboolean *found, GError **error);
gboolean dpop_hub_store_room     (gpointer store, guint64 account, CosmicHubRoom *room,
                                  GError **error);

/* dpop-hub-store-envelope.c, of the table. */
gboolean dpop_hub_store_put      (gpointer store, guint64 account, const CosmicItem *item,
                                  GBytes *envelope, CosmicHubTake *take, GError **error);
gboolean dpop_hub_store_find     (gpointer store, guint64 account, const CosmicId *id,
                                  GBytes **envelope, GError **error);
gboolean dpop_hub_store_erase    (gpointer store, guint64 account, const CosmicId *id,
                                  GError **error);
gboolean dpop_hub_store_is_gone  (gpointer store, guint64 account, const CosmicId *id,
                                  gboolean *gone, GError **error);

G_END_DECLS
