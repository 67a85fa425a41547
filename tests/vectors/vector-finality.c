/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-certificate.h"
#include "cosmic-seal.h"
#include "cosmic-share.h"
#include "fixture-random.h"
#include "vector-file.h"

static CosmicId
random_id (FixtureRandom *random)
{
  CosmicId id;

  dpop_random_fill (fixture_random_table (random), id.bytes, sizeof id.bytes);
  return id;
}

/* --- Checkpoints. ----------------------------------------------------------------------------- */

static void
write_checkpoint (VectorFile *file, const char *name, const CosmicCheckpoint *checkpoint)
{
  g_autoptr (GBytes) bytes = cosmic_checkpoint_encode (checkpoint);
  CosmicCheckpoint read;
  CosmicId id;

  g_assert_true (cosmic_checkpoint_decode (bytes, &read));
  cosmic_checkpoint_id (bytes, &id);
  vector_file_begin (file, name);
  vector_file_id (file, "party", &checkpoint->party);
  vector_file_id (file, "chain", &checkpoint->chain);
  vector_file_number (file, "height", checkpoint->height);
  vector_file_id (file, "previous", &checkpoint->previous);
  vector_file_number (file, "time", (guint64) checkpoint->time);
  vector_file_number (file, "rules_version", checkpoint->rules_version);
  vector_file_id (file, "state_root", &checkpoint->state_root);
  vector_file_id (file, "batch_root", &checkpoint->batch_root);
  vector_file_blob (file, "checkpoint", bytes);
  vector_file_id (file, "id", &id);
}

static CosmicCheckpoint
some_checkpoint (FixtureRandom *random)
{
  return (CosmicCheckpoint){ .party = random_id (random), .height = 1, .time = 1700000000000,
                             .rules_version = 1, .state_root = random_id (random),
                             .batch_root = random_id (random) };
}

static void
test_checkpoints (void)
{
  VectorFile *file = vector_file_new ("checkpoint");
  FixtureRandom random;
  CosmicCheckpoint checkpoint;

  fixture_random_init (&random, 5001);
  checkpoint = some_checkpoint (&random);
  write_checkpoint (file, "the first", &checkpoint);
  checkpoint.height = 2;
  checkpoint.previous = random_id (&random);
  write_checkpoint (file, "the second", &checkpoint);
  checkpoint.chain = random_id (&random);
  checkpoint.height = G_GUINT64_CONSTANT (0x123456789abcdef);
  checkpoint.time = G_MAXINT64;
  checkpoint.rules_version = G_MAXUINT32;
  write_checkpoint (file, "of tellers, large numbers", &checkpoint);
  vector_file_finish (file);
}

/* --- What they cover. ------------------------------------------------------------------------- */

static void
add_stream (CosmicBatchList *list, FixtureRandom *random, const CosmicId *id, guint operations)
{
  CosmicBatchStream *stream = cosmic_batch_list_add (list, id);

  stream->leaf = (CosmicStreamLeaf){ random_id (random), random_id (random), random_id (random),
                                     random_id (random), cosmic_id_zero };
  for (guint i = 0; i < operations; i++)
    {
      const CosmicId operation = random_id (random);

      g_array_append_val (stream->operations, operation);
    }
}

static GVariant *
stream_value (const CosmicBatchStream *stream)
{
  GVariant *fields[] = { cosmic_codec_new_id (&stream->stream),
                         cosmic_stream_leaf_encode (&stream->leaf),
                         cosmic_codec_new_ids (stream->operations) };

  return g_variant_new_tuple (fields, G_N_ELEMENTS (fields));
}

static void
write_list (VectorFile *file, const char *name, const CosmicBatchList *list)
{
  g_autoptr (GBytes) bytes = cosmic_batch_list_encode (list);
  g_autoptr (CosmicBatchList) read = cosmic_batch_list_decode (bytes);
  GVariantBuilder streams;
  CosmicId root;

  g_assert_nonnull (read);
  g_variant_builder_init (&streams, G_VARIANT_TYPE ("a(ay" COSMIC_STREAM_LEAF_TYPE "aay)"));
  for (guint i = 0; i < list->streams->len; i++)
    g_variant_builder_add_value (&streams, stream_value (list->streams->pdata[i]));
  cosmic_batch_list_root (list, &root);
  vector_file_begin (file, name);
  vector_file_variant (file, "streams", g_variant_builder_end (&streams));
  vector_file_blob (file, "list", bytes);
  vector_file_id (file, "root", &root);
}

static void
test_lists (void)
{
  VectorFile *file = vector_file_new ("batch-list");
  static const CosmicId second = { { 1 } }, third = { { 1, 1 } };
  g_autoptr (CosmicBatchList) list = cosmic_batch_list_new ();
  FixtureRandom random;

  fixture_random_init (&random, 5002);
  write_list (file, "nothing", list);
  add_stream (list, &random, &cosmic_id_zero, 3);
  write_list (file, "the authority stream", list);
  add_stream (list, &random, &second, 0);
  add_stream (list, &random, &third, 5);
  write_list (file, "three streams, one that only a deadline moved", list);
  vector_file_finish (file);
}

/* --- Certificates. ---------------------------------------------------------------------------- */

#define WITNESSES 4

