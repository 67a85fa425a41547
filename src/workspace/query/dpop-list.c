/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-list.h"

#include "dpop-list-change-private.h"

/* Rows read at once around one that is asked for, and items that are kept. */
#define STRETCH 64
#define KEPT    1024

typedef struct
{
  gint64 number;
  gpointer row; /* NULL: it has not come */
  GDestroyNotify free_row;
} DpopListItemPrivate;

G_DEFINE_TYPE_WITH_PRIVATE (DpopListItem, dpop_list_item, G_TYPE_OBJECT)

typedef struct
{
  DpopReader *reader;
  GArray *order;      /* of gint64 */
  GHashTable *items;  /* number -> DpopListItem */
  GQueue kept;        /* numbers of ITEMS, the oldest first */
  GHashTable *asked;  /* numbers whose rows are on their way */
  GPtrArray *changes; /* of DpopProjectorChanges, since the order was asked for */
  gboolean everything; /* all rows are to be read again */
  guint questions;    /* asked for the order; only the last answer counts */
  gboolean loading;
  GError *failure;
} DpopListPrivate;

enum
{
  PROP_READER = 1,
  PROP_LOADING,
  PROP_FAILURE,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

static void list_model_init (GListModelInterface *interface);

G_DEFINE_ABSTRACT_TYPE_WITH_CODE (DpopList, dpop_list, G_TYPE_OBJECT,
                                  G_ADD_PRIVATE (DpopList)
                                      G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static DpopListPrivate *
private_of (DpopList *self)
{
  return dpop_list_get_instance_private (self);
}

/* --- Items. ---------------------------------------------------------------------------------- */

static void
dpop_list_item_finalize (GObject *object)
{
  DpopListItemPrivate *item = dpop_list_item_get_instance_private (DPOP_LIST_ITEM (object));

  if (item->row != NULL)
    item->free_row (item->row);
  G_OBJECT_CLASS (dpop_list_item_parent_class)->finalize (object);
}

static void
dpop_list_item_class_init (DpopListItemClass *class)
{
  G_OBJECT_CLASS (class)->finalize = dpop_list_item_finalize;
}

static void
dpop_list_item_init (DpopListItem *self)
{
}

gint64
dpop_list_item_get_number (DpopListItem *self)
{
  DpopListItemPrivate *item = dpop_list_item_get_instance_private (self);

  return item->number;
}

gconstpointer
dpop_list_item_get_row (DpopListItem *self)
{
  DpopListItemPrivate *item = dpop_list_item_get_instance_private (self);

  return item->row;
}

/* ROW is taken, and may be NULL. */
static DpopListItem *
new_item (DpopList *self, gint64 number, gpointer row)
{
  DpopListClass *class = DPOP_LIST_GET_CLASS (self);
  DpopListItem *item = g_object_new (class->item_type, NULL);
  DpopListItemPrivate *private = dpop_list_item_get_instance_private (item);

  private->number = number;
  private->row = row;
  private->free_row = class->free_row;
  return item;
}

static DpopListItem *
find_item (DpopListPrivate *list, gint64 number)
{
  return g_hash_table_lookup (list->items, &number);
}

/* Takes ITEM. */
static void
keep_item (DpopListPrivate *list, DpopListItem *item)
{
  gint64 number = dpop_list_item_get_number (item);

  if (!g_hash_table_contains (list->items, &number))
    g_queue_push_tail (&list->kept, g_memdup2 (&number, sizeof number));
  g_hash_table_insert (list->items, g_memdup2 (&number, sizeof number), item);
  while (g_queue_get_length (&list->kept) > KEPT)
    {
      g_autofree gint64 *oldest = g_queue_pop_head (&list->kept);

      g_hash_table_remove (list->items, oldest);
    }
}

/* --- Reading rows. --------------------------------------------------------------------------- */

typedef struct
{
  gpointer (*get) (DpopDatabase *database, gint64 number, GError **error);
  GDestroyNotify free_row;
  GArray *numbers;
} Stretch;

static void
stretch_free (gpointer data)
{
  Stretch *stretch = data;

  g_array_unref (stretch->numbers);
  g_free (stretch);
}

/* As many entries as there are numbers; NULL for a row that is not there any more. */
typedef struct
{
  GArray *numbers;
  GPtrArray *rows;
  GDestroyNotify free_row;
} Rows;

static void
rows_free (gpointer data)
{
  Rows *rows = data;

  for (guint i = 0; i < rows->rows->len; i++)
    if (rows->rows->pdata[i] != NULL)
      rows->free_row (rows->rows->pdata[i]);
  g_ptr_array_unref (rows->rows);
  g_array_unref (rows->numbers);
  g_free (rows);
}

static gpointer
answer_rows (DpopDatabase *database, gpointer question, GError **error)
{
  Stretch *stretch = question;
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  Rows *answer;
  GError *failure = NULL;

  for (guint i = 0; i < stretch->numbers->len && failure == NULL; i++)
    g_ptr_array_add (rows, stretch->get (database, g_array_index (stretch->numbers, gint64, i),
                                         &failure));
  if (failure != NULL)
    g_propagate_error (error, failure);
  answer = g_new0 (Rows, 1);
  answer->numbers = g_array_ref (stretch->numbers);
  answer->free_row = stretch->free_row;
  answer->rows = g_steal_pointer (&rows);
  return answer;
}

static void
set_failure (DpopList *self, const GError *error)
{
  DpopListPrivate *list = private_of (self);

  if (list->failure == NULL && error == NULL)
    return;
  g_clear_error (&list->failure);
  list->failure = error != NULL ? g_error_copy (error) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FAILURE]);
}

