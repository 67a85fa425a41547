/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-practice-vote.h"

#include "dpop-edge-charter.h"
#include "dpop-profile-folder.h"
#include "fixture-random.h"

#include <glib/gstdio.h>

/* A place for the vote, and what somebody has just founded. */
typedef struct
{
  char *root;
  DpopCharter *charter;
  DpopCharterNames *names;
} Scene;

static void
setup (Scene *scene, gconstpointer charter)
{
  g_autoptr (GBytes) json = dpop_edge_charter_ready (charter);
  g_autoptr (GPtrArray) problems
      = dpop_edge_charter_read (g_bytes_get_data (json, NULL), g_bytes_get_size (json),
                                &scene->charter, &scene->names);
  GError *error = NULL;

  g_assert_true (cosmic_crypto_init ());
  g_free (scene->names->name);
  scene->names->name = g_strdup ("Riverside Choir");
  scene->root = g_dir_make_tmp ("dpop-vote-XXXXXX", &error);
  g_assert_no_error (error);
}

static void
teardown (Scene *scene, gconstpointer charter)
{
  g_assert_cmpint (g_rmdir (scene->root), ==, 0); /* nothing of it is left */
  g_free (scene->root);
  dpop_charter_unref (scene->charter);
  dpop_charter_names_free (scene->names);
}

static DpopPracticeVote *
begin (Scene *scene)
{
  GError *error = NULL;
  DpopPracticeVote *vote = dpop_practice_vote_begin (scene->root, scene->charter, scene->names,
                                                     "Anna Archer", NULL, &error);

  g_assert_no_error (error);
  return vote;
}

static DpopDecisionView *
view (DpopPracticeVote *vote)
{
  GError *error = NULL;
  DpopDecisionView *found = dpop_practice_vote_view (vote, &error);

  g_assert_no_error (error);
  return found;
}

/* What it comes to when the user says ANSWER. */
static char *
outcome (Scene *scene, DpopAnswer answer)
{
  g_autoptr (DpopPracticeVote) vote = begin (scene);
  g_autoptr (DpopDecisionView) seen = NULL;
  GError *error = NULL;

  dpop_practice_vote_cast (vote, answer, &error);
  g_assert_no_error (error);
  dpop_practice_vote_close (vote, &error);
  g_assert_no_error (error);
  seen = view (vote);
  g_assert_true (seen->final);
  return g_strdup (seen->outcome);
}

static void
assert_outcome (Scene *scene, DpopAnswer answer, const char *expected)
{
  g_autofree char *said = outcome (scene, answer);

  g_assert_cmpstr (said, ==, expected);
}

static void
test_it_is_the_users_vote_that_counts (Scene *scene, gconstpointer charter)
{
  assert_outcome (scene, DPOP_ANSWER_YES, "Accepted: 5 yes, 2 no.");
  assert_outcome (scene, DPOP_ANSWER_NO, "Accepted: 4 yes, 3 no.");
  assert_outcome (scene, DPOP_ANSWER_ABSTAIN, "Accepted: 4 yes, 2 no, 1 abstained.");
}

/* Three quarters of yes and no: five of seven would not be enough, so one fewer is against. */
static void
test_stricter_rules_are_kept (Scene *scene, gconstpointer charter)
{
  assert_outcome (scene, DPOP_ANSWER_YES, "Accepted: 6 yes, 1 no.");
  assert_outcome (scene, DPOP_ANSWER_NO, "Rejected: 5 yes, 2 no.");
}

static void
test_step_by_step (Scene *scene, gconstpointer charter)
{
  g_autoptr (DpopPracticeVote) vote = begin (scene);
  g_autoptr (DpopDecisionView) seen = view (vote);
  g_autoptr (GPtrArray) listed = dpop_profile_folder_list (scene->root, NULL);
  GError *error = NULL;

  g_assert_cmpuint (listed->len, ==, 0); /* no profile that anybody would see */
  g_assert_cmpint (dpop_practice_vote_stage (vote), ==, DPOP_PRACTICE_VOTE_OPEN);
  g_assert_cmpint (seen->decision->phase, ==, DPOP_DECISION_OPEN);
  g_assert_cmpuint (seen->decision->entitled, ==, 7);
  g_assert_cmpuint (seen->decision->cast, ==, 0);
  g_assert_cmpstr (seen->speaker_name, ==, "Anna Archer");
  g_assert_false (dpop_practice_vote_close (vote, &error));
  g_assert_error (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_INVALID);
  g_clear_error (&error);
  dpop_practice_vote_cast (vote, DPOP_ANSWER_NO, &error);
  g_assert_no_error (error);
  g_assert_cmpint (dpop_practice_vote_stage (vote), ==, DPOP_PRACTICE_VOTE_CAST);
  dpop_practice_vote_cast (vote, DPOP_ANSWER_YES, &error); /* minds change */
  g_assert_no_error (error);
  g_clear_pointer (&seen, dpop_decision_view_free);
  seen = view (vote);
  g_assert_cmpuint (seen->decision->cast, ==, 7);
  g_assert_cmpstr (seen->vote, ==, "yes");
  dpop_practice_vote_close (vote, &error);
  g_assert_no_error (error);
  g_assert_cmpint (dpop_practice_vote_stage (vote), ==, DPOP_PRACTICE_VOTE_CLOSED);
  g_assert_false (dpop_practice_vote_cast (vote, DPOP_ANSWER_NO, NULL));
  g_assert_false (dpop_practice_vote_close (vote, NULL));
  g_clear_pointer (&seen, dpop_decision_view_free);
  seen = view (vote);
  g_assert_cmpstr (seen->outcome, ==, "Accepted: 5 yes, 2 no.");
}

static void
test_left_in_the_middle_it_is_gone (Scene *scene, gconstpointer charter)
{
  dpop_practice_vote_end (NULL);
  dpop_practice_vote_end (begin (scene)); /* teardown sees that the root is empty */
}

static void
test_rules_without_yes_and_no (Scene *scene, gconstpointer charter)
{
  g_autoptr (DpopCharter) odd = dpop_charter_copy (scene->charter);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < odd->n_rules; i++)
    odd->rules[i].ballots = DPOP_CHARTER_BIT (DPOP_BALLOT_RANK);
  g_assert_null (dpop_practice_vote_begin (scene->root, odd, scene->names, "Anna", NULL, &error));
  g_assert_error (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_INVALID);
}

#define add(path, charter, test) g_test_add (path, Scene, charter, setup, test, teardown)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/association/outcome", "association", test_it_is_the_users_vote_that_counts);
  add ("/party/outcome", "party", test_it_is_the_users_vote_that_counts);
  add ("/cooperative/outcome", "cooperative", test_stricter_rules_are_kept);
  add ("/step-by-step", "party", test_step_by_step);
  add ("/left-in-the-middle", "association", test_left_in_the_middle_it_is_gone);
  add ("/rules-without-yes-and-no", "association", test_rules_without_yes_and_no);
  return g_test_run ();
}
