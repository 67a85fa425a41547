/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-transport-listener.h"

#include "dpop-transport-guest-private.h"
#include "dpop-upgrade-head.h"

#define BACKLOG  128
#define A_MOMENT G_USEC_PER_SEC

struct _DpopTransportListener
{
  GObject parent;

  DpopTransportIdentity *identity;
  DpopTransportLimits limits;
  DpopTransportHouse house;
  GSocketService *service;
  SoupServer *server;
  guint16 port;
  GQueue guests; /* of DpopTransportGuest, in the order in which they came */
  guint n_known;
};

enum
{
  SIGNAL_CHANNEL,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DpopTransportListener, dpop_transport_listener, G_TYPE_OBJECT)

/* --- Who is there. ---------------------------------------------------------------------------- */

static gboolean
is_known (const DpopTransportGuest *guest)
{
  return dpop_transport_guest_stage (guest) == DPOP_TRANSPORT_GUEST_KNOWN;
}

static guint
count_of (DpopTransportListener *self, const char *address, gboolean known)
{
  guint count = 0;

  for (GList *link = self->guests.head; link != NULL; link = link->next)
    count += is_known (link->data) == known
             && g_str_equal (dpop_transport_guest_address (link->data), address);
  return count;
}

/* Whether GUEST may have to go: who comes in earnest speaks at once, and is known in a moment. */
static gboolean
is_idle (const DpopTransportGuest *guest)
{
  if (dpop_transport_guest_stage (guest) == DPOP_TRANSPORT_GUEST_SILENT)
    return TRUE;
  return !is_known (guest)
         && g_get_monotonic_time () - dpop_transport_guest_since (guest) > A_MOMENT;
}

/* Who has kept us waiting for longest makes room, so that those who only take up places cannot keep
 * others out. */
static gboolean
make_room (DpopTransportListener *self)
{
  for (GList *link = self->guests.head; link != NULL; link = link->next)
    if (is_idle (link->data))
      {
        DpopTransportGuest *guest = link->data;

        g_queue_delete_link (&self->guests, link);
        dpop_transport_guest_free (guest);
        return TRUE;
      }
  return FALSE;
}

static void
on_changed (DpopTransportGuest *guest, DpopTransportGuestStage stage, gpointer data)
{
  DpopTransportListener *self = data;

  if (stage == DPOP_TRANSPORT_GUEST_KNOWN)
    {
      g_autoptr (DpopChannel) channel = g_object_ref (dpop_transport_guest_channel (guest));

      self->n_known++;
      if (self->n_known > self->limits.known_max
          || count_of (self, dpop_transport_guest_address (guest), TRUE)
               > self->limits.known_per_address)
        dpop_channel_cut (channel);
      else
        g_signal_emit (self, signals[SIGNAL_CHANNEL], 0, channel);
      return;
    }
  g_queue_remove (&self->guests, guest);
  self->n_known = 0;
  for (GList *link = self->guests.head; link != NULL; link = link->next)
    self->n_known += is_known (link->data);
  dpop_transport_guest_free (guest);
}

static gboolean
on_incoming (DpopTransportListener *self, GSocketConnection *connection)
{
  g_autoptr (GSocketAddress) remote = g_socket_connection_get_remote_address (connection, NULL);
  g_autofree char *address = dpop_transport_guest_address_of (remote);

  if (count_of (self, address, FALSE) >= self->limits.unknown_per_address)
    return TRUE;
  if (dpop_transport_listener_count_unknown (self) >= self->limits.unknown_max
      && !make_room (self))
    return TRUE;
  g_queue_push_tail (&self->guests, dpop_transport_guest_new (&self->house, connection));
  return TRUE;
}

static void
on_websocket (SoupServer *server, SoupServerMessage *message, const char *path,
              SoupWebsocketConnection *socket, gpointer data)
{
  dpop_transport_guest_welcome (socket);
}

/* --- The listener. ---------------------------------------------------------------------------- */

