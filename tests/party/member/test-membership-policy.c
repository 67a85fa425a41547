/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-authority.h"
#include "cosmic-seal.h"
#include "dpop-membership-policy.h"
#include "dpop-membership.h"
#include "fixture-charter.h"
#include "fixture-membership.h"

#define BIT DPOP_CHARTER_BIT

/* Whether MEMBER may, asked as in a fold of what they say. */
static gboolean
may (FixtureScene *scene, const CosmicId *member, CosmicRight right, const CosmicId *subject,
     const CosmicId *scope)
{
  CosmicFold fold = scene->party.fold;

  fold.member = *member;
  return dpop_membership_policy_may (&fold, right, subject, scope);
}

static gboolean
keeps (const FixtureScene *scene, const CosmicId *member, const CosmicId *scope, gboolean personal)
{
  return dpop_membership_policy_holds (scene->party.authority, member, scope, personal);
}

static void
suspend (FixtureScene *scene, const CosmicId *member)
{
  fixture_assert_reason (
      fixture_scene_say (scene, &scene->party.device,
                         dpop_member_command_state (member, DPOP_MEMBER_MEMBER,
                                                    DPOP_MEMBER_SUSPENDED)),
      COSMIC_REASON_NONE);
}

static void
leave (FixtureScene *scene, const CosmicId *device, const CosmicId *member)
{
  fixture_assert_reason (
      fixture_scene_say (scene, device,
                         dpop_member_command_remove (member, DPOP_REMOVAL_LEFT, NULL)),
      COSMIC_REASON_NONE);
}

/* --- Computers. ------------------------------------------------------------------------------ */

static void
test_the_first_computer_is_let_in_by_others_every_further_one_by_oneself (void)
{
  const CosmicId *chair;
  FixtureScene scene;
  CosmicDevice device;
  CosmicId key;

  fixture_scene_init (&scene, fixture_charter ());
  chair = &scene.party.founder;
  g_assert_true (may (&scene, chair, COSMIC_RIGHT_ADD_DEVICE, &scene.bea, &cosmic_id_zero));
  g_assert_false (may (&scene, &scene.ada, COSMIC_RIGHT_ADD_DEVICE, &scene.bea, &cosmic_id_zero));
  g_assert_true (may (&scene, &scene.ada, COSMIC_RIGHT_ADD_DEVICE, &scene.ada, &cosmic_id_zero));
  g_assert_false (may (&scene, chair, COSMIC_RIGHT_ADD_DEVICE, &scene.ada, &cosmic_id_zero));
  g_assert_false (may (&scene, chair, COSMIC_RIGHT_ADD_DEVICE, &scene.north, &cosmic_id_zero));
  /* Switching it off does not open the seat to whoever did. */
  fixture_scene_say (&scene, &scene.ada_device, dpop_claim_new (COSMIC_KIND_DEVICE_OFF,
                                                                cosmic_device_off_body (
                                                                    &scene.ada_device, 0, NULL),
                                                                NULL, NULL));
  g_assert_true (cosmic_authority_device (scene.party.authority, &scene.ada_device, &device));
  g_assert_true (device.off);
  g_assert_false (may (&scene, chair, COSMIC_RIGHT_ADD_DEVICE, &scene.ada, &cosmic_id_zero));
  key = fixture_membership_device (&scene.party, &scene.bea);
  g_assert_false (may (&scene, chair, COSMIC_RIGHT_ADD_DEVICE, &scene.bea, &cosmic_id_zero));
  g_assert_true (cosmic_authority_device (scene.party.authority, &key, &device));
  fixture_scene_clear (&scene);
}

static void
test_who_comes_back_is_let_in_anew (void)
{
  DpopCharter *charter = fixture_charter ();
  FixtureScene scene;

  charter->moves[DPOP_MEMBER_FORMER][DPOP_MEMBER_MEMBER][DPOP_REACH_EVERYWHERE]
      = BIT (FIXTURE_CHAIR);
  fixture_scene_init (&scene, charter);
  leave (&scene, &scene.ada_device, &scene.ada);
  g_assert_false (may (&scene, &scene.party.founder, COSMIC_RIGHT_ADD_DEVICE, &scene.ada,
                       &cosmic_id_zero));
  g_assert_false (may (&scene, &scene.party.founder, COSMIC_RIGHT_INVITE, &scene.ada,
                       &cosmic_id_zero));
  fixture_membership_next (&scene.party);
  fixture_assert_reason (
      fixture_scene_say (&scene, &scene.party.device,
                         dpop_member_command_state (&scene.ada, DPOP_MEMBER_FORMER,
                                                    DPOP_MEMBER_MEMBER)),
      COSMIC_REASON_NONE);
  g_assert_true (may (&scene, &scene.party.founder, COSMIC_RIGHT_ADD_DEVICE, &scene.ada,
                      &cosmic_id_zero));
  fixture_scene_clear (&scene);
}

