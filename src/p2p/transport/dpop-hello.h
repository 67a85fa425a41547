/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-hello-code.h"
#include "dpop-random.h"

G_BEGIN_DECLS

/* One side's part in finding out whether two computers belong together (design 6): messages in,
 * messages out, no sockets. The formats are in dpop-hello-code.h. It goes so:
 *
 *   both      tokens: one for each organisation that is open, under its current discovery key
 *   dialer    proofs. If a token of the listener's was known: for that organisation alone.
 *   listener  if the dialer's proof is good, and its device admitted: answer
 *   dialer    if the listener's proof is good, and its device admitted: ready
 *
 * A computer that slept through a change of the discovery key knows no token of its peer's. It
 * proves itself first: proofs for all of its organisations, which nobody can open who did not have
 * the same key. A peer that has it as a former key recognises the token, and stays silent unless
 * the device is still admitted; it shows nothing of its own under former keys before that. A
 * listener to whom that happens sends its proofs where it would else have answered, and the dialer
 * answers.
 *
 * So a stranger sees a fixed number of random bytes, and someone who has left since the last change
 * of the key as well. Who has an organisation's current key, admitted or not, can learn which of
 * its devices is at an address, by dialling or by waiting to be dialled. */

/* What one organisation knows itself by. Of several with one party, the current key is the one that
 * is shown; former ones only recognise. */
typedef struct
{
  CosmicId party;
  CosmicId device; /* ours, in that party */
  guint8 discovery[DPOP_HELLO_KEY_SIZE];
  gboolean is_former;
} DpopHelloKey;

/* Signs with the key of our device in PARTY; FALSE when it cannot (any more). */
typedef gboolean (*DpopHelloSign) (const CosmicId *party, gconstpointer message, gsize size,
                                   guint8 signature[COSMIC_SIGN_SIZE], gpointer data);

typedef enum
{
  DPOP_HELLO_STATE_WAITING, /* for the peer's next message */
  DPOP_HELLO_STATE_ASKING,  /* may the peer's device be admitted? dpop_hello_decide() goes on */
  DPOP_HELLO_STATE_DONE,
  DPOP_HELLO_STATE_ENDED,
} DpopHelloState;

typedef enum
{
  DPOP_HELLO_END_NONE,
  DPOP_HELLO_END_STRANGER, /* no organisation in common, or none that the peer could prove */
  DPOP_HELLO_END_REFUSED,  /* the device is not admitted */
  DPOP_HELLO_END_FORGED,   /* the proof opened, but nobody with that device's key signed it here */
  DPOP_HELLO_END_SELF,     /* it is this computer */
  DPOP_HELLO_END_VERSION,  /* the peer speaks another version */
  DPOP_HELLO_END_GARBLED,  /* not what was due */
  DPOP_HELLO_END_UNSIGNED, /* our own device's key signs no more */
} DpopHelloEnd;

typedef struct _DpopHello DpopHello;

/* KEYS are copied. Of those that are current, the first DPOP_HELLO_SLOTS are shown. Between several
 * organisations in common, the dialer's order decides. */
DpopHello *dpop_hello_new  (DpopHelloSide side, const guint8 exporter[DPOP_HELLO_EXPORTER_SIZE],
                            const DpopHelloKey *keys, gsize n_keys, DpopHelloSign sign,
                            gpointer sign_data, DpopRandom random);
/* Wipes what it knew. */
void       dpop_hello_free (DpopHello *self);

/* The next message to send (unref); NULL for none. To be asked after each of these. */
GBytes        *dpop_hello_next   (DpopHello *self);
DpopHelloState dpop_hello_take   (DpopHello *self, gconstpointer message, gsize size);
DpopHelloState dpop_hello_decide (DpopHello *self, gboolean is_admitted);

DpopHelloState dpop_hello_state (const DpopHello *self);
DpopHelloEnd   dpop_hello_end   (const DpopHello *self);

/* From ASKING on: whom the peer proved to be, and in which organisation. */
const CosmicId *dpop_hello_peer  (const DpopHello *self);
const CosmicId *dpop_hello_party (const DpopHello *self);

/* Whether one of the peer's tokens was known under a current key. */
gboolean dpop_hello_is_matched (const DpopHello *self);

/* Whether the peer was admitted here, though it may not have said the same yet: larger messages may
 * be on their way from then on. */
gboolean dpop_hello_has_admitted (const DpopHello *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopHello, dpop_hello_free)

G_END_DECLS
