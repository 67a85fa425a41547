/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-charter.h"

#include "dpop-charter-compile.h"

#include <string.h>

DpopCharter *
dpop_charter_new (void)
{
  return g_atomic_rc_box_new0 (DpopCharter);
}

DpopCharter *
dpop_charter_ref (const DpopCharter *self)
{
  return g_atomic_rc_box_acquire ((DpopCharter *) self);
}

void
dpop_charter_unref (const DpopCharter *self)
{
  if (self != NULL)
    g_atomic_rc_box_release ((DpopCharter *) self);
}

DpopCharter *
dpop_charter_copy (const DpopCharter *self)
{
  return g_atomic_rc_box_dup (sizeof *self, (DpopCharter *) self);
}

/* By the compiled form, which has one encoding a charter: a struct has padding. */
gboolean
dpop_charter_equal (const DpopCharter *a, const DpopCharter *b)
{
  g_autoptr (GBytes) one = dpop_charter_compile (a);
  g_autoptr (GBytes) two = dpop_charter_compile (b);

  return g_bytes_equal (one, two);
}

static gboolean
is_state (DpopMemberState state)
{
  return state >= DPOP_MEMBER_APPLICANT && state <= DPOP_MEMBER_STATE_LAST;
}

gboolean
dpop_charter_state_has (const DpopCharter *self, DpopMemberState state, DpopStateFlags flag)
{
  return is_state (state) && (self->states[state] & flag) != 0;
}

gboolean
dpop_charter_is_office (const DpopCharter *self, guint role)
{
  return role < self->n_roles && self->roles[role].office;
}

gboolean
dpop_charter_rule_enacts (const DpopCharter *self, guint rule, DpopEffect effect)
{
  return rule < self->n_rules && effect >= DPOP_EFFECT_REVOKE_OFFICE && effect <= DPOP_EFFECT_LAST
         && (self->rules[rule].effects & DPOP_CHARTER_BIT (effect)) != 0;
}

static gboolean
is_party (const guint8 *unit)
{
  static const guint8 zero[DPOP_CHARTER_UNIT_SIZE];

  return unit == NULL || memcmp (unit, zero, DPOP_CHARTER_UNIT_SIZE) == 0;
}

/* The units that OWN_UNIT means. */
typedef struct
{
  const guint8 (*ids)[DPOP_CHARTER_UNIT_SIZE];
  gsize n;
} OwnUnits;

static gboolean
reaches (DpopReach reach, const DpopCharterTarget *target, OwnUnits own)
{
  switch (reach)
    {
    case DPOP_REACH_EVERYWHERE:
      return TRUE;
    case DPOP_REACH_PARTY:
      return is_party (target->unit);
    case DPOP_REACH_OWN_UNIT:
      for (gsize i = 0; i < own.n && !is_party (target->unit); i++)
        if (memcmp (own.ids[i], target->unit, DPOP_CHARTER_UNIT_SIZE) == 0)
          return TRUE;
      return FALSE;
    case DPOP_REACH_SELF:
      return target->self;
    default:
      return FALSE;
    }
}

/* What is left to someone who is no member (yet, for now, or any more), of what is their own. */
static gboolean
stays_ones_own (DpopMemberState state, DpopAction action)
{
  switch (action)
    {
    case DPOP_ACTION_READ_MEMBER:
    case DPOP_ACTION_MOVE_MEMBER:
    case DPOP_ACTION_SWITCH_OFF_DEVICE:
    case DPOP_ACTION_ERASE:
    case DPOP_ACTION_EXPORT:
      return TRUE;
    case DPOP_ACTION_EDIT_MEMBER:
    case DPOP_ACTION_ACCEPT_DEVICE:
      return state != DPOP_MEMBER_FORMER;
    case DPOP_ACTION_REVOKE_ROLE:
      return state == DPOP_MEMBER_SUSPENDED;
    default:
      return FALSE;
    }
}

