/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-waiting-page.h"

#include "dpop-button-flow.h"
#include "dpop-command-bundle.h"
#include "dpop-command-join.h"
#include "dpop-document-print.h"
#include "dpop-edge-file.h"
#include "dpop-join-private.h"
#include "dpop-membership.h"
#include "dpop-question.h"
#include "dpop-shell.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PROGRESS_MS 150

struct _DpopWaitingPage
{
  DpopPage parent_instance;

  GtkWidget *ways; /* for the request */
  GtkWidget *save;
  GtkWidget *request;
  GtkWidget *take;
  GtkWidget *failure;
  GtkWidget *working;
  GtkWidget *bar;
  GCancellable *cancellable; /* while a file is taken in */
  gint done_percent;         /* written by the engine's thread */
  guint timer;
  gboolean is_in;
};

G_DEFINE_FINAL_TYPE (DpopWaitingPage, dpop_waiting_page, DPOP_TYPE_PAGE)

enum
{
  IN,
  GIVEN_UP,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
fail (DpopWaitingPage *self, const char *text)
{
  gtk_label_set_label (GTK_LABEL (self->failure), text != NULL ? text : "");
  gtk_widget_set_visible (self->failure, text != NULL);
}

static GtkWindow *
window_of (DpopWaitingPage *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

/* --- The request. ---------------------------------------------------------------------------- */

static gpointer
read_there (DpopProfile *profile, gpointer data, GError **error)
{
  return dpop_command_join_request (profile, error);
}

static void
on_request (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopWaitingPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *request = dpop_session_run_finish (DPOP_SESSION (source), result, &error);

  if (error != NULL)
    fail (self, error->message);
  gtk_label_set_label (GTK_LABEL (self->request), request != NULL ? request : "");
}

static void
show_request (gpointer self)
{
  dpop_session_run_async (dpop_page_get_session (self), read_there, NULL, NULL, g_free, NULL,
                          on_request, g_object_ref (self));
}

static void
on_copy (GtkButton *button, DpopWaitingPage *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          gtk_label_get_label (GTK_LABEL (self->request)));
  dpop_shell_toast (GTK_WIDGET (self), _("The request is copied."));
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopWaitingPage) self = data;
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    dpop_shell_toast (GTK_WIDGET (self), _("The request is saved. Send the file, or bring it."));
  else
    fail (self, error->message);
}

static void
on_save_chosen (GtkNativeDialog *dialog, int response, DpopWaitingPage *self)
{
  const char *text = gtk_label_get_label (GTK_LABEL (self->request));
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file != NULL)
    g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL,
                                         on_written, g_object_ref (self));
  g_object_unref (dialog);
}

static void
on_save (GtkButton *button, DpopWaitingPage *self)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      _("Save the Request"), window_of (self), GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  g_autofree char *name = dpop_edge_file_name (DPOP_EDGE_FILE_REQUEST, _("Request"));

  fail (self, NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_save_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
on_printed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopWaitingPage) self = data;
  g_autoptr (GError) error = NULL;

  if (!dpop_document_print_finish (result, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    fail (self, error->message);
}

static void
on_print (GtkButton *button, DpopWaitingPage *self)
{
  g_autoptr (DpopDocument) document
      = dpop_document_new (dpop_document_print_paper (), _("Request"), "DPOP",
                           g_get_real_time () / 1000);

  fail (self, NULL);
  dpop_document_begin_part (document, NULL);
  dpop_document_add_text (document, DPOP_DOCUMENT_TITLE, _("Please let my computer in"));
  dpop_document_add_text (document, DPOP_DOCUMENT_BODY,
                          _("Type these lines where you invited me, under “Let a computer in”."));
  dpop_document_add_code (document, DPOP_DOCUMENT_CODE,
                          gtk_label_get_label (GTK_LABEL (self->request)));
  dpop_document_print_async (document, window_of (self), on_printed, g_object_ref (self));
}

/* --- The first transfer file. ---------------------------------------------------------------- */

typedef struct
{
  char *path;
  gint *percent;
  GCancellable *cancellable;
} TakeIn;

static void
take_in_free (gpointer data)
{
  TakeIn *take_in = data;

  g_free (take_in->path);
  g_object_unref (take_in->cancellable);
  g_free (take_in);
}

static void
on_progress (guint64 done, guint64 total, gpointer data)
{
  g_atomic_int_set ((gint *) data, total > 0 ? (gint) (done * 100 / total) : 0);
}

/* In the engine's thread. The page is kept alive by its callback meanwhile. */
static gpointer
take_in_there (DpopProfile *profile, gpointer data, GError **error)
{
  const TakeIn *take_in = data;
  const DpopBundleHooks hooks
      = { .progress = on_progress, .data = take_in->percent, .cancellable = take_in->cancellable };
  DpopBundleImport result;

  return GINT_TO_POINTER (
      dpop_command_bundle_import (profile, &(DpopCommandBundleImport){ take_in->path, &hooks },
                                  &result, error)
      && dpop_command_join_check (profile, error));
}

static void
set_working (DpopWaitingPage *self, gboolean working)
{
  gtk_widget_set_visible (self->working, working);
  gtk_widget_set_visible (self->take, !working);
}

static gboolean
on_time (gpointer data)
{
  DpopWaitingPage *self = data;

  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar),
                                 g_atomic_int_get (&self->done_percent) / 100.0);
  return G_SOURCE_CONTINUE;
}

