/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-edge-blt.h"
#include "fixture-case.h"

#include <string.h>

static DpopEdgeBallots *
read_text (const char *text)
{
  g_autoptr (GError) error = NULL;
  DpopEdgeBallots *ballots = dpop_edge_blt_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  return ballots;
}

static void
assert_ballot (const DpopEdgeBallots *ballots, guint number, guint64 count, const char *ranks)
{
  const DpopCountBallot *ballot = &g_array_index (ballots->ballots, DpopCountBallot, number);

  g_assert_cmpuint (ballot->count, ==, count);
  g_assert_cmpuint (strlen (ranks), ==, ballots->options->len);
  for (guint i = 0; i < ballots->options->len; i++)
    g_assert_cmpuint (ballot->ranks[i], ==, ranks[i] == '-' ? 0 : ranks[i] - '0');
  g_assert_cmpint (dpop_count_ballot_check (ballot, ballots->options->len), ==,
                   DPOP_COUNT_FAULT_NONE);
}

static void
assert_names (const DpopEdgeBallots *ballots, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < ballots->options->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "|" : "",
                            (char *) g_ptr_array_index (ballots->options, i));
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_everything_at_once (void)
{
  g_autoptr (DpopEdgeBallots) ballots =
      read_text ("# made by hand\n"
                 "4 2          # candidates, seats\n"
                 "-2 -4        # who withdrew\n"
                 "\n"
                 "1 4 1 3 2 0  # a full ballot\n"
                 "6 4 3 0\n"
                 "1 0          # an empty one\n"
                 "1 2 - 3 0    # one skipped\n"
                 "1 2=3 1 0\n"
                 "1 2 = 3 = 1 0\n"
                 "(id 7) 3 1 0\n"
                 "2 (4 1) 2 0  /* as Hill\n has it */ 5 3 0\n"
                 "0            # no more\n"
                 "\"Diane\"      # the \"first\"\n"
                 "\"Bob \"Bobby\" B.\"\n"
                 "\"Team #1\"\n"
                 "\"Amy \"\"A.\"\" A.\"\n"
                 "\"Gardening Club\"\n"
                 "\"source\" \"comment\"\n");

  g_assert_cmpuint (ballots->seats, ==, 2);
  g_assert_cmphex (ballots->withdrawn, ==, 0xa);
  assert_names (ballots, "Diane|Bob \"Bobby\" B.|Team #1|Amy \"A.\" A.");
  g_assert_cmpstr (ballots->title, ==, "Gardening Club");
  g_assert_cmpuint (ballots->ballots->len, ==, 9);
  g_assert_cmpuint (ballots->voters, ==, 21);
  assert_ballot (ballots, 0, 1, "2431");
  assert_ballot (ballots, 1, 6, "--21");
  assert_ballot (ballots, 2, 1, "----");
  assert_ballot (ballots, 3, 1, "-12-");
  assert_ballot (ballots, 4, 1, "211-");
  assert_ballot (ballots, 5, 1, "111-");
  assert_ballot (ballots, 6, 3, "1---");
  assert_ballot (ballots, 7, 2, "12-1");
  assert_ballot (ballots, 8, 5, "--1-");

  dpop_edge_ballots_strike_withdrawn (ballots);
  assert_names (ballots, "Diane|Team #1");
  g_assert_cmphex (ballots->withdrawn, ==, 0);
  assert_ballot (ballots, 0, 1, "12");
  assert_ballot (ballots, 1, 6, "-1");
  assert_ballot (ballots, 4, 1, "21");
}

