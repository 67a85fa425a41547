/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpopctl-find.h"
#include "dpopctl-show.h"

#include "dpop-outcome-check.h"

#include <glib/gi18n-lib.h>

static gboolean
run_make (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_autofree char *file = NULL;
  const GOptionEntry entries[] = {
    { "output", 0, 0, DPOPCTL_TEXT, &file, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  g_autoptr (DpopOutcomeRecord) record = NULL;
  g_autofree char *text = NULL;
  CosmicId decision;

  if (!dpopctl_arguments (argc, argv, entries, 1, 1, &words, error)
      || !dpopctl_open_founded (self, error)
      || !dpopctl_find_decision (self, words[0], &decision, error)
      || (record = dpop_outcome_record_new (self->profile, &decision, error)) == NULL)
    return FALSE;
  text = dpop_outcome_record_to_file (record);
  if (file != NULL && !dpopctl_arguments_put (file, text, error))
    return FALSE;
  dpopctl_print_id (self, "decision", &decision);
  dpopctl_print_string (self, "record", file == NULL ? text : NULL);
  dpopctl_print_string (self, "file", file);
  if (file == NULL)
    dpopctl_print (self, "%s", text);
  else
    dpopctl_print (self, _("The record is in %s. Whoever has a computer of the organisation can "
                           "check it with: dpopctl record verify"),
                   file);
  return TRUE;
}

/* --- Checking one. --- */

static void
tell_verdict (Dpopctl *self, const DpopOutcomeCheck *check)
{
  JsonArray *sentences = json_array_new ();
  JsonArray *differing = json_array_new ();

  for (guint i = 0; i < check->sentences->len; i++)
    json_array_add_string_element (sentences, check->sentences->pdata[i]);
  for (guint i = 0; i < check->differing->len; i++)
    json_array_add_string_element (differing, check->differing->pdata[i]);
  dpopctl_print_string (self, "verdict", dpop_outcome_check_word (check->verdict));
  dpopctl_print_array (self, "sentences", sentences);
  dpopctl_print_array (self, "differing", differing);
  dpopctl_print_flag (self, "compared", check->compared);
  dpopctl_print_string (self, "title", check->title);
  dpopctl_print_string (self, "outcome", check->outcome);
  dpopctl_print_string (self, "computer_of", check->maker);
  dpopctl_print_flag (self, "switched_off", check->off);
  dpopctl_print_id (self, "decision", &check->seal.decision);
  dpopctl_print_id (self, "device", &check->seal.device);
  dpopctl_print_time_to (self->result, "made", check->seal.made);
}

/* What a person reads; the verdict's own sentence is the error's where it does not hold. */
static void
tell_person (Dpopctl *self, const DpopOutcomeCheck *check)
{
  gboolean holds = check->verdict == DPOP_OUTCOME_CHECK_HOLDS;
  g_autofree char *made = dpop_outcome_record_time (check->seal.made);

  for (guint i = holds ? 0 : 1; i < check->sentences->len; i++)
    dpopctl_print (self, "%s", (const char *) check->sentences->pdata[i]);
  for (guint i = 0; i < check->differing->len; i++)
    {
      g_autofree char *line = dpopctl_print_plain (check->differing->pdata[i]);

      dpopctl_print (self, _("  This computer would write: %s"), line);
    }
  if (check->maker != NULL)
    dpopctl_print (self, _("Signed on the computer of %s, %s."), check->maker, made);
  if (check->outcome != NULL)
    dpopctl_print (self, _("As this computer knows it: %s %s"), check->title, check->outcome);
}

static gboolean
run_verify (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (DpopOutcomeCheck) check = NULL;
  gconstpointer text;
  gsize size;

  if (!dpopctl_arguments (argc, argv, NULL, 1, 1, &words, error)
      || !dpopctl_open_founded (self, error)
      || (bytes = dpopctl_arguments_file (words[0], DPOP_RECORD_SEAL_TEXT_MAX, error)) == NULL)
    return FALSE;
  text = g_bytes_get_data (bytes, &size);
  check = dpop_outcome_check_new (self->profile, text != NULL ? text : "", size, error);
  if (check == NULL)
    return FALSE;
  tell_verdict (self, check);
  tell_person (self, check);
  if (check->verdict == DPOP_OUTCOME_CHECK_HOLDS)
    return TRUE;
  g_set_error_literal (error, DPOPCTL_ERROR, DPOPCTL_ERROR_FAULTY, check->sentences->pdata[0]);
  return FALSE;
}

const DpopctlVerb dpopctl_record_verbs[] = {
  { "record make", "DECISION [--output FILE]",
    N_("writes the signed record of what a decision came to"), run_make },
  { "record verify", "FILE",
    N_("checks such a record: who signed it, and whether it says what is known here"),
    run_verify },
  { NULL },
};
