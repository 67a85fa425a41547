/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-item-set.h"

G_BEGIN_DECLS

/* A node as it is stored: everything little-endian, so that on most machines the bytes are the
 * values. A leaf has items, an inner node (level 1 and above) has children, ascending. A child's
 * `low` is at or before all its items and behind all items of the child to its left; that of the
 * first child is not looked at. */
#define LEAF_MAX  99
#define INNER_MAX 45

typedef struct
{
  guint64 number;
  CosmicItemSum sum;
  CosmicItem low;
} CosmicItemChild;

typedef struct
{
  guint16 level;
  guint16 n;
  guint32 zero;
  union
  {
    CosmicItem items[LEAF_MAX];
    CosmicItemChild children[INNER_MAX];
  };
} CosmicItemNode;

G_STATIC_ASSERT (sizeof (CosmicItem) == 40 && sizeof (CosmicItemChild) == 88);
G_STATIC_ASSERT (sizeof (CosmicItemNode) == COSMIC_ITEM_NODE_SIZE);

/* The block of number 0. */
typedef struct
{
  guint32 version; /* 1 */
  guint32 levels;  /* of the tree; 0: no root */
  guint64 root;
  guint64 next;    /* the lowest number that was never given */
  CosmicItemSum total;
} CosmicItemHeader;

/* More levels than 2^64 items could need. */
#define LEVELS_MAX 20

static inline gsize
cosmic_item_node_size (guint level, guint n)
{
  return 8 + n * (level == 0 ? sizeof (CosmicItem) : sizeof (CosmicItemChild));
}

/* Compares a stored item with a value. */
static inline int
cosmic_item_stored_compare (const CosmicItem *stored, const CosmicItem *value)
{
  guint64 order = GUINT64_FROM_LE (stored->order);

  if (order != value->order)
    return order < value->order ? -1 : 1;
  return cosmic_id_compare (&stored->id, &value->id);
}

static inline CosmicItem
cosmic_item_swapped (CosmicItem item)
{
  item.order = GUINT64_FROM_LE (item.order);
  return item;
}

/* Sums that are still to be carried: words that do not overflow for 2^64 additions. */
typedef struct
{
  guint64 count;
  unsigned __int128 words[4];
} CosmicItemLanes;

static inline void
cosmic_item_lanes_add_id (CosmicItemLanes *lanes, const CosmicId *id)
{
  guint64 words[4];

  memcpy (words, id->bytes, sizeof words);
  lanes->count++;
  for (guint i = 0; i < 4; i++)
    lanes->words[i] += GUINT64_FROM_LE (words[i]);
}

static inline void
cosmic_item_lanes_add_stored (CosmicItemLanes *lanes, const CosmicItemSum *sum)
{
  lanes->count += GUINT64_FROM_LE (sum->count);
  for (guint i = 0; i < 4; i++)
    lanes->words[i] += GUINT64_FROM_LE (sum->words[i]);
}

static inline CosmicItemSum
cosmic_item_lanes_carry (const CosmicItemLanes *lanes)
{
  CosmicItemSum sum = { .count = lanes->count };
  unsigned __int128 carry = 0;

  for (guint i = 0; i < 4; i++)
    {
      carry += lanes->words[i];
      sum.words[i] = (guint64) carry;
      carry >>= 64;
    }
  return sum;
}

/* Stored sums: + or − one id, and all of a node. */
void cosmic_item_sum_add    (CosmicItemSum *stored, const CosmicId *id);
void cosmic_item_sum_remove (CosmicItemSum *stored, const CosmicId *id);
CosmicItemSum cosmic_item_node_sum (const CosmicItemNode *node); /* as it is stored */

/* The first index of an item that is not before BOUND; the child that BOUND falls into. */
guint cosmic_item_node_leaf_index  (const CosmicItemNode *node, const CosmicItem *bound);
guint cosmic_item_node_child_index (const CosmicItemNode *node, const CosmicItem *bound);

struct _CosmicItemSet
{
  CosmicItemNodes nodes;
};

gboolean cosmic_item_set_header (CosmicItemSet *self, CosmicItemHeader *header, GError **error);
/* Borrowed until the nodes are asked again. Checks what indexing relies on. */
const CosmicItemNode *cosmic_item_set_node (CosmicItemSet *self, guint64 number, guint level,
                                            GError **error);

G_END_DECLS
