/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-decision-command.h"
#include "dpop-decision-outcome.h"
#include "dpop-rules.h"
#include "fixture-society.h"
#include "vector-claim.h"

static const CosmicId one = { { 1 } }, two = { { 2 } }, three = { { 3 } }, unit = { { 4 } };

static GArray *
ids_of (const CosmicId *ids, guint n)
{
  GArray *array = g_array_new (FALSE, FALSE, sizeof (CosmicId));

  g_array_append_vals (array, ids, n);
  return array;
}

/* --- What claims are made of. ----------------------------------------------------------------- */

static void
write_claim (VectorFile *file, const char *name, DpopClaim *claim)
{
  vector_claim_write (file, dpop_rules (), name, claim);
}

static void
write_proposals (VectorFile *file)
{
  const DpopDecisionEffect effect = { .effect = DPOP_EFFECT_REVOKE_OFFICE, .role = 3, .unit = unit,
                                      .member = two };
  DpopDecisionCommandPropose propose = {
    .nonce = one, .rule_number = 2, .ballot = DPOP_BALLOT_RANK, .speaker = three,
    .title = "A bridge", .question = "Shall we build it?",
  };
  DpopClaim *plain = dpop_decision_command_propose (&propose, NULL);

  vector_file_value (file, "title and question", "wording", DPOP_WORDING_TYPE, plain->personal);
  write_claim (file, "a ranking for the party", plain);
  propose.scope = unit;
  propose.rule_number = 65535;
  propose.ballot = DPOP_BALLOT_YES_NO_ABSTAIN;
  propose.effect = &effect;
  propose.repeats = &two;
  propose.question = "";
  write_claim (file, "an office to fall, repeated, within a unit",
               dpop_decision_command_propose (&propose, NULL));
}

static void
write_preparations (VectorFile *file)
{
  write_claim (file, "a reason", dpop_decision_command_text (&unit, DPOP_TEXT_REASON, NULL, &three,
                                                             "Because", "It is wet.", NULL));
  write_claim (file, "another wording",
               dpop_decision_command_text (&unit, DPOP_TEXT_QUESTION, &one, &three, "A bridge",
                                           "Shall we build one of stone?", NULL));
  write_claim (file, "an option", dpop_decision_command_option (&unit, NULL, &three, "Of stone",
                                                                NULL, NULL));
  write_claim (file, "a candidate", dpop_decision_command_option (&unit, &two, &three, "Ada",
                                                                  "Builds bridges.", NULL));
  write_claim (file, "an option withdrawn", dpop_decision_command_withdraw (&one));
}

static void
write_openings (VectorFile *file)
{
  const CosmicId options[] = { three, one, two }, texts[] = { two, one };
  g_autoptr (GArray) ballot = ids_of (options, 3), pinned = ids_of (texts, 2);
  g_autoptr (GArray) none = ids_of (NULL, 0), question = ids_of (texts, 1);
  DpopDecisionCommandOpen open = { .options = none, .texts = question,
                                   .default_option = DPOP_COUNT_NO_OPTION };

  write_claim (file, "opened, to be closed by hand", dpop_decision_command_open (&open));
  open = (DpopDecisionCommandOpen){ .options = ballot, .texts = pinned, .min_choices = 1,
                                    .max_choices = 3, .default_option = DPOP_COUNT_NO_OPTION,
                                    .closes = 1700000000000 };
  write_claim (file, "opened, up to three to be approved, closing by itself",
               dpop_decision_command_open (&open));
  open = (DpopDecisionCommandOpen){ .options = ballot, .texts = pinned, .default_option = 2 };
  write_claim (file, "opened, none of these is on the ballot", dpop_decision_command_open (&open));
}

static DpopClaim *
new_vote (DpopAnswer answer, const char *marks, const CosmicId *replaces, guint n_replaces,
          const CosmicId *voter)
{
  DpopDecisionBallot ballot = { .answer = answer };
  g_autoptr (GArray) replaced = ids_of (replaces, n_replaces);
  GVariant *fields[4];

  for (const char *at = marks; *at != '\0'; at++)
    ballot.marks[ballot.n_marks++] = (guint16) (*at - '0');
  dpop_decision_ballot_encode (&ballot, fields);
  fields[2] = cosmic_codec_new_ids (replaced);
  fields[3] = cosmic_codec_new_id (voter);
  return dpop_claim_new (DPOP_KIND_VOTE, g_variant_new_tuple (fields, G_N_ELEMENTS (fields)), NULL,
                         NULL);
}

