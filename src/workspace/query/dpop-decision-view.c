/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-decision-view.h"

#include "dpop-comment-row.h"
#include "dpop-decision-row.h"
#include "dpop-wording.h"
#include "dpop-words.h"

#include <glib/gi18n-lib.h>

static void
text_free (gpointer data)
{
  DpopDecisionViewText *text = data;

  g_free (text->speaker_name);
  g_free (text->title);
  g_free (text->text);
  g_free (text);
}

static void
option_free (gpointer data)
{
  DpopDecisionViewOption *option = data;

  g_free (option->name);
  g_free (option->description);
  g_free (option);
}

void
dpop_decision_view_free (DpopDecisionView *self)
{
  if (self == NULL)
    return;
  dpop_decision_query_free (self->decision);
  dpop_names_free (self->names);
  g_free (self->title);
  g_free (self->scope_name);
  g_free (self->speaker_name);
  g_free (self->effect);
  g_free (self->outcome);
  dpop_decision_stop_free (self->stop);
  g_free (self->vote);
  g_ptr_array_unref (self->texts);
  g_ptr_array_unref (self->options);
  g_ptr_array_unref (self->reasons);
  g_free (self);
}

/* --- What was typed. ------------------------------------------------------------------------- */

static DpopProjectionText
read_wording (DpopProfile *profile, const CosmicId *operation, char **title, char **text)
{
  gboolean erased = FALSE;
  g_autoptr (GVariant) personal
      = dpop_profile_personal (profile, operation, DPOP_WORDING_TYPE, &erased);
  const char *raw_title, *raw_text;

  if (personal == NULL)
    return erased ? DPOP_PROJECTION_TEXT_ERASED : DPOP_PROJECTION_TEXT_SEALED;
  g_variant_get (personal, "(&s&s)", &raw_title, &raw_text);
  if (dpop_wording_check (raw_title, raw_text) != DPOP_WORDING_FINE)
    return DPOP_PROJECTION_TEXT_NONE;
  *title = g_strdup (raw_title);
  *text = raw_text[0] != '\0' ? g_strdup (raw_text) : NULL;
  return DPOP_PROJECTION_TEXT_READABLE;
}

static const DpopDecisionText *
find_text (const DpopDecision *decision, const CosmicId *operation)
{
  for (guint i = 0; i < decision->texts->len; i++)
    {
      const DpopDecisionText *text = &g_array_index (decision->texts, DpopDecisionText, i);

      if (cosmic_id_same (&text->operation, operation))
        return text;
    }
  return NULL;
}

static void
add_texts (DpopDecisionView *self, DpopProfile *profile)
{
  const DpopDecision *decision = self->decision;
  g_autoptr (GArray) ids = decision->opening != NULL ? g_array_ref (decision->opening->texts)
                                                     : dpop_decision_query_texts (decision);

  for (guint i = 0; i < ids->len; i++)
    {
      DpopDecisionViewText *text = g_new0 (DpopDecisionViewText, 1);
      const DpopDecisionText *known;

      text->operation = g_array_index (ids, CosmicId, i);
      known = find_text (decision, &text->operation);
      text->what = known != NULL ? known->what : DPOP_TEXT_QUESTION;
      text->speaker = known != NULL ? known->speaker : decision->proposed.speaker;
      text->speaker_name = dpop_names_member (self->names, &text->speaker);
      text->readable = read_wording (profile, &text->operation, &text->title, &text->text);
      g_ptr_array_add (self->texts, text);
    }
}

static const DpopDecisionOption *
find_option (const DpopDecision *decision, const CosmicId *operation)
{
  for (guint i = 0; i < decision->options->len; i++)
    {
      const DpopDecisionOption *option = &g_array_index (decision->options, DpopDecisionOption, i);

      if (cosmic_id_same (&option->operation, operation))
        return option;
    }
  return NULL;
}

static void
add_option (DpopDecisionView *self, DpopProfile *profile, const CosmicId *operation)
{
  const DpopDecisionOption *known = find_option (self->decision, operation);
  const DpopDecisionOutcome *outcome = self->decision->outcome;
  DpopDecisionViewOption *option = g_new0 (DpopDecisionViewOption, 1);
  guint index = self->options->len;

  option->operation = *operation;
  option->readable = read_wording (profile, operation, &option->name, &option->description);
  if (option->name == NULL)
    option->name = dpop_names_fallback (operation, option->readable);
  if (known != NULL && known->is_candidate)
    option->candidate = known->candidate;
  option->withdrawn = known != NULL && known->withdrawn;
  if (self->decision->opening != NULL && outcome != NULL && index < outcome->n_options)
    {
      option->place = outcome->places[index];
      option->votes = outcome->votes[index];
      option->elected = dpop_count_options_has (outcome->elected, index);
      option->tied = dpop_count_options_has (outcome->tied, index);
      option->dropped = dpop_count_options_has (outcome->dropped, index);
    }
  g_ptr_array_add (self->options, option);
}

