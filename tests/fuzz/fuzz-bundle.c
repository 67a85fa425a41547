/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-merkle.h"
#include "dpop-bundle.h"
#include "fixture-log.h"
#include "fuzz.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* Input: 'F' and the bytes of a file as they are, or 'T' or 'S' and what goes into a transfer file
 * or a summary, sealed here with the party's keys and with a right trailer, so that what stands
 * behind the cryptography is reached. A record there is: type, key (0: body, 1: personal, 2: the
 * envelope itself follows), order, 1 for the stream of the last header or 0 for none, size (2,
 * little endian), item.
 *
 * Nobody can sign for others: whatever comes of it, the log stays sound, and the true file brings
 * it to the true state. */

typedef struct
{
  FixtureLog *log;
  FixtureDevice founder;
  CosmicSecret *witness;
  GByteArray *transfer, *summary; /* the files */
  char *path;
} Truth;

static void
remove_file (void)
{
  g_autofree char *path = g_strdup_printf ("%s/dpop-fuzz-%d", g_get_tmp_dir (), (int) getpid ());

  g_unlink (path);
}

static GByteArray *
read_file (const char *path)
{
  char *bytes;
  gsize size;

  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  return g_byte_array_new_take ((guint8 *) bytes, size);
}

static void
write_file (const char *path, const guint8 *bytes, gsize size)
{
  FILE *file = g_fopen (path, "wb");

  g_assert_true (file != NULL && (size == 0 || fwrite (bytes, 1, size, file) == size));
  g_assert_cmpint (fclose (file), ==, 0);
}

static void
make_truth (Truth *self)
{
  CosmicId stream;
  DpopBundleExport written;

  self->path = g_strdup_printf ("%s/dpop-fuzz-%d", g_get_tmp_dir (), (int) getpid ());
  atexit (remove_file);
  self->log = fixture_log_new (1);
  fixture_device_init (&self->founder, &self->log->random);
  fixture_log_found (self->log, &self->founder, &self->witness);
  fixture_log_certify (self->log, self->witness);
  fixture_log_open_stream (self->log, &self->founder, &stream);
  fixture_log_certify (self->log, self->witness);
  fixture_log_number (self->log, &self->founder, &stream, 3, NULL);
  g_assert_true (dpop_bundle_export (self->log->log, self->path, NULL, NULL, &written, NULL));
  self->transfer = read_file (self->path);
  g_assert_true (dpop_bundle_summary_write (self->log->log, self->founder.sign, self->witness, 1,
                                            self->path, NULL));
  self->summary = read_file (self->path);
}

static const Truth *
truth (void)
{
  static Truth self;

  if (self.log == NULL)
    make_truth (&self);
  return &self;
}

static const CosmicScopeKey *
key_of (gboolean personal)
{
  const CosmicState *authority = cosmic_log_authority (truth ()->log->log, NULL);
  CosmicId id;

  g_assert_true (cosmic_authority_scope_key (authority, &cosmic_id_zero, personal, &id, NULL));
  return cosmic_log_key (truth ()->log->log, &id);
}

/* --- Seeds: the true files, opened. ----------------------------------------------------------- */

static void
open_record (GByteArray *seed, GBytes *envelope, const CosmicLabel *label)
{
  g_autoptr (GBytes) item = cosmic_envelope_open (key_of (FALSE), envelope);
  guint8 head[6] = { (guint8) label->type, 0, (guint8) label->order, 0 };
  gsize size;
  gconstpointer data;

  if (item == NULL)
    {
      item = cosmic_envelope_open (key_of (TRUE), envelope);
      head[1] = 1;
    }
  g_assert_nonnull (item);
  data = g_bytes_get_data (item, &size);
  head[3] = label->type <= COSMIC_ITEM_PERSONAL;
  head[4] = (guint8) (size & 0xff);
  head[5] = (guint8) (size >> 8);
  g_byte_array_append (seed, head, sizeof head);
  g_byte_array_append (seed, data, (guint) size);
}

static GBytes *
open_file (const GByteArray *file, DpopBundleFileKind kind)
{
  GByteArray *seed = g_byte_array_new ();
  g_autoptr (GInputStream) stream
      = g_memory_input_stream_new_from_data (file->data, file->len, NULL);
  g_autoptr (DpopBundleFileReader) reader = dpop_bundle_file_reader_new (stream, kind, NULL);
  guint8 first = (guint8) kind;

  g_byte_array_append (seed, &first, 1);
  for (;;)
    {
      g_autoptr (GBytes) envelope = NULL;
      CosmicLabel label;

      g_assert_true (dpop_bundle_file_reader_next (reader, &envelope, &label, NULL, NULL));
      if (envelope == NULL)
        return g_byte_array_free_to_bytes (seed);
      open_record (seed, envelope, &label);
    }
}

GBytes *
fuzz_seed (guint n)
{
  const Truth *self = truth ();
  const GByteArray *file = n % 2 == 0 ? self->transfer : self->summary;
  guint8 *copy;

  if (n > 3)
    return NULL;
  if (n < 2)
    return open_file (file, n == 0 ? DPOP_BUNDLE_FILE_TRANSFER : DPOP_BUNDLE_FILE_SUMMARY);
  copy = g_malloc (1 + file->len);
  copy[0] = 'F';
  memcpy (copy + 1, file->data, file->len);
  return g_bytes_new_take (copy, 1 + file->len);
}

