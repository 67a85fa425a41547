/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-member-list.h"
#include "dpop-members-sight.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A button that says which members are shown, in words, and lets one choose: by state, role, group
 * and computer, and in what order. It sets what it says on a list. */
#define DPOP_TYPE_MEMBERS_FILTER (dpop_members_filter_get_type ())
G_DECLARE_FINAL_TYPE (DpopMembersFilter, dpop_members_filter, DPOP, MEMBERS_FILTER, AdwBin)

/* VIEW shows LIST, and outlives this. */
void     dpop_members_filter_set_list  (DpopMembersFilter *self, DpopMemberList *list,
                                        GtkListView *view);
/* What is chosen stays, as far as it is still there. */
void     dpop_members_filter_set_sight (DpopMembersFilter *self, const DpopMembersSight *sight);
gboolean dpop_members_filter_is_narrow (DpopMembersFilter *self);
/* Chooses those of UNIT, be it known here already or not. */
void     dpop_members_filter_set_group (DpopMembersFilter *self, const CosmicId *unit);
/* Everybody again. */
void     dpop_members_filter_clear     (DpopMembersFilter *self);

G_END_DECLS
