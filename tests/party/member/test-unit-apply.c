/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-authority.h"
#include "dpop-unit.h"
#include "fixture-charter.h"
#include "fixture-membership.h"

#define BIT DPOP_CHARTER_BIT

/* Ids of a unit that is to be. */
typedef struct
{
  CosmicId unit, body_key, personal_key, shares;
} Plan;

static const Plan plan = { { { 1 } }, { { 2 } }, { { 3 } }, { { 4 } } };

static DpopClaim *
add_unit (const Plan *unit, guint8 kind)
{
  return dpop_member_command_add_unit (&unit->unit, kind, &unit->body_key, &unit->personal_key,
                                       &unit->shares, "East");
}

static void
test_a_unit_is_a_scope_with_keys_of_its_own (void)
{
  FixtureScene scene;
  CosmicId key;
  DpopUnit unit;

  fixture_scene_init (&scene, fixture_charter ());
  g_assert_false (dpop_unit_exists (scene.party.authority, &plan.unit));
  fixture_assert_reason (fixture_scene_say (&scene, &scene.party.device, add_unit (&plan, 0)),
                         COSMIC_REASON_NONE);
  g_assert_true (dpop_unit_load (scene.party.authority, &plan.unit, &unit));
  g_assert_cmpuint (unit.kind, ==, 0);
  g_assert_cmpuint (unit.since, ==, scene.party.fold.height);
  g_assert_true (cosmic_id_same (&unit.name, &scene.party.last));
  g_assert_true (cosmic_authority_scope_key (scene.party.authority, &plan.unit, FALSE, &key, NULL));
  g_assert_true (cosmic_id_same (&key, &plan.body_key));
  g_assert_true (cosmic_authority_scope_key (scene.party.authority, &plan.unit, TRUE, &key, NULL));
  g_assert_true (cosmic_id_same (&key, &plan.personal_key));
  fixture_scene_clear (&scene);
}

static void
test_a_unit_that_cannot_be_is_not_made (void)
{
  Plan zero = plan, one_key = plan, old_key = plan;
  FixtureScene scene;

  fixture_scene_init (&scene, fixture_charter ());
  zero.unit = cosmic_id_zero;
  one_key.personal_key = one_key.body_key;
  cosmic_authority_scope_key (scene.party.authority, &scene.north, FALSE, &old_key.body_key, NULL);
  fixture_assert_reason (fixture_scene_say (&scene, &scene.party.device, add_unit (&zero, 0)),
                         COSMIC_REASON_BAD_BODY);
  fixture_assert_reason (fixture_scene_say (&scene, &scene.party.device, add_unit (&plan, 1)),
                         COSMIC_REASON_NO_SUCH_SUBJECT);
  fixture_assert_reason (fixture_scene_say (&scene, &scene.ada_device, add_unit (&plan, 0)),
                         COSMIC_REASON_NOT_ALLOWED);
  fixture_assert_reason (fixture_scene_say (&scene, &scene.clerk_device, add_unit (&plan, 0)),
                         COSMIC_REASON_NOT_ALLOWED);
  fixture_assert_reason (fixture_scene_say (&scene, &scene.party.device, add_unit (&one_key, 0)),
                         COSMIC_REASON_ALREADY);
  fixture_assert_reason (fixture_scene_say (&scene, &scene.party.device, add_unit (&old_key, 0)),
                         COSMIC_REASON_ALREADY);
  g_assert_false (dpop_unit_exists (scene.party.authority, &plan.unit));
  fixture_assert_reason (fixture_scene_say (&scene, &scene.party.device, add_unit (&plan, 0)),
                         COSMIC_REASON_NONE);
  old_key = plan;
  old_key.body_key.bytes[31] = old_key.personal_key.bytes[31] = 1;
  fixture_assert_reason (fixture_scene_say (&scene, &scene.party.device, add_unit (&old_key, 0)),
                         COSMIC_REASON_ALREADY);
  fixture_scene_clear (&scene);
}

static DpopClaim *
name_for (const CosmicId *unit, const CosmicId *scope)
{
  GVariant *fields[] = { cosmic_codec_new_id (unit) };

  return dpop_claim_new (DPOP_KIND_UNIT_NAME, g_variant_new_tuple (fields, 1),
                         dpop_unit_name_encode ("West"), scope);
}

