/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-exchange-page.h"

#include "dpop-command-confirm.h"
#include "dpop-edge-file.h"
#include "dpop-exchange-run-private.h"
#include "dpop-folder-group.h"
#include "dpop-moment.h"
#include "dpop-network-group.h"
#include "dpop-request-page.h"
#include "dpop-shell.h"

#include <glib/gi18n-lib.h>

#define CODE_BYTES_MAX (64u << 10)

struct _DpopExchangePage
{
  DpopPage parent_instance;

  GtkWidget *headline;
  GtkWidget *explanation;
  GtkWidget *confirm;
  GtkWidget *progress;
  DpopFolderGroup *folder;
  DpopNetworkGroup *network;
};

G_DEFINE_FINAL_TYPE (DpopExchangePage, dpop_exchange_page, DPOP_TYPE_PAGE)

/* --- How it stands. -------------------------------------------------------------------------- */

static char *
explain (const DpopSessionInfo *info)
{
  const DpopCommandInfo *figures = &info->figures;
  g_autofree char *when
      = figures->confirmed_at > 0 ? dpop_moment_now (figures->confirmed_at) : NULL;

  if (figures->confirms && figures->open > 0)
    return g_strdup (_("This computer is the record keeper: what it confirms is final, in this "
                       "order. Making a transfer file confirms, too."));
  if (figures->confirms && info->shared.path != NULL)
    return g_strdup (_("This computer is the record keeper. What comes through the shared folder "
                       "or on transfer files is confirmed here, and handed back."));
  if (figures->confirms)
    return g_strdup (_("This computer is the record keeper. What members bring on transfer files "
                       "is taken in here, confirmed, and handed back to them."));
  if (figures->open > 0 && info->network != NULL && info->network->peers->len > 0)
    return g_strdup (_("They are safe on this computer, and go to the others who are here. They "
                       "are confirmed once the record keeper’s computer has them."));
  if (figures->open > 0 && info->shared.path != NULL)
    return g_strdup (_("They are safe on this computer, and lie in the shared folder. They are "
                       "confirmed once the record keeper's computer has looked there."));
  if (figures->open > 0)
    return g_strdup (_("They are safe on this computer. Make a transfer file, bring it to the "
                       "record keeper's computer, and take in the one that you get back."));
  return when != NULL ? g_strdup_printf (_("Last confirmed: %s."), when)
                      : g_strdup (_("Nothing has been confirmed yet."));
}

static void
show_state (DpopExchangePage *self)
{
  const DpopSessionInfo *info
      = dpop_session_get_info (dpop_page_get_session (DPOP_PAGE (self)));
  g_autofree char *headline = NULL;
  g_autofree char *words = NULL;

  if (info == NULL)
    return;
  headline = info->figures.open == 0
                 ? g_strdup (_("All that is here is confirmed"))
                 : g_strdup_printf (ngettext ("%u entry is not yet confirmed",
                                              "%u entries are not yet confirmed",
                                              info->figures.open),
                                    info->figures.open);
  words = explain (info);
  gtk_label_set_label (GTK_LABEL (self->headline), headline);
  gtk_label_set_label (GTK_LABEL (self->explanation), words);
  gtk_widget_set_visible (self->confirm, info->figures.confirms && info->figures.open > 0);
}

/* --- Files. ---------------------------------------------------------------------------------- */

/* What is done with a file that was chosen. */
typedef void (*Use) (DpopExchangePage *self, GFile *file);

typedef struct
{
  DpopExchangePage *page; /* owned */
  GtkNativeDialog *dialog;
  Use use;
} Choice;

static void
on_response (GtkNativeDialog *dialog, gint response, gpointer data)
{
  g_autofree Choice *choice = data;
  g_autoptr (DpopExchangePage) self = choice->page;
  g_autoptr (GtkNativeDialog) own = choice->dialog;
  g_autoptr (GFile) file = NULL;

  gtk_native_dialog_hide (dialog);
  if (response != GTK_RESPONSE_ACCEPT)
    return;
  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file == NULL || g_file_peek_path (file) == NULL)
    dpop_shell_toast (GTK_WIDGET (self), _("This place cannot be reached as a folder of this "
                                           "computer. Choose another."));
  else
    choice->use (self, file);
}

