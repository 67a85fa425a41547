/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "decision-case.h"

#include "dpop-charter-compile.h"

/* For every rule of a decision, a case that breaks it, and the reason that is given. */

#define YES_NO DPOP_BALLOT_YES_NO_ABSTAIN

/* --- Proposing. -------------------------------------------------------------------------- */

static void
test_a_proposal_needs_a_rule_that_fits (void)
{
  const struct
  {
    guint rule;
    DpopBallotKind ballot;
    gboolean in_unit;
    CosmicReason reason;
  } cases[] = {
    { FIXTURE_RULE_PLAIN, YES_NO, FALSE, COSMIC_REASON_NONE },
    { FIXTURE_RULE_UNIT, YES_NO, TRUE, COSMIC_REASON_NONE },
    { FIXTURE_N_RULES, YES_NO, FALSE, DPOP_REASON_NO_SUCH_RULE },
    { FIXTURE_RULE_BOARD, YES_NO, FALSE, DPOP_REASON_NO_SUCH_RULE },
    { FIXTURE_RULE_SLOW, DPOP_BALLOT_RANK, FALSE, DPOP_REASON_NO_SUCH_RULE },
    { FIXTURE_RULE_UNIT, YES_NO, FALSE, DPOP_REASON_NO_SUCH_RULE },
    { FIXTURE_RULE_PLAIN, YES_NO, TRUE, DPOP_REASON_NO_SUCH_RULE },
    { FIXTURE_RULE_PLAIN, 0, FALSE, COSMIC_REASON_BAD_BODY },
    { FIXTURE_RULE_PLAIN, DPOP_BALLOT_LAST + 1, FALSE, COSMIC_REASON_BAD_BODY },
    { FIXTURE_RULE_PLAIN, 255, FALSE, COSMIC_REASON_BAD_BODY },
  };
  DecisionCase self;
  CosmicId unit;

  decision_case_init (&self, 1);
  unit = fixture_society_unit (&self.society);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      self.scope = cases[i].in_unit ? unit : cosmic_id_zero;
      g_assert_cmpuint (decision_case_propose (&self, cases[i].rule, cases[i].ballot, NULL), ==,
                        cases[i].reason);
    }
  decision_case_clear (&self);
}

static void
test_only_who_may_proposes (void)
{
  DecisionCase self;
  FixtureMember paper, stranger = { 0 };

  decision_case_init (&self, 3);
  paper = fixture_society_add (&self.society, FALSE, NULL);
  fixture_society_suspend (&self.society, &self.voters[2]);
  stranger.member = fixture_society_id (&self.society);
  g_assert_cmpuint (decision_case_propose_by (&self, &self.voters[1], &self.voters[1], 0, YES_NO,
                                              NULL),
                    ==, COSMIC_REASON_NONE);
  g_assert_cmpuint (decision_case_propose_by (&self, &self.voters[2], &self.voters[2], 0, YES_NO,
                                              NULL),
                    ==, COSMIC_REASON_NOT_ALLOWED);
  /* in another's name */
  g_assert_cmpuint (decision_case_propose_by (&self, FOUNDER (&self), &paper, 0, YES_NO, NULL),
                    ==, COSMIC_REASON_NONE);
  g_assert_cmpuint (decision_case_propose_by (&self, &self.voters[1], &paper, 0, YES_NO, NULL),
                    ==, COSMIC_REASON_NOT_ALLOWED);
  g_assert_cmpuint (decision_case_propose_by (&self, FOUNDER (&self), &self.voters[1], 0, YES_NO,
                                              NULL),
                    ==, COSMIC_REASON_HAS_DEVICE);
  g_assert_cmpuint (decision_case_propose_by (&self, FOUNDER (&self), &stranger, 0, YES_NO, NULL),
                    ==, COSMIC_REASON_NO_SUCH_SUBJECT);
  decision_case_clear (&self);
}

