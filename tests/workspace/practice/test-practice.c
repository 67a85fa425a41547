/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-practice.h"

#include "dpop-command-info.h"
#include "dpop-comment-row.h"
#include "dpop-decide.h"
#include "dpop-decision-row.h"
#include "dpop-decision-view.h"
#include "dpop-engine.h"
#include "dpop-history-row.h"
#include "dpop-member-query.h"
#include "dpop-member-row.h"
#include "dpop-profile-folder.h"
#include "dpop-projector.h"
#include "fixture-random.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

#define START G_GINT64_CONSTANT (1750000000000)
#define DAY_MS (G_GINT64_CONSTANT (86400) * 1000)

/* A practice profile with a clock that a test moves and seeded randomness. */
typedef struct
{
  char *root;
  char *folder;
  FixtureRandom random;
  gint64 now;
  DpopPracticeMakeResult made;
  DpopProfile *profile;
  CosmicId user;
} Scene;

static DpopProfileEffects
effects (Scene *scene)
{
  return (DpopProfileEffects){ fixture_random_table (&scene->random), fixture_clock (&scene->now) };
}

static void
open_again (Scene *scene)
{
  g_autoptr (CosmicSecret) passphrase = dpop_practice_passphrase ();
  DpopProfileEffects own = effects (scene);
  GError *error = NULL;

  g_clear_pointer (&scene->profile, dpop_profile_free);
  scene->profile = dpop_profile_open (scene->folder, passphrase, &own, &error);
  g_assert_no_error (error);
  dpop_projector_attach (scene->profile, &error);
  g_assert_no_error (error);
  dpop_profile_own_member (scene->profile, &scene->user, &error);
  g_assert_no_error (error);
}

static void
make (Scene *scene, const char *charter, guint64 seed)
{
  const DpopPracticeMake input = { .charter = charter, .user = "Robin", .seed = seed };
  DpopProfileEffects own;
  GError *error = NULL;

  g_assert_true (cosmic_crypto_init ());
  scene->root = g_dir_make_tmp ("dpop-practice-XXXXXX", &error);
  g_assert_no_error (error);
  scene->folder = g_build_filename (scene->root, "practice", NULL);
  fixture_random_init (&scene->random, seed);
  scene->now = START;
  own = effects (scene);
  dpop_practice_make (scene->folder, &input, &own, &scene->made, &error);
  g_assert_no_error (error);
  open_again (scene);
}

static void
clear (Scene *scene)
{
  gboolean left = TRUE;
  GError *error = NULL;

  g_clear_pointer (&scene->profile, dpop_profile_free);
  dpop_profile_folder_remove (scene->folder, &left, &error);
  g_assert_no_error (error);
  g_assert_false (left);
  g_assert_cmpint (g_rmdir (scene->root), ==, 0); /* nothing else was left in it */
  g_free (scene->folder);
  g_free (scene->root);
}

static void
setup (Scene *scene, gconstpointer charter)
{
  make (scene, charter, 7);
}

static void
teardown (Scene *scene, gconstpointer unused)
{
  clear (scene);
}

static DpopPracticeStep
step (Scene *scene)
{
  DpopPracticeStep done;
  GError *error = NULL;

  scene->now += 4000;
  dpop_practice_step (scene->profile, &done, &error);
  g_assert_no_error (error);
  return done;
}

static GPtrArray *
decisions (Scene *scene)
{
  const DpopDecisionRowQuery all = { 0 };
  GError *error = NULL;
  GPtrArray *rows = dpop_decision_row_window (dpop_profile_database (scene->profile), &all, 0, 100,
                                              &error);

  g_assert_no_error (error);
  return rows;
}

static guint
count (Scene *scene, guint phase, guint outcome)
{
  const DpopDecisionRowQuery query = { .phases = phase != 0 ? 1u << phase : 0,
                                       .outcomes = outcome != 0 ? 1u << outcome : 0 };
  GError *error = NULL;
  guint n;

  dpop_decision_row_count (dpop_profile_database (scene->profile), &query, &n, &error);
  g_assert_no_error (error);
  return n;
}

