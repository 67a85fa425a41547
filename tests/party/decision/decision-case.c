/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "decision-case.h"

void
decision_case_init (DecisionCase *self, guint n_voters)
{
  g_autoptr (DpopCharter) charter = fixture_society_charter ();

  *self = (DecisionCase){ .n_voters = n_voters };
  fixture_society_init (&self->society, charter, 1);
  self->voters = g_new0 (FixtureMember, n_voters);
  self->voters[0] = self->society.founder;
  for (guint i = 1; i < n_voters; i++)
    self->voters[i] = fixture_society_add (&self->society, TRUE, NULL);
  decision_case_next (self, FIXTURE_HOUR_MS);
}

void
decision_case_clear (DecisionCase *self)
{
  fixture_stream_clear (&self->stream);
  fixture_society_clear (&self->society);
  g_free (self->voters);
}

void
decision_case_next (DecisionCase *self, gint64 ms)
{
  fixture_society_next (&self->society, ms);
}

CosmicReason
decision_case_propose_by (DecisionCase *self, const FixtureMember *author,
                          const FixtureMember *speaker, guint rule, DpopBallotKind ballot,
                          const DpopDecisionEffect *effect)
{
  DpopDecisionCommandPropose propose = {
    .nonce = fixture_society_id (&self->society),
    .scope = self->scope,
    .rule_number = (guint16) rule,
    .ballot = ballot,
    .effect = effect,
    .speaker = speaker->member,
    .title = "A bridge",
    .question = "Shall we build it?",
  };

  fixture_stream_clear (&self->stream);
  fixture_stream_init (&self->stream, &self->society, author, &propose.nonce);
  return fixture_stream_say (&self->stream, author, dpop_decision_command_propose (&propose, NULL),
                             &self->proposal);
}

CosmicReason
decision_case_propose (DecisionCase *self, guint rule, DpopBallotKind ballot,
                       const DpopDecisionEffect *effect)
{
  return decision_case_propose_by (self, FOUNDER (self), FOUNDER (self), rule, ballot, effect);
}

void
decision_case_options (DecisionCase *self, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      DpopClaim *claim = dpop_decision_command_option (
          &self->scope, NULL, &FOUNDER (self)->member, "An option", NULL, NULL);

      g_assert_cmpuint (fixture_stream_say (&self->stream, FOUNDER (self), claim,
                                            &self->options[self->n_options++]),
                        ==, COSMIC_REASON_NONE);
    }
}

DpopDecisionCommandOpen
decision_case_terms (DecisionCase *self, GArray **options, GArray **texts)
{
  *options = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  *texts = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  g_array_append_vals (*options, self->options, self->n_options);
  g_array_append_val (*texts, self->proposal);
  return (DpopDecisionCommandOpen){ .options = *options, .texts = *texts,
                                    .default_option = DPOP_COUNT_NO_OPTION };
}

CosmicReason
decision_case_open (DecisionCase *self, guint min_choices, guint max_choices, int default_option)
{
  g_autoptr (GArray) options = NULL, texts = NULL;
  DpopDecisionCommandOpen open = decision_case_terms (self, &options, &texts);

  open.min_choices = min_choices;
  open.max_choices = max_choices;
  open.default_option = default_option;
  return fixture_stream_say (&self->stream, FOUNDER (self), dpop_decision_command_open (&open),
                             NULL);
}

void
decision_case_start (DecisionCase *self, guint rule, DpopBallotKind ballot, guint n_options)
{
  gboolean approve = ballot == DPOP_BALLOT_APPROVE;

  self->n_options = 0;
  g_assert_cmpuint (decision_case_propose (self, rule, ballot, NULL), ==, COSMIC_REASON_NONE);
  decision_case_options (self, n_options);
  decision_case_next (self, FIXTURE_HOUR_MS);
  g_assert_cmpuint (decision_case_open (self, approve ? 1 : 0, approve ? n_options : 0,
                                        rule == FIXTURE_RULE_DEFAULT ? (int) n_options - 1
                                                                     : DPOP_COUNT_NO_OPTION),
                    ==, COSMIC_REASON_NONE);
  fixture_stream_end (&self->stream);
  decision_case_next (self, FIXTURE_HOUR_MS);
}

/* --- Voting. ----------------------------------------------------------------------------- */

DpopDecisionBallot
decision_case_answer (DpopAnswer answer)
{
  return (DpopDecisionBallot){ .answer = answer };
}

DpopDecisionBallot
decision_case_marks (const char *marks)
{
  g_auto (GStrv) words = g_strsplit (marks, ",", -1);
  DpopDecisionBallot ballot = { 0 };

  for (guint i = 0; words[i] != NULL; i++)
    ballot.marks[ballot.n_marks++] = (guint16) g_ascii_strtoull (words[i], NULL, 10);
  return ballot;
}

CosmicReason
decision_case_vote (DecisionCase *self, const FixtureMember *voter, DpopDecisionBallot ballot)
{
  return fixture_stream_say (
      &self->stream, voter,
      dpop_decision_command_vote (self->stream.state, &voter->member, &ballot), NULL);
}

CosmicReason
decision_case_cast (DecisionCase *self, const FixtureMember *author, const FixtureMember *voter,
                    DpopDecisionBallot ballot, const CosmicId *replaces, guint n_replaces,
                    CosmicId *id)
{
  g_autoptr (GArray) set = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  GVariant *fields[4];

  if (n_replaces > 0)
    g_array_append_vals (set, replaces, n_replaces);
  cosmic_ids_normalise (set);
  dpop_decision_ballot_encode (&ballot, fields);
  fields[2] = cosmic_codec_new_ids (set);
  fields[3] = cosmic_codec_new_id (&voter->member);
  return fixture_stream_say (
      &self->stream, author,
      dpop_claim_new (DPOP_KIND_VOTE, g_variant_new_tuple (fields, 4), NULL, NULL), id);
}

void
decision_case_answers (DecisionCase *self, guint yes, guint no, guint abstain)
{
  g_assert_cmpuint (yes + no + abstain, <=, self->n_voters);
  for (guint i = 0; i < yes + no + abstain; i++)
    g_assert_cmpuint (decision_case_vote (self, &self->voters[i],
                                          decision_case_answer (i < yes        ? DPOP_ANSWER_YES
                                                                : i < yes + no ? DPOP_ANSWER_NO
                                                                : DPOP_ANSWER_ABSTAIN)),
                      ==, COSMIC_REASON_NONE);
}

CosmicReason
decision_case_close (DecisionCase *self, const FixtureMember *author)
{
  return fixture_stream_say (&self->stream, author, dpop_decision_command_close (), NULL);
}

DpopDecisionOutcome *
decision_case_outcome (DecisionCase *self)
{
  return dpop_decision_state_outcome (self->stream.state);
}

DpopDecisionOutcome *
decision_case_end (DecisionCase *self)
{
  g_assert_cmpuint (decision_case_close (self, FOUNDER (self)), ==, COSMIC_REASON_NONE);
  fixture_stream_end (&self->stream);
  decision_case_next (self, FIXTURE_HOUR_MS);
  return decision_case_outcome (self);
}

DpopDecision *
decision_case_query (DecisionCase *self, const FixtureMember *member)
{
  return dpop_decision_query (self->stream.state, member != NULL ? &member->member : NULL);
}
