/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-count-schulze.h"
#include "fixture-random.h"

#include <string.h>

/* Laws that hold for every election, tried on random small ones. An election that breaks a law is
 * made smaller as long as it still breaks it, and printed. */
#define MOST_OPTIONS 6
#define MOST_BALLOTS 8

typedef struct
{
  guint n_options;
  guint n_ballots;
  DpopCountBallot ballots[MOST_BALLOTS];
  guint64 salt; /* what a law draws on the side: the same for all shrunk forms */
} Election;

typedef gboolean (*Law) (const Election *election, DpopCountSchulzeStrength strength);

static void
draw (Election *self, guint64 seed)
{
  FixtureRandom random;

  memset (self, 0, sizeof *self);
  fixture_random_init (&random, seed);
  self->n_options = 1 + (guint) fixture_random_below (&random, MOST_OPTIONS);
  self->n_ballots = (guint) fixture_random_below (&random, MOST_BALLOTS + 1);
  self->salt = fixture_random_next (&random);
  for (guint i = 0; i < self->n_ballots; i++)
    {
      self->ballots[i].count = 1 + fixture_random_below (&random, 3);
      for (guint option = 0; option < self->n_options; option++)
        self->ballots[i].ranks[option] =
            (guint16) fixture_random_below (&random, self->n_options + 1);
    }
}

static DpopCountSchulzeFigures *
tally (const Election *election)
{
  DpopCountSchulzeFigures *figures = g_new (DpopCountSchulzeFigures, 1);

  g_assert_cmpint (dpop_count_schulze_tally (figures, election->n_options, election->ballots,
                                             election->n_ballots, NULL),
                   ==, DPOP_COUNT_FAULT_NONE);
  return figures;
}

static DpopCountSchulze *
count (const Election *election, DpopCountSchulzeStrength strength)
{
  g_autofree DpopCountSchulzeFigures *figures = tally (election);
  DpopCountSchulzeRule rule = dpop_count_schulze_rule_simple ();

  rule.strength = strength;
  return dpop_count_schulze_new (&rule, figures, NULL);
}

/* What a ballot says of two options, by its definition alone. */
static gboolean
prefers (const DpopCountBallot *ballot, guint a, guint b)
{
  return ballot->ranks[a] != 0 && (ballot->ranks[b] == 0 || ballot->ranks[a] < ballot->ranks[b]);
}

static guint64
preferring (const Election *election, guint a, guint b)
{
  guint64 sum = 0;

  for (guint i = 0; i < election->n_ballots; i++)
    if (prefers (&election->ballots[i], a, b))
      sum += election->ballots[i].count;
  return sum;
}

/* --- Laws -------------------------------------------------------------------------------- */

static gboolean
pairs_are_counted (const Election *election, DpopCountSchulzeStrength strength)
{
  g_autofree DpopCountSchulzeFigures *figures = tally (election);

  for (guint a = 0; a < election->n_options; a++)
    for (guint b = 0; b < election->n_options; b++)
      if (figures->preferred[a][b] != (a == b ? 0 : preferring (election, a, b)))
        return FALSE;
  return dpop_count_schulze_figures_check (figures) == DPOP_COUNT_FAULT_NONE;
}

/* A link's strength as the paper defines it, defeats and ties included: victories before ties
 * before defeats; then, by winning votes, more support, then less opposition. Compared without
 * packing. */
static int
compare_links (DpopCountSchulzeLink x, DpopCountSchulzeLink y, DpopCountSchulzeStrength strength)
{
  gint64 margin_x = (gint64) x.support - (gint64) x.opposition;
  gint64 margin_y = (gint64) y.support - (gint64) y.opposition;
  int sign_x = (margin_x > 0) - (margin_x < 0), sign_y = (margin_y > 0) - (margin_y < 0);

  if (strength == DPOP_COUNT_SCHULZE_MARGINS)
    return (margin_x > margin_y) - (margin_x < margin_y);
  if (sign_x != sign_y || sign_x == 0)
    return sign_x - sign_y;
  if (sign_x < 0 && x.opposition != y.opposition)
    return x.opposition < y.opposition ? 1 : -1;
  if (x.support != y.support)
    return x.support > y.support ? 1 : -1;
  return (x.opposition < y.opposition) - (x.opposition > y.opposition);
}

