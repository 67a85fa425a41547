/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-authority.h"
#include "dpop-membership.h"
#include "fixture-charter.h"
#include "fixture-membership.h"

static CosmicReason
offer (FixtureScene *scene, const CosmicId *device)
{
  CosmicId key;
  g_autoptr (CosmicSecret) witness
      = cosmic_sign_key_new (fixture_random_table (&scene->party.random), key.bytes);

  return fixture_scene_say (scene, device,
                            dpop_claim_new (COSMIC_KIND_WITNESS_OFFER,
                                            cosmic_witness_offer_body (&scene->party.fold.party,
                                                                       device, witness),
                                            NULL, NULL));
}

static DpopClaim *
appointment (const CosmicId *a, const CosmicId *b)
{
  g_autoptr (GArray) devices = g_array_new (FALSE, FALSE, sizeof (CosmicId));

  if (a != NULL)
    g_array_append_vals (devices, a, 1);
  if (b != NULL)
    g_array_append_vals (devices, b, 1);
  return dpop_member_command_appoint_witness (devices);
}

static CosmicReason
appoint (FixtureScene *scene, const CosmicId *a, const CosmicId *b)
{
  return fixture_scene_say (scene, &scene->party.device, appointment (a, b));
}

static CosmicReason
resign (FixtureScene *scene, const CosmicId *by, const CosmicId *device)
{
  return fixture_scene_say (scene, by, dpop_member_command_resign_witness (device));
}

static guint
keepers (const FixtureScene *scene, guint *f)
{
  CosmicWitnesses witnesses;
  guint n;

  g_assert_true (cosmic_authority_witnesses (scene->party.authority, &witnesses));
  n = witnesses.keys->len;
  if (f != NULL)
    *f = witnesses.f;
  g_assert_cmpuint (n, >=, 3 * witnesses.f + 1);
  cosmic_witnesses_clear (&witnesses);
  return n;
}

static void
test_members_offer (void)
{
  FixtureScene scene;

  fixture_scene_init (&scene, fixture_charter ());
  fixture_assert_reason (offer (&scene, &scene.cyd_device), COSMIC_REASON_NOT_ALLOWED);
  fixture_assert_reason (offer (&scene, &scene.ada_device), COSMIC_REASON_NONE);
  g_assert_cmpuint (keepers (&scene, NULL), ==, 1);
  fixture_scene_clear (&scene);
}

static void
test_who_may_appoints_all_at_once (void)
{
  FixtureScene scene;

  fixture_scene_init (&scene, fixture_charter ());
  fixture_assert_reason (offer (&scene, &scene.ada_device), COSMIC_REASON_NONE);
  fixture_assert_reason (fixture_scene_say (&scene, &scene.ada_device,
                                            appointment (&scene.ada_device, NULL)),
                         COSMIC_REASON_NOT_ALLOWED);
  fixture_assert_reason (appoint (&scene, NULL, NULL), COSMIC_REASON_BAD_BODY);
  /* One of them has not offered: none is appointed. */
  fixture_assert_reason (appoint (&scene, &scene.ada_device, &scene.clerk_device),
                         COSMIC_REASON_NO_SUCH_SUBJECT);
  g_assert_cmpuint (keepers (&scene, NULL), ==, 1);
  fixture_assert_reason (offer (&scene, &scene.clerk_device), COSMIC_REASON_NONE);
  fixture_assert_reason (appoint (&scene, &scene.ada_device, &scene.clerk_device),
                         COSMIC_REASON_NONE);
  g_assert_cmpuint (keepers (&scene, NULL), ==, 3);
  g_assert_true (dpop_membership_is_witness (scene.party.authority, &scene.ada));
  fixture_assert_reason (appoint (&scene, &scene.ada_device, NULL), COSMIC_REASON_ALREADY);
  fixture_scene_clear (&scene);
}

