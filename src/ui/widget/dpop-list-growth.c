/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-list-growth.h"

/* Rows at once; how many with each frame after; and from how many on a list view makes no more. */
#define SCREENFUL 16
#define STEP      4
#define ALL       200

struct _DpopListGrowth
{
  GObject parent_instance;

  GListModel *model;
  GtkWidget *view; /* weak */
  guint limit;     /* G_MAXUINT: it is grown */
  guint shown;     /* what was told of; at most LIMIT */
  guint tick;      /* 0: none */
};

static void list_model_init (GListModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DpopListGrowth, dpop_list_growth, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* --- Growing. -------------------------------------------------------------------------------- */

static gboolean
is_behind (DpopListGrowth *self)
{
  return self->shown < g_list_model_get_n_items (self->model);
}

/* From POSITION on all is another. */
static void
tell_from (DpopListGrowth *self, guint position)
{
  const guint before = self->shown;

  self->shown = MIN (g_list_model_get_n_items (self->model), self->limit);
  position = MIN (position, MIN (before, self->shown));
  g_list_model_items_changed (G_LIST_MODEL (self), position, before - position,
                              self->shown - position);
}

static gboolean
on_tick (GtkWidget *view, GdkFrameClock *clock, gpointer data)
{
  DpopListGrowth *self = data;

  if (is_behind (self))
    {
      self->limit = self->limit < ALL ? self->limit + STEP : G_MAXUINT;
      tell_from (self, self->shown);
    }
  if (is_behind (self))
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

static void
grow_on (DpopListGrowth *self)
{
  if (self->tick == 0 && self->view != NULL && is_behind (self))
    self->tick = gtk_widget_add_tick_callback (self->view, on_tick, g_object_ref (self),
                                               g_object_unref);
}

/* --- What happens below. --------------------------------------------------------------------- */

/* Where they look at the first row, and the keyboard is nowhere below it. */
static gboolean
is_at_top (DpopListGrowth *self)
{
  GtkAdjustment *scroll
      = self->view != NULL ? gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->view)) : NULL;
  GtkWidget *focus = self->view != NULL ? gtk_widget_get_focus_child (self->view) : NULL;

  return scroll != NULL && gtk_adjustment_get_value (scroll) <= 0
         && (focus == NULL || focus == gtk_widget_get_first_child (self->view));
}

/* A view that looks away has no model at the moment, and will have all of it to make again. */
static gboolean
is_away (DpopListGrowth *self)
{
  return self->view != NULL && gtk_list_view_get_model (GTK_LIST_VIEW (self->view)) == NULL;
}

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added,
                  DpopListGrowth *self)
{
  const gboolean many = added > removed && added - removed > SCREENFUL && position < SCREENFUL;

  if (is_away (self) || (many && is_at_top (self)))
    self->limit = SCREENFUL;
  if (self->limit == G_MAXUINT)
    {
      self->shown += added - removed;
      g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
    }
  else if (added == removed && position + added <= self->shown)
    g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
  else if (position < self->shown
           || self->shown != MIN (g_list_model_get_n_items (model), self->limit))
    tell_from (self, position);
  grow_on (self);
}

/* --- GListModel. ----------------------------------------------------------------------------- */

static GType
get_item_type (GListModel *model)
{
  return g_list_model_get_item_type (DPOP_LIST_GROWTH (model)->model);
}

static guint
get_n_items (GListModel *model)
{
  return DPOP_LIST_GROWTH (model)->shown;
}

static gpointer
get_item (GListModel *model, guint position)
{
  DpopListGrowth *self = DPOP_LIST_GROWTH (model);

  return position < self->shown ? g_list_model_get_item (self->model, position) : NULL;
}

static void
list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = get_item_type;
  interface->get_n_items = get_n_items;
  interface->get_item = get_item;
}

/* --- The object. ----------------------------------------------------------------------------- */

static void
dpop_list_growth_finalize (GObject *object)
{
  DpopListGrowth *self = DPOP_LIST_GROWTH (object);

  g_clear_weak_pointer (&self->view);
  g_object_unref (self->model);
  G_OBJECT_CLASS (dpop_list_growth_parent_class)->finalize (object);
}

static void
dpop_list_growth_class_init (DpopListGrowthClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dpop_list_growth_finalize;
}

static void
dpop_list_growth_init (DpopListGrowth *self)
{
  self->limit = SCREENFUL;
}

void
dpop_list_growth_show (GtkListView *view, GListModel *model)
{
  DpopListGrowth *self = g_object_new (DPOP_TYPE_LIST_GROWTH, NULL);
  g_autoptr (GtkNoSelection) selection = NULL;

  self->model = g_object_ref (model);
  self->shown = MIN (g_list_model_get_n_items (model), self->limit);
  g_set_weak_pointer (&self->view, GTK_WIDGET (view));
  g_signal_connect_object (model, "items-changed", G_CALLBACK (on_items_changed), self, 0);
  selection = gtk_no_selection_new (G_LIST_MODEL (self));
  gtk_list_view_set_model (view, GTK_SELECTION_MODEL (selection));
  grow_on (self);
}
