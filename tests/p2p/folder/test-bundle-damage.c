/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "society.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>

/* What comes cut, altered, from elsewhere, or onto a full disk. */

static void
small_society (Society *society, guint64 seed)
{
  society_init (society, seed);
  society_write (society, society->log, 2, "a name", NULL);
  fixture_log_number (society->log, &society->devices[1], &society->streams[0], 5, NULL);
  society_export (society, society->log, NULL, NULL);
}

/* Refused, by a code that says what is wrong, and without a word written. */
static void
assert_refused (Society *society, FixtureLog *other, const guint8 *bytes, gsize size)
{
  int before = society_writes (other);
  GError *error = NULL;

  society_store (society, bytes, size);
  g_assert_false (society_try_import (society, other, 1, &error));
  g_assert_true (error->domain == DPOP_BUNDLE_ERROR);
  g_assert_true (error->code == DPOP_BUNDLE_ERROR_ALTERED
                 || error->code == DPOP_BUNDLE_ERROR_NOT_ONE
                 || error->code == DPOP_BUNDLE_ERROR_NEWER);
  g_clear_error (&error);
  g_assert_cmpint (society_writes (other), ==, before);
  g_assert_false (cosmic_log_is_founded (other->log));
}

/* The same of the reader alone, through which everything must come: quicker. */
static void
assert_unreadable (const guint8 *bytes, gsize size)
{
  g_autoptr (GInputStream) stream
      = g_memory_input_stream_new_from_data (bytes, (gssize) size, NULL);
  GError *error = NULL;
  g_autoptr (DpopBundleFileReader) reader
      = dpop_bundle_file_reader_new (stream, DPOP_BUNDLE_FILE_TRANSFER, &error);
  GBytes *envelope = NULL;
  CosmicLabel label;

  while (reader != NULL
         && dpop_bundle_file_reader_next (reader, &envelope, &label, NULL, &error))
    {
      g_assert_nonnull (envelope);
      g_bytes_unref (envelope);
    }
  g_assert_nonnull (error);
  g_error_free (error);
}

#define THROUGH_THE_LOG 16 /* every how many */

static void
test_every_byte_flipped_is_refused (void)
{
  Society society;
  FixtureLog *other;
  g_autoptr (GByteArray) file = NULL;
  guint tried = 0;

  small_society (&society, 1);
  file = society_read (&society);
  other = society_newcomer (&society, 2);
  for (guint i = 0; i < file->len; i += fixture_share ())
    {
      guint8 bit = (guint8) (1 << fixture_random_below (&other->random, 8));

      file->data[i] ^= bit;
      assert_unreadable (file->data, file->len);
      if (tried % THROUGH_THE_LOG == 0)
        assert_refused (&society, other, file->data, file->len);
      file->data[i] ^= bit;
      tried++;
    }
  g_test_message ("%u of %u bytes flipped, all refused", tried, file->len);
  society_store (&society, file->data, file->len);
  society_import (&society, other, 1, NULL);
  society_assert_same (society.log, other);
  fixture_log_free (other);
  society_clear (&society);
}

static void
test_every_cut_is_refused (void)
{
  Society society;
  FixtureLog *other;
  g_autoptr (GByteArray) file = NULL;
  guint size;

  small_society (&society, 3);
  file = society_read (&society);
  size = file->len;
  other = society_newcomer (&society, 4);
  for (guint i = 0; i < size; i += fixture_share ())
    {
      assert_unreadable (file->data, i);
      if (i % THROUGH_THE_LOG == 0)
        assert_refused (&society, other, file->data, i);
    }
  g_byte_array_append (file, (const guint8 *) "", 1);
  assert_refused (&society, other, file->data, file->len);
  g_test_message ("cut at %u lengths, all refused", size / fixture_share ());
  fixture_log_free (other);
  society_clear (&society);
}

/* --- Rewritten with a trailer that is right. -------------------------------------------------- */

static gboolean
is_not (guint n, const CosmicLabel *label, gpointer left_out)
{
  return n != *(const guint *) left_out;
}

