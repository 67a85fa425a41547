/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-command-role.h"
#include "dpop-decide.h"
#include "dpop-decision-view.h"
#include "dpop-edge-charter.h"
#include "dpop-history-view.h"
#include "dpop-lookup.h"
#include "dpop-member-view.h"
#include "dpop-reason.h"
#include "dpop-role-view.h"
#include "dpop-sentence.h"
#include "dpop-statute.h"
#include "dpop-words.h"
#include "fixture-organisation.h"

static DpopProfile *
profile_of (FixtureOrganisation *self)
{
  return self->profile->profile;
}

static void
test_member (void)
{
  g_autoptr (FixtureOrganisation) self = fixture_organisation_new (1, TRUE);
  g_autoptr (DpopMemberView) founder = NULL;
  g_autoptr (DpopMemberView) member = NULL;
  g_autoptr (DpopMemberView) none = NULL;
  g_autoptr (GPtrArray) roles = NULL;
  const CosmicId nobody = { { 9 } };
  DpopCommandRole chair = { .role = 5 };
  GError *error = NULL;

  fixture_organisation_add_units (self, 1);
  fixture_organisation_enrol (self, 2);
  chair.member = g_array_index (self->members, CosmicId, 0);
  chair.unit = g_array_index (self->units, CosmicId, 0);
  dpop_command_role (profile_of (self), &chair, &error);
  g_assert_no_error (error);
  founder = dpop_member_view_new (profile_of (self), &self->founder, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (founder->name, ==, "Ada Lovelace");
  g_assert_cmpuint (founder->roles->len, ==, 2);
  g_assert_cmpstr (g_array_index (founder->roles, DpopMemberViewRole, 0).name, ==, "Chair");
  g_assert_cmpint (g_array_index (founder->roles, DpopMemberViewRole, 0).since, >, 0);
  g_assert_cmpuint (founder->devices->len, ==, 1);
  g_assert_true (g_array_index (founder->devices, DpopMemberViewDevice, 0).own);
  g_assert_cmpuint (founder->readers->len, >, 0);

  member = dpop_member_view_new (profile_of (self), &chair.member, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (dpop_member_details_get (member->details, DPOP_MEMBER_DETAILS_EMAIL), ==,
                   "member1@example.org");
  g_assert_cmpstr (g_array_index (member->units, DpopMemberViewUnit, 0).name, ==, "Group 1");
  g_assert_cmpstr (g_array_index (member->roles, DpopMemberViewRole, 0).name, ==,
                   "Chair of a group, Group 1");
  g_assert_cmpint (g_array_index (member->roles, DpopMemberViewRole, 0).since, ==, 0);
  roles = dpop_role_view_list (profile_of (self), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (roles->len, ==, 3);
  g_assert_cmpstr (((DpopRoleView *) roles->pdata[2])->unit_name, ==, "Group 1");
  none = dpop_member_view_new (profile_of (self), &nobody, &error);
  g_assert_error (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_NOT_FOUND);
  g_assert_null (none);
  g_clear_error (&error);
}

static void
test_decision (void)
{
  g_autoptr (FixtureOrganisation) self = fixture_organisation_new (2, TRUE);
  const DpopDecisionBallot yes = { .answer = DPOP_ANSWER_YES };
  const CosmicId *id;
  g_autoptr (DpopDecisionView) open = NULL;
  g_autoptr (DpopDecisionView) closed = NULL;
  GError *error = NULL;

  fixture_organisation_enrol (self, 3);
  fixture_organisation_decide (self, 1, 3, FIXTURE_DECIDE_OPEN);
  id = &g_array_index (self->decisions, CosmicId, 0);
  dpop_decide_vote (profile_of (self), id, NULL, &yes, NULL, &error);
  g_assert_no_error (error);
  fixture_organisation_comment (self, id, "Well said");
  open = dpop_decision_view_new (profile_of (self), id, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (open->title, "Motion 1: "));
  g_assert_cmpstr (open->speaker_name, ==, "Ada Lovelace");
  g_assert_cmpstr (open->vote, ==, "yes");
  g_assert_true (open->has_voted);
  g_assert_cmpint (open->vote_place, ==, DPOP_VOTE_PLACE_SAVED);
  g_assert_cmpuint (open->comments, ==, 1);
  g_assert_cmpuint (open->texts->len, ==, 1);
  g_assert_null (open->outcome);

  self->profile->now += 7200000;
  fixture_profile_confirm (self->profile);
  dpop_decide_close (profile_of (self), id, &error);
  g_assert_no_error (error);
  fixture_profile_confirm (self->profile);
  closed = dpop_decision_view_new (profile_of (self), id, &error);
  g_assert_no_error (error);
  g_assert_true (closed->final);
  g_assert_nonnull (strstr (closed->outcome, " yes, "));
  g_assert_cmpuint (closed->reasons->len, >=, 2);
  g_assert_true (g_str_has_prefix (closed->reasons->pdata[0], "Quorum: 4 took part of 4"));
  g_assert_true (closed->has_voted);
  g_assert_cmpint (closed->vote_place, ==, DPOP_VOTE_PLACE_COUNTED);
}

static void
test_stopped (void)
{
  g_autoptr (FixtureOrganisation) self = fixture_organisation_new (6, TRUE);
  g_autoptr (DpopDecisionView) open = NULL;
  g_autoptr (DpopDecisionView) stopped = NULL;
  g_autofree char *words = NULL;
  const CosmicId *id;
  GError *error = NULL;

  fixture_organisation_enrol (self, 1);
  fixture_organisation_decide (self, 1, 1, FIXTURE_DECIDE_OPEN);
  id = &g_array_index (self->decisions, CosmicId, 0);
  open = dpop_decision_view_new (profile_of (self), id, &error);
  g_assert_no_error (error);
  g_assert_null (open->stop);
  dpop_decide_stop (profile_of (self), id, DPOP_STOP_ROLL, "The board was meant.", &error);
  g_assert_no_error (error);
  for (guint confirmed = 0; confirmed < 2; confirmed++)
    {
      g_clear_pointer (&stopped, dpop_decision_view_free);
      g_clear_pointer (&words, g_free);
      stopped = dpop_decision_view_new (profile_of (self), id, &error);
      g_assert_no_error (error);
      words = dpop_decision_stop_words (stopped->stop);
      g_assert_cmpstr (words, ==, "Ada Lovelace stopped it: the wrong people were asked.");
      g_assert_cmpstr (stopped->stop->text, ==, "The board was meant.");
      fixture_profile_confirm (self->profile);
    }
}

/* --- Where a vote is. ------------------------------------------------------------------------ */

static void
test_vote_place (void)
{
  g_autoptr (FixtureOrganisation) self = fixture_organisation_new (3, TRUE);
  const DpopDecisionBallot no = { .answer = DPOP_ANSWER_NO };
  g_autoptr (GArray) exported = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  DpopVotePlace place;
  CosmicReason reason;
  const CosmicId *id;
  CosmicId vote, others;
  GError *error = NULL;

  fixture_organisation_enrol (self, 2);
  fixture_organisation_add_devices (self, 1);
  fixture_organisation_decide (self, 1, 0, FIXTURE_DECIDE_OPEN);
  id = &g_array_index (self->decisions, CosmicId, 0);
  dpop_decide_vote_with (profile_of (self), self->devices->pdata[0], id,
                         &g_array_index (self->members, CosmicId, 0), &no, &error);
  g_assert_no_error (error);
  {
    const DpopHistoryRowQuery newest = { 0 };
    g_autoptr (GPtrArray) rows = dpop_history_row_window (
        dpop_profile_database (profile_of (self)), &newest, 0, 1, &error);

    others = ((DpopHistoryRow *) rows->pdata[0])->id;
  }
  dpop_decide_vote (profile_of (self), id, NULL, &no, &vote, &error);
  g_assert_no_error (error);
  dpop_vote_place (profile_of (self), &vote, &place, NULL, &error);
  g_assert_cmpint (place, ==, DPOP_VOTE_PLACE_SAVED);

  g_array_append_val (exported, vote);
  g_array_append_val (exported, others);
  dpop_profile_begin (profile_of (self), &error);
  dpop_vote_place_note_exported (profile_of (self), exported, &error);
  dpop_profile_commit (profile_of (self), &error);
  g_assert_no_error (error);
  dpop_vote_place (profile_of (self), &vote, &place, NULL, &error);
  g_assert_cmpint (place, ==, DPOP_VOTE_PLACE_EXPORTED);
  dpop_vote_place (profile_of (self), &others, &place, NULL, &error);
  g_assert_cmpint (place, ==, DPOP_VOTE_PLACE_SAVED);

  dpop_profile_begin (profile_of (self), &error);
  dpop_vote_place_note_delivered (profile_of (self), exported, &error);
  dpop_vote_place_note_exported (profile_of (self), exported, &error);
  dpop_profile_commit (profile_of (self), &error);
  g_assert_no_error (error);
  dpop_vote_place (profile_of (self), &vote, &place, NULL, &error);
  g_assert_cmpint (place, ==, DPOP_VOTE_PLACE_DELIVERED);
  fixture_profile_confirm (self->profile);
  dpop_vote_place (profile_of (self), &vote, &place, &reason, &error);
  g_assert_no_error (error);
  g_assert_cmpint (place, ==, DPOP_VOTE_PLACE_COUNTED);
  g_assert_cmpuint (reason, ==, COSMIC_REASON_NONE);

  /* Judged otherwise, it is not counted. */
  dpop_database_execute (dpop_profile_database (profile_of (self)),
                         "INSERT INTO verdict_row SELECT max (n), 125 FROM operation", &error);
  g_assert_no_error (error);
  dpop_vote_place (profile_of (self), &vote, &place, &reason, &error);
  g_assert_cmpint (place, ==, DPOP_VOTE_PLACE_TOO_LATE);
  g_assert_cmpuint (reason, ==, DPOP_REASON_CLOSED);
  g_assert_false (dpop_vote_place (profile_of (self), id, &place, NULL, &error));
  g_assert_error (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_NOT_FOUND);
  g_clear_error (&error);
}

/* --- The history. ---------------------------------------------------------------------------- */

static void
test_history (void)
{
  g_autoptr (FixtureOrganisation) self = fixture_organisation_new (4, TRUE);
  DpopDatabase *database = dpop_profile_database (profile_of (self));
  const DpopHistoryRowQuery oldest = { .oldest_first = TRUE };
  const DpopHistoryRowQuery votes
      = { .kinds = { 0, G_GUINT64_CONSTANT (1) << (DPOP_KIND_VOTE - 64) } };
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) cast = NULL;
  g_autoptr (DpopHistoryView) founding = NULL;
  g_autoptr (DpopHistoryView) vote = NULL;
  g_autofree char *start = NULL;
  GError *error = NULL;
  guint count;

  fixture_organisation_enrol (self, 1);
  fixture_organisation_decide (self, 1, 1, FIXTURE_DECIDE_OPEN);
  first = dpop_history_row_window (database, &oldest, 0, 1, &error);
  g_assert_no_error (error);
  founding = dpop_history_view_new (profile_of (self), &((DpopHistoryRow *) first->pdata[0])->id,
                                    &error);
  g_assert_no_error (error);
  g_assert_cmpstr (founding->sentence, ==, "Ada Lovelace founds the organisation.");
  g_assert_cmpstr (founding->verdict, ==, "Final.");
  g_assert_cmpint (founding->time, >, 0);
  g_assert_false (cosmic_id_is_zero (&founding->checkpoint));

  dpop_history_row_count (database, &votes, &count, &error);
  g_assert_cmpuint (count, ==, 1);
  cast = dpop_history_row_window (database, &votes, 0, 5, &error);
  g_assert_no_error (error);
  vote = dpop_history_view_new (profile_of (self), &((DpopHistoryRow *) cast->pdata[0])->id,
                                &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (vote->sentence, "Ada Lovelace, for "));
  g_assert_nonnull (strstr (vote->sentence, ", votes on “Motion 1: "));
  g_assert_cmpstr (vote->verdict, ==, "Not yet confirmed.");
  g_assert_cmpint (vote->personal, ==, DPOP_PROJECTION_TEXT_NONE);
}

static void
test_lookup (void)
{
  g_autoptr (FixtureOrganisation) self = fixture_organisation_new (5, TRUE);
  DpopDatabase *database = dpop_profile_database (profile_of (self));
  g_autoptr (GArray) named = NULL;
  g_autoptr (GArray) begun = NULL;
  g_autoptr (GArray) entries = NULL;
  g_autoptr (GArray) none = NULL;
  g_autofree char *text = cosmic_id_to_text (&self->founder);
  g_autofree char *party
      = cosmic_id_to_text (cosmic_log_party (dpop_profile_log (profile_of (self))));
  GError *error = NULL;

  fixture_organisation_enrol (self, 5);
  named = dpop_lookup_named (database, DPOP_LOOKUP_MEMBERS, "ADA LOVELACE", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (named->len, ==, 1);
  none = dpop_lookup_named (database, DPOP_LOOKUP_MEMBERS, "Lovelace", &error);
  g_assert_cmpuint (none->len, ==, 0);
  g_clear_pointer (&named, g_array_unref);
  named = dpop_lookup_named (database, DPOP_LOOKUP_MEMBERS, "member3@example.org", &error);
  g_assert_cmpuint (named->len, ==, 1);
  text[7] = '\0';
  begun = dpop_lookup_begun (database, DPOP_LOOKUP_MEMBERS, text, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (begun->len, ==, 1);
  g_assert_true (cosmic_id_same (&g_array_index (begun, CosmicId, 0), &self->founder));
  entries = dpop_lookup_begun (database, DPOP_LOOKUP_ENTRIES, party, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, 1);
  g_clear_pointer (&none, g_array_unref);
  none = dpop_lookup_begun (database, DPOP_LOOKUP_ENTRIES, "zzzz", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);
}

/* --- Rules and words. ------------------------------------------------------------------------ */

static void
test_statute (void)
{
  const char *const *ready = dpop_edge_charter_ready_names ();

  for (; *ready != NULL; ready++)
    {
      g_autoptr (GBytes) json = dpop_edge_charter_ready (*ready);
      g_autoptr (DpopCharter) charter = NULL;
      g_autoptr (DpopCharterNames) names = NULL;
      g_autoptr (GPtrArray) problems = NULL;
      g_autofree char *text = NULL;

      problems = dpop_edge_charter_read (g_bytes_get_data (json, NULL), g_bytes_get_size (json),
                                         &charter, &names);
      text = dpop_statute_text (charter, names);
      for (guint i = 0; i < charter->n_roles; i++)
        g_assert_nonnull (strstr (text, dpop_charter_names_get (names->roles, i)->label));
      for (guint i = 0; i < charter->n_rules; i++)
        g_assert_nonnull (strstr (text, dpop_charter_names_get (names->rules, i)->label));
      g_assert_null (strstr (text, "unknown"));
      g_assert_null (strstr (text, "(null)"));
    }
}

static void
test_words (void)
{
  static const gint64 minute = 60000;
  g_autofree char *days = dpop_words_duration (3 * 1440 * minute);
  g_autofree char *hour = dpop_words_duration (60 * minute);
  g_autofree char *minutes = dpop_words_duration (90 * minute);

  g_assert_cmpstr (days, ==, "3 days");
  g_assert_cmpstr (hour, ==, "1 hour");
  g_assert_cmpstr (minutes, ==, "90 minutes");
  for (guint action = DPOP_ACTION_FIRST; action <= DPOP_ACTION_LAST; action++)
    g_assert_cmpstr (dpop_words_action ((DpopAction) action), !=, "unknown");
  for (guint status = 1; status <= DPOP_OUTCOME_LAST; status++)
    g_assert_cmpstr (dpop_words_outcome ((DpopOutcomeStatus) status), !=, "unknown");
  g_assert_cmpstr (dpop_words_kind (31), ==, "unknown");
  g_assert_cmpstr (dpop_words_kind (10000), ==, "unknown");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/view/a member is shown with groups, roles, computers and readers",
                   test_member);
  g_test_add_func ("/view/a decision is shown with its outcome and what it rests on",
                   test_decision);
  g_test_add_func ("/view/a stopped decision says by whom and why", test_stopped);
  g_test_add_func ("/view/a vote says where it is", test_vote_place);
  g_test_add_func ("/view/an entry of the history is a sentence with its proof", test_history);
  g_test_add_func ("/view/things are found by name and by the beginning of their id", test_lookup);
  g_test_add_func ("/view/rules can be read as a text", test_statute);
  g_test_add_func ("/view/every number has a word", test_words);
  return g_test_run ();
}
