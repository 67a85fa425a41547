/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transport-node.h"

/* Messages of 64 KiB over loopback through a channel, beside the same bytes over plain TLS in the
 * same run; hellos a second; and what a connection costs that is not used. Both ends of the channel
 * are in one thread, as both ends of a computer's exchange with several others are; of plain TLS,
 * too. */

#define MESSAGE  65536
#define MESSAGES 8192 /* 512 MiB */
#define CHANNELS 50

static guint arrived;

static void
count (DpopChannel *channel, GBytes *message, gpointer data)
{
  arrived++;
}

static double
megabytes (gint64 since)
{
  return (double) MESSAGE * MESSAGES / (double) MAX (g_get_monotonic_time () - since, 1);
}

static double
bench_messages (DpopChannel *channel, DpopChannel *to)
{
  g_autoptr (GBytes) message = g_bytes_new_take (g_malloc0 (MESSAGE), MESSAGE);
  guint sent = 0;
  gint64 start;

  arrived = 0;
  g_signal_connect (to, "message", G_CALLBACK (count), NULL);
  dpop_channel_set_paused (to, FALSE);
  start = g_get_monotonic_time ();
  while (arrived < MESSAGES)
    {
      while (sent < MESSAGES && dpop_channel_get_queued (channel) < DPOP_CHANNEL_QUEUE_LOW
             && dpop_channel_send (channel, message))
        sent++;
      g_main_context_iteration (NULL, TRUE);
    }
  return megabytes (start);
}

/* What a dialer sends is masked, as WebSocket demands; what a listener sends is not. */
static void
bench_channel (TransportNode *alice, TransportNode *bob, double *dialled, double *listened)
{
  g_autoptr (GSocketAddress) address = transport_node_address (bob);
  g_autoptr (DpopChannel) channel = transport_node_dial (alice, address, NULL);

  transport_wait_until (bob->channels->len == 1);
  *dialled = bench_messages (channel, bob->channels->pdata[0]);
  *listened = bench_messages (bob->channels->pdata[0], channel);
}

/* --- The same bytes over TLS alone. ----------------------------------------------------------- */

typedef struct
{
  GTlsConnection *tls;
  gsize left;
  guint8 *buffer;
} End;

static gboolean
accept_any (GTlsConnection *tls, GTlsCertificate *certificate, GTlsCertificateFlags flags,
            gpointer data)
{
  return TRUE;
}

static gboolean
on_readable (GObject *stream, gpointer data)
{
  End *self = data;
  gssize size;

  while ((size = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (stream),
                                                           self->buffer, MESSAGE, NULL, NULL))
         > 0)
    self->left -= (gsize) size;
  return G_SOURCE_CONTINUE;
}

static gboolean
on_writable (GObject *stream, gpointer data)
{
  End *self = data;
  gssize size;

  while (self->left > 0
         && (size = g_pollable_output_stream_write_nonblocking (
               G_POLLABLE_OUTPUT_STREAM (stream), self->buffer, MIN (self->left, MESSAGE), NULL,
               NULL))
              > 0)
    self->left -= (gsize) size;
  return self->left > 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
note (GObject *source, GAsyncResult *result, gpointer data)
{
  g_assert_true (g_tls_connection_handshake_finish (G_TLS_CONNECTION (source), result, NULL));
  ++*(guint *) data;
}

static double
bench_tls (TransportNode *node)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) there = g_socket_client_connect_to_host (client, "127.0.0.1", port,
                                                                         NULL, NULL);
  g_autoptr (GSocketConnection) here = g_socket_listener_accept (listener, NULL, NULL, NULL);
  GTlsCertificate *certificate = dpop_transport_identity_certificate (node->identity);
  End ends[2] = { { .left = (gsize) MESSAGE * MESSAGES }, { .left = (gsize) MESSAGE * MESSAGES } };
  g_autoptr (GSource) readable = NULL, writable = NULL;
  guint shaken = 0;
  gint64 start;

  ends[0].tls = G_TLS_CONNECTION (g_tls_client_connection_new (G_IO_STREAM (there), NULL, NULL));
  ends[1].tls = G_TLS_CONNECTION (g_tls_server_connection_new (G_IO_STREAM (here), certificate,
                                                               NULL));
  for (guint i = 0; i < 2; i++)
    {
      g_tls_connection_set_database (ends[i].tls, NULL);
      g_signal_connect (ends[i].tls, "accept-certificate", G_CALLBACK (accept_any), NULL);
      ends[i].buffer = g_malloc0 (MESSAGE);
      g_tls_connection_handshake_async (ends[i].tls, 0, NULL, note, &shaken);
    }
  transport_wait_until (shaken == 2);
  writable = g_pollable_output_stream_create_source (
    G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (G_IO_STREAM (ends[0].tls))), NULL);
  readable = g_pollable_input_stream_create_source (
    G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (G_IO_STREAM (ends[1].tls))), NULL);
  g_source_set_callback (writable, G_SOURCE_FUNC (on_writable), &ends[0], NULL);
  g_source_set_callback (readable, G_SOURCE_FUNC (on_readable), &ends[1], NULL);
  start = g_get_monotonic_time ();
  g_source_attach (writable, NULL);
  g_source_attach (readable, NULL);
  while (ends[1].left > 0)
    g_main_context_iteration (NULL, TRUE);
  {
    double rate = megabytes (start);

    g_source_destroy (readable);
    for (guint i = 0; i < 2; i++)
      {
        g_free (ends[i].buffer);
        g_object_unref (ends[i].tls);
      }
    return rate;
  }
}

/* --- Connections. ----------------------------------------------------------------------------- */

static gulong
resident (void)
{
  g_autofree char *text = NULL;

  if (!g_file_get_contents ("/proc/self/status", &text, NULL, NULL))
    return 0;
  return strtoul (strstr (text, "VmRSS:") + 6, NULL, 10);
}

int
main (void)
{
  g_autoptr (TransportNode) alice = transport_node_new ();
  g_autoptr (TransportNode) bob = transport_node_new ();
  g_autoptr (GPtrArray) channels = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GSocketAddress) address = NULL;
  double tls, dialled, listened, slowest = 0;
  gulong before;
  gint64 start;

  g_assert_true (cosmic_crypto_init ());
  transport_node_open (alice, 1, 1, FALSE);
  transport_node_open (bob, 1, 1, FALSE);
  transport_node_admit (alice, bob);
  transport_node_listen (bob, NULL);
  address = transport_node_address (bob);
  bench_channel (alice, bob, &dialled, &listened);
  tls = bench_tls (alice);
  g_print ("plain TLS, one thread:        %4.0f MB/s\n", tls);
  g_print ("64 KiB messages, by dialer:   %4.0f MB/s (%.2f of it)\n", dialled, dialled / tls);
  g_print ("64 KiB messages, by listener: %4.0f MB/s (%.2f of it)\n", listened, listened / tls);
  before = resident ();
  start = g_get_monotonic_time ();
  for (guint i = 0; i < CHANNELS; i++)
    {
      gint64 begun = g_get_monotonic_time ();

      g_ptr_array_add (channels, transport_node_dial (alice, address, NULL));
      slowest = MAX (slowest, (double) (g_get_monotonic_time () - begun) / 1000);
    }
  g_print ("from dialling to known:       %4.1f ms, the slowest %.1f ms\n",
           (double) (g_get_monotonic_time () - start) / 1000 / CHANNELS, slowest);
  g_print ("an idle channel, both ends:   %4lu kB\n", (resident () - before) / CHANNELS);
  return 0;
}
