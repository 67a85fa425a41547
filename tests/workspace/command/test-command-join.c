/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-profile.h"

#include "dpop-bundle.h"
#include "dpop-command-accept.h"
#include "dpop-command-assign.h"
#include "dpop-command-bundle.h"
#include "dpop-command-confirm.h"
#include "dpop-command-details.h"
#include "dpop-command-device.h"
#include "dpop-command-invite.h"
#include "dpop-command-join.h"
#include "dpop-command-remove.h"
#include "dpop-command-role.h"
#include "dpop-command-rotate.h"
#include "dpop-command-share.h"
#include "dpop-command-unit.h"
#include "dpop-command-verify.h"
#include "dpop-decide.h"
#include "dpop-member-query.h"
#include "dpop-reason.h"
#include "dpop-unit.h"

#define assert_refused(error, expected) \
  G_STMT_START \
    { \
      g_assert_nonnull (error); \
      g_assert_cmpuint (dpop_profile_error_reason (error), ==, expected); \
      g_clear_error (&(error)); \
    } \
  G_STMT_END
#define assert_failed(error, code) \
  G_STMT_START \
    { \
      g_assert_error (error, DPOP_PROFILE_ERROR, code); \
      g_clear_error (&(error)); \
    } \
  G_STMT_END

enum
{
  PRIVACY = 4,
  GROUP_CHAIR = 5,
  GROUP_SECRETARY = 6,
};

/* The ready charter of a party, three computers: the founder's, who is chair, secretary and record
 * keeper; that of Grace, in the north; that of Linus, in no group. */
typedef struct
{
  FixtureProfile *at, *graces, *linuss;
  CosmicId founder, north, grace, linus;
  GError *error;
} Party;

static void
set_up_founder (Party *self)
{
  const DpopCommandUnit unit = { "North", 0 };
  DpopCommandFoundResult founded;
  DpopCommandUnitResult made = { 0 };

  self->at = fixture_profile_new (1);
  fixture_profile_found (self->at, "party", &founded);
  self->founder = founded.member;
  dpop_command_unit (self->at->profile, &unit, &made, &self->error);
  g_assert_no_error (self->error);
  self->north = made.unit;
  self->grace = fixture_profile_enrol (self->at, "Grace Hopper", &self->north);
  self->linus = fixture_profile_enrol (self->at, "Linus Pauling", NULL);
  fixture_profile_confirm (self->at);
}

static void
set_up (Party *self, gconstpointer unused)
{
  set_up_founder (self);
  self->graces = fixture_profile_join (self->at, &self->grace, 2);
  self->linuss = fixture_profile_join (self->at, &self->linus, 3);
  g_assert_true (fixture_profile_send (self->at, self->graces, &self->error));
}

static void
set_up_alone (Party *self, gconstpointer unused)
{
  set_up_founder (self);
}

static void
tear_down (Party *self, gconstpointer unused)
{
  g_assert_no_error (self->error);
  fixture_profile_free (self->at);
  fixture_profile_free (self->graces);
  fixture_profile_free (self->linuss);
}

static void
assert_same_root (FixtureProfile *a, FixtureProfile *b)
{
  g_assert_cmpuint (cosmic_log_height (dpop_profile_log (a->profile)), ==,
                    cosmic_log_height (dpop_profile_log (b->profile)));
  g_assert_true (cosmic_id_same (cosmic_log_state_root (dpop_profile_log (a->profile)),
                                 cosmic_log_state_root (dpop_profile_log (b->profile))));
}

static void
assert_verified (Party *self, FixtureProfile *at)
{
  CosmicVerifyReport report;

  g_assert_true (dpop_command_verify (at->profile, NULL, NULL, &report, &self->error));
  for (guint i = 0; i < report.faults->len; i++)
    g_test_message ("%s", (char *) report.faults->pdata[i]);
  g_assert_cmpuint (report.faults->len, ==, 0);
  cosmic_verify_report_clear (&report);
}

static DpopMember
look (FixtureProfile *at, const CosmicId *id)
{
  DpopMember member = { 0 };

  g_assert_true (dpop_member_query_load (dpop_profile_state (at->profile, NULL, NULL), id,
                                         &member));
  return member;
}

static gboolean
knows_name (FixtureProfile *at, const CosmicId *id)
{
  DpopMember member = look (at, id);
  g_autoptr (DpopMemberDetails) details = dpop_command_details_read (at->profile, &member.details);

  return details != NULL;
}

