/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-membership.h"
#include "fixture-charter.h"
#include "fixture-membership.h"

#define BIT DPOP_CHARTER_BIT

static DpopClaim *
details_of (FixtureScene *self, const CosmicId *member, const CosmicId *import)
{
  g_autoptr (DpopMemberDetails) details = fixture_membership_details ("Ada B.");

  return dpop_member_command_details (self->party.authority, member, import, details);
}

/* --- Taking in. ------------------------------------------------------------------------------ */

static void
test_the_founder_is_a_member_with_the_charters_roles (void)
{
  FixtureMembership party;
  DpopMember founder;

  fixture_membership_init (&party, fixture_charter (), 1);
  g_assert_true (dpop_member_query_load (party.authority, &party.founder, &founder));
  g_assert_cmpint (founder.standing.state, ==, DPOP_MEMBER_MEMBER);
  g_assert_cmpuint (founder.standing.n_roles, ==, 1);
  g_assert_cmpuint (founder.standing.roles[0].role, ==, FIXTURE_CHAIR);
  g_assert_cmpuint (founder.since, ==, 1);
  g_assert_true (founder.has_device);
  g_assert_true (cosmic_id_is_zero (&founder.details));
  fixture_membership_clear (&party);
}

static void
test_a_founding_takes_no_other_roles_than_the_charters (void)
{
  static const guint16 none[] = { 0 }, more[] = { 0, 1 }, other[] = { 1 }, twice[] = { 0, 0 };
  const struct
  {
    const guint16 *roles;
    guint n;
  } wrong[] = { { none, 0 }, { more, 2 }, { other, 1 }, { twice, 2 } };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GArray) roles = g_array_new (FALSE, FALSE, sizeof (guint16));
      FixtureMembership party;

      if (wrong[i].n > 0)
        g_array_append_vals (roles, wrong[i].roles, wrong[i].n);
      fixture_assert_reason (fixture_membership_found (&party, fixture_charter (), 1, roles),
                             COSMIC_REASON_BAD_BODY);
      g_assert_null (dpop_membership_charter (party.authority));
      fixture_membership_clear (&party);
    }
}

static void
test_a_founder_holds_no_role_of_a_unit (void)
{
  g_autoptr (GArray) roles = g_array_new (FALSE, FALSE, sizeof (guint16));
  const guint16 clerk = FIXTURE_CLERK;
  DpopCharter *charter = fixture_charter ();
  FixtureMembership party;

  charter->founder = BIT (FIXTURE_CLERK);
  g_array_append_val (roles, clerk);
  fixture_assert_reason (fixture_membership_found (&party, charter, 1, roles),
                         COSMIC_REASON_BAD_BODY);
  fixture_membership_clear (&party);
}

static void
test_who_may_enrol_takes_a_person_in (void)
{
  FixtureScene scene;
  DpopMember ada;
  CosmicId new_one = { { 9 } };

  fixture_scene_init (&scene, fixture_charter ());
  fixture_assert_reason (
      fixture_scene_say (&scene, &scene.party.device,
                         fixture_membership_add (&new_one, &scene.north, DPOP_MEMBER_MEMBER, NULL)),
      COSMIC_REASON_NONE);
  ada = fixture_scene_look (&scene, &new_one);
  g_assert_cmpint (ada.standing.state, ==, DPOP_MEMBER_MEMBER);
  g_assert_true (dpop_standing_in_unit (&ada.standing, &scene.north));
  g_assert_false (dpop_standing_in_unit (&ada.standing, &scene.south));
  g_assert_true (cosmic_id_same (&ada.details, &scene.party.last));
  g_assert_true (cosmic_id_same (&ada.details_scope, &scene.north));
  g_assert_true (ada.on_behalf);
  g_assert_false (ada.has_device);
  g_assert_cmpuint (ada.since, ==, scene.party.fold.height);
  fixture_assert_reason (
      fixture_scene_say (&scene, &scene.party.device,
                         fixture_membership_add (&new_one, NULL, DPOP_MEMBER_MEMBER, NULL)),
      COSMIC_REASON_ALREADY);
  fixture_scene_clear (&scene);
}

