/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-membership.h"
#include "dpop-roll.h"
#include "fixture-charter.h"
#include "fixture-membership.h"

#define BIT DPOP_CHARTER_BIT

static guint
party_roll (const FixtureScene *scene, guint64 height)
{
  return dpop_roll_count (scene->party.authority, &cosmic_id_zero, height);
}

static gboolean
entitled (const FixtureScene *scene, const CosmicId *member, guint64 height)
{
  return dpop_roll_entitled (scene->party.authority, member, &cosmic_id_zero, height);
}

/* Takes a member from one state to another; must act. */
static void
move (FixtureScene *scene, const CosmicId *member, DpopMemberState from, DpopMemberState to)
{
  fixture_assert_reason (fixture_scene_say (scene, &scene->party.device,
                                            dpop_member_command_state (member, from, to)),
                         COSMIC_REASON_NONE);
}

static void
test_a_height_is_answered_as_it_was (void)
{
  FixtureScene scene;
  guint64 start;

  fixture_scene_init (&scene, fixture_charter ());
  start = scene.party.fold.height;
  move (&scene, &scene.cyd, DPOP_MEMBER_APPLICANT, DPOP_MEMBER_MEMBER);
  fixture_membership_next (&scene.party);
  fixture_membership_next (&scene.party);
  move (&scene, &scene.cyd, DPOP_MEMBER_MEMBER, DPOP_MEMBER_SUSPENDED);
  fixture_membership_next (&scene.party);
  move (&scene, &scene.cyd, DPOP_MEMBER_SUSPENDED, DPOP_MEMBER_MEMBER);
  for (guint64 height = 0; height < start + 10; height++)
    {
      static const DpopMemberState states[] = { DPOP_MEMBER_MEMBER, DPOP_MEMBER_MEMBER,
                                                DPOP_MEMBER_SUSPENDED, DPOP_MEMBER_MEMBER };
      DpopMemberState expected = height < start - 1 ? 0
                                 : height < start   ? DPOP_MEMBER_APPLICANT
                                                    : states[MIN (height - start, 3)];

      g_assert_cmpint (dpop_roll_member_state (scene.party.authority, &scene.cyd, height), ==,
                       expected);
      g_assert_cmpint (entitled (&scene, &scene.cyd, height), ==, expected == DPOP_MEMBER_MEMBER);
      g_assert_cmpuint (party_roll (&scene, height), ==,
                        height == 0           ? 0
                        : height < start - 1  ? 1
                        : expected == DPOP_MEMBER_MEMBER ? 5
                                              : 4);
    }
  fixture_scene_clear (&scene);
}

static void
test_the_end_of_a_batch_is_what_counts (void)
{
  FixtureScene scene;
  guint64 height;

  fixture_scene_init (&scene, fixture_charter ());
  height = scene.party.fold.height;
  move (&scene, &scene.ada, DPOP_MEMBER_MEMBER, DPOP_MEMBER_SUSPENDED);
  g_assert_false (entitled (&scene, &scene.ada, height));
  move (&scene, &scene.ada, DPOP_MEMBER_SUSPENDED, DPOP_MEMBER_MEMBER);
  move (&scene, &scene.bea, DPOP_MEMBER_MEMBER, DPOP_MEMBER_SUSPENDED);
  move (&scene, &scene.bea, DPOP_MEMBER_SUSPENDED, DPOP_MEMBER_MEMBER);
  move (&scene, &scene.bea, DPOP_MEMBER_MEMBER, DPOP_MEMBER_SUSPENDED);
  fixture_membership_next (&scene.party);
  move (&scene, &scene.bea, DPOP_MEMBER_SUSPENDED, DPOP_MEMBER_MEMBER);
  g_assert_true (entitled (&scene, &scene.ada, height));
  g_assert_true (entitled (&scene, &scene.ada, height - 1));
  g_assert_true (entitled (&scene, &scene.bea, height - 1));
  g_assert_false (entitled (&scene, &scene.bea, height));
  g_assert_true (entitled (&scene, &scene.bea, height + 1));
  g_assert_cmpuint (party_roll (&scene, height), ==, 3);
  g_assert_cmpuint (party_roll (&scene, height + 1), ==, 4);
  fixture_scene_clear (&scene);
}

