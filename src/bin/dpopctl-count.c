/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpopctl-show.h"

#include "dpop-edge-blt.h"
#include "dpop-edge-debian-tally.h"
#include "dpop-words.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  char *none;    /* the default option: its number, or its name */
  char *quorum;  /* Debian's: how many must prefer an option to it */
  char *ratio;   /* "2/1" */
  char *seats;
} Input;

static void
input_clear (Input *self)
{
  g_free (self->none);
  g_free (self->quorum);
  g_free (self->ratio);
  g_free (self->seats);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Input, input_clear)

static DpopEdgeBallots *
read_ballots (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = dpopctl_arguments_file (path, DPOP_EDGE_BALLOTS_MAX_BYTES, error);
  g_autoptr (DpopEdgeBallots) ballots = NULL;
  gconstpointer at;
  gsize size;

  if (bytes == NULL)
    return NULL;
  at = g_bytes_get_data (bytes, &size);
  if (dpop_edge_debian_tally_looks_like (at, size))
    ballots = dpop_edge_debian_tally_parse (at, size, error);
  else
    ballots = dpop_edge_blt_parse (at, size, error);
  if (ballots != NULL)
    dpop_edge_ballots_strike_withdrawn (ballots);
  return g_steal_pointer (&ballots);
}

static gboolean
fail_to_count (DpopCountFault fault, GError **error)
{
  return dpopctl_arguments_invalid (error,
                                    fault == DPOP_COUNT_FAULT_RULE
                                        ? _("These votes cannot be counted so: the options of the "
                                            "count do not fit.")
                                        : _("These votes cannot be counted so: the ballots do not "
                                            "fit this way of counting."));
}

static void
show_head (Dpopctl *self, const char *method, const DpopEdgeBallots *ballots)
{
  JsonArray *options = json_array_new ();

  for (guint i = 0; i < ballots->options->len; i++)
    json_array_add_string_element (options, ballots->options->pdata[i]);
  dpopctl_print_string (self, "method", method);
  dpopctl_print_string (self, "title", ballots->title);
  dpopctl_print_number (self, "ballots", (gint64) ballots->voters);
  dpopctl_print_array (self, "options", options);
  if (ballots->title != NULL)
    {
      g_autofree char *title = dpopctl_print_plain (ballots->title);

      dpopctl_print (self, "%s", title);
    }
  dpopctl_print (self, _("%lu ballots, %u options."), (gulong) ballots->voters,
                 ballots->options->len);
}

static void
show_reasons (Dpopctl *self, const GArray *reasons, const GPtrArray *names)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < reasons->len; i++)
    {
      const DpopCountReason *reason = &g_array_index (reasons, DpopCountReason, i);
      const char *name = reason->option >= 0 && (guint) reason->option < names->len
                             ? names->pdata[reason->option]
                             : NULL;
      g_autofree char *text = dpop_words_check (reason, name);

      dpopctl_print (self, "  %s", text);
      json_array_add_object_element (array, dpopctl_show_reason_json (reason, name));
    }
  dpopctl_print_array (self, "reasons", array);
}

/* --- Rankings. --- */

static gboolean
find_default (const DpopEdgeBallots *ballots, const char *word, int *option, GError **error)
{
  guint64 number;

  if (g_ascii_string_to_unsigned (word, 10, 1, ballots->options->len, &number, NULL))
    {
      *option = (int) number - 1;
      return TRUE;
    }
  for (guint i = 0; i < ballots->options->len; i++)
    if (strcmp (ballots->options->pdata[i], word) == 0)
      {
        *option = (int) i;
        return TRUE;
      }
  return dpopctl_arguments_invalid (error, _("There is no option \"%s\" in this file."), word);
}

static gboolean
read_rule (const Input *input, const DpopEdgeBallots *ballots, gboolean margins,
           DpopCountSchulzeRule *rule, GError **error)
{
  guint quorum = 0;

  *rule = dpop_count_schulze_rule_simple ();
  if (margins)
    rule->strength = DPOP_COUNT_SCHULZE_MARGINS;
  if (input->none == NULL)
    return (input->quorum == NULL && input->ratio == NULL)
           || dpopctl_arguments_fail (error, _("--quorum and --ratio are measured against "
                                               "--none-of-these."));
  if (!find_default (ballots, input->none, &rule->default_option, error)
      || (input->quorum != NULL
          && !dpopctl_arguments_number (input->quorum, G_MAXINT32, &quorum, error)))
    return FALSE;
  dpop_rational_init (&rule->default_ratio, 1, 1);
  rule->default_strict = TRUE;
  rule->default_quorum = quorum;
  if (input->ratio == NULL)
    return TRUE;
  rule->default_strict = FALSE;
  return dpop_rational_parse (input->ratio, &rule->default_ratio)
         || dpopctl_arguments_fail (error, _("\"%s\" is no ratio. Write it as 2/1."), input->ratio);
}

static guint64
preferred_of (gconstpointer data, guint a, guint b)
{
  const DpopCountSchulze *count = data;

  return count->figures.preferred[a][b];
}

