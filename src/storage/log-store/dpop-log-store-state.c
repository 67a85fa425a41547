/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-log-store-private.h"

static void
remember_failure (DpopLogStore *self, GError *error)
{
  if (self->failure == NULL)
    self->failure = error;
  else
    g_clear_error (&error);
}

gboolean
dpop_log_store_take_failure (gpointer store, GError **error)
{
  DpopLogStore *self = store;

  if (self->failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->failure));
  return FALSE;
}

GBytes *
dpop_log_store_state_lookup (gpointer store, const CosmicId *stream, CosmicSpace space,
                             const CosmicKey *key)
{
  DpopLogStore *self = store;
  GError *error = NULL;
  gint64 row = dpop_log_store_name (self, NAME_STREAM, stream, FALSE, &error);
  sqlite3_stmt *statement;
  GBytes *value = NULL;

  if (row == 0)
    return NULL;
  statement = row > 0 ? dpop_database_prepare (self->database,
                                               "SELECT value FROM state WHERE stream = ?"
                                               "  AND space = ? AND key = ?",
                                               &error)
                      : NULL;
  if (statement != NULL)
    {
      sqlite3_bind_int64 (statement, 1, row);
      sqlite3_bind_int (statement, 2, (int) space);
      sqlite3_bind_blob (statement, 3, key->bytes, key->size, SQLITE_STATIC);
      if (dpop_database_step (self->database, statement, &error) == SQLITE_ROW)
        value = dpop_database_column_bytes (statement, 0);
      sqlite3_reset (statement);
    }
  if (error != NULL)
    remember_failure (self, error);
  return value;
}

/* Read whole before the first visit: a visit may read the state again, with the same statement. */
static GPtrArray *
read_range (DpopLogStore *self, gint64 row, CosmicSpace space, const CosmicKey *prefix,
            GArray *keys, GError **error)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  sqlite3_stmt *statement;
  int code;

  statement = dpop_database_prepare (self->database,
                                     "SELECT key, value FROM state WHERE stream = ? AND space = ?"
                                     "  AND key >= ? ORDER BY key",
                                     error);
  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, row);
  sqlite3_bind_int (statement, 2, (int) space);
  sqlite3_bind_blob (statement, 3, prefix->size > 0 ? (gconstpointer) prefix->bytes : "",
                     prefix->size, SQLITE_STATIC);
  while ((code = dpop_database_step (self->database, statement, error)) == SQLITE_ROW)
    {
      CosmicKey key = { .size = (guint8) sqlite3_column_bytes (statement, 0) };

      if (sqlite3_column_bytes (statement, 0) > COSMIC_KEY_SIZE_MAX)
        continue;
      memcpy (key.bytes, sqlite3_column_blob (statement, 0), key.size);
      if (key.size < prefix->size || memcmp (key.bytes, prefix->bytes, prefix->size) != 0)
        break;
      g_array_append_val (keys, key);
      g_ptr_array_add (values, dpop_database_column_bytes (statement, 1));
    }
  sqlite3_reset (statement);
  return code == SQLITE_ROW || code == SQLITE_DONE ? g_steal_pointer (&values) : NULL;
}

void
dpop_log_store_state_each (gpointer store, const CosmicId *stream, CosmicSpace space,
                           const CosmicKey *prefix, CosmicStateVisit visit, gpointer data)
{
  DpopLogStore *self = store;
  GError *error = NULL;
  gint64 row = dpop_log_store_name (self, NAME_STREAM, stream, FALSE, &error);
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (CosmicKey));
  g_autoptr (GPtrArray) values = NULL;

  if (row == 0)
    return;
  if (row > 0)
    values = read_range (self, row, space, prefix, keys, &error);
  if (error != NULL)
    remember_failure (self, error);
  for (guint i = 0; values != NULL && i < values->len; i++)
    if (!visit (&g_array_index (keys, CosmicKey, i), values->pdata[i], data))
      return;
}

