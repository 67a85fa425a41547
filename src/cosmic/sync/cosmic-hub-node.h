/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-envelope.h"
#include "cosmic-item-set.h"

G_BEGIN_DECLS

/* What an exchange session with a hub asks of the side that it works for: of the hub, or of a
 * member's computer. All calls come from the thread that drives the session, and none may call the
 * session back. */

/* What became of an envelope that came in. */
typedef enum
{
  COSMIC_HUB_TAKE_NEW,   /* kept; to be relied on once it is committed */
  COSMIC_HUB_TAKE_KNOWN,
  COSMIC_HUB_TAKE_FULL,  /* no room for it, as things are */
  COSMIC_HUB_TAKE_GONE,  /* it was deleted for good, and is not taken back */
  COSMIC_HUB_TAKE_BAD,   /* no honest peer sends this */
  COSMIC_HUB_TAKE_FAILED, /* this side's own store failed */
} CosmicHubTake;

/* How much a hub keeps for an organisation, and how much it would. */
typedef struct
{
  guint64 envelopes, bytes;
  guint64 envelopes_most, bytes_most;
  gboolean full;
} CosmicHubRoom;

typedef struct
{
  /* Makes durable what was taken and erased. FALSE: the store failed, and nothing of it is kept. */
  gboolean       (*commit) (gpointer self);
  /* All that is here, for the reconciliation; borrowed. It may change between two frames. */
  CosmicItemSet *(*items)  (gpointer self);

  /* The peer has ITEM, and it is not among the items here. FALSE: it was deleted for good. */
  gboolean       (*hear)   (gpointer self, const CosmicItem *item);
  /* TRUE: no more is to be heard of before some of it was asked for. */
  gboolean       (*is_busy) (gpointer self);
  /* Appends up to MOST ids to be asked for now; each is answered by take() or by missing(). */
  void           (*wants)  (gpointer self, guint most, GArray *ids);
  CosmicHubTake  (*take)   (gpointer self, const CosmicItem *item, GBytes *envelope);
  void           (*missing) (gpointer self, const CosmicId *id);

  /* To unref; NULL when it is not here (any more). */
  GBytes        *(*find)   (gpointer self, const CosmicId *id);

  /* The hub's alone. */
  void           (*room)   (gpointer self, CosmicHubRoom *room);
  /* Deletes IDS (of CosmicId, ascending) for good. BAD when SIGNATURE is of nobody who may. */
  CosmicHubTake  (*erase)  (gpointer self, const GArray *ids, const guint8 *signature);
} CosmicHubNodeTable;

/* Passed by value; SELF is borrowed and outlives it. */
typedef struct
{
  const CosmicHubNodeTable *table;
  gpointer self;
} CosmicHubNode;

#define COSMIC_HUB_SIGNATURE_SIZE 64

/* Where an envelope stands among the others of its organisation on a hub [format]: the order key of
 * its label, then its type, then its id: order = 16 * order key + type. So a member knows what is
 * there before it asks for it, headers apart from what they name. FALSE when the label is none of a
 * known type, or its order key is 2^59 or more. */
gboolean cosmic_hub_item (GBytes *envelope, CosmicItem *item);

static inline CosmicItemType
cosmic_hub_item_type (const CosmicItem *item)
{
  return (CosmicItemType) (item->order & 15);
}

static inline guint64
cosmic_hub_item_order (const CosmicItem *item)
{
  return item->order >> 4;
}

G_END_DECLS
