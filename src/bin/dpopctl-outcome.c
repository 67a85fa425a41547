/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpopctl-find.h"
#include "dpopctl-show.h"

#include "dpop-wording.h"
#include "dpop-words.h"

#include <glib/gi18n-lib.h>

/* --- Reasons. --- */

static const char *const reason_words[] = {
  [DPOP_COUNT_REASON_QUORUM_SHARE] = "quorum-share",
  [DPOP_COUNT_REASON_QUORUM_MINIMUM] = "quorum-minimum",
  [DPOP_COUNT_REASON_MAJORITY] = "majority",
  [DPOP_COUNT_REASON_TIE] = "tie",
  [DPOP_COUNT_REASON_SEAT_TIE] = "seat-tie",
  [DPOP_COUNT_REASON_DEFAULT_QUORUM] = "default-quorum",
  [DPOP_COUNT_REASON_DEFAULT_MAJORITY] = "default-majority",
};

static const char *const base_words[] = {
  [DPOP_COUNT_BASE_YES_NO] = "yes-no",
  [DPOP_COUNT_BASE_CAST] = "cast",
  [DPOP_COUNT_BASE_PRESENT] = "present",
  [DPOP_COUNT_BASE_ENTITLED] = "entitled",
};

JsonObject *
dpopctl_show_reason_json (const DpopCountReason *reason, const char *name)
{
  g_autofree char *share = dpop_rational_format (reason->threshold.share);
  g_autofree char *text = dpop_words_check (reason, name);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "code", reason_words[reason->code]);
  if (name != NULL)
    json_object_set_string_member (object, "option", name);
  else
    json_object_set_null_member (object, "option");
  json_object_set_int_member (object, "figure", (gint64) reason->figure);
  json_object_set_int_member (object, "needed", (gint64) reason->needed);
  json_object_set_string_member (object, "over", base_words[reason->over]);
  json_object_set_int_member (object, "base", (gint64) reason->base);
  json_object_set_string_member (object, "share", share);
  json_object_set_boolean_member (object, "more_than", reason->threshold.strict);
  json_object_set_boolean_member (object, "satisfied", reason->satisfied);
  json_object_set_string_member (object, "text", text);
  return object;
}

/* --- Pairs. --- */

void
dpopctl_show_pairs (Dpopctl *self, const GPtrArray *names, DpopctlShowPair preferred,
                    gconstpointer data)
{
  g_autoptr (GString) heading = g_string_new ("      ");

  dpopctl_print (self, _("How many prefer the row to the column:"));
  for (guint b = 0; b < names->len; b++)
    g_string_append_printf (heading, " %6u", b + 1);
  dpopctl_print (self, "%s", heading->str);
  for (guint a = 0; a < names->len; a++)
    {
      g_autoptr (GString) row = g_string_new (NULL);

      g_string_append_printf (row, "  %3u ", a + 1);
      for (guint b = 0; b < names->len; b++)
        if (a == b)
          g_string_append (row, "      -");
        else
          g_string_append_printf (row, " %6lu", (gulong) preferred (data, a, b));
      dpopctl_print (self, "%s  %s", row->str, (const char *) names->pdata[a]);
    }
}

static JsonArray *
pairs_json (const GPtrArray *names, DpopctlShowPair preferred, gconstpointer data)
{
  JsonArray *rows = json_array_new ();

  for (guint a = 0; a < names->len; a++)
    {
      JsonArray *row = json_array_new ();

      for (guint b = 0; b < names->len; b++)
        json_array_add_int_element (row, (gint64) preferred (data, a, b));
      json_array_add_array_element (rows, row);
    }
  return rows;
}

/* --- The outcome. --- */

const char *
dpopctl_show_outcome_word (DpopOutcomeStatus status)
{
  static const char *const words[] = {
    [DPOP_OUTCOME_ACCEPTED] = "accepted",   [DPOP_OUTCOME_REJECTED] = "rejected",
    [DPOP_OUTCOME_ELECTED] = "elected",     [DPOP_OUTCOME_INCOMPLETE] = "incomplete",
    [DPOP_OUTCOME_NOBODY] = "nobody",       [DPOP_OUTCOME_TIED] = "tied",
    [DPOP_OUTCOME_NO_QUORUM] = "no-quorum", [DPOP_OUTCOME_STOPPED] = "stopped",
    [DPOP_OUTCOME_UNCOUNTABLE] = "uncountable",
  };

  return status >= 1 && status <= DPOP_OUTCOME_LAST ? words[status] : NULL;
}

gboolean
dpopctl_show_is_final (Dpopctl *self, const CosmicId *id)
{
  const CosmicState *state = cosmic_log_certified (dpop_profile_log (self->profile), id, NULL);
  g_autoptr (DpopDecisionOutcome) outcome = state != NULL ? dpop_decision_state_outcome (state)
                                                          : NULL;

  return outcome != NULL;
}