static void
test_the_rules_say_how_many_may_fail (void)
{
  DpopCharter *charter = fixture_charter ();
  FixtureScene scene;
  CosmicId device;
  guint f;

  charter->witness_faults = 1;
  charter->witness_count = 4;
  fixture_scene_init (&scene, charter);
  device = fixture_membership_device (&scene.party, &scene.ada);
  fixture_assert_reason (offer (&scene, &scene.ada_device), COSMIC_REASON_NONE);
  fixture_assert_reason (offer (&scene, &scene.clerk_device), COSMIC_REASON_NONE);
  fixture_assert_reason (offer (&scene, &device), COSMIC_REASON_NONE);
  fixture_assert_reason (appoint (&scene, &scene.ada_device, &scene.clerk_device),
                         COSMIC_REASON_NONE);
  g_assert_cmpuint (keepers (&scene, &f), ==, 3);
  g_assert_cmpuint (f, ==, 0);
  fixture_assert_reason (appoint (&scene, &device, NULL), COSMIC_REASON_NONE);
  g_assert_cmpuint (keepers (&scene, &f), ==, 4);
  g_assert_cmpuint (f, ==, 1);
  fixture_scene_clear (&scene);
}

static void
test_a_suspended_member_is_not_appointed (void)
{
  FixtureScene scene;

  fixture_scene_init (&scene, fixture_charter ());
  fixture_assert_reason (offer (&scene, &scene.ada_device), COSMIC_REASON_NONE);
  fixture_assert_reason (
      fixture_scene_say (&scene, &scene.party.device,
                         dpop_member_command_state (&scene.ada, DPOP_MEMBER_MEMBER,
                                                    DPOP_MEMBER_SUSPENDED)),
      COSMIC_REASON_NONE);
  fixture_assert_reason (appoint (&scene, &scene.ada_device, NULL), DPOP_REASON_NOT_A_MEMBER);
  fixture_scene_clear (&scene);
}

static void
test_keepers_resign_for_themselves (void)
{
  FixtureScene scene;
  CosmicId other;

  fixture_scene_init (&scene, fixture_charter ());
  other = fixture_membership_device (&scene.party, &scene.ada);
  fixture_assert_reason (resign (&scene, &scene.party.device, &scene.party.device),
                         COSMIC_REASON_LAST_ONE);
  fixture_assert_reason (resign (&scene, &scene.ada_device, &scene.ada_device),
                         COSMIC_REASON_NO_SUCH_SUBJECT);
  fixture_assert_reason (offer (&scene, &scene.ada_device), COSMIC_REASON_NONE);
  fixture_assert_reason (resign (&scene, &scene.ada_device, &scene.ada_device),
                         COSMIC_REASON_NO_SUCH_SUBJECT);
  fixture_assert_reason (appoint (&scene, &scene.ada_device, NULL), COSMIC_REASON_NONE);
  fixture_assert_reason (resign (&scene, &scene.party.device, &scene.ada_device),
                         COSMIC_REASON_NEEDS_DECISION);
  /* The one that keeps records may be lost. */
  fixture_assert_reason (resign (&scene, &other, &scene.ada_device), COSMIC_REASON_NONE);
  g_assert_cmpuint (keepers (&scene, NULL), ==, 1);
  g_assert_false (dpop_membership_is_witness (scene.party.authority, &scene.ada));
  /* And may come back. */
  fixture_assert_reason (offer (&scene, &scene.ada_device), COSMIC_REASON_NONE);
  fixture_assert_reason (appoint (&scene, &scene.ada_device, NULL), COSMIC_REASON_NONE);
  fixture_scene_clear (&scene);
}

static void
test_who_leaves_resigns (void)
{
  FixtureScene scene;

  fixture_scene_init (&scene, fixture_charter ());
  fixture_assert_reason (offer (&scene, &scene.ada_device), COSMIC_REASON_NONE);
  fixture_assert_reason (appoint (&scene, &scene.ada_device, NULL), COSMIC_REASON_NONE);
  fixture_assert_reason (
      fixture_scene_say (&scene, &scene.ada_device,
                         dpop_member_command_remove (&scene.ada, DPOP_REMOVAL_LEFT, NULL)),
      COSMIC_REASON_NONE);
  g_assert_cmpuint (keepers (&scene, NULL), ==, 1);
  fixture_scene_clear (&scene);
}

/* The founder is the first keeper; with a second one in the chair they may leave, if Ada keeps the
 * records; once she does alone, she may not. */
