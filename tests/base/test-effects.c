/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-random.h"

static void
test_system_clock_moves_with_the_world (void)
{
  gint64 before = g_get_real_time () / 1000;
  gint64 now = dpop_clock_now (dpop_clock_system ());

  g_assert_cmpint (now, >=, before);
  g_assert_cmpint (now - before, <, 60000);
}

static void
test_system_randomness_differs (void)
{
  guint8 a[600] = { 0 }, b[600] = { 0 };

  dpop_random_fill (dpop_random_system (), a, sizeof a);
  dpop_random_fill (dpop_random_system (), b, sizeof b);
  g_assert_cmpint (memcmp (a, b, sizeof a), !=, 0);
  g_assert_cmpint (memcmp (a + 568, b + 568, 32), !=, 0);
}

static void
test_one_seed_gives_one_stream (void)
{
  FixtureRandom one, two;
  guint8 a[33], b[33];

  fixture_random_init (&one, 7);
  fixture_random_init (&two, 7);
  dpop_random_fill (fixture_random_table (&one), a, sizeof a);
  dpop_random_fill (fixture_random_table (&two), b, sizeof b);
  g_assert_cmpmem (a, sizeof a, b, sizeof b);
  fixture_random_init (&two, 8);
  dpop_random_fill (fixture_random_table (&two), b, sizeof b);
  g_assert_cmpint (memcmp (a, b, sizeof a), !=, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/clock/The system's clock moves with the world",
                   test_system_clock_moves_with_the_world);
  g_test_add_func ("/base/random/Two draws from the system differ", test_system_randomness_differs);
  g_test_add_func ("/base/random/One seed gives one stream", test_one_seed_gives_one_stream);
  return g_test_run ();
}
