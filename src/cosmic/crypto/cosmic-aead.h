/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha), tag behind the ciphertext. */
#define COSMIC_AEAD_KEY_SIZE   32
#define COSMIC_AEAD_NONCE_SIZE 24
#define COSMIC_AEAD_TAG_SIZE   16

/* OUT takes SIZE + COSMIC_AEAD_TAG_SIZE bytes. */
void cosmic_aead_encrypt (const guint8 key[COSMIC_AEAD_KEY_SIZE],
                          const guint8 nonce[COSMIC_AEAD_NONCE_SIZE],
                          gconstpointer label, gsize label_size,
                          gconstpointer plain, gsize size, guint8 *out);

/* OUT takes SIZE - COSMIC_AEAD_TAG_SIZE bytes. FALSE, and nothing in OUT, when it does not
 * authenticate or is too short to. */
gboolean cosmic_aead_decrypt (const guint8 key[COSMIC_AEAD_KEY_SIZE],
                              const guint8 nonce[COSMIC_AEAD_NONCE_SIZE],
                              gconstpointer label, gsize label_size,
                              gconstpointer cipher, gsize size, guint8 *out);

G_END_DECLS
