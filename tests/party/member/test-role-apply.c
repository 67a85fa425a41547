/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-charter.h"
#include "fixture-membership.h"

#define BIT DPOP_CHARTER_BIT

static CosmicReason
give (FixtureScene *scene, const CosmicId *device, const CosmicId *member, guint16 role,
       const CosmicId *unit)
{
  return fixture_scene_say (scene, device, dpop_member_command_grant (member, role, unit));
}

static CosmicReason
take (FixtureScene *scene, const CosmicId *device, const CosmicId *member, guint16 role,
        const CosmicId *unit)
{
  return fixture_scene_say (scene, device, dpop_member_command_revoke (member, role, unit));
}

static gboolean
holds_role (const FixtureScene *scene, const CosmicId *member, guint16 role, const CosmicId *unit)
{
  DpopMember found = fixture_scene_look (scene, member);

  return dpop_standing_role (&found.standing, role, unit) != NULL;
}

/* --- Giving. --------------------------------------------------------------------------------- */

static void
test_a_role_is_given_by_who_may (void)
{
  FixtureScene scene;

  fixture_scene_init (&scene, fixture_charter ());
  fixture_assert_reason (
      give (&scene, &scene.ada_device, &scene.bea, FIXTURE_CLERK, &scene.north),
      COSMIC_REASON_NOT_ALLOWED);
  fixture_assert_reason (
      give (&scene, &scene.clerk_device, &scene.ada, FIXTURE_CLERK, &scene.south),
      COSMIC_REASON_NOT_ALLOWED);
  fixture_assert_reason (give (&scene, &scene.clerk_device, &scene.ada, FIXTURE_CHAIR, NULL),
                         COSMIC_REASON_NOT_ALLOWED);
  fixture_assert_reason (
      give (&scene, &scene.clerk_device, &scene.ada, FIXTURE_CLERK, &scene.north),
      COSMIC_REASON_NONE);
  fixture_assert_reason (give (&scene, &scene.party.device, &scene.ada, FIXTURE_CHAIR, NULL),
                         COSMIC_REASON_NONE);
  g_assert_true (holds_role (&scene, &scene.ada, FIXTURE_CLERK, &scene.north));
  g_assert_true (holds_role (&scene, &scene.ada, FIXTURE_CHAIR, &cosmic_id_zero));
  g_assert_false (holds_role (&scene, &scene.bea, FIXTURE_CLERK, &scene.north));
  fixture_scene_clear (&scene);
}

static void
test_a_role_that_cannot_be_is_not_given (void)
{
  static const CosmicId nobody = { { 66 } };
  FixtureScene scene;

  fixture_scene_init (&scene, fixture_charter ());
  fixture_assert_reason (give (&scene, &scene.party.device, &scene.ada, 2, NULL),
                         COSMIC_REASON_NO_SUCH_SUBJECT);
  fixture_assert_reason (give (&scene, &scene.party.device, &scene.ada, G_MAXUINT16, NULL),
                         COSMIC_REASON_NO_SUCH_SUBJECT);
  fixture_assert_reason (give (&scene, &scene.party.device, &nobody, FIXTURE_CHAIR, NULL),
                         COSMIC_REASON_NO_SUCH_SUBJECT);
  fixture_assert_reason (give (&scene, &scene.party.device, &scene.ada, FIXTURE_CLERK, &nobody),
                         COSMIC_REASON_NO_SUCH_SUBJECT);
  fixture_assert_reason (
      give (&scene, &scene.party.device, &scene.ada, FIXTURE_CHAIR, &scene.north),
      COSMIC_REASON_NOT_ALLOWED);
  fixture_assert_reason (give (&scene, &scene.party.device, &scene.ada, FIXTURE_CLERK, NULL),
                         COSMIC_REASON_NOT_ALLOWED);
  fixture_assert_reason (
      give (&scene, &scene.party.device, &scene.cyd, FIXTURE_CLERK, &scene.north),
      DPOP_REASON_NOT_A_MEMBER);
  fixture_assert_reason (
      give (&scene, &scene.party.device, &scene.clerk, FIXTURE_CLERK, &scene.north),
      COSMIC_REASON_ALREADY);
  fixture_scene_clear (&scene);
}

static void
test_nobody_holds_more_roles_than_fit (void)
{
  FixtureScene scene;

  fixture_scene_init (&scene, fixture_charter ());
  for (guint i = 0; i <= DPOP_STANDING_ROLES_MAX; i++)
    {
      CosmicId unit = fixture_membership_unit (&scene.party);

      fixture_assert_reason (give (&scene, &scene.party.device, &scene.ada, FIXTURE_CLERK, &unit),
                             i < DPOP_STANDING_ROLES_MAX ? COSMIC_REASON_NONE
                                                         : DPOP_REASON_TOO_MANY);
    }
  fixture_scene_clear (&scene);
}

