/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-merkle.h"
#include "cosmic-proof.h"
#include "cosmic-secret.h"
#include "cosmic-trie.h"
#include "fixture-random.h"
#include "vector-file.h"

static CosmicId
random_id (FixtureRandom *random)
{
  CosmicId id;

  dpop_random_fill (fixture_random_table (random), id.bytes, sizeof id.bytes);
  return id;
}

static const guint counts[] = { 0, 1, 2, 3, 7, 20 };

static void
test_tries (void)
{
  VectorFile *file = vector_file_new ("trie");
  FixtureRandom random;

  fixture_random_init (&random, 3001);
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autoptr (GArray) leaves = g_array_new (FALSE, FALSE, sizeof (CosmicTrieLeaf));
      g_autoptr (GArray) paths = g_array_new (FALSE, FALSE, sizeof (CosmicId));
      g_autofree char *name = g_strdup_printf ("%u entries", counts[i]);
      GVariantBuilder entries, proofs;
      CosmicId root;

      g_variant_builder_init (&entries, G_VARIANT_TYPE ("a(ayay)"));
      g_variant_builder_init (&proofs, G_VARIANT_TYPE ("aaay"));
      for (guint n = 0; n < counts[i]; n++)
        {
          CosmicId key = random_id (&random), value = random_id (&random);
          gsize key_size = 1 + n % 32, value_size = (n * 5) % 33;
          GVariant *fields[] = { cosmic_codec_new_bytes (key.bytes, key_size),
                                 cosmic_codec_new_bytes (value.bytes, value_size) };
          CosmicTrieLeaf leaf = cosmic_trie_leaf (key.bytes, key_size, value.bytes, value_size);

          g_variant_builder_add_value (&entries, g_variant_new_tuple (fields, 2));
          g_array_append_val (leaves, leaf);
          g_array_append_val (paths, leaf.path);
        }
      for (guint n = 0; n < counts[i]; n++)
        {
          g_autoptr (GArray) proof
              = cosmic_trie_prove (leaves, &g_array_index (paths, CosmicId, n));

          g_variant_builder_add_value (&proofs, cosmic_codec_new_ids (proof));
        }
      cosmic_trie_root (leaves, &root);
      vector_file_begin (file, name);
      vector_file_variant (file, "entries", g_variant_builder_end (&entries));
      vector_file_id (file, "root", &root);
      vector_file_variant (file, "proofs", g_variant_builder_end (&proofs));
    }
  vector_file_finish (file);
}

static void
test_merkle_trees (void)
{
  VectorFile *file = vector_file_new ("merkle");
  FixtureRandom random;

  fixture_random_init (&random, 3002);
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (CosmicId));
      g_autofree char *name = g_strdup_printf ("%u ids", counts[i]);
      g_autoptr (GBytes) stored = NULL;
      CosmicMerkle tree = { 0 };
      GVariantBuilder paths;
      CosmicId root;

      g_variant_builder_init (&paths, G_VARIANT_TYPE ("aaay"));
      for (guint n = 0; n < counts[i]; n++)
        {
          CosmicId id = random_id (&random);

          g_array_append_val (ids, id);
          cosmic_merkle_append (&tree, &id);
        }
      for (guint n = 0; n < counts[i]; n++)
        {
          g_autoptr (GArray) path = cosmic_merkle_prove (ids, n);

          g_variant_builder_add_value (&paths, cosmic_codec_new_ids (path));
        }
      cosmic_merkle_root (&tree, &root);
      stored = cosmic_codec_encode (cosmic_merkle_encode (&tree));
      vector_file_begin (file, name);
      vector_file_variant (file, "ids", cosmic_codec_new_ids (ids));
      vector_file_id (file, "root", &root);
      vector_file_blob (file, "stored", stored);
      vector_file_variant (file, "paths", g_variant_builder_end (&paths));
    }
  vector_file_finish (file);
}

/* --- Exports and their proofs. -------------------------------------------------------------- */

typedef struct
{
  CosmicId stream;
  CosmicStreamLeaf leaf;
  CosmicKey key;
  GBytes *value;
  GBytes *proof;
  CosmicId root;
} Export;

static void
add_leaf (GArray *leaves, gconstpointer key, gsize key_size, GBytes *value)
{
  CosmicTrieLeaf leaf = cosmic_trie_leaf (key, key_size, g_bytes_get_data (value, NULL),
                                          g_bytes_get_size (value));

  g_array_append_val (leaves, leaf);
}

