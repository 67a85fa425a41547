/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-proof.h"
#include "cosmic-secret.h"
#include "cosmic-trie.h"
#include "fixture-random.h"

/* A party's map of streams, one of which exports some values. */
typedef struct
{
  CosmicId root;
  CosmicId stream;
  CosmicKey key;
  GBytes *value;
  GBytes *proof;
  CosmicStreamLeaf leaf;
  GArray *stream_path;
  GArray *export_path;
} World;

static CosmicId
random_id (FixtureRandom *random)
{
  CosmicId id;

  dpop_random_fill (fixture_random_table (random), id.bytes, sizeof id.bytes);
  return id;
}

static GArray *
new_leaves (void)
{
  return g_array_new (FALSE, FALSE, sizeof (CosmicTrieLeaf));
}

static CosmicTrieLeaf
leaf_of (const CosmicId *stream, const CosmicStreamLeaf *leaf)
{
  g_autoptr (GBytes) bytes = cosmic_codec_encode (cosmic_stream_leaf_encode (leaf));

  return cosmic_trie_leaf (stream->bytes, 32, g_bytes_get_data (bytes, NULL),
                           g_bytes_get_size (bytes));
}

static void
world_init (World *self, guint64 seed, guint n_streams, guint n_exports)
{
  FixtureRandom random;
  g_autoptr (GArray) exports = new_leaves ();
  g_autoptr (GArray) streams = new_leaves ();
  CosmicTrieLeaf own = { { { 0 } }, { { 0 } } };

  fixture_random_init (&random, seed);
  self->key = cosmic_key_number (0x50, NULL, 7);
  self->value = g_bytes_new_static ("outcome", 7);
  own = cosmic_trie_leaf (self->key.bytes, self->key.size, "outcome", 7);
  g_array_append_val (exports, own);
  for (guint i = 1; i < n_exports; i++)
    {
      CosmicKey key = cosmic_key_number (0x50, NULL, 7 + i);
      CosmicTrieLeaf leaf = cosmic_trie_leaf (key.bytes, key.size, &i, sizeof i);

      g_array_append_val (exports, leaf);
    }
  self->export_path = cosmic_trie_prove (exports, &own.path);
  self->stream = random_id (&random);
  self->leaf = (CosmicStreamLeaf){ .frontier = random_id (&random), .ids = random_id (&random),
                                   .state = random_id (&random) };
  cosmic_trie_root (exports, &self->leaf.exports);
  own = leaf_of (&self->stream, &self->leaf);
  g_array_append_val (streams, own);
  for (guint i = 1; i < n_streams; i++)
    {
      CosmicStreamLeaf other = { .frontier = random_id (&random) };
      CosmicId id = random_id (&random);
      CosmicTrieLeaf leaf = leaf_of (&id, &other);

      g_array_append_val (streams, leaf);
    }
  self->stream_path = cosmic_trie_prove (streams, &own.path);
  cosmic_trie_root (streams, &self->root);
  self->proof = cosmic_proof_new (&self->leaf, self->stream_path, self->export_path);
}

static void
world_clear (World *self)
{
  g_bytes_unref (self->value);
  g_bytes_unref (self->proof);
  g_array_unref (self->stream_path);
  g_array_unref (self->export_path);
}

static gboolean
holds (const World *self)
{
  return cosmic_proof_check (self->proof, &self->root, &self->stream, &self->key, self->value);
}

static void
test_an_export_is_proved (void)
{
  for (guint streams = 1; streams < 40; streams += 6)
    for (guint exports = 1; exports < 20; exports += 3)
      {
        World world;

        world_init (&world, streams, streams, exports);
        g_assert_true (holds (&world));
        world_clear (&world);
      }
}