static void
write_votes (VectorFile *file)
{
  const CosmicId replaced[] = { one, two };
  DpopClaim *stop = dpop_decision_command_stop (&unit, DPOP_STOP_WORDING, "It was put wrongly.",
                                                NULL);

  write_claim (file, "yes", new_vote (DPOP_ANSWER_YES, "", NULL, 0, &three));
  write_claim (file, "an abstention in place of two votes",
               new_vote (DPOP_ANSWER_ABSTAIN, "", replaced, 2, &three));
  write_claim (file, "two options chosen", new_vote (DPOP_ANSWER_NONE, "02", NULL, 0, &three));
  write_claim (file, "a ranking with a tie, one unranked",
               new_vote (DPOP_ANSWER_NONE, "2012", replaced, 1, &three));
  write_claim (file, "closed", dpop_decision_command_close ());
  vector_file_value (file, "what is said of a stop", "plain wording", DPOP_WORDING_PLAIN_TYPE,
                     stop->personal);
  write_claim (file, "stopped", stop);
}

static void
test_claims (void)
{
  VectorFile *file = vector_file_new ("decision");

  write_proposals (file);
  write_preparations (file);
  write_openings (file);
  write_votes (file);
  vector_file_finish (file);
}

/* --- The states that they make. --------------------------------------------------------------- */

#define VOTERS 5

typedef struct
{
  VectorFile *file;
  FixtureSociety society;
  FixtureMember voters[VOTERS]; /* the last has no computer */
  FixtureStream stream;
  CosmicId proposal;
} Decision;

static CosmicId
say (Decision *self, const FixtureMember *author, DpopClaim *claim)
{
  CosmicId id;

  g_assert_cmpuint (fixture_stream_say (&self->stream, author, claim, &id), ==,
                    COSMIC_REASON_NONE);
  return id;
}

static void
write_state (Decision *self, const char *name)
{
  vector_file_begin (self->file, name);
  vector_file_number (self->file, "height", self->society.fold.height);
  vector_file_number (self->file, "time", (guint64) self->society.fold.time);
  vector_file_state (self->file, self->stream.state);
}

static void
propose (Decision *self, DpopBallotKind ballot, const DpopDecisionEffect *effect,
         const CosmicId *repeats)
{
  DpopDecisionCommandPropose command = {
    .nonce = fixture_society_id (&self->society), .rule_number = FIXTURE_RULE_PLAIN,
    .ballot = ballot, .effect = effect, .repeats = repeats, .speaker = self->voters[0].member,
    .title = "A bridge", .question = "Shall we build it?",
  };

  fixture_stream_clear (&self->stream);
  fixture_stream_init (&self->stream, &self->society, &self->voters[0], &command.nonce);
  self->proposal = say (self, &self->voters[0], dpop_decision_command_propose (&command, NULL));
}

static CosmicId
offer (Decision *self, const FixtureMember *candidate)
{
  return say (self, &self->voters[0],
              dpop_decision_command_option (&cosmic_id_zero,
                                            candidate != NULL ? &candidate->member : NULL,
                                            &self->voters[0].member, "An option", NULL, NULL));
}

static CosmicId
write_text (Decision *self, DpopTextKind what, const CosmicId *replaces)
{
  return say (self, &self->voters[0],
              dpop_decision_command_text (&cosmic_id_zero, what, replaces,
                                          &self->voters[0].member, "Title", "Text", NULL));
}

static void
open_box (Decision *self, const CosmicId *options, guint n_options, const CosmicId *texts,
          guint n_texts, gint64 closes)
{
  g_autoptr (GArray) ballot = ids_of (options, n_options), pinned = ids_of (texts, n_texts);
  const DpopDecisionCommandOpen command = { .options = ballot, .texts = pinned, .closes = closes,
                                            .default_option = DPOP_COUNT_NO_OPTION };

  say (self, &self->voters[0], dpop_decision_command_open (&command));
}

/* Three options ranked: a vote, one replaced by another, two that contradict each other, one that
 * replaces what has not come, and one that was entered for a member without a computer. */
