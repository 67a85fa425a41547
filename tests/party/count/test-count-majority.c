/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-count-majority.h"
#include "fixture-random.h"

static DpopCountMajorityFigures
figures (guint64 yes, guint64 no, guint64 abstain, guint64 blank, guint64 present,
         guint64 entitled)
{
  return (DpopCountMajorityFigures){ { entitled, present }, yes, no, abstain, blank };
}

static DpopCountMajorityRule
rule (gint64 num, gint64 den, gboolean strict, DpopCountBase base)
{
  DpopCountMajorityRule made = dpop_count_majority_rule_simple ();

  g_assert_true (dpop_rational_init (&made.majority.share, num, den));
  made.majority.strict = strict;
  made.base = base;
  return made;
}

static DpopCountMajorityOutcome
outcome (DpopCountMajorityRule made, DpopCountMajorityFigures counted)
{
  DpopCountFault fault = DPOP_COUNT_FAULT_RULE;
  g_autoptr (DpopCountMajority) result = dpop_count_majority_new (&made, &counted, &fault);

  g_assert_cmpint (fault, ==, DPOP_COUNT_FAULT_NONE);
  return result->outcome;
}

static void
test_a_majority_is_more_than_half_of_yes_and_no (void)
{
  DpopCountMajorityRule simple = dpop_count_majority_rule_simple ();

  /* RONR 44:1: of 20 who could vote, 19 and 18 votes ask for 10; 17 for 9. */
  g_assert_cmpint (outcome (simple, figures (10, 9, 0, 0, 20, 20)), ==,
                   DPOP_COUNT_MAJORITY_ACCEPTED);
  g_assert_cmpint (outcome (simple, figures (9, 9, 2, 0, 20, 20)), ==,
                   DPOP_COUNT_MAJORITY_REJECTED);
  g_assert_cmpint (outcome (simple, figures (9, 8, 3, 0, 20, 20)), ==,
                   DPOP_COUNT_MAJORITY_ACCEPTED);
  g_assert_cmpint (outcome (simple, figures (1, 0, 18, 1, 20, 20)), ==,
                   DPOP_COUNT_MAJORITY_ACCEPTED);
  g_assert_cmpint (outcome (simple, figures (0, 0, 20, 0, 20, 20)), ==,
                   DPOP_COUNT_MAJORITY_REJECTED);
}

static void
test_the_base_decides (void)
{
  /* 30 for, 15 against, 5 abstain, 10 blank or silent, 40 stayed away. */
  DpopCountMajorityFigures counted = figures (30, 15, 5, 6, 60, 100);
  static const struct
  {
    DpopCountBase base;
    guint64 size, two_thirds;
    gboolean reached;
  } bases[] = {
    { DPOP_COUNT_BASE_YES_NO, 45, 30, TRUE },
    { DPOP_COUNT_BASE_CAST, 50, 34, FALSE },
    { DPOP_COUNT_BASE_PRESENT, 60, 40, FALSE },
    { DPOP_COUNT_BASE_ENTITLED, 100, 67, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bases); i++)
    {
      DpopCountMajorityRule asked = rule (2, 3, FALSE, bases[i].base);
      g_autoptr (DpopCountMajority) result = dpop_count_majority_new (&asked, &counted, NULL);
      DpopCountReason *reason = &g_array_index (result->reasons, DpopCountReason, 0);

      g_assert_cmpuint (result->reasons->len, ==, 1);
      g_assert_cmpint (reason->code, ==, DPOP_COUNT_REASON_MAJORITY);
      g_assert_cmpint (reason->over, ==, bases[i].base);
      g_assert_cmpuint (reason->figure, ==, 30);
      g_assert_cmpuint (reason->base, ==, bases[i].size);
      g_assert_cmpuint (reason->needed, ==, bases[i].two_thirds);
      g_assert_cmpint (reason->satisfied, ==, bases[i].reached);
      g_assert_cmpint (result->outcome == DPOP_COUNT_MAJORITY_ACCEPTED, ==, bases[i].reached);
      g_assert_cmpuint (result->cast, ==, 50);
    }
}