static void
test_who_may_not_enrol_does_not (void)
{
  const CosmicId stranger = { { 8 } };
  CosmicId new_one = { { 9 } };
  DpopMember member;
  FixtureScene scene;

  fixture_scene_init (&scene, fixture_charter ());
  fixture_assert_reason (
      fixture_scene_say (&scene, &scene.ada_device,
                         fixture_membership_add (&new_one, NULL, DPOP_MEMBER_MEMBER, NULL)),
      COSMIC_REASON_NOT_ALLOWED);
  fixture_assert_reason (
      fixture_scene_say (&scene, &scene.clerk_device,
                         fixture_membership_add (&new_one, &scene.north, DPOP_MEMBER_MEMBER, NULL)),
      COSMIC_REASON_NOT_ALLOWED);
  fixture_assert_reason (
      fixture_scene_say (&scene, &stranger,
                         fixture_membership_add (&new_one, NULL, DPOP_MEMBER_MEMBER, NULL)),
      COSMIC_REASON_UNKNOWN_AUTHOR);
  g_assert_false (dpop_member_query_load (scene.party.authority, &new_one, &member));
  fixture_scene_clear (&scene);
}

static void
test_who_enrols_for_one_unit_fills_no_other (void)
{
  DpopCharter *charter = fixture_charter ();
  g_autoptr (GArray) both = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  g_autoptr (DpopMemberDetails) details = fixture_membership_details ("Ada");
  CosmicId first = { { 9 } }, second = { { 10 } };
  FixtureScene scene;

  charter->roles[FIXTURE_CLERK].permissions.actions[DPOP_REACH_OWN_UNIT] |= BIT (DPOP_ACTION_ENROL);
  fixture_scene_init (&scene, charter);
  g_array_append_val (both, scene.north);
  g_array_append_val (both, scene.south);
  fixture_assert_reason (
      fixture_scene_say (&scene, &scene.clerk_device,
                         dpop_member_command_add (&first, both, DPOP_MEMBER_MEMBER, NULL, details)),
      COSMIC_REASON_NOT_ALLOWED);
  fixture_assert_reason (
      fixture_scene_say (&scene, &scene.clerk_device,
                         fixture_membership_add (&first, &scene.south, DPOP_MEMBER_MEMBER, NULL)),
      COSMIC_REASON_NOT_ALLOWED);
  fixture_assert_reason (
      fixture_scene_say (&scene, &scene.clerk_device,
                         fixture_membership_add (&first, NULL, DPOP_MEMBER_MEMBER, NULL)),
      COSMIC_REASON_NOT_ALLOWED);
  fixture_assert_reason (
      fixture_scene_say (&scene, &scene.clerk_device,
                         fixture_membership_add (&first, &scene.north, DPOP_MEMBER_MEMBER, NULL)),
      COSMIC_REASON_NONE);
  fixture_assert_reason (fixture_scene_say (&scene, &scene.party.device,
                                            dpop_member_command_add (
                                                &second, both, DPOP_MEMBER_MEMBER, NULL, details)),
                         COSMIC_REASON_NONE);
  fixture_scene_clear (&scene);
}

/* Fields of a member-add as they are put together by hand. */
static CosmicReason
say_add (FixtureScene *self, const CosmicId *member, GVariant *units, guint8 state,
         gboolean personal, const CosmicId *scope)
{
  GVariant *fields[] = { cosmic_codec_new_id (member), units, g_variant_new_byte (state),
                         cosmic_codec_new_id (&cosmic_id_zero) };
  g_autoptr (DpopMemberDetails) details = fixture_membership_details ("Ada");

  return fixture_scene_say (self, &self->party.device,
                            dpop_claim_new (DPOP_KIND_MEMBER_ADD, g_variant_new_tuple (fields, 4),
                                            personal ? dpop_member_details_encode (details) : NULL,
                                            scope));
}

static GVariant *
unit_list (const CosmicId *a, const CosmicId *b)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (CosmicId));

  if (a != NULL)
    g_array_append_val (ids, *a);
  if (b != NULL)
    g_array_append_val (ids, *b);
  return cosmic_codec_new_ids (ids);
}

