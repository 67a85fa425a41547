/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-members-page.h"

#include "dpop-enrol-page.h"
#include "dpop-groups-page.h"
#include "dpop-list-growth.h"
#include "dpop-list-row.h"
#include "dpop-member-line.h"
#include "dpop-members-filter.h"
#include "dpop-shell.h"
#include "dpop-wrap-box.h"

#include <glib/gi18n-lib.h>

struct _DpopMembersPage
{
  DpopPage parent_instance;

  GtkSearchBar *search_bar;
  GtkWidget *search_entry;
  GtkWidget *count;
  GtkWidget *enrol;
  GtkWidget *groups;
  GtkWidget *import;
  DpopMembersFilter *filter;
  GtkStack *stack;
  GtkListView *view;

  DpopMemberList *members;
  DpopMembersSight *sight; /* NULL until it has come */
  GHashTable *bound;       /* of GtkListItem: a set, of those that show a member now */
  gboolean asking;
  gboolean asked_again;
  gboolean wants_focus; /* once there are rows that can have it */
};

G_DEFINE_FINAL_TYPE (DpopMembersPage, dpop_members_page, DPOP_TYPE_PAGE)

static void ask_sight (DpopMembersPage *self);

/* --- What is shown. -------------------------------------------------------------------------- */

static gboolean
is_narrowed (DpopMembersPage *self)
{
  return dpop_members_filter_is_narrow (self->filter)
         || *gtk_editable_get_text (GTK_EDITABLE (self->search_entry)) != '\0';
}

static void
show_count (DpopMembersPage *self)
{
  const guint found = g_list_model_get_n_items (G_LIST_MODEL (self->members));
  g_autofree char *text = NULL;

  if (is_narrowed (self))
    text = g_strdup_printf (ngettext ("%u found", "%u found", found), found);
  else if (self->sight != NULL)
    text = dpop_members_sight_count (self->sight);
  if (text != NULL && g_strcmp0 (text, gtk_label_get_label (GTK_LABEL (self->count))) != 0)
    gtk_label_set_label (GTK_LABEL (self->count), text);
}

static void
show_which (DpopMembersPage *self)
{
  const gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->members)) > 0;

  if (any || dpop_list_is_loading (DPOP_LIST (self->members)))
    gtk_stack_set_visible_child_name (self->stack, "list");
  else
    gtk_stack_set_visible_child_name (self->stack, is_narrowed (self) ? "nothing-found" : "none");
  if (!dpop_list_is_loading (DPOP_LIST (self->members)))
    show_count (self);
  if (any && self->wants_focus && !dpop_list_is_loading (DPOP_LIST (self->members)))
    self->wants_focus = !dpop_list_row_focus (self->view);
}

static void
on_search (GtkSearchEntry *entry, DpopMembersPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));
  g_autofree char *before = NULL;

  if (self->members == NULL)
    return;
  g_object_get (self->members, "search", &before, NULL);
  if (g_strcmp0 (text, before != NULL ? before : "") == 0)
    return;
  dpop_list_row_look_away (self->view, DPOP_LIST (self->members));
  g_object_set (self->members, "search", text, NULL);
}

/* The entry tells of what is typed after a moment only. */
static void
on_search_activate (GtkSearchEntry *entry, DpopMembersPage *self)
{
  on_search (entry, self);
  self->wants_focus = TRUE;
  show_which (self);
}

static void
on_everybody_clicked (GtkButton *button, DpopMembersPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
  dpop_members_filter_clear (self->filter);
  self->wants_focus = TRUE;
}

/* --- Rows. ----------------------------------------------------------------------------------- */

