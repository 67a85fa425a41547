/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-log-store-private.h"

const char *const dpop_log_store_schema[] = {
  "CREATE TABLE stream (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE,"
  "  ids BLOB, leaf BLOB, deadline INTEGER);"
  "CREATE INDEX stream_deadline ON stream (deadline) WHERE deadline IS NOT NULL;"
  "CREATE TABLE author (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE);"
  "CREATE TABLE subject (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE);"
  "CREATE TABLE operation (n INTEGER PRIMARY KEY, prefix INTEGER NOT NULL, id BLOB NOT NULL,"
  "  stream INTEGER NOT NULL, author INTEGER NOT NULL, seq INTEGER NOT NULL,"
  "  kind INTEGER NOT NULL, height INTEGER NOT NULL DEFAULT 0,"
  "  position INTEGER NOT NULL DEFAULT 0, held INTEGER NOT NULL DEFAULT 0, subject INTEGER,"
  "  arrived INTEGER NOT NULL, head BLOB NOT NULL,"
  "  body BLOB, body_is INTEGER NOT NULL, personal BLOB, personal_is INTEGER NOT NULL);"
  /* A header item has stream and author behind version and party: bytes 34 to 97, counted from 1.
   * They are rows here, and left out of the head. */
  "CREATE VIEW entry AS SELECT o.*, CAST (substr (o.head, 1, 33) || t.id || a.id"
  "  || substr (o.head, 34) AS BLOB) AS item FROM operation AS o"
  "  JOIN stream AS t ON t.n = o.stream JOIN author AS a ON a.n = o.author;"
  "CREATE INDEX operation_id ON operation (prefix);"
  "CREATE INDEX operation_kind ON operation (kind);"
  "CREATE INDEX operation_log ON operation (author, stream, seq);"
  "CREATE INDEX operation_stream ON operation (stream, height, position);"
  "CREATE INDEX operation_batch ON operation (height, position) WHERE height > 0;"
  "CREATE INDEX operation_open ON operation (n) WHERE height = 0;"
  "CREATE INDEX operation_subject ON operation (subject) WHERE subject IS NOT NULL;"
  "CREATE INDEX operation_sealed ON operation (n) WHERE body_is = 2 OR personal_is = 2;"
  "CREATE TABLE waiting (cause BLOB NOT NULL, operation INTEGER NOT NULL,"
  "  PRIMARY KEY (cause, operation)) WITHOUT ROWID;"
  "CREATE INDEX waiting_operation ON waiting (operation);"
  "CREATE TABLE refused (id BLOB PRIMARY KEY) WITHOUT ROWID;"
  "CREATE TABLE checkpoint (height INTEGER PRIMARY KEY, id BLOB NOT NULL,"
  "  checkpoint BLOB NOT NULL, list BLOB NOT NULL, certificate BLOB NOT NULL);"
  "CREATE TABLE state (stream INTEGER NOT NULL, space INTEGER NOT NULL, key BLOB NOT NULL,"
  "  value BLOB NOT NULL, PRIMARY KEY (stream, space, key)) WITHOUT ROWID;"
  "CREATE TABLE scope_key (id BLOB PRIMARY KEY, key BLOB NOT NULL) WITHOUT ROWID;"
  "CREATE TABLE share (id BLOB PRIMARY KEY, envelope BLOB NOT NULL) WITHOUT ROWID;"
  "CREATE TABLE setting (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;",
};
const guint dpop_log_store_n_schema = G_N_ELEMENTS (dpop_log_store_schema);

/* --- Names: 32 bytes that stand for a row. ------------------------------------------------- */

static const char *const find_name[] = { "SELECT n FROM stream WHERE id = ?",
                                         "SELECT n FROM author WHERE id = ?",
                                         "SELECT n FROM subject WHERE id = ?" };
static const char *const add_name[] = { "INSERT INTO stream (id) VALUES (?)",
                                        "INSERT INTO author (id) VALUES (?)",
                                        "INSERT INTO subject (id) VALUES (?)" };

void
dpop_log_store_bind_id (sqlite3_stmt *statement, int index, const CosmicId *id)
{
  sqlite3_bind_blob (statement, index, id->bytes, COSMIC_ID_SIZE, SQLITE_TRANSIENT);
}

