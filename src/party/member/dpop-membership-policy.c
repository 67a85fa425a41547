/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-membership-policy.h"

#include "dpop-charter-compile.h"
#include "dpop-member-entry-private.h"
#include "dpop-membership.h"
#include "dpop-unit.h"

static const DpopCharterTarget anything;

/* Whether ENTRY's member has, or since they were last taken in had, a computer. A newcomer's first
 * one is let in by others; every further one is let in by themself, for who adds a computer to a
 * member can speak as that member. */
static gboolean
has_had_device (const CosmicState *authority, const CosmicId *member, const DpopMemberEntry *entry)
{
  g_autoptr (GArray) keys = cosmic_authority_devices_of (authority, member);
  CosmicDevice device;

  for (guint i = 0; i < keys->len; i++)
    if (cosmic_authority_device (authority, &g_array_index (keys, CosmicId, i), &device)
        && (!device.off || device.off_height > entry->admitted))
      return TRUE;
  return FALSE;
}

static gboolean
about_member (const CosmicFold *fold, DpopAction action, const CosmicId *member,
              const DpopMemberEntry *entry)
{
  g_autoptr (DpopCharter) charter = dpop_membership_charter (fold->authority);
  DpopCharterTarget target = { .self = cosmic_id_same (member, &fold->member) };
  DpopStanding author;

  return charter != NULL && dpop_membership_standing (fold->authority, &fold->member, &author)
         && dpop_standing_lets_about (&author, charter, action, &target, &entry->standing);
}

static gboolean
may_add_device (const CosmicFold *fold, const CosmicId *member, const DpopMemberEntry *entry)
{
  return entry->standing.state != DPOP_MEMBER_FORMER
         && about_member (fold, DPOP_ACTION_ACCEPT_DEVICE, member, entry)
         && (cosmic_id_same (member, &fold->member)
             || !has_had_device (fold->authority, member, entry));
}

gboolean
dpop_membership_policy_may (const CosmicFold *fold, CosmicRight right, const CosmicId *subject,
                            const CosmicId *scope)
{
  DpopMemberEntry entry;

  if (right == COSMIC_RIGHT_ROTATE)
    return dpop_membership_may (fold, DPOP_ACTION_ROTATE_KEYS, scope, NULL);
  if (right == COSMIC_RIGHT_ERASE && cosmic_id_is_zero (subject))
    return dpop_membership_may (fold, DPOP_ACTION_ERASE, NULL, NULL);
  if (!dpop_member_entry_load (fold->authority, subject, &entry))
    return FALSE;
  switch (right)
    {
    case COSMIC_RIGHT_INVITE:
      return entry.standing.state != DPOP_MEMBER_FORMER
             && about_member (fold, DPOP_ACTION_INVITE, subject, &entry);
    case COSMIC_RIGHT_ADD_DEVICE:
      return may_add_device (fold, subject, &entry);
    case COSMIC_RIGHT_REMOVE_DEVICE:
      return about_member (fold, DPOP_ACTION_SWITCH_OFF_DEVICE, subject, &entry);
    case COSMIC_RIGHT_RECOVER_DEVICE:
      return about_member (fold, DPOP_ACTION_RECOVER_DEVICE, subject, &entry);
    case COSMIC_RIGHT_KEEP_RECORDS:
      return entry.standing.state == DPOP_MEMBER_MEMBER
             && cosmic_id_same (subject, &fold->member);
    case COSMIC_RIGHT_ERASE:
      return about_member (fold, DPOP_ACTION_ERASE, subject, &entry);
    default:
      return FALSE;
    }
}

static gboolean
take_founding_roles (const DpopCharter *charter, const GArray *roles, DpopStanding *standing,
                     guint64 height)
{
  guint next = 0;

  for (guint16 role = 0; role < charter->n_roles; role++)
    {
      if ((charter->founder & DPOP_CHARTER_BIT (role)) == 0)
        continue;
      if (next >= roles->len || g_array_index (roles, guint16, next++) != role
          || charter->roles[role].scope != DPOP_SCOPE_PARTY
          || !dpop_standing_take_role (standing, role, &cosmic_id_zero, height))
        return FALSE;
    }
  return next == roles->len;
}

