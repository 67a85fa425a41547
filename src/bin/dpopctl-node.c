/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpopctl.h"

#include "dpop-network.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>

/* A computer without a window that takes part until it is told to end. */
typedef struct
{
  Dpopctl *dpopctl;
  GMainLoop *loop;
  char *said;    /* the line that was printed last */
  GError *error; /* why it cannot take part */
} Node;

static void
put_line (Node *self, char *line)
{
  if (g_strcmp0 (line, self->said) == 0)
    {
      g_free (line);
      return;
    }
  fputs (line, stdout);
  fputc ('\n', stdout);
  fflush (stdout);
  g_free (self->said);
  self->said = line;
}

static JsonNode *
json_report (const DpopNetworkReport *report)
{
  JsonObject *object = json_object_new ();
  JsonArray *peers = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_int_member (object, "port", report->port);
  if (report->address != NULL)
    json_object_set_string_member (object, "address", report->address);
  else
    json_object_set_null_member (object, "address");
  json_object_set_boolean_member (object, "announced", report->announced);
  json_object_set_int_member (object, "heard", report->heard);
  for (guint i = 0; i < report->peers->len; i++)
    {
      const DpopNetworkPeer *peer = report->peers->pdata[i];
      JsonObject *each = json_object_new ();

      dpopctl_print_id_to (each, "device", &peer->device);
      if (peer->name != NULL)
        json_object_set_string_member (each, "name", peer->name);
      else
        json_object_set_null_member (each, "name");
      json_object_set_string_member (each, "address", peer->address);
      json_object_set_boolean_member (each, "dialled", peer->dialled);
      json_object_set_boolean_member (each, "equal", peer->equal);
      json_object_set_int_member (each, "done", (gint64) peer->done);
      json_object_set_int_member (each, "total", (gint64) peer->total);
      json_object_set_int_member (each, "height", (gint64) peer->height);
      json_array_add_object_element (peers, each);
    }
  json_object_set_array_member (object, "peers", peers);
  if (report->fault != NULL)
    json_object_set_string_member (object, "fault", report->fault);
  else
    json_object_set_null_member (object, "fault");
  json_node_take_object (node, object);
  return node;
}

static char *
peer_words (const DpopNetworkPeer *peer)
{
  g_autofree char *name = dpopctl_print_plain (peer->name != NULL ? peer->name : _("somebody"));

  if (peer->equal)
    /* Translators: a member's name, and an address. */
    return g_strdup_printf (_("%s (%s): has the same"), name, peer->address);
  return g_strdup_printf (_("%s (%s): %lu of %lu"), name, peer->address, (gulong) peer->done,
                          (gulong) peer->total);
}

static char *
words_report (const DpopNetworkReport *report)
{
  g_autoptr (GString) line = g_string_new (NULL);

  if (report->fault != NULL)
    return g_strdup (report->fault);
  g_string_append_printf (line, _("Port %u. "), report->port);
  if (report->peers->len == 0)
    g_string_append (line, _("Connected to nobody."));
  for (guint i = 0; i < report->peers->len; i++)
    {
      g_autofree char *words = peer_words (report->peers->pdata[i]);

      g_string_append_printf (line, "%s%s", i > 0 ? "; " : "", words);
    }
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static void
on_told (DpopNetworkReport *report, gpointer data)
{
  Node *self = data;

  if (report->port == 0 && report->fault != NULL)
    {
      /* Others could not come to it: whoever started it wants to know at once. */
      if (self->error == NULL)
        self->error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, report->fault);
      g_main_loop_quit (self->loop);
    }
  else if (self->dpopctl->json)
    {
      g_autoptr (JsonNode) node = json_report (report);

      put_line (self, json_to_string (node, FALSE));
    }
  else
    put_line (self, words_report (report));
  dpop_network_report_free (report);
}

static gboolean
on_end (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE;
}

static gboolean
take_part (Dpopctl *self, DpopEngine *engine, const DpopNetworkSetting *setting,
           const char *const *addresses, GError **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (DpopNetwork) network = dpop_network_new (setting);
  Node node = { .dpopctl = self, .loop = loop };
  const guint ends[] = { g_unix_signal_add (SIGTERM, on_end, loop),
                         g_unix_signal_add (SIGINT, on_end, loop) };
  const guint number = dpop_network_join (network, engine, on_told, &node, NULL);
  gboolean good = TRUE;

  for (guint i = 0; good && addresses != NULL && addresses[i] != NULL; i++)
    good = dpop_network_dial (network, number, addresses[i])
           || dpopctl_arguments_fail (error, _("\"%s\" is no address with a port, such as "
                                               "192.168.1.5:4711."),
                                      addresses[i]);
  if (good)
    g_main_loop_run (loop);
  dpop_network_leave (network, number);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    g_source_remove (ends[i]);
  g_free (node.said);
  if (node.error != NULL)
    g_propagate_error (error, node.error);
  return good && node.error == NULL;
}

static gboolean
run_node (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_autofree char *port = NULL;
  g_auto (GStrv) addresses = NULL;
  gboolean alone = FALSE;
  const GOptionEntry entries[] = {
    { "port", 0, 0, DPOPCTL_TEXT, &port, NULL, NULL },
    { "connect", 0, 0, DPOPCTL_TEXTS, &addresses, NULL, NULL },
    { "no-local", 0, 0, G_OPTION_ARG_NONE, &alone, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  g_autoptr (CosmicSecret) passphrase = NULL;
  g_autoptr (DpopEngine) engine = NULL;
  guint number = 0;
  DpopNetworkSetting setting = { 0 };
  gboolean good;

  if (!dpopctl_arguments (argc, argv, entries, 0, 0, &words, error)
      || (port != NULL && !dpopctl_arguments_number (port, G_MAXUINT16, &number, error))
      || (passphrase = dpopctl_open_passphrase (self, _("Passphrase:"), FALSE, error)) == NULL)
    return FALSE;
  setting.local = !alone;
  setting.port = (guint16) number;
  engine = dpop_engine_new ();
  if (!dpop_engine_open_sync (engine, self->folder, passphrase, NULL, NULL, error))
    return FALSE;
  good = take_part (self, engine, &setting, (const char *const *) addresses, error);
  dpop_engine_close (engine);
  return good;
}

const DpopctlVerb dpopctl_node_verbs[] = {
  { "node", "[--port N] [--connect ADDRESS]... [--no-local]",
    N_("exchanges with the organisation's other computers until it is ended"), run_node },
  { NULL },
};
