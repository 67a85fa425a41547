/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-whereabouts.h"

#include "dpop-projection-private.h"

static gboolean
note (DpopDatabase *database, const char *sql, const GArray *operations, const CosmicId *author,
      gint64 time, GError **error)
{
  gint64 own
      = dpop_projection_number (database, "SELECT n FROM author WHERE id = ?", author, error);

  for (guint i = 0; own > 0 && i < operations->len; i++)
    {
      const CosmicId *id = &g_array_index (operations, CosmicId, i);
      sqlite3_stmt *statement = dpop_database_prepare (database, sql, error);

      if (statement == NULL)
        return FALSE;
      sqlite3_bind_int64 (statement, 1, time);
      sqlite3_bind_int64 (statement, 2, dpop_projection_prefix (id));
      dpop_projection_bind_id (statement, 3, id);
      sqlite3_bind_int64 (statement, 4, own);
      if (!dpop_database_finish (database, statement, error))
        return FALSE;
    }
  return own >= 0;
}

gboolean
dpop_whereabouts_note_exported (DpopDatabase *database, const GArray *operations,
                                const CosmicId *author, gint64 time, GError **error)
{
  return note (database,
               "INSERT INTO whereabouts (id, exported)"
               "  SELECT id, ?1 FROM operation WHERE prefix = ?2 AND id = ?3 AND author = ?4"
               "  ON CONFLICT (id) DO UPDATE SET exported = excluded.exported WHERE exported = 0",
               operations, author, time, error);
}

gboolean
dpop_whereabouts_note_delivered (DpopDatabase *database, const GArray *operations,
                                 const CosmicId *author, gint64 time, GError **error)
{
  return note (database,
               "INSERT INTO whereabouts (id, delivered)"
               "  SELECT id, ?1 FROM operation WHERE prefix = ?2 AND id = ?3 AND author = ?4"
               "  ON CONFLICT (id) DO UPDATE SET delivered = excluded.delivered"
               "  WHERE delivered = 0",
               operations, author, time, error);
}

gboolean
dpop_whereabouts_get (DpopDatabase *database, const CosmicId *operation,
                      DpopWhereabouts *whereabouts, GError **error)
{
  sqlite3_stmt *statement = dpop_database_prepare (
      database, "SELECT exported, delivered FROM whereabouts WHERE id = ?", error);
  int code;

  *whereabouts = (DpopWhereabouts){ 0 };
  if (statement == NULL)
    return FALSE;
  dpop_projection_bind_id (statement, 1, operation);
  code = dpop_database_step (database, statement, error);
  if (code == SQLITE_ROW)
    {
      whereabouts->exported = sqlite3_column_int64 (statement, 0);
      whereabouts->delivered = sqlite3_column_int64 (statement, 1);
    }
  sqlite3_reset (statement);
  return code == SQLITE_ROW || code == SQLITE_DONE;
}

gboolean
dpop_whereabouts_count_here (DpopDatabase *database, const CosmicId *author, guint *undelivered,
                             guint *unexported, GError **error)
{
  sqlite3_stmt *statement = dpop_database_prepare (
      database,
      "SELECT count(*), total (coalesce (w.exported, 0) = 0)"
      "  FROM operation AS o INDEXED BY operation_open LEFT JOIN whereabouts AS w ON w.id = o.id"
      "  WHERE o.height = 0 AND o.held = 0 AND o.author = (SELECT n FROM author WHERE id = ?)"
      "  AND coalesce (w.delivered, 0) = 0",
      error);
  int code;

  *undelivered = *unexported = 0;
  if (statement == NULL)
    return FALSE;
  dpop_projection_bind_id (statement, 1, author);
  code = dpop_database_step (database, statement, error);
  if (code == SQLITE_ROW)
    {
      *undelivered = (guint) sqlite3_column_int64 (statement, 0);
      *unexported = (guint) sqlite3_column_int64 (statement, 1);
    }
  sqlite3_reset (statement);
  return code == SQLITE_ROW;
}

gboolean
dpop_whereabouts_put_vote (DpopDatabase *database, const CosmicId *decision, const CosmicId *vote,
                           GError **error)
{
  sqlite3_stmt *statement
      = dpop_database_prepare (database, "INSERT OR REPLACE INTO own_vote VALUES (?, ?)", error);

  if (statement == NULL)
    return FALSE;
  dpop_projection_bind_id (statement, 1, decision);
  dpop_projection_bind_id (statement, 2, vote);
  return dpop_database_finish (database, statement, error);
}

gboolean
dpop_whereabouts_get_vote (DpopDatabase *database, const CosmicId *decision, CosmicId *vote,
                           GError **error)
{
  sqlite3_stmt *statement
      = dpop_database_prepare (database, "SELECT vote FROM own_vote WHERE decision = ?", error);
  gboolean found;

  if (statement == NULL)
    return FALSE;
  dpop_projection_bind_id (statement, 1, decision);
  found = dpop_database_step (database, statement, error) == SQLITE_ROW;
  if (found)
    dpop_projection_column_id (statement, 0, vote);
  sqlite3_reset (statement);
  return found;
}
