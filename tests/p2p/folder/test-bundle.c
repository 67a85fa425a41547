/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "society.h"

#include <glib/gstdio.h>

static void
test_a_newcomer_has_the_same_state (void)
{
  Society society;
  FixtureLog *other;
  DpopBundleImport result;

  society_init (&society, 1);
  society_live (&society, NULL, 80, TRUE);
  other = society_newcomer (&society, 2);
  society_export (&society, society.log, NULL, NULL);
  society_import (&society, other, 1, &result);
  g_assert_cmpuint (result.held, ==, 0);
  g_assert_cmpuint (result.known, ==, 0);
  g_assert_cmpuint (result.shares, ==, 1);
  g_assert_cmpuint (result.checkpoints, ==, cosmic_log_height (society.log->log));
  society_assert_same (society.log, other);
  society_assert_sound (other);
  g_assert_cmpuint (fixture_log_number (other, &society.devices[1], &society.streams[0], 5, NULL),
                    ==, 0);
  fixture_log_free (other);
  society_clear (&society);
}

static void
test_importing_twice_changes_nothing (void)
{
  Society society;
  FixtureLog *other;
  DpopBundleImport first, second;
  int before;

  society_init (&society, 3);
  society_live (&society, NULL, 60, TRUE);
  other = society_newcomer (&society, 4);
  society_export (&society, society.log, NULL, NULL);
  society_import (&society, other, 1, &first);
  before = society_writes (other);
  society_import (&society, other, 1, &second);
  g_assert_cmpint (society_writes (other), ==, before);
  g_assert_cmpuint (second.added, ==, 0);
  g_assert_cmpuint (second.checkpoints, ==, 0);
  g_assert_cmpuint (second.known, ==, first.added);
  before = society_writes (society.log);
  society_import (&society, society.log, 0, &second);
  g_assert_cmpint (society_writes (society.log), ==, before);
  fixture_log_free (other);
  society_clear (&society);
}

/* Every holder makes the same envelopes: only the shares may lie in another order of arrival, and
 * those are sorted. */
static void
test_every_holder_makes_the_same_file (void)
{
  Society society;
  FixtureLog *other;
  g_autoptr (GByteArray) own = NULL;
  g_autoptr (GByteArray) others = NULL;

  society_init (&society, 5);
  society_live (&society, NULL, 60, TRUE);
  fixture_log_certify (society.log, society.witness);
  other = society_newcomer (&society, 6);
  society_carry (&society, society.log, other, 1);
  own = society_read (&society);
  society_export (&society, other, NULL, NULL);
  others = society_read (&society);
  g_assert_cmpmem (own->data, own->len, others->data, others->len);
  fixture_log_free (other);
  society_clear (&society);
}

/* Two computers go on by themselves, and files pass between them in any order, old ones too. */
static void
exchange (guint64 seed)
{
  Society society;
  FixtureLog *other;
  FixtureRandom random;

  society_init (&society, seed);
  fixture_random_init (&random, seed + 1000);
  other = society_newcomer (&society, seed + 1);
  society_carry (&society, society.log, other, 1);
  for (guint round = 0; round < 12; round++)
    {
      society_live (&society, other, 1 + (guint) fixture_random_below (&random, 6), FALSE);
      if (fixture_random_below (&random, 3) == 0)
        fixture_log_certify (society.log, society.witness);
      fixture_log_number (society.log, &society.devices[0], &society.streams[0], round + 1, NULL);
      society_write (&society, society.log, 2, "a word", NULL);
      switch (fixture_random_below (&random, 3))
        {
        case 0:
          society_carry (&society, society.log, other, 1);
          break;
        case 1:
          society_carry (&society, other, society.log, 0);
          break;
        default:
          {
            char *path = society.path;
            g_autofree char *aside = g_strconcat (society.path, ".aside", NULL);

            /* Made before, taken after. */
            society_export (&society, other, NULL, NULL);
            society.path = aside;
            society_carry (&society, society.log, other, 1);
            society.path = path;
            society_import (&society, society.log, 0, NULL);
          }
        }
    }
  society_carry (&society, other, society.log, 0);
  fixture_log_certify (society.log, society.witness);
  society_carry (&society, society.log, other, 1);
  society_assert_same (society.log, other);
  g_assert_cmpuint (cosmic_log_n_open (other->log), ==, 0);
  society_assert_sound (other);
  society_assert_sound (society.log);
  fixture_log_free (other);
  society_clear (&society);
}

static void
test_two_computers_converge (void)
{
  for (guint64 seed = 1; seed <= MAX (1, 24 / fixture_share ()); seed++)
    exchange (seed * 10);
}

/* --- Killed in the middle. -------------------------------------------------------------------- */

typedef struct
{
  guint commits;
  guint fail_at; /* 0: never */
} Kill;