static DpopDecisionView *
view (Scene *scene, const CosmicId *decision)
{
  GError *error = NULL;
  DpopDecisionView *found = dpop_decision_view_new (scene->profile, decision, &error);

  g_assert_no_error (error);
  return found;
}

static void
assert_holds (Scene *scene)
{
  CosmicVerifyReport report = { 0 };
  GError *error = NULL;

  cosmic_log_verify (dpop_profile_log (scene->profile), NULL, NULL, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report.faults->len, ==, 0);
  g_assert_cmpuint (report.without_effect, ==, 0);
  cosmic_verify_report_clear (&report);
}

/* --- What is made. --------------------------------------------------------------------------- */

static void
test_sixty_members (Scene *scene, gconstpointer charter)
{
  const DpopMemberRowQuery all = DPOP_MEMBER_ROW_QUERY_ALL;
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint computers = 0, officers = 0;
  GError *error = NULL;
  g_autoptr (GPtrArray) rows = dpop_member_row_window (dpop_profile_database (scene->profile),
                                                       &all, 0, 100, &error);
  DpopCommandInfo info;

  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, DPOP_PRACTICE_MEMBERS);
  for (guint i = 0; i < rows->len; i++)
    {
      const DpopMemberRow *row = rows->pdata[i];

      g_hash_table_add (names, g_strdup (row->name));
      computers += row->has_device ? 1 : 0;
      officers += row->roles->len > 0 ? 1 : 0;
      g_assert_true (row->confirmed);
    }
  g_assert_cmpuint (g_hash_table_size (names), ==, DPOP_PRACTICE_MEMBERS);
  g_assert_true (g_hash_table_contains (names, "Robin"));
  g_assert_cmpuint (computers, ==, scene->made.computers + 1);
  g_assert_cmpuint (computers, >, 35);
  g_assert_cmpuint (computers, <, 55); /* some have none */
  g_assert_cmpuint (officers, >, g_str_equal (charter, "cooperative") ? 1 : 3);
  g_assert_cmpuint (scene->made.members, ==, DPOP_PRACTICE_MEMBERS);
  g_assert_cmpuint (scene->made.units, ==, g_str_equal (charter, "party") ? 3 : 0);
  g_assert_true (dpop_command_info (scene->profile, &info, NULL));
  g_assert_true (info.confirms);
  g_assert_cmpuint (info.open, ==, 0);
  g_assert_true (dpop_practice_is (scene->profile));
}

static void
test_every_state (Scene *scene, gconstpointer charter)
{
  g_autoptr (GPtrArray) rows = decisions (scene);
  guint open_yes_no = 0, open_ranking = 0, repeated = 0, discussed = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const DpopDecisionRow *row = rows->pdata[i];
      g_autoptr (DpopDecisionView) seen = view (scene, &row->id);

      g_assert_true (row->confirmed);
      g_assert_false (seen->has_voted);
      if (row->phase == DPOP_DECISION_OPEN && row->ballot == DPOP_BALLOT_YES_NO_ABSTAIN)
        open_yes_no++;
      if (row->phase == DPOP_DECISION_OPEN && row->ballot == DPOP_BALLOT_RANK)
        {
          g_assert_cmpuint (seen->options->len, >=, 4);
          open_ranking++;
        }
      if (row->phase == DPOP_DECISION_OPEN)
        {
          g_assert_cmpuint (row->votes, >, 5);
          g_assert_cmpuint (row->votes, <, row->entitled - 5);
        }
      repeated += seen->decision->proposed.is_repeat ? 1 : 0;
      discussed += row->phase == DPOP_DECISION_PROPOSED && seen->comments >= 3 ? 1 : 0;
    }
  g_assert_cmpuint (rows->len, ==, scene->made.decisions);
  g_assert_cmpuint (open_yes_no, ==, 1);
  g_assert_cmpuint (open_ranking, ==, 1);
  g_assert_cmpuint (repeated, ==, 1);
  g_assert_cmpuint (discussed, ==, 1);
  g_assert_cmpuint (count (scene, DPOP_DECISION_STOPPED, 0), ==, 1);
  g_assert_cmpuint (count (scene, DPOP_DECISION_CLOSED, DPOP_OUTCOME_ACCEPTED), >=, 2);
  g_assert_cmpuint (count (scene, DPOP_DECISION_CLOSED, DPOP_OUTCOME_REJECTED), ==, 1);
}