/* The best over all simple paths from AT to END that avoid SEEN; WEAKEST so far. */
static void
walk (const Election *election, DpopCountSchulzeStrength strength, guint at, guint end, guint seen,
      const DpopCountSchulzeLink *weakest, DpopCountSchulzeLink *best, gboolean *found)
{
  if (at == end)
    {
      if (!*found || compare_links (*weakest, *best, strength) > 0)
        *best = *weakest;
      *found = TRUE;
      return;
    }
  for (guint next = 0; next < election->n_options; next++)
    if ((seen >> next & 1) == 0)
      {
        DpopCountSchulzeLink link = { preferring (election, at, next),
                                      preferring (election, next, at) };

        if (weakest != NULL && compare_links (*weakest, link, strength) < 0)
          link = *weakest;
        walk (election, strength, next, end, seen | 1u << next, &link, best, found);
      }
}

static DpopCountSchulzeLink
best_path (const Election *election, DpopCountSchulzeStrength strength, guint a, guint b)
{
  DpopCountSchulzeLink best = { 0 };
  gboolean found = FALSE;

  walk (election, strength, a, b, 1u << a, NULL, &best, &found);
  g_assert_true (found);
  return best;
}

static gboolean
all_paths_agree (const Election *election, DpopCountSchulzeStrength strength)
{
  g_autoptr (DpopCountSchulze) result = count (election, strength);

  for (guint a = 0; a < election->n_options; a++)
    for (guint b = 0; b < election->n_options; b++)
      {
        DpopCountSchulzeLink there, back;

        if (a == b)
          continue;
        there = best_path (election, strength, a, b);
        back = best_path (election, strength, b, a);
        if (dpop_count_schulze_beats (result, a, b) != (compare_links (there, back, strength) > 0))
          return FALSE;
        if (there.support > there.opposition
            && compare_links (result->paths[a][b], there, strength) != 0)
          return FALSE;
      }
  return TRUE;
}

static gboolean
paths_are_as_strong_as_told (const Election *election, DpopCountSchulzeStrength strength)
{
  g_autoptr (DpopCountSchulze) result = count (election, strength);

  for (guint a = 0; a < election->n_options; a++)
    for (guint b = 0; b < election->n_options; b++)
      {
        guint path[DPOP_COUNT_MAX_OPTIONS];
        guint n = dpop_count_schulze_path (result, a, b, path);
        DpopCountSchulzeLink told = result->paths[a][b];
        gboolean met = FALSE;
        guint seen = 0;

        g_assert_cmpuint (n, <=, MOST_OPTIONS);
        if (n == 0 && told.support == 0)
          continue;
        if (n < 2 || path[0] != a || path[n - 1] != b)
          return FALSE;
        for (guint i = 1; i < n; i++)
          {
            DpopCountSchulzeLink link = { preferring (election, path[i - 1], path[i]),
                                          preferring (election, path[i], path[i - 1]) };

            if (path[i] == a || (seen >> path[i] & 1) != 0)
              return FALSE;
            seen |= 1u << path[i];
            if (link.support <= link.opposition || compare_links (link, told, strength) < 0)
              return FALSE;
            met = met || compare_links (link, told, strength) == 0;
          }
        if (!met)
          return FALSE;
      }
  return TRUE;
}

