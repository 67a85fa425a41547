/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-secret.h"
#include "dpop-random.h"

G_BEGIN_DECLS

/* Ed25519 (RFC 8032), verified strictly and without the cofactor: S below the group order, no
 * point of small order, canonical encodings only. */
#define COSMIC_SIGN_PUBLIC_SIZE 32
#define COSMIC_SIGN_SIZE        64

/* A signing key from a 32-byte seed. The secret holds the seed and the public key. */
CosmicSecret *cosmic_sign_key_from_seed (const guint8 seed[32],
                                         guint8 public_key[COSMIC_SIGN_PUBLIC_SIZE]);
CosmicSecret *cosmic_sign_key_new       (DpopRandom random,
                                         guint8 public_key[COSMIC_SIGN_PUBLIC_SIZE]);
/* The seed that KEY was made from (to store it), and its public half. Both borrowed. */
const guint8 *cosmic_sign_key_seed      (const CosmicSecret *key);
const guint8 *cosmic_sign_key_public    (const CosmicSecret *key);

void     cosmic_sign   (const CosmicSecret *key, gconstpointer message, gsize size,
                        guint8 signature[COSMIC_SIGN_SIZE]);
gboolean cosmic_verify (const guint8 public_key[COSMIC_SIGN_PUBLIC_SIZE],
                        gconstpointer message, gsize size,
                        const guint8 signature[COSMIC_SIGN_SIZE]);

/* Whether KEY is a canonical point of the prime subgroup and not the identity: asked once, when a
 * key is registered. */
gboolean cosmic_sign_public_is_valid (const guint8 public_key[COSMIC_SIGN_PUBLIC_SIZE]);

G_END_DECLS
