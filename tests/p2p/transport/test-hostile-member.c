/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transport-node.h"

#include <string.h>

/* A member's device that proves who it is, and then means harm: what it may cost is bounded too. It
 * speaks TLS and WebSocket by itself, in a thread of its own, and blocks where it likes. */

typedef struct
{
  TransportNode *node; /* the listener's */
  TransportNode *self; /* whose keys are used */
  GIOStream *tls;
  DpopHelloKey key;
  CosmicSecret *secret;
  guint16 port;
  gboolean is_known;
  gboolean is_over; /* atomic */
  void (*harm) (gpointer member);
  GThread *thread;
  DpopChannelEnd end;
} Member;

static gboolean
accept_any (GTlsConnection *tls, GTlsCertificate *certificate, GTlsCertificateFlags flags,
            gpointer data)
{
  return TRUE;
}

/* GnuTLS's connection loses an error that it cannot hand on. */
static gboolean
put (Member *self, gconstpointer bytes, gsize size)
{
  g_autoptr (GError) error = NULL;

  return g_output_stream_write_all (g_io_stream_get_output_stream (self->tls), bytes, size, NULL,
                                    NULL, &error);
}

static gboolean
get (Member *self, gpointer bytes, gsize size)
{
  g_autoptr (GError) error = NULL;
  gsize count;

  return g_input_stream_read_all (g_io_stream_get_input_stream (self->tls), bytes, size, &count,
                                  NULL, &error)
         && count == size;
}

/* With a mask of zeros. */
static gboolean
put_frame (Member *self, guint8 first, gconstpointer payload, gsize size)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 head[14] = { first };
  guint length = size < 126 ? 2 : size < 65536 ? 4 : 10;

  head[1] = (guint8) (0x80 | (size < 126 ? size : size < 65536 ? 126 : 127));
  for (guint i = 2; i < length; i++)
    head[i] = (guint8) ((guint64) size >> (8 * (length - 1 - i)));
  g_byte_array_append (bytes, head, length + 4);
  g_byte_array_append (bytes, payload, (guint) size);
  return put (self, bytes->data, bytes->len);
}

static gsize
get_frame (Member *self, guint8 *payload)
{
  guint8 head[4];
  gsize size;

  if (!get (self, head, 2))
    return 0;
  size = head[1];
  if (size == 126)
    {
      if (!get (self, head + 2, 2))
        return 0;
      size = head[2] * 256u + head[3];
    }
  g_assert_cmpuint (size, <=, DPOP_HELLO_MESSAGE_MAX);
  return get (self, payload, size) ? size : 0;
}

static gboolean
sign (const CosmicId *party, gconstpointer message, gsize size, guint8 signature[COSMIC_SIGN_SIZE],
      gpointer data)
{
  cosmic_sign (data, message, size, signature);
  return TRUE;
}

static gboolean
greet (Member *self)
{
  g_autoptr (GByteArray) exporter = g_byte_array_new ();
  g_autoptr (DpopHello) hello = NULL;
  guint8 heard[DPOP_HELLO_MESSAGE_MAX];

  g_assert_true (g_tls_connection_get_channel_binding_data (
    G_TLS_CONNECTION (self->tls), G_TLS_CHANNEL_BINDING_TLS_EXPORTER, exporter, NULL));
  hello = dpop_hello_new (DPOP_HELLO_DIALER, exporter->data, &self->key, 1, sign, self->secret,
                          dpop_random_system ());
  while (TRUE)
    {
      GBytes *message;
      gsize size;

      while ((message = dpop_hello_next (hello)) != NULL)
        {
          put_frame (self, 0x82, g_bytes_get_data (message, NULL), g_bytes_get_size (message));
          g_bytes_unref (message);
        }
      if (dpop_hello_state (hello) != DPOP_HELLO_STATE_WAITING)
        return dpop_hello_state (hello) == DPOP_HELLO_STATE_DONE;
      size = get_frame (self, heard);
      if (size == 0)
        return FALSE;
      if (dpop_hello_take (hello, heard, size) == DPOP_HELLO_STATE_ASKING)
        dpop_hello_decide (hello, TRUE);
    }
}

