/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-text-code.h"
#include "dpop-bundle-file.h"
#include "dpop-edge-file.h"

#include <glib/gstdio.h>

static DpopEdgeFile
recognise (const char *text)
{
  return dpop_edge_file_recognise (text, strlen (text));
}

static void
test_bundles (void)
{
  static const struct
  {
    DpopBundleFileKind kind;
    DpopEdgeFile wanted;
  } cases[] = {
    { DPOP_BUNDLE_FILE_TRANSFER, DPOP_EDGE_FILE_TRANSFER },
    { DPOP_BUNDLE_FILE_SUMMARY, DPOP_EDGE_FILE_SUMMARY },
  };
  g_autofree char *folder = g_dir_make_tmp ("dpop-edge-file-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "bundle", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (DpopBundleFileWriter) writer
          = dpop_bundle_file_writer_new (path, cases[i].kind, &error);
      g_autofree char *bytes = NULL;
      guint64 written;
      gsize size;

      g_assert_no_error (error);
      g_assert_true (dpop_bundle_file_writer_finish (writer, &written, &error));
      g_assert_true (g_file_get_contents (path, &bytes, &size, &error));
      g_assert_cmpint (dpop_edge_file_recognise (bytes, size), ==, cases[i].wanted);
      g_assert_cmpint (dpop_edge_file_recognise (bytes, MIN (size, DPOP_EDGE_FILE_HEAD)), ==,
                       cases[i].wanted);
      g_assert_cmpint (dpop_edge_file_recognise (bytes, 8), ==, DPOP_EDGE_FILE_OTHER);
      bytes[8] = 'U';
      g_assert_cmpint (dpop_edge_file_recognise (bytes, size), ==, DPOP_EDGE_FILE_OTHER);
      bytes[8] = (char) cases[i].kind;
      bytes[0] = 'x';
      g_assert_cmpint (dpop_edge_file_recognise (bytes, size), ==, DPOP_EDGE_FILE_OTHER);
    }
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_codes (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new ("what an invitation holds", 24);
  g_autofree char *invitation = cosmic_text_code_write ('J', bytes);
  g_autofree char *request = cosmic_text_code_write ('R', bytes);
  g_autofree char *other = cosmic_text_code_write ('S', bytes);

  g_assert_cmpint (recognise (invitation), ==, DPOP_EDGE_FILE_INVITATION);
  g_assert_cmpint (recognise (request), ==, DPOP_EDGE_FILE_REQUEST);
  g_assert_cmpint (recognise (other), ==, DPOP_EDGE_FILE_OTHER);
}

static void
test_typed (void)
{
  g_assert_cmpint (recognise ("\xef\xbb\xbf\r\n> dp0p - j\r\n"), ==, DPOP_EDGE_FILE_INVITATION);
  g_assert_cmpint (recognise ("DPOP-R"), ==, DPOP_EDGE_FILE_REQUEST);
  g_assert_cmpint (recognise ("DPOP-JOURNAL"), ==, DPOP_EDGE_FILE_OTHER);
  g_assert_cmpint (recognise ("DPOP"), ==, DPOP_EDGE_FILE_OTHER);
  g_assert_cmpint (recognise ("Dear Ann, DPOP-J"), ==, DPOP_EDGE_FILE_OTHER);
  g_assert_cmpint (recognise (""), ==, DPOP_EDGE_FILE_OTHER);
  g_assert_cmpint (recognise ("----------------------------------------------------------------"
                              "DPOP-J"), ==, DPOP_EDGE_FILE_OTHER);
}

static void
check_name (const char *words, const char *wanted)
{
  g_autofree char *name = dpop_edge_file_name (DPOP_EDGE_FILE_INVITATION, words);

  g_assert_cmpstr (name, ==, wanted);
}

static void
test_names (void)
{
  g_autofree char *long_words = g_strnfill (200, 'x');
  g_autofree char *long_name = dpop_edge_file_name (DPOP_EDGE_FILE_TRANSFER, long_words);

  check_name ("Zoë Łoś", "Zoë Łoś.dpop-invitation");
  check_name ("../../etc/passwd", "etcpasswd.dpop-invitation");
  check_name (" a\nb\x7f: c? ", "ab c.dpop-invitation");
  check_name ("", "dpop.dpop-invitation");
  check_name ("...", "dpop.dpop-invitation");
  check_name ("Ann\xff Archer", "Ann.dpop-invitation");
  g_assert_cmpuint (strlen (long_name), ==, 80 + strlen (".dpop-transfer"));
}

static void
test_kinds (void)
{
  for (DpopEdgeFile kind = DPOP_EDGE_FILE_TRANSFER; kind <= DPOP_EDGE_FILE_REQUEST; kind++)
    {
      const char *extension = dpop_edge_file_extension (kind);
      g_autofree char *type = g_strconcat ("application/x-", extension + 1, NULL);

      g_assert_true (g_str_has_prefix (extension, ".dpop-"));
      g_assert_cmpstr (dpop_edge_file_media_type (kind), ==, type);
    }
  g_assert_null (dpop_edge_file_extension (DPOP_EDGE_FILE_OTHER));
  g_assert_null (dpop_edge_file_media_type (DPOP_EDGE_FILE_OTHER));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/edge/file/Transfer files and summaries are known by their head", test_bundles);
  g_test_add_func ("/edge/file/Invitations and requests are known by their first line", test_codes);
  g_test_add_func ("/edge/file/A code is known as it was typed, another text is none", test_typed);
  g_test_add_func ("/edge/file/A name holds nothing that leads elsewhere", test_names);
  g_test_add_func ("/edge/file/Extension and type of a kind agree", test_kinds);
  return g_test_run ();
}
