/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-ballot-marking.h"

#include <string.h>

void
dpop_ballot_marking_init (DpopBallotMarking *self, const DpopBallotPaper *paper)
{
  *self = (DpopBallotMarking){ 0 };
  dpop_ballot_ranking_init (&self->ranking, dpop_ballot_paper_n (paper));
}

void
dpop_ballot_marking_answer (DpopBallotMarking *self, const DpopBallotPaper *paper,
                            DpopAnswer answer)
{
  dpop_ballot_marking_init (self, paper);
  self->answer = answer;
}

void
dpop_ballot_marking_choose (DpopBallotMarking *self, const DpopBallotPaper *paper, guint option,
                            gboolean chosen)
{
  self->answer = DPOP_ANSWER_NONE;
  if (chosen && paper->kind == DPOP_BALLOT_CHOOSE_ONE)
    memset (self->chosen, 0, sizeof self->chosen);
  self->chosen[option] = chosen;
}

void
dpop_ballot_marking_ranked (DpopBallotMarking *self)
{
  if (dpop_ballot_ranking_n_places (&self->ranking) > 0)
    self->answer = DPOP_ANSWER_NONE;
}

guint
dpop_ballot_marking_n_chosen (const DpopBallotMarking *self, const DpopBallotPaper *paper)
{
  guint count = 0;

  for (guint i = 0; i < dpop_ballot_paper_n (paper); i++)
    count += self->chosen[i];
  return count;
}

gboolean
dpop_ballot_marking_is_empty (const DpopBallotMarking *self, const DpopBallotPaper *paper)
{
  return self->answer == DPOP_ANSWER_NONE && dpop_ballot_marking_n_chosen (self, paper) == 0
         && dpop_ballot_ranking_n_places (&self->ranking) == 0;
}

gboolean
dpop_ballot_marking_is_ready (const DpopBallotMarking *self, const DpopBallotPaper *paper)
{
  guint chosen = dpop_ballot_marking_n_chosen (self, paper);

  if (self->answer == DPOP_ANSWER_ABSTAIN)
    return TRUE;
  switch (paper->kind)
    {
    case DPOP_BALLOT_CHOOSE_ONE:
      return chosen == 1;
    case DPOP_BALLOT_APPROVE:
      return chosen >= paper->min_choices && chosen <= paper->max_choices;
    case DPOP_BALLOT_RANK:
      return dpop_ballot_ranking_n_places (&self->ranking) > 0;
    case DPOP_BALLOT_YES_NO_ABSTAIN:
    default:
      return self->answer != DPOP_ANSWER_NONE;
    }
}

/* --- Ballots. -------------------------------------------------------------------------------- */

/* Where there are options, who abstains chooses none, or ranks none. */
void
dpop_ballot_marking_to_ballot (const DpopBallotMarking *self, const DpopBallotPaper *paper,
                               DpopDecisionBallot *ballot)
{
  guint n = dpop_ballot_paper_n (paper);

  *ballot = (DpopDecisionBallot){ 0 };
  if (paper->kind == DPOP_BALLOT_YES_NO_ABSTAIN)
    ballot->answer = self->answer;
  else if (paper->kind == DPOP_BALLOT_RANK)
    {
      ballot->n_marks = n;
      memcpy (ballot->marks, self->ranking.places, n * sizeof ballot->marks[0]);
    }
  else
    for (guint i = 0; i < n; i++)
      if (self->chosen[i])
        ballot->marks[ballot->n_marks++] = (guint16) i;
}

void
dpop_ballot_marking_from_ballot (DpopBallotMarking *self, const DpopBallotPaper *paper,
                                 const DpopDecisionBallot *ballot)
{
  guint n = dpop_ballot_paper_n (paper);

  dpop_ballot_marking_init (self, paper);
  self->answer = ballot->answer;
  for (guint i = 0; i < ballot->n_marks; i++)
    if (paper->kind == DPOP_BALLOT_RANK && i < n)
      self->ranking.places[i] = ballot->marks[i];
    else if (ballot->marks[i] < n)
      self->chosen[ballot->marks[i]] = TRUE;
  if (paper->kind != DPOP_BALLOT_YES_NO_ABSTAIN && dpop_ballot_marking_is_empty (self, paper))
    self->answer = DPOP_ANSWER_ABSTAIN;
}

