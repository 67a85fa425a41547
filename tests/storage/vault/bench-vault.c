/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-vault.h"
#include "fixture-random.h"

#include <glib/gstdio.h>
#include <string.h>

/* The same work on plain SQLite and on the vault, in turns in one run, on the disk of the folder in
 * DPOP_BENCH_FOLDER (else the current one): transactions that insert rows of about 500 bytes, each
 * synced; lookups by index; scans. The plain connection has the vault's settings, and both are
 * written anew for each round. The median of the rounds' ratios is what counts. */

#define ROUNDS       9
#define TRANSACTIONS 250
#define ROWS         20   /* in a transaction */
#define LOOKUPS      4000 /* through the index of names, of rows anywhere */
#define SCANS        6
#define TARGET       1.10

typedef enum
{
  PART_INSERT,
  PART_LOOKUP,
  PART_SCAN,
  PART_WHOLE,
  N_PARTS,
} Part;

static const char *const part_names[] = { "insert", "lookup", "scan", "whole" };

static void
run (sqlite3 *db, const char *sql)
{
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
}

static sqlite3_stmt *
prepare (sqlite3 *db, const char *sql)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
  return statement;
}

static void
insert (sqlite3 *db, FixtureRandom *random)
{
  sqlite3_stmt *statement = prepare (db, "INSERT INTO t (name, body) VALUES (?1, ?2)");
  guint8 body[600];

  for (guint i = 0; i < TRANSACTIONS; i++)
    {
      run (db, "BEGIN IMMEDIATE");
      for (guint j = 0; j < ROWS; j++)
        {
          gsize size = 400 + (gsize) fixture_random_below (random, 200);

          dpop_random_fill (fixture_random_table (random), body, size);
          sqlite3_bind_int64 (statement, 1, (sqlite3_int64) (i * ROWS + j) * 2654435761 % 1000003);
          sqlite3_bind_blob (statement, 2, body, (int) size, SQLITE_STATIC);
          if (sqlite3_step (statement) != SQLITE_DONE)
            g_error ("%s", sqlite3_errmsg (db));
          sqlite3_reset (statement);
        }
      run (db, "COMMIT");
    }
  sqlite3_finalize (statement);
}

static void
look_up (sqlite3 *db, FixtureRandom *random)
{
  sqlite3_stmt *statement = prepare (db, "SELECT body FROM t WHERE name=?1");
  guint found = 0;

  for (guint i = 0; i < LOOKUPS; i++)
    {
      guint64 row = fixture_random_below (random, TRANSACTIONS * ROWS);

      sqlite3_bind_int64 (statement, 1, (sqlite3_int64) row * 2654435761 % 1000003);
      while (sqlite3_step (statement) == SQLITE_ROW)
        found += sqlite3_column_bytes (statement, 0) >= 400;
      sqlite3_reset (statement);
    }
  sqlite3_finalize (statement);
  g_assert_cmpuint (found, >=, LOOKUPS);
}

static void
scan (sqlite3 *db)
{
  sqlite3_stmt *statement = prepare (db, "SELECT count(*), sum (length (body)), max (name) FROM t"
                                         " WHERE substr (body, 1, 1) > x'80'");

  for (guint i = 0; i < SCANS; i++)
    {
      g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
      sqlite3_reset (statement);
    }
  sqlite3_finalize (statement);
}

/* Milliseconds of each part, to TIMES. REOPEN gives a connection with an empty cache, so that what
 * is looked up and scanned is read from the file. */
