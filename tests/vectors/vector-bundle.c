/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-merkle.h"
#include "dpop-bundle.h"
#include "dpop-log-store.h"
#include "fixture-random.h"
#include "vector-file.h"

#include <glib/gstdio.h>

/* A small party of its own, with the kinds that cosmic knows and nobody above it: a founding, a
 * device let in with its keys, an invitation that is not confirmed, and new keys in between. */
static gboolean
may (const CosmicFold *fold, CosmicRight right, const CosmicId *subject, const CosmicId *scope)
{
  return TRUE;
}

static CosmicReason
found (CosmicFold *fold, GBytes *charter, const CosmicId *founder, const GArray *roles)
{
  return COSMIC_REASON_NONE;
}

static gboolean
holds (const CosmicState *authority, const CosmicId *member, const CosmicId *scope,
       gboolean personal)
{
  return TRUE;
}

typedef struct
{
  FixtureRandom random;
  DpopRandom source;
  gint64 now;
  CosmicPolicy policy;
  CosmicRules rules;
  DpopDatabase *database;
  DpopLogStore *store;
  CosmicLog *log;
  CosmicSecret *device, *witness, *seal;
  CosmicScopeKey *keys[4]; /* body and personal, of two epochs */
  CosmicGenesis genesis;
  char *path;
  GError *error;
} Party;

static void
begin (Party *self)
{
  cosmic_log_begin (self->log, &self->error);
  g_assert_no_error (self->error);
}

static void
commit (Party *self)
{
  g_assert_no_error (self->error);
  cosmic_log_commit (self->log, &self->error);
  g_assert_no_error (self->error);
}

static void
say (Party *self, guint16 kind, GVariant *body)
{
  const CosmicClaim claim = { .kind = kind, .body = body };
  g_autoptr (CosmicOperation) operation = NULL;
  CosmicReason reason;

  begin (self);
  cosmic_log_append (self->log, self->device, &claim, &operation, &reason, &self->error);
  g_assert_cmpuint (reason, ==, 0);
  commit (self);
}

static void
certify (Party *self)
{
  guint covered;

  self->now += 1000;
  begin (self);
  cosmic_log_certify (self->log, self->witness, &covered, &self->error);
  commit (self);
}

/* A share of an epoch for the device that is let in. *ROOT is that of this one alone. */
static void
share (Party *self, guint32 epoch, CosmicId *root)
{
  const CosmicShare keys = { .epoch = epoch, .body = self->keys[2 * epoch],
                             .personal = self->keys[2 * epoch + 1] };
  CosmicLogStore store = cosmic_log_store (self->log);
  g_autoptr (GBytes) envelope = NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  CosmicId seal, id;

  cosmic_seal_public (self->seal, seal.bytes);
  envelope = cosmic_share_seal (&keys, cosmic_log_party (self->log), &seal, self->source);
  cosmic_envelope_id (envelope, &id);
  g_array_append_val (ids, id);
  cosmic_merkle_root_of (ids, root);
  store.table->put_share (store.self, envelope, &self->error);
  g_assert_no_error (self->error);
}

static void
party_found (Party *self)
{
  g_autoptr (GArray) roles = g_array_new (FALSE, FALSE, sizeof (guint16));
  g_autoptr (GBytes) charter = g_bytes_new_static ("charter", 7);
  CosmicReason reason;

  dpop_random_fill (self->source, &self->genesis.founder, sizeof (CosmicId));
  self->genesis.charter = charter;
  self->genesis.roles = roles;
  self->genesis.body_key = *cosmic_scope_key_id (self->keys[0]);
  self->genesis.personal_key = *cosmic_scope_key_id (self->keys[1]);
  begin (self);
  cosmic_log_found (self->log, self->device, &self->genesis, g_variant_new ("(s)", "A party"),
                    self->keys[0], self->keys[1], &reason, &self->error);
  g_assert_cmpuint (reason, ==, 0);
  commit (self);
}

static void
party_init (Party *self)
{
  guint8 ignored[32], bytes[32];
  sqlite3 *connection;

  *self = (Party){ .now = G_GINT64_CONSTANT (1700000000000) };
  fixture_random_init (&self->random, 6001);
  self->source = fixture_random_table (&self->random);
  self->policy = (CosmicPolicy){ .may = may, .found = found, .holds = holds };
  self->rules = (CosmicRules){ cosmic_n_kinds, cosmic_kinds, &self->policy };
  g_assert_cmpint (sqlite3_open (":memory:", &connection), ==, SQLITE_OK);
  self->database = dpop_database_new (connection);
  dpop_database_migrate (self->database, dpop_log_store_schema, dpop_log_store_n_schema,
                         &self->error);
  self->store = dpop_log_store_new (self->database);
  self->log = cosmic_log_new (dpop_log_store_table (self->store), &self->rules, self->source,
                              fixture_clock (&self->now), &self->error);
  g_assert_no_error (self->error);
  self->device = cosmic_sign_key_new (self->source, ignored);
  self->witness = cosmic_sign_key_new (self->source, self->genesis.witness.bytes);
  self->seal = cosmic_seal_key_new (self->source, self->genesis.seal.bytes);
  for (guint i = 0; i < G_N_ELEMENTS (self->keys); i++)
    {
      dpop_random_fill (self->source, bytes, sizeof bytes);
      self->keys[i] = cosmic_scope_key_new (bytes);
    }
  party_found (self);
  self->path = g_strdup_printf ("%s/dpop-vector-%d", g_get_tmp_dir (), (int) getpid ());
}

