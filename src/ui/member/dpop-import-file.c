/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-import-file.h"

#include "dpop-edge-csv.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* --- Reading. -------------------------------------------------------------------------------- */

static gboolean
on_more (const char *bytes, goffset size, gpointer data)
{
  return size <= (goffset) DPOP_EDGE_CSV_MAX_BYTES;
}

/* Files that people take for tables, by how they begin. */
static const struct
{
  const char *head;
  gsize size;
  const char *what;
} others[] = {
  { "PK\003\004", 4,
    N_("This is a spreadsheet's own file. Open it in your spreadsheet program, save it as CSV, and "
       "choose that file.") },
  { "\320\317\021\340", 4,
    N_("This is a spreadsheet's own file. Open it in your spreadsheet program, save it as CSV, and "
       "choose that file.") },
  { "%PDF", 4, N_("This is a PDF. Look for the table that it was made from, and save that as "
                  "CSV.") },
  { "BEGIN:VCARD", 11,
    N_("These are contact cards. Have your address book export them as CSV.") },
};

static gboolean
is_table (const char *bytes, gsize size, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (size >= others[i].size && memcmp (bytes, others[i].head, others[i].size) == 0)
      {
        g_set_error_literal (error, DPOP_EDGE_ERROR, DPOP_EDGE_ERROR_SYNTAX, _(others[i].what));
        return FALSE;
      }
  if (size <= DPOP_EDGE_CSV_MAX_BYTES)
    return TRUE;
  g_set_error_literal (error, DPOP_EDGE_ERROR, DPOP_EDGE_ERROR_TOO_LARGE,
                       _("The file is larger than any list of members. Choose another."));
  return FALSE;
}

void
dpop_import_file_read_async (GFile *file, GAsyncReadyCallback callback, gpointer data)
{
  g_file_load_partial_contents_async (file, NULL, on_more, callback, data);
}

GBytes *
dpop_import_file_read_finish (GFile *file, GAsyncResult *result, GError **error)
{
  g_autofree char *bytes = NULL;
  gsize size = 0;

  if (!g_file_load_partial_contents_finish (file, result, &bytes, &size, NULL, error)
      || !is_table (bytes, size, error))
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&bytes), size);
}

/* --- Choosing. ------------------------------------------------------------------------------- */

typedef struct
{
  GtkNativeDialog *dialog;
  DpopImportFileChosen chosen;
  GObject *object; /* weak */
} Choice;

static void
on_response (GtkNativeDialog *dialog, int response, gpointer data)
{
  Choice *choice = data;
  g_autoptr (GFile) file = NULL;

  gtk_native_dialog_hide (dialog);
  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file != NULL && choice->object != NULL)
    choice->chosen (choice->object, file);
  g_clear_weak_pointer (&choice->object);
  g_object_unref (choice->dialog);
  g_free (choice);
}

static GtkFileFilter *
new_filter (void)
{
  static const char *const endings[] = { "csv", "tsv", "txt", "tab" };
  GtkFileFilter *filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _("Tables (CSV)"));
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    gtk_file_filter_add_suffix (filter, endings[i]);
  return filter;
}

static GtkFileFilter *
new_filter_all (void)
{
  GtkFileFilter *filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _("All files"));
  gtk_file_filter_add_pattern (filter, "*");
  return filter;
}

void
dpop_import_file_choose (GtkWidget *from, DpopImportFileChosen chosen, GObject *object)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      _("Table of Members"), GTK_WINDOW (gtk_widget_get_root (from)), GTK_FILE_CHOOSER_ACTION_OPEN,
      _("Open"), _("Cancel"));
  g_autoptr (GtkFileFilter) tables = new_filter ();
  g_autoptr (GtkFileFilter) all = new_filter_all ();
  Choice *choice = g_new0 (Choice, 1);

  choice->dialog = GTK_NATIVE_DIALOG (dialog);
  choice->chosen = chosen;
  g_set_weak_pointer (&choice->object, object);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), tables);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), all);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), choice);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
