/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-list.h"
#include "dpop-unit-row.h"

G_BEGIN_DECLS

/* The groups, by name. Properties, which can be changed at any time: "search" (text),
 * "descending". */
#define DPOP_TYPE_UNIT_LIST (dpop_unit_list_get_type ())
G_DECLARE_FINAL_TYPE (DpopUnitList, dpop_unit_list, DPOP, UNIT_LIST, DpopList)

#define DPOP_TYPE_UNIT_ITEM (dpop_unit_item_get_type ())
G_DECLARE_FINAL_TYPE (DpopUnitItem, dpop_unit_item, DPOP, UNIT_ITEM, DpopListItem)

DpopUnitList *dpop_unit_list_new (DpopReader *reader);

/* NULL: it has not come yet. */
const DpopUnitRow *dpop_unit_item_get_row (DpopUnitItem *self);

G_END_DECLS
