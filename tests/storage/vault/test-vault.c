/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-vault-vfs.h"
#include "dpop-vault.h"
#include "fixture-random.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#define CHEAP COSMIC_PASSWORD_COST_TEST

static CosmicSecret *
secret (const char *text)
{
  return cosmic_secret_copy (text, strlen (text));
}

static char *
new_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("dpop-vault-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

static void
remove_folder (char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_rmdir (folder);
  g_free (folder);
}

static DpopVault *
create (const char *folder, const char *passphrase)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CosmicSecret) words = secret (passphrase);
  DpopVault *vault = dpop_vault_create (folder, words, CHEAP, NULL, &error);

  g_assert_no_error (error);
  return vault;
}

static DpopVault *
try_open (const char *folder, const char *passphrase, GError **error)
{
  g_autoptr (CosmicSecret) words = secret (passphrase);

  return dpop_vault_open (folder, words, NULL, error);
}

static sqlite3 *
connect_to (DpopVault *vault, DpopVaultMode mode)
{
  g_autoptr (GError) error = NULL;
  sqlite3 *db = NULL;

  dpop_vault_connect (vault, mode, &db, &error);
  g_assert_no_error (error);
  return db;
}

static void
run (sqlite3 *db, const char *sql)
{
  int rc = sqlite3_exec (db, sql, NULL, NULL, NULL);

  if (rc != SQLITE_OK)
    g_error ("%s: %s (%d)", sql, sqlite3_errmsg (db), rc);
}

static gint64
ask (sqlite3 *db, const char *sql)
{
  sqlite3_stmt *statement = NULL;
  gint64 answer = -1;

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  if (sqlite3_step (statement) == SQLITE_ROW)
    answer = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return answer;
}

static char *
ask_text (sqlite3 *db, const char *sql)
{
  sqlite3_stmt *statement = NULL;
  char *answer = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  if (sqlite3_step (statement) == SQLITE_ROW)
    answer = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  return answer;
}

static void
fill (sqlite3 *db, guint rows)
{
  run (db, "CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY, name TEXT, body BLOB)");
  run (db, "BEGIN");
  for (guint i = 0; i < rows; i++)
    run (db, "INSERT INTO t (name, body) VALUES (hex (randomblob (8)), randomblob (400))");
  run (db, "COMMIT");
}

static void
test_keeps_what_it_is_given (void)
{
  char *folder = new_folder ();
  g_autoptr (DpopVault) vault = create (folder, "correct horse");
  g_autoptr (GError) error = NULL;
  g_autofree char *integrity = NULL;
  sqlite3 *db = connect_to (vault, DPOP_VAULT_READ_WRITE);

  fill (db, 500);
  g_assert_cmpint (ask (db, "PRAGMA synchronous"), ==, 2);
  g_assert_cmpint (ask (db, "PRAGMA temp_store"), ==, 2);
  g_assert_cmpint (ask (db, "PRAGMA foreign_keys"), ==, 1);
  g_assert_cmpint (ask (db, "PRAGMA secure_delete"), ==, 1);
  g_assert_cmpint (ask (db, "PRAGMA mmap_size"), ==, -1); /* none there */
  sqlite3_close (db);
  g_clear_pointer (&vault, dpop_vault_free);

  vault = try_open (folder, "correct horse", &error);
  g_assert_no_error (error);
  db = connect_to (vault, DPOP_VAULT_READ_WRITE);
  g_assert_cmpint (ask (db, "SELECT count(*) FROM t"), ==, 500);
  integrity = ask_text (db, "PRAGMA integrity_check");
  g_assert_cmpstr (integrity, ==, "ok");
  g_assert_true (dpop_vault_checkpoint (vault, db, &error));
  g_assert_no_error (error);
  sqlite3_close (db);
  g_clear_pointer (&vault, dpop_vault_free);
  remove_folder (folder);
}