static void
make_export (FixtureRandom *random, guint n_exports, guint n_streams, Export *out)
{
  g_autoptr (GArray) exports = g_array_new (FALSE, FALSE, sizeof (CosmicTrieLeaf));
  g_autoptr (GArray) streams = g_array_new (FALSE, FALSE, sizeof (CosmicTrieLeaf));
  g_autoptr (GArray) export_path = NULL;
  g_autoptr (GArray) stream_path = NULL;
  CosmicId export_place, stream_place;

  for (guint i = 0; i < n_exports; i++)
    {
      CosmicId subject = random_id (random);
      CosmicKey key = cosmic_key_number (0x50, &subject, i);
      g_autoptr (GBytes) value = cosmic_codec_encode (g_variant_new_uint32 (i));

      add_leaf (exports, key.bytes, key.size, value);
      out->key = key;
      g_clear_pointer (&out->value, g_bytes_unref);
      out->value = g_bytes_ref (value);
    }
  export_place = g_array_index (exports, CosmicTrieLeaf, exports->len - 1).path;
  export_path = cosmic_trie_prove (exports, &export_place);
  for (guint i = 0; i < n_streams; i++)
    {
      g_autoptr (GBytes) value = NULL;

      out->stream = random_id (random);
      out->leaf = (CosmicStreamLeaf){ random_id (random), random_id (random), random_id (random),
                                      random_id (random), random_id (random) };
      cosmic_trie_root (exports, &out->leaf.exports);
      value = cosmic_codec_encode (cosmic_stream_leaf_encode (&out->leaf));
      add_leaf (streams, out->stream.bytes, COSMIC_ID_SIZE, value);
    }
  stream_place = g_array_index (streams, CosmicTrieLeaf, streams->len - 1).path;
  stream_path = cosmic_trie_prove (streams, &stream_place);
  cosmic_trie_root (streams, &out->root);
  out->proof = cosmic_proof_new (&out->leaf, stream_path, export_path);
}

static void
write_export (VectorFile *file, const char *name, const Export *export)
{
  g_autoptr (GBytes) leaf = cosmic_codec_encode (cosmic_stream_leaf_encode (&export->leaf));

  vector_file_begin (file, name);
  vector_file_flag (file, "holds",
                    cosmic_proof_check (export->proof, &export->root, &export->stream,
                                        &export->key, export->value));
  vector_file_id (file, "stream", &export->stream);
  vector_file_id (file, "frontier", &export->leaf.frontier);
  vector_file_id (file, "ids", &export->leaf.ids);
  vector_file_id (file, "state", &export->leaf.state);
  vector_file_id (file, "exports", &export->leaf.exports);
  vector_file_id (file, "chain", &export->leaf.chain);
  vector_file_blob (file, "leaf", leaf);
  vector_file_bytes (file, "key", export->key.bytes, export->key.size);
  vector_file_blob (file, "value", export->value);
  vector_file_id (file, "root", &export->root);
  vector_file_blob (file, "proof", export->proof);
}

static void
test_proofs (void)
{
  VectorFile *file = vector_file_new ("proof");
  FixtureRandom random;
  static const guint sizes[][2] = { { 1, 1 }, { 3, 1 }, { 1, 4 }, { 9, 12 } };

  fixture_random_init (&random, 3003);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      Export export = { 0 };
      g_autofree char *name = g_strdup_printf ("%u exports, %u streams", sizes[i][0], sizes[i][1]);

      make_export (&random, sizes[i][0], sizes[i][1], &export);
      write_export (file, name, &export);
      export.root.bytes[0] ^= 1;
      write_export (file, "another root", &export);
      export.root.bytes[0] ^= 1;
      export.key.bytes[export.key.size - 1] ^= 1;
      write_export (file, "another key", &export);
      g_bytes_unref (export.value);
      g_bytes_unref (export.proof);
    }
  vector_file_finish (file);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (cosmic_crypto_init ());
  g_test_add_func ("/vectors/The state tree is what it was", test_tries);
  g_test_add_func ("/vectors/Lists of ids have the roots they had", test_merkle_trees);
  g_test_add_func ("/vectors/Exports are proved as they were", test_proofs);
  return g_test_run ();
}
