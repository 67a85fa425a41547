/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-may.h"
#include "dpop-standing.h"

G_BEGIN_DECLS

/* A role of the charter, for the organisation (zero) or a group. */
typedef struct
{
  guint16 role;
  CosmicId unit;
  gboolean held;
  DpopMay may; /* take it back if it is held, else give it */
} DpopMayRole;

typedef struct
{
  CosmicId unit;
  gboolean belongs;
  DpopMay may; /* take them out if they belong, else put them in */
} DpopMayUnit;

/* What this computer's member may do about a member, who may be themself. */
typedef struct
{
  gboolean self;
  DpopMay edit;    /* their particulars */
  DpopMay invite;  /* a computer of theirs */
  DpopMay act_for; /* enter what they say; no for oneself */
  DpopMay erase;   /* all that was typed about them */
  DpopMay move[DPOP_MEMBER_STATE_LAST + 1];  /* to each state but former, by its number */
  DpopMay remove[DPOP_REMOVAL_LAST + 1];     /* for each reason, by its number */
  GArray *roles; /* of DpopMayRole: the organisation's, then those of the groups that they belong to
                  * or hold a role for, in the charter's order */
  GArray *units; /* of DpopMayUnit, ascending: all there are */
} DpopMayMember;

/* NULL with DPOP_PROFILE_ERROR_NOT_FOUND when there is no such member, with
 * DPOP_PROFILE_ERROR_NOT_A_MEMBER when this computer belongs to nobody. */
DpopMayMember *dpop_may_member_new  (DpopProfile *profile, const CosmicId *member, GError **error);
void           dpop_may_member_free (DpopMayMember *self);

/* Give a role, or take it back, for any group (zero: the organisation). */
gboolean dpop_may_role       (DpopProfile *profile, const CosmicId *member, guint16 role,
                              const CosmicId *unit, gboolean take, DpopMay *may, GError **error);
/* Switch a computer off. */
gboolean dpop_may_switch_off (DpopProfile *profile, const CosmicId *device, DpopMay *may,
                              GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopMayMember, dpop_may_member_free)

G_END_DECLS
