/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-log-store.h"
#include "cosmic-merkle.h"
#include "cosmic-trie.h"

G_BEGIN_DECLS

/* What is certified: the state of every stream at the newest checkpoint. Over a store it reads as
 * it is asked; without one it lives in memory, for checking the whole history again. */
typedef struct _CosmicLedger CosmicLedger;

typedef struct
{
  CosmicLogStore store;
  CosmicId stream;
  CosmicSpace space;
  GHashTable *read; /* CosmicKey -> GBytes or NULL: what was read already */
} CosmicLedgerSource;

typedef struct
{
  CosmicId id;
  gboolean known;                       /* the state tree has a leaf of it */
  CosmicState *spaces[COSMIC_N_SPACES]; /* never with changes of their own, over a store */
  CosmicLedgerSource sources[COSMIC_N_SPACES];
  CosmicMerkle ids;
  CosmicStreamLeaf leaf;
  gint64 deadline;
} CosmicLedgerStream;

/* STORE is copied; NULL: in memory. */
CosmicLedger *cosmic_ledger_new  (const CosmicLogStore *store);
void          cosmic_ledger_free (CosmicLedger *self);

/* The stream's certified state, made empty when there is none; owned by the ledger. */
CosmicLedgerStream *cosmic_ledger_stream (CosmicLedger *self, const CosmicId *id, GError **error);
/* Ids of the streams whose deadline is TIME or earlier, ascending. */
GArray *cosmic_ledger_due    (CosmicLedger *self, gint64 time, GError **error);
/* Leaves of the state tree, an array of CosmicTrieLeaf, but for the streams in EXCEPT (a set of
 * CosmicId, or NULL). */
GArray *cosmic_ledger_leaves (CosmicLedger *self, GHashTable *except, GError **error);
CosmicTrieLeaf cosmic_ledger_trie_leaf (const CosmicId *stream, const CosmicStreamLeaf *leaf);

/* Forgets what was read of the store: some of it could not be. */
void cosmic_ledger_forget (CosmicLedger *self);

/* Makes what SPACES (layers over the stream's own) changed, and the new figures, certified. */
gboolean cosmic_ledger_write (CosmicLedger *self, CosmicLedgerStream *stream,
                              CosmicState *const spaces[COSMIC_N_SPACES], const CosmicMerkle *ids,
                              const CosmicStreamLeaf *leaf, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CosmicLedger, cosmic_ledger_free)

G_END_DECLS
