/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-command-bundle.h"
#include "dpop-command-remove.h"
#include "dpop-command-role.h"
#include "dpop-command-rotate.h"
#include "dpop-decide.h"
#include "dpop-discussion.h"
#include "dpop-home-view.h"
#include "dpop-vote-place.h"
#include "fixture-organisation.h"

#define DAY (24 * 3600 * G_GINT64_CONSTANT (1000))

/* An association of three: Ada, who founded it and keeps the records, and Grace have computers. */
typedef struct
{
  FixtureProfile *ada;
  FixtureProfile *grace;
  CosmicId member, other;
} Two;

static void
attach (FixtureProfile *at)
{
  GError *error = NULL;

  dpop_projector_attach (at->profile, &error);
  g_assert_no_error (error);
}

static void
set_up (Two *self, gconstpointer unused)
{
  DpopCommandFoundResult founded;

  self->ada = fixture_profile_new (1);
  attach (self->ada);
  fixture_profile_found (self->ada, "association", &founded);
  self->member = fixture_profile_enrol (self->ada, "Grace Hopper", NULL);
  self->other = fixture_profile_enrol (self->ada, "Hypatia", NULL);
  fixture_profile_confirm (self->ada);
  self->grace = fixture_profile_join (self->ada, &self->member, 2);
  attach (self->grace);
  fixture_profile_confirm (self->ada);
}

static void
tear_down (Two *self, gconstpointer unused)
{
  fixture_profile_free (self->ada);
  fixture_profile_free (self->grace);
}

static void
send (FixtureProfile *from, FixtureProfile *to)
{
  GError *error = NULL;

  fixture_profile_send (from, to, &error);
  g_assert_no_error (error);
}

static DpopHomeView *
look (FixtureProfile *at)
{
  GError *error = NULL;
  DpopHomeView *view = dpop_home_view_new (at->profile, 5, &error);

  g_assert_no_error (error);
  return view;
}

/* The kinds of what waits, joined by blanks. */
static char *
kinds (const DpopHomeView *view)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < view->items->len; i++)
    g_ptr_array_add (names, (gpointer) dpop_home_kind_name (
                                ((const DpopHomeItem *) view->items->pdata[i])->kind));
  g_ptr_array_add (names, NULL);
  return g_strjoinv (" ", (char **) names->pdata);
}

#define assert_waits(at, expected)                                                                 \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autoptr (DpopHomeView) seen_ = look (at);                                                    \
    g_autofree char *kinds_ = kinds (seen_);                                                       \
    g_assert_cmpstr (kinds_, ==, expected);                                                        \
  }                                                                                                \
  G_STMT_END

static CosmicId
propose (FixtureProfile *at, const DpopDecisionEffect *effect)
{
  const DpopDecidePropose proposal = { .ballot = DPOP_BALLOT_YES_NO_ABSTAIN, .effect = effect,
                                       .title = "A shed", .question = "Shall we build a shed?" };
  GError *error = NULL;
  CosmicId decision;

  dpop_decide_propose (at->profile, &proposal, &decision, &error);
  g_assert_no_error (error);
  return decision;
}

static void
open_box (FixtureProfile *at, const CosmicId *decision, gint64 closes)
{
  const DpopDecideOpen plain = { .closes = closes };
  GError *error = NULL;

  dpop_decide_open (at->profile, decision, &plain, &error);
  g_assert_no_error (error);
}

static void
answer (FixtureProfile *at, const CosmicId *decision, const CosmicId *voter)
{
  const DpopDecisionBallot yes = { .answer = DPOP_ANSWER_YES };
  GError *error = NULL;

  dpop_decide_vote (at->profile, decision, voter, &yes, NULL, &error);
  g_assert_no_error (error);
}

/* --- What waits. ------------------------------------------------------------------------------ */

