/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-hash.h"
#include "cosmic-reconcile.h"

G_BEGIN_DECLS

#define HEAD_VERSION 0x10
#define HEAD_OPENING 0x01
#define HEAD_MORE    0x02
#define HEAD_LAST    0x04

#define KIND_SKIP        0
#define KIND_FINGERPRINT 1
#define KIND_LIST        2

/* A range of up to this many items is listed rather than split: 8 bytes an item against about 22
 * for the fingerprint of a part, and a turn less. */
#define LIST_USUAL 48
/* A list is at most this long: where at least half of it is lacked by the peer. */
#define LIST_MAX   256

/* --- Bytes. ----------------------------------------------------------------------------------- */

/* Reads on; any reading past the end, or of a form that is not the only one, sets `bad` and gives
 * zeros from then on. */
typedef struct
{
  const guint8 *at, *end;
  gboolean bad;
} FrameReader;

guint64       cosmic_frame_read_number (FrameReader *self);
const guint8 *cosmic_frame_read_bytes  (FrameReader *self, gsize size); /* NULL when bad */
/* Behind BEFORE, which it replaces: an item; an upper bound. */
void          cosmic_frame_read_item   (FrameReader *self, CosmicItem *before, gboolean is_first);
void          cosmic_frame_read_bound  (FrameReader *self, CosmicItem *before);

void cosmic_frame_write_number (GByteArray *out, guint64 number);
void cosmic_frame_write_item   (GByteArray *out, const CosmicItem *before, const CosmicItem *item);
void cosmic_frame_write_bound  (GByteArray *out, const CosmicItem *before, const CosmicItem *bound);

/* The lowest bound, in bytes written, that parts BEFORE from ITEM: above the one, not above the
 * other. */
CosmicItem cosmic_item_parting (const CosmicItem *before, const CosmicItem *item);
/* The lowest item that is higher. */
CosmicItem cosmic_item_next    (const CosmicItem *item);

/* --- Ranges that wait. ------------------------------------------------------------------------ */

typedef struct
{
  CosmicItem low, high;
  guint64 theirs; /* how many items the peer said it has there */
} CosmicRange;

#define THEIRS_UNKNOWN G_MAXUINT64

/* Ascending and apart, at most MOST of them: one too many becomes one with the last, which costs
 * the peers some words but nothing else. */
typedef struct
{
  GArray *ranges;
  guint most;
} CosmicRangeList;

void cosmic_range_list_init  (CosmicRangeList *self, guint most);
void cosmic_range_list_clear (CosmicRangeList *self);
/* RANGE is not before what was added last. */
void cosmic_range_list_add   (CosmicRangeList *self, const CosmicRange *range);
/* Takes all of OTHER, which is empty afterwards. */
void cosmic_range_list_merge (CosmicRangeList *self, CosmicRangeList *other);

/* --- The reconciliation. ---------------------------------------------------------------------- */

/* An item whose short id stood in a list of our last frame. */
typedef struct
{
  CosmicItem item;
  gboolean begins; /* its list */
} ListedItem;

struct _CosmicReconcile
{
  CosmicItemSet *set;
  gsize limit;
  guint64 most;
  DpopRandom random;
  guint8 pool[256]; /* random bytes, used from the end */
  guint pooled;

  CosmicReconcileState state;
  const char *fault;
  gboolean begins, begun, said_more;
  guint64 credit; /* bytes that the peer may still send */
  guint8 key[COSMIC_SHORT_HASH_KEY_SIZE];

  CosmicRangeList asks;  /* ranges that differ: to be split or listed */
  CosmicRangeList sends; /* ranges of which the peer has nothing, or none of the rest */
  GArray *listed;        /* ListedItem */
  GArray *only_theirs, *only_ours;
};

/* A frame of the peer's, as it was understood. */
typedef struct
{
  gboolean more, last;
  gboolean lacks;      /* something that we listed */
  gboolean asks;       /* anything */
  guint64 n_items;
  gboolean we_lack;    /* something that it listed */
  GByteArray *answers; /* to its lists */
} FrameTaken;

/* FALSE when it was refused, or with ERROR. */
gboolean cosmic_reconcile_read (CosmicReconcile *self, gconstpointer bytes, gsize size,
                                FrameTaken *taken, GError **error);
gboolean cosmic_reconcile_refuse (CosmicReconcile *self, const char *fault); /* gives FALSE */

/* Questions about as many waiting ranges as ROOM bytes hold. */
gboolean cosmic_reconcile_ask  (CosmicReconcile *self, GByteArray *out, gsize room,
                                GError **error);
/* The first questions of all. */
gboolean cosmic_reconcile_open (CosmicReconcile *self, GByteArray *out, GError **error);
/* As many items as ROOM bytes hold; how many is put into N. */
gboolean cosmic_reconcile_send (CosmicReconcile *self, GByteArray *out, gsize room, guint *n,
                                GError **error);

G_END_DECLS