/* In the store itself, not only in what is shown. */
static gboolean
has_plain (FixtureProfile *at, const CosmicId *operation)
{
  CosmicLogStore store = cosmic_log_store (dpop_profile_log (at->profile));
  g_autoptr (CosmicEntry) entry = NULL;

  g_assert_true (store.table->find_entry (store.self, operation, &entry, NULL));
  g_assert_nonnull (entry);
  g_assert_true (entry->personal.plain != NULL || entry->personal.sealed != NULL);
  return entry->personal.plain != NULL;
}

static gboolean
propose (FixtureProfile *at, CosmicId *decision, GError **error)
{
  const DpopDecidePropose input = { .ballot = DPOP_BALLOT_YES_NO_ABSTAIN, .title = "A question",
                                    .question = "Shall we?" };

  return dpop_decide_propose (at->profile, &input, decision, error);
}

/* --- Joining. -------------------------------------------------------------------------------- */

static void
test_who_joins_is_in_and_may_act (Party *self, gconstpointer unused)
{
  CosmicId own, decision;

  g_assert_true (dpop_profile_own_member (self->graces->profile, &own, &self->error));
  g_assert_true (cosmic_id_same (&own, &self->grace));
  assert_same_root (self->at, self->graces);
  g_assert_false (dpop_command_confirm_can (self->graces->profile));
  g_assert_true (propose (self->graces, &decision, &self->error));
  g_assert_true (fixture_profile_send (self->graces, self->at, &self->error));
  fixture_profile_confirm (self->at);
  g_assert_cmpuint (cosmic_log_n_open (dpop_profile_log (self->at->profile)), ==, 0);
  g_assert_true (fixture_profile_send (self->at, self->graces, &self->error));
  assert_same_root (self->at, self->graces);
  assert_verified (self, self->graces);
  g_assert_true (look (self->at, &self->grace).has_device);
}

static void
test_names_of_a_group_are_for_the_group (Party *self, gconstpointer unused)
{
  DpopMember grace = look (self->at, &self->grace);
  DpopUnit north;

  g_assert_true (fixture_profile_send (self->at, self->linuss, &self->error));
  assert_same_root (self->at, self->graces);
  assert_same_root (self->at, self->linuss);
  g_assert_true (knows_name (self->at, &self->grace));
  g_assert_true (knows_name (self->graces, &self->grace));
  g_assert_false (knows_name (self->linuss, &self->grace));
  g_assert_true (has_plain (self->graces, &grace.details));
  g_assert_false (has_plain (self->linuss, &grace.details));
  g_assert_true (knows_name (self->linuss, &self->founder));
  dpop_unit_load (dpop_profile_state (self->linuss->profile, NULL, NULL), &self->north, &north);
  g_assert_true (has_plain (self->linuss, &north.name));
  assert_verified (self, self->linuss);
}

/* His computer was in before: a claim of its own brings it the keys. */
static void
test_who_comes_into_a_group_gets_its_keys (Party *self, gconstpointer unused)
{
  const DpopCommandAssign input = { self->linus, self->north, FALSE };

  g_assert_false (knows_name (self->linuss, &self->grace));
  g_assert_true (dpop_command_assign (self->at->profile, &input, &self->error));
  g_assert_true (fixture_profile_send (self->at, self->linuss, &self->error));
  g_assert_true (knows_name (self->linuss, &self->grace));
  g_assert_true (knows_name (self->linuss, &self->linus));
  assert_same_root (self->at, self->linuss);
}

static void
test_who_may_read_by_office_gets_the_keys (Party *self, gconstpointer unused)
{
  const DpopCommandRole give = { .member = self->linus, .role = PRIVACY };
  DpopCommandRole take = give;
  DpopCommandConfirmResult confirmed;
  CosmicId later;

  g_assert_true (dpop_command_role (self->at->profile, &give, &self->error));
  g_assert_true (fixture_profile_send (self->at, self->linuss, &self->error));
  g_assert_true (knows_name (self->linuss, &self->grace));
  take.take = TRUE;
  g_assert_true (dpop_command_role (self->at->profile, &take, &self->error));
  self->at->now += 1000;
  g_assert_true (dpop_command_confirm (self->at->profile, &confirmed, &self->error));
  /* The founder may make new keys for the party, not for groups: that is left to their chairs. */
  g_assert_cmpuint (confirmed.rotations, ==, 0);
  later = fixture_profile_enrol (self->at, "Emmy Noether", &self->north);
  g_assert_true (fixture_profile_send (self->at, self->linuss, &self->error));
  g_assert_true (knows_name (self->linuss, &later));
}