static void
test_the_last_keeper_does_not_leave (void)
{
  FixtureScene scene;

  fixture_scene_init (&scene, fixture_charter ());
  fixture_membership_grant (&scene.party, &scene.ada, FIXTURE_CHAIR, NULL);
  fixture_assert_reason (
      fixture_scene_say (&scene, &scene.party.device,
                         dpop_member_command_remove (&scene.party.founder, DPOP_REMOVAL_LEFT,
                                                     NULL)),
      COSMIC_REASON_LAST_ONE);
  g_assert_cmpuint (fixture_scene_look (&scene, &scene.party.founder).standing.state, ==,
                    DPOP_MEMBER_MEMBER);
  fixture_assert_reason (offer (&scene, &scene.ada_device), COSMIC_REASON_NONE);
  fixture_assert_reason (appoint (&scene, &scene.ada_device, NULL), COSMIC_REASON_NONE);
  fixture_assert_reason (
      fixture_scene_say (&scene, &scene.party.device,
                         dpop_member_command_remove (&scene.party.founder, DPOP_REMOVAL_LEFT,
                                                     NULL)),
      COSMIC_REASON_NONE);
  fixture_assert_reason (resign (&scene, &scene.ada_device, &scene.ada_device),
                         COSMIC_REASON_LAST_ONE);
  fixture_scene_clear (&scene);
}

/* Who is removed by others still counts, until a decision says otherwise. */
static void
test_a_removal_takes_no_keeper (void)
{
  DpopCharter *charter = fixture_charter ();
  FixtureScene scene;

  charter->moves[DPOP_MEMBER_MEMBER][DPOP_MEMBER_FORMER][DPOP_REACH_EVERYWHERE]
      = DPOP_CHARTER_BIT (FIXTURE_CHAIR);
  fixture_scene_init (&scene, charter);
  fixture_assert_reason (offer (&scene, &scene.ada_device), COSMIC_REASON_NONE);
  fixture_assert_reason (appoint (&scene, &scene.ada_device, NULL), COSMIC_REASON_NONE);
  fixture_assert_reason (
      fixture_scene_say (&scene, &scene.party.device,
                         dpop_member_command_remove (&scene.ada, DPOP_REMOVAL_DIED, NULL)),
      COSMIC_REASON_NONE);
  g_assert_cmpuint (keepers (&scene, NULL), ==, 2);
  g_assert_true (dpop_membership_is_witness (scene.party.authority, &scene.ada));
  fixture_scene_clear (&scene);
}

/* Two keepers who resign at once, in either order: one of them stays. */
static void
test_of_two_that_resign_one_stays (void)
{
  for (guint i = 0; i < 2; i++)
    {
      FixtureScene scene;
      const CosmicId *first, *second;

      fixture_scene_init (&scene, fixture_charter ());
      fixture_assert_reason (offer (&scene, &scene.ada_device), COSMIC_REASON_NONE);
      fixture_assert_reason (appoint (&scene, &scene.ada_device, NULL), COSMIC_REASON_NONE);
      fixture_membership_next (&scene.party);
      first = i == 0 ? &scene.party.device : &scene.ada_device;
      second = i == 0 ? &scene.ada_device : &scene.party.device;
      fixture_assert_reason (resign (&scene, first, first), COSMIC_REASON_NONE);
      fixture_assert_reason (resign (&scene, second, second), COSMIC_REASON_LAST_ONE);
      g_assert_cmpuint (keepers (&scene, NULL), ==, 1);
      fixture_scene_clear (&scene);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/keeper/Members offer", test_members_offer);
  g_test_add_func ("/keeper/Who may, appoints all of them or none",
                   test_who_may_appoints_all_at_once);
  g_test_add_func ("/keeper/The rules say how many may fail, where there are enough",
                   test_the_rules_say_how_many_may_fail);
  g_test_add_func ("/keeper/A suspended member is not appointed",
                   test_a_suspended_member_is_not_appointed);
  g_test_add_func ("/keeper/Keepers resign for themselves", test_keepers_resign_for_themselves);
  g_test_add_func ("/keeper/Who leaves resigns", test_who_leaves_resigns);
  g_test_add_func ("/keeper/The last keeper does not leave",
                   test_the_last_keeper_does_not_leave);
  g_test_add_func ("/keeper/A removal by others takes no keeper",
                   test_a_removal_takes_no_keeper);
  g_test_add_func ("/keeper/Of two that resign, one stays", test_of_two_that_resign_one_stays);
  return g_test_run ();
}