/* --- The file of an input. -------------------------------------------------------------------- */

static void
append_envelope (GByteArray *file, CosmicMerkle *tree, guint64 *total, GBytes *envelope)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (envelope, &size);
  guint32 length = GUINT32_TO_LE ((guint32) size);
  CosmicId id;

  cosmic_envelope_id (envelope, &id);
  cosmic_merkle_append (tree, &id);
  *total += size;
  g_byte_array_append (file, (const guint8 *) &length, 4);
  g_byte_array_append (file, data, (guint) size);
}

static GBytes *
seal_record (const guint8 *head, const guint8 *data, gsize size, CosmicId *stream)
{
  g_autoptr (GBytes) item = g_bytes_new (data, size);

  if (head[1] > 1)
    return g_bytes_ref (item);
  if (head[0] == COSMIC_ITEM_HEADER)
    {
      g_autoptr (CosmicOperation) operation = cosmic_operation_parse (item);

      *stream = operation != NULL ? operation->header.stream : cosmic_id_zero;
    }
  return cosmic_envelope_seal (key_of (head[1] == 1), head[0], head[3] ? stream : &cosmic_id_zero,
                               head[2], item);
}

static GByteArray *
seal_file (const uint8_t *data, size_t size)
{
  GByteArray *file = g_byte_array_new ();
  guint8 head[16] = { 0x89, 'D', 'P', 'O', 'P', '\r', '\n', 0x1a, data[0], 1 };
  CosmicMerkle tree = { 0 };
  CosmicId root, stream = cosmic_id_zero;
  guint64 numbers[2], total = 0;

  g_byte_array_append (file, head, sizeof head);
  for (gsize at = 1; at + 6 <= size;)
    {
      const guint8 *record = data + at;
      gsize length = MIN ((gsize) record[4] | (gsize) record[5] << 8, size - at - 6);
      g_autoptr (GBytes) envelope = seal_record (record, record + 6, length, &stream);

      if (g_bytes_get_size (envelope) > 0)
        append_envelope (file, &tree, &total, envelope);
      at += 6 + length;
    }
  cosmic_merkle_root (&tree, &root);
  numbers[0] = GUINT64_TO_LE (tree.count);
  numbers[1] = GUINT64_TO_LE (total);
  g_byte_array_append (file, (const guint8 *) "\0\0\0", 4);
  g_byte_array_append (file, (const guint8 *) numbers, sizeof numbers);
  g_byte_array_append (file, root.bytes, COSMIC_ID_SIZE);
  return file;
}

/* --- What comes of it. ------------------------------------------------------------------------ */

static void
import_file (FixtureLog *log, const GByteArray *file, gboolean must)
{
  DpopBundleImport result;
  GError *error = NULL;

  write_file (truth ()->path, file->data, file->len);
  if (!dpop_bundle_import (log->log, truth ()->path, truth ()->founder.seal, NULL, &result, &error))
    {
      g_assert_nonnull (error);
      if (must)
        g_error ("%s", error->message);
      g_error_free (error);
    }
}

static void
take_transfer (const GByteArray *file)
{
  FixtureLog *log = fixture_log_new (2);
  CosmicLog *own = truth ()->log->log;
  CosmicVerifyReport report;

  fixture_log_give_keys (truth ()->log, log);
  import_file (log, file, FALSE);
  import_file (log, truth ()->transfer, TRUE);
  g_assert_cmpuint (cosmic_log_height (log->log), ==, cosmic_log_height (own));
  g_assert_true (cosmic_id_same (cosmic_log_state_root (log->log), cosmic_log_state_root (own)));
  g_assert_cmpuint (cosmic_log_n_open (log->log), ==, cosmic_log_n_open (own));
  g_assert_true (cosmic_log_verify (log->log, NULL, NULL, &report, NULL));
  g_assert_cmpuint (report.faults->len, ==, 0);
  cosmic_verify_report_clear (&report);
  fixture_log_free (log);
}

static void
take_summary (const GByteArray *file)
{
  g_autoptr (DpopBundleSummary) summary = NULL;
  GError *error = NULL;

  write_file (truth ()->path, file->data, file->len);
  summary = dpop_bundle_summary_read (truth ()->log->log, truth ()->path, &error);
  g_assert_cmpint (summary == NULL, ==, error != NULL);
  g_clear_error (&error);
  if (summary == NULL)
    return;
  /* The founder signed one only. */
  g_assert_true (!cosmic_id_same (&summary->device, &truth ()->founder.key)
                 || summary->made == 1);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GByteArray) file = NULL;

  if (size == 0)
    return 0;
  if (data[0] == DPOP_BUNDLE_FILE_TRANSFER || data[0] == DPOP_BUNDLE_FILE_SUMMARY)
    file = seal_file (data, size);
  else
    {
      file = g_byte_array_new ();
      g_byte_array_append (file, data + 1, (guint) size - 1);
    }
  if (data[0] != DPOP_BUNDLE_FILE_SUMMARY)
    take_transfer (file);
  if (data[0] != DPOP_BUNDLE_FILE_TRANSFER)
    take_summary (file);
  return 0;
}
