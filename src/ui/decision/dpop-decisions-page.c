/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-decisions-page.h"

#include "dpop-decision-line.h"
#include "dpop-decision-parts-private.h"
#include "dpop-decision-view.h"
#include "dpop-list-growth.h"
#include "dpop-list-row.h"
#include "dpop-may.h"
#include "dpop-propose-page.h"
#include "dpop-shell.h"
#include "dpop-spoken-name.h"

#include <glib/gi18n-lib.h>

struct _DpopDecisionsPage
{
  DpopPage parent_instance;

  GtkWidget *propose;
  GtkWidget *propose_first; /* where there is nothing else */
  GtkSearchBar *search_bar;
  GtkWidget *search_entry;
  GtkDropDown *filter;
  GtkStack *stack;
  GtkListView *view;

  DpopDecisionList *decisions;
  gboolean may_propose;
  gboolean wants_focus; /* once there are rows that can have it */
};

G_DEFINE_FINAL_TYPE (DpopDecisionsPage, dpop_decisions_page, DPOP_TYPE_PAGE)

/* --- What is shown. -------------------------------------------------------------------------- */

static gboolean
is_narrowed (DpopDecisionsPage *self)
{
  return gtk_drop_down_get_selected (self->filter) != 0
         || *gtk_editable_get_text (GTK_EDITABLE (self->search_entry)) != '\0';
}

static void
show_which (DpopDecisionsPage *self)
{
  const gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->decisions)) > 0;

  if (any || dpop_list_is_loading (DPOP_LIST (self->decisions)))
    gtk_stack_set_visible_child_name (self->stack, "list");
  else
    gtk_stack_set_visible_child_name (self->stack, is_narrowed (self) ? "nothing-found" : "none");
  gtk_widget_set_visible (GTK_WIDGET (self->filter), any || is_narrowed (self));
  gtk_widget_set_visible (self->propose, self->may_propose && (any || is_narrowed (self)));
  gtk_widget_set_visible (self->propose_first, self->may_propose);
  if (any && self->wants_focus)
    {
      self->wants_focus = FALSE;
      gtk_widget_grab_focus (GTK_WIDGET (self->view));
    }
}

static void
on_search (GtkSearchEntry *entry, DpopDecisionsPage *self)
{
  dpop_list_row_look_away (self->view, DPOP_LIST (self->decisions));
  g_object_set (self->decisions, "search", gtk_editable_get_text (GTK_EDITABLE (entry)), NULL);
}

static void
on_filter (GtkDropDown *filter, GParamSpec *pspec, DpopDecisionsPage *self)
{
  static const guint phases[] = {
    0,
    1 << DPOP_DECISION_OPEN,
    1 << DPOP_DECISION_PROPOSED,
    1 << DPOP_DECISION_CLOSED,
    1 << DPOP_DECISION_STOPPED,
  };
  const guint selected = gtk_drop_down_get_selected (filter);

  if (self->decisions == NULL || selected >= G_N_ELEMENTS (phases))
    return;
  dpop_list_row_look_away (self->view, DPOP_LIST (self->decisions));
  g_object_set (self->decisions, "phases", phases[selected], NULL);
}

static void
on_all (GtkButton *button, DpopDecisionsPage *self)
{
  gtk_drop_down_set_selected (self->filter, 0);
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* --- Rows. ----------------------------------------------------------------------------------- */

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  gtk_list_item_set_child (item, dpop_decision_line_new ());
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  dpop_decision_line_set (DPOP_DECISION_LINE (gtk_list_item_get_child (item)),
                          dpop_decision_item_get_row (gtk_list_item_get_item (item)));
  dpop_list_row_name (item);
}

static void
on_activate (GtkListView *view, guint position, DpopDecisionsPage *self)
{
  g_autoptr (DpopDecisionItem) item
      = g_list_model_get_item (G_LIST_MODEL (self->decisions), position);
  const DpopDecisionRow *row = item != NULL ? dpop_decision_item_get_row (item) : NULL;

  if (row != NULL)
    dpop_shell_go (GTK_WIDGET (self), DPOP_PLACE_DECISION, &row->id);
}

/* --- Proposing. ------------------------------------------------------------------------------ */

