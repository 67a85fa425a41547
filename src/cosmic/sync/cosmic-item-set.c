/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-item-node-private.h"

#include "cosmic-hash.h"

const CosmicItem cosmic_item_first = { 0, { { 0 } } };
const CosmicItem cosmic_item_end = { COSMIC_ORDER_END, { { 0 } } };

static const char range_tag[] = "dpop range 1";

G_DEFINE_QUARK (cosmic-item-set-error-quark, cosmic_item_set_error)

/* --- Sums. ------------------------------------------------------------------------------------ */

CosmicItemSum
cosmic_item_sum_between (const CosmicItemSum *before, const CosmicItemSum *after)
{
  CosmicItemSum sum = { .count = after->count - before->count };
  guint64 borrow = 0;

  for (guint i = 0; i < 4; i++)
    {
      unsigned __int128 word = (unsigned __int128) after->words[i] - before->words[i] - borrow;

      sum.words[i] = (guint64) word;
      borrow = (guint64) (word >> 64) & 1;
    }
  return sum;
}

void
cosmic_item_sum_fingerprint (const CosmicItemSum *sum, guint8 out[COSMIC_FINGERPRINT_SIZE])
{
  struct
  {
    char tag[sizeof range_tag - 1];
    guint8 count[8];
    guint8 words[32];
  } message;
  guint64 count = GUINT64_TO_LE (sum->count);
  guint8 hash[COSMIC_HASH_SIZE];

  G_STATIC_ASSERT (sizeof message == sizeof range_tag - 1 + 40);
  memcpy (message.tag, range_tag, sizeof message.tag);
  memcpy (message.count, &count, sizeof count);
  for (guint i = 0; i < 4; i++)
    {
      guint64 word = GUINT64_TO_LE (sum->words[i]);

      memcpy (message.words + 8 * i, &word, sizeof word);
    }
  cosmic_hash (&message, sizeof message, hash);
  memcpy (out, hash, COSMIC_FINGERPRINT_SIZE);
}

/* --- The set and its nodes. ------------------------------------------------------------------- */

CosmicItemSet *
cosmic_item_set_new (CosmicItemNodes nodes)
{
  CosmicItemSet *self = g_new (CosmicItemSet, 1);

  self->nodes = nodes;
  return self;
}

void
cosmic_item_set_free (CosmicItemSet *self)
{
  g_free (self);
}

static gboolean
damaged (guint64 number, GError **error)
{
  g_set_error (error, COSMIC_ITEM_SET_ERROR, COSMIC_ITEM_SET_ERROR_DAMAGED,
               "What is stored about the exchange is damaged (%" G_GUINT64_FORMAT
               "). It can be made anew from the entries.",
               number);
  return FALSE;
}

gboolean
cosmic_item_set_header (CosmicItemSet *self, CosmicItemHeader *header, GError **error)
{
  GError *failure = NULL;
  gsize size = 0;
  const guint8 *bytes = self->nodes.table->read (self->nodes.self, 0, &size, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  *header = (CosmicItemHeader){ .version = 1, .next = 1 };
  if (bytes == NULL)
    return TRUE;
  if (size != sizeof *header)
    return damaged (0, error);
  memcpy (header, bytes, sizeof *header);
  header->version = GUINT32_FROM_LE (header->version);
  header->levels = GUINT32_FROM_LE (header->levels);
  header->root = GUINT64_FROM_LE (header->root);
  header->next = GUINT64_FROM_LE (header->next);
  if (header->version != 1 || header->levels > LEVELS_MAX)
    return damaged (0, error);
  return TRUE;
}

const CosmicItemNode *
cosmic_item_set_node (CosmicItemSet *self, guint64 number, guint level, GError **error)
{
  GError *failure = NULL;
  gsize size = 0;
  gconstpointer bytes = self->nodes.table->read (self->nodes.self, number, &size, &failure);
  const CosmicItemNode *node = bytes;
  guint n;

  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return NULL;
    }
  if (node == NULL || size < 8 || GUINT16_FROM_LE (node->level) != level)
    {
      damaged (number, error);
      return NULL;
    }
  n = GUINT16_FROM_LE (node->n);
  if (n == 0 || n > (level == 0 ? LEAF_MAX : INNER_MAX)
      || size != cosmic_item_node_size (level, n))
    {
      damaged (number, error);
      return NULL;
    }
  return node;
}

