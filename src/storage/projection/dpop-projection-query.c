/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-projection-private.h"

void
dpop_projection_query_init (DpopProjectionQuery *self)
{
  self->where = g_string_new (NULL);
  self->blobs = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
}

void
dpop_projection_query_clear (DpopProjectionQuery *self)
{
  g_string_free (self->where, TRUE);
  g_ptr_array_unref (self->blobs);
  g_array_unref (self->numbers);
}

void
dpop_projection_query_plain (DpopProjectionQuery *self, const char *condition)
{
  g_string_append (self->where, self->where->len == 0 ? " WHERE " : " AND ");
  g_string_append (self->where, condition);
}

static void
add (DpopProjectionQuery *self, const char *condition, GBytes *blob, gint64 number)
{
  dpop_projection_query_plain (self, condition);
  g_ptr_array_add (self->blobs, blob);
  g_array_append_val (self->numbers, number);
}

void
dpop_projection_query_number (DpopProjectionQuery *self, const char *condition, gint64 number)
{
  add (self, condition, NULL, number);
}

void
dpop_projection_query_id (DpopProjectionQuery *self, const char *condition, const CosmicId *id)
{
  add (self, condition, g_bytes_new (id->bytes, COSMIC_ID_SIZE), 0);
}

void
dpop_projection_query_search (DpopProjectionQuery *self, const char *text)
{
  g_autofree char *folded = dpop_projection_fold (text != NULL ? text : "");
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);
  guint count = 0;

  for (guint i = 0; words[i] != NULL && count < DPOP_PROJECTION_WORDS_MAX; i++)
    if (words[i][0] != '\0')
      {
        /* Bytes are sought in bytes: no collation, no copy of the column. */
        add (self, "instr (search, CAST (? AS TEXT)) > 0",
             g_bytes_new (words[i], strlen (words[i])), 0);
        count++;
      }
}

sqlite3_stmt *
dpop_projection_query_prepare (DpopProjectionQuery *self, DpopDatabase *database, const char *head,
                               const char *tail, int *next, GError **error)
{
  g_autofree char *sql = g_strconcat (head, self->where->str, tail, NULL);
  sqlite3_stmt *statement;

  /* Statements are kept by the address of their text. */
  statement = dpop_database_prepare (database, g_intern_string (sql), error);
  if (statement == NULL)
    return NULL;
  for (guint i = 0; i < self->numbers->len; i++)
    if (self->blobs->pdata[i] != NULL)
      dpop_database_bind_bytes (statement, (int) i + 1, self->blobs->pdata[i]);
    else
      sqlite3_bind_int64 (statement, (int) i + 1, g_array_index (self->numbers, gint64, i));
  *next = (int) self->numbers->len + 1;
  return statement;
}

GArray *
dpop_projection_query_order (DpopProjectionQuery *self, DpopDatabase *database, const char *head,
                             const char *tail, guint offset, guint limit, GError **error)
{
  g_autofree char *end = g_strconcat (tail, " LIMIT ? OFFSET ?", NULL);
  g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_stmt *statement;
  int next, code;

  statement = dpop_projection_query_prepare (self, database, head,
                                             limit == DPOP_PROJECTION_ALL ? tail : end, &next,
                                             error);
  if (statement == NULL)
    return NULL;
  if (limit != DPOP_PROJECTION_ALL)
    {
      sqlite3_bind_int64 (statement, next, limit);
      sqlite3_bind_int64 (statement, next + 1, offset);
    }
  while ((code = dpop_database_step (database, statement, error)) == SQLITE_ROW)
    {
      gint64 n = sqlite3_column_int64 (statement, 0);

      g_array_append_val (order, n);
    }
  sqlite3_reset (statement);
  return code == SQLITE_DONE ? g_steal_pointer (&order) : NULL;
}

