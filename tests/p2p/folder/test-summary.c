/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "society.h"

#include <glib/gstdio.h>

static char *
have_path (Society *society)
{
  return g_strconcat (society->path, ".have", NULL);
}

static void
write_summary (Society *society, FixtureLog *log, guint device, const CosmicSecret *witness)
{
  g_autofree char *path = have_path (society);
  GError *error = NULL;

  dpop_bundle_summary_write (log->log, society->devices[device].sign, witness, log->now, path,
                             &error);
  g_assert_no_error (error);
}

static DpopBundleSummary *
read_summary (Society *society, FixtureLog *log, GError **error)
{
  g_autofree char *path = have_path (society);

  return dpop_bundle_summary_read (log->log, path, error);
}

static DpopBundleSummary *
summary_of (Society *society, FixtureLog *of, guint device, FixtureLog *reader)
{
  GError *error = NULL;
  DpopBundleSummary *summary;

  write_summary (society, of, device, NULL);
  summary = read_summary (society, reader, &error);
  g_assert_no_error (error);
  return summary;
}

static void
test_it_says_what_a_computer_has (void)
{
  Society society;
  g_autoptr (DpopBundleSummary) summary = NULL;
  CosmicId open, covered;

  society_init (&society, 1);
  society_write (&society, society.log, 2, "a name", &covered);
  fixture_log_certify (society.log, society.witness);
  society_write (&society, society.log, 2, "a name", &open);
  society_live (&society, NULL, 20, FALSE);
  summary = summary_of (&society, society.log, 3, society.log);
  g_assert_true (cosmic_id_same (&summary->device, &society.devices[3].key));
  g_assert_true (cosmic_id_same (&summary->member, &society.devices[3].member));
  g_assert_false (summary->witness);
  g_assert_cmpint (summary->made, ==, society.log->now);
  g_assert_cmpuint (summary->height, ==, cosmic_log_height (society.log->log));
  g_assert_true (cosmic_id_same (&summary->checkpoint, cosmic_log_checkpoint (society.log->log)));
  g_assert_cmpuint (summary->open->len, ==, cosmic_log_n_open (society.log->log));
  g_assert_cmpuint (summary->lacking->len, ==, 0);
  g_assert_true (dpop_bundle_summary_shows (summary, &open, 0));
  g_assert_true (dpop_bundle_summary_shows (summary, &covered, 2));
  g_assert_false (dpop_bundle_summary_shows (summary, &covered, 3)); /* above its height */
  g_assert_false (dpop_bundle_summary_shows (summary, &society.devices[0].member, 0));
  society_clear (&society);
}

static void
test_a_record_keepers_is_told_apart (void)
{
  Society society;
  g_autoptr (DpopBundleSummary) keeper = NULL;
  g_autoptr (DpopBundleSummary) other = NULL;
  GError *error = NULL;

  society_init (&society, 2);
  write_summary (&society, society.log, 0, society.witness);
  keeper = read_summary (&society, society.log, &error);
  g_assert_no_error (error);
  g_assert_true (keeper->witness);
  /* A signature by some key makes no record keeper. */
  write_summary (&society, society.log, 0, society.devices[1].sign);
  other = read_summary (&society, society.log, &error);
  g_assert_no_error (error);
  g_assert_false (other->witness);
  society_clear (&society);
}

static void
test_a_file_for_a_peer_holds_what_it_lacks (void)
{
  Society society;
  FixtureLog *other;
  g_autoptr (DpopBundleSummary) summary = NULL;
  DpopBundleExport all, some;
  DpopBundleImport taken;
  guint before;

  society_init (&society, 3);
  society_live (&society, NULL, 40, TRUE);
  other = society_newcomer (&society, 4);
  society_carry (&society, society.log, other, 1);
  society_live (&society, other, 5, FALSE);
  society_carry (&society, other, society.log, 0); /* both have these */
  fixture_log_number (society.log, &society.devices[0], &society.streams[0], 1, NULL);
  fixture_log_certify (society.log, society.witness);
  fixture_log_number (society.log, &society.devices[0], &society.streams[0], 2, NULL);
  summary = summary_of (&society, other, 1, society.log);
  society_export (&society, society.log, NULL, &all);
  society_export (&society, society.log, summary, &some);
  g_assert_cmpuint (some.operations, ==, 2);
  g_assert_cmpuint (some.checkpoints, ==, 1);
  g_assert_cmpuint (some.shares, ==, 0);
  g_assert_cmpuint (some.size, <, all.size / 10);
  society_import (&society, other, 1, &taken);
  g_assert_cmpuint (taken.added, ==, 2);
  g_assert_cmpuint (taken.known, ==, 0);
  society_assert_same (society.log, other);

  /* Between equals nothing is left but whose it is. */
  g_clear_pointer (&summary, dpop_bundle_summary_free);
  summary = summary_of (&society, other, 1, society.log);
  society_export (&society, society.log, summary, &some);
  g_assert_cmpuint (some.operations, ==, 0);
  before = (guint) society_writes (other);
  society_import (&society, other, 1, &taken);
  g_assert_cmpuint (society_writes (other), ==, before);
  fixture_log_free (other);
  society_clear (&society);
}

