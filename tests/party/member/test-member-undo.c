/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-member-undo.h"
#include "dpop-roll.h"
#include "fixture-charter.h"
#include "fixture-membership.h"

#define BIT DPOP_CHARTER_BIT

static const CosmicId first = { { 100 } }, second = { { 101 } };

#define ROWS 6

static void
import_rows (FixtureScene *scene, const CosmicId *unit, CosmicId rows[ROWS])
{
  for (guint i = 0; i < ROWS; i++)
    {
      rows[i] = fixture_membership_id (&scene->party);
      fixture_assert_reason (
          fixture_scene_say (scene, &scene->party.device,
                             fixture_membership_add (&rows[i], unit, DPOP_MEMBER_MEMBER, &first)),
          COSMIC_REASON_NONE);
    }
}

static CosmicReason
update (FixtureScene *scene, const CosmicId *device, const CosmicId *member,
        const CosmicId *import)
{
  g_autoptr (DpopMemberDetails) details = fixture_membership_details ("Bea");

  return fixture_scene_say (
      scene, device,
      dpop_member_command_details (scene->party.authority, member, import, details));
}

static CosmicReason
undo (FixtureScene *scene, const CosmicId *device, const CosmicId *import)
{
  return fixture_scene_say (scene, device, dpop_member_command_undo (import));
}

static CosmicId
details_operation (const FixtureScene *scene, const CosmicId *id)
{
  return fixture_scene_look (scene, id).details;
}

static void
test_whom_an_import_added_are_gone (void)
{
  CosmicId rows[ROWS];
  FixtureScene scene;
  guint members;

  fixture_scene_init (&scene, fixture_charter ());
  members = dpop_roll_count (scene.party.authority, &cosmic_id_zero, scene.party.fold.height);
  import_rows (&scene, NULL, rows);
  fixture_membership_next (&scene.party);
  fixture_assert_reason (undo (&scene, &scene.party.device, &first), COSMIC_REASON_NONE);
  for (guint i = 0; i < ROWS; i++)
    {
      DpopMember row = fixture_scene_look (&scene, &rows[i]);

      g_assert_cmpint (row.standing.state, ==, DPOP_MEMBER_FORMER);
      g_assert_true (row.withdrawn);
    }
  g_assert_cmpuint (dpop_roll_count (scene.party.authority, &cosmic_id_zero,
                                     scene.party.fold.height),
                    ==, members);
  /* They were on the roll while they were there. */
  g_assert_cmpuint (dpop_roll_count (scene.party.authority, &cosmic_id_zero,
                                     scene.party.fold.height - 1),
                    ==, members + ROWS);
  g_assert_true (dpop_roll_entitled (scene.party.authority, &rows[0], &cosmic_id_zero,
                                     scene.party.fold.height - 1));
  fixture_assert_reason (undo (&scene, &scene.party.device, &first),
                         COSMIC_REASON_NO_SUCH_SUBJECT);
  fixture_scene_clear (&scene);
}

static void
test_who_has_acted_since_stays (void)
{
  CosmicId rows[ROWS];
  FixtureScene scene;

  fixture_scene_init (&scene, fixture_charter ());
  import_rows (&scene, &scene.north, rows);
  fixture_membership_device (&scene.party, &rows[0]);
  fixture_membership_grant (&scene.party, &rows[1], FIXTURE_CLERK, &scene.north);
  fixture_scene_say (&scene, &scene.party.device,
                     dpop_member_command_state (&rows[2], DPOP_MEMBER_MEMBER,
                                                DPOP_MEMBER_SUSPENDED));
  fixture_scene_say (&scene, &scene.party.device,
                     dpop_member_command_assign_unit (&rows[3], &scene.south, TRUE));
  fixture_assert_reason (update (&scene, &scene.party.device, &rows[4], NULL), COSMIC_REASON_NONE);
  for (guint i = 0; i < ROWS; i++)
    fixture_assert_reason (dpop_member_undo_check (scene.party.authority, &first, &rows[i]),
                           i < ROWS - 1 ? DPOP_REASON_HAS_ACTED : COSMIC_REASON_NONE);
  fixture_assert_reason (undo (&scene, &scene.party.device, &first), COSMIC_REASON_NONE);
  for (guint i = 0; i < ROWS; i++)
    g_assert_cmpint (fixture_scene_look (&scene, &rows[i]).withdrawn, ==, i == ROWS - 1);
  fixture_assert_reason (undo (&scene, &scene.party.device, &first), DPOP_REASON_HAS_ACTED);
  fixture_scene_clear (&scene);
}

static void
test_a_role_once_held_is_remembered (void)
{
  CosmicId rows[ROWS];
  FixtureScene scene;

  fixture_scene_init (&scene, fixture_charter ());
  import_rows (&scene, &scene.north, rows);
  fixture_membership_grant (&scene.party, &rows[0], FIXTURE_CLERK, &scene.north);
  fixture_scene_say (&scene, &scene.party.device,
                     dpop_member_command_revoke (&rows[0], FIXTURE_CLERK, &scene.north));
  fixture_assert_reason (dpop_member_undo_check (scene.party.authority, &first, &rows[0]),
                         DPOP_REASON_HAS_ACTED);
  fixture_scene_clear (&scene);
}

