/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-workload.h"

#include <string.h>

#define FOLDER   "/profile"
#define MAX_BODY 3000

CosmicSecret *
fixture_passphrase (void)
{
  return cosmic_secret_copy ("passphrase", 10);
}

/* Never zero, so that sums of them differ where rows do. */
static guint64
row_digest (guint64 id, const guint8 *body, gsize size)
{
  guint64 hash = id * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) + size;

  for (gsize i = 0; i < size; i += 8)
    {
      guint64 word = 0;

      memcpy (&word, body + i, MIN (size - i, 8));
      hash = (hash ^ word) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
      hash ^= hash >> 29;
    }
  return hash | 1;
}

static guint64
sum (GHashTable *rows)
{
  GHashTableIter iter;
  gpointer value;
  guint64 total = 0;

  g_hash_table_iter_init (&iter, rows);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    total += *(guint64 *) value;
  return total;
}

static int
run (sqlite3 *db, const char *sql)
{
  return sqlite3_exec (db, sql, NULL, NULL, NULL);
}

static guint
below (FixtureWorkload *self, guint bound)
{
  return (guint) fixture_random_below (&self->random, bound);
}

static GHashTable *
copy_rows (GHashTable *rows)
{
  GHashTable *copy = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, rows);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (copy, g_memdup2 (key, 8), g_memdup2 (value, 8));
  return copy;
}

static guint64
digest_of (sqlite3 *db, int *rc)
{
  sqlite3_stmt *statement = NULL;
  guint64 total = 0;

  if (sqlite3_prepare_v2 (db, "SELECT id, body FROM t", -1, &statement, NULL) == SQLITE_OK)
    while (sqlite3_step (statement) == SQLITE_ROW)
      total += row_digest ((guint64) sqlite3_column_int64 (statement, 0),
                           sqlite3_column_blob (statement, 1),
                           (gsize) sqlite3_column_bytes (statement, 1));
  *rc = sqlite3_finalize (statement);
  return total;
}

static gint
state_of (sqlite3 *db, int *rc)
{
  sqlite3_stmt *statement = NULL;
  gint n = -1;

  if (sqlite3_prepare_v2 (db, "SELECT n FROM state", -1, &statement, NULL) == SQLITE_OK
      && sqlite3_step (statement) == SQLITE_ROW)
    n = sqlite3_column_int (statement, 0);
  *rc = sqlite3_finalize (statement);
  return n;
}

/* ---- The connection ---- */

/* A COMMIT that failed may turn out to have been one when the log is read again. */
static int
find_what_became_of_it (FixtureWorkload *self)
{
  int rc;
  gint n = state_of (self->db, &rc);
  guint64 digest = rc == SQLITE_OK ? digest_of (self->db, &rc) : 0;

  for (guint i = 0; rc == SQLITE_OK && n == (gint) self->committed + 1; i++)
    {
      GHashTable *rows;

      g_assert_cmpuint (i, <, self->maybe->len);
      rows = g_ptr_array_index (self->maybe, i);
      if (sum (rows) != digest)
        continue;
      g_hash_table_unref (self->rows);
      self->rows = g_hash_table_ref (rows);
      g_array_append_val (self->digests, digest);
      g_ptr_array_set_size (self->maybe, 0);
      self->committed++;
    }
  return rc;
}

static int
connect_writer (FixtureWorkload *self)
{
  g_autoptr (GError) error = NULL;

  if (!dpop_vault_connect (self->vault, DPOP_VAULT_READ_WRITE, &self->db, &error))
    return g_error_matches (error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_CORRUPT) ? SQLITE_CORRUPT
                                                                               : SQLITE_IOERR;
  /* Small, so that transactions spill and rewrite what they spilled. */
  return run (self->db, "PRAGMA cache_size=6; PRAGMA wal_autocheckpoint=12");
}

