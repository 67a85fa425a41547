/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-vault-private.h"

#include <string.h>

static const char *const pragmas[] = {
  /* First, for nothing temporary may ever reach a file. */
  "PRAGMA temp_store=2",
  "PRAGMA mmap_size=0",
  "PRAGMA secure_delete=ON",
  "PRAGMA synchronous=FULL",
  "PRAGMA foreign_keys=ON",
  "PRAGMA trusted_schema=OFF",
  "PRAGMA cell_size_check=ON",
};

static const char *const writer_pragmas[] = {
  "PRAGMA cache_size=-16000",
  "PRAGMA wal_autocheckpoint=1000",
  "PRAGMA journal_size_limit=16777216",
};

static const char *const reader_pragmas[] = {
  "PRAGMA cache_size=-8000",
  "PRAGMA wal_autocheckpoint=0",
  "PRAGMA query_only=ON",
};

#define BUSY_TIMEOUT_MS 5000

/* An attached file could name another VFS. VACUUM attaches one without a name, which is in memory.
 */
static int
authorize (gpointer data, int action, const char *first, const char *second, const char *database,
           const char *trigger)
{
  if (action == SQLITE_ATTACH && first != NULL && first[0] != '\0'
      && strcmp (first, ":memory:") != 0)
    return SQLITE_DENY;
  return SQLITE_OK;
}

static int
run_all (sqlite3 *db, const char *const *statements, guint n)
{
  int rc = SQLITE_OK;

  for (guint i = 0; i < n && rc == SQLITE_OK; i++)
    rc = sqlite3_exec (db, statements[i], NULL, NULL, NULL);
  return rc;
}

/* Reads page 1, through recovery of the log if it is due: what is wrong shows here. */
static int
set_up (sqlite3 *db, gboolean writes)
{
  int rc = sqlite3_busy_timeout (db, BUSY_TIMEOUT_MS);

  if (rc == SQLITE_OK && !writes)
    rc = sqlite3_db_config (db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  if (rc == SQLITE_OK)
    rc = sqlite3_set_authorizer (db, authorize, NULL);
  if (rc == SQLITE_OK)
    rc = run_all (db, pragmas, G_N_ELEMENTS (pragmas));
  if (rc == SQLITE_OK)
    rc = writes ? run_all (db, writer_pragmas, G_N_ELEMENTS (writer_pragmas))
                : run_all (db, reader_pragmas, G_N_ELEMENTS (reader_pragmas));
  if (rc == SQLITE_OK)
    rc = sqlite3_exec (db, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL);
  return rc;
}

gboolean
dpop_vault_connect_locked (DpopVault *self, DpopVaultMode mode, sqlite3 **out, GError **error)
{
  gboolean writes = mode == DPOP_VAULT_READ_WRITE;
  int flags = (writes ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) | SQLITE_OPEN_NOMUTEX
              | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE;
  sqlite3 *db = NULL;
  int rc;

  if (self->root == NULL)
    {
      dpop_vault_set_code_error (error, SQLITE_IOERR_AUTH, NULL, "The database cannot be opened");
      return FALSE;
    }
  rc = sqlite3_open_v2 (dpop_vault_vfs_path (self->vfs), &db, flags,
                        dpop_vault_vfs_name (self->vfs));
  if (rc == SQLITE_OK)
    rc = dpop_vault_vfs_adopt (db);
  if (rc == SQLITE_OK)
    rc = set_up (db, writes);
  if (rc == SQLITE_OK)
    {
      *out = db;
      return TRUE;
    }
  dpop_vault_set_code_error (error, rc, db != NULL ? sqlite3_errmsg (db) : NULL,
                             "The database cannot be opened");
  sqlite3_close (db);
  return FALSE;
}

gboolean
dpop_vault_connect (DpopVault *self, DpopVaultMode mode, sqlite3 **db, GError **error)
{
  gboolean good;

  *db = NULL;
  pthread_mutex_lock (&self->mutex);
  good = dpop_vault_connect_locked (self, mode, db, error);
  pthread_mutex_unlock (&self->mutex);
  return good;
}

gboolean
dpop_vault_checkpoint (DpopVault *self, sqlite3 *db, GError **error)
{
  int frames = 0, copied = 0;
  int rc = sqlite3_wal_checkpoint_v2 (db, "main", SQLITE_CHECKPOINT_PASSIVE, &frames, &copied);

  if (rc == SQLITE_OK && frames == copied)
    {
      sqlite3_busy_timeout (db, 0);
      rc = sqlite3_wal_checkpoint_v2 (db, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
      sqlite3_busy_timeout (db, BUSY_TIMEOUT_MS);
      if ((rc & 0xff) == SQLITE_BUSY)
        rc = SQLITE_OK; /* a reader is in the way: the log is used again from its start later */
    }
  if (rc != SQLITE_OK)
    dpop_vault_set_sqlite_error (error, db, "The log cannot be copied into the database");
  return rc == SQLITE_OK;
}
