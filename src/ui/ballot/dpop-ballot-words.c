/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-ballot-words.h"

#include "dpop-words.h"

#include <glib/gi18n-lib.h>

static char *
chosen_names (const DpopBallotMarking *marking, const DpopBallotPaper *paper)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < dpop_ballot_paper_n (paper); i++)
    if (marking->chosen[i])
      g_ptr_array_add (names, paper->names[i]);
  return dpop_words_and (names);
}

/* "1. Ada, 2. Bert and Carla equally" */
static char *
ranked_names (const DpopBallotMarking *marking, const DpopBallotPaper *paper)
{
  g_autoptr (GString) words = g_string_new (NULL);
  const DpopBallotRanking *ranking = &marking->ranking;

  for (guint place = 1; place <= dpop_ballot_ranking_n_places (ranking); place++)
    {
      g_autoptr (GPtrArray) names = g_ptr_array_new ();
      g_autofree char *list = NULL;

      for (guint i = 0; i < ranking->n_options; i++)
        if (ranking->places[i] == place)
          g_ptr_array_add (names, paper->names[i]);
      list = dpop_words_and (names);
      g_string_append (words, place > 1 ? _(", ") : "");
      g_string_append_printf (words, names->len > 1 ? _("%u. %s equally") : _("%u. %s"), place,
                              list);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static char *
ranking_words (const DpopBallotMarking *marking, const DpopBallotPaper *paper, gboolean cast)
{
  g_autofree char *names = ranked_names (marking, paper);
  guint left = 0;

  for (guint i = 0; i < marking->ranking.n_options; i++)
    left += marking->ranking.places[i] == 0;
  if (left == 0)
    return g_strdup_printf (cast ? _("You ranked %s.") : _("You rank %s."), names);
  if (left == 1)
    return g_strdup_printf (cast ? _("You ranked %s; the other one is not ranked.")
                                 : _("You rank %s; the other one is not ranked."),
                            names);
  return g_strdup_printf (cast ? _("You ranked %s; the others are not ranked.")
                               : _("You rank %s; the others are not ranked."),
                          names);
}

static char *
answer_words (DpopAnswer answer, gboolean cast)
{
  if (answer == DPOP_ANSWER_YES)
    return g_strdup (cast ? _("You voted yes.") : _("You vote yes."));
  if (answer == DPOP_ANSWER_NO)
    return g_strdup (cast ? _("You voted no.") : _("You vote no."));
  return g_strdup (cast ? _("You abstained.") : _("You abstain."));
}

static char *
own_words (const DpopBallotMarking *marking, const DpopBallotPaper *paper, gboolean cast)
{
  g_autofree char *names = NULL;

  if (marking->answer != DPOP_ANSWER_NONE)
    return answer_words (marking->answer, cast);
  if (paper->kind == DPOP_BALLOT_RANK)
    return ranking_words (marking, paper, cast);
  names = chosen_names (marking, paper);
  if (paper->kind == DPOP_BALLOT_APPROVE)
    return g_strdup_printf (cast ? _("You approved of %s.") : _("You approve of %s."), names);
  return g_strdup_printf (cast ? _("You chose %s.") : _("You choose %s."), names);
}

/* What follows "on behalf of": an answer, or what is chosen. */
static char *
plain_words (const DpopBallotMarking *marking, const DpopBallotPaper *paper)
{
  if (marking->answer == DPOP_ANSWER_YES)
    return g_strdup (_("yes"));
  if (marking->answer == DPOP_ANSWER_NO)
    return g_strdup (_("no"));
  if (marking->answer == DPOP_ANSWER_ABSTAIN)
    return g_strdup (_("abstention"));
  return paper->kind == DPOP_BALLOT_RANK ? ranked_names (marking, paper)
                                         : chosen_names (marking, paper);
}

char *
dpop_ballot_words_say (const DpopBallotMarking *marking, const DpopBallotPaper *paper,
                       const char *whom, gboolean cast)
{
  g_autofree char *words = NULL;

  if (whom == NULL)
    return own_words (marking, paper, cast);
  words = plain_words (marking, paper);
  /* TRANSLATORS: a name, and "yes", "no", or the names of what is chosen. */
  return g_strdup_printf (cast ? _("Cast on behalf of %s: %s.") : _("On behalf of %s: %s."), whom,
                          words);
}

static char *
ask_approval (const DpopBallotMarking *marking, const DpopBallotPaper *paper)
{
  const guint chosen = dpop_ballot_marking_n_chosen (marking, paper);

  if (chosen > paper->max_choices)
    return g_strdup_printf (ngettext ("You have chosen %u. At most %u is possible: take some back.",
                                      "You have chosen %u. At most %u are possible: take some "
                                      "back.",
                                      paper->max_choices),
                            chosen, paper->max_choices);
  if (paper->min_choices == paper->max_choices)
    return g_strdup_printf (
        ngettext ("Choose %u, or abstain.", "Choose %u, or abstain.", paper->min_choices),
        paper->min_choices);
  if (paper->max_choices < dpop_ballot_paper_n (paper))
    return g_strdup_printf (_("Choose from %u to %u, or abstain."), paper->min_choices,
                            paper->max_choices);
  return paper->min_choices > 1
             ? g_strdup_printf (_("Choose at least %u, or abstain."), paper->min_choices)
             : g_strdup (_("Choose as many as you approve of, or abstain."));
}

char *
dpop_ballot_words_ask (const DpopBallotMarking *marking, const DpopBallotPaper *paper)
{
  if (dpop_ballot_marking_is_ready (marking, paper))
    return NULL;
  switch (paper->kind)
    {
    case DPOP_BALLOT_CHOOSE_ONE:
      return g_strdup (_("Choose one, or abstain."));
    case DPOP_BALLOT_APPROVE:
      return ask_approval (marking, paper);
    case DPOP_BALLOT_RANK:
      return g_strdup (_("Choose the one you want most, then the next, as far as you like."));
    case DPOP_BALLOT_YES_NO_ABSTAIN:
    default:
      return g_strdup (_("Choose yes, no or abstain."));
    }
}

char *
dpop_ballot_words_place (const DpopBallotMarking *marking, const DpopBallotPaper *paper,
                         guint option)
{
  const DpopBallotRanking *ranking = &marking->ranking;
  const guint place = ranking->places[option], last = dpop_ballot_ranking_n_places (ranking);

  if (place == 0)
    return g_strdup_printf (_("%s: not ranked now."), paper->names[option]);
  if (dpop_ballot_ranking_n_equal (ranking, option) > 1)
    return g_strdup_printf (_("%s: now in place %u of %u, together with others."),
                            paper->names[option], place, last);
  return g_strdup_printf (_("%s: now in place %u of %u."), paper->names[option], place, last);
}
