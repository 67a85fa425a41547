/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-folder-group.h"

#include "dpop-moment.h"
#include "dpop-shell.h"

#include <glib/gi18n-lib.h>

struct _DpopFolderGroup
{
  AdwPreferencesGroup parent_instance;

  GtkWidget *choose;
  AdwActionRow *state;
  GtkWidget *now;
  GtkWidget *stop;
  DpopSession *session;
};

G_DEFINE_FINAL_TYPE (DpopFolderGroup, dpop_folder_group, ADW_TYPE_PREFERENCES_GROUP)

/* --- How it stands. -------------------------------------------------------------------------- */

static char *
others (const DpopSessionFolder *shared)
{
  if (shared->computers == 0)
    return g_strdup (_("No other computer exchanges through it yet."));
  if (shared->behind == 0)
    return g_strdup_printf (ngettext ("%u other computer exchanges through it, and has all that "
                                      "is here.",
                                      "%u other computers exchange through it, and have all that "
                                      "is here.",
                                      shared->computers),
                            shared->computers);
  return g_strdup_printf (ngettext ("%u other computer exchanges through it.",
                                    "%u other computers exchange through it.", shared->computers),
                          shared->computers);
}

static char *
behind (const DpopSessionFolder *shared)
{
  if (shared->behind == 0)
    return NULL;
  return g_strdup_printf (ngettext ("%u of them has not yet taken in what is here.",
                                    "%u of them have not yet taken in what is here.",
                                    shared->behind),
                          shared->behind);
}

static char *
sentence (const DpopSessionFolder *shared)
{
  g_autofree char *first = others (shared);
  g_autofree char *second = behind (shared);
  g_autofree char *when = shared->at > 0 ? dpop_moment_now (shared->at) : NULL;
  g_autofree char *last = NULL;

  if (shared->fault != NULL)
    return g_strdup (shared->fault);
  if (when == NULL)
    return g_strdup (_("Looking at what is there."));
  /* Translators: %s is a time, such as "today, 14:02". */
  last = g_strdup_printf (_("Last exchange: %s."), when);
  return second != NULL ? g_strjoin (" ", first, second, last, NULL)
                        : g_strjoin (" ", first, last, NULL);
}

static void
show_state (DpopFolderGroup *self)
{
  const DpopSessionInfo *info = dpop_session_get_info (self->session);
  const DpopSessionFolder *shared = info != NULL ? &info->shared : NULL;
  const gboolean used = shared != NULL && shared->path != NULL;

  gtk_widget_set_visible (self->choose, !used);
  gtk_widget_set_visible (GTK_WIDGET (self->state), used);
  gtk_widget_set_visible (self->now, used);
  gtk_widget_set_visible (self->stop, used);
  if (!used)
    return;
  {
    g_autofree char *words = sentence (shared);
    g_autofree char *whole = g_filename_display_name (shared->path);
    g_autofree char *name = g_filename_display_basename (shared->path);
    g_autofree char *title = g_markup_escape_text (name, -1);
    g_autofree char *subtitle = g_markup_escape_text (words, -1);

    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->state), title);
    adw_action_row_set_subtitle (self->state, subtitle);
    gtk_widget_set_tooltip_text (GTK_WIDGET (self->state), whole);
    if (shared->fault != NULL)
      gtk_widget_add_css_class (GTK_WIDGET (self->state), "error");
    else
      gtk_widget_remove_css_class (GTK_WIDGET (self->state), "error");
  }
}

/* --- What can be done. ----------------------------------------------------------------------- */

static void
on_shared (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopFolderGroup) self = data;
  g_autoptr (GError) error = NULL;

  if (!dpop_session_share_finish (DPOP_SESSION (source), result, &error))
    dpop_shell_fail (GTK_WIDGET (self), error);
  else
    dpop_shell_announce (GTK_WIDGET (self), _("The shared folder is in use."));
}

static void
on_response (GtkNativeDialog *dialog, gint response, DpopFolderGroup *self)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog))
                               : NULL;

  gtk_native_dialog_hide (dialog);
  if (file != NULL && g_file_peek_path (file) == NULL)
    dpop_shell_toast (GTK_WIDGET (self), _("This place cannot be reached as a folder of this "
                                           "computer. Choose another."));
  else if (file != NULL)
    dpop_session_share_async (self->session, g_file_peek_path (file), on_shared,
                              g_object_ref (self));
  g_object_unref (dialog);
}

static void
on_choose (GtkWidget *row, DpopFolderGroup *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      _("Use a Shared Folder"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
      GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _("Use"), _("Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_response), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
on_now (GtkWidget *row, DpopFolderGroup *self)
{
  dpop_session_exchange (self->session);
}

static void
on_stopped (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopFolderGroup) self = data;
  g_autoptr (GError) error = NULL;

  if (!dpop_session_share_finish (DPOP_SESSION (source), result, &error))
    dpop_shell_fail (GTK_WIDGET (self), error);
  else
    dpop_shell_toast (GTK_WIDGET (self), _("This computer exchanges through no folder any more."));
}

static void
on_stop (GtkWidget *row, DpopFolderGroup *self)
{
  dpop_session_share_async (self->session, NULL, on_stopped, g_object_ref (self));
}

/* --- The group. ------------------------------------------------------------------------------ */

void
dpop_folder_group_set_session (DpopFolderGroup *self, DpopSession *session)
{
  g_return_if_fail (DPOP_IS_FOLDER_GROUP (self) && self->session == NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::info", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  show_state (self);
}

static void
dpop_folder_group_dispose (GObject *object)
{
  g_clear_object (&DPOP_FOLDER_GROUP (object)->session);
  G_OBJECT_CLASS (dpop_folder_group_parent_class)->dispose (object);
}

static void
dpop_folder_group_class_init (DpopFolderGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dpop_folder_group_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dpop/Dpop/dpop-folder-group.ui");
  gtk_widget_class_bind_template_child (widget_class, DpopFolderGroup, choose);
  gtk_widget_class_bind_template_child (widget_class, DpopFolderGroup, state);
  gtk_widget_class_bind_template_child (widget_class, DpopFolderGroup, now);
  gtk_widget_class_bind_template_child (widget_class, DpopFolderGroup, stop);
  gtk_widget_class_bind_template_callback (widget_class, on_choose);
  gtk_widget_class_bind_template_callback (widget_class, on_now);
  gtk_widget_class_bind_template_callback (widget_class, on_stop);
}

static void
dpop_folder_group_init (DpopFolderGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
