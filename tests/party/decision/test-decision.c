/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "decision-case.h"

#include "dpop-decision-rule.h"
#include "dpop-outcome-export.h"

static const DpopCountReason *
find_reason (const DpopDecisionOutcome *outcome, DpopCountReasonCode code)
{
  for (guint i = 0; i < outcome->reasons->len; i++)
    if (g_array_index (outcome->reasons, DpopCountReason, i).code == code)
      return &g_array_index (outcome->reasons, DpopCountReason, i);
  return NULL;
}

/* --- A question. ------------------------------------------------------------------------- */

static void
test_a_question_is_accepted_with_its_reasons (void)
{
  DecisionCase self;
  g_autoptr (DpopDecisionOutcome) outcome = NULL;
  const DpopCountReason *majority;

  decision_case_init (&self, 10);
  decision_case_start (&self, FIXTURE_RULE_PLAIN, DPOP_BALLOT_YES_NO_ABSTAIN, 0);
  decision_case_answers (&self, 5, 2, 1);
  outcome = decision_case_end (&self);
  g_assert_cmpint (outcome->status, ==, DPOP_OUTCOME_ACCEPTED);
  g_assert_cmpuint (outcome->entitled, ==, 10);
  g_assert_cmpuint (outcome->present, ==, 8);
  g_assert_cmpuint (outcome->cast, ==, 8);
  g_assert_cmpuint (outcome->yes, ==, 5);
  g_assert_cmpuint (outcome->no, ==, 2);
  g_assert_cmpuint (outcome->abstain, ==, 1);
  majority = find_reason (outcome, DPOP_COUNT_REASON_MAJORITY);
  g_assert_cmpuint (majority->figure, ==, 5);
  g_assert_cmpuint (majority->base, ==, 7);
  g_assert_cmpuint (majority->needed, ==, 4);
  g_assert_true (majority->satisfied);
  decision_case_clear (&self);
}

/* What is asked for at its very edge, by the rule that two thirds of the votes cast must agree and
 * half of those entitled take part. */
