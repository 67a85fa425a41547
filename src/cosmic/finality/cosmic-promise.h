/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-witness-message.h"

G_BEGIN_DECLS

/* What a witness has bound itself to, whole: on disk before what follows from it leaves, read again
 * after a restart. Nothing that it signs later contradicts it. GVariant `(yayayaytuymaymayaay)`
 * [format]: version 1, party, chain, witness, height, round, step, the candidate that it is locked
 * on, the newest candidate that it knows to be proven, and its messages of the newest rounds of
 * this height, strictly ascending by round and step. It never leaves the computer, is in no backup,
 * and is kept beside the witness key.
 *
 * The messages of earlier rounds are in it because others may still wait for them: what a witness
 * said and then forgot, when nobody had received it, would keep them in that round for good. */
#define COSMIC_PROMISE_VERSION      1
#define COSMIC_PROMISE_ROUNDS       16
#define COSMIC_PROMISE_MESSAGES_MAX (3 * COSMIC_PROMISE_ROUNDS)

typedef struct
{
  CosmicId party;
  CosmicId chain;
  CosmicId witness;
  guint64 height;
  guint32 round;
  CosmicStep step; /* the last one that it has spoken in; PROPOSE may be without a word */
  CosmicCandidate *lock;  /* proven; or NULL */
  CosmicCandidate *valid; /* proven; or NULL */
  GPtrArray *messages;    /* of CosmicWitnessMessage */
} CosmicPromise;

CosmicPromise *cosmic_promise_new    (void);
void           cosmic_promise_free   (CosmicPromise *self);
GBytes        *cosmic_promise_encode (const CosmicPromise *self);
/* Adds MESSAGE, which comes after all that are in it, and lets the oldest rounds go. */
void           cosmic_promise_add    (CosmicPromise *self, CosmicWitnessMessage *message);
/* NULL when BYTES are no promise: then nobody knows what this witness has said, and it must not
 * speak. */
CosmicPromise *cosmic_promise_decode (GBytes *bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CosmicPromise, cosmic_promise_free)

G_END_DECLS
