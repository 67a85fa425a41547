/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "society.h"

#include "dpop-mailbox.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>

#define MINUTE 60000

/* A computer of the society, with its mailbox in one folder for all. */
typedef struct
{
  Society *society;
  FixtureLog *log; /* of the first: the society's own */
  guint device;
  DpopMailbox *box;
  GArray *exported; /* of CosmicId */
  guint summaries;  /* that were new */
} Computer;

typedef struct
{
  Society society;
  Computer computers[SOCIETY_DEVICES];
  char *folder;
  gint64 now;
} Village;

static void
village_init (Village *self, guint64 seed)
{
  GError *error = NULL;

  society_init (&self->society, seed);
  self->folder = g_dir_make_tmp ("dpop-test-XXXXXX", &error);
  g_assert_no_error (error);
  self->now = g_get_real_time () / 1000; /* as the files that are written */
  for (guint i = 0; i < SOCIETY_DEVICES; i++)
    {
      Computer *each = &self->computers[i];
      g_autofree char *mark = g_strdup_printf ("%016x", 0xa0u + i);

      *each = (Computer){ .society = &self->society, .device = i, .log = self->society.log };
      if (i > 0)
        {
          each->log = society_newcomer (&self->society, seed * 10 + i);
          society_carry (&self->society, self->society.log, each->log, i);
        }
      each->box = dpop_mailbox_new (self->folder, mark);
      each->exported = g_array_new (FALSE, FALSE, sizeof (CosmicId));
    }
}

static void
village_clear (Village *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (self->folder);
  g_free (self->folder);
  for (guint i = 0; i < SOCIETY_DEVICES; i++)
    {
      dpop_mailbox_free (self->computers[i].box);
      g_array_unref (self->computers[i].exported);
      if (i > 0)
        fixture_log_free (self->computers[i].log);
    }
  society_clear (&self->society);
}

static gboolean
take_in (const char *path, DpopBundleImport *result, gpointer data, GError **error)
{
  const Computer *self = data;

  return dpop_bundle_import (self->log->log, path, self->society->devices[self->device].seal, NULL,
                             result, error);
}

static gboolean
settle (gboolean brought, gpointer data, GError **error)
{
  const Computer *self = data;

  if (self->device == 0 && cosmic_log_n_open (self->log->log) > 0)
    fixture_log_certify (self->log, self->society->witness);
  return TRUE;
}

static gboolean
on_summary (const DpopBundleSummary *summary, gpointer data, GError **error)
{
  ((Computer *) data)->summaries++;
  return TRUE;
}

static void
on_exported (const CosmicId *operation, gpointer data)
{
  g_array_append_val (((Computer *) data)->exported, *operation);
}

static gboolean
try_round (Village *self, guint number, DpopMailboxRound *round, GError **error)
{
  Computer *computer = &self->computers[number];
  const DpopMailboxHooks hooks = {
    .take_in = take_in,
    .settle = settle,
    .summary = on_summary,
    .exported = on_exported,
    .data = computer,
    .device = self->society.devices[number].sign,
    .witness = number == 0 ? self->society.witness : NULL,
    .now = self->now,
  };

  return dpop_mailbox_round (computer->box, computer->log->log, &hooks, round, error);
}

static DpopMailboxRound
do_round (Village *self, guint number)
{
  DpopMailboxRound round;
  GError *error = NULL;

  try_round (self, number, &round, &error);
  g_assert_no_error (error);
  return round;
}

static void
say (Village *self, guint number, CosmicId *id)
{
  FixtureLog *log = self->computers[number].log;

  fixture_log_number (log, &self->society.devices[number],
                      &self->society.streams[fixture_random_below (&log->random, SOCIETY_STREAMS)],
                      (guint32) fixture_random_below (&log->random, 1000), id);
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The names in the folder that end in END, sorted. */
static GPtrArray *
names (Village *self, const char *end)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, end))
      g_ptr_array_add (found, g_strdup (name));
  g_ptr_array_sort (found, compare_names);
  return found;
}