static void
test_an_effect_must_be_possible (void)
{
  DecisionCase self;
  DpopDecisionEffect good, effect;

  decision_case_init (&self, 3);
  fixture_society_chair (&self.society, &self.voters[1]);
  good = (DpopDecisionEffect){ .effect = DPOP_EFFECT_REVOKE_OFFICE, .role = FIXTURE_ROLE_CHAIR,
                               .member = self.voters[1].member };
  g_assert_cmpuint (decision_case_propose (&self, FIXTURE_RULE_PLAIN, YES_NO, &good), ==,
                    COSMIC_REASON_NONE);
  g_assert_cmpuint (decision_case_propose (&self, FIXTURE_RULE_PLAIN, DPOP_BALLOT_RANK, &good), ==,
                    DPOP_REASON_BAD_EFFECT);
  g_assert_cmpuint (decision_case_propose (&self, FIXTURE_RULE_STRICT, YES_NO, &good), ==,
                    DPOP_REASON_BAD_EFFECT);
  effect = good;
  effect.effect = DPOP_EFFECT_CHARTER;
  g_assert_cmpuint (decision_case_propose (&self, FIXTURE_RULE_PLAIN, YES_NO, &effect), ==,
                    DPOP_REASON_BAD_EFFECT);
  effect = good;
  effect.role = 1; /* no office */
  g_assert_cmpuint (decision_case_propose (&self, FIXTURE_RULE_PLAIN, YES_NO, &effect), ==,
                    DPOP_REASON_BAD_EFFECT);
  effect = good;
  effect.member = self.voters[2].member; /* does not hold it */
  g_assert_cmpuint (decision_case_propose (&self, FIXTURE_RULE_PLAIN, YES_NO, &effect), ==,
                    DPOP_REASON_BAD_EFFECT);
  decision_case_clear (&self);
}

static CosmicReason
say_without_wording (DecisionCase *self, const FixtureMember *author, guint16 kind, GVariant *body)
{
  return fixture_stream_say (&self->stream, author, dpop_claim_new (kind, body, NULL, NULL), NULL);
}

static void
test_what_is_asked_must_be_written_for_those_who_decide (void)
{
  DecisionCase self;
  FixtureMember local;
  CosmicId unit, other;
  DpopClaim *claim;

  decision_case_init (&self, 2);
  unit = fixture_society_unit (&self.society);
  other = fixture_society_unit (&self.society);
  local = fixture_society_add (&self.society, TRUE, &unit);
  self.scope = unit;
  g_assert_cmpuint (decision_case_propose_by (&self, &local, &local, FIXTURE_RULE_UNIT, YES_NO,
                                              NULL),
                    ==, COSMIC_REASON_NONE);
  claim = dpop_decision_command_text (&other, DPOP_TEXT_REASON, NULL, &local.member, "Why", "So",
                                      NULL);
  g_assert_cmpuint (fixture_stream_say (&self.stream, &local, claim, NULL), ==,
                    DPOP_REASON_WRONG_SCOPE);
  claim = dpop_decision_command_text (&cosmic_id_zero, DPOP_TEXT_REASON, NULL, &local.member,
                                      "Why", "So", NULL);
  g_assert_cmpuint (fixture_stream_say (&self.stream, &local, claim, NULL), ==,
                    DPOP_REASON_WRONG_SCOPE);
  g_assert_cmpuint (say_without_wording (&self, &local, DPOP_KIND_OPTION,
                                         g_variant_new ("(m@ay@ay)", NULL,
                                                        cosmic_codec_new_id (&local.member))),
                    ==, COSMIC_REASON_PERSONAL);
  self.scope = cosmic_id_zero;
  decision_case_clear (&self);
}

/* --- Texts and options. ------------------------------------------------------------------ */

static CosmicReason
add_text (DecisionCase *self, const FixtureMember *by, DpopTextKind what, const CosmicId *replaces,
          CosmicId *id)
{
  return fixture_stream_say (&self->stream, by,
                             dpop_decision_command_text (&self->scope, what, replaces, &by->member,
                                                         "Title", "Text", NULL),
                             id);
}

