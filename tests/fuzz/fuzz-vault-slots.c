/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-hash.h"
#include "dpop-vault-slots.h"
#include "fixture-random.h"
#include "fuzz.h"

#include <string.h>

/* Input: a byte, then the key file of a vault. An odd byte: the file's checksum is made right
 * first, so that what stands behind it is reached. Nobody makes a file that opens but who knows the
 * root key: what opens is a seed. */

#define SEEDS 3

static const char *const words[SEEDS] = { "p", "passphrase", "a much longer sentence" };

static DpopVaultSlots *
make (guint n, CosmicSecret **root)
{
  g_autoptr (CosmicSecret) passphrase = cosmic_secret_copy (words[n], strlen (words[n]));
  FixtureRandom random;
  DpopVaultSlots *slots;

  g_assert_true (cosmic_crypto_init ());
  fixture_random_init (&random, n);
  slots = dpop_vault_slots_new (passphrase, COSMIC_PASSWORD_COST_TEST, n + 1,
                                fixture_random_table (&random), root, NULL);
  g_assert_nonnull (slots);
  return slots;
}

GBytes *
fuzz_seed (guint n)
{
  g_autoptr (CosmicSecret) root = NULL;
  g_autoptr (DpopVaultSlots) slots = NULL;
  g_autoptr (GBytes) file = NULL;
  gsize size;
  guint8 *bytes;

  if (n >= 2 * SEEDS)
    return NULL;
  slots = make (n / 2, &root);
  file = dpop_vault_slots_encode (slots, root);
  size = g_bytes_get_size (file);
  bytes = g_malloc (1 + size);
  bytes[0] = n % 2;
  memcpy (bytes + 1, g_bytes_get_data (file, NULL), size);
  return g_bytes_new_take (bytes, 1 + size);
}

static gboolean
is_seed (GBytes *file)
{
  gsize size;
  gconstpointer bytes = g_bytes_get_data (file, &size);

  for (guint i = 0; i < SEEDS; i++)
    {
      g_autoptr (GBytes) seed = fuzz_seed (2 * i);

      if (g_bytes_get_size (seed) == 1 + size
          && memcmp ((const guint8 *) g_bytes_get_data (seed, NULL) + 1, bytes, size) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
try_to_open (DpopVaultSlots *slots, GBytes *file)
{
  CosmicPasswordCost cost = dpop_vault_slots_cost (slots);

  g_assert_true (cosmic_password_cost_is_bounded (cost));
  if (cost.passes > 4 || cost.memory > 64)
    return; /* right, but slow */
  for (guint i = 0; i < SEEDS; i++)
    {
      g_autoptr (CosmicSecret) passphrase = cosmic_secret_copy (words[i], strlen (words[i]));
      g_autoptr (CosmicSecret) root = dpop_vault_slots_unlock (slots, passphrase, NULL);
      g_autoptr (GBytes) again = NULL;

      if (root == NULL)
        continue;
      g_assert_true (is_seed (file));
      again = dpop_vault_slots_encode (slots, root);
      g_assert_true (g_bytes_equal (again, file));
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree guint8 *copy = NULL;
  g_autoptr (GBytes) file = NULL;
  g_autoptr (DpopVaultSlots) slots = NULL;

  g_assert_true (cosmic_crypto_init ());
  if (size < 1)
    return 0;
  copy = g_memdup2 (data + 1, size - 1);
  if (data[0] % 2 != 0 && size - 1 >= COSMIC_HASH_SIZE)
    cosmic_hash (copy, size - 1 - COSMIC_HASH_SIZE, copy + size - 1 - COSMIC_HASH_SIZE);
  file = g_bytes_new (copy, size - 1);
  slots = dpop_vault_slots_parse (file, NULL);
  if (slots != NULL)
    try_to_open (slots, file);
  return 0;
}
