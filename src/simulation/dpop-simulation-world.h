/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-simulation-party.h"
#include "dpop-simulation-wire.h"
#include "dpop-simulation.h"

G_BEGIN_DECLS

/* A run in hand. Of the members, the last came after the vote was opened; the one before is whose
 * disk was copied, to the computer before that. */
typedef struct
{
  const DpopSimulation *setting;
  DpopSimulationReport *report;
  DpopSimulationRandom random;
  CosmicHash hash;
  guint step;
  gint64 time;
  GPtrArray *nodes; /* of DpopSimulationNode; the first is the founder's */
  GPtrArray *wires; /* of DpopSimulationWire */
  gboolean parted;  /* odd and even ones do not reach each other */
  DpopSimulationParty party;
  GArray *acknowledged; /* of CosmicId */
  GArray *confirmed;    /* of CosmicId: the checkpoint of each height from 1 on */
  guint8 *votes;        /* a bit for each answer that each member's vote may be now */
} DpopSimulationWorld;

DpopSimulationNode *dpop_simulation_world_node (DpopSimulationWorld *self, guint index);
gboolean dpop_simulation_world_has  (const DpopSimulationWorld *self, DpopSimulationFault fault);
/* Whose disk was copied, or G_MAXUINT. */
guint    dpop_simulation_world_copied (const DpopSimulationWorld *self);
/* Into the trace. */
void     dpop_simulation_world_note (DpopSimulationWorld *self, const char *what, guint64 a,
                                     guint64 b);
void     dpop_simulation_world_fail (DpopSimulationWorld *self, const char *format, ...)
    G_GNUC_PRINTF (2, 3);

/* Connects two, unless they are. */
void     dpop_simulation_world_link (DpopSimulationWorld *self, guint a, guint b);
void     dpop_simulation_world_cut  (DpopSimulationWorld *self, guint wire);
/* Lets a wire carry up to MOST messages each way; cuts it if it ended, and restarts those whose
 * power went. Whether anything moved. */
gboolean dpop_simulation_world_move (DpopSimulationWorld *self, guint wire, guint most);
/* The power goes at once, and comes back. */
void     dpop_simulation_world_crash (DpopSimulationWorld *self, guint node);
/* After anything that NODE's disk took part in: restarts it if the power went, and says what failed
 * if it did not. */
void     dpop_simulation_world_tend (DpopSimulationWorld *self, guint node, gboolean good);
/* No two certificates at one height. */
void     dpop_simulation_world_watch (DpopSimulationWorld *self, guint node);

/* dpop-simulation-check.c: everyone meets, the vote is closed, and what must hold is looked at. */
void     dpop_simulation_world_settle (DpopSimulationWorld *self);
void     dpop_simulation_world_check  (DpopSimulationWorld *self);

G_END_DECLS
