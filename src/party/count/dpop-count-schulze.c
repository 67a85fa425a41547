/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-count-schulze.h"

DpopCountSchulzeRule
dpop_count_schulze_rule_simple (void)
{
  return (DpopCountSchulzeRule){
    .strength = DPOP_COUNT_SCHULZE_WINNING_VOTES,
    .default_option = DPOP_COUNT_NO_OPTION,
    .default_ratio = { 1, 1 },
    .quorum = { { { 0, 1 }, FALSE }, 0 },
  };
}

DpopCountFault
dpop_count_schulze_rule_check (const DpopCountSchulzeRule *rule, guint n_options)
{
  const DpopRational least = { 1, 1 }, most = { DPOP_COUNT_MAX_VOTES, 1 };

  if (n_options == 0)
    return DPOP_COUNT_FAULT_NO_OPTIONS;
  if (n_options > DPOP_COUNT_MAX_OPTIONS)
    return DPOP_COUNT_FAULT_TOO_MANY_OPTIONS;
  if ((guint) rule->strength > DPOP_COUNT_SCHULZE_MARGINS
      || !dpop_count_quorum_is_valid (&rule->quorum))
    return DPOP_COUNT_FAULT_RULE;
  if (rule->default_option == DPOP_COUNT_NO_OPTION)
    return DPOP_COUNT_FAULT_NONE;
  if (rule->default_option < 0 || (guint) rule->default_option >= n_options
      || !dpop_rational_is_valid (rule->default_ratio)
      || dpop_rational_compare (rule->default_ratio, least) < 0
      || dpop_rational_compare (rule->default_ratio, most) > 0
      || rule->default_quorum > DPOP_COUNT_MAX_VOTES)
    return DPOP_COUNT_FAULT_RULE;
  return DPOP_COUNT_FAULT_NONE;
}

/* Adding up, 64 counters at a stroke. The counters of one option, how many prefer it to each other
 * one, lie upright: bit b of word k is binary digit k of the counter for option b. Adding the set
 * of options behind it is adding with carry, and two words change on average. A ballot so costs
 * about three steps an option, not one a pair, and no sorting of equal ballots would save more. */
#define DIGITS 31
G_STATIC_ASSERT (DPOP_COUNT_MAX_VOTES <= (G_GUINT64_CONSTANT (1) << DIGITS) - 1);

typedef struct
{
  DpopCountOptions digits[DPOP_COUNT_MAX_OPTIONS][DIGITS];
} Counters;

static void
counters_add (Counters *self, guint option, DpopCountOptions behind, guint64 count)
{
  for (guint first = 0; count != 0; first++, count >>= 1)
    {
      DpopCountOptions carry = (count & 1) != 0 ? behind : 0;

      for (guint k = first; carry != 0; k++)
        {
          DpopCountOptions both = self->digits[option][k] & carry;

          self->digits[option][k] ^= carry;
          carry = both;
        }
    }
}

static void
counters_add_ballot (Counters *self, const DpopCountBallot *ballot, guint n_options)
{
  DpopCountOptions at[DPOP_COUNT_MAX_OPTIONS + 1] = { 0 }, behind[DPOP_COUNT_MAX_OPTIONS + 1];
  DpopCountOptions seen;

  for (guint i = 0; i < n_options; i++)
    at[ballot->ranks[i]] |= G_GUINT64_CONSTANT (1) << i;
  behind[0] = 0;
  seen = at[0];
  for (guint rank = n_options; rank > 0; rank--)
    {
      behind[rank] = seen;
      seen |= at[rank];
    }
  for (guint i = 0; i < n_options; i++)
    counters_add (self, i, behind[ballot->ranks[i]], ballot->count);
}

static void
counters_read (const Counters *self, DpopCountSchulzeFigures *figures)
{
  for (guint a = 0; a < figures->n_options; a++)
    for (guint b = 0; b < figures->n_options; b++)
      for (guint k = 0; k < DIGITS; k++)
        figures->preferred[a][b] |= (self->digits[a][k] >> b & 1) << k;
}

DpopCountFault
dpop_count_schulze_tally (DpopCountSchulzeFigures *figures, guint n_options,
                          const DpopCountBallot *ballots, gsize n_ballots, gsize *faulty)
{
  Counters counters = { 0 };

  memset (figures, 0, sizeof *figures);
  if (n_options == 0)
    return DPOP_COUNT_FAULT_NO_OPTIONS;
  if (n_options > DPOP_COUNT_MAX_OPTIONS)
    return DPOP_COUNT_FAULT_TOO_MANY_OPTIONS;
  figures->n_options = n_options;

  for (gsize i = 0; i < n_ballots; i++)
    {
      DpopCountFault fault = dpop_count_ballot_check (&ballots[i], n_options);

      if (fault == DPOP_COUNT_FAULT_NONE
          && figures->ballots + ballots[i].count > DPOP_COUNT_MAX_VOTES)
        fault = DPOP_COUNT_FAULT_TOO_MANY_VOTES;
      if (fault != DPOP_COUNT_FAULT_NONE)
        {
          if (faulty != NULL)
            *faulty = i;
          return fault;
        }
      figures->ballots += ballots[i].count;
      if (dpop_count_ballot_is_blank (&ballots[i], n_options))
        figures->blank += ballots[i].count;
      counters_add_ballot (&counters, &ballots[i], n_options);
    }
  figures->turnout = (DpopCountTurnout){ figures->ballots, figures->ballots };
  counters_read (&counters, figures);
  return DPOP_COUNT_FAULT_NONE;
}