static void
test_a_file_for_another_is_refused (void)
{
  Society society;
  FixtureLog *other;
  g_autoptr (DpopBundleSummary) summary = NULL;
  GError *error = NULL;
  int before;

  society_init (&society, 5);
  other = society_newcomer (&society, 6);
  society_carry (&society, society.log, other, 1);
  society_live (&society, NULL, 20, FALSE);
  fixture_log_certify (society.log, society.witness);
  society_live (&society, NULL, 20, FALSE);
  fixture_log_certify (society.log, society.witness);
  summary = summary_of (&society, society.log, 0, society.log);
  fixture_log_number (society.log, &society.devices[0], &society.streams[0], 2, NULL);
  fixture_log_certify (society.log, society.witness);
  society_export (&society, society.log, summary, NULL);
  before = society_writes (other);
  g_assert_false (society_try_import (&society, other, 1, &error));
  g_assert_error (error, DPOP_BUNDLE_ERROR, DPOP_BUNDLE_ERROR_GAP);
  g_clear_error (&error);
  g_assert_cmpint (society_writes (other), ==, before);
  fixture_log_free (other);
  society_clear (&society);
}

/* At the same height, but without what the other had open: found when the height is applied. */
static void
test_a_file_that_leaves_something_out_changes_nothing (void)
{
  Society society;
  FixtureLog *other;
  g_autoptr (DpopBundleSummary) summary = NULL;
  GError *error = NULL;
  guint64 height;

  society_init (&society, 7);
  other = society_newcomer (&society, 8);
  society_carry (&society, society.log, other, 1);
  height = cosmic_log_height (other->log);
  society_live (&society, NULL, 10, FALSE);
  summary = summary_of (&society, society.log, 0, society.log);
  fixture_log_number (society.log, &society.devices[0], &society.streams[0], 2, NULL);
  fixture_log_certify (society.log, society.witness);
  society_export (&society, society.log, summary, NULL);
  g_assert_false (society_try_import (&society, other, 1, &error));
  g_assert_error (error, DPOP_BUNDLE_ERROR, DPOP_BUNDLE_ERROR_GAP);
  g_clear_error (&error);
  g_assert_cmpuint (cosmic_log_height (other->log), ==, height);
  g_assert_cmpuint (cosmic_log_n_open (other->log), ==, 0);
  society_carry (&society, society.log, other, 1);
  society_assert_same (society.log, other);
  fixture_log_free (other);
  society_clear (&society);
}

static gboolean
is_not_personal (guint n, const CosmicLabel *label, gpointer unused)
{
  return label->type != COSMIC_ITEM_PERSONAL;
}

static void
test_missing_parts_are_asked_for (void)
{
  Society society;
  FixtureLog *other;
  g_autoptr (GPtrArray) envelopes = NULL;
  g_autoptr (DpopBundleSummary) summary = NULL;
  DpopBundleExport written;
  DpopBundleImport taken;

  society_init (&society, 9);
  for (guint i = 0; i < 5; i++)
    society_write (&society, society.log, 2, "a name", NULL);
  fixture_log_certify (society.log, society.witness);
  society_write (&society, society.log, 2, "a name", NULL);
  society_export (&society, society.log, NULL, NULL);
  envelopes = society_envelopes (&society);
  society_rewrite (&society, envelopes, is_not_personal, NULL);
  other = society_newcomer (&society, 10);
  society_import (&society, other, 1, NULL);
  summary = summary_of (&society, other, 1, society.log);
  g_assert_cmpuint (summary->lacking->len, ==, 7); /* these six, and the founding's */
  society_export (&society, society.log, summary, &written);
  g_assert_cmpuint (written.operations, ==, 7);
  society_import (&society, other, 1, &taken);
  g_assert_cmpuint (taken.added, ==, 7);
  g_clear_pointer (&summary, dpop_bundle_summary_free);
  summary = summary_of (&society, other, 1, society.log);
  g_assert_cmpuint (summary->lacking->len, ==, 0);
  fixture_log_free (other);
  society_clear (&society);
}

