/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-command-remove.h"
#include "dpop-decide.h"
#include "dpop-decision-query.h"
#include "dpop-entitled-list.h"
#include "dpop-turnout.h"
#include "fixture-organisation.h"

#define HOUR (3600 * G_GINT64_CONSTANT (1000))

static DpopProfile *
profile_of (FixtureOrganisation *all)
{
  return all->profile->profile;
}

static const CosmicId *
first_decision (FixtureOrganisation *all)
{
  return &g_array_index (all->decisions, CosmicId, 0);
}

static const CosmicId *
member (FixtureOrganisation *all, guint index)
{
  return &g_array_index (all->members, CosmicId, index);
}

static void
answer (FixtureOrganisation *all, const CosmicId *voter, DpopAnswer what)
{
  const DpopDecisionBallot ballot = { .answer = what };
  GError *error = NULL;

  dpop_decide_vote (profile_of (all), first_decision (all), voter, &ballot, NULL, &error);
  g_assert_no_error (error);
}

/* Ten members and the founder, one decision that is open. */
static FixtureOrganisation *
set_up (guint64 seed)
{
  FixtureOrganisation *all = fixture_organisation_new (seed, TRUE);

  fixture_organisation_enrol (all, 10);
  fixture_organisation_decide (all, 1, 0, FIXTURE_DECIDE_OPEN);
  return all;
}

static DpopTurnout *
turnout_of (FixtureOrganisation *all)
{
  GError *error = NULL;
  DpopTurnout *turnout = dpop_turnout_new (profile_of (all), first_decision (all), &error);

  g_assert_no_error (error);
  return turnout;
}

static void
check_point (const DpopTurnout *turnout, guint index, gint64 time, guint voted)
{
  const DpopTurnoutPoint *point;

  g_assert_cmpuint (index, <, turnout->points->len);
  point = &g_array_index (turnout->points, DpopTurnoutPoint, index);
  g_assert_cmpint (point->time, ==, time);
  g_assert_cmpuint (point->voted, ==, voted);
}

static void
test_over_time (void)
{
  g_autoptr (FixtureOrganisation) all = set_up (1);
  g_autoptr (DpopTurnout) before = turnout_of (all);
  g_autoptr (DpopTurnout) open = NULL;
  g_autoptr (DpopTurnout) closed = NULL;
  g_autoptr (DpopDecision) decision = NULL;
  gint64 opened = all->profile->now, first, second;
  GError *error = NULL;

  g_assert_cmpuint (before->points->len, ==, 1);
  check_point (before, 0, opened, 0);
  g_assert_cmpuint (before->entitled, ==, 11);
  g_assert_cmpint (before->closed, ==, 0);

  all->profile->now += HOUR;
  for (guint i = 0; i < 3; i++)
    answer (all, member (all, i), DPOP_ANSWER_YES);
  fixture_profile_confirm (all->profile);
  first = all->profile->now;
  all->profile->now += HOUR;
  /* Two more, and one who changes what was entered. */
  answer (all, member (all, 3), DPOP_ANSWER_NO);
  answer (all, member (all, 4), DPOP_ANSWER_NO);
  answer (all, member (all, 0), DPOP_ANSWER_NO);
  fixture_profile_confirm (all->profile);
  second = all->profile->now;
  all->profile->now += HOUR;
  answer (all, NULL, DPOP_ANSWER_ABSTAIN);
  open = turnout_of (all);
  g_assert_cmpuint (open->points->len, ==, 4);
  check_point (open, 0, opened, 0);
  check_point (open, 1, first, 3);
  check_point (open, 2, second, 5);
  check_point (open, 3, all->profile->now, 6);
  g_assert_cmpuint (open->voted, ==, 6);

  all->profile->now += 24 * HOUR;
  fixture_profile_confirm (all->profile);
  dpop_decide_close (profile_of (all), first_decision (all), &error);
  g_assert_no_error (error);
  closed = turnout_of (all);
  g_assert_cmpuint (closed->points->len, ==, 4);
  check_point (closed, 3, all->profile->now, 6);
  /* A confirmation at the same time as the last is a millisecond later. */
  g_assert_cmpint (closed->closed, ==, all->profile->now + 1);
  decision = dpop_decision_query (dpop_profile_state (profile_of (all), first_decision (all), NULL),
                                  NULL);
  g_assert_cmpuint (closed->voted, ==, decision->outcome->present + decision->outcome->undecided);
}

/* A vote that came after the close has no effect, and is none. */
static void
test_too_late (void)
{
  g_autoptr (FixtureOrganisation) all = fixture_organisation_new (2, TRUE);
  g_autoptr (FixtureProfile) other = NULL;
  g_autoptr (DpopTurnout) turnout = NULL;
  const DpopDecisionBallot yes = { .answer = DPOP_ANSWER_YES };
  GError *error = NULL;

  fixture_organisation_enrol (all, 3);
  fixture_profile_confirm (all->profile);
  other = fixture_profile_join (all->profile, member (all, 0), 5);
  fixture_organisation_decide (all, 1, 0, FIXTURE_DECIDE_OPEN);
  fixture_profile_send (all->profile, other, &error);
  g_assert_no_error (error);
  answer (all, NULL, DPOP_ANSWER_YES);
  all->profile->now += 24 * HOUR;
  fixture_profile_confirm (all->profile);
  dpop_decide_close (profile_of (all), first_decision (all), &error);
  g_assert_no_error (error);
  dpop_decide_vote (other->profile, first_decision (all), NULL, &yes, NULL, &error);
  g_assert_no_error (error);
  fixture_profile_send (other, all->profile, &error);
  g_assert_no_error (error);
  fixture_profile_confirm (all->profile);
  turnout = turnout_of (all);
  g_assert_cmpuint (turnout->voted, ==, 1);
}

