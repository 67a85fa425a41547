/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-discussion.h"
#include "dpop-reason.h"
#include "fixture-society.h"

typedef struct
{
  FixtureSociety society;
  FixtureStream stream;
  FixtureMember founder;
  CosmicId about;
} Case;

static void
case_init (Case *self)
{
  g_autoptr (DpopCharter) charter = fixture_society_charter ();

  *self = (Case){ 0 };
  fixture_society_init (&self->society, charter, 5);
  self->founder = self->society.founder;
  self->about = fixture_society_id (&self->society);
}

static void
case_clear (Case *self)
{
  fixture_stream_clear (&self->stream);
  fixture_society_clear (&self->society);
}

static CosmicReason
discuss (Case *self, const FixtureMember *by, const CosmicId *about, const CosmicId *scope)
{
  CosmicId nonce = fixture_society_id (&self->society);

  fixture_stream_clear (&self->stream);
  fixture_stream_init (&self->stream, &self->society, by, &nonce);
  return fixture_stream_say (&self->stream, by,
                             dpop_discussion_command_discuss (&nonce, about, scope), NULL);
}

static CosmicReason
comment (Case *self, const FixtureMember *by, const FixtureMember *speaker, const CosmicId *scope,
         const CosmicId *answers, CosmicId *id)
{
  return fixture_stream_say (&self->stream, by,
                             dpop_discussion_command_comment (scope, answers, &speaker->member,
                                                              "I think so.", NULL),
                             id);
}

static void
test_comments_stand_as_they_came (void)
{
  Case self;
  FixtureMember ada;
  CosmicId first, second;
  DpopDiscussion discussion;
  g_autoptr (GArray) comments = NULL;
  const DpopComment *answer;

  case_init (&self);
  ada = fixture_society_add (&self.society, TRUE, NULL);
  g_assert_cmpuint (discuss (&self, &ada, &self.about, &cosmic_id_zero), ==, 0);
  g_assert_cmpuint (comment (&self, &ada, &ada, &cosmic_id_zero, NULL, &first), ==, 0);
  fixture_society_next (&self.society, 1000);
  g_assert_cmpuint (comment (&self, &self.founder, &self.founder, &cosmic_id_zero, &first, &second),
                    ==, 0);
  fixture_stream_end (&self.stream);
  g_assert_true (dpop_discussion_query (self.stream.state, &discussion));
  g_assert_true (cosmic_id_same (&discussion.about, &self.about));
  comments = dpop_discussion_comments (self.stream.state);
  g_assert_cmpuint (comments->len, ==, 2);
  answer = &g_array_index (comments, DpopComment, 1);
  g_assert_true (cosmic_id_same (&answer->operation, &second));
  g_assert_true (answer->is_answer && cosmic_id_same (&answer->answers, &first));
  g_assert_true (cosmic_id_same (&answer->speaker, &self.founder.member));
  g_assert_cmpint (answer->time, ==, self.society.fold.time);
  g_assert_cmpuint (answer->height, ==, self.society.fold.height);
  g_assert_cmpuint (answer->number, ==, 1);
  case_clear (&self);
}

static void
test_who_may_not_speak_is_not_heard (void)
{
  Case self;
  FixtureMember ada, paper, mute;
  CosmicId strange;

  case_init (&self);
  strange = fixture_society_id (&self.society);
  ada = fixture_society_add (&self.society, TRUE, NULL);
  mute = fixture_society_add (&self.society, TRUE, NULL);
  paper = fixture_society_add (&self.society, FALSE, NULL);
  fixture_society_suspend (&self.society, &mute);
  g_assert_cmpuint (discuss (&self, &mute, &self.about, &cosmic_id_zero), ==,
                    COSMIC_REASON_NOT_ALLOWED);
  g_assert_cmpuint (discuss (&self, &ada, &self.about, &strange), ==,
                    COSMIC_REASON_NO_SUCH_SUBJECT);
  g_assert_cmpuint (discuss (&self, &ada, &cosmic_id_zero, &cosmic_id_zero), ==,
                    COSMIC_REASON_BAD_BODY);
  g_assert_cmpuint (comment (&self, &ada, &ada, &cosmic_id_zero, NULL, NULL), ==,
                    COSMIC_REASON_WRONG_STREAM);
  g_assert_cmpuint (discuss (&self, &ada, &self.about, &cosmic_id_zero), ==, 0);
  g_assert_cmpuint (comment (&self, &mute, &mute, &cosmic_id_zero, NULL, NULL), ==,
                    COSMIC_REASON_NOT_ALLOWED);
  g_assert_cmpuint (comment (&self, &ada, &paper, &cosmic_id_zero, NULL, NULL), ==,
                    COSMIC_REASON_NOT_ALLOWED);
  g_assert_cmpuint (comment (&self, &self.founder, &paper, &cosmic_id_zero, NULL, NULL), ==, 0);
  g_assert_cmpuint (comment (&self, &self.founder, &ada, &cosmic_id_zero, NULL, NULL), ==,
                    COSMIC_REASON_HAS_DEVICE);
  case_clear (&self);
}

static void
test_a_unit_s_discussion_stays_within_it (void)
{
  Case self;
  FixtureMember north, south;
  CosmicId unit, other;

  case_init (&self);
  unit = fixture_society_unit (&self.society);
  other = fixture_society_unit (&self.society);
  north = fixture_society_add (&self.society, TRUE, &unit);
  south = fixture_society_add (&self.society, TRUE, &other);
  g_assert_cmpuint (discuss (&self, &south, &self.about, &unit), ==, COSMIC_REASON_NOT_ALLOWED);
  g_assert_cmpuint (discuss (&self, &north, &self.about, &unit), ==, 0);
  g_assert_cmpuint (comment (&self, &north, &north, &unit, NULL, NULL), ==, 0);
  g_assert_cmpuint (comment (&self, &south, &south, &unit, NULL, NULL), ==,
                    COSMIC_REASON_NOT_ALLOWED);
  g_assert_cmpuint (comment (&self, &north, &north, &cosmic_id_zero, NULL, NULL), ==,
                    DPOP_REASON_WRONG_SCOPE);
  case_clear (&self);
}

static void
test_an_empty_comment_is_no_claim (void)
{
  DpopWordingFault fault;

  g_assert_null (dpop_discussion_command_comment (&cosmic_id_zero, NULL, &cosmic_id_zero, " ",
                                                  &fault));
  g_assert_cmpint (fault, ==, DPOP_WORDING_NO_TEXT);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/discussion/Comments stand as they came", test_comments_stand_as_they_came);
  g_test_add_func ("/discussion/Who may not speak is not heard",
                   test_who_may_not_speak_is_not_heard);
  g_test_add_func ("/discussion/A unit's discussion stays within it",
                   test_a_unit_s_discussion_stays_within_it);
  g_test_add_func ("/discussion/An empty comment is no claim", test_an_empty_comment_is_no_claim);
  return g_test_run ();
}
