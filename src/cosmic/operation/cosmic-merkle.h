/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-codec.h"

G_BEGIN_DECLS

/* An append-only list of ids under one root: the Merkle tree of RFC 6962, section 2.1, with
 * BLAKE2b-256 for the hash. Kept as the roots of its full subtrees, largest first, so that
 * appending costs a logarithm and nothing else is stored. */
typedef struct
{
  guint64 count;
  CosmicId peaks[64];
} CosmicMerkle;

void cosmic_merkle_append (CosmicMerkle *self, const CosmicId *id);
void cosmic_merkle_root   (const CosmicMerkle *self, CosmicId *root);
void cosmic_merkle_root_of (const GArray *ids, CosmicId *root);

/* GVariant `(taay)`: count, then the peaks. FALSE when it is not well formed. */
GVariant *cosmic_merkle_encode (const CosmicMerkle *self);
gboolean  cosmic_merkle_decode (GVariant *value, CosmicMerkle *self);

/* The audit path of the id at INDEX (RFC 6962, 2.1.1), an array of CosmicId, and its check. */
GArray  *cosmic_merkle_prove (const GArray *ids, guint index);
gboolean cosmic_merkle_check (const CosmicId *root, guint64 count, guint64 index,
                              const CosmicId *id, const GArray *path);

G_END_DECLS
