/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpopctl-find.h"

#include "dpop-decide.h"
#include "dpop-decision-query.h"
#include "dpop-reason.h"

#include <glib/gi18n-lib.h>

/* --- From words to a ballot. --- */

static gboolean
is_abstention (char **words)
{
  return words[0] != NULL && words[1] == NULL && strcmp (words[0], "abstain") == 0;
}

static gboolean
read_answer (char **words, DpopDecisionBallot *ballot, GError **error)
{
  static const char *const answers[] = {
    [DPOP_ANSWER_YES] = "yes", [DPOP_ANSWER_NO] = "no", [DPOP_ANSWER_ABSTAIN] = "abstain",
  };

  for (guint i = DPOP_ANSWER_YES; words[1] == NULL && i <= DPOP_ANSWER_ABSTAIN; i++)
    if (strcmp (words[0], answers[i]) == 0)
      {
        ballot->answer = (DpopAnswer) i;
        return TRUE;
      }
  return dpopctl_arguments_fail (error, _("This ballot says yes, no or abstain."));
}

/* The place of the option WORD on the ballot. */
static gboolean
find_place (Dpopctl *self, const CosmicId *id, const DpopDecision *decision, const char *word,
            guint *place, GError **error)
{
  CosmicId option;

  if (!dpopctl_find_option (self, id, word, &option, error))
    return FALSE;
  for (guint i = 0; i < decision->opening->options->len; i++)
    if (cosmic_id_same (&g_array_index (decision->opening->options, CosmicId, i), &option))
      *place = i;
  return TRUE;
}

static gboolean
read_choices (Dpopctl *self, const CosmicId *id, const DpopDecision *decision, char **words,
              DpopDecisionBallot *ballot, GError **error)
{
  gboolean chosen[DPOP_DECISION_OPTIONS_MAX] = { FALSE };
  guint place = 0;

  for (char **word = words; *word != NULL && !is_abstention (words); word++)
    {
      if (!find_place (self, id, decision, *word, &place, error))
        return FALSE;
      chosen[place] = TRUE;
    }
  for (guint16 i = 0; i < DPOP_DECISION_OPTIONS_MAX; i++)
    if (chosen[i])
      ballot->marks[ballot->n_marks++] = i;
  return TRUE;
}

/* One word a rank, the most wanted first; equally wanted ones are joined by "=". */
static gboolean
read_ranks (Dpopctl *self, const CosmicId *id, const DpopDecision *decision, char **words,
            DpopDecisionBallot *ballot, GError **error)
{
  guint16 rank = 0;
  guint place = 0;

  ballot->n_marks = decision->opening->options->len;
  for (char **word = words; *word != NULL && !is_abstention (words); word++)
    {
      g_auto (GStrv) equals = g_strsplit (*word, "=", -1);

      rank++;
      for (char **each = equals; *each != NULL; each++)
        {
          if (!find_place (self, id, decision, *each, &place, error))
            return FALSE;
          if (ballot->marks[place] != 0)
            return dpopctl_arguments_fail (error, _("\"%s\" is ranked twice."), *each);
          ballot->marks[place] = rank;
        }
    }
  return TRUE;
}

static gboolean
read_ballot (Dpopctl *self, const CosmicId *id, const DpopDecision *decision, char **words,
             DpopDecisionBallot *ballot, GError **error)
{
  if (decision->proposed.ballot == DPOP_BALLOT_YES_NO_ABSTAIN)
    return read_answer (words, ballot, error);
  if (decision->opening == NULL)
    return dpop_profile_refuse (error, DPOP_REASON_NOT_OPEN);
  if (decision->proposed.ballot == DPOP_BALLOT_RANK)
    return read_ranks (self, id, decision, words, ballot, error);
  return read_choices (self, id, decision, words, ballot, error);
}

/* --- Voting. --- */

static gboolean
run_vote (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_autofree char *voter_word = NULL;
  const GOptionEntry entries[] = {
    { "for", 0, 0, DPOPCTL_TEXT, &voter_word, NULL, NULL }, G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  g_autoptr (DpopDecision) decision = NULL;
  g_autofree char *title = NULL;
  DpopDecisionBallot ballot = { 0 };
  const CosmicState *state;
  CosmicId id, voter, operation;

  if (!dpopctl_arguments (argc, argv, entries, 2, 1 + DPOP_DECISION_OPTIONS_MAX, &words, error)
      || !dpopctl_open_founded (self, error)
      || !dpopctl_find_decision (self, words[0], &id, error)
      || (voter_word != NULL && !dpopctl_find_member (self, voter_word, &voter, error))
      || (state = dpop_profile_state (self->profile, &id, error)) == NULL)
    return FALSE;
  decision = dpop_decision_query (state, NULL);
  if (!read_ballot (self, &id, decision, words + 1, &ballot, error)
      || !dpop_decide_vote (self->profile, &id, voter_word != NULL ? &voter : NULL, &ballot,
                            &operation, error))
    return FALSE;
  title = dpopctl_find_decision_name (self, &id);
  dpopctl_print_id (self, "decision", &id);
  dpopctl_print_id (self, "vote", &operation);
  dpopctl_print_string (self, "where", "saved");
  if (voter_word != NULL)
    dpopctl_print (self, _("%s: the vote is entered for %s. Saved here."), title, voter_word);
  else
    dpopctl_print (self, _("%s: your vote is saved here."), title);
  return TRUE;
}

const DpopctlVerb dpopctl_vote_verbs[] = {
  { "decision vote", "DECISION yes|no|abstain|OPTION... [--for MEMBER]",
    N_("votes, or changes the vote while the box is open"), run_vote },
  { NULL },
};