static void
test_texts_are_revised_by_who_wrote_them (void)
{
  DecisionCase self;
  CosmicId reason, better, question, strange;
  g_autoptr (DpopDecision) decision = NULL;
  g_autoptr (GArray) texts = NULL;

  decision_case_init (&self, 3);
  strange = fixture_society_id (&self.society);
  decision_case_propose (&self, FIXTURE_RULE_PLAIN, YES_NO, NULL);
  g_assert_cmpuint (add_text (&self, &self.voters[1], DPOP_TEXT_REASON, NULL, &reason), ==, 0);
  g_assert_cmpuint (add_text (&self, &self.voters[2], DPOP_TEXT_REASON, &reason, NULL), ==,
                    DPOP_REASON_NOT_YOURS);
  g_assert_cmpuint (add_text (&self, &self.voters[1], DPOP_TEXT_QUESTION, &reason, NULL), ==,
                    COSMIC_REASON_NO_SUCH_SUBJECT);
  g_assert_cmpuint (add_text (&self, &self.voters[1], DPOP_TEXT_REASON, &strange, NULL), ==,
                    COSMIC_REASON_NO_SUCH_SUBJECT);
  g_assert_cmpuint (add_text (&self, &self.voters[1], 2, NULL, NULL), ==, COSMIC_REASON_BAD_BODY);
  g_assert_cmpuint (add_text (&self, &self.voters[1], DPOP_TEXT_QUESTION, &self.proposal, NULL), ==,
                    DPOP_REASON_NOT_YOURS);
  g_assert_cmpuint (add_text (&self, FOUNDER (&self), DPOP_TEXT_REASON, &self.proposal, NULL), ==,
                    COSMIC_REASON_BAD_BODY);
  g_assert_cmpuint (add_text (&self, FOUNDER (&self), DPOP_TEXT_QUESTION, &self.proposal,
                              &question),
                    ==, 0);
  g_assert_cmpuint (add_text (&self, &self.voters[1], DPOP_TEXT_REASON, &reason, &better), ==, 0);

  decision = decision_case_query (&self, NULL);
  texts = dpop_decision_query_texts (decision);
  g_assert_cmpuint (texts->len, ==, 2);
  g_assert_true (cosmic_id_same (&g_array_index (texts, CosmicId, 0), &question));
  g_assert_true (cosmic_id_same (&g_array_index (texts, CosmicId, 1), &better));
  decision_case_clear (&self);
}

static CosmicReason
nominate (DecisionCase *self, const FixtureMember *by, const FixtureMember *candidate, CosmicId *id)
{
  return fixture_stream_say (
      &self->stream, by,
      dpop_decision_command_option (&self->scope, &candidate->member, &by->member, "Name", NULL,
                                    NULL),
      id);
}

static CosmicReason
withdraw (DecisionCase *self, const FixtureMember *by, const CosmicId *option)
{
  return fixture_stream_say (&self->stream, by, dpop_decision_command_withdraw (option), NULL);
}

static void
test_who_stands_stands_once_and_may_step_back (void)
{
  DecisionCase self;
  CosmicId one, two, three;

  decision_case_init (&self, 5);
  decision_case_propose (&self, FIXTURE_RULE_PLAIN, DPOP_BALLOT_CHOOSE_ONE, NULL);
  fixture_society_suspend (&self.society, &self.voters[4]);
  g_assert_cmpuint (nominate (&self, &self.voters[1], &self.voters[2], &one), ==, 0);
  g_assert_cmpuint (nominate (&self, &self.voters[3], &self.voters[2], NULL), ==,
                    COSMIC_REASON_ALREADY);
  g_assert_cmpuint (nominate (&self, &self.voters[1], &self.voters[4], NULL), ==,
                    DPOP_REASON_NOT_A_MEMBER);
  g_assert_cmpuint (withdraw (&self, &self.voters[3], &one), ==, COSMIC_REASON_NOT_ALLOWED);
  g_assert_cmpuint (withdraw (&self, &self.voters[3], &self.proposal), ==,
                    COSMIC_REASON_NO_SUCH_SUBJECT);
  g_assert_cmpuint (withdraw (&self, &self.voters[2], &one), ==, 0);
  g_assert_cmpuint (withdraw (&self, &self.voters[2], &one), ==, COSMIC_REASON_ALREADY);
  /* by who put it forward, by who may open */
  g_assert_cmpuint (nominate (&self, &self.voters[1], &self.voters[2], &two), ==, 0);
  g_assert_cmpuint (withdraw (&self, &self.voters[1], &two), ==, 0);
  g_assert_cmpuint (nominate (&self, &self.voters[1], &self.voters[2], &three), ==, 0);
  g_assert_cmpuint (withdraw (&self, FOUNDER (&self), &three), ==, 0);
  decision_case_clear (&self);
}

static void
test_a_question_has_no_options_and_a_proposal_no_end_of_them (void)
{
  DecisionCase self;

  decision_case_init (&self, 2);
  decision_case_propose (&self, FIXTURE_RULE_PLAIN, YES_NO, NULL);
  g_assert_cmpuint (nominate (&self, FOUNDER (&self), &self.voters[1], NULL), ==,
                    COSMIC_REASON_BAD_BODY);
  decision_case_propose (&self, FIXTURE_RULE_PLAIN, DPOP_BALLOT_RANK, NULL);
  for (guint i = 0; i <= DPOP_DECISION_PROPOSED_MAX; i++)
    {
      DpopClaim *claim = dpop_decision_command_option (&self.scope, NULL, &FOUNDER (&self)->member,
                                                       "Option", NULL, NULL);

      g_assert_cmpuint (fixture_stream_say (&self.stream, FOUNDER (&self), claim, NULL), ==,
                        i < DPOP_DECISION_PROPOSED_MAX ? COSMIC_REASON_NONE
                                                       : DPOP_REASON_TOO_MANY);
      g_assert_cmpuint (add_text (&self, FOUNDER (&self), DPOP_TEXT_REASON, NULL, NULL), ==,
                        i < DPOP_DECISION_PROPOSED_MAX ? COSMIC_REASON_NONE
                                                       : DPOP_REASON_TOO_MANY);
    }
  decision_case_clear (&self);
}