static gboolean
the_order_keeps_victories (const Election *election, DpopCountSchulzeStrength strength)
{
  g_autoptr (DpopCountSchulze) result = count (election, strength);
  guint seen = 0;

  for (guint a = 0; a < MOST_OPTIONS && a < election->n_options; a++)
    {
      gboolean unbeaten = TRUE;

      for (guint b = 0; b < election->n_options; b++)
        {
          if (dpop_count_schulze_beats (result, a, b) && result->place[a] >= result->place[b])
            return FALSE;
          unbeaten = unbeaten && !dpop_count_schulze_beats (result, b, a);
        }
      if (dpop_count_options_has (result->winners, a) != unbeaten
          || unbeaten != (result->place[a] == 1))
        return FALSE;
      if (a > 0 && result->place[result->order[a]] < result->place[result->order[a - 1]])
        return FALSE;
      seen |= 1u << result->order[a];
    }
  return seen == (1u << election->n_options) - 1;
}

static void
shuffle (guint *items, guint n, FixtureRandom *random)
{
  for (guint i = 0; i < n; i++)
    items[i] = i;
  for (guint i = n; i > 1; i--)
    {
      guint j = (guint) fixture_random_below (random, i);
      guint kept = items[i - 1];

      items[i - 1] = items[j];
      items[j] = kept;
    }
}

static gboolean
ballots_may_come_in_any_order (const Election *election, DpopCountSchulzeStrength strength)
{
  Election other = *election;
  g_autofree DpopCountSchulzeFigures *one = tally (election), *two = NULL;
  guint moved[MOST_BALLOTS];
  FixtureRandom random;

  fixture_random_init (&random, election->salt);
  shuffle (moved, election->n_ballots, &random);
  for (guint i = 0; i < election->n_ballots; i++)
    other.ballots[moved[i]] = election->ballots[i];
  two = tally (&other);
  return memcmp (one, two, sizeof *one) == 0;
}

static gboolean
options_may_come_in_any_order (const Election *election, DpopCountSchulzeStrength strength)
{
  Election other = *election;
  g_autoptr (DpopCountSchulze) one = count (election, strength), two = NULL;
  guint moved[MOST_OPTIONS];
  FixtureRandom random;

  fixture_random_init (&random, election->salt);
  shuffle (moved, election->n_options, &random);
  for (guint i = 0; i < election->n_ballots; i++)
    for (guint option = 0; option < election->n_options; option++)
      other.ballots[i].ranks[moved[option]] = election->ballots[i].ranks[option];
  two = count (&other, strength);
  for (guint a = 0; a < election->n_options; a++)
    {
      if (one->place[a] != two->place[moved[a]])
        return FALSE;
      for (guint b = 0; b < election->n_options; b++)
        if (compare_links (one->paths[a][b], two->paths[moved[a]][moved[b]], strength) != 0)
          return FALSE;
    }
  return one->outcome == two->outcome;
}

static gboolean
unranked_is_last (const Election *election, DpopCountSchulzeStrength strength)
{
  Election other = *election;
  g_autofree DpopCountSchulzeFigures *one = tally (election), *two = NULL;

  for (guint i = 0; i < other.n_ballots; i++)
    {
      guint16 last = 0;

      dpop_count_ballot_close_gaps (&other.ballots[i], other.n_options);
      for (guint option = 0; option < other.n_options; option++)
        last = MAX (last, other.ballots[i].ranks[option]);
      for (guint option = 0; option < other.n_options; option++)
        if (other.ballots[i].ranks[option] == 0)
          other.ballots[i].ranks[option] = last + 1;
    }
  two = tally (&other);
  return memcmp (one->preferred, two->preferred, sizeof one->preferred) == 0;
}

static gboolean
merged_is_counted_singly (const Election *election, DpopCountSchulzeStrength strength)
{
  g_autoptr (GArray) single = g_array_new (FALSE, FALSE, sizeof (DpopCountBallot));
  g_autofree DpopCountSchulzeFigures *one = tally (election);
  g_autofree DpopCountSchulzeFigures *two = g_new (DpopCountSchulzeFigures, 1);

  for (guint i = 0; i < election->n_ballots; i++)
    for (guint64 voter = 0; voter < election->ballots[i].count; voter++)
      {
        DpopCountBallot ballot = election->ballots[i];

        ballot.count = 1;
        g_array_append_val (single, ballot);
      }
  g_assert_cmpint (dpop_count_schulze_tally (two, election->n_options, (gpointer) single->data,
                                             single->len, NULL),
                   ==, DPOP_COUNT_FAULT_NONE);
  return memcmp (one, two, sizeof *one) == 0;
}