static void
test_a_malformed_enrolment_is_void (void)
{
  const CosmicId id = { { 9 } }, nowhere = { { 77 } };
  GVariant *short_id[4];
  FixtureScene scene;
  gboolean ascending;
  CosmicReason reason;

  fixture_scene_init (&scene, fixture_charter ());
  ascending = cosmic_id_compare (&scene.north, &scene.south) < 0;
  reason = say_add (&scene, &cosmic_id_zero, unit_list (NULL, NULL), 2, TRUE, NULL);
  fixture_assert_reason (reason, COSMIC_REASON_BAD_BODY);
  for (guint state = 0; state < 256; state++)
    if (state < DPOP_MEMBER_APPLICANT || state > DPOP_MEMBER_SUSPENDED)
      fixture_assert_reason (say_add (&scene, &id, unit_list (NULL, NULL), state, TRUE, NULL),
                             COSMIC_REASON_BAD_BODY);
  fixture_assert_reason (say_add (&scene, &id,
                                  ascending ? unit_list (&scene.south, &scene.north)
                                            : unit_list (&scene.north, &scene.south),
                                  2, TRUE, &scene.north),
                         COSMIC_REASON_BAD_BODY);
  fixture_assert_reason (
      say_add (&scene, &id, unit_list (&scene.north, &scene.north), 2, TRUE, &scene.north),
      COSMIC_REASON_BAD_BODY);
  fixture_assert_reason (say_add (&scene, &id, unit_list (&nowhere, NULL), 2, TRUE, NULL),
                         COSMIC_REASON_NO_SUCH_SUBJECT);
  fixture_assert_reason (say_add (&scene, &id, unit_list (NULL, NULL), 2, FALSE, NULL),
                         COSMIC_REASON_PERSONAL);
  short_id[0] = cosmic_codec_new_bytes ("short", 5);
  short_id[1] = unit_list (NULL, NULL);
  short_id[2] = g_variant_new_byte (2);
  short_id[3] = cosmic_codec_new_id (&cosmic_id_zero);
  fixture_assert_reason (
      fixture_scene_say (&scene, &scene.party.device,
                         dpop_claim_new (DPOP_KIND_MEMBER_ADD, g_variant_new_tuple (short_id, 4),
                                         g_variant_new ("(s)", "Ada"), NULL)),
      COSMIC_REASON_BAD_BODY);
  fixture_scene_clear (&scene);
}

static void
test_particulars_are_for_the_eyes_of_the_members_unit (void)
{
  const CosmicId id = { { 9 } }, other = { { 10 } };
  FixtureScene scene;

  fixture_scene_init (&scene, fixture_charter ());
  fixture_assert_reason (say_add (&scene, &id, unit_list (&scene.north, NULL), 2, TRUE, NULL),
                         DPOP_REASON_WRONG_SCOPE);
  fixture_assert_reason (
      say_add (&scene, &id, unit_list (&scene.north, NULL), 2, TRUE, &scene.south),
      DPOP_REASON_WRONG_SCOPE);
  fixture_assert_reason (say_add (&scene, &id, unit_list (NULL, NULL), 2, TRUE, &scene.north),
                         DPOP_REASON_WRONG_SCOPE);
  fixture_assert_reason (
      say_add (&scene, &id, unit_list (&scene.north, NULL), 2, TRUE, &scene.north),
      COSMIC_REASON_NONE);
  fixture_assert_reason (say_add (&scene, &other, unit_list (NULL, NULL), 2, TRUE, NULL),
                         COSMIC_REASON_NONE);
  fixture_scene_clear (&scene);
}

static void
test_nobody_is_in_more_units_than_fit (void)
{
  CosmicId member;
  FixtureScene scene;

  fixture_scene_init (&scene, fixture_charter ());
  member = fixture_membership_enrol (&scene.party, DPOP_MEMBER_MEMBER, NULL);
  for (guint i = 0; i <= DPOP_STANDING_UNITS_MAX; i++)
    {
      CosmicId unit = fixture_membership_unit (&scene.party);

      fixture_assert_reason (
          fixture_scene_say (&scene, &scene.party.device,
                             dpop_member_command_assign_unit (&member, &unit, TRUE)),
          i < DPOP_STANDING_UNITS_MAX ? COSMIC_REASON_NONE : DPOP_REASON_TOO_MANY);
    }
  g_assert_cmpuint (fixture_scene_look (&scene, &member).standing.n_units, ==,
                    DPOP_STANDING_UNITS_MAX);
  fixture_scene_clear (&scene);
}

/* --- Particulars. ---------------------------------------------------------------------------- */

