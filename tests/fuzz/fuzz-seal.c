/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-seal.h"
#include "fixture-random.h"
#include "fuzz.h"

#include <string.h>

/* Input: the size of the label in one byte, the label, the sealed message. Nobody but the sealer
 * makes a message that opens: what opens is a seed, byte for byte. */

#define SEEDS 4

static const CosmicSecret *
recipient (guint8 public_key[COSMIC_SEAL_PUBLIC_SIZE])
{
  static CosmicSecret *key;
  FixtureRandom random;

  if (key == NULL)
    {
      g_assert_true (cosmic_crypto_init ());
      fixture_random_init (&random, 1);
      key = cosmic_seal_key_new (fixture_random_table (&random), public_key);
    }
  cosmic_seal_public (key, public_key);
  return key;
}

GBytes *
fuzz_seed (guint n)
{
  static const gsize sizes[SEEDS] = { 0, 1, 32, 700 };
  guint8 public_key[COSMIC_SEAL_PUBLIC_SIZE], plain[700] = { 0 };
  guint8 *bytes;
  FixtureRandom random;

  if (n >= SEEDS)
    return NULL;
  recipient (public_key);
  fixture_random_init (&random, n);
  bytes = g_malloc (1 + n + sizes[n] + COSMIC_SEAL_OVERHEAD);
  bytes[0] = (guint8) n;
  memcpy (bytes + 1, "share", n);
  g_assert_true (cosmic_seal (public_key, fixture_random_table (&random), bytes + 1, n,
                              plain, sizes[n], bytes + 1 + n));
  return g_bytes_new_take (bytes, 1 + n + sizes[n] + COSMIC_SEAL_OVERHEAD);
}

static gboolean
is_seed (const uint8_t *data, size_t size)
{
  static GBytes *seeds[SEEDS];

  for (guint i = 0; i < SEEDS; i++)
    {
      if (seeds[i] == NULL)
        seeds[i] = fuzz_seed (i);
      if (g_bytes_get_size (seeds[i]) == size
          && memcmp (g_bytes_get_data (seeds[i], NULL), data, size) == 0)
        return TRUE;
    }
  return FALSE;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  guint8 public_key[COSMIC_SEAL_PUBLIC_SIZE];
  const CosmicSecret *key = recipient (public_key);
  gsize label_size = size > 0 ? data[0] : 0;
  gsize sealed_size;
  g_autofree guint8 *plain = NULL;
  gboolean opens;

  if (size < 1 + label_size)
    return 0;
  sealed_size = size - 1 - label_size;
  plain = g_malloc (MAX (sealed_size, 1));
  opens = cosmic_unseal (key, data + 1, label_size, data + 1 + label_size, sealed_size, plain);
  g_assert_cmpint (opens, ==, is_seed (data, size));
  return 0;
}
