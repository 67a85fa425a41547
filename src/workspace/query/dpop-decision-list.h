/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-decision-row.h"
#include "dpop-list.h"

G_BEGIN_DECLS

/* The decisions, filtered and sorted. Properties, all of which can be changed at any time: "search"
 * (text), "phases" (a bit for each DpopDecisionPhase, 0: any), "outcomes" (a bit for each
 * DpopOutcomeStatus, 0: any), "sort" (a DpopDecisionRowSort), "reversed". */
#define DPOP_TYPE_DECISION_LIST (dpop_decision_list_get_type ())
G_DECLARE_FINAL_TYPE (DpopDecisionList, dpop_decision_list, DPOP, DECISION_LIST, DpopList)

#define DPOP_TYPE_DECISION_ITEM (dpop_decision_item_get_type ())
G_DECLARE_FINAL_TYPE (DpopDecisionItem, dpop_decision_item, DPOP, DECISION_ITEM, DpopListItem)

DpopDecisionList *dpop_decision_list_new (DpopReader *reader);

/* Those of the organisation as a whole (zero) or of a unit; NULL: all. */
void dpop_decision_list_set_scope   (DpopDecisionList *self, const CosmicId *scope);
/* Those that a member proposed; NULL: all. */
void dpop_decision_list_set_speaker (DpopDecisionList *self, const CosmicId *speaker);

/* NULL: it has not come yet. */
const DpopDecisionRow *dpop_decision_item_get_row (DpopDecisionItem *self);

G_END_DECLS
