/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-decision-list.h"

struct _DpopDecisionItem
{
  DpopListItem parent_instance;
};

G_DEFINE_FINAL_TYPE (DpopDecisionItem, dpop_decision_item, DPOP_TYPE_LIST_ITEM)

struct _DpopDecisionList
{
  DpopList parent_instance;
  char *search;
  gboolean has_scope, has_speaker;
  CosmicId scope, speaker;
  DpopDecisionRowQuery query; /* its texts and ids are those above */
};

G_DEFINE_FINAL_TYPE (DpopDecisionList, dpop_decision_list, DPOP_TYPE_LIST)

enum
{
  PROP_SEARCH = 1,
  PROP_PHASES,
  PROP_OUTCOMES,
  PROP_SORT,
  PROP_REVERSED,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

static void
dpop_decision_item_class_init (DpopDecisionItemClass *class)
{
}

static void
dpop_decision_item_init (DpopDecisionItem *self)
{
}

const DpopDecisionRow *
dpop_decision_item_get_row (DpopDecisionItem *self)
{
  return dpop_list_item_get_row (DPOP_LIST_ITEM (self));
}

/* --- Questions. ------------------------------------------------------------------------------ */

/* A copy with what it points at. */
typedef struct
{
  DpopDecisionRowQuery query;
  char *search;
  CosmicId scope, speaker;
} Question;

static gpointer
copy_query (DpopList *list)
{
  DpopDecisionList *self = DPOP_DECISION_LIST (list);
  Question *question = g_new0 (Question, 1);

  question->query = self->query;
  question->query.search = question->search = g_strdup (self->search);
  question->scope = self->scope;
  question->speaker = self->speaker;
  question->query.scope = self->has_scope ? &question->scope : NULL;
  question->query.speaker = self->has_speaker ? &question->speaker : NULL;
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
  return dpop_decision_row_order (database, &((Question *) question)->query, error);
}

static gpointer
get (DpopDatabase *database, gint64 number, GError **error)
{
  return dpop_decision_row_get (database, number, error);
}

static void
free_row (gpointer row)
{
  dpop_decision_row_free (row);
}

static gboolean
is_stale (const DpopProjectorChanges *changes, gint64 number, gconstpointer row)
{
  return dpop_projector_changes_contain (changes->decisions, number);
}

/* --- The object. ----------------------------------------------------------------------------- */

void
dpop_decision_list_set_scope (DpopDecisionList *self, const CosmicId *scope)
{
  self->has_scope = scope != NULL;
  self->scope = scope != NULL ? *scope : cosmic_id_zero;
  dpop_list_requery (DPOP_LIST (self));
}

void
dpop_decision_list_set_speaker (DpopDecisionList *self, const CosmicId *speaker)
{
  self->has_speaker = speaker != NULL;
  self->speaker = speaker != NULL ? *speaker : cosmic_id_zero;
  dpop_list_requery (DPOP_LIST (self));
}

static void
dpop_decision_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  DpopDecisionList *self = DPOP_DECISION_LIST (object);

  switch (id)
    {
    case PROP_SEARCH:
      g_value_set_string (value, self->search);
      break;
    case PROP_PHASES:
      g_value_set_uint (value, self->query.phases);
      break;
    case PROP_OUTCOMES:
      g_value_set_uint (value, self->query.outcomes);
      break;
    case PROP_SORT:
      g_value_set_uint (value, self->query.sort);
      break;
    case PROP_REVERSED:
      g_value_set_boolean (value, self->query.reversed);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

static void
dpop_decision_list_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  DpopDecisionList *self = DPOP_DECISION_LIST (object);

  switch (id)
    {
    case PROP_SEARCH:
      g_free (self->search);
      self->search = g_value_dup_string (value);
      break;
    case PROP_PHASES:
      self->query.phases = g_value_get_uint (value);
      break;
    case PROP_OUTCOMES:
      self->query.outcomes = g_value_get_uint (value);
      break;
    case PROP_SORT:
      self->query.sort = (DpopDecisionRowSort) g_value_get_uint (value);
      break;
    case PROP_REVERSED:
      self->query.reversed = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
      return;
    }
  dpop_list_requery (DPOP_LIST (self));
}

static void
dpop_decision_list_finalize (GObject *object)
{
  g_free (DPOP_DECISION_LIST (object)->search);
  G_OBJECT_CLASS (dpop_decision_list_parent_class)->finalize (object);
}

static void
dpop_decision_list_class_init (DpopDecisionListClass *class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  DpopListClass *list_class = DPOP_LIST_CLASS (class);

  object_class->get_property = dpop_decision_list_get_property;
  object_class->set_property = dpop_decision_list_set_property;
  object_class->finalize = dpop_decision_list_finalize;
  list_class->item_type = DPOP_TYPE_DECISION_ITEM;
  list_class->copy_query = copy_query;
  list_class->free_query = free_query;
  list_class->order = order;
  list_class->get = get;
  list_class->free_row = free_row;
  list_class->is_stale = is_stale;
  properties[PROP_SEARCH] = g_param_spec_string ("search", NULL, NULL, NULL, flags);
  properties[PROP_PHASES] = g_param_spec_uint ("phases", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_OUTCOMES] = g_param_spec_uint ("outcomes", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_SORT] = g_param_spec_uint ("sort", NULL, NULL, 0, DPOP_DECISION_ROW_TITLE, 0,
                                             flags);
  properties[PROP_REVERSED] = g_param_spec_boolean ("reversed", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
dpop_decision_list_init (DpopDecisionList *self)
{
}

DpopDecisionList *
dpop_decision_list_new (DpopReader *reader)
{
  return g_object_new (DPOP_TYPE_DECISION_LIST, "reader", reader, NULL);
}
