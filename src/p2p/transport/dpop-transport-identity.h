/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a computer shows itself with in TLS: an Ed25519 key and a certificate that it signed itself,
 * made anew at each start. Number and name are random, and the dates are the same for everyone: it
 * tells nothing, not even when it was made. Who someone is, is found out afterwards (dpop-hello.h).
 *
 * Listener and dialers of one computer share one: with it goes the gate through which all their TLS
 * handshakes pass, a few at a time. Used by one thread only. */
typedef struct _DpopTransportIdentity DpopTransportIdentity;

DpopTransportIdentity *dpop_transport_identity_new   (GError **error);
DpopTransportIdentity *dpop_transport_identity_ref   (DpopTransportIdentity *self);
void                   dpop_transport_identity_unref (DpopTransportIdentity *self);

/* Borrowed. */
GTlsCertificate *dpop_transport_identity_certificate (DpopTransportIdentity *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopTransportIdentity, dpop_transport_identity_unref)

G_END_DECLS
