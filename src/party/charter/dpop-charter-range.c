/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-charter-check.h"

#include "dpop-charter-private.h"
#include "dpop-charter-word.h"

/* The part of checking that belongs to the format: a charter with a number out of range is none, in
 * any release, so nothing here may ever become stricter or laxer. */

#define DAY_MS          (G_GINT64_CONSTANT (86400) * 1000)
#define DURATION_MAX    (3650 * DAY_MS)
#define INVITATION_MAX  (366 * DAY_MS)
#define DENOMINATOR_MAX 1000000
#define SEATS_MAX       64 /* as many as there can be options */
#define PERSONS_MAX     0x7fffffff
#define KEEP_DAYS_MAX   36525
#define OFFICERS_MAX    16
#define VETO_DAYS_MAX   366
#define WITNESSES_MAX   31

/* Bits FIRST to LAST. */
#define MASK(first, last) ((DPOP_CHARTER_BIT ((last) + 1) - 1) & ~(DPOP_CHARTER_BIT (first) - 1))

gboolean
dpop_charter_refuse (DpopCharterFinding *why, DpopCharterCode code, const char *format, ...)
{
  va_list arguments;

  if (why != NULL)
    {
      *why = (DpopCharterFinding){ .severity = DPOP_CHARTER_ERROR, .code = code };
      va_start (arguments, format);
      g_vsnprintf (why->place, sizeof why->place, format, arguments);
      va_end (arguments);
    }
  return FALSE;
}

/* For no more roles than there may be. */
static guint64
roles_mask (const DpopCharter *self)
{
  return DPOP_CHARTER_BIT (self->n_roles) - 1;
}

static gboolean
is_scope (DpopScope scope)
{
  return scope == DPOP_SCOPE_PARTY || scope == DPOP_SCOPE_UNIT;
}

/* ROLE is G_MAXUINT for what every member may do. */
static gboolean
permissions_in_range (const DpopCharterPermissions *permissions, guint role,
                      DpopCharterFinding *why)
{
  char place[48] = "members";

  if (role != G_MAXUINT)
    g_snprintf (place, sizeof place, "roles/%u", role);
  for (guint reach = 0; reach <= DPOP_REACH_LAST; reach++)
    {
      guint64 actions = permissions->actions[reach];

      if ((actions & ~MASK (DPOP_ACTION_FIRST, DPOP_ACTION_LAST)) != 0
          || (reach == 0 && actions != 0))
        return dpop_charter_refuse (why, DPOP_CHARTER_UNKNOWN_NUMBER, "%s/permissions", place);
      if ((actions & DPOP_CHARTER_BIT (DPOP_ACTION_MOVE_MEMBER)) != 0)
        return dpop_charter_refuse (why, DPOP_CHARTER_MOVE_IN_PERMISSIONS, "%s/permissions", place);
    }
  return TRUE;
}

static gboolean
roles_in_range (const DpopCharter *self, DpopCharterFinding *why)
{
  guint64 known;

  if (self->n_roles > DPOP_CHARTER_ROLES_MAX)
    return dpop_charter_refuse (why, DPOP_CHARTER_TOO_MANY, "roles");
  known = roles_mask (self) | DPOP_CHARTER_BIT (DPOP_CHARTER_PLAIN);
  for (guint i = 0; i < self->n_roles; i++)
    {
      const DpopCharterRole *role = &self->roles[i];

      if (!is_scope (role->scope))
        return dpop_charter_refuse (why, DPOP_CHARTER_UNKNOWN_NUMBER, "roles/%u/scope", i);
      if ((role->given_by & ~known) != 0)
        return dpop_charter_refuse (why, DPOP_CHARTER_UNKNOWN_ROLE, "roles/%u/givenBy", i);
      if (!permissions_in_range (&role->permissions, i, why))
        return FALSE;
    }
  if ((self->founder & ~roles_mask (self)) != 0)
    return dpop_charter_refuse (why, DPOP_CHARTER_UNKNOWN_ROLE, "founder");
  return TRUE;
}

static gboolean
states_in_range (const DpopCharter *self, DpopCharterFinding *why)
{
  guint64 known = roles_mask (self) | DPOP_CHARTER_BIT (DPOP_CHARTER_PLAIN);

  for (DpopMemberState state = 0; state <= DPOP_MEMBER_STATE_LAST; state++)
    if ((self->states[state] & ~DPOP_STATE_ALL) != 0 || (state == 0 && self->states[0] != 0))
      return dpop_charter_refuse (why, DPOP_CHARTER_UNKNOWN_NUMBER, "states/%s",
                                  dpop_charter_word (DPOP_CHARTER_WORD_STATE, state));
  for (DpopMemberState from = 0; from <= DPOP_MEMBER_STATE_LAST; from++)
    for (DpopMemberState to = 0; to <= DPOP_MEMBER_STATE_LAST; to++)
      for (guint reach = 0; reach <= DPOP_REACH_LAST; reach++)
        {
          guint64 roles = self->moves[from][to][reach];

          if (roles != 0 && (from == 0 || to == 0 || reach == 0 || from == to))
            return dpop_charter_refuse (why, DPOP_CHARTER_UNKNOWN_NUMBER, "moves");
          if ((roles & ~known) != 0)
            return dpop_charter_refuse (why, DPOP_CHARTER_UNKNOWN_ROLE, "moves/%s/%s",
                                        dpop_charter_word (DPOP_CHARTER_WORD_STATE, from),
                                        dpop_charter_word (DPOP_CHARTER_WORD_STATE, to));
        }
  return TRUE;
}

