/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-channel.h"
#include "dpop-transport-host.h"
#include "dpop-transport-identity.h"
#include "dpop-transport-limits.h"

G_BEGIN_DECLS

/* Takes connections in, on IPv4 and IPv6, from whoever comes: nobody is trusted with more than the
 * limits say before it is known. Lives in the thread-default context of the thread that starts it.
 *
 *   "channel" (DpopChannel *channel)   someone is known: keep a reference, or it is cut
 *
 * A channel that was taken up outlives the listener. */
#define DPOP_TYPE_TRANSPORT_LISTENER (dpop_transport_listener_get_type ())
G_DECLARE_FINAL_TYPE (DpopTransportListener, dpop_transport_listener, DPOP, TRANSPORT_LISTENER,
                      GObject)

/* LIMITS are copied; NULL for the default ones. */
DpopTransportListener *dpop_transport_listener_new (DpopTransportIdentity *identity,
                                                    DpopTransportHost host,
                                                    const DpopTransportLimits *limits);

/* Listens on PORT (0: one that is free) of ONLY this address; NULL: of all. Once. */
gboolean dpop_transport_listener_start (DpopTransportListener *self, GInetAddress *only,
                                        guint16 port, GError **error);
/* Where it listens; 0 before it does. */
guint16  dpop_transport_listener_get_port (DpopTransportListener *self);
/* Takes in nobody more, and turns out who is not known yet. */
void     dpop_transport_listener_stop  (DpopTransportListener *self);

/* Connections that are not known yet, and channels. */
guint dpop_transport_listener_count_unknown (DpopTransportListener *self);
guint dpop_transport_listener_count_known   (DpopTransportListener *self);

G_END_DECLS
