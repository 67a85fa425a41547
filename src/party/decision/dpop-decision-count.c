/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-decision-entry.h"
#include "dpop-decision-private.h"
#include "dpop-decision-rule.h"

/* The votes that count, one a member. */
typedef struct
{
  GArray *ballots;   /* of DpopDecisionBallot */
  guint64 undecided; /* members whose votes contradict each other */
} Votes;

static gboolean
take_entry (const CosmicKey *key, GBytes *value, gpointer data)
{
  g_autoptr (DpopDecisionEntry) entry = dpop_decision_entry_decode (value);
  const DpopDecisionHead *vote = entry != NULL ? dpop_decision_entry_vote (entry) : NULL;
  Votes *votes = data;

  if (vote != NULL)
    g_array_append_val (votes->ballots, vote->ballot);
  else
    votes->undecided++;
  return TRUE;
}

static void
copy_reasons (DpopDecisionOutcome *outcome, const GArray *reasons)
{
  g_array_append_vals (outcome->reasons, reasons->data, reasons->len);
}

/* --- A question. ------------------------------------------------------------------------------ */

static DpopOutcomeStatus
status_of_majority (DpopCountMajorityOutcome outcome)
{
  switch (outcome)
    {
    case DPOP_COUNT_MAJORITY_ACCEPTED:
      return DPOP_OUTCOME_ACCEPTED;
    case DPOP_COUNT_MAJORITY_REJECTED:
      return DPOP_OUTCOME_REJECTED;
    case DPOP_COUNT_MAJORITY_NO_QUORUM:
      return DPOP_OUTCOME_NO_QUORUM;
    default:
      return DPOP_OUTCOME_UNCOUNTABLE;
    }
}

static void
count_answers (const DpopCharterRule *charter_rule, const GArray *ballots,
               DpopDecisionOutcome *outcome)
{
  DpopCountMajorityRule rule = dpop_decision_rule_majority (charter_rule);
  DpopCountMajorityFigures figures = { .turnout = { outcome->entitled, outcome->present } };
  g_autoptr (DpopCountMajority) majority = NULL;

  for (guint i = 0; i < ballots->len; i++)
    {
      DpopAnswer answer = g_array_index (ballots, DpopDecisionBallot, i).answer;

      figures.yes += answer == DPOP_ANSWER_YES;
      figures.no += answer == DPOP_ANSWER_NO;
      figures.abstain += answer == DPOP_ANSWER_ABSTAIN;
    }
  outcome->yes = figures.yes;
  outcome->no = figures.no;
  outcome->abstain = figures.abstain;
  outcome->cast = outcome->present;
  majority = dpop_count_majority_new (&rule, &figures, NULL);
  if (majority == NULL)
    return;
  outcome->status = status_of_majority (majority->outcome);
  copy_reasons (outcome, majority->reasons);
}

/* --- Choices. --------------------------------------------------------------------------------- */

/* Seats for which there was no option are empty, too. */
static DpopOutcomeStatus
status_of_choice (const DpopCountChoice *choice, guint seats)
{
  switch (choice->outcome)
    {
    case DPOP_COUNT_CHOICE_DECIDED:
      return choice->rule.seats < seats ? DPOP_OUTCOME_INCOMPLETE : DPOP_OUTCOME_ELECTED;
    case DPOP_COUNT_CHOICE_INCOMPLETE:
      return DPOP_OUTCOME_INCOMPLETE;
    case DPOP_COUNT_CHOICE_TIED:
      return DPOP_OUTCOME_TIED;
    case DPOP_COUNT_CHOICE_NO_DECISION:
      return DPOP_OUTCOME_NOBODY;
    case DPOP_COUNT_CHOICE_NO_QUORUM:
      return DPOP_OUTCOME_NO_QUORUM;
    default:
      return DPOP_OUTCOME_UNCOUNTABLE;
    }
}

static void
count_choices (const DpopCharterRule *charter_rule, const DpopDecisionPaper *paper,
               const GArray *ballots, DpopDecisionOutcome *outcome)
{
  DpopCountChoiceRule rule = dpop_decision_rule_choice (charter_rule, paper);
  DpopCountChoiceFigures figures = { .turnout = { outcome->entitled, outcome->present } };
  g_autoptr (DpopCountChoice) choice = NULL;

  for (guint i = 0; i < ballots->len; i++)
    dpop_count_choice_add (
        &rule, &figures,
        dpop_decision_ballot_options (&g_array_index (ballots, DpopDecisionBallot, i)), 1);
  outcome->abstain = figures.abstain;
  outcome->cast = outcome->present;
  memcpy (outcome->votes, figures.votes, sizeof outcome->votes);
  choice = dpop_count_choice_new (&rule, &figures, NULL);
  if (choice == NULL)
    return;
  outcome->status = status_of_choice (choice, charter_rule->seats);
  outcome->elected = choice->elected;
  outcome->tied = choice->tied;
  outcome->seats_left = charter_rule->seats - (rule.seats - choice->seats_left);
  for (guint i = 0; i < paper->n_options; i++)
    outcome->places[i] = (guint16) choice->place[i];
  copy_reasons (outcome, choice->reasons);
}

/* --- Rankings. -------------------------------------------------------------------------------- */