static gboolean
listen_at (DpopTransportListener *self, GInetAddress *only, guint16 port, GError **error)
{
  GSocketListener *listener = G_SOCKET_LISTENER (self->service);

  if (only != NULL)
    {
      g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (only, port);
      g_autoptr (GSocketAddress) effective = NULL;

      if (!g_socket_listener_add_address (listener, wanted, G_SOCKET_TYPE_STREAM,
                                          G_SOCKET_PROTOCOL_TCP, NULL, &effective, error))
        return FALSE;
      self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective));
      return TRUE;
    }
  if (port == 0)
    self->port = g_socket_listener_add_any_inet_port (listener, NULL, error);
  else if (g_socket_listener_add_inet_port (listener, port, NULL, error))
    self->port = port;
  return self->port != 0;
}

gboolean
dpop_transport_listener_start (DpopTransportListener *self, GInetAddress *only, guint16 port,
                               GError **error)
{
  static const char *protocols[] = { DPOP_UPGRADE_PROTOCOL, NULL };

  g_return_val_if_fail (self->service == NULL, FALSE);
  self->service = g_socket_service_new ();
  g_socket_listener_set_backlog (G_SOCKET_LISTENER (self->service), BACKLOG);
  g_signal_connect_swapped (self->service, "incoming", G_CALLBACK (on_incoming), self);
  self->server = soup_server_new (NULL, NULL);
  soup_server_remove_websocket_extension (self->server, SOUP_TYPE_WEBSOCKET_EXTENSION_DEFLATE);
  soup_server_add_websocket_handler (self->server, DPOP_UPGRADE_PATH, NULL, (char **) protocols,
                                     on_websocket, self, NULL);
  self->house.server = self->server;
  return listen_at (self, only, port, error);
}

guint16
dpop_transport_listener_get_port (DpopTransportListener *self)
{
  return self->port;
}

void
dpop_transport_listener_stop (DpopTransportListener *self)
{
  DpopTransportGuest *guest;

  if (self->service != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->service, self);
      g_socket_service_stop (self->service);
      g_socket_listener_close (G_SOCKET_LISTENER (self->service));
    }
  while ((guest = g_queue_pop_head (&self->guests)) != NULL)
    dpop_transport_guest_free (guest);
  if (self->server != NULL)
    {
      soup_server_remove_handler (self->server, DPOP_UPGRADE_PATH);
      soup_server_disconnect (self->server);
    }
  self->n_known = 0;
}

guint
dpop_transport_listener_count_unknown (DpopTransportListener *self)
{
  return self->guests.length - self->n_known;
}

guint
dpop_transport_listener_count_known (DpopTransportListener *self)
{
  return self->n_known;
}

static void
dpop_transport_listener_dispose (GObject *object)
{
  DpopTransportListener *self = DPOP_TRANSPORT_LISTENER (object);

  dpop_transport_listener_stop (self);
  g_clear_object (&self->service);
  g_clear_object (&self->server);
  g_clear_pointer (&self->identity, dpop_transport_identity_unref);
  G_OBJECT_CLASS (dpop_transport_listener_parent_class)->dispose (object);
}

static void
dpop_transport_listener_class_init (DpopTransportListenerClass *class)
{
  G_OBJECT_CLASS (class)->dispose = dpop_transport_listener_dispose;
  signals[SIGNAL_CHANNEL] = g_signal_new ("channel", DPOP_TYPE_TRANSPORT_LISTENER,
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                          DPOP_TYPE_CHANNEL);
}

static void
dpop_transport_listener_init (DpopTransportListener *self)
{
  g_queue_init (&self->guests);
}

DpopTransportListener *
dpop_transport_listener_new (DpopTransportIdentity *identity, DpopTransportHost host,
                             const DpopTransportLimits *limits)
{
  DpopTransportListener *self = g_object_new (DPOP_TYPE_TRANSPORT_LISTENER, NULL);

  self->identity = dpop_transport_identity_ref (identity);
  self->limits = limits != NULL ? *limits : dpop_transport_limits_default;
  self->house = (DpopTransportHouse){
    .identity = self->identity,
    .host = host,
    .limits = &self->limits,
    .changed = on_changed,
    .data = self,
  };
  return self;
}
