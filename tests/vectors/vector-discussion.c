/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-discussion.h"
#include "dpop-rules.h"
#include "fixture-society.h"
#include "vector-claim.h"

static const CosmicId about = { { 0xab } }, answered = { { 0xcd } };

static void
test_claims (void)
{
  VectorFile *file = vector_file_new ("discussion");
  static const CosmicId nonce = { { 1 } }, unit = { { 2 } }, speaker = { { 3 } };
  DpopClaim *comment = dpop_discussion_command_comment (&unit, NULL, &speaker, "Why not?", NULL);

  vector_claim_write (file, dpop_rules (), "a discussion of the party",
                      dpop_discussion_command_discuss (&nonce, &about, &cosmic_id_zero));
  vector_claim_write (file, dpop_rules (), "a discussion within a unit",
                      dpop_discussion_command_discuss (&nonce, &about, &unit));
  vector_file_value (file, "what is said", "plain wording", DPOP_WORDING_PLAIN_TYPE,
                     comment->personal);
  vector_claim_write (file, dpop_rules (), "a comment", comment);
  vector_claim_write (file, dpop_rules (), "an answer",
                      dpop_discussion_command_comment (&unit, &answered, &speaker, "Why?", NULL));
  vector_file_finish (file);
}

static CosmicId
say (FixtureStream *stream, const FixtureMember *author, const CosmicId *answers)
{
  CosmicId id;
  DpopClaim *claim = dpop_discussion_command_comment (&cosmic_id_zero, answers, &author->member,
                                                      "A word", NULL);

  g_assert_cmpuint (fixture_stream_say (stream, author, claim, &id), ==, COSMIC_REASON_NONE);
  return id;
}

static void
write_state (VectorFile *file, const char *name, const FixtureStream *stream)
{
  vector_file_begin (file, name);
  vector_file_number (file, "height", stream->society->fold.height);
  vector_file_state (file, stream->state);
}

static void
test_states (void)
{
  VectorFile *file = vector_file_new ("discussion-state");
  g_autoptr (DpopCharter) charter = fixture_society_charter ();
  FixtureSociety society;
  FixtureStream stream;
  FixtureMember other;
  CosmicId nonce, first;

  fixture_society_init (&society, charter, 6001);
  other = fixture_society_add (&society, TRUE, NULL);
  fixture_society_next (&society, FIXTURE_HOUR_MS);
  nonce = fixture_society_id (&society);
  fixture_stream_init (&stream, &society, &society.founder, &nonce);
  g_assert_cmpuint (fixture_stream_say (&stream, &society.founder,
                                        dpop_discussion_command_discuss (&nonce, &about,
                                                                         &cosmic_id_zero),
                                        NULL),
                    ==, COSMIC_REASON_NONE);
  write_state (file, "nothing said yet", &stream);
  first = say (&stream, &other, NULL);
  fixture_society_next (&society, FIXTURE_HOUR_MS);
  say (&stream, &society.founder, &first);
  say (&stream, &other, &answered); /* to something that has not come */
  write_state (file, "three comments in two batches", &stream);
  fixture_stream_clear (&stream);
  fixture_society_clear (&society);
  vector_file_finish (file);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vectors/discussion/Bodies and personal parts", test_claims);
  g_test_add_func ("/vectors/discussion/States", test_states);
  return g_test_run ();
}