static void
test_history_holds (Scene *scene, gconstpointer charter)
{
  assert_holds (scene);
  for (guint i = 0; i < 40; i++)
    step (scene);
  assert_holds (scene);
}

static void
test_the_past_is_past (Scene *scene, gconstpointer charter)
{
  gint64 confirmed = cosmic_log_time (dpop_profile_log (scene->profile));

  g_assert_cmpint (confirmed, <=, START);
  g_assert_cmpint (confirmed, >, START - DAY_MS);
}

/* The folder says what it is before anybody opens it. */
static void
test_marked_before_it_is_open (Scene *scene, gconstpointer charter)
{
  g_autoptr (DpopProfileFolder) found = dpop_profile_folder_look (scene->folder);

  g_assert_true (found->practice);
  g_assert_cmpstr (found->label, ==, "Practice");
  g_assert_true (found->in_use);
}

/* --- How it behaves. ------------------------------------------------------------------------- */

static guint
n_comments (Scene *scene, const CosmicId *decision)
{
  g_autoptr (DpopDecisionView) seen = view (scene, decision);

  return seen->comments;
}

/* Steps until ACT happens to DECISION; fails after MOST. */
static DpopPracticeStep
step_until (Scene *scene, const CosmicId *decision, DpopPracticeAct act, guint most)
{
  for (guint i = 0; i < most; i++)
    {
      DpopPracticeStep done = step (scene);

      if (done.act == act && cosmic_id_same (&done.decision, decision))
        return done;
    }
  g_test_message ("no act %d within %u steps", act, most);
  g_assert_not_reached ();
}

static CosmicId
propose (Scene *scene, DpopBallotKind ballot)
{
  const CosmicState *authority = dpop_profile_state (scene->profile, NULL, NULL);
  g_autoptr (GBytes) compiled = cosmic_authority_charter (authority);
  DpopDecidePropose command
      = { .ballot = ballot, .title = "A cat for the hall", .question = "Shall we get a cat?" };
  CosmicId decision;
  GError *error = NULL;

  for (command.rule = 0; command.rule < 8; command.rule++)
    {
      g_clear_error (&error);
      if (dpop_decide_propose (scene->profile, &command, &decision, &error))
        break;
    }
  g_assert_no_error (error);
  return decision;
}

static void
test_proposal_comes_to_an_outcome (Scene *scene, gconstpointer charter)
{
  CosmicId decision = propose (scene, DPOP_BALLOT_YES_NO_ABSTAIN);
  const DpopDecisionBallot ballot = { .answer = DPOP_ANSWER_YES };
  g_autoptr (DpopDecisionView) seen = NULL;
  guint64 before = 0;
  GError *error = NULL;

  step_until (scene, &decision, DPOP_PRACTICE_COMMENT, 20);
  step_until (scene, &decision, DPOP_PRACTICE_OPEN, 60);
  g_assert_cmpuint (n_comments (scene, &decision), >=, 2);
  for (guint i = 0; i < 5; i++) /* turnout grows */
    {
      DpopPracticeStep done = step_until (scene, &decision, DPOP_PRACTICE_VOTE, 40);

      g_clear_pointer (&seen, dpop_decision_view_free);
      seen = view (scene, &decision);
      g_assert_cmpuint (seen->decision->cast, ==, before + done.votes);
      before = seen->decision->cast;
    }
  dpop_decide_vote (scene->profile, &decision, NULL, &ballot, NULL, &error);
  g_assert_no_error (error);
  step_until (scene, &decision, DPOP_PRACTICE_CLOSE, 150);
  g_clear_pointer (&seen, dpop_decision_view_free);
  seen = view (scene, &decision);
  g_assert_nonnull (seen->outcome);
  g_assert_true (seen->final);
  g_assert_cmpuint (seen->decision->outcome->cast, >, 30);
}

