/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "document-case.h"
#include "dpop-document-print.h"

#include <glib/gstdio.h>
#include <string.h>

#define CREATED G_GINT64_CONSTANT (1796000000000)

/* Words as a text has them, N of them. */
static char *
prose (guint n)
{
  static const char *const words[] = { "the",  "members", "of", "a",   "choir", "vote", "on",
                                       "each", "proposal", "and", "their", "votes", "are",
                                       "counted", "by", "every", "computer" };
  g_autoptr (GString) text = g_string_new ("Together");

  for (guint i = 1; i < n; i++)
    g_string_append_printf (text, " %s", words[(i * 7) % G_N_ELEMENTS (words)]);
  g_string_append_c (text, '.');
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static DpopDocument *
with_text (guint n, DpopDocumentPaper paper)
{
  DpopDocument *document = dpop_document_new (paper, "Minutes", "Riverside Choir", CREATED);
  g_autofree char *text = prose (n);

  dpop_document_begin_part (document, "Riverside Choir");
  dpop_document_add_text (document, DPOP_DOCUMENT_BODY, text);
  return document;
}

/* Letters in a line, as the file has them. */
static void
test_measure (void)
{
  guint n_lines = 0, letters = 0;

  if (!document_case_can ())
    return;
  for (guint paper = DPOP_DOCUMENT_A4; paper <= DPOP_DOCUMENT_LETTER; paper++)
    {
      g_autoptr (DpopDocument) document = with_text (400, (DpopDocumentPaper) paper);
      g_autoptr (DocumentCase) file = document_case_new (document, "document-measure");
      g_auto (GStrv) lines = g_strsplit (file->text, "\n", -1);

      document_case_is_tidy (file, document, DPOP_DOCUMENT_MM (12));
      for (char **line = lines; line[0] != NULL && g_utf8_strlen (line[0], -1) > 40; line++)
        {
          n_lines++;
          letters += (guint) g_utf8_strlen (line[0], -1);
          g_assert_cmpint (g_utf8_strlen (line[0], -1), <=, 76);
        }
    }
  g_assert_cmpuint (n_lines, >, 40);
  g_assert_cmpuint (letters / n_lines, >=, 60);
  g_assert_cmpuint (letters / n_lines, <=, 72);
}

static guint
lines_on (const DocumentCase *file, guint page)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < file->words->len; i++)
    {
      const DocumentCaseWord *word = file->words->pdata[i];

      if (word->page == page && word->y1 < DPOP_DOCUMENT_MM (297 - 23))
        g_hash_table_add (seen, GINT_TO_POINTER ((int) (word->y1 * 4)));
    }
  return g_hash_table_size (seen);
}

/* Whatever its length, no line of a text is alone on a page. */
static void
test_no_line_alone (void)
{
  if (!document_case_can ())
    return;
  for (guint n = 560; n < 640; n += 6)
    {
      g_autoptr (DpopDocument) document = with_text (n, DPOP_DOCUMENT_A4);
      g_autoptr (DocumentCase) file = document_case_new (document, "document-lines");

      if (file->n_pages > 1)
        g_assert_cmpuint (lines_on (file, 1), >=, 2);
      g_assert_cmpint (document_case_find (file, 0, "Page") != NULL, ==, file->n_pages > 1);
    }
}

static void
test_described (void)
{
  g_autoptr (DpopDocument) document = NULL;
  g_autoptr (DocumentCase) file = NULL;
  g_autofree char *title = NULL;
  g_autofree char *author = NULL;
  g_autofree char *created = NULL;
  g_autofree char *tagged = NULL;

  if (!document_case_can ())
    return;
  document = with_text (30, DPOP_DOCUMENT_A4);
  file = document_case_new (document, "document-described");
  title = document_case_info (file, "Title");
  author = document_case_info (file, "Author");
  created = document_case_info (file, "CreationDate");
  tagged = document_case_info (file, "Tagged");
  g_assert_cmpstr (title, ==, "Minutes");
  g_assert_cmpstr (author, ==, "Riverside Choir");
  g_assert_true (g_str_has_prefix (created, "2026-11-30T"));
  g_assert_cmpstr (tagged, ==, "yes");
}