static void
party_clear (Party *self)
{
  g_unlink (self->path);
  g_free (self->path);
  cosmic_log_free (self->log);
  dpop_log_store_free (self->store);
  dpop_database_free (self->database);
  cosmic_secret_free (self->device);
  cosmic_secret_free (self->witness);
  cosmic_secret_free (self->seal);
  for (guint i = 0; i < G_N_ELEMENTS (self->keys); i++)
    cosmic_scope_key_free (self->keys[i]);
}

static void
admit (Party *self)
{
  CosmicRequest request = { 0 };
  guint8 public_key[32];
  g_autoptr (CosmicSecret) key = cosmic_sign_key_new (self->source, public_key);
  CosmicId root;

  dpop_random_fill (self->source, &request.member, sizeof request.member);
  cosmic_seal_public (self->seal, request.seal.bytes);
  cosmic_request_sign (&request, cosmic_log_party (self->log), key, NULL);
  share (self, 0, &root);
  say (self, COSMIC_KIND_DEVICE_ADD, cosmic_device_add_body (&request, &root));
}

static void
rotate (Party *self)
{
  CosmicRotation rotation = { .epoch = 1, .height = cosmic_log_height (self->log),
                              .body_key = *cosmic_scope_key_id (self->keys[2]),
                              .personal_key = *cosmic_scope_key_id (self->keys[3]) };
  guint8 link[COSMIC_LINK_SIZE];

  cosmic_scope_key_link (self->keys[2], self->keys[0], link);
  rotation.body_link = g_bytes_new (link, sizeof link);
  share (self, 1, &rotation.shares);
  say (self, COSMIC_KIND_ROTATION, cosmic_rotation_body (&rotation));
  cosmic_rotation_clear (&rotation);
  begin (self);
  cosmic_log_add_key (self->log, self->keys[2], &self->error);
  cosmic_log_add_key (self->log, self->keys[3], &self->error);
  commit (self);
}

static void
invite (Party *self)
{
  CosmicId seed, member;
  g_autoptr (CosmicSecret) key = cosmic_sign_key_new (self->source, seed.bytes);

  dpop_random_fill (self->source, &member, sizeof member);
  say (self, COSMIC_KIND_INVITATION, cosmic_invitation_body (&seed, &member, self->now + 1000));
}

static void
write_party (Party *self, VectorFile *file)
{
  g_autofree char *bytes = NULL;
  GVariantBuilder keys;
  gsize size;

  g_variant_builder_init (&keys, G_VARIANT_TYPE_BYTESTRING_ARRAY);
  for (guint i = 0; i < G_N_ELEMENTS (self->keys); i++)
    g_variant_builder_add_value (
        &keys, cosmic_codec_new_bytes (cosmic_scope_key_bytes (self->keys[i]), 32));
  g_file_get_contents (self->path, &bytes, &size, &self->error);
  g_assert_no_error (self->error);
  vector_file_id (file, "party", cosmic_log_party (self->log));
  vector_file_bytes (file, "device", cosmic_sign_key_public (self->device), 32);
  vector_file_bytes (file, "witness", cosmic_sign_key_public (self->witness), 32);
  vector_file_bytes (file, "seal_secret", cosmic_secret_bytes (self->seal), 32);
  vector_file_variant (file, "keys", g_variant_builder_end (&keys));
  vector_file_number (file, "height", cosmic_log_height (self->log));
  vector_file_id (file, "checkpoint", cosmic_log_checkpoint (self->log));
  vector_file_number (file, "open", cosmic_log_n_open (self->log));
  vector_file_bytes (file, "file", bytes, size);
}

static void
write_bundle (Party *self, VectorFile *file, const char *name)
{
  DpopBundleExport result;

  dpop_bundle_export (self->log, self->path, NULL, NULL, &result, &self->error);
  g_assert_no_error (self->error);
  vector_file_begin (file, name);
  write_party (self, file);
}

static void
write_summary (Party *self, VectorFile *file, const char *name, const CosmicSecret *witness)
{
  dpop_bundle_summary_write (self->log, self->device, witness, self->now, self->path,
                             &self->error);
  g_assert_no_error (self->error);
  vector_file_begin (file, name);
  write_party (self, file);
  vector_file_number (file, "made", (guint64) self->now);
  vector_file_flag (file, "signed_by_witness", witness != NULL);
}

static void
test_files (void)
{
  VectorFile *bundles = vector_file_new ("bundle");
  VectorFile *summaries = vector_file_new ("summary");
  Party party;

  party_init (&party);
  write_bundle (&party, bundles, "founded");
  certify (&party);
  write_summary (&party, summaries, "certified", party.witness);
  admit (&party);
  write_bundle (&party, bundles, "someone let in");
  certify (&party);
  rotate (&party);
  certify (&party);
  invite (&party);
  write_bundle (&party, bundles, "new keys");
  write_summary (&party, summaries, "new keys", NULL);
  party_clear (&party);
  vector_file_finish (bundles);
  vector_file_finish (summaries);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (cosmic_crypto_init ());
  g_test_add_func ("/vectors/Transfer files and summaries are what they were", test_files);
  return g_test_run ();
}
