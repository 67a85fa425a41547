/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-charter.h"

#include <string.h>

static const guint8 group[DPOP_CHARTER_UNIT_SIZE] = { 1 };
static const guint8 other[DPOP_CHARTER_UNIT_SIZE] = { 2 };
static const guint8 whole[DPOP_CHARTER_UNIT_SIZE] = { 0 };

#define MEMBER (-1)
#define CHAIR  0
#define CLERK  1

/* A member of GROUP in STATE, who holds ROLE (if any) for UNIT. */
static gboolean
may (const DpopCharter *charter, DpopMemberState state, int role, const guint8 *unit,
     DpopAction action, DpopCharterTarget target)
{
  DpopCharterHeld held = { .role = role < 0 ? 0 : (guint) role };
  DpopCharterSubject who = {
    .state = state, .held = &held, .n_held = role < 0 ? 0 : 1, .units = &group, .n_units = 1
  };

  if (unit != NULL)
    memcpy (held.unit, unit, sizeof held.unit);
  return dpop_charter_may (charter, &who, action, &target);
}

static void
test_a_member_votes_in_the_party_and_nowhere_else (void)
{
  g_autoptr (DpopCharter) charter = fixture_charter ();
  DpopAction vote = DPOP_ACTION_VOTE;

  g_assert_true (may (charter, DPOP_MEMBER_MEMBER, MEMBER, NULL, vote, (DpopCharterTarget){ 0 }));
  g_assert_true (
      may (charter, DPOP_MEMBER_MEMBER, MEMBER, NULL, vote, (DpopCharterTarget){ .unit = whole }));
  g_assert_false (
      may (charter, DPOP_MEMBER_MEMBER, MEMBER, NULL, vote, (DpopCharterTarget){ .unit = group }));
  charter->plain.actions[DPOP_REACH_OWN_UNIT] |= DPOP_CHARTER_BIT (vote);
  g_assert_true (
      may (charter, DPOP_MEMBER_MEMBER, MEMBER, NULL, vote, (DpopCharterTarget){ .unit = group }));
  g_assert_false (
      may (charter, DPOP_MEMBER_MEMBER, MEMBER, NULL, vote, (DpopCharterTarget){ .unit = other }));
}

static void
test_a_state_takes_part_as_the_charter_says (void)
{
  g_autoptr (DpopCharter) charter = fixture_charter ();
  DpopCharterTarget party = { 0 };

  g_assert_true (may (charter, DPOP_MEMBER_APPLICANT, MEMBER, NULL, DPOP_ACTION_COMMENT, party));
  g_assert_false (may (charter, DPOP_MEMBER_APPLICANT, MEMBER, NULL, DPOP_ACTION_VOTE, party));
  g_assert_false (may (charter, DPOP_MEMBER_APPLICANT, MEMBER, NULL, DPOP_ACTION_PROPOSE, party));
  g_assert_false (may (charter, DPOP_MEMBER_SUSPENDED, MEMBER, NULL, DPOP_ACTION_COMMENT, party));
  charter->states[DPOP_MEMBER_SUSPENDED] = DPOP_STATE_VOTES;
  g_assert_true (may (charter, DPOP_MEMBER_SUSPENDED, MEMBER, NULL, DPOP_ACTION_VOTE, party));
  g_assert_false (may (charter, DPOP_MEMBER_SUSPENDED, MEMBER, NULL, DPOP_ACTION_ADD_TEXT, party));
  charter->states[DPOP_MEMBER_MEMBER] = 0;
  g_assert_false (may (charter, DPOP_MEMBER_MEMBER, MEMBER, NULL, DPOP_ACTION_VOTE, party));
  g_assert_false (may (charter, 0, MEMBER, NULL, DPOP_ACTION_VOTE, party));
  g_assert_false (may (charter, 5, MEMBER, NULL, DPOP_ACTION_VOTE, party));
}

static void
test_a_role_rests_while_its_holder_is_no_member (void)
{
  g_autoptr (DpopCharter) charter = fixture_charter ();
  DpopCharterTarget party = { 0 };

  for (DpopMemberState state = 1; state <= DPOP_MEMBER_STATE_LAST; state++)
    g_assert_cmpint (may (charter, state, CHAIR, NULL, DPOP_ACTION_ENROL, party), ==,
                     state == DPOP_MEMBER_MEMBER);
}