static void
test_two_thirds_of_nine_is_six (void)
{
  DpopCountMajorityRule asked = rule (2, 3, FALSE, DPOP_COUNT_BASE_YES_NO);

  g_assert_cmpint (outcome (asked, figures (6, 3, 0, 0, 9, 9)), ==, DPOP_COUNT_MAJORITY_ACCEPTED);
  g_assert_cmpint (outcome (asked, figures (5, 4, 0, 0, 9, 9)), ==, DPOP_COUNT_MAJORITY_REJECTED);
  asked.majority.strict = TRUE;
  g_assert_cmpint (outcome (asked, figures (6, 3, 0, 0, 9, 9)), ==, DPOP_COUNT_MAJORITY_REJECTED);
}

static void
test_a_tie_is_rejected (void)
{
  DpopCountMajorityRule at_least_half = rule (1, 2, FALSE, DPOP_COUNT_BASE_YES_NO);
  DpopCountMajorityFigures tied = figures (5, 5, 1, 0, 11, 20);
  g_autoptr (DpopCountMajority) result = dpop_count_majority_new (&at_least_half, &tied, NULL);
  DpopCountReason *reason = &g_array_index (result->reasons, DpopCountReason, 1);

  g_assert_cmpint (result->outcome, ==, DPOP_COUNT_MAJORITY_REJECTED);
  g_assert_cmpuint (result->reasons->len, ==, 2);
  g_assert_cmpint (reason->code, ==, DPOP_COUNT_REASON_TIE);
  g_assert_cmpuint (reason->figure, ==, 5);
  g_assert_cmpuint (reason->needed, ==, 6);
  g_assert_false (reason->satisfied);
  g_assert_cmpint (outcome (at_least_half, figures (6, 5, 0, 0, 11, 20)), ==,
                   DPOP_COUNT_MAJORITY_ACCEPTED);
  at_least_half.base = DPOP_COUNT_BASE_ENTITLED;
  g_assert_cmpint (outcome (at_least_half, figures (5, 5, 0, 0, 10, 10)), ==,
                   DPOP_COUNT_MAJORITY_REJECTED);
  g_assert_cmpint (outcome (at_least_half, figures (5, 4, 0, 0, 9, 10)), ==,
                   DPOP_COUNT_MAJORITY_ACCEPTED);
}

static void
test_a_minority_has_its_right (void)
{
  DpopCountMajorityRule third = rule (1, 3, FALSE, DPOP_COUNT_BASE_PRESENT);

  g_assert_cmpint (outcome (third, figures (4, 8, 0, 0, 12, 40)), ==,
                   DPOP_COUNT_MAJORITY_ACCEPTED);
  g_assert_cmpint (outcome (third, figures (6, 6, 0, 0, 12, 40)), ==,
                   DPOP_COUNT_MAJORITY_ACCEPTED);
  g_assert_cmpint (outcome (third, figures (3, 9, 0, 0, 12, 40)), ==,
                   DPOP_COUNT_MAJORITY_REJECTED);
}

static void
test_nothing_passes_without_a_yes (void)
{
  for (int base = DPOP_COUNT_BASE_YES_NO; base <= DPOP_COUNT_BASE_ENTITLED; base++)
    {
      DpopCountMajorityRule asked = rule (1, 4, FALSE, (DpopCountBase) base);
      DpopCountMajorityFigures nobody = figures (0, 0, 0, 0, 0, 0);
      g_autoptr (DpopCountMajority) result = dpop_count_majority_new (&asked, &nobody, NULL);

      g_assert_cmpint (result->outcome, ==, DPOP_COUNT_MAJORITY_REJECTED);
      g_assert_cmpuint (g_array_index (result->reasons, DpopCountReason, 0).needed, ==, 1);
    }
}

