/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-history-row.h"

#include "cosmic-checkpoint.h"
#include "cosmic-operation.h"
#include "dpop-projection-private.h"

void
dpop_history_row_free (DpopHistoryRow *self)
{
  g_free (self);
}

/* --- Single rows. ----------------------------------------------------------------------------- */

#define COLUMNS                                                                                    \
  "SELECT o.n, o.item, o.height, o.held, o.arrived, s.id, v.reason FROM entry AS o"                \
  "  LEFT JOIN subject AS s ON s.n = o.subject LEFT JOIN verdict_row AS v ON v.n = o.n "

static gpointer
read_row (DpopDatabase *database, sqlite3_stmt *statement, GError **error)
{
  g_autoptr (GBytes) item = dpop_database_column_bytes (statement, 1);
  g_autoptr (CosmicOperation) operation = item != NULL ? cosmic_operation_parse (item) : NULL;
  DpopHistoryRow *self;

  if (operation == NULL)
    {
      g_set_error (error, DPOP_DATABASE_ERROR, DPOP_DATABASE_ERROR_DAMAGED,
                   "Entry %" G_GINT64_FORMAT " of the database is damaged. Fetch it again from "
                   "another computer, or restore a backup.",
                   (gint64) sqlite3_column_int64 (statement, 0));
      return NULL;
    }
  self = g_new0 (DpopHistoryRow, 1);
  self->n = sqlite3_column_int64 (statement, 0);
  self->id = operation->id;
  self->stream = operation->header.stream;
  self->author = operation->header.author;
  self->seq = operation->header.seq;
  self->kind = operation->header.kind;
  self->height = (guint64) sqlite3_column_int64 (statement, 2);
  self->held = self->height == 0 && sqlite3_column_int (statement, 3) != 0;
  self->arrived = sqlite3_column_int64 (statement, 4);
  dpop_projection_column_id (statement, 5, &self->subject);
  self->reason = (CosmicReason) sqlite3_column_int (statement, 6);
  return self;
}

DpopHistoryRow *
dpop_history_row_find (DpopDatabase *database, const CosmicId *id, GError **error)
{
  sqlite3_stmt *statement
      = dpop_database_prepare (database, COLUMNS "WHERE o.prefix = ? AND o.id = ?", error);

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, dpop_projection_prefix (id));
  dpop_projection_bind_id (statement, 2, id);
  return dpop_projection_read_one (database, statement, read_row, error);
}

DpopHistoryRow *
dpop_history_row_get (DpopDatabase *database, gint64 number, GError **error)
{
  sqlite3_stmt *statement = dpop_database_prepare (database, COLUMNS "WHERE o.n = ?", error);

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, number);
  return dpop_projection_read_one (database, statement, read_row, error);
}

gint64
dpop_history_row_time (DpopDatabase *database, guint64 height, GError **error)
{
  sqlite3_stmt *statement = dpop_database_prepare (
      database, "SELECT checkpoint FROM checkpoint WHERE height = ?", error);
  g_autoptr (GBytes) bytes = NULL;
  CosmicCheckpoint checkpoint;

  if (statement == NULL)
    return 0;
  sqlite3_bind_int64 (statement, 1, (gint64) height);
  if (dpop_database_step (database, statement, error) == SQLITE_ROW)
    bytes = dpop_database_column_bytes (statement, 0);
  sqlite3_reset (statement);
  return bytes != NULL && cosmic_checkpoint_decode (bytes, &checkpoint) ? checkpoint.time : 0;
}

/* --- Lists. ----------------------------------------------------------------------------------- */

static void
choose_kinds (const DpopHistoryRowQuery *query, DpopProjectionQuery *into)
{
  if (query->kinds[0] == 0 && query->kinds[1] == 0)
    return;
  dpop_projection_query_number (into, "((kind < 64 AND ((1 << kind) & ?) <> 0)",
                                (gint64) query->kinds[0]);
  g_string_append (into->where,
                   " OR (kind >= 64 AND kind < 128 AND ((1 << (kind - 64)) & ?) <> 0))");
  g_ptr_array_add (into->blobs, NULL);
  g_array_append_val (into->numbers, query->kinds[1]);
}

