/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpopctl-find.h"

#include "dpop-charter-word.h"
#include "dpop-decide.h"
#include "dpop-membership.h"
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
  dpopctl_show_done (self, &decision, _("proposed."));
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
  dpopctl_show_done (self, &decision,
                     question ? _("the question is worded anew.") : _("a text was added."));
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
  dpopctl_show_done (self, decision, _("the option was withdrawn."));
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
  dpopctl_show_done (self, decision, _("an option was added."));
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
  dpopctl_show_done (self, &decision, _("the comment is saved here."));
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
  { NULL },
};
