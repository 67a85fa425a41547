/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-certificate.h"
#include "fixture-random.h"
#include "fuzz.h"

/* Input: a certificate. What is read is written again byte for byte, and it certifies the one
 * checkpoint that three of these four witnesses signed only where it has three of their
 * signatures. */

#define WITNESSES 4
#define SEEDS     3

static const CosmicCheckpoint checkpoint = { .party = { { 1 } }, .height = 9, .time = 5,
                                             .rules_version = 1 };
static CosmicId checkpoint_id;
static CosmicPrecommit signed_by[WITNESSES];
static GArray *witnesses;

static void
prepare (void)
{
  g_autoptr (GBytes) bytes = NULL;
  FixtureRandom random;

  if (witnesses != NULL)
    return;
  g_assert_true (cosmic_crypto_init ());
  fixture_random_init (&random, 1);
  bytes = cosmic_checkpoint_encode (&checkpoint);
  cosmic_checkpoint_id (bytes, &checkpoint_id);
  witnesses = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  for (guint i = 0; i < WITNESSES; i++)
    {
      CosmicId key;
      g_autoptr (CosmicSecret) secret
          = cosmic_sign_key_new (fixture_random_table (&random), key.bytes);

      g_array_append_val (witnesses, key);
      cosmic_precommit_sign (&checkpoint, &checkpoint_id, 0, secret, &signed_by[i]);
    }
  g_array_sort (witnesses, cosmic_id_order);
}

/* Seed 0 has no signer, seed 1 two, seed 2 all four. */
GBytes *
fuzz_seed (guint n)
{
  g_autoptr (CosmicCertificate) made = NULL;

  prepare ();
  if (n >= SEEDS)
    return NULL;
  made = cosmic_certificate_new (&checkpoint_id, 0);
  for (guint i = 0; i < 2 * n; i++)
    g_assert_true (cosmic_certificate_add (made, &signed_by[i]));
  return cosmic_certificate_encode (made);
}

/* Signatures that are bit for bit those that were made: Ed25519 is deterministic, and another that
 * holds would be a forgery. */
static guint
count_known (const CosmicCertificate *certificate)
{
  guint known = 0;

  for (guint i = 0; i < certificate->precommits->len; i++)
    for (guint j = 0; j < WITNESSES; j++)
      known += memcmp (&g_array_index (certificate->precommits, CosmicPrecommit, i), &signed_by[j],
                       sizeof signed_by[j])
               == 0;
  return known;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GBytes) again = NULL;
  g_autoptr (CosmicCertificate) read = NULL;

  prepare ();
  read = cosmic_certificate_decode (bytes);
  if (read == NULL)
    return 0;
  g_assert_cmpuint (read->precommits->len, <=, COSMIC_WITNESSES_MAX);
  again = cosmic_certificate_encode (read);
  g_assert_true (g_bytes_equal (bytes, again));
  g_assert_cmpint (cosmic_certificate_holds (read, &checkpoint, &checkpoint_id, witnesses, 1), ==,
                   cosmic_id_same (&read->checkpoint, &checkpoint_id) && read->round == 0
                       && count_known (read) >= 3);
  return 0;
}
