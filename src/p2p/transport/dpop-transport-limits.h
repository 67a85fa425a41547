/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a peer may cost. All have their defaults; tests set shorter times. An address is an IPv4
 * address, or the first 64 bits of an IPv6 one. */
typedef struct
{
  guint unknown_max;         /* connections whose peer is not known yet, in all */
  guint unknown_per_address;
  guint known_max;           /* channels */
  guint known_per_address;
  guint opening_ms;          /* from the connection to the first bytes; the same for the handshake,
                                and for the change to a WebSocket */
  guint hello_ms;            /* both sides' hello, the caller's answer included */
  guint ping_s;              /* the dialer pings so often */
  guint silent_ms;           /* nothing at all was heard of a peer for so long: it is gone */
  guint stalled_ms;          /* something waits, and it took none of it for so long */
} DpopTransportLimits;

extern const DpopTransportLimits dpop_transport_limits_default;

G_END_DECLS