/* --- Opening. ---------------------------------------------------------------------------- */

typedef struct
{
  DecisionCase *self;
  GArray *options, *texts;
  DpopDecisionCommandOpen open;
} Terms;

static void
terms_init (Terms *terms, DecisionCase *self)
{
  terms->self = self;
  terms->open = decision_case_terms (self, &terms->options, &terms->texts);
}

/* Tries it by AUTHOR and takes it back; TERMS is used up. */
static CosmicReason
try_terms (Terms *terms, const FixtureMember *author)
{
  CosmicState *state = terms->self->stream.state;
  guint mark = cosmic_state_mark (state);
  CosmicReason reason = fixture_stream_say (&terms->self->stream, author,
                                            dpop_decision_command_open (&terms->open), NULL);

  cosmic_state_back (state, mark);
  g_array_unref (terms->options);
  g_array_unref (terms->texts);
  return reason;
}

static void
test_only_who_may_opens (void)
{
  DecisionCase self;
  Terms terms;

  decision_case_init (&self, 3);
  g_assert_cmpuint (decision_case_propose_by (&self, &self.voters[1], &self.voters[1], 0, YES_NO,
                                              NULL),
                    ==, 0);
  terms_init (&terms, &self);
  g_assert_cmpuint (try_terms (&terms, &self.voters[2]), ==, COSMIC_REASON_NOT_ALLOWED);
  terms_init (&terms, &self);
  g_assert_cmpuint (try_terms (&terms, FOUNDER (&self)), ==, 0);
  terms_init (&terms, &self); /* one's own */
  g_assert_cmpuint (try_terms (&terms, &self.voters[1]), ==, 0);
  decision_case_clear (&self);
}

static void
test_the_wording_is_one_question_and_reasons (void)
{
  DecisionCase self;
  CosmicId reason, question, strange;
  Terms terms;

  decision_case_init (&self, 2);
  strange = fixture_society_id (&self.society);
  decision_case_propose (&self, FIXTURE_RULE_PLAIN, YES_NO, NULL);
  add_text (&self, &self.voters[1], DPOP_TEXT_REASON, NULL, &reason);
  add_text (&self, &self.voters[1], DPOP_TEXT_QUESTION, NULL, &question);

  terms_init (&terms, &self);
  g_array_append_val (terms.texts, reason);
  g_assert_cmpuint (try_terms (&terms, FOUNDER (&self)), ==, 0);
  terms_init (&terms, &self);
  g_array_index (terms.texts, CosmicId, 0) = question;
  g_assert_cmpuint (try_terms (&terms, FOUNDER (&self)), ==, 0);
  terms_init (&terms, &self);
  g_array_append_val (terms.texts, question);
  g_assert_cmpuint (try_terms (&terms, FOUNDER (&self)), ==, COSMIC_REASON_BAD_BODY);
  terms_init (&terms, &self);
  g_array_index (terms.texts, CosmicId, 0) = reason;
  g_assert_cmpuint (try_terms (&terms, FOUNDER (&self)), ==, COSMIC_REASON_BAD_BODY);
  terms_init (&terms, &self);
  g_array_append_val (terms.texts, self.proposal);
  g_assert_cmpuint (try_terms (&terms, FOUNDER (&self)), ==, COSMIC_REASON_BAD_BODY);
  terms_init (&terms, &self);
  g_array_append_val (terms.texts, strange);
  g_assert_cmpuint (try_terms (&terms, FOUNDER (&self)), ==, COSMIC_REASON_NO_SUCH_SUBJECT);
  terms_init (&terms, &self);
  g_array_set_size (terms.texts, 0);
  g_assert_cmpuint (try_terms (&terms, FOUNDER (&self)), ==, COSMIC_REASON_BAD_BODY);
  decision_case_clear (&self);
}

