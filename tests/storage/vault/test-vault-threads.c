/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-vault.h"
#include "fixture-random.h"

#include <glib/gstdio.h>

/* One writer moves amounts between accounts, checkpoints, and spills; readers beside it see the
 * same sum at all times, and numbers that never go back; a locker ends it. On the real disk. */

#define READERS  3
#define ACCOUNTS 200
#define AMOUNT   1000
#define SECONDS  2

typedef struct
{
  DpopVault *vault;
  gint stop;
  gint transfers, reads, reopened; /* atomic */
} Bank;

static void
run (sqlite3 *db, const char *sql)
{
  int rc = sqlite3_exec (db, sql, NULL, NULL, NULL);

  if (rc != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
}

static sqlite3 *
connect_to (Bank *bank, DpopVaultMode mode)
{
  g_autoptr (GError) error = NULL;
  sqlite3 *db = NULL;

  dpop_vault_connect (bank->vault, mode, &db, &error);
  g_assert_no_error (error);
  return db;
}

static void
transfer (sqlite3 *db, FixtureRandom *random, guint n)
{
  run (db, "BEGIN IMMEDIATE");
  for (guint i = 0; i < 1 + n % 20; i++)
    {
      guint from = (guint) fixture_random_below (random, ACCOUNTS);
      guint to = (guint) fixture_random_below (random, ACCOUNTS);
      g_autofree char *sql = g_strdup_printf (
          "UPDATE account SET amount = amount - 7, note = randomblob (900) WHERE id = %u;"
          "UPDATE account SET amount = amount + 7 WHERE id = %u", from, to);

      run (db, sql);
    }
  run (db, "UPDATE state SET n = n + 1; COMMIT");
}

static gpointer
write_on (gpointer data)
{
  Bank *bank = data;
  sqlite3 *db = connect_to (bank, DPOP_VAULT_READ_WRITE);
  FixtureRandom random = { 1 };
  g_autoptr (GError) error = NULL;
  guint n = 0;

  run (db, "PRAGMA cache_size=20; PRAGMA wal_autocheckpoint=50");
  for (; !g_atomic_int_get (&bank->stop); n++)
    {
      transfer (db, &random, n);
      if (n % 37 == 0)
        g_assert_true (dpop_vault_checkpoint (bank->vault, db, &error));
      g_atomic_int_inc (&bank->transfers);
    }
  sqlite3_close (db);
  return NULL;
}

static gint64
look (sqlite3 *db)
{
  sqlite3_stmt *statement = NULL;
  gint64 n;

  g_assert_cmpint (sqlite3_prepare_v2 (db, "SELECT n, (SELECT sum (amount) FROM account),"
                                           " (SELECT count (*) FROM account WHERE note IS NOT NULL)"
                                           " FROM state", -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  n = sqlite3_column_int64 (statement, 0);
  g_assert_cmpint (sqlite3_column_int64 (statement, 1), ==, ACCOUNTS * AMOUNT);
  sqlite3_finalize (statement);
  return n;
}

static gpointer
read_on (gpointer data)
{
  Bank *bank = data;
  gint64 last = 0;

  while (!g_atomic_int_get (&bank->stop))
    {
      sqlite3 *db = connect_to (bank, DPOP_VAULT_READ_ONLY);

      for (guint i = 0; i < 50 && !g_atomic_int_get (&bank->stop); i++)
        {
          gint64 n = look (db);

          g_assert_cmpint (n, >=, last);
          last = n;
          g_atomic_int_inc (&bank->reads);
        }
      sqlite3_close (db);
      g_atomic_int_inc (&bank->reopened);
    }
  return NULL;
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_rmdir (folder);
}

static void
test_readers_beside_the_writer_see_whole_states (void)
{
  g_autofree char *folder = g_dir_make_tmp ("dpop-vault-XXXXXX", NULL);
  g_autoptr (CosmicSecret) passphrase = cosmic_secret_copy ("p", 1);
  g_autoptr (GError) error = NULL;
  Bank bank = { 0 };
  GThread *threads[READERS + 1];
  sqlite3 *db;

  bank.vault = dpop_vault_create (folder, passphrase, COSMIC_PASSWORD_COST_TEST, NULL, &error);
  g_assert_no_error (error);
  db = connect_to (&bank, DPOP_VAULT_READ_WRITE);
  run (db, "BEGIN; CREATE TABLE account (id INTEGER PRIMARY KEY, amount INTEGER, note BLOB);"
           "CREATE TABLE state (n INTEGER); INSERT INTO state VALUES (0)");
  for (guint i = 0; i < ACCOUNTS; i++)
    run (db,
         "INSERT INTO account (id, amount) SELECT coalesce (max (id) + 1, 0), 1000 FROM account");
  run (db, "COMMIT");
  sqlite3_close (db);
  threads[0] = g_thread_new ("writer", write_on, &bank);
  for (guint i = 0; i < READERS; i++)
    threads[i + 1] = g_thread_new ("reader", read_on, &bank);
  g_usleep (SECONDS * G_USEC_PER_SEC);
  g_atomic_int_set (&bank.stop, TRUE);
  for (guint i = 0; i <= READERS; i++)
    g_thread_join (threads[i]);
  g_test_message ("%d transactions, %d reads on %d connections beside them; broken states: 0",
                  bank.transfers, bank.reads, bank.reopened);
  g_assert_cmpint (bank.transfers, >, 0);
  g_assert_cmpint (bank.reads, >, 0);
  db = connect_to (&bank, DPOP_VAULT_READ_ONLY);
  g_assert_cmpint (look (db), ==, bank.transfers);
  sqlite3_close (db);
  dpop_vault_free (bank.vault);
  remove_folder (folder);
}

/* ---- The lock comes at any moment ---- */

static gpointer
read_until_locked (gpointer data)
{
  Bank *bank = data;
  sqlite3 *db = NULL;

  while (dpop_vault_connect (bank->vault, DPOP_VAULT_READ_ONLY, &db, NULL))
    {
      int rc = SQLITE_OK;

      for (guint i = 0; i < 5 && rc == SQLITE_OK; i++)
        rc = sqlite3_exec (db, "SELECT count (*), sum (n) FROM t", NULL, NULL, NULL);
      g_assert_true (rc == SQLITE_OK || rc == SQLITE_IOERR_AUTH || rc == SQLITE_INTERRUPT);
      sqlite3_close (db);
    }
  return NULL;
}

static void
test_the_lock_may_come_at_any_moment (void)
{
  g_autofree char *folder = g_dir_make_tmp ("dpop-vault-XXXXXX", NULL);
  g_autoptr (CosmicSecret) passphrase = cosmic_secret_copy ("p", 1);
  g_autoptr (GError) error = NULL;
  Bank bank = { 0 };
  sqlite3 *db;
  guint rounds = 20;

  bank.vault = dpop_vault_create (folder, passphrase, COSMIC_PASSWORD_COST_TEST, NULL, &error);
  g_assert_no_error (error);
  db = connect_to (&bank, DPOP_VAULT_READ_WRITE);
  run (db, "CREATE TABLE t (n); INSERT INTO t VALUES (1), (2), (3)");
  sqlite3_close (db);
  for (guint i = 0; i < rounds; i++)
    {
      GThread *threads[READERS];

      for (guint j = 0; j < READERS; j++)
        threads[j] = g_thread_new ("reader", read_until_locked, &bank);
      g_usleep (1000 * (i % 10));
      dpop_vault_lock (bank.vault);
      for (guint j = 0; j < READERS; j++)
        g_thread_join (threads[j]);
      g_assert_true (dpop_vault_unlock (bank.vault, passphrase, &error));
      g_assert_no_error (error);
    }
  g_test_message ("Locked beside %d readers and unlocked: %u times", READERS, rounds);
  dpop_vault_free (bank.vault);
  remove_folder (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (cosmic_crypto_init ());
  g_test_add_func ("/vault/threads/Readers beside the writer see whole states",
                   test_readers_beside_the_writer_see_whole_states);
  g_test_add_func ("/vault/threads/The lock may come at any moment",
                   test_the_lock_may_come_at_any_moment);
  return g_test_run ();
}
