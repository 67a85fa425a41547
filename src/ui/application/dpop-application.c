/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-application.h"

#include "dpop-profile-folder.h"
#include "dpop-window.h"

#include <glib/gi18n-lib.h>

struct _DpopApplication
{
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (DpopApplication, dpop_application, ADW_TYPE_APPLICATION)

static DpopWindow *
find_window (DpopApplication *self, const char *folder)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (DPOP_IS_WINDOW (l->data) && g_strcmp0 (dpop_window_get_folder (l->data), folder) == 0)
      return l->data;
  return NULL;
}

/* One window an organisation. */
static void
show_folder (DpopApplication *self, const char *folder)
{
  DpopWindow *window = find_window (self, folder);

  if (window == NULL)
    {
      window = DPOP_WINDOW (dpop_window_new (GTK_APPLICATION (self)));
      dpop_window_unlock_folder (window, folder);
    }
  gtk_window_present (GTK_WINDOW (window));
}

/* --- At start. ------------------------------------------------------------------------------- */

/* The only organisation there is, practice and what cannot be opened left aside; NULL: none, or
 * several. The caller frees. */
static char *
only_folder (GPtrArray *list)
{
  const char *found = NULL;

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      const DpopProfileFolder *profile = list->pdata[i];

      if (profile->practice || profile->broken || !profile->readable)
        continue;
      if (found != NULL)
        return NULL;
      found = profile->folder;
    }
  return g_strdup (found);
}

static void
show_welcome (DpopApplication *self)
{
  GtkWidget *window = dpop_window_new (GTK_APPLICATION (self));

  dpop_window_show_welcome (DPOP_WINDOW (window));
  gtk_window_present (GTK_WINDOW (window));
}

/* Who has one organisation is asked for its passphrase at once. */
static void
dpop_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));
  g_autoptr (GPtrArray) list = window == NULL ? dpop_profile_folder_list (NULL, NULL) : NULL;
  g_autofree char *folder = only_folder (list);

  if (window != NULL)
    gtk_window_present (window);
  else if (folder != NULL)
    show_folder (DPOP_APPLICATION (application), folder);
  else
    show_welcome (DPOP_APPLICATION (application));
}

static gint
dpop_application_command_line (GApplication *application, GApplicationCommandLine *line)
{
  GVariantDict *options = g_application_command_line_get_options_dict (line);
  g_autofree char *name = NULL;
  g_autoptr (GFile) folder = NULL;

  if (!g_variant_dict_lookup (options, "profile", "^ay", &name))
    {
      g_application_activate (application);
      return 0;
    }
  folder = g_application_command_line_create_file_for_arg (line, name);
  show_folder (DPOP_APPLICATION (application), g_file_peek_path (folder));
  return 0;
}

/* --- Actions. -------------------------------------------------------------------------------- */

static void
act_quit (GSimpleAction *action, GVariant *target, gpointer application)
{
  GList *windows = g_list_copy (gtk_application_get_windows (application));

  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (l->data);
  g_list_free (windows);
}

static void
act_about (GSimpleAction *action, GVariant *target, gpointer application)
{
  adw_show_about_window (
      gtk_application_get_active_window (application), "application-name", "DPOP",
      "application-icon", "org.dpop.Dpop", "version", DPOP_VERSION, "comments",
      _("Democratic organisations run themselves: members, decisions and votes in one signed "
        "history that everybody can check."),
      "license-type", GTK_LICENSE_GPL_3_0, NULL);
}

static void
act_new_window (GSimpleAction *action, GVariant *target, gpointer application)
{
  show_welcome (application);
}

/* In the window that is about no organisation yet, if there is one in front. */
static void
act_open_profile (GSimpleAction *action, GVariant *target, gpointer application)
{
  const char *folder = g_variant_get_bytestring (target);
  GtkWindow *active = gtk_application_get_active_window (application);

  if (find_window (application, folder) == NULL && DPOP_IS_WINDOW (active)
      && dpop_window_get_folder (DPOP_WINDOW (active)) == NULL)
    dpop_window_unlock_folder (DPOP_WINDOW (active), folder);
  else
    show_folder (application, folder);
}

/* In the window that has it already; without one another program has it. */
static void
act_show_profile (GSimpleAction *action, GVariant *target, gpointer application)
{
  DpopWindow *window = find_window (application, g_variant_get_bytestring (target));

  if (window != NULL)
    gtk_window_present (GTK_WINDOW (window));
}

static const GActionEntry actions[] = {
  { .name = "new-window", .activate = act_new_window },
  { .name = "open-profile", .activate = act_open_profile, .parameter_type = "ay" },
  { .name = "show-profile", .activate = act_show_profile, .parameter_type = "ay" },
  { .name = "quit", .activate = act_quit },
  { .name = "about", .activate = act_about },
};

static void
dpop_application_startup (GApplication *application)
{
  static const char *const quit[] = { "<Control>q", NULL };
  static const char *const new_window[] = { "<Control>n", NULL };

  G_APPLICATION_CLASS (dpop_application_parent_class)->startup (application);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   application);
  gtk_application_set_accels_for_action (GTK_APPLICATION (application), "app.quit", quit);
  gtk_application_set_accels_for_action (GTK_APPLICATION (application), "app.new-window",
                                         new_window);
}

static void
dpop_application_class_init (DpopApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->activate = dpop_application_activate;
  application_class->command_line = dpop_application_command_line;
  application_class->startup = dpop_application_startup;
}

static void
dpop_application_init (DpopApplication *self)
{
  const GOptionEntry options[] = {
    { "profile", 'p', 0, G_OPTION_ARG_FILENAME, NULL, N_("Open the organisation in FOLDER"),
      N_("FOLDER") },
    G_OPTION_ENTRY_NULL,
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

DpopApplication *
dpop_application_new (void)
{
  return g_object_new (DPOP_TYPE_APPLICATION, "application-id", "org.dpop.Dpop", "flags",
                       G_APPLICATION_HANDLES_COMMAND_LINE, NULL);
}
