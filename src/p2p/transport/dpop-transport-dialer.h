/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-channel.h"
#include "dpop-transport-error.h"
#include "dpop-transport-host.h"
#include "dpop-transport-identity.h"
#include "dpop-transport-limits.h"

G_BEGIN_DECLS

/* Connects to ADDRESS, and finds out whether who listens there belongs to one of ours: PARTY, or
 * any if it is NULL. LIMITS are copied; NULL for the default ones. CANCELLABLE ends it at once.
 *
 * Many at a time are no harm: only a few handshakes go at once. */
void dpop_transport_dialer_dial_async (DpopTransportIdentity *identity, DpopTransportHost host,
                                       GSocketAddress *address, const CosmicId *party,
                                       const DpopTransportLimits *limits,
                                       GCancellable *cancellable, GAsyncReadyCallback callback,
                                       gpointer data);
/* A channel (unref), paused. Errors are DPOP_TRANSPORT_ERROR, or that it was cancelled. */
DpopChannel *dpop_transport_dialer_dial_finish (GAsyncResult *result, GError **error);

G_END_DECLS
