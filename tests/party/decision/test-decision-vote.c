/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "decision-case.h"

#define YES_NO  DPOP_BALLOT_YES_NO_ABSTAIN
#define YES     decision_case_answer (DPOP_ANSWER_YES)
#define NO      decision_case_answer (DPOP_ANSWER_NO)
#define ABSTAIN decision_case_answer (DPOP_ANSWER_ABSTAIN)

static void
assert_figures (DecisionCase *self, guint yes, guint no, guint undecided)
{
  g_autoptr (DpopDecisionOutcome) outcome = decision_case_end (self);

  g_assert_cmpuint (outcome->yes, ==, yes);
  g_assert_cmpuint (outcome->no, ==, no);
  g_assert_cmpuint (outcome->undecided, ==, undecided);
  g_assert_cmpuint (outcome->present, ==, yes + no + outcome->abstain);
}

/* --- Who votes, and what. ---------------------------------------------------------------- */

static void
test_who_is_not_on_the_roll_does_not_vote (void)
{
  DecisionCase self;
  FixtureMember late, paper;
  g_autoptr (DpopDecision) decision = NULL;

  decision_case_init (&self, 4);
  paper = fixture_society_add (&self.society, FALSE, NULL);
  fixture_society_suspend (&self.society, &self.voters[3]);
  decision_case_start (&self, FIXTURE_RULE_PLAIN, YES_NO, 0);
  g_assert_cmpuint (decision_case_vote (&self, &self.voters[3], YES), ==, DPOP_REASON_NOT_ENTITLED);
  /* suspended after the opening: still entitled; taken in after it: not */
  fixture_society_suspend (&self.society, &self.voters[2]);
  late = fixture_society_add (&self.society, TRUE, NULL);
  g_assert_cmpuint (decision_case_vote (&self, &self.voters[2], YES), ==, 0);
  g_assert_cmpuint (decision_case_vote (&self, &late, YES), ==, DPOP_REASON_NOT_ENTITLED);
  /* in another's name */
  g_assert_cmpuint (decision_case_cast (&self, FOUNDER (&self), &paper, NO, NULL, 0, NULL), ==, 0);
  g_assert_cmpuint (decision_case_cast (&self, FOUNDER (&self), &self.voters[1], NO, NULL, 0, NULL),
                    ==, COSMIC_REASON_HAS_DEVICE);
  g_assert_cmpuint (decision_case_cast (&self, &self.voters[1], &paper, NO, NULL, 0, NULL), ==,
                    COSMIC_REASON_NOT_ALLOWED);
  decision = decision_case_query (&self, &self.voters[2]);
  g_assert_cmpuint (decision->entitled, ==, 4);
  g_assert_cmpuint (decision->cast, ==, 2);
  g_assert_cmpint (decision->vote, ==, DPOP_VOTE_COUNTS);
  g_assert_cmpint (decision->mine.ballot.answer, ==, DPOP_ANSWER_YES);
  assert_figures (&self, 1, 1, 0);
  decision_case_clear (&self);
}

static void
test_nobody_votes_for_who_has_left (void)
{
  DecisionCase self;
  FixtureMember paper;

  decision_case_init (&self, 3);
  paper = fixture_society_add (&self.society, FALSE, NULL);
  decision_case_start (&self, FIXTURE_RULE_PLAIN, YES_NO, 0);
  fixture_society_remove (&self.society, &paper);
  fixture_society_remove (&self.society, &self.voters[2]);
  g_assert_cmpuint (decision_case_vote (&self, &self.voters[2], YES), ==,
                    COSMIC_REASON_AUTHOR_REMOVED);
  g_assert_cmpuint (decision_case_cast (&self, FOUNDER (&self), &self.voters[2], YES, NULL, 0,
                                        NULL),
                    !=, 0);
  g_assert_cmpuint (decision_case_cast (&self, FOUNDER (&self), &paper, YES, NULL, 0, NULL), !=, 0);
  assert_figures (&self, 0, 0, 0);
  decision_case_clear (&self);
}