static void
test_nothing_else_is_proved (void)
{
  World world, other;
  CosmicKey key;
  g_autoptr (GBytes) value = g_bytes_new_static ("outcomf", 7);
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);

  world_init (&world, 80, 9, 5);
  world_init (&other, 81, 9, 5);
  key = world.key;
  key.bytes[key.size - 1] ^= 1;
  g_assert_false (
      cosmic_proof_check (world.proof, &other.root, &world.stream, &world.key, world.value));
  g_assert_false (
      cosmic_proof_check (world.proof, &world.root, &other.stream, &world.key, world.value));
  g_assert_false (cosmic_proof_check (world.proof, &world.root, &world.stream, &key, world.value));
  g_assert_false (
      cosmic_proof_check (world.proof, &world.root, &world.stream, &world.key, value));
  g_assert_false (
      cosmic_proof_check (world.proof, &world.root, &world.stream, &world.key, empty));
  g_assert_false (cosmic_proof_check (empty, &world.root, &world.stream, &world.key, world.value));
  g_assert_false (
      cosmic_proof_check (other.proof, &world.root, &world.stream, &world.key, world.value));
  world_clear (&world);
  world_clear (&other);
}

static void
test_no_altered_byte_of_a_proof_holds (void)
{
  World world;
  g_autofree guint8 *copy = NULL;
  gsize size;
  GBytes *whole;

  world_init (&world, 82, 20, 9);
  whole = world.proof;
  copy = g_memdup2 (g_bytes_get_data (whole, &size), g_bytes_get_size (whole));
  for (gsize at = 0; at < size; at++)
    for (guint bit = 0; bit < 8; bit++)
      {
        copy[at] ^= (guint8) (1 << bit);
        world.proof = g_bytes_new (copy, size);
        g_assert_false (holds (&world));
        g_bytes_unref (world.proof);
        copy[at] ^= (guint8) (1 << bit);
      }
  for (gsize cut = 0; cut < size; cut++)
    {
      world.proof = g_bytes_new (copy, cut);
      g_assert_false (holds (&world));
      g_bytes_unref (world.proof);
    }
  world.proof = whole;
  g_assert_true (holds (&world));
  world_clear (&world);
}

static void
test_paths_are_bounded (void)
{
  World world;
  GBytes *whole;

  world_init (&world, 83, 1, 1);
  whole = world.proof;
  g_assert_true (holds (&world));
  g_array_set_size (world.stream_path, 300);
  world.proof = cosmic_proof_new (&world.leaf, world.stream_path, world.export_path);
  g_assert_false (holds (&world));
  g_bytes_unref (whole);
  world_clear (&world);
}

static void
test_leaves_keep_their_fields (void)
{
  FixtureRandom random;
  CosmicStreamLeaf leaf, back;
  g_autoptr (GVariant) value = NULL;
  GVariant *fields[5];
  g_autoptr (GVariant) shorter = NULL;

  fixture_random_init (&random, 84);
  leaf = (CosmicStreamLeaf){ random_id (&random), random_id (&random), random_id (&random),
                             random_id (&random), random_id (&random) };
  value = g_variant_ref_sink (cosmic_stream_leaf_encode (&leaf));
  g_assert_cmpstr (g_variant_get_type_string (value), ==, COSMIC_STREAM_LEAF_TYPE);
  g_assert_true (cosmic_stream_leaf_decode (value, &back));
  g_assert_cmpmem (&back, sizeof back, &leaf, sizeof leaf);
  for (guint i = 0; i < 5; i++)
    fields[i] = cosmic_codec_new_bytes (&leaf, i == 3 ? 31 : 32);
  shorter = g_variant_ref_sink (g_variant_new_tuple (fields, 5));
  g_assert_false (cosmic_stream_leaf_decode (shorter, &back));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (cosmic_crypto_init ());
  g_test_add_func ("/proof/An export is proved", test_an_export_is_proved);
  g_test_add_func ("/proof/Nothing else is proved", test_nothing_else_is_proved);
  g_test_add_func ("/proof/No altered byte of a proof holds",
                   test_no_altered_byte_of_a_proof_holds);
  g_test_add_func ("/proof/Paths are bounded", test_paths_are_bounded);
  g_test_add_func ("/proof/Leaves keep their fields", test_leaves_keep_their_fields);
  return g_test_run ();
}
