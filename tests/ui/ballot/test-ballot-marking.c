/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-ballot-words.h"

#include <glib.h>

static const char *const people[] = { "Ada", "Bert", "Carla", "Dora", NULL };

static DpopBallotPaper *
new_paper (DpopBallotKind kind, guint least, guint most)
{
  return dpop_ballot_paper_new (kind, people, NULL, least, most);
}

#define assert_says(marking, paper, whom, cast, expected)                                          \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *said = dpop_ballot_words_say (marking, paper, whom, cast);                    \
    g_assert_cmpstr (said, ==, expected);                                                          \
  }                                                                                                \
  G_STMT_END

#define assert_places(ranking, a, b, c, d)                                                         \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_assert_cmpuint ((ranking)->places[0], ==, a);                                                \
    g_assert_cmpuint ((ranking)->places[1], ==, b);                                                \
    g_assert_cmpuint ((ranking)->places[2], ==, c);                                                \
    g_assert_cmpuint ((ranking)->places[3], ==, d);                                                \
  }                                                                                                \
  G_STMT_END

/* --- Ranking. -------------------------------------------------------------------------------- */

/* What holds after any move: places without gaps, from 1. */
static void
assert_sound (const DpopBallotRanking *ranking)
{
  const guint last = dpop_ballot_ranking_n_places (ranking);

  for (guint place = 1; place <= last; place++)
    {
      gboolean found = FALSE;

      for (guint i = 0; i < ranking->n_options; i++)
        found |= ranking->places[i] == place;
      g_assert_true (found);
    }
}

static void
test_raising (void)
{
  DpopBallotRanking ranking;

  dpop_ballot_ranking_init (&ranking, 4);
  g_assert_true (dpop_ballot_ranking_raise (&ranking, 2));
  g_assert_true (dpop_ballot_ranking_raise (&ranking, 0));
  assert_places (&ranking, 2, 0, 1, 0);
  g_assert_true (dpop_ballot_ranking_raise (&ranking, 0));
  assert_places (&ranking, 1, 0, 2, 0);
  g_assert_false (dpop_ballot_ranking_raise (&ranking, 0));
  assert_places (&ranking, 1, 0, 2, 0);
}

static void
test_lowering (void)
{
  DpopBallotRanking ranking = { .n_options = 4, .places = { 1, 2, 3, 0 } };

  g_assert_true (dpop_ballot_ranking_lower (&ranking, 0));
  assert_places (&ranking, 2, 1, 3, 0);
  g_assert_true (dpop_ballot_ranking_lower (&ranking, 2));
  assert_places (&ranking, 2, 1, 0, 0);
  g_assert_false (dpop_ballot_ranking_lower (&ranking, 2));
}

static void
test_sharing (void)
{
  DpopBallotRanking ranking = { .n_options = 4, .places = { 1, 2, 3, 0 } };

  g_assert_true (dpop_ballot_ranking_join (&ranking, 1));
  assert_places (&ranking, 1, 1, 2, 0);
  g_assert_cmpuint (dpop_ballot_ranking_n_equal (&ranking, 0), ==, 2);
  g_assert_false (dpop_ballot_ranking_join (&ranking, 0));
  g_assert_true (dpop_ballot_ranking_part (&ranking, 0));
  assert_places (&ranking, 2, 1, 3, 0);
  g_assert_false (dpop_ballot_ranking_part (&ranking, 0));
}

/* One step up out of a shared place comes before those it was shared with, not over the one above.
 */
static void
test_raising_from_a_shared_place (void)
{
  DpopBallotRanking ranking = { .n_options = 4, .places = { 1, 2, 2, 3 } };

  g_assert_true (dpop_ballot_ranking_raise (&ranking, 2));
  assert_places (&ranking, 1, 3, 2, 4);
}

static void
test_putting (void)
{
  DpopBallotRanking ranking = { .n_options = 4, .places = { 1, 2, 3, 4 } };

  g_assert_true (dpop_ballot_ranking_put (&ranking, 3, 1));
  assert_places (&ranking, 2, 3, 4, 1);
  g_assert_false (dpop_ballot_ranking_put (&ranking, 3, 1));
  g_assert_true (dpop_ballot_ranking_put (&ranking, 3, 9));
  assert_places (&ranking, 1, 2, 3, 4);
}

static void
test_dragging (void)
{
  DpopBallotRanking ranking = { .n_options = 4, .places = { 1, 2, 3, 0 } };

  g_assert_true (dpop_ballot_ranking_put_by (&ranking, 0, 2, TRUE));
  assert_places (&ranking, 3, 1, 2, 0);
  g_assert_true (dpop_ballot_ranking_put_by (&ranking, 3, 1, FALSE));
  assert_places (&ranking, 4, 2, 3, 1);
  ranking = (DpopBallotRanking){ .n_options = 4, .places = { 1, 2, 0, 0 } };
  g_assert_true (dpop_ballot_ranking_put_by (&ranking, 0, 3, FALSE));
  assert_places (&ranking, 0, 1, 0, 0);
}

