/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-charter-check.h"
#include "fixture-charter.h"

#include <string.h>

/* One thing at a time is spoilt in a charter that is fine, and exactly that is found. */

#define CHAIR  c->roles[0]
#define CLERK  c->roles[1]
#define RULE   c->rules[0]
#define BIT(n) DPOP_CHARTER_BIT (n)

static void
take (DpopCharter *c, DpopAction action)
{
  CHAIR.permissions.actions[DPOP_REACH_EVERYWHERE] &= ~BIT (action);
}

static void
forget_units (DpopCharter *c)
{
  c->n_unit_kinds = 0;
}

static void
only_rank (DpopCharter *c)
{
  RULE.ballots = BIT (DPOP_BALLOT_RANK);
}

#define SPOIL(name, ...)                                                                           \
  static void spoil_##name (DpopCharter *c) { __VA_ARGS__; }

SPOIL (too_many_roles, c->n_roles = 64)
SPOIL (too_many_kinds, c->n_unit_kinds = 17)
SPOIL (too_many_rules, c->n_rules = 65)
SPOIL (unknown_scope, CHAIR.scope = 3)
SPOIL (unknown_action, CLERK.permissions.actions[1] = BIT (27))
SPOIL (unknown_ballot, RULE.ballots |= BIT (5))
SPOIL (unknown_effect, RULE.effects |= BIT (DPOP_EFFECT_LAST + 1))
SPOIL (unknown_base, RULE.majority.base = 5)
SPOIL (unknown_rule_scope, RULE.scope = 0)
SPOIL (unknown_default, RULE.default_option = 3)
SPOIL (unknown_ranking, RULE.ranking = 3)
SPOIL (unknown_flag, c->states[DPOP_MEMBER_SUSPENDED] = 8)
SPOIL (move_to_itself, c->moves[2][2][1] = 1)
SPOIL (unknown_giver, CHAIR.given_by = BIT (2))
SPOIL (unknown_founder, c->founder = BIT (2))
SPOIL (plain_founder, c->founder = BIT (DPOP_CHARTER_PLAIN))
SPOIL (unknown_mover, c->moves[2][3][1] = BIT (5))
SPOIL (move_permission, CLERK.permissions.actions[3] |= BIT (DPOP_ACTION_MOVE_MEMBER))
SPOIL (no_denominator, RULE.majority.den = 0)
SPOIL (no_quorum_denominator, RULE.quorum.den = 0)
SPOIL (too_fine, RULE.majority.num = RULE.majority.den = 1000001)
SPOIL (majority_above_one, RULE.majority.num = 3)
SPOIL (quorum_above_one, RULE.quorum.num = 11)
SPOIL (quorum_of_billions, RULE.quorum.minimum = 0x80000000)
SPOIL (default_of_billions, RULE.default_quorum = 0x80000000)
SPOIL (no_seats, RULE.seats = 0)
SPOIL (many_seats, RULE.seats = 65)
SPOIL (negative_open, RULE.min_open_ms = -1)
SPOIL (eternal_open, RULE.max_open_ms = 3650 * G_GINT64_CONSTANT (86400000) + 1)
SPOIL (eternal_discussion, RULE.min_discussion_ms = G_MAXINT64)
SPOIL (retention_votes, c->keep_votes_days = 36526)
SPOIL (retention_personal, c->keep_personal_days = 36526)
SPOIL (no_invitation, c->invitation_ms = 0)
SPOIL (eternal_invitation, c->invitation_ms = G_MAXINT64)
SPOIL (no_officers, c->recovery_officers = 0)
SPOIL (many_officers, c->recovery_officers = 17)
SPOIL (eternal_veto, c->recovery_veto_days = 367)
SPOIL (no_witnesses, c->witness_count = 0)
SPOIL (many_witnesses, c->witness_count = 32)