DpopCountFault
dpop_count_schulze_figures_check (const DpopCountSchulzeFigures *figures)
{
  if (figures->n_options == 0)
    return DPOP_COUNT_FAULT_NO_OPTIONS;
  if (figures->n_options > DPOP_COUNT_MAX_OPTIONS)
    return DPOP_COUNT_FAULT_TOO_MANY_OPTIONS;
  if (figures->ballots > DPOP_COUNT_MAX_VOTES || figures->turnout.entitled > DPOP_COUNT_MAX_VOTES)
    return DPOP_COUNT_FAULT_TOO_MANY_VOTES;
  if (figures->blank > figures->ballots
      || !dpop_count_turnout_is_valid (&figures->turnout, figures->ballots))
    return DPOP_COUNT_FAULT_FIGURES;
  for (guint a = 0; a < DPOP_COUNT_MAX_OPTIONS; a++)
    for (guint b = 0; b < DPOP_COUNT_MAX_OPTIONS; b++)
      {
        gboolean pair = a != b && a < figures->n_options && b < figures->n_options;
        guint64 most = pair ? figures->ballots - figures->blank : 0;

        if (figures->preferred[a][b] > most
            || figures->preferred[a][b] + figures->preferred[b][a] > most)
          return DPOP_COUNT_FAULT_FIGURES;
      }
  return DPOP_COUNT_FAULT_NONE;
}

/* Strength as one number, by the paper's definition; 0 for what is no link: a tie or a defeat.
 * Leaving those out changes nothing for who beats whom: where neither side has a path of victories,
 * the two are tied directly, and ties are equally strong. */
static guint64
strength (const DpopCountSchulze *self, DpopCountSchulzeLink link)
{
  if (link.support <= link.opposition)
    return 0;
  if (self->rule.strength == DPOP_COUNT_SCHULZE_MARGINS)
    return link.support - link.opposition;
  return link.support << 32 | (G_MAXUINT32 - link.opposition);
}

static gboolean
takes_part (const DpopCountSchulze *self, guint option)
{
  return !dpop_count_options_has (self->dropped, option);
}

static gboolean
judge_against_default (DpopCountSchulze *self, guint option)
{
  guint other = (guint) self->rule.default_option;
  guint64 favour = self->figures.preferred[option][other];
  guint64 against = self->figures.preferred[other][option];
  DpopCountThreshold ratio = { self->rule.default_ratio, self->rule.default_strict };
  DpopCountReason majority = dpop_count_reason_share (
      DPOP_COUNT_REASON_DEFAULT_MAJORITY, DPOP_COUNT_BASE_YES_NO, &ratio, favour, against);
  gboolean passed;

  majority.needed = MAX (majority.needed, against + 1);
  majority.satisfied = favour >= majority.needed;
  majority.option = (int) option;
  passed = majority.satisfied;
  if (self->rule.default_quorum > 0)
    {
      DpopCountReason quorum = {
        .code = DPOP_COUNT_REASON_DEFAULT_QUORUM,
        .over = DPOP_COUNT_BASE_PRESENT,
        .threshold = { { 0, 1 }, FALSE },
        .figure = favour,
        .needed = self->rule.default_quorum,
        .base = self->figures.turnout.present,
        .option = (int) option,
        .satisfied = favour >= self->rule.default_quorum,
      };

      g_array_append_val (self->reasons, quorum);
      passed = passed && quorum.satisfied;
    }
  g_array_append_val (self->reasons, majority);
  return passed;
}

static void
drop_options (DpopCountSchulze *self)
{
  if (self->rule.default_option == DPOP_COUNT_NO_OPTION)
    return;
  for (guint i = 0; i < self->figures.n_options; i++)
    if ((int) i != self->rule.default_option && !judge_against_default (self, i))
      self->dropped |= G_GUINT64_CONSTANT (1) << i;
}

static void
lay_links (DpopCountSchulze *self)
{
  guint n = self->figures.n_options;

  for (guint a = 0; a < n; a++)
    for (guint b = 0; b < n; b++)
      {
        DpopCountSchulzeLink link = { self->figures.preferred[a][b],
                                      self->figures.preferred[b][a] };

        if (a == b || !takes_part (self, a) || !takes_part (self, b)
            || strength (self, link) == 0)
          continue;
        self->paths[a][b] = link;
        self->before[a][b] = (guint8) a;
      }
}

