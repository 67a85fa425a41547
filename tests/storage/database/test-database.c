/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-database.h"
#include "fixture-fault.h"

#include <glib/gstdio.h>

static DpopDatabase *
in_memory (void)
{
  sqlite3 *connection;

  g_assert_cmpint (sqlite3_open (":memory:", &connection), ==, SQLITE_OK);
  return dpop_database_new (connection);
}

/* The number that SQL gives; -1 when it cannot even be asked. */
static gint64
number (DpopDatabase *database, const char *sql)
{
  sqlite3_stmt *statement;
  gint64 found = -1;

  if (sqlite3_prepare_v2 (dpop_database_connection (database), sql, -1, &statement, NULL)
      != SQLITE_OK)
    return -1;
  if (sqlite3_step (statement) == SQLITE_ROW)
    found = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return found;
}

static void
run (DpopDatabase *database, const char *sql)
{
  GError *error = NULL;

  dpop_database_execute (database, sql, &error);
  g_assert_no_error (error);
}

/* --- Migrations. ----------------------------------------------------------------------------- */

static const char *const steps[] = {
  "CREATE TABLE a (n INTEGER); INSERT INTO a VALUES (1)",
  "INSERT INTO a VALUES (2)",
  "CREATE TABLE b (n INTEGER); INSERT INTO b SELECT sum (n) FROM a",
};

static void
migrate (DpopDatabase *database, guint n)
{
  GError *error = NULL;

  dpop_database_migrate (database, steps, n, &error);
  g_assert_no_error (error);
}

static void
test_steps_run_once (void)
{
  g_autoptr (DpopDatabase) database = in_memory ();

  for (guint again = 0; again < 2; again++)
    {
      migrate (database, 1);
      g_assert_cmpint (number (database, "SELECT count (*) FROM a"), ==, 1);
    }
  for (guint again = 0; again < 2; again++)
    {
      migrate (database, 3);
      g_assert_cmpint (number (database, "SELECT count (*) FROM a"), ==, 2);
      g_assert_cmpint (number (database, "SELECT n FROM b"), ==, 3);
      g_assert_cmpint (number (database, "PRAGMA user_version"), ==, 3);
    }
}

static void
test_a_newer_database_is_left_alone (void)
{
  g_autoptr (DpopDatabase) database = in_memory ();
  GError *error = NULL;

  migrate (database, 3);
  g_assert_false (dpop_database_migrate (database, steps, 2, &error));
  g_assert_error (error, DPOP_DATABASE_ERROR, DPOP_DATABASE_ERROR_NEWER);
  g_clear_error (&error);
  g_assert_cmpint (number (database, "PRAGMA user_version"), ==, 3);
  g_assert_cmpint (number (database, "SELECT count (*) FROM a"), ==, 2);
}

