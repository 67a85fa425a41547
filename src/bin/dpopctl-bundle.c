/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpopctl.h"

#include "dpop-exchange.h"

#include <glib/gi18n-lib.h>

static gboolean
run_summary (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_auto (GStrv) words = NULL;

  if (!dpopctl_arguments (argc, argv, NULL, 1, 1, &words, error)
      || !dpopctl_open_founded (self, error)
      || !dpop_command_bundle_summary (self->profile, words[0], error))
    return FALSE;
  dpopctl_print_string (self, "file", words[0]);
  dpopctl_print (self, _("%s tells others what this computer has. Made with it, a transfer file "
                         "holds only what is missing here."),
                 words[0]);
  return TRUE;
}

static gboolean
run_export (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_autofree char *summary = NULL;
  const GOptionEntry entries[] = {
    { "for", 0, 0, DPOPCTL_TEXT, &summary, NULL, NULL }, G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  DpopCommandBundleExport command = { 0 };
  DpopCommandBundleExportResult result;

  if (!dpopctl_arguments (argc, argv, entries, 1, 1, &words, error)
      || !dpopctl_open_founded (self, error))
    return FALSE;
  command.path = words[0];
  command.summary = summary;
  if (!dpop_exchange_export (self->profile, &command, &result, error))
    return FALSE;
  dpopctl_print_string (self, "file", words[0]);
  dpopctl_print_number (self, "size", (gint64) result.file.size);
  dpopctl_print_number (self, "operations", (gint64) result.file.operations);
  dpopctl_print_number (self, "checkpoints", (gint64) result.file.checkpoints);
  dpopctl_print_number (self, "shares", (gint64) result.file.shares);
  dpopctl_print_number (self, "confirmed", result.confirmed);
  dpopctl_print (self, _("%s: %lu entries and %lu confirmations, %lu kB, encrypted."), words[0],
                 (gulong) result.file.operations, (gulong) result.file.checkpoints,
                 (gulong) ((result.file.size + 999) / 1000));
  return TRUE;
}

static void
tell_import (Dpopctl *self, const DpopBundleImport *result)
{
  dpopctl_print_number (self, "added", (gint64) result->added);
  dpopctl_print_number (self, "held", (gint64) result->held);
  dpopctl_print_number (self, "known", (gint64) result->known);
  dpopctl_print_number (self, "checkpoints", (gint64) result->checkpoints);
  dpopctl_print_number (self, "shares", (gint64) result->shares);
  if (result->added + result->held + result->checkpoints + result->shares == 0)
    dpopctl_print (self, _("Nothing in it was new."));
  else
    dpopctl_print (self, _("New entries: %lu, on hold: %lu, known before: %lu; new confirmations: "
                           "%lu."),
                   (gulong) result->added, (gulong) result->held, (gulong) result->known,
                   (gulong) result->checkpoints);
}

static gboolean
run_import (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_auto (GStrv) words = NULL;
  DpopBundleImport result = { 0 };
  gboolean done;

  if (!dpopctl_arguments (argc, argv, NULL, 1, 1, &words, error) || !dpopctl_open (self, error))
    return FALSE;
  done = dpop_command_bundle_import (self->profile,
                                     &(DpopCommandBundleImport){ .path = words[0] }, &result,
                                     error);
  dpopctl_print_string (self, "file", words[0]);
  tell_import (self, &result); /* what came in before a failure stays */
  return done;
}

const DpopctlVerb dpopctl_bundle_verbs[] = {
  { "bundle summary", "FILE", N_("writes what this computer has, for others"), run_summary },
  { "bundle export", "FILE [--for SUMMARY]",
    N_("writes a transfer file: everything, or what another computer lacks"), run_export },
  { "bundle import", "FILE", N_("takes a transfer file in"), run_import },
  { NULL },
};