static void
test_it_comes_from_anywhere (void)
{
  g_autoptr (DpopEdgeBallots) dos =
      read_text ("\xef\xbb\xbf" "2 1\r\n2 1 0\r\n0\r\n\"\xc3\x89" "a\"\r\n\"B\"\r\n\"T\"\r\n");
  g_autoptr (DpopEdgeBallots) latin =
      read_text ("2 1\r2 1 0\r0\r\"\xc9" "a\"\r\"B\"\r\"\xe9" "t\"");
  g_autoptr (DpopEdgeBallots) one_line = read_text ("2 1\n-1\n3 1 0 4 2 1 0 0 \"A\" \"B\" \"T\"");
  g_autoptr (DpopEdgeBallots) unquoted =
      read_text ("2 1\n1 2 0\n0\nCand A (Party A)\n  Cand B   # incumbent\nWardy Town\n");
  g_autoptr (DpopEdgeBallots) unnamed = read_text ("2 3\n1 2 0\n0\n");
  g_autoptr (DpopEdgeBallots) empty_name = read_text ("2 1\n1 2 0\n0\n\"\"\n\" \"\n\"\"\n");
  g_autoptr (DpopEdgeBallots) none = read_text ("1 1\n0");

  assert_names (dos, "Éa|B");
  g_assert_cmpstr (dos->title, ==, "T");
  assert_names (latin, "Éa|B");
  g_assert_cmpstr (latin->title, ==, "ét");
  g_assert_cmpuint (one_line->ballots->len, ==, 2);
  g_assert_cmpuint (one_line->voters, ==, 7);
  g_assert_cmphex (one_line->withdrawn, ==, 1);
  assert_names (one_line, "A|B");
  assert_names (unquoted, "Cand A (Party A)|Cand B");
  g_assert_cmpstr (unquoted->title, ==, "Wardy Town");
  assert_names (unnamed, "1|2");
  g_assert_cmpuint (unnamed->seats, ==, 3);
  assert_names (empty_name, "1|2");
  g_assert_null (empty_name->title);
  g_assert_cmpuint (none->ballots->len, ==, 0);
}

static void
test_what_cannot_be_read_is_named (void)
{
  static const struct
  {
    const char *text;
    const char *says;
    int code;
  } bad[] = {
    { "", "empty", DPOP_EDGE_ERROR_EMPTY },
    { "V: 12\n", "Line 1: Here a whole number", DPOP_EDGE_ERROR_SYNTAX },
    { "\n\n2\n1 1 0\n0\n", "Line 3: Here a whole number", DPOP_EDGE_ERROR_SYNTAX },
    { "2 1 1\n", "Line 1: The first line holds two", DPOP_EDGE_ERROR_SYNTAX },
    { "0 1\n", "Line 1: There must be a candidate", DPOP_EDGE_ERROR_MEANING },
    { "65 1\n", "Line 1: More than 64", DPOP_EDGE_ERROR_TOO_LARGE },
    { "2 1\n-3\n1 1 0\n0\n", "Line 2: There is no candidate 3", DPOP_EDGE_ERROR_MEANING },
    { "2 1\n1 3 0\n0\n", "Line 2: There is no candidate 3", DPOP_EDGE_ERROR_MEANING },
    { "2 1\n1 1 0\n1 -2 0\n0\n", "Line 3: Here a whole number", DPOP_EDGE_ERROR_SYNTAX },
    { "2 1\n1 1\n2 1 0\n0\n", "Line 2: The ballot does not end with 0", DPOP_EDGE_ERROR_SYNTAX },
    { "2 1\n1 1 2 1 0\n0\n", "Line 2: The ballot names candidate 1 twice",
      DPOP_EDGE_ERROR_MEANING },
    { "2 1\n1 1=1 0\n0\n", "Line 2: The ballot names candidate 1 twice",
      DPOP_EDGE_ERROR_MEANING },
    { "2 1\n1.5 1 0\n0\n", "Line 2: Only whole numbers", DPOP_EDGE_ERROR_SYNTAX },
    { "2 1\n0 1 2 0\n0\n", "Line 2: The ballot stands for 0", DPOP_EDGE_ERROR_MEANING },
    { "2 1\n9999999999 1 0\n0\n", "Line 2: A number is too large", DPOP_EDGE_ERROR_SYNTAX },
    { "2 1\n2147483647 1 0\n1 1 0\n0\n", "Line 3: All ballots so far", DPOP_EDGE_ERROR_TOO_LARGE },
    { "2 1\n(a 1 1 0\n0\n", "Line 2: The parenthesis", DPOP_EDGE_ERROR_SYNTAX },
    { "2 1\n1 (1 2 0\n0\n", "Line 2: There is no candidate 0", DPOP_EDGE_ERROR_MEANING },
    { "2 1\n1 1= 0\n0\n", "Line 2: There is no candidate 0", DPOP_EDGE_ERROR_MEANING },
    { "2 1\n1 1 0\n", "Line 3: The ballots do not end", DPOP_EDGE_ERROR_SYNTAX },
    { "2 1\n1 1 0\n\"A\"\n", "Line 3: The ballots do not end", DPOP_EDGE_ERROR_SYNTAX },
    { "2 1\n1 1 0\n0\n\"A\"\n", "before every candidate has a name", DPOP_EDGE_ERROR_MEANING },
    { "2 1\n1 1 0\n0\n\"A\n\"B\"\n", "Line 4: The quotation mark", DPOP_EDGE_ERROR_SYNTAX },
    { "1 1\n1 1 0\n0\n\"A\"\n\"T\"\n\"S\"\n\"C\"\n\"D\"\n", "Line 8: There are more names",
      DPOP_EDGE_ERROR_MEANING },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", bad[i].text);
      g_assert_null (dpop_edge_blt_parse (bad[i].text, strlen (bad[i].text), &error));
      g_assert_error (error, DPOP_EDGE_ERROR, bad[i].code);
      g_assert_nonnull (strstr (error->message, bad[i].says));
    }
}