static void
test_a_step_that_fails_leaves_the_old_version (void)
{
  static const char *const failing[] = { "CREATE TABLE a (n INTEGER); INSERT INTO a VALUES (1)",
                                         "INSERT INTO a VALUES (2); INSERT INTO c VALUES (1)" };
  g_autoptr (DpopDatabase) database = in_memory ();
  GError *error = NULL;

  migrate (database, 1);
  g_assert_false (dpop_database_migrate (database, failing, 2, &error));
  g_assert_error (error, DPOP_DATABASE_ERROR, DPOP_DATABASE_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_cmpint (number (database, "PRAGMA user_version"), ==, 1);
  g_assert_cmpint (number (database, "SELECT count (*) FROM a"), ==, 1);
  migrate (database, 3); /* and the right steps lead on from there */
  g_assert_cmpint (number (database, "SELECT n FROM b"), ==, 3);
}

/* --- Statements. ----------------------------------------------------------------------------- */

static void
test_statements_are_made_once (void)
{
  static const char sql[] = "SELECT n FROM a WHERE n >= ? ORDER BY n";
  g_autoptr (DpopDatabase) database = in_memory ();
  sqlite3_stmt *statement, *again;
  GError *error = NULL;

  migrate (database, 2);
  statement = dpop_database_prepare (database, sql, &error);
  g_assert_no_error (error);
  sqlite3_bind_int (statement, 1, 1);
  g_assert_cmpint (dpop_database_step (database, statement, &error), ==, SQLITE_ROW);
  g_assert_cmpint (sqlite3_column_int (statement, 0), ==, 1);

  /* Idle, it is given; in use, it is not, and that is no error. */
  g_assert_null (dpop_database_idle (database, sql, &error));
  g_assert_no_error (error);
  g_assert_cmpint (dpop_database_step (database, statement, &error), ==, SQLITE_ROW);
  g_assert_cmpint (sqlite3_column_int (statement, 0), ==, 2);
  sqlite3_reset (statement);
  g_assert_true (dpop_database_idle (database, sql, &error) == statement);

  /* Given again, it is reset, and nothing is bound: NULL is above nothing. */
  again = dpop_database_prepare (database, sql, &error);
  g_assert_true (again == statement);
  g_assert_cmpint (dpop_database_step (database, again, &error), ==, SQLITE_DONE);
  g_assert_no_error (error);
  g_assert_true (dpop_database_prepare (database, "SELECT 1", &error) != statement);
  g_assert_null (dpop_database_prepare (database, "SELECT n FROM nowhere", &error));
  g_assert_error (error, DPOP_DATABASE_ERROR, DPOP_DATABASE_ERROR_FAILED);
  g_clear_error (&error);
}

static void
test_bytes_come_back_as_they_went (void)
{
  g_autoptr (DpopDatabase) database = in_memory ();
  g_autoptr (GBytes) some = g_bytes_new_static ("\0\1\377", 3), none = g_bytes_new (NULL, 0);
  GBytes *const values[] = { some, none, NULL };
  GError *error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      sqlite3_stmt *statement = dpop_database_prepare (database, "SELECT ?", &error);
      g_autoptr (GBytes) back = NULL;

      dpop_database_bind_bytes (statement, 1, values[i]);
      g_assert_cmpint (dpop_database_step (database, statement, &error), ==, SQLITE_ROW);
      back = dpop_database_column_bytes (statement, 0);
      g_assert_cmpint (back != NULL, ==, values[i] != NULL);
      if (back != NULL)
        g_assert_true (g_bytes_equal (back, values[i]));
    }
}

/* --- Transactions. --------------------------------------------------------------------------- */

static void
test_a_transaction_is_all_or_nothing (void)
{
  g_autoptr (DpopDatabase) database = in_memory ();
  GError *error = NULL;
  gint64 changes;

  migrate (database, 1);
  changes = dpop_database_changes (database);
  g_assert_true (dpop_database_begin (database, &error));
  run (database, "INSERT INTO a VALUES (5)");
  dpop_database_rollback (database);
  g_assert_cmpint (number (database, "SELECT count (*) FROM a"), ==, 1);
  g_assert_cmpint (dpop_database_changes (database), >, changes); /* taken back, counted */
  g_assert_true (dpop_database_begin (database, &error));
  run (database, "INSERT INTO a VALUES (5)");
  g_assert_true (dpop_database_commit (database, &error));
  dpop_database_rollback (database); /* nothing to take back */
  g_assert_cmpint (number (database, "SELECT count (*) FROM a"), ==, 2);
}

static void
test_one_transaction_at_a_time (void)
{
  g_autoptr (DpopDatabase) database = in_memory ();
  GError *error = NULL;

  migrate (database, 1);
  g_assert_false (dpop_database_commit (database, &error));
  g_clear_error (&error);
  g_assert_true (dpop_database_begin (database, &error));
  run (database, "INSERT INTO a VALUES (5)");
  g_assert_false (dpop_database_begin (database, &error));
  g_clear_error (&error);
  g_assert_true (dpop_database_commit (database, &error)); /* of the first */
  g_assert_cmpint (number (database, "SELECT count (*) FROM a"), ==, 2);
}

typedef struct
{
  char *folder;
  char *path;
  DpopDatabase *database;
} OnDisk;