static void
test_rights_are_the_charters (void)
{
  static const struct
  {
    CosmicRight right;
    DpopAction action;
  } rights[] = { { COSMIC_RIGHT_INVITE, DPOP_ACTION_INVITE },
                 { COSMIC_RIGHT_REMOVE_DEVICE, DPOP_ACTION_SWITCH_OFF_DEVICE },
                 { COSMIC_RIGHT_ERASE, DPOP_ACTION_ERASE } };

  for (gsize i = 0; i < G_N_ELEMENTS (rights); i++)
    for (guint granted = 0; granted < 2; granted++)
      {
        DpopCharter *charter = fixture_charter ();
        guint64 *own_unit = charter->roles[FIXTURE_CLERK].permissions.actions;
        FixtureScene scene;

        if (granted != 0)
          own_unit[DPOP_REACH_OWN_UNIT] |= BIT (rights[i].action);
        fixture_scene_init (&scene, charter);
        g_assert_true (may (&scene, &scene.party.founder, rights[i].right, &scene.ada,
                            &cosmic_id_zero));
        g_assert_cmpint (may (&scene, &scene.clerk, rights[i].right, &scene.ada,
                              &cosmic_id_zero),
                         ==, granted);
        /* In no unit of theirs. */
        g_assert_false (may (&scene, &scene.clerk, rights[i].right, &scene.cyd,
                             &cosmic_id_zero));
        g_assert_false (may (&scene, &scene.ada, rights[i].right, &scene.bea, &cosmic_id_zero));
        g_assert_false (may (&scene, &scene.party.founder, rights[i].right, &scene.north,
                             &cosmic_id_zero));
        suspend (&scene, &scene.clerk);
        g_assert_false (may (&scene, &scene.clerk, rights[i].right, &scene.ada,
                             &cosmic_id_zero));
        fixture_scene_clear (&scene);
      }
}

static void
test_keys_are_rotated_where_the_charter_says (void)
{
  DpopCharter *charter = fixture_charter ();
  FixtureScene scene;

  charter->roles[FIXTURE_CLERK].permissions.actions[DPOP_REACH_OWN_UNIT]
      |= BIT (DPOP_ACTION_ROTATE_KEYS);
  fixture_scene_init (&scene, charter);
  g_assert_true (may (&scene, &scene.clerk, COSMIC_RIGHT_ROTATE, &scene.clerk, &scene.north));
  g_assert_false (may (&scene, &scene.clerk, COSMIC_RIGHT_ROTATE, &scene.clerk, &scene.south));
  g_assert_false (may (&scene, &scene.clerk, COSMIC_RIGHT_ROTATE, &scene.clerk,
                       &cosmic_id_zero));
  g_assert_true (may (&scene, &scene.party.founder, COSMIC_RIGHT_ROTATE, &scene.clerk,
                      &cosmic_id_zero));
  fixture_scene_clear (&scene);
}

static void
test_single_texts_are_erased_by_whom_the_charter_trusts (void)
{
  FixtureScene scene;

  fixture_scene_init (&scene, fixture_charter ());
  g_assert_true (may (&scene, &scene.party.founder, COSMIC_RIGHT_ERASE, &cosmic_id_zero,
                      &cosmic_id_zero));
  g_assert_false (may (&scene, &scene.ada, COSMIC_RIGHT_ERASE, &cosmic_id_zero,
                       &cosmic_id_zero));
  g_assert_true (may (&scene, &scene.ada, COSMIC_RIGHT_ERASE, &scene.ada, &cosmic_id_zero));
  g_assert_false (may (&scene, &scene.ada, 99, &scene.ada, &cosmic_id_zero));
  fixture_scene_clear (&scene);
}

/* --- Keys. ----------------------------------------------------------------------------------- */