gboolean
dpop_log_store_column_id (sqlite3_stmt *statement, int column, CosmicId *id)
{
  if (sqlite3_column_bytes (statement, column) != COSMIC_ID_SIZE)
    return FALSE;
  memcpy (id->bytes, sqlite3_column_blob (statement, column), COSMIC_ID_SIZE);
  return TRUE;
}

gint64
dpop_log_store_name (DpopLogStore *self, NameTable table, const CosmicId *id, gboolean create,
                     GError **error)
{
  gint64 *known = g_hash_table_lookup (self->names[table], id);
  gint64 row = 0;
  sqlite3_stmt *statement;
  int code;

  if (known != NULL)
    return *known;
  if ((statement = dpop_database_prepare (self->database, find_name[table], error)) == NULL)
    return -1;
  dpop_log_store_bind_id (statement, 1, id);
  code = dpop_database_step (self->database, statement, error);
  if (code == SQLITE_ROW)
    row = sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);
  if (code != SQLITE_ROW && code != SQLITE_DONE)
    return -1;
  if (row == 0 && create)
    {
      if ((statement = dpop_database_prepare (self->database, add_name[table], error)) == NULL)
        return -1;
      dpop_log_store_bind_id (statement, 1, id);
      if (!dpop_database_finish (self->database, statement, error))
        return -1;
      row = sqlite3_last_insert_rowid (dpop_database_connection (self->database));
    }
  if (row > 0)
    g_hash_table_insert (self->names[table], cosmic_id_copy (id), g_memdup2 (&row, sizeof row));
  return row;
}

/* After a rollback the rows that were made in it are gone. */
void
dpop_log_store_forget_names (DpopLogStore *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->names); i++)
    g_hash_table_remove_all (self->names[i]);
}

/* --- Walks. ----------------------------------------------------------------------------------- */

sqlite3_stmt *
dpop_log_store_walk (DpopLogStore *self, const char *sql, gboolean *own, GError **error)
{
  GError *failure = NULL;
  sqlite3_stmt *statement = dpop_database_idle (self->database, sql, &failure);

  *own = FALSE;
  if (failure != NULL)
    g_propagate_error (error, failure);
  if (statement != NULL || failure != NULL)
    return statement;
  *own = TRUE;
  if (sqlite3_prepare_v2 (dpop_database_connection (self->database), sql, -1, &statement, NULL)
      != SQLITE_OK)
    dpop_database_set_error (self->database, error);
  return statement;
}

void
dpop_log_store_walked (sqlite3_stmt *statement, gboolean own)
{
  if (own)
    sqlite3_finalize (statement);
  else
    sqlite3_reset (statement);
}

/* --- Transactions. -------------------------------------------------------------------------- */

static gboolean
begin (gpointer store, GError **error)
{
  return dpop_database_begin (((DpopLogStore *) store)->database, error);
}

static gboolean
commit (gpointer store, GError **error)
{
  return dpop_database_commit (((DpopLogStore *) store)->database, error);
}

static void
rollback (gpointer store)
{
  DpopLogStore *self = store;

  dpop_database_rollback (self->database);
  dpop_log_store_forget_names (self);
  g_clear_error (&self->failure); /* what relied on it is taken back too */
}

/* --- What must never come back. ------------------------------------------------------------- */

static gboolean
refuse (gpointer store, const CosmicId *part, GError **error)
{
  DpopLogStore *self = store;
  sqlite3_stmt *statement;

  statement = dpop_database_prepare (self->database, "INSERT OR IGNORE INTO refused VALUES (?)",
                                     error);
  if (statement == NULL)
    return FALSE;
  dpop_log_store_bind_id (statement, 1, part);
  return dpop_database_finish (self->database, statement, error);
}

static gboolean
is_refused (gpointer store, const CosmicId *part, gboolean *refused, GError **error)
{
  DpopLogStore *self = store;
  sqlite3_stmt *statement;
  int code;

  statement = dpop_database_prepare (self->database, "SELECT 1 FROM refused WHERE id = ?", error);
  if (statement == NULL)
    return FALSE;
  dpop_log_store_bind_id (statement, 1, part);
  code = dpop_database_step (self->database, statement, error);
  *refused = code == SQLITE_ROW;
  sqlite3_reset (statement);
  return code == SQLITE_ROW || code == SQLITE_DONE;
}

/* --- Checkpoints. ----------------------------------------------------------------------------- */

