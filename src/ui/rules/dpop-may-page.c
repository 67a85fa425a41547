/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-may-page.h"

#include "dpop-moment.h"
#include "dpop-names.h"
#include "dpop-role-view.h"
#include "dpop-shell.h"
#include "dpop-statute.h"

#include <glib/gi18n-lib.h>

#define COLUMN_WIDTH 640
#define HOLDERS_MAX  100

struct _DpopMayPage
{
  DpopPage parent_instance;

  GtkWidget *holders; /* AdwPreferencesGroup; replaced at each reading, as the next */
  GtkWidget *actions;
  GtkWidget *column;
};

G_DEFINE_FINAL_TYPE (DpopMayPage, dpop_may_page, DPOP_TYPE_PAGE)

/* What is read at once. */
typedef struct
{
  GPtrArray *holders; /* of DpopRoleView */
  GPtrArray *actions; /* of DpopStatuteMay */
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_clear_pointer (&reading->holders, g_ptr_array_unref);
  g_clear_pointer (&reading->actions, g_ptr_array_unref);
  g_free (reading);
}

static gpointer
read_all (DpopProfile *profile, gpointer data, GError **error)
{
  g_autoptr (DpopNames) names = dpop_names_new (profile, error);
  Reading *reading;

  if (names == NULL)
    return NULL;
  reading = g_new0 (Reading, 1);
  reading->holders = dpop_role_view_list (profile, NULL, error);
  reading->actions = dpop_statute_who_may (names->charter, names->words);
  if (reading->holders == NULL)
    g_clear_pointer (&reading, reading_free);
  return reading;
}

static GtkWidget *
new_row (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *safe_title = g_markup_escape_text (title, -1);
  g_autofree char *safe_subtitle = g_markup_escape_text (subtitle, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), safe_title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), safe_subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  return row;
}

static void
on_holder (AdwActionRow *row, gpointer self)
{
  dpop_shell_go (self, DPOP_PLACE_MEMBER, g_object_get_data (G_OBJECT (row), "dpop-member"));
}

static GtkWidget *
new_holder (DpopMayPage *self, const DpopRoleView *view)
{
  g_autofree char *role = cosmic_id_is_zero (&view->unit)
                              ? g_strdup (view->label)
                              : g_strdup_printf ("%s, %s", view->label, view->unit_name);
  g_autofree char *when = view->since > 0 ? dpop_moment_now (view->since) : NULL;
  g_autofree char *since = when != NULL ? g_strdup_printf (_("%s · since %s"), role, when)
                                        : g_strdup_printf (_("%s · not yet confirmed"), role);
  GtkWidget *row = new_row (view->name, since);

  g_object_set_data_full (G_OBJECT (row), "dpop-member",
                          g_memdup2 (&view->member, sizeof view->member), g_free);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), adw_avatar_new (32, view->name, TRUE));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect_object (row, "activated", G_CALLBACK (on_holder), self, 0);
  return row;
}

static GtkWidget *
new_group (DpopMayPage *self, GtkWidget *old, const char *title, const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();

  if (old != NULL)
    gtk_box_remove (GTK_BOX (self->column), old);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  gtk_box_append (GTK_BOX (self->column), group);
  return group;
}

static char *
begin_large (const char *text)
{
  g_autofree char *first = g_utf8_strup (text, (gssize) (g_utf8_next_char (text) - text));

  return g_strconcat (first, g_utf8_next_char (text), NULL);
}

static void
show (DpopMayPage *self, const Reading *reading)
{
  self->holders = new_group (self, self->holders, _("Who holds what"),
                             reading->holders->len > 0 ? NULL : _("No role is held by anybody."));
  for (guint i = 0; i < MIN (reading->holders->len, HOLDERS_MAX); i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->holders),
                               new_holder (self, reading->holders->pdata[i]));
  self->actions = new_group (self, self->actions, _("Who may do what"),
                             _("As the rules say it. Every computer checks it for itself, for "
                               "every entry."));
  for (guint i = 0; i < reading->actions->len; i++)
    {
      const DpopStatuteMay *may = reading->actions->pdata[i];
      g_autofree char *what = begin_large (may->what);

      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->actions), new_row (what, may->who));
    }
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopMayPage) self = data;
  g_autoptr (GError) error = NULL;
  Reading *reading = dpop_session_run_finish (DPOP_SESSION (source), result, &error);

  if (reading == NULL)
    {
      dpop_shell_fail (GTK_WIDGET (self), error);
      return;
    }
  show (self, reading);
  reading_free (reading);
}

static void
dpop_may_page_refresh (DpopPage *page, DpopProjectorChanges *changes)
{
  if (changes == NULL || changes->everything || changes->members->len > 0)
    dpop_session_run_async (dpop_page_get_session (page), read_all, NULL, NULL, reading_free, NULL,
                            on_read, g_object_ref (page));
}

static void
dpop_may_page_class_init (DpopMayPageClass *klass)
{
  DPOP_PAGE_CLASS (klass)->refresh = dpop_may_page_refresh;
}

static void
dpop_may_page_init (DpopMayPage *self)
{
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  gtk_widget_add_css_class (self->column, "page-column");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), COLUMN_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->column);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  dpop_page_set_content (DPOP_PAGE (self), scroller);
  dpop_page_set_title (DPOP_PAGE (self), _("Who May Do What"));
}

DpopPage *
dpop_may_page_new (DpopSession *session)
{
  DpopPage *page = g_object_new (DPOP_TYPE_MAY_PAGE, "session", session, NULL);

  dpop_may_page_refresh (page, NULL);
  return page;
}
