/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* BLAKE2b (RFC 7693) with 32 bytes of output, unkeyed or keyed, in one go or in pieces.
 * Domain separation is the caller's: a tag comes first in what is hashed. */
#define COSMIC_HASH_SIZE 32

typedef struct
{
  guint8 opaque[384];
} __attribute__ ((aligned (64))) CosmicHash;

void cosmic_hash_init   (CosmicHash *self);
void cosmic_hash_init_keyed (CosmicHash *self, gconstpointer key, gsize key_size);
void cosmic_hash_update (CosmicHash *self, gconstpointer bytes, gsize size);
void cosmic_hash_finish (CosmicHash *self, guint8 out[COSMIC_HASH_SIZE]);

void cosmic_hash (gconstpointer bytes, gsize size, guint8 out[COSMIC_HASH_SIZE]);

/* SipHash-2-4: tells apart what nobody who lacks KEY could make alike, and no more than that. */
#define COSMIC_SHORT_HASH_KEY_SIZE 16

guint64 cosmic_short_hash (const guint8 key[COSMIC_SHORT_HASH_KEY_SIZE], gconstpointer bytes,
                           gsize size);

/* A sub-key of a 32-byte master key: crypto_kdf of libsodium (BLAKE2b with salt and person).
 * CONTEXT is exactly 8 characters. SIZE is 16 to 64. */
void cosmic_derive (const guint8 master[32], const char context[8], guint64 number,
                    gpointer out, gsize size);

G_END_DECLS
