/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-id.h"
#include "cosmic-sign.h"

G_BEGIN_DECLS

/* The bytes by which two computers find out that they belong together (design 6), and that nobody
 * stands between them. [format]
 *
 *   tokens = 1, version 1 (1), 16 tokens of 32 bytes, strictly ascending
 *   proofs = 2, 16 proofs of 112 bytes, in the order of the sender's tokens
 *   answer = 3, one proof of 112 bytes
 *   ready  = 4
 *
 *   token  = BLAKE2b-256, keyed with the discovery key, of "dpop hello token 1" NUL, exporter, side
 *   proof  = XChaCha20-Poly1305 of device key (32) and signature (64), with a zero nonce and the
 *            key BLAKE2b-256, keyed with the discovery key, of "dpop hello proof 1" NUL, exporter,
 *            side, type of the message
 *   signed = "dpop hello 1" NUL, party id, exporter, side, the dialer's token, the listener's token
 *
 * Exporter: the 32 bytes that TLS 1.3 exports for channel binding (RFC 9266): the same at both ends
 * and nowhere else. Side: 0 for what the dialer sends, 1 for the listener. What is not needed of
 * tokens and proofs is random, so that every message of a type looks like every other: neither how
 * many organisations are open nor which can be told, nor does anything stay the same from one
 * connection to the next. */
#define DPOP_HELLO_VERSION     1
#define DPOP_HELLO_SLOTS       16
#define DPOP_HELLO_TOKEN_SIZE  32
#define DPOP_HELLO_PROOF_SIZE  112
#define DPOP_HELLO_KEY_SIZE    32
#define DPOP_HELLO_EXPORTER_SIZE 32
#define DPOP_HELLO_TOKENS_SIZE (2 + DPOP_HELLO_SLOTS * DPOP_HELLO_TOKEN_SIZE)
#define DPOP_HELLO_PROOFS_SIZE (1 + DPOP_HELLO_SLOTS * DPOP_HELLO_PROOF_SIZE)
#define DPOP_HELLO_ANSWER_SIZE (1 + DPOP_HELLO_PROOF_SIZE)
#define DPOP_HELLO_READY_SIZE  1
#define DPOP_HELLO_SIGNED_SIZE (13 + 32 + DPOP_HELLO_EXPORTER_SIZE + 1 + 2 * DPOP_HELLO_TOKEN_SIZE)

/* The largest of them. */
#define DPOP_HELLO_MESSAGE_MAX DPOP_HELLO_PROOFS_SIZE

typedef enum
{
  DPOP_HELLO_DIALER,
  DPOP_HELLO_LISTENER,
} DpopHelloSide;

typedef enum
{
  DPOP_HELLO_TOKENS = 1,
  DPOP_HELLO_PROOFS,
  DPOP_HELLO_ANSWER,
  DPOP_HELLO_READY,
} DpopHelloType;

typedef struct
{
  guint8 bytes[DPOP_HELLO_TOKEN_SIZE];
} DpopHelloToken;

static inline DpopHelloSide
dpop_hello_other_side (DpopHelloSide side)
{
  return side == DPOP_HELLO_DIALER ? DPOP_HELLO_LISTENER : DPOP_HELLO_DIALER;
}

/* What SIDE shows to those who have KEY. */
void dpop_hello_code_token (const guint8 key[DPOP_HELLO_KEY_SIZE],
                            const guint8 exporter[DPOP_HELLO_EXPORTER_SIZE], DpopHelloSide side,
                            DpopHelloToken *token);

/* What SIDE's device signs for PARTY. */
void dpop_hello_code_signed (const guint8 key[DPOP_HELLO_KEY_SIZE], const CosmicId *party,
                             const guint8 exporter[DPOP_HELLO_EXPORTER_SIZE], DpopHelloSide side,
                             guint8 message[DPOP_HELLO_SIGNED_SIZE]);

void dpop_hello_code_seal (const guint8 key[DPOP_HELLO_KEY_SIZE],
                           const guint8 exporter[DPOP_HELLO_EXPORTER_SIZE], DpopHelloSide side,
                           DpopHelloType type, const CosmicId *device,
                           const guint8 signature[COSMIC_SIGN_SIZE],
                           guint8 proof[DPOP_HELLO_PROOF_SIZE]);
/* FALSE when it was not sealed with KEY, for this place. */
gboolean dpop_hello_code_unseal (const guint8 key[DPOP_HELLO_KEY_SIZE],
                                 const guint8 exporter[DPOP_HELLO_EXPORTER_SIZE],
                                 DpopHelloSide side, DpopHelloType type,
                                 const guint8 proof[DPOP_HELLO_PROOF_SIZE], CosmicId *device,
                                 guint8 signature[COSMIC_SIGN_SIZE]);

G_END_DECLS
