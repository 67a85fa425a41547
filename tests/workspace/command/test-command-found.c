/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-profile.h"

#include "dpop-command-confirm.h"
#include "dpop-command-details.h"
#include "dpop-edge-charter.h"
#include "dpop-member-query.h"
#include "dpop-membership.h"

static void
test_founding_is_confirmed_at_once (void)
{
  g_autoptr (FixtureProfile) self = fixture_profile_new (1);
  DpopCommandFoundResult result;
  CosmicId own;
  GError *error = NULL;

  fixture_profile_found (self, "association", &result);
  g_assert_cmpuint (result.height, ==, 1);
  g_assert_cmpuint (cosmic_log_n_open (dpop_profile_log (self->profile)), ==, 0);
  g_assert_true (dpop_profile_own_member (self->profile, &own, &error));
  g_assert_true (cosmic_id_same (&own, &result.member));
  g_assert_true (dpop_command_confirm_can (self->profile));
}

static void
test_the_founder_holds_what_the_charter_gives (void)
{
  g_autoptr (FixtureProfile) self = fixture_profile_new (2);
  g_autoptr (DpopMemberDetails) details = NULL;
  DpopCommandFoundResult result;
  const CosmicState *authority;
  DpopMember founder;

  fixture_profile_found (self, "party", &result);
  authority = dpop_profile_state (self->profile, NULL, NULL);
  g_assert_true (dpop_member_query_load (authority, &result.member, &founder));
  g_assert_cmpuint (founder.standing.state, ==, DPOP_MEMBER_MEMBER);
  g_assert_cmpuint (founder.standing.n_roles, ==, 2);
  g_assert_true (founder.has_device);
  details = dpop_command_details_read (self->profile, &founder.details);
  g_assert_nonnull (details);
  g_assert_cmpstr (dpop_member_details_get (details, DPOP_MEMBER_DETAILS_NAME), ==,
                   "Ada Lovelace");
}

static void
test_it_is_there_when_opened_again (void)
{
  g_autoptr (FixtureProfile) self = fixture_profile_new (3);
  DpopCommandFoundResult result;
  CosmicId root;

  fixture_profile_found (self, "cooperative", &result);
  root = *cosmic_log_state_root (dpop_profile_log (self->profile));
  fixture_profile_reopen (self);
  g_assert_true (cosmic_id_same (cosmic_log_party (dpop_profile_log (self->profile)),
                                 &result.party));
  g_assert_true (cosmic_id_same (cosmic_log_state_root (dpop_profile_log (self->profile)), &root));
  g_assert_cmpuint (cosmic_log_height (dpop_profile_log (self->profile)), ==, 1);
  g_assert_true (dpop_command_confirm_can (self->profile));
}

static void
test_a_founded_profile_is_small (void)
{
  g_autoptr (FixtureProfile) self = fixture_profile_new (4);
  guint64 size;

  fixture_profile_found (self, "party", NULL);
  fixture_profile_close (self);
  size = fixture_profile_size (self);
  g_test_message ("an organisation after its founding: %" G_GUINT64_FORMAT " bytes (target: less "
                  "than 2 MB)", size);
  g_assert_cmpuint (size, <, 2 * 1000 * 1000);
}

static void
test_a_profile_has_one_organisation (void)
{
  g_autoptr (FixtureProfile) self = fixture_profile_new (5);
  g_autoptr (DpopCharter) charter = dpop_charter_new ();
  g_autoptr (DpopCharterNames) names = dpop_charter_names_new ();
  g_autoptr (DpopMemberDetails) founder = fixture_profile_person ("Grace Hopper");
  const DpopCommandFound input = { charter, names, founder };
  DpopCommandFoundResult result;
  GError *error = NULL;

  fixture_profile_found (self, "association", &result);
  g_assert_false (dpop_command_found (self->profile, &input, NULL, &error));
  g_assert_error (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (cosmic_id_same (cosmic_log_party (dpop_profile_log (self->profile)),
                                 &result.party));
}

static void
check_refused (const DpopCommandFound *input)
{
  g_autoptr (FixtureProfile) self = fixture_profile_new (6);
  GError *error = NULL;

  g_assert_false (dpop_command_found (self->profile, input, NULL, &error));
  g_assert_error (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (cosmic_log_is_founded (dpop_profile_log (self->profile)));
  g_assert_false (dpop_command_confirm_can (self->profile));
}

static void
test_rules_that_contradict_themselves_found_nothing (void)
{
  g_autoptr (DpopCharter) charter = dpop_charter_new ();
  g_autoptr (DpopCharterNames) names = dpop_charter_names_new ();
  g_autoptr (DpopMemberDetails) founder = fixture_profile_person ("Grace Hopper");
  const DpopCommandFound input = { charter, names, founder };

  check_refused (&input);
}

static void
test_names_and_a_founder_are_asked_for (void)
{
  g_autoptr (GBytes) json = dpop_edge_charter_ready ("association");
  g_autoptr (DpopCharter) charter = NULL;
  g_autoptr (DpopCharterNames) names = NULL;
  g_autoptr (DpopCharterNames) nameless = dpop_charter_names_new ();
  g_autoptr (GPtrArray) problems = dpop_edge_charter_read (
      g_bytes_get_data (json, NULL), g_bytes_get_size (json), &charter, &names);
  g_autoptr (DpopMemberDetails) founder = fixture_profile_person ("Grace Hopper");
  g_autoptr (DpopMemberDetails) nobody = fixture_profile_person ("");
  const DpopCommandFound without_names = { charter, nameless, founder };
  const DpopCommandFound without_founder = { charter, names, nobody };

  check_refused (&without_names);
  check_refused (&without_founder);
}

static void
test_nothing_is_done_before_the_founding (void)
{
  g_autoptr (FixtureProfile) self = fixture_profile_new (7);
  GError *error = NULL;

  g_assert_false (dpop_command_confirm (self->profile, NULL, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_cmpuint (cosmic_log_height (dpop_profile_log (self->profile)), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(claim, function) g_test_add_func ("/command/found/" claim, function)
  ADD ("Founding is confirmed at once", test_founding_is_confirmed_at_once);
  ADD ("The founder holds what the charter gives", test_the_founder_holds_what_the_charter_gives);
  ADD ("It is there when opened again", test_it_is_there_when_opened_again);
  ADD ("A founded profile is small", test_a_founded_profile_is_small);
  ADD ("A profile has one organisation", test_a_profile_has_one_organisation);
  ADD ("Rules that contradict themselves found nothing",
       test_rules_that_contradict_themselves_found_nothing);
  ADD ("Names and a founder are asked for", test_names_and_a_founder_are_asked_for);
  ADD ("Nothing is done before the founding", test_nothing_is_done_before_the_founding);
#undef ADD
  return g_test_run ();
}
