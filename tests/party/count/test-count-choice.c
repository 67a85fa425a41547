/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-count-choice.h"
#include "fixture-random.h"

static DpopCountChoiceRule
rule (guint n_options, guint min, guint max, guint seats)
{
  return (DpopCountChoiceRule){
    .n_options = n_options,
    .min_choices = min,
    .max_choices = max,
    .seats = seats,
    .majority = { { 0, 1 }, FALSE },
    .base = DPOP_COUNT_BASE_YES_NO,
    .quorum = { { { 0, 1 }, FALSE }, 0 },
  };
}

/* Plurality figures: votes for option 0, 1, ... up to a negative number. */
static DpopCountChoiceFigures
plurality (const DpopCountChoiceRule *made, const int *votes)
{
  DpopCountChoiceFigures figures = { 0 };

  for (guint i = 0; i < made->n_options; i++)
    if (votes[i] > 0)
      g_assert_cmpint (dpop_count_choice_add (made, &figures, G_GUINT64_CONSTANT (1) << i,
                                              (guint64) votes[i]),
                       ==, DPOP_COUNT_FAULT_NONE);
  figures.turnout.present = figures.choosing;
  figures.turnout.entitled = figures.choosing;
  return figures;
}

static DpopCountChoice *
count (const DpopCountChoiceRule *made, const DpopCountChoiceFigures *figures)
{
  DpopCountFault fault = DPOP_COUNT_FAULT_RULE;
  DpopCountChoice *result = dpop_count_choice_new (made, figures, &fault);

  g_assert_cmpint (fault, ==, DPOP_COUNT_FAULT_NONE);
  g_assert_nonnull (result);
  return result;
}

static void
test_the_most_votes_win (void)
{
  DpopCountChoiceRule one = rule (4, 1, 1, 1);
  DpopCountChoiceFigures figures = plurality (&one, (int[]){ 3, 7, 5, 5 });
  g_autoptr (DpopCountChoice) result = count (&one, &figures);

  g_assert_cmpint (result->outcome, ==, DPOP_COUNT_CHOICE_DECIDED);
  g_assert_cmphex (result->elected, ==, 0x2);
  g_assert_cmphex (result->tied, ==, 0);
  g_assert_cmpuint (result->place[0], ==, 4);
  g_assert_cmpuint (result->place[1], ==, 1);
  g_assert_cmpuint (result->place[2], ==, 2);
  g_assert_cmpuint (result->place[3], ==, 2);
  g_assert_cmpuint (result->order[0], ==, 1);
  g_assert_cmpuint (result->order[1], ==, 2);
  g_assert_cmpuint (result->order[3], ==, 0);
  g_assert_cmpuint (result->reasons->len, ==, 0);
}

static void
test_a_tie_elects_nobody (void)
{
  DpopCountChoiceRule one = rule (3, 1, 1, 1);
  DpopCountChoiceFigures figures = plurality (&one, (int[]){ 4, 1, 4 });
  g_autoptr (DpopCountChoice) result = count (&one, &figures);
  DpopCountReason *reason = &g_array_index (result->reasons, DpopCountReason, 0);

  g_assert_cmpint (result->outcome, ==, DPOP_COUNT_CHOICE_TIED);
  g_assert_cmphex (result->elected, ==, 0);
  g_assert_cmphex (result->tied, ==, 0x5);
  g_assert_cmpuint (result->seats_left, ==, 1);
  g_assert_cmpint (reason->code, ==, DPOP_COUNT_REASON_SEAT_TIE);
  g_assert_cmpuint (reason->figure, ==, 4);
  g_assert_cmpuint (reason->base, ==, 1);
}