/* Says of every stretch of items in CAME (a set of numbers) that they are others now. */
static void
tell_came (DpopList *self, GHashTable *came)
{
  DpopListPrivate *list = private_of (self);
  g_autoptr (GArray) runs = NULL;

  if (g_hash_table_size (came) == 0)
    return;
  runs = dpop_list_change_runs (list->order, came);
  for (guint i = 0; i < runs->len; i++)
    {
      const DpopListChangeRun *run = &g_array_index (runs, DpopListChangeRun, i);

      g_list_model_items_changed (G_LIST_MODEL (self), run->position, run->length, run->length);
    }
}

static void
take_rows (gpointer data, const GError *error, gpointer user_data)
{
  DpopList *self = user_data;
  DpopListPrivate *list = private_of (self);
  Rows *rows = data;
  g_autoptr (GHashTable) came = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  set_failure (self, error);
  for (guint i = 0; i < rows->numbers->len; i++)
    {
      gint64 number = g_array_index (rows->numbers, gint64, i);

      g_hash_table_remove (list->asked, &number);
      if (i >= rows->rows->len || rows->rows->pdata[i] == NULL)
        continue;
      if (find_item (list, number) != NULL)
        g_hash_table_add (came, g_memdup2 (&number, sizeof number));
      keep_item (list, new_item (self, number, g_steal_pointer (&rows->rows->pdata[i])));
    }
  rows_free (rows);
  tell_came (self, came);
}

/* Asks for the rows around POSITION that are neither here nor on their way. */
static void
ask_for_rows (DpopList *self, guint position)
{
  DpopListPrivate *list = private_of (self);
  DpopListClass *class = DPOP_LIST_GET_CLASS (self);
  guint start = position / STRETCH * STRETCH;
  Stretch *stretch = g_new0 (Stretch, 1);
  DpopReaderRequest request = { .answer = answer_rows, .question = stretch,
                                .free_question = stretch_free, .free_answer = rows_free,
                                .take = take_rows, .data = g_object_ref (self),
                                .free_data = g_object_unref };

  stretch->get = class->get;
  stretch->free_row = class->free_row;
  stretch->numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = start; i < MIN (start + STRETCH, list->order->len); i++)
    {
      gint64 number = g_array_index (list->order, gint64, i);
      DpopListItem *item = find_item (list, number);

      if ((item != NULL && dpop_list_item_get_row (item) != NULL)
          || g_hash_table_contains (list->asked, &number))
        continue;
      g_hash_table_add (list->asked, g_memdup2 (&number, sizeof number));
      g_array_append_val (stretch->numbers, number);
    }
  dpop_reader_ask (list->reader, &request);
}