static void
test_order (void)
{
  const DpopBallotRanking ranking = { .n_options = 4, .places = { 0, 2, 1, 2 } };
  const guint16 expected[] = { 2, 1, 3, 0 };
  guint16 order[DPOP_DECISION_OPTIONS_MAX];

  dpop_ballot_ranking_order (&ranking, order);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpuint (order[i], ==, expected[i]);
}

static void
test_any_moves (void)
{
  DpopBallotRanking ranking;

  dpop_ballot_ranking_init (&ranking, 5);
  for (guint i = 0; i < 20000; i++)
    {
      const guint option = (guint) g_test_rand_int_range (0, 5);
      const guint other = (guint) g_test_rand_int_range (0, 5);

      switch (g_test_rand_int_range (0, 7))
        {
        case 0:
          dpop_ballot_ranking_raise (&ranking, option);
          break;
        case 1:
          dpop_ballot_ranking_lower (&ranking, option);
          break;
        case 2:
          dpop_ballot_ranking_put (&ranking, option, other + 1);
          break;
        case 3:
          dpop_ballot_ranking_put_by (&ranking, option, other, i % 2);
          break;
        case 4:
          dpop_ballot_ranking_join (&ranking, option);
          break;
        case 5:
          dpop_ballot_ranking_part (&ranking, option);
          break;
        default:
          dpop_ballot_ranking_drop (&ranking, option);
        }
      assert_sound (&ranking);
    }
}

/* --- What is said. --------------------------------------------------------------------------- */

static void
test_answers_are_said (void)
{
  g_autoptr (DpopBallotPaper) paper
      = dpop_ballot_paper_new (DPOP_BALLOT_YES_NO_ABSTAIN, NULL, NULL, 0, 0);
  DpopBallotMarking marking;
  g_autofree char *ask = NULL;

  dpop_ballot_marking_init (&marking, paper);
  ask = dpop_ballot_words_ask (&marking, paper);
  g_assert_cmpstr (ask, ==, "Choose yes, no or abstain.");
  dpop_ballot_marking_answer (&marking, paper, DPOP_ANSWER_YES);
  g_assert_null (dpop_ballot_words_ask (&marking, paper));
  assert_says (&marking, paper, NULL, FALSE, "You vote yes.");
  assert_says (&marking, paper, NULL, TRUE, "You voted yes.");
  assert_says (&marking, paper, "Carla Cook", FALSE, "On behalf of Carla Cook: yes.");
  dpop_ballot_marking_answer (&marking, paper, DPOP_ANSWER_ABSTAIN);
  assert_says (&marking, paper, NULL, FALSE, "You abstain.");
}

static void
test_rankings_are_said (void)
{
  g_autoptr (DpopBallotPaper) paper = new_paper (DPOP_BALLOT_RANK, 0, 0);
  DpopBallotMarking marking;

  dpop_ballot_marking_init (&marking, paper);
  marking.ranking = (DpopBallotRanking){ .n_options = 4, .places = { 1, 2, 2, 0 } };
  assert_says (&marking, paper, NULL, FALSE,
               "You rank 1. Ada, 2. Bert and Carla equally; the other one is not ranked.");
  marking.ranking = (DpopBallotRanking){ .n_options = 4, .places = { 1, 0, 0, 0 } };
  assert_says (&marking, paper, NULL, TRUE, "You ranked 1. Ada; the others are not ranked.");
  assert_says (&marking, paper, "Dora Dyer", TRUE, "Cast on behalf of Dora Dyer: 1. Ada.");
  marking.ranking = (DpopBallotRanking){ .n_options = 4, .places = { 4, 3, 2, 1 } };
  assert_says (&marking, paper, NULL, FALSE, "You rank 1. Dora, 2. Carla, 3. Bert, 4. Ada.");
}

static void
test_choices_are_said (void)
{
  g_autoptr (DpopBallotPaper) one = new_paper (DPOP_BALLOT_CHOOSE_ONE, 0, 0);
  g_autoptr (DpopBallotPaper) some = new_paper (DPOP_BALLOT_APPROVE, 2, 3);
  DpopBallotMarking marking;

  dpop_ballot_marking_init (&marking, one);
  dpop_ballot_marking_choose (&marking, one, 0, TRUE);
  dpop_ballot_marking_choose (&marking, one, 1, TRUE);
  assert_says (&marking, one, NULL, FALSE, "You choose Bert.");
  dpop_ballot_marking_init (&marking, some);
  dpop_ballot_marking_choose (&marking, some, 3, TRUE);
  g_assert_false (dpop_ballot_marking_is_ready (&marking, some));
  dpop_ballot_marking_choose (&marking, some, 0, TRUE);
  dpop_ballot_marking_choose (&marking, some, 2, TRUE);
  g_assert_true (dpop_ballot_marking_is_ready (&marking, some));
  assert_says (&marking, some, NULL, FALSE, "You approve of Ada, Carla and Dora.");
  dpop_ballot_marking_choose (&marking, some, 1, TRUE);
  g_assert_false (dpop_ballot_marking_is_ready (&marking, some));
}