static gboolean
is_share (guint n, const CosmicLabel *label, gpointer unused)
{
  return label->type == COSMIC_ITEM_SHARE;
}

/* Whatever comes of such a file, the log is sound, and the true one still brings it up. */
static void
try_rewritten (Society *society, const GPtrArray *envelopes, const GPtrArray *rewritten,
               guint left_out, guint *refused)
{
  FixtureLog *other = society_newcomer (society, 6);
  GError *error = NULL;

  society_rewrite (society, rewritten, is_not, &left_out);
  if (!society_try_import (society, other, 1, &error))
    {
      g_clear_error (&error);
      (*refused)++;
    }
  if (cosmic_log_is_founded (other->log))
    society_assert_sound (other);
  society_rewrite (society, envelopes, NULL, NULL);
  society_import (society, other, 1, NULL);
  society_assert_same (society->log, other);
  society_assert_sound (other);
  fixture_log_free (other);
}

static void
test_a_file_rewritten_does_no_harm (void)
{
  Society society;
  g_autoptr (GPtrArray) envelopes = NULL;
  guint refused = 0;

  society_init (&society, 5);
  society_live (&society, NULL, 12, FALSE);
  fixture_log_certify (society.log, society.witness);
  society_live (&society, NULL, 4, FALSE);
  society_export (&society, society.log, NULL, NULL);
  envelopes = society_envelopes (&society);
  for (guint i = 0; i < envelopes->len; i += fixture_share ())
    {
      g_autoptr (GPtrArray) moved = g_ptr_array_new ();

      g_ptr_array_add (moved, envelopes->pdata[i]);
      g_ptr_array_extend (moved, envelopes, NULL, NULL);
      try_rewritten (&society, envelopes, envelopes, i, &refused);
      try_rewritten (&society, envelopes, moved, i + 1, &refused);
    }
  g_test_message ("%u envelopes left out and put first, %u files refused", envelopes->len, refused);
  g_assert_cmpuint (refused, >, envelopes->len / fixture_share () / 2);
  society_clear (&society);
}

/* --- Other files. ----------------------------------------------------------------------------- */

static void
assert_error (Society *society, FixtureLog *other, DpopBundleError code)
{
  int before = society_writes (other);
  GError *error = NULL;

  g_assert_false (society_try_import (society, other, 1, &error));
  g_assert_error (error, DPOP_BUNDLE_ERROR, (gint) code);
  g_clear_error (&error);
  g_assert_cmpint (society_writes (other), ==, before);
}

static void
test_other_sorts_of_files_are_told (void)
{
  Society society;
  FixtureLog *other;
  g_autoptr (GByteArray) file = NULL;
  GError *error = NULL;

  small_society (&society, 7);
  file = society_read (&society);
  other = society_newcomer (&society, 8);
  file->data[9] = 2;
  society_store (&society, file->data, file->len);
  assert_error (&society, other, DPOP_BUNDLE_ERROR_NEWER);
  society_store (&society, "%PDF-1.7 and so on, and on", 26);
  assert_error (&society, other, DPOP_BUNDLE_ERROR_NOT_ONE);
  society_store (&society, "", 0);
  assert_error (&society, other, DPOP_BUNDLE_ERROR_NOT_ONE);
  dpop_bundle_summary_write (society.log->log, society.devices[0].sign, NULL, 1, society.path,
                             &error);
  g_assert_no_error (error);
  assert_error (&society, other, DPOP_BUNDLE_ERROR_NOT_ONE);
  g_unlink (society.path);
  assert_error (&society, other, DPOP_BUNDLE_ERROR_FAILED);
  fixture_log_free (other);
  society_clear (&society);
}

static void
test_another_organisation_is_refused (void)
{
  Society ours, theirs;
  g_autofree char *own_path = NULL;

  small_society (&ours, 9);
  small_society (&theirs, 10);
  own_path = ours.path;
  ours.path = g_strdup (theirs.path);
  assert_error (&ours, ours.log, DPOP_BUNDLE_ERROR_OTHER_PARTY);
  g_free (ours.path);
  ours.path = g_steal_pointer (&own_path);
  society_clear (&ours);
  society_clear (&theirs);
}

