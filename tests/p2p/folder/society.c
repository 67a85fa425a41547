/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "society.h"

#include "cosmic-merkle.h"
#include <glib/gstdio.h>

static void
share_with (Society *self, FixtureLog *log, const CosmicShare *share, const CosmicId *seal,
            GArray *ids, GPtrArray *shares)
{
  GBytes *envelope = cosmic_share_seal (share, cosmic_log_party (log->log), seal,
                                        fixture_random_table (&log->random));
  CosmicId id;

  g_assert_nonnull (envelope);
  cosmic_envelope_id (envelope, &id);
  g_array_append_val (ids, id);
  g_ptr_array_add (shares, envelope);
}

void
society_keep (FixtureLog *log, const GPtrArray *shares)
{
  CosmicLogStore store = cosmic_log_store (log->log);
  GError *error = NULL;

  for (guint i = 0; i < shares->len; i++)
    store.table->put_share (store.self, shares->pdata[i], &error);
  g_assert_no_error (error);
}

static CosmicScopeKey *
current_key (FixtureLog *log, gboolean personal, guint32 *epoch)
{
  const CosmicState *authority = cosmic_log_authority (log->log, NULL);
  CosmicId id;

  g_assert_true (cosmic_authority_scope_key (authority, &cosmic_id_zero, personal, &id, epoch));
  return (CosmicScopeKey *) cosmic_log_key (log->log, &id);
}

static void
admit (Society *self, FixtureDevice *device)
{
  CosmicRequest request = { .member = device->member, .seal = device->seal_public };
  g_autoptr (GPtrArray) shares = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  CosmicShare share = { .body = current_key (self->log, FALSE, NULL),
                        .personal = current_key (self->log, TRUE, NULL) };
  CosmicClaim claim = { .kind = COSMIC_KIND_DEVICE_ADD };
  CosmicId root;

  share_with (self, self->log, &share, &device->seal_public, ids, shares);
  cosmic_merkle_root_of (ids, &root);
  cosmic_request_sign (&request, cosmic_log_party (self->log->log), device->sign, NULL);
  claim.body = cosmic_device_add_body (&request, &root);
  g_assert_cmpuint (fixture_log_say (self->log, &self->devices[0], &claim, NULL), ==, 0);
  society_keep (self->log, shares);
}

static CosmicScopeKey *
new_key (FixtureLog *log)
{
  guint8 bytes[32];

  dpop_random_fill (fixture_random_table (&log->random), bytes, sizeof bytes);
  return cosmic_scope_key_new (bytes);
}

GPtrArray *
society_rotate (Society *self, guint from)
{
  FixtureLog *log = self->log;
  g_autoptr (GPtrArray) shares = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  g_autoptr (CosmicScopeKey) body = new_key (log);
  g_autoptr (CosmicScopeKey) personal = new_key (log);
  CosmicShare share = { .body = body, .personal = personal };
  CosmicRotation rotation = { .height = cosmic_log_height (log->log),
                              .body_key = *cosmic_scope_key_id (body),
                              .personal_key = *cosmic_scope_key_id (personal) };
  CosmicClaim claim = { .kind = COSMIC_KIND_ROTATION };
  const CosmicScopeKey *before = current_key (log, FALSE, &rotation.epoch);
  guint8 link[COSMIC_LINK_SIZE];
  GError *error = NULL;

  share.epoch = ++rotation.epoch;
  for (guint i = from; i < SOCIETY_DEVICES; i++)
    share_with (self, log, &share, &self->devices[i].seal_public, ids, shares);
  cosmic_ids_normalise (ids);
  cosmic_merkle_root_of (ids, &rotation.shares);
  cosmic_scope_key_link (body, before, link);
  rotation.body_link = g_bytes_new (link, sizeof link);
  claim.body = cosmic_rotation_body (&rotation);
  cosmic_rotation_clear (&rotation);
  g_assert_cmpuint (fixture_log_say (log, &self->devices[0], &claim, NULL), ==, 0);
  cosmic_log_begin (log->log, &error);
  cosmic_log_add_key (log->log, body, &error);
  cosmic_log_add_key (log->log, personal, &error);
  g_assert_no_error (error);
  cosmic_log_commit (log->log, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&shares);
}

