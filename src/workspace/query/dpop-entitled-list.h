/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-entitled.h"
#include "dpop-list.h"
#include "dpop-member-row.h"

G_BEGIN_DECLS

/* Who is entitled to vote in a decision, searched and sorted. Properties, all of which can be
 * changed at any time: "search" (text), "voted" and "device" (a DpopMemberRowChoice: whether they
 * have voted, whether they have a computer), "sort" (a DpopMemberRowSort), "descending". */
#define DPOP_TYPE_ENTITLED_LIST (dpop_entitled_list_get_type ())
G_DECLARE_FINAL_TYPE (DpopEntitledList, dpop_entitled_list, DPOP, ENTITLED_LIST, DpopList)

#define DPOP_TYPE_ENTITLED_ITEM (dpop_entitled_item_get_type ())
G_DECLARE_FINAL_TYPE (DpopEntitledItem, dpop_entitled_item, DPOP, ENTITLED_ITEM, DpopListItem)

/* Empty until it is told who is entitled. */
DpopEntitledList *dpop_entitled_list_new (DpopReader *reader);

/* Who is, as it stands now; NULL: nobody. "items-changed" tells of exactly those who came, went or
 * have voted since. */
void dpop_entitled_list_set_entitled (DpopEntitledList *self, DpopEntitled *entitled);

/* NULL: it has not come yet. */
const DpopMemberRow *dpop_entitled_item_get_row   (DpopEntitledItem *self);
gboolean             dpop_entitled_item_has_voted (DpopEntitledItem *self);

G_END_DECLS
