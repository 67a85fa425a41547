/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-charter-check.h"

#include "dpop-charter-word.h"

/* What a charter's authors are told. The question behind most of it: starting with the founder and
 * with what every member may do, is there someone for each thing that an organisation cannot do
 * without? A role counts only when it can be come by: held by the founder, or given by someone who
 * can. */

#define REACH(reach) (1u << DPOP_REACH_##reach)
/* Reaches that come to something within the party as a whole, within a unit, anywhere. */
#define IN_PARTY (REACH (EVERYWHERE) | REACH (PARTY))
#define IN_UNIT  (REACH (EVERYWHERE) | REACH (OWN_UNIT))
#define ANYWHERE (IN_PARTY | IN_UNIT)

typedef struct
{
  const DpopCharter *charter;
  GArray *findings;
  guint64 live; /* roles that someone can hold, and DPOP_CHARTER_PLAIN */
} Check;

static void found (Check *self, DpopCharterSeverity severity, DpopCharterCode code,
                   const char *format, ...) G_GNUC_PRINTF (4, 5);

static void
found (Check *self, DpopCharterSeverity severity, DpopCharterCode code, const char *format, ...)
{
  DpopCharterFinding finding = { .severity = severity, .code = code };
  va_list arguments;

  va_start (arguments, format);
  g_vsnprintf (finding.place, sizeof finding.place, format, arguments);
  va_end (arguments);
  g_array_append_val (self->findings, finding);
}

static const DpopCharterPermissions *
permissions_of (const DpopCharter *charter, guint set)
{
  return set == DPOP_CHARTER_PLAIN ? &charter->plain : &charter->roles[set].permissions;
}

static gboolean
set_may (const DpopCharter *charter, guint set, DpopAction action, guint reaches)
{
  for (guint reach = 1; reach <= DPOP_REACH_LAST; reach++)
    if ((reaches & 1u << reach) != 0
        && (permissions_of (charter, set)->actions[reach] & DPOP_CHARTER_BIT (action)) != 0)
      return TRUE;
  return FALSE;
}

static gboolean
someone_may (const Check *self, DpopAction action, guint reaches)
{
  for (guint set = 0; set <= DPOP_CHARTER_PLAIN; set++)
    if ((self->live & DPOP_CHARTER_BIT (set)) != 0 && set_may (self->charter, set, action, reaches))
      return TRUE;
  return FALSE;
}

/* Whether a holder of one of GIVERS may give ROLE for what it belongs to. */
static gboolean
is_given_by (const DpopCharter *charter, guint role, guint64 givers)
{
  guint reaches = charter->roles[role].scope == DPOP_SCOPE_UNIT ? IN_UNIT : IN_PARTY;

  givers &= charter->roles[role].given_by;
  for (guint set = 0; set <= DPOP_CHARTER_PLAIN; set++)
    if ((givers & DPOP_CHARTER_BIT (set)) != 0
        && set_may (charter, set, DPOP_ACTION_GRANT_ROLE, reaches))
      return TRUE;
  return FALSE;
}

static void
find_live (Check *self)
{
  gboolean grew = TRUE;

  self->live = self->charter->founder | DPOP_CHARTER_BIT (DPOP_CHARTER_PLAIN);
  while (grew)
    {
      grew = FALSE;
      for (guint i = 0; i < self->charter->n_roles; i++)
        if ((self->live & DPOP_CHARTER_BIT (i)) == 0 && is_given_by (self->charter, i, self->live))
          {
            self->live |= DPOP_CHARTER_BIT (i);
            grew = TRUE;
          }
    }
}