static void
choose (const DpopHistoryRowQuery *query, DpopProjectionQuery *into)
{
  dpop_projection_query_init (into);
  if (query->which == DPOP_HISTORY_ROW_OPEN)
    dpop_projection_query_plain (into, "height = 0 AND held = 0");
  else if (query->which == DPOP_HISTORY_ROW_HELD)
    dpop_projection_query_plain (into, "height = 0 AND held = 1");
  else if (query->which == DPOP_HISTORY_ROW_VOID)
    dpop_projection_query_plain (into, "n IN (SELECT n FROM verdict_row)");
  if (query->stream != NULL)
    dpop_projection_query_id (into, "stream = (SELECT n FROM stream WHERE id = ?)", query->stream);
  if (query->author != NULL)
    dpop_projection_query_id (into, "author = (SELECT n FROM author WHERE id = ?)", query->author);
  if (query->subject != NULL)
    dpop_projection_query_id (into, "subject = (SELECT n FROM subject WHERE id = ?)",
                              query->subject);
  choose_kinds (query, into);
}

static gboolean
is_everything (const DpopHistoryRowQuery *query)
{
  return query->which == DPOP_HISTORY_ROW_ALL && query->stream == NULL && query->author == NULL
         && query->subject == NULL && query->kinds[0] == 0 && query->kinds[1] == 0;
}

static gboolean
newest (DpopDatabase *database, gint64 *n, GError **error)
{
  sqlite3_stmt *statement
      = dpop_database_prepare (database, "SELECT max (n) FROM operation", error);
  int code;

  if (statement == NULL)
    return FALSE;
  code = dpop_database_step (database, statement, error);
  *n = sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);
  return code == SQLITE_ROW;
}

/* The store numbers entries without gaps and deletes none: no row needs to be looked at. */
static GArray *
order_of_everything (DpopDatabase *database, gboolean oldest_first, guint offset, guint limit,
                     GError **error)
{
  gint64 last;
  GArray *numbers;

  if (!newest (database, &last, error))
    return NULL;
  numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (gint64 i = offset; i < last && i - (gint64) offset < (gint64) limit; i++)
    {
      gint64 n = oldest_first ? i + 1 : last - i;

      g_array_append_val (numbers, n);
    }
  return numbers;
}

/* Where only the kind is asked for, its index holds all that is needed. */
static const char *
table (const DpopHistoryRowQuery *query, const char *plain, const char *by_kind)
{
  return query->which == DPOP_HISTORY_ROW_ALL && query->stream == NULL && query->author == NULL
                 && query->subject == NULL
             ? by_kind
             : plain;
}

static GArray *
order (DpopDatabase *database, const DpopHistoryRowQuery *query, guint offset, guint limit,
       GError **error)
{
  DpopProjectionQuery filters;
  GArray *numbers;

  if (is_everything (query))
    return order_of_everything (database, query->oldest_first, offset, limit, error);
  choose (query, &filters);
  numbers = dpop_projection_query_order (
      &filters, database,
      table (query, "SELECT n FROM operation",
             "SELECT n FROM operation INDEXED BY operation_kind"),
      query->oldest_first ? " ORDER BY n" : " ORDER BY n DESC", offset, limit, error);
  dpop_projection_query_clear (&filters);
  return numbers;
}

GArray *
dpop_history_row_order (DpopDatabase *database, const DpopHistoryRowQuery *query, GError **error)
{
  return order (database, query, 0, DPOP_PROJECTION_ALL, error);
}

gboolean
dpop_history_row_count (DpopDatabase *database, const DpopHistoryRowQuery *query, guint *count,
                        GError **error)
{
  DpopProjectionQuery filters;
  gboolean good;

  if (is_everything (query))
    {
      gint64 last = 0;

      good = newest (database, &last, error);
      *count = (guint) last;
      return good;
    }
  choose (query, &filters);
  good = dpop_projection_query_count (
      &filters, database,
      table (query, "SELECT count(*) FROM operation",
             "SELECT count(*) FROM operation INDEXED BY operation_kind"),
      count, error);
  dpop_projection_query_clear (&filters);
  return good;
}

static gpointer
get (DpopDatabase *database, gint64 number, GError **error)
{
  return dpop_history_row_get (database, number, error);
}

static void
free_row (gpointer row)
{
  dpop_history_row_free (row);
}