void
fixture_workload_init (FixtureWorkload *self, guint64 seed, guint sector_size, gboolean powersafe)
{
  g_autoptr (CosmicSecret) passphrase = fixture_passphrase ();
  g_autoptr (GError) error = NULL;
  guint64 zero = 0;

  memset (self, 0, sizeof *self);
  fixture_random_init (&self->random, seed);
  self->disk = fixture_disk_new ();
  fixture_disk_watch (self->disk, FIXTURE_CANARY);
  self->effects = (DpopVaultEffects){
    .disk = fixture_disk_table (self->disk, sector_size, powersafe),
    .random = fixture_random_table (&self->random),
    .clock = fixture_clock (&self->now),
  };
  self->rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->digests = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->maybe = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
  self->next_id = 1;
  self->vault = dpop_vault_create (FOLDER, passphrase, COSMIC_PASSWORD_COST_TEST, &self->effects,
                                   &error);
  g_assert_no_error (error);
  g_assert_cmpint (connect_writer (self), ==, SQLITE_OK);
  g_assert_cmpint (run (self->db, "BEGIN;"
                                  "CREATE TABLE state (id INTEGER PRIMARY KEY, n INTEGER);"
                                  "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, body BLOB);"
                                  "CREATE INDEX t_name ON t (name);"
                                  "INSERT INTO state VALUES (1, 0); COMMIT"), ==, SQLITE_OK);
  g_array_append_val (self->digests, zero);
}

void
fixture_workload_close (FixtureWorkload *self)
{
  g_assert_cmpint (sqlite3_close (self->reader), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (self->db), ==, SQLITE_OK);
  self->reader = self->db = NULL;
  g_clear_pointer (&self->vault, dpop_vault_free);
}

void
fixture_workload_clear (FixtureWorkload *self)
{
  fixture_workload_close (self);
  fixture_disk_free (self->disk);
  g_hash_table_unref (self->rows);
  g_array_unref (self->digests);
  g_ptr_array_unref (self->maybe);
}

/* ---- Rows ---- */

static int
put_row (FixtureWorkload *self, guint64 id)
{
  guint8 body[MAX_BODY];
  gsize size = sizeof FIXTURE_CANARY + below (self, below (self, 4) == 0 ? MAX_BODY - 40 : 300);
  sqlite3_stmt *statement = NULL;
  guint64 digest;
  int rc;

  dpop_random_fill (fixture_random_table (&self->random), body, size);
  memcpy (body, FIXTURE_CANARY, sizeof FIXTURE_CANARY);
  digest = row_digest (id, body, size);
  rc = sqlite3_prepare_v2 (self->db, "INSERT OR REPLACE INTO t VALUES (?1, ?2, ?3)", -1,
                           &statement, NULL);
  if (rc != SQLITE_OK)
    return rc;
  sqlite3_bind_int64 (statement, 1, (sqlite3_int64) id);
  if ((rc = sqlite3_bind_text (statement, 2, FIXTURE_CANARY, -1, SQLITE_STATIC)) == SQLITE_OK
      && (rc = sqlite3_bind_blob (statement, 3, body, (int) size, SQLITE_STATIC)) == SQLITE_OK)
    sqlite3_step (statement);
  sqlite3_finalize (statement);
  rc = rc == SQLITE_OK ? sqlite3_extended_errcode (self->db) : rc;
  if (rc != SQLITE_OK && rc != SQLITE_DONE)
    return rc;
  g_hash_table_insert (self->rows, g_memdup2 (&id, sizeof id), g_memdup2 (&digest, sizeof digest));
  return SQLITE_OK;
}

static int
take_row (FixtureWorkload *self, guint64 id)
{
  g_autofree char *sql = g_strdup_printf ("DELETE FROM t WHERE id=%" G_GUINT64_FORMAT, id);
  int rc = run (self->db, sql);

  if (rc == SQLITE_OK)
    g_hash_table_remove (self->rows, &id);
  return rc;
}

static int
change_rows (FixtureWorkload *self, guint n)
{
  int rc = SQLITE_OK;

  for (guint i = 0; i < n && rc == SQLITE_OK; i++)
    {
      guint64 old = 1 + fixture_random_below (&self->random, self->next_id);

      switch (below (self, 5))
        {
        case 0:
          rc = take_row (self, old);
          break;
        case 1:
          rc = put_row (self, MIN (old, self->next_id - 1) + (self->next_id == 1 ? 1 : 0));
          break;
        default:
          rc = put_row (self, self->next_id++);
          break;
        }
    }
  return rc;
}