static void
work (sqlite3 *(*reopen) (gpointer), gpointer data, guint64 seed, double times[N_PARTS])
{
  FixtureRandom random;
  sqlite3 *db = reopen (data);
  gint64 start, end;

  fixture_random_init (&random, seed);
  run (db, "DROP TABLE IF EXISTS t");
  run (db, "CREATE TABLE t (id INTEGER PRIMARY KEY, name INTEGER, body BLOB)");
  run (db, "CREATE INDEX t_name ON t (name)");
  run (db, "PRAGMA wal_checkpoint(TRUNCATE)");
  start = g_get_monotonic_time ();
  insert (db, &random);
  sqlite3_close (db);
  end = g_get_monotonic_time ();
  times[PART_INSERT] = (double) (end - start) / 1000;
  db = reopen (data);
  start = g_get_monotonic_time ();
  look_up (db, &random);
  end = g_get_monotonic_time ();
  times[PART_LOOKUP] = (double) (end - start) / 1000;
  start = end;
  scan (db);
  end = g_get_monotonic_time ();
  times[PART_SCAN] = (double) (end - start) / 1000;
  sqlite3_close (db);
  times[PART_WHOLE] = times[PART_INSERT] + times[PART_LOOKUP] + times[PART_SCAN];
}

static sqlite3 *
open_vault (gpointer vault)
{
  g_autoptr (GError) error = NULL;
  sqlite3 *db = NULL;

  if (!dpop_vault_connect (vault, DPOP_VAULT_READ_WRITE, &db, &error))
    g_error ("%s", error->message);
  return db;
}

static sqlite3 *
open_plain (gpointer path)
{
  sqlite3 *db = NULL;

  if (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                       NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  run (db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=2;"
           "PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON; PRAGMA cache_size=-16000;"
           "PRAGMA wal_autocheckpoint=1000; PRAGMA journal_size_limit=16777216;"
           "PRAGMA cell_size_check=ON; PRAGMA trusted_schema=OFF");
  return db;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static double
median (double *numbers)
{
  qsort (numbers, ROUNDS, sizeof *numbers, compare);
  return numbers[ROUNDS / 2];
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

int
main (int argc, char *argv[])
{
  const char *where = g_getenv ("DPOP_BENCH_FOLDER");
  g_autofree char *folder = g_build_filename (where != NULL ? where : ".", "bench-vault-XXXXXX",
                                              NULL);
  g_autofree char *plain_path = NULL;
  g_autoptr (CosmicSecret) passphrase = NULL;
  g_autoptr (DpopVault) vault = NULL;
  g_autoptr (GError) error = NULL;
  double ratios[N_PARTS][ROUNDS], plain[N_PARTS][ROUNDS], sealed[N_PARTS][ROUNDS];
  double ratio;

  if (!cosmic_crypto_init () || g_mkdtemp (folder) == NULL)
    g_error ("No folder %s", folder);
  plain_path = g_build_filename (folder, "plain", NULL);
  passphrase = cosmic_secret_copy ("passphrase", 10);
  vault = dpop_vault_create (folder, passphrase, COSMIC_PASSWORD_COST_TEST, NULL, &error);
  if (vault == NULL)
    g_error ("%s", error->message);
  for (guint i = 0; i <= ROUNDS; i++)
    {
      double times[2][N_PARTS];

      /* Who goes first changes; round 0 warms up. */
      for (guint turn = 0; turn < 2; turn++)
        if ((turn + i) % 2 == 0)
          work (open_plain, plain_path, i, times[0]);
        else
          work (open_vault, vault, i, times[1]);
      for (guint part = 0; part < N_PARTS && i > 0; part++)
        {
          plain[part][i - 1] = times[0][part];
          sealed[part][i - 1] = times[1][part];
          ratios[part][i - 1] = times[1][part] / times[0][part];
        }
    }
  for (guint part = 0; part < N_PARTS; part++)
    g_print ("vault %s: plain SQLite %.1f ms, vault %.1f ms, median ratio %.3f\n",
             part_names[part], median (plain[part]), median (sealed[part]),
             median (ratios[part]));
  ratio = median (ratios[PART_WHOLE]);
  g_print ("vault against plain SQLite: %.3f (target < %.2f) %s\n", ratio, TARGET,
           ratio < TARGET ? "met" : "MISSED");
  g_clear_pointer (&vault, dpop_vault_free);
  remove_folder (folder);
  return 0;
}