GPtrArray *
dpop_history_row_window (DpopDatabase *database, const DpopHistoryRowQuery *query, guint offset,
                         guint limit, GError **error)
{
  return dpop_projection_rows (database, order (database, query, offset, limit, error), get,
                               free_row, error);
}

/* --- News. ------------------------------------------------------------------------------------ */

GArray *
dpop_history_row_news (DpopDatabase *database, gint64 after, const CosmicId *author, guint limit,
                       GError **error)
{
  sqlite3_stmt *statement = dpop_database_prepare (
      database,
      "SELECT o.n, o.id, o.kind, o.arrived, t.id, s.id FROM operation AS o"
      "  JOIN stream AS t ON t.n = o.stream LEFT JOIN subject AS s ON s.n = o.subject"
      "  LEFT JOIN verdict_row AS v ON v.n = o.n"
      "  WHERE o.n > ? AND o.author IS NOT (SELECT n FROM author WHERE id = ?)"
      "  AND v.n IS NULL AND NOT (o.height = 0 AND o.held = 1) ORDER BY o.n DESC LIMIT ?",
      error);
  GArray *news;
  int code;

  if (statement == NULL)
    return NULL;
  news = g_array_new (FALSE, TRUE, sizeof (DpopHistoryBrief));
  sqlite3_bind_int64 (statement, 1, after);
  dpop_projection_bind_id (statement, 2, author);
  sqlite3_bind_int64 (statement, 3, limit);
  while ((code = dpop_database_step (database, statement, error)) == SQLITE_ROW)
    {
      DpopHistoryBrief brief = { .n = sqlite3_column_int64 (statement, 0) };

      dpop_projection_column_id (statement, 1, &brief.id);
      brief.kind = (guint16) sqlite3_column_int (statement, 2);
      brief.arrived = sqlite3_column_int64 (statement, 3);
      dpop_projection_column_id (statement, 4, &brief.stream);
      dpop_projection_column_id (statement, 5, &brief.subject);
      g_array_append_val (news, brief);
    }
  sqlite3_reset (statement);
  if (code != SQLITE_DONE)
    g_clear_pointer (&news, g_array_unref);
  return news;
}

/* --- Verdicts. -------------------------------------------------------------------------------- */

static gint64
number_of (DpopDatabase *database, const CosmicId *id, GError **error)
{
  sqlite3_stmt *statement = dpop_database_prepare (
      database, "SELECT n FROM operation WHERE prefix = ? AND id = ?", error);
  gint64 n = 0;
  int code;

  if (statement == NULL)
    return -1;
  sqlite3_bind_int64 (statement, 1, dpop_projection_prefix (id));
  dpop_projection_bind_id (statement, 2, id);
  code = dpop_database_step (database, statement, error);
  if (code == SQLITE_ROW)
    n = sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);
  return code == SQLITE_ROW || code == SQLITE_DONE ? n : -1;
}

gboolean
dpop_history_row_judge (DpopDatabase *database, const CosmicId *operation, CosmicReason reason,
                        gint64 *number, GError **error)
{
  sqlite3_stmt *statement;

  *number = number_of (database, operation, error);
  if (*number <= 0)
    return *number == 0;
  if (reason == COSMIC_REASON_NONE)
    return dpop_projection_run_number (database, "DELETE FROM verdict_row WHERE n = ?", *number,
                                       error);
  statement = dpop_database_prepare (database, "INSERT OR REPLACE INTO verdict_row VALUES (?, ?)",
                                     error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, *number);
  sqlite3_bind_int (statement, 2, reason);
  return dpop_database_finish (database, statement, error);
}

gboolean
dpop_history_row_each_void (DpopDatabase *database, DpopHistoryRowVisit visit, gpointer data,
                            GError **error)
{
  sqlite3_stmt *statement = dpop_database_prepare (
      database, "SELECT o.id, v.reason FROM verdict_row AS v JOIN operation AS o ON o.n = v.n",
      error);
  gboolean go_on = TRUE;
  int code = SQLITE_ERROR;

  if (statement == NULL)
    return FALSE;
  while (go_on && (code = dpop_database_step (database, statement, error)) == SQLITE_ROW)
    {
      CosmicId id;

      dpop_projection_column_id (statement, 0, &id);
      go_on = visit (&id, (CosmicReason) sqlite3_column_int (statement, 1), data);
    }
  sqlite3_reset (statement);
  return !go_on || code == SQLITE_DONE;
}