static gpointer
read_may (DpopProfile *profile, gpointer data, GError **error)
{
  return dpop_may_view_new (profile, error);
}

static void
on_may (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopDecisionsPage) self = data;
  g_autoptr (DpopMayView) may = dpop_session_run_finish (DPOP_SESSION (source), result, NULL);

  self->may_propose = may != NULL && may->propose.yes;
  show_which (self);
}

static void
on_propose (GtkButton *button, DpopDecisionsPage *self)
{
  dpop_shell_push (GTK_WIDGET (self),
                   dpop_propose_page_new (dpop_page_get_session (DPOP_PAGE (self)), NULL));
}

/* --- The page. ------------------------------------------------------------------------------- */

static void
ask_may (DpopDecisionsPage *self)
{
  dpop_session_run_async (dpop_page_get_session (DPOP_PAGE (self)), read_may, NULL, NULL,
                          (GDestroyNotify) dpop_may_view_free, NULL, on_may, g_object_ref (self));
}

static void
dpop_decisions_page_refresh (DpopPage *page, DpopProjectorChanges *changes)
{
  DpopDecisionsPage *self = DPOP_DECISIONS_PAGE (page);

  dpop_list_refresh (DPOP_LIST (self->decisions), changes);
  ask_may (self);
}

static void
dpop_decisions_page_search (DpopPage *page)
{
  DpopDecisionsPage *self = DPOP_DECISIONS_PAGE (page);

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (self->search_entry);
}

static void
dpop_decisions_page_focus_first (DpopPage *page)
{
  DpopDecisionsPage *self = DPOP_DECISIONS_PAGE (page);

  self->wants_focus = g_list_model_get_n_items (G_LIST_MODEL (self->decisions)) == 0;
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
dpop_decisions_page_dispose (GObject *object)
{
  DpopDecisionsPage *self = DPOP_DECISIONS_PAGE (object);

  if (self->decisions != NULL)
    g_signal_handlers_disconnect_by_data (self->decisions, self);
  g_clear_object (&self->decisions);
  G_OBJECT_CLASS (dpop_decisions_page_parent_class)->dispose (object);
}

static void
dpop_decisions_page_class_init (DpopDecisionsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dpop_decisions_page_dispose;
  DPOP_PAGE_CLASS (klass)->refresh = dpop_decisions_page_refresh;
  DPOP_PAGE_CLASS (klass)->search = dpop_decisions_page_search;
  DPOP_PAGE_CLASS (klass)->focus_first = dpop_decisions_page_focus_first;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dpop/Dpop/dpop-decisions-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DpopDecisionsPage, propose);
  gtk_widget_class_bind_template_child (widget_class, DpopDecisionsPage, propose_first);
  gtk_widget_class_bind_template_child (widget_class, DpopDecisionsPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, DpopDecisionsPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, DpopDecisionsPage, filter);
  gtk_widget_class_bind_template_child (widget_class, DpopDecisionsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, DpopDecisionsPage, view);
  gtk_widget_class_bind_template_callback (widget_class, on_search);
  gtk_widget_class_bind_template_callback (widget_class, on_filter);
  gtk_widget_class_bind_template_callback (widget_class, on_all);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_propose);
}

static void
dpop_decisions_page_init (DpopDecisionsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  dpop_spoken_name_own (GTK_WIDGET (self->filter));
  dpop_list_row_tab_leaves (GTK_WIDGET (self->view));
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search_entry));
}

DpopPage *
dpop_decisions_page_new (DpopSession *session)
{
  DpopDecisionsPage *self = g_object_new (DPOP_TYPE_DECISIONS_PAGE, "session", session, NULL);
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  self->decisions = dpop_decision_list_new (dpop_session_get_reader (session));
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  gtk_list_view_set_factory (self->view, factory);
  dpop_list_growth_show (self->view, G_LIST_MODEL (self->decisions));
  g_signal_connect_swapped (self->decisions, "items-changed", G_CALLBACK (show_which), self);
  g_signal_connect_swapped (self->decisions, "notify::loading", G_CALLBACK (show_which), self);
  show_which (self);
  ask_may (self);
  return DPOP_PAGE (self);
}
