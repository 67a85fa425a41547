/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-roll.h"

#include "dpop-member-entry-private.h"
#include "dpop-membership.h"
#include "dpop-unit.h"

/* A roll being asked. */
typedef struct
{
  const CosmicState *authority;
  const CosmicId *scope;
  guint64 height;
  DpopCharter *charter;
  gboolean everyone; /* VOTE is every member's, here: the roles need not be looked at */
  gboolean of_all;   /* and reaches all of the party, not only those of the unit */
  guint count;
  GArray *members; /* NULL: only counted */
} Roll;

static gboolean
plain_has_vote (const DpopCharter *charter, DpopReach reach)
{
  return (charter->plain.actions[reach] & DPOP_CHARTER_BIT (DPOP_ACTION_VOTE)) != 0;
}

/* CHARTER is taken; NULL passes on that there is none. */
static gboolean
roll_init (Roll *self, const CosmicState *authority, DpopCharter *charter, const CosmicId *scope,
           guint64 height)
{
  gboolean party = cosmic_id_is_zero (scope);

  *self = (Roll){ .authority = authority, .scope = scope, .height = height, .charter = charter };
  if ((!party && !dpop_unit_exists (authority, scope)) || charter == NULL)
    return FALSE;
  self->of_all = plain_has_vote (self->charter, DPOP_REACH_EVERYWHERE)
                 || (party && plain_has_vote (self->charter, DPOP_REACH_PARTY));
  self->everyone = self->of_all || (!party && plain_has_vote (self->charter, DPOP_REACH_OWN_UNIT));
  return TRUE;
}

static void
roll_clear (Roll *self)
{
  g_clear_pointer (&self->charter, dpop_charter_unref);
}

static gboolean
lets_vote (const DpopStanding *standing, const DpopCharter *charter, const CosmicId *scope)
{
  DpopCharterTarget target = { .unit = scope->bytes };

  return dpop_standing_lets (standing, charter, DPOP_ACTION_VOTE, &target);
}

static gboolean
entitled (const Roll *self, const DpopStanding *standing)
{
  return lets_vote (standing, self->charter, self->scope);
}

DpopMemberState
dpop_roll_member_state (const CosmicState *authority, const CosmicId *member, guint64 height)
{
  DpopStanding standing;

  return dpop_member_standing_at (authority, member, height, &standing) ? standing.state : 0;
}

gboolean
dpop_roll_entitled_under (const CosmicState *authority, const DpopCharter *charter,
                          const CosmicId *member, const CosmicId *scope, guint64 height)
{
  DpopStanding standing;

  return (cosmic_id_is_zero (scope) || dpop_unit_exists (authority, scope))
         && dpop_member_standing_at (authority, member, height, &standing)
         && lets_vote (&standing, charter, scope);
}

gboolean
dpop_roll_entitled (const CosmicState *authority, const CosmicId *member, const CosmicId *scope,
                    guint64 height)
{
  g_autoptr (DpopCharter) charter = dpop_membership_charter (authority);

  return charter != NULL
         && dpop_roll_entitled_under (authority, charter, member, scope, height);
}

void
dpop_roll_states (const CosmicState *authority, const CosmicId *scope, guint64 height,
                  guint32 counts[DPOP_MEMBER_STATE_LAST + 1])
{
  dpop_member_counts_at (authority, scope, height, counts);
}

static gboolean
take_entitled (const CosmicKey *key, GBytes *value, gpointer data)
{
  Roll *roll = data;
  DpopMemberEntry entry;
  DpopStanding standing;
  CosmicId member;

  cosmic_key_id (key, 0, &member);
  if (dpop_member_entry_read (value, &entry)
      && dpop_member_standing_then (roll->authority, &member, &entry, roll->height, &standing)
      && entitled (roll, &standing))
    g_array_append_val (roll->members, member);
  return TRUE;
}

/* Of those who have held a role: who has the vote by it, and not already as one of everyone. */
static gboolean
count_holder (const CosmicKey *key, GBytes *value, gpointer data)
{
  Roll *roll = data;
  DpopStanding standing;
  CosmicId member;

  cosmic_key_id (key, 0, &member);
  if (dpop_member_standing_at (roll->authority, &member, roll->height, &standing)
      && entitled (roll, &standing)
      && !(roll->everyone && dpop_standing_in_unit (&standing, roll->scope)))
    roll->count++;
  return TRUE;
}

static guint
count_everyone (const Roll *roll)
{
  guint32 counts[DPOP_MEMBER_STATE_LAST + 1];
  guint count = 0;

  dpop_member_counts_at (roll->authority, roll->of_all ? &cosmic_id_zero : roll->scope,
                         roll->height, counts);
  for (DpopMemberState state = 1; state <= DPOP_MEMBER_STATE_LAST; state++)
    if (dpop_charter_state_has (roll->charter, state, DPOP_STATE_VOTES))
      count += counts[state];
  return count;
}

guint
dpop_roll_count (const CosmicState *authority, const CosmicId *scope, guint64 height)
{
  Roll roll;

  if (roll_init (&roll, authority, dpop_membership_charter (authority), scope, height))
    {
      if (roll.everyone)
        roll.count = count_everyone (&roll);
      if (!roll.of_all)
        cosmic_state_each (authority, cosmic_key (TAG_HOLDER, NULL, NULL), count_holder, &roll);
    }
  roll_clear (&roll);
  return roll.count;
}

/* CHARTER is taken. */
static GArray *
members_under (const CosmicState *authority, DpopCharter *charter, const CosmicId *scope,
               guint64 height)
{
  GArray *members = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  Roll roll;

  if (roll_init (&roll, authority, charter, scope, height))
    {
      roll.members = members;
      cosmic_state_each (authority, cosmic_key (TAG_MEMBER, NULL, NULL), take_entitled, &roll);
    }
  roll_clear (&roll);
  return members;
}

GArray *
dpop_roll_members (const CosmicState *authority, const CosmicId *scope, guint64 height)
{
  return members_under (authority, dpop_membership_charter (authority), scope, height);
}

GArray *
dpop_roll_members_under (const CosmicState *authority, const DpopCharter *charter,
                         const CosmicId *scope, guint64 height)
{
  return members_under (authority, dpop_charter_ref (charter), scope, height);
}
