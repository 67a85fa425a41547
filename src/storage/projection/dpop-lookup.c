/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-lookup.h"

#include "dpop-projection-private.h"

/* --- By name. --------------------------------------------------------------------------------- */

static const char *
named_sql (DpopLookup which)
{
  switch (which)
    {
    case DPOP_LOOKUP_MEMBERS:
      return "SELECT id, name, number, email FROM member_row WHERE instr (search, ?) > 0";
    case DPOP_LOOKUP_UNITS:
      return "SELECT id, name FROM unit_row WHERE search = ?";
    case DPOP_LOOKUP_DECISIONS:
      return "SELECT id, title FROM decision_row WHERE sort = ?";
    case DPOP_LOOKUP_ENTRIES:
    default:
      return NULL;
    }
}

static gboolean
is_called (sqlite3_stmt *statement, const char *folded)
{
  for (int i = 1; i < sqlite3_column_count (statement); i++)
    {
      const char *text = (const char *) sqlite3_column_text (statement, i);
      g_autofree char *name = dpop_projection_fold (text != NULL ? text : "");

      if (strcmp (name, folded) == 0)
        return TRUE;
    }
  return FALSE;
}

GArray *
dpop_lookup_named (DpopDatabase *database, DpopLookup which, const char *word, GError **error)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  g_autofree char *folded = dpop_projection_fold (word);
  const char *sql = named_sql (which);
  sqlite3_stmt *statement;
  int code = SQLITE_DONE;

  if (sql == NULL || folded[0] == '\0')
    return g_steal_pointer (&found);
  if ((statement = dpop_database_prepare (database, sql, error)) == NULL)
    return NULL;
  dpop_projection_bind_text (statement, 1, folded);
  while (found->len < DPOP_LOOKUP_FOUND_MAX
         && (code = dpop_database_step (database, statement, error)) == SQLITE_ROW)
    {
      CosmicId id;

      dpop_projection_column_id (statement, 0, &id);
      if (is_called (statement, folded))
        g_array_append_val (found, id);
    }
  sqlite3_reset (statement);
  return code == SQLITE_DONE || code == SQLITE_ROW ? g_steal_pointer (&found) : NULL;
}

/* --- By id. ----------------------------------------------------------------------------------- */

/* The first and the last id that begin so. */
static gboolean
read_digits (const char *digits, CosmicId *first, CosmicId *last)
{
  gsize length = strlen (digits);
  g_autofree char *low = g_strnfill (2 * COSMIC_ID_SIZE, '0');
  g_autofree char *high = g_strnfill (2 * COSMIC_ID_SIZE, 'f');

  if (length < DPOP_LOOKUP_DIGITS_MIN || length > 2 * COSMIC_ID_SIZE)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    low[i] = high[i] = g_ascii_tolower (digits[i]);
  return cosmic_id_from_text (low, first) && cosmic_id_from_text (high, last);
}

static const char *
begun_sql (DpopLookup which)
{
  switch (which)
    {
    case DPOP_LOOKUP_MEMBERS:
      return "SELECT id FROM member_row WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?";
    case DPOP_LOOKUP_UNITS:
      return "SELECT id FROM unit_row WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?";
    case DPOP_LOOKUP_DECISIONS:
      return "SELECT id FROM decision_row WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?";
    case DPOP_LOOKUP_ENTRIES:
    default:
      /* The index holds the first eight bytes as a number; they have one sign here, since the first
       * digits are the same. */
      return "SELECT id FROM operation WHERE prefix BETWEEN ?4 AND ?5 AND id BETWEEN ?1 AND ?2"
             "  ORDER BY id LIMIT ?3";
    }
}

GArray *
dpop_lookup_begun (DpopDatabase *database, DpopLookup which, const char *digits, GError **error)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  CosmicId first, last;
  sqlite3_stmt *statement;
  int code;

  if (!read_digits (digits, &first, &last))
    return g_steal_pointer (&found);
  if ((statement = dpop_database_prepare (database, begun_sql (which), error)) == NULL)
    return NULL;
  dpop_projection_bind_id (statement, 1, &first);
  dpop_projection_bind_id (statement, 2, &last);
  sqlite3_bind_int (statement, 3, DPOP_LOOKUP_FOUND_MAX);
  if (which == DPOP_LOOKUP_ENTRIES)
    {
      sqlite3_bind_int64 (statement, 4, dpop_projection_prefix (&first));
      sqlite3_bind_int64 (statement, 5, dpop_projection_prefix (&last));
    }
  while ((code = dpop_database_step (database, statement, error)) == SQLITE_ROW)
    {
      CosmicId id;

      dpop_projection_column_id (statement, 0, &id);
      g_array_append_val (found, id);
    }
  sqlite3_reset (statement);
  return code == SQLITE_DONE ? g_steal_pointer (&found) : NULL;
}