static void
test_a_quorum_comes_before_the_majority (void)
{
  DpopCountMajorityRule asked = dpop_count_majority_rule_simple ();
  DpopCountMajorityFigures few = figures (9, 0, 0, 0, 9, 20);
  g_autoptr (DpopCountMajority) result = NULL;

  asked.quorum = (DpopCountQuorum){ { { 1, 2 }, FALSE }, 0 };
  g_assert_cmpint (outcome (asked, few), ==, DPOP_COUNT_MAJORITY_NO_QUORUM);
  /* Blanks and abstentions are present as well as anyone. */
  g_assert_cmpint (outcome (asked, figures (5, 3, 1, 1, 10, 20)), ==,
                   DPOP_COUNT_MAJORITY_ACCEPTED);
  g_assert_cmpint (outcome (asked, figures (5, 5, 0, 0, 10, 20)), ==,
                   DPOP_COUNT_MAJORITY_REJECTED);
  asked.quorum.share.strict = TRUE;
  g_assert_cmpint (outcome (asked, figures (5, 3, 1, 1, 10, 20)), ==,
                   DPOP_COUNT_MAJORITY_NO_QUORUM);
  asked.quorum = (DpopCountQuorum){ { { 1, 2 }, FALSE }, 9 };
  g_assert_cmpint (outcome (asked, few), ==, DPOP_COUNT_MAJORITY_NO_QUORUM);
  asked.quorum = (DpopCountQuorum){ { { 1, 4 }, FALSE }, 10 };
  result = dpop_count_majority_new (&asked, &few, NULL);
  g_assert_cmpint (result->outcome, ==, DPOP_COUNT_MAJORITY_NO_QUORUM);
  g_assert_cmpuint (result->reasons->len, ==, 3);
  g_assert_true (g_array_index (result->reasons, DpopCountReason, 0).satisfied);
  g_assert_cmpint (g_array_index (result->reasons, DpopCountReason, 1).code, ==,
                   DPOP_COUNT_REASON_QUORUM_MINIMUM);
  g_assert_cmpuint (g_array_index (result->reasons, DpopCountReason, 1).needed, ==, 10);
  g_assert_false (g_array_index (result->reasons, DpopCountReason, 1).satisfied);
  g_assert_true (g_array_index (result->reasons, DpopCountReason, 2).satisfied);
}

static void
test_rules_that_cannot_be_kept (void)
{
  DpopCountMajorityRule simple = dpop_count_majority_rule_simple ();
  DpopCountMajorityRule bad[8];

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    bad[i] = simple;
  bad[0].majority.share = (DpopRational){ 0, 1 };
  bad[1].majority.share = (DpopRational){ 3, 2 };
  bad[2].majority = (DpopCountThreshold){ { 1, 1 }, TRUE };
  bad[3].majority.share = (DpopRational){ 2, 4 };
  bad[4].base = (DpopCountBase) 4;
  bad[5].quorum.share = (DpopCountThreshold){ { -1, 2 }, FALSE };
  bad[6].quorum.minimum = DPOP_COUNT_MAX_VOTES + 1;
  bad[7].quorum.share = (DpopCountThreshold){ { 0, 0 }, FALSE };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      DpopCountMajorityFigures counted = figures (1, 0, 0, 0, 1, 1);
      DpopCountFault fault = DPOP_COUNT_FAULT_NONE;

      g_assert_null (dpop_count_majority_new (&bad[i], &counted, &fault));
      g_assert_cmpint (fault, ==, DPOP_COUNT_FAULT_RULE);
    }
  g_assert_cmpint (dpop_count_majority_rule_check (&simple), ==, DPOP_COUNT_FAULT_NONE);
}