static void
test_holders_are_those_who_hold_it_now (void)
{
  FixtureScene scene;
  g_autoptr (GArray) clerks = NULL, chairs = NULL, none = NULL;

  fixture_scene_init (&scene, fixture_charter ());
  give (&scene, &scene.party.device, &scene.ada, FIXTURE_CLERK, &scene.north);
  give (&scene, &scene.party.device, &scene.bea, FIXTURE_CLERK, &scene.north);
  take (&scene, &scene.party.device, &scene.bea, FIXTURE_CLERK, &scene.north);
  clerks = dpop_member_query_holders (scene.party.authority, FIXTURE_CLERK, &scene.north);
  chairs = dpop_member_query_holders (scene.party.authority, FIXTURE_CHAIR, &cosmic_id_zero);
  none = dpop_member_query_holders (scene.party.authority, FIXTURE_CLERK, &scene.south);
  g_assert_cmpuint (clerks->len, ==, 2);
  g_assert_true (cosmic_ids_contain (clerks, &scene.clerk));
  g_assert_true (cosmic_ids_contain (clerks, &scene.ada));
  g_assert_cmpuint (chairs->len, ==, 1);
  g_assert_true (cosmic_ids_contain (chairs, &scene.party.founder));
  g_assert_cmpuint (none->len, ==, 0);
  fixture_scene_clear (&scene);
}

/* --- Taking. --------------------------------------------------------------------------------- */

static void
test_a_role_that_is_no_office_is_taken_by_who_may (void)
{
  FixtureScene scene;

  fixture_scene_init (&scene, fixture_charter ());
  fixture_assert_reason (
      take (&scene, &scene.ada_device, &scene.clerk, FIXTURE_CLERK, &scene.north),
      COSMIC_REASON_NOT_ALLOWED);
  fixture_assert_reason (
      take (&scene, &scene.party.device, &scene.ada, FIXTURE_CLERK, &scene.north),
      COSMIC_REASON_NO_SUCH_SUBJECT);
  fixture_assert_reason (
      take (&scene, &scene.party.device, &scene.clerk, FIXTURE_CLERK, &scene.south),
      COSMIC_REASON_NO_SUCH_SUBJECT);
  fixture_assert_reason (
      take (&scene, &scene.party.device, &scene.clerk, FIXTURE_CLERK, &scene.north),
      COSMIC_REASON_NONE);
  g_assert_false (holds_role (&scene, &scene.clerk, FIXTURE_CLERK, &scene.north));
  fixture_assert_reason (
      give (&scene, &scene.clerk_device, &scene.ada, FIXTURE_CLERK, &scene.north),
      COSMIC_REASON_NOT_ALLOWED);
  fixture_scene_clear (&scene);
}

/* Two in the chair, both with a computer. */
static void
second_chair (FixtureScene *scene)
{
  give (scene, &scene->party.device, &scene->ada, FIXTURE_CHAIR, NULL);
  g_assert_true (holds_role (scene, &scene->ada, FIXTURE_CHAIR, &cosmic_id_zero));
}

static void
test_an_office_falls_by_its_holders_word_only (void)
{
  FixtureScene scene;

  fixture_scene_init (&scene, fixture_charter ());
  second_chair (&scene);
  fixture_assert_reason (take (&scene, &scene.party.device, &scene.ada, FIXTURE_CHAIR, NULL),
                         COSMIC_REASON_NEEDS_DECISION);
  fixture_assert_reason (
      take (&scene, &scene.clerk_device, &scene.party.founder, FIXTURE_CHAIR, NULL),
      COSMIC_REASON_NEEDS_DECISION);
  g_assert_true (holds_role (&scene, &scene.ada, FIXTURE_CHAIR, &cosmic_id_zero));
  fixture_assert_reason (take (&scene, &scene.ada_device, &scene.ada, FIXTURE_CHAIR, NULL),
                         COSMIC_REASON_NONE);
  g_assert_false (holds_role (&scene, &scene.ada, FIXTURE_CHAIR, &cosmic_id_zero));
  fixture_scene_clear (&scene);
}

static void
test_an_office_is_laid_down_on_behalf_of_who_has_no_computer (void)
{
  FixtureScene scene;

  fixture_scene_init (&scene, fixture_charter ());
  give (&scene, &scene.party.device, &scene.bea, FIXTURE_CHAIR, NULL);
  fixture_assert_reason (
      take (&scene, &scene.clerk_device, &scene.bea, FIXTURE_CHAIR, NULL),
      COSMIC_REASON_NEEDS_DECISION);
  fixture_assert_reason (take (&scene, &scene.party.device, &scene.bea, FIXTURE_CHAIR, NULL),
                         COSMIC_REASON_NONE);
  fixture_scene_clear (&scene);
}