gboolean
dpop_projection_query_count (DpopProjectionQuery *self, DpopDatabase *database, const char *head,
                             guint *count, GError **error)
{
  g_autoptr (GArray) only
      = dpop_projection_query_order (self, database, head, "", 0, DPOP_PROJECTION_ALL, error);

  if (only == NULL)
    return FALSE;
  *count = only->len > 0 ? (guint) g_array_index (only, gint64, 0) : 0;
  return TRUE;
}

GPtrArray *
dpop_projection_rows (DpopDatabase *database, GArray *taken, DpopProjectionGet get,
                      GDestroyNotify free, GError **error)
{
  g_autoptr (GArray) numbers = taken;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (free);

  for (guint i = 0; numbers != NULL && i < numbers->len; i++)
    {
      GError *failure = NULL;
      gpointer row = get (database, g_array_index (numbers, gint64, i), &failure);

      if (failure != NULL)
        {
          g_propagate_error (error, failure);
          return NULL;
        }
      if (row != NULL)
        g_ptr_array_add (rows, row);
    }
  return numbers != NULL ? g_steal_pointer (&rows) : NULL;
}

gpointer
dpop_projection_read_one (DpopDatabase *database, sqlite3_stmt *statement, DpopProjectionRead read,
                          GError **error)
{
  gpointer row = NULL;

  if (dpop_database_step (database, statement, error) == SQLITE_ROW)
    row = read (database, statement, error);
  sqlite3_reset (statement);
  return row;
}

/* --- Values. ---------------------------------------------------------------------------------- */

void
dpop_projection_bind_id (sqlite3_stmt *statement, int index, const CosmicId *id)
{
  sqlite3_bind_blob (statement, index, id->bytes, COSMIC_ID_SIZE, SQLITE_TRANSIENT);
}

void
dpop_projection_bind_text (sqlite3_stmt *statement, int index, const char *text)
{
  if (text != NULL)
    sqlite3_bind_text (statement, index, text, -1, SQLITE_TRANSIENT);
}

void
dpop_projection_column_id (sqlite3_stmt *statement, int column, CosmicId *id)
{
  *id = cosmic_id_zero;
  if (sqlite3_column_bytes (statement, column) == COSMIC_ID_SIZE)
    memcpy (id->bytes, sqlite3_column_blob (statement, column), COSMIC_ID_SIZE);
}

char *
dpop_projection_column_text (sqlite3_stmt *statement, int column)
{
  return g_strdup ((const char *) sqlite3_column_text (statement, column));
}

gint64
dpop_projection_number (DpopDatabase *database, const char *sql, const CosmicId *id, GError **error)
{
  sqlite3_stmt *statement = dpop_database_prepare (database, sql, error);
  gint64 number = 0;
  int code;

  if (statement == NULL)
    return -1;
  dpop_projection_bind_id (statement, 1, id);
  code = dpop_database_step (database, statement, error);
  if (code == SQLITE_ROW)
    number = sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);
  return code == SQLITE_ROW || code == SQLITE_DONE ? number : -1;
}

GArray *
dpop_projection_ids (DpopDatabase *database, const char *sql, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  sqlite3_stmt *statement = dpop_database_prepare (database, sql, error);
  int code;

  if (statement == NULL)
    return NULL;
  while ((code = dpop_database_step (database, statement, error)) == SQLITE_ROW)
    {
      CosmicId id;

      dpop_projection_column_id (statement, 0, &id);
      g_array_append_val (ids, id);
    }
  sqlite3_reset (statement);
  return code == SQLITE_DONE ? g_steal_pointer (&ids) : NULL;
}

gboolean
dpop_projection_run_id (DpopDatabase *database, const char *sql, const CosmicId *id, GError **error)
{
  sqlite3_stmt *statement = dpop_database_prepare (database, sql, error);

  if (statement == NULL)
    return FALSE;
  dpop_projection_bind_id (statement, 1, id);
  return dpop_database_finish (database, statement, error);
}

gboolean
dpop_projection_run_number (DpopDatabase *database, const char *sql, gint64 number, GError **error)
{
  sqlite3_stmt *statement = dpop_database_prepare (database, sql, error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, number);
  return dpop_database_finish (database, statement, error);
}