/* NAME is proposed for a new file; NULL: one is opened. */
static void
choose_file (DpopExchangePage *self, const char *title, const char *name, Use use)
{
  const gboolean saves = name != NULL;
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      title, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
      saves ? GTK_FILE_CHOOSER_ACTION_SAVE : GTK_FILE_CHOOSER_ACTION_OPEN,
      saves ? _("Save") : _("Open"), _("Cancel"));
  Choice *choice = g_new0 (Choice, 1);

  choice->page = g_object_ref (self);
  choice->dialog = GTK_NATIVE_DIALOG (dialog);
  choice->use = use;
  if (saves)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), choice);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static char *
name_for (DpopExchangePage *self, DpopEdgeFile kind)
{
  const DpopSessionInfo *info
      = dpop_session_get_info (dpop_page_get_session (DPOP_PAGE (self)));

  return dpop_edge_file_name (kind, info != NULL && info->name != NULL ? info->name : "DPOP");
}

static gboolean
is_busy (DpopExchangePage *self)
{
  if (!dpop_progress_bar_is_running (DPOP_PROGRESS_BAR (self->progress)))
    return FALSE;
  dpop_shell_toast (GTK_WIDGET (self), _("Another file is being worked on. Wait until it is done, "
                                         "or stop it."));
  return TRUE;
}

/* FUNCTION in the engine, with progress. */
static void
run (DpopExchangePage *self, DpopEngineFunction function, const char *path, const char *code,
     const char *what, GAsyncReadyCallback callback)
{
  DpopProgress *progress;

  if (is_busy (self))
    return;
  progress = dpop_progress_bar_begin (DPOP_PROGRESS_BAR (self->progress), what);
  dpop_session_run_async (dpop_page_get_session (DPOP_PAGE (self)), function,
                          dpop_exchange_run_new (path, code, progress), dpop_exchange_run_free,
                          g_free, dpop_progress_get_cancellable (progress), callback,
                          g_object_ref (self));
}

/* What the command answered with, or NULL after telling why there is nothing. */
static gpointer
finish (DpopExchangePage *self, GObject *source, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  gpointer answer = dpop_session_run_finish (DPOP_SESSION (source), result, &error);

  dpop_progress_bar_end (DPOP_PROGRESS_BAR (self->progress));
  if (answer == NULL)
    dpop_shell_fail (GTK_WIDGET (self), error);
  return answer;
}

/* --- Taking in. ------------------------------------------------------------------------------ */

static void
on_imported (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopExchangePage) self = data;
  g_autofree DpopBundleImport *import = finish (self, source, result);
  g_autofree char *text = NULL;

  if (import == NULL)
    return;
  if (import->added + import->held + import->checkpoints + import->shares == 0)
    text = g_strdup (_("Nothing in the file was new."));
  else if (import->added == 0)
    text = g_strdup (_("The file brought new confirmations."));
  else
    text = g_strdup_printf (ngettext ("%u new entry was taken in.", "%u new entries were taken in.",
                                      (guint) import->added),
                            (guint) import->added);
  dpop_shell_toast (GTK_WIDGET (self), text);
}

static void
on_exported (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopExchangePage) self = data;
  g_autofree DpopCommandBundleExportResult *export = finish (self, source, result);
  g_autofree char *size = NULL;
  g_autofree char *text = NULL;

  if (export == NULL)
    return;
  size = g_format_size (export->file.size);
  text = g_strdup_printf (ngettext ("The file holds %u entry (%s). Bring it to the other computer.",
                                    "The file holds %u entries (%s). Bring it to the other "
                                    "computer.",
                                    (guint) export->file.operations),
                          (guint) export->file.operations, size);
  dpop_shell_toast (GTK_WIDGET (self), text);
}

/* A file for the computer whose summary was handed in: the summary's path waits on the page. */
#define SUMMARY_KEY "dpop-summary-path"

static void
export_for_summary (DpopExchangePage *self, GFile *file)
{
  g_autofree char *summary = g_object_steal_data (G_OBJECT (self), SUMMARY_KEY);

  run (self, dpop_exchange_run_export, g_file_peek_path (file), summary,
       _("Writing the transfer file"), on_exported);
}

