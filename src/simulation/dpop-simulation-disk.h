/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-simulation-random.h"

#include <sqlite3.h>

G_BEGIN_DECLS

/* A disk in memory under SQLite. What was written and not synced may be lost, in part or whole and
 * each write for itself, when the power goes; what was synced stays. */
typedef struct _DpopSimulationDisk DpopSimulationDisk;

DpopSimulationDisk *dpop_simulation_disk_new  (void);
void                dpop_simulation_disk_free (DpopSimulationDisk *self);

/* NULL when what is on the disk is no database. One connection at a time. */
sqlite3 *dpop_simulation_disk_open (DpopSimulationDisk *self);

/* The power goes at the N-th write or sync from now on (1: the next), and stays away: all fails. */
void     dpop_simulation_disk_cut   (DpopSimulationDisk *self, guint n);
gboolean dpop_simulation_disk_is_off (const DpopSimulationDisk *self);
/* Takes the power away at once, if it is not gone. To be called before the connection is closed. */
void     dpop_simulation_disk_off   (DpopSimulationDisk *self);
/* The power is back: RANDOM chooses what became of the writes that were not synced. */
void     dpop_simulation_disk_on    (DpopSimulationDisk *self, DpopSimulationRandom *random);

G_END_DECLS