static void
test_a_void_claim_leaves_the_roll_alone (void)
{
  FixtureScene scene;

  fixture_scene_init (&scene, fixture_charter ());
  fixture_assert_reason (
      fixture_scene_say (&scene, &scene.ada_device,
                         dpop_member_command_state (&scene.bea, DPOP_MEMBER_MEMBER,
                                                    DPOP_MEMBER_SUSPENDED)),
      COSMIC_REASON_NOT_ALLOWED);
  g_assert_true (entitled (&scene, &scene.bea, scene.party.fold.height));
  g_assert_cmpuint (party_roll (&scene, scene.party.fold.height), ==, 4);
  fixture_scene_clear (&scene);
}

static void
test_a_unit_has_a_roll_of_its_own (void)
{
  DpopCharter *charter = fixture_charter ();
  static const CosmicId nowhere = { { 5 } };
  CosmicState *authority;
  FixtureScene scene;
  guint64 height;

  charter->plain.actions[DPOP_REACH_OWN_UNIT] |= BIT (DPOP_ACTION_VOTE);
  fixture_scene_init (&scene, charter);
  authority = scene.party.authority;
  height = scene.party.fold.height;
  fixture_scene_say (&scene, &scene.party.device,
                     dpop_member_command_assign_unit (&scene.ada, &scene.north, FALSE));
  fixture_scene_say (&scene, &scene.party.device,
                     dpop_member_command_assign_unit (&scene.ada, &scene.south, TRUE));
  g_assert_cmpuint (dpop_roll_count (authority, &scene.north, height - 1), ==, 3);
  g_assert_cmpuint (dpop_roll_count (authority, &scene.north, height), ==, 2);
  g_assert_cmpuint (dpop_roll_count (authority, &scene.south, height - 1), ==, 0);
  g_assert_cmpuint (dpop_roll_count (authority, &scene.south, height), ==, 1);
  g_assert_true (dpop_roll_entitled (authority, &scene.ada, &scene.north, height - 1));
  g_assert_false (dpop_roll_entitled (authority, &scene.ada, &scene.north, height));
  g_assert_true (dpop_roll_entitled (authority, &scene.ada, &scene.south, height));
  g_assert_false (dpop_roll_entitled (authority, &scene.party.founder, &scene.north, height));
  g_assert_false (dpop_roll_entitled (authority, &scene.ada, &nowhere, height));
  g_assert_cmpuint (dpop_roll_count (authority, &nowhere, height), ==, 0);
  fixture_scene_clear (&scene);
}

static void
test_a_vote_may_come_with_a_role (void)
{
  DpopCharter *charter = fixture_charter ();
  FixtureScene scene;
  guint64 height;

  /* Only clerks vote for the party: an assembly of delegates. */
  charter->plain.actions[DPOP_REACH_PARTY] &= ~BIT (DPOP_ACTION_VOTE);
  charter->plain.actions[DPOP_REACH_OWN_UNIT] |= BIT (DPOP_ACTION_VOTE);
  charter->roles[FIXTURE_CLERK].permissions.actions[DPOP_REACH_PARTY] |= BIT (DPOP_ACTION_VOTE);
  fixture_scene_init (&scene, charter);
  height = scene.party.fold.height;
  fixture_membership_grant (&scene.party, &scene.ada, FIXTURE_CLERK, &scene.south);
  fixture_membership_grant (&scene.party, &scene.ada, FIXTURE_CLERK, &scene.north);
  g_assert_cmpuint (party_roll (&scene, height - 1), ==, 1);
  g_assert_cmpuint (party_roll (&scene, height), ==, 2);
  g_assert_true (entitled (&scene, &scene.clerk, height - 1));
  g_assert_false (entitled (&scene, &scene.ada, height - 1));
  g_assert_true (entitled (&scene, &scene.ada, height));
  g_assert_false (entitled (&scene, &scene.bea, height));
  /* In the unit, all who belong to it, and nobody twice. */
  g_assert_cmpuint (dpop_roll_count (scene.party.authority, &scene.north, height), ==, 3);
  fixture_scene_clear (&scene);
}

/* --- Any history. ---------------------------------------------------------------------------- */

/* What the rolls of a batch said when it was the last. */
typedef struct
{
  guint64 height;
  guint32 states[3][DPOP_MEMBER_STATE_LAST + 1];
  GArray *rolls[3]; /* party, north, south */
} Page;

