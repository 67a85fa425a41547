/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-request-page.h"

#include "dpop-edge-file.h"
#include "dpop-exchange-run-private.h"
#include "dpop-shell.h"

#include <glib/gi18n-lib.h>

struct _DpopRequestPage
{
  DpopPage parent_instance;

  GtkWidget *headline;
  GtkWidget *explanation;
  GtkWidget *frame;
  GtkWidget *code;
  GtkWidget *failure;
  GtkWidget *accept;
  GtkWidget *done;

  GtkFileChooserNative *dialog; /* while it is open */
};

G_DEFINE_FINAL_TYPE (DpopRequestPage, dpop_request_page, DPOP_TYPE_PAGE)

static char *
get_code (DpopRequestPage *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->code));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
show_failure (DpopRequestPage *self, const char *text)
{
  gtk_label_set_label (GTK_LABEL (self->failure), text);
  gtk_widget_set_visible (self->failure, TRUE);
  gtk_widget_grab_focus (self->code);
}

static void
on_accepted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopRequestPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree DpopExchangeAccepted *accepted
      = dpop_session_run_finish (DPOP_SESSION (source), result, &error);
  g_autofree char *headline = NULL;

  gtk_widget_set_sensitive (self->accept, TRUE);
  if (accepted == NULL)
    {
      show_failure (self, error->message);
      return;
    }
  headline = g_strdup_printf (_("A computer of %s is let in."), accepted->name);
  gtk_label_set_label (GTK_LABEL (self->headline), headline);
  gtk_label_set_label (GTK_LABEL (self->explanation),
                       accepted->result.confirmed
                           ? _("Bring them the transfer file that was just written. When they "
                               "have taken it in, they may vote.")
                           : _("Bring them the transfer file that was just written. They may vote "
                               "as soon as a record keeper has confirmed it."));
  gtk_widget_set_visible (self->frame, FALSE);
  gtk_widget_set_visible (self->failure, FALSE);
  gtk_widget_set_visible (self->accept, FALSE);
  gtk_widget_set_visible (self->done, TRUE);
  gtk_widget_grab_focus (self->done);
  dpop_shell_announce (GTK_WIDGET (self), headline);
}

static void
on_response (GtkNativeDialog *dialog, gint response, DpopRequestPage *self)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_autofree char *code = NULL;

  gtk_native_dialog_hide (dialog);
  if (response == GTK_RESPONSE_ACCEPT && file != NULL && g_file_peek_path (file) != NULL)
    {
      code = get_code (self);
      gtk_widget_set_sensitive (self->accept, FALSE);
      dpop_session_run_async (dpop_page_get_session (DPOP_PAGE (self)), dpop_exchange_run_accept,
                              dpop_exchange_run_new (g_file_peek_path (file), code, NULL),
                              dpop_exchange_run_free, g_free, NULL, on_accepted,
                              g_object_ref (self));
    }
  g_clear_object (&self->dialog);
}

static void
on_accept (GtkButton *button, DpopRequestPage *self)
{
  const DpopSessionInfo *info
      = dpop_session_get_info (dpop_page_get_session (DPOP_PAGE (self)));
  g_autofree char *code = get_code (self);
  g_autofree char *name = NULL;

  g_strstrip (code);
  if (*code == '\0')
    {
      show_failure (self, _("Type in the code that the newcomer's computer shows."));
      return;
    }
  if (self->dialog != NULL || info == NULL)
    return;
  name = dpop_edge_file_name (DPOP_EDGE_FILE_TRANSFER, info->name != NULL ? info->name : "DPOP");
  self->dialog = gtk_file_chooser_native_new (
      _("Save the First Transfer File"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
      GTK_FILE_CHOOSER_ACTION_SAVE, _("Save"), _("Cancel"));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->dialog), TRUE);
  g_signal_connect_object (self->dialog, "response", G_CALLBACK (on_response), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->dialog));
}

static void
on_done (GtkButton *button, DpopRequestPage *self)
{
  dpop_shell_pop (GTK_WIDGET (self));
}

static void
on_typed (GtkTextBuffer *buffer, DpopRequestPage *self)
{
  gtk_widget_set_visible (self->failure, FALSE);
}

static void
dpop_request_page_focus_first (DpopPage *page)
{
  DpopRequestPage *self = DPOP_REQUEST_PAGE (page);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->code));

  gtk_widget_grab_focus (gtk_text_buffer_get_char_count (buffer) > 0 ? self->accept : self->code);
}

static void
dpop_request_page_dispose (GObject *object)
{
  g_clear_object (&DPOP_REQUEST_PAGE (object)->dialog);
  G_OBJECT_CLASS (dpop_request_page_parent_class)->dispose (object);
}

static void
dpop_request_page_class_init (DpopRequestPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dpop_request_page_dispose;
  DPOP_PAGE_CLASS (klass)->focus_first = dpop_request_page_focus_first;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dpop/Dpop/dpop-request-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DpopRequestPage, headline);
  gtk_widget_class_bind_template_child (widget_class, DpopRequestPage, explanation);
  gtk_widget_class_bind_template_child (widget_class, DpopRequestPage, frame);
  gtk_widget_class_bind_template_child (widget_class, DpopRequestPage, code);
  gtk_widget_class_bind_template_child (widget_class, DpopRequestPage, failure);
  gtk_widget_class_bind_template_child (widget_class, DpopRequestPage, accept);
  gtk_widget_class_bind_template_child (widget_class, DpopRequestPage, done);
  gtk_widget_class_bind_template_callback (widget_class, on_accept);
  gtk_widget_class_bind_template_callback (widget_class, on_done);
}

static void
dpop_request_page_init (DpopRequestPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->code)), "changed",
                    G_CALLBACK (on_typed), self);
}

DpopPage *
dpop_request_page_new (DpopSession *session, const char *text)
{
  DpopRequestPage *self = g_object_new (DPOP_TYPE_REQUEST_PAGE, "session", session, NULL);

  if (text != NULL && g_utf8_validate (text, -1, NULL))
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->code)), text, -1);
  return DPOP_PAGE (self);
}
