/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-comment-row.h"

#include "dpop-projection-private.h"

DpopCommentRow *
dpop_comment_row_new (void)
{
  return g_new0 (DpopCommentRow, 1);
}

void
dpop_comment_row_free (DpopCommentRow *self)
{
  if (self == NULL)
    return;
  g_free (self->text);
  g_free (self);
}

gboolean
dpop_comment_row_equal (const DpopCommentRow *a, const DpopCommentRow *b)
{
  return cosmic_id_same (&a->id, &b->id) && cosmic_id_same (&a->decision, &b->decision)
         && cosmic_id_same (&a->stream, &b->stream) && cosmic_id_same (&a->member, &b->member)
         && cosmic_id_same (&a->answers, &b->answers) && a->place == b->place
         && a->height == b->height && a->time == b->time && a->readable == b->readable
         && g_strcmp0 (a->text, b->text) == 0;
}

#define FIND "SELECT n FROM comment_row WHERE id = ?"

gboolean
dpop_comment_row_put (DpopDatabase *database, DpopCommentRow *self, GError **error)
{
  gint64 before = dpop_projection_number (database, FIND, &self->id, error);
  sqlite3_stmt *statement;

  if (before < 0)
    return FALSE;
  statement = dpop_database_prepare (
      database, "INSERT OR REPLACE INTO comment_row VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      error);
  if (statement == NULL)
    return FALSE;
  if (before > 0)
    sqlite3_bind_int64 (statement, 1, before);
  dpop_projection_bind_id (statement, 2, &self->id);
  dpop_projection_bind_id (statement, 3, &self->decision);
  dpop_projection_bind_id (statement, 4, &self->stream);
  dpop_projection_bind_id (statement, 5, &self->member);
  if (!cosmic_id_is_zero (&self->answers))
    dpop_projection_bind_id (statement, 6, &self->answers);
  sqlite3_bind_int64 (statement, 7, self->place);
  sqlite3_bind_int64 (statement, 8, (gint64) self->height);
  sqlite3_bind_int64 (statement, 9, self->time);
  sqlite3_bind_int (statement, 10, self->readable);
  dpop_projection_bind_text (statement, 11, self->text);
  if (!dpop_database_finish (database, statement, error))
    return FALSE;
  self->n = before > 0 ? before
                       : sqlite3_last_insert_rowid (dpop_database_connection (database));
  return TRUE;
}

gboolean
dpop_comment_row_remove (DpopDatabase *database, const CosmicId *id, gint64 *number, GError **error)
{
  *number = dpop_projection_number (database, FIND, id, error);
  if (*number <= 0)
    return *number == 0;
  return dpop_projection_run_number (database, "DELETE FROM comment_row WHERE n = ?", *number,
                                     error);
}

#define COLUMNS                                                                                    \
  "SELECT n, id, decision, stream, member, reply, place, height, time, readable, text"          \
  "  FROM comment_row "

static gpointer
read_row (DpopDatabase *database, sqlite3_stmt *statement, GError **error)
{
  DpopCommentRow *self = dpop_comment_row_new ();

  self->n = sqlite3_column_int64 (statement, 0);
  dpop_projection_column_id (statement, 1, &self->id);
  dpop_projection_column_id (statement, 2, &self->decision);
  dpop_projection_column_id (statement, 3, &self->stream);
  dpop_projection_column_id (statement, 4, &self->member);
  dpop_projection_column_id (statement, 5, &self->answers);
  self->place = (guint32) sqlite3_column_int64 (statement, 6);
  self->height = (guint64) sqlite3_column_int64 (statement, 7);
  self->time = sqlite3_column_int64 (statement, 8);
  self->readable = (DpopProjectionText) sqlite3_column_int (statement, 9);
  self->text = dpop_projection_column_text (statement, 10);
  return self;
}

DpopCommentRow *
dpop_comment_row_find (DpopDatabase *database, const CosmicId *id, GError **error)
{
  sqlite3_stmt *statement = dpop_database_prepare (database, COLUMNS "WHERE id = ?", error);

  if (statement == NULL)
    return NULL;
  dpop_projection_bind_id (statement, 1, id);
  return dpop_projection_read_one (database, statement, read_row, error);
}

DpopCommentRow *
dpop_comment_row_get (DpopDatabase *database, gint64 number, GError **error)
{
  sqlite3_stmt *statement = dpop_database_prepare (database, COLUMNS "WHERE n = ?", error);

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, number);
  return dpop_projection_read_one (database, statement, read_row, error);
}

static GArray *
order (DpopDatabase *database, const CosmicId *decision, guint offset, guint limit, GError **error)
{
  DpopProjectionQuery filters;
  GArray *numbers;

  dpop_projection_query_init (&filters);
  dpop_projection_query_id (&filters, "decision = ?", decision);
  numbers = dpop_projection_query_order (&filters, database, "SELECT n FROM comment_row",
                                         " ORDER BY height = 0, height, place, n", offset, limit,
                                         error);
  dpop_projection_query_clear (&filters);
  return numbers;
}

GArray *
dpop_comment_row_order (DpopDatabase *database, const CosmicId *decision, GError **error)
{
  return order (database, decision, 0, DPOP_PROJECTION_ALL, error);
}

gboolean
dpop_comment_row_count (DpopDatabase *database, const CosmicId *decision, guint *count,
                        GError **error)
{
  gint64 number = dpop_projection_number (
      database, "SELECT count(*) FROM comment_row WHERE decision = ?", decision, error);

  *count = (guint) MAX (number, 0);
  return number >= 0;
}

static gpointer
get (DpopDatabase *database, gint64 number, GError **error)
{
  return dpop_comment_row_get (database, number, error);
}

static void
free_row (gpointer row)
{
  dpop_comment_row_free (row);
}

GPtrArray *
dpop_comment_row_window (DpopDatabase *database, const CosmicId *decision, guint offset,
                         guint limit, GError **error)
{
  return dpop_projection_rows (database, order (database, decision, offset, limit, error), get,
                               free_row, error);
}

GArray *
dpop_comment_row_ids (DpopDatabase *database, GError **error)
{
  return dpop_projection_ids (database, "SELECT id FROM comment_row ORDER BY id", error);
}