SPOIL (enrols, take (c, DPOP_ACTION_ENROL))
SPOIL (reads, take (c, DPOP_ACTION_READ_MEMBER))
SPOIL (opens, take (c, DPOP_ACTION_OPEN))
SPOIL (stops, take (c, DPOP_ACTION_STOP))
SPOIL (invites, take (c, DPOP_ACTION_INVITE))
SPOIL (appoints, take (c, DPOP_ACTION_APPOINT_WITNESS))
SPOIL (raises, take (c, DPOP_ACTION_RAISE_RULES))
SPOIL (rotates, take (c, DPOP_ACTION_ROTATE_KEYS))
SPOIL (erases, take (c, DPOP_ACTION_ERASE))
SPOIL (accepts, take (c, DPOP_ACTION_ACCEPT_DEVICE))
SPOIL (switches_off, take (c, DPOP_ACTION_SWITCH_OFF_DEVICE))
SPOIL (recovers, take (c, DPOP_ACTION_RECOVER_DEVICE))
SPOIL (adds_units, take (c, DPOP_ACTION_ADD_UNIT))
SPOIL (assigns, take (c, DPOP_ACTION_ASSIGN_UNIT))
SPOIL (nobody_votes, c->plain.actions[DPOP_REACH_PARTY] &= ~BIT (DPOP_ACTION_VOTE))
SPOIL (no_state_votes, c->states[DPOP_MEMBER_MEMBER] &= ~DPOP_STATE_VOTES)
SPOIL (no_state_proposes, c->states[DPOP_MEMBER_MEMBER] &= ~DPOP_STATE_PROPOSES)
SPOIL (nobody_is_chair, c->founder = 0)
SPOIL (nobody_gives, CLERK.given_by = 0)
SPOIL (grants_nothing, take (c, DPOP_ACTION_GRANT_ROLE))
SPOIL (office_for_ever, RULE.effects = BIT (DPOP_EFFECT_CHARTER))
SPOIL (charter_for_ever, RULE.effects = BIT (DPOP_EFFECT_REVOKE_OFFICE))

SPOIL (role_of_no_unit, forget_units (c))
SPOIL (rule_of_no_unit, forget_units (c); CLERK.scope = DPOP_SCOPE_PARTY;
       CLERK.permissions.actions[DPOP_REACH_OWN_UNIT] = 0; RULE.scope = DPOP_SCOPE_UNIT)
SPOIL (own_unit_of_none, forget_units (c); c->n_roles = 1; CHAIR.given_by = 1;
       memset (c->moves[2][3], 0, sizeof c->moves[2][3]); c->moves[2][3][1] = 1;
       c->plain.actions[DPOP_REACH_OWN_UNIT] = BIT (DPOP_ACTION_COMMENT))
SPOIL (unit_rules_only, RULE.scope = DPOP_SCOPE_UNIT;
       c->plain.actions[DPOP_REACH_OWN_UNIT] = BIT (DPOP_ACTION_VOTE))
SPOIL (no_ballots, RULE.ballots = 0)
SPOIL (founder_in_unit, c->founder |= BIT (1))
SPOIL (all_and_more, RULE.majority.num = 2)
SPOIL (majority_none, RULE.majority.num = 0)
SPOIL (a_third, RULE.majority.den = 3)
SPOIL (at_least_half, RULE.majority.strict = FALSE)
SPOIL (quorum_all_and_more, RULE.quorum.num = 10; RULE.quorum.strict = TRUE)
SPOIL (seats_of_yes, RULE.ballots = BIT (DPOP_BALLOT_YES_NO_ABSTAIN); RULE.seats = 2)
SPOIL (default_of_yes, RULE.ballots = BIT (DPOP_BALLOT_YES_NO_ABSTAIN);
       RULE.default_option = DPOP_DEFAULT_BEATEN)
SPOIL (default_of_all, only_rank (c); RULE.default_option = DPOP_DEFAULT_BEATEN;
       RULE.majority.num = 2; RULE.majority.strict = FALSE)
SPOIL (default_of_third, only_rank (c); RULE.default_option = DPOP_DEFAULT_BEATEN;
       RULE.majority.den = 3)
SPOIL (never_open, RULE.min_open_ms = RULE.max_open_ms = 0)
SPOIL (open_crossed, RULE.max_open_ms = RULE.min_open_ms - 1)
SPOIL (one_fault_of_three, c->witness_faults = 1)
SPOIL (two_witnesses, c->witness_count = 2)
SPOIL (one_witness, c->witness_count = 1)
SPOIL (former_comments, c->states[DPOP_MEMBER_FORMER] = DPOP_STATE_COMMENTS)
SPOIL (applicant_votes, c->states[DPOP_MEMBER_APPLICANT] |= DPOP_STATE_VOTES)
SPOIL (suspended_votes, c->states[DPOP_MEMBER_SUSPENDED] |= DPOP_STATE_VOTES)
SPOIL (nobody_suspended, memset (c->moves[2][3], 0, sizeof c->moves[2][3]))
SPOIL (ever_suspended, memset (c->moves[3][2], 0, sizeof c->moves[3][2]))
SPOIL (ever_applicant, memset (c->moves[1][2], 0, sizeof c->moves[1][2]))
SPOIL (only_thrown_out, memset (c->moves[2][4], 0, sizeof c->moves[2][4]); c->moves[2][4][1] = 1)
SPOIL (recovery_alone, c->recovery_officers = 1)
SPOIL (recovery_no_veto, c->recovery_veto_days = 0)
SPOIL (personal_for_good, c->keep_personal_days = DPOP_CHARTER_FOR_GOOD)

