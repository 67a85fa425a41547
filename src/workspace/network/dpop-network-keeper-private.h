/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-log-node.h"
#include "dpop-profile.h"

G_BEGIN_DECLS

/* This computer's part in the agreement of several record keepers, in the engine's thread. On one
 * that keeps no records it hands on what the others say. */
typedef struct _DpopNetworkKeeper DpopNetworkKeeper;

/* Something that is to be reminded of in MS. */
typedef struct
{
  guint64 height;
  guint32 round;
  CosmicStep step;
  guint ms;
} DpopNetworkTimer;

/* NODE is borrowed; from then on it hands on what keepers say. */
DpopNetworkKeeper *dpop_network_keeper_new  (DpopProfile *profile, CosmicLogNode *node,
                                             GError **error);
void               dpop_network_keeper_free (DpopNetworkKeeper *self);
/* Whether it was made with the key that the profile has now. */
gboolean dpop_network_keeper_is_current (const DpopNetworkKeeper *self, DpopProfile *profile);

/* Whether this computer is one of several keepers, and has something to ask the others to
 * confirm. */
gboolean dpop_network_keeper_wants   (DpopNetworkKeeper *self);
void     dpop_network_keeper_request (DpopNetworkKeeper *self);
/* To whom there are links: DEVICES, of CosmicId. */
void     dpop_network_keeper_linked  (DpopNetworkKeeper *self, const GArray *devices);
void     dpop_network_keeper_remind  (DpopNetworkKeeper *self, const DpopNetworkTimer *timer);
/* Of DpopNetworkTimer: those that were asked for since; the caller unrefs. */
GArray  *dpop_network_keeper_take_timers (DpopNetworkKeeper *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopNetworkKeeper, dpop_network_keeper_free)

G_END_DECLS
