/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-history-page.h"

#include "dpop-check-page.h"
#include "dpop-decision.h"
#include "dpop-discussion.h"
#include "dpop-history-list.h"
#include "dpop-history-sentences.h"
#include "dpop-history-view.h"
#include "dpop-list-growth.h"
#include "dpop-list-row.h"
#include "dpop-member.h"
#include "dpop-moment.h"
#include "dpop-shell.h"
#include "dpop-spoken-name.h"
#include "dpop-wrapping-label.h"

#include <glib/gi18n-lib.h>

struct _DpopHistoryPage
{
  DpopPage parent_instance;

  GtkWidget *about;
  GtkWidget *which;
  GtkStack *stack;
  GtkListView *list;

  DpopHistoryList *model;
  DpopHistorySentences *sentences;
  gboolean wants_focus; /* as soon as there are lines */
};

G_DEFINE_FINAL_TYPE (DpopHistoryPage, dpop_history_page, DPOP_TYPE_PAGE)

/* --- Filters. -------------------------------------------------------------------------------- */

/* The kinds behind each choice of "about", in its order; ended by 0. */
static const guint16 kinds_about[][13] = {
  { 0 },
  { DPOP_KIND_MEMBER_ADD, DPOP_KIND_MEMBER_DETAILS, DPOP_KIND_MEMBER_STATE,
    DPOP_KIND_MEMBER_REMOVE, DPOP_KIND_MEMBERS_UNDO, COSMIC_KIND_ERASE, 0 },
  { DPOP_KIND_ROLE_GRANT, DPOP_KIND_ROLE_REVOKE, DPOP_KIND_UNIT_ADD, DPOP_KIND_UNIT_NAME,
    DPOP_KIND_UNIT_ASSIGN, DPOP_KIND_ENACT, 0 },
  { DPOP_KIND_PROPOSE, DPOP_KIND_TEXT, DPOP_KIND_OPTION, DPOP_KIND_OPTION_WITHDRAW,
    DPOP_KIND_OPEN, DPOP_KIND_CLOSE, DPOP_KIND_STOP, DPOP_KIND_ENACT, 0 },
  { DPOP_KIND_VOTE, 0 },
  { DPOP_KIND_DISCUSS, DPOP_KIND_COMMENT, 0 },
  { COSMIC_KIND_INVITATION, COSMIC_KIND_DEVICE_ADD, COSMIC_KIND_DEVICE_OFF, COSMIC_KIND_ROTATION,
    COSMIC_KIND_SHARE, COSMIC_KIND_EQUIVOCATION, COSMIC_KIND_DEVICE_ATTACH,
    COSMIC_KIND_ATTACH_SUPPORT, COSMIC_KIND_ATTACH_VETO, COSMIC_KIND_WITNESS_OFFER,
    DPOP_KIND_WITNESS_APPOINT, DPOP_KIND_WITNESS_RESIGN, 0 },
};

static void
on_filter (GtkDropDown *choice, GParamSpec *pspec, DpopHistoryPage *self)
{
  const guint about = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->about));
  DpopHistoryRowQuery query = { .which = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->which)) };

  if (self->model == NULL || about >= G_N_ELEMENTS (kinds_about))
    return;
  for (const guint16 *kind = kinds_about[about]; *kind != 0; kind++)
    query.kinds[*kind / 64] |= G_GUINT64_CONSTANT (1) << *kind % 64;
  dpop_list_row_look_away (self->list, DPOP_LIST (self->model));
  dpop_history_list_set_query (self->model, &query);
}

static void
show_count (DpopHistoryPage *self)
{
  const gboolean empty = g_list_model_get_n_items (G_LIST_MODEL (self->model)) == 0
                         && !dpop_list_is_loading (DPOP_LIST (self->model));

  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "list");
  if (self->wants_focus && g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0)
    self->wants_focus = !dpop_list_row_focus (self->list);
}

/* --- Lines. ---------------------------------------------------------------------------------- */

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *when = dpop_wrapping_label_new (NULL, "caption");

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