static gboolean
arrive (Member *self)
{
  static const char request[] = "GET /dpop HTTP/1.1\r\nHost: dpop.invalid\r\n"
                                "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                "Sec-WebSocket-Version: 13\r\n"
                                "Sec-WebSocket-Protocol: dpop-1\r\n\r\n";
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GString) head = g_string_new (NULL);
  char byte;

  g_socket_client_set_timeout (client, 3);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", self->port, NULL, NULL);
  g_assert_nonnull (connection);
  self->tls = g_tls_client_connection_new (G_IO_STREAM (connection), NULL, NULL);
  g_tls_connection_set_database (G_TLS_CONNECTION (self->tls), NULL);
  g_tls_connection_set_certificate (G_TLS_CONNECTION (self->tls),
                                    dpop_transport_identity_certificate (self->self->identity));
  g_signal_connect (self->tls, "accept-certificate", G_CALLBACK (accept_any), NULL);
  g_assert_true (g_tls_connection_handshake (G_TLS_CONNECTION (self->tls), NULL, NULL));
  g_assert_true (put (self, request, sizeof request - 1));
  while (!g_str_has_suffix (head->str, "\r\n\r\n") && get (self, &byte, 1))
    g_string_append_c (head, byte);
  g_assert_true (g_str_has_prefix (head->str, "HTTP/1.1 101"));
  return greet (self);
}

static gpointer
live (gpointer data)
{
  Member *self = data;

  self->is_known = arrive (self);
  if (self->is_known && self->harm != NULL)
    self->harm (self);
  g_atomic_int_set (&self->is_over, TRUE);
  return NULL;
}

static void
note_end (DpopChannel *channel, DpopChannelEnd end, gpointer place)
{
  *(DpopChannelEnd *) place = end;
}

static gulong
resident (void)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/status", &text, NULL, NULL));
  return strtoul (strstr (text, "VmRSS:") + 6, NULL, 10);
}

/* LIMITS may be NULL. Fails when the channel does not end as EXPECTED. */
static void
run (Member *self, void (*harm) (gpointer member), const DpopTransportLimits *limits,
     gboolean is_paused, DpopChannelEnd expected)
{
  const gint64 patience = (expected == DPOP_CHANNEL_END_NONE ? 1 : 20) * G_USEC_PER_SEC / 2;
  gulong before;
  gint64 end = 0;

  self->node = transport_node_new ();
  self->self = transport_node_new ();
  transport_node_open (self->node, 1, 1, FALSE);
  transport_node_open (self->self, 1, 1, FALSE);
  transport_node_admit (self->node, self->self);
  self->node->is_echo = !is_paused;
  transport_node_listen (self->node, limits);
  self->key = g_array_index (self->self->keys, DpopHelloKey, 0);
  self->secret = self->self->secrets->pdata[0];
  self->port = dpop_transport_listener_get_port (self->node->listener);
  self->harm = harm;
  self->end = DPOP_CHANNEL_END_NONE;
  self->is_over = FALSE;
  self->thread = g_thread_new ("hostile member", live, self);
  transport_wait_until (self->node->channels->len == 1);
  g_signal_connect (self->node->channels->pdata[0], "closed", G_CALLBACK (note_end), &self->end);
  before = resident ();
  while (self->end == DPOP_CHANNEL_END_NONE
         && (end == 0 || g_get_monotonic_time () < end))
    {
      transport_turn ();
      if (end == 0 && g_atomic_int_get (&self->is_over))
        end = g_get_monotonic_time () + patience;
    }
  transport_wait_until (g_atomic_int_get (&self->is_over));
  g_thread_join (self->thread);
  g_assert_true (self->is_known);
  /* The kernel's buffers are not counted here; the peer's own are, and are small. */
  if (g_getenv ("ASAN_OPTIONS") == NULL)
    g_assert_cmpuint (resident (), <, before + 8192);
  g_assert_cmpint (self->end, ==, expected);
  g_object_unref (self->tls);
  transport_node_free (self->self);
  transport_node_free (self->node);
}

