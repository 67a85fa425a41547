/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-member-row.h"

#include "dpop-projection-private.h"

DpopMemberRow *
dpop_member_row_new (void)
{
  DpopMemberRow *self = g_new0 (DpopMemberRow, 1);

  self->units = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  self->roles = g_array_new (FALSE, TRUE, sizeof (DpopMemberRowRole));
  return self;
}

void
dpop_member_row_free (DpopMemberRow *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->number);
  g_free (self->email);
  g_free (self->sort);
  g_free (self->search);
  g_array_unref (self->units);
  g_array_unref (self->roles);
  g_free (self);
}

static gboolean
roles_equal (const GArray *a, const GArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const DpopMemberRowRole *x = &g_array_index (a, DpopMemberRowRole, i);
      const DpopMemberRowRole *y = &g_array_index (b, DpopMemberRowRole, i);

      if (x->role != y->role || x->since != y->since || !cosmic_id_same (&x->unit, &y->unit))
        return FALSE;
    }
  return TRUE;
}

static gboolean
units_equal (const GArray *a, const GArray *b)
{
  return a->len == b->len
         && (a->len == 0 || memcmp (a->data, b->data, a->len * sizeof (CosmicId)) == 0);
}

gboolean
dpop_member_row_equal (const DpopMemberRow *a, const DpopMemberRow *b)
{
  return cosmic_id_same (&a->id, &b->id) && a->state == b->state && a->has_device == b->has_device
         && a->by_other == b->by_other && a->details == b->details && a->confirmed == b->confirmed
         && g_strcmp0 (a->name, b->name) == 0 && g_strcmp0 (a->number, b->number) == 0
         && g_strcmp0 (a->email, b->email) == 0 && g_strcmp0 (a->sort, b->sort) == 0
         && g_strcmp0 (a->search, b->search) == 0 && units_equal (a->units, b->units)
         && roles_equal (a->roles, b->roles);
}

/* --- Writing. --------------------------------------------------------------------------------- */

/* "17" comes before "103"; what is no number goes by its letters. */
static char *
number_sort (const char *number)
{
  g_autofree char *folded = dpop_projection_fold (number != NULL ? number : "");
  gsize length = strspn (folded, "0123456789");

  if (length == 0 || length >= 20)
    return g_steal_pointer (&folded);
  return g_strdup_printf ("%0*d%s", (int) (20 - length), 0, folded);
}

