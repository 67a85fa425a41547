/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-clock.h"

static gint64
system_now (gpointer self)
{
  return g_get_real_time () / 1000;
}

static const DpopClockTable system_table = { .now = system_now };

DpopClock
dpop_clock_system (void)
{
  return (DpopClock){ .table = &system_table };
}