/* As SQLite from 3.45 on does for what has overflowed a page; an older one is not made to. */
static void
test_reads_a_part_of_a_page (void)
{
  char *folder = new_folder ();
  g_autoptr (DpopVault) vault = create (folder, "p");
  g_autoptr (GError) error = NULL;
  sqlite3 *db = connect_to (vault, DPOP_VAULT_READ_WRITE);
  guint8 page[DPOP_VAULT_PAGE_SIZE], part[DPOP_VAULT_PAGE_SIZE + 1];
  sqlite3_int64 size = 0;
  sqlite3_file *file;

  run (db, "CREATE TABLE t (body BLOB)");
  run (db, "INSERT INTO t VALUES (randomblob (100000))");
  g_assert_true (dpop_vault_checkpoint (vault, db, &error));
  g_assert_no_error (error);
  g_assert_cmpint (ask (db, "SELECT length (body) + length (hex (body)) FROM t"), ==, 300000);
  g_assert_cmpint (sqlite3_file_control (db, "main", SQLITE_FCNTL_FILE_POINTER, &file), ==,
                   SQLITE_OK);
  g_assert_cmpint (file->pMethods->xFileSize (file, &size), ==, SQLITE_OK);
  g_assert_cmpint (size, >, 100000);
  for (sqlite3_int64 at = DPOP_VAULT_PAGE_SIZE; at < size; at += DPOP_VAULT_PAGE_SIZE)
    {
      const int from = g_test_rand_int_range (0, 2000), amount = g_test_rand_int_range (1, 2056);

      g_assert_cmpint (file->pMethods->xRead (file, page, sizeof page, at), ==, SQLITE_OK);
      g_assert_cmpint (file->pMethods->xRead (file, part, amount, at + from), ==, SQLITE_OK);
      g_assert_cmpmem (part, amount, page + from, amount);
    }
  g_assert_cmpint (file->pMethods->xRead (file, part, 4056, size), ==, SQLITE_IOERR_SHORT_READ);
  g_assert_cmpint (file->pMethods->xRead (file, part, sizeof part, DPOP_VAULT_PAGE_SIZE), ==,
                   SQLITE_IOERR_READ);
  sqlite3_close (db);
  g_clear_pointer (&vault, dpop_vault_free);
  remove_folder (folder);
}

static void
test_opens_with_its_passphrase_only (void)
{
  char *folder = new_folder ();
  g_autoptr (DpopVault) vault = create (folder, "correct horse");
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&vault, dpop_vault_free);
  g_assert_null (try_open (folder, "Correct horse", &error));
  g_assert_error (error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_WRONG_PASSPHRASE);
  g_clear_error (&error);
  g_assert_null (try_open ("/nonexistent/profile", "correct horse", &error));
  g_assert_error (error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_NOT_A_PROFILE);
  g_clear_error (&error);
  {
    g_autoptr (CosmicSecret) words = secret ("another");

    g_assert_null (dpop_vault_create (folder, words, CHEAP, NULL, &error));
    g_assert_error (error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_EXISTS);
  }
  remove_folder (folder);
}

static void
test_the_second_is_told_who_has_it (void)
{
  char *folder = new_folder ();
  g_autoptr (DpopVault) vault = create (folder, "p");
  g_autoptr (GError) error = NULL;
  g_autofree char *process
      = g_strdup_printf ("process %d on %s", (int) getpid (), g_get_host_name ());

  g_assert_null (try_open (folder, "p", &error));
  g_assert_error (error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_BUSY);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, process));
  g_assert_nonnull (strstr (error->message, g_get_prgname ()));
  g_clear_error (&error);
  g_clear_pointer (&vault, dpop_vault_free);
  vault = try_open (folder, "p", &error);
  g_assert_no_error (error);
  g_clear_pointer (&vault, dpop_vault_free);
  remove_folder (folder);
}

