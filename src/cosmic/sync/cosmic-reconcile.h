/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-item-set.h"
#include "dpop-random.h"

G_BEGIN_DECLS

/* Two peers find out what each has that the other lacks, at a cost that grows with the difference
 * and the logarithm of the rest: range-based set reconciliation (Aljoscha Meyer, arXiv:2212.13567).
 * Ranges with different fingerprints are split until they are small enough to be listed.
 *
 * Frames go to and fro, strictly in turn, each no larger than both sides' LIMIT. Each side learns
 * in full which items only the peer has. The set may change between two frames: what changes
 * meanwhile may or may not be seen, nothing else is affected.
 *
 * Equal fingerprints are never proof. A peer can claim any fingerprint; and two different sets with
 * one sum can be made by whoever makes many items (cosmic-item-set.h). Where ranges are split is
 * therefore drawn anew in every reconciliation, so that such sets fall apart in a later one. For a
 * caller it means: COSMIC_RECONCILE_DONE says that nothing more was found, not that both have the
 * same; nothing may be deleted, certified, or told as "everyone has it" because of it; reconcile
 * again, with other peers too. What must be complete is proved by a checkpoint's batch list.
 *
 * A peer that lies gains nothing but its own disadvantage: it is answered frame for frame, each
 * answer no larger than LIMIT; memory stays below 12 LIMIT + 4 MiB (8 MiB at a limit of 256 KiB);
 * and the number of frames is bounded by our own items and by MOST.
 *
 * The frame [format]: plain bytes, since GVariant would double the size of a fingerprinted range.
 * Integers are LEB128 in the fewest bytes (at most 64 bits), bits count from the lowest. An item's
 * order is written as the difference to the item or bound before it in its part, from 0.
 *
 *   frame     = head answers items questions
 *   head      = byte: 0x10 + 1 opening + 2 more follows + 4 last; an opening: then a 16-byte key
 *   answers   = one bit for each short id in the lists of the frame before, in order, filled up to
 *               whole bytes with zeros: whether the item is lacked
 *   items     = n, then n times: order, 32 bytes of id; ascending; which the other is held to lack
 *   questions = to the end of the frame, ascending:
 *     range       = kind and count as one integer (kind + 4 count), upper bound, content
 *     upper bound = 0 for the end, else 1 + order and one byte p and p bytes of id, the last of
 *                   which is not 0; the lower bound is the upper bound before, at first the lowest
 *     kind 0      = skip: nothing is asked; count and content are empty; never last or doubled
 *     kind 1      = fingerprint: count items, 16 bytes
 *     kind 2      = list: count (at most 256) short ids of 8 bytes in the items' order;
 *                   a frame has at most LIMIT / 16 of them
 *
 * A short id is SipHash-2-4 of the id under the opening's key, as 8 bytes. A range with another
 * fingerprint is answered by questions within it, a list by answers and by items. "More follows"
 * asks to be let go on; an answer to it that has nothing to say is an empty frame. "Last" asks
 * nothing, and nothing follows. */

#define COSMIC_RECONCILE_LIMIT_MIN 4096
#define COSMIC_RECONCILE_LIMIT_MAX (1024 * 1024)

typedef enum
{
  COSMIC_RECONCILE_GOES_ON, /* a frame of the peer's is awaited */
  COSMIC_RECONCILE_DONE,    /* nothing more is awaited; a frame that is given is still to be sent */
  COSMIC_RECONCILE_REFUSED, /* the peer does not keep to the rules: end the session */
} CosmicReconcileState;

typedef struct _CosmicReconcile CosmicReconcile;

/* SET is borrowed and outlives it, as RANDOM does. LIMIT is part of the session's format, the same
 * on both sides. MOST: how many items that only the peer has are taken; one more and it is refused.
 * The one who begins sends the first frame. */
CosmicReconcile *cosmic_reconcile_new  (CosmicItemSet *set, gboolean begins, gsize limit,
                                        guint64 most, DpopRandom random);
void             cosmic_reconcile_free (CosmicReconcile *self);

/* The first frame, once, by the one who begins. NULL with ERROR when the set could not be read. */
GBytes *cosmic_reconcile_begin (CosmicReconcile *self, GError **error);

/* Takes a frame of the peer's. REPLY is what to send now, or NULL. FALSE only when the set could
 * not be read: then this reconciliation is over, and nobody is to blame. */
gboolean cosmic_reconcile_take (CosmicReconcile *self, gconstpointer bytes, gsize size,
                                GBytes **reply, GError **error);

CosmicReconcileState cosmic_reconcile_state (CosmicReconcile *self);
/* Why the peer was refused, in English for the log; NULL otherwise. */
const char          *cosmic_reconcile_fault (CosmicReconcile *self);

/* Arrays of CosmicItem of the last call of begin or take, ascending; borrowed until the next one.
 * Theirs are items that the peer says it has, and that the set lacked. Ours are items that the peer
 * was told of in full because it seems to lack them; when much differs, it may have some of them.
 * Either may be given again in a later frame. */
const GArray *cosmic_reconcile_only_theirs (CosmicReconcile *self);
const GArray *cosmic_reconcile_only_ours   (CosmicReconcile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CosmicReconcile, cosmic_reconcile_free)

G_END_DECLS
