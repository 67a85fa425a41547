/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-profile.h"

#include "dpop-command-assign.h"
#include "dpop-command-details.h"
#include "dpop-command-enrol.h"
#include "dpop-command-move.h"
#include "dpop-command-remove.h"
#include "dpop-command-role.h"
#include "dpop-command-unit.h"
#include "dpop-member-query.h"
#include "dpop-reason.h"
#include "dpop-unit.h"

#define assert_refused(error, expected) \
  G_STMT_START \
    { \
      g_assert_nonnull (error); \
      g_assert_cmpuint (dpop_profile_error_reason (error), ==, expected); \
      g_assert_cmpuint (strlen ((error)->message), >, 10); \
      g_clear_error (&(error)); \
    } \
  G_STMT_END

/* The ready charter of a party: the founder is chair and secretary. */
enum
{
  PRIVACY = 4,
  GROUP_CHAIR = 5,
};

typedef struct
{
  FixtureProfile *at;
  DpopProfile *profile;
  CosmicId founder, grace;
  GError *error;
} Party;

static void
set_up (Party *self, gconstpointer unused)
{
  DpopCommandFoundResult result;

  self->at = fixture_profile_new (1);
  self->profile = self->at->profile;
  fixture_profile_found (self->at, "party", &result);
  self->founder = result.member;
  self->grace = fixture_profile_enrol (self->at, "Grace Hopper", NULL);
}

static void
tear_down (Party *self, gconstpointer unused)
{
  g_assert_no_error (self->error);
  fixture_profile_free (self->at);
}

static DpopMember
look (Party *self, const CosmicId *id)
{
  DpopMember member = { 0 };

  g_assert_true (
      dpop_member_query_load (dpop_profile_state (self->profile, NULL, NULL), id, &member));
  return member;
}

static char *
name_of (Party *self, const CosmicId *id)
{
  DpopMember member = look (self, id);
  g_autoptr (DpopMemberDetails) details
      = dpop_command_details_read (self->profile, &member.details);

  g_assert_nonnull (details);
  return g_strdup (dpop_member_details_get (details, DPOP_MEMBER_DETAILS_NAME));
}

static CosmicId
add_unit (Party *self, const char *name)
{
  const DpopCommandUnit input = { name, 0 };
  DpopCommandUnitResult result = { 0 };

  dpop_command_unit (self->profile, &input, &result, &self->error);
  g_assert_no_error (self->error);
  g_assert_cmpuint (result.computers, ==, 1);
  return result.unit;
}

static void
test_who_is_enrolled_is_a_member_without_a_computer (Party *self, gconstpointer unused)
{
  DpopMember grace = look (self, &self->grace);
  g_autofree char *name = name_of (self, &self->grace);

  g_assert_cmpuint (grace.standing.state, ==, DPOP_MEMBER_MEMBER);
  g_assert_false (grace.has_device);
  g_assert_cmpstr (name, ==, "Grace Hopper");
}

static void
test_an_applicant_is_admitted (Party *self, gconstpointer unused)
{
  g_autoptr (DpopMemberDetails) details = fixture_profile_person ("Alan Turing");
  const DpopCommandEnrol enrol = { .details = details, .state = DPOP_MEMBER_APPLICANT };
  DpopCommandEnrolResult alan;
  DpopCommandMove move = { .to = DPOP_MEMBER_MEMBER };
  DpopCommandMoveResult moved;

  g_assert_true (dpop_command_enrol (self->profile, &enrol, &alan, &self->error));
  g_assert_cmpuint (look (self, &alan.member).standing.state, ==, DPOP_MEMBER_APPLICANT);
  move.member = alan.member;
  g_assert_true (dpop_command_move (self->profile, &move, &moved, &self->error));
  g_assert_cmpuint (moved.from, ==, DPOP_MEMBER_APPLICANT);
  g_assert_cmpuint (look (self, &alan.member).standing.state, ==, DPOP_MEMBER_MEMBER);
  g_assert_false (dpop_command_move (self->profile, &move, NULL, &self->error));
  assert_refused (self->error, COSMIC_REASON_ALREADY);
}

static void
test_nobody_is_enrolled_without_a_name (Party *self, gconstpointer unused)
{
  g_autoptr (DpopMemberDetails) details = fixture_profile_person ("");
  const DpopCommandEnrol enrol = { .details = details };

  g_assert_false (dpop_command_enrol (self->profile, &enrol, NULL, &self->error));
  g_assert_error (self->error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_INVALID);
  g_clear_error (&self->error);
}