/* The chair of a group has no key of another group to give; who has, gives it later. */
static void
test_keys_can_be_handed_on_later (Party *self, gconstpointer unused)
{
  const DpopCommandUnit unit = { "South", 0 };
  const DpopCommandRole chair = { .member = self->grace, .role = GROUP_SECRETARY,
                                  .unit = self->north };
  const DpopCommandShare share = { self->grace };
  g_autoptr (FixtureProfile) emmys = NULL;
  DpopCommandAssign assign = { .out = FALSE };
  DpopCommandUnitResult south;
  CosmicId emmy, henri;
  guint given;

  g_assert_true (dpop_command_unit (self->at->profile, &unit, &south, &self->error));
  g_assert_true (dpop_command_role (self->at->profile, &chair, &self->error));
  emmy = fixture_profile_enrol (self->at, "Emmy Noether", &self->north);
  henri = fixture_profile_enrol (self->at, "Henri Cartan", &south.unit);
  assign.member = emmy;
  assign.unit = south.unit;
  g_assert_true (dpop_command_assign (self->at->profile, &assign, &self->error));
  g_assert_true (fixture_profile_send (self->at, self->graces, &self->error));
  emmys = fixture_profile_join (self->graces, &emmy, 12);
  g_assert_true (knows_name (emmys, &self->grace));
  g_assert_false (knows_name (emmys, &henri));
  g_assert_true (fixture_profile_send (self->graces, self->at, &self->error));
  g_assert_true (dpop_command_share (self->at->profile, &(DpopCommandShare){ emmy }, &given,
                                     &self->error));
  g_assert_cmpuint (given, ==, 3);
  g_assert_true (fixture_profile_send (self->at, emmys, &self->error));
  g_assert_true (knows_name (emmys, &henri));
  assert_same_root (self->at, emmys);
  g_assert_true (dpop_command_share (self->linuss->profile, &share, &given, &self->error));
  g_assert_cmpuint (given, ==, 1);
}

static void
test_a_group_chair_locks_out_who_left_it (Party *self, gconstpointer unused)
{
  const DpopCommandRole chair = { .member = self->grace, .role = GROUP_CHAIR,
                                  .unit = self->north };
  DpopCommandAssign assign = { self->linus, self->north, FALSE };
  CosmicId later;
  guint count;

  g_assert_true (dpop_command_role (self->at->profile, &chair, &self->error));
  g_assert_true (dpop_command_assign (self->at->profile, &assign, &self->error));
  g_assert_true (fixture_profile_send (self->at, self->linuss, &self->error));
  assign.out = TRUE;
  g_assert_true (dpop_command_assign (self->at->profile, &assign, &self->error));
  g_assert_true (fixture_profile_send (self->at, self->graces, &self->error));
  g_assert_true (dpop_command_rotate_due_alone (self->graces->profile, &count, &self->error));
  g_assert_cmpuint (count, ==, 1);
  g_assert_true (fixture_profile_send (self->graces, self->at, &self->error));
  fixture_profile_confirm (self->at);
  later = fixture_profile_enrol (self->at, "Emmy Noether", &self->north);
  g_assert_true (fixture_profile_send (self->at, self->graces, &self->error));
  g_assert_true (fixture_profile_send (self->at, self->linuss, &self->error));
  g_assert_true (knows_name (self->graces, &later));
  g_assert_false (knows_name (self->linuss, &later));
  assert_same_root (self->at, self->graces);
  assert_same_root (self->at, self->linuss);
  g_assert_true (dpop_command_rotate_due_alone (self->graces->profile, &count, &self->error));
  g_assert_cmpuint (count, ==, 0);
}

static void
test_a_second_computer_of_ones_own (Party *self, gconstpointer unused)
{
  g_autoptr (FixtureProfile) second = fixture_profile_join (self->graces, &self->grace, 4);
  g_autoptr (GArray) devices = NULL;
  CosmicId own;

  g_assert_true (dpop_profile_own_member (second->profile, &own, &self->error));
  g_assert_true (cosmic_id_same (&own, &self->grace));
  g_assert_true (knows_name (second, &self->grace));
  g_assert_true (fixture_profile_send (second, self->at, &self->error));
  fixture_profile_confirm (self->at);
  devices = dpop_command_device_list (self->at->profile, &self->grace, &self->error);
  g_assert_cmpuint (devices->len, ==, 2);
  g_assert_true (fixture_profile_send (self->at, second, &self->error));
  assert_same_root (self->at, second);
  assert_verified (self, second);
}

/* --- What is refused on the way. ------------------------------------------------------------- */