static void
page_free (gpointer data)
{
  Page *page = data;

  for (guint i = 0; i < 3; i++)
    g_array_unref (page->rolls[i]);
  g_free (page);
}

static Page *
page_new (const CosmicState *authority, const CosmicId *const scopes[3], guint64 height)
{
  Page *page = g_new0 (Page, 1);

  page->height = height;
  for (guint i = 0; i < 3; i++)
    {
      page->rolls[i] = dpop_roll_members (authority, scopes[i], height);
      dpop_roll_states (authority, scopes[i], height, page->states[i]);
      g_assert_cmpuint (dpop_roll_count (authority, scopes[i], height), ==, page->rolls[i]->len);
    }
  return page;
}

static void
assert_page (const CosmicState *authority, const CosmicId *const scopes[3], const Page *then)
{
  Page *now = page_new (authority, scopes, then->height);

  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpmem (now->states[i], sizeof now->states[i], then->states[i],
                       sizeof then->states[i]);
      g_assert_cmpmem (now->rolls[i]->data, now->rolls[i]->len * COSMIC_ID_SIZE,
                       then->rolls[i]->data, then->rolls[i]->len * COSMIC_ID_SIZE);
    }
  page_free (now);
}

static DpopClaim *
random_claim (FixtureScene *scene, const GArray *people)
{
  FixtureRandom *random = &scene->party.random;
  const CosmicId *member;
  const CosmicId *unit = fixture_random_below (random, 2) == 0 ? &scene->north : &scene->south;
  static const CosmicId import = { { 33 } };
  CosmicId fresh = fixture_membership_id (&scene->party);

  member = &g_array_index (people, CosmicId, fixture_random_below (random, people->len));
  switch (fixture_random_below (random, 9))
    {
    case 0:
    case 1:
      return fixture_membership_add (&fresh, fixture_random_below (random, 2) == 0 ? unit : NULL,
                                     1 + fixture_random_below (random, 3),
                                     fixture_random_below (random, 2) == 0 ? &import : NULL);
    case 2:
    case 3:
      return dpop_member_command_state (member, 1 + fixture_random_below (random, 4),
                                        1 + fixture_random_below (random, 3));
    case 4:
      return dpop_member_command_remove (member, 1 + fixture_random_below (random, 5), NULL);
    case 5:
      return dpop_member_command_assign_unit (member, unit, fixture_random_below (random, 2));
    case 6:
      return dpop_member_command_grant (member, fixture_random_below (random, 2),
                                        fixture_random_below (random, 2) == 0 ? unit : NULL);
    case 7:
      return dpop_member_command_revoke (member, fixture_random_below (random, 2),
                                         fixture_random_below (random, 2) == 0 ? unit : NULL);
    default:
      return dpop_member_command_undo (&import);
    }
}

/* A charter by which almost everything happens, to members and by them. */
static DpopCharter *
busy_charter (FixtureRandom *random)
{
  DpopCharter *charter = fixture_charter ();

  charter->roles[FIXTURE_CHAIR].office = FALSE;
  for (guint from = 1; from <= DPOP_MEMBER_STATE_LAST; from++)
    for (guint to = 1; to <= DPOP_MEMBER_STATE_LAST; to++)
      charter->moves[from][to][DPOP_REACH_EVERYWHERE] = from != to ? BIT (FIXTURE_CHAIR) : 0;
  for (guint state = 1; state <= DPOP_MEMBER_STATE_LAST; state++)
    charter->states[state] = fixture_random_next (random) & DPOP_STATE_ALL;
  for (guint reach = 1; reach <= DPOP_REACH_OWN_UNIT; reach++)
    {
      if (fixture_random_below (random, 2) == 0)
        charter->plain.actions[reach] ^= BIT (DPOP_ACTION_VOTE);
      if (fixture_random_below (random, 2) == 0)
        charter->roles[FIXTURE_CLERK].permissions.actions[reach] ^= BIT (DPOP_ACTION_VOTE);
    }
  return charter;
}

static gboolean
take_id (const DpopMember *member, gpointer data)
{
  g_array_append_val ((GArray *) data, member->id);
  return TRUE;
}

