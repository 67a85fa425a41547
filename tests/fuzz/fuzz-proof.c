/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-proof.h"
#include "cosmic-secret.h"
#include "cosmic-trie.h"
#include "fixture-random.h"
#include "fuzz.h"

#include <string.h>

/* Input: root, stream, a byte for the size of the key, the key, a byte for the size of the value,
 * the value, the proof. What holds is a seed, byte for byte. */

#define SEEDS 4

static CosmicId
random_id (FixtureRandom *random)
{
  CosmicId id;

  dpop_random_fill (fixture_random_table (random), id.bytes, sizeof id.bytes);
  return id;
}

static void
add_leaf (GArray *leaves, gconstpointer key, gsize key_size, GBytes *value)
{
  CosmicTrieLeaf leaf = cosmic_trie_leaf (key, key_size, g_bytes_get_data (value, NULL),
                                          g_bytes_get_size (value));

  g_array_append_val (leaves, leaf);
}

static void
append_sized (GByteArray *input, gconstpointer bytes, gsize size)
{
  guint8 small = (guint8) size;

  g_byte_array_append (input, &small, 1);
  g_byte_array_append (input, bytes, (guint) size);
}

/* The last of 2^N - 1 exports of the last of N + 1 streams. */
static GBytes *
make_seed (guint n)
{
  g_autoptr (GArray) exports = g_array_new (FALSE, FALSE, sizeof (CosmicTrieLeaf));
  g_autoptr (GArray) streams = g_array_new (FALSE, FALSE, sizeof (CosmicTrieLeaf));
  g_autoptr (GArray) export_path = NULL;
  g_autoptr (GArray) stream_path = NULL;
  g_autoptr (GBytes) value = g_bytes_new_static ("outcome", 7);
  g_autoptr (GBytes) proof = NULL;
  GByteArray *input;
  CosmicStreamLeaf leaf = { 0 };
  CosmicId root, stream = { { 0 } }, place;
  CosmicKey key = { .size = 0 };
  FixtureRandom random;

  g_assert_true (cosmic_crypto_init ());
  fixture_random_init (&random, n);
  for (guint i = 0; i < 1U << n; i++)
    {
      key = cosmic_key_number (0x50, NULL, i);
      add_leaf (exports, key.bytes, key.size, value);
    }
  place = g_array_index (exports, CosmicTrieLeaf, exports->len - 1).path;
  export_path = cosmic_trie_prove (exports, &place);
  cosmic_trie_root (exports, &leaf.exports);
  for (guint i = 0; i <= n; i++)
    {
      g_autoptr (GBytes) bytes = NULL;

      stream = random_id (&random);
      leaf.state = random_id (&random);
      bytes = cosmic_codec_encode (cosmic_stream_leaf_encode (&leaf));
      add_leaf (streams, stream.bytes, COSMIC_ID_SIZE, bytes);
    }
  place = g_array_index (streams, CosmicTrieLeaf, streams->len - 1).path;
  stream_path = cosmic_trie_prove (streams, &place);
  cosmic_trie_root (streams, &root);
  proof = cosmic_proof_new (&leaf, stream_path, export_path);

  input = g_byte_array_new ();
  g_byte_array_append (input, root.bytes, COSMIC_ID_SIZE);
  g_byte_array_append (input, stream.bytes, COSMIC_ID_SIZE);
  append_sized (input, key.bytes, key.size);
  append_sized (input, g_bytes_get_data (value, NULL), g_bytes_get_size (value));
  g_byte_array_append (input, g_bytes_get_data (proof, NULL), (guint) g_bytes_get_size (proof));
  return g_byte_array_free_to_bytes (input);
}

GBytes *
fuzz_seed (guint n)
{
  static GBytes *seeds[SEEDS];

  if (n >= SEEDS)
    return NULL;
  if (seeds[n] == NULL)
    seeds[n] = make_seed (n);
  return g_bytes_ref (seeds[n]);
}

/* Whether the input begins with the root that the seed N is for. */
static gboolean
has_root_of (guint n, const uint8_t *data)
{
  g_autoptr (GBytes) seed = fuzz_seed (n);

  return memcmp (g_bytes_get_data (seed, NULL), data, COSMIC_ID_SIZE) == 0;
}

static gboolean
is_seed (guint n, const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) seed = fuzz_seed (n);

  return g_bytes_get_size (seed) == size
         && memcmp (g_bytes_get_data (seed, NULL), data, size) == 0;
}

/* Under the root of a seed that seed holds, and nothing else. Under any other root something may:
 * the fuzzer sees what a root is compared with, and can put it there. */
static void
check_verdict (gboolean holds, const uint8_t *data, size_t size)
{
  for (guint i = 0; i < SEEDS; i++)
    if (has_root_of (i, data))
      g_assert_cmpint (holds, ==, is_seed (i, data, size));
}

/* Takes SIZE bytes off the front of the input. */
static const uint8_t *
take (const uint8_t **data, size_t *left, size_t size)
{
  const uint8_t *taken = *data;

  if (*left < size)
    return NULL;
  *data += size;
  *left -= size;
  return taken;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const uint8_t *at = data, *ids, *length, *bytes;
  size_t left = size;
  CosmicId root, stream;
  CosmicKey key = { .size = 0 };
  g_autoptr (GBytes) value = NULL;
  g_autoptr (GBytes) proof = NULL;

  g_assert_true (cosmic_crypto_init ());
  if ((ids = take (&at, &left, 2 * COSMIC_ID_SIZE)) == NULL
      || (length = take (&at, &left, 1)) == NULL || *length > COSMIC_KEY_SIZE_MAX
      || (bytes = take (&at, &left, *length)) == NULL)
    return 0;
  memcpy (root.bytes, ids, COSMIC_ID_SIZE);
  memcpy (stream.bytes, ids + COSMIC_ID_SIZE, COSMIC_ID_SIZE);
  key.size = *length;
  memcpy (key.bytes, bytes, *length);
  if ((length = take (&at, &left, 1)) == NULL || (bytes = take (&at, &left, *length)) == NULL)
    return 0;
  value = g_bytes_new (bytes, *length);
  proof = g_bytes_new (at, left);
  check_verdict (cosmic_proof_check (proof, &root, &stream, &key, value), data, size);
  return 0;
}