static gboolean
put_checkpoint (gpointer store, const CosmicCheckpointRecord *record, GError **error)
{
  DpopLogStore *self = store;
  sqlite3_stmt *statement;

  statement = dpop_database_prepare (self->database,
                                     "INSERT INTO checkpoint VALUES (?, ?, ?, ?, ?)", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, (gint64) record->height);
  dpop_log_store_bind_id (statement, 2, &record->id);
  dpop_database_bind_bytes (statement, 3, record->checkpoint);
  dpop_database_bind_bytes (statement, 4, record->list);
  dpop_database_bind_bytes (statement, 5, record->certificate);
  return dpop_database_finish (self->database, statement, error);
}

static gboolean
find_checkpoint (gpointer store, guint64 height, CosmicCheckpointRecord *record, gboolean *found,
                 GError **error)
{
  DpopLogStore *self = store;
  sqlite3_stmt *statement;
  int code;

  *record = (CosmicCheckpointRecord){ 0 };
  statement = dpop_database_prepare (
      self->database,
      height > 0 ? "SELECT height, id, checkpoint, list, certificate FROM checkpoint"
                   "  WHERE height = ?"
                 : "SELECT height, id, checkpoint, list, certificate FROM checkpoint"
                   "  ORDER BY height DESC LIMIT 1",
      error);
  if (statement == NULL)
    return FALSE;
  if (height > 0)
    sqlite3_bind_int64 (statement, 1, (gint64) height);
  code = dpop_database_step (self->database, statement, error);
  *found = code == SQLITE_ROW && dpop_log_store_column_id (statement, 1, &record->id);
  if (*found)
    {
      record->height = (guint64) sqlite3_column_int64 (statement, 0);
      record->checkpoint = dpop_database_column_bytes (statement, 2);
      record->list = dpop_database_column_bytes (statement, 3);
      record->certificate = dpop_database_column_bytes (statement, 4);
    }
  sqlite3_reset (statement);
  return code == SQLITE_ROW || code == SQLITE_DONE;
}

/* --- Keys, shares, settings. ------------------------------------------------------------------ */

static gboolean
put_key (gpointer store, const CosmicScopeKey *key, GError **error)
{
  DpopLogStore *self = store;
  sqlite3_stmt *statement;

  statement = dpop_database_prepare (self->database,
                                     "INSERT OR IGNORE INTO scope_key VALUES (?, ?)", error);
  if (statement == NULL)
    return FALSE;
  dpop_log_store_bind_id (statement, 1, cosmic_scope_key_id (key));
  sqlite3_bind_blob (statement, 2, cosmic_scope_key_bytes (key), 32, SQLITE_TRANSIENT);
  return dpop_database_finish (self->database, statement, error);
}

static gboolean
each_key (gpointer store, CosmicKeyVisit visit, gpointer data, GError **error)
{
  DpopLogStore *self = store;
  gboolean go_on = TRUE, own;
  sqlite3_stmt *statement = dpop_log_store_walk (self, "SELECT key FROM scope_key", &own,
                                                 error);
  int code = SQLITE_ERROR;

  if (statement == NULL)
    return FALSE;
  while (go_on && (code = dpop_database_step (self->database, statement, error)) == SQLITE_ROW)
    if (sqlite3_column_bytes (statement, 0) == 32)
      {
        g_autoptr (CosmicScopeKey) key = cosmic_scope_key_new (sqlite3_column_blob (statement, 0));

        go_on = visit (key, data);
      }
  dpop_log_store_walked (statement, own);
  return !go_on || code == SQLITE_DONE;
}

static gboolean
put_share (gpointer store, GBytes *envelope, GError **error)
{
  DpopLogStore *self = store;
  sqlite3_stmt *statement;
  CosmicId id;

  statement = dpop_database_prepare (self->database, "INSERT OR IGNORE INTO share VALUES (?, ?)",
                                     error);
  if (statement == NULL)
    return FALSE;
  cosmic_envelope_id (envelope, &id);
  dpop_log_store_bind_id (statement, 1, &id);
  dpop_database_bind_bytes (statement, 2, envelope);
  return dpop_database_finish (self->database, statement, error);
}

