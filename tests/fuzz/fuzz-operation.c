/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-operation.h"
#include "fixture-random.h"
#include "fuzz.h"

#include <string.h>

/* Input: a header item. What parses is the one encoding of what it says; what verifies is a seed,
 * byte for byte. */

#define SEEDS  5
#define AUTHOR 65 /* where the author's key stands: behind version, party and stream */

static CosmicSecret *
signer (void)
{
  static CosmicSecret *key;
  guint8 public_key[32];
  FixtureRandom random;

  if (key == NULL)
    {
      g_assert_true (cosmic_crypto_init ());
      fixture_random_init (&random, 1);
      key = cosmic_sign_key_new (fixture_random_table (&random), public_key);
    }
  return key;
}

static GBytes *
make_seed (guint n)
{
  CosmicHeader header = { .kind = (guint16) n, .n_parents = n * 4 };
  g_autoptr (CosmicOperation) operation = NULL;
  FixtureRandom random;

  fixture_random_init (&random, n);
  dpop_random_fill (fixture_random_table (&random), &header.party, 2 * sizeof (CosmicId));
  dpop_random_fill (fixture_random_table (&random), &header.base, sizeof header.base);
  header.seq = n;
  header.previous.bytes[0] = (guint8) n;
  for (guint i = 0; i < header.n_parents; i++)
    header.parents[i].bytes[0] = (guint8) i;
  header.body = (CosmicPartRef){ n & 1, { { 3 } }, 32 + n, { { 4 } } };
  header.personal = (CosmicPartRef){ n & 2, { { 5 } }, COSMIC_PART_SIZE_MAX, { { 6 } } };
  operation = cosmic_operation_sign (&header, signer ());
  return g_bytes_ref (operation->item);
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

static gboolean
is_seed (GBytes *item)
{
  for (guint i = 0; i < SEEDS; i++)
    {
      g_autoptr (GBytes) seed = fuzz_seed (i);

      if (g_bytes_equal (seed, item))
        return TRUE;
    }
  return FALSE;
}

/* The header, made anew from what was read of it, is what was read, but for its author. */
static void
check_one_encoding (const CosmicOperation *operation, const uint8_t *data, size_t size)
{
  g_autoptr (CosmicOperation) again = cosmic_operation_sign (&operation->header, signer ());
  gsize again_size;
  const guint8 *bytes = g_bytes_get_data (again->item, &again_size);

  g_assert_cmpuint (again_size, ==, size);
  g_assert_cmpmem (bytes, AUTHOR, data, AUTHOR);
  g_assert_cmpmem (bytes + AUTHOR + 32, size - 64 - AUTHOR - 32, data + AUTHOR + 32,
                   size - 64 - AUTHOR - 32);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) item = g_bytes_new (data, size);
  g_autoptr (CosmicOperation) operation = cosmic_operation_parse (item);

  if (operation == NULL)
    {
      g_assert_false (is_seed (item));
      return 0;
    }
  g_assert_cmpuint (operation->header.n_parents, <=, COSMIC_OPERATION_PARENTS_MAX);
  g_assert_cmpint (cosmic_operation_verify (operation), ==, is_seed (item));
  check_one_encoding (operation, data, size);
  return 0;
}