static void
test_an_invitation_is_for_who_may_be_invited (Party *self, gconstpointer unused)
{
  DpopCommandInvite input = { .member = self->grace };
  g_auto (DpopCommandInviteResult) result = { 0 };

  g_assert_false (dpop_command_invite (self->at->profile, &input, &result, &self->error));
  assert_failed (self->error, DPOP_PROFILE_ERROR_INVALID);
  input.member = self->founder;
  g_assert_false (dpop_command_invite (self->graces->profile, &input, &result, &self->error));
  assert_failed (self->error, DPOP_PROFILE_ERROR_INVALID);
  input.member = fixture_profile_enrol (self->at, "Emmy Noether", NULL);
  fixture_profile_confirm (self->at);
  g_assert_true (fixture_profile_send (self->at, self->graces, &self->error));
  g_assert_false (dpop_command_invite (self->graces->profile, &input, &result, &self->error));
  assert_refused (self->error, COSMIC_REASON_NOT_ALLOWED);
  input.lasts = G_MAXINT64;
  g_assert_false (dpop_command_invite (self->at->profile, &input, &result, &self->error));
  assert_failed (self->error, DPOP_PROFILE_ERROR_INVALID);
  input.lasts = 1000;
  input.member.bytes[3] ^= 1;
  g_assert_false (dpop_command_invite (self->at->profile, &input, &result, &self->error));
  assert_refused (self->error, COSMIC_REASON_NO_SUCH_SUBJECT);
}

static void
invite (Party *self, gint64 lasts, DpopCommandInviteResult *result)
{
  const DpopCommandInvite input = { .member = self->grace, .lasts = lasts };

  g_assert_true (dpop_command_invite (self->at->profile, &input, result, &self->error));
  g_assert_true (g_str_has_prefix (result->text, "DPOP-J"));
}

static gboolean
join (Party *self, FixtureProfile *at, const char *text, DpopCommandJoinResult *result)
{
  const DpopCommandJoin input = { text };

  return dpop_command_join (at->profile, &input, result, &self->error);
}

static void
test_an_invitation_expires (Party *self, gconstpointer unused)
{
  g_autoptr (FixtureProfile) newcomer = fixture_profile_new (7);
  g_auto (DpopCommandInviteResult) invited = { 0 };
  g_auto (DpopCommandJoinResult) joined = { 0 };
  DpopCommandAccept accept = { 0 };

  invite (self, 60000, &invited);
  newcomer->now = invited.expires;
  g_assert_false (join (self, newcomer, invited.text, &joined));
  assert_refused (self->error, COSMIC_REASON_EXPIRED);
  newcomer->now = invited.expires - 1;
  g_assert_true (join (self, newcomer, invited.text, &joined));
  /* What counts is when it is confirmed. */
  self->at->now = invited.expires + 1;
  fixture_profile_confirm (self->at);
  accept.request = joined.request;
  g_assert_false (dpop_command_accept (self->at->profile, &accept, NULL, &self->error));
  assert_refused (self->error, COSMIC_REASON_EXPIRED);
  g_assert_false (look (self->at, &self->grace).has_device);
}

static void
test_an_invitation_is_used_once (Party *self, gconstpointer unused)
{
  g_autoptr (FixtureProfile) newcomer = fixture_profile_new (7);
  g_autoptr (FixtureProfile) thief = fixture_profile_new (8);
  g_auto (DpopCommandInviteResult) invited = { 0 };
  g_auto (DpopCommandJoinResult) joined = { 0 };
  g_auto (DpopCommandJoinResult) stolen = { 0 };
  DpopCommandAccept accept = { 0 };
  DpopCommandAcceptResult accepted;

  invite (self, 0, &invited);
  g_assert_true (join (self, newcomer, invited.text, &joined));
  g_assert_true (join (self, thief, invited.text, &stolen));
  accept.request = joined.request;
  g_assert_true (dpop_command_accept (self->at->profile, &accept, &accepted, &self->error));
  g_assert_true (accepted.confirmed);
  g_assert_true (cosmic_id_same (&accepted.member, &self->grace));
  accept.request = stolen.request;
  g_assert_false (dpop_command_accept (self->at->profile, &accept, NULL, &self->error));
  assert_refused (self->error, COSMIC_REASON_NOT_ALLOWED);
}

/* The file that a newcomer was given is lost: the same request makes another one, and nothing else.
 * Once the computer is switched off, it makes none. */
