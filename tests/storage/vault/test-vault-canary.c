/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-workload.h"

#include <glib/gstdio.h>
#include <string.h>

/* A sentence that stands in every row is looked for in every write, in every file that is left, and
 * in what a crash leaves. */

#define WORKLOADS 30
#define STEPS     60

static gboolean
has_canary (gconstpointer bytes, gsize size)
{
  return size > 0 && memmem (bytes, size, FIXTURE_CANARY, strlen (FIXTURE_CANARY)) != NULL;
}

static guint
look_at_files (FixtureDisk *disk)
{
  GList *names = fixture_disk_names (disk);
  guint files = 0;

  for (GList *at = names; at != NULL; at = at->next, files++)
    {
      GByteArray *bytes = fixture_disk_file (disk, at->data);
      g_autofree char *name = g_path_get_basename (at->data);

      g_assert_false (has_canary (bytes->data, bytes->len));
      /* And there are no others than these. */
      g_assert_true (g_str_equal (name, "slots-a") || g_str_equal (name, "slots-b")
                     || g_str_has_prefix (name, "database-") || g_str_has_suffix (name, ".new"));
      g_assert_false (g_str_has_suffix (name, "-shm") || g_str_has_suffix (name, "-journal"));
    }
  g_list_free (names);
  return files;
}

static void
sort_much (sqlite3 *db)
{
  static const char sql[] =
      "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 3000)"
      " SELECT count(*) FROM (SELECT name || x || hex (randomblob (200)) AS y FROM c,"
      " (SELECT name FROM t LIMIT 1) ORDER BY y)";

  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  /* A temporary table, an index made by sorting, and a statement journal within a transaction. */
  g_assert_cmpint (sqlite3_exec (db, "CREATE TEMP TABLE kept AS SELECT * FROM t;"
                                     "CREATE INDEX t_body ON t (body); REINDEX;"
                                     "BEGIN; UPDATE t SET name = name || 'x';"
                                     "UPDATE OR ROLLBACK t SET name = name; ROLLBACK;"
                                     "DROP INDEX t_body; DROP TABLE kept; VACUUM",
                                 NULL, NULL, NULL), ==, SQLITE_OK);
}

static void
test_the_canary_is_nowhere (void)
{
  guint share = fixture_share (), crashes = 0, files = 0;
  guint64 searched = 0;

  for (guint64 seed = 1; seed <= MAX (WORKLOADS / share, 2); seed++)
    {
      FixtureWorkload work;

      fixture_workload_init (&work, 1000 + seed, 4096, seed % 2);
      for (guint i = 0; i < STEPS; i++)
        {
          g_autoptr (FixtureDisk) found = NULL;

          g_assert_cmpint (fixture_workload_step (&work), ==, SQLITE_OK);
          found = fixture_disk_crash (work.disk, &work.random, 0);
          files += look_at_files (found);
          crashes++;
        }
      if (work.reader != NULL)
        sqlite3_close (work.reader);
      work.reader = NULL;
      fixture_workload_commit (&work);
      sort_much (work.db);
      files += look_at_files (work.disk);
      fixture_workload_close (&work);
      files += look_at_files (work.disk);
      searched += fixture_disk_searched (work.disk);
      g_assert_cmpuint (fixture_disk_sightings (work.disk), ==, 0);
      fixture_workload_clear (&work);
    }
  g_test_message ("Searched: %" G_GUINT64_FORMAT " bytes of writes, %u files, %u crashes; canaries "
                  "seen: 0", searched, files, crashes);
}

/* The search finds what is there: in an ordinary database it is. */
static void
test_the_canary_is_seen_where_it_is (void)
{
  g_autofree char *folder = g_dir_make_tmp ("dpop-canary-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "plain", NULL);
  g_autofree char *bytes = NULL;
  gsize size = 0;
  sqlite3 *db = NULL;
  g_autoptr (FixtureDisk) disk = fixture_disk_new ();
  DpopVaultDisk table = fixture_disk_table (disk, 512, TRUE);
  gpointer file = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "CREATE TABLE t (x); INSERT INTO t VALUES ('" FIXTURE_CANARY
                                     "')", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  g_assert_true (has_canary (bytes, size));
  fixture_disk_watch (disk, FIXTURE_CANARY);
  g_assert_cmpint (table.table->open (disk, "/f", DPOP_VAULT_DISK_CREATE, &file), ==, 0);
  g_assert_cmpint (table.table->write (disk, file, bytes, size, 0), ==, 0);
  g_assert_cmpuint (fixture_disk_sightings (disk), ==, 1);
  table.table->close (disk, file);
  g_unlink (path);
  g_rmdir (folder);
}

/* The second line of defence: were the pragmas undone, the VFS would open no temporary file. */
static void
test_no_temporary_file_opens (void)
{
  static const int refused[] = {
    SQLITE_OPEN_TEMP_DB,      SQLITE_OPEN_TRANSIENT_DB,  SQLITE_OPEN_TEMP_JOURNAL,
    SQLITE_OPEN_SUBJOURNAL,   SQLITE_OPEN_MAIN_JOURNAL,  SQLITE_OPEN_SUPER_JOURNAL,
    SQLITE_OPEN_MAIN_DB,
  };
  FixtureWorkload work;
  sqlite3_vfs *vfs = NULL;

  fixture_workload_init (&work, 1, 4096, TRUE);
  g_assert_cmpint (sqlite3_file_control (work.db, "main", SQLITE_FCNTL_VFS_POINTER, &vfs), ==,
                   SQLITE_OK);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    for (guint named = 0; named < 2; named++)
      {
        g_autofree sqlite3_file *file = g_malloc0 ((gsize) vfs->szOsFile);

        g_assert_cmpint (vfs->xOpen (vfs, named ? "/profile/database-1-journal" : NULL, file,
                                     refused[i] | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                                     NULL), ==, SQLITE_CANTOPEN);
      }
  g_test_message ("Kinds of files that are refused: %u", (guint) G_N_ELEMENTS (refused));
  fixture_workload_clear (&work);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (cosmic_crypto_init ());
  g_test_add_func ("/vault/canary/The canary is nowhere", test_the_canary_is_nowhere);
  g_test_add_func ("/vault/canary/The canary is seen where it is",
                   test_the_canary_is_seen_where_it_is);
  g_test_add_func ("/vault/canary/No temporary file opens", test_no_temporary_file_opens);
  return g_test_run ();
}