/* --- The order. ------------------------------------------------------------------------------ */

typedef struct
{
  GArray *(*order) (DpopDatabase *database, gpointer query, GError **error);
  gpointer query;
  GDestroyNotify free_query;
} OrderQuestion;

static void
order_question_free (gpointer data)
{
  OrderQuestion *question = data;

  question->free_query (question->query);
  g_free (question);
}

static gpointer
answer_order (DpopDatabase *database, gpointer data, GError **error)
{
  OrderQuestion *question = data;

  return question->order (database, question->query, error);
}

typedef struct
{
  DpopList *list;
  guint question;
} OrderAsked;

static void
order_asked_free (gpointer data)
{
  OrderAsked *asked = data;

  g_object_unref (asked->list);
  g_free (asked);
}

static gboolean
is_stale (DpopList *self, gint64 number, DpopListItem *item)
{
  DpopListPrivate *list = private_of (self);
  gboolean stale = list->everything;

  for (guint i = 0; i < list->changes->len && !stale; i++)
    stale = DPOP_LIST_GET_CLASS (self)->is_stale (list->changes->pdata[i], number,
                                                  dpop_list_item_get_row (item));
  return stale;
}

/* Numbers of kept items whose rows are to be read again; they are dropped. */
static GHashTable *
drop_stale (DpopList *self)
{
  DpopListPrivate *list = private_of (self);
  GHashTable *stale = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer number, item;

  g_hash_table_iter_init (&iter, list->items);
  while (g_hash_table_iter_next (&iter, &number, &item))
    if (is_stale (self, *(gint64 *) number, item))
      {
        g_hash_table_add (stale, g_memdup2 (number, sizeof (gint64)));
        g_hash_table_iter_remove (&iter);
      }
  g_ptr_array_set_size (list->changes, 0);
  list->everything = FALSE;
  return stale;
}

static void
set_loading (DpopList *self, gboolean loading)
{
  DpopListPrivate *list = private_of (self);

  if (list->loading == loading)
    return;
  list->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

/* From one order to the next, in steps that are each told when they are done. */
static void
change_order (DpopList *self, GArray *after, GHashTable *stale)
{
  DpopListPrivate *list = private_of (self);
  g_autoptr (GArray) steps = dpop_list_change_steps (list->order, after, stale);

  for (guint i = 0; i < steps->len; i++)
    {
      const DpopListChangeStep *step = &g_array_index (steps, DpopListChangeStep, i);

      if (step->removed > 0)
        g_array_remove_range (list->order, step->position, step->removed);
      if (step->added > 0)
        g_array_insert_vals (list->order, step->position,
                             &g_array_index (after, gint64, step->from), step->added);
      g_list_model_items_changed (G_LIST_MODEL (self), step->position, step->removed, step->added);
    }
}

static void
take_order (gpointer data, const GError *error, gpointer user_data)
{
  OrderAsked *asked = user_data;
  DpopList *self = asked->list;
  DpopListPrivate *list = private_of (self);
  g_autoptr (GArray) order = data;
  g_autoptr (GHashTable) stale = NULL;

  if (asked->question != list->questions)
    return;
  set_failure (self, error);
  if (order != NULL)
    {
      stale = drop_stale (self);
      change_order (self, order, stale);
    }
  set_loading (self, FALSE);
}

static void
free_array (gpointer array)
{
  g_array_unref (array);
}

void
dpop_list_requery (DpopList *self)
{
  DpopListPrivate *list = private_of (self);
  DpopListClass *class = DPOP_LIST_GET_CLASS (self);
  OrderQuestion *question;
  OrderAsked *asked;
  DpopReaderRequest request = { .answer = answer_order, .free_question = order_question_free,
                                .free_answer = free_array, .take = take_order,
                                .free_data = order_asked_free };

  if (list->reader == NULL || list->order == NULL)
    return; /* still being made */
  question = g_new0 (OrderQuestion, 1);
  question->order = class->order;
  question->query = class->copy_query (self);
  question->free_query = class->free_query;
  asked = g_new0 (OrderAsked, 1);
  asked->list = g_object_ref (self);
  asked->question = ++list->questions;
  request.question = question;
  request.data = asked;
  set_loading (self, TRUE);
  dpop_reader_ask (list->reader, &request);
}

void
dpop_list_refresh (DpopList *self, DpopProjectorChanges *changes)
{
  DpopListPrivate *list = private_of (self);

  if (changes == NULL || changes->everything)
    list->everything = TRUE;
  else
    g_ptr_array_add (list->changes, dpop_projector_changes_ref (changes));
  dpop_list_requery (self);
}

/* --- GListModel. ----------------------------------------------------------------------------- */

static GType
get_item_type (GListModel *model)
{
  return DPOP_LIST_GET_CLASS (model)->item_type;
}

static guint
get_n_items (GListModel *model)
{
  return private_of (DPOP_LIST (model))->order->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  DpopList *self = DPOP_LIST (model);
  DpopListPrivate *list = private_of (self);
  DpopListItem *item;
  gint64 number;

  if (position >= list->order->len)
    return NULL;
  number = g_array_index (list->order, gint64, position);
  item = find_item (list, number);
  if (item == NULL)
    {
      ask_for_rows (self, position);
      item = find_item (list, number);
    }
  if (item == NULL)
    {
      item = new_item (self, number, NULL);
      keep_item (list, item);
    }
  return g_object_ref (item);
}

static void
list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = get_item_type;
  interface->get_n_items = get_n_items;
  interface->get_item = get_item;
}