static void
restore_rows (FixtureWorkload *self, GHashTable **rows)
{
  g_hash_table_unref (self->rows);
  self->rows = g_steal_pointer (rows);
}

static int
change_and_think_again (FixtureWorkload *self)
{
  g_autoptr (GHashTable) before = copy_rows (self->rows);
  int rc = run (self->db, "SAVEPOINT s");

  if (rc == SQLITE_OK)
    rc = change_rows (self, 1 + below (self, 12));
  if (rc == SQLITE_OK)
    rc = run (self->db, "ROLLBACK TO s; RELEASE s");
  if (rc == SQLITE_OK)
    restore_rows (self, &before);
  return rc;
}

/* ---- Steps ---- */

static int
write_transaction (FixtureWorkload *self)
{
  guint64 digest;
  g_autofree char *count = g_strdup_printf ("UPDATE state SET n=%u", self->committed + 1);
  int rc = run (self->db, "BEGIN IMMEDIATE");

  if (rc == SQLITE_OK)
    rc = change_rows (self, 1 + below (self, below (self, 4) == 0 ? 30 : 5));
  if (rc == SQLITE_OK && below (self, 4) == 0)
    rc = change_and_think_again (self);
  if (rc == SQLITE_OK)
    rc = change_rows (self, below (self, 3));
  if (rc == SQLITE_OK)
    rc = run (self->db, count);
  if (rc != SQLITE_OK)
    return rc;
  if (below (self, 8) == 0)
    return SQLITE_ABORT; /* on purpose: the caller rolls back */
  digest = sum (self->rows);
  if ((rc = run (self->db, "COMMIT")) != SQLITE_OK)
    {
      g_ptr_array_add (self->maybe, copy_rows (self->rows));
      return rc;
    }
  g_array_append_val (self->digests, digest);
  g_ptr_array_set_size (self->maybe, 0);
  self->committed++;
  return SQLITE_OK;
}

/* A COMMIT that failed may have reached the disk all the same: its state is one that may be found.
 */
static int
transaction_step (FixtureWorkload *self)
{
  g_autoptr (GHashTable) before = copy_rows (self->rows);
  int rc = write_transaction (self);

  if (rc == SQLITE_OK)
    return SQLITE_OK;
  if (!sqlite3_get_autocommit (self->db))
    run (self->db, "ROLLBACK");
  restore_rows (self, &before);
  return rc == SQLITE_ABORT ? SQLITE_OK : rc;
}

static int
make_ready (FixtureWorkload *self)
{
  int rc;

  if (self->db == NULL && (rc = connect_writer (self)) != SQLITE_OK)
    return rc;
  if (self->unsure && (rc = find_what_became_of_it (self)) != SQLITE_OK)
    return rc;
  self->unsure = FALSE;
  sqlite3_busy_timeout (self->db, 0);
  /* Without memory not even that can be said. */
  return sqlite3_get_autocommit (self->db) ? SQLITE_OK : run (self->db, "ROLLBACK");
}

void
fixture_workload_commit (FixtureWorkload *self)
{
  guint before;

  g_assert_cmpint (make_ready (self), ==, SQLITE_OK);
  before = self->committed;
  while (self->committed == before)
    g_assert_cmpint (transaction_step (self), ==, SQLITE_OK);
}

static int
reader_step (FixtureWorkload *self)
{
  if (self->reader != NULL)
    {
      sqlite3_close (self->reader);
      self->reader = NULL;
      return SQLITE_OK;
    }
  if (!dpop_vault_connect (self->vault, DPOP_VAULT_READ_ONLY, &self->reader, NULL))
    return SQLITE_IOERR;
  return run (self->reader, "BEGIN; SELECT count(*), max(body) FROM t");
}