void
society_init (Society *self, guint64 seed)
{
  GError *error = NULL;

  *self = (Society){ 0 };
  self->folder = g_dir_make_tmp ("dpop-test-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "party.dpop", NULL);
  self->log = fixture_log_new (seed);
  for (guint i = 0; i < SOCIETY_DEVICES; i++)
    fixture_device_init (&self->devices[i], &self->log->random);
  fixture_log_found (self->log, &self->devices[0], &self->witness);
  for (guint i = 1; i < SOCIETY_DEVICES; i++)
    admit (self, &self->devices[i]);
  for (guint i = 0; i < SOCIETY_STREAMS; i++)
    fixture_log_open_stream (self->log, &self->devices[i], &self->streams[i]);
  fixture_log_certify (self->log, self->witness);
}

void
society_clear (Society *self)
{
  g_autoptr (GDir) folder = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->path);
  cosmic_secret_free (self->witness);
  for (guint i = 0; i < SOCIETY_DEVICES; i++)
    fixture_device_clear (&self->devices[i]);
  fixture_log_free (self->log);
}

void
society_write (Society *self, FixtureLog *log, guint device, const char *text, CosmicId *id)
{
  const FixtureDevice *by = &self->devices[device];
  const CosmicClaim about = {
    .kind = FIXTURE_KIND_ABOUT,
    .body = g_variant_new ("(@ayu)", cosmic_codec_new_id (&by->member), 1),
    .personal = g_variant_new ("(s)", text),
  };

  g_assert_cmpuint (fixture_log_say (log, by, &about, id), ==, 0);
}

void
society_live (Society *self, FixtureLog *log, guint steps, gboolean confirm)
{
  FixtureLog *at = log != NULL ? log : self->log;

  for (guint i = 0; i < steps; i++)
    {
      /* On another computer only its own device speaks. */
      guint device = at == self->log ? (guint) fixture_random_below (&at->random, SOCIETY_DEVICES)
                                     : 1;
      const CosmicId *stream
          = &self->streams[fixture_random_below (&at->random, SOCIETY_STREAMS)];

      switch (fixture_random_below (&at->random, 10))
        {
        case 0:
          if (confirm)
            fixture_log_certify (at, self->witness);
          break;
        case 1:
          society_write (self, at, device, "a name", NULL);
          break;
        default:
          fixture_log_number (at, &self->devices[device], stream, i + 1, NULL);
        }
    }
}

FixtureLog *
society_newcomer (Society *self, guint64 seed)
{
  FixtureLog *log = fixture_log_new (seed);
  GError *error = NULL;

  log->now = self->log->now;
  cosmic_log_set_party (log->log, cosmic_log_party (self->log->log), &error);
  g_assert_no_error (error);
  return log;
}

void
society_export (Society *self, FixtureLog *from, const DpopBundleSummary *peer,
                DpopBundleExport *result)
{
  const DpopBundleWish wish = { .peer = peer };
  DpopBundleExport ignored;
  GError *error = NULL;

  dpop_bundle_export (from->log, self->path, &wish, NULL, result != NULL ? result : &ignored,
                      &error);
  g_assert_no_error (error);
}

void
society_import (Society *self, FixtureLog *to, guint device, DpopBundleImport *result)
{
  DpopBundleImport ignored;
  GError *error = NULL;

  dpop_bundle_import (to->log, self->path, self->devices[device].seal, NULL,
                      result != NULL ? result : &ignored, &error);
  g_assert_no_error (error);
}

