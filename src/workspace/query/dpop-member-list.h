/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-list.h"
#include "dpop-member-row.h"

G_BEGIN_DECLS

/* The members, filtered and sorted. Properties, all of which can be changed at any time: "search"
 * (text), "states" (a bit for each DpopMemberState, 0: any), "role" (-1: any), "device" (a
 * DpopMemberRowChoice), "sort" (a DpopMemberRowSort), "descending". */
#define DPOP_TYPE_MEMBER_LIST (dpop_member_list_get_type ())
G_DECLARE_FINAL_TYPE (DpopMemberList, dpop_member_list, DPOP, MEMBER_LIST, DpopList)

#define DPOP_TYPE_MEMBER_ITEM (dpop_member_item_get_type ())
G_DECLARE_FINAL_TYPE (DpopMemberItem, dpop_member_item, DPOP, MEMBER_ITEM, DpopListItem)

DpopMemberList *dpop_member_list_new (DpopReader *reader);

/* Who belongs to UNIT (zero: to none); NULL: anybody. */
void dpop_member_list_set_unit (DpopMemberList *self, const CosmicId *unit);

/* NULL: it has not come yet. */
const DpopMemberRow *dpop_member_item_get_row (DpopMemberItem *self);

G_END_DECLS
