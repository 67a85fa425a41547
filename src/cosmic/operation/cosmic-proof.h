/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-state.h"

G_BEGIN_DECLS

/* What the party's state tree says of one stream: a leaf of the map of streams (design 4.3).
 * GVariant `(ayayayayay)`: frontier root, ids root, state root, exports root, chain. */
typedef struct
{
  CosmicId frontier;
  CosmicId ids;
  CosmicId state;
  CosmicId exports;
  CosmicId chain;
} CosmicStreamLeaf;

GVariant *cosmic_stream_leaf_encode (const CosmicStreamLeaf *self);
gboolean  cosmic_stream_leaf_decode (GVariant *value, CosmicStreamLeaf *self);
#define COSMIC_STREAM_LEAF_TYPE "(ayayayayay)"

/* That a stream exported a value: the stream's leaf, its way through the state tree, and the
 * value's way through the stream's exports. GVariant `((ayayayayay)aayaay)`. */
GBytes  *cosmic_proof_new   (const CosmicStreamLeaf *leaf, const GArray *stream_path,
                             const GArray *export_path);
gboolean cosmic_proof_check (GBytes *proof, const CosmicId *root, const CosmicId *stream,
                             const CosmicKey *key, GBytes *value);

G_END_DECLS
