/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-database.h"

struct _DpopDatabase
{
  sqlite3 *connection;
  GHashTable *statements; /* SQL literal (by address) -> sqlite3_stmt */
  gboolean within;        /* between begin and commit or rollback */
};

G_DEFINE_QUARK (dpop-database-error-quark, dpop_database_error)

static void
finalize_statement (gpointer statement)
{
  sqlite3_finalize (statement);
}

DpopDatabase *
dpop_database_new (sqlite3 *connection)
{
  DpopDatabase *self = g_new0 (DpopDatabase, 1);

  self->connection = connection;
  self->statements = g_hash_table_new_full (NULL, NULL, NULL, finalize_statement);
  return self;
}

void
dpop_database_free (DpopDatabase *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->statements);
  sqlite3_close (self->connection);
  g_free (self);
}

const char *
dpop_database_library (void)
{
  return sqlite3_libversion ();
}

sqlite3 *
dpop_database_connection (DpopDatabase *self)
{
  return self->connection;
}

void
dpop_database_set_error (DpopDatabase *self, GError **error)
{
  int code = sqlite3_errcode (self->connection) & 0xff;
  DpopDatabaseError kind = DPOP_DATABASE_ERROR_FAILED;

  if (code == SQLITE_FULL)
    kind = DPOP_DATABASE_ERROR_FULL;
  else if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB)
    kind = DPOP_DATABASE_ERROR_DAMAGED;
  g_set_error (error, DPOP_DATABASE_ERROR, (gint) kind,
               kind == DPOP_DATABASE_ERROR_FULL
                   ? "There is no room left on the disk (%s). Free some and try again: nothing was "
                     "changed."
                   : "The database could not be read or written (%s).",
               sqlite3_errmsg (self->connection));
}

/* SQLite takes a whole transaction back when it could not read or write a page, in the midst of a
 * statement that does not look like it: a SELECT. What follows would be in no transaction, and on
 * disk at once. */
static gboolean
is_taken_back (DpopDatabase *self, GError **error)
{
  if (!self->within || !sqlite3_get_autocommit (self->connection))
    return FALSE;
  g_set_error_literal (error, DPOP_DATABASE_ERROR, DPOP_DATABASE_ERROR_FAILED,
                       "The database could not be read or written, and what was begun was taken "
                       "back. Nothing was changed: try again.");
  return TRUE;
}

gboolean
dpop_database_execute (DpopDatabase *self, const char *sql, GError **error)
{
  if (is_taken_back (self, error))
    return FALSE;
  if (sqlite3_exec (self->connection, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  dpop_database_set_error (self, error);
  return FALSE;
}

sqlite3_stmt *
dpop_database_prepare (DpopDatabase *self, const char *sql, GError **error)
{
  sqlite3_stmt *statement = g_hash_table_lookup (self->statements, sql);

  if (statement == NULL)
    {
      if (sqlite3_prepare_v3 (self->connection, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement,
                              NULL)
          != SQLITE_OK)
        {
          dpop_database_set_error (self, error);
          return NULL;
        }
      g_hash_table_insert (self->statements, (gpointer) sql, statement);
    }
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
  return statement;
}

sqlite3_stmt *
dpop_database_idle (DpopDatabase *self, const char *sql, GError **error)
{
  sqlite3_stmt *statement = g_hash_table_lookup (self->statements, sql);

  if (statement != NULL && sqlite3_stmt_busy (statement))
    return NULL;
  return dpop_database_prepare (self, sql, error);
}

int
dpop_database_step (DpopDatabase *self, sqlite3_stmt *statement, GError **error)
{
  int code;

  if (is_taken_back (self, error))
    return SQLITE_ABORT;
  code = sqlite3_step (statement);
  if (code != SQLITE_ROW && code != SQLITE_DONE)
    dpop_database_set_error (self, error);
  return code;
}

gboolean
dpop_database_finish (DpopDatabase *self, sqlite3_stmt *statement, GError **error)
{
  int code = dpop_database_step (self, statement, error);

  sqlite3_reset (statement);
  return code == SQLITE_DONE || code == SQLITE_ROW;
}

void
dpop_database_bind_bytes (sqlite3_stmt *statement, int index, GBytes *bytes)
{
  gsize size;
  gconstpointer data;

  if (bytes == NULL)
    return;
  data = g_bytes_get_data (bytes, &size);
  sqlite3_bind_blob64 (statement, index, size > 0 ? data : "", size, SQLITE_TRANSIENT);
}

GBytes *
dpop_database_column_bytes (sqlite3_stmt *statement, int column)
{
  gconstpointer data;

  if (sqlite3_column_type (statement, column) == SQLITE_NULL)
    return NULL;
  data = sqlite3_column_blob (statement, column);
  return g_bytes_new (data, (gsize) sqlite3_column_bytes (statement, column));
}

gboolean
dpop_database_begin (DpopDatabase *self, GError **error)
{
  if (sqlite3_get_autocommit (self->connection))
    self->within = FALSE;
  if (!dpop_database_execute (self, "BEGIN IMMEDIATE", error))
    return FALSE;
  self->within = TRUE;
  return TRUE;
}

gboolean
dpop_database_commit (DpopDatabase *self, GError **error)
{
  if (!dpop_database_execute (self, "COMMIT", error))
    return FALSE;
  self->within = FALSE;
  return TRUE;
}

void
dpop_database_rollback (DpopDatabase *self)
{
  if (!sqlite3_get_autocommit (self->connection))
    sqlite3_exec (self->connection, "ROLLBACK", NULL, NULL, NULL);
  self->within = FALSE;
}

gint64
dpop_database_changes (DpopDatabase *self)
{
  return sqlite3_total_changes64 (self->connection);
}

static gboolean
read_version (DpopDatabase *self, gint64 *version, GError **error)
{
  sqlite3_stmt *statement = dpop_database_prepare (self, "PRAGMA user_version", error);

  if (statement == NULL || dpop_database_step (self, statement, error) != SQLITE_ROW)
    return FALSE;
  *version = sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);
  return TRUE;
}

static gboolean
take_steps (DpopDatabase *self, const char *const *steps, gint64 from, guint to, GError **error)
{
  g_autofree char *pragma = g_strdup_printf ("PRAGMA user_version = %u", to);

  for (gint64 i = from; i < to; i++)
    if (!dpop_database_execute (self, steps[i], error))
      return FALSE;
  return dpop_database_execute (self, pragma, error);
}

gboolean
dpop_database_migrate (DpopDatabase *self, const char *const *steps, guint n_steps, GError **error)
{
  gint64 version;

  if (!read_version (self, &version, error))
    return FALSE;
  if (version > n_steps)
    {
      g_set_error_literal (error, DPOP_DATABASE_ERROR, DPOP_DATABASE_ERROR_NEWER,
                           "A newer DPOP has written this profile. Update DPOP on this computer to "
                           "open it.");
      return FALSE;
    }
  if (version == n_steps)
    return TRUE;
  if (!dpop_database_begin (self, error))
    return FALSE;
  if (take_steps (self, steps, version, n_steps, error) && dpop_database_commit (self, error))
    return TRUE;
  dpop_database_rollback (self);
  return FALSE;
}
