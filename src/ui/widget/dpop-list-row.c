/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-list-row.h"

#define MOST_LABELS 4

/* Adds the labels below WIDGET to LABELS, of which there are COUNT. */
static guint
collect_labels (GtkWidget **labels, guint count, GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    {
      if (count < MOST_LABELS && gtk_widget_get_visible (widget))
        labels[count++] = widget;
      return count;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    count = collect_labels (labels, count, child);
  return count;
}

void
dpop_list_row_name (GtkListItem *item)
{
  GtkAccessibleRelation by = GTK_ACCESSIBLE_RELATION_LABELLED_BY;
  GtkWidget *child = gtk_list_item_get_child (item);
  GtkAccessible *row = GTK_ACCESSIBLE (gtk_widget_get_parent (child));
  GtkWidget *label[MOST_LABELS] = { NULL };

  /* By name: the form that takes values keeps the list in some versions and copies it in others. */
  switch (collect_labels (label, 0, child))
    {
    case 0:
      break;
    case 1:
      gtk_accessible_update_relation (row, by, label[0], NULL, -1);
      break;
    case 2:
      gtk_accessible_update_relation (row, by, label[0], label[1], NULL, -1);
      break;
    case 3:
      gtk_accessible_update_relation (row, by, label[0], label[1], label[2], NULL, -1);
      break;
    default:
      gtk_accessible_update_relation (row, by, label[0], label[1], label[2], label[3], NULL, -1);
    }
}

/* While the list cannot have the focus, Tab finds what comes behind it, or before. */
static gboolean
on_tab (GtkWidget *view, GVariant *args, gpointer data)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (view));
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (root));
  gboolean moved;

  gtk_widget_set_can_focus (view, FALSE);
  moved = gtk_widget_child_focus (root, GPOINTER_TO_INT (data));
  gtk_widget_set_can_focus (view, TRUE);
  if (!moved && focus != NULL)
    gtk_widget_grab_focus (focus);
  return TRUE;
}

void
dpop_list_row_tab_leaves (GtkWidget *view)
{
  static const struct
  {
    const char *keys;
    GtkDirectionType way;
  } tabs[] = {
    { "Tab|KP_Tab", GTK_DIR_TAB_FORWARD },
    { "<Shift>Tab|<Shift>ISO_Left_Tab|<Shift>KP_Tab", GTK_DIR_TAB_BACKWARD },
  };
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  for (guint i = 0; i < G_N_ELEMENTS (tabs); i++)
    gtk_shortcut_controller_add_shortcut (
        GTK_SHORTCUT_CONTROLLER (keys),
        gtk_shortcut_new (gtk_shortcut_trigger_parse_string (tabs[i].keys),
                          gtk_callback_action_new (on_tab, GINT_TO_POINTER (tabs[i].way), NULL)));
  gtk_widget_add_controller (view, keys);
}

static void
on_loading (DpopList *list, GParamSpec *pspec, GtkListView *view)
{
  g_autoptr (GtkSelectionModel) model = NULL;

  if (dpop_list_is_loading (list))
    return;
  g_signal_handlers_disconnect_by_func (list, on_loading, view);
  model = g_object_steal_data (G_OBJECT (view), "looked-away");
  gtk_list_view_set_model (view, model);
}

void
dpop_list_row_look_away (GtkListView *view, DpopList *list)
{
  const gboolean single = gtk_list_view_get_single_click_activate (view);
  GtkSelectionModel *model = gtk_list_view_get_model (view);

  if (model == NULL)
    return;
  g_object_set_data_full (G_OBJECT (view), "looked-away", g_object_ref (model), g_object_unref);
  /* Where a single click is enough, the row below the pointer is selected. When that row goes, the
   * pointer is upon another one that goes, and GTK 4.18 crashes as it selects that. */
  gtk_list_view_set_single_click_activate (view, FALSE);
  gtk_list_view_set_model (view, NULL);
  gtk_list_view_set_single_click_activate (view, single);
  g_signal_connect_object (list, "notify::loading", G_CALLBACK (on_loading), view, 0);
}

static gboolean
focus_row (GtkWidget *view)
{
  GtkWidget *row;

  if (!gtk_widget_grab_focus (view))
    return FALSE;
  row = gtk_widget_get_first_child (view);
  return !gtk_widget_is_focus (view) || (row != NULL && gtk_widget_grab_focus (row));
}

/* Unless the person has gone elsewhere meanwhile. */
static gboolean
on_frame (GtkWidget *view, GdkFrameClock *clock, gpointer data)
{
  if (gtk_widget_is_focus (view))
    focus_row (view);
  return G_SOURCE_REMOVE;
}

gboolean
dpop_list_row_focus (GtkListView *view)
{
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (view));

  if (model == NULL || g_list_model_get_n_items (model) == 0)
    return FALSE;
  if (focus_row (GTK_WIDGET (view)))
    return TRUE;
  if (gtk_widget_is_focus (GTK_WIDGET (view)))
    gtk_widget_add_tick_callback (GTK_WIDGET (view), on_frame, NULL, NULL);
  return FALSE;
}