static void
add_options (DpopDecisionView *self, DpopProfile *profile)
{
  const DpopDecision *decision = self->decision;
  g_autoptr (GArray) ids = decision->opening != NULL ? g_array_ref (decision->opening->options)
                                                     : dpop_decision_query_options (decision);

  for (guint i = 0; i < ids->len; i++)
    add_option (self, profile, &g_array_index (ids, CosmicId, i));
  for (guint i = 0; decision->opening == NULL && i < decision->options->len; i++)
    {
      const DpopDecisionOption *option = &g_array_index (decision->options, DpopDecisionOption, i);

      if (option->withdrawn)
        add_option (self, profile, &option->operation);
    }
}

/* --- What it brings, and what it came to. ---------------------------------------------------- */

static char *
effect_words (const DpopDecisionView *self)
{
  const DpopDecisionEffect *effect = &self->decision->proposed.effect;
  g_autofree char *member = NULL;
  g_autofree char *unit = NULL;

  if (!self->decision->proposed.has_effect)
    return NULL;
  if (effect->effect != DPOP_EFFECT_REVOKE_OFFICE && effect->effect != DPOP_EFFECT_DISMISS_WITNESS)
    return g_strdup (dpop_words_effect (effect->effect));
  member = dpop_names_member (self->names, &effect->member);
  if (effect->effect == DPOP_EFFECT_DISMISS_WITNESS)
    return g_strdup_printf (_("If it is accepted, %s is a record keeper no more."), member);
  unit = dpop_names_unit (self->names, &effect->unit);
  return g_strdup_printf (_("If it is accepted, %s loses an office: %s, %s."), member,
                          dpop_names_role (self->names, effect->role), unit);
}

/* "Accepted: 5 yes, 2 no." */
static char *
outcome_words (const DpopDecisionOutcome *outcome)
{
  const char *status = dpop_words_outcome (outcome->status);

  if (outcome->ballot != DPOP_BALLOT_YES_NO_ABSTAIN || outcome->status == DPOP_OUTCOME_STOPPED)
    return g_strdup_printf (_("%s."), status);
  if (outcome->abstain == 0)
    return g_strdup_printf (_("%s: %lu yes, %lu no."), status, (gulong) outcome->yes,
                            (gulong) outcome->no);
  return g_strdup_printf (_("%s: %lu yes, %lu no, %lu abstained."), status, (gulong) outcome->yes,
                          (gulong) outcome->no, (gulong) outcome->abstain);
}

static gboolean
add_stop (DpopDecisionView *self, DpopProfile *profile, GError **error)
{
  GError *failure = NULL;

  if (self->decision->phase == DPOP_DECISION_STOPPED)
    self->stop = dpop_decision_stop_new (profile, self->names, &self->id, &failure);
  if (failure != NULL)
    g_propagate_error (error, failure);
  return failure == NULL;
}

static void
add_outcome (DpopDecisionView *self)
{
  const DpopDecisionOutcome *outcome = self->decision->outcome;

  if (outcome == NULL)
    return;
  self->outcome = outcome_words (outcome);
  for (guint i = 0; i < outcome->reasons->len; i++)
    {
      const DpopCountReason *reason = &g_array_index (outcome->reasons, DpopCountReason, i);
      const DpopDecisionViewOption *option
          = reason->option >= 0 && (guint) reason->option < self->options->len
                ? self->options->pdata[reason->option]
                : NULL;

      g_ptr_array_add (self->reasons,
                       dpop_words_check (reason, option != NULL ? option->name : NULL));
    }
}

guint64
dpop_decision_view_preferred (const DpopDecisionView *self, guint a, guint b)
{
  const DpopDecisionOutcome *outcome = self->decision->outcome;

  return outcome != NULL && a < outcome->n_options && b < outcome->n_options
             ? outcome->preferred[a][b]
             : 0;
}

/* --- One's own vote. ------------------------------------------------------------------------- */

