/* SPDX-License-Identifier: GPL-3.0-or-later */
/* usage: test-simulation FIRST COUNT: the seeds from FIRST on, COUNT of them. */
#include "dpop-simulation.h"

#include <stdlib.h>

static guint64 first_seed = 1;
static guint seeds = 10;

static void
run (guint64 seed, guint faults, DpopSimulationReport *report)
{
  const DpopSimulation setting
      = { .nodes = 5 + seed % 3, .operations = 20, .seed = seed, .faults = faults };

  dpop_simulation_run (&setting, report);
}

static void
test_holds (void)
{
  guint crashes = 0, cuts = 0, refused = 0, acknowledged = 0;

  for (guint i = 0; i < seeds; i++)
    {
      DpopSimulationReport report;

      run (first_seed + i, DPOP_SIMULATION_ALL, &report);
      for (guint j = 0; j < report.failures->len; j++)
        {
          g_test_message ("seed %" G_GUINT64_FORMAT ": %s", first_seed + i,
                          (char *) report.failures->pdata[j]);
          g_test_fail ();
        }
      crashes += report.crashes;
      cuts += report.cuts;
      refused += report.refused;
      acknowledged += report.acknowledged;
      dpop_simulation_report_clear (&report);
    }
  g_test_message ("%u acknowledged, %u refused, %u crashes, %u cuts", acknowledged, refused,
                  crashes, cuts);
  g_assert_cmpuint (crashes, >, 0); /* or nothing was tried */
  g_assert_cmpuint (cuts, >, 0);
  g_assert_cmpuint (refused, >, 0);
  g_assert_cmpuint (acknowledged, >, 0);
}

static void
test_repeats (void)
{
  DpopSimulationReport a, b, other;

  run (first_seed, DPOP_SIMULATION_ALL, &a);
  run (first_seed, DPOP_SIMULATION_ALL, &b);
  run (first_seed + 1, DPOP_SIMULATION_ALL, &other);
  g_assert_cmpstr (a.hash, ==, b.hash);
  g_assert_cmpstr (a.hash, !=, other.hash);
  dpop_simulation_report_clear (&a);
  dpop_simulation_report_clear (&b);
  dpop_simulation_report_clear (&other);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (argc > 2)
    {
      first_seed = g_ascii_strtoull (argv[1], NULL, 10);
      seeds = (guint) g_ascii_strtoull (argv[2], NULL, 10);
    }
  g_test_add_func ("/simulation/what must hold holds whatever goes wrong", test_holds);
  g_test_add_func ("/simulation/one seed gives one trace", test_repeats);
  return g_test_run ();
}