static void
test_a_unit_is_renamed_by_who_may_for_all_to_read (void)
{
  FixtureScene scene;
  DpopUnit unit;

  fixture_scene_init (&scene, fixture_charter ());
  fixture_assert_reason (fixture_scene_say (&scene, &scene.party.device,
                                            dpop_member_command_name_unit (&scene.north, "West")),
                         COSMIC_REASON_NONE);
  g_assert_true (dpop_unit_load (scene.party.authority, &scene.north, &unit));
  g_assert_true (cosmic_id_same (&unit.name, &scene.party.last));
  fixture_assert_reason (fixture_scene_say (&scene, &scene.clerk_device,
                                            dpop_member_command_name_unit (&scene.north, "West")),
                         COSMIC_REASON_NOT_ALLOWED);
  fixture_assert_reason (fixture_scene_say (&scene, &scene.party.device,
                                            dpop_member_command_name_unit (&plan.unit, "West")),
                         COSMIC_REASON_NO_SUCH_SUBJECT);
  fixture_assert_reason (fixture_scene_say (&scene, &scene.party.device,
                                            name_for (&scene.north, &scene.north)),
                         DPOP_REASON_WRONG_SCOPE);
  fixture_scene_clear (&scene);
}

static void
test_members_are_put_into_units_by_who_may (void)
{
  DpopCharter *charter = fixture_charter ();
  FixtureScene scene;
  DpopMember ada;

  charter->roles[FIXTURE_CLERK].permissions.actions[DPOP_REACH_OWN_UNIT]
      |= BIT (DPOP_ACTION_ASSIGN_UNIT);
  fixture_scene_init (&scene, charter);
  fixture_assert_reason (fixture_scene_say (&scene, &scene.clerk_device,
                                            dpop_member_command_assign_unit (&scene.cyd,
                                                                             &scene.north, TRUE)),
                         COSMIC_REASON_NONE);
  fixture_assert_reason (fixture_scene_say (&scene, &scene.clerk_device,
                                            dpop_member_command_assign_unit (&scene.cyd,
                                                                             &scene.south, TRUE)),
                         COSMIC_REASON_NOT_ALLOWED);
  fixture_assert_reason (fixture_scene_say (&scene, &scene.ada_device,
                                            dpop_member_command_assign_unit (&scene.ada,
                                                                             &scene.south, TRUE)),
                         COSMIC_REASON_NOT_ALLOWED);
  fixture_assert_reason (fixture_scene_say (&scene, &scene.clerk_device,
                                            dpop_member_command_assign_unit (&scene.ada,
                                                                             &scene.north, TRUE)),
                         COSMIC_REASON_ALREADY);
  fixture_assert_reason (fixture_scene_say (&scene, &scene.party.device,
                                            dpop_member_command_assign_unit (&scene.ada,
                                                                             &scene.south, FALSE)),
                         COSMIC_REASON_ALREADY);
  fixture_assert_reason (fixture_scene_say (&scene, &scene.party.device,
                                            dpop_member_command_assign_unit (&scene.ada,
                                                                             &plan.unit, TRUE)),
                         COSMIC_REASON_NO_SUCH_SUBJECT);
  fixture_assert_reason (fixture_scene_say (&scene, &scene.party.device,
                                            dpop_member_command_assign_unit (&scene.north,
                                                                             &scene.north, TRUE)),
                         COSMIC_REASON_NO_SUCH_SUBJECT);
  fixture_assert_reason (fixture_scene_say (&scene, &scene.clerk_device,
                                            dpop_member_command_assign_unit (&scene.ada,
                                                                             &scene.north, FALSE)),
                         COSMIC_REASON_NONE);
  ada = fixture_scene_look (&scene, &scene.ada);
  g_assert_cmpuint (ada.standing.n_units, ==, 0);
  fixture_scene_clear (&scene);
}

