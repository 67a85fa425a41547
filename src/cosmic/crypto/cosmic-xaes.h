/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* XAES-256-GCM (C2SP, XAES-256-GCM.md): AES-256-GCM whose key is derived, for every message, from
 * a 256-bit key and the first half of a 24-byte nonce. Random nonces are safe for 2^80 messages
 * under one key. The tag stands behind the ciphertext. */
#define COSMIC_XAES_KEY_SIZE   32
#define COSMIC_XAES_NONCE_SIZE 24
#define COSMIC_XAES_TAG_SIZE   16

/* One key, made ready, so that a page of 4 KiB costs about a microsecond. Not for two threads at
 * once. */
typedef struct _CosmicXaes CosmicXaes;

/* "It is forged" is a verdict; "it could not be checked" (no memory) is none. */
typedef enum
{
  COSMIC_XAES_GOOD,
  COSMIC_XAES_FORGED,
  COSMIC_XAES_UNCHECKED,
} CosmicXaesVerdict;

/* NULL when there is no memory. */
CosmicXaes *cosmic_xaes_new  (const guint8 key[COSMIC_XAES_KEY_SIZE]);
/* Wipes what it knew of the key. */
void        cosmic_xaes_free (CosmicXaes *self);

/* OUT takes SIZE + COSMIC_XAES_TAG_SIZE bytes and does not overlap PLAIN. FALSE only when the
 * cipher could not be run (no memory): nothing in OUT may be used then. */
gboolean cosmic_xaes_encrypt (CosmicXaes *self, const guint8 nonce[COSMIC_XAES_NONCE_SIZE],
                              gconstpointer label, gsize label_size,
                              gconstpointer plain, gsize size, guint8 *out);

/* OUT takes SIZE - COSMIC_XAES_TAG_SIZE bytes and does not overlap CIPHER. Zeros in OUT unless it
 * is good. What is too short to carry a tag is forged. */
CosmicXaesVerdict cosmic_xaes_decrypt (CosmicXaes *self,
                                       const guint8 nonce[COSMIC_XAES_NONCE_SIZE],
                                       gconstpointer label, gsize label_size,
                                       gconstpointer cipher, gsize size, guint8 *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CosmicXaes, cosmic_xaes_free)

G_END_DECLS