static void
test_particulars_are_corrected_by_who_may_and_by_oneself (void)
{
  DpopMember ada;
  FixtureScene scene;

  fixture_scene_init (&scene, fixture_charter ());
  fixture_assert_reason (
      fixture_scene_say (&scene, &scene.ada_device, details_of (&scene, &scene.ada, NULL)),
      COSMIC_REASON_NONE);
  ada = fixture_scene_look (&scene, &scene.ada);
  g_assert_true (cosmic_id_same (&ada.details, &scene.party.last));
  g_assert_false (fixture_scene_look (&scene, &scene.ada).on_behalf);
  fixture_assert_reason (
      fixture_scene_say (&scene, &scene.clerk_device, details_of (&scene, &scene.ada, NULL)),
      COSMIC_REASON_NONE);
  g_assert_true (fixture_scene_look (&scene, &scene.ada).on_behalf);
  fixture_assert_reason (
      fixture_scene_say (&scene, &scene.ada_device, details_of (&scene, &scene.bea, NULL)),
      COSMIC_REASON_NOT_ALLOWED);
  fixture_assert_reason (
      fixture_scene_say (&scene, &scene.clerk_device, details_of (&scene, &scene.cyd, NULL)),
      COSMIC_REASON_NOT_ALLOWED);
  fixture_assert_reason (
      fixture_scene_say (&scene, &scene.cyd_device, details_of (&scene, &scene.cyd, NULL)),
      COSMIC_REASON_NONE);
  fixture_assert_reason (
      fixture_scene_say (&scene, &scene.party.device, details_of (&scene, &scene.north, NULL)),
      COSMIC_REASON_NO_SUCH_SUBJECT);
  fixture_scene_clear (&scene);
}

static void
test_particulars_follow_into_the_new_unit (void)
{
  g_autoptr (DpopMemberDetails) details = fixture_membership_details ("Ada");
  GVariant *fields[2];
  FixtureScene scene;
  DpopMember ada;

  fixture_scene_init (&scene, fixture_charter ());
  fixture_assert_reason (
      fixture_scene_say (&scene, &scene.party.device,
                         dpop_member_command_assign_unit (&scene.ada, &scene.north, FALSE)),
      COSMIC_REASON_NONE);
  fixture_assert_reason (
      fixture_scene_say (&scene, &scene.party.device,
                         dpop_member_command_assign_unit (&scene.ada, &scene.south, TRUE)),
      COSMIC_REASON_NONE);
  ada = fixture_scene_look (&scene, &scene.ada);
  g_assert_true (cosmic_id_same (&ada.details_scope, &scene.north));
  fields[0] = cosmic_codec_new_id (&scene.ada);
  fields[1] = cosmic_codec_new_id (&cosmic_id_zero);
  fixture_assert_reason (
      fixture_scene_say (&scene, &scene.party.device,
                         dpop_claim_new (DPOP_KIND_MEMBER_DETAILS, g_variant_new_tuple (fields, 2),
                                         dpop_member_details_encode (details), &scene.north)),
      DPOP_REASON_WRONG_SCOPE);
  fixture_assert_reason (
      fixture_scene_say (&scene, &scene.party.device, details_of (&scene, &scene.ada, NULL)),
      COSMIC_REASON_NONE);
  ada = fixture_scene_look (&scene, &scene.ada);
  g_assert_true (cosmic_id_same (&ada.details_scope, &scene.south));
  fixture_scene_clear (&scene);
}

/* --- States. --------------------------------------------------------------------------------- */

