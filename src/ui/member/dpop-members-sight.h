/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-may.h"
#include "dpop-names.h"

G_BEGIN_DECLS

/* What the pages of members need to know besides the members themselves: what roles and groups are
 * called, how many there are, and what this computer's member may do. Read in the engine's thread,
 * never changed afterwards. */
typedef struct
{
  CosmicId id;
  guint8 kind;
  char *name;
  guint members;
} DpopMembersGroup;

typedef struct
{
  DpopMayView *may;
  guint members;     /* who have not left */
  guint without;     /* of these, without a computer */
  GPtrArray *roles;  /* of char *: labels, by their number in our rules */
  GPtrArray *kinds;  /* of char *: of the kinds of group, likewise */
  GArray *groups;    /* of DpopMembersGroup, by name; the first 500 */
} DpopMembersSight;

DpopMembersSight *dpop_members_sight_new  (DpopProfile *profile, GError **error);
void              dpop_members_sight_free (DpopMembersSight *self);

/* NULL when it is not known here. */
const char *dpop_members_sight_group (const DpopMembersSight *self, const CosmicId *unit);
/* "Chair", "Group chair, North"; the caller frees. */
char       *dpop_members_sight_role  (const DpopMembersSight *self, guint role,
                                      const CosmicId *unit);
/* "58 members, 12 without a computer"; the caller frees. */
char       *dpop_members_sight_count (const DpopMembersSight *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopMembersSight, dpop_members_sight_free)

G_END_DECLS