static void
bind_item (DpopMembersPage *self, GtkListItem *item)
{
  DpopMemberLine *line = DPOP_MEMBER_LINE (gtk_list_item_get_child (item));
  const DpopMemberRow *row = dpop_member_item_get_row (gtk_list_item_get_item (item));

  dpop_member_line_set (line, row, self->sight);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (GTK_WIDGET (line))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  row != NULL ? dpop_member_line_get_words (line) : _("A member"),
                                  -1);
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  gtk_list_item_set_child (item, dpop_member_line_new ());
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, DpopMembersPage *self)
{
  g_hash_table_add (self->bound, item);
  bind_item (self, item);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, DpopMembersPage *self)
{
  g_hash_table_remove (self->bound, item);
}

static void
on_activate (GtkListView *view, guint position, DpopMembersPage *self)
{
  g_autoptr (DpopMemberItem) item = g_list_model_get_item (G_LIST_MODEL (self->members), position);
  const DpopMemberRow *row = item != NULL ? dpop_member_item_get_row (item) : NULL;

  if (row != NULL)
    dpop_shell_go (GTK_WIDGET (self), DPOP_PLACE_MEMBER, &row->id);
}

/* --- What may be done. ----------------------------------------------------------------------- */

static void
on_enrol_clicked (GtkButton *button, DpopMembersPage *self)
{
  dpop_shell_push (GTK_WIDGET (self),
                   dpop_enrol_page_new (dpop_page_get_session (DPOP_PAGE (self))));
}

static void
on_groups_clicked (GtkButton *button, DpopMembersPage *self)
{
  dpop_shell_push (GTK_WIDGET (self),
                   dpop_groups_page_new (dpop_page_get_session (DPOP_PAGE (self))));
}

static void
on_import_clicked (GtkButton *button, DpopMembersPage *self)
{
  dpop_shell_go (GTK_WIDGET (self), DPOP_PLACE_IMPORT, NULL);
}

static void
show_sight (DpopMembersPage *self)
{
  const DpopMembersSight *sight = self->sight;
  GHashTableIter iter;
  gpointer item;

  gtk_widget_set_visible (self->enrol, sight->may->enrol.yes);
  gtk_widget_set_visible (self->groups, sight->groups->len > 0
                                            || (sight->may->add_unit.yes && sight->kinds->len > 0));
  gtk_widget_set_visible (self->import, sight->may->enrol.yes);
  dpop_members_filter_set_sight (self->filter, sight);
  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    bind_item (self, item);
  show_count (self);
}

static gpointer
read_sight (DpopProfile *profile, gpointer data, GError **error)
{
  return dpop_members_sight_new (profile, error);
}

static void
on_sight (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopMembersPage) self = data;
  g_autoptr (GError) error = NULL;
  DpopMembersSight *sight = dpop_session_run_finish (DPOP_SESSION (source), result, &error);

  self->asking = FALSE;
  if (self->members == NULL) /* gone meanwhile */
    {
      dpop_members_sight_free (sight);
      return;
    }
  if (sight == NULL)
    {
      dpop_shell_fail (GTK_WIDGET (self), error);
      return;
    }
  g_clear_pointer (&self->sight, dpop_members_sight_free);
  self->sight = sight;
  show_sight (self);
  if (self->asked_again)
    ask_sight (self);
}

/* One question at a time, however fast things change. */
static void
ask_sight (DpopMembersPage *self)
{
  self->asked_again = self->asking;
  if (self->asking)
    return;
  self->asking = TRUE;
  dpop_session_run_async (dpop_page_get_session (DPOP_PAGE (self)), read_sight, NULL, NULL,
                          (GDestroyNotify) dpop_members_sight_free, NULL, on_sight,
                          g_object_ref (self));
}

/* --- The page. ------------------------------------------------------------------------------- */

static void
dpop_members_page_refresh (DpopPage *page, DpopProjectorChanges *changes)
{
  DpopMembersPage *self = DPOP_MEMBERS_PAGE (page);

  dpop_list_refresh (DPOP_LIST (self->members), changes);
  ask_sight (self);
}

static void
dpop_members_page_search (DpopPage *page)
{
  DpopMembersPage *self = DPOP_MEMBERS_PAGE (page);

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (self->search_entry);
}

