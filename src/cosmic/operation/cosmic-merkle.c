/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-merkle.h"

#include "cosmic-hash.h"

static CosmicId
leaf (const CosmicId *id)
{
  guint8 message[1 + COSMIC_ID_SIZE] = { 0x00 };
  CosmicId hash;

  memcpy (message + 1, id->bytes, COSMIC_ID_SIZE);
  cosmic_hash (message, sizeof message, hash.bytes);
  return hash;
}

static CosmicId
node (const CosmicId *left, const CosmicId *right)
{
  guint8 message[1 + 2 * COSMIC_ID_SIZE] = { 0x01 };
  CosmicId hash;

  memcpy (message + 1, left->bytes, COSMIC_ID_SIZE);
  memcpy (message + 1 + COSMIC_ID_SIZE, right->bytes, COSMIC_ID_SIZE);
  cosmic_hash (message, sizeof message, hash.bytes);
  return hash;
}

static guint
n_peaks (guint64 count)
{
  return (guint) __builtin_popcountll (count);
}

void
cosmic_merkle_append (CosmicMerkle *self, const CosmicId *id)
{
  CosmicId carry = leaf (id);
  guint top = n_peaks (self->count);

  /* Each low one-bit of the count is a full subtree as large as what is carried. */
  for (guint64 bits = self->count; bits & 1; bits >>= 1)
    carry = node (&self->peaks[--top], &carry);
  self->peaks[top] = carry;
  self->count++;
}

void
cosmic_merkle_root (const CosmicMerkle *self, CosmicId *root)
{
  guint top = n_peaks (self->count);

  if (top == 0)
    {
      cosmic_hash ("", 0, root->bytes);
      return;
    }
  *root = self->peaks[top - 1];
  for (guint i = top - 1; i-- > 0;)
    *root = node (&self->peaks[i], root);
}

void
cosmic_merkle_root_of (const GArray *ids, CosmicId *root)
{
  CosmicMerkle tree = { 0 };

  for (guint i = 0; i < ids->len; i++)
    cosmic_merkle_append (&tree, &g_array_index (ids, CosmicId, i));
  cosmic_merkle_root (&tree, root);
}

GVariant *
cosmic_merkle_encode (const CosmicMerkle *self)
{
  g_autoptr (GArray) peaks = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  GVariant *fields[2];

  g_array_append_vals (peaks, self->peaks, n_peaks (self->count));
  fields[0] = g_variant_new_uint64 (self->count);
  fields[1] = cosmic_codec_new_ids (peaks);
  return g_variant_new_tuple (fields, 2);
}

gboolean
cosmic_merkle_decode (GVariant *value, CosmicMerkle *self)
{
  g_autoptr (GArray) peaks = cosmic_codec_child_id_list (value, 1, 64);
  guint64 count;

  g_variant_get_child (value, 0, "t", &count);
  if (peaks == NULL || peaks->len != n_peaks (count) || count == G_MAXUINT64) /* no room for more */
    return FALSE;
  self->count = count;
  if (peaks->len > 0)
    memcpy (self->peaks, peaks->data, peaks->len * sizeof (CosmicId));
  return TRUE;
}

/* The largest power of two below COUNT, which is 2 or more. */
static guint64
split (guint64 count)
{
  guint64 power = 1;

  while (power < count - power)
    power *= 2;
  return power;
}

static CosmicId
root_of_range (const GArray *ids, guint from, guint count)
{
  CosmicMerkle tree = { 0 };
  CosmicId root;

  for (guint i = 0; i < count; i++)
    cosmic_merkle_append (&tree, &g_array_index (ids, CosmicId, from + i));
  cosmic_merkle_root (&tree, &root);
  return root;
}

static void
prove_range (const GArray *ids, guint from, guint count, guint index, GArray *path)
{
  guint left;
  CosmicId sibling;

  if (count <= 1)
    return;
  left = (guint) split (count);
  if (index < left)
    {
      prove_range (ids, from, left, index, path);
      sibling = root_of_range (ids, from + left, count - left);
    }
  else
    {
      prove_range (ids, from + left, count - left, index - left, path);
      sibling = root_of_range (ids, from, left);
    }
  g_array_append_val (path, sibling);
}

GArray *
cosmic_merkle_prove (const GArray *ids, guint index)
{
  GArray *path = g_array_new (FALSE, FALSE, sizeof (CosmicId));

  g_return_val_if_fail (index < ids->len, path);
  prove_range (ids, 0, ids->len, index, path);
  return path;
}

/* Takes siblings off the path's end while going down: the last is the root's child. */
static gboolean
check_range (guint64 count, guint64 index, const CosmicId *id, const GArray *path, guint length,
             CosmicId *root)
{
  guint64 left;
  CosmicId below;

  if (count == 1)
    {
      *root = leaf (id);
      return length == 0;
    }
  if (length == 0)
    return FALSE;
  left = split (count);
  if (index < left)
    {
      if (!check_range (left, index, id, path, length - 1, &below))
        return FALSE;
      *root = node (&below, &g_array_index (path, CosmicId, length - 1));
    }
  else
    {
      if (!check_range (count - left, index - left, id, path, length - 1, &below))
        return FALSE;
      *root = node (&g_array_index (path, CosmicId, length - 1), &below);
    }
  return TRUE;
}

gboolean
cosmic_merkle_check (const CosmicId *root, guint64 count, guint64 index, const CosmicId *id,
                     const GArray *path)
{
  CosmicId found;

  return index < count && count <= G_MAXUINT32 && path->len <= 64
         && check_range (count, index, id, path, path->len, &found)
         && cosmic_id_same (&found, root);
}