static void
test_parts (void)
{
  g_autoptr (DpopDocument) document = NULL;
  g_autoptr (DocumentCase) file = NULL;
  g_autofree char *text = prose (800);

  if (!document_case_can ())
    return;
  document = with_text (800, DPOP_DOCUMENT_A4);
  dpop_document_begin_part (document, NULL);
  dpop_document_hide_feet (document);
  dpop_document_add_text (document, DPOP_DOCUMENT_BODY, text);
  file = document_case_new (document, "document-parts");
  g_assert_cmpuint (file->n_pages, ==, 4);
  for (guint page = 0; page < 4; page++)
    g_assert_cmpint (document_case_find (file, page, "Page") != NULL, ==, page < 2);
}

static void
test_table (void)
{
  const DpopDocumentColumn columns[] = { { "Name", FALSE }, { "Votes", TRUE } };
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (DpopDocument) document = NULL;
  g_autoptr (DocumentCase) file = NULL;
  double x, width;

  if (!document_case_can ())
    return;
  for (guint i = 0; i < 60; i++)
    {
      g_ptr_array_add (cells, g_strdup_printf ("Row%u %s", i, i % 9 == 0 ? "with a name that is so "
                                                                           "long that it goes on "
                                                                           "over a second line of "
                                                                           "its cell, as few do"
                                                                         : "short"));
      g_ptr_array_add (cells, g_strdup_printf ("%u", i * 997));
    }
  document = dpop_document_new (DPOP_DOCUMENT_A4, "Table", "Choir", CREATED);
  dpop_document_add_table (document, columns, G_N_ELEMENTS (columns), cells);
  file = document_case_new (document, "document-table");
  document_case_is_tidy (file, document, DPOP_DOCUMENT_MM (12));
  g_assert_cmpuint (file->n_pages, ==, 2);
  dpop_document_column (document, &x, &width);
  for (guint page = 0; page < 2; page++)
    {
      g_assert_nonnull (document_case_find (file, page, "Name"));
      g_assert_cmpfloat_with_epsilon (document_case_find (file, page, "Votes")->x1, x + width, 1);
    }
  g_assert_cmpfloat_with_epsilon (document_case_find (file, 0, "997")->x1, x + width, 1);
}

/* --- Into a file. ---------------------------------------------------------------------------- */

static void
take_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static GFile *
write_and_wait (DpopDocument *document, const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;

  dpop_document_print_write_async (document, file, take_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return dpop_document_print_save_finish (result, error);
}

static void
test_written (void)
{
  g_autoptr (DpopDocument) document = with_text (30, DPOP_DOCUMENT_A4);
  g_autofree char *folder = g_dir_make_tmp ("dpop-document-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "minutes.pdf", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "nowhere", "minutes.pdf", NULL);
  g_autofree char *content = NULL;
  g_autoptr (GFile) file = NULL;
  GError *error = NULL;

  file = write_and_wait (document, path, &error);
  g_assert_no_error (error);
  g_assert_nonnull (file);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_true (g_str_has_prefix (content, "%PDF-"));
  g_assert_null (write_and_wait (document, nowhere, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "could not be written"));
  g_assert_nonnull (strstr (error->message, "Choose another place"));
  g_clear_error (&error);
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/lines are as long as they are read best", test_measure);
  g_test_add_func ("/document/no line stands alone on a page", test_no_line_alone);
  g_test_add_func ("/document/the file says what it is and whose", test_described);
  g_test_add_func ("/document/each part counts its own pages, and may hide their feet",
                   test_parts);
  g_test_add_func ("/document/a table repeats its head, and its figures end in a line",
                   test_table);
  g_test_add_func ("/document/what cannot be written is told in words", test_written);
  return g_test_run ();
}
