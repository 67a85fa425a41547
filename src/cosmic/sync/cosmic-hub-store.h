/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-hub-node.h"

G_BEGIN_DECLS

/* Where a hub keeps what it was given: the interface that storage fills in. One thread. Whatever
 * returns gboolean is FALSE with an error set when the store failed; all that was not committed is
 * taken back then.
 *
 * An account is what one organisation has on this hub, under a random number that nothing else has.
 * Of a token the hub keeps what recognises it and what checks its signature: neither lets anybody
 * in who does not have the token. */
typedef struct
{
  CosmicId key;      /* by which its signatures are checked; names it */
  guint8 find[32];   /* by which it is recognised (dpop-hub-token.h) */
  guint64 account;
  gint64 since;      /* ms; when it was granted */
} CosmicHubGrant;

typedef void (*CosmicHubGrantVisit)   (const CosmicHubGrant *grant, gpointer data);
typedef void (*CosmicHubAccountVisit) (guint64 account, const CosmicHubRoom *room, gpointer data);

typedef struct
{
  /* Everything below but what only reads is in a transaction, begun with the first of it. */
  gboolean (*commit)   (gpointer self, GError **error);
  void     (*rollback) (gpointer self);

  /* Another number than before: grants or limits may have been changed by another program. */
  gboolean (*version)  (gpointer self, gint64 *version, GError **error);
  gboolean (*each_grant) (gpointer self, CosmicHubGrantVisit visit, gpointer data, GError **error);
  gboolean (*grant)    (gpointer self, const CosmicHubGrant *grant, GError **error);
  gboolean (*withdraw) (gpointer self, const CosmicId *key, gboolean *found, GError **error);

  gboolean (*each_account) (gpointer self, CosmicHubAccountVisit visit, gpointer data,
                            GError **error);
  /* Makes it, or sets its limits. */
  gboolean (*limit)    (gpointer self, guint64 account, guint64 envelopes_most, guint64 bytes_most,
                        GError **error);
  /* Deletes it with all that is in it. */
  gboolean (*drop)     (gpointer self, guint64 account, gboolean *found, GError **error);
  /* FULL: not one byte more. */
  gboolean (*room)     (gpointer self, guint64 account, CosmicHubRoom *room, GError **error);

  /* Borrowed until forget(), which lets go of what is kept in memory of ACCOUNT. NULL: none. */
  CosmicItemSet *(*items) (gpointer self, guint64 account, GError **error);
  void     (*forget)   (gpointer self, guint64 account);

  gboolean (*put)      (gpointer self, guint64 account, const CosmicItem *item, GBytes *envelope,
                        CosmicHubTake *take, GError **error);
  gboolean (*find)     (gpointer self, guint64 account, const CosmicId *id, GBytes **envelope,
                        GError **error);
  /* Deletes for good, be it here or not yet. */
  gboolean (*erase)    (gpointer self, guint64 account, const CosmicId *id, GError **error);
  gboolean (*is_gone)  (gpointer self, guint64 account, const CosmicId *id, gboolean *gone,
                        GError **error);
} CosmicHubStoreTable;

/* Passed by value; SELF is borrowed and outlives it. */
typedef struct
{
  const CosmicHubStoreTable *table;
  gpointer self;
} CosmicHubStore;

G_END_DECLS
