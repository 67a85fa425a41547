/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpopctl-find.h"

#include "dpop-decide.h"
#include "dpop-decision-query.h"
#include "dpop-reason.h"
#include "dpopctl-show.h"

#include <glib/gi18n-lib.h>

static DpopDecision *
load (Dpopctl *self, const CosmicId *decision, GError **error)
{
  const CosmicState *state = dpop_profile_state (self->profile, decision, error);

  return state != NULL ? dpop_decision_query (state, NULL) : NULL;
}

/* --- Opening. --- */

typedef struct
{
  char *closes, *none, *least, *most;
  char **options;
} Open;

static void
open_clear (Open *self)
{
  g_free (self->closes);
  g_free (self->none);
  g_free (self->least);
  g_free (self->most);
  g_strfreev (self->options);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Open, open_clear)

static gboolean
say_open (Dpopctl *self, const CosmicId *decision, const Open *input, GError **error)
{
  gint64 now = dpop_clock_now (dpop_profile_clock (self->profile));
  g_autoptr (GArray) options = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  DpopDecideOpen command = { 0 };
  CosmicId none, option;

  for (char **word = input->options; word != NULL && *word != NULL; word++)
    {
      if (!dpopctl_find_option (self, decision, *word, &option, error))
        return FALSE;
      g_array_append_val (options, option);
    }
  if ((input->closes != NULL
       && !dpopctl_arguments_time (input->closes, now, &command.closes, error))
      || (input->none != NULL
          && !dpopctl_find_option (self, decision, input->none, &none, error))
      || (input->least != NULL
          && !dpopctl_arguments_number (input->least, DPOP_DECISION_OPTIONS_MAX,
                                        &command.min_choices, error))
      || (input->most != NULL
          && !dpopctl_arguments_number (input->most, DPOP_DECISION_OPTIONS_MAX,
                                        &command.max_choices, error)))
    return FALSE;
  command.options = options->len > 0 ? options : NULL;
  command.default_option = input->none != NULL ? &none : NULL;
  return dpop_decide_open (self->profile, decision, &command, error);
}

static gboolean
run_open (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_auto (Open) input = { 0 };
  const GOptionEntry entries[] = {
    { "closes", 0, 0, DPOPCTL_TEXT, &input.closes, NULL, NULL },
    { "option", 0, 0, DPOPCTL_TEXTS, &input.options, NULL, NULL },
    { "none-of-these", 0, 0, DPOPCTL_TEXT, &input.none, NULL, NULL },
    { "min", 0, 0, DPOPCTL_TEXT, &input.least, NULL, NULL },
    { "max", 0, 0, DPOPCTL_TEXT, &input.most, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  g_autoptr (DpopDecision) opened = NULL;
  CosmicId decision;

  if (!dpopctl_arguments (argc, argv, entries, 1, 1, &words, error)
      || !dpopctl_open_founded (self, error)
      || !dpopctl_find_decision (self, words[0], &decision, error)
      || !say_open (self, &decision, &input, error)
      || (opened = load (self, &decision, error)) == NULL)
    return FALSE;
  dpopctl_print_number (self, "entitled", (gint64) opened->entitled);
  dpopctl_print_time_to (self->result, "deadline",
                         opened->opening != NULL ? opened->opening->deadline : 0);
  dpopctl_show_done (self, &decision, _("the vote is open."));
  dpopctl_print (self, _("Entitled to vote: %lu."), (gulong) opened->entitled);
  return TRUE;
}

/* --- Closing, stopping, carrying out. --- */

/* A close that comes too early would be kept in the history for nothing. */
static gboolean
check_close (Dpopctl *self, const DpopDecision *decision, GError **error)
{
  gint64 now = dpop_clock_now (dpop_profile_clock (self->profile));

  if (decision->opening != NULL && decision->phase == DPOP_DECISION_OPEN
      && now - decision->opening->time < decision->proposed.rule.min_open_ms)
    return dpop_profile_refuse (error, DPOP_REASON_TOO_EARLY);
  return TRUE;
}

static gboolean
run_close (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (DpopDecision) before = NULL;
  g_autoptr (DpopDecision) after = NULL;
  CosmicId decision;

  if (!dpopctl_arguments (argc, argv, NULL, 1, 1, &words, error)
      || !dpopctl_open_founded (self, error)
      || !dpopctl_find_decision (self, words[0], &decision, error)
      || (before = load (self, &decision, error)) == NULL || !check_close (self, before, error)
      || !dpop_decide_close (self->profile, &decision, error)
      || (after = load (self, &decision, error)) == NULL)
    return FALSE;
  dpopctl_show_done (self, &decision, _("the vote is closed."));
  dpopctl_show_outcome (self, &decision, after);
  return TRUE;
}

static const char *const stop_words[] = {
  [DPOP_STOP_WORDING] = "wording",     [DPOP_STOP_OPTIONS] = "options",
  [DPOP_STOP_ROLL] = "roll",           [DPOP_STOP_RULE] = "rule",
  [DPOP_STOP_DISTURBED] = "disturbed", [DPOP_STOP_WITHDRAWN] = "withdrawn",
};

static gboolean
run_stop (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_autofree char *why = NULL;
  g_autofree char *text = NULL;
  const GOptionEntry entries[] = {
    { "reason", 0, 0, DPOPCTL_TEXT, &why, NULL, NULL },
    { "text", 0, 0, DPOPCTL_TEXT, &text, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  guint reason = 0;
  CosmicId decision;

  if (!dpopctl_arguments (argc, argv, entries, 1, 1, &words, error))
    return FALSE;
  for (guint i = DPOP_STOP_WORDING; why != NULL && i <= DPOP_STOP_LAST; i++)
    if (strcmp (stop_words[i], why) == 0)
      reason = i;
  if (reason == 0)
    return dpopctl_arguments_fail (error, _("Say why, with --reason: wording, options, roll, rule, "
                                            "disturbed or withdrawn."));
  if (!dpopctl_open_founded (self, error)
      || !dpopctl_find_decision (self, words[0], &decision, error)
      || !dpop_decide_stop (self->profile, &decision, (DpopStopReason) reason, text, error))
    return FALSE;
  dpopctl_print_string (self, "reason", why);
  dpopctl_show_done (self, &decision,
                     _("stopped. There is no outcome, and there will be none. To put it again: "
                       "decision propose --repeats."));
  return TRUE;
}

static gboolean
run_enact (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_auto (GStrv) words = NULL;
  CosmicId decision;

  if (!dpopctl_arguments (argc, argv, NULL, 1, 1, &words, error)
      || !dpopctl_open_founded (self, error)
      || !dpopctl_find_decision (self, words[0], &decision, error)
      || !dpop_decide_enact (self->profile, &decision, error))
    return FALSE;
  dpopctl_show_done (self, &decision, _("carried out."));
  return TRUE;
}

const DpopctlVerb dpopctl_box_verbs[] = {
  { "decision open",
    "DECISION [--closes TIME] [--option OPTION]... [--none-of-these OPTION] [--min N] [--max N]",
    N_("opens the vote: who may vote, and on what, is fixed by it"), run_open },
  { "decision close", "DECISION", N_("closes the vote, and counts"), run_close },
  { "decision stop", "DECISION --reason WHY [--text TEXT]",
    N_("ends a decision without an outcome"), run_stop },
  { "decision enact", "DECISION", N_("carries out what was accepted and is final"), run_enact },
  { NULL },
};