static void
check_somebody (Check *self)
{
  static const struct
  {
    DpopAction action;
    guint reaches;
    DpopCharterCode code;
    DpopCharterSeverity severity;
  } needed[] = {
    { DPOP_ACTION_ENROL, ANYWHERE, DPOP_CHARTER_NOBODY_ENROLS, DPOP_CHARTER_ERROR },
    { DPOP_ACTION_READ_MEMBER, IN_PARTY, DPOP_CHARTER_NOBODY_READS, DPOP_CHARTER_ERROR },
    { DPOP_ACTION_STOP, ANYWHERE | REACH (SELF), DPOP_CHARTER_NOBODY_STOPS, DPOP_CHARTER_WARNING },
    { DPOP_ACTION_INVITE, ANYWHERE, DPOP_CHARTER_NOBODY_INVITES, DPOP_CHARTER_WARNING },
    { DPOP_ACTION_APPOINT_WITNESS, IN_PARTY, DPOP_CHARTER_NOBODY_APPOINTS_WITNESSES,
      DPOP_CHARTER_ERROR },
    { DPOP_ACTION_RAISE_RULES, IN_PARTY, DPOP_CHARTER_NOBODY_RAISES_RULES, DPOP_CHARTER_ERROR },
    { DPOP_ACTION_ROTATE_KEYS, IN_PARTY, DPOP_CHARTER_NOBODY_ROTATES_KEYS, DPOP_CHARTER_ERROR },
    { DPOP_ACTION_ERASE, ANYWHERE, DPOP_CHARTER_NOBODY_ERASES, DPOP_CHARTER_ERROR },
    { DPOP_ACTION_ACCEPT_DEVICE, ANYWHERE, DPOP_CHARTER_NOBODY_ACCEPTS_DEVICES,
      DPOP_CHARTER_ERROR },
    { DPOP_ACTION_SWITCH_OFF_DEVICE, ANYWHERE, DPOP_CHARTER_NOBODY_SWITCHES_OFF,
      DPOP_CHARTER_ERROR },
    { DPOP_ACTION_RECOVER_DEVICE, ANYWHERE, DPOP_CHARTER_NOBODY_RECOVERS, DPOP_CHARTER_ERROR },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (needed); i++)
    if (!someone_may (self, needed[i].action, needed[i].reaches))
      found (self, needed[i].severity, needed[i].code, "%s", "");
}

/* Whether ROLE, an office, can be lost by a decision under some rule. */
static gboolean
can_fall (const DpopCharter *charter, guint role)
{
  for (guint i = 0; i < charter->n_rules; i++)
    if (dpop_charter_rule_enacts (charter, i, DPOP_EFFECT_REVOKE_OFFICE)
        && (charter->rules[i].scope == DPOP_SCOPE_PARTY
            || charter->roles[role].scope == DPOP_SCOPE_UNIT))
      return TRUE;
  return FALSE;
}

static void
check_roles (Check *self)
{
  const DpopCharter *charter = self->charter;

  for (guint i = 0; i < charter->n_roles; i++)
    {
      if ((charter->founder & DPOP_CHARTER_BIT (i)) != 0
          && charter->roles[i].scope == DPOP_SCOPE_UNIT)
        found (self, DPOP_CHARTER_ERROR, DPOP_CHARTER_FOUNDER_IN_UNIT, "founder");
      if (!is_given_by (charter, i, self->live))
        found (self, DPOP_CHARTER_WARNING, DPOP_CHARTER_NOBODY_GIVES_ROLE, "roles/%u/givenBy", i);
      if (charter->roles[i].office && !can_fall (charter, i))
        found (self, DPOP_CHARTER_ERROR, DPOP_CHARTER_OFFICE_FOR_EVER, "roles/%u/office", i);
    }
}

