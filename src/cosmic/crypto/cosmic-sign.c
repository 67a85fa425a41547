/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-sign.h"

#include <sodium.h>

G_STATIC_ASSERT (crypto_sign_ed25519_SEEDBYTES == 32);
G_STATIC_ASSERT (crypto_sign_ed25519_SECRETKEYBYTES == 64); /* seed, then public key */

CosmicSecret *
cosmic_sign_key_from_seed (const guint8 seed[32], guint8 public_key[COSMIC_SIGN_PUBLIC_SIZE])
{
  CosmicSecret *key = cosmic_secret_new (crypto_sign_ed25519_SECRETKEYBYTES);

  crypto_sign_ed25519_seed_keypair (public_key, cosmic_secret_bytes (key), seed);
  return key;
}

CosmicSecret *
cosmic_sign_key_new (DpopRandom random, guint8 public_key[COSMIC_SIGN_PUBLIC_SIZE])
{
  g_autoptr (CosmicSecret) seed = cosmic_secret_new (32);

  dpop_random_fill (random, cosmic_secret_bytes (seed), 32);
  return cosmic_sign_key_from_seed (cosmic_secret_bytes (seed), public_key);
}

const guint8 *
cosmic_sign_key_seed (const CosmicSecret *key)
{
  return cosmic_secret_bytes (key);
}

const guint8 *
cosmic_sign_key_public (const CosmicSecret *key)
{
  return cosmic_secret_bytes (key) + 32;
}

void
cosmic_sign (const CosmicSecret *key, gconstpointer message, gsize size,
             guint8 signature[COSMIC_SIGN_SIZE])
{
  crypto_sign_ed25519_detached (signature, NULL, message, size, cosmic_secret_bytes (key));
}

gboolean
cosmic_verify (const guint8 public_key[COSMIC_SIGN_PUBLIC_SIZE], gconstpointer message, gsize size,
               const guint8 signature[COSMIC_SIGN_SIZE])
{
  return crypto_sign_ed25519_verify_detached (signature, message, size, public_key) == 0;
}

gboolean
cosmic_sign_public_is_valid (const guint8 public_key[COSMIC_SIGN_PUBLIC_SIZE])
{
  return crypto_core_ed25519_is_valid_point (public_key) == 1;
}
