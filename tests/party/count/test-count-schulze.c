/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-count-schulze.h"
#include "fixture-random.h"

#include <string.h>

/* A ballot in a line: "8 ACDB", "2 AB=CD", where letters left out are unranked. */
static DpopCountBallot
ballot (const char *line)
{
  DpopCountBallot made = { 0 };
  char *at = NULL;
  guint16 rank = 1;

  made.count = g_ascii_strtoull (line, &at, 10);
  for (at++; *at != '\0'; at++)
    if (*at == '=')
      rank--;
    else
      made.ranks[*at - 'A'] = rank++;
  dpop_count_ballot_close_gaps (&made, DPOP_COUNT_MAX_OPTIONS);
  return made;
}

static DpopCountSchulzeFigures *
tally (guint n_options, const char *const *lines)
{
  DpopCountSchulzeFigures *figures = g_new (DpopCountSchulzeFigures, 1);
  guint n = g_strv_length ((char **) lines);
  g_autofree DpopCountBallot *ballots = g_new (DpopCountBallot, n);

  for (guint i = 0; i < n; i++)
    ballots[i] = ballot (lines[i]);
  g_assert_cmpint (dpop_count_schulze_tally (figures, n_options, ballots, n, NULL), ==,
                   DPOP_COUNT_FAULT_NONE);
  return figures;
}

static DpopCountSchulze *
count (const DpopCountSchulzeRule *rule, guint n_options, const char *const *lines)
{
  DpopCountSchulzeRule simple = dpop_count_schulze_rule_simple ();
  g_autofree DpopCountSchulzeFigures *figures = tally (n_options, lines);
  DpopCountFault fault = DPOP_COUNT_FAULT_RULE;
  DpopCountSchulze *result =
      dpop_count_schulze_new (rule != NULL ? rule : &simple, figures, &fault);

  g_assert_cmpint (fault, ==, DPOP_COUNT_FAULT_NONE);
  return result;
}

/* The order as text: "E A C B D", "B=D A=C", dropped ones in brackets. */
static char *
order_text (const DpopCountSchulze *result)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < result->figures.n_options; i++)
    {
      guint option = result->order[i];
      guint place = result->place[option];

      if (i > 0)
        g_string_append_c (text, place > 0 && place == result->place[result->order[i - 1]] ? '='
                                                                                           : ' ');
      g_string_append_printf (text, place > 0 ? "%c" : "[%c]", 'A' + option);
    }
  return g_string_free (text, FALSE);
}

static void
assert_order (const DpopCountSchulze *result, const char *expected)
{
  g_autofree char *text = order_text (result);

  g_assert_cmpstr (text, ==, expected);
}

#define LINES(...) ((const char *const[]){ __VA_ARGS__, NULL })

static const char *const forty_five[] = { "5 ACBED", "5 ADECB", "8 BEDAC", "3 CABED", "7 CAEBD",
                                          "2 CBADE", "7 DCEBA", "8 EBADC", NULL };

static void
test_forty_five_voters (void)
{
  static const guint64 preferred[5][5] = { { 0, 20, 26, 30, 22 },
                                           { 25, 0, 16, 33, 18 },
                                           { 19, 29, 0, 17, 24 },
                                           { 15, 12, 28, 0, 14 },
                                           { 23, 27, 21, 31, 0 } };
  static const guint64 paths[5][5] = { { 0, 28, 28, 30, 24 },
                                       { 25, 0, 28, 33, 24 },
                                       { 25, 29, 0, 29, 24 },
                                       { 25, 28, 28, 0, 24 },
                                       { 25, 28, 28, 31, 0 } };
  g_autoptr (DpopCountSchulze) result = count (NULL, 5, forty_five);
  guint path[DPOP_COUNT_MAX_OPTIONS];

  for (guint a = 0; a < 5; a++)
    for (guint b = 0; b < 5; b++)
      {
        g_assert_cmpuint (result->figures.preferred[a][b], ==, preferred[a][b]);
        g_assert_cmpuint (result->paths[a][b].support, ==, paths[a][b]);
      }
  assert_order (result, "E A C B D");
  g_assert_cmpint (result->outcome, ==, DPOP_COUNT_SCHULZE_DECIDED);
  g_assert_cmphex (result->winners, ==, 0x10);
  g_assert_cmpint (result->condorcet_winner, ==, DPOP_COUNT_NO_OPTION);
  /* A to B goes by D and C: 30, 28, 29. */
  g_assert_cmpuint (dpop_count_schulze_path (result, 0, 1, path), ==, 4);
  g_assert_cmpuint (path[0], ==, 0);
  g_assert_cmpuint (path[1], ==, 3);
  g_assert_cmpuint (path[2], ==, 2);
  g_assert_cmpuint (path[3], ==, 1);
  g_assert_cmpuint (dpop_count_schulze_path (result, 0, 0, path), ==, 0);
}

