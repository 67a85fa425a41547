/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpopctl-find.h"

#include "dpop-charter-word.h"
#include "dpop-decide.h"
#include "dpop-decision-query.h"
#include "dpop-membership.h"
#include "dpop-reason.h"
#include "dpopctl-show.h"

#include <glib/gi18n-lib.h>

#define TEXT_BYTES_MAX (64u << 10)

/* --- What several verbs share. --- */

/* WORD as the member for whom something is entered; *SPEAKER stays NULL without one. */
static gboolean
find_speaker (Dpopctl *self, const char *word, CosmicId *id, const CosmicId **speaker,
              GError **error)
{
  *speaker = NULL;
  if (word == NULL)
    return TRUE;
  if (!dpopctl_find_member (self, word, id, error))
    return FALSE;
  *speaker = id;
  return TRUE;
}

/* TEXT, or what stands in FILE; "" for neither. The caller frees. */
static char *
read_text (const char *text, const char *file, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;

  if (text != NULL && file != NULL)
    {
      dpopctl_arguments_fail (error, _("Either --text or --file, not both."));
      return NULL;
    }
  if (file == NULL)
    return g_strdup (text != NULL ? text : "");
  if ((bytes = dpopctl_arguments_file (file, TEXT_BYTES_MAX, error)) == NULL)
    return NULL;
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
tell (Dpopctl *self, const CosmicId *decision, const char *sentence)
{
  g_autofree char *id = dpopctl_print_short (decision);
  g_autofree char *title = dpopctl_find_decision_name (self, decision);

  dpopctl_print_id (self, "decision", decision);
  dpopctl_print (self, "%s  %s: %s", id, title, sentence);
}

static DpopDecision *
load (Dpopctl *self, const CosmicId *decision, GError **error)
{
  const CosmicState *state = dpop_profile_state (self->profile, decision, error);

  return state != NULL ? dpop_decision_query (state, NULL) : NULL;
}

/* --- Proposing. --- */

typedef struct
{
  char *title, *text, *file, *rule, *ballot, *unit, *office, *holder, *office_unit, *repeats,
      *speaker;
  char **options;
} Propose;

static void
propose_clear (Propose *self)
{
  g_free (self->title);
  g_free (self->text);
  g_free (self->file);
  g_free (self->rule);
  g_free (self->ballot);
  g_free (self->unit);
  g_free (self->office);
  g_free (self->holder);
  g_free (self->office_unit);
  g_free (self->repeats);
  g_free (self->speaker);
  g_strfreev (self->options);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Propose, propose_clear)

/* Without a ballot named, the first that the rule has. */
static gboolean
choose_ballot (const DpopCharterRule *rule, const char *word, DpopBallotKind *ballot,
               GError **error)
{
  int number = word != NULL ? dpop_charter_word_number (DPOP_CHARTER_WORD_BALLOT, word) : 0;

  if (number < 0)
    return dpopctl_arguments_fail (error, _("A ballot is yes-no-abstain, choose-one, approve or "
                                            "rank, not \"%s\"."),
                                   word);
  for (guint kind = 1; number == 0 && kind <= DPOP_BALLOT_LAST; kind++)
    if ((rule->ballots & (1u << kind)) != 0)
      number = (int) kind;
  *ballot = (DpopBallotKind) number;
  return TRUE;
}

static gboolean
choose_rule (Dpopctl *self, const Propose *input, DpopDecidePropose *command, GError **error)
{
  const CosmicState *authority = dpop_profile_state (self->profile, NULL, error);
  g_autoptr (DpopCharter) charter = authority != NULL ? dpop_membership_charter (authority) : NULL;
  g_autoptr (DpopCharterNames) names = charter != NULL ? dpopctl_find_names (self, error) : NULL;

  if (names == NULL
      || (input->rule != NULL
          && !dpopctl_find_named (names->rules, input->rule, &command->rule, error)))
    return FALSE;
  if (input->rule == NULL)
    while (command->rule + 1 < charter->n_rules
           && (charter->rules[command->rule].scope == DPOP_SCOPE_UNIT) != (input->unit != NULL))
      command->rule++;
  return choose_ballot (&charter->rules[command->rule], input->ballot, &command->ballot, error);
}

static gboolean
choose_effect (Dpopctl *self, const Propose *input, DpopDecisionEffect *effect, GError **error)
{
  g_autoptr (DpopCharterNames) names = NULL;
  guint role = 0;

  if (input->holder == NULL)
    return dpopctl_arguments_fail (error, _("--revoke-office needs --of, whose office it is."));
  if ((names = dpopctl_find_names (self, error)) == NULL
      || !dpopctl_find_named (names->roles, input->office, &role, error)
      || !dpopctl_find_member (self, input->holder, &effect->member, error)
      || (input->office_unit != NULL
          && !dpopctl_find_unit (self, input->office_unit, &effect->unit, error)))
    return FALSE;
  effect->effect = DPOP_EFFECT_REVOKE_OFFICE;
  effect->role = (guint16) role;
  return TRUE;
}

static gboolean
say_proposal (Dpopctl *self, const Propose *input, CosmicId *decision, GError **error)
{
  DpopDecidePropose command = { .title = input->title };
  DpopDecisionEffect effect = { 0 };
  CosmicId unit, repeats, speaker;
  g_autofree char *text = read_text (input->text, input->file, error);

  if (text == NULL || !choose_rule (self, input, &command, error)
      || !find_speaker (self, input->speaker, &speaker, &command.speaker, error)
      || (input->unit != NULL && !dpopctl_find_unit (self, input->unit, &unit, error))
      || (input->repeats != NULL
          && !dpopctl_find_decision (self, input->repeats, &repeats, error))
      || (input->office != NULL && !choose_effect (self, input, &effect, error)))
    return FALSE;
  command.question = text;
  command.scope = input->unit != NULL ? &unit : NULL;
  command.repeats = input->repeats != NULL ? &repeats : NULL;
  command.effect = input->office != NULL ? &effect : NULL;
  if (!dpop_decide_propose (self->profile, &command, decision, error))
    return FALSE;
  for (char **option = input->options; option != NULL && *option != NULL; option++)
    if (!dpop_decide_add_option (self->profile, decision, NULL, command.speaker, *option, "", NULL,
                                 error))
      {
        g_prefix_error (error, _("The question is put, but not with the option \"%s\": "), *option);
        return FALSE;
      }
  return TRUE;
}

static gboolean
run_propose (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_auto (Propose) input = { 0 };
  const GOptionEntry entries[] = {
    { "title", 0, 0, DPOPCTL_TEXT, &input.title, NULL, NULL },
    { "text", 0, 0, DPOPCTL_TEXT, &input.text, NULL, NULL },
    { "file", 0, 0, DPOPCTL_TEXT, &input.file, NULL, NULL },
    { "rule", 0, 0, DPOPCTL_TEXT, &input.rule, NULL, NULL },
    { "ballot", 0, 0, DPOPCTL_TEXT, &input.ballot, NULL, NULL },
    { "option", 0, 0, DPOPCTL_TEXTS, &input.options, NULL, NULL },
    { "unit", 0, 0, DPOPCTL_TEXT, &input.unit, NULL, NULL },
    { "revoke-office", 0, 0, DPOPCTL_TEXT, &input.office, NULL, NULL },
    { "of", 0, 0, DPOPCTL_TEXT, &input.holder, NULL, NULL },
    { "office-unit", 0, 0, DPOPCTL_TEXT, &input.office_unit, NULL, NULL },
    { "repeats", 0, 0, DPOPCTL_TEXT, &input.repeats, NULL, NULL },
    { "for", 0, 0, DPOPCTL_TEXT, &input.speaker, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  CosmicId decision;

  if (!dpopctl_arguments (argc, argv, entries, 0, 0, &words, error))
    return FALSE;
  if (input.title == NULL)
    return dpopctl_arguments_fail (error, _("A question needs a --title."));
  if (!dpopctl_open_founded (self, error) || !say_proposal (self, &input, &decision, error))
    return FALSE;
  tell (self, &decision, _("proposed."));
  return TRUE;
}

/* --- Texts, options, comments. --- */

static gboolean
run_text (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_autofree char *title = NULL;
  g_autofree char *file = NULL;
  g_autofree char *replaced = NULL;
  g_autofree char *speaker_word = NULL;
  gboolean question = FALSE;
  const GOptionEntry entries[] = {
    { "title", 0, 0, DPOPCTL_TEXT, &title, NULL, NULL },
    { "file", 0, 0, DPOPCTL_TEXT, &file, NULL, NULL },
    { "question", 0, 0, G_OPTION_ARG_NONE, &question, NULL, NULL },
    { "replaces", 0, 0, DPOPCTL_TEXT, &replaced, NULL, NULL },
    { "for", 0, 0, DPOPCTL_TEXT, &speaker_word, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  g_autofree char *text = NULL;
  const CosmicId *speaker;
  CosmicId decision, replaces, speaker_id, operation;

  if (!dpopctl_arguments (argc, argv, entries, 1, 2, &words, error))
    return FALSE;
  if (title == NULL || (words[1] == NULL) == (file == NULL))
    return dpopctl_arguments_fail (error, _("A text needs a --title, and either TEXT or --file."));
  if ((text = read_text (words[1], file, error)) == NULL || !dpopctl_open_founded (self, error)
      || !dpopctl_find_decision (self, words[0], &decision, error)
      || (replaced != NULL && !dpopctl_find_entry (self, replaced, &replaces, error))
      || !find_speaker (self, speaker_word, &speaker_id, &speaker, error)
      || !dpop_decide_add_text (self->profile, &decision,
                                question ? DPOP_TEXT_QUESTION : DPOP_TEXT_REASON,
                                replaced != NULL ? &replaces : NULL, speaker, title, text,
                                &operation, error))
    return FALSE;
  dpopctl_print_id (self, "text", &operation);
  tell (self, &decision, question ? _("the question is worded anew.") : _("a text was added."));
  return TRUE;
}

typedef struct
{
  char *text, *candidate, *withdraw, *speaker;
} Option;

static gboolean
withdraw_option (Dpopctl *self, const CosmicId *decision, const char *word, GError **error)
{
  CosmicId option;

  if (!dpopctl_find_option (self, decision, word, &option, error)
      || !dpop_decide_withdraw_option (self->profile, decision, &option, error))
    return FALSE;
  dpopctl_print_id (self, "option", &option);
  tell (self, decision, _("the option was withdrawn."));
  return TRUE;
}

static gboolean
add_option (Dpopctl *self, const CosmicId *decision, const char *name, const Option *input,
            GError **error)
{
  const CosmicId *speaker;
  CosmicId speaker_id, candidate, option;

  if (!find_speaker (self, input->speaker, &speaker_id, &speaker, error)
      || (input->candidate != NULL
          && !dpopctl_find_member (self, input->candidate, &candidate, error))
      || !dpop_decide_add_option (self->profile, decision,
                                  input->candidate != NULL ? &candidate : NULL, speaker, name,
                                  input->text != NULL ? input->text : "", &option, error))
    return FALSE;
  dpopctl_print_id (self, "option", &option);
  tell (self, decision, _("an option was added."));
  return TRUE;
}

static gboolean
run_option (Dpopctl *self, int argc, char **argv, GError **error)
{
  Option input = { 0 };
  const GOptionEntry entries[] = {
    { "text", 0, 0, DPOPCTL_TEXT, &input.text, NULL, NULL },
    { "candidate", 0, 0, DPOPCTL_TEXT, &input.candidate, NULL, NULL },
    { "withdraw", 0, 0, DPOPCTL_TEXT, &input.withdraw, NULL, NULL },
    { "for", 0, 0, DPOPCTL_TEXT, &input.speaker, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  gboolean done = FALSE;
  CosmicId decision;

  if (dpopctl_arguments (argc, argv, entries, 1, 2, &words, error))
    {
      if ((words[1] == NULL) != (input.withdraw != NULL))
        dpopctl_arguments_fail (error, _("Either the name of a new option, or --withdraw."));
      else if (dpopctl_open_founded (self, error)
               && dpopctl_find_decision (self, words[0], &decision, error))
        done = input.withdraw != NULL
                   ? withdraw_option (self, &decision, input.withdraw, error)
                   : add_option (self, &decision, words[1], &input, error);
    }
  g_free (input.text);
  g_free (input.candidate);
  g_free (input.withdraw);
  g_free (input.speaker);
  return done;
}

static gboolean
run_comment (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_autofree char *answered = NULL;
  g_autofree char *speaker_word = NULL;
  const GOptionEntry entries[] = {
    { "answers", 0, 0, DPOPCTL_TEXT, &answered, NULL, NULL },
    { "for", 0, 0, DPOPCTL_TEXT, &speaker_word, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  const CosmicId *speaker;
  CosmicId decision, answers, speaker_id, operation;

  if (!dpopctl_arguments (argc, argv, entries, 2, 2, &words, error)
      || !dpopctl_open_founded (self, error)
      || !dpopctl_find_decision (self, words[0], &decision, error)
      || (answered != NULL && !dpopctl_find_entry (self, answered, &answers, error))
      || !find_speaker (self, speaker_word, &speaker_id, &speaker, error)
      || !dpop_decide_comment (self->profile, &decision, answered != NULL ? &answers : NULL,
                               speaker, words[1], &operation, error))
    return FALSE;
  dpopctl_print_id (self, "comment", &operation);
  tell (self, &decision, _("the comment is saved here."));
  return TRUE;
}

/* --- Opening, closing, stopping. --- */

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
  tell (self, &decision, _("the vote is open."));
  dpopctl_print (self, _("Entitled to vote: %lu."), (gulong) opened->entitled);
  return TRUE;
}

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
  tell (self, &decision, _("the vote is closed."));
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
  tell (self, &decision, _("stopped. There is no outcome, and there will be none. To put it again: "
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
  tell (self, &decision, _("carried out."));
  return TRUE;
}

const DpopctlVerb dpopctl_decision_verbs[] = {
  { "decision propose",
    "--title TITLE [--text TEXT | --file FILE] [--rule KEY] [--ballot KIND] [--option NAME]... "
    "[--unit GROUP] [--revoke-office ROLE --of MEMBER [--office-unit GROUP]] [--repeats DECISION] "
    "[--for MEMBER]",
    N_("puts a question"), run_propose },
  { "decision text",
    "DECISION TEXT|--file FILE --title TITLE [--question] [--replaces TEXT] [--for MEMBER]",
    N_("adds reasons, or words the question anew"), run_text },
  { "decision option",
    "DECISION NAME|--withdraw OPTION [--text TEXT] [--candidate MEMBER] [--for MEMBER]",
    N_("adds an option, or withdraws one"), run_option },
  { "decision comment", "DECISION TEXT [--answers COMMENT] [--for MEMBER]",
    N_("says something about a decision"), run_comment },
  { "decision open",
    "DECISION [--closes TIME] [--option OPTION]... [--none-of-these OPTION] [--min N] [--max N]",
    N_("opens the vote: who may vote, and on what, is fixed by it"), run_open },
  { "decision close", "DECISION", N_("closes the vote, and counts"), run_close },
  { "decision stop", "DECISION --reason WHY [--text TEXT]",
    N_("ends a decision without an outcome"), run_stop },
  { "decision enact", "DECISION", N_("carries out what was accepted and is final"), run_enact },
  { NULL },
};