static void
test_seats_are_filled_where_nobody_is_tied (void)
{
  DpopCountChoiceRule three = rule (5, 1, 1, 3);
  DpopCountChoiceFigures tied_last = plurality (&three, (int[]){ 9, 2, 4, 4, 4 });
  DpopCountChoiceFigures tied_first = plurality (&three, (int[]){ 9, 9, 4, 3, 3 });
  g_autoptr (DpopCountChoice) open = count (&three, &tied_last);
  g_autoptr (DpopCountChoice) full = count (&three, &tied_first);

  g_assert_cmpint (open->outcome, ==, DPOP_COUNT_CHOICE_TIED);
  g_assert_cmphex (open->elected, ==, 0x1);
  g_assert_cmphex (open->tied, ==, 0x1c);
  g_assert_cmpuint (open->seats_left, ==, 2);
  /* A tie that leaves both a seat is none. */
  g_assert_cmpint (full->outcome, ==, DPOP_COUNT_CHOICE_DECIDED);
  g_assert_cmphex (full->elected, ==, 0x7);
  g_assert_cmphex (full->tied, ==, 0);
}

static void
test_an_absolute_majority_may_be_asked_for (void)
{
  DpopCountChoiceRule one = rule (3, 1, 1, 1);
  DpopCountChoiceFigures short_of = plurality (&one, (int[]){ 5, 3, 2 });
  DpopCountChoiceFigures enough = plurality (&one, (int[]){ 6, 3, 2 });
  g_autoptr (DpopCountChoice) none = NULL, won = NULL, over_all = NULL;
  DpopCountReason *reason;

  one.majority = (DpopCountThreshold){ { 1, 2 }, TRUE };
  none = count (&one, &short_of);
  g_assert_cmpint (none->outcome, ==, DPOP_COUNT_CHOICE_NO_DECISION);
  g_assert_cmphex (none->elected, ==, 0);
  g_assert_cmphex (none->tied, ==, 0);
  g_assert_cmpuint (none->reasons->len, ==, 3);
  reason = &g_array_index (none->reasons, DpopCountReason, 0);
  g_assert_cmpint (reason->option, ==, 0);
  g_assert_cmpuint (reason->figure, ==, 5);
  g_assert_cmpuint (reason->needed, ==, 6);
  g_assert_cmpuint (reason->base, ==, 10);
  g_assert_false (reason->satisfied);
  won = count (&one, &enough);
  g_assert_cmpint (won->outcome, ==, DPOP_COUNT_CHOICE_DECIDED);
  g_assert_cmphex (won->elected, ==, 0x1);
  /* Six of eleven is more than half; six of the twelve who could vote is not. */
  enough.turnout.entitled = 12;
  one.base = DPOP_COUNT_BASE_ENTITLED;
  over_all = count (&one, &enough);
  g_assert_cmpint (over_all->outcome, ==, DPOP_COUNT_CHOICE_NO_DECISION);
}

static void
test_approval_adds_every_option_chosen (void)
{
  DpopCountChoiceRule approve = rule (4, 1, 3, 2);
  DpopCountChoiceFigures figures = { 0 };
  g_autoptr (DpopCountChoice) result = NULL, strict = NULL;

  g_assert_cmpint (dpop_count_choice_add (&approve, &figures, 0x3, 4), ==, DPOP_COUNT_FAULT_NONE);
  g_assert_cmpint (dpop_count_choice_add (&approve, &figures, 0xe, 3), ==, DPOP_COUNT_FAULT_NONE);
  g_assert_cmpint (dpop_count_choice_add (&approve, &figures, 0x8, 2), ==, DPOP_COUNT_FAULT_NONE);
  g_assert_cmpint (dpop_count_choice_add (&approve, &figures, 0, 1), ==, DPOP_COUNT_FAULT_NONE);
  figures.turnout = (DpopCountTurnout){ 15, 10 };
  result = count (&approve, &figures);
  g_assert_cmpuint (figures.votes[0], ==, 4);
  g_assert_cmpuint (figures.votes[1], ==, 7);
  g_assert_cmpuint (figures.votes[2], ==, 3);
  g_assert_cmpuint (figures.votes[3], ==, 5);
  g_assert_cmpuint (figures.abstain, ==, 1);
  g_assert_cmpuint (result->cast, ==, 10);
  g_assert_cmphex (result->elected, ==, 0xa);
  /* More than half of the nine who chose: only one of the two seats is filled. */
  approve.majority = (DpopCountThreshold){ { 3, 5 }, TRUE };
  strict = count (&approve, &figures);
  g_assert_cmpint (strict->outcome, ==, DPOP_COUNT_CHOICE_INCOMPLETE);
  g_assert_cmphex (strict->elected, ==, 0x2);
  g_assert_cmpuint (strict->seats_left, ==, 1);
}