/* --- What is cast, and kept. ------------------------------------------------------------------ */

/* Whatever is ready to be cast is a ballot that the rules take, and comes back as it was. */
static void
assert_round_trip (const DpopBallotMarking *marking, const DpopBallotPaper *paper)
{
  const DpopDecisionPaper rules = {
    .kind = paper->kind,
    .n_options = dpop_ballot_paper_n (paper),
    .min_choices = paper->kind == DPOP_BALLOT_APPROVE ? paper->min_choices : 1,
    .max_choices = paper->kind == DPOP_BALLOT_APPROVE ? paper->max_choices : 1,
  };
  g_autofree char *text = dpop_ballot_marking_to_text (marking, paper);
  DpopBallotMarking back, kept;
  DpopDecisionBallot ballot, again;

  g_assert_true (dpop_ballot_marking_is_ready (marking, paper));
  dpop_ballot_marking_to_ballot (marking, paper, &ballot);
  g_assert_true (dpop_decision_ballot_fits (&ballot, &rules));
  dpop_ballot_marking_from_ballot (&back, paper, &ballot);
  g_assert_true (dpop_ballot_marking_from_text (&kept, paper, text));
  dpop_ballot_marking_to_ballot (&back, paper, &again);
  g_assert_true (dpop_decision_ballot_equal (&ballot, &again));
  dpop_ballot_marking_to_ballot (&kept, paper, &again);
  g_assert_true (dpop_decision_ballot_equal (&ballot, &again));
}

static void
test_ballots_come_back (void)
{
  const DpopBallotKind kinds[] = { DPOP_BALLOT_CHOOSE_ONE, DPOP_BALLOT_APPROVE, DPOP_BALLOT_RANK };
  g_autoptr (DpopBallotPaper) question
      = dpop_ballot_paper_new (DPOP_BALLOT_YES_NO_ABSTAIN, NULL, NULL, 0, 0);
  DpopBallotMarking marking;

  for (guint answer = DPOP_ANSWER_YES; answer <= DPOP_ANSWER_ABSTAIN; answer++)
    {
      dpop_ballot_marking_answer (&marking, question, answer);
      assert_round_trip (&marking, question);
    }
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (DpopBallotPaper) paper = new_paper (kinds[i], 1, 2);

      dpop_ballot_marking_answer (&marking, paper, DPOP_ANSWER_ABSTAIN);
      assert_round_trip (&marking, paper);
      dpop_ballot_marking_init (&marking, paper);
      if (kinds[i] == DPOP_BALLOT_RANK)
        dpop_ballot_ranking_put (&marking.ranking, 2, 1);
      else
        dpop_ballot_marking_choose (&marking, paper, 2, TRUE);
      assert_round_trip (&marking, paper);
    }
}

static void
test_strange_drafts_are_nothing (void)
{
  static const char *const texts[] = { "",         "maybe",      "rank 1 2",      "rank 1 3 0 0",
                                       "yes",      "choose 0 9", "rank 5 0 0 0",  "rank 1 2 3 x",
                                       "choose 0", "rank",       "rank 1 2 3 4 0" };
  g_autoptr (DpopBallotPaper) paper = new_paper (DPOP_BALLOT_RANK, 0, 0);
  DpopBallotMarking marking;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_assert_false (dpop_ballot_marking_from_text (&marking, paper, texts[i]));
      g_assert_true (dpop_ballot_marking_is_empty (&marking, paper));
    }
  g_assert_true (dpop_ballot_marking_from_text (&marking, paper, "rank 1 2 2 0"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ranking/a step up comes last among the ranked, then over the one above",
                   test_raising);
  g_test_add_func ("/ranking/a step down ends below the ranked ones", test_lowering);
  g_test_add_func ("/ranking/a place can be shared, and left again", test_sharing);
  g_test_add_func ("/ranking/a step up leaves a shared place", test_raising_from_a_shared_place);
  g_test_add_func ("/ranking/a number puts an option on its place", test_putting);
  g_test_add_func ("/ranking/an option is dropped before or after another", test_dragging);
  g_test_add_func ("/ranking/what is not ranked is shown last", test_order);
  g_test_add_func ("/ranking/no moves leave a gap", test_any_moves);
  g_test_add_func ("/words/an answer is said back", test_answers_are_said);
  g_test_add_func ("/words/a ranking is said back", test_rankings_are_said);
  g_test_add_func ("/words/a choice is said back", test_choices_are_said);
  g_test_add_func ("/ballot/what is ready fits the rules and comes back", test_ballots_come_back);
  g_test_add_func ("/draft/a draft that does not fit marks nothing",
                   test_strange_drafts_are_nothing);
  return g_test_run ();
}
