/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-transport-guest-private.h"

#include "dpop-source.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>

/* A TLS record: type, version, length; the first of a connection holds the ClientHello. Ours takes
 * some 400 bytes, one with a post-quantum share some 1,800. */
#define RECORD_HEAD      5
#define RECORD_HANDSHAKE 22
#define CLIENT_HELLO_MAX 4096

struct _DpopTransportGuest
{
  const DpopTransportHouse *house;
  char *address;
  GSocketConnection *connection;
  GTlsConnection *tls;
  DpopTransportStream *stream;
  DpopChannel *channel; /* ours until it is known; then whoever takes it up holds it */
  GCancellable *cancellable;
  DpopTransportGuestStage stage;
  gint64 since;
  GSource *timer;
  GSource *bytes; /* waits for the first ones */
  GSource *note;
};

static const char guest_key[] = "dpop-transport-guest";

char *
dpop_transport_guest_address_of (GSocketAddress *address)
{
  static const guint8 mapped[12] = { [10] = 0xff, [11] = 0xff }; /* an IPv4 address in IPv6 */
  GInetAddress *inet;
  const guint8 *bytes;
  gsize size;
  GString *text = g_string_new (NULL);

  if (!G_IS_INET_SOCKET_ADDRESS (address))
    return g_string_free (text, FALSE);
  inet = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address));
  bytes = g_inet_address_to_bytes (inet);
  size = g_inet_address_get_native_size (inet);
  if (size == 16 && memcmp (bytes, mapped, sizeof mapped) == 0)
    {
      bytes += 12;
      size = 4;
    }
  /* Whoever has one IPv6 address has 2^64 of them. */
  for (gsize i = 0; i < MIN (size, 8); i++)
    g_string_append_printf (text, "%02x", bytes[i]);
  return g_string_free (text, FALSE);
}

static void leave (DpopTransportGuest *self);

static GSocket *
socket_of (DpopTransportGuest *self)
{
  return g_socket_connection_get_socket (self->connection);
}

static void
on_let_go (gpointer data, GObject *channel)
{
  DpopTransportGuest *self = data;

  self->channel = NULL;
  leave (self);
}

static void
turn_out (DpopTransportGuest *self)
{
  gboolean was_known = self->stage == DPOP_TRANSPORT_GUEST_KNOWN;

  self->stage = DPOP_TRANSPORT_GUEST_GONE;
  dpop_source_clear (&self->timer);
  dpop_source_clear (&self->bytes);
  dpop_source_clear (&self->note);
  g_cancellable_cancel (self->cancellable);
  if (self->stream != NULL)
    g_object_set_data (G_OBJECT (self->stream), guest_key, NULL);
  if (self->channel != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->channel, self);
      if (was_known)
        g_object_weak_unref (G_OBJECT (self->channel), on_let_go, self);
      else
        {
          dpop_channel_cut (self->channel);
          g_object_unref (self->channel);
        }
      self->channel = NULL;
    }
  else if (self->stream != NULL)
    {
      dpop_transport_stream_watch (self->stream, NULL, NULL, NULL);
      dpop_transport_stream_cut (self->stream);
    }
  g_clear_object (&self->stream);
  g_clear_object (&self->tls);
  /* A channel that somebody holds stays. */
  if (!was_known)
    g_socket_shutdown (socket_of (self), TRUE, TRUE, NULL);
}

static void
leave (DpopTransportGuest *self)
{
  if (self->stage == DPOP_TRANSPORT_GUEST_GONE)
    return;
  turn_out (self);
  self->house->changed (self, DPOP_TRANSPORT_GUEST_GONE, self->house->data);
}

static gboolean
on_late (gpointer data)
{
  leave (data);
  return G_SOURCE_REMOVE;
}

static void
set_stage (DpopTransportGuest *self, DpopTransportGuestStage stage)
{
  self->stage = stage;
  dpop_source_after (&self->timer, self->house->limits->opening_ms, on_late, self);
}

/* --- A channel. ------------------------------------------------------------------------------- */