/* --- Two histories. --------------------------------------------------------------------------- */

static void
test_two_histories_are_shown (void)
{
  Society society;
  FixtureLog *other;
  g_autoptr (DpopBundleSummary) summary = NULL;
  DpopBundleWish wish = { 0 };
  DpopBundleExport written;
  GError *error = NULL;
  int before;

  society_init (&society, 11);
  other = society_newcomer (&society, 12);
  society_carry (&society, society.log, other, 1);
  fixture_log_number (society.log, &society.devices[0], &society.streams[0], 1, NULL);
  fixture_log_certify (society.log, society.witness);
  fixture_log_number (other, &society.devices[1], &society.streams[0], 2, NULL);
  fixture_log_certify (other, society.witness); /* a record keeper's copy */
  wish.peer = summary = summary_of (&society, other, 1, society.log);
  g_assert_false (dpop_bundle_export (society.log->log, society.path, &wish, NULL, &written,
                                      &error));
  g_assert_error (error, COSMIC_LOG_ERROR, COSMIC_LOG_ERROR_CONFLICT);
  g_clear_error (&error);
  society_export (&society, society.log, NULL, NULL);
  before = society_writes (other);
  g_assert_false (society_try_import (&society, other, 1, &error));
  g_assert_error (error, COSMIC_LOG_ERROR, COSMIC_LOG_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_cmpuint (cosmic_log_height (other->log), ==, 2);
  g_assert_cmpuint (cosmic_log_n_open (other->log), ==, 0);
  g_test_message ("%d rows touched and taken back", society_writes (other) - before);
  society_assert_sound (other);
  fixture_log_free (other);
  society_clear (&society);
}

/* --- Altered. --------------------------------------------------------------------------------- */

static void
test_every_byte_flipped_is_refused (void)
{
  Society society;
  g_autofree char *path = NULL;
  char *bytes;
  gsize size;
  GError *error = NULL;

  society_init (&society, 13);
  fixture_log_number (society.log, &society.devices[0], &society.streams[0], 1, NULL);
  write_summary (&society, society.log, 0, society.witness);
  path = have_path (&society);
  g_file_get_contents (path, &bytes, &size, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < size; i += fixture_share ())
    {
      DpopBundleSummary *summary;

      bytes[i] ^= (char) (1 << (i % 8));
      g_file_set_contents_full (path, bytes, (gssize) size, G_FILE_SET_CONTENTS_NONE, 0644, &error);
      g_assert_no_error (error);
      summary = read_summary (&society, society.log, &error);
      g_assert_null (summary);
      g_assert_true (error->domain == DPOP_BUNDLE_ERROR);
      g_clear_error (&error);
      bytes[i] ^= (char) (1 << (i % 8));
    }
  g_free (bytes);
  society_clear (&society);
}

/* The content, as one of the party may make it, but not as the device signed it. */
static void
test_a_forged_one_is_refused (void)
{
  Society ours, theirs;
  g_autofree char *path = NULL;
  GError *error = NULL;
  g_autoptr (DpopBundleFileReader) reader = NULL;
  g_autoptr (DpopBundleFileWriter) writer = NULL;
  g_autoptr (GBytes) envelope = NULL;
  g_autoptr (GBytes) item = NULL;
  g_autoptr (GBytes) forged = NULL;
  g_autofree guint8 *copy = NULL;
  const CosmicScopeKey *key;
  CosmicLabel label;
  gsize size;
  guint64 written;

  society_init (&ours, 14);
  society_init (&theirs, 15);
  write_summary (&ours, ours.log, 0, NULL);
  path = have_path (&ours);
  g_assert_null (dpop_bundle_summary_read (theirs.log->log, path, &error));
  g_assert_error (error, DPOP_BUNDLE_ERROR, DPOP_BUNDLE_ERROR_OTHER_PARTY);
  g_clear_error (&error);

  reader = dpop_bundle_file_reader_open (path, DPOP_BUNDLE_FILE_SUMMARY, &error);
  dpop_bundle_file_reader_next (reader, &envelope, &label, NULL, &error);
  g_assert_no_error (error);
  key = cosmic_log_key (ours.log->log, &label.key);
  item = cosmic_envelope_open (key, envelope);
  copy = g_memdup2 (g_bytes_get_data (item, &size), g_bytes_get_size (item));
  copy[48] ^= 1; /* the time it was made */
  g_clear_pointer (&item, g_bytes_unref);
  item = g_bytes_new (copy, size);
  forged = cosmic_envelope_seal (key, COSMIC_ITEM_SUMMARY, &cosmic_id_zero, label.order, item);
  writer = dpop_bundle_file_writer_new (path, DPOP_BUNDLE_FILE_SUMMARY, &error);
  dpop_bundle_file_writer_add (writer, forged, &error);
  dpop_bundle_file_writer_finish (writer, &written, &error);
  g_assert_no_error (error);
  g_assert_null (read_summary (&ours, ours.log, &error));
  g_assert_error (error, DPOP_BUNDLE_ERROR, DPOP_BUNDLE_ERROR_ALTERED);
  g_clear_error (&error);
  society_clear (&ours);
  society_clear (&theirs);
}

/* --- Where an entry is. ----------------------------------------------------------------------- */

static void
take_exported (const CosmicId *id, gpointer ids)
{
  g_array_append_vals (ids, id, 1);
}

static void
test_the_caller_hears_what_is_on_the_file (void)
{
  Society society;
  FixtureLog *keeper;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  const DpopBundleHooks hooks = { .exported = take_exported, .data = ids };
  g_autoptr (DpopBundleSummary) before = NULL;
  g_autoptr (DpopBundleSummary) after = NULL;
  DpopBundleExport written;
  GError *error = NULL;
  CosmicId vote;

  society_init (&society, 16);
  keeper = society_newcomer (&society, 17);
  society_carry (&society, society.log, keeper, 1);
  fixture_log_number (society.log, &society.devices[2], &society.streams[0], 1, &vote);
  before = summary_of (&society, keeper, 1, society.log);
  dpop_bundle_export (society.log->log, society.path, NULL, &hooks, &written, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ids->len, ==, 1);
  g_assert_true (cosmic_id_same (&g_array_index (ids, CosmicId, 0), &vote));
  g_assert_false (dpop_bundle_summary_shows (before, &vote, 0));
  society_import (&society, keeper, 1, NULL);
  after = summary_of (&society, keeper, 1, society.log);
  g_assert_true (dpop_bundle_summary_shows (after, &vote, 0));
  fixture_log_free (keeper);
  society_clear (&society);
}

static void
test_it_has_many_pages (void)
{
  guint count = 2 * DPOP_BUNDLE_SUMMARY_PAGE / fixture_share () + 10;
  Society society;
  g_autoptr (DpopBundleSummary) summary = NULL;

  society_init (&society, 18);
  for (guint i = 0; i < count; i++)
    fixture_log_number (society.log, &society.devices[1], &society.streams[0], 1, NULL);
  summary = summary_of (&society, society.log, 0, society.log);
  g_assert_cmpuint (summary->open->len, ==, count);
  for (guint i = 1; i < count; i++)
    g_assert_cmpint (cosmic_id_compare (&g_array_index (summary->open, CosmicId, i - 1),
                                        &g_array_index (summary->open, CosmicId, i)), <, 0);
  society_clear (&society);
}

#define ADD(name, function) g_test_add_func ("/summary/" name, function)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("it says what a computer has", test_it_says_what_a_computer_has);
  ADD ("a record keeper's is told apart", test_a_record_keepers_is_told_apart);
  ADD ("a file for a peer holds what it lacks", test_a_file_for_a_peer_holds_what_it_lacks);
  ADD ("a file for another is refused", test_a_file_for_another_is_refused);
  ADD ("a file that leaves something out changes nothing",
       test_a_file_that_leaves_something_out_changes_nothing);
  ADD ("missing parts are asked for", test_missing_parts_are_asked_for);
  ADD ("two histories are shown", test_two_histories_are_shown);
  ADD ("every byte flipped is refused", test_every_byte_flipped_is_refused);
  ADD ("a forged one is refused", test_a_forged_one_is_refused);
  ADD ("the caller hears what is on the file", test_the_caller_hears_what_is_on_the_file);
  ADD ("it has many pages", test_it_has_many_pages);
  return g_test_run ();
}
