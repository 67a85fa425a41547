/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-checkpoint.h"
#include "cosmic-sign.h"

G_BEGIN_DECLS

/* A certificate: enough witnesses' precommits for one checkpoint (design 4.5). GVariant
 * `(ayua(ayay))`: checkpoint id, round, (witness key, signature) strictly ascending by key.
 *
 * What a witness signs is "dpop precommit 1" with its NUL, party, chain, height (8, little endian),
 * round (4, little endian), checkpoint id. Two certificates of one checkpoint with different
 * signers are one certificate to the fold. */
#define COSMIC_WITNESSES_MAX 128

typedef struct
{
  CosmicId witness;
  guint8 signature[COSMIC_SIGN_SIZE];
} CosmicPrecommit;

typedef struct
{
  CosmicId checkpoint;
  guint32 round;
  GArray *precommits; /* of CosmicPrecommit, ascending by witness */
} CosmicCertificate;

CosmicCertificate *cosmic_certificate_new  (const CosmicId *checkpoint, guint32 round);
void               cosmic_certificate_free (CosmicCertificate *self);
GBytes            *cosmic_certificate_encode (const CosmicCertificate *self);
CosmicCertificate *cosmic_certificate_decode (GBytes *bytes);

/* How many of N witnesses make a quorum when F of them may be faulty: ⌊(n + f) / 2⌋ + 1, for
 * n ≥ 3f + 1; 0 when there is none. */
guint cosmic_quorum (guint n, guint f);

void     cosmic_precommit_sign   (const CosmicCheckpoint *checkpoint, const CosmicId *id,
                                  guint32 round, const CosmicSecret *witness,
                                  CosmicPrecommit *precommit);
gboolean cosmic_precommit_verify (const CosmicCheckpoint *checkpoint, const CosmicId *id,
                                  guint32 round, const CosmicPrecommit *precommit);

/* Collects precommits: adds one, in order. FALSE when this witness is in it already. */
gboolean cosmic_certificate_add  (CosmicCertificate *self, const CosmicPrecommit *precommit);

/* Whether it certifies CHECKPOINT (of that id) by a quorum of WITNESSES (CosmicId, ascending), each
 * signature checked; signers that are no witnesses do not count. */
gboolean cosmic_certificate_holds (const CosmicCertificate *self,
                                   const CosmicCheckpoint *checkpoint, const CosmicId *id,
                                   const GArray *witnesses, guint f);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CosmicCertificate, cosmic_certificate_free)

G_END_DECLS