static void
test_not_opened (void)
{
  g_autoptr (FixtureOrganisation) all = fixture_organisation_new (3, TRUE);
  GError *error = NULL;

  fixture_organisation_decide (all, 1, 0, FIXTURE_DECIDE_PROPOSED);
  g_assert_null (dpop_turnout_new (profile_of (all), first_decision (all), &error));
  g_assert_error (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (dpop_entitled_new (profile_of (all), first_decision (all), &error));
  g_assert_error (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_NOT_FOUND);
  g_clear_error (&error);
}

/* --- Who is entitled. ------------------------------------------------------------------------- */

static DpopEntitled *
entitled_of (FixtureOrganisation *all)
{
  GError *error = NULL;
  DpopEntitled *entitled = dpop_entitled_new (profile_of (all), first_decision (all), &error);

  g_assert_no_error (error);
  return entitled;
}

static guint
count (DpopEntitledList *list)
{
  return g_list_model_get_n_items (G_LIST_MODEL (list));
}

/* Who was a member when it opened: not who came later, but who has left since. */
static void
test_entitled (void)
{
  g_autoptr (FixtureOrganisation) all = set_up (4);
  const DpopCommandRemove remove = { *member (all, 2), DPOP_REMOVAL_DIED };
  g_autoptr (DpopEntitled) entitled = NULL;
  g_autoptr (GArray) later = NULL;
  GError *error = NULL;

  fixture_organisation_enrol (all, 5);
  dpop_command_remove (profile_of (all), &remove, NULL, &error);
  g_assert_no_error (error);
  answer (all, member (all, 1), DPOP_ANSWER_YES);
  entitled = entitled_of (all);
  g_assert_cmpuint (entitled->members->len, ==, 11);
  g_assert_cmpuint (entitled->n_voted, ==, 1);
  g_assert_true (cosmic_ids_contain (entitled->members, member (all, 2)));
  g_assert_false (cosmic_ids_contain (entitled->members, member (all, 12)));
  g_assert_cmpuint (g_hash_table_size (entitled->by_number), ==, 11);
  /* The same after the close, when the pinned rules are gone from the box. */
  all->profile->now += 24 * HOUR;
  fixture_profile_confirm (all->profile);
  dpop_decide_close (profile_of (all), first_decision (all), &error);
  g_assert_no_error (error);
  later = dpop_entitled_members (profile_of (all), first_decision (all), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (later->len, ==, 11);
}

typedef struct
{
  guint removed, added, signals;
} Told;

static void
note_change (GListModel *list, guint position, guint removed, guint added, gpointer data)
{
  Told *told = data;

  told->removed += removed;
  told->added += added;
  told->signals++;
}

static void
test_list (void)
{
  g_autoptr (FixtureOrganisation) all = set_up (5);
  g_autoptr (DpopReader) reader = dpop_reader_new (dpop_profile_database (profile_of (all)));
  g_autoptr (DpopEntitledList) list = dpop_entitled_list_new (reader);
  g_autoptr (DpopEntitled) before = NULL;
  g_autoptr (DpopEntitled) after = NULL;
  g_autoptr (DpopEntitledItem) item = NULL;
  Told told = { 0 };

  fixture_organisation_enrol (all, 4);
  g_assert_cmpuint (count (list), ==, 0);
  answer (all, member (all, 6), DPOP_ANSWER_YES);
  before = entitled_of (all);
  dpop_entitled_list_set_entitled (list, before);
  g_assert_cmpuint (count (list), ==, 11);
  g_object_set (list, "voted", DPOP_MEMBER_ROW_YES, NULL);
  g_assert_cmpuint (count (list), ==, 1);
  item = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_assert_true (dpop_entitled_item_has_voted (item));
  g_assert_true (cosmic_id_same (&dpop_entitled_item_get_row (item)->id, member (all, 6)));
  g_object_set (list, "voted", DPOP_MEMBER_ROW_EITHER, "device", DPOP_MEMBER_ROW_YES, NULL);
  g_assert_cmpuint (count (list), ==, 1);
  g_object_set (list, "device", DPOP_MEMBER_ROW_EITHER, "search", "member3@example", NULL);
  g_assert_cmpuint (count (list), ==, 1);
  g_object_set (list, "search", "member12@example", NULL);
  g_assert_cmpuint (count (list), ==, 0);
  g_object_set (list, "search", NULL, NULL);

  /* One who votes is one item changed. */
  g_signal_connect (list, "items-changed", G_CALLBACK (note_change), &told);
  answer (all, member (all, 7), DPOP_ANSWER_NO);
  after = entitled_of (all);
  dpop_entitled_list_set_entitled (list, after);
  g_assert_cmpuint (count (list), ==, 11);
  g_assert_cmpuint (told.removed, ==, 1);
  g_assert_cmpuint (told.added, ==, 1);
  g_object_set (list, "voted", DPOP_MEMBER_ROW_NO, NULL);
  g_assert_cmpuint (count (list), ==, 9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/turnout/grows with every confirmation, and counts each member once",
                   test_over_time);
  g_test_add_func ("/turnout/a vote after the close is none", test_too_late);
  g_test_add_func ("/turnout/there is none before the opening", test_not_opened);
  g_test_add_func ("/entitled/is who was a member at the opening", test_entitled);
  g_test_add_func ("/entitled/the list searches, and tells who has voted since", test_list);
  return g_test_run ();
}
