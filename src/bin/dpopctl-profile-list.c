/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpopctl.h"

#include "dpop-profile-folder.h"

#include <glib/gi18n-lib.h>

/* What can be seen of profiles without opening them. */

static const char *
describe (const DpopProfileFolder *one)
{
  if (!one->readable)
    return _("cannot be looked into");
  if (one->broken)
    return _("its keys are missing");
  if (one->in_use)
    return _("open");
  return one->practice ? _("practice") : "";
}

static void
tell_one (Dpopctl *self, const DpopProfileFolder *one, JsonArray *profiles)
{
  g_autofree char *plain = dpopctl_print_plain (one->label);
  g_autofree char *time = one->last_used > 0 ? dpopctl_print_time (one->last_used) : NULL;
  g_autofree char *folder = g_filename_display_name (one->folder);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "profile", folder);
  json_object_set_string_member (object, "label", one->label);
  json_object_set_boolean_member (object, "labelled", one->labelled);
  json_object_set_boolean_member (object, "practice", one->practice);
  json_object_set_boolean_member (object, "in_use", one->in_use);
  json_object_set_boolean_member (object, "readable", one->readable);
  json_object_set_boolean_member (object, "broken", one->broken);
  dpopctl_print_time_to (object, "last_used", one->last_used);
  json_array_add_object_element (profiles, object);
  dpopctl_print (self, "%-30s %-16s  %s  %s", plain, time != NULL ? time : "", folder,
                 describe (one));
}

static gboolean
run_list (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_autofree char *root = NULL;
  const GOptionEntry entries[] = {
    { "root", 0, 0, DPOPCTL_TEXT, &root, NULL, NULL }, G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  g_autoptr (GPtrArray) found = NULL;
  JsonArray *profiles;

  if (!dpopctl_arguments (argc, argv, entries, 0, 0, &words, error)
      || (found = dpop_profile_folder_list (root, error)) == NULL)
    return FALSE;
  profiles = json_array_new ();
  dpopctl_print_array (self, "profiles", profiles);
  for (guint i = 0; i < found->len; i++)
    tell_one (self, found->pdata[i], profiles);
  if (found->len == 0)
    dpopctl_print (self, _("There is no profile here yet. Make one with: profile create"));
  return TRUE;
}

static gboolean
find (Dpopctl *self, DpopProfileFolder **found, GError **error)
{
  *found = dpop_profile_folder_look (self->folder);
  if (*found != NULL)
    return TRUE;
  g_set_error (error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_NOT_A_PROFILE,
               _("The folder %s holds no profile."), self->folder);
  return FALSE;
}

static gboolean
run_label (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (DpopProfileFolder) found = NULL;
  DpopProfileLabel label;

  if (!dpopctl_arguments (argc, argv, NULL, 1, 1, &words, error) || !find (self, &found, error))
    return FALSE;
  if (!dpop_profile_label_fits (words[0]))
    return dpopctl_arguments_invalid (error, _("This cannot be a label. Type one line of at most "
                                               "%d characters."),
                                      DPOP_PROFILE_LABEL_MAX);
  label = (DpopProfileLabel){ words[0], found->practice };
  if (!dpop_profile_label_write (self->folder, &label, error))
    return FALSE;
  dpopctl_print_string (self, "profile", self->folder);
  dpopctl_print_string (self, "label", words[0]);
  dpopctl_print (self, _("On this computer the profile is called \"%s\" now. Whoever can read the "
                         "folder can read that."),
                 words[0]);
  return TRUE;
}

static gboolean
run_delete (Dpopctl *self, int argc, char **argv, GError **error)
{
  gboolean sure = FALSE, left = FALSE;
  const GOptionEntry entries[] = {
    { "for-good", 0, 0, G_OPTION_ARG_NONE, &sure, NULL, NULL }, G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  g_autoptr (DpopProfileFolder) found = NULL;

  if (!dpopctl_arguments (argc, argv, entries, 0, 0, &words, error))
    return FALSE;
  if (!sure)
    return dpopctl_arguments_fail (error, _("Deleting cannot be undone. Say --for-good if that is "
                                            "what you want."));
  if (!find (self, &found, error) || !dpop_profile_folder_remove (self->folder, &left, error))
    return FALSE;
  dpopctl_print_string (self, "profile", self->folder);
  dpopctl_print_flag (self, "deleted", TRUE);
  dpopctl_print_flag (self, "folder_left", left);
  dpopctl_print (self, _("The profile in %s is deleted. What others have of the organisation, they "
                         "keep."),
                 self->folder);
  if (left)
    dpopctl_print (self, _("Other files lie in the folder. They were left as they are."));
  return TRUE;
}

const DpopctlVerb dpopctl_profile_list_verbs[] = {
  { "profile list", "[--root DIR]", N_("the profiles on this computer"), run_list },
  { "profile label", "TEXT", N_("what the profile is called on this computer, for all to see"),
    run_label },
  { "profile delete", "--for-good", N_("deletes the profile from this computer"), run_delete },
  { NULL },
};
