/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpopctl.h"

#include "dpop-command-info.h"
#include "dpop-command-passphrase.h"

#include <glib/gi18n-lib.h>

/* --- Making one, another passphrase. --- */

static gboolean
read_cost (const char *word, CosmicPasswordCost *cost, GError **error)
{
  if (word == NULL || strcmp (word, "normal") == 0)
    *cost = DPOP_VAULT_COST_CALIBRATED;
  else if (strcmp (word, "cheap") == 0)
    *cost = COSMIC_PASSWORD_COST_TEST;
  else
    return dpopctl_arguments_fail (error, _("--cost is normal or cheap, not \"%s\"."), word);
  return TRUE;
}

static void
tell_folder (Dpopctl *self)
{
  CosmicId device;

  dpop_profile_device_id (self->profile, &device);
  dpopctl_print_string (self, "profile", self->folder);
  dpopctl_print_id (self, "device", &device);
}

static gboolean
run_create (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_autofree char *cost_word = NULL;
  const GOptionEntry entries[] = {
    { "cost", 0, 0, DPOPCTL_TEXT, &cost_word, NULL, NULL }, G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  g_autoptr (CosmicSecret) passphrase = NULL;
  CosmicPasswordCost cost;

  if (!dpopctl_arguments (argc, argv, entries, 0, 0, &words, error)
      || !read_cost (cost_word, &cost, error))
    return FALSE;
  passphrase = dpopctl_open_passphrase (self, _("A new passphrase:"), TRUE, error);
  if (passphrase == NULL)
    return FALSE;
  self->profile = dpop_profile_create (self->folder, passphrase, cost, NULL, error);
  if (self->profile == NULL)
    return FALSE;
  tell_folder (self);
  dpopctl_print (self, _("A profile was made in %s."), self->folder);
  dpopctl_print (self, _("Nobody can open it without its passphrase, and nobody can give you a new "
                         "one."));
  dpopctl_print (self, _("Next: party create, or join with an invitation."));
  return TRUE;
}

/* The new passphrase comes from where its own options say; else from the line behind the old one on
 * the same descriptor; else from the terminal. */
static CosmicSecret *
read_new_passphrase (Dpopctl *self, int fd, char *file, GError **error)
{
  Dpopctl from = { .passphrase_fd = fd >= 0 ? fd : file == NULL ? self->passphrase_fd : -1,
                   .passphrase_file = file };

  return dpopctl_open_passphrase (&from, _("The new passphrase:"), TRUE, error);
}

static gboolean
run_passwd (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_autofree char *cost_word = NULL;
  g_autofree char *file = NULL;
  int fd = -1;
  const GOptionEntry entries[] = {
    { "cost", 0, 0, DPOPCTL_TEXT, &cost_word, NULL, NULL },
    { "new-passphrase-fd", 0, 0, G_OPTION_ARG_INT, &fd, NULL, NULL },
    { "new-passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &file, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  g_autoptr (CosmicSecret) before = NULL;
  g_autoptr (CosmicSecret) after = NULL;
  CosmicPasswordCost cost;

  if (!dpopctl_arguments (argc, argv, entries, 0, 0, &words, error)
      || !read_cost (cost_word, &cost, error)
      || (before = dpopctl_open_passphrase (self, _("The passphrase as it is:"), FALSE, error))
             == NULL
      || (self->profile = dpop_profile_open (self->folder, before, NULL, error)) == NULL
      || (after = read_new_passphrase (self, fd, file, error)) == NULL
      || !dpop_command_passphrase (self->profile, before, after, cost, error))
    return FALSE;
  dpopctl_print_string (self, "profile", self->folder);
  dpopctl_print_flag (self, "changed", TRUE);
  dpopctl_print (self, _("The passphrase was changed. The old one opens nothing any more."));
  return TRUE;
}

static gboolean
run_reencrypt (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_autofree char *cost_word = NULL;
  const GOptionEntry entries[] = {
    { "cost", 0, 0, DPOPCTL_TEXT, &cost_word, NULL, NULL }, G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  g_autoptr (CosmicSecret) passphrase = NULL;
  CosmicPasswordCost cost;

  if (!dpopctl_arguments (argc, argv, entries, 0, 0, &words, error)
      || !read_cost (cost_word, &cost, error)
      || (passphrase = dpopctl_open_passphrase (self, _("Passphrase:"), FALSE, error)) == NULL
      || !dpop_command_passphrase_reencrypt (self->folder, passphrase, cost, error))
    return FALSE;
  dpopctl_print_string (self, "profile", self->folder);
  dpopctl_print_flag (self, "changed", TRUE);
  dpopctl_print (self, _("Everything in %s is encrypted with a new key. Copies made before are "
                         "still open to the old one: destroy them."),
                 self->folder);
  return TRUE;
}

/* --- What it is. --- */

static void
print_info (Dpopctl *self, const DpopCommandInfo *info)
{
  dpopctl_print (self, _("Profile:           %s"), self->folder);
  dpopctl_print (self, _("On the disk:       %lu kB, encrypted"), (gulong) (info->bytes / 1000));
  dpopctl_print (self, _("Organisation:      %s"),
                 info->admitted                       ? _("see party show")
                 : !cosmic_id_is_zero (&info->party) ? _("asked to join")
                                                      : _("none yet"));
  dpopctl_print (self, _("Record keeper:     %s"), info->record_keeper ? _("yes") : _("no"));
  dpopctl_print (self, _("Confirmations:     %lu"), (gulong) info->height);
  dpopctl_print (self, _("Not yet confirmed: %u"), info->open);
}

static gboolean
run_info (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_auto (GStrv) words = NULL;
  DpopCommandInfo info;

  if (!dpopctl_arguments (argc, argv, NULL, 0, 0, &words, error) || !dpopctl_open (self, error)
      || !dpop_command_info (self->profile, &info, error))
    return FALSE;
  tell_folder (self);
  dpopctl_print_id (self, "party", &info.party);
  dpopctl_print_flag (self, "founded", info.founded);
  dpopctl_print_id (self, "member", info.admitted ? &info.member : &cosmic_id_zero);
  dpopctl_print_flag (self, "record_keeper", info.record_keeper);
  dpopctl_print_number (self, "height", (gint64) info.height);
  dpopctl_print_time_to (self->result, "confirmed", info.confirmed_at);
  dpopctl_print_number (self, "open", info.open);
  dpopctl_print_number (self, "computers", info.computers);
  dpopctl_print_number (self, "units", info.units);
  dpopctl_print_number (self, "size", (gint64) info.bytes);
  print_info (self, &info);
  return TRUE;
}

const DpopctlVerb dpopctl_profile_verbs[] = {
  { "profile create", "[--cost normal|cheap]", N_("makes a profile, encrypted with a passphrase"),
    run_create },
  { "profile passwd", "[--new-passphrase-fd N | --new-passphrase-file FILE] [--cost normal|cheap]",
    N_("changes the passphrase"), run_passwd },
  { "profile info", "", N_("what this profile is and holds"), run_info },
  { "vault reencrypt", "[--cost normal|cheap]",
    N_("after a key leaked: encrypts everything again with a new one"), run_reencrypt },
  { NULL },
};
