/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-state.h"
#include "dpop-charter.h"

G_BEGIN_DECLS

/* The roll: who was entitled to vote when. It is never copied; a decision pins the height of the
 * batch that opened it, and asks here. What is said of a height that is covered never changes.
 *
 * SCOPE is zero for the party, else a unit. What counts is how things stood at the end of the batch
 * at HEIGHT; a height still to come is as now. */

/* 0 when there was no such member. */
DpopMemberState dpop_roll_member_state (const CosmicState *authority, const CosmicId *member,
                                        guint64 height);
gboolean dpop_roll_entitled (const CosmicState *authority, const CosmicId *member,
                             const CosmicId *scope, guint64 height);
/* The same under a CHARTER that may no longer be in force. */
gboolean dpop_roll_entitled_under (const CosmicState *authority, const DpopCharter *charter,
                                   const CosmicId *member, const CosmicId *scope, guint64 height);
/* How many were. */
guint    dpop_roll_count    (const CosmicState *authority, const CosmicId *scope, guint64 height);
/* Who was: (element-type CosmicId), ascending. */
GArray  *dpop_roll_members  (const CosmicState *authority, const CosmicId *scope, guint64 height);
GArray  *dpop_roll_members_under (const CosmicState *authority, const DpopCharter *charter,
                                  const CosmicId *scope, guint64 height);
/* Members in each state, by its number: all of the party, or those of a unit. */
void     dpop_roll_states   (const CosmicState *authority, const CosmicId *scope, guint64 height,
                             guint32 counts[DPOP_MEMBER_STATE_LAST + 1]);

G_END_DECLS
