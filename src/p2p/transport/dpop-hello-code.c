/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-hello-code.h"

#include "cosmic-aead.h"
#include "cosmic-hash.h"

/* With their NUL. */
static const char token_tag[] = "dpop hello token 1";
static const char proof_tag[] = "dpop hello proof 1";
static const char signed_tag[] = "dpop hello 1";

G_STATIC_ASSERT (sizeof signed_tag + 129 == DPOP_HELLO_SIGNED_SIZE);
G_STATIC_ASSERT (COSMIC_ID_SIZE + COSMIC_SIGN_SIZE + COSMIC_AEAD_TAG_SIZE == DPOP_HELLO_PROOF_SIZE);

void
dpop_hello_code_token (const guint8 key[DPOP_HELLO_KEY_SIZE],
                       const guint8 exporter[DPOP_HELLO_EXPORTER_SIZE], DpopHelloSide side,
                       DpopHelloToken *token)
{
  const guint8 place = (guint8) side;
  CosmicHash hash;

  cosmic_hash_init_keyed (&hash, key, DPOP_HELLO_KEY_SIZE);
  cosmic_hash_update (&hash, token_tag, sizeof token_tag);
  cosmic_hash_update (&hash, exporter, DPOP_HELLO_EXPORTER_SIZE);
  cosmic_hash_update (&hash, &place, sizeof place);
  cosmic_hash_finish (&hash, token->bytes);
}

void
dpop_hello_code_signed (const guint8 key[DPOP_HELLO_KEY_SIZE], const CosmicId *party,
                        const guint8 exporter[DPOP_HELLO_EXPORTER_SIZE], DpopHelloSide side,
                        guint8 message[DPOP_HELLO_SIGNED_SIZE])
{
  guint8 *at = message;

  memcpy (at, signed_tag, sizeof signed_tag);
  at += sizeof signed_tag;
  memcpy (at, party->bytes, COSMIC_ID_SIZE);
  at += COSMIC_ID_SIZE;
  memcpy (at, exporter, DPOP_HELLO_EXPORTER_SIZE);
  at += DPOP_HELLO_EXPORTER_SIZE;
  *at++ = (guint8) side;
  for (guint i = DPOP_HELLO_DIALER; i <= DPOP_HELLO_LISTENER; i++)
    {
      DpopHelloToken token;

      dpop_hello_code_token (key, exporter, (DpopHelloSide) i, &token);
      memcpy (at, token.bytes, DPOP_HELLO_TOKEN_SIZE);
      at += DPOP_HELLO_TOKEN_SIZE;
    }
}

/* Used once: it differs for every connection, side and message. So the nonce may be zero. */
static void
proof_key (const guint8 key[DPOP_HELLO_KEY_SIZE], const guint8 exporter[DPOP_HELLO_EXPORTER_SIZE],
           DpopHelloSide side, DpopHelloType type, guint8 out[COSMIC_AEAD_KEY_SIZE])
{
  const guint8 place[2] = { (guint8) side, (guint8) type };
  CosmicHash hash;

  cosmic_hash_init_keyed (&hash, key, DPOP_HELLO_KEY_SIZE);
  cosmic_hash_update (&hash, proof_tag, sizeof proof_tag);
  cosmic_hash_update (&hash, exporter, DPOP_HELLO_EXPORTER_SIZE);
  cosmic_hash_update (&hash, place, sizeof place);
  cosmic_hash_finish (&hash, out);
}

static const guint8 nonce[COSMIC_AEAD_NONCE_SIZE];

void
dpop_hello_code_seal (const guint8 key[DPOP_HELLO_KEY_SIZE],
                      const guint8 exporter[DPOP_HELLO_EXPORTER_SIZE], DpopHelloSide side,
                      DpopHelloType type, const CosmicId *device,
                      const guint8 signature[COSMIC_SIGN_SIZE], guint8 proof[DPOP_HELLO_PROOF_SIZE])
{
  guint8 seal[COSMIC_AEAD_KEY_SIZE], plain[COSMIC_ID_SIZE + COSMIC_SIGN_SIZE];

  proof_key (key, exporter, side, type, seal);
  memcpy (plain, device->bytes, COSMIC_ID_SIZE);
  memcpy (plain + COSMIC_ID_SIZE, signature, COSMIC_SIGN_SIZE);
  cosmic_aead_encrypt (seal, nonce, NULL, 0, plain, sizeof plain, proof);
  cosmic_wipe (seal, sizeof seal);
}

gboolean
dpop_hello_code_unseal (const guint8 key[DPOP_HELLO_KEY_SIZE],
                        const guint8 exporter[DPOP_HELLO_EXPORTER_SIZE], DpopHelloSide side,
                        DpopHelloType type, const guint8 proof[DPOP_HELLO_PROOF_SIZE],
                        CosmicId *device, guint8 signature[COSMIC_SIGN_SIZE])
{
  guint8 seal[COSMIC_AEAD_KEY_SIZE], plain[COSMIC_ID_SIZE + COSMIC_SIGN_SIZE];
  gboolean opens;

  proof_key (key, exporter, side, type, seal);
  opens = cosmic_aead_decrypt (seal, nonce, NULL, 0, proof, DPOP_HELLO_PROOF_SIZE, plain);
  cosmic_wipe (seal, sizeof seal);
  if (!opens)
    return FALSE;
  memcpy (device->bytes, plain, COSMIC_ID_SIZE);
  memcpy (signature, plain + COSMIC_ID_SIZE, COSMIC_SIGN_SIZE);
  return TRUE;
}
