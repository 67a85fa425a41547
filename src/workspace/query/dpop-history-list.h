/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-history-row.h"
#include "dpop-list.h"

G_BEGIN_DECLS

/* Entries of the history. */
#define DPOP_TYPE_HISTORY_LIST (dpop_history_list_get_type ())
G_DECLARE_FINAL_TYPE (DpopHistoryList, dpop_history_list, DPOP, HISTORY_LIST, DpopList)

#define DPOP_TYPE_HISTORY_ITEM (dpop_history_item_get_type ())
G_DECLARE_FINAL_TYPE (DpopHistoryItem, dpop_history_item, DPOP, HISTORY_ITEM, DpopListItem)

DpopHistoryList *dpop_history_list_new (DpopReader *reader);

/* Which of them, and in what order; everything is copied. NULL: all, the newest first. */
void dpop_history_list_set_query (DpopHistoryList *self, const DpopHistoryRowQuery *query);

/* NULL: it has not come yet. */
const DpopHistoryRow *dpop_history_item_get_row (DpopHistoryItem *self);

G_END_DECLS
