/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-decide.h"
#include "dpop-decision-query.h"
#include "dpop-reason.h"
#include "fixture-profile.h"

#define ORDINARY 0
#define ELECTION 1
#define STATUTES 2
#define DAY      (24 * 3600 * G_GINT64_CONSTANT (1000))

/* An association of seven: its founder with the only computer, six without one. */
typedef struct
{
  FixtureProfile *at;
  CosmicId members[6];
  CosmicId decision;
} Society;

static void
set_up (Society *self, gconstpointer unused)
{
  static const char *const names[] = { "Emmy Noether",  "Sophie Germain", "Maryam Mirzakhani",
                                       "Hypatia",       "Mary Somerville", "Grace Hopper" };
  DpopCommandFoundResult founded;

  self->at = fixture_profile_new (1);
  fixture_profile_found (self->at, "association", &founded);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    self->members[i] = fixture_profile_enrol (self->at, names[i], NULL);
  fixture_profile_confirm (self->at);
}

static void
tear_down (Society *self, gconstpointer unused)
{
  fixture_profile_free (self->at);
}

static CosmicReason
reason_of (GError **error)
{
  CosmicReason reason = *error != NULL ? dpop_profile_error_reason (*error) : 0;

  if (*error != NULL)
    g_test_message ("%s", (*error)->message);
  g_clear_error (error);
  return reason;
}

static void
propose (Society *self, guint rule, DpopBallotKind ballot)
{
  const DpopDecidePropose proposal = { .rule = rule, .ballot = ballot, .title = "A bicycle shed",
                                       .question = "Shall we build a bicycle shed?" };
  GError *error = NULL;

  dpop_decide_propose (self->at->profile, &proposal, &self->decision, &error);
  g_assert_no_error (error);
}

static void
open_box (Society *self, const DpopDecideOpen *given)
{
  const DpopDecideOpen plain = { 0 };
  GError *error = NULL;

  dpop_decide_open (self->at->profile, &self->decision, given != NULL ? given : &plain, &error);
  g_assert_no_error (error);
}

static void
answer (Society *self, const CosmicId *voter, DpopAnswer what)
{
  const DpopDecisionBallot ballot = { .answer = what };
  GError *error = NULL;

  dpop_decide_vote (self->at->profile, &self->decision, voter, &ballot, NULL, &error);
  g_assert_no_error (error);
}

static void
close_box (Society *self)
{
  GError *error = NULL;

  self->at->now += DAY;
  dpop_decide_close (self->at->profile, &self->decision, &error);
  g_assert_no_error (error);
}

static DpopDecision *
look (Society *self)
{
  GError *error = NULL;
  const CosmicState *state = dpop_profile_state (self->at->profile, &self->decision, &error);
  DpopDecision *decision;

  g_assert_no_error (error);
  decision = dpop_decision_query (state, NULL);
  g_assert_nonnull (decision);
  return decision;
}

static void
test_five_yes_two_no_is_accepted (Society *self, gconstpointer unused)
{
  g_autoptr (DpopDecision) decision = NULL;

  propose (self, ORDINARY, DPOP_BALLOT_YES_NO_ABSTAIN);
  open_box (self, NULL);
  answer (self, NULL, DPOP_ANSWER_YES);
  for (guint i = 0; i < 6; i++)
    answer (self, &self->members[i], i < 4 ? DPOP_ANSWER_YES : DPOP_ANSWER_NO);
  close_box (self);
  decision = look (self);
  g_assert_cmpint (decision->phase, ==, DPOP_DECISION_CLOSED);
  g_assert_cmpint (decision->outcome->status, ==, DPOP_OUTCOME_ACCEPTED);
  g_assert_cmpuint (decision->outcome->yes, ==, 5);
  g_assert_cmpuint (decision->outcome->no, ==, 2);
  g_assert_cmpuint (decision->outcome->entitled, ==, 7);
  g_assert_cmpuint (cosmic_log_n_open (dpop_profile_log (self->at->profile)), ==, 0);
}

