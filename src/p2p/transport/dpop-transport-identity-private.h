/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-handshake-gate.h"
#include "dpop-random.h"
#include "dpop-transport-identity.h"

G_BEGIN_DECLS

/* Borrowed. */
DpopHandshakeGate *dpop_transport_identity_gate (DpopTransportIdentity *self);

G_END_DECLS
