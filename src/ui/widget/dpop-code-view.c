/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-code-view.h"

#include "dpop-button-flow.h"
#include "dpop-shell.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _DpopCodeView
{
  AdwBin parent_instance;

  GtkWidget *code;
  GtkWidget *copy;
  char *file_name;
  GtkFileChooserNative *dialog; /* while it is open */
};

G_DEFINE_FINAL_TYPE (DpopCodeView, dpop_code_view, ADW_TYPE_BIN)

static const char *
text_of (DpopCodeView *self)
{
  return gtk_label_get_label (GTK_LABEL (self->code));
}

static void
on_copy (GtkButton *button, DpopCodeView *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text_of (self));
  dpop_shell_toast (GTK_WIDGET (self), _("The code is copied."));
}

/* --- As a file. ------------------------------------------------------------------------------ */

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopCodeView) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (G_FILE (source));
  g_autofree char *shown = g_filename_display_name (name);
  g_autofree char *text = NULL;

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    {
      dpop_shell_fail (GTK_WIDGET (self), error);
      return;
    }
  text = g_strdup_printf (_("It is kept as “%s”."), shown);
  dpop_shell_toast (GTK_WIDGET (self), text);
}

static void
on_response (GtkNativeDialog *dialog, gint response, DpopCodeView *self)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_autofree char *line = g_strconcat (text_of (self), "\n", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (line, strlen (line));

  gtk_native_dialog_hide (dialog);
  if (response == GTK_RESPONSE_ACCEPT && file != NULL)
    g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL,
                                         on_saved, g_object_ref (self));
  g_clear_object (&self->dialog);
}

static void
on_keep (GtkButton *button, DpopCodeView *self)
{
  if (self->dialog != NULL)
    return;
  self->dialog = gtk_file_chooser_native_new (
      _("Keep the Code as a File"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
      GTK_FILE_CHOOSER_ACTION_SAVE, _("Save"), _("Cancel"));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->dialog), self->file_name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->dialog), TRUE);
  g_signal_connect_object (self->dialog, "response", G_CALLBACK (on_response), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->dialog));
}

/* --- The widget. ----------------------------------------------------------------------------- */

void
dpop_code_view_set (DpopCodeView *self, const char *code, const char *file_name)
{
  g_autofree char *text = g_strchomp (g_strdup (code));

  g_return_if_fail (DPOP_IS_CODE_VIEW (self));
  gtk_label_set_label (GTK_LABEL (self->code), text);
  g_free (self->file_name);
  self->file_name = g_strdup (file_name);
}

static gboolean
dpop_code_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (DPOP_CODE_VIEW (widget)->copy);
}

static void
dpop_code_view_dispose (GObject *object)
{
  g_clear_object (&DPOP_CODE_VIEW (object)->dialog);
  G_OBJECT_CLASS (dpop_code_view_parent_class)->dispose (object);
}

static void
dpop_code_view_finalize (GObject *object)
{
  g_free (DPOP_CODE_VIEW (object)->file_name);
  G_OBJECT_CLASS (dpop_code_view_parent_class)->finalize (object);
}

static void
dpop_code_view_class_init (DpopCodeViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dpop_code_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = dpop_code_view_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = dpop_code_view_grab_focus;
}

static GtkWidget *
add_button (GtkWidget *flow, const char *label, GCallback callback, DpopCodeView *self)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  g_signal_connect (button, "clicked", callback, self);
  dpop_button_flow_add (flow, button);
  return button;
}

static void
dpop_code_view_init (DpopCodeView *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *buttons = dpop_button_flow_new ();

  self->code = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode",
                             PANGO_WRAP_WORD_CHAR, NULL);
  gtk_widget_add_css_class (self->code, "monospace");
  gtk_widget_add_css_class (self->code, "card");
  gtk_widget_add_css_class (self->code, "card-inside");
  gtk_box_append (GTK_BOX (column), self->code);
  self->copy = add_button (buttons, _("Copy"), G_CALLBACK (on_copy), self);
  add_button (buttons, _("Keep as a File…"), G_CALLBACK (on_keep), self);
  gtk_box_append (GTK_BOX (column), buttons);
  adw_bin_set_child (ADW_BIN (self), column);
}

GtkWidget *
dpop_code_view_new (void)
{
  return g_object_new (DPOP_TYPE_CODE_VIEW, NULL);
}