static gboolean
fraction_in_range (guint32 num, guint32 den, DpopCharterCode above, guint rule, const char *field,
                   DpopCharterFinding *why)
{
  if (den == 0)
    return dpop_charter_refuse (why, DPOP_CHARTER_NO_DENOMINATOR, "rules/%u/%s", rule, field);
  if (num > den)
    return dpop_charter_refuse (why, above, "rules/%u/%s", rule, field);
  if (den > DENOMINATOR_MAX)
    return dpop_charter_refuse (why, DPOP_CHARTER_FRACTION_TOO_FINE, "rules/%u/%s", rule, field);
  return TRUE;
}

static gboolean
duration_in_range (gint64 ms, guint rule, const char *field, DpopCharterFinding *why)
{
  return (ms >= 0 && ms <= DURATION_MAX)
         || dpop_charter_refuse (why, DPOP_CHARTER_BAD_DURATION, "rules/%u/%s", rule, field);
}

static gboolean
rule_in_range (const DpopCharterRule *rule, guint i, DpopCharterFinding *why)
{
  if ((rule->ballots & ~MASK (1, DPOP_BALLOT_LAST)) != 0)
    return dpop_charter_refuse (why, DPOP_CHARTER_UNKNOWN_NUMBER, "rules/%u/ballots", i);
  if ((rule->effects & ~MASK (1, DPOP_EFFECT_LAST)) != 0)
    return dpop_charter_refuse (why, DPOP_CHARTER_UNKNOWN_NUMBER, "rules/%u/enacts", i);
  if (!is_scope (rule->scope))
    return dpop_charter_refuse (why, DPOP_CHARTER_UNKNOWN_NUMBER, "rules/%u/scope", i);
  if (rule->majority.base < 1 || rule->majority.base > DPOP_BASE_LAST)
    return dpop_charter_refuse (why, DPOP_CHARTER_UNKNOWN_NUMBER, "rules/%u/majority", i);
  if (rule->ranking < 1 || rule->ranking > DPOP_RANKING_LAST)
    return dpop_charter_refuse (why, DPOP_CHARTER_UNKNOWN_NUMBER, "rules/%u/ranking", i);
  if (rule->default_option != DPOP_DEFAULT_NONE && rule->default_option != DPOP_DEFAULT_BEATEN)
    return dpop_charter_refuse (why, DPOP_CHARTER_UNKNOWN_NUMBER, "rules/%u/defaultOption", i);
  if (rule->seats < 1 || rule->seats > SEATS_MAX)
    return dpop_charter_refuse (why, DPOP_CHARTER_BAD_SEATS, "rules/%u/seats", i);
  if (rule->quorum.minimum > PERSONS_MAX || rule->default_quorum > PERSONS_MAX)
    return dpop_charter_refuse (why, DPOP_CHARTER_BAD_QUORUM, "rules/%u/%s", i,
                                rule->quorum.minimum > PERSONS_MAX ? "quorum" : "defaultQuorum");
  return fraction_in_range (rule->majority.num, rule->majority.den, DPOP_CHARTER_MAJORITY_ABOVE_ONE,
                            i, "majority", why)
         && fraction_in_range (rule->quorum.num, rule->quorum.den, DPOP_CHARTER_QUORUM_ABOVE_ONE, i,
                               "quorum", why)
         && duration_in_range (rule->min_discussion_ms, i, "discussion", why)
         && duration_in_range (rule->min_open_ms, i, "open", why)
         && duration_in_range (rule->max_open_ms, i, "open", why);
}

static gboolean
kept_in_range (guint32 days)
{
  return days <= KEEP_DAYS_MAX || days == DPOP_CHARTER_FOR_GOOD;
}

gboolean
dpop_charter_in_range (const DpopCharter *self, DpopCharterFinding *why)
{
  if (!permissions_in_range (&self->plain, G_MAXUINT, why) || !roles_in_range (self, why)
      || !states_in_range (self, why))
    return FALSE;
  if (self->n_unit_kinds > DPOP_CHARTER_UNIT_KINDS_MAX)
    return dpop_charter_refuse (why, DPOP_CHARTER_TOO_MANY, "unitKinds");
  if (self->witness_count < 1 || self->witness_count > WITNESSES_MAX
      || self->witness_faults > WITNESSES_MAX)
    return dpop_charter_refuse (why, DPOP_CHARTER_BAD_WITNESSES, "witnesses");
  if (!kept_in_range (self->keep_votes_days))
    return dpop_charter_refuse (why, DPOP_CHARTER_BAD_RETENTION, "retention/votes");
  if (!kept_in_range (self->keep_personal_days))
    return dpop_charter_refuse (why, DPOP_CHARTER_BAD_RETENTION, "retention/personal");
  if (self->recovery_officers < 1 || self->recovery_officers > OFFICERS_MAX
      || self->recovery_veto_days > VETO_DAYS_MAX)
    return dpop_charter_refuse (why, DPOP_CHARTER_BAD_RECOVERY, "recovery");
  if (self->invitation_ms < 1 || self->invitation_ms > INVITATION_MAX)
    return dpop_charter_refuse (why, DPOP_CHARTER_BAD_INVITATION, "invitations/valid");
  if (self->n_rules > DPOP_CHARTER_RULES_MAX)
    return dpop_charter_refuse (why, DPOP_CHARTER_TOO_MANY, "rules");
  for (guint i = 0; i < self->n_rules; i++)
    if (!rule_in_range (&self->rules[i], i, why))
      return FALSE;
  return TRUE;
}
