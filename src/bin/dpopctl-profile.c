/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpopctl.h"

#include <fcntl.h>
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
  g_autoptr (DpopVault) vault = NULL;
  CosmicPasswordCost cost;

  if (!dpopctl_arguments (argc, argv, entries, 0, 0, &words, error)
      || !read_cost (cost_word, &cost, error)
      || (before = dpopctl_open_passphrase (self, _("The passphrase as it is:"), FALSE, error))
             == NULL
      || (vault = dpop_vault_open (self->folder, before, NULL, error)) == NULL
      || (after = read_new_passphrase (self, fd, file, error)) == NULL
      || !dpop_vault_change_passphrase (vault, before, after, cost, error))
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
  g_autoptr (DpopVault) vault = NULL;
  CosmicPasswordCost cost;

  if (!dpopctl_arguments (argc, argv, entries, 0, 0, &words, error)
      || !read_cost (cost_word, &cost, error)
      || (passphrase = dpopctl_open_passphrase (self, _("Passphrase:"), FALSE, error)) == NULL
      || (vault = dpop_vault_open (self->folder, passphrase, NULL, error)) == NULL
      || !dpop_vault_reencrypt (vault, passphrase, cost, NULL, NULL, error))
    return FALSE;
  dpopctl_print_string (self, "profile", self->folder);
  dpopctl_print_number (self, "generation", dpop_vault_generation (vault));
  dpopctl_print (self, _("Everything in %s is encrypted with a new key. Copies made before are "
                         "still open to the old one: destroy them."),
                 self->folder);
  return TRUE;
}

/* --- What it is. --- */

static guint64
folder_size (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint64 size = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (GMappedFile) file = NULL;
      int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
      off_t end = fd >= 0 ? lseek (fd, 0, SEEK_END) : 0;

      size += end > 0 ? (guint64) end : 0;
      if (fd >= 0)
        close (fd);
    }
  return size;
}

static gboolean
run_info (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_auto (GStrv) words = NULL;
  CosmicLog *log;
  CosmicId member = cosmic_id_zero;
  guint64 size;

  if (!dpopctl_arguments (argc, argv, NULL, 0, 0, &words, error) || !dpopctl_open (self, error))
    return FALSE;
  log = dpop_profile_log (self->profile);
  dpop_profile_own_member (self->profile, &member, NULL);
  size = folder_size (self->folder);
  tell_folder (self);
  dpopctl_print_id (self, "party", cosmic_log_party (log));
  dpopctl_print_id (self, "member", &member);
  dpopctl_print_flag (self, "record_keeper", dpop_profile_is_witness (self->profile));
  dpopctl_print_number (self, "height", (gint64) cosmic_log_height (log));
  dpopctl_print_number (self, "open", cosmic_log_n_open (log));
  dpopctl_print_number (self, "size", (gint64) size);
  dpopctl_print (self, _("Profile:        %s"), self->folder);
  dpopctl_print (self, _("On the disk:    %lu kB, encrypted"), (gulong) (size / 1000));
  if (cosmic_id_is_zero (cosmic_log_party (log)))
    dpopctl_print (self, _("Organisation:   none yet"));
  else if (cosmic_id_is_zero (&member))
    dpopctl_print (self, _("Organisation:   asked to join"));
  else
    dpopctl_print (self, _("Organisation:   see party show"));
  dpopctl_print (self, _("Record keeper:  %s"),
                 dpop_profile_is_witness (self->profile) ? _("yes") : _("no"));
  dpopctl_print (self, _("Confirmations:  %lu"), (gulong) cosmic_log_height (log));
  dpopctl_print (self, _("Not yet confirmed: %u"), cosmic_log_n_open (log));
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