guint
cosmic_item_node_leaf_index (const CosmicItemNode *node, const CosmicItem *bound)
{
  guint low = 0, high = GUINT16_FROM_LE (node->n);

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (cosmic_item_stored_compare (&node->items[middle], bound) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

guint
cosmic_item_node_child_index (const CosmicItemNode *node, const CosmicItem *bound)
{
  guint low = 1, high = GUINT16_FROM_LE (node->n);

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (cosmic_item_stored_compare (&node->children[middle].low, bound) <= 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low - 1;
}

/* --- Reading. --------------------------------------------------------------------------------- */

gboolean
cosmic_item_set_total (CosmicItemSet *self, CosmicItemSum *total, GError **error)
{
  CosmicItemHeader header;
  CosmicItemLanes lanes = { 0 };

  if (!cosmic_item_set_header (self, &header, error))
    return FALSE;
  cosmic_item_lanes_add_stored (&lanes, &header.total);
  *total = cosmic_item_lanes_carry (&lanes);
  return TRUE;
}

gboolean
cosmic_item_set_find (CosmicItemSet *self, const CosmicItem *bound, CosmicItemSum *before,
                      GError **error)
{
  CosmicItemHeader header;
  CosmicItemLanes lanes = { 0 };
  guint64 number;

  if (bound->order == COSMIC_ORDER_END)
    return cosmic_item_set_total (self, before, error);
  if (!cosmic_item_set_header (self, &header, error))
    return FALSE;
  number = header.root;
  for (guint level = header.levels; level-- > 0;)
    {
      const CosmicItemNode *node = cosmic_item_set_node (self, number, level, error);
      guint index;

      if (node == NULL)
        return FALSE;
      if (level == 0)
        {
          index = cosmic_item_node_leaf_index (node, bound);
          for (guint i = 0; i < index; i++)
            cosmic_item_lanes_add_id (&lanes, &node->items[i].id);
          break;
        }
      index = cosmic_item_node_child_index (node, bound);
      for (guint i = 0; i < index; i++)
        cosmic_item_lanes_add_stored (&lanes, &node->children[i].sum);
      number = GUINT64_FROM_LE (node->children[index].number);
    }
  *before = cosmic_item_lanes_carry (&lanes);
  return TRUE;
}

/* The leaf with the item of INDEX, and what lies before it; NULL without error past the end. */
static const CosmicItemNode *
find_leaf (CosmicItemSet *self, guint64 index, CosmicItemLanes *lanes, GError **error)
{
  CosmicItemHeader header;
  guint64 number;

  if (!cosmic_item_set_header (self, &header, error))
    return NULL;
  if (index >= GUINT64_FROM_LE (header.total.count))
    {
      cosmic_item_lanes_add_stored (lanes, &header.total);
      return NULL;
    }
  number = header.root;
  for (guint level = header.levels; level-- > 0;)
    {
      const CosmicItemNode *node = cosmic_item_set_node (self, number, level, error);
      guint n, i;

      if (node == NULL || level == 0)
        return node;
      n = GUINT16_FROM_LE (node->n);
      for (i = 0; i + 1 < n; i++)
        {
          if (lanes->count + GUINT64_FROM_LE (node->children[i].sum.count) > index)
            break;
          cosmic_item_lanes_add_stored (lanes, &node->children[i].sum);
        }
      number = GUINT64_FROM_LE (node->children[i].number);
    }
  damaged (0, error);
  return NULL;
}

gboolean
cosmic_item_set_at (CosmicItemSet *self, guint64 index, CosmicItemSum *before, GError **error)
{
  CosmicItemLanes lanes = { 0 };
  GError *failure = NULL;
  const CosmicItemNode *leaf = find_leaf (self, index, &lanes, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  if (leaf != NULL && index - lanes.count >= GUINT16_FROM_LE (leaf->n))
    return damaged (0, error);
  for (guint i = 0; leaf != NULL && lanes.count < index; i++)
    cosmic_item_lanes_add_id (&lanes, &leaf->items[i].id);
  *before = cosmic_item_lanes_carry (&lanes);
  return TRUE;
}

gboolean
cosmic_item_set_read (CosmicItemSet *self, guint64 index, CosmicItem *items, guint n, guint *got,
                      GError **error)
{
  *got = 0;
  while (*got < n)
    {
      CosmicItemLanes lanes = { 0 };
      GError *failure = NULL;
      const CosmicItemNode *leaf = find_leaf (self, index + *got, &lanes, &failure);
      guint64 at;

      if (failure != NULL)
        {
          g_propagate_error (error, failure);
          return FALSE;
        }
      if (leaf == NULL)
        return TRUE;
      at = index + *got - lanes.count;
      if (at >= GUINT16_FROM_LE (leaf->n))
        return damaged (0, error);
      for (; at < GUINT16_FROM_LE (leaf->n) && *got < n; at++)
        items[(*got)++] = cosmic_item_swapped (leaf->items[at]);
    }
  return TRUE;
}

gboolean
cosmic_item_set_contains (CosmicItemSet *self, const CosmicItem *item, gboolean *found,
                          GError **error)
{
  CosmicItemHeader header;
  guint64 number;

  *found = FALSE;
  if (!cosmic_item_set_header (self, &header, error))
    return FALSE;
  number = header.root;
  for (guint level = header.levels; level-- > 0;)
    {
      const CosmicItemNode *node = cosmic_item_set_node (self, number, level, error);
      guint index;

      if (node == NULL)
        return FALSE;
      if (level > 0)
        {
          number = GUINT64_FROM_LE (
              node->children[cosmic_item_node_child_index (node, item)].number);
          continue;
        }
      index = cosmic_item_node_leaf_index (node, item);
      *found = index < GUINT16_FROM_LE (node->n)
               && cosmic_item_stored_compare (&node->items[index], item) == 0;
    }
  return TRUE;
}

gboolean
cosmic_item_set_range (CosmicItemSet *self, const CosmicItem *low, const CosmicItem *high,
                       guint64 *count, guint8 fingerprint[COSMIC_FINGERPRINT_SIZE],
                       GError **error)
{
  CosmicItemSum before, after, sum = { 0 };

  if (!cosmic_item_set_find (self, low, &before, error)
      || !cosmic_item_set_find (self, high, &after, error))
    return FALSE;
  if (cosmic_item_compare (low, high) < 0)
    sum = cosmic_item_sum_between (&before, &after);
  *count = sum.count;
  cosmic_item_sum_fingerprint (&sum, fingerprint);
  return TRUE;
}