gboolean
dpop_log_store_state_write (gpointer store, const CosmicId *stream, CosmicSpace space,
                            const CosmicKey *key, GBytes *value, GError **error)
{
  DpopLogStore *self = store;
  gint64 row = dpop_log_store_name (self, NAME_STREAM, stream, TRUE, error);
  sqlite3_stmt *statement;

  if (row < 0)
    return FALSE;
  statement = dpop_database_prepare (
      self->database,
      value != NULL
          ? "INSERT OR REPLACE INTO state (stream, space, key, value) VALUES (?, ?, ?, ?)"
          : "DELETE FROM state WHERE stream = ? AND space = ? AND key = ?",
      error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, row);
  sqlite3_bind_int (statement, 2, (int) space);
  sqlite3_bind_blob (statement, 3, key->bytes, key->size, SQLITE_TRANSIENT);
  dpop_database_bind_bytes (statement, 4, value);
  return dpop_database_finish (self->database, statement, error);
}

gboolean
dpop_log_store_find_record (gpointer store, const CosmicId *stream, CosmicStreamRecord *record,
                            gboolean *found, GError **error)
{
  DpopLogStore *self = store;
  sqlite3_stmt *statement;
  int code;

  *record = (CosmicStreamRecord){ 0 };
  statement = dpop_database_prepare (self->database,
                                     "SELECT ids, leaf, deadline FROM stream"
                                     "  WHERE id = ? AND leaf IS NOT NULL",
                                     error);
  if (statement == NULL)
    return FALSE;
  dpop_log_store_bind_id (statement, 1, stream);
  code = dpop_database_step (self->database, statement, error);
  *found = code == SQLITE_ROW;
  if (*found)
    {
      record->ids = dpop_database_column_bytes (statement, 0);
      record->leaf = dpop_database_column_bytes (statement, 1);
      record->deadline = sqlite3_column_int64 (statement, 2);
    }
  sqlite3_reset (statement);
  return code == SQLITE_ROW || code == SQLITE_DONE;
}

gboolean
dpop_log_store_put_record (gpointer store, const CosmicId *stream,
                           const CosmicStreamRecord *record, GError **error)
{
  DpopLogStore *self = store;
  gint64 row = dpop_log_store_name (self, NAME_STREAM, stream, TRUE, error);
  sqlite3_stmt *statement;

  if (row < 0)
    return FALSE;
  statement = dpop_database_prepare (self->database,
                                     "UPDATE stream SET ids = ?, leaf = ?, deadline = ?"
                                     "  WHERE n = ?",
                                     error);
  if (statement == NULL)
    return FALSE;
  dpop_database_bind_bytes (statement, 1, record->ids);
  dpop_database_bind_bytes (statement, 2, record->leaf);
  if (record->deadline != 0)
    sqlite3_bind_int64 (statement, 3, record->deadline);
  sqlite3_bind_int64 (statement, 4, row);
  return dpop_database_finish (self->database, statement, error);
}

gboolean
dpop_log_store_each_record (gpointer store, CosmicRecordVisit visit, gpointer data, GError **error)
{
  DpopLogStore *self = store;
  gboolean go_on = TRUE, own;
  sqlite3_stmt *statement = dpop_log_store_walk (
      self, "SELECT id, leaf FROM stream WHERE leaf IS NOT NULL ORDER BY id", &own, error);
  int code = SQLITE_ERROR;

  if (statement == NULL)
    return FALSE;
  while (go_on && (code = dpop_database_step (self->database, statement, error)) == SQLITE_ROW)
    {
      g_autoptr (GBytes) leaf = dpop_database_column_bytes (statement, 1);
      CosmicId id;

      if (dpop_log_store_column_id (statement, 0, &id))
        go_on = visit (&id, leaf, data);
    }
  dpop_log_store_walked (statement, own);
  return !go_on || code == SQLITE_DONE;
}

GArray *
dpop_log_store_due_streams (gpointer store, gint64 time, GError **error)
{
  DpopLogStore *self = store;
  g_autoptr (GArray) due = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  sqlite3_stmt *statement;
  int code;

  statement = dpop_database_prepare (self->database,
                                     "SELECT id FROM stream WHERE deadline IS NOT NULL"
                                     "  AND deadline <= ? ORDER BY id",
                                     error);
  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, time);
  while ((code = dpop_database_step (self->database, statement, error)) == SQLITE_ROW)
    {
      CosmicId id;

      if (dpop_log_store_column_id (statement, 0, &id))
        g_array_append_val (due, id);
    }
  sqlite3_reset (statement);
  return code == SQLITE_DONE ? g_steal_pointer (&due) : NULL;
}