#define E DPOP_CHARTER_ERROR
#define W DPOP_CHARTER_WARNING

/* What is out of range is the only finding; of the others, one of several it may be. */
static const struct
{
  void (*spoil) (DpopCharter *c);
  DpopCharterSeverity severity;
  DpopCharterCode code;
  const char *place;
} cases[] = {
  { spoil_too_many_roles, E, DPOP_CHARTER_TOO_MANY, "roles" },
  { spoil_too_many_kinds, E, DPOP_CHARTER_TOO_MANY, "unitKinds" },
  { spoil_too_many_rules, E, DPOP_CHARTER_TOO_MANY, "rules" },
  { spoil_unknown_scope, E, DPOP_CHARTER_UNKNOWN_NUMBER, "roles/0/scope" },
  { spoil_unknown_action, E, DPOP_CHARTER_UNKNOWN_NUMBER, "roles/1/permissions" },
  { spoil_unknown_ballot, E, DPOP_CHARTER_UNKNOWN_NUMBER, "rules/0/ballots" },
  { spoil_unknown_effect, E, DPOP_CHARTER_UNKNOWN_NUMBER, "rules/0/enacts" },
  { spoil_unknown_base, E, DPOP_CHARTER_UNKNOWN_NUMBER, "rules/0/majority" },
  { spoil_unknown_rule_scope, E, DPOP_CHARTER_UNKNOWN_NUMBER, "rules/0/scope" },
  { spoil_unknown_default, E, DPOP_CHARTER_UNKNOWN_NUMBER, "rules/0/defaultOption" },
  { spoil_unknown_ranking, E, DPOP_CHARTER_UNKNOWN_NUMBER, "rules/0/ranking" },
  { spoil_unknown_flag, E, DPOP_CHARTER_UNKNOWN_NUMBER, "states/suspended" },
  { spoil_move_to_itself, E, DPOP_CHARTER_UNKNOWN_NUMBER, "moves" },
  { spoil_unknown_giver, E, DPOP_CHARTER_UNKNOWN_ROLE, "roles/0/givenBy" },
  { spoil_unknown_founder, E, DPOP_CHARTER_UNKNOWN_ROLE, "founder" },
  { spoil_plain_founder, E, DPOP_CHARTER_UNKNOWN_ROLE, "founder" },
  { spoil_unknown_mover, E, DPOP_CHARTER_UNKNOWN_ROLE, "moves/member/suspended" },
  { spoil_move_permission, E, DPOP_CHARTER_MOVE_IN_PERMISSIONS, "roles/1/permissions" },
  { spoil_no_denominator, E, DPOP_CHARTER_NO_DENOMINATOR, "rules/0/majority" },
  { spoil_no_quorum_denominator, E, DPOP_CHARTER_NO_DENOMINATOR, "rules/0/quorum" },
  { spoil_too_fine, E, DPOP_CHARTER_FRACTION_TOO_FINE, "rules/0/majority" },
  { spoil_majority_above_one, E, DPOP_CHARTER_MAJORITY_ABOVE_ONE, "rules/0/majority" },
  { spoil_quorum_above_one, E, DPOP_CHARTER_QUORUM_ABOVE_ONE, "rules/0/quorum" },
  { spoil_quorum_of_billions, E, DPOP_CHARTER_BAD_QUORUM, "rules/0/quorum" },
  { spoil_default_of_billions, E, DPOP_CHARTER_BAD_QUORUM, "rules/0/defaultQuorum" },
  { spoil_no_seats, E, DPOP_CHARTER_BAD_SEATS, "rules/0/seats" },
  { spoil_many_seats, E, DPOP_CHARTER_BAD_SEATS, "rules/0/seats" },
  { spoil_negative_open, E, DPOP_CHARTER_BAD_DURATION, "rules/0/open" },
  { spoil_eternal_open, E, DPOP_CHARTER_BAD_DURATION, "rules/0/open" },
  { spoil_eternal_discussion, E, DPOP_CHARTER_BAD_DURATION, "rules/0/discussion" },
  { spoil_retention_votes, E, DPOP_CHARTER_BAD_RETENTION, "retention/votes" },
  { spoil_retention_personal, E, DPOP_CHARTER_BAD_RETENTION, "retention/personal" },
  { spoil_no_invitation, E, DPOP_CHARTER_BAD_INVITATION, "invitations/valid" },
  { spoil_eternal_invitation, E, DPOP_CHARTER_BAD_INVITATION, "invitations/valid" },
  { spoil_no_officers, E, DPOP_CHARTER_BAD_RECOVERY, "recovery" },
  { spoil_many_officers, E, DPOP_CHARTER_BAD_RECOVERY, "recovery" },
  { spoil_eternal_veto, E, DPOP_CHARTER_BAD_RECOVERY, "recovery" },
  { spoil_no_witnesses, E, DPOP_CHARTER_BAD_WITNESSES, "witnesses" },
  { spoil_many_witnesses, E, DPOP_CHARTER_BAD_WITNESSES, "witnesses" },

  { spoil_enrols, E, DPOP_CHARTER_NOBODY_ENROLS, "" },
  { spoil_reads, E, DPOP_CHARTER_NOBODY_READS, "" },
  { spoil_opens, E, DPOP_CHARTER_NOBODY_OPENS, "rules/0" },
  { spoil_stops, W, DPOP_CHARTER_NOBODY_STOPS, "" },
  { spoil_invites, W, DPOP_CHARTER_NOBODY_INVITES, "" },
  { spoil_appoints, E, DPOP_CHARTER_NOBODY_APPOINTS_WITNESSES, "" },
  { spoil_raises, E, DPOP_CHARTER_NOBODY_RAISES_RULES, "" },
  { spoil_rotates, E, DPOP_CHARTER_NOBODY_ROTATES_KEYS, "" },
  { spoil_erases, E, DPOP_CHARTER_NOBODY_ERASES, "" },
  { spoil_accepts, E, DPOP_CHARTER_NOBODY_ACCEPTS_DEVICES, "" },
  { spoil_switches_off, E, DPOP_CHARTER_NOBODY_SWITCHES_OFF, "" },
  { spoil_recovers, E, DPOP_CHARTER_NOBODY_RECOVERS, "" },
  { spoil_adds_units, E, DPOP_CHARTER_NOBODY_ADDS_UNITS, "unitKinds" },
  { spoil_assigns, E, DPOP_CHARTER_NOBODY_ASSIGNS_UNITS, "unitKinds" },
  { spoil_nobody_votes, E, DPOP_CHARTER_NOBODY_VOTES, "rules/0" },
  { spoil_no_state_votes, E, DPOP_CHARTER_NOBODY_VOTES, "rules/0" },
  { spoil_no_state_proposes, E, DPOP_CHARTER_NOBODY_PROPOSES, "rules/0" },
  { spoil_nobody_is_chair, E, DPOP_CHARTER_NOBODY_ENROLS, "" },
  { spoil_nobody_gives, W, DPOP_CHARTER_NOBODY_GIVES_ROLE, "roles/1/givenBy" },
  { spoil_grants_nothing, W, DPOP_CHARTER_NOBODY_GIVES_ROLE, "roles/0/givenBy" },
  { spoil_office_for_ever, E, DPOP_CHARTER_OFFICE_FOR_EVER, "roles/0/office" },
  { spoil_charter_for_ever, E, DPOP_CHARTER_NOBODY_CHANGES_CHARTER, "rules" },

  { spoil_role_of_no_unit, E, DPOP_CHARTER_NO_UNIT_KINDS, "roles/1/scope" },
  { spoil_rule_of_no_unit, E, DPOP_CHARTER_NO_UNIT_KINDS, "rules/0/scope" },
  { spoil_own_unit_of_none, E, DPOP_CHARTER_NO_UNIT_KINDS, "members/permissions" },
  { spoil_unit_rules_only, E, DPOP_CHARTER_NO_PARTY_RULE, "rules" },
  { spoil_no_ballots, E, DPOP_CHARTER_NO_BALLOTS, "rules/0/ballots" },
  { spoil_founder_in_unit, E, DPOP_CHARTER_FOUNDER_IN_UNIT, "founder" },
  { spoil_all_and_more, E, DPOP_CHARTER_MAJORITY_UNREACHABLE, "rules/0/majority" },
  { spoil_majority_none, E, DPOP_CHARTER_MAJORITY_NONE, "rules/0/majority" },
  { spoil_a_third, W, DPOP_CHARTER_MAJORITY_BELOW_HALF, "rules/0/majority" },
  { spoil_at_least_half, W, DPOP_CHARTER_HALF_IS_MORE, "rules/0/majority" },
  { spoil_quorum_all_and_more, E, DPOP_CHARTER_QUORUM_UNREACHABLE, "rules/0/quorum" },
  { spoil_seats_of_yes, E, DPOP_CHARTER_SEATS_WITHOUT_CHOICE, "rules/0/seats" },
  { spoil_default_of_yes, E, DPOP_CHARTER_DEFAULT_WITHOUT_RANK, "rules/0/defaultOption" },
  { spoil_default_of_all, E, DPOP_CHARTER_DEFAULT_MAJORITY, "rules/0/majority" },
  { spoil_default_of_third, E, DPOP_CHARTER_DEFAULT_MAJORITY, "rules/0/majority" },
  { spoil_never_open, E, DPOP_CHARTER_OPEN_TOO_SHORT, "rules/0/open" },
  { spoil_open_crossed, E, DPOP_CHARTER_OPEN_TOO_SHORT, "rules/0/open" },
  { spoil_one_fault_of_three, E, DPOP_CHARTER_WITNESSES_FAULTS, "witnesses" },
  { spoil_two_witnesses, W, DPOP_CHARTER_WITNESSES_TWO, "witnesses/count" },
  { spoil_one_witness, W, DPOP_CHARTER_WITNESS_ALONE, "witnesses/count" },
  { spoil_former_comments, E, DPOP_CHARTER_FORMER_TAKES_PART, "states/former" },
  { spoil_applicant_votes, W, DPOP_CHARTER_OUTSIDER_VOTES, "states/applicant" },
  { spoil_suspended_votes, W, DPOP_CHARTER_OUTSIDER_VOTES, "states/suspended" },
  { spoil_nobody_suspended, W, DPOP_CHARTER_STATE_UNREACHABLE, "states/suspended" },
  { spoil_ever_suspended, W, DPOP_CHARTER_STATE_DEAD_END, "states/suspended" },
  { spoil_ever_applicant, W, DPOP_CHARTER_STATE_DEAD_END, "states/applicant" },
  { spoil_only_thrown_out, W, DPOP_CHARTER_NO_WAY_OUT, "moves/member/former" },
  { spoil_recovery_alone, W, DPOP_CHARTER_RECOVERY_ALONE, "recovery/officers" },
  { spoil_recovery_no_veto, W, DPOP_CHARTER_RECOVERY_NO_VETO, "recovery/veto" },
  { spoil_personal_for_good, W, DPOP_CHARTER_PERSONAL_FOR_GOOD, "retention/personal" },
};