static void
test_a_vote_is_changed_until_the_box_closes (Society *self, gconstpointer unused)
{
  const DpopDecisionBallot late = { .answer = DPOP_ANSWER_YES };
  g_autoptr (DpopDecision) decision = NULL;
  GError *error = NULL;

  propose (self, ORDINARY, DPOP_BALLOT_YES_NO_ABSTAIN);
  open_box (self, NULL);
  answer (self, NULL, DPOP_ANSWER_YES);
  answer (self, NULL, DPOP_ANSWER_NO);
  answer (self, NULL, DPOP_ANSWER_ABSTAIN);
  close_box (self);
  decision = look (self);
  g_assert_cmpuint (decision->outcome->present, ==, 1);
  g_assert_cmpuint (decision->outcome->abstain, ==, 1);
  g_assert_false (dpop_decide_vote (self->at->profile, &self->decision, NULL, &late, NULL, &error));
  g_assert_cmpuint (reason_of (&error), ==, DPOP_REASON_CLOSED);
}

static void
test_what_is_opened_is_fixed (Society *self, gconstpointer unused)
{
  const DpopDecisionBallot ballot = { .answer = DPOP_ANSWER_YES };
  CosmicId late;
  GError *error = NULL;

  propose (self, ORDINARY, DPOP_BALLOT_YES_NO_ABSTAIN);
  open_box (self, NULL);
  fixture_profile_confirm (self->at);
  late = fixture_profile_enrol (self->at, "Ada Yonath", NULL);
  g_assert_false (dpop_decide_vote (self->at->profile, &self->decision, &late, &ballot, NULL,
                                    &error));
  g_assert_cmpuint (reason_of (&error), ==, DPOP_REASON_NOT_ENTITLED);
  g_assert_false (dpop_decide_add_text (self->at->profile, &self->decision, DPOP_TEXT_QUESTION,
                                        NULL, NULL, "Another", "question", NULL, &error));
  g_assert_cmpuint (reason_of (&error), ==, DPOP_REASON_OPENED);
}

static void
test_an_election_by_ranking (Society *self, gconstpointer unused)
{
  const DpopDecideOpen plain = { 0 };
  static const char *const names[] = { "Emmy", "Sophie", "Maryam" };
  const DpopDecisionBallot ballots[] = { { .n_marks = 3, .marks = { 1, 2, 3 } },
                                         { .n_marks = 3, .marks = { 1, 2, 0 } },
                                         { .n_marks = 3, .marks = { 3, 1, 2 } } };
  g_autoptr (DpopDecision) decision = NULL;
  GError *error = NULL;

  propose (self, ELECTION, DPOP_BALLOT_RANK);
  for (guint i = 0; i < 3; i++)
    {
      dpop_decide_add_option (self->at->profile, &self->decision, &self->members[i], NULL,
                              names[i], NULL, NULL, &error);
      g_assert_no_error (error);
    }
  open_box (self, &plain);
  for (guint i = 0; i < 3; i++)
    {
      dpop_decide_vote (self->at->profile, &self->decision, &self->members[i], &ballots[i], NULL,
                        &error);
      g_assert_no_error (error);
    }
  close_box (self);
  decision = look (self);
  g_assert_cmpint (decision->outcome->status, ==, DPOP_OUTCOME_ELECTED);
  g_assert_cmpuint (decision->outcome->elected, ==, 1);
  g_assert_cmpuint (decision->outcome->preferred[0][1], ==, 2);
}