/* The paper's first example: 21 voters, order d a c b. */
static void
test_twenty_one_voters (void)
{
  g_autoptr (DpopCountSchulze) result =
      count (NULL, 4, LINES ("8 ACDB", "2 BADC", "4 CDBA", "4 DBAC", "3 DCBA"));

  g_assert_cmpuint (result->figures.preferred[0][2], ==, 14);
  g_assert_cmpuint (result->figures.preferred[3][1], ==, 19);
  assert_order (result, "D A C B");
}

/* The paper's example of several winners: b beats c and d beats a, and nothing else is certain. */
static void
test_nine_voters_tie (void)
{
  g_autoptr (DpopCountSchulze) result =
      count (NULL, 4, LINES ("3 ABCD", "2 DABC", "2 DBCA", "2 CBDA"));

  g_assert_cmpint (result->outcome, ==, DPOP_COUNT_SCHULZE_TIED);
  g_assert_cmphex (result->winners, ==, 0xa);
  assert_order (result, "B=D A=C");
  g_assert_cmpuint (result->place[0], ==, 3);
  g_assert_cmpuint (result->place[2], ==, 3);
  for (guint a = 0; a < 4; a++)
    for (guint b = 0; b < 4; b++)
      g_assert_cmpint (dpop_count_schulze_beats (result, a, b), ==,
                       (a == 1 && b == 2) || (a == 3 && b == 0));
}

static DpopCountSchulzeFigures *
cycle (guint64 ab, guint64 ba, guint64 bc, guint64 cb, guint64 ca, guint64 ac)
{
  DpopCountSchulzeFigures *figures = g_new0 (DpopCountSchulzeFigures, 1);

  figures->n_options = 3;
  figures->ballots = 100;
  figures->turnout = (DpopCountTurnout){ 100, 100 };
  figures->preferred[0][1] = ab;
  figures->preferred[1][0] = ba;
  figures->preferred[1][2] = bc;
  figures->preferred[2][1] = cb;
  figures->preferred[2][0] = ca;
  figures->preferred[0][2] = ac;
  return figures;
}

static void
test_winning_votes_and_margins_differ (void)
{
  DpopCountSchulzeRule votes = dpop_count_schulze_rule_simple (), margins = votes;
  /* A-B 60:40, B-C 50:10, C-A 55:45. By votes B-C is weakest, so C leads; by margins C-A is. */
  g_autofree DpopCountSchulzeFigures *figures = cycle (60, 40, 50, 10, 55, 45);
  g_autoptr (DpopCountSchulze) by_votes = dpop_count_schulze_new (&votes, figures, NULL);
  g_autoptr (DpopCountSchulze) by_margins = NULL;

  margins.strength = DPOP_COUNT_SCHULZE_MARGINS;
  by_margins = dpop_count_schulze_new (&margins, figures, NULL);
  assert_order (by_votes, "C A B");
  assert_order (by_margins, "A B C");
}

static void
test_fewer_against_breaks_equal_support (void)
{
  DpopCountSchulzeRule votes = dpop_count_schulze_rule_simple ();
  g_autofree DpopCountSchulzeFigures *figures = cycle (50, 40, 50, 30, 50, 20);
  g_autoptr (DpopCountSchulze) result = dpop_count_schulze_new (&votes, figures, NULL);

  assert_order (result, "B C A");
  g_assert_cmpuint (result->paths[0][2].opposition, ==, 40);
}

static void
test_being_tied_is_not_transitive (void)
{
  DpopCountSchulzeRule votes = dpop_count_schulze_rule_simple ();
  /* A beats B; C is tied with both. */
  g_autofree DpopCountSchulzeFigures *figures = cycle (60, 40, 30, 30, 20, 20);
  g_autoptr (DpopCountSchulze) result = dpop_count_schulze_new (&votes, figures, NULL);

  assert_order (result, "A=C B");
  g_assert_cmpint (result->outcome, ==, DPOP_COUNT_SCHULZE_TIED);
  g_assert_cmpint (result->condorcet_winner, ==, DPOP_COUNT_NO_OPTION);
}

