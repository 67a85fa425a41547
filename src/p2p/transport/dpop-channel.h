/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-id.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* A connection to one device of one organisation, both sides of which have proved who they are and
 * admitted each other (dpop-hello.h). It carries whole messages of bytes, in order, and knows
 * nothing of what they say.
 *
 * All in one thread, in whose thread-default context it was made. A new one is paused: connect to
 * its signals, then dpop_channel_set_paused (channel, FALSE). When the last reference goes, the
 * connection is cut. Reconnecting is the caller's.
 *
 *   "message" (GBytes *message)  not while it is paused
 *   "drained" ()                 what waited to be sent has shrunk to DPOP_CHANNEL_QUEUE_LOW, after
 *                                it had been more, or something was not taken
 *   "closed"  (DpopChannelEnd)   once, and last */
#define DPOP_TYPE_CHANNEL (dpop_channel_get_type ())
G_DECLARE_FINAL_TYPE (DpopChannel, dpop_channel, DPOP, CHANNEL, GObject)

#define DPOP_CHANNEL_MESSAGE_MAX (1 << 20) /* bytes; a message has at least one */
#define DPOP_CHANNEL_QUEUE_MAX   (4 << 20)
#define DPOP_CHANNEL_QUEUE_LOW   (1 << 18)

typedef enum
{
  DPOP_CHANNEL_END_NONE, /* it is open */
  DPOP_CHANNEL_END_CLOSED_HERE,
  DPOP_CHANNEL_END_CLOSED_THERE,
  DPOP_CHANNEL_END_LOST,    /* the network's doing, or the peer ended without a word */
  DPOP_CHANNEL_END_SILENT,  /* nothing was heard of the peer for long */
  DPOP_CHANNEL_END_STALLED, /* the peer took nothing for long */
  DPOP_CHANNEL_END_EXCESS,  /* the peer went beyond what it may cost */
  DPOP_CHANNEL_END_GARBLED, /* the peer did not keep to the protocol */
  /* Before both were known: */
  DPOP_CHANNEL_END_LATE,    /* the hello took too long */
  DPOP_CHANNEL_END_STRANGER,
  DPOP_CHANNEL_END_REFUSED,
  DPOP_CHANNEL_END_FORGED,
  DPOP_CHANNEL_END_SELF,
  DPOP_CHANNEL_END_VERSION,
  DPOP_CHANNEL_END_UNSIGNED,
} DpopChannelEnd;

/* Who is at the other end, and where. All borrowed. */
const CosmicId *dpop_channel_get_party  (DpopChannel *self);
const CosmicId *dpop_channel_get_device (DpopChannel *self);
/* 32 bytes that both ends of this connection know, and nobody else (RFC 9266): what is made with
 * them holds here only. */
const guint8   *dpop_channel_get_exporter (DpopChannel *self);
GSocketAddress *dpop_channel_get_remote (DpopChannel *self); /* NULL when it is gone already */
gboolean        dpop_channel_was_dialled (DpopChannel *self); /* by us */

/* Hands MESSAGE over for sending. FALSE when it is closed, or more would wait than
 * DPOP_CHANNEL_QUEUE_MAX: "drained" says when to go on. */
gboolean dpop_channel_send (DpopChannel *self, GBytes *message);
/* Bytes of messages that still wait here. */
gsize    dpop_channel_get_queued (DpopChannel *self);

/* While paused, the peer is not read: it feels it soon, and after a minute or so gives up. */
void dpop_channel_set_paused (DpopChannel *self, gboolean is_paused);

/* Sends what waits, within some seconds, and closes. No message is delivered any more. */
void dpop_channel_close (DpopChannel *self);
/* At once, without a word. */
void dpop_channel_cut   (DpopChannel *self);

DpopChannelEnd dpop_channel_get_end (DpopChannel *self);
/* In plain English, for a log or `--json`; static. */
const char    *dpop_channel_end_text (DpopChannelEnd end);

G_END_DECLS