static void
test_no_option_that_stands_is_left_out (void)
{
  DecisionCase self;
  Terms terms;
  CosmicId strange;

  decision_case_init (&self, 2);
  strange = fixture_society_id (&self.society);
  decision_case_propose (&self, FIXTURE_RULE_PLAIN, DPOP_BALLOT_CHOOSE_ONE, NULL);
  terms_init (&terms, &self);
  g_assert_cmpuint (try_terms (&terms, FOUNDER (&self)), ==, COSMIC_REASON_BAD_BODY);
  decision_case_options (&self, 3);

  /* In the same batch whoever opens may not have heard of them. */
  terms_init (&terms, &self);
  g_array_set_size (terms.options, 2);
  g_assert_cmpuint (try_terms (&terms, FOUNDER (&self)), ==, 0);
  decision_case_next (&self, 1000);
  terms_init (&terms, &self);
  g_array_set_size (terms.options, 2);
  g_assert_cmpuint (try_terms (&terms, FOUNDER (&self)), ==, DPOP_REASON_OPTION_LEFT_OUT);

  terms_init (&terms, &self);
  g_array_append_val (terms.options, self.options[0]);
  g_assert_cmpuint (try_terms (&terms, FOUNDER (&self)), ==, COSMIC_REASON_BAD_BODY);
  terms_init (&terms, &self);
  g_array_append_val (terms.options, strange);
  g_assert_cmpuint (try_terms (&terms, FOUNDER (&self)), ==, COSMIC_REASON_NO_SUCH_SUBJECT);
  g_assert_cmpuint (withdraw (&self, FOUNDER (&self), &self.options[2]), ==, 0);
  terms_init (&terms, &self);
  g_assert_cmpuint (try_terms (&terms, FOUNDER (&self)), ==, DPOP_REASON_WITHDRAWN);
  terms_init (&terms, &self);
  g_array_set_size (terms.options, 2);
  g_assert_cmpuint (try_terms (&terms, FOUNDER (&self)), ==, 0);
  decision_case_clear (&self);
}