static void
test_a_lost_file_is_made_again (Party *self, gconstpointer unused)
{
  g_autoptr (FixtureProfile) newcomer = fixture_profile_new (7);
  g_autofree char *path = g_build_filename (newcomer->folder, "again.dpop", NULL);
  g_auto (DpopCommandInviteResult) invited = { 0 };
  g_auto (DpopCommandJoinResult) joined = { 0 };
  const CosmicLog *log = dpop_profile_log (self->at->profile);
  DpopCommandAccept accept = { 0 };
  DpopCommandAcceptResult accepted;
  DpopCommandBundleImport import = { 0 };
  guint64 height;

  invite (self, 0, &invited);
  g_assert_true (join (self, newcomer, invited.text, &joined));
  accept.request = joined.request;
  g_assert_true (dpop_command_accept (self->at->profile, &accept, &accepted, &self->error));
  g_assert_false (accepted.again);
  height = cosmic_log_height (log);
  accept.path = path;
  g_assert_true (dpop_command_accept (self->at->profile, &accept, &accepted, &self->error));
  g_assert_true (accepted.again);
  g_assert_true (cosmic_id_same (&accepted.member, &self->grace));
  g_assert_cmpuint (cosmic_log_height (log), ==, height);
  import.path = path;
  g_assert_true (dpop_command_bundle_import (newcomer->profile, &import, NULL, &self->error));
  g_assert_cmpuint (cosmic_log_height (dpop_profile_log (newcomer->profile)), ==, height);
  g_assert_true (look (newcomer, &self->grace).has_device);
  g_assert_true (dpop_command_device_off (self->at->profile, &accepted.device, 0, &self->error));
  g_assert_false (dpop_command_accept (self->at->profile, &accept, NULL, &self->error));
  g_assert_nonnull (self->error);
  g_clear_error (&self->error);
}

static void
test_codes_are_read_with_care (Party *self, gconstpointer unused)
{
  g_autoptr (FixtureProfile) newcomer = fixture_profile_new (7);
  g_auto (DpopCommandInviteResult) invited = { 0 };
  g_auto (DpopCommandJoinResult) joined = { 0 };
  g_autofree char *mistyped = NULL;
  g_autofree char *cut = NULL;
  DpopCommandAccept accept = { 0 };

  invite (self, 0, &invited);
  mistyped = g_strdup (invited.text);
  mistyped[20] = mistyped[20] == '7' ? '8' : '7';
  g_assert_false (join (self, newcomer, mistyped, &joined));
  g_assert_nonnull (strstr (self->error->message, "Line "));
  assert_failed (self->error, DPOP_PROFILE_ERROR_INVALID);
  cut = g_strndup (invited.text, strlen (invited.text) / 2);
  g_assert_false (join (self, newcomer, cut, &joined));
  assert_failed (self->error, DPOP_PROFILE_ERROR_INVALID);
  g_assert_false (join (self, newcomer, "", &joined));
  assert_failed (self->error, DPOP_PROFILE_ERROR_INVALID);
  accept.request = invited.text;
  g_assert_false (dpop_command_accept (self->at->profile, &accept, NULL, &self->error));
  assert_failed (self->error, DPOP_PROFILE_ERROR_INVALID);
  g_assert_true (cosmic_id_is_zero (cosmic_log_party (dpop_profile_log (newcomer->profile))));
  g_assert_false (join (self, self->at, invited.text, &joined));
  assert_failed (self->error, DPOP_PROFILE_ERROR_INVALID);
}

static void
test_a_request_is_for_the_inviter_only (Party *self, gconstpointer unused)
{
  g_autoptr (FixtureProfile) newcomer = fixture_profile_new (7);
  g_auto (DpopCommandInviteResult) invited = { 0 };
  g_auto (DpopCommandJoinResult) joined = { 0 };
  const CosmicId emmy = fixture_profile_enrol (self->at, "Emmy Noether", NULL);
  const DpopCommandInvite input = { .member = emmy };
  DpopCommandAccept accept = { 0 };

  g_assert_true (dpop_command_invite (self->at->profile, &input, &invited, &self->error));
  g_assert_true (join (self, newcomer, invited.text, &joined));
  accept.request = joined.request;
  g_assert_false (dpop_command_accept (self->graces->profile, &accept, NULL, &self->error));
  assert_failed (self->error, DPOP_PROFILE_ERROR_NOT_READABLE);
}

static void
test_without_a_file_there_is_nothing (Party *self, gconstpointer unused)
{
  g_autoptr (FixtureProfile) newcomer = fixture_profile_new (7);
  g_auto (DpopCommandInviteResult) invited = { 0 };
  g_auto (DpopCommandJoinResult) joined = { 0 };
  const DpopCommandBundleExport export = { .path = "/nonexistent/file" };
  const DpopCommandBundleImport import = { .path = "/nonexistent/file" };
  CosmicId own, decision;

  g_assert_false (
      dpop_command_bundle_import (newcomer->profile, &import, NULL, &self->error));
  assert_failed (self->error, DPOP_PROFILE_ERROR_NOT_A_MEMBER);
  invite (self, 0, &invited);
  g_assert_true (join (self, newcomer, invited.text, &joined));
  g_assert_false (dpop_profile_own_member (newcomer->profile, &own, &self->error));
  assert_failed (self->error, DPOP_PROFILE_ERROR_NOT_A_MEMBER);
  g_assert_false (
      dpop_command_bundle_export (newcomer->profile, &export, NULL, &self->error));
  assert_failed (self->error, DPOP_PROFILE_ERROR_NOT_A_MEMBER);
  g_assert_false (propose (newcomer, &decision, &self->error));
  g_assert_nonnull (self->error);
  g_clear_error (&self->error);
}