/* Options that share the place of the one at FROM in the order. */
static DpopCountOptions
group_at (const DpopCountSchulze *schulze, guint from, guint *n)
{
  DpopCountOptions group = 0;
  guint place = schulze->place[schulze->order[from]];

  *n = 0;
  for (guint i = from; i < schulze->figures.n_options && place != 0; i++)
    {
      if (schulze->place[schulze->order[i]] != place)
        break;
      group |= G_GUINT64_CONSTANT (1) << schulze->order[i];
      ++*n;
    }
  return group;
}

/* Place by place, until the seats are filled, more options are equal than seats are left, or "none
 * of these" has its turn. */
static void
fill_seats (const DpopCountSchulze *schulze, DpopDecisionOutcome *outcome)
{
  DpopCountOptions stop = 0;
  guint n;

  if (schulze->rule.default_option != DPOP_COUNT_NO_OPTION)
    stop = G_GUINT64_CONSTANT (1) << schulze->rule.default_option;
  for (guint i = 0; i < schulze->figures.n_options && outcome->seats_left > 0; i += n)
    {
      DpopCountOptions group = group_at (schulze, i, &n);

      if (group == 0 || group == stop)
        return;
      if (n > outcome->seats_left || (group & stop) != 0)
        {
          outcome->tied = group;
          return;
        }
      outcome->elected |= group;
      outcome->seats_left -= n;
    }
}

static DpopOutcomeStatus
status_of_ranking (const DpopDecisionOutcome *outcome)
{
  if (outcome->tied != 0)
    return DPOP_OUTCOME_TIED;
  if (outcome->seats_left == 0)
    return DPOP_OUTCOME_ELECTED;
  return outcome->elected != 0 ? DPOP_OUTCOME_INCOMPLETE : DPOP_OUTCOME_NOBODY;
}

static void
judge_ranking (const DpopCountSchulze *schulze, DpopDecisionOutcome *outcome)
{
  for (guint i = 0; i < outcome->n_options; i++)
    outcome->places[i] = (guint16) schulze->place[i];
  outcome->dropped = schulze->dropped;
  copy_reasons (outcome, schulze->reasons);
  if (schulze->outcome == DPOP_COUNT_SCHULZE_NO_QUORUM)
    {
      outcome->status = DPOP_OUTCOME_NO_QUORUM;
      return;
    }
  fill_seats (schulze, outcome);
  outcome->status = status_of_ranking (outcome);
}

static void
count_rankings (const DpopCharterRule *charter_rule, const DpopDecisionOpening *opening,
                const GArray *ballots, DpopDecisionOutcome *outcome)
{
  DpopCountSchulzeRule rule = dpop_decision_rule_schulze (charter_rule, opening->default_option);
  g_autofree DpopCountBallot *rankings = g_new (DpopCountBallot, ballots->len + 1);
  g_autofree DpopCountSchulzeFigures *figures = g_new0 (DpopCountSchulzeFigures, 1);
  g_autoptr (DpopCountSchulze) schulze = NULL;

  for (guint i = 0; i < ballots->len; i++)
    dpop_decision_ballot_ranks (&g_array_index (ballots, DpopDecisionBallot, i), &rankings[i]);
  if (dpop_count_schulze_tally (figures, outcome->n_options, rankings, ballots->len, NULL)
      != DPOP_COUNT_FAULT_NONE)
    return;
  figures->turnout = (DpopCountTurnout){ outcome->entitled, outcome->present };
  outcome->blank = figures->blank;
  outcome->cast = outcome->present - figures->blank;
  memcpy (outcome->preferred, figures->preferred, sizeof outcome->preferred);
  schulze = dpop_count_schulze_new (&rule, figures, NULL);
  if (schulze != NULL)
    judge_ranking (schulze, outcome);
}

/* --- All of them. ----------------------------------------------------------------------------- */

DpopDecisionOutcome *
dpop_decision_count (const CosmicState *state, const DpopDecisionProposed *proposed,
                     const DpopDecisionOpening *opening)
{
  DpopDecisionOutcome *outcome = dpop_decision_outcome_new ();
  g_autoptr (GArray) ballots = g_array_new (FALSE, FALSE, sizeof (DpopDecisionBallot));
  Votes votes = { ballots, 0 };
  DpopDecisionBox box = { 0 };

  cosmic_state_each (state, cosmic_key (DPOP_TAG_ENTRY, NULL, NULL), take_entry, &votes);
  dpop_decision_state_box (state, &box);
  outcome->status = DPOP_OUTCOME_UNCOUNTABLE;
  outcome->ballot = proposed->ballot;
  outcome->n_options = box.paper.n_options;
  outcome->entitled = opening->entitled;
  outcome->present = ballots->len;
  outcome->undecided = votes.undecided;
  if (proposed->ballot != DPOP_BALLOT_YES_NO_ABSTAIN)
    outcome->seats = outcome->seats_left = proposed->rule.seats;
  switch (proposed->ballot)
    {
    case DPOP_BALLOT_YES_NO_ABSTAIN:
      count_answers (&proposed->rule, ballots, outcome);
      break;
    case DPOP_BALLOT_CHOOSE_ONE:
    case DPOP_BALLOT_APPROVE:
      count_choices (&proposed->rule, &box.paper, ballots, outcome);
      break;
    case DPOP_BALLOT_RANK:
      count_rankings (&proposed->rule, opening, ballots, outcome);
      break;
    default:
      break;
    }
  return outcome;
}