static void
check_units_exist (Check *self)
{
  const DpopCharter *charter = self->charter;

  if (charter->plain.actions[DPOP_REACH_OWN_UNIT] != 0)
    found (self, DPOP_CHARTER_ERROR, DPOP_CHARTER_NO_UNIT_KINDS, "members/permissions");
  for (guint i = 0; i < charter->n_roles; i++)
    if (charter->roles[i].scope == DPOP_SCOPE_UNIT)
      found (self, DPOP_CHARTER_ERROR, DPOP_CHARTER_NO_UNIT_KINDS, "roles/%u/scope", i);
    else if (charter->roles[i].permissions.actions[DPOP_REACH_OWN_UNIT] != 0)
      found (self, DPOP_CHARTER_ERROR, DPOP_CHARTER_NO_UNIT_KINDS, "roles/%u/permissions", i);
  for (guint i = 0; i < charter->n_rules; i++)
    if (charter->rules[i].scope == DPOP_SCOPE_UNIT)
      found (self, DPOP_CHARTER_ERROR, DPOP_CHARTER_NO_UNIT_KINDS, "rules/%u/scope", i);
}

static void
check_units (Check *self)
{
  if (self->charter->n_unit_kinds == 0)
    {
      check_units_exist (self);
      return;
    }
  if (!someone_may (self, DPOP_ACTION_ADD_UNIT, IN_PARTY))
    found (self, DPOP_CHARTER_ERROR, DPOP_CHARTER_NOBODY_ADDS_UNITS, "unitKinds");
  if (!someone_may (self, DPOP_ACTION_ASSIGN_UNIT, IN_UNIT))
    found (self, DPOP_CHARTER_ERROR, DPOP_CHARTER_NOBODY_ASSIGNS_UNITS, "unitKinds");
  if (!someone_may (self, DPOP_ACTION_READ_MEMBER, IN_UNIT))
    found (self, DPOP_CHARTER_ERROR, DPOP_CHARTER_NOBODY_READS, "unitKinds");
}