/* --- The object. ----------------------------------------------------------------------------- */

const GError *
dpop_list_get_failure (DpopList *self)
{
  return private_of (self)->failure;
}

gboolean
dpop_list_is_loading (DpopList *self)
{
  return private_of (self)->loading;
}

static void
dpop_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  DpopListPrivate *list = private_of (DPOP_LIST (object));

  switch (id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, list->loading);
      break;
    case PROP_FAILURE:
      g_value_set_boxed (value, list->failure);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

static void
dpop_list_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  DpopListPrivate *list = private_of (DPOP_LIST (object));

  switch (id)
    {
    case PROP_READER:
      list->reader = dpop_reader_ref (g_value_get_pointer (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

static void
dpop_list_constructed (GObject *object)
{
  DpopListPrivate *list = private_of (DPOP_LIST (object));

  G_OBJECT_CLASS (dpop_list_parent_class)->constructed (object);
  list->order = g_array_new (FALSE, FALSE, sizeof (gint64));
  dpop_list_requery (DPOP_LIST (object));
}

static void
dpop_list_finalize (GObject *object)
{
  DpopListPrivate *list = private_of (DPOP_LIST (object));

  g_clear_pointer (&list->reader, dpop_reader_unref);
  g_clear_pointer (&list->order, g_array_unref);
  g_hash_table_unref (list->items);
  g_hash_table_unref (list->asked);
  g_ptr_array_unref (list->changes);
  g_queue_clear_full (&list->kept, g_free);
  g_clear_error (&list->failure);
  G_OBJECT_CLASS (dpop_list_parent_class)->finalize (object);
}

static void
dpop_list_class_init (DpopListClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = dpop_list_get_property;
  object_class->set_property = dpop_list_set_property;
  object_class->constructed = dpop_list_constructed;
  object_class->finalize = dpop_list_finalize;
  properties[PROP_READER]
      = g_param_spec_pointer ("reader", NULL, NULL,
                              G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_FAILURE] = g_param_spec_boxed ("failure", NULL, NULL, G_TYPE_ERROR,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
free_changes (gpointer changes)
{
  dpop_projector_changes_unref (changes);
}

static void
dpop_list_init (DpopList *self)
{
  DpopListPrivate *list = private_of (self);

  list->items = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  list->asked = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  list->changes = g_ptr_array_new_with_free_func (free_changes);
  g_queue_init (&list->kept);
}