static void
test_any_number_is_approved_in_the_order_they_were_put_forward (Society *self,
                                                                gconstpointer unused)
{
  static const char *const names[] = { "A shed", "A roof", "A rack", "Nothing" };
  const DpopDecisionBallot ballots[] = { { .n_marks = 2, .marks = { 0, 2 } },
                                         { .n_marks = 3, .marks = { 0, 1, 2 } },
                                         { .n_marks = 1, .marks = { 2 } } };
  g_autoptr (DpopDecision) decision = NULL;
  CosmicId options[4];
  GError *error = NULL;

  propose (self, ORDINARY, DPOP_BALLOT_APPROVE);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      dpop_decide_add_option (self->at->profile, &self->decision, NULL, NULL, names[i], NULL,
                              &options[i], &error);
      g_assert_no_error (error);
    }
  open_box (self, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (ballots); i++)
    {
      dpop_decide_vote (self->at->profile, &self->decision, &self->members[i], &ballots[i], NULL,
                        &error);
      g_assert_no_error (error);
    }
  close_box (self);
  decision = look (self);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_true (cosmic_id_same (&g_array_index (decision->opening->options, CosmicId, i),
                                   &options[i]));
  g_assert_cmpint (decision->outcome->status, ==, DPOP_OUTCOME_ELECTED);
  g_assert_cmpuint (decision->outcome->elected, ==, 1 << 2);
}

static void
test_a_rule_that_asks_for_time_is_kept (Society *self, gconstpointer unused)
{
  const DpopDecideOpen plain = { 0 };
  g_autoptr (DpopDecision) decision = NULL;
  GError *error = NULL;

  propose (self, STATUTES, DPOP_BALLOT_YES_NO_ABSTAIN);
  fixture_profile_confirm (self->at);
  self->at->now += 13 * DAY;
  g_assert_false (dpop_decide_open (self->at->profile, &self->decision, &plain, &error));
  g_assert_cmpuint (reason_of (&error), ==, DPOP_REASON_TOO_EARLY);
  self->at->now += 2 * DAY;
  open_box (self, NULL);
  decision = look (self);
  g_assert_cmpint (decision->phase, ==, DPOP_DECISION_OPEN);
}

static void
test_a_deadline_closes_by_itself (Society *self, gconstpointer unused)
{
  const DpopDecideOpen timed = { .closes = self->at->now + 2 * DAY };
  g_autoptr (DpopDecision) decision = NULL;
  GError *error = NULL;

  propose (self, ORDINARY, DPOP_BALLOT_YES_NO_ABSTAIN);
  open_box (self, &timed);
  answer (self, NULL, DPOP_ANSWER_YES);
  fixture_profile_confirm (self->at);
  self->at->now += 3 * DAY;
  dpop_profile_begin (self->at->profile, &error);
  dpop_profile_confirm (self->at->profile, NULL, &error);
  g_assert_no_error (error);
  dpop_profile_commit (self->at->profile, &error);
  g_assert_no_error (error);
  decision = look (self);
  g_assert_cmpint (decision->phase, ==, DPOP_DECISION_CLOSED);
  g_assert_cmpint (decision->outcome->status, ==, DPOP_OUTCOME_ACCEPTED);
}

static void
test_a_decision_opened_wrongly_is_stopped_and_repeated (Society *self, gconstpointer unused)
{
  CosmicId stopped;
  DpopDecidePropose again = { .rule = ORDINARY, .ballot = DPOP_BALLOT_YES_NO_ABSTAIN,
                              .title = "A bicycle shed", .question = "With a roof?" };
  const DpopDecisionBallot ballot = { .answer = DPOP_ANSWER_YES };
  g_autoptr (DpopDecision) decision = NULL;
  GError *error = NULL;

  propose (self, ORDINARY, DPOP_BALLOT_YES_NO_ABSTAIN);
  open_box (self, NULL);
  dpop_decide_stop (self->at->profile, &self->decision, DPOP_STOP_WORDING, "The roof was left out.",
                    &error);
  g_assert_no_error (error);
  fixture_profile_confirm (self->at);
  g_assert_false (dpop_decide_vote (self->at->profile, &self->decision, NULL, &ballot, NULL,
                                    &error));
  g_assert_cmpuint (reason_of (&error), ==, DPOP_REASON_STOPPED);
  stopped = self->decision;
  again.repeats = &stopped;
  dpop_decide_propose (self->at->profile, &again, &self->decision, &error);
  g_assert_no_error (error);
  decision = look (self);
  g_assert_true (decision->proposed.is_repeat);
  g_assert_true (cosmic_id_same (&decision->proposed.repeats, &stopped));
}