static guint8 zeros[DPOP_CHANNEL_MESSAGE_MAX + 1];

static void
honest (gpointer member)
{
  put_frame (member, 0x82, zeros, DPOP_CHANNEL_MESSAGE_MAX);
}

static void
fragments (gpointer member)
{
  put_frame (member, 0x02, zeros, 1000);
  while (put_frame (member, 0x00, zeros, 1000))
    continue;
}

static void
empty_fragments (gpointer member)
{
  put_frame (member, 0x02, zeros, 0);
  while (put_frame (member, 0x00, zeros, 0))
    continue;
}

static void
too_large (gpointer member)
{
  put_frame (member, 0x82, zeros, DPOP_CHANNEL_MESSAGE_MAX + 1);
}

static void
pings (gpointer member)
{
  while (put_frame (member, 0x89, zeros, 125))
    continue;
}

static void
pongs (gpointer member)
{
  while (put_frame (member, 0x8a, zeros, 0))
    continue;
}

static void
text (gpointer member)
{
  put_frame (member, 0x81, zeros, 3);
}

static void
compressed (gpointer member)
{
  put_frame (member, 0xc2, zeros, 3);
}

static void
nothing (gpointer member)
{
  put_frame (member, 0x82, zeros, 0);
}

/* Until the socket takes no more for three seconds. */
static void
flood (gpointer member)
{
  for (guint i = 0; i < 4096 && put_frame (member, 0x82, zeros, 65536); i++)
    continue;
}

static void
silence (gpointer member)
{
  g_usleep (3 * G_USEC_PER_SEC);
}

static void
test_excess (void)
{
  static void (*const harms[]) (gpointer) = { fragments, empty_fragments, too_large, pings, pongs };
  Member member = { 0 };

  run (&member, honest, NULL, FALSE, DPOP_CHANNEL_END_NONE);
  for (guint i = 0; i < G_N_ELEMENTS (harms); i++)
    run (&member, harms[i], NULL, FALSE, DPOP_CHANNEL_END_EXCESS);
}

static void
test_garbled (void)
{
  static void (*const harms[]) (gpointer) = { text, compressed, nothing };
  Member member = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (harms); i++)
    run (&member, harms[i], NULL, FALSE, DPOP_CHANNEL_END_GARBLED);
}

static void
test_flood_while_paused (void)
{
  Member member = { 0 };

  run (&member, flood, NULL, TRUE, DPOP_CHANNEL_END_NONE);
}

static void
test_never_reads (void)
{
  DpopTransportLimits limits = dpop_transport_limits_default;
  Member member = { 0 };

  /* All of it is sent back, as far as it is taken; the member takes none. */
  limits.stalled_ms = 500;
  run (&member, flood, &limits, FALSE, DPOP_CHANNEL_END_STALLED);
}

static void
test_silent (void)
{
  DpopTransportLimits limits = dpop_transport_limits_default;
  Member member = { 0 };

  limits.silent_ms = 400;
  run (&member, silence, &limits, FALSE, DPOP_CHANNEL_END_SILENT);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (cosmic_crypto_init ());
  g_test_add_func ("/member/who sends more than a message may have is cut", test_excess);
  g_test_add_func ("/member/who sends what DPOP never sends is cut", test_garbled);
  g_test_add_func ("/member/who floods a paused channel fills a socket, no more",
                   test_flood_while_paused);
  g_test_add_func ("/member/who never reads is given up", test_never_reads);
  g_test_add_func ("/member/who falls silent is given up", test_silent);
  return g_test_run ();
}
