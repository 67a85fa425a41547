/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-comment-row.h"
#include "dpop-list.h"

G_BEGIN_DECLS

/* What was said about one decision, in all its discussions together. */
#define DPOP_TYPE_COMMENT_LIST (dpop_comment_list_get_type ())
G_DECLARE_FINAL_TYPE (DpopCommentList, dpop_comment_list, DPOP, COMMENT_LIST, DpopList)

#define DPOP_TYPE_COMMENT_ITEM (dpop_comment_item_get_type ())
G_DECLARE_FINAL_TYPE (DpopCommentItem, dpop_comment_item, DPOP, COMMENT_ITEM, DpopListItem)

DpopCommentList *dpop_comment_list_new (DpopReader *reader, const CosmicId *decision);

/* NULL: it has not come yet. */
const DpopCommentRow *dpop_comment_item_get_row (DpopCommentItem *self);

G_END_DECLS