static char *
state_of (const DpopHistoryRow *row)
{
  g_autofree char *when = dpop_moment_now (row->arrived);
  const char *verdict = dpop_history_view_verdict (row);

  if (row->reason != COSMIC_REASON_NONE && !row->held)
    /* Translators: a time, and why an entry has no effect, as a sentence. */
    return g_strdup_printf (_("%s · Without effect: %s"), when, verdict);
  /* Translators: a time, and "Final." or "Not yet confirmed." */
  return g_strdup_printf (_("%s · %s"), when, verdict);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, DpopHistoryPage *self)
{
  const DpopHistoryRow *row = dpop_history_item_get_row (gtk_list_item_get_item (item));
  GtkWidget *sentence = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *when = gtk_widget_get_next_sibling (sentence);
  g_autofree char *state = NULL;

  if (row == NULL)
    {
      gtk_label_set_label (GTK_LABEL (sentence), "");
      gtk_label_set_label (GTK_LABEL (when), "");
      return;
    }
  state = state_of (row);
  dpop_history_sentences_show (self->sentences, &row->id, GTK_LABEL (sentence));
  gtk_label_set_label (GTK_LABEL (when), state);
  dpop_list_row_name (item);
}

static void
on_activate (GtkListView *list, guint position, DpopHistoryPage *self)
{
  g_autoptr (DpopHistoryItem) item = g_list_model_get_item (G_LIST_MODEL (self->model), position);
  const DpopHistoryRow *row = item != NULL ? dpop_history_item_get_row (item) : NULL;

  if (row != NULL)
    dpop_shell_go (GTK_WIDGET (self), DPOP_PLACE_ENTRY, &row->id);
}

static void
on_check_clicked (GtkButton *button, DpopHistoryPage *self)
{
  dpop_shell_push (GTK_WIDGET (self),
                   dpop_check_page_new (dpop_page_get_session (DPOP_PAGE (self))));
}

/* --- The page. ------------------------------------------------------------------------------- */

static void
dpop_history_page_refresh (DpopPage *page, DpopProjectorChanges *changes)
{
  DpopHistoryPage *self = DPOP_HISTORY_PAGE (page);

  if (changes == NULL || changes->everything || changes->members->len > 0)
    dpop_history_sentences_forget (self->sentences);
  dpop_list_refresh (DPOP_LIST (self->model), changes);
}

static void
dpop_history_page_focus_first (DpopPage *page)
{
  DpopHistoryPage *self = DPOP_HISTORY_PAGE (page);

  self->wants_focus = TRUE;
  show_count (self);
}

static void
dpop_history_page_constructed (GObject *object)
{
  DpopHistoryPage *self = DPOP_HISTORY_PAGE (object);
  DpopSession *session = dpop_page_get_session (DPOP_PAGE (self));
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  G_OBJECT_CLASS (dpop_history_page_parent_class)->constructed (object);
  self->sentences = dpop_history_sentences_new (session);
  self->model = dpop_history_list_new (dpop_session_get_reader (session));
  g_signal_connect_object (self->model, "items-changed", G_CALLBACK (show_count), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::loading", G_CALLBACK (show_count), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, 0);
  gtk_list_view_set_factory (self->list, factory);
  g_object_unref (factory);
  dpop_list_growth_show (self->list, G_LIST_MODEL (self->model));
}

static void
dpop_history_page_dispose (GObject *object)
{
  DpopHistoryPage *self = DPOP_HISTORY_PAGE (object);

  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), DPOP_TYPE_HISTORY_PAGE);
  g_clear_object (&self->model);
  g_clear_pointer (&self->sentences, dpop_history_sentences_free);
  G_OBJECT_CLASS (dpop_history_page_parent_class)->dispose (object);
}

static void
dpop_history_page_class_init (DpopHistoryPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = dpop_history_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = dpop_history_page_dispose;
  DPOP_PAGE_CLASS (klass)->refresh = dpop_history_page_refresh;
  DPOP_PAGE_CLASS (klass)->focus_first = dpop_history_page_focus_first;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dpop/Dpop/dpop-history-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DpopHistoryPage, about);
  gtk_widget_class_bind_template_child (widget_class, DpopHistoryPage, which);
  gtk_widget_class_bind_template_child (widget_class, DpopHistoryPage, stack);
  gtk_widget_class_bind_template_child (widget_class, DpopHistoryPage, list);
  gtk_widget_class_bind_template_callback (widget_class, on_filter);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_check_clicked);
}

static void
dpop_history_page_init (DpopHistoryPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  dpop_spoken_name_own (GTK_WIDGET (self->about));
  dpop_spoken_name_own (GTK_WIDGET (self->which));
  dpop_list_row_tab_leaves (GTK_WIDGET (self->list));
}

DpopPage *
dpop_history_page_new (DpopSession *session)
{
  return g_object_new (DPOP_TYPE_HISTORY_PAGE, "session", session, NULL);
}