static gboolean
put_units (DpopDatabase *database, const DpopMemberRow *self, GError **error)
{
  for (guint i = 0; i < self->units->len; i++)
    {
      sqlite3_stmt *statement = dpop_database_prepare (
          database, "INSERT OR IGNORE INTO member_unit VALUES (?, ?)", error);

      if (statement == NULL)
        return FALSE;
      dpop_projection_bind_id (statement, 1, &g_array_index (self->units, CosmicId, i));
      sqlite3_bind_int64 (statement, 2, self->n);
      if (!dpop_database_finish (database, statement, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
put_roles (DpopDatabase *database, const DpopMemberRow *self, GError **error)
{
  for (guint i = 0; i < self->roles->len; i++)
    {
      const DpopMemberRowRole *role = &g_array_index (self->roles, DpopMemberRowRole, i);
      sqlite3_stmt *statement = dpop_database_prepare (
          database, "INSERT OR IGNORE INTO member_role VALUES (?, ?, ?, ?)", error);

      if (statement == NULL)
        return FALSE;
      sqlite3_bind_int (statement, 1, role->role);
      dpop_projection_bind_id (statement, 2, &role->unit);
      sqlite3_bind_int64 (statement, 3, self->n);
      sqlite3_bind_int64 (statement, 4, (gint64) role->since);
      if (!dpop_database_finish (database, statement, error))
        return FALSE;
    }
  return TRUE;
}

#define FIND "SELECT n FROM member_row WHERE id = ?"

static gboolean
forget_places (DpopDatabase *database, gint64 n, GError **error)
{
  return dpop_projection_run_number (database, "DELETE FROM member_unit WHERE member = ?", n, error)
         && dpop_projection_run_number (database, "DELETE FROM member_role WHERE member = ?", n,
                                        error);
}

gboolean
dpop_member_row_put (DpopDatabase *database, DpopMemberRow *self, GError **error)
{
  g_autofree char *sorted_number = number_sort (self->number);
  gint64 before = dpop_projection_number (database, FIND, &self->id, error);
  sqlite3_stmt *statement;

  if (before < 0 || (before > 0 && !forget_places (database, before, error)))
    return FALSE;
  statement = dpop_database_prepare (
      database, "INSERT OR REPLACE INTO member_row VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      error);
  if (statement == NULL)
    return FALSE;
  if (before > 0)
    sqlite3_bind_int64 (statement, 1, before);
  dpop_projection_bind_id (statement, 2, &self->id);
  sqlite3_bind_int (statement, 3, self->state);
  sqlite3_bind_int (statement, 4, self->has_device);
  sqlite3_bind_int (statement, 5, self->by_other);
  sqlite3_bind_int (statement, 6, self->details);
  sqlite3_bind_int (statement, 7, self->confirmed);
  dpop_projection_bind_text (statement, 8, self->name);
  dpop_projection_bind_text (statement, 9, self->number);
  dpop_projection_bind_text (statement, 10, self->email);
  dpop_projection_bind_text (statement, 11, self->sort != NULL ? self->sort : "");
  dpop_projection_bind_text (statement, 12, sorted_number);
  dpop_projection_bind_text (statement, 13, self->search != NULL ? self->search : "");
  if (!dpop_database_finish (database, statement, error))
    return FALSE;
  self->n = before > 0 ? before
                       : sqlite3_last_insert_rowid (dpop_database_connection (database));
  return put_units (database, self, error) && put_roles (database, self, error);
}

gboolean
dpop_member_row_remove (DpopDatabase *database, const CosmicId *id, gint64 *number, GError **error)
{
  *number = dpop_projection_number (database, FIND, id, error);
  if (*number <= 0)
    return *number == 0;
  return forget_places (database, *number, error)
         && dpop_projection_run_number (database, "DELETE FROM member_row WHERE n = ?", *number,
                                        error);
}

/* --- Reading. --------------------------------------------------------------------------------- */

#define COLUMNS                                                                                    \
  "SELECT n, id, state, device, other, details, confirmed, name, number, email, sort, search"      \
  "  FROM member_row "

static gboolean
read_units (DpopDatabase *database, DpopMemberRow *self, GError **error)
{
  sqlite3_stmt *statement = dpop_database_prepare (
      database, "SELECT unit FROM member_unit WHERE member = ? ORDER BY unit", error);
  int code;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, self->n);
  while ((code = dpop_database_step (database, statement, error)) == SQLITE_ROW)
    {
      CosmicId unit;

      dpop_projection_column_id (statement, 0, &unit);
      g_array_append_val (self->units, unit);
    }
  sqlite3_reset (statement);
  return code == SQLITE_DONE;
}

static gboolean
read_roles (DpopDatabase *database, DpopMemberRow *self, GError **error)
{
  sqlite3_stmt *statement = dpop_database_prepare (
      database, "SELECT role, unit, since FROM member_role WHERE member = ? ORDER BY role, unit",
      error);
  int code;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, self->n);
  while ((code = dpop_database_step (database, statement, error)) == SQLITE_ROW)
    {
      DpopMemberRowRole role = { .role = (guint16) sqlite3_column_int (statement, 0),
                                 .since = (guint64) sqlite3_column_int64 (statement, 2) };

      dpop_projection_column_id (statement, 1, &role.unit);
      g_array_append_val (self->roles, role);
    }
  sqlite3_reset (statement);
  return code == SQLITE_DONE;
}

static gpointer
read_row (DpopDatabase *database, sqlite3_stmt *statement, GError **error)
{
  DpopMemberRow *self = dpop_member_row_new ();

  self->n = sqlite3_column_int64 (statement, 0);
  dpop_projection_column_id (statement, 1, &self->id);
  self->state = (guint8) sqlite3_column_int (statement, 2);
  self->has_device = sqlite3_column_int (statement, 3) != 0;
  self->by_other = sqlite3_column_int (statement, 4) != 0;
  self->details = (DpopProjectionText) sqlite3_column_int (statement, 5);
  self->confirmed = sqlite3_column_int (statement, 6) != 0;
  self->name = dpop_projection_column_text (statement, 7);
  self->number = dpop_projection_column_text (statement, 8);
  self->email = dpop_projection_column_text (statement, 9);
  self->sort = dpop_projection_column_text (statement, 10);
  self->search = dpop_projection_column_text (statement, 11);
  if (read_units (database, self, error) && read_roles (database, self, error))
    return self;
  dpop_member_row_free (self);
  return NULL;
}

DpopMemberRow *
dpop_member_row_find (DpopDatabase *database, const CosmicId *id, GError **error)
{
  sqlite3_stmt *statement = dpop_database_prepare (database, COLUMNS "WHERE id = ?", error);

  if (statement == NULL)
    return NULL;
  dpop_projection_bind_id (statement, 1, id);
  return dpop_projection_read_one (database, statement, read_row, error);
}

DpopMemberRow *
dpop_member_row_get (DpopDatabase *database, gint64 number, GError **error)
{
  sqlite3_stmt *statement = dpop_database_prepare (database, COLUMNS "WHERE n = ?", error);

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, number);
  return dpop_projection_read_one (database, statement, read_row, error);
}

/* --- Lists. ----------------------------------------------------------------------------------- */

static void
choose_states (const DpopMemberRowQuery *query, DpopProjectionQuery *into)
{
  if (query->states != 0)
    dpop_projection_query_number (into, "((1 << state) & ?) <> 0", query->states);
}

static void
choose_unit (const DpopMemberRowQuery *query, DpopProjectionQuery *into)
{
  if (query->unit == NULL)
    return;
  if (cosmic_id_is_zero (query->unit))
    dpop_projection_query_plain (into, "n NOT IN (SELECT member FROM member_unit)");
  else
    dpop_projection_query_id (into, "n IN (SELECT member FROM member_unit WHERE unit = ?)",
                              query->unit);
}

static void
choose_role (const DpopMemberRowQuery *query, DpopProjectionQuery *into)
{
  if (query->role < 0)
    return;
  dpop_projection_query_number (into, "n IN (SELECT member FROM member_role WHERE role = ?)",
                                query->role);
  if (query->role_unit == NULL)
    return;
  /* The same role, held for that unit. */
  g_string_truncate (into->where, into->where->len - 1);
  g_string_append (into->where, " AND unit = ?)");
  g_ptr_array_add (into->blobs, g_bytes_new (query->role_unit->bytes, COSMIC_ID_SIZE));
  g_array_set_size (into->numbers, into->numbers->len + 1);
}

static void
choose (const DpopMemberRowQuery *query, DpopProjectionQuery *into)
{
  dpop_projection_query_init (into);
  choose_states (query, into);
  choose_unit (query, into);
  choose_role (query, into);
  if (query->device != DPOP_MEMBER_ROW_EITHER)
    dpop_projection_query_number (into, "device = ?", query->device == DPOP_MEMBER_ROW_YES);
  dpop_projection_query_search (into, query->search);
}

/* Equal keys go by the order of entry: the same list each time. */
static const char *
order_by (const DpopMemberRowQuery *query)
{
  switch (query->sort)
    {
    case DPOP_MEMBER_ROW_BY_NUMBER:
      return query->descending ? " ORDER BY number_sort DESC, n DESC" : " ORDER BY number_sort, n";
    case DPOP_MEMBER_ROW_BY_ENTRY:
      return query->descending ? " ORDER BY n DESC" : " ORDER BY n";
    case DPOP_MEMBER_ROW_BY_NAME:
    default:
      return query->descending ? " ORDER BY sort DESC, n DESC" : " ORDER BY sort, n";
    }
}

static GArray *
order (DpopDatabase *database, const DpopMemberRowQuery *query, guint offset, guint limit,
       GError **error)
{
  DpopProjectionQuery filters;
  GArray *numbers;

  choose (query, &filters);
  numbers = dpop_projection_query_order (&filters, database, "SELECT n FROM member_row",
                                         order_by (query), offset, limit, error);
  dpop_projection_query_clear (&filters);
  return numbers;
}

GArray *
dpop_member_row_order (DpopDatabase *database, const DpopMemberRowQuery *query, GError **error)
{
  return order (database, query, 0, DPOP_PROJECTION_ALL, error);
}

gboolean
dpop_member_row_count (DpopDatabase *database, const DpopMemberRowQuery *query, guint *count,
                       GError **error)
{
  DpopProjectionQuery filters;
  gboolean good;

  choose (query, &filters);
  /* Searching needs the texts: the smallest index, which is taken otherwise, has none. */
  good = dpop_projection_query_count (
      &filters, database,
      query->search != NULL ? "SELECT count(*) FROM member_row INDEXED BY member_row_sort"
                            : "SELECT count(*) FROM member_row",
      count, error);
  dpop_projection_query_clear (&filters);
  return good;
}

static gpointer
get (DpopDatabase *database, gint64 number, GError **error)
{
  return dpop_member_row_get (database, number, error);
}

static void
free_row (gpointer row)
{
  dpop_member_row_free (row);
}

GPtrArray *
dpop_member_row_window (DpopDatabase *database, const DpopMemberRowQuery *query, guint offset,
                        guint limit, GError **error)
{
  return dpop_projection_rows (database, order (database, query, offset, limit, error), get,
                               free_row, error);
}

gboolean
dpop_member_row_states (DpopDatabase *database, guint counts[16], GError **error)
{
  sqlite3_stmt *statement = dpop_database_prepare (
      database, "SELECT state, count(*) FROM member_row GROUP BY state", error);
  int code;

  if (statement == NULL)
    return FALSE;
  memset (counts, 0, 16 * sizeof *counts);
  while ((code = dpop_database_step (database, statement, error)) == SQLITE_ROW)
    counts[sqlite3_column_int (statement, 0) & 15] = (guint) sqlite3_column_int (statement, 1);
  sqlite3_reset (statement);
  return code == SQLITE_DONE;
}

GArray *
dpop_member_row_ids (DpopDatabase *database, GError **error)
{
  return dpop_projection_ids (database, "SELECT id FROM member_row ORDER BY id", error);
}

GPtrArray *
dpop_member_row_holders (DpopDatabase *database, GError **error)
{
  DpopProjectionQuery none;
  GArray *numbers;

  dpop_projection_query_init (&none);
  numbers = dpop_projection_query_order (&none, database, "SELECT DISTINCT member FROM member_role",
                                         " ORDER BY member", 0, DPOP_PROJECTION_ALL, error);
  dpop_projection_query_clear (&none);
  return dpop_projection_rows (database, numbers, get, free_row, error);
}

/* Both ascend: the index of ids is read once, and no row is. */
GArray *
dpop_member_row_numbers (DpopDatabase *database, const GArray *members, GError **error)
{
  sqlite3_stmt *statement
      = dpop_database_prepare (database, "SELECT id, n FROM member_row ORDER BY id", error);
  GArray *numbers;
  guint i = 0;
  int code = SQLITE_DONE;

  if (statement == NULL)
    return NULL;
  numbers = g_array_new (FALSE, TRUE, sizeof (gint64));
  g_array_set_size (numbers, members->len);
  while (i < members->len
         && (code = dpop_database_step (database, statement, error)) == SQLITE_ROW)
    {
      CosmicId id;

      dpop_projection_column_id (statement, 0, &id);
      while (i < members->len
             && cosmic_id_compare (&g_array_index (members, CosmicId, i), &id) < 0)
        i++;
      if (i < members->len && cosmic_id_same (&g_array_index (members, CosmicId, i), &id))
        g_array_index (numbers, gint64, i++) = sqlite3_column_int64 (statement, 1);
    }
  sqlite3_reset (statement);
  if (code != SQLITE_ROW && code != SQLITE_DONE)
    g_clear_pointer (&numbers, g_array_unref);
  return numbers;
}