static void
test_blank_ballots_say_nothing (void)
{
  g_autoptr (DpopCountSchulze) result = count (NULL, 3, LINES ("3 A", "2 BA", "4 ", "1 A=B=C"));

  g_assert_cmpuint (result->figures.ballots, ==, 10);
  g_assert_cmpuint (result->figures.blank, ==, 4);
  g_assert_cmpuint (result->figures.preferred[0][1], ==, 3);
  g_assert_cmpuint (result->figures.preferred[0][2], ==, 5);
  g_assert_cmpuint (result->figures.preferred[1][2], ==, 2);
  g_assert_cmpint (result->condorcet_winner, ==, 0);
  assert_order (result, "A B C");
}

static void
test_nobody_voted (void)
{
  DpopCountSchulzeRule rule = dpop_count_schulze_rule_simple ();
  g_autofree DpopCountSchulzeFigures *figures = g_new (DpopCountSchulzeFigures, 1);
  g_autoptr (DpopCountSchulze) tied = NULL, kept = NULL;

  g_assert_cmpint (dpop_count_schulze_tally (figures, 3, NULL, 0, NULL), ==,
                   DPOP_COUNT_FAULT_NONE);
  tied = dpop_count_schulze_new (&rule, figures, NULL);
  assert_order (tied, "A=B=C");
  g_assert_cmpint (tied->outcome, ==, DPOP_COUNT_SCHULZE_TIED);
  rule.default_option = 2;
  kept = dpop_count_schulze_new (&rule, figures, NULL);
  assert_order (kept, "C [A] [B]");
  g_assert_cmpint (kept->outcome, ==, DPOP_COUNT_SCHULZE_DECIDED);
}

static void
test_the_default_option_holds_others_back (void)
{
  /* D is the default. A beats all but has no two thirds against D; B has. */
  const char *const lines[] = { "5 ABDC", "3 BADC", "4 DBAC", "3 BDAC", NULL };
  DpopCountSchulzeRule rule = dpop_count_schulze_rule_simple ();
  g_autoptr (DpopCountSchulze) plain = NULL, twice = NULL, enough = NULL, quorum = NULL;
  DpopCountReason *reason;

  rule.default_option = 3;
  plain = count (&rule, 4, lines);
  /* A to D 8:7, B to D 11:4, C to D 0:15. */
  assert_order (plain, "B A D [C]");
  g_assert_cmphex (plain->dropped, ==, 0x4);
  rule.default_ratio = (DpopRational){ 2, 1 };
  twice = count (&rule, 4, lines);
  assert_order (twice, "B D [A] [C]");
  g_assert_cmpuint (twice->reasons->len, ==, 3);
  reason = &g_array_index (twice->reasons, DpopCountReason, 0);
  g_assert_cmpint (reason->code, ==, DPOP_COUNT_REASON_DEFAULT_MAJORITY);
  g_assert_cmpint (reason->option, ==, 0);
  g_assert_cmpuint (reason->figure, ==, 8);
  g_assert_cmpuint (reason->needed, ==, 14);
  g_assert_cmpuint (reason->base, ==, 7);
  g_assert_false (reason->satisfied);
  rule.default_quorum = 11;
  enough = count (&rule, 4, lines);
  assert_order (enough, "B D [A] [C]");
  rule.default_quorum = 12;
  quorum = count (&rule, 4, lines);
  assert_order (quorum, "D [A] [B] [C]");
  g_assert_cmphex (quorum->winners, ==, 0x8);
  g_assert_cmpuint (quorum->reasons->len, ==, 6);
}

static void
test_the_ratio_may_be_met_exactly (void)
{
  const char *const lines[] = { "6 A", "3 B", NULL };
  DpopCountSchulzeRule rule = dpop_count_schulze_rule_simple ();
  g_autoptr (DpopCountSchulze) met = NULL, strict = NULL, even = NULL;

  rule.default_option = 1;
  rule.default_ratio = (DpopRational){ 2, 1 };
  met = count (&rule, 2, lines);
  assert_order (met, "A B");
  rule.default_strict = TRUE;
  strict = count (&rule, 2, lines);
  assert_order (strict, "B [A]");
  /* One to one, met exactly, is not enough: the option must defeat the default. */
  rule.default_ratio = (DpopRational){ 1, 1 };
  rule.default_strict = FALSE;
  even = count (&rule, 2, LINES ("3 A", "3 B"));
  assert_order (even, "B [A]");
}