static int
reopen_step (FixtureWorkload *self)
{
  sqlite3_close (self->db);
  self->db = NULL;
  self->unsure = TRUE;
  return connect_writer (self);
}

static int
busy_is_fine (int rc)
{
  return (rc & 0xff) == SQLITE_BUSY || (rc & 0xff) == SQLITE_LOCKED ? SQLITE_OK : rc;
}

int
fixture_workload_step (FixtureWorkload *self)
{
  int rc = make_ready (self);

  if (rc != SQLITE_OK)
    return rc;
  switch (below (self, 24))
    {
    case 0:
      return busy_is_fine (run (self->db, "PRAGMA wal_checkpoint(PASSIVE)"));
    case 1:
      return busy_is_fine (run (self->db, "PRAGMA wal_checkpoint(TRUNCATE)"));
    case 2:
      return busy_is_fine (run (self->db, "PRAGMA wal_checkpoint(RESTART)"));
    case 3:
      return busy_is_fine (run (self->db, "VACUUM"));
    case 4:
      return run (self->db, "SELECT id FROM (SELECT id, body FROM t ORDER BY body DESC, name)"
                            " GROUP BY id % 7 ORDER BY max (body)");
    case 5:
    case 6:
    case 7:
      return reader_step (self);
    case 8:
      return reopen_step (self);
    default:
      return transaction_step (self);
    }
}

/* ---- The check ---- */

/* The check names a page that cannot be read and goes on. */
static int
is_sound (sqlite3 *db)
{
  sqlite3_stmt *statement = NULL;
  gboolean unreadable = FALSE;
  int rc = sqlite3_prepare_v2 (db, "PRAGMA integrity_check", -1, &statement, NULL);

  if (rc == SQLITE_OK && sqlite3_step (statement) == SQLITE_ROW)
    {
      const char *answer = (const char *) sqlite3_column_text (statement, 0);

      unreadable = answer == NULL || strstr (answer, "unable to get the page. error code=8202");
      if (!unreadable)
        g_assert_cmpstr (answer, ==, "ok");
    }
  rc = sqlite3_finalize (statement);
  return rc == SQLITE_OK && unreadable ? SQLITE_IOERR_DATA : rc;
}

static gboolean
is_known (const FixtureWorkload *self, guint n, guint64 digest)
{
  if (n <= self->committed)
    return g_array_index (self->digests, guint64, n) == digest;
  for (guint i = 0; i < self->maybe->len; i++)
    if (n == self->committed + 1 && sum (g_ptr_array_index (self->maybe, i)) == digest)
      return TRUE;
  return FALSE;
}

gint
fixture_workload_check (const FixtureWorkload *self, FixtureDisk *disk, guint least, GError **error)
{
  g_autoptr (CosmicSecret) passphrase = fixture_passphrase ();
  FixtureRandom random = { 1 };
  gint64 now = 0;
  DpopVaultEffects effects = { .disk = fixture_disk_table (disk, 512, TRUE),
                               .random = fixture_random_table (&random),
                               .clock = fixture_clock (&now) };
  g_autoptr (DpopVault) vault = NULL;
  sqlite3 *db = NULL;
  int codes[3] = { SQLITE_OK, SQLITE_OK, SQLITE_OK };
  guint64 digest;
  gint n;

  fixture_disk_watch (disk, FIXTURE_CANARY);
  vault = dpop_vault_open (FOLDER, passphrase, &effects, error);
  if (vault == NULL || !dpop_vault_connect (vault, DPOP_VAULT_READ_WRITE, &db, error))
    return -1;
  n = state_of (db, &codes[0]);
  digest = digest_of (db, &codes[1]);
  codes[2] = is_sound (db);
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (codes[i] != SQLITE_OK)
      {
        dpop_vault_set_code_error (error, codes[i], NULL, "The state cannot be read");
        sqlite3_close (db);
        return -1;
      }
  sqlite3_close (db);
  g_assert_cmpint (n, >=, (gint) least);
  g_assert_true (is_known (self, (guint) n, digest));
  g_assert_cmpuint (fixture_disk_sightings (disk), ==, 0);
  return n;
}
