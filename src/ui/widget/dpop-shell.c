/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-shell.h"

#include <glib/gi18n-lib.h>

#define UNDO_SECONDS 10

G_DEFINE_INTERFACE (DpopShell, dpop_shell, GTK_TYPE_WIDGET)

static void
dpop_shell_default_init (DpopShellInterface *iface)
{
}

static DpopShell *
find (GtkWidget *from)
{
  return (DpopShell *) gtk_widget_get_ancestor (from, DPOP_TYPE_SHELL);
}

void
dpop_shell_announce (GtkWidget *from, const char *text)
{
  DpopShell *shell = find (from);

  if (shell != NULL)
    DPOP_SHELL_GET_IFACE (shell)->announce (shell, text);
}

static void
show_toast (GtkWidget *from, AdwToast *toast)
{
  DpopShell *shell = find (from);

  if (shell == NULL)
    {
      g_object_unref (toast);
      return;
    }
  DPOP_SHELL_GET_IFACE (shell)->announce (shell, adw_toast_get_title (toast));
  DPOP_SHELL_GET_IFACE (shell)->toast (shell, toast);
}

/* A toast reads its title as markup. */
static AdwToast *
new_toast (const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  return adw_toast_new (escaped);
}

void
dpop_shell_toast (GtkWidget *from, const char *text)
{
  show_toast (from, new_toast (text));
}

typedef struct
{
  DpopShellUndo undo;
  gpointer data;
  GDestroyNotify free_data;
} Undo;

static void
undo_free (gpointer data, GClosure *closure)
{
  Undo *undo = data;

  if (undo->free_data != NULL)
    undo->free_data (undo->data);
  g_free (undo);
}

static void
on_undo (AdwToast *toast, gpointer data)
{
  Undo *undo = data;

  undo->undo (undo->data);
}

void
dpop_shell_toast_undo (GtkWidget *from, const char *text, const char *label, DpopShellUndo undo,
                       gpointer data, GDestroyNotify free_data)
{
  AdwToast *toast = new_toast (text);
  Undo *asked = g_new0 (Undo, 1);

  asked->undo = undo;
  asked->data = data;
  asked->free_data = free_data;
  adw_toast_set_button_label (toast, label);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_set_timeout (toast, UNDO_SECONDS);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (on_undo), asked, undo_free, 0);
  show_toast (from, toast);
}

void
dpop_shell_fail (GtkWidget *from, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    dpop_shell_toast (from, error != NULL ? error->message : _("That did not work."));
}

void
dpop_shell_push (GtkWidget *from, DpopPage *page)
{
  DpopShell *shell = find (from);

  if (shell != NULL)
    DPOP_SHELL_GET_IFACE (shell)->push (shell, page);
  else
    g_object_unref (g_object_ref_sink (page));
}

void
dpop_shell_pop (GtkWidget *from)
{
  DpopShell *shell = find (from);

  if (shell != NULL)
    DPOP_SHELL_GET_IFACE (shell)->pop (shell);
}

void
dpop_shell_go (GtkWidget *from, DpopPlace place, const CosmicId *id)
{
  DpopShell *shell = find (from);

  if (shell != NULL)
    DPOP_SHELL_GET_IFACE (shell)->go (shell, place, id, NULL);
}

void
dpop_shell_go_topic (GtkWidget *from, DpopPlace place, const char *topic)
{
  DpopShell *shell = find (from);

  if (shell != NULL)
    DPOP_SHELL_GET_IFACE (shell)->go (shell, place, NULL, topic);
}

gboolean
dpop_shell_has (GtkWidget *from, DpopPlace place)
{
  DpopShell *shell = find (from);

  return shell != NULL && DPOP_SHELL_GET_IFACE (shell)->has (shell, place);
}

void
dpop_shell_help (GtkWidget *from, const char *topic)
{
  DpopShell *shell = find (from);

  if (shell != NULL)
    DPOP_SHELL_GET_IFACE (shell)->go (shell, DPOP_PLACE_HELP, NULL, topic);
}
