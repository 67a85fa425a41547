/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-member-query.h"

#include "dpop-member-entry-private.h"
#include "dpop-membership-policy.h"
#include "dpop-membership.h"

static void
fill (const CosmicState *authority, const CosmicId *id, const DpopMemberEntry *entry,
      DpopMember *self)
{
  self->id = *id;
  self->standing = entry->standing;
  self->since = entry->since;
  self->admitted = entry->admitted;
  self->has_device = cosmic_authority_has_device (authority, id);
  self->details = entry->details.operation;
  self->details_scope = entry->details.scope;
  self->on_behalf = entry->details.by_other;
  self->import = entry->import;
  self->withdrawn = entry->withdrawn;
}

gboolean
dpop_member_query_load (const CosmicState *authority, const CosmicId *member, DpopMember *self)
{
  DpopMemberEntry entry;

  if (!dpop_member_entry_load (authority, member, &entry))
    return FALSE;
  fill (authority, member, &entry, self);
  return TRUE;
}

/* --- Walking. -------------------------------------------------------------------------------- */

typedef struct
{
  const CosmicState *authority;
  const CosmicId *unit;
  DpopMemberVisit visit;
  gpointer data;
} Walk;

static gboolean
visit_entry (const CosmicKey *key, GBytes *value, gpointer data)
{
  const Walk *walk = data;
  DpopMemberEntry entry;
  DpopMember member;
  CosmicId id;

  if (!dpop_member_entry_read (value, &entry))
    return TRUE;
  cosmic_key_id (key, 0, &id);
  fill (walk->authority, &id, &entry, &member);
  return walk->visit (&member, walk->data);
}

void
dpop_member_query_each (const CosmicState *authority, DpopMemberVisit visit, gpointer data)
{
  Walk walk = { .authority = authority, .visit = visit, .data = data };

  cosmic_state_each (authority, cosmic_key (TAG_MEMBER, NULL, NULL), visit_entry, &walk);
}

static gboolean
visit_in_unit (const CosmicKey *key, GBytes *value, gpointer data)
{
  const Walk *walk = data;
  DpopMember member;
  CosmicId id;

  cosmic_key_id (key, 1, &id);
  return !dpop_member_query_load (walk->authority, &id, &member)
         || !dpop_standing_in_unit (&member.standing, walk->unit)
         || walk->visit (&member, walk->data);
}

void
dpop_member_query_in_unit (const CosmicState *authority, const CosmicId *unit,
                           DpopMemberVisit visit, gpointer data)
{
  Walk walk = { .authority = authority, .unit = unit, .visit = visit, .data = data };

  cosmic_state_each (authority, cosmic_key (TAG_UNIT_MEMBER, unit, NULL), visit_in_unit, &walk);
}

typedef struct
{
  const CosmicState *authority;
  guint16 role;
  const CosmicId *unit;
  GArray *members;
} Holders;

static gboolean
take_holder (const CosmicKey *key, GBytes *value, gpointer data)
{
  Holders *holders = data;
  DpopStanding standing;
  CosmicId member;

  cosmic_key_id (key, 0, &member);
  if (dpop_membership_standing (holders->authority, &member, &standing)
      && dpop_standing_role (&standing, holders->role, holders->unit) != NULL)
    g_array_append_val (holders->members, member);
  return TRUE;
}

GArray *
dpop_member_query_holders (const CosmicState *authority, guint16 role, const CosmicId *unit)
{
  Holders holders = { authority, role, unit, g_array_new (FALSE, FALSE, sizeof (CosmicId)) };

  cosmic_state_each (authority, cosmic_key (TAG_HOLDER, NULL, NULL), take_holder, &holders);
  return holders.members;
}

/* --- Who may see it. ------------------------------------------------------------------------- */

void
dpop_member_query_details_scope (const CosmicState *authority, const CosmicId *member,
                                 CosmicId *scope)
{
  DpopStanding standing;

  *scope = dpop_membership_standing (authority, member, &standing) && standing.n_units > 0
               ? standing.units[0]
               : cosmic_id_zero;
}

