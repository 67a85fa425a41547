/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-hash.h"
#include "dpop-simulation-node.h"

G_BEGIN_DECLS

/* A channel between two computers with a session at each end. It is a stream: what goes in at one
 * end comes out at the other in order, or the channel is cut. */
typedef struct
{
  DpopSimulationNode *nodes[2];
  CosmicSession *sessions[2];
  GQueue queues[2]; /* of GBytes, on their way to that end */
  GBytes *last[2];  /* delivered last */
  guint64 messages;
  guint64 bytes;
  gsize held;       /* the most that a session held */
} DpopSimulationWire;

DpopSimulationWire *dpop_simulation_wire_new  (DpopSimulationNode *caller,
                                               DpopSimulationNode *other);
/* Cuts it: what is on its way is lost. */
void     dpop_simulation_wire_free (DpopSimulationWire *self);

/* Moves up to MOST messages to END, and lets that side commit. Whether any moved. HASH takes in
 * what was delivered. */
gboolean dpop_simulation_wire_move (DpopSimulationWire *self, guint end, guint most,
                                    CosmicHash *hash);
/* Whether both sessions go on. */
gboolean dpop_simulation_wire_is_open (const DpopSimulationWire *self);

/* What a hostile peer puts on it: the message delivered last once more, or SIZE random bytes. */
void     dpop_simulation_wire_replay  (DpopSimulationWire *self, guint end);
void     dpop_simulation_wire_garbage (DpopSimulationWire *self, guint end, guint size,
                                       DpopSimulationRandom *random);

G_END_DECLS