static void
answer_summary (DpopExchangePage *self, const char *path)
{
  g_autofree char *name = name_for (self, DPOP_EDGE_FILE_TRANSFER);

  g_object_set_data_full (G_OBJECT (self), SUMMARY_KEY, g_strdup (path), g_free);
  choose_file (self, _("Save What That Computer Lacks"), name, export_for_summary);
}

static void
ask_about_request (DpopExchangePage *self, const char *bytes, gsize size)
{
  g_autofree char *text = g_strndup (bytes, size);

  dpop_shell_push (GTK_WIDGET (self),
                   dpop_request_page_new (dpop_page_get_session (DPOP_PAGE (self)), text));
}

static void
take_by_kind (DpopExchangePage *self, GFile *file, const char *bytes, gsize size)
{
  switch (dpop_edge_file_recognise (bytes, size))
    {
    case DPOP_EDGE_FILE_TRANSFER:
      run (self, dpop_exchange_run_import, g_file_peek_path (file), NULL,
           _("Taking in the transfer file"), on_imported);
      break;
    case DPOP_EDGE_FILE_SUMMARY:
      answer_summary (self, g_file_peek_path (file));
      break;
    case DPOP_EDGE_FILE_REQUEST:
      ask_about_request (self, bytes, size);
      break;
    case DPOP_EDGE_FILE_INVITATION:
      dpop_shell_toast (GTK_WIDGET (self),
                        _("This is an invitation. It is for a computer that joins: open it there, "
                          "or choose “Open another organisation” in the main menu."));
      break;
    case DPOP_EDGE_FILE_OTHER:
    default:
      dpop_shell_toast (GTK_WIDGET (self), _("This is none of DPOP's files. Ask for it to be made "
                                             "again."));
    }
}

static void
on_head (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopExchangePage) self = data;
  GFileInputStream *stream = G_FILE_INPUT_STREAM (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) head = g_input_stream_read_bytes_finish (G_INPUT_STREAM (stream), result,
                                                              &error);
  g_autoptr (GFile) file = g_object_steal_data (source, "dpop-file");

  if (head == NULL)
    dpop_shell_fail (GTK_WIDGET (self), error);
  else
    take_by_kind (self, file, g_bytes_get_data (head, NULL), g_bytes_get_size (head));
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopExchangePage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read_finish (G_FILE (source), result, &error);

  if (stream == NULL)
    {
      dpop_shell_fail (GTK_WIDGET (self), error);
      return;
    }
  g_object_set_data_full (G_OBJECT (stream), "dpop-file", g_object_ref (source), g_object_unref);
  g_input_stream_read_bytes_async (G_INPUT_STREAM (stream), CODE_BYTES_MAX, G_PRIORITY_DEFAULT,
                                   NULL, on_head, g_object_ref (self));
}

void
dpop_exchange_page_take_file (DpopExchangePage *self, GFile *file)
{
  g_return_if_fail (DPOP_IS_EXCHANGE_PAGE (self));
  if (!is_busy (self))
    g_file_read_async (file, G_PRIORITY_DEFAULT, NULL, on_opened, g_object_ref (self));
}

static void
on_take_in (GtkWidget *row, DpopExchangePage *self)
{
  choose_file (self, _("Take in a File"), NULL, dpop_exchange_page_take_file);
}

static void
on_type_request (GtkWidget *row, DpopExchangePage *self)
{
  dpop_shell_push (GTK_WIDGET (self),
                   dpop_request_page_new (dpop_page_get_session (DPOP_PAGE (self)), NULL));
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, gdouble x, gdouble y, gpointer data)
{
  dpop_exchange_page_take_file (data, g_value_get_object (value));
  return TRUE;
}

/* --- Handing over. --------------------------------------------------------------------------- */

static void
export_all (DpopExchangePage *self, GFile *file)
{
  run (self, dpop_exchange_run_export, g_file_peek_path (file), NULL,
       _("Writing the transfer file"), on_exported);
}

