/* SPDX-License-Identifier: GPL-3.0-or-later */
/* usage: discovery-voice PORT [same]
 *
 * With "same" its first name is that of everybody who says so.
 *
 * DpopDiscovery as a program: a line on standard output for all that happens; the words "rotate"
 * and "quit" are taken from standard input. With its end Avahi withdraws what it said. */
#include "dpop-discovery.h"

#include <gio/gunixinputstream.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  DpopDiscovery *discovery;
  GDataInputStream *input;
  GMainLoop *loop;
} Voice;

static void
say_name (Voice *self)
{
  printf ("name %s\n", dpop_discovery_get_instance (self->discovery));
}

static void
say_state (DpopDiscovery *discovery, GParamSpec *spec, gpointer data)
{
  static const char *const words[] = { "stopped", "absent", "looking", "announced" };

  printf ("state %s %s\n", words[dpop_discovery_get_state (discovery)],
          dpop_discovery_get_instance (discovery));
}

static void
say_peer (const char *what, DpopDiscovery *discovery, const char *instance)
{
  g_autoptr (GPtrArray) addresses = dpop_discovery_list_addresses (discovery, instance);

  printf ("%s %s", what, instance);
  for (guint i = 0; i < addresses->len; i++)
    {
      g_autofree char *text = g_socket_connectable_to_string (addresses->pdata[i]);

      printf (" %s", text);
    }
  printf ("\n");
}

static void
appeared (DpopDiscovery *discovery, const char *instance, gpointer data)
{
  say_peer ("appeared", discovery, instance);
}

static void
changed (DpopDiscovery *discovery, const char *instance, gpointer data)
{
  say_peer ("changed", discovery, instance);
}

static void
disappeared (DpopDiscovery *discovery, const char *instance, gpointer data)
{
  say_peer ("disappeared", discovery, instance);
}

static void
heard (GObject *source, GAsyncResult *result, gpointer data)
{
  Voice *self = data;
  g_autofree char *line = g_data_input_stream_read_line_finish (self->input, result, NULL, NULL);

  if (line == NULL || strcmp (line, "quit") == 0)
    {
      g_main_loop_quit (self->loop);
      return;
    }
  if (strcmp (line, "rotate") == 0)
    {
      dpop_discovery_rotate (self->discovery);
      say_name (self);
    }
  g_data_input_stream_read_line_async (self->input, G_PRIORITY_DEFAULT, NULL, heard, self);
}

static void
fill_once (gpointer self, gpointer bytes, gsize size)
{
  gboolean *used = self;

  if (*used)
    dpop_random_fill (dpop_random_system (), bytes, size);
  else
    memset (bytes, 7, size);
  *used = TRUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GInputStream) stdin_stream = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  static const DpopRandomTable same = { .fill = fill_once };
  gboolean used = argc < 3;
  DpopRandom random = { .table = &same, .self = &used };
  Voice self = { .discovery = dpop_discovery_new (random, NULL),
                 .input = g_data_input_stream_new (stdin_stream),
                 .loop = g_main_loop_new (NULL, FALSE) };

  if (argc < 2)
    return 2;
  setvbuf (stdout, NULL, _IOLBF, 0);
  g_signal_connect (self.discovery, "appeared", G_CALLBACK (appeared), NULL);
  g_signal_connect (self.discovery, "changed", G_CALLBACK (changed), NULL);
  g_signal_connect (self.discovery, "disappeared", G_CALLBACK (disappeared), NULL);
  g_signal_connect (self.discovery, "notify::state", G_CALLBACK (say_state), NULL);
  dpop_discovery_start (self.discovery, (guint16) atoi (argv[1]));
  say_name (&self);
  g_data_input_stream_read_line_async (self.input, G_PRIORITY_DEFAULT, NULL, heard, &self);
  g_main_loop_run (self.loop);
  g_object_unref (self.discovery);
  g_object_unref (self.input);
  g_main_loop_unref (self.loop);
  return 0;
}
