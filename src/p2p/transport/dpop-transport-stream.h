/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-frame-scan.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What libsoup reads and writes instead of the TLS connection: the same bytes, counted. libsoup
 * says of itself that it is not meant for peers that nobody trusts; all of a peer's budgets are
 * kept here, before it sees a byte.
 *
 *  - First passes one head, then frames (dpop-upgrade-head.h, dpop-frame-scan.h). What is neither
 *    cuts the connection, as do more bytes than one message may have before its end.
 *  - Control frames: a few at once, then one a second; and pings only of who takes the answers.
 *  - After 64 KiB in one dispatch there is nothing to read until the next, so that a peer that
 *    sends as fast as it can does not keep the others waiting.
 *  - While it is paused, nothing is read: the peer feels it as a full socket.
 *  - To cut is to shut down the socket at once. To close a TLS connection otherwise would wait for
 *    a peer that does not read.
 *
 * Lives in the thread-default context of the thread that made it. */
#define DPOP_TYPE_TRANSPORT_STREAM (dpop_transport_stream_get_type ())
G_DECLARE_FINAL_TYPE (DpopTransportStream, dpop_transport_stream, DPOP, TRANSPORT_STREAM, GIOStream)

#define DPOP_TRANSPORT_STREAM_TURN      65536 /* bytes read in one dispatch */
#define DPOP_TRANSPORT_STREAM_CONTROLS  16    /* control frames at once */
#define DPOP_TRANSPORT_STREAM_PONGS_MAX 24    /* answers that wait to be taken */

typedef enum
{
  DPOP_TRANSPORT_CUT_NONE,
  DPOP_TRANSPORT_CUT_CALLED, /* for, or closed */
  DPOP_TRANSPORT_CUT_FOREIGN,
  DPOP_TRANSPORT_CUT_LARGE,
  DPOP_TRANSPORT_CUT_RESTLESS,
} DpopTransportCut;

/* TLS has shaken hands over SOCKET. A server's peer masks its frames, a client's does not. Messages
 * have at most MESSAGE_MAX bytes until more is allowed. */
DpopTransportStream *dpop_transport_stream_new (GTlsConnection *tls, GSocket *socket,
                                                gboolean is_server, guint64 message_max);

/* Both borrowed. */
GTlsConnection *dpop_transport_stream_tls    (DpopTransportStream *self);
GSocket        *dpop_transport_stream_socket (DpopTransportStream *self);

/* The heads are through; what is written from here on is frames. FALSE, and cut, when the peer's
 * bytes are not as far. */
gboolean dpop_transport_stream_upgrade (DpopTransportStream *self);
void     dpop_transport_stream_allow   (DpopTransportStream *self, guint64 message_max);
void     dpop_transport_stream_pause   (DpopTransportStream *self, gboolean is_paused);
void     dpop_transport_stream_cut     (DpopTransportStream *self);

DpopTransportCut dpop_transport_stream_cut_reason (DpopTransportStream *self);
/* In either direction, frames only. */
const DpopFrameScan *dpop_transport_stream_received (DpopTransportStream *self);
const DpopFrameScan *dpop_transport_stream_sent     (DpopTransportStream *self);
/* When bytes last came, and last went, in microseconds of the monotonic clock. */
gint64 dpop_transport_stream_last_read    (DpopTransportStream *self);
gint64 dpop_transport_stream_last_written (DpopTransportStream *self);

/* Calls WROTE whenever bytes went out, and CUT once when it is cut, both perhaps from within
 * libsoup: they are only to make a note of it. NULL ends that. */
void dpop_transport_stream_watch (DpopTransportStream *self, void (*wrote) (gpointer data),
                                  void (*cut) (gpointer data), gpointer data);

G_END_DECLS
