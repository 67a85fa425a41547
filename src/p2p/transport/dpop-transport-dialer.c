/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-transport-dialer.h"

#include "dpop-channel-private.h"
#include "dpop-source.h"
#include "dpop-transport-identity-private.h"
#include "dpop-upgrade-head.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

/* What a server's name is given as, to everyone: its address would be noted in places, and there is
 * no other name. */
#define HOST_NAME "dpop.invalid"

typedef struct
{
  DpopTransportIdentity *identity;
  DpopTransportHost host;
  DpopTransportLimits limits;
  gboolean has_party;
  CosmicId party;

  GSocketConnection *connection;
  GTlsConnection *tls;
  DpopTransportStream *stream;
  DpopChannel *channel;
  SoupMessage *request;
  GString *head;    /* of the request, then of the answer */
  GCancellable *cancellable; /* ours, so that time can run out */
  gulong chained;
  gboolean is_late;
  gboolean is_over;
  GSource *timer;
  GSource *answer;
} Dial;

static void
dial_free (gpointer data)
{
  Dial *self = data;

  dpop_source_clear (&self->timer);
  dpop_source_clear (&self->answer);
  g_clear_object (&self->channel);
  g_clear_object (&self->stream);
  g_clear_object (&self->tls);
  g_clear_object (&self->connection);
  g_clear_object (&self->request);
  g_clear_object (&self->cancellable);
  g_string_free (self->head, TRUE);
  dpop_transport_identity_unref (self->identity);
  g_free (self);
}

/* --- Ending. ---------------------------------------------------------------------------------- */

/* Takes over the reference that the way so far held. ERROR (taken over) is NULL when there is a
 * channel. */
static void
finish (GTask *task, GError *error)
{
  Dial *self = g_task_get_task_data (task);
  GCancellable *outer = g_task_get_cancellable (task);

  self->is_over = TRUE;
  dpop_source_clear (&self->timer);
  dpop_source_clear (&self->answer);
  if (self->channel != NULL)
    g_signal_handlers_disconnect_by_data (self->channel, task);
  g_cancellable_disconnect (outer, self->chained);
  if (error == NULL)
    {
      g_task_return_pointer (task, g_steal_pointer (&self->channel), g_object_unref);
      g_object_unref (task);
      return;
    }
  if (self->connection != NULL)
    g_socket_shutdown (g_socket_connection_get_socket (self->connection), TRUE, TRUE, NULL);
  if (!g_task_return_error_if_cancelled (task))
    {
      if (self->is_late || error->domain != DPOP_TRANSPORT_ERROR)
        {
          g_clear_error (&error);
          dpop_transport_fail (&error, DPOP_TRANSPORT_ERROR_UNREACHABLE,
                               "Nobody answers there. Is the other computer on, in the same "
                               "network, and DPOP open on it?");
        }
      g_task_return_error (task, g_steal_pointer (&error));
    }
  g_clear_error (&error);
  g_object_unref (task);
}

static void
finish_foreign (GTask *task)
{
  GError *error = NULL;

  dpop_transport_fail (&error, DPOP_TRANSPORT_ERROR_FOREIGN,
                       "Who answers there is not DPOP, or another version of it.");
  finish (task, error);
}

static void
cancel (GCancellable *cancellable, gpointer data)
{
  g_cancellable_cancel (data);
}

static gboolean
on_late (gpointer data)
{
  Dial *self = g_task_get_task_data (data);

  self->is_late = TRUE;
  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_REMOVE;
}

static void
set_timer (GTask *task, guint milliseconds)
{
  Dial *self = g_task_get_task_data (task);

  dpop_source_after (&self->timer, milliseconds, on_late, task);
}

/* --- The hello. ------------------------------------------------------------------------------- */

static void
on_known (DpopChannel *channel, gpointer data)
{
  finish (data, NULL);
}

