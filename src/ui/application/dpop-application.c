/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-application.h"

#include "dpop-about.h"
#include "dpop-edge-file.h"
#include "dpop-profile-folder.h"
#include "dpop-shell.h"
#include "dpop-window.h"

#include <glib/gi18n-lib.h>

struct _DpopApplication
{
  AdwApplication parent_instance;

  DpopNetwork *network; /* one for all organisations */
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
      window = DPOP_WINDOW (dpop_window_new (GTK_APPLICATION (self), self->network));
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
  GtkWidget *window = dpop_window_new (GTK_APPLICATION (self), self->network);

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

/* --- Files. ---------------------------------------------------------------------------------- */

/* A file that was double-clicked, and what it is. */
typedef struct
{
  char *path;
  DpopEdgeFile kind;
} Given;

static void
given_free (gpointer data)
{
  Given *given = data;

  g_free (given->path);
  g_free (given);
}

static void
recognise_there (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Given *given = data;
  g_autoptr (GFile) file = g_file_new_for_path (given->path);
  GError *error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, &error);
  guint8 head[DPOP_EDGE_FILE_HEAD];
  gsize size;

  if (stream == NULL
      || !g_input_stream_read_all (G_INPUT_STREAM (stream), head, sizeof head, &size, cancellable,
                                   &error))
    {
      g_task_return_error (task, error);
      return;
    }
  given->kind = dpop_edge_file_recognise (head, size);
  g_task_return_boolean (task, TRUE);
}

/* The window in front, if there is one that WANTS such a file. */
static DpopWindow *
window_for (DpopApplication *self, gboolean (*wants) (DpopWindow *window))
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (DPOP_IS_WINDOW (l->data) && wants (l->data))
      return l->data;
  return NULL;
}

static gboolean
has_organisation (DpopWindow *window)
{
  return dpop_window_get_folder (window) != NULL;
}

static gboolean
has_none (DpopWindow *window)
{
  return dpop_window_get_folder (window) == NULL;
}

static DpopWindow *
active_window (DpopApplication *self)
{
  GtkWindow *window;

  g_application_activate (G_APPLICATION (self));
  window = gtk_application_get_active_window (GTK_APPLICATION (self));
  return DPOP_IS_WINDOW (window) ? DPOP_WINDOW (window) : NULL;
}

static void
open_given (DpopApplication *self, const Given *given)
{
  const gboolean joins = given->kind == DPOP_EDGE_FILE_INVITATION;
  DpopWindow *window = window_for (self, joins ? has_none : has_organisation);

  if (window == NULL && joins)
    window = DPOP_WINDOW (dpop_window_new (GTK_APPLICATION (self), self->network));
  else if (window == NULL)
    window = active_window (self);
  if (window == NULL)
    return;
  gtk_window_present (GTK_WINDOW (window));
  if (joins)
    dpop_window_join_file (window, given->path);
  else if (has_organisation (window))
    dpop_window_open_file (window, given->path);
  else
    dpop_shell_toast (GTK_WIDGET (window),
                      _("This file is for an organisation. Open the organisation first, then the "
                        "file once more."));
}

static void
on_recognised (GObject *source, GAsyncResult *result, gpointer data)
{
  DpopApplication *self = DPOP_APPLICATION (source);
  const Given *given = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  DpopWindow *window;

  if (g_task_propagate_boolean (G_TASK (result), &error) && given->kind != DPOP_EDGE_FILE_OTHER)
    open_given (self, given);
  else if ((window = active_window (self)) != NULL)
    dpop_shell_toast (GTK_WIDGET (window), error != NULL ? error->message
                                                         : _("This is no file of DPOP. Choose the "
                                                             "one that you were sent."));
  g_application_release (G_APPLICATION (self));
}

/* Holds the program until its window is there. */
static void
open_file (DpopApplication *self, GFile *file)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, on_recognised, NULL);
  Given *given = g_new0 (Given, 1);

  given->path = g_file_get_path (file);
  g_application_hold (G_APPLICATION (self));
  g_task_set_task_data (task, given, given_free);
  g_task_run_in_thread (task, recognise_there);
}

static gint
dpop_application_command_line (GApplication *application, GApplicationCommandLine *line)
{
  DpopApplication *self = DPOP_APPLICATION (application);
  GVariantDict *options = g_application_command_line_get_options_dict (line);
  g_autofree char *name = NULL;
  g_autofree char **files = NULL;

  if (g_variant_dict_lookup (options, "profile", "^ay", &name))
    {
      g_autoptr (GFile) folder = g_application_command_line_create_file_for_arg (line, name);

      show_folder (self, g_file_peek_path (folder));
    }
  g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&ay", &files);
  if (name == NULL && files == NULL)
    g_application_activate (application);
  for (guint i = 0; files != NULL && files[i] != NULL; i++)
    {
      g_autoptr (GFile) file = g_application_command_line_create_file_for_arg (line, files[i]);

      if (g_file_peek_path (file) != NULL)
        open_file (self, file);
    }
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
  dpop_about_show (gtk_application_get_active_window (application));
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
  DPOP_APPLICATION (application)->network
      = dpop_network_new (&(DpopNetworkSetting){ .local = TRUE });
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   application);
  gtk_application_set_accels_for_action (GTK_APPLICATION (application), "app.quit", quit);
  gtk_application_set_accels_for_action (GTK_APPLICATION (application), "app.new-window",
                                         new_window);
}

static void
dpop_application_shutdown (GApplication *application)
{
  G_APPLICATION_CLASS (dpop_application_parent_class)->shutdown (application);
  g_clear_pointer (&DPOP_APPLICATION (application)->network, dpop_network_unref);
}

static void
dpop_application_class_init (DpopApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->shutdown = dpop_application_shutdown;
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
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, NULL, NULL, N_("[FILE…]") },
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