static gboolean
state_lets (const DpopCharter *self, DpopMemberState state, DpopAction action, DpopReach reach)
{
  switch (action)
    {
    case DPOP_ACTION_VOTE:
      return dpop_charter_state_has (self, state, DPOP_STATE_VOTES);
    case DPOP_ACTION_PROPOSE:
    case DPOP_ACTION_ADD_TEXT:
      return dpop_charter_state_has (self, state, DPOP_STATE_PROPOSES);
    case DPOP_ACTION_COMMENT:
      return dpop_charter_state_has (self, state, DPOP_STATE_COMMENTS);
    default:
      return state == DPOP_MEMBER_MEMBER
             || (reach == DPOP_REACH_SELF && stays_ones_own (state, action));
    }
}

/* A role is given for what it belongs to, by who is named in it; an office is taken from nobody but
 * who lays it down. */
static gboolean
role_may_change (const DpopCharter *self, guint by, DpopAction action, DpopReach reach,
                 const DpopCharterTarget *target)
{
  const DpopCharterRole *role;

  if (target->role >= self->n_roles)
    return FALSE;
  role = &self->roles[target->role];
  if ((role->scope == DPOP_SCOPE_UNIT) != !is_party (target->unit))
    return FALSE;
  if (action == DPOP_ACTION_REVOKE_ROLE)
    {
      if (reach == DPOP_REACH_SELF)
        return TRUE;
      if (role->office)
        return FALSE;
    }
  return (role->given_by & DPOP_CHARTER_BIT (by)) != 0;
}

static gboolean
has (const DpopCharter *self, guint by, const DpopCharterPermissions *permissions,
     DpopAction action, DpopReach reach, const DpopCharterTarget *target)
{
  switch (action)
    {
    case DPOP_ACTION_MOVE_MEMBER:
      return is_state (target->from) && is_state (target->to) && target->from != target->to
             && (self->moves[target->from][target->to][reach] & DPOP_CHARTER_BIT (by)) != 0;
    case DPOP_ACTION_GRANT_ROLE:
    case DPOP_ACTION_REVOKE_ROLE:
      return (permissions->actions[reach] & DPOP_CHARTER_BIT (action)) != 0
             && role_may_change (self, by, action, reach, target);
    default:
      return (permissions->actions[reach] & DPOP_CHARTER_BIT (action)) != 0;
    }
}

/* Whether the rule set numbered BY lets it happen, for someone in STATE. */
static gboolean
set_lets (const DpopCharter *self, guint by, const DpopCharterPermissions *permissions,
          DpopMemberState state, OwnUnits own, DpopAction action, const DpopCharterTarget *target)
{
  for (DpopReach reach = DPOP_REACH_EVERYWHERE; reach <= DPOP_REACH_LAST; reach++)
    if (has (self, by, permissions, action, reach, target) && reaches (reach, target, own)
        && state_lets (self, state, action, reach))
      return TRUE;
  return FALSE;
}

static gboolean
held_lets (const DpopCharter *self, const DpopCharterSubject *who, const DpopCharterHeld *held,
           DpopAction action, const DpopCharterTarget *target)
{
  gboolean of_unit = !is_party (held->unit);
  OwnUnits own = { of_unit ? &held->unit : who->units, of_unit ? 1 : who->n_units };
  const DpopCharterRole *role;

  if (held->role >= self->n_roles)
    return FALSE;
  role = &self->roles[held->role];
  return (role->scope == DPOP_SCOPE_UNIT) == of_unit
         && set_lets (self, held->role, &role->permissions, who->state, own, action, target);
}

gboolean
dpop_charter_may (const DpopCharter *self, const DpopCharterSubject *who, DpopAction action,
                  const DpopCharterTarget *target)
{
  OwnUnits own = { who->units, who->n_units };

  if (!is_state (who->state) || action < DPOP_ACTION_FIRST || action > DPOP_ACTION_LAST)
    return FALSE;
  if (set_lets (self, DPOP_CHARTER_PLAIN, &self->plain, who->state, own, action, target))
    return TRUE;
  if (who->state == DPOP_MEMBER_MEMBER)
    for (gsize i = 0; i < who->n_held; i++)
      if (held_lets (self, who, &who->held[i], action, target))
        return TRUE;
  return FALSE;
}