static const char *
option_name (const DpopDecisionView *self, guint index)
{
  return index < self->options->len
             ? ((const DpopDecisionViewOption *) self->options->pdata[index])->name
             : "?";
}

/* Options in the order of their ranks; those on one rank are joined by "=". */
static char *
ranking_words (const DpopDecisionView *self, const DpopDecisionBallot *ballot)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint rank = 1; rank <= ballot->n_marks; rank++)
    {
      const char *join = words->len > 0 ? " > " : "";

      for (guint i = 0; i < ballot->n_marks; i++)
        if (ballot->marks[i] == rank)
          {
            g_string_append_printf (words, "%s%s", join, option_name (self, i));
            join = " = ";
          }
    }
  return words->len > 0 ? g_string_free (g_steal_pointer (&words), FALSE) : g_strdup (_("blank"));
}

static char *
choice_words (const DpopDecisionView *self, const DpopDecisionBallot *ballot)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < ballot->n_marks; i++)
    g_string_append_printf (words, "%s%s", i > 0 ? ", " : "",
                            option_name (self, ballot->marks[i]));
  return words->len > 0 ? g_string_free (g_steal_pointer (&words), FALSE)
                        : g_strdup (_("abstained"));
}

static char *
ballot_words (const DpopDecisionView *self, const DpopDecisionBallot *ballot)
{
  switch (ballot->answer)
    {
    case DPOP_ANSWER_YES:
      return g_strdup (_("yes"));
    case DPOP_ANSWER_NO:
      return g_strdup (_("no"));
    case DPOP_ANSWER_ABSTAIN:
      return g_strdup (_("abstained"));
    case DPOP_ANSWER_NONE:
    default:
      return self->decision->proposed.ballot == DPOP_BALLOT_RANK ? ranking_words (self, ballot)
                                                                 : choice_words (self, ballot);
    }
}

static gboolean
add_vote (DpopDecisionView *self, DpopProfile *profile, GError **error)
{
  GError *failure = NULL;

  if (self->decision->vote == DPOP_VOTE_COUNTS)
    self->vote = ballot_words (self, &self->decision->mine.ballot);
  self->has_voted = dpop_vote_place_find (profile, &self->id, &self->vote_operation, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  return !self->has_voted
         || dpop_vote_place (profile, &self->vote_operation, &self->vote_place, NULL, error);
}

/* --- All of it. ------------------------------------------------------------------------------ */

static gboolean
load (DpopDecisionView *self, DpopProfile *profile, GError **error)
{
  const CosmicState *state = dpop_profile_state (profile, &self->id, error);
  gboolean is_member;
  CosmicId own;

  if (state == NULL)
    return FALSE;
  is_member = dpop_profile_own_member (profile, &own, NULL);
  self->decision = dpop_decision_query (state, is_member ? &own : NULL);
  if (self->decision != NULL)
    return TRUE;
  g_set_error_literal (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_NOT_FOUND,
                       _("There is no such decision here."));
  return FALSE;
}

DpopDecisionView *
dpop_decision_view_new (DpopProfile *profile, const CosmicId *id, GError **error)
{
  g_autoptr (DpopDecisionView) self = g_new0 (DpopDecisionView, 1);
  g_autoptr (DpopDecisionRow) row = NULL;

  self->id = *id;
  self->texts = g_ptr_array_new_with_free_func (text_free);
  self->options = g_ptr_array_new_with_free_func (option_free);
  self->reasons = g_ptr_array_new_with_free_func (g_free);
  if (!load (self, profile, error) || (self->names = dpop_names_new (profile, error)) == NULL)
    return NULL;
  row = dpop_decision_row_find (self->names->database, id, NULL);
  self->final = row != NULL && row->confirmed;
  self->closing = dpop_decision_query_is_closing (self->decision,
                                                  dpop_clock_now (dpop_profile_clock (profile)));
  self->title = dpop_names_decision (self->names, id);
  self->scope_name = dpop_names_unit (self->names, &self->decision->proposed.scope);
  self->speaker_name = dpop_names_member (self->names, &self->decision->proposed.speaker);
  self->rule = dpop_names_rule (self->names, self->decision->proposed.rule_number);
  self->effect = effect_words (self);
  add_texts (self, profile);
  add_options (self, profile);
  add_outcome (self);
  if (!add_stop (self, profile, error) || !add_vote (self, profile, error)
      || !dpop_comment_row_count (self->names->database, id, &self->comments, error))
    return NULL;
  return g_steal_pointer (&self);
}