/* --- Going. ---------------------------------------------------------------------------------- */

static void
remove_linus (Party *self, DpopCommandConfirmResult *confirmed, guint *kept)
{
  const DpopCommandRemove input = { self->linus, DPOP_REMOVAL_EXPELLED };
  DpopCommandRemoveResult removed;

  g_assert_true (dpop_command_remove (self->at->profile, &input, &removed, &self->error));
  self->at->now += 1000;
  g_assert_true (dpop_command_confirm (self->at->profile, confirmed, &self->error));
  *kept = removed.kept;
}

static void
test_who_was_removed_reads_nothing_new (Party *self, gconstpointer unused)
{
  DpopCommandConfirmResult confirmed;
  CosmicId later, key;
  guint32 epoch;
  guint kept;

  remove_linus (self, &confirmed, &kept);
  g_assert_cmpuint (confirmed.rotations, ==, 1);
  g_assert_true (fixture_profile_send (self->at, self->graces, &self->error));
  assert_same_root (self->at, self->graces);
  later = fixture_profile_enrol (self->at, "Emmy Noether", NULL);
  g_assert_true (fixture_profile_send (self->at, self->graces, &self->error));
  g_assert_true (knows_name (self->graces, &later));
  g_assert_false (fixture_profile_send (self->at, self->linuss, &self->error));
  g_assert_error (self->error, DPOP_BUNDLE_ERROR, DPOP_BUNDLE_ERROR_MISSING_KEY);
  g_clear_error (&self->error);
  cosmic_authority_scope_key (dpop_profile_state (self->at->profile, NULL, NULL), &cosmic_id_zero,
                              FALSE, &key, &epoch);
  g_assert_cmpuint (epoch, ==, 1);
  g_assert_nonnull (cosmic_log_key (dpop_profile_log (self->graces->profile), &key));
  g_assert_null (cosmic_log_key (dpop_profile_log (self->linuss->profile), &key));
  self->at->now += 1000;
  g_assert_true (dpop_command_confirm (self->at->profile, &confirmed, &self->error));
  g_assert_cmpuint (confirmed.rotations, ==, 0);
  assert_verified (self, self->at);
}

static CosmicId
vote (Party *self, FixtureProfile *at, const CosmicId *decision, DpopAnswer answer)
{
  const DpopDecisionBallot ballot = { .answer = answer };
  CosmicId operation = { { 0 } };

  dpop_decide_vote (at->profile, decision, NULL, &ballot, &operation, &self->error);
  g_assert_no_error (self->error);
  return operation;
}

static CosmicReason
verdict (FixtureProfile *at, const CosmicId *stream, const CosmicId *operation)
{
  return cosmic_state_verdict (dpop_profile_state (at->profile, stream, NULL), operation);
}

/* His vote was known before he was removed, and stands; the other he signed after, on an old
 * base. */
static void
test_what_they_signed_elsewhere_is_dead (Party *self, gconstpointer unused)
{
  const DpopDecideOpen open = { 0 };
  DpopCommandConfirmResult confirmed;
  CosmicId decision, early, late;
  guint kept;

  g_assert_true (propose (self->at, &decision, &self->error));
  fixture_profile_confirm (self->at);
  self->at->now += G_GINT64_CONSTANT (4) * 86400 * 1000;
  g_assert_true (dpop_decide_open (self->at->profile, &decision, &open, &self->error));
  g_assert_true (fixture_profile_send (self->at, self->linuss, &self->error));
  early = vote (self, self->linuss, &decision, DPOP_ANSWER_YES);
  g_assert_true (fixture_profile_send (self->linuss, self->at, &self->error));
  remove_linus (self, &confirmed, &kept);
  g_assert_cmpuint (kept, ==, 1);
  late = vote (self, self->linuss, &decision, DPOP_ANSWER_NO);
  g_assert_true (fixture_profile_send (self->linuss, self->at, &self->error));
  fixture_profile_confirm (self->at);
  g_assert_cmpuint (verdict (self->at, &decision, &early), ==, COSMIC_REASON_NONE);
  g_assert_cmpuint (verdict (self->at, &decision, &late), ==, COSMIC_REASON_AUTHOR_REMOVED);
  g_assert_cmpuint (cosmic_log_n_open (dpop_profile_log (self->at->profile)), ==, 0);
  assert_verified (self, self->at);
}