static void
test_a_vote (Two *self, gconstpointer unused)
{
  CosmicId decision;
  g_autoptr (DpopHomeView) view = NULL;
  const DpopHomeItem *item;

  assert_waits (self->ada, "");
  decision = propose (self->ada, NULL);
  assert_waits (self->ada, "open confirm");
  open_box (self->ada, &decision, self->ada->now + DAY);
  send (self->ada, self->grace);
  assert_waits (self->ada, "vote");
  view = look (self->grace);
  g_assert_cmpuint (view->items->len, ==, 1);
  item = view->items->pdata[0];
  g_assert_cmpint (item->kind, ==, DPOP_HOME_VOTE);
  g_assert_true (cosmic_id_same (&item->decision, &decision));
  g_assert_cmpstr (item->title, ==, "A shed");
  g_assert_cmpint (item->time, ==, self->ada->now - 1000 + DAY);
  g_assert_cmpuint (item->entitled, ==, 3);
  g_assert_cmpuint (item->votes, ==, 0);

  answer (self->grace, &decision, NULL);
  assert_waits (self->grace, "deliver");
  answer (self->ada, &decision, NULL);
  assert_waits (self->ada, "confirm");
}

/* Only who was a member when it opened is asked. */
static void
test_a_vote_of_others (Two *self, gconstpointer unused)
{
  g_autoptr (FixtureProfile) late = NULL;
  CosmicId decision = propose (self->ada, NULL), member;

  open_box (self->ada, &decision, 0);
  member = fixture_profile_enrol (self->ada, "Late Comer", NULL);
  fixture_profile_confirm (self->ada);
  late = fixture_profile_join (self->ada, &member, 3);
  attach (late);
  assert_waits (late, "");
}

static void
test_closing (Two *self, gconstpointer unused)
{
  CosmicId by_hand = propose (self->ada, NULL), timed = propose (self->ada, NULL);

  open_box (self->ada, &by_hand, 0);
  open_box (self->ada, &timed, self->ada->now + DAY);
  answer (self->ada, &by_hand, NULL);
  answer (self->ada, &timed, NULL);
  fixture_profile_confirm (self->ada);
  assert_waits (self->ada, "close");
  self->ada->now += 2 * DAY;
  assert_waits (self->ada, "count close");
  fixture_profile_confirm (self->ada);
  assert_waits (self->ada, "close");
  /* For who confirms nothing and has no office, neither. */
  send (self->ada, self->grace);
  assert_waits (self->grace, "vote");
}

/* When the time is over nobody is asked to vote any more, though it is not confirmed yet. */
static void
test_too_late_to_vote (Two *self, gconstpointer unused)
{
  CosmicId decision = propose (self->ada, NULL);

  open_box (self->ada, &decision, self->ada->now + DAY);
  send (self->ada, self->grace);
  assert_waits (self->grace, "vote");
  self->grace->now += 2 * DAY;
  assert_waits (self->grace, "");
}

static void
test_enacting (Two *self, gconstpointer unused)
{
  const DpopCommandRole treasurer = { .member = self->other, .role = 2 };
  const DpopDecisionEffect effect
      = { .effect = DPOP_EFFECT_REVOKE_OFFICE, .role = 2, .member = self->other };
  GError *error = NULL;
  CosmicId decision;

  dpop_command_role (self->ada->profile, &treasurer, &error);
  g_assert_no_error (error);
  decision = propose (self->ada, &effect);
  open_box (self->ada, &decision, 0);
  answer (self->ada, &decision, NULL);
  dpop_decide_close (self->ada->profile, &decision, &error);
  g_assert_no_error (error);
  assert_waits (self->ada, "enact");
  dpop_decide_enact (self->ada->profile, &decision, &error);
  g_assert_no_error (error);
  assert_waits (self->ada, "confirm");
}

static void
check_delivery (const DpopHomeView *view, guint here, guint unexported)
{
  const DpopHomeItem *item;

  g_assert_cmpuint (view->items->len, ==, 1);
  item = view->items->pdata[0];
  g_assert_cmpint (item->kind, ==, DPOP_HOME_DELIVER);
  g_assert_cmpuint (item->n, ==, here);
  g_assert_cmpuint (item->more, ==, unexported);
}