/* In the engine's thread: 1 more than whether this computer's member votes. */
static gpointer
ask_votes (DpopProfile *profile, gpointer data, GError **error)
{
  const CosmicState *authority = dpop_profile_state (profile, NULL, error);
  DpopStanding standing;
  CosmicId own;

  if (authority == NULL || !dpop_profile_own_member (profile, &own, error))
    return NULL;
  return GINT_TO_POINTER (1
                          + (dpop_membership_standing (authority, &own, &standing)
                             && standing.state == DPOP_MEMBER_MEMBER));
}

static void
on_votes (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopWaitingPage) self = data;
  const gint answer
      = GPOINTER_TO_INT (dpop_session_run_finish (DPOP_SESSION (source), result, NULL));

  g_signal_emit (self, signals[IN], 0, answer == 2);
}

/* Whether the history is here stands in the session's head, which is read after the import. */
static void
on_info (DpopSession *session, GParamSpec *pspec, DpopWaitingPage *self)
{
  const DpopSessionInfo *info = dpop_session_get_info (session);

  if (info == NULL || !info->figures.founded || self->cancellable != NULL || self->is_in)
    return;
  self->is_in = TRUE;
  dpop_session_run_async (session, ask_votes, NULL, NULL, NULL, NULL, on_votes,
                          g_object_ref (self));
}

static void
on_taken_in (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopWaitingPage) self = data;
  g_autoptr (GError) error = NULL;
  const gboolean done = dpop_session_run_finish (DPOP_SESSION (source), result, &error) != NULL;

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->cancellable);
  set_working (self, FALSE);
  if (done)
    on_info (DPOP_SESSION (source), NULL, self);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    fail (self, _("Stopped. What was taken in stays; take the file in again to go on."));
  else
    fail (self, error->message);
}

void
dpop_waiting_page_take_in (DpopWaitingPage *self, const char *path)
{
  TakeIn *take_in;

  g_return_if_fail (DPOP_IS_WAITING_PAGE (self));
  if (self->cancellable != NULL)
    return;
  take_in = g_new0 (TakeIn, 1);
  self->cancellable = g_cancellable_new ();
  self->done_percent = 0;
  take_in->path = g_strdup (path);
  take_in->percent = &self->done_percent;
  take_in->cancellable = g_object_ref (self->cancellable);
  fail (self, NULL);
  set_working (self, TRUE);
  self->timer = g_timeout_add (PROGRESS_MS, on_time, self);
  dpop_session_run_async (dpop_page_get_session (DPOP_PAGE (self)), take_in_there, take_in,
                          take_in_free, NULL, NULL, on_taken_in, g_object_ref (self));
}

static void
on_cancel (GtkButton *button, DpopWaitingPage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

static void
on_take_chosen (GtkNativeDialog *dialog, int response, DpopWaitingPage *self)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file != NULL && g_file_peek_path (file) != NULL)
    dpop_waiting_page_take_in (self, g_file_peek_path (file));
  g_object_unref (dialog);
}

static void
on_take (GtkButton *button, DpopWaitingPage *self)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      _("First Transfer File"), window_of (self), GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_take_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, DpopWaitingPage *self)
{
  GFile *file = G_VALUE_HOLDS (value, G_TYPE_FILE) ? g_value_get_object (value) : NULL;

  if (file == NULL || g_file_peek_path (file) == NULL)
    return FALSE;
  dpop_waiting_page_take_in (self, g_file_peek_path (file));
  return TRUE;
}