gboolean
society_try_import (Society *self, FixtureLog *to, guint device, GError **error)
{
  DpopBundleImport result;

  return dpop_bundle_import (to->log, self->path, self->devices[device].seal, NULL, &result,
                             error);
}

void
society_carry (Society *self, FixtureLog *from, FixtureLog *to, guint device)
{
  society_export (self, from, NULL, NULL);
  society_import (self, to, device, NULL);
}

void
society_assert_same (FixtureLog *a, FixtureLog *b)
{
  GError *error = NULL;
  CosmicId x, y;

  g_assert_cmpuint (cosmic_log_height (a->log), ==, cosmic_log_height (b->log));
  g_assert_true (cosmic_id_same (cosmic_log_checkpoint (a->log), cosmic_log_checkpoint (b->log)));
  g_assert_true (cosmic_id_same (cosmic_log_state_root (a->log), cosmic_log_state_root (b->log)));
  g_assert_cmpuint (cosmic_log_n_open (a->log), ==, cosmic_log_n_open (b->log));
  cosmic_log_tail_hash (a->log, &x, &error);
  g_assert_no_error (error);
  cosmic_log_tail_hash (b->log, &y, &error);
  g_assert_no_error (error);
  g_assert_true (cosmic_id_same (&x, &y));
}

void
society_assert_sound (FixtureLog *log)
{
  CosmicVerifyReport report;
  GError *error = NULL;

  cosmic_log_verify (log->log, NULL, NULL, &report, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < report.faults->len; i++)
    g_test_message ("%s", (char *) report.faults->pdata[i]);
  g_assert_cmpuint (report.faults->len, ==, 0);
  cosmic_verify_report_clear (&report);
}

int
society_writes (FixtureLog *log)
{
  return sqlite3_total_changes (dpop_database_connection (log->database));
}

GByteArray *
society_read (Society *self)
{
  GError *error = NULL;
  char *bytes;
  gsize size;

  g_file_get_contents (self->path, &bytes, &size, &error);
  g_assert_no_error (error);
  return g_byte_array_new_take ((guint8 *) bytes, size);
}

void
society_store (Society *self, gconstpointer bytes, gsize size)
{
  FILE *file = g_fopen (self->path, "wb");

  g_assert_nonnull (file);
  g_assert_true (size == 0 || fwrite (bytes, 1, size, file) == size);
  g_assert_cmpint (fclose (file), ==, 0);
}

GPtrArray *
society_envelopes (Society *self)
{
  GPtrArray *envelopes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  GError *error = NULL;
  g_autoptr (DpopBundleFileReader) reader
      = dpop_bundle_file_reader_open (self->path, DPOP_BUNDLE_FILE_TRANSFER, &error);

  for (;;)
    {
      GBytes *envelope;
      CosmicLabel label;

      g_assert_no_error (error);
      dpop_bundle_file_reader_next (reader, &envelope, &label, NULL, &error);
      g_assert_no_error (error);
      if (envelope == NULL)
        return envelopes;
      g_ptr_array_add (envelopes, envelope);
    }
}

void
society_rewrite (Society *self, const GPtrArray *envelopes,
                 gboolean (*take) (guint n, const CosmicLabel *label, gpointer data), gpointer data)
{
  GError *error = NULL;
  g_autoptr (DpopBundleFileWriter) writer
      = dpop_bundle_file_writer_new (self->path, DPOP_BUNDLE_FILE_TRANSFER, &error);
  guint64 size;

  g_assert_no_error (error);
  for (guint i = 0; i < envelopes->len; i++)
    {
      CosmicLabel label;

      g_assert_true (cosmic_envelope_label (envelopes->pdata[i], &label));
      if (take == NULL || take (i, &label, data))
        dpop_bundle_file_writer_add (writer, envelopes->pdata[i], &error);
      g_assert_no_error (error);
    }
  dpop_bundle_file_writer_finish (writer, &size, &error);
  g_assert_no_error (error);
}
