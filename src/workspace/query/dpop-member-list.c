/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-member-list.h"

struct _DpopMemberItem
{
  DpopListItem parent_instance;
};

G_DEFINE_FINAL_TYPE (DpopMemberItem, dpop_member_item, DPOP_TYPE_LIST_ITEM)

struct _DpopMemberList
{
  DpopList parent_instance;
  char *search;
  gboolean has_unit;
  CosmicId unit;
  DpopMemberRowQuery query; /* its texts and ids are those above */
};

G_DEFINE_FINAL_TYPE (DpopMemberList, dpop_member_list, DPOP_TYPE_LIST)

enum
{
  PROP_SEARCH = 1,
  PROP_STATES,
  PROP_ROLE,
  PROP_DEVICE,
  PROP_SORT,
  PROP_DESCENDING,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

static void
dpop_member_item_class_init (DpopMemberItemClass *class)
{
}

static void
dpop_member_item_init (DpopMemberItem *self)
{
}

const DpopMemberRow *
dpop_member_item_get_row (DpopMemberItem *self)
{
  return dpop_list_item_get_row (DPOP_LIST_ITEM (self));
}

/* --- Questions. ------------------------------------------------------------------------------ */

/* A copy with what it points at. */
typedef struct
{
  DpopMemberRowQuery query;
  char *search;
  CosmicId unit;
} Question;

static gpointer
copy_query (DpopList *list)
{
  DpopMemberList *self = DPOP_MEMBER_LIST (list);
  Question *question = g_new0 (Question, 1);

  question->query = self->query;
  question->query.search = question->search = g_strdup (self->search);
  question->unit = self->unit;
  question->query.unit = self->has_unit ? &question->unit : NULL;
  return question;
}

static void
free_query (gpointer data)
{
  Question *question = data;

  g_free (question->search);
  g_free (question);
}

static GArray *
order (DpopDatabase *database, gpointer question, GError **error)
{
  return dpop_member_row_order (database, &((Question *) question)->query, error);
}

static gpointer
get (DpopDatabase *database, gint64 number, GError **error)
{
  return dpop_member_row_get (database, number, error);
}

static void
free_row (gpointer row)
{
  dpop_member_row_free (row);
}

static gboolean
is_stale (const DpopProjectorChanges *changes, gint64 number, gconstpointer row)
{
  return dpop_projector_changes_contain (changes->members, number);
}

/* --- The object. ----------------------------------------------------------------------------- */

void
dpop_member_list_set_unit (DpopMemberList *self, const CosmicId *unit)
{
  self->has_unit = unit != NULL;
  self->unit = unit != NULL ? *unit : cosmic_id_zero;
  dpop_list_requery (DPOP_LIST (self));
}

static void
dpop_member_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  DpopMemberList *self = DPOP_MEMBER_LIST (object);

  switch (id)
    {
    case PROP_SEARCH:
      g_value_set_string (value, self->search);
      break;
    case PROP_STATES:
      g_value_set_uint (value, self->query.states);
      break;
    case PROP_ROLE:
      g_value_set_int (value, self->query.role);
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
dpop_member_list_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  DpopMemberList *self = DPOP_MEMBER_LIST (object);

  switch (id)
    {
    case PROP_SEARCH:
      g_free (self->search);
      self->search = g_value_dup_string (value);
      break;
    case PROP_STATES:
      self->query.states = g_value_get_uint (value);
      break;
    case PROP_ROLE:
      self->query.role = g_value_get_int (value);
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
dpop_member_list_finalize (GObject *object)
{
  g_free (DPOP_MEMBER_LIST (object)->search);
  G_OBJECT_CLASS (dpop_member_list_parent_class)->finalize (object);
}

static void
dpop_member_list_class_init (DpopMemberListClass *class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  DpopListClass *list_class = DPOP_LIST_CLASS (class);

  object_class->get_property = dpop_member_list_get_property;
  object_class->set_property = dpop_member_list_set_property;
  object_class->finalize = dpop_member_list_finalize;
  list_class->item_type = DPOP_TYPE_MEMBER_ITEM;
  list_class->copy_query = copy_query;
  list_class->free_query = free_query;
  list_class->order = order;
  list_class->get = get;
  list_class->free_row = free_row;
  list_class->is_stale = is_stale;
  properties[PROP_SEARCH] = g_param_spec_string ("search", NULL, NULL, NULL, flags);
  properties[PROP_STATES] = g_param_spec_uint ("states", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_ROLE] = g_param_spec_int ("role", NULL, NULL, DPOP_MEMBER_ROW_ANY_ROLE,
                                            G_MAXUINT16, DPOP_MEMBER_ROW_ANY_ROLE, flags);
  properties[PROP_DEVICE] = g_param_spec_uint ("device", NULL, NULL, 0, DPOP_MEMBER_ROW_NO, 0,
                                               flags);
  properties[PROP_SORT] = g_param_spec_uint ("sort", NULL, NULL, 0, DPOP_MEMBER_ROW_BY_ENTRY, 0,
                                             flags);
  properties[PROP_DESCENDING]
      = g_param_spec_boolean ("descending", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
dpop_member_list_init (DpopMemberList *self)
{
  self->query = DPOP_MEMBER_ROW_QUERY_ALL;
}

DpopMemberList *
dpop_member_list_new (DpopReader *reader)
{
  return g_object_new (DPOP_TYPE_MEMBER_LIST, "reader", reader, NULL);
}
