/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agreement-council.h"

/* DPOP_AGREEMENT_SEEDS says how many seeds are run, DPOP_AGREEMENT_SEED the first. */

static guint64
setting (const char *name, guint64 otherwise)
{
  const char *text = g_getenv (name);

  return text != NULL ? g_ascii_strtoull (text, NULL, 10) : otherwise;
}

static CouncilPlan
plan_of (guint64 seed)
{
  static const struct
  {
    guint n, f;
  } councils[] = { { 1, 0 }, { 3, 0 }, { 4, 1 }, { 4, 1 }, { 3, 0 }, { 4, 1 }, { 7, 2 }, { 4, 1 } };
  guint at = seed % G_N_ELEMENTS (councils);
  CouncilPlan plan
      = { .seed = seed, .n = councils[at].n, .f = councils[at].f, .heights = 3, .unrest = 30000 };

  plan.byzantine = plan.f - (seed / 16 % 4 == 0 && plan.f > 0);
  return plan;
}

static void
test_every_seed (void)
{
  guint64 first = setting ("DPOP_AGREEMENT_SEED", 1), n = setting ("DPOP_AGREEMENT_SEEDS", 304);
  CouncilOutcome sum = { 0 };
  gint64 longest = 0;

  for (guint64 seed = first; seed < first + n; seed++)
    {
      const CouncilPlan plan = plan_of (seed);
      CouncilOutcome outcome;

      council_run (&plan, &outcome);
      if (outcome.split || outcome.unsound || !outcome.finished || outcome.clashes > 0)
        g_test_message ("seed %" G_GUINT64_FORMAT ": n = %u, %u faulty, %" G_GINT64_FORMAT " ms",
                        seed, plan.n, plan.byzantine, outcome.took);
      g_assert_false (outcome.split);
      g_assert_false (outcome.unsound);
      g_assert_true (outcome.finished);
      g_assert_cmpuint (outcome.clashes, ==, 0);
      sum.events += outcome.events;
      sum.crashes += outcome.crashes;
      sum.evidence += outcome.evidence;
      sum.most_kept = MAX (sum.most_kept, outcome.most_kept);
      sum.most_rounds = MAX (sum.most_rounds, outcome.most_rounds);
      longest = MAX (longest, outcome.took);
    }
  g_test_message (
      "%" G_GUINT64_FORMAT " seeds: %" G_GUINT64_FORMAT " events, %u crashes, %u "
      "equivocations shown, at most %u rounds, %u messages kept, %" G_GINT64_FORMAT " ms",
      n, sum.events, sum.crashes, sum.evidence, sum.most_rounds, sum.most_kept, longest);
  g_assert_cmpuint (sum.crashes, >, 0);
}

/* The seeds that a known-bad machine takes to be caught; 0 when LIMIT did not do. */
static guint
seeds_until_split (CouncilFlaw flaw, guint limit)
{
  for (guint64 seed = 1; seed <= limit; seed++)
    {
      const CouncilPlan plan = {
        .seed = seed, .n = 3, .f = 0, .heights = 30, .unrest = 120000, .edge = TRUE, .flaw = flaw
      };
      CouncilOutcome outcome;

      council_run (&plan, &outcome);
      if (outcome.split)
        return (guint) seed;
    }
  return 0;
}

static void
test_flaws (gconstpointer flaw)
{
  guint seeds = seeds_until_split ((CouncilFlaw) GPOINTER_TO_INT (flaw), 400);

  g_test_message ("caught by seed %u", seeds);
  g_assert_cmpuint (seeds, >, 0);
}

/* More faulty witnesses than the charter allows for, and nothing is promised any more. */
static void
test_too_many_faulty (void)
{
  gboolean split = FALSE;

  for (guint64 seed = 1; seed <= 100 && !split; seed++)
    {
      const CouncilPlan plan
          = { .seed = seed, .n = 4, .f = 1, .byzantine = 2, .heights = 30, .unrest = 60000 };
      CouncilOutcome outcome;

      council_run (&plan, &outcome);
      split = outcome.split;
    }
  g_assert_true (split);
}

static void
test_one_seed_is_one_run (void)
{
  CosmicId before = cosmic_id_zero;

  for (guint64 seed = 1; seed <= 16; seed++)
    {
      const CouncilPlan plan = plan_of (seed);
      CouncilOutcome one, again;

      council_run (&plan, &one);
      council_run (&plan, &again);
      g_assert_cmpuint (one.events, ==, again.events);
      g_assert_true (cosmic_id_same (&one.trace, &again.trace));
      g_assert_false (cosmic_id_same (&one.trace, &before));
      before = one.trace;
    }
}

/* Before each thing that witness 0 does on the way to two certificates, it falls over once. */
static void
test_crash_at_every_instant (void)
{
  static const guint councils[][2] = { { 1, 0 }, { 3, 0 }, { 4, 1 } };
  guint instants = 0;

  for (guint i = 0; i < 4 * G_N_ELEMENTS (councils); i++)
    for (guint at = 1;; at++)
      {
        const CouncilPlan plan = {
          .seed = i, .n = councils[i / 4][0], .f = councils[i / 4][1], .heights = 2, .crash_at = at
        };
        CouncilOutcome outcome;

        council_run (&plan, &outcome);
        g_assert_false (outcome.split);
        g_assert_true (outcome.finished);
        g_assert_cmpuint (outcome.clashes, ==, 0);
        if (outcome.crashes == 0)
          break; /* it was done before */
        instants++;
      }
  g_test_message ("%u instants", instants);
  g_assert_cmpuint (instants, >, 100);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (cosmic_crypto_init ());
  g_test_add_func ("/council/No split, and progress once it heals", test_every_seed);
  g_test_add_func ("/council/One seed is one run, byte for byte", test_one_seed_is_one_run);
  g_test_add_func ("/council/A crash at every instant does no harm", test_crash_at_every_instant);
  g_test_add_func ("/council/bad/More faulty ones than allowed for are caught",
                   test_too_many_faulty);
  g_test_add_data_func ("/council/bad/One that forgets its promises is caught",
                        GINT_TO_POINTER (COUNCIL_FORGETS), test_flaws);
  g_test_add_data_func ("/council/bad/One that forgets its lock is caught",
                        GINT_TO_POINTER (COUNCIL_UNLOCKS), test_flaws);
  g_test_add_data_func ("/council/bad/One that does not wait for its disk is caught",
                        GINT_TO_POINTER (COUNCIL_IMPATIENT), test_flaws);
  return g_test_run ();
}