static void
dpop_members_page_focus_first (DpopPage *page)
{
  DpopMembersPage *self = DPOP_MEMBERS_PAGE (page);

  self->wants_focus = TRUE;
  show_which (self);
}

static void
dpop_members_page_constructed (GObject *object)
{
  DpopMembersPage *self = DPOP_MEMBERS_PAGE (object);
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  G_OBJECT_CLASS (dpop_members_page_parent_class)->constructed (object);
  self->members
      = dpop_member_list_new (dpop_session_get_reader (dpop_page_get_session (DPOP_PAGE (self))));
  dpop_members_filter_set_list (self->filter, self->members, self->view);
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_unbind), self, 0);
  gtk_list_view_set_factory (self->view, factory);
  dpop_list_growth_show (self->view, G_LIST_MODEL (self->members));
  g_signal_connect_object (self->members, "items-changed", G_CALLBACK (show_which), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->members, "notify::loading", G_CALLBACK (show_which), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "notify::model", G_CALLBACK (show_which), self,
                           G_CONNECT_SWAPPED);
  show_which (self);
  ask_sight (self);
}

static void
dpop_members_page_dispose (GObject *object)
{
  DpopMembersPage *self = DPOP_MEMBERS_PAGE (object);

  if (self->view != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->view, show_which, self);
      gtk_list_view_set_model (self->view, NULL);
    }
  gtk_widget_dispose_template (GTK_WIDGET (self), DPOP_TYPE_MEMBERS_PAGE);
  g_clear_object (&self->members);
  g_clear_pointer (&self->sight, dpop_members_sight_free);
  G_OBJECT_CLASS (dpop_members_page_parent_class)->dispose (object);
}

static void
dpop_members_page_finalize (GObject *object)
{
  g_hash_table_unref (DPOP_MEMBERS_PAGE (object)->bound);
  G_OBJECT_CLASS (dpop_members_page_parent_class)->finalize (object);
}

static void
dpop_members_page_class_init (DpopMembersPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = dpop_members_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = dpop_members_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = dpop_members_page_finalize;
  DPOP_PAGE_CLASS (klass)->refresh = dpop_members_page_refresh;
  DPOP_PAGE_CLASS (klass)->search = dpop_members_page_search;
  DPOP_PAGE_CLASS (klass)->focus_first = dpop_members_page_focus_first;
  g_type_ensure (DPOP_TYPE_MEMBERS_FILTER);
  g_type_ensure (DPOP_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dpop/Dpop/dpop-members-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DpopMembersPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, DpopMembersPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, DpopMembersPage, count);
  gtk_widget_class_bind_template_child (widget_class, DpopMembersPage, enrol);
  gtk_widget_class_bind_template_child (widget_class, DpopMembersPage, groups);
  gtk_widget_class_bind_template_child (widget_class, DpopMembersPage, import);
  gtk_widget_class_bind_template_child (widget_class, DpopMembersPage, filter);
  gtk_widget_class_bind_template_child (widget_class, DpopMembersPage, stack);
  gtk_widget_class_bind_template_child (widget_class, DpopMembersPage, view);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_enrol_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_everybody_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_groups_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_import_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_search);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate);
}

static void
dpop_members_page_init (DpopMembersPage *self)
{
  self->bound = g_hash_table_new (NULL, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  dpop_list_row_tab_leaves (GTK_WIDGET (self->view));
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search_entry));
  gtk_search_bar_set_key_capture_widget (self->search_bar, GTK_WIDGET (self));
}

DpopPage *
dpop_members_page_new (DpopSession *session)
{
  return g_object_new (DPOP_TYPE_MEMBERS_PAGE, "session", session, NULL);
}

DpopPage *
dpop_members_page_new_for_group (DpopSession *session, const CosmicId *unit)
{
  DpopMembersPage *self = DPOP_MEMBERS_PAGE (dpop_members_page_new (session));

  dpop_members_filter_set_group (self->filter, unit);
  return DPOP_PAGE (self);
}
