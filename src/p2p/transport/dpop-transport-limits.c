/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-transport-limits.h"

/* A hall of laptops behind one router's address must get in: they come one after the other, and
 * each is unknown for a moment only. */
const DpopTransportLimits dpop_transport_limits_default = {
  .unknown_max = 128,
  .unknown_per_address = 8,
  .known_max = 256,
  .known_per_address = 128,
  .opening_ms = 5000,
  .hello_ms = 10000,
  .ping_s = 30,
  .silent_ms = 75000,
  .stalled_ms = 60000,
};