static void
test_delivering (Two *self, gconstpointer unused)
{
  g_autofree char *path = g_strconcat (self->grace->folder, ".dpop", NULL);
  const DpopCommandBundleExport export = { .path = path };
  g_autoptr (DpopHomeView) before = NULL;
  g_autoptr (DpopHomeView) after = NULL;
  g_autoptr (GArray) operations = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  GError *error = NULL;
  CosmicId comment, decision;

  decision = propose (self->grace, NULL);
  dpop_decide_comment (self->grace->profile, &decision, NULL, NULL, "Please", &comment, &error);
  g_assert_no_error (error);
  before = look (self->grace);
  check_delivery (before, 3, 3);
  dpop_command_bundle_export (self->grace->profile, &export, NULL, &error);
  g_assert_no_error (error);
  g_array_append_val (operations, comment);
  dpop_profile_begin (self->grace->profile, &error);
  dpop_vote_place_note_exported (self->grace->profile, operations, &error);
  dpop_profile_commit (self->grace->profile, &error);
  g_assert_no_error (error);
  after = look (self->grace);
  check_delivery (after, 3, 2);
  dpop_profile_begin (self->grace->profile, &error);
  dpop_vote_place_note_delivered (self->grace->profile, operations, &error);
  dpop_profile_commit (self->grace->profile, &error);
  g_assert_no_error (error);
  g_clear_pointer (&after, dpop_home_view_free);
  after = look (self->grace);
  check_delivery (after, 2, 2);
  /* Confirmed, it was delivered. */
  send (self->grace, self->ada);
  fixture_profile_confirm (self->ada);
  send (self->ada, self->grace);
  assert_waits (self->grace, "");
}

/* Removed and confirmed, without the new locks that a confirmation makes. */
static void
remove_unlocked (Two *self, const CosmicId *member)
{
  const DpopCommandRemove remove = { *member, DPOP_REMOVAL_STRUCK };
  GError *error = NULL;

  dpop_command_remove (self->ada->profile, &remove, NULL, &error);
  g_assert_no_error (error);
  self->ada->now += 1000;
  dpop_profile_begin (self->ada->profile, &error);
  dpop_profile_confirm (self->ada->profile, NULL, &error);
  dpop_profile_commit (self->ada->profile, &error);
  g_assert_no_error (error);
}

static void
check_lock_out (Two *self, guint people)
{
  g_autoptr (DpopHomeView) view = look (self->ada);
  const DpopHomeItem *item;

  g_assert_cmpuint (view->items->len, ==, 1);
  item = view->items->pdata[0];
  g_assert_cmpint (item->kind, ==, DPOP_HOME_LOCK_OUT);
  g_assert_cmpuint (item->n, ==, people);
}

static void
test_locking_out (Two *self, gconstpointer unused)
{
  g_autoptr (FixtureProfile) third = fixture_profile_join (self->ada, &self->other, 4);
  GError *error = NULL;
  guint count;

  fixture_profile_confirm (self->ada);
  remove_unlocked (self, &self->other);
  check_lock_out (self, 1);
  check_lock_out (self, 1);
  remove_unlocked (self, &self->member);
  check_lock_out (self, 2);
  dpop_command_rotate_due_alone (self->ada->profile, &count, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count, ==, 1);
  assert_waits (self->ada, "confirm");
  fixture_profile_confirm (self->ada);
  assert_waits (self->ada, "");
}

/* --- What happened. --------------------------------------------------------------------------- */

static void
note_seen (FixtureProfile *at)
{
  g_autoptr (DpopHomeView) view = look (at);
  GError *error = NULL;

  dpop_home_view_note_seen (at->profile, view->newest, &error);
  g_assert_no_error (error);
}

/* The only news of KIND. */
static const DpopHomeNews *
news (const DpopHomeView *view, guint kind)
{
  const DpopHomeNews *found = NULL;

  for (guint i = 0; i < view->news->len; i++)
    {
      const DpopHomeNews *one = view->news->pdata[i];

      if (one->kind != kind)
        continue;
      g_assert_null (found);
      found = one;
    }
  g_assert_nonnull (found);
  return found;
}

static void
check_said (const DpopHomeView *view, guint kind, const char *sentence)
{
  g_assert_cmpstr (news (view, kind)->sentence, ==, sentence);
}

