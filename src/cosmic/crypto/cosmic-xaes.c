/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-xaes.h"

#include "cosmic-secret.h"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>

#define BLOCK 16
#define HALF  (COSMIC_XAES_NONCE_SIZE / 2)

/* BLOCKS encrypts single blocks under the key: CBC with a zero IV set before each. SUBKEY is CMAC's
 * K1, which all derivations share. GnuTLS wipes its contexts when it lets them go. */
struct _CosmicXaes
{
  gnutls_cipher_hd_t blocks;
  guint8 subkey[BLOCK];
};

static gboolean
encrypt_block (CosmicXaes *self, guint8 block[BLOCK])
{
  guint8 zero[BLOCK] = { 0 };

  gnutls_cipher_set_iv (self->blocks, zero, sizeof zero);
  return gnutls_cipher_encrypt (self->blocks, block, BLOCK) == 0;
}

/* Doubling in GF(2^128) as CMAC does it (RFC 4493, section 2.3), without a branch on the key. */
static void
make_double (guint8 block[BLOCK])
{
  guint8 carry = block[0] >> 7;

  for (guint i = 0; i < BLOCK - 1; i++)
    block[i] = (guint8) (block[i] << 1 | block[i + 1] >> 7);
  block[BLOCK - 1] = (guint8) (block[BLOCK - 1] << 1 ^ (0x87 & -carry));
}

CosmicXaes *
cosmic_xaes_new (const guint8 key[COSMIC_XAES_KEY_SIZE])
{
  CosmicXaes *self = g_try_new0 (CosmicXaes, 1);
  guint8 zero[BLOCK] = { 0 };
  gnutls_datum_t key_datum = { (guint8 *) key, COSMIC_XAES_KEY_SIZE };
  gnutls_datum_t iv_datum = { zero, sizeof zero };

  if (self == NULL)
    return NULL;
  if (gnutls_cipher_init (&self->blocks, GNUTLS_CIPHER_AES_256_CBC, &key_datum, &iv_datum) != 0)
    self->blocks = NULL;
  if (self->blocks == NULL || !encrypt_block (self, self->subkey))
    {
      cosmic_xaes_free (self);
      return NULL;
    }
  make_double (self->subkey);
  return self;
}

void
cosmic_xaes_free (CosmicXaes *self)
{
  if (self == NULL)
    return;
  if (self->blocks != NULL)
    gnutls_cipher_deinit (self->blocks);
  cosmic_wipe (self, sizeof *self);
  g_free (self);
}

/* A GCM context for NONCE; NULL when there is no memory. Its key: counter KDF of NIST SP 800-108
 * over CMAC, two blocks, label "X". The context is made anew for each message, for the x86 code of
 * GnuTLS 3.7 keeps the old hash key across gnutls_aead_cipher_set_key(). */
static gnutls_aead_cipher_hd_t
message_context (CosmicXaes *self, const guint8 nonce[COSMIC_XAES_NONCE_SIZE])
{
  guint8 derived[2 * BLOCK];
  gnutls_datum_t datum = { derived, sizeof derived };
  gnutls_aead_cipher_hd_t context = NULL;
  gboolean good = TRUE;

  for (guint8 i = 0; i < 2; i++)
    {
      guint8 *block = derived + i * BLOCK;
      const guint8 prefix[BLOCK - HALF] = { 0, i + 1, 'X', 0 };

      memcpy (block, prefix, sizeof prefix);
      memcpy (block + sizeof prefix, nonce, HALF);
      for (guint j = 0; j < BLOCK; j++)
        block[j] ^= self->subkey[j];
      good = good && encrypt_block (self, block);
    }
  if (!good || gnutls_aead_cipher_init (&context, GNUTLS_CIPHER_AES_256_GCM, &datum) != 0)
    context = NULL;
  cosmic_wipe (derived, sizeof derived);
  return context;
}

gboolean
cosmic_xaes_encrypt (CosmicXaes *self, const guint8 nonce[COSMIC_XAES_NONCE_SIZE],
                     gconstpointer label, gsize label_size,
                     gconstpointer plain, gsize size, guint8 *out)
{
  gnutls_aead_cipher_hd_t context = message_context (self, nonce);
  gsize out_size = size + COSMIC_XAES_TAG_SIZE;
  gboolean good;

  if (context == NULL)
    return FALSE;
  good = gnutls_aead_cipher_encrypt (context, nonce + HALF, HALF, label, label_size,
                                     COSMIC_XAES_TAG_SIZE, plain, size, out, &out_size) == 0
         && out_size == size + COSMIC_XAES_TAG_SIZE;
  gnutls_aead_cipher_deinit (context);
  return good;
}

CosmicXaesVerdict
cosmic_xaes_decrypt (CosmicXaes *self, const guint8 nonce[COSMIC_XAES_NONCE_SIZE],
                     gconstpointer label, gsize label_size,
                     gconstpointer cipher, gsize size, guint8 *out)
{
  gsize out_size = size - COSMIC_XAES_TAG_SIZE;
  gnutls_aead_cipher_hd_t context;
  int result = GNUTLS_E_MEMORY_ERROR;

  if (size < COSMIC_XAES_TAG_SIZE)
    return COSMIC_XAES_FORGED;
  if ((context = message_context (self, nonce)) != NULL)
    {
      result = gnutls_aead_cipher_decrypt (context, nonce + HALF, HALF, label, label_size,
                                           COSMIC_XAES_TAG_SIZE, cipher, size, out, &out_size);
      gnutls_aead_cipher_deinit (context);
    }
  if (result == 0)
    return COSMIC_XAES_GOOD;
  cosmic_wipe (out, size - COSMIC_XAES_TAG_SIZE);
  return result == GNUTLS_E_DECRYPTION_FAILED ? COSMIC_XAES_FORGED : COSMIC_XAES_UNCHECKED;
}