static gboolean
count_commit (gpointer data, GError **error)
{
  Kill *kill = data;

  if (++kill->commits != kill->fail_at)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "killed");
  return FALSE;
}

static void
test_it_resumes_after_each_transaction (void)
{
  Society society;
  guint commits;

  society_init (&society, 7);
  society_live (&society, NULL, 120, TRUE);
  society_export (&society, society.log, NULL, NULL);
  for (guint fail_at = 1;; fail_at++)
    {
      FixtureLog *other = society_newcomer (&society, 8);
      Kill kill = { 0, fail_at };
      const DpopBundleHooks hooks = { .before_commit = count_commit, .data = &kill };
      DpopBundleImport result;
      GError *error = NULL;
      gboolean done = dpop_bundle_import (other->log, society.path, society.devices[1].seal,
                                          &hooks, &result, &error);

      if (!done)
        {
          g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
          g_clear_error (&error);
          g_assert_cmpuint (cosmic_log_height (other->log), ==, fail_at - 1);
          g_assert_cmpuint (result.checkpoints, ==, fail_at - 1);
          g_assert_cmpuint (cosmic_log_n_open (other->log), ==, 0);
          society_assert_sound (other);
          society_import (&society, other, 1, NULL);
        }
      commits = kill.commits;
      society_assert_same (society.log, other);
      fixture_log_free (other);
      if (done)
        break;
    }
  g_test_message ("%u transactions", commits);
  g_assert_cmpuint (commits, >, 5);
  society_clear (&society);
}

static void
cancel_later (guint64 done, guint64 total, gpointer data)
{
  g_cancellable_cancel (data);
}

static void
test_it_can_be_cancelled (void)
{
  Society society;
  FixtureLog *other;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const DpopBundleHooks hooks
      = { .progress = cancel_later, .data = cancellable, .cancellable = cancellable };
  DpopBundleImport result;
  DpopBundleExport written;
  GError *error = NULL;

  society_init (&society, 9);
  society_live (&society, NULL, 60, TRUE);
  society_export (&society, society.log, NULL, NULL);
  other = society_newcomer (&society, 10);
  g_assert_false (dpop_bundle_import (other->log, society.path, society.devices[1].seal, &hooks,
                                      &result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_cmpuint (cosmic_log_height (other->log), ==, 1);
  society_import (&society, other, 1, NULL);
  society_assert_same (society.log, other);
  g_remove (society.path);
  g_assert_false (dpop_bundle_export (other->log, society.path, NULL, &hooks, &written, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (g_file_test (society.path, G_FILE_TEST_EXISTS));
  fixture_log_free (other);
  society_clear (&society);
}

/* --- Time. ------------------------------------------------------------------------------------ */

static void
test_ten_thousand_operations (void)
{
  guint count = 10000 / fixture_share ();
  g_autoptr (GTimer) timer = g_timer_new ();
  DpopBundleExport written;
  DpopBundleImport taken;
  Society society;
  FixtureLog *other;
  double making, exporting, importing;

  society_init (&society, 11);
  g_timer_start (timer);
  for (guint i = 0; i < count; i++)
    {
      fixture_log_number (society.log, &society.devices[i % SOCIETY_DEVICES],
                          &society.streams[i % SOCIETY_STREAMS], i + 1, NULL);
      if (i % 200 == 199)
        fixture_log_certify (society.log, society.witness);
    }
  fixture_log_certify (society.log, society.witness);
  making = g_timer_elapsed (timer, NULL);
  g_timer_start (timer);
  society_export (&society, society.log, NULL, &written);
  exporting = g_timer_elapsed (timer, NULL);
  other = society_newcomer (&society, 12);
  g_timer_start (timer);
  society_import (&society, other, 1, &taken);
  importing = g_timer_elapsed (timer, NULL);
  society_assert_same (society.log, other);
  g_test_message ("%u operations, %" G_GUINT64_FORMAT " bytes: made in %.2f s, exported in %.2f s, "
                  "imported in %.2f s", count, written.size, making, exporting, importing);
  fixture_log_free (other);
  society_clear (&society);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bundle/a newcomer has the same state", test_a_newcomer_has_the_same_state);
  g_test_add_func ("/bundle/importing twice changes nothing", test_importing_twice_changes_nothing);
  g_test_add_func ("/bundle/every holder makes the same file",
                   test_every_holder_makes_the_same_file);
  g_test_add_func ("/bundle/two computers converge", test_two_computers_converge);
  g_test_add_func ("/bundle/it resumes after each transaction",
                   test_it_resumes_after_each_transaction);
  g_test_add_func ("/bundle/it can be cancelled", test_it_can_be_cancelled);
  g_test_add_func ("/bundle/ten thousand operations", test_ten_thousand_operations);
  return g_test_run ();
}
