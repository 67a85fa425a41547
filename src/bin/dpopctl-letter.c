/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpopctl-find.h"

#include "dpop-letter.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

typedef struct
{
  char *lasts, *signed_by, *output;
  char **members;
} Letters;

static void
letters_clear (Letters *self)
{
  g_free (self->lasts);
  g_free (self->signed_by);
  g_free (self->output);
  g_strfreev (self->members);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Letters, letters_clear)

/* Nothing is invited before there is a place for the letters. */
static gboolean
make_folder (const char *path, GError **error)
{
  if (g_mkdir (path, 0700) == 0)
    return TRUE;
  return dpopctl_arguments_invalid (error, _("The folder %s could not be made: %s"), path,
                                    g_strerror (errno));
}

static GArray *
find_members (Dpopctl *self, char **named, GError **error)
{
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  CosmicId member;

  for (; named != NULL && *named != NULL; named++)
    {
      if (!dpopctl_find_member (self, *named, &member, error))
        return NULL;
      g_array_append_val (members, member);
    }
  return g_steal_pointer (&members);
}

static gboolean
put_letter (Dpopctl *self, const char *folder, guint number, const DpopLetter *letter,
            JsonArray *written, GError **error)
{
  g_autofree char *name = g_strdup_printf ("%04u.txt", number);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  JsonObject *object = json_object_new ();

  dpopctl_print_id_to (object, "member", &letter->member);
  json_object_set_string_member (object, "name", letter->name);
  if (letter->email != NULL)
    json_object_set_string_member (object, "email", letter->email);
  else
    json_object_set_null_member (object, "email");
  json_object_set_string_member (object, "file", path);
  dpopctl_print_time_to (object, "expires", letter->expires);
  json_array_add_object_element (written, object);
  dpopctl_print (self, "%s  %s", name, letter->name);
  return dpopctl_arguments_put (path, letter->letter, error);
}

static gboolean
write_letters (Dpopctl *self, const Letters *input, GError **error)
{
  gint64 now = dpop_clock_now (dpop_profile_clock (self->profile)), until = now;
  DpopLetterSender sender = { .signed_by = input->signed_by };
  g_autoptr (GArray) members = find_members (self, input->members, error);
  g_autoptr (GPtrArray) letters = NULL;
  JsonArray *written = json_array_new ();

  dpopctl_print_array (self, "letters", written);
  if (members == NULL
      || (input->lasts != NULL && !dpopctl_arguments_time (input->lasts, now, &until, error))
      || !make_folder (input->output, error))
    return FALSE;
  sender.lasts = until - now;
  letters = dpop_letter_invite (self->profile, input->members != NULL ? members : NULL, &sender,
                                error);
  if (letters == NULL)
    {
      g_rmdir (input->output);
      return FALSE;
    }
  for (guint i = 0; i < letters->len; i++)
    if (!put_letter (self, input->output, i + 1, letters->pdata[i], written, error))
      return FALSE;
  dpopctl_print (self, ngettext ("%u letter was written to %s. Whoever has one can ask in that "
                                 "member's place: hand each to nobody else.",
                                 "%u letters were written to %s. Whoever has one can ask in that "
                                 "member's place: hand each to nobody else.",
                                 letters->len),
                 letters->len, input->output);
  dpopctl_print_string (self, "folder", input->output);
  return TRUE;
}

static gboolean
run_letters (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_auto (Letters) input = { 0 };
  const GOptionEntry entries[] = {
    { "output", 0, 0, DPOPCTL_TEXT, &input.output, NULL, NULL },
    { "member", 0, 0, DPOPCTL_TEXTS, &input.members, NULL, NULL },
    { "lasts", 0, 0, DPOPCTL_TEXT, &input.lasts, NULL, NULL },
    { "signed-by", 0, 0, DPOPCTL_TEXT, &input.signed_by, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;

  if (!dpopctl_arguments (argc, argv, entries, 0, 0, &words, error))
    return FALSE;
  if (input.output == NULL)
    return dpopctl_arguments_fail (error, _("Letters need an --output, a new folder."));
  return dpopctl_open_founded (self, error) && write_letters (self, &input, error);
}

const DpopctlVerb dpopctl_letter_verbs[] = {
  { "letters", "--output FOLDER [--member MEMBER]... [--lasts TIME] [--signed-by TEXT]",
    N_("invites everybody without a computer, with a letter to each"), run_letters },
  { NULL },
};