static GPtrArray *
option_names (Dpopctl *self, const DpopDecision *decision)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; decision->opening != NULL && i < decision->opening->options->len; i++)
    {
      const CosmicId *id = &g_array_index (decision->opening->options, CosmicId, i);
      g_autoptr (GVariant) personal = dpop_profile_personal (self->profile, id, DPOP_WORDING_TYPE,
                                                             NULL);
      const char *title, *text;

      if (personal == NULL)
        g_ptr_array_add (names, dpopctl_print_short (id));
      else
        {
          g_variant_get (personal, "(&s&s)", &title, &text);
          g_ptr_array_add (names, dpopctl_print_plain (title));
        }
    }
  return names;
}

static guint64
preferred_of (gconstpointer data, guint a, guint b)
{
  const DpopDecisionOutcome *outcome = data;

  return outcome->preferred[a][b];
}

static void
show_figures (Dpopctl *self, const DpopDecisionOutcome *outcome, JsonObject *object)
{
  JsonObject *figures = json_object_new ();

  json_object_set_int_member (figures, "entitled", (gint64) outcome->entitled);
  json_object_set_int_member (figures, "present", (gint64) outcome->present);
  json_object_set_int_member (figures, "cast", (gint64) outcome->cast);
  json_object_set_int_member (figures, "undecided", (gint64) outcome->undecided);
  json_object_set_int_member (figures, "yes", (gint64) outcome->yes);
  json_object_set_int_member (figures, "no", (gint64) outcome->no);
  json_object_set_int_member (figures, "abstain", (gint64) outcome->abstain);
  json_object_set_int_member (figures, "blank", (gint64) outcome->blank);
  json_object_set_object_member (object, "figures", figures);
  dpopctl_print (self, _("  Entitled: %lu, took part: %lu"), (gulong) outcome->entitled,
                 (gulong) outcome->present);
  if (outcome->ballot == DPOP_BALLOT_YES_NO_ABSTAIN)
    dpopctl_print (self, _("  Yes: %lu, no: %lu, abstained: %lu"), (gulong) outcome->yes,
                   (gulong) outcome->no, (gulong) outcome->abstain);
  if (outcome->undecided > 0)
    dpopctl_print (self, _("  Votes that contradicted each other, and count nowhere: %lu"),
                   (gulong) outcome->undecided);
}

static void
show_options (Dpopctl *self, const DpopDecisionOutcome *outcome, const GPtrArray *names,
              JsonObject *object)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < outcome->n_options && i < names->len; i++)
    {
      gboolean elected = dpop_count_options_has (outcome->elected, i);
      JsonObject *option = json_object_new ();

      json_object_set_string_member (option, "name", names->pdata[i]);
      json_object_set_int_member (option, "place", outcome->places[i]);
      json_object_set_int_member (option, "votes", (gint64) outcome->votes[i]);
      json_object_set_boolean_member (option, "elected", elected);
      json_object_set_boolean_member (option, "tied", dpop_count_options_has (outcome->tied, i));
      json_object_set_boolean_member (option, "dropped",
                                      dpop_count_options_has (outcome->dropped, i));
      json_array_add_object_element (array, option);
      if (outcome->ballot == DPOP_BALLOT_RANK)
        dpopctl_print (self, "  %3u. %s%s", outcome->places[i], (const char *) names->pdata[i],
                       elected ? _(" - elected") : "");
      else
        dpopctl_print (self, "  %3u. %s: %lu%s", outcome->places[i], (const char *) names->pdata[i],
                       (gulong) outcome->votes[i], elected ? _(" - elected") : "");
    }
  json_object_set_array_member (object, "options", array);
  if (outcome->ballot == DPOP_BALLOT_RANK)
    {
      dpopctl_show_pairs (self, names, preferred_of, outcome);
      json_object_set_array_member (object, "preferred",
                                    pairs_json (names, preferred_of, outcome));
    }
}

static void
show_reasons (Dpopctl *self, const DpopDecisionOutcome *outcome, const GPtrArray *names,
              JsonObject *object)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < outcome->reasons->len; i++)
    {
      const DpopCountReason *reason = &g_array_index (outcome->reasons, DpopCountReason, i);
      const char *name = reason->option >= 0 && (guint) reason->option < names->len
                             ? names->pdata[reason->option]
                             : NULL;
      g_autofree char *text = dpop_words_check (reason, name);

      json_array_add_object_element (array, dpopctl_show_reason_json (reason, name));
      dpopctl_print (self, "  %s", text);
    }
  json_object_set_array_member (object, "reasons", array);
}

void
dpopctl_show_outcome (Dpopctl *self, const CosmicId *id, const DpopDecision *decision)
{
  const DpopDecisionOutcome *outcome = decision->outcome;
  gboolean final = dpopctl_show_is_final (self, id);
  g_autoptr (GPtrArray) names = NULL;
  JsonObject *object;

  dpopctl_print_flag (self, "final", final);
  if (outcome == NULL)
    {
      dpopctl_print_string (self, "outcome", NULL);
      return;
    }
  names = option_names (self, decision);
  object = json_object_new ();
  json_object_set_string_member (object, "status", dpopctl_show_outcome_word (outcome->status));
  dpopctl_print (self, "%s (%s).", dpop_words_outcome (outcome->status),
                 final ? _("final") : _("not yet confirmed"));
  show_figures (self, outcome, object);
  show_options (self, outcome, names, object);
  show_reasons (self, outcome, names, object);
  dpopctl_print_object (self, "outcome", object);
}
