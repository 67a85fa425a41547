/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-hub-store-private.h"

#define GONE_BYTES 64 /* what remains of an envelope that was deleted counts, too */

/* Binds ACCOUNT and ID to the first two places of SQL. */
static sqlite3_stmt *
prepare (DpopHubStore *self, const char *sql, guint64 account, const CosmicId *id, GError **error)
{
  sqlite3_stmt *statement = dpop_database_prepare (self->database, sql, error);

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, (gint64) account);
  sqlite3_bind_blob (statement, 2, id->bytes, COSMIC_ID_SIZE, SQLITE_STATIC);
  return statement;
}

gboolean
dpop_hub_store_is_gone (gpointer store, guint64 account, const CosmicId *id, gboolean *gone,
                        GError **error)
{
  DpopHubStore *self = store;
  sqlite3_stmt *statement = prepare (
      self, "SELECT 1 FROM gone WHERE account = ? AND id = ?", account, id, error);
  int code;

  if (statement == NULL)
    return FALSE;
  code = dpop_database_step (self->database, statement, error);
  sqlite3_reset (statement);
  *gone = code == SQLITE_ROW;
  return code == SQLITE_ROW || code == SQLITE_DONE;
}

gboolean
dpop_hub_store_find (gpointer store, guint64 account, const CosmicId *id, GBytes **envelope,
                     GError **error)
{
  DpopHubStore *self = store;
  sqlite3_stmt *statement = prepare (
      self, "SELECT bytes FROM envelope WHERE account = ? AND id = ?", account, id, error);
  int code;

  *envelope = NULL;
  if (statement == NULL)
    return FALSE;
  code = dpop_database_step (self->database, statement, error);
  if (code == SQLITE_ROW)
    *envelope = dpop_database_column_bytes (statement, 0);
  sqlite3_reset (statement);
  return code == SQLITE_ROW || code == SQLITE_DONE;
}

/* Adds to what ACCOUNT keeps; negative numbers are taken off. */
static gboolean
count (DpopHubStore *self, guint64 account, gint64 envelopes, gint64 bytes, GError **error)
{
  sqlite3_stmt *statement = dpop_database_prepare (
      self->database,
      "UPDATE account SET envelopes = envelopes + ?2, bytes = bytes + ?3 WHERE number = ?1", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, (gint64) account);
  sqlite3_bind_int64 (statement, 2, envelopes);
  sqlite3_bind_int64 (statement, 3, bytes);
  return dpop_database_finish (self->database, statement, error);
}

/* Whether ITEM may be kept, and is not yet: NEW. */
static gboolean
judge (DpopHubStore *self, guint64 account, const CosmicItem *item, gsize size,
       CosmicHubTake *take, GError **error)
{
  DpopHubShelf *shelf = dpop_hub_store_shelf (self, account, error);
  CosmicHubRoom room;
  gboolean found, gone;

  if (shelf == NULL || !cosmic_item_set_contains (shelf->items, item, &found, error)
      || !dpop_hub_store_is_gone (self, account, &item->id, &gone, error)
      || !dpop_hub_store_room (self, account, &room, error))
    return FALSE;
  if (found)
    *take = COSMIC_HUB_TAKE_KNOWN;
  else if (gone)
    *take = COSMIC_HUB_TAKE_GONE;
  else if (room.envelopes >= room.envelopes_most || room.bytes >= room.bytes_most
           || size > room.bytes_most - room.bytes)
    *take = COSMIC_HUB_TAKE_FULL;
  else
    *take = COSMIC_HUB_TAKE_NEW;
  return TRUE;
}

gboolean
dpop_hub_store_put (gpointer store, guint64 account, const CosmicItem *item, GBytes *envelope,
                    CosmicHubTake *take, GError **error)
{
  DpopHubStore *self = store;
  const gsize size = g_bytes_get_size (envelope);
  sqlite3_stmt *statement;

  if (!judge (self, account, item, size, take, error))
    return dpop_hub_store_fail (self);
  if (*take != COSMIC_HUB_TAKE_NEW)
    return TRUE;
  if (!dpop_hub_store_begin (self, error))
    return FALSE;
  statement = prepare (
      self, "INSERT INTO envelope (account, id, position, bytes) VALUES (?, ?, ?, ?)", account,
      &item->id, error);
  if (statement == NULL)
    return dpop_hub_store_fail (self);
  sqlite3_bind_int64 (statement, 3, (gint64) item->order);
  dpop_database_bind_bytes (statement, 4, envelope);
  if (!dpop_database_finish (self->database, statement, error)
      || !cosmic_item_set_insert (dpop_hub_store_shelf (self, account, NULL)->items, item, NULL,
                                  error)
      || !count (self, account, 1, (gint64) size, error))
    return dpop_hub_store_fail (self);
  return TRUE;
}

static gboolean
delete_envelope (DpopHubStore *self, guint64 account, const CosmicId *id, GError **error)
{
  sqlite3_stmt *statement = prepare (
      self, "SELECT position, length (bytes) FROM envelope WHERE account = ? AND id = ?", account,
      id, error);
  DpopHubShelf *shelf = dpop_hub_store_shelf (self, account, error);
  CosmicItem item = { .id = *id };
  gint64 size;
  int code;

  if (statement == NULL || shelf == NULL)
    return FALSE;
  code = dpop_database_step (self->database, statement, error);
  item.order = (guint64) sqlite3_column_int64 (statement, 0);
  size = sqlite3_column_int64 (statement, 1);
  sqlite3_reset (statement);
  if (code != SQLITE_ROW)
    return code == SQLITE_DONE;
  statement = prepare (self, "DELETE FROM envelope WHERE account = ? AND id = ?", account, id,
                       error);
  return statement != NULL && dpop_database_finish (self->database, statement, error)
         && cosmic_item_set_remove (shelf->items, &item, NULL, error)
         && count (self, account, -1, -size, error);
}

gboolean
dpop_hub_store_erase (gpointer store, guint64 account, const CosmicId *id, GError **error)
{
  DpopHubStore *self = store;
  sqlite3_stmt *statement;

  if (!dpop_hub_store_begin (self, error))
    return FALSE;
  if (!delete_envelope (self, account, id, error)
      || (statement = prepare (self, "INSERT OR IGNORE INTO gone (account, id) VALUES (?, ?)",
                               account, id, error))
             == NULL
      || !dpop_database_finish (self->database, statement, error)
      || (sqlite3_changes (dpop_database_connection (self->database)) > 0
          && !count (self, account, 0, GONE_BYTES, error)))
    return dpop_hub_store_fail (self);
  return TRUE;
}
