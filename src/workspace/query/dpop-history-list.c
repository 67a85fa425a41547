/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-history-list.h"

struct _DpopHistoryItem
{
  DpopListItem parent_instance;
};

G_DEFINE_FINAL_TYPE (DpopHistoryItem, dpop_history_item, DPOP_TYPE_LIST_ITEM)

/* A question with the ids that it points at. */
typedef struct
{
  DpopHistoryRowQuery query;
  CosmicId stream, author, subject;
} Question;

struct _DpopHistoryList
{
  DpopList parent_instance;
  Question question;
};

G_DEFINE_FINAL_TYPE (DpopHistoryList, dpop_history_list, DPOP_TYPE_LIST)

static void
dpop_history_item_class_init (DpopHistoryItemClass *class)
{
}

static void
dpop_history_item_init (DpopHistoryItem *self)
{
}

const DpopHistoryRow *
dpop_history_item_get_row (DpopHistoryItem *self)
{
  return dpop_list_item_get_row (DPOP_LIST_ITEM (self));
}

static const CosmicId *
copy_id (const CosmicId *id, CosmicId *to)
{
  if (id == NULL)
    return NULL;
  *to = *id;
  return to;
}

static void
copy_question (const DpopHistoryRowQuery *query, Question *to)
{
  to->query = *query;
  to->query.stream = copy_id (query->stream, &to->stream);
  to->query.author = copy_id (query->author, &to->author);
  to->query.subject = copy_id (query->subject, &to->subject);
}

static gpointer
copy_query (DpopList *list)
{
  Question *question = g_new0 (Question, 1);

  copy_question (&DPOP_HISTORY_LIST (list)->question.query, question);
  return question;
}

static void
free_query (gpointer question)
{
  g_free (question);
}

static GArray *
order (DpopDatabase *database, gpointer question, GError **error)
{
  return dpop_history_row_order (database, &((Question *) question)->query, error);
}

static gpointer
get (DpopDatabase *database, gint64 number, GError **error)
{
  return dpop_history_row_get (database, number, error);
}

static void
free_row (gpointer row)
{
  dpop_history_row_free (row);
}

/* What is confirmed stays as it is; what was not may be by now. */
static gboolean
is_stale (const DpopProjectorChanges *changes, gint64 number, gconstpointer row)
{
  const DpopHistoryRow *entry = row;

  return entry == NULL || entry->height == 0
         || dpop_projector_changes_contain (changes->verdicts, number);
}

static void
dpop_history_list_class_init (DpopHistoryListClass *class)
{
  DpopListClass *list_class = DPOP_LIST_CLASS (class);

  list_class->item_type = DPOP_TYPE_HISTORY_ITEM;
  list_class->copy_query = copy_query;
  list_class->free_query = free_query;
  list_class->order = order;
  list_class->get = get;
  list_class->free_row = free_row;
  list_class->is_stale = is_stale;
}

static void
dpop_history_list_init (DpopHistoryList *self)
{
}

DpopHistoryList *
dpop_history_list_new (DpopReader *reader)
{
  return g_object_new (DPOP_TYPE_HISTORY_LIST, "reader", reader, NULL);
}

void
dpop_history_list_set_query (DpopHistoryList *self, const DpopHistoryRowQuery *query)
{
  static const DpopHistoryRowQuery all;

  copy_question (query != NULL ? query : &all, &self->question);
  dpop_list_requery (DPOP_LIST (self));
}