static void
test_news (Two *self, gconstpointer unused)
{
  g_autoptr (DpopHomeView) none = NULL;
  g_autoptr (DpopHomeView) grouped = NULL;
  GError *error = NULL;
  CosmicId decision;

  note_seen (self->grace);
  none = look (self->grace);
  g_assert_cmpuint (none->news->len, ==, 0);
  g_assert_false (none->more);
  g_assert_cmpint (none->seen, ==, none->newest);
  for (guint i = 0; i < 38; i++)
    fixture_profile_enrol (self->ada, "Somebody Else", NULL);
  decision = propose (self->ada, NULL);
  dpop_decide_comment (self->ada->profile, &decision, NULL, NULL, "One", NULL, &error);
  dpop_decide_comment (self->ada->profile, &decision, NULL, NULL, "Two", NULL, &error);
  g_assert_no_error (error);
  send (self->ada, self->grace);
  grouped = look (self->grace);
  g_assert_cmpuint (grouped->news->len, ==, 3);
  check_said (grouped, DPOP_KIND_COMMENT, "2 comments were made on “A shed”.");
  g_assert_true (cosmic_id_same (&news (grouped, DPOP_KIND_COMMENT)->decision, &decision));
  check_said (grouped, DPOP_KIND_PROPOSE, "Ada Lovelace proposes “A shed”.");
  check_said (grouped, DPOP_KIND_MEMBER_ADD, "38 people were taken in.");
  g_assert_cmpuint (news (grouped, DPOP_KIND_MEMBER_ADD)->n, ==, 38);
  g_assert_false (grouped->more);
  note_seen (self->grace);
  g_clear_pointer (&grouped, dpop_home_view_free);
  grouped = look (self->grace);
  g_assert_cmpuint (grouped->news->len, ==, 0);
}

/* What has no effect is no news. */
static void
test_no_effect (Two *self, gconstpointer unused)
{
  g_autoptr (DpopHomeView) view = NULL;
  GError *error = NULL;

  note_seen (self->grace);
  propose (self->ada, NULL);
  send (self->ada, self->grace);
  view = look (self->grace);
  g_assert_cmpuint (view->news->len, ==, 1);
  g_clear_pointer (&view, dpop_home_view_free);
  dpop_database_execute (dpop_profile_database (self->grace->profile),
                         "INSERT INTO verdict_row SELECT n, 8 FROM operation WHERE kind = 64",
                         &error);
  g_assert_no_error (error);
  view = look (self->grace);
  g_assert_cmpuint (view->news->len, ==, 0);
}

/* What one did oneself is no news, and what is more than fits is said to be more. */
static void
test_news_of_others (Two *self, gconstpointer unused)
{
  g_autoptr (DpopHomeView) view = NULL;
  GError *error = NULL;

  note_seen (self->ada);
  for (guint i = 0; i < 7; i++)
    propose (self->ada, NULL);
  view = look (self->ada);
  g_assert_cmpuint (view->news->len, ==, 0);
  g_clear_pointer (&view, dpop_home_view_free);

  note_seen (self->grace);
  send (self->ada, self->grace);
  view = look (self->grace);
  g_assert_cmpuint (view->news->len, ==, 1);
  g_assert_cmpstr (news (view, DPOP_KIND_PROPOSE)->sentence, ==, "7 proposals were made.");
  g_clear_pointer (&view, dpop_home_view_free);
  view = dpop_home_view_new (self->grace->profile, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (view->news->len, ==, 0);
  g_assert_true (view->more);
}

static void
test_nobody (void)
{
  g_autoptr (FixtureProfile) at = fixture_profile_new (9);
  GError *error = NULL;

  attach (at);
  g_assert_null (dpop_home_view_new (at->profile, 5, &error));
  g_assert_error (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_NOT_A_MEMBER);
  g_clear_error (&error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add ("/home/" name, Two, NULL, set_up, test, tear_down)
  ADD ("a vote waits for who is entitled and has not voted", test_a_vote);
  ADD ("a vote waits for nobody who came later", test_a_vote_of_others);
  ADD ("what is over waits for who closes or confirms", test_closing);
  ADD ("a vote whose time is over waits for nobody to vote", test_too_late_to_vote);
  ADD ("what was accepted waits to be carried out", test_enacting);
  ADD ("one's own entries wait to be delivered", test_delivering);
  ADD ("who left is to be locked out", test_locking_out);
  ADD ("news are told, many alike in one sentence, until they were seen", test_news);
  ADD ("what has no effect is no news", test_no_effect);
  ADD ("one's own doings are no news", test_news_of_others);
  g_test_add_func ("/home/there is none without an organisation", test_nobody);
#undef ADD
  return g_test_run ();
}
