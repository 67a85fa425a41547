/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpopctl.h"

#include "dpop-shared-folder.h"

#include <glib/gi18n-lib.h>

static gboolean
run_use (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_auto (GStrv) words = NULL;
  g_autofree char *folder = NULL;

  if (!dpopctl_arguments (argc, argv, NULL, 1, 1, &words, error) || !dpopctl_open (self, error))
    return FALSE;
  folder = g_canonicalize_filename (words[0], NULL);
  if (!dpop_shared_folder_use (self->profile, folder, error))
    return FALSE;
  dpopctl_print_string (self, "folder", folder);
  dpopctl_print (self, _("This computer exchanges through %s. Next: folder exchange."), folder);
  return TRUE;
}

static gboolean
run_stop (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_auto (GStrv) words = NULL;

  if (!dpopctl_arguments (argc, argv, NULL, 0, 0, &words, error) || !dpopctl_open (self, error)
      || !dpop_shared_folder_use (self->profile, NULL, error))
    return FALSE;
  dpopctl_print_string (self, "folder", NULL);
  dpopctl_print (self, _("This computer exchanges through no folder any more."));
  return TRUE;
}

static void
tell (Dpopctl *self, const DpopMailboxRound *round)
{
  dpopctl_print_number (self, "files", round->files);
  dpopctl_print_number (self, "added", (gint64) round->in.added);
  dpopctl_print_number (self, "held", (gint64) round->in.held);
  dpopctl_print_number (self, "checkpoints", (gint64) round->in.checkpoints);
  dpopctl_print_number (self, "shares", (gint64) round->in.shares);
  dpopctl_print_number (self, "computers", round->computers);
  dpopctl_print_number (self, "behind", round->behind);
  dpopctl_print_number (self, "unread", round->unread);
  dpopctl_print_flag (self, "wrote", round->wrote);
  dpopctl_print (self, _("New entries: %lu; new confirmations: %lu."), (gulong) round->in.added,
                 (gulong) round->in.checkpoints);
  dpopctl_print (self, _("Other computers there: %u; of them without something that is here: %u."),
                 round->computers, round->behind);
  if (round->unread > 0)
    dpopctl_print (self, _("Files that make no sense yet: %u. They are looked at again."),
                   round->unread);
}

static gboolean
run_exchange (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (DpopMailbox) box = NULL;
  DpopMailboxRound round;

  if (!dpopctl_arguments (argc, argv, NULL, 0, 0, &words, error) || !dpopctl_open (self, error)
      || !dpop_shared_folder_round (self->profile, &box, TRUE, NULL, &round, error))
    return FALSE;
  tell (self, &round);
  return TRUE;
}

const DpopctlVerb dpopctl_folder_verbs[] = {
  { "folder use", "DIR", N_("exchanges through a folder that something else keeps the same"),
    run_use },
  { "folder exchange", "", N_("takes in what others left there, and writes what they lack"),
    run_exchange },
  { "folder stop", "", N_("exchanges through no folder any more"), run_stop },
  { NULL },
};
