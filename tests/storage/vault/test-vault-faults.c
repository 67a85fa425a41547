/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-workload.h"

#include <errno.h>

/* usage: test-vault-faults memory|disk
 * Every n-th allocation by SQLite or the VFS fails, and every n-th thing that the disk is asked:
 * once, or from there on. What was acknowledged is there afterwards, and nothing is called damaged.
 */

#define SEEDS_OF_MEMORY 2 /* some 2,300 allocations each */
#define SEEDS_OF_DISK   20
#define STEPS 7

/* ---- Memory ---- */

static sqlite3_mem_methods ordinary;
static guint fail_in; /* 0: none fails */
static gboolean fail_for_good, memory_failed;

static gboolean
is_to_fail (void)
{
  if (fail_in == 0 || --fail_in > 0)
    return FALSE;
  memory_failed = TRUE;
  if (fail_for_good)
    fail_in = 1;
  return TRUE;
}

static void *
failing_malloc (int size)
{
  return is_to_fail () ? NULL : ordinary.xMalloc (size);
}

static void *
failing_realloc (void *memory, int size)
{
  return is_to_fail () ? NULL : ordinary.xRealloc (memory, size);
}

static void
take_over_memory (void)
{
  sqlite3_mem_methods failing;

  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_GETMALLOC, &ordinary), ==, SQLITE_OK);
  failing = ordinary;
  failing.xMalloc = failing_malloc;
  failing.xRealloc = failing_realloc;
  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_MALLOC, &failing), ==, SQLITE_OK);
}

/* ---- Both ---- */

typedef struct
{
  const char *what;
  int error; /* 0: memory */
  gboolean for_good;
} Fault;

static void
set_fault (FixtureWorkload *work, const Fault *fault, guint n)
{
  memory_failed = FALSE;
  fail_for_good = fault->for_good;
  if (fault->error == 0)
    fail_in = n;
  else
    fixture_disk_fail (work->disk, n, fault->error, fault->for_good);
}

/* Ends it; whether it came. */
static gboolean
end_fault (FixtureWorkload *work, const Fault *fault)
{
  gboolean came = memory_failed || fixture_disk_failed (work->disk);

  fail_in = 0;
  fixture_disk_fail (work->disk, 0, 0, FALSE);
  return came;
}

static void
assert_state (FixtureWorkload *work, FixtureDisk *disk)
{
  g_autoptr (GError) error = NULL;

  fixture_workload_check (work, disk, work->committed, &error);
  g_assert_no_error (error);
}

/* Whether the N-th call came at all. */
static gboolean
run_with_fault (guint64 seed, const Fault *fault, guint n)
{
  FixtureWorkload work;
  gboolean came;

  fixture_workload_init (&work, seed, 4096, TRUE);
  set_fault (&work, fault, n);
  for (guint i = 0; i < STEPS; i++)
    {
      int rc = fixture_workload_step (&work);

      /* A fault is no damage. */
      g_assert_cmpint (rc, !=, SQLITE_IOERR_DATA);
      g_assert_cmpint (rc & 0xff, !=, SQLITE_CORRUPT);
      g_assert_cmpint (rc & 0xff, !=, SQLITE_NOTADB);
    }
  came = end_fault (&work, fault);
  {
    g_autoptr (FixtureDisk) killed = fixture_disk_clone (work.disk);

    assert_state (&work, killed);
  }
  /* It goes on as if nothing had been. */
  g_assert_cmpint (fixture_workload_step (&work), ==, SQLITE_OK);
  fixture_workload_commit (&work);
  fixture_workload_close (&work);
  assert_state (&work, work.disk);
  g_assert_cmpuint (fixture_disk_sightings (work.disk), ==, 0);
  fixture_workload_clear (&work);
  return came;
}

static void
fail_everywhere (const Fault *fault)
{
  guint share = fixture_share (), faults = 0;
  guint seeds = fault->error == 0 ? SEEDS_OF_MEMORY : SEEDS_OF_DISK;

  for (guint64 seed = 1; seed <= seeds; seed++)
    for (guint n = 1; run_with_fault (seed, fault, n); n += share)
      faults++;
  g_test_message ("%s: %u faults; acknowledged commits lost: 0", fault->what, faults);
  g_assert_cmpuint (faults, >, 20 / share);
}

static const Fault memory_faults[] = {
  { "an allocation fails once", 0, FALSE },
  { "all allocations fail from one on", 0, TRUE },
};

static const Fault disk_faults[] = {
  { "the disk fails once", EIO, FALSE },
  { "the disk fails for good", EIO, TRUE },
  { "the disk is full once", ENOSPC, FALSE },
  { "the disk is full for good", ENOSPC, TRUE },
};

static void
test_fault (gconstpointer fault)
{
  fail_everywhere (fault);
}

int
main (int argc, char *argv[])
{
  gboolean memory;
  const Fault *faults;
  guint n;

  g_test_init (&argc, &argv, NULL);
  memory = argc > 1 && g_str_equal (argv[1], "memory");
  if (memory)
    take_over_memory ();
  g_assert_true (cosmic_crypto_init ());
  faults = memory ? memory_faults : disk_faults;
  n = memory ? G_N_ELEMENTS (memory_faults) : G_N_ELEMENTS (disk_faults);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("/vault/faults/Nothing is lost when %s",
                                               faults[i].what);

      g_test_add_data_func (path, &faults[i], test_fault);
    }
  return g_test_run ();
}
