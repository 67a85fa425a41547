/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-document-print.h"

#include <glib/gstdio.h>
#include <string.h>

static DpopDocument *
three_pages (void)
{
  DpopDocument *document = dpop_document_new (DPOP_DOCUMENT_A4, "Three pages", "Choir", 0);

  for (guint i = 0; i < 3; i++)
    {
      dpop_document_begin_part (document, NULL);
      dpop_document_add_text (document, DPOP_DOCUMENT_BODY, "A page.");
    }
  return document;
}

static void
take_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

/* The dialog that is open, or NULL. */
static GtkDialog *
find_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *at = windows; at != NULL; at = at->next)
    if (GTK_IS_DIALOG (at->data) && gtk_widget_get_visible (at->data))
      return at->data;
  return NULL;
}

/* Waits for the dialog, and for the printers it looks for. */
static GtkDialog *
wait_for_dialog (void)
{
  GtkDialog *dialog;
  gint64 until;

  while ((dialog = find_dialog ()) == NULL)
    g_main_context_iteration (NULL, TRUE);
  until = g_get_monotonic_time () + G_USEC_PER_SEC;
  while (g_get_monotonic_time () < until)
    g_main_context_iteration (NULL, FALSE);
  return dialog;
}

static GAsyncResult *
wait_for_result (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static void
test_print_cancelled (void)
{
  g_autoptr (DpopDocument) document = three_pages ();
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  dpop_document_print_async (document, NULL, take_result, &result);
  gtk_dialog_response (wait_for_dialog (), GTK_RESPONSE_CANCEL);
  g_assert_false (dpop_document_print_finish (wait_for_result (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
}

/* To the printer that is there everywhere: a file. */
static void
test_printed (void)
{
  g_autoptr (DpopDocument) document = three_pages ();
  g_autofree char *folder = g_dir_make_tmp ("dpop-print-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "printed.pdf", NULL);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autofree char *content = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GtkPrintSettings) settings = NULL;
  GtkDialog *dialog;
  GError *error = NULL;
  gint64 until;
  gsize size;

  dpop_document_print_async (document, NULL, take_result, &result);
  while ((dialog = find_dialog ()) == NULL)
    g_main_context_iteration (NULL, TRUE);
  settings = gtk_print_settings_new ();
  gtk_print_settings_set_printer (settings, "Print to File");
  gtk_print_settings_set (settings, GTK_PRINT_SETTINGS_OUTPUT_URI, uri);
  g_object_set (dialog, "print-settings", settings, NULL);
  gtk_dialog_response (wait_for_dialog (), GTK_RESPONSE_OK);
  g_assert_true (dpop_document_print_finish (wait_for_result (&result), &error));
  g_assert_no_error (error);
  /* The printer takes its time. */
  until = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;
  while ((!g_file_get_contents (path, &content, &size, NULL)
          || memmem (content, size, "%%EOF", 5) == NULL)
         && g_get_monotonic_time () < until)
    {
      g_clear_pointer (&content, g_free);
      g_main_context_iteration (NULL, FALSE);
    }
  g_assert_nonnull (content);
  g_assert_true (g_str_has_prefix (content, "%PDF-"));
  g_unlink (path);
  g_rmdir (folder);
}

static void
save (gboolean accept, GFile *place, GFile **file, GError **error)
{
  g_autoptr (DpopDocument) document = three_pages ();
  g_autoptr (GAsyncResult) result = NULL;
  GtkDialog *dialog;

  dpop_document_print_save_async (document, NULL, "Record.pdf", take_result, &result);
  dialog = wait_for_dialog ();
  g_assert_true (GTK_IS_FILE_CHOOSER (dialog));
  if (accept)
    {
      gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (dialog), place, NULL);
      gtk_dialog_response (wait_for_dialog (), GTK_RESPONSE_ACCEPT);
    }
  else
    gtk_dialog_response (dialog, GTK_RESPONSE_CANCEL);
  *file = dpop_document_print_save_finish (wait_for_result (&result), error);
}

static void
test_saved (void)
{
  g_autofree char *folder = g_dir_make_tmp ("dpop-save-XXXXXX", NULL);
  g_autoptr (GFile) place = g_file_new_for_path (folder);
  g_autoptr (GFile) wanted = g_file_get_child (place, "Record.pdf");
  g_autoptr (GFile) file = NULL;
  GFile *none = NULL;
  GError *error = NULL;

  save (FALSE, place, &none, &error);
  g_assert_null (none);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  save (TRUE, place, &file, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_equal (file, wanted));
  g_assert_true (g_file_delete (file, NULL, NULL));
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document-print/who changes their mind prints nothing",
                   test_print_cancelled);
  g_test_add_func ("/document-print/all pages go to the printer", test_printed);
  g_test_add_func ("/document-print/it is saved where it was asked for, under the name proposed",
                   test_saved);
  return g_test_run ();
}
