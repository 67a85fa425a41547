/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-unit-row.h"

#include "dpop-projection-private.h"

DpopUnitRow *
dpop_unit_row_new (void)
{
  return g_new0 (DpopUnitRow, 1);
}

void
dpop_unit_row_free (DpopUnitRow *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self);
}

gboolean
dpop_unit_row_equal (const DpopUnitRow *a, const DpopUnitRow *b)
{
  return cosmic_id_same (&a->id, &b->id) && a->kind == b->kind && a->confirmed == b->confirmed
         && a->readable == b->readable && g_strcmp0 (a->name, b->name) == 0;
}

#define FIND "SELECT n FROM unit_row WHERE id = ?"

gboolean
dpop_unit_row_put (DpopDatabase *database, DpopUnitRow *self, GError **error)
{
  g_autofree char *folded = dpop_projection_fold (self->name != NULL ? self->name : "");
  gint64 before = dpop_projection_number (database, FIND, &self->id, error);
  sqlite3_stmt *statement;

  if (before < 0)
    return FALSE;
  statement = dpop_database_prepare (
      database, "INSERT OR REPLACE INTO unit_row VALUES (?, ?, ?, ?, ?, ?, ?)", error);
  if (statement == NULL)
    return FALSE;
  if (before > 0)
    sqlite3_bind_int64 (statement, 1, before);
  dpop_projection_bind_id (statement, 2, &self->id);
  sqlite3_bind_int (statement, 3, self->kind);
  sqlite3_bind_int (statement, 4, self->readable);
  sqlite3_bind_int (statement, 5, self->confirmed);
  dpop_projection_bind_text (statement, 6, self->name);
  dpop_projection_bind_text (statement, 7, folded);
  if (!dpop_database_finish (database, statement, error))
    return FALSE;
  self->n = before > 0 ? before
                       : sqlite3_last_insert_rowid (dpop_database_connection (database));
  return TRUE;
}

gboolean
dpop_unit_row_remove (DpopDatabase *database, const CosmicId *id, gint64 *number, GError **error)
{
  *number = dpop_projection_number (database, FIND, id, error);
  if (*number <= 0)
    return *number == 0;
  return dpop_projection_run_number (database, "DELETE FROM unit_row WHERE n = ?", *number, error);
}

#define COLUMNS                                                                                    \
  "SELECT n, id, kind, readable, confirmed, name,"                                                 \
  "  (SELECT count(*) FROM member_unit WHERE unit = unit_row.id) FROM unit_row "

static gpointer
read_row (DpopDatabase *database, sqlite3_stmt *statement, GError **error)
{
  DpopUnitRow *self = dpop_unit_row_new ();

  self->n = sqlite3_column_int64 (statement, 0);
  dpop_projection_column_id (statement, 1, &self->id);
  self->kind = (guint8) sqlite3_column_int (statement, 2);
  self->readable = (DpopProjectionText) sqlite3_column_int (statement, 3);
  self->confirmed = sqlite3_column_int (statement, 4) != 0;
  self->name = dpop_projection_column_text (statement, 5);
  self->members = (guint) sqlite3_column_int (statement, 6);
  return self;
}

DpopUnitRow *
dpop_unit_row_find (DpopDatabase *database, const CosmicId *id, GError **error)
{
  sqlite3_stmt *statement = dpop_database_prepare (database, COLUMNS "WHERE id = ?", error);

  if (statement == NULL)
    return NULL;
  dpop_projection_bind_id (statement, 1, id);
  return dpop_projection_read_one (database, statement, read_row, error);
}

DpopUnitRow *
dpop_unit_row_get (DpopDatabase *database, gint64 number, GError **error)
{
  sqlite3_stmt *statement = dpop_database_prepare (database, COLUMNS "WHERE n = ?", error);

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, number);
  return dpop_projection_read_one (database, statement, read_row, error);
}

static void
choose (const DpopUnitRowQuery *query, DpopProjectionQuery *into)
{
  dpop_projection_query_init (into);
  if (query->kind_plus_one > 0)
    dpop_projection_query_number (into, "kind = ?", query->kind_plus_one - 1);
  dpop_projection_query_search (into, query->search);
}

static GArray *
order (DpopDatabase *database, const DpopUnitRowQuery *query, guint offset, guint limit,
       GError **error)
{
  const char *by = query->descending ? " ORDER BY search DESC, n DESC" : " ORDER BY search, n";
  DpopProjectionQuery filters;
  GArray *numbers;

  choose (query, &filters);
  numbers = dpop_projection_query_order (&filters, database, "SELECT n FROM unit_row", by, offset,
                                         limit, error);
  dpop_projection_query_clear (&filters);
  return numbers;
}

GArray *
dpop_unit_row_order (DpopDatabase *database, const DpopUnitRowQuery *query, GError **error)
{
  return order (database, query, 0, DPOP_PROJECTION_ALL, error);
}

gboolean
dpop_unit_row_count (DpopDatabase *database, const DpopUnitRowQuery *query, guint *count,
                     GError **error)
{
  DpopProjectionQuery filters;
  gboolean good;

  choose (query, &filters);
  good = dpop_projection_query_count (&filters, database, "SELECT count(*) FROM unit_row", count,
                                      error);
  dpop_projection_query_clear (&filters);
  return good;
}

static gpointer
get (DpopDatabase *database, gint64 number, GError **error)
{
  return dpop_unit_row_get (database, number, error);
}

static void
free_row (gpointer row)
{
  dpop_unit_row_free (row);
}

GPtrArray *
dpop_unit_row_window (DpopDatabase *database, const DpopUnitRowQuery *query, guint offset,
                      guint limit, GError **error)
{
  return dpop_projection_rows (database, order (database, query, offset, limit, error), get,
                               free_row, error);
}

GArray *
dpop_unit_row_ids (DpopDatabase *database, GError **error)
{
  return dpop_projection_ids (database, "SELECT id FROM unit_row ORDER BY id", error);
}