static void
test_one_leaves_by_ones_own_word (Party *self, gconstpointer unused)
{
  const DpopCommandRemove leave = { self->grace, DPOP_REMOVAL_LEFT };
  CosmicId decision;

  g_assert_false (dpop_command_remove (self->at->profile, &leave, NULL, &self->error));
  assert_refused (self->error, COSMIC_REASON_HAS_DEVICE);
  g_assert_true (dpop_command_remove (self->graces->profile, &leave, NULL, &self->error));
  g_assert_false (propose (self->graces, &decision, &self->error));
  assert_refused (self->error, COSMIC_REASON_AUTHOR_REMOVED);
  g_assert_true (fixture_profile_send (self->graces, self->at, &self->error));
  fixture_profile_confirm (self->at);
  g_assert_cmpuint (look (self->at, &self->grace).standing.state, ==, DPOP_MEMBER_FORMER);
  g_assert_false (look (self->at, &self->grace).has_device);
  assert_verified (self, self->at);
}

static void
test_a_lost_computer_is_switched_off (Party *self, gconstpointer unused)
{
  g_autoptr (GArray) devices
      = dpop_command_device_list (self->at->profile, &self->grace, &self->error);
  CosmicId device = g_array_index (devices, DpopCommandDevice, 0).id;
  DpopCommandConfirmResult confirmed;
  CosmicId own;

  dpop_profile_device_id (self->at->profile, &own);
  g_assert_false (dpop_command_device_off (self->at->profile, &own, 0, &self->error));
  assert_failed (self->error, DPOP_PROFILE_ERROR_INVALID);
  g_assert_false (dpop_command_device_off (self->linuss->profile, &device, 0, &self->error));
  assert_refused (self->error, COSMIC_REASON_NOT_ALLOWED);
  g_assert_true (dpop_command_device_off (self->at->profile, &device, 0, &self->error));
  g_assert_false (dpop_command_device_off (self->at->profile, &device, 0, &self->error));
  assert_refused (self->error, COSMIC_REASON_ALREADY);
  self->at->now += 1000;
  g_assert_true (dpop_command_confirm (self->at->profile, &confirmed, &self->error));
  g_assert_cmpuint (confirmed.rotations, ==, 1);
  g_assert_cmpuint (look (self->at, &self->grace).standing.state, ==, DPOP_MEMBER_MEMBER);
  g_assert_true (fixture_profile_send (self->at, self->linuss, &self->error));
  assert_same_root (self->at, self->linuss);
}

/* Who comes after new keys were made has all that it takes to check from the founding on. */
static void
test_newcomers_check_the_whole_history (Party *self, gconstpointer unused)
{
  g_autoptr (FixtureProfile) late = NULL;
  DpopCommandConfirmResult confirmed;
  CosmicId emmy;
  guint kept;

  remove_linus (self, &confirmed, &kept);
  emmy = fixture_profile_enrol (self->at, "Emmy Noether", NULL);
  fixture_profile_confirm (self->at);
  late = fixture_profile_join (self->at, &emmy, 9);
  assert_same_root (self->at, late);
  assert_verified (self, late);
  g_assert_true (knows_name (late, &self->founder)); /* this charter lets newcomers read */
}

static void
test_two_removals_are_one_rotation (Party *self, gconstpointer unused)
{
  const DpopCommandRemove grace = { self->grace, DPOP_REMOVAL_STRUCK };
  DpopCommandConfirmResult confirmed;
  DpopCommandRotate by_hand = { self->north };
  DpopCommandRotateResult rotated;
  guint kept;

  g_assert_true (dpop_command_remove (self->at->profile, &grace, NULL, &self->error));
  remove_linus (self, &confirmed, &kept);
  g_assert_cmpuint (confirmed.rotations, ==, 1);
  g_assert_false (dpop_command_rotate (self->at->profile, &by_hand, NULL, &self->error));
  assert_refused (self->error, COSMIC_REASON_NOT_ALLOWED);
  by_hand.scope = self->grace;
  g_assert_false (dpop_command_rotate (self->at->profile, &by_hand, NULL, &self->error));
  assert_failed (self->error, DPOP_PROFILE_ERROR_NOT_FOUND);
  by_hand.scope = cosmic_id_zero;
  g_assert_true (dpop_command_rotate (self->at->profile, &by_hand, &rotated, &self->error));
  g_assert_cmpuint (rotated.epoch, ==, 2);
  g_assert_cmpuint (rotated.computers, ==, 1);
}