static void
test_majority_and_quorum_at_their_edges (void)
{
  const struct
  {
    guint voters, yes, no, abstain;
    DpopOutcomeStatus status;
  } cases[] = {
    { 9, 6, 3, 0, DPOP_OUTCOME_ACCEPTED },
    { 9, 5, 4, 0, DPOP_OUTCOME_REJECTED },
    { 9, 6, 0, 3, DPOP_OUTCOME_ACCEPTED },
    { 9, 5, 0, 3, DPOP_OUTCOME_REJECTED },
    { 10, 4, 1, 0, DPOP_OUTCOME_ACCEPTED },
    { 10, 4, 0, 0, DPOP_OUTCOME_NO_QUORUM },
    { 11, 5, 0, 0, DPOP_OUTCOME_NO_QUORUM },
    { 11, 4, 2, 0, DPOP_OUTCOME_ACCEPTED },
    { 4, 0, 0, 4, DPOP_OUTCOME_REJECTED },
    { 4, 0, 0, 0, DPOP_OUTCOME_NO_QUORUM },
    { 1, 1, 0, 0, DPOP_OUTCOME_ACCEPTED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DecisionCase self;
      g_autoptr (DpopDecisionOutcome) outcome = NULL;

      decision_case_init (&self, cases[i].voters);
      decision_case_start (&self, FIXTURE_RULE_STRICT, DPOP_BALLOT_YES_NO_ABSTAIN, 0);
      decision_case_answers (&self, cases[i].yes, cases[i].no, cases[i].abstain);
      outcome = decision_case_end (&self);
      g_assert_cmpint (outcome->status, ==, cases[i].status);
      decision_case_clear (&self);
    }
}

static void
test_a_tie_is_not_a_majority (void)
{
  DecisionCase self;
  g_autoptr (DpopDecisionOutcome) outcome = NULL;

  decision_case_init (&self, 6);
  decision_case_start (&self, FIXTURE_RULE_PLAIN, DPOP_BALLOT_YES_NO_ABSTAIN, 0);
  decision_case_answers (&self, 3, 3, 0);
  outcome = decision_case_end (&self);
  g_assert_cmpint (outcome->status, ==, DPOP_OUTCOME_REJECTED);
  g_assert_nonnull (find_reason (outcome, DPOP_COUNT_REASON_TIE));
  decision_case_clear (&self);
}

/* --- Choices. ---------------------------------------------------------------------------- */

static void
vote_all (DecisionCase *self, const char *const *marks, guint n)
{
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (decision_case_vote (self, &self->voters[i], decision_case_marks (marks[i])),
                      ==, COSMIC_REASON_NONE);
}

static void
test_one_of_several_is_chosen (void)
{
  static const char *const marks[] = { "1", "1", "1", "0", "2", "" };
  DecisionCase self;
  g_autoptr (DpopDecisionOutcome) outcome = NULL;

  decision_case_init (&self, 7);
  decision_case_start (&self, FIXTURE_RULE_PLAIN, DPOP_BALLOT_CHOOSE_ONE, 3);
  vote_all (&self, marks, G_N_ELEMENTS (marks));
  outcome = decision_case_end (&self);
  g_assert_cmpint (outcome->status, ==, DPOP_OUTCOME_ELECTED);
  g_assert_cmpuint (outcome->elected, ==, 1 << 1);
  g_assert_cmpuint (outcome->votes[1], ==, 3);
  g_assert_cmpuint (outcome->abstain, ==, 1);
  g_assert_cmpuint (outcome->places[1], ==, 1);
  g_assert_cmpuint (outcome->places[0], ==, 2);
  g_assert_cmpuint (outcome->places[2], ==, 2);
  decision_case_clear (&self);
}

static void
test_half_of_the_votes_elects_nobody (void)
{
  static const char *const marks[] = { "0", "0", "1", "2" };
  DecisionCase self;
  g_autoptr (DpopDecisionOutcome) outcome = NULL;

  decision_case_init (&self, 4);
  decision_case_start (&self, FIXTURE_RULE_PLAIN, DPOP_BALLOT_CHOOSE_ONE, 3);
  vote_all (&self, marks, G_N_ELEMENTS (marks));
  outcome = decision_case_end (&self);
  g_assert_cmpint (outcome->status, ==, DPOP_OUTCOME_NOBODY);
  g_assert_cmpuint (outcome->seats_left, ==, 1);
  decision_case_clear (&self);
}

static void
test_several_are_approved_for_the_seats (void)
{
  static const char *const marks[] = { "0,1", "0,2", "0,1,3", "1,2" };
  DecisionCase self;
  g_autoptr (DpopDecisionOutcome) outcome = NULL;

  decision_case_init (&self, 5);
  decision_case_start (&self, FIXTURE_RULE_BOARD, DPOP_BALLOT_APPROVE, 5);
  vote_all (&self, marks, G_N_ELEMENTS (marks));
  outcome = decision_case_end (&self);
  g_assert_cmpint (outcome->status, ==, DPOP_OUTCOME_ELECTED);
  g_assert_cmpuint (outcome->elected, ==, 0x7);
  g_assert_cmpuint (outcome->seats, ==, 3);
  g_assert_cmpuint (outcome->seats_left, ==, 0);
  decision_case_clear (&self);
}

static void
test_equal_options_leave_the_last_seat_open (void)
{
  static const char *const marks[] = { "0,1,2,3", "0,1", "0" };
  DecisionCase self;
  g_autoptr (DpopDecisionOutcome) outcome = NULL;

  decision_case_init (&self, 5);
  decision_case_start (&self, FIXTURE_RULE_BOARD, DPOP_BALLOT_APPROVE, 4);
  vote_all (&self, marks, G_N_ELEMENTS (marks));
  outcome = decision_case_end (&self);
  g_assert_cmpint (outcome->status, ==, DPOP_OUTCOME_TIED);
  g_assert_cmpuint (outcome->elected, ==, 0x3);
  g_assert_cmpuint (outcome->tied, ==, 0xc);
  g_assert_cmpuint (outcome->seats_left, ==, 1);
  decision_case_clear (&self);
}

static void
test_seats_without_an_option_stay_empty (void)
{
  static const char *const marks[] = { "0,1", "0,1" };
  DecisionCase self;
  g_autoptr (DpopDecisionOutcome) outcome = NULL;

  decision_case_init (&self, 5);
  decision_case_start (&self, FIXTURE_RULE_BOARD, DPOP_BALLOT_APPROVE, 2);
  vote_all (&self, marks, G_N_ELEMENTS (marks));
  outcome = decision_case_end (&self);
  g_assert_cmpint (outcome->status, ==, DPOP_OUTCOME_INCOMPLETE);
  g_assert_cmpuint (outcome->elected, ==, 0x3);
  g_assert_cmpuint (outcome->seats, ==, 3);
  g_assert_cmpuint (outcome->seats_left, ==, 1);
  decision_case_clear (&self);
}

/* --- Rankings. --------------------------------------------------------------------------- */

static void
test_a_ranking_has_its_table (void)
{
  static const char *const marks[] = { "1,2,3", "1,3,2", "2,1,3", "0,0,0", "0,1,0" };
  DecisionCase self;
  g_autoptr (DpopDecisionOutcome) outcome = NULL;

  decision_case_init (&self, 6);
  decision_case_start (&self, FIXTURE_RULE_PLAIN, DPOP_BALLOT_RANK, 3);
  vote_all (&self, marks, G_N_ELEMENTS (marks));
  outcome = decision_case_end (&self);
  g_assert_cmpint (outcome->status, ==, DPOP_OUTCOME_TIED);
  g_assert_cmpuint (outcome->tied, ==, 0x3);
  g_assert_cmpuint (outcome->preferred[0][1], ==, 2);
  g_assert_cmpuint (outcome->preferred[1][0], ==, 2);
  g_assert_cmpuint (outcome->preferred[0][2], ==, 3);
  g_assert_cmpuint (outcome->preferred[2][0], ==, 0);
  g_assert_cmpuint (outcome->preferred[1][2], ==, 3);
  g_assert_cmpuint (outcome->preferred[2][1], ==, 1);
  g_assert_cmpuint (outcome->blank, ==, 1);
  g_assert_cmpuint (outcome->present, ==, 5);
  g_assert_cmpuint (outcome->cast, ==, 4);
  decision_case_clear (&self);
}

static void
test_a_ranking_fills_seats_in_its_order (void)
{
  static const char *const marks[] = { "1,2,3,4", "1,2,3,4", "2,1,3,4" };
  DecisionCase self;
  g_autoptr (DpopDecisionOutcome) outcome = NULL;

  decision_case_init (&self, 3);
  decision_case_start (&self, FIXTURE_RULE_BOARD, DPOP_BALLOT_RANK, 4);
  vote_all (&self, marks, G_N_ELEMENTS (marks));
  outcome = decision_case_end (&self);
  g_assert_cmpint (outcome->status, ==, DPOP_OUTCOME_ELECTED);
  g_assert_cmpuint (outcome->elected, ==, 0x7);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpuint (outcome->places[i], ==, i + 1);
  decision_case_clear (&self);
}

static void
test_none_of_these_can_win (void)
{
  const struct
  {
    const char *marks[4];
    DpopOutcomeStatus status;
    DpopCountOptions elected, dropped;
  } cases[] = {
    /* the default is the third: both drop */
    { { "2,3,1", "3,2,1", "2,3,1", "1,2,3" }, DPOP_OUTCOME_NOBODY, 0, 0x3 },
    /* one passes, and wins */
    { { "1,3,2", "1,3,2", "1,3,2", "3,2,1" }, DPOP_OUTCOME_ELECTED, 0x1, 0x2 },
    /* as many prefer the default: it drops */
    { { "1,3,2", "1,3,2", "2,3,1", "2,3,1" }, DPOP_OUTCOME_NOBODY, 0, 0x3 },
    /* a majority, but fewer than two voters want it */
    { { "1,0,0", "0,0,0", "0,0,0", "0,0,0" }, DPOP_OUTCOME_NOBODY, 0, 0x3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DecisionCase self;
      g_autoptr (DpopDecisionOutcome) outcome = NULL;

      decision_case_init (&self, 4);
      decision_case_start (&self, FIXTURE_RULE_DEFAULT, DPOP_BALLOT_RANK, 3);
      vote_all (&self, cases[i].marks, 4);
      outcome = decision_case_end (&self);
      g_assert_cmpint (outcome->status, ==, cases[i].status);
      g_assert_cmpuint (outcome->elected, ==, cases[i].elected);
      g_assert_cmpuint (outcome->dropped, ==, cases[i].dropped);
      decision_case_clear (&self);
    }
}

/* --- What remains. ----------------------------------------------------------------------- */

static void
test_an_outcome_reads_as_it_was_written (void)
{
  static const char *const marks[] = { "1,2,3", "3,1,2", "2,3,1", "1,1,2" };
  DecisionCase self;
  g_autoptr (DpopDecisionOutcome) one = NULL, two = NULL;
  g_autoptr (GVariant) first = NULL, second = NULL;

  decision_case_init (&self, 4);
  decision_case_start (&self, FIXTURE_RULE_DEFAULT, DPOP_BALLOT_RANK, 3);
  vote_all (&self, marks, 4);
  one = decision_case_end (&self);
  g_assert_cmpuint (one->reasons->len, >, 0);
  first = g_variant_ref_sink (dpop_decision_outcome_encode (one));
  two = dpop_decision_outcome_decode (first);
  second = g_variant_ref_sink (dpop_decision_outcome_encode (two));
  g_assert_true (g_variant_equal (first, second));
  g_assert_cmpuint (two->preferred[0][1], ==, one->preferred[0][1]);
  decision_case_clear (&self);
}

static void
test_only_an_accepted_effect_is_exported_as_such (void)
{
  const CosmicKey key = dpop_outcome_export_key ();

  for (guint yes = 0; yes <= 3; yes++)
    {
      DecisionCase self;
      DpopDecisionEffect effect = { .effect = DPOP_EFFECT_REVOKE_OFFICE };
      g_autoptr (DpopDecisionOutcome) outcome = NULL;
      g_autoptr (GBytes) bytes = NULL;
      DpopOutcomeExport export;

      decision_case_init (&self, 3);
      fixture_society_chair (&self.society, &self.voters[1]);
      effect.member = self.voters[1].member;
      g_assert_cmpuint (decision_case_propose (&self, FIXTURE_RULE_PLAIN,
                                               DPOP_BALLOT_YES_NO_ABSTAIN, &effect),
                        ==, COSMIC_REASON_NONE);
      g_assert_cmpuint (decision_case_open (&self, 0, 0, DPOP_COUNT_NO_OPTION), ==,
                        COSMIC_REASON_NONE);
      decision_case_answers (&self, yes, 3 - yes, 0);
      g_assert_null (cosmic_state_lookup (self.stream.exports, &key));
      outcome = decision_case_end (&self);
      bytes = cosmic_state_lookup (self.stream.exports, &key);
      g_assert_true (dpop_outcome_export_decode (bytes, &export));
      g_assert_cmpint (export.accepted, ==, yes >= 2);
      g_assert_cmpuint (export.effect, ==, DPOP_EFFECT_REVOKE_OFFICE);
      g_assert_cmpuint (export.role, ==, FIXTURE_ROLE_CHAIR);
      g_assert_cmpuint (export.height, ==, outcome->height);
      g_assert_true (cosmic_id_same (&export.member, &self.voters[1].member));
      decision_case_clear (&self);
    }
}

static void
test_a_rule_that_cannot_count_is_told_beforehand (void)
{
  DpopCharterRule rule = {
    .ballots = 0x1e, .majority = { .num = 0, .den = 1, .base = DPOP_BASE_YES_NO },
    .quorum = { .num = 0, .den = 1 }, .seats = 1, .default_option = DPOP_DEFAULT_NONE,
  };

  g_assert_false (dpop_decision_rule_counts (&rule, DPOP_BALLOT_YES_NO_ABSTAIN));
  g_assert_true (dpop_decision_rule_counts (&rule, DPOP_BALLOT_CHOOSE_ONE));
  rule.majority = (DpopCharterThreshold){ .num = 1, .den = 1, .strict = TRUE };
  g_assert_false (dpop_decision_rule_counts (&rule, DPOP_BALLOT_CHOOSE_ONE));
  g_assert_true (dpop_decision_rule_counts (&rule, DPOP_BALLOT_RANK));
  rule.quorum = (DpopCharterQuorum){ .num = 1, .den = 1, .strict = TRUE };
  g_assert_false (dpop_decision_rule_counts (&rule, DPOP_BALLOT_RANK));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/decision/A question is accepted with its reasons",
                   test_a_question_is_accepted_with_its_reasons);
  g_test_add_func ("/decision/Majority and quorum at their edges",
                   test_majority_and_quorum_at_their_edges);
  g_test_add_func ("/decision/A tie is not a majority", test_a_tie_is_not_a_majority);
  g_test_add_func ("/decision/One of several is chosen", test_one_of_several_is_chosen);
  g_test_add_func ("/decision/Half of the votes elects nobody",
                   test_half_of_the_votes_elects_nobody);
  g_test_add_func ("/decision/Several are approved for the seats",
                   test_several_are_approved_for_the_seats);
  g_test_add_func ("/decision/Equal options leave the last seat open",
                   test_equal_options_leave_the_last_seat_open);
  g_test_add_func ("/decision/Seats without an option stay empty",
                   test_seats_without_an_option_stay_empty);
  g_test_add_func ("/decision/A ranking has its table", test_a_ranking_has_its_table);
  g_test_add_func ("/decision/A ranking fills seats in its order",
                   test_a_ranking_fills_seats_in_its_order);
  g_test_add_func ("/decision/None of these can win", test_none_of_these_can_win);
  g_test_add_func ("/decision/An outcome reads as it was written",
                   test_an_outcome_reads_as_it_was_written);
  g_test_add_func ("/decision/Only an accepted effect is exported as such",
                   test_only_an_accepted_effect_is_exported_as_such);
  g_test_add_func ("/decision/A rule that cannot count is told beforehand",
                   test_a_rule_that_cannot_count_is_told_beforehand);
  return g_test_run ();
}
