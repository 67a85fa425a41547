/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-authority.h"
#include "cosmic-ledger.h"

G_BEGIN_DECLS

/* What is the same for all streams of one batch. */
typedef struct
{
  const CosmicRules *rules;
  CosmicId party;
  guint64 height;
  gint64 time;
  guint32 rules_version;
  gboolean tail;
  gboolean (*root_at) (const CosmicFold *fold, guint64 height, CosmicId *root);
  gpointer root_at_data;
} CosmicFoldSetting;

/* One stream's part of a batch, folded on top of what is certified. */
typedef struct
{
  CosmicLedgerStream *base; /* borrowed */
  CosmicState *spaces[COSMIC_N_SPACES];
  GPtrArray *order; /* of CosmicEntry, borrowed: folded, in canonical order */
  CosmicMerkle ids;
  guint finish_marks[2]; /* of state and exports, before the end of the batch acted */
} CosmicStreamFold;

CosmicStreamFold *cosmic_stream_fold_new  (CosmicLedgerStream *base);
void              cosmic_stream_fold_free (CosmicStreamFold *self);

/* Folds ENTRIES, any order, all of this stream. AUTHORITY is that stream's state at the batch's end
 * (NULL for the authority stream itself). FALSE when their links close a circle. */
gboolean cosmic_stream_fold_run (CosmicStreamFold *self, const CosmicFoldSetting *setting,
                                 const CosmicState *authority, const GPtrArray *entries);

/* Folds one more, if its canonical place is after all others; FALSE when it is not, and nothing is
 * done. */
gboolean cosmic_stream_fold_append (CosmicStreamFold *self, const CosmicFoldSetting *setting,
                                    const CosmicState *authority, CosmicEntry *entry);

/* What would come of OPERATION at the end; nothing is kept. */
CosmicReason cosmic_stream_fold_try (CosmicStreamFold *self, const CosmicFoldSetting *setting,
                                     const CosmicState *authority,
                                     const CosmicOperation *operation, GBytes *body);

/* The stream's leaf as it is now. */
void cosmic_stream_fold_leaf (const CosmicStreamFold *self, CosmicStreamLeaf *leaf);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CosmicStreamFold, cosmic_stream_fold_free)

G_END_DECLS