static void
test_figures_that_cannot_be (void)
{
  DpopCountMajorityRule simple = dpop_count_majority_rule_simple ();
  DpopCountMajorityFigures over = figures (3, 3, 3, 2, 10, 20);
  DpopCountMajorityFigures crowd = figures (3, 3, 3, 1, 21, 20);
  DpopCountMajorityFigures many = figures (G_MAXUINT64, 1, 0, 0, 10, 20);
  DpopCountFault fault;

  g_assert_null (dpop_count_majority_new (&simple, &over, &fault));
  g_assert_cmpint (fault, ==, DPOP_COUNT_FAULT_FIGURES);
  g_assert_null (dpop_count_majority_new (&simple, &crowd, &fault));
  g_assert_cmpint (fault, ==, DPOP_COUNT_FAULT_FIGURES);
  g_assert_null (dpop_count_majority_new (&simple, &many, &fault));
  g_assert_cmpint (fault, ==, DPOP_COUNT_FAULT_TOO_MANY_VOTES);
}

static void
test_every_share_up_to_500_is_exact (void)
{
  static const DpopRational shares[] = { { 1, 2 }, { 2, 3 }, { 3, 4 }, { 3, 5 }, { 1, 1 } };

  for (guint s = 0; s < G_N_ELEMENTS (shares); s++)
    for (guint64 n = 1; n <= 500; n += fixture_share ())
      for (guint64 yes = 0; yes <= n; yes++)
        for (int strict = 0; strict <= (s < 4 ? 1 : 0); strict++)
          {
            DpopCountMajorityRule asked =
                rule (shares[s].num, shares[s].den, strict, DPOP_COUNT_BASE_YES_NO);
            guint64 left = yes * (guint64) shares[s].den, right = n * (guint64) shares[s].num;
            gboolean expected = (strict ? left > right : left >= right) && 2 * yes > n;

            g_assert_cmpint (outcome (asked, figures (yes, n - yes, 0, 0, n, n))
                                 == DPOP_COUNT_MAJORITY_ACCEPTED,
                             ==, expected);
          }
}

static void
test_another_yes_never_harms (void)
{
  FixtureRandom random;

  fixture_random_init (&random, 11);
  for (guint i = 0; i < 20000 / fixture_share (); i++)
    {
      gint64 den = 1 + (gint64) fixture_random_below (&random, 6);
      gint64 num = 1 + (gint64) fixture_random_below (&random, (guint64) den);
      DpopCountMajorityRule asked = rule (num, den, FALSE, fixture_random_below (&random, 4));
      guint64 no = 1 + fixture_random_below (&random, 12), yes = fixture_random_below (&random, 12);
      DpopCountMajorityFigures before = figures (yes, no, 0, 0, yes + no, 24);
      DpopCountMajorityFigures after = figures (yes + 1, no - 1, 0, 0, yes + no, 24);

      if (outcome (asked, before) == DPOP_COUNT_MAJORITY_ACCEPTED)
        g_assert_cmpint (outcome (asked, after), ==, DPOP_COUNT_MAJORITY_ACCEPTED);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define CLAIM(text, function) g_test_add_func ("/count/majority/" text, function)
  CLAIM ("A majority is more than half of yes and no",
         test_a_majority_is_more_than_half_of_yes_and_no);
  CLAIM ("The base decides what two thirds are", test_the_base_decides);
  CLAIM ("Two thirds of nine is six", test_two_thirds_of_nine_is_six);
  CLAIM ("A tie is rejected", test_a_tie_is_rejected);
  CLAIM ("A minority has its right", test_a_minority_has_its_right);
  CLAIM ("Nothing passes without a yes", test_nothing_passes_without_a_yes);
  CLAIM ("A quorum comes before the majority", test_a_quorum_comes_before_the_majority);
  CLAIM ("Rules that cannot be kept are refused", test_rules_that_cannot_be_kept);
  CLAIM ("Figures that cannot be are refused", test_figures_that_cannot_be);
  CLAIM ("Every share of up to 500 votes is exact", test_every_share_up_to_500_is_exact);
  CLAIM ("Another yes never harms", test_another_yes_never_harms);
#undef CLAIM
  return g_test_run ();
}