static gboolean
a_condorcet_winner_wins (const Election *election, DpopCountSchulzeStrength strength)
{
  g_autoptr (DpopCountSchulze) result = count (election, strength);
  int winner = DPOP_COUNT_NO_OPTION;

  for (guint a = 0; a < election->n_options; a++)
    {
      gboolean wins = TRUE;

      for (guint b = 0; b < election->n_options; b++)
        wins = wins && (a == b || preferring (election, a, b) > preferring (election, b, a));
      if (wins)
        winner = (int) a;
    }
  if (result->condorcet_winner != winner)
    return FALSE;
  return winner == DPOP_COUNT_NO_OPTION || result->winners == G_GUINT64_CONSTANT (1) << winner;
}

/* The smallest set whose members are each preferred by a majority to everyone outside. */
static gboolean
winners_are_in_the_smith_set (const Election *election, DpopCountSchulzeStrength strength)
{
  g_autoptr (DpopCountSchulze) result = count (election, strength);
  guint all = (1u << election->n_options) - 1, smith = all;

  for (guint set = 1; set <= all; set++)
    {
      gboolean dominates = TRUE;

      for (guint a = 0; a < election->n_options; a++)
        for (guint b = 0; b < election->n_options; b++)
          if ((set >> a & 1) != 0 && (set >> b & 1) == 0)
            dominates = dominates && preferring (election, a, b) > preferring (election, b, a);
      if (dominates && (set & ~smith) == 0)
        smith = set;
    }
  return (result->winners & ~(DpopCountOptions) smith) == 0;
}

static gboolean
whom_all_prefer_wins_over (const Election *election, DpopCountSchulzeStrength strength)
{
  g_autoptr (DpopCountSchulze) result = count (election, strength);
  guint64 voters = result->figures.ballots;

  for (guint a = 0; a < election->n_options; a++)
    for (guint b = 0; b < election->n_options; b++)
      if (voters > 0 && a != b && preferring (election, a, b) == voters
          && !dpop_count_schulze_beats (result, a, b))
        return FALSE;
  return TRUE;
}

/* One ballot puts a winner alone in front. */
static gboolean
a_winner_raised_still_wins (const Election *election, DpopCountSchulzeStrength strength)
{
  g_autoptr (DpopCountSchulze) before = count (election, strength);

  for (guint winner = 0; winner < election->n_options; winner++)
    for (guint i = 0; i < election->n_ballots; i++)
      {
        Election raised = *election;
        g_autoptr (DpopCountSchulze) after = NULL;

        if (!dpop_count_options_has (before->winners, winner))
          continue;
        for (guint option = 0; option < election->n_options; option++)
          if (raised.ballots[i].ranks[option] != 0)
            raised.ballots[i].ranks[option]++;
        raised.ballots[i].ranks[winner] = 1;
        dpop_count_ballot_close_gaps (&raised.ballots[i], election->n_options);
        after = count (&raised, strength);
        if (!dpop_count_options_has (after->winners, winner))
          return FALSE;
      }
  return TRUE;
}

static gboolean
reversed_ballots_reverse_victories (const Election *election, DpopCountSchulzeStrength strength)
{
  Election reversed = *election;
  g_autoptr (DpopCountSchulze) one = count (election, strength), two = NULL;

  for (guint i = 0; i < reversed.n_ballots; i++)
    for (guint option = 0; option < reversed.n_options; option++)
      {
        guint16 rank = election->ballots[i].ranks[option];

        reversed.ballots[i].ranks[option] =
            rank == 0 ? 1 : (guint16) (election->n_options + 2 - rank);
      }
  for (guint i = 0; i < reversed.n_ballots; i++)
    dpop_count_ballot_close_gaps (&reversed.ballots[i], reversed.n_options);
  two = count (&reversed, strength);
  for (guint a = 0; a < election->n_options; a++)
    for (guint b = 0; b < election->n_options; b++)
      if (dpop_count_schulze_beats (one, a, b) != dpop_count_schulze_beats (two, b, a))
        return FALSE;
  return TRUE;
}