static void
test_ranking_gets_options (Scene *scene, gconstpointer charter)
{
  CosmicId decision = propose (scene, DPOP_BALLOT_RANK);
  g_autoptr (DpopDecisionView) seen = NULL;

  step_until (scene, &decision, DPOP_PRACTICE_OPTION, 60);
  step_until (scene, &decision, DPOP_PRACTICE_OPEN, 80);
  seen = view (scene, &decision);
  g_assert_cmpuint (seen->options->len, >=, 3);
  step_until (scene, &decision, DPOP_PRACTICE_VOTE, 40);
}

static void
test_user_is_answered (Scene *scene, gconstpointer charter)
{
  g_autoptr (GPtrArray) rows = decisions (scene);
  g_autoptr (GPtrArray) comments = NULL;
  const DpopDecisionRow *newest = rows->pdata[0];
  const DpopCommentRow *last;
  CosmicId said;
  GError *error = NULL;

  dpop_decide_comment (scene->profile, &newest->id, NULL, NULL, "What about the cat?", &said,
                       &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 60; i++)
    {
      step (scene);
      g_clear_pointer (&comments, g_ptr_array_unref);
      comments = dpop_comment_row_window (dpop_profile_database (scene->profile), &newest->id, 0,
                                          100, NULL);
      for (guint j = 0; j < comments->len; j++)
        {
          last = comments->pdata[j];
          if (cosmic_id_same (&last->answers, &said))
            return;
        }
    }
  g_assert_not_reached ();
}

/* A box waits for the user three days, and then goes on without them. */
static void
test_box_waits_for_the_user (Scene *scene, gconstpointer charter)
{
  guint open = count (scene, DPOP_DECISION_OPEN, 0);

  g_assert_cmpuint (open, ==, 2);
  for (guint i = 0; i < 150; i++)
    g_assert_cmpint (step (scene).act, !=, DPOP_PRACTICE_CLOSE);
  scene->now += 4 * DAY_MS;
  for (guint i = 0; i < 150; i++)
    if (step (scene).act == DPOP_PRACTICE_CLOSE)
      return;
  g_assert_not_reached ();
}

/* Left alone, it comes to rest, and something new comes up after a while. */
static void
test_it_rests_and_wakes (Scene *scene, gconstpointer charter)
{
  guint before;

  for (guint i = 0; i < 250; i++)
    step (scene);
  before = count (scene, 0, 0);
  scene->now += 5 * DAY_MS;
  for (guint i = 0; i < 250; i++)
    step (scene);
  g_assert_cmpuint (count (scene, 0, 0), >, before);
}

/* Nothing that a step makes is signed by the user's computer, or says anything in their name. */
static guint
n_signed_by_user (Scene *scene)
{
  CosmicId device;
  const DpopHistoryRowQuery query = { .author = &device };
  GError *error = NULL;
  guint n;

  dpop_profile_device_id (scene->profile, &device);
  dpop_history_row_count (dpop_profile_database (scene->profile), &query, &n, &error);
  g_assert_no_error (error);
  return n;
}

static void
test_never_speaks_for_the_user (Scene *scene, gconstpointer charter)
{
  CosmicId decision = propose (scene, DPOP_BALLOT_YES_NO_ABSTAIN);
  guint before = n_signed_by_user (scene);
  g_autoptr (GPtrArray) rows = NULL;

  g_assert_cmpuint (before, >, 5); /* founding, and the first members */
  for (guint i = 0; i < 200; i++)
    {
      DpopPracticeStep done = step (scene);

      g_assert_false (cosmic_id_same (&done.member, &scene->user));
      if (i == 100)
        scene->now += 4 * DAY_MS;
    }
  g_assert_cmpuint (n_signed_by_user (scene), ==, before);
  rows = decisions (scene);
  for (guint i = 0; i < rows->len; i++)
    {
      const DpopDecisionRow *row = rows->pdata[i];
      g_autoptr (DpopDecisionView) seen = view (scene, &row->id);

      g_assert_false (seen->has_voted);
      g_assert_cmpint (cosmic_id_same (&row->speaker, &scene->user), ==,
                       cosmic_id_same (&row->id, &decision));
    }
}

