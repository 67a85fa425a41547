/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-unit-list.h"

struct _DpopUnitItem
{
  DpopListItem parent_instance;
};

G_DEFINE_FINAL_TYPE (DpopUnitItem, dpop_unit_item, DPOP_TYPE_LIST_ITEM)

struct _DpopUnitList
{
  DpopList parent_instance;
  char *search;
  gboolean descending;
};

G_DEFINE_FINAL_TYPE (DpopUnitList, dpop_unit_list, DPOP_TYPE_LIST)

enum
{
  PROP_SEARCH = 1,
  PROP_DESCENDING,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

static void
dpop_unit_item_class_init (DpopUnitItemClass *class)
{
}

static void
dpop_unit_item_init (DpopUnitItem *self)
{
}

const DpopUnitRow *
dpop_unit_item_get_row (DpopUnitItem *self)
{
  return dpop_list_item_get_row (DPOP_LIST_ITEM (self));
}

/* --- Questions. ------------------------------------------------------------------------------ */

static gpointer
copy_query (DpopList *list)
{
  DpopUnitList *self = DPOP_UNIT_LIST (list);
  DpopUnitRowQuery *query = g_new0 (DpopUnitRowQuery, 1);

  query->search = g_strdup (self->search);
  query->descending = self->descending;
  return query;
}

static void
free_query (gpointer data)
{
  DpopUnitRowQuery *query = data;

  g_free ((char *) query->search);
  g_free (query);
}

static GArray *
order (DpopDatabase *database, gpointer query, GError **error)
{
  return dpop_unit_row_order (database, query, error);
}

static gpointer
get (DpopDatabase *database, gint64 number, GError **error)
{
  return dpop_unit_row_get (database, number, error);
}

static void
free_row (gpointer row)
{
  dpop_unit_row_free (row);
}

/* The number of members is shown, too. */
static gboolean
is_stale (const DpopProjectorChanges *changes, gint64 number, gconstpointer row)
{
  return changes->members->len > 0 || dpop_projector_changes_contain (changes->units, number);
}

/* --- The object. ----------------------------------------------------------------------------- */

static void
dpop_unit_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  DpopUnitList *self = DPOP_UNIT_LIST (object);

  switch (id)
    {
    case PROP_SEARCH:
      g_value_set_string (value, self->search);
      break;
    case PROP_DESCENDING:
      g_value_set_boolean (value, self->descending);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

static void
dpop_unit_list_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  DpopUnitList *self = DPOP_UNIT_LIST (object);

  switch (id)
    {
    case PROP_SEARCH:
      g_free (self->search);
      self->search = g_value_dup_string (value);
      break;
    case PROP_DESCENDING:
      self->descending = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
      return;
    }
  dpop_list_requery (DPOP_LIST (self));
}

static void
dpop_unit_list_finalize (GObject *object)
{
  g_free (DPOP_UNIT_LIST (object)->search);
  G_OBJECT_CLASS (dpop_unit_list_parent_class)->finalize (object);
}

static void
dpop_unit_list_class_init (DpopUnitListClass *class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  DpopListClass *list_class = DPOP_LIST_CLASS (class);

  object_class->get_property = dpop_unit_list_get_property;
  object_class->set_property = dpop_unit_list_set_property;
  object_class->finalize = dpop_unit_list_finalize;
  list_class->item_type = DPOP_TYPE_UNIT_ITEM;
  list_class->copy_query = copy_query;
  list_class->free_query = free_query;
  list_class->order = order;
  list_class->get = get;
  list_class->free_row = free_row;
  list_class->is_stale = is_stale;
  properties[PROP_SEARCH] = g_param_spec_string ("search", NULL, NULL, NULL, flags);
  properties[PROP_DESCENDING] = g_param_spec_boolean ("descending", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
dpop_unit_list_init (DpopUnitList *self)
{
}

DpopUnitList *
dpop_unit_list_new (DpopReader *reader)
{
  return g_object_new (DPOP_TYPE_UNIT_LIST, "reader", reader, NULL);
}