static void
test_no_office_falls_by_suspending_or_removing_its_holder (void)
{
  DpopCharter *charter = fixture_charter ();
  FixtureScene scene;

  charter->moves[DPOP_MEMBER_MEMBER][DPOP_MEMBER_FORMER][DPOP_REACH_EVERYWHERE]
      = BIT (FIXTURE_CHAIR);
  fixture_scene_init (&scene, charter);
  second_chair (&scene);
  fixture_assert_reason (
      fixture_scene_say (&scene, &scene.party.device,
                         dpop_member_command_state (&scene.ada, DPOP_MEMBER_MEMBER,
                                                    DPOP_MEMBER_SUSPENDED)),
      COSMIC_REASON_NEEDS_DECISION);
  fixture_assert_reason (
      fixture_scene_say (&scene, &scene.party.device,
                         dpop_member_command_remove (&scene.ada, DPOP_REMOVAL_EXPELLED, NULL)),
      COSMIC_REASON_NEEDS_DECISION);
  g_assert_true (holds_role (&scene, &scene.ada, FIXTURE_CHAIR, &cosmic_id_zero));
  fixture_assert_reason (
      fixture_scene_say (&scene, &scene.ada_device,
                         dpop_member_command_remove (&scene.ada, DPOP_REMOVAL_LEFT, NULL)),
      COSMIC_REASON_NONE);
  fixture_scene_clear (&scene);
}

static void
test_the_last_who_can_give_a_role_stays (void)
{
  FixtureScene scene;
  CosmicId dan;

  fixture_scene_init (&scene, fixture_charter ());
  fixture_assert_reason (
      take (&scene, &scene.party.device, &scene.party.founder, FIXTURE_CHAIR, NULL),
      COSMIC_REASON_LAST_ONE);
  fixture_assert_reason (
      fixture_scene_say (&scene, &scene.party.device,
                         dpop_member_command_remove (&scene.party.founder, DPOP_REMOVAL_LEFT,
                                                     NULL)),
      COSMIC_REASON_LAST_ONE);
  /* Who has no computer gives nothing. */
  give (&scene, &scene.party.device, &scene.bea, FIXTURE_CHAIR, NULL);
  fixture_assert_reason (
      take (&scene, &scene.party.device, &scene.party.founder, FIXTURE_CHAIR, NULL),
      COSMIC_REASON_LAST_ONE);
  /* A clerk can be given by the chair, too: the last of them may go. */
  fixture_assert_reason (
      take (&scene, &scene.clerk_device, &scene.clerk, FIXTURE_CLERK, &scene.north),
      COSMIC_REASON_NONE);
  dan = fixture_membership_device (&scene.party, &scene.bea);
  fixture_assert_reason (
      take (&scene, &scene.party.device, &scene.party.founder, FIXTURE_CHAIR, NULL),
      COSMIC_REASON_NONE);
  fixture_assert_reason (take (&scene, &dan, &scene.bea, FIXTURE_CHAIR, NULL),
                         COSMIC_REASON_LAST_ONE);
  fixture_scene_clear (&scene);
}

static void
test_a_role_that_every_member_gives_has_no_last (void)
{
  DpopCharter *charter = fixture_charter ();
  FixtureScene scene;

  charter->plain.actions[DPOP_REACH_EVERYWHERE] |= BIT (DPOP_ACTION_GRANT_ROLE);
  charter->roles[FIXTURE_CHAIR].given_by |= BIT (DPOP_CHARTER_PLAIN);
  charter->roles[FIXTURE_CLERK].given_by |= BIT (DPOP_CHARTER_PLAIN);
  fixture_scene_init (&scene, charter);
  fixture_assert_reason (
      take (&scene, &scene.party.device, &scene.party.founder, FIXTURE_CHAIR, NULL),
      COSMIC_REASON_NONE);
  fixture_scene_clear (&scene);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/role/A role is given by who may", test_a_role_is_given_by_who_may);
  g_test_add_func ("/role/A role that cannot be is not given",
                   test_a_role_that_cannot_be_is_not_given);
  g_test_add_func ("/role/Nobody holds more roles than fit",
                   test_nobody_holds_more_roles_than_fit);
  g_test_add_func ("/role/Holders are those who hold it now",
                   test_holders_are_those_who_hold_it_now);
  g_test_add_func ("/role/A role that is no office is taken by who may",
                   test_a_role_that_is_no_office_is_taken_by_who_may);
  g_test_add_func ("/role/An office falls by its holder's word only",
                   test_an_office_falls_by_its_holders_word_only);
  g_test_add_func ("/role/An office is laid down on behalf of who has no computer",
                   test_an_office_is_laid_down_on_behalf_of_who_has_no_computer);
  g_test_add_func ("/role/No office falls by suspending or removing its holder",
                   test_no_office_falls_by_suspending_or_removing_its_holder);
  g_test_add_func ("/role/The last who can give a role stays",
                   test_the_last_who_can_give_a_role_stays);
  g_test_add_func ("/role/A role that every member gives has no last",
                   test_a_role_that_every_member_gives_has_no_last);
  return g_test_run ();
}
