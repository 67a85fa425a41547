/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-codec.h"
#include "cosmic-proof.h"

G_BEGIN_DECLS

/* A checkpoint: what the witnesses agree is final (design 4.5). GVariant `(yayaytayxuayay)`:
 * version 1, party, chain, height, previous checkpoint, time in ms, rules version, state tree root,
 * batch root. Its id is BLAKE2b-256 of "dpop checkpoint 1" with its NUL and these bytes. Heights
 * begin at 1; the first one's previous is zero. */
#define COSMIC_CHECKPOINT_VERSION 1

typedef struct
{
  CosmicId party;
  CosmicId chain;
  guint64 height;
  CosmicId previous;
  gint64 time;
  guint32 rules_version;
  CosmicId state_root;
  CosmicId batch_root;
} CosmicCheckpoint;

GBytes  *cosmic_checkpoint_encode (const CosmicCheckpoint *self);
gboolean cosmic_checkpoint_decode (GBytes *bytes, CosmicCheckpoint *self);
void     cosmic_checkpoint_id     (GBytes *bytes, CosmicId *id);

/* The operations that a checkpoint covers, stream by stream in canonical order, with the leaf that
 * each stream has from then on: whoever cannot read a stream takes its leaf from here, and the
 * state root vouches for it. GVariant `a(ay(ayayayayay)aay)`, streams strictly ascending, so the
 * authority stream comes first; a stream that only a deadline moved has no operations. The batch
 * root is the RFC 6962 root over all ids in that order. */
#define COSMIC_BATCH_MAX      32768        /* operations */
#define COSMIC_BATCH_SIZE_MAX (1792 * 1024) /* bytes of the list: it travels in one envelope */

typedef struct
{
  CosmicId stream;
  CosmicStreamLeaf leaf;
  GArray *operations; /* of CosmicId */
} CosmicBatchStream;

typedef struct
{
  GPtrArray *streams; /* of CosmicBatchStream */
} CosmicBatchList;

CosmicBatchList *cosmic_batch_list_new    (void);
void             cosmic_batch_list_free   (CosmicBatchList *self);
/* Streams must be added in ascending order. The result is borrowed. */
CosmicBatchStream *cosmic_batch_list_add  (CosmicBatchList *self, const CosmicId *stream);
GBytes          *cosmic_batch_list_encode (const CosmicBatchList *self);
CosmicBatchList *cosmic_batch_list_decode (GBytes *bytes);
void             cosmic_batch_list_root   (const CosmicBatchList *self, CosmicId *root);
guint            cosmic_batch_list_count  (const CosmicBatchList *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CosmicBatchList, cosmic_batch_list_free)

G_END_DECLS
