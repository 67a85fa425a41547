/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-codec.h"
#include "dpop-charter.h"

G_BEGIN_DECLS

#define DPOP_STANDING_UNITS_MAX 32
#define DPOP_STANDING_ROLES_MAX 32

/* A role that a member holds. */
typedef struct
{
  guint16 role;
  CosmicId unit; /* for what; zero: the party */
  guint64 since; /* height of the batch that gave it */
} DpopMemberRole;

/* All about a member that decides what they may do: what state they are in, what they belong to,
 * what they hold. A plain value, without a pointer in it. GVariant `(yaaya(qayt))` [format]: state,
 * units ascending, roles (role, unit, since) ascending by role and unit. */
#define DPOP_STANDING_TYPE "(yaaya(qayt))"

typedef struct
{
  DpopMemberState state; /* 0: there is no such member */
  guint n_units;
  CosmicId units[DPOP_STANDING_UNITS_MAX];
  guint n_roles;
  DpopMemberRole roles[DPOP_STANDING_ROLES_MAX];
} DpopStanding;

GVariant *dpop_standing_encode (const DpopStanding *self); /* floating */
gboolean  dpop_standing_decode (GVariant *value, DpopStanding *self);
gboolean  dpop_standing_equal  (const DpopStanding *a, const DpopStanding *b);

gboolean dpop_standing_in_unit     (const DpopStanding *self, const CosmicId *unit);
/* FALSE when there is no room for one more. */
gboolean dpop_standing_join_unit   (DpopStanding *self, const CosmicId *unit);
void     dpop_standing_leave_unit  (DpopStanding *self, const CosmicId *unit);

/* NULL when it is not held. */
const DpopMemberRole *dpop_standing_role (const DpopStanding *self, guint16 role,
                                          const CosmicId *unit);
gboolean dpop_standing_take_role   (DpopStanding *self, guint16 role, const CosmicId *unit,
                                    guint64 height);
void     dpop_standing_drop_role   (DpopStanding *self, guint16 role, const CosmicId *unit);
/* Whether one of the roles held falls only by a decision. */
gboolean dpop_standing_has_office  (const DpopStanding *self, const DpopCharter *charter);

/* Whether who stands so may do ACTION to TARGET. */
gboolean dpop_standing_lets (const DpopStanding *self, const DpopCharter *charter,
                             DpopAction action, const DpopCharterTarget *target);
/* The same about a member who stands as ABOUT: in one of their units, or in the party when they
 * are in none. What TARGET says of a unit is passed over. */
gboolean dpop_standing_lets_about (const DpopStanding *self, const DpopCharter *charter,
                                   DpopAction action, const DpopCharterTarget *target,
                                   const DpopStanding *about);

G_END_DECLS
