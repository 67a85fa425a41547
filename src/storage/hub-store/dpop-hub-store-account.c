/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-hub-store-private.h"

#include <string.h>

/* --- Tokens. ---------------------------------------------------------------------------------- */

gboolean
dpop_hub_store_version (gpointer store, gint64 *version, GError **error)
{
  DpopHubStore *self = store;
  sqlite3_stmt *statement = dpop_database_prepare (self->database, "PRAGMA data_version", error);

  if (statement == NULL || dpop_database_step (self->database, statement, error) != SQLITE_ROW)
    return FALSE;
  *version = sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);
  return TRUE;
}

static gboolean
read_blob (sqlite3_stmt *statement, int column, guint8 out[32])
{
  if (sqlite3_column_bytes (statement, column) != 32)
    return FALSE;
  memcpy (out, sqlite3_column_blob (statement, column), 32);
  return TRUE;
}

gboolean
dpop_hub_store_each_grant (gpointer store, CosmicHubGrantVisit visit, gpointer data,
                           GError **error)
{
  DpopHubStore *self = store;
  sqlite3_stmt *statement = dpop_database_prepare (
      self->database, "SELECT key, find, account, since FROM token ORDER BY since, key", error);
  int code;

  if (statement == NULL)
    return FALSE;
  while ((code = dpop_database_step (self->database, statement, error)) == SQLITE_ROW)
    {
      CosmicHubGrant grant = { .account = (guint64) sqlite3_column_int64 (statement, 2),
                               .since = sqlite3_column_int64 (statement, 3) };

      if (read_blob (statement, 0, grant.key.bytes) && read_blob (statement, 1, grant.find))
        visit (&grant, data);
    }
  sqlite3_reset (statement);
  return code == SQLITE_DONE;
}

gboolean
dpop_hub_store_grant (gpointer store, const CosmicHubGrant *grant, GError **error)
{
  DpopHubStore *self = store;
  sqlite3_stmt *statement;

  if (!dpop_hub_store_begin (self, error))
    return FALSE;
  statement = dpop_database_prepare (
      self->database, "INSERT OR REPLACE INTO token (key, find, account, since) VALUES (?,?,?,?)",
      error);
  if (statement == NULL)
    return dpop_hub_store_fail (self);
  sqlite3_bind_blob (statement, 1, grant->key.bytes, 32, SQLITE_STATIC);
  sqlite3_bind_blob (statement, 2, grant->find, 32, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 3, (gint64) grant->account);
  sqlite3_bind_int64 (statement, 4, grant->since);
  return dpop_database_finish (self->database, statement, error) || dpop_hub_store_fail (self);
}

gboolean
dpop_hub_store_withdraw (gpointer store, const CosmicId *key, gboolean *found, GError **error)
{
  DpopHubStore *self = store;
  sqlite3_stmt *statement;

  if (!dpop_hub_store_begin (self, error))
    return FALSE;
  statement = dpop_database_prepare (self->database, "DELETE FROM token WHERE key = ?", error);
  if (statement == NULL)
    return dpop_hub_store_fail (self);
  sqlite3_bind_blob (statement, 1, key->bytes, 32, SQLITE_STATIC);
  if (!dpop_database_finish (self->database, statement, error))
    return dpop_hub_store_fail (self);
  *found = sqlite3_changes (dpop_database_connection (self->database)) > 0;
  return TRUE;
}

/* --- Accounts. -------------------------------------------------------------------------------- */

/* From COLUMN on: envelopes, bytes, and the most of each. */
static void
read_room (sqlite3_stmt *statement, int column, CosmicHubRoom *room)
{
  room->envelopes = (guint64) sqlite3_column_int64 (statement, column);
  room->bytes = (guint64) sqlite3_column_int64 (statement, column + 1);
  room->envelopes_most = (guint64) sqlite3_column_int64 (statement, column + 2);
  room->bytes_most = (guint64) sqlite3_column_int64 (statement, column + 3);
  room->full = room->envelopes >= room->envelopes_most || room->bytes >= room->bytes_most;
}