/* --- Drafts. --------------------------------------------------------------------------------- */

static const char *const answers[] = {
  [DPOP_ANSWER_YES] = "yes",
  [DPOP_ANSWER_NO] = "no",
  [DPOP_ANSWER_ABSTAIN] = "abstain",
};

char *
dpop_ballot_marking_to_text (const DpopBallotMarking *self, const DpopBallotPaper *paper)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->answer != DPOP_ANSWER_NONE)
    return g_strdup (answers[self->answer]);
  if (dpop_ballot_marking_is_empty (self, paper))
    return g_strdup ("");
  g_string_append (text, paper->kind == DPOP_BALLOT_RANK ? "rank" : "choose");
  for (guint i = 0; i < dpop_ballot_paper_n (paper); i++)
    if (paper->kind == DPOP_BALLOT_RANK)
      g_string_append_printf (text, " %u", self->ranking.places[i]);
    else if (self->chosen[i])
      g_string_append_printf (text, " %u", i);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
read_answer (DpopBallotMarking *self, const DpopBallotPaper *paper, const char *word)
{
  for (guint i = DPOP_ANSWER_YES; i < G_N_ELEMENTS (answers); i++)
    if (g_str_equal (word, answers[i])
        && (i == DPOP_ANSWER_ABSTAIN || paper->kind == DPOP_BALLOT_YES_NO_ABSTAIN))
      {
        self->answer = i;
        return TRUE;
      }
  return FALSE;
}

/* As put: whatever the numbers say, places have no gaps. */
static gboolean
read_places (DpopBallotMarking *self, const DpopBallotPaper *paper, GStrv words)
{
  guint n = dpop_ballot_paper_n (paper), last = 0;
  guint64 place;

  if (g_strv_length (words) != n + 1)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      if (!g_ascii_string_to_unsigned (words[i + 1], 10, 0, n, &place, NULL))
        return FALSE;
      self->ranking.places[i] = (guint16) place;
      last = MAX (last, (guint) place);
    }
  for (guint16 wanted = 1; wanted <= last; wanted++)
    {
      gboolean found = FALSE;

      for (guint i = 0; i < n; i++)
        found |= self->ranking.places[i] == wanted;
      if (!found)
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_choices (DpopBallotMarking *self, const DpopBallotPaper *paper, GStrv words)
{
  guint n = dpop_ballot_paper_n (paper);
  guint64 option;

  if (n == 0 || (paper->kind == DPOP_BALLOT_CHOOSE_ONE && g_strv_length (words) > 2))
    return FALSE;
  for (guint i = 1; words[i] != NULL; i++)
    {
      if (!g_ascii_string_to_unsigned (words[i], 10, 0, n - 1, &option, NULL))
        return FALSE;
      self->chosen[option] = TRUE;
    }
  return TRUE;
}

gboolean
dpop_ballot_marking_from_text (DpopBallotMarking *self, const DpopBallotPaper *paper,
                               const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  gboolean fine = FALSE;

  dpop_ballot_marking_init (self, paper);
  if (words[0] == NULL)
    return FALSE;
  if (words[1] == NULL)
    fine = read_answer (self, paper, words[0]);
  else if (g_str_equal (words[0], "rank") && paper->kind == DPOP_BALLOT_RANK)
    fine = read_places (self, paper, words);
  else if (g_str_equal (words[0], "choose")
           && (paper->kind == DPOP_BALLOT_CHOOSE_ONE || paper->kind == DPOP_BALLOT_APPROVE))
    fine = read_choices (self, paper, words);
  if (!fine)
    dpop_ballot_marking_init (self, paper);
  return fine;
}
