/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-random.h"

G_BEGIN_DECLS

/* Numbers from a seed (SplitMix64): the same on every machine. */
typedef struct
{
  guint64 state;
} DpopSimulationRandom;

guint64    dpop_simulation_random_next  (DpopSimulationRandom *self);
/* Below BOUND, which is not 0. */
guint      dpop_simulation_random_below (DpopSimulationRandom *self, guint bound);
DpopRandom dpop_simulation_random_table (DpopSimulationRandom *self);

G_END_DECLS