CosmicReason
dpop_membership_policy_found (CosmicFold *fold, GBytes *compiled, const CosmicId *founder,
                              const GArray *roles)
{
  g_autoptr (DpopCharter) charter = dpop_charter_from_bytes (compiled, NULL);
  DpopMemberEntry entry = { .standing = { .state = DPOP_MEMBER_MEMBER },
                            .admitted = fold->height };

  if (charter == NULL || !take_founding_roles (charter, roles, &entry.standing, fold->height))
    return COSMIC_REASON_BAD_BODY;
  dpop_member_entry_write (fold, founder, NULL, &entry);
  return COSMIC_REASON_NONE;
}

gboolean
dpop_membership_policy_takes_part (const DpopCharter *charter, DpopMemberState state)
{
  return state == DPOP_MEMBER_MEMBER || state == DPOP_MEMBER_SUSPENDED
         || (state == DPOP_MEMBER_APPLICANT
             && dpop_charter_state_has (charter, state, DPOP_STATE_ALL));
}

static gboolean
holds_as (const CosmicState *authority, const DpopCharter *charter, const DpopStanding *standing,
          const CosmicId *scope, gboolean personal)
{
  DpopCharterTarget target = anything;

  if (!dpop_membership_policy_takes_part (charter, standing->state))
    return FALSE;
  if (cosmic_id_is_zero (scope))
    return TRUE;
  if (!dpop_unit_exists (authority, scope))
    return FALSE;
  target.unit = scope->bytes;
  return !personal || dpop_standing_in_unit (standing, scope)
         || dpop_standing_lets (standing, charter, DPOP_ACTION_READ_MEMBER, &target);
}

gboolean
dpop_membership_policy_holds (const CosmicState *authority, const CosmicId *member,
                              const CosmicId *scope, gboolean personal)
{
  g_autoptr (DpopCharter) charter = dpop_membership_charter (authority);
  DpopStanding standing;

  return charter != NULL && dpop_membership_standing (authority, member, &standing)
         && holds_as (authority, charter, &standing, scope, personal);
}

/* --- What was held. -------------------------------------------------------------------------- */

typedef struct
{
  const CosmicState *authority;
  const DpopCharter *charter;
  const CosmicId *scope;
  gboolean personal;
  guint64 since;
  gboolean held;
} Held;

/* The newest first: the standing from a height on, until the one seen before. */
static gboolean
look_at_past (const CosmicKey *key, GBytes *bytes, gpointer data)
{
  Held *held = data;
  g_autoptr (GVariant) value = cosmic_codec_decode (DPOP_STANDING_TYPE, bytes);
  DpopStanding standing;

  held->held = value != NULL && dpop_standing_decode (value, &standing)
               && holds_as (held->authority, held->charter, &standing, held->scope,
                            held->personal);
  return !held->held && dpop_member_past_height (key) > held->since;
}

gboolean
dpop_membership_policy_held (const CosmicState *authority, const CosmicId *member,
                             const CosmicId *scope, gboolean personal, guint64 since)
{
  g_autoptr (DpopCharter) charter = dpop_membership_charter (authority);
  Held held = { .authority = authority, .charter = charter, .scope = scope,
                .personal = personal, .since = since };
  DpopMemberEntry entry;

  if (charter == NULL || !dpop_member_entry_load (authority, member, &entry))
    return FALSE;
  if (holds_as (authority, charter, &entry.standing, scope, personal))
    return TRUE;
  if (entry.since > since)
    cosmic_state_each (authority, cosmic_key (TAG_MEMBER_PAST, member, NULL), look_at_past, &held);
  return held.held;
}

gint64
dpop_membership_policy_invitation_ms (const CosmicState *authority)
{
  g_autoptr (DpopCharter) charter = dpop_membership_charter (authority);

  return charter != NULL ? charter->invitation_ms : 0;
}

gboolean
dpop_membership_policy_recovery (const CosmicState *authority, const CosmicId *member,
                                 CosmicRecovery *recovery)
{
  g_autoptr (DpopCharter) charter = dpop_membership_charter (authority);
  DpopMemberEntry entry;

  if (charter == NULL || !dpop_member_entry_load (authority, member, &entry)
      || entry.standing.state == DPOP_MEMBER_FORMER)
    return FALSE;
  recovery->officers = charter->recovery_officers;
  recovery->veto_ms = (gint64) charter->recovery_veto_days * G_GINT64_CONSTANT (86400000);
  return TRUE;
}

guint32
dpop_membership_policy_witness_faults (const CosmicState *authority)
{
  g_autoptr (DpopCharter) charter = dpop_membership_charter (authority);

  return charter != NULL ? charter->witness_faults : 0;
}
