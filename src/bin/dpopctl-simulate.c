/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpopctl.h"

#include "dpop-simulation.h"

#include <glib/gi18n-lib.h>

#define OPERATIONS_MOST 100000

typedef struct
{
  char *nodes, *operations, *seed, *faults;
  gboolean trace;
} Words;

static void
words_clear (Words *self)
{
  g_free (self->nodes);
  g_free (self->operations);
  g_free (self->seed);
  g_free (self->faults);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Words, words_clear)

/* Before anything else is printed, and to where errors go: with --json, standard output is JSON. */
static void
on_trace (const char *line, gpointer data)
{
  g_printerr ("%s", line);
}

static gboolean
read_faults (const char *text, guint *faults, GError **error)
{
  g_auto (GStrv) names = g_strsplit (text, ",", -1);

  *faults = 0;
  for (guint i = 0; names[i] != NULL; i++)
    {
      guint fault = dpop_simulation_fault (names[i]);

      if (fault == 0)
        return dpopctl_arguments_fail (error, _("There is no fault \"%s\"."), names[i]);
      *faults |= fault;
    }
  return TRUE;
}

static gboolean
read_setting (const Words *words, DpopSimulation *setting, GError **error)
{
  guint seed = 1;

  *setting = (DpopSimulation){ .nodes = 7, .operations = 100, .faults = DPOP_SIMULATION_ALL,
                               .trace = words->trace ? on_trace : NULL };
  if ((words->nodes != NULL
       && !dpopctl_arguments_number (words->nodes, DPOP_SIMULATION_NODES_MAX, &setting->nodes,
                                     error))
      || (words->operations != NULL
          && !dpopctl_arguments_number (words->operations, OPERATIONS_MOST, &setting->operations,
                                        error))
      || (words->seed != NULL
          && !dpopctl_arguments_number (words->seed, G_MAXINT, &seed, error))
      || (words->faults != NULL && !read_faults (words->faults, &setting->faults, error)))
    return FALSE;
  setting->seed = seed;
  return setting->nodes >= DPOP_SIMULATION_NODES_MIN
         || dpopctl_arguments_fail (error, _("At least %d computers are needed."),
                                    DPOP_SIMULATION_NODES_MIN);
}

static void
tell (Dpopctl *self, const DpopSimulationReport *report)
{
  JsonArray *failures = json_array_new ();

  dpopctl_print_string (self, "trace", report->hash);
  dpopctl_print_number (self, "height", (gint64) report->height);
  dpopctl_print_number (self, "acknowledged", report->acknowledged);
  dpopctl_print_number (self, "refused", report->refused);
  dpopctl_print_number (self, "crashes", report->crashes);
  dpopctl_print_number (self, "cuts", report->cuts);
  dpopctl_print_number (self, "messages", (gint64) report->messages);
  dpopctl_print_number (self, "bytes", (gint64) report->bytes);
  dpopctl_print_number (self, "held", (gint64) report->held);
  dpopctl_print_array (self, "failures", failures);
  dpopctl_print (self, _("Saved: %u. Refused: %u. Power cuts: %u. Broken connections: %u."),
                 report->acknowledged, report->refused, report->crashes, report->cuts);
  dpopctl_print (self, _("Yes: %u. No: %u. Abstentions: %u. Entitled: %u."), report->yes,
                 report->no, report->abstain, report->entitled);
  dpopctl_print (self, _("Trace: %s"), report->hash);
  for (guint i = 0; i < report->failures->len; i++)
    {
      json_array_add_string_element (failures, report->failures->pdata[i]);
      dpopctl_print (self, "%s", (const char *) report->failures->pdata[i]);
    }
}

static gboolean
run_simulate (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_auto (Words) words = { 0 };
  const GOptionEntry entries[] = {
    { "nodes", 0, 0, DPOPCTL_TEXT, &words.nodes, NULL, NULL },
    { "operations", 0, 0, DPOPCTL_TEXT, &words.operations, NULL, NULL },
    { "seed", 0, 0, DPOPCTL_TEXT, &words.seed, NULL, NULL },
    { "faults", 0, 0, DPOPCTL_TEXT, &words.faults, NULL, NULL },
    { "trace", 0, 0, G_OPTION_ARG_NONE, &words.trace, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = NULL;
  DpopSimulationReport report;
  DpopSimulation setting;
  gboolean good;

  if (!dpopctl_arguments (argc, argv, entries, 0, 0, &rest, error)
      || !read_setting (&words, &setting, error))
    return FALSE;
  dpop_simulation_run (&setting, &report);
  tell (self, &report);
  good = report.failures->len == 0;
  dpop_simulation_report_clear (&report);
  if (!good)
    g_set_error_literal (error, DPOPCTL_ERROR, DPOPCTL_ERROR_FAULTY,
                         _("Something does not hold. The same seed shows it again."));
  return good;
}

const DpopctlVerb dpopctl_simulate_verbs[] = {
  { "simulate",
    "[--nodes N] [--operations N] [--seed N] [--faults LIST] [--trace]",
    N_("runs many invented computers through all that can go wrong"), run_simulate },
  { NULL },
};