static void
test_moves_go_by_the_charters_table (void)
{
  FixtureScene scene;

  fixture_scene_init (&scene, fixture_charter ());
  fixture_assert_reason (
      fixture_scene_say (
          &scene, &scene.ada_device,
          dpop_member_command_state (&scene.cyd, DPOP_MEMBER_APPLICANT, DPOP_MEMBER_MEMBER)),
      COSMIC_REASON_NOT_ALLOWED);
  fixture_assert_reason (
      fixture_scene_say (
          &scene, &scene.cyd_device,
          dpop_member_command_state (&scene.cyd, DPOP_MEMBER_APPLICANT, DPOP_MEMBER_MEMBER)),
      COSMIC_REASON_NOT_ALLOWED);
  fixture_assert_reason (
      fixture_scene_say (
          &scene, &scene.party.device,
          dpop_member_command_state (&scene.cyd, DPOP_MEMBER_APPLICANT, DPOP_MEMBER_MEMBER)),
      COSMIC_REASON_NONE);
  g_assert_cmpint (fixture_scene_look (&scene, &scene.cyd).standing.state, ==, DPOP_MEMBER_MEMBER);
  fixture_assert_reason (
      fixture_scene_say (
          &scene, &scene.party.device,
          dpop_member_command_state (&scene.cyd, DPOP_MEMBER_APPLICANT, DPOP_MEMBER_MEMBER)),
      DPOP_REASON_OTHER_STATE);
  fixture_assert_reason (
      fixture_scene_say (
          &scene, &scene.party.device,
          dpop_member_command_state (&scene.north, DPOP_MEMBER_APPLICANT, DPOP_MEMBER_MEMBER)),
      COSMIC_REASON_NO_SUCH_SUBJECT);
  fixture_assert_reason (
      fixture_scene_say (
          &scene, &scene.clerk_device,
          dpop_member_command_state (&scene.ada, DPOP_MEMBER_MEMBER, DPOP_MEMBER_SUSPENDED)),
      COSMIC_REASON_NONE);
  fixture_assert_reason (
      fixture_scene_say (
          &scene, &scene.clerk_device,
          dpop_member_command_state (&scene.ada, DPOP_MEMBER_SUSPENDED, DPOP_MEMBER_MEMBER)),
      COSMIC_REASON_NOT_ALLOWED);
  fixture_assert_reason (
      fixture_scene_say (
          &scene, &scene.clerk_device,
          dpop_member_command_state (&scene.cyd, DPOP_MEMBER_MEMBER, DPOP_MEMBER_SUSPENDED)),
      COSMIC_REASON_NOT_ALLOWED);
  fixture_scene_clear (&scene);
}

static void
test_a_state_is_one_of_those_there_are (void)
{
  FixtureScene scene;

  fixture_scene_init (&scene, fixture_charter ());
  for (guint to = 0; to < 256; to++)
    if (to != DPOP_MEMBER_APPLICANT && to != DPOP_MEMBER_SUSPENDED)
      fixture_assert_reason (
          fixture_scene_say (&scene, &scene.party.device,
                             dpop_member_command_state (&scene.ada, DPOP_MEMBER_MEMBER, to)),
          COSMIC_REASON_BAD_BODY);
  fixture_scene_clear (&scene);
}

static void
test_suspending_cuts_nothing (void)
{
  FixtureScene scene;

  fixture_scene_init (&scene, fixture_charter ());
  fixture_assert_reason (
      fixture_scene_say (
          &scene, &scene.party.device,
          dpop_member_command_state (&scene.ada, DPOP_MEMBER_MEMBER, DPOP_MEMBER_SUSPENDED)),
      COSMIC_REASON_NONE);
  g_assert_true (fixture_scene_look (&scene, &scene.ada).has_device);
  fixture_assert_reason (
      fixture_scene_say (&scene, &scene.ada_device, details_of (&scene, &scene.ada, NULL)),
      COSMIC_REASON_NONE);
  fixture_scene_clear (&scene);
}

/* --- Going. ---------------------------------------------------------------------------------- */

static void
test_who_leaves_is_former_and_their_computers_are_cut (void)
{
  DpopMember ada;
  FixtureScene scene;

  fixture_scene_init (&scene, fixture_charter ());
  fixture_membership_grant (&scene.party, &scene.ada, FIXTURE_CLERK, &scene.south);
  fixture_assert_reason (
      fixture_scene_say (&scene, &scene.ada_device,
                         dpop_member_command_remove (&scene.ada, DPOP_REMOVAL_LEFT, NULL)),
      COSMIC_REASON_NONE);
  ada = fixture_scene_look (&scene, &scene.ada);
  g_assert_cmpint (ada.standing.state, ==, DPOP_MEMBER_FORMER);
  g_assert_cmpuint (ada.standing.n_roles, ==, 0);
  g_assert_false (ada.has_device);
  fixture_assert_reason (
      fixture_scene_say (&scene, &scene.ada_device, details_of (&scene, &scene.ada, NULL)),
      COSMIC_REASON_AUTHOR_REMOVED);
  fixture_assert_reason (
      fixture_scene_say (&scene, &scene.party.device,
                         dpop_member_command_remove (&scene.ada, DPOP_REMOVAL_LEFT, NULL)),
      COSMIC_REASON_ALREADY);
  fixture_scene_clear (&scene);
}