static JsonArray *
pairs_json (const DpopCountSchulze *count, guint n)
{
  JsonArray *rows = json_array_new ();

  for (guint a = 0; a < n; a++)
    {
      JsonArray *row = json_array_new ();

      for (guint b = 0; b < n; b++)
        json_array_add_int_element (row, (gint64) count->figures.preferred[a][b]);
      json_array_add_array_element (rows, row);
    }
  return rows;
}

static void
show_order (Dpopctl *self, const DpopCountSchulze *count, const GPtrArray *names)
{
  JsonArray *array = json_array_new ();

  dpopctl_print (self, count->outcome == DPOP_COUNT_SCHULZE_TIED ? _("Several options are first:")
                                                                 : _("The order:"));
  for (guint i = 0; i < names->len; i++)
    {
      guint option = count->order[i];
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "option", names->pdata[option]);
      json_object_set_int_member (object, "place", count->place[option]);
      json_array_add_object_element (array, object);
      if (count->place[option] > 0)
        dpopctl_print (self, "  %3u. %s", count->place[option], (char *) names->pdata[option]);
      else
        dpopctl_print (self, _("    -  %s (fails against \"none of these\")"),
                       (char *) names->pdata[option]);
    }
  dpopctl_print_array (self, "order", array);
}

/* Why each stands above the next: the strongest path each way. */
static void
show_paths (Dpopctl *self, const DpopCountSchulze *count, const GPtrArray *names)
{
  for (guint i = 0; i + 1 < names->len; i++)
    {
      guint a = count->order[i], b = count->order[i + 1];

      if (count->place[a] == 0 || count->place[b] == 0)
        continue;
      dpopctl_print (self,
                     dpop_count_schulze_beats (count, a, b)
                         ? _("  %s before %s: strongest path %lu to %lu, back %lu to %lu.")
                         : _("  %s and %s: strongest path %lu to %lu, back %lu to %lu."),
                     (char *) names->pdata[a], (char *) names->pdata[b],
                     (gulong) count->paths[a][b].support, (gulong) count->paths[a][b].opposition,
                     (gulong) count->paths[b][a].support, (gulong) count->paths[b][a].opposition);
    }
}

static gboolean
count_ranking (Dpopctl *self, const Input *input, const DpopEdgeBallots *ballots, gboolean margins,
               GError **error)
{
  static const char *const words[] = {
    [DPOP_COUNT_SCHULZE_NO_QUORUM] = "no-quorum",
    [DPOP_COUNT_SCHULZE_TIED] = "tied",
    [DPOP_COUNT_SCHULZE_DECIDED] = "decided",
  };
  g_autofree DpopCountSchulzeFigures *figures = g_new0 (DpopCountSchulzeFigures, 1);
  g_autoptr (DpopCountSchulze) count = NULL;
  DpopCountSchulzeRule rule;
  DpopCountFault fault;

  if (!read_rule (input, ballots, margins, &rule, error))
    return FALSE;
  fault = dpop_count_schulze_tally (figures, ballots->options->len,
                                    (const DpopCountBallot *) (gpointer) ballots->ballots->data,
                                    ballots->ballots->len, NULL);
  if (fault == DPOP_COUNT_FAULT_NONE)
    count = dpop_count_schulze_new (&rule, figures, &fault);
  if (count == NULL)
    return fail_to_count (fault, error);
  dpopctl_print_string (self, "outcome", words[count->outcome]);
  show_order (self, count, ballots->options);
  dpopctl_print_array (self, "preferred", pairs_json (count, ballots->options->len));
  dpopctl_show_pairs (self, ballots->options, preferred_of, count);
  show_paths (self, count, ballots->options);
  show_reasons (self, count->reasons, ballots->options);
  return TRUE;
}

/* --- Choices. --- */

/* Who ranks first what, or who ranks at all: a ranking read as a choice. */
static DpopCountOptions
chosen_on (const DpopCountBallot *ballot, guint n, gboolean one)
{
  DpopCountOptions first = 0, ranked = 0;

  for (guint i = 0; i < n; i++)
    {
      if (ballot->ranks[i] == 1)
        first |= (DpopCountOptions) 1 << i;
      if (ballot->ranks[i] > 0)
        ranked |= (DpopCountOptions) 1 << i;
    }
  return one ? first : ranked;
}

static gboolean
tally_choices (const DpopEdgeBallots *ballots, const DpopCountChoiceRule *rule, gboolean one,
               DpopCountChoiceFigures *figures)
{
  for (guint i = 0; i < ballots->ballots->len; i++)
    {
      const DpopCountBallot *ballot = &g_array_index (ballots->ballots, DpopCountBallot, i);
      DpopCountOptions chosen = chosen_on (ballot, ballots->options->len, one);

      /* Two first places are no choice of one. */
      if (dpop_count_choice_add (rule, figures, chosen, ballot->count) != DPOP_COUNT_FAULT_NONE)
        figures->blank += ballot->count;
    }
  figures->turnout.entitled = figures->turnout.present = ballots->voters;
  return TRUE;
}

