/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transport-node.h"

#include <stdio.h>
#include <string.h>

/* usage: transport-target
 *
 * A listener for others to be hostile to. Writes "PORT n", then does what it reads, a line each:
 *
 *   identity FILE   writes a certificate and its key, as PEM: for a peer that needs one
 *   state           answers "STATE unknown known channels asked kilobytes-resident"
 *   task            answers "TASK microseconds": how long an empty task of GIO's pool took
 *   dial PORT       a second computer dials there: "DIAL ok", or "DIAL" and why not
 *   exchange        a second computer dials here and has 1 MiB echoed: "EXCHANGE ok"
 *   end */

typedef struct
{
  TransportNode *node;
  TransportNode *friend;
  GMainLoop *loop;
  gint64 begun;
} Target;

static void
say (const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  vprintf (format, arguments);
  va_end (arguments);
  putchar ('\n');
  fflush (stdout);
}

static gulong
resident (void)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &text, NULL, NULL))
    return 0;
  line = strstr (text, "VmRSS:");
  return line != NULL ? strtoul (line + 6, NULL, 10) : 0;
}

static void
empty_task (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_boolean (task, TRUE);
}

static void
on_task (GObject *source, GAsyncResult *result, gpointer data)
{
  Target *self = data;

  say ("TASK %" G_GINT64_FORMAT, g_get_monotonic_time () - self->begun);
}

static void
begin_task (Target *self)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, on_task, self);

  self->begun = g_get_monotonic_time ();
  g_task_run_in_thread (task, empty_task);
}

static void
on_dialled (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DpopChannel) channel = dpop_transport_dialer_dial_finish (result, &error);

  say ("DIAL %s", channel != NULL ? "ok" : error->message);
}

static void
on_echo (DpopChannel *channel, GBytes *message, gpointer data)
{
  say ("EXCHANGE %s", g_bytes_get_size (message) == DPOP_CHANNEL_MESSAGE_MAX ? "ok" : "short");
  g_object_unref (channel);
}

static void
on_exchange (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) message = g_bytes_new_take (g_malloc0 (DPOP_CHANNEL_MESSAGE_MAX),
                                                 DPOP_CHANNEL_MESSAGE_MAX);
  DpopChannel *channel = dpop_transport_dialer_dial_finish (result, &error);

  if (channel == NULL)
    {
      say ("EXCHANGE %s", error->message);
      return;
    }
  g_signal_connect (channel, "message", G_CALLBACK (on_echo), NULL);
  dpop_channel_set_paused (channel, FALSE);
  dpop_channel_send (channel, message);
}

static void
dial (Target *self, guint16 port, GAsyncReadyCallback callback)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", port);

  dpop_transport_dialer_dial_async (self->friend->identity, transport_node_host (self->friend),
                                    address, NULL, NULL, NULL, callback, self);
}

static void
write_identity (Target *self, const char *path)
{
  GTlsCertificate *certificate = dpop_transport_identity_certificate (self->node->identity);
  g_autofree char *crt = NULL, *key = NULL, *both = NULL;

  g_object_get (certificate, "certificate-pem", &crt, "private-key-pem", &key, NULL);
  both = g_strconcat (key, crt, NULL);
  g_assert_true (g_file_set_contents (path, both, -1, NULL));
  say ("IDENTITY ok");
}

static gboolean
on_command (GIOChannel *input, GIOCondition condition, gpointer data)
{
  Target *self = data;
  g_autofree char *line = NULL;

  if (g_io_channel_read_line (input, &line, NULL, NULL, NULL) != G_IO_STATUS_NORMAL)
    {
      g_main_loop_quit (self->loop);
      return G_SOURCE_REMOVE;
    }
  g_strstrip (line);
  if (strcmp (line, "state") == 0)
    say ("STATE %u %u %u %u %lu", dpop_transport_listener_count_unknown (self->node->listener),
         dpop_transport_listener_count_known (self->node->listener), self->node->channels->len,
         self->node->asked, resident ());
  else if (strcmp (line, "task") == 0)
    begin_task (self);
  else if (strcmp (line, "exchange") == 0)
    dial (self, dpop_transport_listener_get_port (self->node->listener), on_exchange);
  else if (g_str_has_prefix (line, "dial "))
    dial (self, (guint16) atoi (line + 5), on_dialled);
  else if (g_str_has_prefix (line, "identity "))
    write_identity (self, line + 9);
  else
    g_main_loop_quit (self->loop);
  return G_SOURCE_CONTINUE;
}

int
main (void)
{
  g_autoptr (GIOChannel) input = g_io_channel_unix_new (0);
  Target self = { 0 };

  g_assert_true (cosmic_crypto_init ());
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
  self.node = transport_node_new ();
  self.friend = transport_node_new ();
  self.node->is_echo = TRUE;
  transport_node_open (self.node, 1, 1, FALSE);
  transport_node_open (self.friend, 1, 1, FALSE);
  transport_node_admit (self.node, self.friend);
  transport_node_listen (self.node, NULL);
  say ("PORT %u", dpop_transport_listener_get_port (self.node->listener));
  self.loop = g_main_loop_new (NULL, FALSE);
  g_io_add_watch (input, G_IO_IN | G_IO_HUP, on_command, &self);
  g_main_loop_run (self.loop);
  g_main_loop_unref (self.loop);
  transport_node_free (self.friend);
  transport_node_free (self.node);
  return 0;
}
