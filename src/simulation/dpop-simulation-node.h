/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-log-node.h"
#include "dpop-claim.h"
#include "dpop-log-store.h"
#include "dpop-simulation-disk.h"

G_BEGIN_DECLS

/* One member's computer: the real log in SQLite over a disk that can fail, and its node of exchange
 * sessions. Its clock shows what it is set to. */
typedef struct
{
  DpopSimulationDisk *disk;
  DpopDatabase *database;
  DpopLogStore *store;
  CosmicLog *log;
  CosmicLogNode *node;
  DpopSimulationRandom random;
  gint64 now;
  CosmicId member;
  CosmicId device;
  CosmicSecret *sign;
  gboolean copied; /* what was said last was not: that key signed entries elsewhere */
} DpopSimulationNode;

DpopSimulationNode *dpop_simulation_node_new  (guint64 seed);
void                dpop_simulation_node_free (DpopSimulationNode *self);

/* After the sessions are gone: the power goes, comes back, and it starts from its disk. FALSE when
 * it does not start any more. */
gboolean dpop_simulation_node_restart (DpopSimulationNode *self, DpopSimulationRandom *fate);

/* Says CLAIM, taken, in STREAM (NULL: the authority's), signed with DEVICE (NULL: its own), and is
 * durable when it returns TRUE and REASON is none. */
gboolean dpop_simulation_node_say (DpopSimulationNode *self, const CosmicSecret *device,
                                   const CosmicId *stream, DpopClaim *claim, CosmicId *id,
                                   CosmicReason *reason);
gboolean dpop_simulation_node_certify (DpopSimulationNode *self, const CosmicSecret *witness);
/* Takes over the party and its keys. */
gboolean dpop_simulation_node_admit (DpopSimulationNode *self, const CosmicId *party,
                                     const CosmicScopeKey *const keys[2]);
gboolean dpop_simulation_node_has (DpopSimulationNode *self, const CosmicId *operation);

G_END_DECLS