static gboolean
each_share (gpointer store, CosmicShareVisit visit, gpointer data, GError **error)
{
  DpopLogStore *self = store;
  gboolean go_on = TRUE, own;
  sqlite3_stmt *statement = dpop_log_store_walk (
      self, "SELECT envelope FROM share ORDER BY id", &own, error);
  int code = SQLITE_ERROR;

  if (statement == NULL)
    return FALSE;
  while (go_on && (code = dpop_database_step (self->database, statement, error)) == SQLITE_ROW)
    {
      g_autoptr (GBytes) envelope = dpop_database_column_bytes (statement, 0);

      go_on = visit (envelope, data);
    }
  dpop_log_store_walked (statement, own);
  return !go_on || code == SQLITE_DONE;
}

static gboolean
find_share (gpointer store, const CosmicId *id, GBytes **envelope, GError **error)
{
  DpopLogStore *self = store;
  sqlite3_stmt *statement = dpop_database_prepare (
      self->database, "SELECT envelope FROM share WHERE id = ?", error);
  int code;

  *envelope = NULL;
  if (statement == NULL)
    return FALSE;
  dpop_log_store_bind_id (statement, 1, id);
  code = dpop_database_step (self->database, statement, error);
  if (code == SQLITE_ROW)
    *envelope = dpop_database_column_bytes (statement, 0);
  sqlite3_reset (statement);
  return code == SQLITE_ROW || code == SQLITE_DONE;
}

static gboolean
put_setting (gpointer store, const char *name, GBytes *value, GError **error)
{
  DpopLogStore *self = store;
  sqlite3_stmt *statement;

  statement = dpop_database_prepare (self->database,
                                     value != NULL ? "INSERT OR REPLACE INTO setting VALUES (?, ?)"
                                                   : "DELETE FROM setting WHERE name = ?",
                                     error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, name, -1, SQLITE_TRANSIENT);
  dpop_database_bind_bytes (statement, 2, value);
  return dpop_database_finish (self->database, statement, error);
}

static GBytes *
get_setting (gpointer store, const char *name, GError **error)
{
  DpopLogStore *self = store;
  sqlite3_stmt *statement;
  GBytes *value = NULL;

  statement = dpop_database_prepare (self->database, "SELECT value FROM setting WHERE name = ?",
                                     error);
  if (statement == NULL)
    return NULL;
  sqlite3_bind_text (statement, 1, name, -1, SQLITE_TRANSIENT);
  if (dpop_database_step (self->database, statement, error) == SQLITE_ROW)
    value = dpop_database_column_bytes (statement, 0);
  sqlite3_reset (statement);
  return value;
}

static const CosmicLogStoreTable store_table = {
  .begin = begin,
  .commit = commit,
  .rollback = rollback,
  .add_entry = dpop_log_store_add_entry,
  .find_entry = dpop_log_store_find_entry,
  .each_entry = dpop_log_store_each_entry,
  .count_slot = dpop_log_store_count_slot,
  .cover_entry = dpop_log_store_cover_entry,
  .hold_entry = dpop_log_store_hold_entry,
  .release_entry = dpop_log_store_release_entry,
  .set_part = dpop_log_store_set_part,
  .set_subject = dpop_log_store_set_subject,
  .refuse = refuse,
  .is_refused = is_refused,
  .put_checkpoint = put_checkpoint,
  .find_checkpoint = find_checkpoint,
  .state_lookup = dpop_log_store_state_lookup,
  .state_each = dpop_log_store_state_each,
  .take_failure = dpop_log_store_take_failure,
  .state_write = dpop_log_store_state_write,
  .find_record = dpop_log_store_find_record,
  .put_record = dpop_log_store_put_record,
  .each_record = dpop_log_store_each_record,
  .due_streams = dpop_log_store_due_streams,
  .put_key = put_key,
  .each_key = each_key,
  .put_share = put_share,
  .each_share = each_share,
  .find_share = find_share,
  .put_setting = put_setting,
  .get_setting = get_setting,
};

CosmicLogStore
dpop_log_store_table (DpopLogStore *self)
{
  return (CosmicLogStore){ .table = &store_table, .self = self };
}

DpopLogStore *
dpop_log_store_new (DpopDatabase *database)
{
  DpopLogStore *self = g_new0 (DpopLogStore, 1);

  self->database = database;
  for (guint i = 0; i < G_N_ELEMENTS (self->names); i++)
    self->names[i] = g_hash_table_new_full (cosmic_id_hash, cosmic_id_equal, g_free, g_free);
  return self;
}

void
dpop_log_store_free (DpopLogStore *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (self->names); i++)
    g_hash_table_unref (self->names[i]);
  g_clear_error (&self->failure);
  g_free (self);
}
