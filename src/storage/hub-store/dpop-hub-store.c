/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-hub-store-private.h"

#include <fcntl.h>
#include <unistd.h>

#define BUSY_MS 5000 /* whoever writes beside us is through in a moment */

/* The number of an account is random, over all 64 bits, as SQLite's integers are. */
static const char *const schema[] = {
  "CREATE TABLE item_node (n INTEGER PRIMARY KEY, bytes BLOB NOT NULL);"
  "CREATE TABLE account (shelf INTEGER PRIMARY KEY AUTOINCREMENT, number INTEGER NOT NULL UNIQUE,"
  " envelopes INTEGER NOT NULL DEFAULT 0, bytes INTEGER NOT NULL DEFAULT 0,"
  " envelopes_most INTEGER NOT NULL, bytes_most INTEGER NOT NULL);"
  "CREATE TABLE token (key BLOB PRIMARY KEY, find BLOB NOT NULL, account INTEGER NOT NULL,"
  " since INTEGER NOT NULL) WITHOUT ROWID;"
  "CREATE TABLE envelope (n INTEGER PRIMARY KEY, account INTEGER NOT NULL, id BLOB NOT NULL,"
  " position INTEGER NOT NULL, bytes BLOB NOT NULL, UNIQUE (account, id));"
  "CREATE TABLE gone (account INTEGER NOT NULL, id BLOB NOT NULL, PRIMARY KEY (account, id))"
  " WITHOUT ROWID;",
};

static void
shelf_free (gpointer data)
{
  DpopHubShelf *shelf = data;

  cosmic_item_set_free (shelf->items);
  dpop_item_store_free (shelf->nodes);
  g_free (shelf);
}

/* --- Opening. --------------------------------------------------------------------------------- */

/* SQLite makes its files as the mask says; what organisations leave here is nobody else's. */
static gboolean
make_file (const char *path, GError **error)
{
  int file = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (file < 0)
    {
      g_set_error (error, DPOP_DATABASE_ERROR, DPOP_DATABASE_ERROR_FAILED,
                   "%s could not be opened: %s.", path, g_strerror (errno));
      return FALSE;
    }
  close (file);
  return TRUE;
}

DpopHubStore *
dpop_hub_store_open (const char *path, GError **error)
{
  g_autoptr (DpopDatabase) database = NULL;
  sqlite3 *connection = NULL;
  DpopHubStore *self;

  if (!make_file (path, error))
    return NULL;
  if (sqlite3_open_v2 (path, &connection, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL)
      != SQLITE_OK)
    {
      g_set_error (error, DPOP_DATABASE_ERROR, DPOP_DATABASE_ERROR_FAILED,
                   "%s could not be opened: %s.", path, sqlite3_errmsg (connection));
      sqlite3_close (connection);
      return NULL;
    }
  database = dpop_database_new (connection);
  sqlite3_busy_timeout (connection, BUSY_MS);
  if (!dpop_database_execute (database,
                              "PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = FULL;"
                              "PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;",
                              error)
      || !dpop_database_migrate (database, schema, G_N_ELEMENTS (schema), error))
    return NULL;
  self = g_new0 (DpopHubStore, 1);
  self->database = g_steal_pointer (&database);
  self->shelves = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, shelf_free);
  return self;
}

void
dpop_hub_store_close (DpopHubStore *self)
{
  if (self == NULL)
    return;
  dpop_hub_store_fail (self);
  g_hash_table_unref (self->shelves);
  dpop_database_free (self->database);
  g_free (self);
}

/* --- Transactions. ---------------------------------------------------------------------------- */

gboolean
dpop_hub_store_begin (DpopHubStore *self, GError **error)
{
  self->begun = self->begun || dpop_database_begin (self->database, error);
  return self->begun;
}

gboolean
dpop_hub_store_fail (DpopHubStore *self)
{
  GHashTableIter iter;
  gpointer shelf;

  if (self->begun)
    dpop_database_rollback (self->database);
  self->begun = FALSE;
  g_hash_table_iter_init (&iter, self->shelves);
  while (g_hash_table_iter_next (&iter, NULL, &shelf))
    dpop_item_store_forget (((DpopHubShelf *) shelf)->nodes);
  return FALSE;
}

static void
rollback (gpointer store)
{
  dpop_hub_store_fail (store);
}

static gboolean
commit (gpointer store, GError **error)
{
  DpopHubStore *self = store;
  GHashTableIter iter;
  gpointer shelf;

  if (!self->begun)
    return TRUE;
  g_hash_table_iter_init (&iter, self->shelves);
  while (g_hash_table_iter_next (&iter, NULL, &shelf))
    if (!dpop_item_store_save (((DpopHubShelf *) shelf)->nodes, error))
      return dpop_hub_store_fail (self);
  if (!dpop_database_commit (self->database, error))
    return dpop_hub_store_fail (self);
  self->begun = FALSE;
  return TRUE;
}

/* --- Sets. ------------------------------------------------------------------------------------ */

DpopHubShelf *
dpop_hub_store_shelf (DpopHubStore *self, guint64 account, GError **error)
{
  const gint64 number = (gint64) account;
  DpopHubShelf *shelf = g_hash_table_lookup (self->shelves, &number);
  sqlite3_stmt *statement;
  gint64 set = -1;

  if (shelf != NULL)
    return shelf;
  statement = dpop_database_prepare (self->database, "SELECT shelf FROM account WHERE number = ?",
                                     error);
  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, number);
  switch (dpop_database_step (self->database, statement, error))
    {
    case SQLITE_ROW:
      set = sqlite3_column_int64 (statement, 0);
      break;
    case SQLITE_DONE:
      g_set_error_literal (error, DPOP_DATABASE_ERROR, DPOP_DATABASE_ERROR_FAILED,
                           "There is no such account on this hub.");
      break;
    default:
      break;
    }
  sqlite3_reset (statement);
  if (set < 0 || set >= DPOP_ITEM_STORE_SETS)
    return NULL;
  shelf = g_new0 (DpopHubShelf, 1);
  shelf->account = number;
  shelf->set = (guint) set;
  shelf->nodes = dpop_item_store_new (self->database, shelf->set);
  shelf->items = cosmic_item_set_new (dpop_item_store_nodes (shelf->nodes));
  g_hash_table_insert (self->shelves, &shelf->account, shelf);
  return shelf;
}

static CosmicItemSet *
items (gpointer store, guint64 account, GError **error)
{
  DpopHubShelf *shelf = dpop_hub_store_shelf (store, account, error);

  return shelf != NULL ? shelf->items : NULL;
}

/* What waits to be written is in the transaction, and stays. */
static void
forget (gpointer store, guint64 account)
{
  DpopHubStore *self = store;
  const gint64 number = (gint64) account;

  if (!self->begun)
    g_hash_table_remove (self->shelves, &number);
}

static const CosmicHubStoreTable table = {
  .commit = commit,
  .rollback = rollback,
  .version = dpop_hub_store_version,
  .each_grant = dpop_hub_store_each_grant,
  .grant = dpop_hub_store_grant,
  .withdraw = dpop_hub_store_withdraw,
  .each_account = dpop_hub_store_each_account,
  .limit = dpop_hub_store_limit,
  .drop = dpop_hub_store_drop,
  .room = dpop_hub_store_room,
  .items = items,
  .forget = forget,
  .put = dpop_hub_store_put,
  .find = dpop_hub_store_find,
  .erase = dpop_hub_store_erase,
  .is_gone = dpop_hub_store_is_gone,
};

CosmicHubStore
dpop_hub_store_table (DpopHubStore *self)
{
  return (CosmicHubStore){ &table, self };
}