static void
on_closed (DpopChannel *channel, DpopChannelEnd end, gpointer data)
{
  GError *error = NULL;
  DpopTransportError code = DPOP_TRANSPORT_ERROR_FOREIGN;

  if (end == DPOP_CHANNEL_END_STRANGER)
    code = DPOP_TRANSPORT_ERROR_STRANGER;
  else if (end == DPOP_CHANNEL_END_REFUSED || end == DPOP_CHANNEL_END_FORGED)
    code = DPOP_TRANSPORT_ERROR_REFUSED;
  else if (end == DPOP_CHANNEL_END_SELF)
    code = DPOP_TRANSPORT_ERROR_SELF;
  else if (end == DPOP_CHANNEL_END_UNSIGNED)
    code = DPOP_TRANSPORT_ERROR_FAILED;
  else if (end == DPOP_CHANNEL_END_LATE || end == DPOP_CHANNEL_END_LOST)
    code = DPOP_TRANSPORT_ERROR_UNREACHABLE;
  dpop_transport_fail (&error, code, dpop_channel_end_text (end));
  finish (data, error);
}

static void
begin_hello (GTask *task)
{
  Dial *self = g_task_get_task_data (task);
  GUri *uri = soup_message_get_uri (self->request);
  g_autoptr (SoupWebsocketConnection) socket = soup_websocket_connection_new (
    G_IO_STREAM (self->stream), uri, SOUP_WEBSOCKET_CONNECTION_CLIENT, NULL, DPOP_UPGRADE_PROTOCOL,
    NULL);

  dpop_source_clear (&self->timer); /* the channel has its own */
  self->channel = dpop_channel_new (socket, self->stream, DPOP_HELLO_DIALER,
                                    self->has_party ? &self->party : NULL, self->host,
                                    &self->limits);
  g_signal_connect (self->channel, "known", G_CALLBACK (on_known), task);
  g_signal_connect (self->channel, "closed", G_CALLBACK (on_closed), task);
}

/* --- The change to a WebSocket. --------------------------------------------------------------- */

/* Byte by byte: what stands behind the head is libsoup's. */
static gboolean
on_answer (GObject *pollable, gpointer data)
{
  g_autoptr (GTask) task = g_object_ref (data);
  Dial *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  char byte;
  gssize count;

  while ((count = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (pollable),
                                                            &byte, 1, self->cancellable, &error))
         > 0)
    {
      const char *key;

      g_string_append_c (self->head, byte);
      if (byte != '\n' || !g_str_has_suffix (self->head->str, "\r\n\r\n"))
        continue;
      key = soup_message_headers_get_one (soup_message_get_request_headers (self->request),
                                          "Sec-WebSocket-Key");
      dpop_source_clear (&self->answer);
      if (dpop_upgrade_answer_is_good (self->head->str, self->head->len, key))
        begin_hello (task);
      else
        finish_foreign (task);
      return G_SOURCE_REMOVE;
    }
  if (count < 0 && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return G_SOURCE_CONTINUE;
  dpop_source_clear (&self->answer);
  if (g_cancellable_is_cancelled (self->cancellable))
    finish (task, g_steal_pointer (&error));
  else
    finish_foreign (task);
  return G_SOURCE_REMOVE;
}

static void
on_asked (GObject *output, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Dial *self = g_task_get_task_data (task);
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (self->stream));
  GError *error = NULL;

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (output), result, NULL, &error))
    {
      finish (task, error);
      return;
    }
  g_string_truncate (self->head, 0);
  dpop_source_set (&self->answer,
                   g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (input),
                                                          self->cancellable),
                   G_SOURCE_FUNC (on_answer), task);
}