static void
test_what_a_removal_keeps_still_acts (void)
{
  g_autoptr (GArray) kept = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  DpopCharter *charter = fixture_charter ();
  FixtureRandom ahead;
  CosmicId next;
  FixtureScene scene;

  charter->moves[DPOP_MEMBER_MEMBER][DPOP_MEMBER_FORMER][DPOP_REACH_EVERYWHERE]
      = BIT (FIXTURE_CHAIR);
  fixture_scene_init (&scene, charter);
  /* The id that the operation after the removal will have: the removal takes two. */
  ahead = scene.party.random;
  for (guint i = 0; i < 3; i++)
    dpop_random_fill (fixture_random_table (&ahead), next.bytes, sizeof next.bytes);
  g_array_append_val (kept, next);
  fixture_assert_reason (
      fixture_scene_say (&scene, &scene.party.device,
                         dpop_member_command_remove (&scene.ada, DPOP_REMOVAL_EXPELLED, kept)),
      COSMIC_REASON_NONE);
  /* Within the cut, so their computer is heard; what a former member may not, it may not. */
  fixture_assert_reason (
      fixture_scene_say (&scene, &scene.ada_device, details_of (&scene, &scene.ada, NULL)),
      COSMIC_REASON_NOT_ALLOWED);
  g_assert_true (cosmic_id_same (&scene.party.last, &next));
  fixture_assert_reason (
      fixture_scene_say (&scene, &scene.ada_device, details_of (&scene, &scene.ada, NULL)),
      COSMIC_REASON_AUTHOR_REMOVED);
  fixture_scene_clear (&scene);
}

static void
test_nobody_is_removed_but_as_the_charter_says (void)
{
  GVariant *fields[3];
  FixtureScene scene;

  fixture_scene_init (&scene, fixture_charter ());
  fixture_assert_reason (
      fixture_scene_say (&scene, &scene.party.device,
                         dpop_member_command_remove (&scene.ada, DPOP_REMOVAL_EXPELLED, NULL)),
      COSMIC_REASON_NOT_ALLOWED);
  fixture_assert_reason (
      fixture_scene_say (&scene, &scene.cyd_device,
                         dpop_member_command_remove (&scene.ada, DPOP_REMOVAL_EXPELLED, NULL)),
      COSMIC_REASON_NOT_ALLOWED);
  fixture_assert_reason (
      fixture_scene_say (&scene, &scene.party.device,
                         dpop_member_command_remove (&scene.north, DPOP_REMOVAL_EXPELLED, NULL)),
      COSMIC_REASON_NO_SUCH_SUBJECT);
  fixture_assert_reason (fixture_scene_say (&scene, &scene.ada_device,
                                            dpop_member_command_remove (&scene.ada, 0, NULL)),
                         COSMIC_REASON_BAD_BODY);
  fixture_assert_reason (
      fixture_scene_say (&scene, &scene.ada_device,
                         dpop_member_command_remove (&scene.ada, DPOP_REMOVAL_LAST + 1, NULL)),
      COSMIC_REASON_BAD_BODY);
  fields[0] = cosmic_codec_new_id (&scene.ada);
  fields[1] = g_variant_new_uint16 (DPOP_REMOVAL_LEFT);
  fields[2] = unit_list (&scene.ada, &scene.ada);
  fixture_assert_reason (
      fixture_scene_say (
          &scene, &scene.ada_device,
          dpop_claim_new (DPOP_KIND_MEMBER_REMOVE, g_variant_new_tuple (fields, 3), NULL, NULL)),
      COSMIC_REASON_BAD_BODY);
  g_assert_true (fixture_scene_look (&scene, &scene.ada).has_device);
  fixture_scene_clear (&scene);
}

static void
test_who_comes_back_comes_without_roles_and_computers (void)
{
  DpopCharter *charter = fixture_charter ();
  DpopMember ada;
  FixtureScene scene;

  charter->moves[DPOP_MEMBER_FORMER][DPOP_MEMBER_MEMBER][DPOP_REACH_EVERYWHERE]
      = BIT (FIXTURE_CHAIR);
  fixture_scene_init (&scene, charter);
  fixture_membership_grant (&scene.party, &scene.ada, FIXTURE_CLERK, &scene.north);
  fixture_scene_say (&scene, &scene.ada_device,
                     dpop_member_command_remove (&scene.ada, DPOP_REMOVAL_LEFT, NULL));
  fixture_membership_next (&scene.party);
  fixture_assert_reason (
      fixture_scene_say (
          &scene, &scene.party.device,
          dpop_member_command_state (&scene.ada, DPOP_MEMBER_FORMER, DPOP_MEMBER_MEMBER)),
      COSMIC_REASON_NONE);
  ada = fixture_scene_look (&scene, &scene.ada);
  g_assert_cmpint (ada.standing.state, ==, DPOP_MEMBER_MEMBER);
  g_assert_cmpuint (ada.standing.n_roles, ==, 0);
  g_assert_cmpuint (ada.admitted, ==, scene.party.fold.height);
  fixture_assert_reason (
      fixture_scene_say (&scene, &scene.ada_device, details_of (&scene, &scene.ada, NULL)),
      COSMIC_REASON_AUTHOR_REMOVED);
  fixture_scene_clear (&scene);
}

