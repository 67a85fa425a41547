/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-envelope.h"
#include "cosmic-seal.h"

G_BEGIN_DECLS

/* A share: the keys of one scope and epoch, sealed to one device (design 4.7). It travels as an
 * envelope whose label is {share, BLAKE2b ("dpop share 1" NUL, ephemeral key, seal key), zero,
 * epoch}, so that its device finds it and nobody can link two; what follows the label is a sealed
 * box over 256 bytes [format]:
 *
 *   scope (32), epoch (4, little endian), flags (1: bit 0 body key, bit 1 personal key, others
 *   zero), body key (32), personal key (32), zero bytes
 *
 * A key that is not shared leaves zeros. The party id and the epoch's label field are authenticated
 * with it. */
typedef struct
{
  CosmicId scope;
  guint32 epoch;
  CosmicScopeKey *body;     /* NULL when it is not shared */
  CosmicScopeKey *personal;
} CosmicShare;

/* NULL when the device's key cannot be sealed to. */
GBytes  *cosmic_share_seal   (const CosmicShare *share, const CosmicId *party,
                              const CosmicId *device_seal, DpopRandom random);
gboolean cosmic_share_is_for (GBytes *envelope, const CosmicId *device_seal);
/* Fills in SHARE, to be cleared. FALSE when it is not for KEY, or not well formed. */
gboolean cosmic_share_open   (CosmicShare *share, const CosmicId *party, const CosmicSecret *key,
                              GBytes *envelope);
void     cosmic_share_clear  (CosmicShare *share);

G_END_DECLS
