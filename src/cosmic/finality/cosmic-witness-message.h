/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-candidate.h"

G_BEGIN_DECLS

/* What witnesses tell each other (design 4.5): the messages of Tendermint (arXiv:1807.04938), each
 * signed with the witness key, so that anyone may relay them. GVariant `(yyaytuayayay)` [format]:
 * version 1, step, chain, height, round, value, witness, signature.
 *
 *   step 1, proposal   value = a candidate; signed is "dpop proposal 1", and of the value its
 *                      BLAKE2b-256
 *   step 2, prevote    value = a checkpoint's id, or nothing at all (nil); signed is
 *                      "dpop prevote 1", and the id, or 32 zero bytes
 *   step 3, precommit  the same under "dpop precommit 1": the very signatures that make a
 *                      certificate
 *
 * In front of the 32 bytes stand tag with NUL, party, chain, height (8) and round (4), both little
 * endian. In an envelope a message is of the type COSMIC_ITEM_WITNESS. */
#define COSMIC_WITNESS_MESSAGE_VERSION  1
#define COSMIC_WITNESS_MESSAGE_SIZE_MAX 16384

typedef enum
{
  COSMIC_STEP_PROPOSE = 1,
  COSMIC_STEP_PREVOTE = 2,
  COSMIC_STEP_PRECOMMIT = 3,
} CosmicStep;

/* Immutable; counted references. */
typedef struct
{
  GBytes *bytes;
  CosmicStep step;
  CosmicId chain;
  guint64 height;
  guint32 round;
  CosmicId value;             /* a checkpoint's id; zero is nil */
  CosmicId digest;            /* what is signed of the value */
  CosmicCandidate *candidate; /* of a proposal; else NULL */
  CosmicPrecommit signature;  /* and whose it is */
} CosmicWitnessMessage;

/* A proposal where CANDIDATE is not NULL; else a vote for ID, zero for nil. */
CosmicWitnessMessage *cosmic_witness_message_sign (const CosmicId *party, const CosmicId *chain,
                                                   guint64 height, guint32 round, CosmicStep step,
                                                   CosmicCandidate *candidate, const CosmicId *id,
                                                   const CosmicSecret *witness);
/* NULL when BYTES are no message. A proposal's checkpoint is of the chain and height that the
 * message names, and its proof of an earlier round. No signature is checked. */
CosmicWitnessMessage *cosmic_witness_message_decode (GBytes *bytes);
CosmicWitnessMessage *cosmic_witness_message_ref    (CosmicWitnessMessage *self);
void                  cosmic_witness_message_unref  (CosmicWitnessMessage *self);

/* Whether the witness signed it, in this party. What a proposal's proof is worth is another
 * question. */
gboolean cosmic_witness_message_verify (const CosmicWitnessMessage *self, const CosmicId *party);

/* Whether the two show that a witness equivocated: both signed by it for one step, and of different
 * content. The signatures are the caller's to check. */
gboolean cosmic_witness_message_clash (const CosmicWitnessMessage *a,
                                       const CosmicWitnessMessage *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CosmicWitnessMessage, cosmic_witness_message_unref)

G_END_DECLS
