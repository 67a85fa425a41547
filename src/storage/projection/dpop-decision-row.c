/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-decision-row.h"

#include "dpop-projection-private.h"

DpopDecisionRow *
dpop_decision_row_new (void)
{
  return g_new0 (DpopDecisionRow, 1);
}

void
dpop_decision_row_free (DpopDecisionRow *self)
{
  if (self == NULL)
    return;
  g_free (self->title);
  g_free (self->search);
  g_free (self);
}

gboolean
dpop_decision_row_equal (const DpopDecisionRow *a, const DpopDecisionRow *b)
{
  return cosmic_id_same (&a->id, &b->id) && cosmic_id_same (&a->scope, &b->scope)
         && cosmic_id_same (&a->speaker, &b->speaker) && a->phase == b->phase
         && a->rule == b->rule && a->ballot == b->ballot && a->proposed == b->proposed
         && a->opened == b->opened && a->closes == b->closes && a->closed == b->closed
         && a->entitled == b->entitled && a->votes == b->votes && a->outcome == b->outcome
         && a->confirmed == b->confirmed && a->readable == b->readable
         && g_strcmp0 (a->title, b->title) == 0 && g_strcmp0 (a->search, b->search) == 0;
}

#define FIND "SELECT n FROM decision_row WHERE id = ?"

static void
bind_row (sqlite3_stmt *statement, const DpopDecisionRow *self)
{
  g_autofree char *sort = dpop_projection_fold (self->title != NULL ? self->title : "");
  const gint64 numbers[] = { self->phase, self->rule, self->ballot, self->proposed, self->opened,
                             self->closes, self->closed, (gint64) self->entitled,
                             (gint64) self->votes, self->outcome, self->confirmed,
                             self->readable };

  dpop_projection_bind_id (statement, 2, &self->id);
  dpop_projection_bind_id (statement, 3, &self->scope);
  dpop_projection_bind_id (statement, 4, &self->speaker);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    sqlite3_bind_int64 (statement, 5 + (int) i, numbers[i]);
  dpop_projection_bind_text (statement, 17, self->title);
  dpop_projection_bind_text (statement, 18, sort);
  dpop_projection_bind_text (statement, 19, self->search != NULL ? self->search : "");
}

gboolean
dpop_decision_row_put (DpopDatabase *database, DpopDecisionRow *self, GError **error)
{
  gint64 before = dpop_projection_number (database, FIND, &self->id, error);
  sqlite3_stmt *statement;

  if (before < 0)
    return FALSE;
  statement = dpop_database_prepare (database,
                                     "INSERT OR REPLACE INTO decision_row VALUES"
                                     " (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                                     error);
  if (statement == NULL)
    return FALSE;
  if (before > 0)
    sqlite3_bind_int64 (statement, 1, before);
  bind_row (statement, self);
  if (!dpop_database_finish (database, statement, error))
    return FALSE;
  self->n = before > 0 ? before
                       : sqlite3_last_insert_rowid (dpop_database_connection (database));
  return TRUE;
}

gboolean
dpop_decision_row_remove (DpopDatabase *database, const CosmicId *id, gint64 *number,
                          GError **error)
{
  *number = dpop_projection_number (database, FIND, id, error);
  if (*number <= 0)
    return *number == 0;
  return dpop_projection_run_number (database, "DELETE FROM decision_row WHERE n = ?", *number,
                                     error);
}

#define COLUMNS                                                                                    \
  "SELECT n, id, scope, speaker, phase, rule, ballot, proposed, opened, closes, closed, entitled," \
  "  votes, outcome, confirmed, readable, title, search FROM decision_row "

static gpointer
read_row (DpopDatabase *database, sqlite3_stmt *statement, GError **error)
{
  DpopDecisionRow *self = dpop_decision_row_new ();

  self->n = sqlite3_column_int64 (statement, 0);
  dpop_projection_column_id (statement, 1, &self->id);
  dpop_projection_column_id (statement, 2, &self->scope);
  dpop_projection_column_id (statement, 3, &self->speaker);
  self->phase = (guint8) sqlite3_column_int (statement, 4);
  self->rule = (guint16) sqlite3_column_int (statement, 5);
  self->ballot = (guint8) sqlite3_column_int (statement, 6);
  self->proposed = sqlite3_column_int64 (statement, 7);
  self->opened = sqlite3_column_int64 (statement, 8);
  self->closes = sqlite3_column_int64 (statement, 9);
  self->closed = sqlite3_column_int64 (statement, 10);
  self->entitled = (guint64) sqlite3_column_int64 (statement, 11);
  self->votes = (guint64) sqlite3_column_int64 (statement, 12);
  self->outcome = (guint8) sqlite3_column_int (statement, 13);
  self->confirmed = sqlite3_column_int (statement, 14) != 0;
  self->readable = (DpopProjectionText) sqlite3_column_int (statement, 15);
  self->title = dpop_projection_column_text (statement, 16);
  self->search = dpop_projection_column_text (statement, 17);
  return self;
}

DpopDecisionRow *
dpop_decision_row_find (DpopDatabase *database, const CosmicId *id, GError **error)
{
  sqlite3_stmt *statement = dpop_database_prepare (database, COLUMNS "WHERE id = ?", error);

  if (statement == NULL)
    return NULL;
  dpop_projection_bind_id (statement, 1, id);
  return dpop_projection_read_one (database, statement, read_row, error);
}

DpopDecisionRow *
dpop_decision_row_get (DpopDatabase *database, gint64 number, GError **error)
{
  sqlite3_stmt *statement = dpop_database_prepare (database, COLUMNS "WHERE n = ?", error);

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, number);
  return dpop_projection_read_one (database, statement, read_row, error);
}