static void
test_particulars_change (Party *self, gconstpointer unused)
{
  g_autoptr (DpopMemberDetails) details = fixture_profile_person ("Rear Admiral Hopper");
  DpopCommandDetails input = { self->grace, details };
  g_autofree char *name = NULL;

  g_assert_true (dpop_command_details (self->profile, &input, NULL, &self->error));
  name = name_of (self, &self->grace);
  g_assert_cmpstr (name, ==, "Rear Admiral Hopper");
  input.member.bytes[0] ^= 1;
  g_assert_false (dpop_command_details (self->profile, &input, NULL, &self->error));
  assert_refused (self->error, COSMIC_REASON_NO_SUCH_SUBJECT);
}

static void
test_suspended_and_back (Party *self, gconstpointer unused)
{
  DpopCommandMove move = { self->grace, DPOP_MEMBER_SUSPENDED };

  g_assert_true (dpop_command_move (self->profile, &move, NULL, &self->error));
  g_assert_cmpuint (look (self, &self->grace).standing.state, ==, DPOP_MEMBER_SUSPENDED);
  move.to = DPOP_MEMBER_MEMBER;
  g_assert_true (dpop_command_move (self->profile, &move, NULL, &self->error));
  move.to = DPOP_MEMBER_FORMER;
  g_assert_false (dpop_command_move (self->profile, &move, NULL, &self->error));
  g_assert_error (self->error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_INVALID);
  g_clear_error (&self->error);
  move.member = cosmic_id_zero;
  move.to = DPOP_MEMBER_MEMBER;
  g_assert_false (dpop_command_move (self->profile, &move, NULL, &self->error));
  assert_refused (self->error, COSMIC_REASON_NO_SUCH_SUBJECT);
}

static void
test_who_is_removed_is_gone (Party *self, gconstpointer unused)
{
  const DpopCommandRemove input = { self->grace, DPOP_REMOVAL_STRUCK };

  g_assert_true (dpop_command_remove (self->profile, &input, NULL, &self->error));
  g_assert_cmpuint (look (self, &self->grace).standing.state, ==, DPOP_MEMBER_FORMER);
  g_assert_false (dpop_command_remove (self->profile, &input, NULL, &self->error));
  assert_refused (self->error, COSMIC_REASON_ALREADY);
}

static void
test_a_role_is_given_and_taken (Party *self, gconstpointer unused)
{
  DpopCommandRole input = { .member = self->grace, .role = PRIVACY };

  g_assert_true (dpop_command_role (self->profile, &input, &self->error));
  g_assert_cmpuint (look (self, &self->grace).standing.n_roles, ==, 1);
  g_assert_false (dpop_command_role (self->profile, &input, &self->error));
  assert_refused (self->error, COSMIC_REASON_ALREADY);
  input.take = TRUE;
  g_assert_true (dpop_command_role (self->profile, &input, &self->error));
  g_assert_cmpuint (look (self, &self->grace).standing.n_roles, ==, 0);
  g_assert_false (dpop_command_role (self->profile, &input, &self->error));
  assert_refused (self->error, COSMIC_REASON_NO_SUCH_SUBJECT);
}

static void
test_who_is_gone_holds_no_office (Party *self, gconstpointer unused)
{
  const DpopCommandRemove leave = { self->grace, DPOP_REMOVAL_LEFT };
  DpopCommandRole input = { .member = self->grace, .role = GROUP_CHAIR };

  input.unit = add_unit (self, "North");
  g_assert_true (dpop_command_role (self->profile, &input, &self->error));
  g_assert_true (dpop_command_remove (self->profile, &leave, NULL, &self->error));
  g_assert_cmpuint (look (self, &self->grace).standing.n_roles, ==, 0);
  g_assert_false (dpop_command_role (self->profile, &input, &self->error));
  assert_refused (self->error, DPOP_REASON_NOT_A_MEMBER);
}

static char *
unit_name (Party *self, const CosmicId *id)
{
  g_autoptr (GVariant) personal = NULL;
  DpopUnit unit;

  g_assert_true (dpop_unit_load (dpop_profile_state (self->profile, NULL, NULL), id, &unit));
  personal = dpop_profile_personal (self->profile, &unit.name, DPOP_UNIT_NAME_PERSONAL_TYPE, NULL);
  g_assert_nonnull (personal);
  return dpop_unit_name_decode (personal);
}