/* --- Again. ---------------------------------------------------------------------------------- */

static void
test_same_seed_same_root (void)
{
  Scene a = { 0 }, b = { 0 }, c = { 0 };

  make (&a, "association", 3);
  make (&b, "association", 3);
  make (&c, "association", 4);
  for (guint i = 0; i < 30; i++)
    {
      DpopPracticeStep left = step (&a), right = step (&b);

      g_assert_cmpint (left.act, ==, right.act);
      g_assert_true (cosmic_id_same (&left.decision, &right.decision));
      g_assert_true (cosmic_id_same (&left.member, &right.member));
      g_assert_cmpuint (left.votes, ==, right.votes);
    }
  g_assert_true (cosmic_id_same (cosmic_log_state_root (dpop_profile_log (a.profile)),
                                 cosmic_log_state_root (dpop_profile_log (b.profile))));
  g_assert_false (cosmic_id_same (cosmic_log_state_root (dpop_profile_log (a.profile)),
                                  cosmic_log_state_root (dpop_profile_log (c.profile))));
  clear (&a);
  clear (&b);
  clear (&c);
}

static void
copy_folder (const char *from, const char *to)
{
  g_autoptr (GDir) dir = g_dir_open (from, 0, NULL);
  const char *name;

  g_assert_cmpint (g_mkdir_with_parents (to, 0700), ==, 0);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *source = g_build_filename (from, name, NULL);
      g_autofree char *target = g_build_filename (to, name, NULL);
      g_autofree char *content = NULL;
      gsize size;

      g_assert_true (g_file_get_contents (source, &content, &size, NULL));
      g_assert_true (g_file_set_contents (target, content, (gssize) size, NULL));
    }
}

/* What lies on the disk after any step is whole: as if the power failed there, a copy of the open
 * folder goes on as the original does. */
static void
test_killed_between_any_two_steps (Scene *scene, gconstpointer charter)
{
  g_autofree char *copy = g_build_filename (scene->root, "copy", NULL);

  for (guint i = 0; i < 25; i++)
    {
      Scene other = *scene;
      DpopPracticeStep here, there;

      copy_folder (scene->folder, copy);
      other.folder = copy;
      other.profile = NULL;
      open_again (&other);
      there = step (&other);
      dpop_profile_free (other.profile);
      g_assert_true (dpop_profile_folder_remove (copy, NULL, NULL));
      if (i % 5 == 4)
        open_again (scene);
      here = step (scene);
      g_assert_cmpint (here.act, ==, there.act);
      g_assert_true (cosmic_id_same (&here.decision, &there.decision));
      g_assert_true (cosmic_id_same (&here.member, &there.member));
    }
  assert_holds (scene);
}

/* Boxes close by themselves at their time; nobody of the invented has to say so. */
static void
test_after_a_year_it_goes_on (Scene *scene, gconstpointer charter)
{
  g_autoptr (GPtrArray) rows = NULL;
  guint closed = 0;

  g_clear_pointer (&scene->profile, dpop_profile_free);
  scene->now += 365 * DAY_MS;
  open_again (scene);
  for (guint i = 0; i < 40; i++)
    {
      DpopPracticeStep done = step (scene);

      closed += done.act == DPOP_PRACTICE_CLOSE && cosmic_id_is_zero (&done.member) ? 1 : 0;
    }
  g_assert_cmpuint (closed, >=, 1);
  rows = decisions (scene);
  g_assert_cmpuint (rows->len, >, scene->made.decisions); /* and somebody has had an idea */
  assert_holds (scene);
}

static gpointer
step_in_engine (DpopProfile *profile, gpointer done, GError **error)
{
  dpop_practice_step (profile, done, error);
  return NULL;
}

