/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* TLS handshakes, a few at a time: GIO does each in a thread of the pool that everything else in
 * the program shares, and a peer that falls silent in the middle holds that thread. So only so many
 * go at once, of one address only some of them, and none for long. */
#define DPOP_HANDSHAKE_GATE_MAX         8
#define DPOP_HANDSHAKE_GATE_PER_ADDRESS 2

typedef struct _DpopHandshakeGate DpopHandshakeGate;

DpopHandshakeGate *dpop_handshake_gate_new   (void);
void               dpop_handshake_gate_unref (DpopHandshakeGate *self);

/* Shakes hands over SOCKET once it is TLS's turn, in at most MILLISECONDS from then. ADDRESS (NULL:
 * not counted) is who is at the other end. Fails, too, when the outcome is not TLS 1.3 with a
 * certificate of the peer's. */
void     dpop_handshake_gate_pass_async  (DpopHandshakeGate *self, GTlsConnection *tls,
                                          GSocket *socket, const char *address,
                                          guint milliseconds, GCancellable *cancellable,
                                          GAsyncReadyCallback callback, gpointer data);
gboolean dpop_handshake_gate_pass_finish (DpopHandshakeGate *self, GAsyncResult *result,
                                          GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopHandshakeGate, dpop_handshake_gate_unref)

G_END_DECLS