/* --- Another way. ---------------------------------------------------------------------------- */

static void
on_again (GtkButton *button, DpopWaitingPage *self)
{
  dpop_shell_push (GTK_WIDGET (self),
                   dpop_join_again_page_new (dpop_page_get_session (DPOP_PAGE (self)), show_request,
                                             G_OBJECT (self)));
}

static void
on_confirmed (AdwMessageDialog *dialog, const char *response, DpopWaitingPage *self)
{
  if (g_str_equal (response, DPOP_QUESTION_YES))
    g_signal_emit (self, signals[GIVEN_UP], 0);
}

static void
on_give_up (GtkButton *button, DpopWaitingPage *self)
{
  GtkWidget *dialog = dpop_question_new (
      GTK_WIDGET (self), _("Give up joining?"),
      _("The request is deleted from this computer. To join later you need another invitation."),
      _("Keep Waiting"), _("Give Up"), ADW_RESPONSE_DESTRUCTIVE);

  g_signal_connect_object (dialog, "response", G_CALLBACK (on_confirmed), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- The page. ------------------------------------------------------------------------------- */

static void
dpop_waiting_page_focus_first (DpopPage *page)
{
  gtk_widget_grab_focus (DPOP_WAITING_PAGE (page)->save);
}

static gboolean
dpop_waiting_page_leave (DpopPage *page)
{
  return DPOP_WAITING_PAGE (page)->cancellable == NULL;
}

static void
dpop_waiting_page_dispose (GObject *object)
{
  g_clear_handle_id (&DPOP_WAITING_PAGE (object)->timer, g_source_remove);
  G_OBJECT_CLASS (dpop_waiting_page_parent_class)->dispose (object);
}

static void
bind (GtkWidgetClass *klass)
{
  gtk_widget_class_set_template_from_resource (klass, "/org/dpop/Dpop/dpop-waiting-page.ui");
  gtk_widget_class_bind_template_child (klass, DpopWaitingPage, ways);
  gtk_widget_class_bind_template_child (klass, DpopWaitingPage, request);
  gtk_widget_class_bind_template_child (klass, DpopWaitingPage, take);
  gtk_widget_class_bind_template_child (klass, DpopWaitingPage, failure);
  gtk_widget_class_bind_template_child (klass, DpopWaitingPage, working);
  gtk_widget_class_bind_template_child (klass, DpopWaitingPage, bar);
  gtk_widget_class_bind_template_callback (klass, on_take);
  gtk_widget_class_bind_template_callback (klass, on_cancel);
  gtk_widget_class_bind_template_callback (klass, on_again);
  gtk_widget_class_bind_template_callback (klass, on_give_up);
}

static void
dpop_waiting_page_class_init (DpopWaitingPageClass *klass)
{
  const GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dpop_waiting_page_dispose;
  DPOP_PAGE_CLASS (klass)->focus_first = dpop_waiting_page_focus_first;
  DPOP_PAGE_CLASS (klass)->leave = dpop_waiting_page_leave;
  bind (GTK_WIDGET_CLASS (klass));
  signals[IN] = g_signal_new ("in", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                              G_TYPE_BOOLEAN);
  signals[GIVEN_UP] = g_signal_new ("given-up", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 0);
}

static GtkWidget *
add_way (DpopWaitingPage *self, GtkWidget *flow, const char *label, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  g_signal_connect (button, "clicked", callback, self);
  dpop_button_flow_add (flow, button);
  return button;
}

static void
dpop_waiting_page_init (DpopWaitingPage *self)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);
  GtkWidget *flow = dpop_button_flow_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->save = add_way (self, flow, _("Save as File…"), G_CALLBACK (on_save));
  gtk_widget_add_css_class (self->save, "suggested-action");
  add_way (self, flow, _("Copy"), G_CALLBACK (on_copy));
  add_way (self, flow, _("Print…"), G_CALLBACK (on_print));
  adw_bin_set_child (ADW_BIN (self->ways), flow);
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

DpopPage *
dpop_waiting_page_new (DpopSession *session)
{
  DpopPage *self = g_object_new (DPOP_TYPE_WAITING_PAGE, "session", session, NULL);

  g_signal_connect_object (session, "notify::info", G_CALLBACK (on_info), self, 0);
  show_request (self);
  return self;
}
