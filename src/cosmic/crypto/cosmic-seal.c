/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-seal.h"

#include "cosmic-aead.h"
#include "cosmic-hash.h"

#include <sodium.h>

static const char seal_tag[] = "dpop seal 1";
static const guint8 zero_nonce[COSMIC_AEAD_NONCE_SIZE];

CosmicSecret *
cosmic_seal_key_new (DpopRandom random, guint8 public_key[COSMIC_SEAL_PUBLIC_SIZE])
{
  CosmicSecret *key = cosmic_secret_new (crypto_scalarmult_SCALARBYTES);

  dpop_random_fill (random, cosmic_secret_bytes (key), crypto_scalarmult_SCALARBYTES);
  cosmic_seal_public (key, public_key);
  return key;
}

void
cosmic_seal_public (const CosmicSecret *key, guint8 public_key[COSMIC_SEAL_PUBLIC_SIZE])
{
  crypto_scalarmult_base (public_key, cosmic_secret_bytes (key));
}

/* 2^255 - 19, little endian, is 0xed, thirty times 0xff, 0x7f. */
static gboolean
is_canonical (const guint8 *number)
{
  if (number[31] != 0x7f)
    return number[31] < 0x7f;
  for (guint i = 30; i > 0; i--)
    if (number[i] != 0xff)
      return TRUE;
  return number[0] < 0xed;
}

gboolean
cosmic_seal_public_is_valid (const guint8 public_key[COSMIC_SEAL_PUBLIC_SIZE])
{
  /* Any scalar tells: clamping makes it a multiple of the cofactor. */
  static const guint8 scalar[crypto_scalarmult_SCALARBYTES] = { 0 };
  guint8 point[crypto_scalarmult_BYTES];

  return is_canonical (public_key) && crypto_scalarmult (point, scalar, public_key) == 0;
}

/* FALSE when the shared point is the identity: the other side's key has small order. */
static gboolean
one_time_key (const guint8 *scalar, const guint8 *point, const guint8 *ephemeral,
              const guint8 *recipient, guint8 key[COSMIC_AEAD_KEY_SIZE])
{
  guint8 shared[crypto_scalarmult_BYTES];
  CosmicHash hash;
  gboolean good = crypto_scalarmult (shared, scalar, point) == 0;

  cosmic_hash_init (&hash);
  cosmic_hash_update (&hash, seal_tag, sizeof seal_tag);
  cosmic_hash_update (&hash, shared, sizeof shared);
  cosmic_hash_update (&hash, ephemeral, COSMIC_SEAL_PUBLIC_SIZE);
  cosmic_hash_update (&hash, recipient, COSMIC_SEAL_PUBLIC_SIZE);
  cosmic_hash_finish (&hash, key);
  cosmic_wipe (shared, sizeof shared);
  cosmic_wipe (&hash, sizeof hash);
  return good;
}

gboolean
cosmic_seal (const guint8 public_key[COSMIC_SEAL_PUBLIC_SIZE], DpopRandom random,
             gconstpointer label, gsize label_size,
             gconstpointer plain, gsize size, guint8 *out)
{
  guint8 ephemeral[crypto_scalarmult_SCALARBYTES];
  guint8 key[COSMIC_AEAD_KEY_SIZE];
  gboolean good;

  dpop_random_fill (random, ephemeral, sizeof ephemeral);
  crypto_scalarmult_base (out, ephemeral);
  good = one_time_key (ephemeral, public_key, out, public_key, key);
  if (good)
    cosmic_aead_encrypt (key, zero_nonce, label, label_size, plain, size,
                         out + COSMIC_SEAL_PUBLIC_SIZE);
  cosmic_wipe (ephemeral, sizeof ephemeral);
  cosmic_wipe (key, sizeof key);
  return good;
}

gboolean
cosmic_unseal (const CosmicSecret *secret, gconstpointer label, gsize label_size,
               const guint8 *sealed, gsize size, guint8 *out)
{
  guint8 recipient[COSMIC_SEAL_PUBLIC_SIZE];
  guint8 key[COSMIC_AEAD_KEY_SIZE];
  gboolean good;

  if (size < COSMIC_SEAL_OVERHEAD)
    return FALSE;
  cosmic_seal_public (secret, recipient);
  good = one_time_key (cosmic_secret_bytes (secret), sealed, sealed, recipient, key)
         && cosmic_aead_decrypt (key, zero_nonce, label, label_size,
                                 sealed + COSMIC_SEAL_PUBLIC_SIZE,
                                 size - COSMIC_SEAL_PUBLIC_SIZE, out);
  cosmic_wipe (key, sizeof key);
  return good;
}