/* Anyone can seal something to a device; that alone makes no file of the organisation. */
static void
test_shares_alone_are_refused (void)
{
  Society society;
  g_autoptr (GPtrArray) envelopes = NULL;

  small_society (&society, 11);
  envelopes = society_envelopes (&society);
  society_rewrite (&society, envelopes, is_share, NULL);
  assert_error (&society, society.log, DPOP_BUNDLE_ERROR_OTHER_PARTY);
  society_clear (&society);
}

/* --- A full disk. ----------------------------------------------------------------------------- */

static void
test_writing_to_a_full_disk (void)
{
  Society society;
  DpopBundleExport written;
  struct rlimit before, small;
  g_autoptr (GByteArray) file = NULL;
  g_autoptr (GByteArray) still = NULL;
  g_autoptr (GDir) folder = NULL;
  GError *error = NULL;

  small_society (&society, 12);
  file = society_read (&society);
  society_live (&society, NULL, 400, FALSE);
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  small = before;
  small.rlim_cur = 65536;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  g_assert_false (dpop_bundle_export (society.log->log, society.path, NULL, NULL, &written,
                                      &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_error (error, DPOP_BUNDLE_ERROR, DPOP_BUNDLE_ERROR_NO_SPACE);
  g_clear_error (&error);
  /* The file that was there is there still, and nothing beside it. */
  still = society_read (&society);
  g_assert_cmpmem (file->data, file->len, still->data, still->len);
  folder = g_dir_open (society.folder, 0, NULL);
  g_assert_nonnull (g_dir_read_name (folder));
  g_assert_null (g_dir_read_name (folder));
  society_clear (&society);
}

static void
set_pages (FixtureLog *log, guint pages)
{
  g_autofree char *pragma = g_strdup_printf ("PRAGMA max_page_count = %u", pages);
  GError *error = NULL;

  dpop_database_execute (log->database, pragma, &error);
  g_assert_no_error (error);
}

static void
test_taking_in_on_a_full_disk (void)
{
  Society society;
  guint full = 0;

  society_init (&society, 13);
  society_live (&society, NULL, 150, TRUE);
  society_export (&society, society.log, NULL, NULL);
  for (guint pages = 40; pages < 120; pages += 7 * fixture_share ())
    {
      FixtureLog *other = society_newcomer (&society, 14);
      GError *error = NULL;

      set_pages (other, pages);
      if (!society_try_import (&society, other, 1, &error))
        {
          g_assert_error (error, DPOP_DATABASE_ERROR, DPOP_DATABASE_ERROR_FULL);
          g_clear_error (&error);
          full++;
        }
      set_pages (other, 100000);
      if (cosmic_log_is_founded (other->log))
        society_assert_sound (other);
      society_import (&society, other, 1, NULL);
      society_assert_same (society.log, other);
      fixture_log_free (other);
    }
  g_assert_cmpuint (full, >, 0);
  society_clear (&society);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bundle-damage/every byte flipped is refused",
                   test_every_byte_flipped_is_refused);
  g_test_add_func ("/bundle-damage/every cut is refused", test_every_cut_is_refused);
  g_test_add_func ("/bundle-damage/a file rewritten does no harm",
                   test_a_file_rewritten_does_no_harm);
  g_test_add_func ("/bundle-damage/other sorts of files are told",
                   test_other_sorts_of_files_are_told);
  g_test_add_func ("/bundle-damage/another organisation is refused",
                   test_another_organisation_is_refused);
  g_test_add_func ("/bundle-damage/shares alone are refused", test_shares_alone_are_refused);
  g_test_add_func ("/bundle-damage/writing to a full disk", test_writing_to_a_full_disk);
  g_test_add_func ("/bundle-damage/taking in on a full disk", test_taking_in_on_a_full_disk);
  return g_test_run ();
}
