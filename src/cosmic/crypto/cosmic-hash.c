/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-hash.h"

#include <sodium.h>
#include <string.h>

G_STATIC_ASSERT (sizeof (crypto_generichash_state) <= sizeof (CosmicHash));
G_STATIC_ASSERT (crypto_generichash_BYTES == COSMIC_HASH_SIZE);
G_STATIC_ASSERT (crypto_shorthash_KEYBYTES == COSMIC_SHORT_HASH_KEY_SIZE);
G_STATIC_ASSERT (crypto_kdf_KEYBYTES == 32 && crypto_kdf_CONTEXTBYTES == 8);

static crypto_generichash_state *
state (CosmicHash *self)
{
  return (crypto_generichash_state *) (gpointer) self->opaque;
}

void
cosmic_hash_init (CosmicHash *self)
{
  crypto_generichash_init (state (self), NULL, 0, COSMIC_HASH_SIZE);
}

void
cosmic_hash_init_keyed (CosmicHash *self, gconstpointer key, gsize key_size)
{
  crypto_generichash_init (state (self), key, key_size, COSMIC_HASH_SIZE);
}

void
cosmic_hash_update (CosmicHash *self, gconstpointer bytes, gsize size)
{
  crypto_generichash_update (state (self), bytes, size);
}

void
cosmic_hash_finish (CosmicHash *self, guint8 out[COSMIC_HASH_SIZE])
{
  crypto_generichash_final (state (self), out, COSMIC_HASH_SIZE);
}

void
cosmic_hash (gconstpointer bytes, gsize size, guint8 out[COSMIC_HASH_SIZE])
{
  crypto_generichash (out, COSMIC_HASH_SIZE, bytes, size, NULL, 0);
}

guint64
cosmic_short_hash (const guint8 key[COSMIC_SHORT_HASH_KEY_SIZE], gconstpointer bytes, gsize size)
{
  guint8 out[crypto_shorthash_BYTES];
  guint64 hash;

  crypto_shorthash (out, bytes, size, key);
  memcpy (&hash, out, sizeof hash);
  return GUINT64_FROM_LE (hash);
}

void
cosmic_derive (const guint8 master[32], const char context[8], guint64 number,
               gpointer out, gsize size)
{
  if (crypto_kdf_derive_from_key (out, size, number, context, master) != 0)
    g_error ("A sub-key of %" G_GSIZE_FORMAT " bytes cannot be derived", size);
}