static void
test_the_partys_keys_are_held_by_who_takes_part (void)
{
  static const CosmicId stranger = { { 3 } };
  DpopCharter *charter = fixture_charter ();
  FixtureScene scene;

  charter->states[DPOP_MEMBER_APPLICANT] = 0;
  fixture_scene_init (&scene, charter);
  suspend (&scene, &scene.bea);
  for (guint personal = 0; personal < 2; personal++)
    {
      g_assert_true (keeps (&scene, &scene.ada, &cosmic_id_zero, personal));
      g_assert_true (keeps (&scene, &scene.bea, &cosmic_id_zero, personal));
      g_assert_false (keeps (&scene, &scene.cyd, &cosmic_id_zero, personal));
      g_assert_false (keeps (&scene, &stranger, &cosmic_id_zero, personal));
    }
  leave (&scene, &scene.ada_device, &scene.ada);
  g_assert_false (keeps (&scene, &scene.ada, &cosmic_id_zero, FALSE));
  g_assert_false (keeps (&scene, &scene.ada, &scene.north, TRUE));
  fixture_scene_clear (&scene);
  /* Applicants who may comment have to read. */
  fixture_scene_init (&scene, fixture_charter ());
  g_assert_true (keeps (&scene, &scene.cyd, &cosmic_id_zero, FALSE));
  fixture_scene_clear (&scene);
}

static void
test_a_units_personal_key_is_held_by_its_own (void)
{
  static const CosmicId nowhere = { { 3 } };
  FixtureScene scene;

  fixture_scene_init (&scene, fixture_charter ());
  g_assert_true (keeps (&scene, &scene.ada, &scene.north, TRUE));
  g_assert_false (keeps (&scene, &scene.ada, &scene.south, TRUE));
  g_assert_true (keeps (&scene, &scene.ada, &scene.south, FALSE));
  /* The chair reads everywhere, a clerk where they are one. */
  g_assert_true (keeps (&scene, &scene.party.founder, &scene.south, TRUE));
  g_assert_false (keeps (&scene, &scene.clerk, &scene.south, TRUE));
  fixture_membership_grant (&scene.party, &scene.clerk, FIXTURE_CLERK, &scene.south);
  g_assert_true (keeps (&scene, &scene.clerk, &scene.south, TRUE));
  g_assert_false (keeps (&scene, &scene.party.founder, &nowhere, FALSE));
  fixture_scene_clear (&scene);
}

static const DpopMemberReader *
reader (const GArray *readers, DpopReaderKind kind)
{
  for (guint i = 0; i < readers->len; i++)
    if (g_array_index (readers, DpopMemberReader, i).kind == kind)
      return &g_array_index (readers, DpopMemberReader, i);
  return NULL;
}

static void
test_who_else_may_see_it_is_told (void)
{
  g_autoptr (GArray) of_ada = NULL, of_cyd = NULL, of_founder = NULL;
  FixtureScene scene;

  fixture_scene_init (&scene, fixture_charter ());
  of_ada = dpop_member_query_readers (scene.party.authority, &scene.ada);
  of_cyd = dpop_member_query_readers (scene.party.authority, &scene.cyd);
  of_founder = dpop_member_query_readers (scene.party.authority, &scene.party.founder);
  g_assert_cmpuint (of_ada->len, ==, 2);
  g_assert_cmpuint (reader (of_ada, DPOP_READER_UNIT)->n, ==, 3);
  g_assert_true (cosmic_id_same (&reader (of_ada, DPOP_READER_UNIT)->unit, &scene.north));
  g_assert_cmpuint (reader (of_ada, DPOP_READER_ROLE)->n, ==, 1);
  g_assert_cmpuint (reader (of_ada, DPOP_READER_ROLE)->role, ==, FIXTURE_CHAIR);
  g_assert_cmpuint (of_cyd->len, ==, 1);
  g_assert_cmpuint (reader (of_cyd, DPOP_READER_EVERYONE)->n, ==, 5);
  g_assert_cmpuint (of_founder->len, ==, 0);
  fixture_scene_clear (&scene);
}

/* --- In another's name. ---------------------------------------------------------------------- */