static void
on_known (DpopTransportGuest *self)
{
  g_autoptr (DpopChannel) channel = self->channel;

  self->stage = DPOP_TRANSPORT_GUEST_KNOWN;
  g_object_weak_ref (G_OBJECT (channel), on_let_go, self);
  self->house->changed (self, DPOP_TRANSPORT_GUEST_KNOWN, self->house->data);
}

void
dpop_transport_guest_welcome (SoupWebsocketConnection *socket)
{
  g_autoptr (GIOStream) base = NULL;
  DpopTransportGuest *self;

  g_object_get (soup_websocket_connection_get_io_stream (socket), "base-iostream", &base, NULL);
  self = base != NULL ? g_object_get_data (G_OBJECT (base), guest_key) : NULL;
  if (self == NULL || self->stage != DPOP_TRANSPORT_GUEST_UPGRADING)
    return;
  dpop_source_clear (&self->timer);
  dpop_source_clear (&self->note);
  self->stage = DPOP_TRANSPORT_GUEST_GREETING;
  self->channel = dpop_channel_new (socket, self->stream, DPOP_HELLO_LISTENER, NULL,
                                    self->house->host, self->house->limits);
  g_signal_connect_swapped (self->channel, "known", G_CALLBACK (on_known), self);
  g_signal_connect_swapped (self->channel, "closed", G_CALLBACK (leave), self);
}

/* --- The way there. --------------------------------------------------------------------------- */

static void
on_cut (gpointer data)
{
  DpopTransportGuest *self = data;
  GSource *source = g_idle_source_new ();

  /* Not from within libsoup. */
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  dpop_source_set (&self->note, source, on_late, self);
}

static void
begin_upgrade (DpopTransportGuest *self)
{
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (self->connection, NULL);
  g_autoptr (GSocketAddress) remote = g_socket_connection_get_remote_address (self->connection,
                                                                              NULL);

  set_stage (self, DPOP_TRANSPORT_GUEST_UPGRADING);
  self->stream = dpop_transport_stream_new (self->tls, socket_of (self), TRUE,
                                            DPOP_HELLO_MESSAGE_MAX);
  g_object_set_data (G_OBJECT (self->stream), guest_key, self);
  dpop_transport_stream_watch (self->stream, NULL, on_cut, self);
  if (local == NULL || remote == NULL
      || !soup_server_accept_iostream (self->house->server, G_IO_STREAM (self->stream), local,
                                       remote, NULL))
    on_cut (self);
}

/* The guest may be gone by now, and with it all but the box. */
typedef struct
{
  DpopTransportGuest *guest; /* NULL: gone */
  DpopHandshakeGate *gate;
  GCancellable *cancellable;
} Shaking;

static void
on_shaken (GObject *source, GAsyncResult *result, gpointer data)
{
  Shaking *shaking = data;
  gboolean is_good = dpop_handshake_gate_pass_finish (shaking->gate, result, NULL);

  /* Whoever leaves cancels. */
  if (!g_cancellable_is_cancelled (shaking->cancellable))
    {
      if (is_good)
        begin_upgrade (shaking->guest);
      else
        leave (shaking->guest);
    }
  g_object_unref (shaking->cancellable);
  g_free (shaking);
}

/* Known by what it signs afterwards, not by this key, which is a new one at each start. */
static gboolean
accept_any (GTlsConnection *tls, GTlsCertificate *certificate, GTlsCertificateFlags flags,
            gpointer data)
{
  return TRUE;
}

