/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-document-print.h"

#include <glib/gi18n-lib.h>

DpopDocumentPaper
dpop_document_print_paper (void)
{
  return g_str_equal (gtk_paper_size_get_default (), GTK_PAPER_NAME_LETTER) ? DPOP_DOCUMENT_LETTER
                                                                            : DPOP_DOCUMENT_A4;
}

static void
cancelled (GTask *task)
{
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s", _("Nothing was done."));
}

/* --- Printing. ------------------------------------------------------------------------------- */

static void
draw_page (GtkPrintOperation *operation, GtkPrintContext *context, int page, gpointer data)
{
  cairo_t *cairo = gtk_print_context_get_cairo_context (context);
  double there_x = gtk_print_context_get_width (context);
  double there_y = gtk_print_context_get_height (context);
  double width, height, scale;

  /* On other paper than it was set for, it becomes smaller as a whole. */
  dpop_document_size (data, &width, &height);
  scale = MIN (1, MIN (there_x / width, there_y / height));
  cairo_save (cairo);
  cairo_translate (cairo, (there_x - width * scale) / 2, (there_y - height * scale) / 2);
  cairo_scale (cairo, scale, scale);
  dpop_document_draw_page (data, (guint) page, cairo);
  cairo_restore (cairo);
}

static void
done (GtkPrintOperation *operation, GtkPrintOperationResult result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;

  if (result == GTK_PRINT_OPERATION_RESULT_APPLY)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (result == GTK_PRINT_OPERATION_RESULT_CANCEL)
    {
      cancelled (task);
      return;
    }
  gtk_print_operation_get_error (operation, &error);
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED,
                           _("It could not be printed: %s Look at the printer, or save it as a PDF "
                             "and print that."),
                           error != NULL ? error->message : _("the printer did not say why."));
}

static GtkPageSetup *
page_setup (DpopDocument *self)
{
  GtkPageSetup *setup = gtk_page_setup_new ();
  GtkPaperSize *paper;
  double width, height;

  dpop_document_size (self, &width, &height);
  paper = gtk_paper_size_new (MIN (width, height) == 612 ? GTK_PAPER_NAME_LETTER
                                                         : GTK_PAPER_NAME_A4);
  gtk_page_setup_set_paper_size_and_default_margins (setup, paper);
  gtk_page_setup_set_orientation (setup, width > height ? GTK_PAGE_ORIENTATION_LANDSCAPE
                                                        : GTK_PAGE_ORIENTATION_PORTRAIT);
  gtk_paper_size_free (paper);
  return setup;
}

void
dpop_document_print_async (DpopDocument *self, GtkWindow *parent, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = page_setup (self);
  GTask *task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, dpop_document_print_async);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_job_name (operation, dpop_document_title (self));
  gtk_print_operation_set_n_pages (operation, (int) dpop_document_n_pages (self));
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect_data (operation, "draw-page", G_CALLBACK (draw_page), dpop_document_ref (self),
                         (GClosureNotify) (void (*) (void)) dpop_document_unref, 0);
  g_signal_connect (operation, "done", G_CALLBACK (done), task);
  /* What comes of it, failures too, is told by "done". */
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, parent, NULL);
}

gboolean
dpop_document_print_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- A file. --------------------------------------------------------------------------------- */

static void
written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_parse_name (G_FILE (source));

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    g_task_return_pointer (task, g_object_ref (source), g_object_unref);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED,
                             _("%s could not be written: %s. Choose another place or name."), name,
                             error->message);
}

static void
write_to (DpopDocument *self, GFile *file, GTask *task)
{
  g_autoptr (GBytes) bytes = NULL;
  GError *error = NULL;

  if ((bytes = dpop_document_to_pdf (self, &error)) == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL, written,
                                       task);
}

void
dpop_document_print_write_async (DpopDocument *self, GFile *file, GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, dpop_document_print_write_async);
  write_to (self, file, task);
}

static void
chosen (GtkNativeDialog *dialog, int response, gpointer data)
{
  GTask *task = data;
  DpopDocument *self = g_task_get_task_data (task);
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file != NULL)
    write_to (self, file, task);
  else
    {
      cancelled (task);
      g_object_unref (task);
    }
  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

void
dpop_document_print_save_async (DpopDocument *self, GtkWindow *parent, const char *file_name,
                                GAsyncReadyCallback callback, gpointer user_data)
{
  GtkFileChooserNative *dialog
      = gtk_file_chooser_native_new (_("Save as PDF"), parent, GTK_FILE_CHOOSER_ACTION_SAVE,
                                     _("Save"), _("Cancel"));
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  GTask *task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, dpop_document_print_save_async);
  g_task_set_task_data (task, dpop_document_ref (self), (GDestroyNotify) dpop_document_unref);
  gtk_file_filter_set_name (filter, _("PDF documents"));
  gtk_file_filter_add_mime_type (filter, "application/pdf");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), file_name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (chosen), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

GFile *
dpop_document_print_save_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