static gboolean
is_found (const GArray *findings, gsize i)
{
  for (guint f = 0; f < findings->len; f++)
    {
      const DpopCharterFinding *finding = &g_array_index (findings, DpopCharterFinding, f);

      if (finding->code == cases[i].code && finding->severity == cases[i].severity
          && strcmp (finding->place, cases[i].place) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
test_a_good_charter_has_no_findings (void)
{
  g_autoptr (DpopCharter) charter = fixture_charter ();
  g_autoptr (GArray) findings = dpop_charter_check (charter);

  for (guint i = 0; i < findings->len; i++)
    {
      const DpopCharterFinding *finding = &g_array_index (findings, DpopCharterFinding, i);

      g_test_message ("%d at %s", finding->code, finding->place);
    }
  g_assert_cmpuint (findings->len, ==, 0);
  g_assert_false (dpop_charter_has_errors (findings));
}

static void
test_each_fault_is_found_at_its_place (void)
{
  gboolean seen[DPOP_CHARTER_CODE_LAST + 1] = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DpopCharter) charter = fixture_charter ();
      g_autoptr (GArray) findings = NULL;
      DpopCharterFinding why = { 0 };

      cases[i].spoil (charter);
      findings = dpop_charter_check (charter);
      if (!is_found (findings, i))
        g_error ("case %" G_GSIZE_FORMAT ": no code %d at %s", i, cases[i].code, cases[i].place);
      if (cases[i].severity == DPOP_CHARTER_ERROR)
        g_assert_true (dpop_charter_has_errors (findings));
      if (!dpop_charter_in_range (charter, &why))
        {
          g_assert_cmpint (why.code, ==, cases[i].code);
          g_assert_cmpuint (findings->len, ==, 1);
          g_assert_cmpint (cases[i].code, <, DPOP_CHARTER_NOBODY_ENROLS);
        }
      else
        g_assert_cmpint (cases[i].code, >=, DPOP_CHARTER_NOBODY_ENROLS);
      seen[cases[i].code] = TRUE;
    }
  for (guint code = DPOP_CHARTER_TOO_MANY; code < DPOP_CHARTER_NAMES_COUNT; code++)
    if (!seen[code])
      g_error ("no case for code %u", code);
}

static void
test_only_warnings_is_no_error (void)
{
  g_autoptr (DpopCharter) charter = fixture_charter ();
  g_autoptr (GArray) findings = NULL;

  charter->witness_count = 2;
  charter->recovery_officers = 1;
  findings = dpop_charter_check (charter);
  g_assert_cmpuint (findings->len, ==, 2);
  g_assert_false (dpop_charter_has_errors (findings));
}

/* The founder holds nothing, but every member may give the chair. */
static void
test_a_role_counts_when_members_can_give_it (void)
{
  g_autoptr (DpopCharter) charter = fixture_charter ();
  g_autoptr (GArray) findings = NULL, found = NULL;

  charter->founder = 0;
  charter->roles[0].given_by |= BIT (DPOP_CHARTER_PLAIN);
  findings = dpop_charter_check (charter);
  g_assert_true (dpop_charter_has_errors (findings));
  charter->plain.actions[DPOP_REACH_PARTY] |= BIT (DPOP_ACTION_GRANT_ROLE);
  found = dpop_charter_check (charter);
  g_assert_false (dpop_charter_has_errors (found));
}

/* Any numbers at all, in range or not: an answer, and the same about the range. */
static void
test_any_numbers_are_judged (void)
{
  guint64 seed = (guint32) g_test_rand_int ();
  FixtureRandom random;

  g_test_message ("seed %" G_GUINT64_FORMAT, seed);
  fixture_random_init (&random, seed);
  for (guint i = 0; i < 4000 / fixture_share (); i++)
    {
      g_autoptr (DpopCharter) charter = fixture_charter_random (&random);
      g_autoptr (GArray) findings = NULL;
      DpopCharterFinding why = { 0 };

      g_assert_true (dpop_charter_in_range (charter, &why));
      if (i % 2 == 1)
        ((guint8 *) charter)[fixture_random_below (&random, sizeof *charter)]
            = (guint8) fixture_random_next (&random);
      findings = dpop_charter_check (charter);
      if (!dpop_charter_in_range (charter, &why))
        g_assert_true (findings->len == 1 && dpop_charter_has_errors (findings));
    }
}

static void
test_usable_charters_have_no_errors (void)
{
  guint64 seed = (guint32) g_test_rand_int ();
  FixtureRandom random;

  g_test_message ("seed %" G_GUINT64_FORMAT, seed);
  fixture_random_init (&random, seed);
  for (guint i = 0; i < 1000 / fixture_share (); i++)
    {
      g_autoptr (DpopCharter) charter = fixture_charter_random_usable (&random);
      g_autoptr (GArray) findings = dpop_charter_check (charter);

      for (guint f = 0; f < findings->len; f++)
        {
          const DpopCharterFinding *finding = &g_array_index (findings, DpopCharterFinding, f);

          if (finding->severity == DPOP_CHARTER_ERROR)
            g_error ("code %d at %s", finding->code, finding->place);
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charter/check/A good charter has no findings",
                   test_a_good_charter_has_no_findings);
  g_test_add_func ("/charter/check/Each fault is found at its place",
                   test_each_fault_is_found_at_its_place);
  g_test_add_func ("/charter/check/Only warnings is no error", test_only_warnings_is_no_error);
  g_test_add_func ("/charter/check/A role counts when members can give it",
                   test_a_role_counts_when_members_can_give_it);
  g_test_add_func ("/charter/check/Any numbers are judged", test_any_numbers_are_judged);
  g_test_add_func ("/charter/check/Usable charters have no errors",
                   test_usable_charters_have_no_errors);
  return g_test_run ();
}