/* With a default option that all must defeat, what is not dropped is counted as if the rest had
 * not stood. */
static gboolean
dropped_options_change_nothing (const Election *election, DpopCountSchulzeStrength strength)
{
  DpopCountSchulzeRule rule = dpop_count_schulze_rule_simple ();
  g_autofree DpopCountSchulzeFigures *figures = tally (election);
  g_autoptr (DpopCountSchulze) whole = NULL, rest = NULL;
  Election left = *election;
  guint from[MOST_OPTIONS], n = 0;

  rule.strength = strength;
  rule.default_option = (int) (election->salt % election->n_options);
  whole = dpop_count_schulze_new (&rule, figures, NULL);
  for (guint option = 0; option < election->n_options; option++)
    {
      guint other = (guint) rule.default_option;
      gboolean defeats =
          preferring (election, option, other) > preferring (election, other, option);

      if (dpop_count_options_has (whole->dropped, option) != (option != other && !defeats))
        return FALSE;
      if (option == other || defeats)
        from[n++] = option;
    }
  left.n_options = n;
  for (guint i = 0; i < left.n_ballots; i++)
    {
      for (guint option = 0; option < election->n_options; option++)
        left.ballots[i].ranks[option] =
            option < n ? election->ballots[i].ranks[from[option]] : 0;
      dpop_count_ballot_close_gaps (&left.ballots[i], n);
    }
  rest = count (&left, strength);
  for (guint option = 0; option < n; option++)
    if (rest->place[option] != whole->place[from[option]])
      return FALSE;
  return TRUE;
}

/* --- Trying ------------------------------------------------------------------------------ */

static gboolean
breaks (Law law, const Election *election, DpopCountSchulzeStrength strength)
{
  return !law (election, strength);
}

/* One step smaller: a ballot less, a voter less, a rank less, the last option less. */
static gboolean
shrink_once (Law law, Election *election, DpopCountSchulzeStrength strength)
{
  Election smaller;

  for (guint i = 0; i < election->n_ballots; i++)
    {
      smaller = *election;
      smaller.ballots[i] = smaller.ballots[--smaller.n_ballots];
      if (breaks (law, &smaller, strength))
        goto shrunk;
      smaller = *election;
      if (--smaller.ballots[i].count > 0 && breaks (law, &smaller, strength))
        goto shrunk;
      for (guint option = 0; option < election->n_options; option++)
        {
          smaller = *election;
          if (smaller.ballots[i].ranks[option] == 0)
            continue;
          smaller.ballots[i].ranks[option]--;
          if (breaks (law, &smaller, strength))
            goto shrunk;
        }
    }
  smaller = *election;
  if (--smaller.n_options == 0)
    return FALSE;
  for (guint i = 0; i < smaller.n_ballots; i++)
    {
      smaller.ballots[i].ranks[smaller.n_options] = 0;
      dpop_count_ballot_close_gaps (&smaller.ballots[i], smaller.n_options);
    }
  if (!breaks (law, &smaller, strength))
    return FALSE;
shrunk:
  *election = smaller;
  return TRUE;
}

static char *
describe (const Election *election)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%u options;", election->n_options);
  for (guint i = 0; i < election->n_ballots; i++)
    {
      g_string_append_printf (text, " %d*", (int) election->ballots[i].count);
      for (guint option = 0; option < election->n_options; option++)
        g_string_append_printf (text, "%c", election->ballots[i].ranks[option] == 0
                                                ? '-'
                                                : '0' + election->ballots[i].ranks[option]);
    }
  return g_string_free (text, FALSE);
}