static void
test_a_group_has_a_name_that_can_change (Party *self, gconstpointer unused)
{
  CosmicId north = add_unit (self, "North");
  g_autofree char *before = unit_name (self, &north);
  g_autofree char *after = NULL;
  const DpopCommandUnit nameless = { "", 0 };
  const DpopCommandUnit odd = { "Odd", 9 };

  g_assert_cmpstr (before, ==, "North");
  g_assert_true (dpop_command_unit_rename (self->profile, &north, "Far north", &self->error));
  after = unit_name (self, &north);
  g_assert_cmpstr (after, ==, "Far north");
  g_assert_false (dpop_command_unit_rename (self->profile, &north, "", &self->error));
  g_assert_error (self->error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_INVALID);
  g_clear_error (&self->error);
  g_assert_false (dpop_command_unit (self->profile, &nameless, NULL, &self->error));
  g_assert_error (self->error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_INVALID);
  g_clear_error (&self->error);
  g_assert_false (dpop_command_unit (self->profile, &odd, NULL, &self->error));
  assert_refused (self->error, COSMIC_REASON_NO_SUCH_SUBJECT);
}

/* Particulars move to the eyes of the group that someone belongs to. */
static void
test_who_joins_a_group_is_known_to_it (Party *self, gconstpointer unused)
{
  CosmicId north = add_unit (self, "North");
  DpopCommandAssign input = { self->grace, north, FALSE };
  g_autofree char *name = NULL;
  DpopMember grace = look (self, &self->grace);

  g_assert_true (cosmic_id_is_zero (&grace.details_scope));
  g_assert_true (dpop_command_assign (self->profile, &input, &self->error));
  grace = look (self, &self->grace);
  g_assert_true (dpop_standing_in_unit (&grace.standing, &north));
  g_assert_true (cosmic_id_same (&grace.details_scope, &north));
  name = name_of (self, &self->grace);
  g_assert_cmpstr (name, ==, "Grace Hopper");
  g_assert_false (dpop_command_assign (self->profile, &input, &self->error));
  assert_refused (self->error, COSMIC_REASON_ALREADY);
  input.out = TRUE;
  g_assert_true (dpop_command_assign (self->profile, &input, &self->error));
  grace = look (self, &self->grace);
  g_assert_false (dpop_standing_in_unit (&grace.standing, &north));
  g_assert_true (cosmic_id_is_zero (&grace.details_scope));
}

static void
test_a_refusal_leaves_nothing_behind (Party *self, gconstpointer unused)
{
  CosmicLog *log = dpop_profile_log (self->profile);
  DpopCommandAssign input = { self->grace, self->grace, FALSE };
  guint open = cosmic_log_n_open (log);
  CosmicId before, after;

  g_assert_true (cosmic_log_tail_hash (log, &before, &self->error));
  g_assert_false (dpop_command_assign (self->profile, &input, &self->error));
  assert_refused (self->error, COSMIC_REASON_NO_SUCH_SUBJECT);
  g_assert_cmpuint (cosmic_log_n_open (log), ==, open);
  g_assert_true (cosmic_log_tail_hash (log, &after, &self->error));
  g_assert_true (cosmic_id_same (&before, &after));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(claim, function) \
  g_test_add ("/command/member/" claim, Party, NULL, set_up, function, tear_down)
  ADD ("Who is enrolled is a member without a computer",
       test_who_is_enrolled_is_a_member_without_a_computer);
  ADD ("An applicant is admitted", test_an_applicant_is_admitted);
  ADD ("Nobody is enrolled without a name", test_nobody_is_enrolled_without_a_name);
  ADD ("Particulars change", test_particulars_change);
  ADD ("Suspended and back", test_suspended_and_back);
  ADD ("Who is removed is gone", test_who_is_removed_is_gone);
  ADD ("A role is given and taken", test_a_role_is_given_and_taken);
  ADD ("Who is gone holds no office", test_who_is_gone_holds_no_office);
  ADD ("A group has a name that can change", test_a_group_has_a_name_that_can_change);
  ADD ("Who joins a group is known to it", test_who_joins_a_group_is_known_to_it);
  ADD ("A refusal leaves nothing behind", test_a_refusal_leaves_nothing_behind);
#undef ADD
  return g_test_run ();
}