/* As a window does it: by its own thread, beside what it reads. */
static void
test_steps_in_an_engine (Scene *scene, gconstpointer charter)
{
  g_autoptr (DpopEngine) engine = dpop_engine_new ();
  g_autoptr (CosmicSecret) passphrase = dpop_practice_passphrase ();
  GError *error = NULL;

  g_clear_pointer (&scene->profile, dpop_profile_free);
  dpop_engine_open_sync (engine, scene->folder, passphrase, NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 5; i++)
    {
      DpopPracticeStep done = { 0 };

      dpop_engine_run_sync (engine, step_in_engine, &done, &error);
      g_assert_no_error (error);
      g_assert_cmpint (done.act, !=, DPOP_PRACTICE_NOTHING);
    }
  dpop_engine_close (engine);
}

/* --- What is refused. ------------------------------------------------------------------------ */

static void
test_real_profiles_are_left_alone (Scene *scene, gconstpointer charter)
{
  g_autofree char *folder = g_build_filename (scene->root, "real", NULL);
  g_autoptr (CosmicSecret) passphrase = dpop_practice_passphrase ();
  g_autoptr (DpopProfile) profile
      = dpop_profile_create (folder, passphrase, COSMIC_PASSWORD_COST_TEST, NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (profile);
  g_assert_nonnull (dpop_projector_attach (profile, NULL));
  g_assert_false (dpop_practice_is (profile));
  g_assert_false (dpop_practice_step (profile, NULL, &error));
  g_assert_error (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_INVALID);
  g_clear_pointer (&profile, dpop_profile_free);
  g_assert_true (dpop_profile_folder_remove (folder, NULL, NULL));
}

static void
test_nothing_is_made_over_another (Scene *scene, gconstpointer charter)
{
  const DpopPracticeMake input = { .charter = "association" }, odd = { .charter = "tyranny" };
  g_autofree char *other = g_build_filename (scene->root, "other", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) wrong = NULL;

  g_assert_false (dpop_practice_make (scene->folder, &input, NULL, NULL, &error));
  g_assert_error (error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_EXISTS);
  g_assert_false (dpop_practice_make (other, &odd, NULL, NULL, &wrong));
  g_assert_error (wrong, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_INVALID);
  g_assert_false (g_file_test (other, G_FILE_TEST_EXISTS));
  assert_holds (scene); /* teardown sees that no draft is left */
}

static void
add (const char *path, const char *charter, void (*test) (Scene *scene, gconstpointer charter))
{
  g_autofree char *full = g_strdup_printf ("/%s/%s", charter, path);

  g_test_add (full, Scene, charter, setup, test, teardown);
}

int
main (int argc, char **argv)
{
  static const char *const charters[] = { "party", "association", "cooperative" };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (charters); i++)
    {
      add ("sixty-members", charters[i], test_sixty_members);
      add ("every-state", charters[i], test_every_state);
      add ("history-holds", charters[i], test_history_holds);
      add ("proposal-comes-to-an-outcome", charters[i], test_proposal_comes_to_an_outcome);
      add ("ranking-gets-options", charters[i], test_ranking_gets_options);
      add ("never-speaks-for-the-user", charters[i], test_never_speaks_for_the_user);
    }
  add ("the-past-is-past", "party", test_the_past_is_past);
  add ("marked-before-it-is-open", "party", test_marked_before_it_is_open);
  add ("user-is-answered", "party", test_user_is_answered);
  add ("box-waits-for-the-user", "association", test_box_waits_for_the_user);
  add ("rests-and-wakes", "association", test_it_rests_and_wakes);
  add ("killed-between-any-two-steps", "party", test_killed_between_any_two_steps);
  add ("after-a-year-it-goes-on", "party", test_after_a_year_it_goes_on);
  add ("steps-in-an-engine", "association", test_steps_in_an_engine);
  add ("real-profiles-are-left-alone", "association", test_real_profiles_are_left_alone);
  add ("nothing-is-made-over-another", "association", test_nothing_is_made_over_another);
  g_test_add_func ("/same-seed-same-root", test_same_seed_same_root);
  return g_test_run ();
}
