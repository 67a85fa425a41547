/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-id.h"
#include "cosmic-item-nodes.h"

G_BEGIN_DECLS

/* An ordered set of items with a fingerprint for every range: a B+tree whose inner nodes know how
 * many items lie below each child and what their ids add up to. Inserting, removing, finding and
 * fingerprinting take a number of node reads that grows with the logarithm of the number of items.
 *
 * Items are ordered by `order`, then by the bytes of `id`. An id has one order: what an item is
 * hashed from says it (the order key of an envelope's label), and the set does not look for an id
 * under another. */
typedef struct
{
  guint64 order; /* below COSMIC_ORDER_END */
  CosmicId id;
} CosmicItem;

#define COSMIC_ORDER_END G_MAXUINT64

/* The bounds of the whole: every item is at or behind the first, and before the second. */
extern const CosmicItem cosmic_item_first;
extern const CosmicItem cosmic_item_end;

static inline int
cosmic_item_compare (const CosmicItem *a, const CosmicItem *b)
{
  if (a->order != b->order)
    return a->order < b->order ? -1 : 1;
  return cosmic_id_compare (&a->id, &b->id);
}

/* How many items, and their ids as little-endian integers of 256 bits, added up modulo 2^256; the
 * words from low to high. */
typedef struct
{
  guint64 count;
  guint64 words[4];
} CosmicItemSum;

/* What lies between two places: AFTER without BEFORE. */
CosmicItemSum cosmic_item_sum_between (const CosmicItemSum *before, const CosmicItemSum *after);

/* BLAKE2b-256 ("dpop range 1", count as 8 bytes, sum as 32 bytes, both little-endian), of which the
 * first 16 bytes. [format]
 *
 * Two ranges of one fingerprint hold the same items unless somebody took pains that they do not:
 * who makes items can, with work that shrinks as the number of items grows, make two sets of one
 * sum. An equal fingerprint therefore proves nothing (cosmic-reconcile.h says what follows). */
#define COSMIC_FINGERPRINT_SIZE 16

void cosmic_item_sum_fingerprint (const CosmicItemSum *sum, guint8 out[COSMIC_FINGERPRINT_SIZE]);

/* The set lies in NODES and is nowhere else; a set over empty nodes is empty. Whatever can fail
 * fails with the nodes' error, or with one of these; after a failed insert or remove the nodes are
 * in no order and the caller rolls back. */
typedef struct _CosmicItemSet CosmicItemSet;

#define COSMIC_ITEM_SET_ERROR (cosmic_item_set_error_quark ())
GQuark cosmic_item_set_error_quark (void);

typedef enum
{
  COSMIC_ITEM_SET_ERROR_DAMAGED, /* a node that this code did not write */
} CosmicItemSetError;

CosmicItemSet *cosmic_item_set_new  (CosmicItemNodes nodes);
void           cosmic_item_set_free (CosmicItemSet *self);

/* ADDED and REMOVED (either may be NULL) say whether anything changed. */
gboolean cosmic_item_set_insert   (CosmicItemSet *self, const CosmicItem *item, gboolean *added,
                                   GError **error);
gboolean cosmic_item_set_remove   (CosmicItemSet *self, const CosmicItem *item, gboolean *removed,
                                   GError **error);
gboolean cosmic_item_set_contains (CosmicItemSet *self, const CosmicItem *item, gboolean *found,
                                   GError **error);

/* The sum of all items. */
gboolean cosmic_item_set_total (CosmicItemSet *self, CosmicItemSum *total, GError **error);
/* The sum of all items before BOUND: its count is the index of the first item not before it. */
gboolean cosmic_item_set_find  (CosmicItemSet *self, const CosmicItem *bound,
                                CosmicItemSum *before, GError **error);
/* The same for the item of INDEX, counted from 0; past the end, the sum of all. */
gboolean cosmic_item_set_at    (CosmicItemSet *self, guint64 index, CosmicItemSum *before,
                                GError **error);
/* Copies up to N items from INDEX on, in order; GOT says how many: fewer where the set ends. */
gboolean cosmic_item_set_read  (CosmicItemSet *self, guint64 index, CosmicItem *items, guint n,
                                guint *got, GError **error);
/* Count and fingerprint of what lies at or behind LOW and before HIGH. */
gboolean cosmic_item_set_range (CosmicItemSet *self, const CosmicItem *low, const CosmicItem *high,
                                guint64 *count, guint8 fingerprint[COSMIC_FINGERPRINT_SIZE],
                                GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CosmicItemSet, cosmic_item_set_free)

G_END_DECLS
