/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-certificate.h"

G_BEGIN_DECLS

/* A checkpoint that may become the one of its height, and, where a quorum of witnesses has prevoted
 * it in some round, their signatures: the proof of lock. GVariant `(ayaym(ua(ayay)))` [format]:
 * checkpoint, id of its batch list, (round, (witness, prevote signature) strictly ascending)?.
 * Immutable; counted references.
 *
 * A proposal carries the proof with it, so that whoever gets the one message can judge it: prevotes
 * of old rounds need not be asked for, which a transfer file could not do. */
typedef struct
{
  GBytes *bytes; /* of the checkpoint */
  CosmicCheckpoint checkpoint;
  CosmicId id;   /* of the checkpoint */
  CosmicId list; /* cosmic_candidate_list_id() of its batch list */
  gboolean proven;
  guint32 round; /* of the prevotes */
  GArray *proof; /* of CosmicPrecommit, here signatures of prevotes; NULL unless PROVEN */
} CosmicCandidate;

/* What is known about it: asked of whoever can fold it, and answered. */
typedef enum
{
  COSMIC_VERDICT_NONE,
  COSMIC_VERDICT_ASKED,
  COSMIC_VERDICT_VALID,
  COSMIC_VERDICT_OMITS, /* valid, but it leaves out what it should have covered */
  COSMIC_VERDICT_INVALID,
} CosmicVerdict;

/* PROOF is sorted in place and kept; NULL for none. NULL when BYTES are no checkpoint. */
CosmicCandidate *cosmic_candidate_new    (GBytes *bytes, const CosmicId *list, guint32 round,
                                          GArray *proof);
CosmicCandidate *cosmic_candidate_ref    (CosmicCandidate *self);
void             cosmic_candidate_unref  (CosmicCandidate *self);
GBytes          *cosmic_candidate_encode (const CosmicCandidate *self);
CosmicCandidate *cosmic_candidate_decode (GBytes *bytes);

/* BLAKE2b-256 of "dpop batch list 1" with its NUL and the list's bytes. */
void cosmic_candidate_list_id (GBytes *list, CosmicId *id);

/* Whether it is proven by a quorum of WITNESSES (CosmicId, ascending), every signature checked and
 * none of a stranger. */
gboolean cosmic_candidate_is_proven (const CosmicCandidate *self, const GArray *witnesses,
                                     guint quorum);

/* What a witness signs in a prevote: as in a precommit, under "dpop prevote 1". An ID of zero bytes
 * is a vote for nothing. */
void     cosmic_candidate_prevote (const CosmicId *party, const CosmicId *chain, guint64 height,
                                   guint32 round, const CosmicId *id, const CosmicSecret *witness,
                                   CosmicPrecommit *prevote);
gboolean cosmic_candidate_prevoted (const CosmicId *party, const CosmicId *chain, guint64 height,
                                    guint32 round, const CosmicId *id,
                                    const CosmicPrecommit *prevote);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CosmicCandidate, cosmic_candidate_unref)

G_END_DECLS