static void
test_a_dropped_option_stands_in_nobodys_way (void)
{
  /* A beats B, B beats C, C beats A; D is the default, and C fails against it. */
  const char *const lines[] = { "4 ABDC", "3 BDCA", "3 CADB", "1 ABDC", NULL };
  DpopCountSchulzeRule rule = dpop_count_schulze_rule_simple ();
  g_autoptr (DpopCountSchulze) free_for_all = count (NULL, 4, lines);
  g_autoptr (DpopCountSchulze) result = NULL;

  rule.default_option = 3;
  result = count (&rule, 4, lines);
  g_assert_cmphex (result->dropped, ==, 0x4);
  g_assert_cmpint (result->condorcet_winner, ==, 0);
  g_assert_cmpint (free_for_all->condorcet_winner, ==, DPOP_COUNT_NO_OPTION);
  g_assert_cmpuint (result->paths[2][0].support, ==, 0);
}

static void
test_a_quorum_may_be_missed (void)
{
  DpopCountSchulzeRule rule = dpop_count_schulze_rule_simple ();
  g_autofree DpopCountSchulzeFigures *figures = tally (2, LINES ("4 AB", "1 "));
  g_autoptr (DpopCountSchulze) missed = NULL, met = NULL;

  rule.quorum.share = (DpopCountThreshold){ { 1, 2 }, FALSE };
  figures->turnout.entitled = 11;
  missed = dpop_count_schulze_new (&rule, figures, NULL);
  g_assert_cmpint (missed->outcome, ==, DPOP_COUNT_SCHULZE_NO_QUORUM);
  g_assert_cmphex (missed->winners, ==, 0x1);
  figures->turnout.entitled = 10;
  met = dpop_count_schulze_new (&rule, figures, NULL);
  g_assert_cmpint (met->outcome, ==, DPOP_COUNT_SCHULZE_DECIDED);
}

static void
test_ballots_that_are_none (void)
{
  g_autofree DpopCountSchulzeFigures *figures = g_new (DpopCountSchulzeFigures, 1);
  DpopCountBallot ballots[2] = { { 1, { 1, 2, 3 } }, { 1, { 1, 4, 2 } } };
  gsize faulty = 99;

  g_assert_cmpint (dpop_count_schulze_tally (figures, 3, ballots, 2, &faulty), ==,
                   DPOP_COUNT_FAULT_RANK_OUT_OF_RANGE);
  g_assert_cmpuint (faulty, ==, 1);
  g_assert_cmpint (dpop_count_schulze_tally (figures, 2, ballots, 2, &faulty), ==,
                   DPOP_COUNT_FAULT_UNKNOWN_OPTION);
  g_assert_cmpuint (faulty, ==, 0);
  g_assert_cmpint (dpop_count_schulze_tally (figures, 65, ballots, 2, NULL), ==,
                   DPOP_COUNT_FAULT_TOO_MANY_OPTIONS);
  g_assert_cmpint (dpop_count_schulze_tally (figures, 0, ballots, 2, NULL), ==,
                   DPOP_COUNT_FAULT_NO_OPTIONS);
  ballots[1] = ballots[0];
  ballots[1].count = 0;
  g_assert_cmpint (dpop_count_schulze_tally (figures, 3, ballots, 2, NULL), ==,
                   DPOP_COUNT_FAULT_NO_WEIGHT);
  ballots[1].count = DPOP_COUNT_MAX_VOTES;
  g_assert_cmpint (dpop_count_schulze_tally (figures, 3, ballots, 2, NULL), ==,
                   DPOP_COUNT_FAULT_TOO_MANY_VOTES);
  ballots[1].count = DPOP_COUNT_MAX_VOTES - 1;
  g_assert_cmpint (dpop_count_schulze_tally (figures, 3, ballots, 2, NULL), ==,
                   DPOP_COUNT_FAULT_NONE);
  g_assert_cmpuint (figures->preferred[0][2], ==, DPOP_COUNT_MAX_VOTES);
}

static void
test_rules_that_cannot_be_kept (void)
{
  DpopCountSchulzeRule rule = dpop_count_schulze_rule_simple (), bad[6];

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      bad[i] = rule;
      bad[i].default_option = 1;
    }
  g_assert_cmpint (dpop_count_schulze_rule_check (&bad[0], 2), ==, DPOP_COUNT_FAULT_NONE);
  bad[0].strength = (DpopCountSchulzeStrength) 2;
  bad[1].default_option = 2;
  bad[2].default_option = -2;
  bad[3].default_ratio = (DpopRational){ 1, 2 };
  bad[4].default_ratio = (DpopRational){ 0, 0 };
  bad[5].default_quorum = DPOP_COUNT_MAX_VOTES + 1;
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_cmpint (dpop_count_schulze_rule_check (&bad[i], 2), ==, DPOP_COUNT_FAULT_RULE);
}