/* Section 2.3.1 of the paper: Floyd and Warshall's algorithm for the widest path. */
static void
widen_paths (DpopCountSchulze *self)
{
  guint n = self->figures.n_options;

  for (guint via = 0; via < n; via++)
    for (guint a = 0; a < n; a++)
      {
        guint64 first = strength (self, self->paths[a][via]);

        if (a == via || first == 0)
          continue;
        for (guint b = 0; b < n; b++)
          {
            guint64 second = strength (self, self->paths[via][b]);

            if (b == a || b == via
                || MIN (first, second) <= strength (self, self->paths[a][b]))
              continue;
            self->paths[a][b] = first <= second ? self->paths[a][via] : self->paths[via][b];
            self->before[a][b] = self->before[via][b];
          }
      }
}

/* Who beats whom is transitive, but being tied is not: A may beat B and both be tied with C.
 * Taking away the unbeaten ones again and again gives an order in which nobody stands behind whom
 * they beat, and whose front is the paper's set of winners. */
static void
order_options (DpopCountSchulze *self)
{
  guint n = self->figures.n_options, placed = 0;
  DpopCountOptions left = 0;

  for (guint i = 0; i < n; i++)
    if (takes_part (self, i))
      left |= G_GUINT64_CONSTANT (1) << i;
  while (left != 0)
    {
      DpopCountOptions unbeaten = 0;
      guint place = placed + 1;

      for (guint a = 0; a < n; a++)
        {
          gboolean beaten = !dpop_count_options_has (left, a);

          for (guint b = 0; b < n && !beaten; b++)
            beaten = dpop_count_options_has (left, b) && dpop_count_schulze_beats (self, b, a);
          if (beaten)
            continue;
          unbeaten |= G_GUINT64_CONSTANT (1) << a;
          self->place[a] = place;
          self->order[placed++] = a;
        }
      g_assert (unbeaten != 0);
      if (place == 1)
        self->winners = unbeaten;
      left &= ~unbeaten;
    }
  for (guint i = 0; i < n; i++)
    if (!takes_part (self, i))
      self->order[placed++] = i;
}

static int
find_condorcet_winner (const DpopCountSchulze *self)
{
  guint n = self->figures.n_options;

  for (guint a = 0; a < n; a++)
    {
      gboolean wins = takes_part (self, a);

      for (guint b = 0; b < n && wins; b++)
        wins = a == b || !takes_part (self, b)
               || self->figures.preferred[a][b] > self->figures.preferred[b][a];
      if (wins)
        return (int) a;
    }
  return DPOP_COUNT_NO_OPTION;
}

DpopCountSchulze *
dpop_count_schulze_new (const DpopCountSchulzeRule *rule, const DpopCountSchulzeFigures *figures,
                        DpopCountFault *fault)
{
  DpopCountFault found = dpop_count_schulze_rule_check (rule, figures->n_options);
  DpopCountSchulze *self;
  gboolean quorum;

  if (found == DPOP_COUNT_FAULT_NONE)
    found = dpop_count_schulze_figures_check (figures);
  if (fault != NULL)
    *fault = found;
  if (found != DPOP_COUNT_FAULT_NONE)
    return NULL;

  self = g_new0 (DpopCountSchulze, 1);
  self->rule = *rule;
  self->figures = *figures;
  self->reasons = g_array_new (FALSE, FALSE, sizeof (DpopCountReason));
  quorum = dpop_count_quorum_judge (&rule->quorum, &figures->turnout, self->reasons);
  drop_options (self);
  lay_links (self);
  widen_paths (self);
  order_options (self);
  self->condorcet_winner = find_condorcet_winner (self);
  self->outcome = !quorum ? DPOP_COUNT_SCHULZE_NO_QUORUM
                  : (self->winners & (self->winners - 1)) == 0 ? DPOP_COUNT_SCHULZE_DECIDED
                                                               : DPOP_COUNT_SCHULZE_TIED;
  return self;
}

void
dpop_count_schulze_free (DpopCountSchulze *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->reasons);
  g_free (self);
}

gboolean
dpop_count_schulze_beats (const DpopCountSchulze *self, guint a, guint b)
{
  g_return_val_if_fail (a < self->figures.n_options && b < self->figures.n_options, FALSE);
  return strength (self, self->paths[a][b]) > strength (self, self->paths[b][a]);
}

guint
dpop_count_schulze_path (const DpopCountSchulze *self, guint a, guint b,
                         guint path[DPOP_COUNT_MAX_OPTIONS])
{
  guint length = 1;

  g_return_val_if_fail (a < self->figures.n_options && b < self->figures.n_options, 0);
  if (a == b || strength (self, self->paths[a][b]) == 0)
    return 0;
  for (guint at = b; at != a; at = self->before[a][at])
    length++;
  path[length - 1] = b;
  for (guint i = length - 1; i > 0; i--)
    path[i - 1] = self->before[a][path[i]];
  return length;
}