static void
write_certificate (VectorFile *file, const char *name, const CosmicCheckpoint *checkpoint,
                   const CosmicSecret *const keys[WITNESSES], guint who, guint32 round,
                   const GArray *witnesses, guint f)
{
  g_autoptr (GBytes) bytes = cosmic_checkpoint_encode (checkpoint);
  g_autoptr (GBytes) encoded = NULL;
  g_autoptr (CosmicCertificate) certificate = NULL;
  CosmicId id;

  cosmic_checkpoint_id (bytes, &id);
  certificate = cosmic_certificate_new (&id, round);
  for (guint i = 0; i < WITNESSES; i++)
    {
      CosmicPrecommit precommit;

      if ((who & 1U << i) == 0)
        continue;
      cosmic_precommit_sign (checkpoint, &id, round, keys[i], &precommit);
      g_assert_true (cosmic_certificate_add (certificate, &precommit));
    }
  encoded = cosmic_certificate_encode (certificate);
  vector_file_begin (file, name);
  vector_file_blob (file, "checkpoint", bytes);
  vector_file_number (file, "f", f);
  vector_file_variant (file, "witnesses", cosmic_codec_new_ids (witnesses));
  vector_file_number (file, "round", round);
  vector_file_blob (file, "certificate", encoded);
  vector_file_flag (file, "holds", cosmic_certificate_holds (certificate, checkpoint, &id,
                                                             witnesses, f));
}

static void
test_certificates (void)
{
  VectorFile *file = vector_file_new ("certificate");
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  g_autoptr (GArray) one = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  CosmicSecret *keys[WITNESSES];
  const CosmicSecret *const *read = (const CosmicSecret *const *) keys;
  FixtureRandom random;
  CosmicCheckpoint checkpoint;

  fixture_random_init (&random, 5003);
  checkpoint = some_checkpoint (&random);
  for (guint i = 0; i < WITNESSES; i++)
    {
      CosmicId key;

      keys[i] = cosmic_sign_key_new (fixture_random_table (&random), key.bytes);
      g_array_append_val (all, key);
    }
  g_array_append_val (one, g_array_index (all, CosmicId, 2));
  g_array_sort (all, cosmic_id_order);
  write_certificate (file, "a lone witness", &checkpoint, read, 4, 0, one, 0);
  write_certificate (file, "a stranger alone", &checkpoint, read, 1, 0, one, 0);
  checkpoint.height = 77;
  checkpoint.chain = random_id (&random);
  write_certificate (file, "three of four, the third round", &checkpoint, read, 13, 3, all, 1);
  write_certificate (file, "another three", &checkpoint, read, 7, 3, all, 1);
  write_certificate (file, "two of four", &checkpoint, read, 6, 3, all, 1);
  write_certificate (file, "all of four, but two may be faulty", &checkpoint, read, 15, 3, all, 2);
  write_certificate (file, "nobody", &checkpoint, read, 0, 3, all, 1);
  for (guint i = 0; i < WITNESSES; i++)
    cosmic_secret_free (keys[i]);
  vector_file_finish (file);
}

/* --- Shares of keys. -------------------------------------------------------------------------- */

static CosmicScopeKey *
random_key (FixtureRandom *random)
{
  CosmicId bytes = random_id (random);

  return cosmic_scope_key_new (bytes.bytes);
}

static void
write_key (VectorFile *file, const char *field, const CosmicScopeKey *key)
{
  vector_file_bytes (file, field, key != NULL ? cosmic_scope_key_bytes (key) : NULL,
                     key != NULL ? 32 : 0);
}

static void
write_share (VectorFile *file, const char *name, FixtureRandom *random, const CosmicShare *share)
{
  CosmicId party = random_id (random), seal, id;
  g_autoptr (CosmicSecret) key = cosmic_seal_key_new (fixture_random_table (random), seal.bytes);
  g_autoptr (GBytes) envelope = NULL;

  envelope = cosmic_share_seal (share, &party, &seal, fixture_random_table (random));
  cosmic_envelope_id (envelope, &id);
  vector_file_begin (file, name);
  vector_file_id (file, "party", &party);
  vector_file_bytes (file, "secret", cosmic_secret_bytes (key), 32);
  vector_file_id (file, "scope", &share->scope);
  vector_file_number (file, "epoch", share->epoch);
  write_key (file, "body", share->body);
  write_key (file, "personal", share->personal);
  vector_file_blob (file, "envelope", envelope);
  vector_file_id (file, "id", &id);
}

static void
test_shares (void)
{
  VectorFile *file = vector_file_new ("share");
  g_autoptr (CosmicScopeKey) body = NULL, personal = NULL;
  FixtureRandom random;
  CosmicShare share = { .epoch = 0 };

  fixture_random_init (&random, 5004);
  share.body = body = random_key (&random);
  share.personal = personal = random_key (&random);
  write_share (file, "the party's keys", &random, &share);
  share.scope = random_id (&random);
  share.epoch = 70000;
  share.personal = NULL;
  write_share (file, "the body key of a unit", &random, &share);
  share.body = NULL;
  share.personal = personal;
  write_share (file, "the personal key of a unit", &random, &share);
  vector_file_finish (file);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (cosmic_crypto_init ());
  g_test_add_func ("/vectors/Checkpoints", test_checkpoints);
  g_test_add_func ("/vectors/What checkpoints cover", test_lists);
  g_test_add_func ("/vectors/Certificates", test_certificates);
  g_test_add_func ("/vectors/Shares of keys", test_shares);
  return g_test_run ();
}