static void
test_what_an_import_corrected_is_as_it_was (void)
{
  CosmicId before, by_first, rows[ROWS];
  FixtureScene scene;

  fixture_scene_init (&scene, fixture_charter ());
  import_rows (&scene, NULL, rows);
  before = details_operation (&scene, &scene.bea);
  update (&scene, &scene.party.device, &scene.bea, &second);
  update (&scene, &scene.party.device, &scene.bea, &second);
  by_first = details_operation (&scene, &rows[0]);
  update (&scene, &scene.party.device, &rows[0], &second);
  fixture_assert_reason (dpop_member_undo_check (scene.party.authority, &first, &rows[0]),
                         DPOP_REASON_HAS_ACTED);
  fixture_assert_reason (undo (&scene, &scene.party.device, &second), COSMIC_REASON_NONE);
  g_assert_cmpmem (details_operation (&scene, &scene.bea).bytes, COSMIC_ID_SIZE, before.bytes,
                   COSMIC_ID_SIZE);
  g_assert_cmpint (fixture_scene_look (&scene, &scene.bea).standing.state, ==,
                   DPOP_MEMBER_MEMBER);
  g_assert_cmpmem (details_operation (&scene, &rows[0]).bytes, COSMIC_ID_SIZE, by_first.bytes,
                   COSMIC_ID_SIZE);
  /* With the second import gone, the first can be undone, too. */
  fixture_assert_reason (undo (&scene, &scene.party.device, &first), COSMIC_REASON_NONE);
  g_assert_true (fixture_scene_look (&scene, &rows[0]).withdrawn);
  fixture_scene_clear (&scene);
}

static void
test_what_was_corrected_after_an_import_stays (void)
{
  CosmicId by_hand;
  FixtureScene scene;

  fixture_scene_init (&scene, fixture_charter ());
  update (&scene, &scene.party.device, &scene.ada, &second);
  update (&scene, &scene.ada_device, &scene.ada, NULL);
  by_hand = details_operation (&scene, &scene.ada);
  fixture_assert_reason (undo (&scene, &scene.party.device, &second), DPOP_REASON_HAS_ACTED);
  g_assert_cmpmem (details_operation (&scene, &scene.ada).bytes, COSMIC_ID_SIZE, by_hand.bytes,
                   COSMIC_ID_SIZE);
  fixture_scene_clear (&scene);
}

static void
test_an_import_is_undone_by_who_may_for_every_row (void)
{
  DpopCharter *charter = fixture_charter ();
  CosmicId rows[ROWS], south = { { 77 } };
  FixtureScene scene;

  charter->roles[FIXTURE_CLERK].permissions.actions[DPOP_REACH_OWN_UNIT]
      |= BIT (DPOP_ACTION_ENROL);
  fixture_scene_init (&scene, charter);
  import_rows (&scene, &scene.north, rows);
  fixture_scene_say (&scene, &scene.party.device,
                     fixture_membership_add (&south, &scene.south, DPOP_MEMBER_MEMBER, &first));
  fixture_assert_reason (undo (&scene, &scene.ada_device, &first), COSMIC_REASON_NOT_ALLOWED);
  fixture_assert_reason (undo (&scene, &scene.clerk_device, &first), COSMIC_REASON_NOT_ALLOWED);
  for (guint i = 0; i < ROWS; i++)
    g_assert_false (fixture_scene_look (&scene, &rows[i]).withdrawn);
  fixture_assert_reason (undo (&scene, &scene.party.device, &first), COSMIC_REASON_NONE);
  fixture_scene_clear (&scene);
}

static void
test_what_was_entered_by_hand_is_no_import (void)
{
  FixtureScene scene;

  fixture_scene_init (&scene, fixture_charter ());
  fixture_assert_reason (undo (&scene, &scene.party.device, &cosmic_id_zero),
                         COSMIC_REASON_BAD_BODY);
  fixture_assert_reason (undo (&scene, &scene.party.device, &first),
                         COSMIC_REASON_NO_SUCH_SUBJECT);
  fixture_assert_reason (dpop_member_undo_check (scene.party.authority, &cosmic_id_zero,
                                                 &scene.ada),
                         COSMIC_REASON_NO_SUCH_SUBJECT);
  fixture_scene_clear (&scene);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/undo/Whom an import added are gone", test_whom_an_import_added_are_gone);
  g_test_add_func ("/undo/Who has acted since stays", test_who_has_acted_since_stays);
  g_test_add_func ("/undo/A role once held is remembered", test_a_role_once_held_is_remembered);
  g_test_add_func ("/undo/What an import corrected is as it was",
                   test_what_an_import_corrected_is_as_it_was);
  g_test_add_func ("/undo/What was corrected after an import stays",
                   test_what_was_corrected_after_an_import_stays);
  g_test_add_func ("/undo/An import is undone by who may for every row",
                   test_an_import_is_undone_by_who_may_for_every_row);
  g_test_add_func ("/undo/What was entered by hand is no import",
                   test_what_was_entered_by_hand_is_no_import);
  return g_test_run ();
}
