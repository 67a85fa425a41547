/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-pager.h"

#define SLIDE_MS 180

/* A page, and what had the focus on it when another came over it. */
typedef struct
{
  DpopPage *page;
  GtkWidget *focus; /* weak */
} Layer;

struct _DpopPager
{
  AdwBin parent_instance;

  GtkStack *stack;
  GPtrArray *layers;
  gboolean root_back;
};

G_DEFINE_FINAL_TYPE (DpopPager, dpop_pager, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_CAN_POP,
  PROP_ROOT_BACK,
  PROP_VISIBLE_PAGE,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void
layer_free (gpointer data)
{
  Layer *layer = data;

  g_clear_weak_pointer (&layer->focus);
  g_free (layer);
}

static Layer *
top_of (DpopPager *self)
{
  return self->layers->len > 0 ? self->layers->pdata[self->layers->len - 1] : NULL;
}

static void
remember_focus (DpopPager *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  Layer *top = top_of (self);

  if (top != NULL && focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (top->page)))
    g_set_weak_pointer (&top->focus, focus);
}

/* An entry that is taken away with the focus in it complains. */
static void
drop_focus (DpopPager *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    gtk_root_set_focus (root, NULL);
}

static void
restore_focus (Layer *layer)
{
  GtkWidget *focus = layer->focus;

  if (focus == NULL || !gtk_widget_get_mapped (focus) || !gtk_widget_grab_focus (focus))
    dpop_page_focus_first (layer->page);
}

static void
changed (DpopPager *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CAN_POP]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_VISIBLE_PAGE]);
}

static void
add (DpopPager *self, DpopPage *page)
{
  Layer *layer = g_new0 (Layer, 1);

  layer->page = page;
  gtk_stack_add_child (self->stack, GTK_WIDGET (page));
  g_object_set (page, "show-back", self->layers->len > 0 || self->root_back, NULL);
  g_ptr_array_add (self->layers, layer);
}

static void
remove_top (DpopPager *self)
{
  Layer *top = top_of (self);
  DpopPage *page = top->page;

  g_ptr_array_set_size (self->layers, (gint) self->layers->len - 1);
  gtk_stack_remove (self->stack, GTK_WIDGET (page));
}

static void
show_top (DpopPager *self, GtkStackTransitionType transition)
{
  gtk_stack_set_transition_type (self->stack, transition);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (top_of (self)->page));
  changed (self);
}

static void
remove_lowest (DpopPager *self, guint count)
{
  drop_focus (self);
  while (count-- > 0)
    {
      DpopPage *page = ((Layer *) self->layers->pdata[0])->page;

      g_ptr_array_remove_index (self->layers, 0);
      gtk_stack_remove (self->stack, GTK_WIDGET (page));
    }
  changed (self);
}

void
dpop_pager_set_root (DpopPager *self, DpopPage *root)
{
  guint before;

  g_return_if_fail (DPOP_IS_PAGER (self));
  before = self->layers->len;
  add (self, root);
  g_object_set (root, "show-back", self->root_back, NULL);
  show_top (self, GTK_STACK_TRANSITION_TYPE_NONE);
  remove_lowest (self, before);
}

void
dpop_pager_clear (DpopPager *self)
{
  g_return_if_fail (DPOP_IS_PAGER (self));
  remove_lowest (self, self->layers->len);
}

void
dpop_pager_push (DpopPager *self, DpopPage *page)
{
  g_return_if_fail (DPOP_IS_PAGER (self));
  remember_focus (self);
  add (self, page);
  show_top (self, GTK_STACK_TRANSITION_TYPE_SLIDE_LEFT);
  dpop_page_focus_first (page);
}

gboolean
dpop_pager_pop (DpopPager *self)
{
  Layer *below;
  DpopPage *going;

  g_return_val_if_fail (DPOP_IS_PAGER (self), FALSE);
  if (self->layers->len < 2 || !dpop_page_leave (top_of (self)->page))
    return FALSE;
  going = top_of (self)->page;
  drop_focus (self);
  below = self->layers->pdata[self->layers->len - 2];
  gtk_stack_set_transition_type (self->stack, GTK_STACK_TRANSITION_TYPE_SLIDE_RIGHT);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (below->page));
  g_object_ref (going);
  remove_top (self);
  g_object_unref (going);
  restore_focus (below);
  changed (self);
  return TRUE;
}

gboolean
dpop_pager_leave (DpopPager *self)
{
  for (guint i = self->layers->len; i > 0; i--)
    if (!dpop_page_leave (((Layer *) self->layers->pdata[i - 1])->page))
      return FALSE;
  return TRUE;
}

DpopPage *
dpop_pager_get_visible (DpopPager *self)
{
  return self->layers->len > 0 ? top_of (self)->page : NULL;
}

guint
dpop_pager_get_depth (DpopPager *self)
{
  return self->layers->len;
}

void
dpop_pager_refresh (DpopPager *self, DpopProjectorChanges *changes)
{
  for (guint i = 0; i < self->layers->len; i++)
    dpop_page_refresh (((Layer *) self->layers->pdata[i])->page, changes);
}

void
dpop_pager_set_root_back (DpopPager *self, gboolean root_back)
{
  if (self->root_back == root_back)
    return;
  self->root_back = root_back;
  if (self->layers->len > 0)
    g_object_set (((Layer *) self->layers->pdata[0])->page, "show-back", root_back, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ROOT_BACK]);
}

static void
dpop_pager_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ROOT_BACK)
    dpop_pager_set_root_back (DPOP_PAGER (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
dpop_pager_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  DpopPager *self = DPOP_PAGER (object);

  switch (id)
    {
    case PROP_CAN_POP:
      g_value_set_boolean (value, self->layers->len > 1);
      break;
    case PROP_ROOT_BACK:
      g_value_set_boolean (value, self->root_back);
      break;
    case PROP_VISIBLE_PAGE:
      g_value_set_object (value, dpop_pager_get_visible (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dpop_pager_finalize (GObject *object)
{
  g_ptr_array_unref (DPOP_PAGER (object)->layers);
  G_OBJECT_CLASS (dpop_pager_parent_class)->finalize (object);
}

static void
dpop_pager_class_init (DpopPagerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = dpop_pager_set_property;
  object_class->get_property = dpop_pager_get_property;
  object_class->finalize = dpop_pager_finalize;
  props[PROP_CAN_POP] = g_param_spec_boolean ("can-pop", NULL, NULL, FALSE,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_ROOT_BACK] = g_param_spec_boolean ("root-back", NULL, NULL, FALSE,
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_VISIBLE_PAGE] = g_param_spec_object ("visible-page", NULL, NULL, DPOP_TYPE_PAGE,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
dpop_pager_init (DpopPager *self)
{
  self->layers = g_ptr_array_new_with_free_func (layer_free);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_transition_duration (self->stack, SLIDE_MS);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
}

GtkWidget *
dpop_pager_new (void)
{
  return g_object_new (DPOP_TYPE_PAGER, NULL);
}