/* --- Lists. ----------------------------------------------------------------------------------- */

static void
choose (const DpopDecisionRowQuery *query, DpopProjectionQuery *into)
{
  dpop_projection_query_init (into);
  if (query->phases != 0)
    dpop_projection_query_number (into, "((1 << phase) & ?) <> 0", query->phases);
  if (query->outcomes != 0)
    dpop_projection_query_number (into, "((1 << outcome) & ?) <> 0", query->outcomes);
  if (query->rules != 0)
    dpop_projection_query_number (into, "((1 << rule) & ?) <> 0", (gint64) query->rules);
  if (query->scope != NULL)
    dpop_projection_query_id (into, "scope = ?", query->scope);
  if (query->speaker != NULL)
    dpop_projection_query_id (into, "speaker = ?", query->speaker);
  dpop_projection_query_search (into, query->search);
}

static const char *
order_by (const DpopDecisionRowQuery *query)
{
  switch (query->sort)
    {
    case DPOP_DECISION_ROW_CLOSING:
      return query->reversed ? " ORDER BY closes = 0 DESC, closes DESC, n DESC"
                             : " ORDER BY closes = 0, closes, n";
    case DPOP_DECISION_ROW_TITLE:
      return query->reversed ? " ORDER BY sort DESC, n DESC" : " ORDER BY sort, n";
    case DPOP_DECISION_ROW_NEWEST:
    default:
      return query->reversed ? " ORDER BY proposed, n" : " ORDER BY proposed DESC, n DESC";
    }
}

static GArray *
order (DpopDatabase *database, const DpopDecisionRowQuery *query, guint offset, guint limit,
       GError **error)
{
  DpopProjectionQuery filters;
  GArray *numbers;

  choose (query, &filters);
  numbers = dpop_projection_query_order (&filters, database, "SELECT n FROM decision_row",
                                         order_by (query), offset, limit, error);
  dpop_projection_query_clear (&filters);
  return numbers;
}

GArray *
dpop_decision_row_order (DpopDatabase *database, const DpopDecisionRowQuery *query, GError **error)
{
  return order (database, query, 0, DPOP_PROJECTION_ALL, error);
}

gboolean
dpop_decision_row_count (DpopDatabase *database, const DpopDecisionRowQuery *query, guint *count,
                         GError **error)
{
  DpopProjectionQuery filters;
  gboolean good;

  choose (query, &filters);
  good = dpop_projection_query_count (&filters, database, "SELECT count(*) FROM decision_row",
                                      count, error);
  dpop_projection_query_clear (&filters);
  return good;
}

static gpointer
get (DpopDatabase *database, gint64 number, GError **error)
{
  return dpop_decision_row_get (database, number, error);
}

static void
free_row (gpointer row)
{
  dpop_decision_row_free (row);
}

GPtrArray *
dpop_decision_row_window (DpopDatabase *database, const DpopDecisionRowQuery *query, guint offset,
                          guint limit, GError **error)
{
  return dpop_projection_rows (database, order (database, query, offset, limit, error), get,
                               free_row, error);
}

GArray *
dpop_decision_row_ids (DpopDatabase *database, GError **error)
{
  return dpop_projection_ids (database, "SELECT id FROM decision_row ORDER BY id", error);
}
