/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-decision-list.h"
#include "dpop-may-member.h"
#include "dpop-member-view.h"
#include "dpop-members-sight.h"

G_BEGIN_DECLS

/* All that the page of one member shows, and what may be done about them. Read in the engine's
 * thread, never changed afterwards. */
typedef struct
{
  DpopMemberView *view;
  DpopMayMember *may;       /* NULL: this computer belongs to nobody */
  DpopMembersSight *common;
  GArray *may_off;          /* of DpopMay: switch a computer off, beside the view's */
  GPtrArray *open;          /* of DpopDecisionRow: votes that can be entered for them */
  GPtrArray *proposed;      /* of DpopDecisionRow: what they proposed last */
} DpopMemberSight;

DpopMemberSight *dpop_member_sight_new  (DpopProfile *profile, const CosmicId *member,
                                         GError **error);
void             dpop_member_sight_free (DpopMemberSight *self);

/* Of two sights that read the same, a page need not be made again. The caller frees. */
char            *dpop_member_sight_print (const DpopMemberSight *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopMemberSight, dpop_member_sight_free)

G_END_DECLS
