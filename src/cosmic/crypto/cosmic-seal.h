/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-secret.h"
#include "dpop-random.h"

G_BEGIN_DECLS

/* Sealing to an X25519 key (RFC 7748), anonymously: a fresh key pair, the shared point hashed with
 * both public keys into a one-time key, XChaCha20-Poly1305 under it with a zero nonce. The shape is
 * libsodium's sealed box; the randomness is the caller's, so that simulation repeats.
 * A sealed message is ephemeral public key (32) || ciphertext || tag (16). */
#define COSMIC_SEAL_PUBLIC_SIZE 32
#define COSMIC_SEAL_OVERHEAD    48

CosmicSecret *cosmic_seal_key_new       (DpopRandom random,
                                         guint8 public_key[COSMIC_SEAL_PUBLIC_SIZE]);
void          cosmic_seal_public        (const CosmicSecret *key,
                                         guint8 public_key[COSMIC_SEAL_PUBLIC_SIZE]);

/* Whether anything can be sealed to PUBLIC_KEY: a canonical number below the field's prime, and no
 * point of small order. Asked once, when a key is registered. */
gboolean      cosmic_seal_public_is_valid (const guint8 public_key[COSMIC_SEAL_PUBLIC_SIZE]);

/* OUT takes SIZE + COSMIC_SEAL_OVERHEAD bytes. FALSE when PUBLIC_KEY is of small order. LABEL is
 * authenticated, not stored. */
gboolean cosmic_seal   (const guint8 public_key[COSMIC_SEAL_PUBLIC_SIZE], DpopRandom random,
                        gconstpointer label, gsize label_size,
                        gconstpointer plain, gsize size, guint8 *out);

/* OUT takes SIZE - COSMIC_SEAL_OVERHEAD bytes. FALSE when it is not for KEY, or was altered. */
gboolean cosmic_unseal (const CosmicSecret *key, gconstpointer label, gsize label_size,
                        const guint8 *sealed, gsize size, guint8 *out);

G_END_DECLS