/* Returns how many claims acted: few, when the founder soon leaves the chair to someone else. */
static guint
check_history (guint64 seed)
{
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func (page_free);
  FixtureRandom random;
  FixtureScene scene;
  const CosmicId *scopes[3] = { &cosmic_id_zero, &scene.north, &scene.south };
  guint acted = 0;

  fixture_random_init (&random, seed);
  fixture_scene_init (&scene, busy_charter (&random));
  scene.party.random = random;
  for (guint step = 0; step < 150; step++)
    {
      g_autoptr (GArray) people = g_array_new (FALSE, FALSE, sizeof (CosmicId));
      guint32 counts[DPOP_MEMBER_STATE_LAST + 1];
      guint sum = 0;

      dpop_member_query_each (scene.party.authority, take_id, people);
      acted += fixture_scene_say (&scene, &scene.party.device, random_claim (&scene, people))
               == COSMIC_REASON_NONE;
      if (fixture_random_below (&scene.party.random, 4) != 0)
        continue;
      g_array_set_size (people, 0);
      dpop_member_query_each (scene.party.authority, take_id, people);
      dpop_roll_states (scene.party.authority, &cosmic_id_zero, scene.party.fold.height, counts);
      for (guint state = 1; state <= DPOP_MEMBER_STATE_LAST; state++)
        sum += counts[state];
      g_assert_cmpuint (sum, ==, people->len);
      g_ptr_array_add (pages, page_new (scene.party.authority, scopes, scene.party.fold.height));
      fixture_membership_next (&scene.party);
    }
  for (guint i = 0; i < pages->len; i++)
    assert_page (scene.party.authority, scopes, pages->pdata[i]);
  fixture_scene_clear (&scene);
  return acted;
}

static void
test_nothing_that_comes_later_changes_a_roll (void)
{
  guint runs = MAX (8 / fixture_share (), 4), acted = 0;

  for (guint seed = 1; seed <= runs; seed++)
    {
      g_test_message ("seed %u", seed);
      acted += check_history (seed);
    }
  g_assert_cmpuint (acted, >, 20 * runs);
}

static void
test_ten_thousand_are_enrolled_and_counted (void)
{
  guint count = MAX (10000 / fixture_share (), 100);
  static const CosmicId import = { { 33 } };
  FixtureScene scene;
  gint64 from, to;

  fixture_scene_init (&scene, fixture_charter ());
  from = g_get_monotonic_time ();
  for (guint i = 0; i < count; i++)
    {
      CosmicId id = fixture_membership_id (&scene.party);

      fixture_assert_reason (
          fixture_scene_say (&scene, &scene.party.device,
                             fixture_membership_add (&id, NULL, DPOP_MEMBER_MEMBER, &import)),
          COSMIC_REASON_NONE);
    }
  to = g_get_monotonic_time ();
  g_test_message ("%u members enrolled in %d ms", count, (int) ((to - from) / 1000));
  from = to;
  g_assert_cmpuint (party_roll (&scene, scene.party.fold.height), ==, count + 4);
  to = g_get_monotonic_time ();
  g_test_message ("counted in %d µs", (int) (to - from));
  from = to;
  fixture_assert_reason (fixture_scene_say (&scene, &scene.party.device,
                                            dpop_member_command_undo (&import)),
                         COSMIC_REASON_NONE);
  to = g_get_monotonic_time ();
  g_test_message ("undone in %d ms", (int) ((to - from) / 1000));
  g_assert_cmpuint (party_roll (&scene, scene.party.fold.height), ==, 4);
  fixture_scene_clear (&scene);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/roll/A height is answered as it was", test_a_height_is_answered_as_it_was);
  g_test_add_func ("/roll/The end of a batch is what counts",
                   test_the_end_of_a_batch_is_what_counts);
  g_test_add_func ("/roll/A void claim leaves the roll alone",
                   test_a_void_claim_leaves_the_roll_alone);
  g_test_add_func ("/roll/A unit has a roll of its own", test_a_unit_has_a_roll_of_its_own);
  g_test_add_func ("/roll/A vote may come with a role", test_a_vote_may_come_with_a_role);
  g_test_add_func ("/roll/Nothing that comes later changes a roll",
                   test_nothing_that_comes_later_changes_a_roll);
  g_test_add_func ("/roll/Ten thousand are enrolled and counted",
                   test_ten_thousand_are_enrolled_and_counted);
  return g_test_run ();
}