/* Whether an election out of RUNS breaks the law; the smallest one found. */
static gboolean
find_breach (Law law, guint runs, Election *election, guint64 *seed)
{
  for (*seed = 1; *seed <= runs; ++*seed)
    for (int strength = DPOP_COUNT_SCHULZE_WINNING_VOTES; strength <= DPOP_COUNT_SCHULZE_MARGINS;
         strength++)
      {
        draw (election, *seed);
        if (!breaks (law, election, (DpopCountSchulzeStrength) strength))
          continue;
        while (shrink_once (law, election, (DpopCountSchulzeStrength) strength))
          continue;
        return TRUE;
      }
  return FALSE;
}

static void
test_law (gconstpointer data)
{
  Law law = *(const Law *) data;
  Election election;
  guint64 seed;

  if (find_breach (law, 3000 / fixture_share (), &election, &seed))
    {
      g_autofree char *text = describe (&election);

      g_test_message ("seed %" G_GUINT64_FORMAT ", made smaller: %s", seed, text);
      g_test_fail ();
    }
}

/* What is no law of this method must be found out, or the tries above prove nothing. */
static gboolean
most_first_ranks_win (const Election *election, DpopCountSchulzeStrength strength)
{
  g_autoptr (DpopCountSchulze) result = count (election, strength);
  guint64 firsts[MOST_OPTIONS] = { 0 }, most = 0;
  guint leader = 0, leaders = 0;

  for (guint i = 0; i < election->n_ballots; i++)
    for (guint option = 0; option < election->n_options; option++)
      if (election->ballots[i].ranks[option] == 1)
        firsts[option] += election->ballots[i].count;
  for (guint option = 0; option < election->n_options; option++)
    if (firsts[option] > most)
      {
        most = firsts[option];
        leader = option;
      }
  for (guint option = 0; option < election->n_options; option++)
    leaders += firsts[option] == most;
  return most == 0 || leaders > 1 || dpop_count_options_has (result->winners, leader);
}

static void
test_a_false_law_is_found_out (void)
{
  Election election;
  guint64 seed, voters = 0;
  g_autofree char *text = NULL;

  g_assert_true (find_breach (most_first_ranks_win, 3000, &election, &seed));
  text = describe (&election);
  g_test_message ("seed %" G_GUINT64_FORMAT ", made smaller: %s", seed, text);
  for (guint i = 0; i < election.n_ballots; i++)
    voters += election.ballots[i].count;
  g_assert_cmpuint (voters, <=, 7);
  g_assert_cmpuint (election.n_options, <=, 4);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *claim;
    Law law;
  } laws[] = {
    { "Pairs are counted as ballots say", pairs_are_counted },
    { "All simple paths agree", all_paths_agree },
    { "Paths are as strong as told", paths_are_as_strong_as_told },
    { "The order keeps victories", the_order_keeps_victories },
    { "Ballots may come in any order", ballots_may_come_in_any_order },
    { "Options may come in any order", options_may_come_in_any_order },
    { "Unranked is last", unranked_is_last },
    { "Merged ballots count as single ones", merged_is_counted_singly },
    { "A Condorcet winner wins", a_condorcet_winner_wins },
    { "Winners are in the Smith set", winners_are_in_the_smith_set },
    { "Whom all prefer wins over the other", whom_all_prefer_wins_over },
    { "A winner who is raised still wins", a_winner_raised_still_wins },
    { "Reversed ballots reverse victories", reversed_ballots_reverse_victories },
    { "Dropped options change nothing", dropped_options_change_nothing },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (laws); i++)
    {
      g_autofree char *path = g_strconcat ("/count/schulze-laws/", laws[i].claim, NULL);

      g_test_add_data_func (path, &laws[i].law, test_law);
    }
  g_test_add_func ("/count/schulze-laws/A false law is found out", test_a_false_law_is_found_out);
  return g_test_run ();
}