typedef struct
{
  const CosmicState *authority;
  const DpopCharter *charter;
  const CosmicId *scope;
  GArray *readers;
} Readers;

static void
count_readers (Readers *self, DpopReaderKind kind, const CosmicId *unit, guint16 role, guint n)
{
  DpopMemberReader reader = { .kind = kind, .unit = *unit, .role = role, .n = n };

  if (n == 0)
    return;
  for (guint i = 0; i < self->readers->len; i++)
    {
      DpopMemberReader *there = &g_array_index (self->readers, DpopMemberReader, i);

      if (there->kind == kind && there->role == role && cosmic_id_same (&there->unit, unit))
        {
          there->n += n;
          return;
        }
    }
  g_array_append_val (self->readers, reader);
}

/* Whether one who stands so, but with this one role (NULL: none), may read there. */
static gboolean
reads_by (const Readers *self, const DpopStanding *standing, const DpopMemberRole *role)
{
  DpopCharterTarget target = { .unit = self->scope->bytes };
  DpopStanding alone = *standing;

  alone.n_roles = 0;
  if (role != NULL)
    dpop_standing_take_role (&alone, role->role, &role->unit, role->since);
  return dpop_standing_lets (&alone, self->charter, DPOP_ACTION_READ_MEMBER, &target);
}

/* Everyone in the organisation, or in the unit, who holds keys at all: from the counts that are
 * kept. */
static guint
count_taking_part (const Readers *self, const CosmicId *scope)
{
  guint32 counts[DPOP_MEMBER_STATE_LAST + 1];
  guint n = 0;

  dpop_member_counts_at (self->authority, scope, G_MAXUINT64, counts);
  for (guint state = DPOP_MEMBER_APPLICANT; state <= DPOP_MEMBER_STATE_LAST; state++)
    if (dpop_membership_policy_takes_part (self->charter, (DpopMemberState) state))
      n += counts[state];
  return n;
}

static void
count_by_roles (Readers *self, const CosmicId *id)
{
  DpopMember member;

  if (!dpop_member_query_load (self->authority, id, &member)
      || dpop_standing_in_unit (&member.standing, self->scope)
      || !dpop_membership_policy_takes_part (self->charter, member.standing.state))
    return;
  for (guint i = 0; i < member.standing.n_roles; i++)
    if (reads_by (self, &member.standing, &member.standing.roles[i]))
      count_readers (self, DPOP_READER_ROLE, &member.standing.roles[i].unit,
                     member.standing.roles[i].role, 1);
}

static gboolean
visit_holder (const CosmicKey *key, GBytes *value, gpointer data)
{
  CosmicId member;

  cosmic_key_id (key, 0, &member);
  count_by_roles (data, &member);
  return TRUE;
}

/* Nobody is looked at but those with roles: ten thousand members would take their time. */
static void
count_all (Readers *self)
{
  static const DpopStanding plain = { .state = DPOP_MEMBER_MEMBER };

  if (cosmic_id_is_zero (self->scope) || reads_by (self, &plain, NULL))
    {
      count_readers (self, DPOP_READER_EVERYONE, &cosmic_id_zero, 0,
                     count_taking_part (self, &cosmic_id_zero));
      return;
    }
  count_readers (self, DPOP_READER_UNIT, self->scope, 0, count_taking_part (self, self->scope));
  cosmic_state_each (self->authority, cosmic_key (TAG_HOLDER, NULL, NULL), visit_holder, self);
}

GArray *
dpop_member_query_readers (const CosmicState *authority, const CosmicId *member)
{
  g_autoptr (DpopCharter) charter = dpop_membership_charter (authority);
  GArray *readers = g_array_new (FALSE, FALSE, sizeof (DpopMemberReader));
  DpopMember about;

  if (charter != NULL && dpop_member_query_load (authority, member, &about)
      && !cosmic_id_is_zero (&about.details))
    {
      Readers all = { authority, charter, &about.details_scope, readers };

      count_all (&all);
    }
  return readers;
}
