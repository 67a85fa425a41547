/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-comment-list.h"

struct _DpopCommentItem
{
  DpopListItem parent_instance;
};

G_DEFINE_FINAL_TYPE (DpopCommentItem, dpop_comment_item, DPOP_TYPE_LIST_ITEM)

struct _DpopCommentList
{
  DpopList parent_instance;
  CosmicId decision;
};

G_DEFINE_FINAL_TYPE (DpopCommentList, dpop_comment_list, DPOP_TYPE_LIST)

static void
dpop_comment_item_class_init (DpopCommentItemClass *class)
{
}

static void
dpop_comment_item_init (DpopCommentItem *self)
{
}

const DpopCommentRow *
dpop_comment_item_get_row (DpopCommentItem *self)
{
  return dpop_list_item_get_row (DPOP_LIST_ITEM (self));
}

static gpointer
copy_query (DpopList *list)
{
  return cosmic_id_copy (&DPOP_COMMENT_LIST (list)->decision);
}

static void
free_query (gpointer decision)
{
  g_free (decision);
}

static GArray *
order (DpopDatabase *database, gpointer decision, GError **error)
{
  return dpop_comment_row_order (database, decision, error);
}

static gpointer
get (DpopDatabase *database, gint64 number, GError **error)
{
  return dpop_comment_row_get (database, number, error);
}

static void
free_row (gpointer row)
{
  dpop_comment_row_free (row);
}

static gboolean
is_stale (const DpopProjectorChanges *changes, gint64 number, gconstpointer row)
{
  return dpop_projector_changes_contain (changes->comments, number);
}

static void
dpop_comment_list_class_init (DpopCommentListClass *class)
{
  DpopListClass *list_class = DPOP_LIST_CLASS (class);

  list_class->item_type = DPOP_TYPE_COMMENT_ITEM;
  list_class->copy_query = copy_query;
  list_class->free_query = free_query;
  list_class->order = order;
  list_class->get = get;
  list_class->free_row = free_row;
  list_class->is_stale = is_stale;
}

static void
dpop_comment_list_init (DpopCommentList *self)
{
}

DpopCommentList *
dpop_comment_list_new (DpopReader *reader, const CosmicId *decision)
{
  DpopCommentList *self = g_object_new (DPOP_TYPE_COMMENT_LIST, "reader", reader, NULL);

  self->decision = *decision;
  dpop_list_requery (DPOP_LIST (self));
  return self;
}
