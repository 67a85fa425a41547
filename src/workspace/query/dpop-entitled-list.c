/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-entitled-list.h"

/* An item's number is its row's, doubled, and one more for who has voted: to vote makes another
 * item in the same place, and the list tells of it as of every change. */

struct _DpopEntitledItem
{
  DpopListItem parent_instance;
};

G_DEFINE_FINAL_TYPE (DpopEntitledItem, dpop_entitled_item, DPOP_TYPE_LIST_ITEM)

struct _DpopEntitledList
{
  DpopList parent_instance;
  DpopEntitled *entitled; /* NULL: not told yet */
  char *search;
  DpopMemberRowChoice voted;
  DpopMemberRowQuery query; /* its search is the one above */
};

G_DEFINE_FINAL_TYPE (DpopEntitledList, dpop_entitled_list, DPOP_TYPE_LIST)

enum
{
  PROP_SEARCH = 1,
  PROP_VOTED,
  PROP_DEVICE,
  PROP_SORT,
  PROP_DESCENDING,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

static void
dpop_entitled_item_class_init (DpopEntitledItemClass *class)
{
}

static void
dpop_entitled_item_init (DpopEntitledItem *self)
{
}

const DpopMemberRow *
dpop_entitled_item_get_row (DpopEntitledItem *self)
{
  return dpop_list_item_get_row (DPOP_LIST_ITEM (self));
}

gboolean
dpop_entitled_item_has_voted (DpopEntitledItem *self)
{
  return (dpop_list_item_get_number (DPOP_LIST_ITEM (self)) & 1) != 0;
}

/* --- Questions. ------------------------------------------------------------------------------ */

typedef struct
{
  DpopMemberRowQuery query;
  char *search;
  DpopMemberRowChoice voted;
  DpopEntitled *entitled;
} Question;

static gpointer
copy_query (DpopList *list)
{
  DpopEntitledList *self = DPOP_ENTITLED_LIST (list);
  Question *question = g_new0 (Question, 1);

  question->query = self->query;
  question->query.search = question->search = g_strdup (self->search);
  question->voted = self->voted;
  question->entitled = self->entitled != NULL ? dpop_entitled_ref (self->entitled) : NULL;
  return question;
}

static void
free_query (gpointer data)
{
  Question *question = data;

  dpop_entitled_unref (question->entitled);
  g_free (question->search);
  g_free (question);
}

static gboolean
fits (DpopMemberRowChoice choice, gboolean is)
{
  return choice == DPOP_MEMBER_ROW_EITHER || (choice == DPOP_MEMBER_ROW_YES) == is;
}

/* The order is the database's, of all members; who is entitled is picked out of it. */
static GArray *
order (DpopDatabase *database, gpointer data, GError **error)
{
  const Question *question = data;
  g_autoptr (GArray) all = NULL;
  GArray *numbers;

  if (question->entitled == NULL)
    return g_array_new (FALSE, FALSE, sizeof (gint64));
  all = dpop_member_row_order (database, &question->query, error);
  if (all == NULL)
    return NULL;
  numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < all->len; i++)
    {
      gint64 row = g_array_index (all, gint64, i);
      guint place = GPOINTER_TO_UINT (g_hash_table_lookup (question->entitled->by_number,
                                                           GSIZE_TO_POINTER (row)));
      gboolean voted
          = place > 0 && g_array_index (question->entitled->voted, guint8, place - 1) != 0;
      gint64 number = 2 * row + (voted ? 1 : 0);

      if (place > 0 && fits (question->voted, voted))
        g_array_append_val (numbers, number);
    }
  return numbers;
}

static gpointer
get (DpopDatabase *database, gint64 number, GError **error)
{
  return dpop_member_row_get (database, number / 2, error);
}

static void
free_row (gpointer row)
{
  dpop_member_row_free (row);
}

static gboolean
is_stale (const DpopProjectorChanges *changes, gint64 number, gconstpointer row)
{
  return dpop_projector_changes_contain (changes->members, number / 2);
}

/* --- The object. ----------------------------------------------------------------------------- */

void
dpop_entitled_list_set_entitled (DpopEntitledList *self, DpopEntitled *entitled)
{
  DpopEntitled *before = self->entitled;

  self->entitled = entitled != NULL ? dpop_entitled_ref (entitled) : NULL;
  dpop_entitled_unref (before);
  dpop_list_requery (DPOP_LIST (self));
}

static void
dpop_entitled_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  DpopEntitledList *self = DPOP_ENTITLED_LIST (object);

  switch (id)
    {
    case PROP_SEARCH:
      g_value_set_string (value, self->search);
      break;
    case PROP_VOTED:
      g_value_set_uint (value, self->voted);
      break;
    case PROP_DEVICE:
      g_value_set_uint (value, self->query.device);
      break;
    case PROP_SORT:
      g_value_set_uint (value, self->query.sort);
      break;
    case PROP_DESCENDING:
      g_value_set_boolean (value, self->query.descending);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

static void
dpop_entitled_list_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  DpopEntitledList *self = DPOP_ENTITLED_LIST (object);

  switch (id)
    {
    case PROP_SEARCH:
      g_free (self->search);
      self->search = g_value_dup_string (value);
      break;
    case PROP_VOTED:
      self->voted = (DpopMemberRowChoice) g_value_get_uint (value);
      break;
    case PROP_DEVICE:
      self->query.device = (DpopMemberRowChoice) g_value_get_uint (value);
      break;
    case PROP_SORT:
      self->query.sort = (DpopMemberRowSort) g_value_get_uint (value);
      break;
    case PROP_DESCENDING:
      self->query.descending = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
      return;
    }
  dpop_list_requery (DPOP_LIST (self));
}

static void
dpop_entitled_list_finalize (GObject *object)
{
  DpopEntitledList *self = DPOP_ENTITLED_LIST (object);

  dpop_entitled_unref (self->entitled);
  g_free (self->search);
  G_OBJECT_CLASS (dpop_entitled_list_parent_class)->finalize (object);
}

static void
dpop_entitled_list_class_init (DpopEntitledListClass *class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  DpopListClass *list_class = DPOP_LIST_CLASS (class);

  object_class->get_property = dpop_entitled_list_get_property;
  object_class->set_property = dpop_entitled_list_set_property;
  object_class->finalize = dpop_entitled_list_finalize;
  list_class->item_type = DPOP_TYPE_ENTITLED_ITEM;
  list_class->copy_query = copy_query;
  list_class->free_query = free_query;
  list_class->order = order;
  list_class->get = get;
  list_class->free_row = free_row;
  list_class->is_stale = is_stale;
  properties[PROP_SEARCH] = g_param_spec_string ("search", NULL, NULL, NULL, flags);
  properties[PROP_VOTED] = g_param_spec_uint ("voted", NULL, NULL, 0, DPOP_MEMBER_ROW_NO, 0, flags);
  properties[PROP_DEVICE] = g_param_spec_uint ("device", NULL, NULL, 0, DPOP_MEMBER_ROW_NO, 0,
                                               flags);
  properties[PROP_SORT] = g_param_spec_uint ("sort", NULL, NULL, 0, DPOP_MEMBER_ROW_BY_ENTRY, 0,
                                             flags);
  properties[PROP_DESCENDING] = g_param_spec_boolean ("descending", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
dpop_entitled_list_init (DpopEntitledList *self)
{
  self->query = DPOP_MEMBER_ROW_QUERY_ALL;
}

DpopEntitledList *
dpop_entitled_list_new (DpopReader *reader)
{
  return g_object_new (DPOP_TYPE_ENTITLED_LIST, "reader", reader, NULL);
}