static void
cast_rankings (Decision *self)
{
  const FixtureMember *voters = self->voters;
  const CosmicId unseen = fixture_society_id (&self->society);
  CosmicId first;

  say (self, &voters[0], new_vote (DPOP_ANSWER_NONE, "123", NULL, 0, &voters[0].member));
  first = say (self, &voters[1],
               new_vote (DPOP_ANSWER_NONE, "321", NULL, 0, &voters[1].member));
  say (self, &voters[1], new_vote (DPOP_ANSWER_NONE, "102", &first, 1, &voters[1].member));
  say (self, &voters[2], new_vote (DPOP_ANSWER_NONE, "111", NULL, 0, &voters[2].member));
  say (self, &voters[2], new_vote (DPOP_ANSWER_NONE, "211", NULL, 0, &voters[2].member));
  say (self, &voters[3], new_vote (DPOP_ANSWER_NONE, "012", &unseen, 1, &voters[3].member));
  say (self, &voters[0],
       new_vote (DPOP_ANSWER_NONE, "231", &unseen, 1, &voters[VOTERS - 1].member));
}

static void
write_ranking (Decision *self)
{
  CosmicId options[3], texts[2], withdrawn, old;

  propose (self, DPOP_BALLOT_RANK, NULL, NULL);
  options[0] = offer (self, NULL);
  options[1] = offer (self, &self->voters[1]);
  withdrawn = offer (self, NULL);
  options[2] = offer (self, NULL);
  say (self, &self->voters[0], dpop_decision_command_withdraw (&withdrawn));
  old = write_text (self, DPOP_TEXT_REASON, NULL);
  texts[0] = self->proposal;
  texts[1] = write_text (self, DPOP_TEXT_REASON, &old);
  write_state (self, "a ranking proposed");
  fixture_society_next (&self->society, FIXTURE_HOUR_MS);
  open_box (self, options, 3, texts, 2, 0);
  fixture_stream_end (&self->stream);
  fixture_society_next (&self->society, FIXTURE_HOUR_MS);
  cast_rankings (self);
  write_state (self, "a ranking, votes in the box");
  fixture_society_next (&self->society, FIXTURE_HOUR_MS);
  say (self, &self->voters[0], dpop_decision_command_close ());
  write_state (self, "a ranking, about to close");
  fixture_stream_end (&self->stream);
  write_state (self, "a ranking closed");
}

static void
write_question (Decision *self)
{
  const DpopDecisionEffect effect = { .effect = DPOP_EFFECT_REVOKE_OFFICE,
                                      .role = FIXTURE_ROLE_CHAIR,
                                      .member = self->voters[1].member };
  const CosmicId earlier = self->stream.stream;

  propose (self, DPOP_BALLOT_YES_NO_ABSTAIN, &effect, NULL);
  fixture_society_next (&self->society, FIXTURE_HOUR_MS);
  open_box (self, NULL, 0, &self->proposal, 1,
            self->society.fold.time + 2 * FIXTURE_DAY_MS);
  for (guint i = 0; i < 4; i++)
    say (self, &self->voters[i],
         new_vote (i == 3 ? DPOP_ANSWER_ABSTAIN : i == 2 ? DPOP_ANSWER_NO : DPOP_ANSWER_YES, "",
                   NULL, 0, &self->voters[i].member));
  fixture_stream_end (&self->stream);
  write_state (self, "a question with an effect, open until a deadline");
  fixture_society_next (&self->society, 3 * FIXTURE_DAY_MS);
  fixture_stream_end (&self->stream);
  write_state (self, "a question with an effect, closed by its deadline");
  propose (self, DPOP_BALLOT_CHOOSE_ONE, NULL, &earlier);
  say (self, &self->voters[0],
       dpop_decision_command_stop (&cosmic_id_zero, DPOP_STOP_WITHDRAWN, NULL, NULL));
  fixture_stream_end (&self->stream);
  write_state (self, "a choice repeated, and stopped");
}

static void
test_states (void)
{
  g_autoptr (DpopCharter) charter = fixture_society_charter ();
  Decision self = { .file = vector_file_new ("decision-state") };

  fixture_society_init (&self.society, charter, 6002);
  self.voters[0] = self.society.founder;
  for (guint i = 1; i < VOTERS; i++)
    self.voters[i] = fixture_society_add (&self.society, i < VOTERS - 1, NULL);
  fixture_society_chair (&self.society, &self.voters[1]);
  fixture_society_next (&self.society, FIXTURE_HOUR_MS);
  write_ranking (&self);
  write_question (&self);
  fixture_stream_clear (&self.stream);
  fixture_society_clear (&self.society);
  vector_file_finish (self.file);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vectors/decision/Bodies and personal parts", test_claims);
  g_test_add_func ("/vectors/decision/States", test_states);
  return g_test_run ();
}
