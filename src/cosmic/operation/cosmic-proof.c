/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-proof.h"

#include "cosmic-trie.h"

#define PROOF_TYPE "(" COSMIC_STREAM_LEAF_TYPE "aayaay)"

GVariant *
cosmic_stream_leaf_encode (const CosmicStreamLeaf *self)
{
  GVariant *fields[] = { cosmic_codec_new_id (&self->frontier), cosmic_codec_new_id (&self->ids),
                         cosmic_codec_new_id (&self->state), cosmic_codec_new_id (&self->exports),
                         cosmic_codec_new_id (&self->chain) };

  return g_variant_new_tuple (fields, G_N_ELEMENTS (fields));
}

gboolean
cosmic_stream_leaf_decode (GVariant *value, CosmicStreamLeaf *self)
{
  return cosmic_codec_child_id (value, 0, &self->frontier)
         && cosmic_codec_child_id (value, 1, &self->ids)
         && cosmic_codec_child_id (value, 2, &self->state)
         && cosmic_codec_child_id (value, 3, &self->exports)
         && cosmic_codec_child_id (value, 4, &self->chain);
}

GBytes *
cosmic_proof_new (const CosmicStreamLeaf *leaf, const GArray *stream_path,
                  const GArray *export_path)
{
  GVariant *fields[] = { cosmic_stream_leaf_encode (leaf), cosmic_codec_new_ids (stream_path),
                         cosmic_codec_new_ids (export_path) };

  return cosmic_codec_encode (g_variant_new_tuple (fields, G_N_ELEMENTS (fields)));
}

gboolean
cosmic_proof_check (GBytes *proof, const CosmicId *root, const CosmicId *stream,
                    const CosmicKey *key, GBytes *value)
{
  g_autoptr (GVariant) decoded = cosmic_codec_decode (PROOF_TYPE, proof);
  g_autoptr (GVariant) leaf_value = NULL;
  g_autoptr (GBytes) leaf_bytes = NULL;
  g_autoptr (GArray) stream_path = NULL;
  g_autoptr (GArray) export_path = NULL;
  CosmicStreamLeaf leaf;
  CosmicTrieLeaf stream_leaf, export_leaf;

  if (decoded == NULL)
    return FALSE;
  leaf_value = g_variant_get_child_value (decoded, 0);
  stream_path = cosmic_codec_child_id_list (decoded, 1, 8 * COSMIC_ID_SIZE);
  export_path = cosmic_codec_child_id_list (decoded, 2, 8 * COSMIC_ID_SIZE);
  if (stream_path == NULL || export_path == NULL || !cosmic_stream_leaf_decode (leaf_value, &leaf))
    return FALSE;
  leaf_bytes = cosmic_codec_encode (cosmic_stream_leaf_encode (&leaf));
  stream_leaf = cosmic_trie_leaf (stream->bytes, COSMIC_ID_SIZE,
                                  g_bytes_get_data (leaf_bytes, NULL),
                                  g_bytes_get_size (leaf_bytes));
  export_leaf = cosmic_trie_leaf (key->bytes, key->size, g_bytes_get_data (value, NULL),
                                  g_bytes_get_size (value));
  return cosmic_trie_check (root, &stream_leaf, stream_path)
         && cosmic_trie_check (&leaf.exports, &export_leaf, export_path);
}
