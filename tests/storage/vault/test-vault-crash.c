/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-workload.h"

/* usage: test-vault-crash powersafe|plain: what the disk promises of bytes beside a torn write. */

#define WORKLOADS      200
#define WORKLOADS_FULL 1000
#define STEPS          14

static gboolean powersafe;

typedef struct
{
  guint64 points, twice, states[3]; /* found: the last acknowledged state, one more */
} Tally;

/* The power goes again while the profile is opened after a crash. */
static void
crash_again (FixtureWorkload *work, FixtureDisk *found, guint least, guint garbage)
{
  g_autoptr (FixtureDisk) at = fixture_disk_rewind (found);
  g_autoptr (FixtureDisk) again = NULL;
  g_autoptr (GError) error = NULL;
  guint until = (guint) fixture_random_below (&work->random, fixture_disk_changes (found) + 1);

  for (guint i = 0; i < until; i++)
    fixture_disk_replay (at, found, i);
  again = fixture_disk_crash (at, &work->random, garbage);
  fixture_workload_check (work, again, least, &error);
  g_assert_no_error (error);
}

/* The number of acknowledged commits after each change is known: the power goes after each. */
static void
crash_everywhere (FixtureWorkload *work, GArray *acknowledged, guint garbage, Tally *tally)
{
  g_autoptr (FixtureDisk) at = fixture_disk_rewind (work->disk);
  guint changes = fixture_disk_changes (work->disk);

  for (guint i = 0; i <= changes; i++)
    {
      g_autoptr (FixtureDisk) found = NULL;
      g_autoptr (GError) error = NULL;
      guint least = g_array_index (acknowledged, guint, MIN (i, acknowledged->len - 1));
      gint n;

      found = fixture_disk_crash (at, &work->random, garbage);
      fixture_disk_record (found);
      n = fixture_workload_check (work, found, least, &error);
      g_assert_no_error (error);
      tally->points++;
      tally->states[MIN ((guint) n - least, 2)]++;
      if (i % 8 == 0)
        {
          crash_again (work, found, least, garbage);
          tally->twice++;
        }
      if (i < changes)
        fixture_disk_replay (at, work->disk, i);
    }
}

static void
run_workload (guint64 seed, Tally *tally)
{
  FixtureWorkload work;
  guint sector = powersafe || seed % 2 ? 512 : 4096;
  /* How many commits were acknowledged when the disk had seen N changes. */
  g_autoptr (GArray) acknowledged = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GError) error = NULL;

  fixture_workload_init (&work, seed, sector, powersafe);
  fixture_disk_record (work.disk);
  for (guint i = 0; i < STEPS; i++)
    {
      guint before = work.committed;

      g_assert_cmpint (fixture_workload_step (&work), ==, SQLITE_OK);
      while (acknowledged->len < fixture_disk_changes (work.disk))
        g_array_append_val (acknowledged, before);
      /* The answer came after the last of these changes. */
      if (acknowledged->len == fixture_disk_changes (work.disk))
        g_array_append_val (acknowledged, work.committed);
    }
  crash_everywhere (&work, acknowledged, powersafe ? 0 : sector, tally);
  g_assert_cmpuint (fixture_disk_sightings (work.disk), ==, 0);
  fixture_workload_clear (&work);
}

static void
test_no_crash_loses_a_commit (void)
{
  Tally tally = { 0 };
  guint n = g_getenv ("DPOP_TEST_FULL") != NULL ? WORKLOADS_FULL : WORKLOADS / fixture_share ();

  for (guint i = 0; i < n; i++)
    run_workload (i + 1, &tally);
  g_test_message ("%u workloads, %" G_GUINT64_FORMAT " crashes, %" G_GUINT64_FORMAT
                  " of them twice, %" G_GUINT64_FORMAT
                  " found at the last acknowledged commit, %" G_GUINT64_FORMAT
                  " one further; acknowledged commits lost: 0",
                  n, tally.points, tally.twice, tally.states[0], tally.states[1]);
  g_assert_cmpuint (tally.states[2], ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (cosmic_crypto_init ());
  powersafe = argc < 2 || g_str_equal (argv[1], "powersafe");
  g_test_add_func (powersafe ? "/vault/crash/No crash loses a commit (powersafe)"
                             : "/vault/crash/No crash loses a commit (plain)",
                   test_no_crash_loses_a_commit);
  return g_test_run ();
}