static char *
path_of (Village *self, const char *name)
{
  return g_build_filename (self->folder, name, NULL);
}

/* Rounds of all, minutes apart, until nobody reads or writes anything. */
static void
come_to_rest (Village *self)
{
  for (guint times = 0;; times++)
    {
      gboolean quiet = TRUE;

      g_assert_cmpuint (times, <, 12);
      for (guint i = 0; i < SOCIETY_DEVICES; i++)
        {
          DpopMailboxRound round = do_round (self, i);

          quiet = quiet && round.files == 0 && !round.wrote && round.behind == 0;
        }
      self->now += 3 * MINUTE;
      if (quiet && times > 0)
        return;
    }
}

static void
test_who_never_meet_converge (void)
{
  for (guint64 seed = 1; seed <= 8; seed++)
    {
      Village village;
      FixtureRandom random;
      g_autoptr (GPtrArray) transfers = NULL;
      g_autoptr (GPtrArray) summaries = NULL;

      village_init (&village, seed);
      fixture_random_init (&random, seed + 100);
      for (guint step = 0; step < 60; step++)
        {
          guint number = (guint) fixture_random_below (&random, SOCIETY_DEVICES);

          if (fixture_random_below (&random, 2) == 0)
            say (&village, number, NULL);
          else
            do_round (&village, number);
          village.now += (gint64) fixture_random_below (&random, 4 * MINUTE);
        }
      come_to_rest (&village);
      for (guint i = 1; i < SOCIETY_DEVICES; i++)
        society_assert_same (village.society.log, village.computers[i].log);
      society_assert_sound (village.computers[3].log);
      g_assert_cmpuint (cosmic_log_n_open (village.society.log->log), ==, 0);
      transfers = names (&village, ".dpop-transfer");
      summaries = names (&village, ".dpop-summary");
      g_assert_cmpuint (transfers->len, ==, 0); /* nobody lacks anything */
      g_assert_cmpuint (summaries->len, ==, SOCIETY_DEVICES);
      village_clear (&village);
    }
}

static void
test_nothing_new_nothing_written (void)
{
  Village village;
  int before[SOCIETY_DEVICES];

  village_init (&village, 20);
  say (&village, 2, NULL);
  come_to_rest (&village);
  for (guint i = 0; i < SOCIETY_DEVICES; i++)
    before[i] = society_writes (village.computers[i].log);
  for (guint i = 0; i < SOCIETY_DEVICES; i++)
    {
      DpopMailboxRound round = do_round (&village, i);

      g_assert_false (round.wrote);
      g_assert_cmpuint (round.computers, ==, SOCIETY_DEVICES - 1);
      g_assert_cmpint (society_writes (village.computers[i].log), ==, before[i]);
    }
  village_clear (&village);
}

/* Whoever said something hands it over at once, and tells what was on the file; who only has it
 * from others waits. */
static void
test_who_passes_on_waits (void)
{
  Village village;
  g_autoptr (GPtrArray) transfers = NULL;
  g_autofree char *path = NULL;
  DpopMailboxRound round;
  CosmicId id;

  village_init (&village, 21);
  come_to_rest (&village);
  say (&village, 1, &id);
  round = do_round (&village, 1);
  g_assert_true (round.wrote);
  g_assert_cmpuint (round.behind, ==, 3);
  g_assert_cmpuint (village.computers[1].exported->len, ==, 1);
  g_assert_true (cosmic_id_same (&g_array_index (village.computers[1].exported, CosmicId, 0),
                                 &id));
  g_assert_cmpuint (do_round (&village, 2).in.added, ==, 1);

  /* It is lost on the way to the third. */
  transfers = names (&village, ".dpop-transfer");
  g_assert_cmpuint (transfers->len, ==, 1);
  path = path_of (&village, transfers->pdata[0]);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_false (do_round (&village, 2).wrote);
  village.now += MINUTE;
  g_assert_false (do_round (&village, 2).wrote);
  village.now += MINUTE + 1;
  g_assert_true (do_round (&village, 2).wrote);
  g_assert_cmpuint (do_round (&village, 3).in.added, ==, 1);
  village_clear (&village);
}

