/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpopctl-find.h"

#include "dpop-command-confirm.h"
#include "dpop-command-erase.h"
#include "dpop-command-rotate.h"
#include "dpop-command-verify.h"

#include <glib/gi18n-lib.h>

/* --- Making final, changing the locks, deleting. --- */

static gboolean
run_confirm (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_auto (GStrv) words = NULL;
  DpopCommandConfirmResult result;

  if (!dpopctl_arguments (argc, argv, NULL, 0, 0, &words, error)
      || !dpopctl_open_founded (self, error)
      || !dpop_command_confirm (self->profile, &result, error))
    return FALSE;
  dpopctl_print_number (self, "height", (gint64) result.height);
  dpopctl_print_number (self, "covered", result.covered);
  dpopctl_print_number (self, "forks", result.forks);
  dpopctl_print_number (self, "rotations", result.rotations);
  if (result.covered == 0)
    dpopctl_print (self, _("There was nothing to confirm."));
  else
    dpopctl_print (self, _("Confirmed: %u entries are final (number %lu)."), result.covered,
                   (gulong) result.height);
  if (result.forks > 0)
    dpopctl_print (self, _("Two copies of one computer were found: %u. They are paused."),
                   result.forks);
  return TRUE;
}

static gboolean
run_rotate (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_autofree char *unit = NULL;
  gboolean due = FALSE;
  const GOptionEntry entries[] = {
    { "unit", 0, 0, DPOPCTL_TEXT, &unit, NULL, NULL },
    { "due", 0, 0, G_OPTION_ARG_NONE, &due, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  DpopCommandRotate command = { 0 };
  DpopCommandRotateResult result = { 0 };
  guint count = 1;

  if (!dpopctl_arguments (argc, argv, entries, 0, 0, &words, error)
      || !dpopctl_open_founded (self, error)
      || (unit != NULL && !dpopctl_find_unit (self, unit, &command.scope, error))
      || !(due ? dpop_command_rotate_due_alone (self->profile, &count, error)
               : dpop_command_rotate (self->profile, &command, &result, error)))
    return FALSE;
  dpopctl_print_number (self, "rotations", count);
  dpopctl_print_number (self, "computers", result.computers);
  if (due)
    dpopctl_print (self, _("Locks that were due to be changed, and are: %u."), count);
  else
    dpopctl_print (self, _("The locks were changed. %u computers have the new keys; nobody else "
                           "reads what is written from now on."),
                   result.computers);
  return TRUE;
}

static gboolean
add_members (Dpopctl *self, char **words, GArray *members, GError **error)
{
  CosmicId member;

  for (char **word = words; word != NULL && *word != NULL; word++)
    {
      if (!dpopctl_find_member (self, *word, &member, error))
        return FALSE;
      g_array_append_val (members, member);
    }
  return TRUE;
}

static gboolean
add_entries (Dpopctl *self, char **words, GArray *operations, GError **error)
{
  CosmicId operation;

  for (char **word = words; *word != NULL; word++)
    {
      if (!dpopctl_find_entry (self, *word, &operation, error))
        return FALSE;
      g_array_append_val (operations, operation);
    }
  return TRUE;
}

static gboolean
run_erase (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_auto (GStrv) named = NULL;
  const GOptionEntry entries[] = {
    { "member", 0, 0, DPOPCTL_TEXTS, &named, NULL, NULL }, G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  g_autoptr (GArray) operations = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  const DpopCommandErase command = { operations, members };
  DpopCommandEraseResult result;

  if (!dpopctl_arguments (argc, argv, entries, 0, 1000, &words, error))
    return FALSE;
  if (words[0] == NULL && named == NULL)
    return dpopctl_arguments_fail (error, _("Name entries by their numbers (see audit), or a "
                                            "--member."));
  if (!dpopctl_open_founded (self, error) || !add_entries (self, words, operations, error)
      || !add_members (self, named, members, error)
      || !dpop_command_erase (self->profile, &command, &result, error))
    return FALSE;
  dpopctl_print_number (self, "entries", operations->len);
  dpopctl_print_number (self, "members", members->len);
  dpopctl_print_flag (self, "confirmed", result.confirmed);
  dpopctl_print (self, "%s",
                 result.confirmed ? _("Deleted for everyone. Nothing of it is left on this "
                                      "computer; others delete it as soon as they hear of it.")
                                  : _("Hidden. It is deleted for everyone when a record keeper has "
                                      "confirmed it."));
  return TRUE;
}

/* --- Checking. --- */

static JsonArray *
show_faults (Dpopctl *self, const GPtrArray *faults)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < faults->len; i++)
    {
      json_array_add_string_element (array, faults->pdata[i]);
      dpopctl_print (self, "  %s", (const char *) faults->pdata[i]);
    }
  return array;
}

static gboolean
tell_report (Dpopctl *self, const CosmicVerifyReport *report, GError **error)
{
  dpopctl_print_number (self, "height", (gint64) report->height);
  dpopctl_print_number (self, "checked", report->checked);
  dpopctl_print_number (self, "without_effect", report->without_effect);
  dpopctl_print_number (self, "erased", report->erased);
  dpopctl_print_number (self, "unreadable", report->unreadable);
  dpopctl_print_number (self, "open", report->open);
  dpopctl_print_number (self, "held", report->held);
  dpopctl_print_flag (self, "holds", report->faults->len == 0);
  dpopctl_print (self, _("Entries checked: %u, without effect: %u, not yet confirmed: %u, on hold: "
                         "%u."),
                 report->checked, report->without_effect, report->open, report->held);
  if (report->erased > 0)
    dpopctl_print (self, _("Texts deleted for everyone: %u; their effect is vouched for by what "
                           "was confirmed, up to number %lu."),
                   report->erased, (gulong) report->height);
  if (report->unreadable > 0)
    dpopctl_print (self, _("Texts that are not for this computer's eyes: %u."),
                   report->unreadable);
  dpopctl_print_array (self, "faults", show_faults (self, report->faults));
  if (report->faults->len == 0)
    {
      dpopctl_print (self, _("Everything holds: every signature, link, permission, "
                             "confirmation and count."));
      return TRUE;
    }
  g_set_error (error, DPOPCTL_ERROR, DPOPCTL_ERROR_FAULTY,
               _("The history does not hold: %u faults."), report->faults->len);
  return FALSE;
}

static gboolean
run_verify (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_auto (GStrv) words = NULL;
  CosmicVerifyReport report = { 0 };
  gboolean holds;

  if (!dpopctl_arguments (argc, argv, NULL, 0, 0, &words, error)
      || !dpopctl_open_founded (self, error)
      || !dpop_command_verify (self->profile, NULL, NULL, &report, error))
    return FALSE;
  holds = tell_report (self, &report, error);
  cosmic_verify_report_clear (&report);
  return holds;
}

static gboolean
run_state_hash (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_auto (GStrv) words = NULL;
  DpopCommandStateHash hash;
  g_autofree char *root = NULL;
  g_autofree char *tail = NULL;

  if (!dpopctl_arguments (argc, argv, NULL, 0, 0, &words, error)
      || !dpopctl_open_founded (self, error)
      || !dpop_command_state_hash (self->profile, &hash, error))
    return FALSE;
  root = cosmic_id_to_text (&hash.root);
  tail = cosmic_id_to_text (&hash.tail);
  dpopctl_print_number (self, "height", (gint64) hash.height);
  dpopctl_print_id (self, "root", &hash.root);
  dpopctl_print_number (self, "open", hash.open);
  dpopctl_print_id (self, "tail", &hash.tail);
  dpopctl_print (self, _("Confirmed, number %lu. Check number:"), (gulong) hash.height);
  dpopctl_print (self, "  %s", root);
  if (hash.open == 0)
    dpopctl_print (self, _("All that is here is confirmed."));
  else
    dpopctl_print (self, _("Not yet confirmed: %u. Their check number:\n  %s"), hash.open, tail);
  return TRUE;
}

const DpopctlVerb dpopctl_log_verbs[] = {
  { "confirm", "", N_("on the record keeper's computer: makes final what is here"), run_confirm },
  { "rotate", "[--unit GROUP] [--due]", N_("changes the locks: who has left reads nothing new"),
    run_rotate },
  { "erase", "[ENTRY...] [--member MEMBER]...", N_("deletes for everyone what was typed"),
    run_erase },
  { "log verify", "", N_("checks the whole history again, from the founding on"), run_verify },
  { "state-hash", "", N_("the check numbers that two computers compare"), run_state_hash },
  { NULL },
};