/* A child takes the profile and is killed: nothing is left that would keep the next one out. */
static void
test_the_claim_goes_with_the_process (void)
{
  char *folder = new_folder ();
  g_autoptr (DpopVault) vault = create (folder, "p");
  g_autoptr (GError) error = NULL;
  int pipes[2], status;
  char byte;
  pid_t child;

  g_clear_pointer (&vault, dpop_vault_free);
  g_assert_cmpint (pipe (pipes), ==, 0);
  if ((child = fork ()) == 0)
    {
      vault = try_open (folder, "p", NULL);
      byte = vault != NULL;
      if (write (pipes[1], &byte, 1) == 1)
        pause ();
      _exit (1);
    }
  g_assert_cmpint (read (pipes[0], &byte, 1), ==, 1);
  g_assert_cmpint (byte, ==, 1);
  g_assert_null (try_open (folder, "p", &error));
  g_assert_error (error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_BUSY);
  g_clear_error (&error);
  kill (child, SIGKILL);
  waitpid (child, &status, 0);
  vault = try_open (folder, "p", &error);
  g_assert_no_error (error);
  g_clear_pointer (&vault, dpop_vault_free);
  close (pipes[0]);
  close (pipes[1]);
  remove_folder (folder);
}

static void
test_changes_its_passphrase (void)
{
  char *folder = new_folder ();
  g_autoptr (DpopVault) vault = create (folder, "old");
  g_autoptr (CosmicSecret) old = secret ("old");
  g_autoptr (CosmicSecret) new = secret ("new");
  g_autoptr (GError) error = NULL;
  guint8 before[32], after[32];

  g_assert_true (dpop_vault_derive (vault, "blobkeys", 1, before, 32, &error));
  g_assert_false (dpop_vault_change_passphrase (vault, new, old, CHEAP, &error));
  g_assert_error (error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_WRONG_PASSPHRASE);
  g_clear_error (&error);
  g_assert_true (dpop_vault_change_passphrase (vault, old, new, CHEAP, &error));
  g_assert_no_error (error);
  g_clear_pointer (&vault, dpop_vault_free);
  g_assert_null (try_open (folder, "old", &error));
  g_assert_error (error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_WRONG_PASSPHRASE);
  g_clear_error (&error);
  vault = try_open (folder, "new", &error);
  g_assert_no_error (error);
  g_assert_true (dpop_vault_derive (vault, "blobkeys", 1, after, 32, &error));
  g_assert_cmpmem (before, 32, after, 32);
  g_clear_pointer (&vault, dpop_vault_free);
  remove_folder (folder);
}

typedef struct
{
  guint calls;
  guint8 old_key[32], new_key[32];
} Carried;

static gboolean
carry (const DpopVaultRekey *rekey, gpointer data, GError **error)
{
  Carried *carried = data;

  carried->calls++;
  dpop_vault_rekey_derive (rekey, FALSE, "blobkeys", 1, carried->old_key, 32);
  dpop_vault_rekey_derive (rekey, TRUE, "blobkeys", 1, carried->new_key, 32);
  g_assert_cmpuint (dpop_vault_rekey_generation (rekey, FALSE), ==, 1);
  g_assert_cmpuint (dpop_vault_rekey_generation (rekey, TRUE), ==, 2);
  return TRUE;
}

