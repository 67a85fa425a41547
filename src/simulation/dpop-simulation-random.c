/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-simulation-random.h"

#include <string.h>

guint64
dpop_simulation_random_next (DpopSimulationRandom *self)
{
  guint64 z = (self->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

guint
dpop_simulation_random_below (DpopSimulationRandom *self, guint bound)
{
  return (guint) (dpop_simulation_random_next (self) % bound);
}

static void
fill (gpointer self, gpointer bytes, gsize size)
{
  guint8 *at = bytes;

  for (gsize i = 0; i < size; i += 8)
    {
      guint64 word = GUINT64_TO_LE (dpop_simulation_random_next (self));

      memcpy (at + i, &word, MIN (size - i, 8));
    }
}

static const DpopRandomTable table = { .fill = fill };

DpopRandom
dpop_simulation_random_table (DpopSimulationRandom *self)
{
  return (DpopRandom){ .table = &table, .self = self };
}
