/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-certificate.h"
#include "cosmic-stream-fold.h"

G_BEGIN_DECLS

/* A batch: what one checkpoint covers, folded over the ledger (design 4.3): the authority stream
 * first and whole, then every other stream alone, reading authority as it stands at the end. The
 * ledger is not changed until the batch is committed to it. */
typedef struct
{
  CosmicFoldSetting setting;
  GPtrArray *streams;    /* of CosmicStreamFold, ascending by stream */
  CosmicBatchList *list; /* the same, as ids and leaves */
  CosmicId state_root;
  CosmicId batch_root;
} CosmicBatch;

/* ENTRIES are borrowed and outlive the batch; each has its body at hand. NULL with ERROR set when
 * the store fails, or their links close a circle. */
CosmicBatch *cosmic_batch_fold (CosmicLedger *ledger, const CosmicFoldSetting *setting,
                                const GPtrArray *entries, GError **error);
void         cosmic_batch_free (CosmicBatch *self);

gboolean cosmic_batch_commit (CosmicBatch *self, CosmicLedger *ledger, GError **error);

/* Whether two lists are the same, streams, leaves and order. */
gboolean cosmic_batch_matches (const CosmicBatch *self, const CosmicBatchList *list);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CosmicBatch, cosmic_batch_free)

G_END_DECLS
