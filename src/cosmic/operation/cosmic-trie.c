/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-trie.h"

#include "cosmic-hash.h"

CosmicTrieLeaf
cosmic_trie_leaf (gconstpointer key, gsize key_size, gconstpointer value, gsize value_size)
{
  CosmicTrieLeaf leaf;
  guint8 message[1 + 2 * COSMIC_ID_SIZE] = { 0x00 };

  cosmic_hash (key, key_size, leaf.path.bytes);
  memcpy (message + 1, leaf.path.bytes, COSMIC_ID_SIZE);
  cosmic_hash (value, value_size, message + 1 + COSMIC_ID_SIZE);
  cosmic_hash (message, sizeof message, leaf.leaf.bytes);
  return leaf;
}

static CosmicId
node (const CosmicId *left, const CosmicId *right)
{
  CosmicId id;
  guint8 message[1 + 2 * COSMIC_ID_SIZE] = { 0x01 };

  memcpy (message + 1, left->bytes, COSMIC_ID_SIZE);
  memcpy (message + 1 + COSMIC_ID_SIZE, right->bytes, COSMIC_ID_SIZE);
  cosmic_hash (message, sizeof message, id.bytes);
  return id;
}

static gboolean
bit (const CosmicId *path, guint depth)
{
  return (path->bytes[depth / 8] >> (7 - depth % 8)) & 1;
}

/* Where the right half begins, among the sorted leaves [from, to) that agree before DEPTH. */
static guint
divide (const CosmicTrieLeaf *leaves, guint from, guint to, guint depth)
{
  while (from < to)
    {
      guint middle = from + (to - from) / 2;

      if (bit (&leaves[middle].path, depth))
        to = middle;
      else
        from = middle + 1;
    }
  return from;
}

static CosmicId
subtree (const CosmicTrieLeaf *leaves, guint from, guint to, guint depth)
{
  guint middle;
  CosmicId left, right;

  if (from == to)
    return cosmic_id_zero;
  if (to - from == 1)
    return leaves[from].leaf;
  middle = divide (leaves, from, to, depth);
  left = subtree (leaves, from, middle, depth + 1);
  right = subtree (leaves, middle, to, depth + 1);
  return node (&left, &right);
}

void
cosmic_trie_root (GArray *leaves, CosmicId *root)
{
  g_array_sort (leaves, cosmic_id_order); /* the path comes first */
  *root = subtree ((const CosmicTrieLeaf *) (gconstpointer) leaves->data, 0, leaves->len, 0);
}

GArray *
cosmic_trie_prove (GArray *leaves, const CosmicId *path)
{
  const CosmicTrieLeaf *all;
  g_autoptr (GArray) siblings = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  guint from = 0, to = leaves->len;

  g_array_sort (leaves, cosmic_id_order);
  all = (const CosmicTrieLeaf *) (gconstpointer) leaves->data;
  for (guint depth = 0; to - from > 1; depth++)
    {
      guint middle = divide (all, from, to, depth);
      gboolean right = bit (path, depth);
      CosmicId sibling = right ? subtree (all, from, middle, depth + 1)
                               : subtree (all, middle, to, depth + 1);

      g_array_append_val (siblings, sibling);
      if (right)
        from = middle;
      else
        to = middle;
    }
  if (from == to || !cosmic_id_same (&all[from].path, path))
    return NULL;
  return g_steal_pointer (&siblings);
}

gboolean
cosmic_trie_check (const CosmicId *root, const CosmicTrieLeaf *leaf, const GArray *siblings)
{
  CosmicId here = leaf->leaf;

  if (siblings->len > 8 * COSMIC_ID_SIZE)
    return FALSE;
  for (guint depth = siblings->len; depth-- > 0;)
    {
      const CosmicId *sibling = &g_array_index (siblings, CosmicId, depth);

      here = bit (&leaf->path, depth) ? node (sibling, &here) : node (&here, sibling);
    }
  return cosmic_id_same (&here, root);
}