static void
show_votes (Dpopctl *self, const DpopCountChoice *count, const GPtrArray *names)
{
  JsonArray *array = json_array_new ();

  dpopctl_print (self, _("The order:"));
  for (guint i = 0; i < names->len; i++)
    {
      guint option = count->order[i];
      gboolean elected = dpop_count_options_has (count->elected, option);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "option", names->pdata[option]);
      json_object_set_int_member (object, "place", count->place[option]);
      json_object_set_int_member (object, "votes", (gint64) count->figures.votes[option]);
      json_object_set_boolean_member (object, "elected", elected);
      json_array_add_object_element (array, object);
      dpopctl_print (self, "  %3u. %s: %lu%s", count->place[option],
                     (char *) names->pdata[option], (gulong) count->figures.votes[option],
                     elected ? _(" - elected") : "");
    }
  dpopctl_print_array (self, "order", array);
}

static gboolean
count_choice (Dpopctl *self, const Input *input, const DpopEdgeBallots *ballots, gboolean one,
              gboolean majority, GError **error)
{
  static const char *const words[] = {
    [DPOP_COUNT_CHOICE_NO_QUORUM] = "no-quorum",  [DPOP_COUNT_CHOICE_NO_DECISION] = "nobody",
    [DPOP_COUNT_CHOICE_TIED] = "tied",            [DPOP_COUNT_CHOICE_INCOMPLETE] = "incomplete",
    [DPOP_COUNT_CHOICE_DECIDED] = "decided",
  };
  guint n = ballots->options->len, seats = one ? 1 : MIN (ballots->seats, n);
  DpopCountChoiceRule rule = { n, 1, one ? 1 : n, seats,
                               { { majority ? 1 : 0, majority ? 2 : 1 }, majority },
                               DPOP_COUNT_BASE_YES_NO,
                               { { { 0, 1 }, FALSE }, 0 } };
  DpopCountChoiceFigures figures = { 0 };
  g_autoptr (DpopCountChoice) count = NULL;
  DpopCountFault fault = DPOP_COUNT_FAULT_RULE;

  if (input->seats != NULL && !dpopctl_arguments_number (input->seats, n, &rule.seats, error))
    return FALSE;
  tally_choices (ballots, &rule, one, &figures);
  if ((count = dpop_count_choice_new (&rule, &figures, &fault)) == NULL)
    return fail_to_count (fault, error);
  dpopctl_print_string (self, "outcome", words[count->outcome]);
  dpopctl_print_number (self, "blank", (gint64) (count->figures.blank + count->figures.abstain));
  show_votes (self, count, ballots->options);
  dpopctl_print (self, _("  Choosing nothing, or not as asked: %lu"),
                 (gulong) (count->figures.blank + count->figures.abstain));
  show_reasons (self, count->reasons, ballots->options);
  return TRUE;
}

/* --- The verb. --- */

static gboolean
count_by (Dpopctl *self, const char *method, const Input *input, const DpopEdgeBallots *ballots,
          GError **error)
{
  if (g_str_has_prefix (method, "schulze"))
    return count_ranking (self, input, ballots, strcmp (method, "schulze-margins") == 0, error);
  return count_choice (self, input, ballots, strcmp (method, "approve") != 0,
                       strcmp (method, "majority") == 0, error);
}

static gboolean
run_count (Dpopctl *self, int argc, char **argv, GError **error)
{
  static const char *const methods[]
      = { "schulze", "schulze-margins", "majority", "choose-one", "approve", NULL };
  g_auto (Input) input = { 0 };
  const GOptionEntry entries[] = {
    { "none-of-these", 0, 0, DPOPCTL_TEXT, &input.none, NULL, NULL },
    { "quorum", 0, 0, DPOPCTL_TEXT, &input.quorum, NULL, NULL },
    { "ratio", 0, 0, DPOPCTL_TEXT, &input.ratio, NULL, NULL },
    { "seats", 0, 0, DPOPCTL_TEXT, &input.seats, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  g_autoptr (DpopEdgeBallots) ballots = NULL;

  if (!dpopctl_arguments (argc, argv, entries, 2, 2, &words, error))
    return FALSE;
  if (!g_strv_contains (methods, words[0]))
    return dpopctl_arguments_fail (error, _("Count by schulze, schulze-margins, majority, "
                                            "choose-one or approve, not by \"%s\"."),
                                   words[0]);
  if ((ballots = read_ballots (words[1], error)) == NULL)
    return FALSE;
  show_head (self, words[0], ballots);
  return count_by (self, words[0], &input, ballots, error);
}

const DpopctlVerb dpopctl_count_verbs[] = {
  { "count",
    "schulze|schulze-margins|majority|choose-one|approve FILE [--none-of-these OPTION] "
    "[--quorum N] [--ratio A/B] [--seats N]",
    N_("counts the ballots in a file: a Debian tally sheet or BLT"), run_count },
  { NULL },
};
