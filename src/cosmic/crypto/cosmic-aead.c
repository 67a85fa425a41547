/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-aead.h"

#include <sodium.h>

G_STATIC_ASSERT (crypto_aead_xchacha20poly1305_ietf_KEYBYTES == COSMIC_AEAD_KEY_SIZE);
G_STATIC_ASSERT (crypto_aead_xchacha20poly1305_ietf_NPUBBYTES == COSMIC_AEAD_NONCE_SIZE);
G_STATIC_ASSERT (crypto_aead_xchacha20poly1305_ietf_ABYTES == COSMIC_AEAD_TAG_SIZE);

void
cosmic_aead_encrypt (const guint8 key[COSMIC_AEAD_KEY_SIZE],
                     const guint8 nonce[COSMIC_AEAD_NONCE_SIZE],
                     gconstpointer label, gsize label_size,
                     gconstpointer plain, gsize size, guint8 *out)
{
  crypto_aead_xchacha20poly1305_ietf_encrypt (out, NULL, plain, size, label, label_size, NULL,
                                              nonce, key);
}

gboolean
cosmic_aead_decrypt (const guint8 key[COSMIC_AEAD_KEY_SIZE],
                     const guint8 nonce[COSMIC_AEAD_NONCE_SIZE],
                     gconstpointer label, gsize label_size,
                     gconstpointer cipher, gsize size, guint8 *out)
{
  return size >= COSMIC_AEAD_TAG_SIZE
         && crypto_aead_xchacha20poly1305_ietf_decrypt (out, NULL, NULL, cipher, size, label,
                                                        label_size, nonce, key) == 0;
}
