/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-log.h"

G_BEGIN_DECLS

/* What a log hands on and takes in, be it in a transfer file or over a channel: envelopes.
 *
 * Items beside those of operations: a checkpoint is GVariant `(ayay)`, the checkpoint and its batch
 * list; a certificate is its own encoding. Both are enveloped with the body key of the party that
 * was current at the height before (for the first: the founding's), stream zero, order = height.
 * [format] */

/* What an erasure hides is handed to nobody, be it covered or not. TRUE also when the store
 * fails. */
gboolean cosmic_carry_is_hidden (CosmicLog *log, const CosmicEntry *entry);
/* A header on hold may be under a key that others will never have: it stays here. */
gboolean cosmic_carry_all_can_open (CosmicLog *log, const CosmicEntry *entry);

/* Both envelopes of what is certified in RECORD. FALSE when the key is not at hand. */
gboolean cosmic_carry_seal_record (CosmicLog *log, const CosmicCheckpointRecord *record,
                                   GBytes **checkpoint, GBytes **certificate);

/* What is said, and proposed, about the height that comes next: under the key that its record will
 * be under. NULL when that is not at hand. */
GBytes *cosmic_carry_seal_message  (CosmicLog *log, GBytes *message);
GBytes *cosmic_carry_seal_proposal (CosmicLog *log, GBytes *checkpoint, GBytes *list);

typedef enum
{
  COSMIC_CARRY_OPENED,
  COSMIC_CARRY_NO_KEY,
  COSMIC_CARRY_MALFORMED, /* not the one envelope that every holder makes */
} CosmicCarry;

/* The operation in a header's envelope, to unref. */
CosmicCarry cosmic_carry_open_header (CosmicLog *log, GBytes *envelope,
                                      CosmicOperation **operation);
/* Checkpoint, list and certificate out of their envelopes; RECORD is to be cleared. What they say
 * is not checked but for the height. */
CosmicCarry cosmic_carry_open_record (CosmicLog *log, GBytes *checkpoint, GBytes *certificate,
                                      CosmicCheckpointRecord *record);

/* The message, or checkpoint and list, to unref. MALFORMED also when it is about another height
 * than the next, which an honest node may be at. */
CosmicCarry cosmic_carry_open_message  (CosmicLog *log, GBytes *envelope, GBytes **message);
CosmicCarry cosmic_carry_open_proposal (CosmicLog *log, GBytes *envelope, GBytes **checkpoint,
                                        GBytes **list);

G_END_DECLS