static void
test_encrypts_all_again_under_a_new_key (void)
{
  char *folder = new_folder ();
  g_autoptr (DpopVault) vault = create (folder, "p");
  g_autoptr (CosmicSecret) words = secret ("p");
  g_autoptr (GError) error = NULL;
  g_autofree char *old_path = g_build_filename (folder, "database-1", NULL);
  g_autofree char *new_path = g_build_filename (folder, "database-2", NULL);
  g_autofree char *integrity = NULL;
  Carried carried = { 0 };
  guint8 before[32], after[32];
  sqlite3 *db = connect_to (vault, DPOP_VAULT_READ_WRITE);

  fill (db, 300);
  g_assert_true (dpop_vault_derive (vault, "blobkeys", 1, before, 32, &error));
  g_assert_false (dpop_vault_reencrypt (vault, words, CHEAP, carry, &carried, &error));
  g_assert_error (error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_BUSY);
  g_clear_error (&error);
  sqlite3_close (db);
  g_assert_true (dpop_vault_reencrypt (vault, words, CHEAP, carry, &carried, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (carried.calls, ==, 1);
  g_assert_cmpmem (before, 32, carried.old_key, 32);
  g_assert_true (dpop_vault_derive (vault, "blobkeys", 1, after, 32, &error));
  g_assert_cmpmem (after, 32, carried.new_key, 32);
  g_assert_cmpint (memcmp (before, after, 32), !=, 0);
  g_assert_false (g_file_test (old_path, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (new_path, G_FILE_TEST_EXISTS));
  g_clear_pointer (&vault, dpop_vault_free);

  vault = try_open (folder, "p", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (dpop_vault_generation (vault), ==, 2);
  db = connect_to (vault, DPOP_VAULT_READ_WRITE);
  g_assert_cmpint (ask (db, "SELECT count(*) FROM t"), ==, 300);
  integrity = ask_text (db, "PRAGMA integrity_check");
  g_assert_cmpstr (integrity, ==, "ok");
  sqlite3_close (db);
  g_clear_pointer (&vault, dpop_vault_free);
  remove_folder (folder);
}

static void
test_refuses_to_leave_its_own_files (void)
{
  static const char *const refused[] = {
    "PRAGMA journal_mode=DELETE", "PRAGMA journal_mode=MEMORY", "PRAGMA locking_mode=EXCLUSIVE",
    "PRAGMA temp_store=1",        "PRAGMA temp_store=FILE",     "PRAGMA mmap_size=1000000",
    "PRAGMA page_size=512",       "ATTACH 'file:/tmp/dpop-leak?vfs=unix' AS leak",
    "ATTACH '/tmp/dpop-leak' AS leak", "VACUUM INTO 'file:/tmp/dpop-leak?vfs=unix'",
  };
  char *folder = new_folder ();
  g_autoptr (DpopVault) vault = create (folder, "p");
  sqlite3 *db = connect_to (vault, DPOP_VAULT_READ_WRITE), *second = NULL;
  g_autoptr (GError) error = NULL;

  fill (db, 10);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_assert_cmpint (sqlite3_exec (db, refused[i], NULL, NULL, NULL), !=, SQLITE_OK);
      g_assert_false (g_file_test ("/tmp/dpop-leak", G_FILE_TEST_EXISTS));
    }
  run (db, "PRAGMA journal_mode=WAL");
  run (db, "VACUUM");
  g_assert_false (dpop_vault_connect (vault, DPOP_VAULT_READ_WRITE, &second, &error));
  g_assert_error (error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_BUSY);
  sqlite3_close (db);
  g_clear_pointer (&vault, dpop_vault_free);
  remove_folder (folder);
}

static void
test_readers_see_committed_states_beside_the_writer (void)
{
  char *folder = new_folder ();
  g_autoptr (DpopVault) vault = create (folder, "p");
  sqlite3 *writer = connect_to (vault, DPOP_VAULT_READ_WRITE);
  sqlite3 *reader;

  fill (writer, 10);
  reader = connect_to (vault, DPOP_VAULT_READ_ONLY);
  run (reader, "BEGIN");
  g_assert_cmpint (ask (reader, "SELECT count(*) FROM t"), ==, 10);
  fill (writer, 10);
  g_assert_cmpint (ask (reader, "SELECT count(*) FROM t"), ==, 10);
  run (reader, "COMMIT");
  g_assert_cmpint (ask (reader, "SELECT count(*) FROM t"), ==, 20);
  g_assert_cmpint (sqlite3_exec (reader, "DELETE FROM t", NULL, NULL, NULL), ==, SQLITE_READONLY);
  sqlite3_close (writer);
  g_assert_cmpint (ask (reader, "SELECT count(*) FROM t"), ==, 20);
  sqlite3_close (reader);
  g_clear_pointer (&vault, dpop_vault_free);
  remove_folder (folder);
}

/* The vault goes first, by mistake: its connections answer with errors and are closed in peace. */
static void
test_connections_outlive_the_vault (void)
{
  char *folder = new_folder ();
  DpopVault *vault = create (folder, "p");
  sqlite3 *writer = connect_to (vault, DPOP_VAULT_READ_WRITE);
  sqlite3 *reader;
  g_autoptr (GError) error = NULL;

  fill (writer, 10);
  reader = connect_to (vault, DPOP_VAULT_READ_ONLY);
  g_assert_cmpint (ask (reader, "SELECT count(*) FROM t"), ==, 10);
  dpop_vault_free (vault);
  g_assert_cmpint (sqlite3_exec (reader, "SELECT count(*) FROM t", NULL, NULL, NULL), ==,
                   SQLITE_IOERR_AUTH);
  g_assert_cmpint (sqlite3_exec (writer, "DELETE FROM t", NULL, NULL, NULL), ==, SQLITE_IOERR_AUTH);
  g_assert_cmpint (sqlite3_close (writer), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (reader), ==, SQLITE_OK);
  vault = try_open (folder, "p", &error);
  g_assert_no_error (error);
  reader = connect_to (vault, DPOP_VAULT_READ_ONLY);
  g_assert_cmpint (ask (reader, "SELECT count(*) FROM t"), ==, 10);
  sqlite3_close (reader);
  dpop_vault_free (vault);
  remove_folder (folder);
}

/* What a person pays for a guess, and so does who guesses. */
static void
test_a_measured_cost_takes_about_a_second (void)
{
  char *folder = new_folder ();
  g_autoptr (CosmicSecret) words = secret ("p");
  g_autoptr (GError) error = NULL;
  DpopVault *vault = dpop_vault_create (folder, words, DPOP_VAULT_COST_CALIBRATED, NULL, &error);
  gint64 start;
  double seconds;

  g_assert_no_error (error);
  dpop_vault_free (vault);
  start = g_get_monotonic_time ();
  vault = try_open (folder, "p", &error);
  g_assert_no_error (error);
  seconds = (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  g_test_message ("Opening with a measured cost took %.2f s", seconds);
  g_assert_cmpfloat (seconds, >, 0.05);
  dpop_vault_free (vault);
  remove_folder (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (cosmic_crypto_init ());
  g_test_add_func ("/vault/Keeps what it is given", test_keeps_what_it_is_given);
  g_test_add_func ("/vault/Reads a part of a page", test_reads_a_part_of_a_page);
  g_test_add_func ("/vault/Opens with its passphrase only", test_opens_with_its_passphrase_only);
  g_test_add_func ("/vault/The second is told who has it", test_the_second_is_told_who_has_it);
  g_test_add_func ("/vault/The claim goes with the process", test_the_claim_goes_with_the_process);
  g_test_add_func ("/vault/Changes its passphrase", test_changes_its_passphrase);
  g_test_add_func ("/vault/Encrypts all again under a new key",
                   test_encrypts_all_again_under_a_new_key);
  g_test_add_func ("/vault/Refuses to leave its own files", test_refuses_to_leave_its_own_files);
  g_test_add_func ("/vault/Readers see committed states beside the writer",
                   test_readers_see_committed_states_beside_the_writer);
  g_test_add_func ("/vault/Connections outlive the vault", test_connections_outlive_the_vault);
  g_test_add_func ("/vault/A measured cost takes about a second",
                   test_a_measured_cost_takes_about_a_second);
  return g_test_run ();
}