static void
test_a_word_is_entered_for_who_has_no_computer (void)
{
  static const CosmicId stranger = { { 3 } };
  FixtureScene scene;
  CosmicFold fold;

  fixture_scene_init (&scene, fixture_charter ());
  fold = scene.party.fold;
  fold.member = scene.party.founder;
  fixture_assert_reason (dpop_membership_acts_for (&fold, &scene.party.founder),
                         COSMIC_REASON_NONE);
  fixture_assert_reason (dpop_membership_acts_for (&fold, &scene.bea), COSMIC_REASON_NONE);
  fixture_assert_reason (dpop_membership_acts_for (&fold, &scene.ada), COSMIC_REASON_HAS_DEVICE);
  fixture_assert_reason (dpop_membership_acts_for (&fold, &stranger),
                         COSMIC_REASON_NO_SUCH_SUBJECT);
  fixture_assert_reason (dpop_membership_check (&fold, &scene.bea, DPOP_ACTION_VOTE, NULL, NULL),
                         COSMIC_REASON_NONE);
  fixture_assert_reason (dpop_membership_check (&fold, NULL, DPOP_ACTION_VOTE, NULL, NULL),
                         COSMIC_REASON_NONE);
  fixture_assert_reason (dpop_membership_check (&fold, &scene.bea, DPOP_ACTION_ENROL, NULL, NULL),
                         COSMIC_REASON_NOT_ALLOWED);
  fixture_assert_reason (dpop_membership_check (&fold, &scene.ada, DPOP_ACTION_VOTE, NULL, NULL),
                         COSMIC_REASON_HAS_DEVICE);
  fold.member = scene.clerk;
  fixture_assert_reason (dpop_membership_acts_for (&fold, &scene.bea),
                         COSMIC_REASON_NOT_ALLOWED);
  g_assert_true (dpop_membership_may (&fold, DPOP_ACTION_READ_MEMBER, &scene.north, NULL));
  g_assert_false (dpop_membership_may (&fold, DPOP_ACTION_READ_MEMBER, &scene.south, NULL));
  g_assert_true (dpop_membership_may (&fold, DPOP_ACTION_READ_MEMBER, &scene.south,
                                      &scene.clerk));
  fold.member = stranger;
  g_assert_false (dpop_membership_may (&fold, DPOP_ACTION_VOTE, NULL, NULL));
  fixture_scene_clear (&scene);
}

/* --- The charter at hand. -------------------------------------------------------------------- */

static gpointer
ask_often (gpointer data)
{
  FixtureScene *scene = data;

  for (guint i = 0; i < 2000; i++)
    {
      g_autoptr (DpopCharter) charter = dpop_membership_charter (scene->party.authority);

      g_assert_cmpuint (charter->witness_count, ==, scene->party.charter->witness_count);
    }
  return NULL;
}

static void
test_two_parties_keep_their_own_rules_in_any_thread (void)
{
  DpopCharter *other = fixture_charter ();
  FixtureScene one, two;
  GThread *threads[4];

  other->witness_count = 9;
  fixture_scene_init (&one, fixture_charter ());
  fixture_scene_init (&two, other);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("asks", ask_often, i % 2 == 0 ? &one : &two);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  fixture_scene_clear (&one);
  fixture_scene_clear (&two);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/policy/The first computer is let in by others, every further one by oneself",
                   test_the_first_computer_is_let_in_by_others_every_further_one_by_oneself);
  g_test_add_func ("/policy/Who comes back is let in anew", test_who_comes_back_is_let_in_anew);
  g_test_add_func ("/policy/Rights are the charter's", test_rights_are_the_charters);
  g_test_add_func ("/policy/Keys are rotated where the charter says",
                   test_keys_are_rotated_where_the_charter_says);
  g_test_add_func ("/policy/Single texts are erased by whom the charter trusts",
                   test_single_texts_are_erased_by_whom_the_charter_trusts);
  g_test_add_func ("/policy/The party's keys are held by who takes part",
                   test_the_partys_keys_are_held_by_who_takes_part);
  g_test_add_func ("/policy/A unit's personal key is held by its own",
                   test_a_units_personal_key_is_held_by_its_own);
  g_test_add_func ("/policy/Who else may see it is told", test_who_else_may_see_it_is_told);
  g_test_add_func ("/policy/A word is entered for who has no computer",
                   test_a_word_is_entered_for_who_has_no_computer);
  g_test_add_func ("/policy/Two parties keep their own rules in any thread",
                   test_two_parties_keep_their_own_rules_in_any_thread);
  return g_test_run ();
}