/* --- Two copies of one computer. ------------------------------------------------------------- */

static void
copy_file (const char *from, const char *to)
{
  g_autofree char *content = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (from, &content, &size, NULL));
  g_assert_true (g_file_set_contents (to, content, (gssize) size, NULL));
}

static FixtureProfile *
copy_profile (FixtureProfile *at, guint64 seed)
{
  FixtureProfile *copy = fixture_profile_new (seed);
  g_autoptr (GDir) dir = NULL;
  const char *name;

  fixture_profile_close (at);
  fixture_profile_close (copy);
  dir = g_dir_open (at->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *from = g_build_filename (at->folder, name, NULL);
      g_autofree char *to = g_build_filename (copy->folder, name, NULL);

      copy_file (from, to);
    }
  fixture_profile_reopen (at);
  copy->now = at->now;
  fixture_profile_reopen (copy);
  return copy;
}

static void
test_a_copied_computer_is_found_out (Party *self, gconstpointer unused)
{
  g_autoptr (FixtureProfile) copy = copy_profile (self->graces, 11);
  g_autoptr (DpopMemberDetails) one = fixture_profile_person ("Grace One");
  g_autoptr (DpopMemberDetails) two = fixture_profile_person ("Grace Two");
  const DpopCommandDetails first = { self->grace, one };
  const DpopCommandDetails second = { self->grace, two };
  DpopCommandConfirmResult confirmed;
  DpopMember before = look (self->at, &self->grace), after;

  g_assert_true (dpop_command_details (self->graces->profile, &first, NULL, &self->error));
  g_assert_true (dpop_command_details (copy->profile, &second, NULL, &self->error));
  g_assert_true (fixture_profile_send (self->graces, self->at, &self->error));
  g_assert_true (fixture_profile_send (copy, self->at, &self->error));
  self->at->now += 1000;
  g_assert_true (dpop_command_confirm (self->at->profile, &confirmed, &self->error));
  g_assert_cmpuint (confirmed.forks, ==, 1);
  after = look (self->at, &self->grace);
  g_assert_true (cosmic_id_same (&before.details, &after.details));
  self->at->now += 1000;
  g_assert_true (dpop_command_confirm (self->at->profile, &confirmed, &self->error));
  g_assert_cmpuint (confirmed.forks, ==, 0);
  g_assert_true (fixture_profile_send (self->at, self->linuss, &self->error));
  assert_same_root (self->at, self->linuss);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(claim, function) \
  g_test_add ("/command/join/" claim, Party, NULL, set_up, function, tear_down)
#define ADD_ALONE(claim, function) \
  g_test_add ("/command/join/" claim, Party, NULL, set_up_alone, function, tear_down)
  ADD ("Who joins is in and may act", test_who_joins_is_in_and_may_act);
  ADD ("Names of a group are for the group", test_names_of_a_group_are_for_the_group);
  ADD ("Who comes into a group gets its keys", test_who_comes_into_a_group_gets_its_keys);
  ADD ("Who may read by office gets the keys", test_who_may_read_by_office_gets_the_keys);
  ADD ("Keys can be handed on later", test_keys_can_be_handed_on_later);
  ADD ("A group chair locks out who left it", test_a_group_chair_locks_out_who_left_it);
  ADD ("A second computer of one's own", test_a_second_computer_of_ones_own);
  ADD ("An invitation is for who may be invited", test_an_invitation_is_for_who_may_be_invited);
  ADD_ALONE ("An invitation expires", test_an_invitation_expires);
  ADD_ALONE ("An invitation is used once", test_an_invitation_is_used_once);
  ADD_ALONE ("A lost file is made again", test_a_lost_file_is_made_again);
  ADD_ALONE ("Codes are read with care", test_codes_are_read_with_care);
  ADD ("A request is for the inviter only", test_a_request_is_for_the_inviter_only);
  ADD_ALONE ("Without a file there is nothing", test_without_a_file_there_is_nothing);
  ADD ("Who was removed reads nothing new", test_who_was_removed_reads_nothing_new);
  ADD ("What they signed elsewhere is dead", test_what_they_signed_elsewhere_is_dead);
  ADD ("One leaves by one's own word", test_one_leaves_by_ones_own_word);
  ADD ("A lost computer is switched off", test_a_lost_computer_is_switched_off);
  ADD ("Newcomers check the whole history", test_newcomers_check_the_whole_history);
  ADD ("Two removals are one rotation", test_two_removals_are_one_rotation);
  ADD ("A copied computer is found out", test_a_copied_computer_is_found_out);
#undef ADD
#undef ADD_ALONE
  return g_test_run ();
}