/* --- In another's name. ------------------------------------------------------------------------
 */

static void
test_their_own_word_is_entered_for_members_without_a_computer_only (void)
{
  FixtureScene scene;

  fixture_scene_init (&scene, fixture_charter ());
  fixture_assert_reason (
      fixture_scene_say (&scene, &scene.party.device,
                         dpop_member_command_remove (&scene.bea, DPOP_REMOVAL_LEFT, NULL)),
      COSMIC_REASON_NONE);
  fixture_assert_reason (
      fixture_scene_say (&scene, &scene.party.device,
                         dpop_member_command_remove (&scene.ada, DPOP_REMOVAL_LEFT, NULL)),
      COSMIC_REASON_HAS_DEVICE);
  /* The chair may act for others, the clerk may not. */
  fixture_assert_reason (
      fixture_scene_say (&scene, &scene.clerk_device,
                         dpop_member_command_remove (&scene.bea, DPOP_REMOVAL_LEFT, NULL)),
      COSMIC_REASON_ALREADY);
  scene.bea = fixture_membership_enrol (&scene.party, DPOP_MEMBER_MEMBER, &scene.north);
  fixture_assert_reason (
      fixture_scene_say (&scene, &scene.clerk_device,
                         dpop_member_command_remove (&scene.bea, DPOP_REMOVAL_LEFT, NULL)),
      COSMIC_REASON_NOT_ALLOWED);
  fixture_scene_clear (&scene);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/member/The founder is a member with the charter's roles",
                   test_the_founder_is_a_member_with_the_charters_roles);
  g_test_add_func ("/member/A founding takes no other roles than the charter's",
                   test_a_founding_takes_no_other_roles_than_the_charters);
  g_test_add_func ("/member/A founder holds no role of a unit",
                   test_a_founder_holds_no_role_of_a_unit);
  g_test_add_func ("/member/Who may enrol takes a person in", test_who_may_enrol_takes_a_person_in);
  g_test_add_func ("/member/Who may not enrol does not", test_who_may_not_enrol_does_not);
  g_test_add_func ("/member/Who enrols for one unit fills no other",
                   test_who_enrols_for_one_unit_fills_no_other);
  g_test_add_func ("/member/A malformed enrolment is void", test_a_malformed_enrolment_is_void);
  g_test_add_func ("/member/Particulars are for the eyes of the member's unit",
                   test_particulars_are_for_the_eyes_of_the_members_unit);
  g_test_add_func ("/member/Nobody is in more units than fit",
                   test_nobody_is_in_more_units_than_fit);
  g_test_add_func ("/member/Particulars are corrected by who may and by oneself",
                   test_particulars_are_corrected_by_who_may_and_by_oneself);
  g_test_add_func ("/member/Particulars follow into the new unit",
                   test_particulars_follow_into_the_new_unit);
  g_test_add_func ("/member/Moves go by the charter's table", test_moves_go_by_the_charters_table);
  g_test_add_func ("/member/A state is one of those there are",
                   test_a_state_is_one_of_those_there_are);
  g_test_add_func ("/member/Suspending cuts nothing", test_suspending_cuts_nothing);
  g_test_add_func ("/member/Who leaves is former and their computers are cut",
                   test_who_leaves_is_former_and_their_computers_are_cut);
  g_test_add_func ("/member/What a removal keeps still acts", test_what_a_removal_keeps_still_acts);
  g_test_add_func ("/member/Nobody is removed but as the charter says",
                   test_nobody_is_removed_but_as_the_charter_says);
  g_test_add_func ("/member/Who comes back comes without roles and computers",
                   test_who_comes_back_comes_without_roles_and_computers);
  g_test_add_func ("/member/Their own word is entered for members without a computer only",
                   test_their_own_word_is_entered_for_members_without_a_computer_only);
  return g_test_run ();
}
