/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-groups-page.h"

#include "dpop-group-dialog.h"
#include "dpop-list-row.h"
#include "dpop-members-page.h"
#include "dpop-shell.h"
#include "dpop-spoken-name.h"
#include "dpop-unit-list.h"
#include "dpop-wrapping-label.h"

#include <glib/gi18n-lib.h>

struct _DpopGroupsPage
{
  DpopPage parent_instance;

  GtkWidget *found;
  GtkStack *stack;
  GtkListView *view;

  DpopUnitList *groups;
  DpopMembersSight *sight; /* NULL until it has come */
  GHashTable *bound;       /* of GtkListItem: a set, of those that show a group now */
  gboolean wants_focus;    /* once there are rows that can have it */
};

G_DEFINE_FINAL_TYPE (DpopGroupsPage, dpop_groups_page, DPOP_TYPE_PAGE)

/* --- What is shown. -------------------------------------------------------------------------- */

static void
show_which (DpopGroupsPage *self)
{
  const gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->groups)) > 0;

  gtk_stack_set_visible_child_name (
      self->stack, any || dpop_list_is_loading (DPOP_LIST (self->groups)) ? "list" : "none");
  if (any && self->wants_focus)
    self->wants_focus = !dpop_list_row_focus (self->view);
}

/* --- Rows. ----------------------------------------------------------------------------------- */

#define UNIT_KEY "dpop-unit"

static char *
name_of (const DpopUnitRow *row)
{
  return row->name != NULL ? g_strdup (row->name)
                           : dpop_names_fallback (&row->id, row->readable);
}

static void
on_rename_clicked (GtkButton *button, DpopGroupsPage *self)
{
  const DpopUnitRow *row = NULL;
  GtkListItem *item = g_object_get_data (G_OBJECT (button), UNIT_KEY);

  if (gtk_list_item_get_item (item) != NULL)
    row = dpop_unit_item_get_row (gtk_list_item_get_item (item));
  if (row != NULL)
    dpop_group_dialog_rename (GTK_WIDGET (self), dpop_page_get_session (DPOP_PAGE (self)),
                              &row->id, row->name);
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, DpopGroupsPage *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *more = dpop_wrapping_label_new (NULL, "dim-label");
  GtkWidget *rename = gtk_button_new_with_label (_("Rename"));

  gtk_widget_add_css_class (more, "caption");
  gtk_widget_set_hexpand (column, TRUE);
  gtk_widget_set_margin_top (line, 9);
  gtk_widget_set_margin_bottom (line, 9);
  gtk_widget_set_valign (rename, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (column), dpop_wrapping_label_new (NULL, "heading"));
  gtk_box_append (GTK_BOX (column), more);
  gtk_box_append (GTK_BOX (line), column);
  gtk_box_append (GTK_BOX (line), rename);
  g_object_set_data (G_OBJECT (rename), UNIT_KEY, item);
  g_signal_connect_object (rename, "clicked", G_CALLBACK (on_rename_clicked), self, 0);
  gtk_list_item_set_child (item, line);
}

static char *
more_words (const DpopUnitRow *row, const DpopMembersSight *sight)
{
  g_autofree char *members
      = g_strdup_printf (ngettext ("%u member", "%u members", row->members), row->members);

  if (sight == NULL || row->kind >= sight->kinds->len)
    return g_steal_pointer (&members);
  /* Translators: a kind of group, and "12 members". */
  return g_strdup_printf (_("%s · %s"), (const char *) sight->kinds->pdata[row->kind], members);
}

static void
bind_item (DpopGroupsPage *self, GtkListItem *item)
{
  const DpopUnitRow *row = dpop_unit_item_get_row (gtk_list_item_get_item (item));
  GtkWidget *line = gtk_list_item_get_child (item);
  GtkWidget *column = gtk_widget_get_first_child (line);
  GtkWidget *rename = gtk_widget_get_last_child (line);
  g_autofree char *name = row != NULL ? name_of (row) : g_strdup (_("A group"));
  g_autofree char *more = row != NULL ? more_words (row, self->sight) : g_strdup ("");
  g_autofree char *all = g_strdup_printf ("%s, %s", name, more);
  g_autofree char *act = g_strdup_printf (_("Rename %s"), name);

  gtk_widget_set_opacity (line, row != NULL ? 1.0 : 0.0);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_first_child (column)), name);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (column)), more);
  gtk_widget_set_visible (rename, row != NULL && self->sight != NULL
                                      && self->sight->may->add_unit.yes);
  dpop_spoken_name_set (rename, act);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (line)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, all, -1);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, DpopGroupsPage *self)
{
  g_hash_table_add (self->bound, item);
  bind_item (self, item);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, DpopGroupsPage *self)
{
  g_hash_table_remove (self->bound, item);
}

