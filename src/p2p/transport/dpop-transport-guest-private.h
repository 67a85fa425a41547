/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-channel-private.h"
#include "dpop-transport-identity-private.h"

G_BEGIN_DECLS

/* A connection that somebody made to the listener, on its way to a channel:
 *
 *   silent      nothing costs less than to wait for the first bytes: until a whole ClientHello lies
 *               in the socket, there is no TLS and no thread
 *   shaking     the handshake, through the gate
 *   upgrading   with libsoup's server
 *   greeting    the hello
 *   known       a channel */
typedef enum
{
  DPOP_TRANSPORT_GUEST_SILENT,
  DPOP_TRANSPORT_GUEST_SHAKING,
  DPOP_TRANSPORT_GUEST_UPGRADING,
  DPOP_TRANSPORT_GUEST_GREETING,
  DPOP_TRANSPORT_GUEST_KNOWN,
  DPOP_TRANSPORT_GUEST_GONE,
} DpopTransportGuestStage;

typedef struct _DpopTransportGuest DpopTransportGuest;

typedef struct
{
  DpopTransportIdentity *identity;
  DpopTransportHost host;
  const DpopTransportLimits *limits;
  SoupServer *server;
  /* The stage has changed to this one: KNOWN and GONE only, GONE once and last. */
  void (*changed) (DpopTransportGuest *guest, DpopTransportGuestStage stage, gpointer data);
  gpointer data;
} DpopTransportHouse;

/* HOUSE is borrowed until the guest is gone. */
DpopTransportGuest *dpop_transport_guest_new   (const DpopTransportHouse *house,
                                                GSocketConnection *connection);
/* Turns it out if it is not gone, without a call of changed(). */
void                dpop_transport_guest_free  (DpopTransportGuest *self);

DpopTransportGuestStage dpop_transport_guest_stage   (const DpopTransportGuest *self);
/* When it came, in microseconds of the monotonic clock. */
gint64                  dpop_transport_guest_since   (const DpopTransportGuest *self);
/* Who counts as one: an IPv4 address, or the first half of an IPv6 one. Borrowed. */
const char             *dpop_transport_guest_address (const DpopTransportGuest *self);
/* Borrowed; NULL before there is one. */
DpopChannel            *dpop_transport_guest_channel (const DpopTransportGuest *self);

/* libsoup's server made SOCKET of what a guest had sent. */
void dpop_transport_guest_welcome (SoupWebsocketConnection *socket);

/* How an address counts; the caller frees. */
char *dpop_transport_guest_address_of (GSocketAddress *address);

G_END_DECLS