static void
test_nobody_is_elected_without_a_vote (void)
{
  DpopCountChoiceRule two = rule (3, 1, 1, 2);
  DpopCountChoiceFigures one_voted = plurality (&two, (int[]){ 0, 1, 0 });
  DpopCountChoiceFigures nobody = { 0 };
  g_autoptr (DpopCountChoice) result = count (&two, &one_voted);
  g_autoptr (DpopCountChoice) empty = count (&two, &nobody);

  g_assert_cmpint (result->outcome, ==, DPOP_COUNT_CHOICE_INCOMPLETE);
  g_assert_cmphex (result->elected, ==, 0x2);
  g_assert_cmpint (empty->outcome, ==, DPOP_COUNT_CHOICE_NO_DECISION);
}

static void
test_a_quorum_may_be_missed (void)
{
  DpopCountChoiceRule one = rule (2, 1, 1, 1);
  DpopCountChoiceFigures figures = plurality (&one, (int[]){ 4, 1 });
  g_autoptr (DpopCountChoice) missed = NULL, met = NULL;

  one.quorum.minimum = 6;
  figures.turnout.entitled = 10;
  missed = count (&one, &figures);
  g_assert_cmpint (missed->outcome, ==, DPOP_COUNT_CHOICE_NO_QUORUM);
  g_assert_cmphex (missed->elected, ==, 0);
  figures.blank = 1;
  figures.turnout.present = 6;
  met = count (&one, &figures);
  g_assert_cmpint (met->outcome, ==, DPOP_COUNT_CHOICE_DECIDED);
}

static void
test_ballots_that_break_the_rule (void)
{
  DpopCountChoiceRule made = rule (5, 2, 3, 1);
  DpopCountChoiceRule all = rule (64, 1, 64, 1);
  DpopCountChoiceFigures figures = { 0 }, before;

  g_assert_cmpint (dpop_count_choice_ballot_check (&made, 0x3), ==, DPOP_COUNT_FAULT_NONE);
  g_assert_cmpint (dpop_count_choice_ballot_check (&made, 0), ==, DPOP_COUNT_FAULT_NONE);
  g_assert_cmpint (dpop_count_choice_ballot_check (&all, G_MAXUINT64), ==, DPOP_COUNT_FAULT_NONE);
  g_assert_cmpint (dpop_count_choice_add (&made, &figures, 0x1, 1), ==,
                   DPOP_COUNT_FAULT_TOO_FEW_CHOICES);
  g_assert_cmpint (dpop_count_choice_add (&made, &figures, 0x1b, 1), ==,
                   DPOP_COUNT_FAULT_TOO_MANY_CHOICES);
  g_assert_cmpint (dpop_count_choice_add (&made, &figures, 0x21, 1), ==,
                   DPOP_COUNT_FAULT_UNKNOWN_OPTION);
  g_assert_cmpint (dpop_count_choice_add (&made, &figures, 0x3, 0), ==,
                   DPOP_COUNT_FAULT_NO_WEIGHT);
  g_assert_cmpint (dpop_count_choice_add (&made, &figures, 0x3, G_MAXUINT64), ==,
                   DPOP_COUNT_FAULT_TOO_MANY_VOTES);
  g_assert_cmpint (dpop_count_choice_add (&made, &figures, 0x3, DPOP_COUNT_MAX_VOTES), ==,
                   DPOP_COUNT_FAULT_NONE);
  before = figures;
  g_assert_cmpint (dpop_count_choice_add (&made, &figures, 0x3, 1), ==,
                   DPOP_COUNT_FAULT_TOO_MANY_VOTES);
  g_assert_cmpmem (&before, sizeof before, &figures, sizeof figures);
}