static void
test_figures_that_cannot_be (void)
{
  DpopCountSchulzeRule rule = dpop_count_schulze_rule_simple ();
  g_autofree DpopCountSchulzeFigures *figures = tally (3, LINES ("4 ABC", "1 "));
  DpopCountFault fault;

  figures->preferred[0][1] = 5; /* the blank ballot prefers nothing */
  g_assert_null (dpop_count_schulze_new (&rule, figures, &fault));
  g_assert_cmpint (fault, ==, DPOP_COUNT_FAULT_FIGURES);
  figures->preferred[0][1] = 4;
  figures->preferred[3][0] = 1;
  g_assert_null (dpop_count_schulze_new (&rule, figures, &fault));
  g_assert_cmpint (fault, ==, DPOP_COUNT_FAULT_FIGURES);
  figures->preferred[3][0] = 0;
  figures->turnout.present = 4;
  g_assert_null (dpop_count_schulze_new (&rule, figures, &fault));
  g_assert_cmpint (fault, ==, DPOP_COUNT_FAULT_FIGURES);
  figures->turnout.present = 5;
  figures->n_options = 65;
  g_assert_null (dpop_count_schulze_new (&rule, figures, &fault));
  g_assert_cmpint (fault, ==, DPOP_COUNT_FAULT_TOO_MANY_OPTIONS);
}

static void
test_a_hundred_thousand_ballots (void)
{
  const guint n = 100000 / fixture_share ();
  g_autofree DpopCountBallot *ballots = g_new0 (DpopCountBallot, n);
  g_autofree DpopCountSchulzeFigures *figures = g_new (DpopCountSchulzeFigures, 1);
  DpopCountSchulzeRule rule = dpop_count_schulze_rule_simple ();
  g_autoptr (DpopCountSchulze) result = NULL;
  FixtureRandom random;
  gint64 start;

  fixture_random_init (&random, 3);
  for (guint i = 0; i < n; i++)
    {
      ballots[i].count = 1;
      for (guint option = 0; option < 64; option++)
        ballots[i].ranks[option] = (guint16) fixture_random_below (&random, 65);
    }
  start = g_get_monotonic_time ();
  g_assert_cmpint (dpop_count_schulze_tally (figures, 64, ballots, n, NULL), ==,
                   DPOP_COUNT_FAULT_NONE);
  result = dpop_count_schulze_new (&rule, figures, NULL);
  g_test_message ("%u ballots, all different, of 64 options: %" G_GINT64_FORMAT " ms", n,
                  (g_get_monotonic_time () - start) / 1000);
  g_assert_nonnull (result);
  g_assert_cmpuint (result->figures.ballots, ==, n);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define CLAIM(text, function) g_test_add_func ("/count/schulze/" text, function)
  CLAIM ("45 voters order E A C B D", test_forty_five_voters);
  CLAIM ("21 voters order D A C B", test_twenty_one_voters);
  CLAIM ("9 voters leave two winners", test_nine_voters_tie);
  CLAIM ("Winning votes and margins differ", test_winning_votes_and_margins_differ);
  CLAIM ("Of equal support, fewer against is stronger", test_fewer_against_breaks_equal_support);
  CLAIM ("Being tied is not transitive", test_being_tied_is_not_transitive);
  CLAIM ("Blank ballots say nothing", test_blank_ballots_say_nothing);
  CLAIM ("Where nobody voted all are tied, or the default stays", test_nobody_voted);
  CLAIM ("The default option holds others back", test_the_default_option_holds_others_back);
  CLAIM ("The ratio may be met exactly", test_the_ratio_may_be_met_exactly);
  CLAIM ("A dropped option stands in nobody's way", test_a_dropped_option_stands_in_nobodys_way);
  CLAIM ("A quorum may be missed", test_a_quorum_may_be_missed);
  CLAIM ("Ballots that are none are refused", test_ballots_that_are_none);
  CLAIM ("Rules that cannot be kept are refused", test_rules_that_cannot_be_kept);
  CLAIM ("Figures that cannot be are refused", test_figures_that_cannot_be);
  CLAIM ("A hundred thousand ballots are counted", test_a_hundred_thousand_ballots);
#undef CLAIM
  return g_test_run ();
}