static void
test_former_members_join_no_unit (void)
{
  FixtureScene scene;

  fixture_scene_init (&scene, fixture_charter ());
  fixture_scene_say (&scene, &scene.ada_device,
                     dpop_member_command_remove (&scene.ada, DPOP_REMOVAL_LEFT, NULL));
  fixture_assert_reason (fixture_scene_say (&scene, &scene.party.device,
                                            dpop_member_command_assign_unit (&scene.ada,
                                                                             &scene.south, TRUE)),
                         DPOP_REASON_NOT_A_MEMBER);
  fixture_scene_clear (&scene);
}

typedef struct
{
  GArray *ids;
  guint stop_at;
} Seen;

static gboolean
see_unit (const DpopUnit *unit, gpointer data)
{
  Seen *seen = data;

  g_array_append_val (seen->ids, unit->id);
  return seen->ids->len < seen->stop_at;
}

static gboolean
see_member (const DpopMember *member, gpointer data)
{
  Seen *seen = data;

  g_array_append_val (seen->ids, member->id);
  return seen->ids->len < seen->stop_at;
}

static void
test_units_and_their_members_are_told (void)
{
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  g_autoptr (GArray) first = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  Seen seen_units = { units, 100 }, seen_members = { members, 100 }, seen_first = { first, 1 };
  FixtureScene scene;

  fixture_scene_init (&scene, fixture_charter ());
  fixture_scene_say (&scene, &scene.party.device,
                     dpop_member_command_assign_unit (&scene.ada, &scene.north, FALSE));
  dpop_unit_each (scene.party.authority, see_unit, &seen_units);
  dpop_unit_each (scene.party.authority, see_unit, &seen_first);
  dpop_member_query_in_unit (scene.party.authority, &scene.north, see_member, &seen_members);
  g_assert_cmpuint (units->len, ==, 2);
  g_assert_cmpuint (first->len, ==, 1);
  g_assert_true (cosmic_ids_contain (units, &scene.north));
  g_assert_true (cosmic_ids_contain (units, &scene.south));
  g_assert_cmpuint (members->len, ==, 2);
  g_assert_true (cosmic_ids_contain (members, &scene.clerk));
  g_assert_true (cosmic_ids_contain (members, &scene.bea));
  fixture_scene_clear (&scene);
}

static void
test_a_name_is_short_plain_text (void)
{
  static const char *const good[] = { "N", "Ortsverein Köln-Süd", "東京" };
  static const char *const bad[] = { "", "a\nb", "a\tb", "a\x7f", "\xff", "\xc2\x85" };
  g_autofree char *longest = g_strnfill (DPOP_UNIT_NAME_MAX, 'x');
  g_autofree char *longer = g_strnfill (DPOP_UNIT_NAME_MAX + 1, 'x');
  g_autoptr (GVariant) later = g_variant_ref_sink (g_variant_new ("(ys)", 2, "North"));
  g_autoptr (GVariant) other = g_variant_ref_sink (g_variant_new ("(s)", "North"));

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GVariant) encoded = g_variant_ref_sink (dpop_unit_name_encode (good[i]));
      g_autofree char *back = dpop_unit_name_decode (encoded);

      g_assert_true (dpop_unit_name_fits (good[i]));
      g_assert_cmpstr (back, ==, good[i]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (dpop_unit_name_fits (bad[i]));
  g_assert_true (dpop_unit_name_fits (longest));
  g_assert_false (dpop_unit_name_fits (longer));
  g_assert_null (dpop_unit_name_decode (later));
  g_assert_null (dpop_unit_name_decode (other));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/unit/A unit is a scope with keys of its own",
                   test_a_unit_is_a_scope_with_keys_of_its_own);
  g_test_add_func ("/unit/A unit that cannot be is not made",
                   test_a_unit_that_cannot_be_is_not_made);
  g_test_add_func ("/unit/A unit is renamed by who may, for all to read",
                   test_a_unit_is_renamed_by_who_may_for_all_to_read);
  g_test_add_func ("/unit/Members are put into units by who may",
                   test_members_are_put_into_units_by_who_may);
  g_test_add_func ("/unit/Former members join no unit", test_former_members_join_no_unit);
  g_test_add_func ("/unit/Units and their members are told",
                   test_units_and_their_members_are_told);
  g_test_add_func ("/unit/A name is short plain text", test_a_name_is_short_plain_text);
  return g_test_run ();
}
