/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Randomness, as an effect: production hands in the kernel's, simulation a seeded stream, so that
 * one seed gives one run, byte for byte. */
typedef struct
{
  void (*fill) (gpointer self, gpointer bytes, gsize size);
} DpopRandomTable;

/* Passed by value; SELF is borrowed and outlives it. */
typedef struct
{
  const DpopRandomTable *table;
  gpointer self;
} DpopRandom;

/* The kernel's generator (getrandom (2)). Aborts when the kernel has none to give: no caller could
 * go on. */
DpopRandom dpop_random_system (void);

static inline void
dpop_random_fill (DpopRandom random, gpointer bytes, gsize size)
{
  random.table->fill (random.self, bytes, size);
}

G_END_DECLS
