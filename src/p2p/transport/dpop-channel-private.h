/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-channel.h"
#include "dpop-transport-host.h"
#include "dpop-transport-limits.h"
#include "dpop-transport-stream.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Begins the hello over SOCKET. Emits "known" () once when it has succeeded, or else "closed".
 * PARTY: only this one's keys take part; NULL for all. */
DpopChannel *dpop_channel_new (SoupWebsocketConnection *socket, DpopTransportStream *stream,
                               DpopHelloSide side, const CosmicId *party, DpopTransportHost host,
                               const DpopTransportLimits *limits);

G_END_DECLS
