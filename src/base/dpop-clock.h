/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What time is it? An effect, so it comes in through a table: production hands in the system's
 * clock, tests and simulation one of their own. Time is in milliseconds since 1970-01-01 UTC.
 * What decides in an organisation is never this clock but the time that a checkpoint carries. */
typedef struct
{
  gint64 (*now) (gpointer self);
} DpopClockTable;

/* A clock is passed by value; SELF is borrowed and outlives it. */
typedef struct
{
  const DpopClockTable *table;
  gpointer self;
} DpopClock;

/* The system's wall clock. */
DpopClock dpop_clock_system (void);

static inline gint64
dpop_clock_now (DpopClock clock)
{
  return clock.table->now (clock.self);
}

G_END_DECLS