static void
test_a_role_acts_only_for_what_it_is_held (void)
{
  g_autoptr (DpopCharter) charter = fixture_charter ();
  DpopMemberState member = DPOP_MEMBER_MEMBER;
  DpopAction read = DPOP_ACTION_READ_MEMBER;
  DpopCharterTarget in_group = { .unit = group }, in_other = { .unit = other };

  g_assert_true (may (charter, member, CLERK, group, read, in_group));
  g_assert_false (may (charter, member, CLERK, group, read, in_other));
  g_assert_false (may (charter, member, CLERK, group, read, (DpopCharterTarget){ 0 }));
  /* Of the other group, though a member of this. */
  g_assert_true (may (charter, member, CLERK, other, read, in_other));
  g_assert_false (may (charter, member, CLERK, other, read, in_group));
  /* A unit's role held for the party, and the reverse, is nothing. */
  g_assert_false (may (charter, member, CLERK, NULL, read, in_group));
  g_assert_false (may (charter, member, CHAIR, group, read, in_group));
  g_assert_true (may (charter, member, CHAIR, NULL, read, in_other));
  g_assert_false (may (charter, member, 2, NULL, read, in_group));
}

static void
test_the_party_is_nobodys_own_unit (void)
{
  g_autoptr (DpopCharter) charter = fixture_charter ();
  DpopCharterSubject who = { .state = DPOP_MEMBER_MEMBER, .units = &whole, .n_units = 1 };
  DpopCharterTarget party = { .unit = whole };

  charter->plain.actions[DPOP_REACH_PARTY] = 0;
  charter->plain.actions[DPOP_REACH_OWN_UNIT] = DPOP_CHARTER_BIT (DPOP_ACTION_VOTE);
  g_assert_false (dpop_charter_may (charter, &who, DPOP_ACTION_VOTE, &party));
}

static void
test_ones_own_stays_ones_own (void)
{
  static const struct
  {
    DpopAction action;
    const char *states; /* applicant, member, suspended, former */
  } expected[] = {
    { DPOP_ACTION_READ_MEMBER, "YYYY" },     { DPOP_ACTION_EDIT_MEMBER, "YYYN" },
    { DPOP_ACTION_ACCEPT_DEVICE, "YYYN" },   { DPOP_ACTION_SWITCH_OFF_DEVICE, "YYYY" },
    { DPOP_ACTION_ERASE, "YYYY" },           { DPOP_ACTION_EXPORT, "YYYY" },
    { DPOP_ACTION_ENROL, "NYNN" },           { DPOP_ACTION_OPEN, "NYNN" },
    { DPOP_ACTION_APPOINT_WITNESS, "NYNN" }, { DPOP_ACTION_INVITE, "NYNN" },
  };
  g_autoptr (DpopCharter) charter = fixture_charter ();

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      charter->plain.actions[DPOP_REACH_SELF] = DPOP_CHARTER_BIT (expected[i].action);
      for (DpopMemberState state = 1; state <= DPOP_MEMBER_STATE_LAST; state++)
        {
          g_assert_cmpint (may (charter, state, MEMBER, NULL, expected[i].action,
                                (DpopCharterTarget){ .self = TRUE }),
                           ==, expected[i].states[state - 1] == 'Y');
          g_assert_false (may (charter, state, MEMBER, NULL, expected[i].action,
                               (DpopCharterTarget){ .self = FALSE }));
        }
    }
}

static void
test_moves_go_by_their_table_alone (void)
{
  g_autoptr (DpopCharter) charter = fixture_charter ();
  DpopMemberState member = DPOP_MEMBER_MEMBER;
  DpopAction move = DPOP_ACTION_MOVE_MEMBER;
  DpopCharterTarget admit = { .from = DPOP_MEMBER_APPLICANT, .to = DPOP_MEMBER_MEMBER };
  DpopCharterTarget leave = { .from = DPOP_MEMBER_MEMBER, .to = DPOP_MEMBER_FORMER };
  DpopCharterTarget suspend = { .from = DPOP_MEMBER_MEMBER, .to = DPOP_MEMBER_SUSPENDED };
  DpopCharterTarget still = { .from = DPOP_MEMBER_MEMBER, .to = DPOP_MEMBER_MEMBER };

  g_assert_true (may (charter, member, CHAIR, NULL, move, admit));
  g_assert_false (may (charter, member, MEMBER, NULL, move, admit));
  g_assert_false (may (charter, member, CLERK, group, move, admit));
  admit.self = TRUE;
  g_assert_false (may (charter, DPOP_MEMBER_APPLICANT, MEMBER, NULL, move, admit));
  g_assert_false (may (charter, member, CHAIR, NULL, move, leave));
  leave.self = TRUE;
  g_assert_true (may (charter, member, MEMBER, NULL, move, leave));
  suspend.unit = group;
  g_assert_true (may (charter, member, CLERK, group, move, suspend));
  suspend.unit = other;
  g_assert_false (may (charter, member, CLERK, group, move, suspend));
  g_assert_true (may (charter, member, CHAIR, NULL, move, suspend));
  g_assert_false (may (charter, member, CHAIR, NULL, move, still));
  still.to = 77;
  g_assert_false (may (charter, member, CHAIR, NULL, move, still));
}