static void
on_disk_init (OnDisk *self)
{
  GError *error = NULL;

  self->folder = g_dir_make_tmp ("dpop-database-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "file", NULL);
  self->database = dpop_database_new (fixture_fault_open (self->path));
  migrate (self->database, 1);
  /* More than the cache holds: reading goes to the disk. */
  run (self->database, "CREATE TABLE large (n INTEGER PRIMARY KEY, bytes BLOB)");
  for (guint i = 0; i < 40; i++)
    run (self->database, "INSERT INTO large (bytes) VALUES (randomblob (3000))");
}

static void
on_disk_clear (OnDisk *self)
{
  dpop_database_free (self->database);
  g_unlink (self->path);
  g_rmdir (self->folder);
  g_free (self->path);
  g_free (self->folder);
}

/* SQLite takes the transaction back; what comes after must not be outside of it. */
static void
test_nothing_is_written_after_a_failed_read (void)
{
  OnDisk self;
  GError *error = NULL;
  sqlite3_stmt *statement;

  on_disk_init (&self);
  g_assert_true (dpop_database_begin (self.database, &error));
  run (self.database, "INSERT INTO a VALUES (5)");
  statement = dpop_database_prepare (self.database, "SELECT sum (length (bytes)) FROM large",
                                     &error);
  fixture_fault_arm (3, FALSE);
  g_assert_false (dpop_database_finish (self.database, statement, &error));
  g_assert_error (error, DPOP_DATABASE_ERROR, DPOP_DATABASE_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_true (fixture_fault_disarm ());
  g_assert_false (dpop_database_execute (self.database, "INSERT INTO a VALUES (6)", &error));
  g_assert_error (error, DPOP_DATABASE_ERROR, DPOP_DATABASE_ERROR_FAILED);
  g_clear_error (&error);
  statement = dpop_database_prepare (self.database, "INSERT INTO a VALUES (7)", &error);
  g_assert_false (dpop_database_finish (self.database, statement, &error));
  g_clear_error (&error);
  g_assert_false (dpop_database_commit (self.database, &error));
  g_clear_error (&error);
  dpop_database_rollback (self.database);
  g_assert_cmpint (number (self.database, "SELECT count (*) FROM a"), ==, 1);
  g_assert_true (dpop_database_begin (self.database, &error));
  run (self.database, "INSERT INTO a VALUES (8)");
  g_assert_true (dpop_database_commit (self.database, &error));
  g_assert_cmpint (number (self.database, "SELECT count (*) FROM a"), ==, 2);
  on_disk_clear (&self);
}

/* --- What went wrong. ------------------------------------------------------------------------ */

static void
test_no_room_is_said_so (void)
{
  OnDisk self;
  GError *error = NULL;

  on_disk_init (&self);
  number (self.database, "PRAGMA max_page_count = 1"); /* no more than there are */
  g_assert_false (dpop_database_execute (self.database,
                                         "INSERT INTO large (bytes) VALUES (zeroblob (90000))",
                                         &error));
  g_assert_error (error, DPOP_DATABASE_ERROR, DPOP_DATABASE_ERROR_FULL);
  g_clear_error (&error);
  on_disk_clear (&self);
}

static void
test_damage_is_said_so (void)
{
  g_autofree char *folder = g_dir_make_tmp ("dpop-database-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "file", NULL);
  GError *error = NULL;
  sqlite3 *connection;
  DpopDatabase *database;

  g_file_set_contents (path, "This is no database, however long one looks at it.", -1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sqlite3_open (path, &connection), ==, SQLITE_OK);
  database = dpop_database_new (connection);
  g_assert_false (dpop_database_migrate (database, steps, 1, &error));
  g_assert_error (error, DPOP_DATABASE_ERROR, DPOP_DATABASE_ERROR_DAMAGED);
  g_clear_error (&error);
  dpop_database_free (database);
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/database/migrate/Steps run once", test_steps_run_once);
  g_test_add_func ("/database/migrate/A newer database is left alone",
                   test_a_newer_database_is_left_alone);
  g_test_add_func ("/database/migrate/A step that fails leaves the old version",
                   test_a_step_that_fails_leaves_the_old_version);
  g_test_add_func ("/database/Statements are made once", test_statements_are_made_once);
  g_test_add_func ("/database/Bytes come back as they went", test_bytes_come_back_as_they_went);
  g_test_add_func ("/database/A transaction is all or nothing",
                   test_a_transaction_is_all_or_nothing);
  g_test_add_func ("/database/One transaction at a time", test_one_transaction_at_a_time);
  g_test_add_func ("/database/Nothing is written after a failed read",
                   test_nothing_is_written_after_a_failed_read);
  g_test_add_func ("/database/No room is said so", test_no_room_is_said_so);
  g_test_add_func ("/database/Damage is said so", test_damage_is_said_so);
  return g_test_run ();
}