static guint
count_open (Society *self)
{
  g_autoptr (GArray) streams = cosmic_log_open_streams (dpop_profile_log (self->at->profile));

  return streams->len;
}

static void
test_comments_find_their_discussion (Society *self, gconstpointer unused)
{
  CosmicId first, second;
  GError *error = NULL;
  guint streams;

  propose (self, ORDINARY, DPOP_BALLOT_YES_NO_ABSTAIN);
  dpop_decide_comment (self->at->profile, &self->decision, NULL, NULL, "Where?", &first, &error);
  g_assert_no_error (error);
  streams = count_open (self);
  dpop_decide_comment (self->at->profile, &self->decision, &first, &self->members[0],
                       "Behind the hall.", &second, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_open (self), ==, streams);
  g_assert_false (dpop_decide_comment (self->at->profile, &self->decision, NULL, NULL, "", NULL,
                                       &error));
  g_assert_error (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_INVALID);
  g_clear_error (&error);
}

static void
test_an_office_falls_by_a_decision_only (Society *self, gconstpointer unused)
{
  CosmicId founder;
  DpopDecisionEffect effect = { .effect = DPOP_EFFECT_REVOKE_OFFICE, .role = 0 };
  DpopDecidePropose proposal = { .rule = ORDINARY, .ballot = DPOP_BALLOT_YES_NO_ABSTAIN,
                                 .effect = &effect, .title = "Another chair",
                                 .question = "Shall the chair step down?" };
  GError *error = NULL;

  dpop_profile_own_member (self->at->profile, &founder, &error);
  g_assert_no_error (error);
  effect.member = founder;
  dpop_decide_propose (self->at->profile, &proposal, &self->decision, &error);
  g_assert_no_error (error);
  g_assert_false (dpop_decide_enact (self->at->profile, &self->decision, &error));
  g_assert_error (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  open_box (self, NULL);
  for (guint i = 0; i < 6; i++)
    answer (self, &self->members[i], DPOP_ANSWER_YES);
  close_box (self);
  dpop_decide_enact (self->at->profile, &self->decision, &error);
  g_assert_no_error (error);
  g_assert_false (dpop_decide_enact (self->at->profile, &self->decision, &error));
  g_assert_cmpuint (reason_of (&error), ==, COSMIC_REASON_ALREADY);
}

static void
test_there_is_no_decision_without_one (Society *self, gconstpointer unused)
{
  const DpopDecisionBallot ballot = { .answer = DPOP_ANSWER_YES };
  const DpopDecideOpen plain = { 0 };
  const CosmicId nothing = { { 9 } };
  GError *error = NULL;

  g_assert_false (dpop_decide_vote (self->at->profile, &nothing, NULL, &ballot, NULL, &error));
  g_assert_error (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (dpop_decide_open (self->at->profile, &nothing, &plain, &error));
  g_assert_error (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_NOT_FOUND);
  g_clear_error (&error);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(claim, function) \
  g_test_add ("/decide/" claim, Society, NULL, set_up, function, tear_down)
  ADD ("Five yes, two no is accepted", test_five_yes_two_no_is_accepted);
  ADD ("A vote is changed until the box closes", test_a_vote_is_changed_until_the_box_closes);
  ADD ("What is opened is fixed", test_what_is_opened_is_fixed);
  ADD ("An election by ranking", test_an_election_by_ranking);
  ADD ("Any number is approved, in the order they were put forward",
       test_any_number_is_approved_in_the_order_they_were_put_forward);
  ADD ("A rule that asks for time is kept", test_a_rule_that_asks_for_time_is_kept);
  ADD ("A deadline closes by itself", test_a_deadline_closes_by_itself);
  ADD ("A decision opened wrongly is stopped and repeated",
       test_a_decision_opened_wrongly_is_stopped_and_repeated);
  ADD ("Comments find their discussion", test_comments_find_their_discussion);
  ADD ("An office falls by a decision only", test_an_office_falls_by_a_decision_only);
  ADD ("There is no decision without one", test_there_is_no_decision_without_one);
  return g_test_run ();
}