static void
test_rules_that_cannot_be_kept (void)
{
  const DpopCountChoiceRule bad[] = {
    rule (0, 1, 1, 1), rule (65, 1, 1, 1), rule (3, 0, 1, 1), rule (3, 2, 1, 1),
    rule (3, 1, 4, 1), rule (3, 1, 1, 0),  rule (3, 1, 1, 4),
  };
  const DpopCountFault faults[] = {
    DPOP_COUNT_FAULT_NO_OPTIONS, DPOP_COUNT_FAULT_TOO_MANY_OPTIONS, DPOP_COUNT_FAULT_RULE,
    DPOP_COUNT_FAULT_RULE,       DPOP_COUNT_FAULT_RULE,             DPOP_COUNT_FAULT_RULE,
    DPOP_COUNT_FAULT_RULE,
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      DpopCountChoiceFigures nobody = { 0 };
      DpopCountFault fault;

      g_assert_null (dpop_count_choice_new (&bad[i], &nobody, &fault));
      g_assert_cmpint (fault, ==, faults[i]);
    }
}

static void
test_figures_that_cannot_be (void)
{
  DpopCountChoiceRule one = rule (3, 1, 1, 1);
  const DpopCountChoiceFigures good = plurality (&one, (int[]){ 3, 2, 1 });
  DpopCountChoiceFigures bad[6];

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    bad[i] = good;
  bad[0].votes[0] = 4;         /* seven votes by six */
  bad[1].votes[0] = 2;         /* five votes by six */
  bad[2].votes[3] = 1;         /* for nobody */
  bad[3].turnout.present = 5;
  bad[4].turnout.entitled = 5;
  bad[5].choosing = 0;
  g_assert_cmpint (dpop_count_choice_figures_check (&one, &good), ==, DPOP_COUNT_FAULT_NONE);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_cmpint (dpop_count_choice_figures_check (&one, &bad[i]), ==,
                     DPOP_COUNT_FAULT_FIGURES);
}

/* Who is elected is certain: no option left out, and none tied, has as many votes; and the tied
 * ones are all those with the votes of one of them. */
static void
test_the_listing_decides_nothing (void)
{
  FixtureRandom random;

  fixture_random_init (&random, 5);
  for (guint run = 0; run < 20000 / fixture_share (); run++)
    {
      guint n = 1 + (guint) fixture_random_below (&random, 6);
      DpopCountChoiceRule made = rule (n, 1, 1, 1 + (guint) fixture_random_below (&random, n));
      int votes[6];
      DpopCountChoiceFigures figures;
      g_autoptr (DpopCountChoice) result = NULL;

      for (guint i = 0; i < n; i++)
        votes[i] = (int) fixture_random_below (&random, 4);
      figures = plurality (&made, votes);
      result = count (&made, &figures);
      for (guint a = 0; a < n; a++)
        for (guint b = 0; b < n; b++)
          {
            gboolean in_a = dpop_count_options_has (result->elected, a);
            gboolean tied_a = dpop_count_options_has (result->tied, a);

            if (in_a && !dpop_count_options_has (result->elected, b))
              g_assert_cmpint (votes[a], >, votes[b]);
            if (tied_a)
              g_assert_cmpint (dpop_count_options_has (result->tied, b), ==,
                               votes[a] == votes[b]);
            if (votes[a] == 0)
              g_assert_false (in_a || tied_a);
          }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define CLAIM(text, function) g_test_add_func ("/count/choice/" text, function)
  CLAIM ("The most votes win", test_the_most_votes_win);
  CLAIM ("A tie elects nobody", test_a_tie_elects_nobody);
  CLAIM ("Seats are filled where nobody is tied", test_seats_are_filled_where_nobody_is_tied);
  CLAIM ("An absolute majority may be asked for", test_an_absolute_majority_may_be_asked_for);
  CLAIM ("Approval adds every option chosen", test_approval_adds_every_option_chosen);
  CLAIM ("Nobody is elected without a vote", test_nobody_is_elected_without_a_vote);
  CLAIM ("A quorum may be missed", test_a_quorum_may_be_missed);
  CLAIM ("Ballots that break the rule are refused", test_ballots_that_break_the_rule);
  CLAIM ("Rules that cannot be kept are refused", test_rules_that_cannot_be_kept);
  CLAIM ("Figures that cannot be are refused", test_figures_that_cannot_be);
  CLAIM ("The order of listing decides nothing", test_the_listing_decides_nothing);
#undef CLAIM
  return g_test_run ();
}