/* Whether someone may move a member that way. */
static gboolean
is_moved (const Check *self, DpopMemberState from, DpopMemberState to)
{
  for (guint reach = 1; reach <= DPOP_REACH_LAST; reach++)
    if ((self->charter->moves[from][to][reach] & self->live) != 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_reached (const Check *self, DpopMemberState state)
{
  for (DpopMemberState from = 1; from <= DPOP_MEMBER_STATE_LAST; from++)
    if (from != state && is_moved (self, from, state))
      return TRUE;
  return FALSE;
}

static void
check_states (Check *self)
{
  const DpopCharter *charter = self->charter;
  guint64 plain = DPOP_CHARTER_BIT (DPOP_CHARTER_PLAIN);
  const guint64 *leave = charter->moves[DPOP_MEMBER_MEMBER][DPOP_MEMBER_FORMER];

  if (charter->states[DPOP_MEMBER_FORMER] != 0)
    found (self, DPOP_CHARTER_ERROR, DPOP_CHARTER_FORMER_TAKES_PART, "states/former");
  if (dpop_charter_state_has (charter, DPOP_MEMBER_APPLICANT, DPOP_STATE_VOTES))
    found (self, DPOP_CHARTER_WARNING, DPOP_CHARTER_OUTSIDER_VOTES, "states/applicant");
  if (dpop_charter_state_has (charter, DPOP_MEMBER_SUSPENDED, DPOP_STATE_VOTES))
    found (self, DPOP_CHARTER_WARNING, DPOP_CHARTER_OUTSIDER_VOTES, "states/suspended");
  if (!is_reached (self, DPOP_MEMBER_FORMER))
    found (self, DPOP_CHARTER_ERROR, DPOP_CHARTER_STATE_UNREACHABLE, "states/former");
  if (!is_reached (self, DPOP_MEMBER_SUSPENDED))
    found (self, DPOP_CHARTER_WARNING, DPOP_CHARTER_STATE_UNREACHABLE, "states/suspended");
  else if (!is_moved (self, DPOP_MEMBER_SUSPENDED, DPOP_MEMBER_MEMBER))
    found (self, DPOP_CHARTER_WARNING, DPOP_CHARTER_STATE_DEAD_END, "states/suspended");
  if (!is_moved (self, DPOP_MEMBER_APPLICANT, DPOP_MEMBER_MEMBER))
    found (self, DPOP_CHARTER_WARNING, DPOP_CHARTER_STATE_DEAD_END, "states/applicant");
  if (((leave[DPOP_REACH_SELF] | leave[DPOP_REACH_EVERYWHERE]) & plain) == 0)
    found (self, DPOP_CHARTER_WARNING, DPOP_CHARTER_NO_WAY_OUT, "moves/member/former");
}

static void
check_upkeep (Check *self)
{
  const DpopCharter *charter = self->charter;

  if (charter->witness_count < 3 * charter->witness_faults + 1)
    found (self, DPOP_CHARTER_ERROR, DPOP_CHARTER_WITNESSES_FAULTS, "witnesses");
  else if (charter->witness_count == 2)
    found (self, DPOP_CHARTER_WARNING, DPOP_CHARTER_WITNESSES_TWO, "witnesses/count");
  else if (charter->witness_count == 1)
    found (self, DPOP_CHARTER_WARNING, DPOP_CHARTER_WITNESS_ALONE, "witnesses/count");
  if (charter->keep_personal_days == DPOP_CHARTER_FOR_GOOD)
    found (self, DPOP_CHARTER_WARNING, DPOP_CHARTER_PERSONAL_FOR_GOOD, "retention/personal");
  if (charter->recovery_officers == 1)
    found (self, DPOP_CHARTER_WARNING, DPOP_CHARTER_RECOVERY_ALONE, "recovery/officers");
  if (charter->recovery_veto_days == 0)
    found (self, DPOP_CHARTER_WARNING, DPOP_CHARTER_RECOVERY_NO_VETO, "recovery/veto");
}

static void
check_majority (Check *self, const DpopCharterRule *rule, guint i)
{
  const DpopCharterThreshold *majority = &rule->majority;
  guint64 twice = 2 * (guint64) majority->num;

  if (majority->strict && majority->num == majority->den)
    found (self, DPOP_CHARTER_ERROR, DPOP_CHARTER_MAJORITY_UNREACHABLE, "rules/%u/majority", i);
  if (rule->quorum.strict && rule->quorum.num == rule->quorum.den)
    found (self, DPOP_CHARTER_ERROR, DPOP_CHARTER_QUORUM_UNREACHABLE, "rules/%u/quorum", i);
  if (rule->default_option == DPOP_DEFAULT_BEATEN
      && (twice < majority->den || majority->num == majority->den))
    found (self, DPOP_CHARTER_ERROR, DPOP_CHARTER_DEFAULT_MAJORITY, "rules/%u/majority", i);
  if ((rule->ballots & DPOP_CHARTER_BIT (DPOP_BALLOT_YES_NO_ABSTAIN)) == 0)
    return;
  if (majority->num == 0)
    found (self, DPOP_CHARTER_ERROR, DPOP_CHARTER_MAJORITY_NONE, "rules/%u/majority", i);
  else if (twice < majority->den)
    found (self, DPOP_CHARTER_WARNING, DPOP_CHARTER_MAJORITY_BELOW_HALF, "rules/%u/majority", i);
  else if (twice == majority->den && !majority->strict && majority->base == DPOP_BASE_YES_NO)
    found (self, DPOP_CHARTER_WARNING, DPOP_CHARTER_HALF_IS_MORE, "rules/%u/majority", i);
}

static void
check_ballots (Check *self, const DpopCharterRule *rule, guint i)
{
  guint64 yes_no = DPOP_CHARTER_BIT (DPOP_BALLOT_YES_NO_ABSTAIN);

  if (rule->ballots == 0)
    found (self, DPOP_CHARTER_ERROR, DPOP_CHARTER_NO_BALLOTS, "rules/%u/ballots", i);
  else if (rule->seats > 1 && (rule->ballots & ~yes_no) == 0)
    found (self, DPOP_CHARTER_ERROR, DPOP_CHARTER_SEATS_WITHOUT_CHOICE, "rules/%u/seats", i);
  if (rule->default_option != DPOP_DEFAULT_NONE
      && (rule->ballots & DPOP_CHARTER_BIT (DPOP_BALLOT_RANK)) == 0)
    found (self, DPOP_CHARTER_ERROR, DPOP_CHARTER_DEFAULT_WITHOUT_RANK, "rules/%u/defaultOption",
           i);
  if (rule->max_open_ms == 0 || rule->max_open_ms < rule->min_open_ms)
    found (self, DPOP_CHARTER_ERROR, DPOP_CHARTER_OPEN_TOO_SHORT, "rules/%u/open", i);
}

/* Whether members, or others who are let, can take part by ACTION: roles act for members only. */
static gboolean
takes_part (const Check *self, DpopAction action, DpopStateFlags flag, guint reaches)
{
  const DpopCharter *charter = self->charter;

  if (dpop_charter_state_has (charter, DPOP_MEMBER_MEMBER, flag))
    return someone_may (self, action, reaches);
  return (dpop_charter_state_has (charter, DPOP_MEMBER_APPLICANT, flag)
          || dpop_charter_state_has (charter, DPOP_MEMBER_SUSPENDED, flag))
         && set_may (charter, DPOP_CHARTER_PLAIN, action, reaches);
}

static void
check_rules (Check *self)
{
  const DpopCharter *charter = self->charter;
  gboolean of_party = FALSE, changes_charter = FALSE;

  for (guint i = 0; i < charter->n_rules; i++)
    {
      const DpopCharterRule *rule = &charter->rules[i];
      guint reaches = rule->scope == DPOP_SCOPE_PARTY ? IN_PARTY : IN_UNIT;

      if (!takes_part (self, DPOP_ACTION_PROPOSE, DPOP_STATE_PROPOSES, reaches))
        found (self, DPOP_CHARTER_ERROR, DPOP_CHARTER_NOBODY_PROPOSES, "rules/%u", i);
      if (!takes_part (self, DPOP_ACTION_VOTE, DPOP_STATE_VOTES, reaches))
        found (self, DPOP_CHARTER_ERROR, DPOP_CHARTER_NOBODY_VOTES, "rules/%u", i);
      if (!someone_may (self, DPOP_ACTION_OPEN, reaches | REACH (SELF)))
        found (self, DPOP_CHARTER_ERROR, DPOP_CHARTER_NOBODY_OPENS, "rules/%u", i);
      check_ballots (self, rule, i);
      check_majority (self, rule, i);
      of_party |= rule->scope == DPOP_SCOPE_PARTY;
      changes_charter |= rule->scope == DPOP_SCOPE_PARTY
                         && dpop_charter_rule_enacts (charter, i, DPOP_EFFECT_CHARTER);
    }
  if (!of_party)
    found (self, DPOP_CHARTER_ERROR, DPOP_CHARTER_NO_PARTY_RULE, "rules");
  else if (!changes_charter)
    found (self, DPOP_CHARTER_ERROR, DPOP_CHARTER_NOBODY_CHANGES_CHARTER, "rules");
}

GArray *
dpop_charter_check (const DpopCharter *charter)
{
  Check self = { .charter = charter };
  DpopCharterFinding why;

  self.findings = g_array_new (FALSE, FALSE, sizeof (DpopCharterFinding));
  if (!dpop_charter_in_range (charter, &why))
    {
      g_array_append_val (self.findings, why);
      return self.findings;
    }
  find_live (&self);
  check_somebody (&self);
  check_roles (&self);
  check_units (&self);
  check_states (&self);
  check_upkeep (&self);
  check_rules (&self);
  return self.findings;
}

gboolean
dpop_charter_has_errors (const GArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    if (g_array_index (findings, DpopCharterFinding, i).severity == DPOP_CHARTER_ERROR)
      return TRUE;
  return FALSE;
}
