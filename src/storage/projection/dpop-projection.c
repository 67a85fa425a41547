/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-projection-private.h"

/* The indices hold what lists are filtered and searched by, so that a list is found without opening
 * a single row. What was typed is never put into a full-text index: those keep words of what was
 * deleted. */
const char *const dpop_projection_schema[] = {
  "CREATE TABLE projection (id INTEGER PRIMARY KEY CHECK (id = 1), stamp TEXT NOT NULL);"
  "CREATE TABLE member_row (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE,"
  "  state INTEGER NOT NULL, device INTEGER NOT NULL, other INTEGER NOT NULL,"
  "  details INTEGER NOT NULL, confirmed INTEGER NOT NULL, name TEXT, number TEXT, email TEXT,"
  "  sort TEXT NOT NULL, number_sort TEXT NOT NULL, search TEXT NOT NULL);"
  "CREATE INDEX member_row_sort ON member_row (sort, state, device, other, details, search);"
  "CREATE INDEX member_row_number ON member_row (number_sort, state, device, other, details,"
  "  search);"
  "CREATE INDEX member_row_state ON member_row (state, device, other, details);"
  "CREATE TABLE member_unit (unit BLOB NOT NULL, member INTEGER NOT NULL,"
  "  PRIMARY KEY (unit, member)) WITHOUT ROWID;"
  "CREATE INDEX member_unit_member ON member_unit (member, unit);"
  "CREATE TABLE member_role (role INTEGER NOT NULL, unit BLOB NOT NULL, member INTEGER NOT NULL,"
  "  since INTEGER NOT NULL, PRIMARY KEY (role, unit, member)) WITHOUT ROWID;"
  "CREATE INDEX member_role_member ON member_role (member);"
  "CREATE TABLE unit_row (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, kind INTEGER NOT NULL,"
  "  readable INTEGER NOT NULL, confirmed INTEGER NOT NULL, name TEXT, search TEXT NOT NULL);"
  "CREATE TABLE decision_row (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE,"
  "  scope BLOB NOT NULL, speaker BLOB NOT NULL, phase INTEGER NOT NULL, rule INTEGER NOT NULL,"
  "  ballot INTEGER NOT NULL, proposed INTEGER NOT NULL, opened INTEGER NOT NULL,"
  "  closes INTEGER NOT NULL, closed INTEGER NOT NULL, entitled INTEGER NOT NULL,"
  "  votes INTEGER NOT NULL, outcome INTEGER NOT NULL, confirmed INTEGER NOT NULL,"
  "  readable INTEGER NOT NULL, title TEXT, sort TEXT NOT NULL, search TEXT NOT NULL);"
  "CREATE INDEX decision_row_time ON decision_row (proposed, phase, outcome, scope);"
  "CREATE TABLE comment_row (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE,"
  "  decision BLOB NOT NULL, stream BLOB NOT NULL, member BLOB NOT NULL, reply BLOB,"
  "  place INTEGER NOT NULL, height INTEGER NOT NULL, time INTEGER NOT NULL,"
  "  readable INTEGER NOT NULL, text TEXT);"
  "CREATE INDEX comment_row_decision ON comment_row (decision);"
  "CREATE TABLE verdict_row (n INTEGER PRIMARY KEY, reason INTEGER NOT NULL);"
  "CREATE TABLE whereabouts (id BLOB PRIMARY KEY, exported INTEGER NOT NULL DEFAULT 0,"
  "  delivered INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;"
  "CREATE TABLE own_vote (decision BLOB PRIMARY KEY, vote BLOB NOT NULL) WITHOUT ROWID;",
};
const guint dpop_projection_n_schema = G_N_ELEMENTS (dpop_projection_schema);

char *
dpop_projection_fold (const char *text)
{
  g_autofree char *lower = g_utf8_casefold (text, -1);
  g_autofree char *apart = g_utf8_normalize (lower, -1, G_NORMALIZE_ALL);
  GString *folded = g_string_new (NULL);

  for (const char *at = apart; at != NULL && *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char (at);

      if (g_unichar_isspace (letter))
        letter = ' ';
      if (!g_unichar_ismark (letter))
        g_string_append_unichar (folded, letter);
    }
  return g_string_free (folded, FALSE);
}

char *
dpop_projection_stamp (DpopDatabase *database, GError **error)
{
  sqlite3_stmt *statement = dpop_database_prepare (database, "SELECT stamp FROM projection", error);
  char *stamp = NULL;

  if (statement == NULL)
    return NULL;
  if (dpop_database_step (database, statement, error) == SQLITE_ROW)
    stamp = dpop_projection_column_text (statement, 0);
  sqlite3_reset (statement);
  return stamp;
}

gboolean
dpop_projection_set_stamp (DpopDatabase *database, const char *stamp, GError **error)
{
  sqlite3_stmt *statement
      = dpop_database_prepare (database, "INSERT OR REPLACE INTO projection VALUES (1, ?)", error);

  if (statement == NULL)
    return FALSE;
  dpop_projection_bind_text (statement, 1, stamp);
  return dpop_database_finish (database, statement, error);
}

gboolean
dpop_projection_clear (DpopDatabase *database, GError **error)
{
  return dpop_database_execute (database,
                                "DELETE FROM projection; DELETE FROM member_row;"
                                "DELETE FROM member_unit; DELETE FROM member_role;"
                                "DELETE FROM unit_row; DELETE FROM decision_row;"
                                "DELETE FROM comment_row; DELETE FROM verdict_row;",
                                error);
}

gint64
dpop_projection_prefix (const CosmicId *id)
{
  guint64 word;

  memcpy (&word, id->bytes, sizeof word);
  return (gint64) GUINT64_FROM_BE (word);
}