static void
on_make_transfer (GtkWidget *row, DpopExchangePage *self)
{
  g_autofree char *name = name_for (self, DPOP_EDGE_FILE_TRANSFER);

  choose_file (self, _("Save the Transfer File"), name, export_all);
}

static void
on_summary (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopExchangePage) self = data;
  g_autofree char *path = finish (self, source, result);

  if (path != NULL)
    dpop_shell_toast (GTK_WIDGET (self), _("The summary is written. Bring it to a computer that "
                                           "has what is missing here."));
}

static void
write_summary (DpopExchangePage *self, GFile *file)
{
  run (self, dpop_exchange_run_summary, g_file_peek_path (file), NULL, _("Writing the summary"),
       on_summary);
}

static void
on_make_summary (GtkWidget *row, DpopExchangePage *self)
{
  g_autofree char *name = name_for (self, DPOP_EDGE_FILE_SUMMARY);

  choose_file (self, _("Save the Summary"), name, write_summary);
}

/* --- Confirming. ----------------------------------------------------------------------------- */

static gpointer
run_confirm (DpopProfile *profile, gpointer data, GError **error)
{
  DpopCommandConfirmResult *result = g_new0 (DpopCommandConfirmResult, 1);

  if (dpop_command_confirm (profile, result, error))
    return result;
  g_free (result);
  return NULL;
}

static void
on_confirmed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopExchangePage) self = data;
  g_autofree DpopCommandConfirmResult *confirmed = finish (self, source, result);
  g_autofree char *text = NULL;

  if (confirmed == NULL)
    return;
  text = g_strdup_printf (ngettext ("%u entry is final now.", "%u entries are final now.",
                                    confirmed->covered),
                          confirmed->covered);
  dpop_shell_toast (GTK_WIDGET (self), text);
}

static void
on_confirm (GtkButton *button, DpopExchangePage *self)
{
  dpop_session_run_async (dpop_page_get_session (DPOP_PAGE (self)), run_confirm, NULL, NULL,
                          g_free, NULL, on_confirmed, g_object_ref (self));
}

/* --- The page. ------------------------------------------------------------------------------- */

static void
dpop_exchange_page_constructed (GObject *object)
{
  DpopExchangePage *self = DPOP_EXCHANGE_PAGE (object);
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);

  G_OBJECT_CLASS (dpop_exchange_page_parent_class)->constructed (object);
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  dpop_folder_group_set_session (self->folder, dpop_page_get_session (DPOP_PAGE (self)));
  dpop_network_group_set_session (self->network, dpop_page_get_session (DPOP_PAGE (self)));
  g_signal_connect_object (dpop_page_get_session (DPOP_PAGE (self)), "notify::info",
                           G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  show_state (self);
}

static void
dpop_exchange_page_class_init (DpopExchangePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = dpop_exchange_page_constructed;
  g_type_ensure (DPOP_TYPE_FOLDER_GROUP);
  g_type_ensure (DPOP_TYPE_NETWORK_GROUP);
  g_type_ensure (DPOP_TYPE_PROGRESS_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dpop/Dpop/dpop-exchange-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DpopExchangePage, headline);
  gtk_widget_class_bind_template_child (widget_class, DpopExchangePage, explanation);
  gtk_widget_class_bind_template_child (widget_class, DpopExchangePage, confirm);
  gtk_widget_class_bind_template_child (widget_class, DpopExchangePage, progress);
  gtk_widget_class_bind_template_child (widget_class, DpopExchangePage, folder);
  gtk_widget_class_bind_template_child (widget_class, DpopExchangePage, network);
  gtk_widget_class_bind_template_callback (widget_class, on_take_in);
  gtk_widget_class_bind_template_callback (widget_class, on_type_request);
  gtk_widget_class_bind_template_callback (widget_class, on_make_transfer);
  gtk_widget_class_bind_template_callback (widget_class, on_make_summary);
  gtk_widget_class_bind_template_callback (widget_class, on_confirm);
}

static void
dpop_exchange_page_init (DpopExchangePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

DpopPage *
dpop_exchange_page_new (DpopSession *session)
{
  return g_object_new (DPOP_TYPE_EXCHANGE_PAGE, "session", session, NULL);
}
