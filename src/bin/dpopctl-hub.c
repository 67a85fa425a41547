/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpopctl.h"

#include "dpop-hub-house.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

static DpopHubHouse *
open_house (const char *folder, GError **error)
{
  g_autofree char *usual = g_build_filename (g_get_user_data_dir (), "dpop-hub", NULL);

  return dpop_hub_house_open (folder != NULL ? folder : usual, error);
}

/* The number of an account, as it is shown and said. */
static char *
account_text (guint64 account)
{
  return g_strdup_printf ("%016" G_GINT64_MODIFIER "x", account);
}

/* --- Running. --------------------------------------------------------------------------------- */

static gboolean
on_end (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE;
}

/* Lines at once: whoever started it waits for them. */
static void
on_started (guint16 port, gpointer data)
{
  const Dpopctl *self = data;

  if (self->json)
    printf ("{\"port\":%u}\n", port);
  else
    printf (_("The hub listens on port %u.\n"), port);
  fflush (stdout);
}

static gboolean
run_run (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_autofree char *folder = NULL;
  g_autofree char *port = NULL;
  g_autofree char *address = NULL;
  g_autofree char *rate = NULL;
  DpopHubHouseSetting setting = { .port = DPOP_HUB_HOUSE_PORT };
  const GOptionEntry entries[] = {
    { "folder", 0, 0, DPOPCTL_TEXT, &folder, NULL, NULL },
    { "port", 0, 0, DPOPCTL_TEXT, &port, NULL, NULL },
    { "address", 0, 0, DPOPCTL_TEXT, &address, NULL, NULL },
    { "rate", 0, 0, DPOPCTL_TEXT, &rate, NULL, NULL },
    { "metrics", 0, 0, G_OPTION_ARG_NONE, &setting.metrics, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  g_autoptr (DpopHubHouse) house = NULL;
  g_autoptr (GMainLoop) loop = NULL;
  guint number, ends[2];
  gboolean good;

  if (!dpopctl_arguments (argc, argv, entries, 0, 0, &words, error))
    return FALSE;
  if (port != NULL)
    {
      if (!dpopctl_arguments_number (port, G_MAXUINT16, &number, error))
        return FALSE;
      setting.port = (guint16) number;
    }
  if (rate != NULL)
    {
      if (!dpopctl_arguments_number (rate, 1U << 20, &number, error))
        return FALSE;
      setting.rate = (guint64) number * 1024;
    }
  setting.only = address;
  if ((house = open_house (folder, error)) == NULL)
    return FALSE;
  loop = g_main_loop_new (NULL, FALSE);
  ends[0] = g_unix_signal_add (SIGTERM, on_end, loop);
  ends[1] = g_unix_signal_add (SIGINT, on_end, loop);
  good = dpop_hub_house_run (house, &setting, loop, on_started, self, error);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    g_source_remove (ends[i]);
  return good;
}

static gboolean
run_metrics (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_autofree char *folder = NULL;
  const GOptionEntry entries[] = { { "folder", 0, 0, DPOPCTL_TEXT, &folder, NULL, NULL },
                                   G_OPTION_ENTRY_NULL };
  g_auto (GStrv) words = NULL;
  g_autoptr (DpopHubHouse) house = NULL;
  g_autofree char *text = NULL;

  if (!dpopctl_arguments (argc, argv, entries, 0, 0, &words, error)
      || (house = open_house (folder, error)) == NULL
      || (text = dpop_hub_house_metrics (house, error)) == NULL)
    return FALSE;
  g_strchomp (text);
  dpopctl_print_string (self, "metrics", text);
  dpopctl_print (self, "%s", text);
  return TRUE;
}

/* --- Tokens. ---------------------------------------------------------------------------------- */

/* "1000", "64k", "20M", "4G". */
static gboolean
read_size (const char *text, guint64 *size, GError **error)
{
  static const char units[] = "kMG";
  char *end = NULL;
  const guint64 number = g_ascii_strtoull (text, &end, 10);
  const char *unit = *end != '\0' ? strchr (units, *end) : NULL;
  const guint shift = unit != NULL ? (guint) (unit - units + 1) * 10 : 0;

  if (!g_ascii_isdigit (*text) || (*end != '\0' && (unit == NULL || end[1] != '\0'))
      || number == 0 || number > (guint64) G_MAXINT64 >> shift)
    return dpopctl_arguments_fail (error, _("\"%s\" is no size, such as 500M or 4G."), text);
  *size = number << shift;
  return TRUE;
}

static gboolean
read_account (const char *text, guint64 *account, GError **error)
{
  return (strlen (text) == 16
          && g_ascii_string_to_unsigned (text, 16, 1, G_MAXUINT64, account, NULL))
         || dpopctl_arguments_fail (error, _("\"%s\" is no account. \"hub list\" shows them."),
                                    text);
}

static gboolean
run_grant (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_autofree char *folder = NULL;
  g_autofree char *account = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *envelopes = NULL;
  g_autofree char *port = NULL;
  const GOptionEntry entries[] = {
    { "folder", 0, 0, DPOPCTL_TEXT, &folder, NULL, NULL },
    { "account", 0, 0, DPOPCTL_TEXT, &account, NULL, NULL },
    { "bytes", 0, 0, DPOPCTL_TEXT, &bytes, NULL, NULL },
    { "envelopes", 0, 0, DPOPCTL_TEXT, &envelopes, NULL, NULL },
    { "port", 0, 0, DPOPCTL_TEXT, &port, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  DpopHubHouseWish wish = { .port = DPOP_HUB_HOUSE_PORT };
  g_auto (GStrv) words = NULL;
  g_autoptr (DpopHubHouse) house = NULL;
  g_autofree char *code = NULL;
  g_autofree char *shown = NULL;
  CosmicHubGrant grant;
  guint number;

  if (!dpopctl_arguments (argc, argv, entries, 1, 1, &words, error)
      || (account != NULL && !read_account (account, &wish.account, error))
      || (bytes != NULL && !read_size (bytes, &wish.bytes_most, error))
      || (envelopes != NULL && !read_size (envelopes, &wish.envelopes_most, error)))
    return FALSE;
  if (port != NULL)
    {
      if (!dpopctl_arguments_number (port, G_MAXUINT16, &number, error))
        return FALSE;
      wish.port = (guint16) number;
    }
  wish.host = words[0];
  if ((house = open_house (folder, error)) == NULL
      || !dpop_hub_house_grant (house, &wish, g_get_real_time () / 1000, &code, &grant, error))
    return FALSE;
  shown = account_text (grant.account);
  dpopctl_print_string (self, "code", code);
  dpopctl_print_string (self, "account", shown);
  dpopctl_print_id (self, "token", &grant.key);
  dpopctl_print (self, _("Give this code to one organisation, and to nobody else:\n%s"), code);
  dpopctl_print (self, _("It is not shown again. Account: %s."), shown);
  return TRUE;
}

static gboolean
find_token (DpopHubHouse *house, const char *text, CosmicId *key, GError **error)
{
  g_autoptr (GArray) grants = dpop_hub_house_grants (house, error);
  guint count = 0;

  for (guint i = 0; grants != NULL && i < grants->len; i++)
    {
      const CosmicId *each = &g_array_index (grants, CosmicHubGrant, i).key;
      g_autofree char *name = cosmic_id_to_text (each);

      if (!g_str_has_prefix (name, text))
        continue;
      *key = *each;
      count++;
    }
  if (grants == NULL)
    return FALSE;
  if (count == 1)
    return TRUE;
  if (count == 0)
    return dpopctl_arguments_invalid (error, _("No token begins with \"%s\"."), text);
  g_set_error (error, DPOPCTL_ERROR, DPOPCTL_ERROR_AMBIGUOUS,
               _("Several tokens begin with \"%s\". Give more of it."), text);
  return FALSE;
}

static gboolean
run_withdraw (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_autofree char *folder = NULL;
  const GOptionEntry entries[] = { { "folder", 0, 0, DPOPCTL_TEXT, &folder, NULL, NULL },
                                   G_OPTION_ENTRY_NULL };
  g_auto (GStrv) words = NULL;
  g_autoptr (DpopHubHouse) house = NULL;
  gboolean found;
  CosmicId key;

  if (!dpopctl_arguments (argc, argv, entries, 1, 1, &words, error)
      || (house = open_house (folder, error)) == NULL
      || !find_token (house, words[0], &key, error)
      || !dpop_hub_house_withdraw (house, &key, &found, error))
    return FALSE;
  dpopctl_print_id (self, "token", &key);
  dpopctl_print (self, _("Nobody is let in by this token any more. What was stored stays."));
  return TRUE;
}

static gboolean
list_token (Dpopctl *self, DpopHubHouse *house, const CosmicHubGrant *grant, JsonArray *array,
            GError **error)
{
  g_autofree char *account = account_text (grant->account);
  g_autofree char *key = dpopctl_print_short (&grant->key);
  g_autofree char *since = dpopctl_print_time (grant->since);
  g_autofree char *bytes = NULL;
  JsonObject *object;
  CosmicHubRoom room;

  if (!dpop_hub_house_room (house, grant->account, &room, error))
    return FALSE;
  object = json_object_new ();
  json_object_set_string_member (object, "account", account);
  dpopctl_print_id_to (object, "token", &grant->key);
  dpopctl_print_time_to (object, "since", grant->since);
  json_object_set_int_member (object, "envelopes", (gint64) room.envelopes);
  json_object_set_int_member (object, "envelopes_most", (gint64) room.envelopes_most);
  json_object_set_int_member (object, "bytes", (gint64) room.bytes);
  json_object_set_int_member (object, "bytes_most", (gint64) room.bytes_most);
  json_array_add_object_element (array, object);
  bytes = g_format_size (room.bytes);
  /* Translators: account, token, time, number of envelopes, their size. */
  dpopctl_print (self, _("%s  %s  since %s: %lu envelopes, %s"), account, key, since,
                 (gulong) room.envelopes, bytes);
  return TRUE;
}

static gboolean
run_list (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_autofree char *folder = NULL;
  const GOptionEntry entries[] = { { "folder", 0, 0, DPOPCTL_TEXT, &folder, NULL, NULL },
                                   G_OPTION_ENTRY_NULL };
  g_auto (GStrv) words = NULL;
  g_autoptr (DpopHubHouse) house = NULL;
  g_autoptr (GArray) grants = NULL;
  JsonArray *array;
  gboolean good = TRUE;

  if (!dpopctl_arguments (argc, argv, entries, 0, 0, &words, error)
      || (house = open_house (folder, error)) == NULL
      || (grants = dpop_hub_house_grants (house, error)) == NULL)
    return FALSE;
  array = json_array_new ();
  for (guint i = 0; i < grants->len && good; i++)
    good = list_token (self, house, &g_array_index (grants, CosmicHubGrant, i), array, error);
  dpopctl_print_array (self, "tokens", array);
  if (grants->len == 0)
    dpopctl_print (self, _("No token is granted."));
  return good;
}

const DpopctlVerb dpopctl_hub_verbs[] = {
  { "hub run", "[--port N] [--address IP] [--rate N] [--metrics] [--folder DIR]",
    N_("stores and forwards for organisations what it cannot read"), run_run },
  { "hub token grant",
    "HOST [--port N] [--account A] [--bytes N] [--envelopes N] [--folder DIR]",
    N_("lets an organisation in, and says the code for it"), run_grant },
  { "hub token withdraw", "TOKEN [--folder DIR]", N_("lets nobody in by a token any more"),
    run_withdraw },
  { "hub list", "[--folder DIR]", N_("shows tokens, and what is stored for them"), run_list },
  { "hub metrics", "[--folder DIR]", N_("shows the figures of the hub that runs"), run_metrics },
  { NULL },
};