/* The program is started anew between two rounds: what lay there still serves. */
static void
test_a_new_start_goes_on (void)
{
  Village village;
  Computer *second;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;

  village_init (&village, 28);
  second = &village.computers[1];
  come_to_rest (&village);
  for (guint i = 0; i < 3; i++)
    {
      say (&village, 1, NULL);
      g_assert_true (do_round (&village, 1).wrote);
    }
  before = names (&village, ".dpop-transfer");
  g_assert_cmpuint (before->len, ==, 1);
  dpop_mailbox_free (second->box);
  second->box = dpop_mailbox_new (village.folder, "00000000000000a1");
  do_round (&village, 1);
  after = names (&village, ".dpop-transfer");
  g_assert_cmpuint (after->len, ==, 1);
  g_assert_cmpuint (do_round (&village, 2).in.added, ==, 3);
  come_to_rest (&village);
  village_clear (&village);
}

/* As those who carry files leave them. */
static void
test_half_a_file_waits_for_the_rest (void)
{
  Village village;
  g_autoptr (GPtrArray) transfers = NULL;
  g_autofree char *path = NULL;
  g_autofree char *bytes = NULL;
  gsize size;

  village_init (&village, 22);
  come_to_rest (&village);
  say (&village, 1, NULL);
  g_assert_true (do_round (&village, 1).wrote);
  transfers = names (&village, ".dpop-transfer");
  path = path_of (&village, transfers->pdata[0]);
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  for (gsize part = 0; part < size; part += 1 + size / 50)
    {
      DpopMailboxRound round;

      g_assert_true (g_file_set_contents (path, bytes, (gssize) part, NULL));
      round = do_round (&village, 2);
      g_assert_cmpuint (round.in.added, ==, 0);
    }
  g_assert_true (g_file_set_contents (path, bytes, (gssize) size, NULL));
  g_assert_cmpuint (do_round (&village, 2).in.added, ==, 1);
  village_clear (&village);
}

static void
test_names_do_not_matter (void)
{
  Village village;
  g_autoptr (GPtrArray) transfers = NULL;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  g_autofree char *copy = NULL;
  g_autofree char *bytes = NULL;
  gsize size;

  village_init (&village, 23);
  come_to_rest (&village);
  say (&village, 1, NULL);
  g_assert_true (do_round (&village, 1).wrote);
  transfers = names (&village, ".dpop-transfer");
  from = path_of (&village, transfers->pdata[0]);
  to = path_of (&village, "Kopie (in Konflikt) von irgendwas");
  copy = g_strconcat (from, ".sync-conflict-20260101-120000-ABCDEFG", NULL);
  g_assert_true (g_file_get_contents (from, &bytes, &size, NULL));
  g_assert_true (g_file_set_contents (copy, bytes, (gssize) size, NULL));
  g_assert_cmpint (g_rename (from, to), ==, 0);
  g_assert_cmpuint (do_round (&village, 2).in.added, ==, 1); /* the copies hold the same */

  /* The copy bears the mark of who wrote it, and goes. */
  do_round (&village, 1);
  g_assert_false (g_file_test (copy, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (to, G_FILE_TEST_EXISTS));
  village_clear (&village);
}

static void
test_what_is_not_ours_stays (void)
{
  static const char *const others[] = { "photo.jpg", "empty", ".hidden", "notes.dpop-transfer" };
  Village village;
  g_autofree char *folder = NULL;
  g_autofree char *pipe = NULL;
  g_autofree char *link = NULL;

  village_init (&village, 24);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *path = path_of (&village, others[i]);

      g_assert_true (g_file_set_contents (path, "\211DPOP", i == 1 ? 0 : 5, NULL));
    }
  folder = path_of (&village, "folder.dpop-transfer");
  pipe = path_of (&village, "pipe.dpop-summary");
  link = path_of (&village, "link.dpop-summary");
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_assert_cmpint (symlink ("/dev/zero", link), ==, 0);
  say (&village, 1, NULL);
  come_to_rest (&village);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *path = path_of (&village, others[i]);

      g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
    }
  g_assert_true (g_file_test (folder, G_FILE_TEST_IS_DIR));
  g_assert_true (g_file_test (pipe, G_FILE_TEST_EXISTS));
  village_clear (&village);
}

