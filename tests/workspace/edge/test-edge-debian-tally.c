/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-count-schulze.h"
#include "dpop-edge-debian-tally.h"
#include "fixture-case.h"

#include <string.h>

static DpopEdgeBallots *
read_text (const char *text)
{
  g_autoptr (GError) error = NULL;
  DpopEdgeBallots *ballots = dpop_edge_debian_tally_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  return ballots;
}

/* The ranks of one ballot, as "1-2". */
static void
assert_ranks (const DpopEdgeBallots *ballots, guint number, const char *expected)
{
  const DpopCountBallot *ballot = &g_array_index (ballots->ballots, DpopCountBallot, number);

  g_assert_cmpuint (strlen (expected), ==, ballots->options->len);
  for (guint i = 0; i < ballots->options->len; i++)
    g_assert_cmpuint (ballot->ranks[i], ==, expected[i] == '-' ? 0 : expected[i] - '0');
  g_assert_cmpint (dpop_count_ballot_check (ballot, ballots->options->len), ==,
                   DPOP_COUNT_FAULT_NONE);
}

static const char *
name (const DpopEdgeBallots *ballots, guint option)
{
  return g_ptr_array_index (ballots->options, option);
}

static void
test_a_sheet_is_read (void)
{
  g_autoptr (DpopEdgeBallots) ballots =
      read_text ("\t\t Tally Sheet for the votes cast. \n"
                 "   The format is:\n"
                 "       \"V: vote \t\tHMAC_SHA256_HEX\"\n"
                 "\n"
                 "     Option 1----->: Ada: First of Hers\n"
                 "   /  Option 2---->: B. Option 7\n"
                 "   |/  Option 3--->: None Of The Above\n"
                 "   |||\n"
                 "V: 213 \t\t00230fd5\n"
                 "V: 1-- \t\t0104ae27\n"
                 "V: -8B\tname Some Body\n"
                 "V: ---\n");

  g_assert_cmpuint (ballots->options->len, ==, 3);
  g_assert_cmpstr (name (ballots, 0), ==, "Ada: First of Hers");
  g_assert_cmpstr (name (ballots, 1), ==, "B. Option 7");
  g_assert_cmpstr (name (ballots, 2), ==, "None Of The Above");
  g_assert_cmpuint (ballots->voters, ==, 4);
  g_assert_cmpuint (ballots->seats, ==, 1);
  g_assert_null (ballots->title);
  assert_ranks (ballots, 0, "213");
  assert_ranks (ballots, 1, "1--");
  assert_ranks (ballots, 2, "-12");
  assert_ranks (ballots, 3, "---");
}

static void
test_old_sheets_are_read (void)
{
  g_autoptr (DpopEdgeBallots) latin =
      read_text ("Option 1->: Rapha\xebl\r\n/Option 2->: Further Discussion\r\n"
                 "V: 12\tx\r\n  V:21\ty\r\n");
  g_autoptr (DpopEdgeBallots) blank = read_text ("Option 1: A\nOption 2: B\nOption 3: C\n"
                                                 "V: 1 2 abc\nV:  1  def\nV: 3  \tghi\n");
  g_autoptr (DpopEdgeBallots) bare = read_text ("\xef\xbb\xbfV: vote  md5\nV: 1-2 a\nV: a1b b\n");

  g_assert_cmpstr (name (latin, 0), ==, "Raphaël");
  assert_ranks (latin, 1, "21");
  assert_ranks (blank, 0, "1-2");
  assert_ranks (blank, 1, "-1-");
  assert_ranks (blank, 2, "1--");
  g_assert_null (g_strstr_len (name (bare, 0), -1, "vote"));
  g_assert_cmpstr (name (bare, 2), ==, "3");
  assert_ranks (bare, 1, "213");
}

static void
test_twelve_options_rank_by_letters (void)
{
  GString *text = g_string_new (NULL);
  g_autoptr (DpopEdgeBallots) ballots = NULL;
  const DpopCountBallot *ballot;

  for (guint i = 1; i <= 12; i++)
    g_string_append_printf (text, "%*s/ Option %u--->: Option %u\n", (int) i, "", i, i);
  g_string_append (text, "V: 123456789ABC hash\nV: cba987654321 hash\n");
  ballots = read_text (text->str);
  g_assert_cmpuint (ballots->options->len, ==, 12);
  for (guint i = 0; i < 12; i++)
    {
      ballot = &g_array_index (ballots->ballots, DpopCountBallot, 0);
      g_assert_cmpuint (ballot[0].ranks[i], ==, i + 1);
      g_assert_cmpuint (ballot[1].ranks[i], ==, 12 - i);
    }
  g_string_free (text, TRUE);
}