static void
test_choices_and_default_fit_the_ballot (void)
{
  const struct
  {
    guint rule;
    DpopBallotKind ballot;
    guint min, max;
    int option;
    CosmicReason reason;
  } cases[] = {
    { FIXTURE_RULE_PLAIN, DPOP_BALLOT_APPROVE, 1, 3, -1, COSMIC_REASON_NONE },
    { FIXTURE_RULE_PLAIN, DPOP_BALLOT_APPROVE, 0, 3, -1, COSMIC_REASON_BAD_BODY },
    { FIXTURE_RULE_PLAIN, DPOP_BALLOT_APPROVE, 3, 2, -1, COSMIC_REASON_BAD_BODY },
    { FIXTURE_RULE_PLAIN, DPOP_BALLOT_APPROVE, 1, 4, -1, COSMIC_REASON_BAD_BODY },
    { FIXTURE_RULE_PLAIN, DPOP_BALLOT_CHOOSE_ONE, 1, 1, -1, COSMIC_REASON_BAD_BODY },
    { FIXTURE_RULE_PLAIN, DPOP_BALLOT_RANK, 0, 0, -1, COSMIC_REASON_NONE },
    { FIXTURE_RULE_PLAIN, DPOP_BALLOT_RANK, 0, 0, 2, COSMIC_REASON_BAD_BODY },
    { FIXTURE_RULE_DEFAULT, DPOP_BALLOT_RANK, 0, 0, 2, COSMIC_REASON_NONE },
    { FIXTURE_RULE_DEFAULT, DPOP_BALLOT_RANK, 0, 0, 3, COSMIC_REASON_BAD_BODY },
    { FIXTURE_RULE_DEFAULT, DPOP_BALLOT_RANK, 0, 0, -1, COSMIC_REASON_BAD_BODY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DecisionCase self;

      decision_case_init (&self, 2);
      decision_case_propose (&self, cases[i].rule, cases[i].ballot, NULL);
      decision_case_options (&self, 3);
      g_assert_cmpuint (decision_case_open (&self, cases[i].min, cases[i].max, cases[i].option),
                        ==, cases[i].reason);
      decision_case_clear (&self);
    }
}

static void
test_the_rule_s_times_are_kept (void)
{
  DecisionCase self;
  Terms terms;
  gint64 now;

  decision_case_init (&self, 2);
  decision_case_propose (&self, FIXTURE_RULE_SLOW, YES_NO, NULL);
  decision_case_next (&self, FIXTURE_DAY_MS - 1);
  terms_init (&terms, &self);
  g_assert_cmpuint (try_terms (&terms, FOUNDER (&self)), ==, DPOP_REASON_TOO_EARLY);
  /* What is not covered yet folds at a time long past. */
  self.stream.tail = TRUE;
  terms_init (&terms, &self);
  g_assert_cmpuint (try_terms (&terms, FOUNDER (&self)), ==, 0);
  self.stream.tail = FALSE;
  decision_case_next (&self, 1);
  now = self.society.fold.time;
  const struct
  {
    gint64 closes;
    CosmicReason reason;
  } cases[] = {
    { 0, COSMIC_REASON_NONE },
    { -1, COSMIC_REASON_BAD_BODY },
    { now, DPOP_REASON_TOO_SHORT },
    { now + FIXTURE_DAY_MS - 1, DPOP_REASON_TOO_SHORT },
    { now + FIXTURE_DAY_MS, COSMIC_REASON_NONE },
    { now + 3 * FIXTURE_DAY_MS, COSMIC_REASON_NONE },
    { now + 3 * FIXTURE_DAY_MS + 1, DPOP_REASON_TOO_LONG },
    { G_MAXINT64, DPOP_REASON_TOO_LONG },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      terms_init (&terms, &self);
      terms.open.closes = cases[i].closes;
      g_assert_cmpuint (try_terms (&terms, FOUNDER (&self)), ==, cases[i].reason);
    }
  decision_case_clear (&self);
}

static void
change_charter (DecisionCase *self, void (*change) (DpopCharter *charter))
{
  g_autoptr (DpopCharter) charter = fixture_society_charter ();
  g_autoptr (GBytes) compiled = NULL;

  change (charter);
  compiled = dpop_charter_compile (charter);
  cosmic_authority_put_charter (self->society.authority, compiled);
}

static void
ask_for_more (DpopCharter *charter)
{
  charter->rules[FIXTURE_RULE_PLAIN].majority.num = 2;
  charter->rules[FIXTURE_RULE_PLAIN].majority.den = 3;
}

static void
drop_rules (DpopCharter *charter)
{
  charter->n_rules = 0;
}

static void
take_votes_away (DpopCharter *charter)
{
  charter->states[DPOP_MEMBER_MEMBER] = 0;
  ask_for_more (charter);
}

static void
test_the_rule_must_still_stand_at_the_opening (void)
{
  DecisionCase self;

  decision_case_init (&self, 2);
  decision_case_propose (&self, FIXTURE_RULE_PLAIN, YES_NO, NULL);
  change_charter (&self, ask_for_more);
  g_assert_cmpuint (decision_case_open (&self, 0, 0, -1), ==, DPOP_REASON_RULE_CHANGED);
  change_charter (&self, drop_rules);
  g_assert_cmpuint (decision_case_open (&self, 0, 0, -1), ==, DPOP_REASON_NO_SUCH_RULE);
  decision_case_clear (&self);
}

static void
test_a_charter_changed_after_the_opening_does_not_matter (void)
{
  DecisionCase self;
  g_autoptr (DpopDecisionOutcome) outcome = NULL;

  decision_case_init (&self, 7);
  decision_case_start (&self, FIXTURE_RULE_PLAIN, YES_NO, 0);
  change_charter (&self, take_votes_away);
  decision_case_answers (&self, 4, 3, 0);
  outcome = decision_case_end (&self);
  g_assert_cmpint (outcome->status, ==, DPOP_OUTCOME_ACCEPTED);
  g_assert_cmpuint (outcome->entitled, ==, 7);
  decision_case_clear (&self);
}

static void
test_a_box_nobody_may_use_is_not_opened (void)
{
  DecisionCase self;

  decision_case_init (&self, 1);
  self.scope = fixture_society_unit (&self.society);
  g_assert_cmpuint (decision_case_propose (&self, FIXTURE_RULE_UNIT, YES_NO, NULL), ==, 0);
  g_assert_cmpuint (decision_case_open (&self, 0, 0, -1), ==, DPOP_REASON_NOBODY_ENTITLED);
  decision_case_clear (&self);
}

/* --- Afterwards. ------------------------------------------------------------------------- */

static void
test_nothing_changes_once_it_is_open (void)
{
  DecisionCase self;
  g_autoptr (DpopDecisionOutcome) outcome = NULL;

  decision_case_init (&self, 3);
  decision_case_start (&self, FIXTURE_RULE_PLAIN, DPOP_BALLOT_CHOOSE_ONE, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpuint (add_text (&self, FOUNDER (&self), DPOP_TEXT_REASON, NULL, NULL), ==,
                        DPOP_REASON_OPENED);
      g_assert_cmpuint (nominate (&self, FOUNDER (&self), &self.voters[1], NULL), ==,
                        DPOP_REASON_OPENED);
      g_assert_cmpuint (withdraw (&self, FOUNDER (&self), &self.options[0]), ==,
                        DPOP_REASON_OPENED);
      g_assert_cmpuint (decision_case_open (&self, 0, 0, -1), ==, DPOP_REASON_OPENED);
      if (outcome == NULL)
        outcome = decision_case_end (&self);
    }
  g_assert_cmpuint (decision_case_propose (&self, FIXTURE_RULE_PLAIN, YES_NO, NULL), ==, 0);
  g_assert_cmpuint (decision_case_close (&self, FOUNDER (&self)), ==, DPOP_REASON_NOT_OPEN);
  decision_case_clear (&self);
}

static CosmicReason
stop (DecisionCase *self, const FixtureMember *by, DpopStopReason reason, const char *text)
{
  return fixture_stream_say (&self->stream, by,
                             dpop_decision_command_stop (&self->scope, reason, text, NULL), NULL);
}

static void
test_closing_by_hand_has_its_rules (void)
{
  DecisionCase self;
  Terms terms;

  decision_case_init (&self, 3);
  decision_case_propose (&self, FIXTURE_RULE_SLOW, YES_NO, NULL);
  decision_case_next (&self, FIXTURE_DAY_MS);
  g_assert_cmpuint (decision_case_open (&self, 0, 0, -1), ==, 0);
  decision_case_next (&self, FIXTURE_DAY_MS - 1);
  g_assert_cmpuint (decision_case_close (&self, FOUNDER (&self)), ==, DPOP_REASON_TOO_EARLY);
  decision_case_next (&self, 1);
  g_assert_cmpuint (decision_case_close (&self, &self.voters[1]), ==, COSMIC_REASON_NOT_ALLOWED);
  g_assert_cmpuint (decision_case_close (&self, FOUNDER (&self)), ==, 0);
  g_assert_cmpuint (decision_case_close (&self, FOUNDER (&self)), ==, COSMIC_REASON_ALREADY);
  fixture_stream_end (&self.stream);
  g_assert_cmpuint (decision_case_close (&self, FOUNDER (&self)), ==, DPOP_REASON_CLOSED);

  decision_case_propose (&self, FIXTURE_RULE_PLAIN, YES_NO, NULL);
  terms_init (&terms, &self);
  terms.open.closes = self.society.fold.time + FIXTURE_DAY_MS;
  g_assert_cmpuint (fixture_stream_say (&self.stream, FOUNDER (&self),
                                        dpop_decision_command_open (&terms.open), NULL),
                    ==, 0);
  g_assert_cmpuint (decision_case_close (&self, FOUNDER (&self)), ==, DPOP_REASON_HAS_DEADLINE);
  g_array_unref (terms.options);
  g_array_unref (terms.texts);
  decision_case_clear (&self);
}

static void
test_what_is_stopped_has_no_outcome (void)
{
  DecisionCase self;
  g_autoptr (DpopDecisionOutcome) outcome = NULL;
  g_autoptr (DpopDecision) decision = NULL;
  const CosmicKey none = { .size = 0 };

  decision_case_init (&self, 3);
  decision_case_start (&self, FIXTURE_RULE_PLAIN, YES_NO, 0);
  g_assert_cmpuint (stop (&self, &self.voters[1], DPOP_STOP_WORDING, NULL), ==,
                    COSMIC_REASON_NOT_ALLOWED);
  g_assert_cmpuint (stop (&self, FOUNDER (&self), 0, NULL), ==, COSMIC_REASON_BAD_BODY);
  g_assert_cmpuint (stop (&self, FOUNDER (&self), DPOP_STOP_LAST + 1, NULL), ==,
                    COSMIC_REASON_BAD_BODY);
  decision_case_answers (&self, 2, 0, 0);
  g_assert_cmpuint (decision_case_close (&self, FOUNDER (&self)), ==, 0);
  /* In the batch of the close it is still in time, and wins. */
  g_assert_cmpuint (stop (&self, FOUNDER (&self), DPOP_STOP_WORDING, "The wrong year."), ==, 0);
  g_assert_cmpuint (stop (&self, FOUNDER (&self), DPOP_STOP_WORDING, NULL), ==,
                    COSMIC_REASON_ALREADY);
  g_assert_cmpuint (decision_case_vote (&self, &self.voters[2],
                                        decision_case_answer (DPOP_ANSWER_NO)),
                    ==, 0);
  fixture_stream_end (&self.stream);
  outcome = decision_case_outcome (&self);
  decision = decision_case_query (&self, NULL);
  g_assert_cmpint (outcome->status, ==, DPOP_OUTCOME_STOPPED);
  g_assert_cmpuint (outcome->yes + outcome->no, ==, 0);
  g_assert_cmpint (decision->phase, ==, DPOP_DECISION_STOPPED);
  g_assert_cmpuint (cosmic_state_count (self.stream.exports, none), ==, 0);
  g_assert_cmpuint (cosmic_state_count (self.stream.state, cosmic_key (DPOP_TAG_ENTRY, NULL, NULL)),
                    ==, 0);
  g_assert_cmpuint (stop (&self, FOUNDER (&self), DPOP_STOP_WORDING, NULL), ==,
                    DPOP_REASON_STOPPED);
  g_assert_cmpuint (decision_case_vote (&self, &self.voters[2],
                                        decision_case_answer (DPOP_ANSWER_NO)),
                    ==, DPOP_REASON_STOPPED);
  g_assert_cmpuint (add_text (&self, FOUNDER (&self), DPOP_TEXT_REASON, NULL, NULL), ==,
                    DPOP_REASON_STOPPED);
  decision_case_clear (&self);
}

static void
test_a_proposal_is_stopped_by_its_proposer_and_repeated (void)
{
  DecisionCase self;
  DpopDecisionCommandPropose propose = { .ballot = YES_NO, .title = "Again", .question = "" };
  CosmicId former;
  g_autoptr (DpopDecision) decision = NULL;

  decision_case_init (&self, 2);
  g_assert_cmpuint (decision_case_propose_by (&self, &self.voters[1], &self.voters[1], 0, YES_NO,
                                              NULL),
                    ==, 0);
  former = self.stream.stream;
  g_assert_cmpuint (stop (&self, &self.voters[1], DPOP_STOP_WITHDRAWN, NULL), ==, 0);
  fixture_stream_end (&self.stream);
  g_assert_cmpuint (decision_case_open (&self, 0, 0, -1), ==, DPOP_REASON_STOPPED);

  propose.nonce = fixture_society_id (&self.society);
  propose.repeats = &former;
  propose.speaker = self.voters[1].member;
  fixture_stream_clear (&self.stream);
  fixture_stream_init (&self.stream, &self.society, &self.voters[1], &propose.nonce);
  g_assert_cmpuint (fixture_stream_say (&self.stream, &self.voters[1],
                                        dpop_decision_command_propose (&propose, NULL), NULL),
                    ==, 0);
  decision = decision_case_query (&self, NULL);
  g_assert_true (decision->proposed.is_repeat);
  g_assert_true (cosmic_id_same (&decision->proposed.repeats, &former));
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
    { "A proposal needs a rule that fits", test_a_proposal_needs_a_rule_that_fits },
    { "Only who may proposes", test_only_who_may_proposes },
    { "An effect must be possible", test_an_effect_must_be_possible },
    { "What is asked must be written for those who decide",
      test_what_is_asked_must_be_written_for_those_who_decide },
    { "Texts are revised by who wrote them", test_texts_are_revised_by_who_wrote_them },
    { "Who stands stands once and may step back", test_who_stands_stands_once_and_may_step_back },
    { "A question has no options and a proposal no end of them",
      test_a_question_has_no_options_and_a_proposal_no_end_of_them },
    { "Only who may opens", test_only_who_may_opens },
    { "The wording is one question and reasons", test_the_wording_is_one_question_and_reasons },
    { "No option that stands is left out", test_no_option_that_stands_is_left_out },
    { "Choices and default fit the ballot", test_choices_and_default_fit_the_ballot },
    { "The rule's times are kept", test_the_rule_s_times_are_kept },
    { "The rule must still stand at the opening", test_the_rule_must_still_stand_at_the_opening },
    { "A charter changed after the opening does not matter",
      test_a_charter_changed_after_the_opening_does_not_matter },
    { "A box nobody may use is not opened", test_a_box_nobody_may_use_is_not_opened },
    { "Nothing changes once it is open", test_nothing_changes_once_it_is_open },
    { "Closing by hand has its rules", test_closing_by_hand_has_its_rules },
    { "What is stopped has no outcome", test_what_is_stopped_has_no_outcome },
    { "A proposal is stopped by its proposer and repeated",
      test_a_proposal_is_stopped_by_its_proposer_and_repeated },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/decision/", tests[i].name, NULL);

      g_test_add_func (path, tests[i].test);
    }
  return g_test_run ();
}