static void
begin_handshake (DpopTransportGuest *self)
{
  g_autoptr (GIOStream) tls = g_tls_server_connection_new (
    G_IO_STREAM (self->connection), dpop_transport_identity_certificate (self->house->identity),
    NULL);
  Shaking *shaking;

  if (tls == NULL)
    {
      leave (self);
      return;
    }
  self->tls = G_TLS_CONNECTION (g_steal_pointer (&tls));
  /* Without it, each connection would load the system's authorities. */
  g_tls_connection_set_database (self->tls, NULL);
  g_tls_connection_set_require_close_notify (self->tls, FALSE);
  g_object_set (self->tls, "authentication-mode", G_TLS_AUTHENTICATION_REQUIRED, NULL);
  g_signal_connect (self->tls, "accept-certificate", G_CALLBACK (accept_any), NULL);
  self->stage = DPOP_TRANSPORT_GUEST_SHAKING;
  dpop_source_clear (&self->timer); /* the gate has its own */
  shaking = g_new0 (Shaking, 1);
  shaking->guest = self;
  shaking->gate = dpop_transport_identity_gate (self->house->identity);
  shaking->cancellable = g_object_ref (self->cancellable);
  dpop_handshake_gate_pass_async (shaking->gate, self->tls, socket_of (self), self->address,
                                  self->house->limits->opening_ms, self->cancellable, on_shaken,
                                  shaking);
}

/* How many bytes there must be at least before it makes sense to look again; 0: it is all there,
 * -1: it is nothing that we speak. */
static gint
bytes_wanted (DpopTransportGuest *self)
{
  guint8 head[CLIENT_HELLO_MAX];
  gssize count = recv (g_socket_get_fd (socket_of (self)), head, sizeof head,
                       MSG_PEEK | MSG_DONTWAIT);
  gint size;

  if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR))
    return RECORD_HEAD;
  if (count <= 0 || head[0] != RECORD_HANDSHAKE)
    return -1;
  if (count < RECORD_HEAD)
    return RECORD_HEAD;
  size = RECORD_HEAD + (head[3] << 8) + head[4];
  if (size > CLIENT_HELLO_MAX)
    return -1;
  return count >= size ? 0 : size;
}

static gboolean
on_bytes (GSocket *socket, GIOCondition condition, gpointer data)
{
  DpopTransportGuest *self = data;
  gint wanted = bytes_wanted (self);

  /* A peer that is gone makes its socket readable, however little there is. */
  if (wanted < 0 || (wanted > 0 && (condition & (G_IO_HUP | G_IO_ERR)) != 0))
    {
      leave (self);
      return G_SOURCE_REMOVE;
    }
  /* So that the socket is readable again only when there are so many. */
  g_socket_set_option (socket, SOL_SOCKET, SO_RCVLOWAT, MAX (wanted, 1), NULL);
  if (wanted > 0)
    return G_SOURCE_CONTINUE;
  dpop_source_clear (&self->bytes);
  begin_handshake (self);
  return G_SOURCE_REMOVE;
}

DpopTransportGuest *
dpop_transport_guest_new (const DpopTransportHouse *house, GSocketConnection *connection)
{
  DpopTransportGuest *self = g_new0 (DpopTransportGuest, 1);
  g_autoptr (GSocketAddress) remote = g_socket_connection_get_remote_address (connection, NULL);

  self->house = house;
  self->connection = g_object_ref (connection);
  self->cancellable = g_cancellable_new ();
  self->since = g_get_monotonic_time ();
  self->address = dpop_transport_guest_address_of (remote);
  g_socket_set_option (socket_of (self), IPPROTO_TCP, TCP_NODELAY, 1, NULL);
  set_stage (self, DPOP_TRANSPORT_GUEST_SILENT);
  dpop_source_set (&self->bytes, g_socket_create_source (socket_of (self), G_IO_IN, NULL),
              G_SOURCE_FUNC (on_bytes), self);
  return self;
}

void
dpop_transport_guest_free (DpopTransportGuest *self)
{
  if (self->stage != DPOP_TRANSPORT_GUEST_GONE)
    turn_out (self);
  g_clear_object (&self->connection);
  g_clear_object (&self->cancellable);
  g_free (self->address);
  g_free (self);
}

DpopTransportGuestStage
dpop_transport_guest_stage (const DpopTransportGuest *self)
{
  return self->stage;
}

gint64
dpop_transport_guest_since (const DpopTransportGuest *self)
{
  return self->since;
}

const char *
dpop_transport_guest_address (const DpopTransportGuest *self)
{
  return self->address;
}

DpopChannel *
dpop_transport_guest_channel (const DpopTransportGuest *self)
{
  return self->channel;
}