static void
test_what_cannot_be_read_is_named (void)
{
#define HEAD "Option 1->: A\nOption 2->: B\n"
  static const struct
  {
    const char *text;
    const char *line;
    int code;
  } bad[] = {
    { "", "empty", DPOP_EDGE_ERROR_EMPTY },
    { " \n\t\n", "empty", DPOP_EDGE_ERROR_EMPTY },
    { "4 2\n1 1 0\n0\n", "No line begins", DPOP_EDGE_ERROR_MEANING },
    { HEAD, "No line begins", DPOP_EDGE_ERROR_MEANING },
    { HEAD "V: 12 a\nV: 123 b\n", "Line 4: The ballot has 3 characters, but there are 2",
      DPOP_EDGE_ERROR_SYNTAX },
    { HEAD "V: 1 \n V: \n", "Line 4: There is no ballot", DPOP_EDGE_ERROR_SYNTAX },
    { HEAD "V: 1\ta\n", "Line 3: The ballot has 1", DPOP_EDGE_ERROR_SYNTAX },
    { HEAD "V: 10 a\n", "Line 3: Character 2", DPOP_EDGE_ERROR_SYNTAX },
    { HEAD "V: 1? a\n", "Line 3: Character 2", DPOP_EDGE_ERROR_SYNTAX },
    { "Option 1->: A\nOption 3->: C\nV: 12\n", "Line 2: Here option 2", DPOP_EDGE_ERROR_SYNTAX },
    { "Option 1->: A\nOption 1->: A\nV: 12\n", "Line 2: Here option 2", DPOP_EDGE_ERROR_SYNTAX },
    { HEAD "V: 12\nOption 3->: C\n", "Line 4: An option is listed behind", DPOP_EDGE_ERROR_SYNTAX },
    { "V: 1-\nV: 1-2\n", "Line 2: The ballot has 3", DPOP_EDGE_ERROR_SYNTAX },
    { "V: 11111111111111111111111111111111111111111111111111111111111111111\n", "Line 1: ",
      DPOP_EDGE_ERROR_TOO_LARGE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", bad[i].text);
      g_assert_null (dpop_edge_debian_tally_parse (bad[i].text, strlen (bad[i].text), &error));
      g_assert_error (error, DPOP_EDGE_ERROR, bad[i].code);
      g_assert_nonnull (strstr (error->message, bad[i].line));
    }
}

static void
test_a_sheet_is_told_from_other_files (void)
{
  g_assert_true (dpop_edge_debian_tally_looks_like ("x\r  V: 1", 8));
  g_assert_true (dpop_edge_debian_tally_looks_like ("V:", 2));
  g_assert_false (dpop_edge_debian_tally_looks_like ("V:", 1));
  g_assert_false (dpop_edge_debian_tally_looks_like ("4 2\n \"V: x\"\n", 12));
  g_assert_false (dpop_edge_debian_tally_looks_like ("", 0));
}

/* Published at https://www.debian.org/vote/2020/vote_001. */
static void
test_the_election_of_2020 (void)
{
  static const gint64 margins[4][4] = { { 0, 201, 241, 267 }, { 0, 0, 49, 168 }, { 0, 0, 0, 69 } };
  g_autoptr (GBytes) bytes = fixture_case ("counting/debian-leader-2020.txt");
  g_autoptr (DpopEdgeBallots) ballots = NULL;
  g_autofree DpopCountSchulzeFigures *figures = g_new (DpopCountSchulzeFigures, 1);
  DpopCountSchulzeRule rule = dpop_count_schulze_rule_simple ();
  g_autoptr (DpopCountSchulze) result = NULL;
  g_autoptr (GError) error = NULL;

  if (bytes == NULL)
    return;
  ballots = dpop_edge_debian_tally_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                          &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ballots->ballots->len, ==, 339);
  g_assert_cmpstr (name (ballots, 0), ==, "Jonathan Carter");
  g_assert_cmpstr (name (ballots, 3), ==, "None Of The Above");
  g_assert_cmpint (dpop_count_schulze_tally (figures, 4, (gpointer) ballots->ballots->data,
                                             ballots->ballots->len, NULL),
                   ==, DPOP_COUNT_FAULT_NONE);
  rule.default_option = 3;
  rule.default_quorum = 48;
  result = dpop_count_schulze_new (&rule, figures, NULL);
  g_assert_cmpint (result->outcome, ==, DPOP_COUNT_SCHULZE_DECIDED);
  g_assert_cmphex (result->dropped, ==, 0);
  g_assert_cmpint (result->condorcet_winner, ==, 0);
  for (guint a = 0; a < 4; a++)
    {
      g_assert_cmpuint (result->order[a], ==, a);
      g_assert_cmpuint (result->place[a], ==, a + 1);
      for (guint b = a + 1; b < 4; b++)
        g_assert_cmpint ((gint64) figures->preferred[a][b] - (gint64) figures->preferred[b][a], ==,
                         margins[a][b]);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define CLAIM(text, function) g_test_add_func ("/edge/debian-tally/" text, function)
  CLAIM ("A sheet is read", test_a_sheet_is_read);
  CLAIM ("Old sheets are read", test_old_sheets_are_read);
  CLAIM ("Twelve options rank by letters", test_twelve_options_rank_by_letters);
  CLAIM ("What cannot be read is named with its line", test_what_cannot_be_read_is_named);
  CLAIM ("A sheet is told from other files", test_a_sheet_is_told_from_other_files);
  CLAIM ("The election of 2020 gives its published order and margins", test_the_election_of_2020);
#undef CLAIM
  return g_test_run ();
}
