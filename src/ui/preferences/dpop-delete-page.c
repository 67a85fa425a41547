/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-delete-page.h"

#include "dpop-profile-folder.h"
#include "dpop-shell.h"
#include "dpop-step-page.h"

#include <glib/gi18n-lib.h>

#define NAME_KEY "dpop-name"

static const char *
name_of (DpopSession *session)
{
  const DpopSessionInfo *info = dpop_session_get_info (session);

  return info != NULL && info->name != NULL ? info->name : _("this organisation");
}

/* --- Deleting. ------------------------------------------------------------------------------- */

/* Another window greets, and this one goes: what it was about is no more. */
static void
leave (DpopStepPage *page)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));

  dpop_step_page_busy (page, NULL);
  if (!GTK_IS_WINDOW (root))
    return;
  gtk_widget_activate_action (GTK_WIDGET (root), "app.new-window", NULL);
  gtk_window_close (GTK_WINDOW (root));
}

static void
on_removed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopStepPage) page = data;
  g_autoptr (GError) error = NULL;
  GtkWidget *shell = gtk_widget_get_ancestor (GTK_WIDGET (page), DPOP_TYPE_SHELL);

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      leave (page);
      return;
    }
  dpop_step_page_busy (page, NULL);
  if (shell == NULL)
    return;
  gtk_widget_activate_action (shell, "win.lock", NULL);
  dpop_shell_fail (shell, error);
}

static void
remove_there (GTask *task, gpointer source, gpointer folder, GCancellable *cancellable)
{
  GError *error = NULL;

  if (dpop_profile_folder_remove (folder, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_closed (GObject *source, GAsyncResult *result, gpointer page)
{
  g_autoptr (GTask) task = g_task_new (source, NULL, on_removed, page);

  dpop_session_close_finish (DPOP_SESSION (source), result, NULL);
  g_task_set_task_data (task, g_strdup (dpop_session_get_folder (DPOP_SESSION (source))), g_free);
  g_task_run_in_thread (task, remove_there);
}

/* --- Asking. --------------------------------------------------------------------------------- */

/* Capital letters and spaces at the ends are forgiven: what counts is that somebody meant it. */
static gboolean
is_same_name (const char *typed, const char *name)
{
  g_autofree char *a = g_utf8_casefold (typed, -1);
  g_autofree char *b = g_utf8_casefold (name, -1);

  return g_utf8_collate (g_strstrip (a), g_strstrip (b)) == 0;
}

static void
on_next (DpopStepPage *page, GtkEditable *entry)
{
  const char *name = g_object_get_data (G_OBJECT (page), NAME_KEY);

  if (!is_same_name (gtk_editable_get_text (entry), name))
    {
      g_autofree char *text
          = g_strdup_printf (_("That is not its name. Type “%s” to delete it."), name);

      dpop_step_page_fail (page, text);
      gtk_widget_grab_focus (GTK_WIDGET (entry));
      return;
    }
  dpop_step_page_busy (page, _("Deleting it."));
  dpop_session_close_async (dpop_page_get_session (DPOP_PAGE (page)), on_closed,
                            g_object_ref (page));
}

static GtkWidget *
new_body (GtkWidget *entry, const char *name)
{
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autofree char *text = g_strdup_printf (_("To delete it, type its name: %s"), name);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "wrap", TRUE,
                                   "wrap-mode", PANGO_WRAP_WORD_CHAR, "mnemonic-widget", entry,
                                   NULL);

  gtk_widget_add_css_class (label, "heading");
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Name of the organisation"), -1);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_box_append (GTK_BOX (body), label);
  gtk_box_append (GTK_BOX (body), entry);
  return body;
}

static char *
explain (const DpopSessionInfo *info)
{
  const char *first = _("What lies on this computer can be read by nobody any more, you included. "
                        "What it has never handed over on a transfer file is lost. The "
                        "organisation and your membership go on.");
  const char *next = _("Another computer of yours goes on as before. Switch this one off there. "
                       "If you have no other, you cannot vote with a computer any more until "
                       "somebody invites you again.");

  if (info != NULL && info->figures.confirms)
    next = _("This is the only record keeper: once it is deleted, nothing in the organisation can "
             "become final any more, ever.");
  return g_strconcat (first, "\n\n", next, NULL);
}

DpopPage *
dpop_delete_page_new (DpopSession *session)
{
  g_autofree char *question = g_strdup_printf (_("Delete “%s” from this computer?"),
                                               name_of (session));
  g_autofree char *explanation = explain (dpop_session_get_info (session));
  DpopStepPage *page
      = dpop_step_page_new (session, &(DpopStepText){ .title = _("Delete"),
                                                      .question = question,
                                                      .explanation = explanation,
                                                      .next = _("Delete It") });
  GtkWidget *entry = gtk_entry_new ();

  g_object_set_data_full (G_OBJECT (page), NAME_KEY, g_strdup (name_of (session)), g_free);
  dpop_step_page_set_body (page, new_body (entry, name_of (session)));
  dpop_step_page_set_first (page, entry);
  dpop_step_page_set_destructive (page);
  g_signal_connect (page, "next", G_CALLBACK (on_next), entry);
  return DPOP_PAGE (page);
}