static void
ask (GTask *task)
{
  Dial *self = g_task_get_task_data (task);
  char *protocols[] = { (char *) DPOP_UPGRADE_PROTOCOL, NULL };
  SoupMessageHeadersIter iter;
  const char *name, *value;

  self->stream = dpop_transport_stream_new (
    self->tls, g_socket_connection_get_socket (self->connection), FALSE, DPOP_HELLO_MESSAGE_MAX);
  self->request = soup_message_new ("GET", "ws://" HOST_NAME DPOP_UPGRADE_PATH);
  soup_websocket_client_prepare_handshake (self->request, NULL, protocols, NULL);
  g_string_assign (self->head, "GET " DPOP_UPGRADE_PATH " HTTP/1.1\r\nHost: " HOST_NAME "\r\n");
  soup_message_headers_iter_init (&iter, soup_message_get_request_headers (self->request));
  while (soup_message_headers_iter_next (&iter, &name, &value))
    g_string_append_printf (self->head, "%s: %s\r\n", name, value);
  g_string_append (self->head, "\r\n");
  set_timer (task, self->limits.opening_ms);
  g_output_stream_write_all_async (g_io_stream_get_output_stream (G_IO_STREAM (self->stream)),
                                   self->head->str, self->head->len, G_PRIORITY_DEFAULT,
                                   self->cancellable, on_asked, task);
}

/* --- The connection. -------------------------------------------------------------------------- */

static void
on_shaken (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Dial *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (dpop_handshake_gate_pass_finish (dpop_transport_identity_gate (self->identity), result,
                                       &error))
    ask (task);
  else if (error->domain == G_TLS_ERROR)
    {
      g_clear_error (&error);
      finish_foreign (task);
    }
  else
    finish (task, error);
}

static gboolean
accept_any (GTlsConnection *tls, GTlsCertificate *certificate, GTlsCertificateFlags flags,
            gpointer data)
{
  return TRUE;
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Dial *self = g_task_get_task_data (task);
  GSocket *socket = g_socket_connection_get_socket (self->connection);
  GError *error = NULL;
  GIOStream *tls;

  dpop_source_clear (&self->timer); /* the gate has its own */
  if (!g_socket_connection_connect_finish (self->connection, result, &error)
      || (tls = g_tls_client_connection_new (G_IO_STREAM (self->connection), NULL, &error)) == NULL)
    {
      finish (task, error);
      return;
    }
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
  self->tls = G_TLS_CONNECTION (tls);
  g_tls_connection_set_database (self->tls, NULL);
  g_tls_connection_set_require_close_notify (self->tls, FALSE);
  g_tls_connection_set_certificate (self->tls,
                                    dpop_transport_identity_certificate (self->identity));
  g_signal_connect (self->tls, "accept-certificate", G_CALLBACK (accept_any), NULL);
  dpop_handshake_gate_pass_async (dpop_transport_identity_gate (self->identity), self->tls, socket,
                                  NULL, self->limits.opening_ms, self->cancellable, on_shaken,
                                  task);
}

void
dpop_transport_dialer_dial_async (DpopTransportIdentity *identity, DpopTransportHost host,
                                  GSocketAddress *address, const CosmicId *party,
                                  const DpopTransportLimits *limits, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, data);
  Dial *self = g_new0 (Dial, 1);
  GError *error = NULL;
  g_autoptr (GSocket) socket = NULL;

  g_task_set_source_tag (task, dpop_transport_dialer_dial_async);
  g_task_set_task_data (task, self, dial_free);
  /* A channel that was handed out is there, whatever came afterwards. */
  g_task_set_check_cancellable (task, FALSE);
  self->identity = dpop_transport_identity_ref (identity);
  self->host = host;
  self->limits = limits != NULL ? *limits : dpop_transport_limits_default;
  self->has_party = party != NULL;
  self->party = party != NULL ? *party : cosmic_id_zero;
  self->head = g_string_new (NULL);
  self->cancellable = g_cancellable_new ();
  if (cancellable != NULL)
    self->chained = g_cancellable_connect (cancellable, G_CALLBACK (cancel),
                                           g_object_ref (self->cancellable), g_object_unref);
  socket = g_socket_new (g_socket_address_get_family (address), G_SOCKET_TYPE_STREAM,
                         G_SOCKET_PROTOCOL_TCP, &error);
  if (socket == NULL)
    {
      finish (task, error);
      return;
    }
  self->connection = g_socket_connection_factory_create_connection (socket);
  set_timer (task, self->limits.opening_ms);
  g_socket_connection_connect_async (self->connection, address, self->cancellable, on_connected,
                                     task);
}

DpopChannel *
dpop_transport_dialer_dial_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