/* Every file cut anywhere is refused or loses no ballot. */
static void
test_a_cut_file_is_noticed (void)
{
  const char *whole = "2 1\n12 1 0\n3 2=1 0\n4 2 1 0\n0\n\"A\"\n\"B\"\n\"T\"\n";
  gsize names = (gsize) (strstr (whole, "0\n\"A") + 1 - whole);

  for (gsize size = 0; size < strlen (whole); size++)
    {
      g_autoptr (DpopEdgeBallots) ballots = dpop_edge_blt_parse (whole, size, NULL);

      if (ballots != NULL)
        {
          g_assert_cmpuint (size, >=, names);
          g_assert_cmpuint (ballots->voters, ==, 19);
        }
      else if (size == names || size == strlen (whole) - 1)
        g_assert_not_reached ();
    }
}

static void
test_too_large_a_file_is_refused (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (dpop_edge_blt_parse ("", DPOP_EDGE_BALLOTS_MAX_BYTES + 1, &error));
  g_assert_error (error, DPOP_EDGE_ERROR, DPOP_EDGE_ERROR_TOO_LARGE);
}

static void
test_the_ward_of_linn (void)
{
  /* The first stage of the official count. */
  static const guint64 firsts[] = { 898, 1284, 1782, 219, 165, 1381, 2043, 955, 296, 149, 395 };
  g_autoptr (GBytes) bytes = fixture_case ("counting/linn-2007.blt");
  g_autoptr (DpopEdgeBallots) ballots = NULL;
  g_autoptr (GError) error = NULL;
  guint64 counted[G_N_ELEMENTS (firsts)] = { 0 };

  if (bytes == NULL)
    return;
  ballots = dpop_edge_blt_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ballots->options->len, ==, 11);
  g_assert_cmpuint (ballots->seats, ==, 4);
  g_assert_cmpuint (ballots->voters, ==, 9567);
  g_assert_cmpstr (ballots->title, ==, "LINN");
  g_assert_cmpstr (g_ptr_array_index (ballots->options, 10), ==, "Frank Young");
  for (guint i = 0; i < ballots->ballots->len; i++)
    {
      const DpopCountBallot *ballot = &g_array_index (ballots->ballots, DpopCountBallot, i);

      for (guint option = 0; option < G_N_ELEMENTS (firsts); option++)
        counted[option] += ballot->ranks[option] == 1 ? ballot->count : 0;
    }
  for (guint option = 0; option < G_N_ELEMENTS (firsts); option++)
    g_assert_cmpuint (counted[option], ==, firsts[option]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define CLAIM(text, function) g_test_add_func ("/edge/blt/" text, function)
  CLAIM ("Everything that the format has is read", test_everything_at_once);
  CLAIM ("Files come from anywhere", test_it_comes_from_anywhere);
  CLAIM ("What cannot be read is named with its line", test_what_cannot_be_read_is_named);
  CLAIM ("A file that was cut is noticed", test_a_cut_file_is_noticed);
  CLAIM ("Too large a file is refused", test_too_large_a_file_is_refused);
  CLAIM ("The ward of Linn is read as it was counted", test_the_ward_of_linn);
#undef CLAIM
  return g_test_run ();
}
