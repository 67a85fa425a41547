/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-id.h"

G_BEGIN_DECLS

/* The state tree: a binary radix trie over BLAKE2b(key) (design 4.3).
 *
 *   path  = BLAKE2b-256 (key)
 *   leaf  = BLAKE2b-256 (0x00, path, BLAKE2b-256 (value))
 *   node  = BLAKE2b-256 (0x01, left, right)
 *   a subtree of one leaf is that leaf, an empty one 32 zero bytes
 *
 * Bit 0 of a path is the highest bit of its first byte. The same entries give the same root,
 * whatever was inserted or removed on the way. */
typedef struct
{
  CosmicId path;
  CosmicId leaf;
} CosmicTrieLeaf;

CosmicTrieLeaf cosmic_trie_leaf (gconstpointer key, gsize key_size,
                                 gconstpointer value, gsize value_size);

/* Sorts LEAVES, an array of CosmicTrieLeaf with distinct paths. */
void cosmic_trie_root (GArray *leaves, CosmicId *root);

/* The siblings on the way from the root down to the leaf at PATH, an array of CosmicId. NULL when
 * there is no such leaf. Sorts LEAVES. */
GArray *cosmic_trie_prove (GArray *leaves, const CosmicId *path);

/* Whether SIBLINGS show that LEAF is in the trie of ROOT. */
gboolean cosmic_trie_check (const CosmicId *root, const CosmicTrieLeaf *leaf,
                            const GArray *siblings);

G_END_DECLS
