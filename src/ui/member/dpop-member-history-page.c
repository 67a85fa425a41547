/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-member-history-page.h"

#include "dpop-history-list.h"
#include "dpop-history-sentences.h"
#include "dpop-list-growth.h"
#include "dpop-list-row.h"
#include "dpop-moment.h"
#include "dpop-shell.h"
#include "dpop-wrapping-label.h"

#include <glib/gi18n-lib.h>

struct _DpopMemberHistoryPage
{
  DpopPage parent_instance;

  GtkWidget *view;
  DpopHistoryList *model;
  DpopHistorySentences *sentences;
  gboolean wants_focus; /* as soon as there are lines */
};

G_DEFINE_FINAL_TYPE (DpopMemberHistoryPage, dpop_member_history_page, DPOP_TYPE_PAGE)

/* --- Lines. ---------------------------------------------------------------------------------- */

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *when = dpop_wrapping_label_new (NULL, NULL);

  gtk_widget_add_css_class (when, "caption");
  gtk_widget_add_css_class (when, "dim-label");
  gtk_widget_add_css_class (when, "numbers");
  gtk_widget_set_margin_start (line, 12);
  gtk_widget_set_margin_end (line, 12);
  gtk_widget_set_margin_top (line, 9);
  gtk_widget_set_margin_bottom (line, 9);
  gtk_box_append (GTK_BOX (line), dpop_wrapping_label_new (NULL, NULL));
  gtk_box_append (GTK_BOX (line), when);
  gtk_list_item_set_child (item, line);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, DpopMemberHistoryPage *self)
{
  const DpopHistoryRow *row = dpop_history_item_get_row (gtk_list_item_get_item (item));
  GtkWidget *sentence = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *when = gtk_widget_get_next_sibling (sentence);
  g_autofree char *moment = row != NULL ? dpop_moment_now (row->arrived) : g_strdup ("");

  gtk_label_set_label (GTK_LABEL (when), moment);
  if (row == NULL)
    {
      gtk_label_set_label (GTK_LABEL (sentence), "");
      return;
    }
  dpop_history_sentences_show (self->sentences, &row->id, GTK_LABEL (sentence));
  dpop_list_row_name (item);
}

static void
on_activate (GtkListView *view, guint position, DpopMemberHistoryPage *self)
{
  g_autoptr (DpopHistoryItem) item = g_list_model_get_item (G_LIST_MODEL (self->model), position);
  const DpopHistoryRow *row = item != NULL ? dpop_history_item_get_row (item) : NULL;

  if (row != NULL)
    dpop_shell_go (GTK_WIDGET (self), DPOP_PLACE_ENTRY, &row->id);
}

/* --- The page. ------------------------------------------------------------------------------- */

static void
give_focus (DpopMemberHistoryPage *self)
{
  if (self->wants_focus && g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0)
    self->wants_focus = !dpop_list_row_focus (GTK_LIST_VIEW (self->view));
}

static void
dpop_member_history_page_refresh (DpopPage *page, DpopProjectorChanges *changes)
{
  DpopMemberHistoryPage *self = DPOP_MEMBER_HISTORY_PAGE (page);

  dpop_history_sentences_forget (self->sentences);
  dpop_list_refresh (DPOP_LIST (self->model), changes);
}

static void
dpop_member_history_page_focus_first (DpopPage *page)
{
  DpopMemberHistoryPage *self = DPOP_MEMBER_HISTORY_PAGE (page);

  self->wants_focus = TRUE;
  give_focus (self);
}

static void
dpop_member_history_page_dispose (GObject *object)
{
  DpopMemberHistoryPage *self = DPOP_MEMBER_HISTORY_PAGE (object);

  if (self->model != NULL)
    gtk_list_view_set_model (GTK_LIST_VIEW (self->view), NULL);
  G_OBJECT_CLASS (dpop_member_history_page_parent_class)->dispose (object);
  g_clear_object (&self->model);
  g_clear_pointer (&self->sentences, dpop_history_sentences_free);
}

static void
dpop_member_history_page_class_init (DpopMemberHistoryPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dpop_member_history_page_dispose;
  DPOP_PAGE_CLASS (klass)->refresh = dpop_member_history_page_refresh;
  DPOP_PAGE_CLASS (klass)->focus_first = dpop_member_history_page_focus_first;
}

static void
dpop_member_history_page_init (DpopMemberHistoryPage *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *clamp = adw_clamp_scrollable_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, 0);
  self->view = gtk_list_view_new (NULL, factory);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (self->view), TRUE);
  gtk_list_view_set_show_separators (GTK_LIST_VIEW (self->view), TRUE);
  dpop_list_row_tab_leaves (self->view);
  gtk_widget_add_css_class (self->view, "paper");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Entries, the newest first"), -1);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (on_activate), self, 0);
  adw_clamp_scrollable_set_maximum_size (ADW_CLAMP_SCROLLABLE (clamp), 720);
  adw_clamp_scrollable_set_child (ADW_CLAMP_SCROLLABLE (clamp), self->view);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  dpop_page_set_content (DPOP_PAGE (self), scrolled);
}

DpopPage *
dpop_member_history_page_new (DpopSession *session, const CosmicId *member, const char *name)
{
  DpopMemberHistoryPage *self
      = g_object_new (DPOP_TYPE_MEMBER_HISTORY_PAGE, "session", session, NULL);

  dpop_page_set_title (DPOP_PAGE (self), name);
  self->sentences = dpop_history_sentences_new (session);
  self->model = dpop_history_list_new (dpop_session_get_reader (session));
  dpop_history_list_set_query (self->model, &(DpopHistoryRowQuery){ .subject = member });
  g_signal_connect_object (self->model, "items-changed", G_CALLBACK (give_focus), self,
                           G_CONNECT_SWAPPED);
  dpop_list_growth_show (GTK_LIST_VIEW (self->view), G_LIST_MODEL (self->model));
  return DPOP_PAGE (self);
}