static void
test_a_unit_decides_alone (void)
{
  DecisionCase self;
  FixtureMember north, south;
  CosmicId unit, other;
  g_autoptr (DpopDecision) decision = NULL;

  decision_case_init (&self, 2);
  unit = fixture_society_unit (&self.society);
  other = fixture_society_unit (&self.society);
  north = fixture_society_add (&self.society, TRUE, &unit);
  south = fixture_society_add (&self.society, TRUE, &other);
  self.scope = unit;
  decision_case_start (&self, FIXTURE_RULE_UNIT, YES_NO, 0);
  g_assert_cmpuint (decision_case_vote (&self, &north, YES), ==, 0);
  g_assert_cmpuint (decision_case_vote (&self, &south, YES), ==, DPOP_REASON_NOT_ENTITLED);
  g_assert_cmpuint (decision_case_vote (&self, FOUNDER (&self), YES), ==,
                    DPOP_REASON_NOT_ENTITLED);
  decision = decision_case_query (&self, NULL);
  g_assert_cmpuint (decision->entitled, ==, 1);
  assert_figures (&self, 1, 0, 0);
  decision_case_clear (&self);
}

static void
test_only_what_is_on_the_ballot_is_voted (void)
{
  const struct
  {
    DpopBallotKind kind;
    DpopAnswer answer;
    const char *marks;
    gboolean fits;
  } cases[] = {
    { YES_NO, DPOP_ANSWER_YES, "", TRUE },
    { YES_NO, DPOP_ANSWER_NONE, "", FALSE },
    { YES_NO, DPOP_ANSWER_ABSTAIN + 1, "", FALSE },
    { YES_NO, DPOP_ANSWER_YES, "0", FALSE },
    { DPOP_BALLOT_CHOOSE_ONE, DPOP_ANSWER_NONE, "2", TRUE },
    { DPOP_BALLOT_CHOOSE_ONE, DPOP_ANSWER_NONE, "", TRUE },
    { DPOP_BALLOT_CHOOSE_ONE, DPOP_ANSWER_NONE, "3", FALSE },
    { DPOP_BALLOT_CHOOSE_ONE, DPOP_ANSWER_NONE, "0,1", FALSE },
    { DPOP_BALLOT_CHOOSE_ONE, DPOP_ANSWER_YES, "0", FALSE },
    { DPOP_BALLOT_APPROVE, DPOP_ANSWER_NONE, "0,1,2", TRUE },
    { DPOP_BALLOT_APPROVE, DPOP_ANSWER_NONE, "1,0", FALSE },
    { DPOP_BALLOT_APPROVE, DPOP_ANSWER_NONE, "1,1", FALSE },
    { DPOP_BALLOT_RANK, DPOP_ANSWER_NONE, "3,1,1", TRUE },
    { DPOP_BALLOT_RANK, DPOP_ANSWER_NONE, "0,0,0", TRUE },
    { DPOP_BALLOT_RANK, DPOP_ANSWER_NONE, "1,2,4", FALSE },
    { DPOP_BALLOT_RANK, DPOP_ANSWER_NONE, "1,2", FALSE },
    { DPOP_BALLOT_RANK, DPOP_ANSWER_NONE, "1,2,3,1", FALSE },
    { DPOP_BALLOT_RANK, DPOP_ANSWER_NO, "1,2,3", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DpopDecisionBallot ballot = decision_case_marks (cases[i].marks);
      DecisionCase self;

      ballot.answer = cases[i].answer;
      decision_case_init (&self, 2);
      decision_case_start (&self, FIXTURE_RULE_PLAIN, cases[i].kind,
                           cases[i].kind == YES_NO ? 0 : 3);
      g_assert_cmpuint (decision_case_vote (&self, FOUNDER (&self), ballot), ==,
                        cases[i].fits ? COSMIC_REASON_NONE : DPOP_REASON_BAD_BALLOT);
      decision_case_clear (&self);
    }
}

/* --- When. ------------------------------------------------------------------------------- */

static void
test_votes_in_the_batch_of_the_close_count_and_later_ones_do_not (void)
{
  DecisionCase self;
  g_autoptr (DpopDecisionOutcome) outcome = NULL;

  decision_case_init (&self, 4);
  decision_case_propose (&self, FIXTURE_RULE_PLAIN, YES_NO, NULL);
  g_assert_cmpuint (decision_case_vote (&self, FOUNDER (&self), YES), ==, DPOP_REASON_NOT_OPEN);
  g_assert_cmpuint (decision_case_open (&self, 0, 0, DPOP_COUNT_NO_OPTION), ==, 0);
  g_assert_cmpuint (decision_case_vote (&self, FOUNDER (&self), YES), ==, 0);
  fixture_stream_end (&self.stream);
  decision_case_next (&self, FIXTURE_HOUR_MS);
  g_assert_cmpuint (decision_case_close (&self, FOUNDER (&self)), ==, 0);
  g_assert_cmpuint (decision_case_vote (&self, &self.voters[1], YES), ==, 0);
  fixture_stream_end (&self.stream);
  decision_case_next (&self, FIXTURE_HOUR_MS);
  g_assert_cmpuint (decision_case_vote (&self, &self.voters[2], YES), ==, DPOP_REASON_CLOSED);
  outcome = decision_case_outcome (&self);
  g_assert_cmpuint (outcome->yes, ==, 2);
  decision_case_clear (&self);
}

static gboolean
is_closed (DecisionCase *self)
{
  DpopDecisionPhase phase;

  g_assert_true (dpop_decision_state_phase (self->stream.state, &phase, NULL, NULL));
  return phase == DPOP_DECISION_CLOSED;
}

static void
test_a_deadline_closes_the_box_by_the_checkpoint_s_time (void)
{
  for (guint by_hand = 0; by_hand < 2; by_hand++)
    {
      DecisionCase self;
      g_autoptr (GArray) options = NULL, texts = NULL;
      g_autoptr (DpopDecision) decision = NULL;
      g_autoptr (DpopDecisionOutcome) outcome = NULL;
      DpopDecisionCommandOpen open;
      gint64 deadline;

      decision_case_init (&self, 3);
      decision_case_propose (&self, FIXTURE_RULE_PLAIN, YES_NO, NULL);
      open = decision_case_terms (&self, &options, &texts);
      deadline = self.society.fold.time + (by_hand ? 14 : 2) * FIXTURE_DAY_MS;
      open.closes = by_hand ? 0 : deadline;
      g_assert_cmpuint (fixture_stream_say (&self.stream, FOUNDER (&self),
                                            dpop_decision_command_open (&open), NULL),
                        ==, 0);
      g_assert_cmpint (cosmic_state_deadline (self.stream.state), ==, deadline);
      decision_case_next (&self, deadline - self.society.fold.time - 1);
      fixture_stream_end (&self.stream);
      g_assert_false (is_closed (&self));
      decision = decision_case_query (&self, NULL);
      g_assert_false (dpop_decision_query_is_closing (decision, deadline - 1));
      g_assert_true (dpop_decision_query_is_closing (decision, deadline));

      decision_case_next (&self, 1);
      g_assert_cmpuint (decision_case_vote (&self, &self.voters[1], YES), ==, 0);
      self.stream.tail = TRUE; /* no deadline fires in what is not covered */
      fixture_stream_end (&self.stream);
      g_assert_false (is_closed (&self));
      self.stream.tail = FALSE;
      fixture_stream_end (&self.stream);
      g_assert_true (is_closed (&self));
      g_assert_cmpint (cosmic_state_deadline (self.stream.state), ==, 0);
      outcome = decision_case_outcome (&self);
      g_assert_cmpuint (outcome->yes, ==, 1);
      decision_case_clear (&self);
    }
}

/* --- Changing one's vote. ---------------------------------------------------------------- */

static void
test_a_vote_is_changed_until_the_box_closes (void)
{
  DecisionCase self;
  g_autoptr (DpopDecision) decision = NULL;

  decision_case_init (&self, 2);
  decision_case_start (&self, FIXTURE_RULE_PLAIN, YES_NO, 0);
  g_assert_cmpuint (decision_case_vote (&self, &self.voters[1], YES), ==, 0);
  g_assert_cmpuint (decision_case_vote (&self, &self.voters[1], ABSTAIN), ==, 0);
  g_assert_cmpuint (decision_case_vote (&self, &self.voters[1], NO), ==, 0);
  decision = decision_case_query (&self, &self.voters[1]);
  g_assert_cmpuint (decision->cast, ==, 1);
  g_assert_cmpint (decision->mine.ballot.answer, ==, DPOP_ANSWER_NO);
  assert_figures (&self, 0, 1, 0);
  decision_case_clear (&self);
}

static void
test_two_votes_that_know_nothing_of_each_other_count_for_nothing (void)
{
  DecisionCase self;
  CosmicId both[2];
  g_autoptr (DpopDecision) before = NULL, after = NULL;

  for (guint again = 0; again < 2; again++)
    {
      decision_case_init (&self, 2);
      decision_case_start (&self, FIXTURE_RULE_PLAIN, YES_NO, 0);
      decision_case_cast (&self, &self.voters[1], &self.voters[1], YES, NULL, 0, &both[0]);
      decision_case_cast (&self, &self.voters[1], &self.voters[1], NO, NULL, 0, &both[1]);
      g_clear_pointer (&before, dpop_decision_query_free);
      before = decision_case_query (&self, &self.voters[1]);
      g_assert_cmpint (before->vote, ==, DPOP_VOTE_UNDECIDED);
      g_assert_cmpuint (before->cast, ==, 0);
      if (again)
        {
          /* Naming one is not enough, naming both is. */
          CosmicId third;

          decision_case_cast (&self, &self.voters[1], &self.voters[1], YES, &both[0], 1, &third);
          both[0] = third;
          decision_case_cast (&self, &self.voters[1], &self.voters[1], NO, both, 2, NULL);
          after = decision_case_query (&self, &self.voters[1]);
          g_assert_cmpuint (after->cast, ==, 1);
        }
      assert_figures (&self, 0, again ? 1 : 0, again ? 0 : 1);
      decision_case_clear (&self);
    }
}

static void
test_one_s_own_vote_stands_above_what_others_enter (void)
{
  DecisionCase self;
  FixtureMember paper;
  CosmicId entered, own;

  decision_case_init (&self, 2);
  paper = fixture_society_add (&self.society, FALSE, NULL);
  decision_case_start (&self, FIXTURE_RULE_PLAIN, YES_NO, 0);
  g_assert_cmpuint (decision_case_cast (&self, FOUNDER (&self), &paper, NO, NULL, 0, &entered), ==,
                    0);
  /* She gets a computer, and votes without having heard of the other vote. */
  fixture_society_device (&self.society, &paper);
  g_assert_cmpuint (decision_case_cast (&self, &paper, &paper, YES, NULL, 0, &own), ==, 0);
  g_assert_cmpuint (decision_case_cast (&self, FOUNDER (&self), &paper, NO, &own, 1, NULL), ==,
                    COSMIC_REASON_HAS_DEVICE);
  assert_figures (&self, 1, 0, 0);
  decision_case_clear (&self);
}

static void
test_a_lost_computer_gives_no_vote_to_others (void)
{
  DecisionCase self;
  CosmicId own;
  GVariant *body;
  g_autoptr (DpopClaim) claim = NULL;
  g_autoptr (CosmicOperation) operation = NULL;
  g_autoptr (GBytes) part = NULL;

  decision_case_init (&self, 2);
  decision_case_start (&self, FIXTURE_RULE_PLAIN, YES_NO, 0);
  g_assert_cmpuint (decision_case_cast (&self, &self.voters[1], &self.voters[1], YES, NULL, 0,
                                        &own),
                    ==, 0);
  body = cosmic_device_off_body (&self.voters[1].device, 1, NULL);
  claim = dpop_claim_new (COSMIC_KIND_DEVICE_OFF, body, NULL, NULL);
  operation = fixture_society_operation (&self.society, FOUNDER (&self), &cosmic_id_zero, claim,
                                         &part);
  g_assert_cmpuint (cosmic_fold_operation (&self.society.fold, operation, part), ==, 0);
  g_assert_cmpuint (decision_case_cast (&self, FOUNDER (&self), &self.voters[1], NO, &own, 1, NULL),
                    ==, DPOP_REASON_HAS_VOTED);
  assert_figures (&self, 1, 0, 0);
  decision_case_clear (&self);
}

static void
test_two_entered_votes_contradict_each_other (void)
{
  DecisionCase self;
  FixtureMember paper;
  CosmicId both[2];

  decision_case_init (&self, 2);
  paper = fixture_society_add (&self.society, FALSE, NULL);
  fixture_society_chair (&self.society, &self.voters[1]);
  decision_case_start (&self, FIXTURE_RULE_PLAIN, YES_NO, 0);
  decision_case_cast (&self, FOUNDER (&self), &paper, NO, NULL, 0, &both[0]);
  decision_case_cast (&self, &self.voters[1], &paper, YES, NULL, 0, &both[1]);
  g_assert_cmpuint (dpop_decision_state_cast (self.stream.state), ==, 0);
  g_assert_cmpuint (decision_case_cast (&self, FOUNDER (&self), &paper, NO, both, 2, NULL), ==, 0);
  g_assert_cmpuint (dpop_decision_state_cast (self.stream.state), ==, 1);
  assert_figures (&self, 0, 1, 0);
  decision_case_clear (&self);
}

static void
test_contradictions_are_bounded (void)
{
  DecisionCase self;

  decision_case_init (&self, 2);
  decision_case_start (&self, FIXTURE_RULE_PLAIN, YES_NO, 0);
  for (guint i = 0; i <= DPOP_DECISION_HEADS_MAX; i++)
    g_assert_cmpuint (decision_case_cast (&self, &self.voters[1], &self.voters[1], NO, NULL, 0,
                                          NULL),
                      ==, i < DPOP_DECISION_HEADS_MAX ? COSMIC_REASON_NONE : DPOP_REASON_TOO_MANY);
  g_assert_cmpuint (decision_case_vote (&self, &self.voters[1], YES), ==, 0);
  for (guint i = 0; i <= DPOP_DECISION_AWAITED_MAX; i++)
    {
      g_autoptr (DpopDecision) decision = decision_case_query (&self, &self.voters[1]);
      CosmicId names[2] = { decision->mine.vote, fixture_society_id (&self.society) };

      g_assert_cmpuint (decision_case_cast (&self, &self.voters[1], &self.voters[1], YES, names, 2,
                                            NULL),
                        ==, i < DPOP_DECISION_AWAITED_MAX ? COSMIC_REASON_NONE
                                                          : DPOP_REASON_TOO_MANY);
    }
  assert_figures (&self, 1, 0, 0);
  decision_case_clear (&self);
}

/* --- After the close. -------------------------------------------------------------------- */

static gboolean
look_for_voter (const CosmicKey *key, GBytes *value, gpointer data)
{
  const CosmicId *member = data;
  gsize size;
  gconstpointer bytes = g_bytes_get_data (value, &size);

  g_assert_cmpuint (key->bytes[0], !=, DPOP_TAG_ENTRY);
  g_assert_null (memmem (key->bytes, key->size, member, sizeof *member));
  g_assert_null (memmem (bytes, size, member, sizeof *member));
  return TRUE;
}

static void
test_after_the_close_the_state_holds_no_votes (void)
{
  const CosmicKey all = { .size = 0 };
  const guint8 gone[] = { DPOP_TAG_ENTRY, DPOP_TAG_BOX, DPOP_TAG_CAST, DPOP_TAG_PENDING,
                          DPOP_TAG_CHARTER };
  DecisionCase self;
  g_autoptr (DpopDecision) decision = NULL;

  decision_case_init (&self, 5);
  decision_case_start (&self, FIXTURE_RULE_PLAIN, YES_NO, 0);
  decision_case_answers (&self, 3, 2, 0);
  g_assert_cmpuint (cosmic_state_count (self.stream.state, cosmic_key (DPOP_TAG_ENTRY, NULL, NULL)),
                    ==, 5);
  assert_figures (&self, 3, 2, 0);
  for (guint i = 0; i < G_N_ELEMENTS (gone); i++)
    g_assert_cmpuint (cosmic_state_count (self.stream.state, cosmic_key (gone[i], NULL, NULL)), ==,
                      0);
  /* the founder proposed, and stands there for that */
  for (guint i = 1; i < 5; i++)
    cosmic_state_each (self.stream.state, all, look_for_voter, &self.voters[i].member);
  decision = decision_case_query (&self, &self.voters[1]);
  g_assert_cmpint (decision->vote, ==, DPOP_VOTE_NONE);
  g_assert_cmpuint (decision->cast, ==, 5);
  g_assert_cmpuint (decision->entitled, ==, 5);
  decision_case_clear (&self);
}

int
main (int argc, char *argv[])
{
  const struct
  {
    const char *name;
    void (*test) (void);
  } tests[] = {
    { "Who is not on the roll does not vote", test_who_is_not_on_the_roll_does_not_vote },
    { "Nobody votes for who has left", test_nobody_votes_for_who_has_left },
    { "A unit decides alone", test_a_unit_decides_alone },
    { "Only what is on the ballot is voted", test_only_what_is_on_the_ballot_is_voted },
    { "Votes in the batch of the close count and later ones do not",
      test_votes_in_the_batch_of_the_close_count_and_later_ones_do_not },
    { "A deadline closes the box by the checkpoint's time",
      test_a_deadline_closes_the_box_by_the_checkpoint_s_time },
    { "A vote is changed until the box closes", test_a_vote_is_changed_until_the_box_closes },
    { "Two votes that know nothing of each other count for nothing",
      test_two_votes_that_know_nothing_of_each_other_count_for_nothing },
    { "One's own vote stands above what others enter",
      test_one_s_own_vote_stands_above_what_others_enter },
    { "A lost computer gives no vote to others", test_a_lost_computer_gives_no_vote_to_others },
    { "Two entered votes contradict each other", test_two_entered_votes_contradict_each_other },
    { "Contradictions are bounded", test_contradictions_are_bounded },
    { "After the close the state holds no votes", test_after_the_close_the_state_holds_no_votes },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/vote/", tests[i].name, NULL);

      g_test_add_func (path, tests[i].test);
    }
  return g_test_run ();
}
