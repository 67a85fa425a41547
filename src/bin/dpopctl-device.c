/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpopctl-find.h"

#include "dpop-command-accept.h"
#include "dpop-command-device.h"
#include "dpop-command-invite.h"
#include "dpop-command-join.h"

#include <glib/gi18n-lib.h>

#define CODE_BYTES_MAX (64u << 10)

/* --- Texts that are handed over. --- */

/* To FILE, or to standard output without one. */
static gboolean
put_code (Dpopctl *self, const char *file, const char *text, GError **error)
{
  if (file != NULL)
    return dpopctl_arguments_put (file, text, error);
  dpopctl_print (self, "%s", text);
  return TRUE;
}

/* A file that holds a code, or the code itself. */
static char *
get_code (const char *word, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;

  if (g_ascii_strncasecmp (word, "DPOP-", strlen ("DPOP-")) == 0
      && !g_file_test (word, G_FILE_TEST_EXISTS))
    return g_strdup (word);
  if ((bytes = dpopctl_arguments_file (word, CODE_BYTES_MAX, error)) == NULL)
    return NULL;
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* --- Inviting and joining. --- */

static gboolean
invite (Dpopctl *self, const CosmicId *member, gboolean lost, const char *lasts,
        const char *file, GError **error)
{
  gint64 now = dpop_clock_now (dpop_profile_clock (self->profile)), until = now;
  DpopCommandInvite command = { .member = *member, .lost = lost };
  g_auto (DpopCommandInviteResult) result = { 0 };
  g_autofree char *when = NULL;
  g_autofree char *name = dpopctl_find_member_name (self, member);

  if (lasts != NULL && !dpopctl_arguments_time (lasts, now, &until, error))
    return FALSE;
  command.lasts = until - now;
  if (!dpop_command_invite (self->profile, &command, &result, error)
      || !put_code (self, file, result.text, error))
    return FALSE;
  when = dpopctl_print_time (result.expires);
  dpopctl_print_id (self, "member", member);
  dpopctl_print_string (self, "invitation", file == NULL ? result.text : NULL);
  dpopctl_print_string (self, "file", file);
  dpopctl_print_time_to (self->result, "expires", result.expires);
  dpopctl_print (self, _("This invites a computer of %s, once, until %s. Whoever has it can ask in "
                         "their place: hand it to nobody else."),
                 name, when);
  return TRUE;
}

static gboolean
run_invite (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_autofree char *lasts = NULL;
  g_autofree char *file = NULL;
  gboolean lost = FALSE;
  const GOptionEntry entries[] = {
    { "lost", 0, 0, G_OPTION_ARG_NONE, &lost, NULL, NULL },
    { "lasts", 0, 0, DPOPCTL_TEXT, &lasts, NULL, NULL },
    { "output", 0, 0, DPOPCTL_TEXT, &file, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  CosmicId member;

  return dpopctl_arguments (argc, argv, entries, 1, 1, &words, error)
         && dpopctl_open_founded (self, error)
         && dpopctl_find_member (self, words[0], &member, error)
         && invite (self, &member, lost, lasts, file, error);
}

/* `join` and `device request` are one: for a first computer, and for a further one. */
static gboolean
join (Dpopctl *self, const char *word, const char *file, GError **error)
{
  g_autofree char *code = get_code (word, error);
  g_auto (DpopCommandJoinResult) result = { 0 };

  if (code == NULL || !dpopctl_open (self, error)
      || !dpop_command_join (self->profile, &(DpopCommandJoin){ code }, &result, error)
      || !put_code (self, file, result.request, error))
    return FALSE;
  dpopctl_print_id (self, "party", &result.party);
  dpopctl_print_id (self, "member", &result.member);
  dpopctl_print_string (self, "request", file == NULL ? result.request : NULL);
  dpopctl_print_string (self, "file", file);
  dpopctl_print (self, _("Carry this request to the computer that invited you, where it is "
                         "accepted (device accept). Then import the transfer file that it makes."));
  return TRUE;
}

static gboolean
run_join (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_autofree char *file = NULL;
  const GOptionEntry entries[] = {
    { "output", 0, 0, DPOPCTL_TEXT, &file, NULL, NULL }, G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;

  return dpopctl_arguments (argc, argv, entries, 1, 1, &words, error)
         && join (self, words[0], file, error);
}

/* --- Letting in, switching off. --- */

static gboolean
run_accept (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_autofree char *file = NULL;
  const GOptionEntry entries[] = {
    { "output", 0, 0, DPOPCTL_TEXT, &file, NULL, NULL }, G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  g_autofree char *code = NULL;
  g_autofree char *name = NULL;
  DpopCommandAcceptResult result;

  if (!dpopctl_arguments (argc, argv, entries, 1, 1, &words, error)
      || (code = get_code (words[0], error)) == NULL || !dpopctl_open_founded (self, error)
      || !dpop_command_accept (self->profile, &(DpopCommandAccept){ code, file }, &result, error))
    return FALSE;
  name = dpopctl_find_member_name (self, &result.member);
  dpopctl_print_id (self, "member", &result.member);
  dpopctl_print_id (self, "device", &result.device);
  dpopctl_print_flag (self, "again", result.again);
  dpopctl_print_flag (self, "confirmed", result.confirmed);
  dpopctl_print_string (self, "file", file);
  dpopctl_print_number (self, "size", (gint64) result.file.size);
  dpopctl_print (self, result.again ? _("This computer of %s was let in before.")
                                    : _("A computer of %s is let in."),
                 name);
  if (file != NULL)
    dpopctl_print (self, _("Carry %s to it, and import it there (bundle import)."), file);
  else
    dpopctl_print (self, _("It needs a transfer file next: bundle export FILE."));
  return TRUE;
}

static void
list_one (Dpopctl *self, const DpopCommandDevice *device, JsonArray *array)
{
  g_autofree char *id = dpopctl_print_short (&device->id);
  g_autofree char *name = dpopctl_find_member_name (self, &device->member);
  JsonObject *object = json_object_new ();

  dpopctl_print_id_to (object, "device", &device->id);
  dpopctl_print_id_to (object, "member", &device->member);
  json_object_set_string_member (object, "name", name);
  json_object_set_boolean_member (object, "own", device->own);
  json_object_set_boolean_member (object, "on", !device->off);
  json_object_set_int_member (object, "since", (gint64) device->since);
  json_array_add_object_element (array, object);
  dpopctl_print (self, "%s  %s%s%s", id, name, device->own ? _(" - this computer") : "",
                 device->off ? _(" - switched off") : "");
}

static gboolean
run_list (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_autofree char *named = NULL;
  const GOptionEntry entries[] = {
    { "member", 0, 0, DPOPCTL_TEXT, &named, NULL, NULL }, G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  g_autoptr (GArray) devices = NULL;
  JsonArray *array;
  CosmicId member;

  if (!dpopctl_arguments (argc, argv, entries, 0, 0, &words, error)
      || !dpopctl_open_founded (self, error)
      || (named != NULL && !dpopctl_find_member (self, named, &member, error))
      || (devices = dpop_command_device_list (self->profile, named != NULL ? &member : NULL,
                                              error)) == NULL)
    return FALSE;
  array = json_array_new ();
  for (guint i = 0; i < devices->len; i++)
    list_one (self, &g_array_index (devices, DpopCommandDevice, i), array);
  dpopctl_print_array (self, "devices", array);
  return TRUE;
}

static gboolean
run_off (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_auto (GStrv) words = NULL;
  CosmicId device;

  if (!dpopctl_arguments (argc, argv, NULL, 1, 1, &words, error)
      || !dpopctl_open_founded (self, error)
      || !dpopctl_find_device (self, words[0], &device, error)
      || !dpop_command_device_off (self->profile, &device, 0, error))
    return FALSE;
  dpopctl_print_id (self, "device", &device);
  dpopctl_print (self, _("Switched off. What it has signed and is known here stays; what turns up "
                         "later has no effect."));
  return TRUE;
}

const DpopctlVerb dpopctl_device_verbs[] = {
  { "invite", "MEMBER [--lost] [--lasts TIME] [--output FILE]",
    N_("invites a member's computer: a text to hand over"), run_invite },
  { "join", "INVITATION|FILE [--output FILE]",
    N_("takes an invitation, and makes the request to be let in"), run_join },
  { "device request", "INVITATION|FILE [--output FILE]",
    N_("the same, for a further computer of one's own"), run_join },
  { "device accept", "REQUEST|FILE [--output FILE]",
    N_("lets a computer in, and writes the transfer file for it"), run_accept },
  { "device list", "[--member MEMBER]", N_("the computers that are on, or all of a member"),
    run_list },
  { "device off", "DEVICE", N_("switches a computer off that is lost or sold"), run_off },
  { NULL },
};
