/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-comment-row.h"
#include "dpop-decide.h"
#include "dpop-decision-row.h"
#include "dpop-history-row.h"
#include "dpop-member-command.h"
#include "dpop-member-row.h"
#include "dpop-reason.h"
#include "dpop-unit-row.h"
#include "fixture-organisation.h"

static DpopDatabase *
database_of (FixtureOrganisation *self)
{
  return dpop_profile_database (self->profile->profile);
}

static DpopMemberRow *
member_row (FixtureOrganisation *self, const CosmicId *id)
{
  GError *error = NULL;
  DpopMemberRow *row = dpop_member_row_find (database_of (self), id, &error);

  g_assert_no_error (error);
  return row;
}

static DpopDecisionRow *
decision_row (FixtureOrganisation *self, guint index)
{
  GError *error = NULL;
  DpopDecisionRow *row = dpop_decision_row_find (
      database_of (self), &g_array_index (self->decisions, CosmicId, index), &error);

  g_assert_no_error (error);
  g_assert_nonnull (row);
  return row;
}

static guint
count_faults (FixtureOrganisation *self)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  GError *error = NULL;

  dpop_projector_check (self->profile->profile, faults, &error);
  g_assert_no_error (error);
  return faults->len;
}

static void
test_members (void)
{
  g_autoptr (FixtureOrganisation) self = fixture_organisation_new (1, TRUE);
  g_autoptr (DpopMemberRow) row = NULL;
  g_autoptr (DpopMemberRow) founder = NULL;
  g_autoptr (DpopMemberRow) confirmed = NULL;
  g_autoptr (DpopMemberRow) with_device = NULL;
  g_autoptr (DpopUnitRow) unit = NULL;
  GError *error = NULL;

  fixture_organisation_add_units (self, 2);
  fixture_organisation_enrol (self, 20);
  row = member_row (self, &g_array_index (self->members, CosmicId, 0));
  g_assert_nonnull (row->name);
  g_assert_cmpstr (row->number, ==, "1");
  g_assert_cmpint (row->state, ==, DPOP_MEMBER_MEMBER);
  g_assert_cmpuint (row->units->len, ==, 1);
  g_assert_false (row->has_device);
  g_assert_true (row->by_other);
  g_assert_false (row->confirmed);
  founder = member_row (self, &self->founder);
  g_assert_cmpstr (founder->name, ==, "Ada Lovelace");
  g_assert_true (founder->confirmed);
  g_assert_true (founder->has_device);
  g_assert_cmpuint (founder->roles->len, ==, 2);
  unit = dpop_unit_row_find (database_of (self), &g_array_index (self->units, CosmicId, 0), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (unit->name, ==, "Group 1");
  g_assert_cmpuint (unit->members, ==, 8);
  g_assert_cmpuint (count_faults (self), ==, 0);

  fixture_profile_confirm (self->profile);
  confirmed = member_row (self, &row->id);
  g_assert_true (confirmed->confirmed);
  fixture_organisation_add_devices (self, 1);
  with_device = member_row (self, &row->id);
  g_assert_true (with_device->has_device);
  g_assert_false (with_device->confirmed);
  g_assert_cmpuint (count_faults (self), ==, 0);
}

static void
test_undone_import (void)
{
  g_autoptr (FixtureOrganisation) self = fixture_organisation_new (2, TRUE);
  g_autoptr (DpopMemberDetails) details = fixture_profile_person ("Somebody Else");
  g_autoptr (DpopMemberRow) there = NULL;
  g_autoptr (DpopMemberRow) gone = NULL;
  const CosmicId import = { { 7 } }, member = { { 8 } };
  GError *error = NULL;

  dpop_profile_say_alone (self->profile->profile, NULL,
                          dpop_member_command_add (&member, NULL, DPOP_MEMBER_MEMBER, &import,
                                                   details),
                          NULL, &error);
  g_assert_no_error (error);
  there = member_row (self, &member);
  g_assert_cmpstr (there->name, ==, "Somebody Else");
  dpop_profile_say_alone (self->profile->profile, NULL, dpop_member_command_undo (&import), NULL,
                          &error);
  g_assert_no_error (error);
  gone = member_row (self, &member);
  g_assert_null (gone);
  g_assert_cmpuint (count_faults (self), ==, 0);
}

static void
test_decisions (void)
{
  g_autoptr (FixtureOrganisation) self = fixture_organisation_new (3, TRUE);
  g_autoptr (DpopDecisionRow) open = NULL;
  g_autoptr (DpopDecisionRow) closed = NULL;
  g_autoptr (DpopDecisionRow) final = NULL;

  fixture_organisation_enrol (self, 30);
  fixture_organisation_decide (self, 2, 10, FIXTURE_DECIDE_OPEN);
  open = decision_row (self, 1);
  g_assert_cmpint (open->phase, ==, DPOP_DECISION_OPEN);
  g_assert_cmpuint (open->votes, ==, 10);
  g_assert_cmpuint (open->entitled, ==, 31);
  g_assert_true (g_str_has_prefix (open->title, "Motion 2"));
  g_assert_true (open->confirmed);
  fixture_organisation_decide (self, 1, 10, FIXTURE_DECIDE_CLOSED);
  closed = decision_row (self, 2);
  g_assert_cmpint (closed->phase, ==, DPOP_DECISION_CLOSED);
  g_assert_false (closed->confirmed);
  g_assert_cmpuint (closed->outcome, !=, 0);
  g_assert_cmpuint (count_faults (self), ==, 0);
  fixture_profile_confirm (self->profile);
  final = decision_row (self, 2);
  g_assert_true (final->confirmed);
  g_assert_cmpint (final->closed, ==, self->profile->now);
  g_assert_cmpuint (count_faults (self), ==, 0);
}

static void
test_comments (void)
{
  g_autoptr (FixtureOrganisation) self = fixture_organisation_new (4, TRUE);
  const CosmicId *decision;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) after = NULL;
  GError *error = NULL;
  CosmicId second;

  fixture_organisation_decide (self, 1, 0, FIXTURE_DECIDE_PROPOSED);
  decision = &g_array_index (self->decisions, CosmicId, 0);
  fixture_organisation_comment (self, decision, "The first word");
  second = fixture_organisation_comment (self, decision, "Krakatoa");
  rows = dpop_comment_row_window (database_of (self), decision, 0, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_cmpint (((DpopCommentRow *) rows->pdata[0])->time, ==, self->profile->now);
  g_assert_true (cosmic_id_same (&((DpopCommentRow *) rows->pdata[1])->member, &self->founder));
  fixture_profile_confirm (self->profile);
  g_assert_cmpuint (count_faults (self), ==, 0);

  /* Hidden at once, gone from the file once it is final. */
  fixture_organisation_erase (self, NULL, &second);
  after = dpop_comment_row_window (database_of (self), decision, 0, 10, &error);
  g_assert_cmpuint (after->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const DpopCommentRow *row = after->pdata[i];
      gboolean erased = cosmic_id_same (&row->id, &second);

      g_assert_cmpint (row->height, ==, cosmic_log_height (dpop_profile_log (
                                            self->profile->profile)));
      g_assert_cmpint (row->readable, ==,
                       erased ? DPOP_PROJECTION_TEXT_ERASED : DPOP_PROJECTION_TEXT_READABLE);
      g_assert_true ((row->text == NULL) == erased);
    }
  g_assert_cmpuint (count_faults (self), ==, 0);
  fixture_profile_confirm (self->profile);
  {
    g_autoptr (GBytes) pages = fixture_profile_pages (self->profile);
    gsize size;
    gconstpointer data = g_bytes_get_data (pages, &size);

    g_assert_nonnull (memmem (data, size, "The first word", 14));
    g_assert_null (memmem (data, size, "Krakatoa", 8));
  }
  g_assert_cmpuint (count_faults (self), ==, 0);
}

static void
test_erased_member (void)
{
  g_autoptr (FixtureOrganisation) self = fixture_organisation_new (5, TRUE);
  g_autoptr (DpopMemberRow) row = NULL;
  CosmicId member = fixture_profile_enrol (self->profile, "Xanthippe of Athens", NULL);
  gsize size;

  fixture_organisation_grant_privacy (self);
  fixture_profile_confirm (self->profile);
  fixture_organisation_erase (self, &member, NULL);
  row = member_row (self, &member);
  g_assert_cmpint (row->details, ==, DPOP_PROJECTION_TEXT_ERASED);
  g_assert_null (row->name);
  g_assert_cmpstr (row->search, ==, "");
  fixture_profile_confirm (self->profile);
  g_assert_cmpuint (count_faults (self), ==, 0);
  {
    g_autoptr (GBytes) pages = fixture_profile_pages (self->profile);
    gconstpointer data = g_bytes_get_data (pages, &size);

    g_assert_null (memmem (data, size, "Xanthippe", 9));
    g_assert_null (memmem (data, size, "xanthippe", 9));
  }
}

/* --- Entries without effect. ----------------------------------------------------------------- */

/* What the first member's device says in STREAM, taken down and then taken back. */
static GPtrArray *
take_down_vote (FixtureOrganisation *self, const CosmicId *stream)
{
  DpopProfile *profile = self->profile->profile;
  CosmicLogStore store = cosmic_log_store (dpop_profile_log (profile));
  const DpopDecisionBallot ballot = { .answer = DPOP_ANSWER_YES };
  GPtrArray *parts = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (CosmicEntry) entry = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  const DpopHistoryRowQuery newest = { 0 };
  GError *error = NULL;

  dpop_decide_vote_with (profile, self->devices->pdata[0], stream,
                         &g_array_index (self->members, CosmicId, 0), &ballot, &error);
  g_assert_no_error (error);
  rows = dpop_history_row_window (database_of (self), &newest, 0, 1, &error);
  store.table->find_entry (store.self, &((DpopHistoryRow *) rows->pdata[0])->id, &entry, &error);
  g_assert_no_error (error);
  g_ptr_array_add (parts, g_bytes_ref (entry->operation->item));
  g_ptr_array_add (parts, cosmic_log_envelope (dpop_profile_log (profile), entry,
                                               COSMIC_ITEM_BODY));
  return parts;
}

/* Two organisations of one seed are the same, so that what is said in one can arrive in the other
 * after the close. */
static void
test_late_vote (void)
{
  g_autoptr (FixtureOrganisation) self = fixture_organisation_new (6, TRUE);
  g_autoptr (FixtureOrganisation) twin = fixture_organisation_new (6, TRUE);
  FixtureOrganisation *both[] = { self, twin };
  const DpopHistoryRowQuery void_ones = { .which = DPOP_HISTORY_ROW_VOID };
  g_autoptr (GPtrArray) vote = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  const CosmicId *stream;
  CosmicAccept accept;
  guint count;
  GError *error = NULL;

  for (guint i = 0; i < 2; i++)
    {
      fixture_organisation_enrol (both[i], 3);
      fixture_organisation_add_devices (both[i], 1);
      fixture_organisation_decide (both[i], 1, 0, FIXTURE_DECIDE_OPEN);
    }
  stream = &g_array_index (self->decisions, CosmicId, 0);
  g_assert_true (cosmic_id_same (stream, &g_array_index (twin->decisions, CosmicId, 0)));
  vote = take_down_vote (twin, stream);
  self->profile->now += 86400000;
  fixture_profile_confirm (self->profile);
  dpop_decide_close (self->profile->profile, stream, &error);
  g_assert_no_error (error);
  fixture_profile_confirm (self->profile);

  dpop_profile_begin (self->profile->profile, &error);
  cosmic_log_accept (dpop_profile_log (self->profile->profile), vote->pdata[0], vote->pdata[1],
                     NULL, &accept, &error);
  g_assert_no_error (error);
  g_assert_cmpint (accept, ==, COSMIC_ACCEPT_ADDED);
  dpop_profile_commit (self->profile->profile, &error);
  g_assert_no_error (error);
  dpop_history_row_count (database_of (self), &void_ones, &count, &error);
  g_assert_cmpuint (count, ==, 1);
  rows = dpop_history_row_window (database_of (self), &void_ones, 0, 5, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (dpop_reason_name (((DpopHistoryRow *) rows->pdata[0])->reason), ==,
                   dpop_reason_name (DPOP_REASON_CLOSED));
  g_assert_cmpuint (count_faults (self), ==, 0);
  g_assert_true (dpop_database_execute (database_of (self), "DELETE FROM verdict_row", &error));
  g_assert_cmpuint (count_faults (self), ==, 1);
}

/* --- Checking. ------------------------------------------------------------------------------- */

static void
test_check_finds (void)
{
  static const char *const damages[] = {
    "UPDATE member_row SET name = 'Nobody' WHERE number = '3'",
    "UPDATE member_row SET state = 4 WHERE number = '3'",
    "DELETE FROM member_row WHERE number = '3'",
    "INSERT INTO member_row SELECT 999, zeroblob (32), state, device, other, details, confirmed,"
    "  name, number, email, sort, number_sort, search FROM member_row WHERE number = '3'",
    "DELETE FROM member_unit WHERE member = (SELECT n FROM member_row WHERE number = '3')",
    "UPDATE decision_row SET votes = votes + 1 WHERE n = 1",
    "UPDATE decision_row SET outcome = 2 WHERE n = 1",
    "DELETE FROM decision_row WHERE n = 1",
    "UPDATE unit_row SET name = 'Elsewhere' WHERE n = 1",
    "UPDATE comment_row SET text = 'never said' WHERE n = 1",
    "DELETE FROM comment_row WHERE n = 1",
    "INSERT INTO verdict_row VALUES (2, 8)",
  };
  g_autoptr (FixtureOrganisation) self = fixture_organisation_new (7, TRUE);
  GError *error = NULL;

  fixture_organisation_add_units (self, 2);
  fixture_organisation_enrol (self, 5);
  fixture_organisation_decide (self, 1, 2, FIXTURE_DECIDE_OPEN);
  fixture_organisation_comment (self, &g_array_index (self->decisions, CosmicId, 0), "Well");
  g_assert_cmpuint (count_faults (self), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      dpop_profile_begin (self->profile->profile, &error);
      g_assert_true (dpop_database_execute (database_of (self), damages[i], &error));
      g_assert_no_error (error);
      g_test_message ("%s", damages[i]);
      g_assert_cmpuint (count_faults (self), ==, 1);
      dpop_profile_rollback (self->profile->profile);
      g_assert_cmpuint (count_faults (self), ==, 0);
    }
}

static void
test_made_anew (void)
{
  g_autoptr (FixtureOrganisation) self = fixture_organisation_new (8, FALSE);
  g_autoptr (DpopMemberRow) row = NULL;
  g_autoptr (DpopMemberRow) mended = NULL;
  GError *error = NULL;

  fixture_organisation_enrol (self, 5);
  fixture_organisation_decide (self, 1, 2, FIXTURE_DECIDE_CLOSED);
  row = member_row (self, &self->founder);
  g_assert_null (row);
  self->projector = dpop_projector_attach (self->profile->profile, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_faults (self), ==, 0);

  /* Rows of the same version are taken as they are, others are not. */
  dpop_database_execute (database_of (self), "UPDATE member_row SET name = 'Eve'", &error);
  fixture_profile_reopen (self->profile);
  self->projector = dpop_projector_attach (self->profile->profile, &error);
  g_assert_cmpuint (count_faults (self), ==, 6);
  dpop_database_execute (database_of (self), "UPDATE projection SET stamp = 'old'", &error);
  g_assert_no_error (error);
  fixture_profile_reopen (self->profile);
  self->projector = dpop_projector_attach (self->profile->profile, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_faults (self), ==, 0);
  mended = member_row (self, &self->founder);
  g_assert_cmpstr (mended->name, ==, "Ada Lovelace");
}

static void
test_changes (void)
{
  g_autoptr (FixtureOrganisation) self = fixture_organisation_new (9, TRUE);
  g_autoptr (DpopProjectorChanges) first = NULL;
  g_autoptr (DpopProjectorChanges) changes = NULL;
  g_autoptr (DpopMemberRow) row = NULL;
  CosmicId member;

  first = dpop_projector_take_changes (self->projector);
  g_assert_null (dpop_projector_take_changes (self->projector));
  member = fixture_profile_enrol (self->profile, "Somebody", NULL);
  changes = dpop_projector_take_changes (self->projector);
  row = member_row (self, &member);
  g_assert_nonnull (changes);
  g_assert_true (dpop_projector_changes_contain (changes->members, row->n));
  g_assert_cmpuint (changes->members->len, ==, 1);
  g_assert_cmpuint (changes->decisions->len, ==, 0);
  g_assert_false (changes->everything);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/projector/members are shown as they stand", test_members);
  g_test_add_func ("/projector/whom an undone import brought is not shown", test_undone_import);
  g_test_add_func ("/projector/decisions are shown through all their phases", test_decisions);
  g_test_add_func ("/projector/an erased comment is hidden at once and then gone", test_comments);
  g_test_add_func ("/projector/of an erased member nothing typed is left", test_erased_member);
  g_test_add_func ("/projector/a vote after the close is without effect", test_late_vote);
  g_test_add_func ("/projector/every damage to the rows is found", test_check_finds);
  g_test_add_func ("/projector/rows are made anew where they are missing or old", test_made_anew);
  g_test_add_func ("/projector/what changed is told by its rows", test_changes);
  return g_test_run ();
}