gboolean
dpop_hub_store_each_account (gpointer store, CosmicHubAccountVisit visit, gpointer data,
                             GError **error)
{
  DpopHubStore *self = store;
  sqlite3_stmt *statement = dpop_database_prepare (
      self->database,
      "SELECT number, envelopes, bytes, envelopes_most, bytes_most FROM account ORDER BY shelf",
      error);
  int code;

  if (statement == NULL)
    return FALSE;
  while ((code = dpop_database_step (self->database, statement, error)) == SQLITE_ROW)
    {
      CosmicHubRoom room;

      read_room (statement, 1, &room);
      visit ((guint64) sqlite3_column_int64 (statement, 0), &room, data);
    }
  sqlite3_reset (statement);
  return code == SQLITE_DONE;
}

gboolean
dpop_hub_store_limit (gpointer store, guint64 account, guint64 envelopes_most, guint64 bytes_most,
                      GError **error)
{
  DpopHubStore *self = store;
  sqlite3_stmt *statement;

  if (!dpop_hub_store_begin (self, error))
    return FALSE;
  statement = dpop_database_prepare (
      self->database,
      "INSERT INTO account (number, envelopes_most, bytes_most) VALUES (?1, ?2, ?3)"
      " ON CONFLICT (number) DO UPDATE SET envelopes_most = ?2, bytes_most = ?3",
      error);
  if (statement == NULL)
    return dpop_hub_store_fail (self);
  sqlite3_bind_int64 (statement, 1, (gint64) account);
  sqlite3_bind_int64 (statement, 2, (gint64) MIN (envelopes_most, (guint64) G_MAXINT64));
  sqlite3_bind_int64 (statement, 3, (gint64) MIN (bytes_most, (guint64) G_MAXINT64));
  return dpop_database_finish (self->database, statement, error) || dpop_hub_store_fail (self);
}

static gboolean
delete_from (DpopHubStore *self, const char *sql, guint64 account, GError **error)
{
  sqlite3_stmt *statement = dpop_database_prepare (self->database, sql, error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, (gint64) account);
  return dpop_database_finish (self->database, statement, error);
}

gboolean
dpop_hub_store_drop (gpointer store, guint64 account, gboolean *found, GError **error)
{
  DpopHubStore *self = store;
  const gint64 number = (gint64) account;
  CosmicHubRoom room;
  DpopHubShelf *shelf;

  *found = FALSE;
  if (!dpop_hub_store_room (self, account, &room, error))
    return FALSE;
  if (room.envelopes_most == 0)
    return TRUE;
  if (!dpop_hub_store_begin (self, error)
      || (shelf = dpop_hub_store_shelf (self, account, error)) == NULL
      || !dpop_item_store_erase (shelf->nodes, error)
      || !delete_from (self, "DELETE FROM envelope WHERE account = ?", account, error)
      || !delete_from (self, "DELETE FROM gone WHERE account = ?", account, error)
      || !delete_from (self, "DELETE FROM token WHERE account = ?", account, error)
      || !delete_from (self, "DELETE FROM account WHERE number = ?", account, error))
    return dpop_hub_store_fail (self);
  g_hash_table_remove (self->shelves, &number);
  *found = TRUE;
  return TRUE;
}

gboolean
dpop_hub_store_room (gpointer store, guint64 account, CosmicHubRoom *room, GError **error)
{
  DpopHubStore *self = store;
  sqlite3_stmt *statement = dpop_database_prepare (
      self->database,
      "SELECT envelopes, bytes, envelopes_most, bytes_most FROM account WHERE number = ?", error);
  int code;

  *room = (CosmicHubRoom){ .full = TRUE };
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, (gint64) account);
  if ((code = dpop_database_step (self->database, statement, error)) == SQLITE_ROW)
    read_room (statement, 0, room);
  sqlite3_reset (statement);
  return code == SQLITE_ROW || code == SQLITE_DONE;
}