static void
make_older (Village *self, const char *end)
{
  g_autoptr (GPtrArray) all = names (self, end);
  const time_t then = (time_t) (g_get_real_time () / G_USEC_PER_SEC) - 50 * 86400;

  for (guint i = 0; i < all->len; i++)
    {
      g_autofree char *path = path_of (self, all->pdata[i]);

      g_assert_cmpint (g_utime (path, &(struct utimbuf){ then, then }), ==, 0);
    }
}

static void
test_old_files_go (void)
{
  Village village;
  g_autoptr (GPtrArray) transfers = NULL;
  g_autoptr (GPtrArray) summaries = NULL;

  village_init (&village, 25);
  come_to_rest (&village);
  say (&village, 1, NULL);
  do_round (&village, 1);
  make_older (&village, ".dpop-transfer");
  make_older (&village, ".dpop-summary");
  village.now += DPOP_MAILBOX_DAY;
  g_assert_cmpuint (do_round (&village, 0).in.added, ==, 1); /* read before it goes */
  transfers = names (&village, ".dpop-transfer");
  summaries = names (&village, ".dpop-summary");
  g_assert_cmpuint (transfers->len, ==, 1); /* the first one's own */
  g_assert_cmpuint (summaries->len, ==, 1);
  village_clear (&village);
}

/* Whoever has not been here for long is written for no more. */
static void
test_old_summaries_do_not_count (void)
{
  Village village;

  village_init (&village, 26);
  come_to_rest (&village);
  village.now += DPOP_MAILBOX_OLD + 1;
  say (&village, 1, NULL);
  g_assert_false (do_round (&village, 1).wrote);
  g_assert_cmpuint (do_round (&village, 2).computers, ==, 1);
  g_assert_cmpuint (do_round (&village, 1).computers, ==, 1);
  village_clear (&village);
}

static void
test_a_folder_that_is_gone_is_said (void)
{
  Village village;
  DpopMailboxRound round;
  GError *error = NULL;
  g_autoptr (GPtrArray) left = NULL;

  village_init (&village, 27);
  come_to_rest (&village);
  g_assert_true (dpop_mailbox_leave (village.computers[2].box, &error));
  g_assert_no_error (error);
  left = names (&village, ".dpop-summary");
  g_assert_cmpuint (left->len, ==, SOCIETY_DEVICES - 1);
  for (guint i = 0; i < left->len; i++)
    {
      g_autofree char *path = path_of (&village, left->pdata[i]);

      g_unlink (path);
    }
  g_rmdir (village.folder);
  g_assert_false (try_round (&village, 0, &round, &error));
  g_assert_error (error, DPOP_BUNDLE_ERROR, DPOP_BUNDLE_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, village.folder));
  g_clear_error (&error);
  village_clear (&village);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mailbox/Computers that never meet converge", test_who_never_meet_converge);
  g_test_add_func ("/mailbox/Where nothing is new nothing is written",
                   test_nothing_new_nothing_written);
  g_test_add_func ("/mailbox/Who said it writes at once, who passes it on waits",
                   test_who_passes_on_waits);
  g_test_add_func ("/mailbox/A new start goes on", test_a_new_start_goes_on);
  g_test_add_func ("/mailbox/Half a file waits for the rest", test_half_a_file_waits_for_the_rest);
  g_test_add_func ("/mailbox/Names do not matter, copies do no harm", test_names_do_not_matter);
  g_test_add_func ("/mailbox/What is not ours stays", test_what_is_not_ours_stays);
  g_test_add_func ("/mailbox/Old files go", test_old_files_go);
  g_test_add_func ("/mailbox/Old summaries do not count", test_old_summaries_do_not_count);
  g_test_add_func ("/mailbox/A folder that is gone is said", test_a_folder_that_is_gone_is_said);
  return g_test_run ();
}