static void
test_a_role_is_given_by_who_is_named_in_it (void)
{
  g_autoptr (DpopCharter) charter = fixture_charter ();
  DpopMemberState member = DPOP_MEMBER_MEMBER;
  DpopCharterTarget clerk_here = { .unit = group, .role = CLERK };
  DpopCharterTarget clerk_there = { .unit = other, .role = CLERK };
  DpopCharterTarget clerk_of_all = { .role = CLERK }, chair = { .role = CHAIR };

  g_assert_true (may (charter, member, CHAIR, NULL, DPOP_ACTION_GRANT_ROLE, clerk_here));
  g_assert_true (may (charter, member, CHAIR, NULL, DPOP_ACTION_GRANT_ROLE, chair));
  g_assert_true (may (charter, member, CLERK, group, DPOP_ACTION_GRANT_ROLE, clerk_here));
  g_assert_false (may (charter, member, CLERK, group, DPOP_ACTION_GRANT_ROLE, clerk_there));
  g_assert_false (may (charter, member, CLERK, group, DPOP_ACTION_GRANT_ROLE, chair));
  g_assert_false (may (charter, member, CHAIR, NULL, DPOP_ACTION_GRANT_ROLE, clerk_of_all));
  chair.role = 2;
  g_assert_false (may (charter, member, CHAIR, NULL, DPOP_ACTION_GRANT_ROLE, chair));
  charter->roles[CLERK].given_by = DPOP_CHARTER_BIT (CHAIR);
  g_assert_false (may (charter, member, CLERK, group, DPOP_ACTION_GRANT_ROLE, clerk_here));
}

static void
test_an_office_is_laid_down_but_not_taken (void)
{
  g_autoptr (DpopCharter) charter = fixture_charter ();
  DpopCharterTarget chair = { .role = CHAIR }, clerk = { .role = CLERK, .unit = group };
  DpopMemberState member = DPOP_MEMBER_MEMBER;

  g_assert_false (may (charter, member, CHAIR, NULL, DPOP_ACTION_REVOKE_ROLE, chair));
  g_assert_true (may (charter, member, CHAIR, NULL, DPOP_ACTION_REVOKE_ROLE, clerk));
  g_assert_false (may (charter, member, MEMBER, NULL, DPOP_ACTION_REVOKE_ROLE, clerk));
  chair.self = TRUE;
  g_assert_true (may (charter, member, CHAIR, NULL, DPOP_ACTION_REVOKE_ROLE, chair));
  g_assert_true (may (charter, DPOP_MEMBER_SUSPENDED, CHAIR, NULL, DPOP_ACTION_REVOKE_ROLE, chair));
}

static void
test_actions_that_do_not_exist_are_nobodys (void)
{
  g_autoptr (DpopCharter) charter = fixture_charter ();
  DpopCharterTarget party = { 0 };

  memset (&charter->plain, 0xff, sizeof charter->plain);
  g_assert_true (may (charter, DPOP_MEMBER_MEMBER, MEMBER, NULL, DPOP_ACTION_LAST, party));
  g_assert_false (may (charter, DPOP_MEMBER_MEMBER, MEMBER, NULL, DPOP_ACTION_LAST + 1, party));
  g_assert_false (may (charter, DPOP_MEMBER_MEMBER, MEMBER, NULL, 0, party));
  g_assert_false (may (charter, DPOP_MEMBER_MEMBER, MEMBER, NULL, 70, party));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charter/may/A member votes in the party and nowhere else",
                   test_a_member_votes_in_the_party_and_nowhere_else);
  g_test_add_func ("/charter/may/A state takes part as the charter says",
                   test_a_state_takes_part_as_the_charter_says);
  g_test_add_func ("/charter/may/A role rests while its holder is no member",
                   test_a_role_rests_while_its_holder_is_no_member);
  g_test_add_func ("/charter/may/A role acts only for what it is held",
                   test_a_role_acts_only_for_what_it_is_held);
  g_test_add_func ("/charter/may/The party is nobody's own unit",
                   test_the_party_is_nobodys_own_unit);
  g_test_add_func ("/charter/may/One's own stays one's own", test_ones_own_stays_ones_own);
  g_test_add_func ("/charter/may/Moves go by their table alone",
                   test_moves_go_by_their_table_alone);
  g_test_add_func ("/charter/may/A role is given by who is named in it",
                   test_a_role_is_given_by_who_is_named_in_it);
  g_test_add_func ("/charter/may/An office is laid down but not taken",
                   test_an_office_is_laid_down_but_not_taken);
  g_test_add_func ("/charter/may/Actions that do not exist are nobody's",
                   test_actions_that_do_not_exist_are_nobodys);
  return g_test_run ();
}