static void
on_activate (GtkListView *view, guint position, DpopGroupsPage *self)
{
  g_autoptr (DpopUnitItem) item = g_list_model_get_item (G_LIST_MODEL (self->groups), position);
  const DpopUnitRow *row = item != NULL ? dpop_unit_item_get_row (item) : NULL;

  if (row != NULL)
    dpop_shell_push (GTK_WIDGET (self),
                     dpop_members_page_new_for_group (dpop_page_get_session (DPOP_PAGE (self)),
                                                      &row->id));
}

/* --- What may be done. ----------------------------------------------------------------------- */

static void
on_found_clicked (GtkButton *button, DpopGroupsPage *self)
{
  dpop_group_dialog_found (GTK_WIDGET (self), dpop_page_get_session (DPOP_PAGE (self)),
                           self->sight);
}

static gpointer
read_sight (DpopProfile *profile, gpointer data, GError **error)
{
  return dpop_members_sight_new (profile, error);
}

static void
on_sight (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopGroupsPage) self = data;
  g_autoptr (GError) error = NULL;
  DpopMembersSight *sight = dpop_session_run_finish (DPOP_SESSION (source), result, &error);
  GHashTableIter iter;
  gpointer item;

  if (sight == NULL)
    {
      dpop_shell_fail (GTK_WIDGET (self), error);
      return;
    }
  g_clear_pointer (&self->sight, dpop_members_sight_free);
  self->sight = sight;
  if (self->groups == NULL) /* gone meanwhile */
    return;
  gtk_widget_set_visible (self->found, sight->may->add_unit.yes && sight->kinds->len > 0);
  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    bind_item (self, item);
}

static void
ask_sight (DpopGroupsPage *self)
{
  dpop_session_run_async (dpop_page_get_session (DPOP_PAGE (self)), read_sight, NULL, NULL,
                          (GDestroyNotify) dpop_members_sight_free, NULL, on_sight,
                          g_object_ref (self));
}

/* --- The page. ------------------------------------------------------------------------------- */

static void
dpop_groups_page_refresh (DpopPage *page, DpopProjectorChanges *changes)
{
  DpopGroupsPage *self = DPOP_GROUPS_PAGE (page);

  dpop_list_refresh (DPOP_LIST (self->groups), changes);
  ask_sight (self);
}

static void
dpop_groups_page_focus_first (DpopPage *page)
{
  DpopGroupsPage *self = DPOP_GROUPS_PAGE (page);

  self->wants_focus = TRUE;
  show_which (self);
}

static void
dpop_groups_page_constructed (GObject *object)
{
  DpopGroupsPage *self = DPOP_GROUPS_PAGE (object);
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkNoSelection) selection = NULL;

  G_OBJECT_CLASS (dpop_groups_page_parent_class)->constructed (object);
  self->groups
      = dpop_unit_list_new (dpop_session_get_reader (dpop_page_get_session (DPOP_PAGE (self))));
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->groups)));
  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_unbind), self, 0);
  gtk_list_view_set_factory (self->view, factory);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
  g_signal_connect_object (self->groups, "items-changed", G_CALLBACK (show_which), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->groups, "notify::loading", G_CALLBACK (show_which), self,
                           G_CONNECT_SWAPPED);
  show_which (self);
  ask_sight (self);
}

static void
dpop_groups_page_dispose (GObject *object)
{
  DpopGroupsPage *self = DPOP_GROUPS_PAGE (object);

  if (self->view != NULL)
    gtk_list_view_set_model (self->view, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), DPOP_TYPE_GROUPS_PAGE);
  g_clear_object (&self->groups);
  g_clear_pointer (&self->sight, dpop_members_sight_free);
  G_OBJECT_CLASS (dpop_groups_page_parent_class)->dispose (object);
}

static void
dpop_groups_page_finalize (GObject *object)
{
  g_clear_pointer (&DPOP_GROUPS_PAGE (object)->sight, dpop_members_sight_free);
  g_hash_table_unref (DPOP_GROUPS_PAGE (object)->bound);
  G_OBJECT_CLASS (dpop_groups_page_parent_class)->finalize (object);
}

static void
dpop_groups_page_class_init (DpopGroupsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = dpop_groups_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = dpop_groups_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = dpop_groups_page_finalize;
  DPOP_PAGE_CLASS (klass)->refresh = dpop_groups_page_refresh;
  DPOP_PAGE_CLASS (klass)->focus_first = dpop_groups_page_focus_first;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dpop/Dpop/dpop-groups-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DpopGroupsPage, found);
  gtk_widget_class_bind_template_child (widget_class, DpopGroupsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, DpopGroupsPage, view);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_found_clicked);
}

static void
dpop_groups_page_init (DpopGroupsPage *self)
{
  self->bound = g_hash_table_new (NULL, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}

DpopPage *
dpop_groups_page_new (DpopSession *session)
{
  return g_object_new (DPOP_TYPE_GROUPS_PAGE, "session", session, NULL);
}
