/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpopctl-find.h"

#include "dpop-command-recover.h"

#include <glib/gi18n-lib.h>

#define CODE_BYTES_MAX (64u << 10)

static gboolean
find_asked (Dpopctl *self, const char *word, CosmicId *device, GError **error)
{
  g_autoptr (GArray) all = dpop_command_recover_list (self->profile, error);
  guint found = 0;

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      const CosmicAttachment *attachment = &g_array_index (all, CosmicAttachment, i);
      g_autofree char *text = cosmic_id_to_text (&attachment->device);

      if (strlen (word) < DPOPCTL_FIND_DIGITS
          || g_ascii_strncasecmp (text, word, strlen (word)) != 0)
        continue;
      *device = attachment->device;
      found++;
    }
  if (all != NULL && found != 1)
    g_set_error (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_NOT_FOUND,
                 _("No computer that is asked for is called “%s”. See: dpopctl device losses"),
                 word);
  return found == 1;
}

static gboolean
run_recover (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *code = NULL;
  CosmicId device;

  if (!dpopctl_arguments (argc, argv, NULL, 1, 1, &words, error)
      || (bytes = dpopctl_arguments_file (words[0], CODE_BYTES_MAX, error)) == NULL
      || !dpopctl_open_founded (self, error))
    return FALSE;
  code = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  if (!dpop_command_recover (self->profile, code, &device, error))
    return FALSE;
  dpopctl_print_id (self, "device", &device);
  dpopctl_print (self, _("Asked for. Once enough officers support it (device support), the "
                         "member's old computers may still stop it, for as long as our rules "
                         "say."));
  return TRUE;
}

typedef gboolean (*Say) (DpopProfile *profile, const CosmicId *device, GError **error);

static gboolean
run_say (Dpopctl *self, int argc, char **argv, Say say, const char *done, GError **error)
{
  g_auto (GStrv) words = NULL;
  CosmicId device;

  if (!dpopctl_arguments (argc, argv, NULL, 1, 1, &words, error)
      || !dpopctl_open_founded (self, error) || !find_asked (self, words[0], &device, error)
      || !say (self->profile, &device, error))
    return FALSE;
  dpopctl_print_id (self, "device", &device);
  dpopctl_print (self, "%s", done);
  return TRUE;
}

static gboolean
run_support (Dpopctl *self, int argc, char **argv, GError **error)
{
  return run_say (self, argc, argv, dpop_command_recover_support, _("You support it."), error);
}

static gboolean
run_veto (Dpopctl *self, int argc, char **argv, GError **error)
{
  return run_say (self, argc, argv, dpop_command_recover_veto,
                  _("Stopped. The new computer is not let in."), error);
}

static void
list_one (Dpopctl *self, const CosmicAttachment *attachment, JsonArray *array)
{
  g_autofree char *id = dpopctl_print_short (&attachment->device);
  g_autofree char *name = dpopctl_find_member_name (self, &attachment->member);
  g_autofree char *due = attachment->due != 0 ? dpopctl_print_time (attachment->due) : NULL;
  JsonObject *object = json_object_new ();

  dpopctl_print_id_to (object, "device", &attachment->device);
  dpopctl_print_id_to (object, "member", &attachment->member);
  json_object_set_string_member (object, "name", name);
  json_object_set_int_member (object, "supporters", attachment->supporters);
  json_object_set_boolean_member (object, "stopped", attachment->stopped);
  if (due != NULL)
    dpopctl_print_time_to (object, "due", attachment->due);
  json_array_add_object_element (array, object);
  dpopctl_print (self, "%s  %s - %s%s", id, name,
                 attachment->stopped ? _("stopped")
                 : due != NULL       ? _("let in unless stopped before ")
                                     : _("waits for more officers"),
                 due != NULL ? due : "");
}

static gboolean
run_losses (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (GArray) all = NULL;
  JsonArray *array;

  if (!dpopctl_arguments (argc, argv, NULL, 0, 0, &words, error)
      || !dpopctl_open_founded (self, error)
      || (all = dpop_command_recover_list (self->profile, error)) == NULL)
    return FALSE;
  array = json_array_new ();
  for (guint i = 0; i < all->len; i++)
    list_one (self, &g_array_index (all, CosmicAttachment, i), array);
  dpopctl_print_array (self, "losses", array);
  return TRUE;
}

static gboolean
run_hand_over (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_auto (GStrv) words = NULL;
  DpopBundleExport file = { 0 };
  CosmicId device;

  if (!dpopctl_arguments (argc, argv, NULL, 2, 2, &words, error)
      || !dpopctl_open_founded (self, error)
      || !dpopctl_find_device (self, words[0], &device, error)
      || !dpop_command_recover_hand_over (self->profile, &device, words[1], &file, error))
    return FALSE;
  dpopctl_print_id (self, "device", &device);
  dpopctl_print_string (self, "file", words[1]);
  dpopctl_print_number (self, "size", (gint64) file.size);
  dpopctl_print (self, _("Carry %s to it, and import it there (bundle import)."), words[1]);
  return TRUE;
}

const DpopctlVerb dpopctl_recover_verbs[] = {
  { "device recover", "FILE", N_("asks for a new computer for a member who lost all"),
    run_recover },
  { "device support", "DEVICE", N_("supports it, as a further officer"), run_support },
  { "device veto", "DEVICE", N_("stops it, from an old computer of the member"), run_veto },
  { "device losses", "", N_("new computers that are asked for after a loss"), run_losses },
  { "device hand-over", "DEVICE FILE",
    N_("writes the first transfer file for a computer that is in"), run_hand_over },
  { NULL },
};
