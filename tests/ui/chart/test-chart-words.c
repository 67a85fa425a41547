/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-chart-export.h"
#include "dpop-chart-sheet.h"
#include "dpop-chart-words-private.h"
#include "dpop-edge-csv.h"
#include "fixture-chart.h"

#include <string.h>

static void
assert_described (FixtureChart which, const char *expected)
{
  g_autoptr (DpopChart) chart = fixture_chart_new (which);
  g_autofree char *words = dpop_chart_describe (chart);

  g_assert_cmpstr (words, ==, expected);
}

static void
assert_share (guint64 figure, guint64 total, const char *expected)
{
  g_autofree char *words = dpop_chart_words_share (figure, total);

  g_assert_cmpstr (words, ==, expected);
}

/* --- Sentences. ------------------------------------------------------------------------------ */

static void
test_outcome (void)
{
  assert_described (FIXTURE_CHART_ACCEPTED,
                    "Of 7 votes for and against: Yes 5 (71.4%); No 2 (28.6%). "
                    "Besides: Abstain 1, not counted. Needed, more than 1/2: 4. Reached.");
  assert_described (FIXTURE_CHART_OF_ALL,
                    "Of 10000 those entitled: Yes 3120 (31.2%); No 812 (8.1%); Abstain 96 (1.0%). "
                    "Needed, at least 2/3: 6667. Not reached.");
}

static void
test_bars (void)
{
  assert_described (FIXTURE_CHART_ELECTION,
                    "Of 52 ballots: Rosa Martinez 30 (57.7%), elected; Jonas Keller 17 (32.7%); "
                    "Aylin Demir 5 (9.6%); Per Olsen 0 (0.0%). Needed, more than 1/2: 27. "
                    "Reached by: Rosa Martinez.");
}

static void
test_turnout (void)
{
  assert_described (FIXTURE_CHART_TURNOUT_OPEN,
                    "21 of 60 entitled have voted (35.0%). Voting began on 9 March 2025, 18:00. "
                    "Voting ends on 16 March 2025, 18:00. Quorum: 30. Not reached.");
  assert_described (FIXTURE_CHART_TURNOUT_OVER,
                    "45 of 60 entitled have voted (75.0%). Voting began on 9 March 2025, 18:00. "
                    "Voting ended on 16 March 2025, 18:00. Quorum: 30. "
                    "Reached on 15 March 2025, 06:00.");
}

static void
test_pairs (void)
{
  g_autoptr (DpopChart) many = fixture_chart_new (FIXTURE_CHART_MANY_PAIRS);
  g_autofree char *words = dpop_chart_describe (many);

  assert_described (FIXTURE_CHART_PAIRS,
                    "Nashville is preferred to each other option. "
                    "Nashville before Memphis: 58 to 42. Chattanooga before Memphis: 58 to 42. "
                    "Knoxville before Memphis: 58 to 42. Nashville before Chattanooga: 68 to 32. "
                    "Nashville before Knoxville: 68 to 32. "
                    "Chattanooga before Knoxville: 83 to 17.");
  g_assert_nonnull (strstr (words, "Tuesday: won 1 of 8."));
  g_assert_null (strstr (words, " before Tuesday"));
}

static void
test_equal_pair (void)
{
  const char *const names[] = { "A", "B" };
  const guint64 counts[] = { 0, 7, 7, 0 };
  g_autoptr (DpopChart) chart = dpop_chart_new_pairwise ("", names, 2, counts);
  g_autofree char *words = dpop_chart_describe (chart);

  g_assert_cmpstr (words, ==, "No option is preferred to each other one. A and B: equal, 7 each.");
  g_assert_cmpuint (dpop_chart_pairs_won (chart, 0), ==, 0);
}

static void
test_share (void)
{
  assert_share (0, 0, NULL);
  assert_share (0, 3, "0.0%");
  assert_share (2, 3, "66.7%");
  assert_share (1, 3, "33.3%");
  assert_share (3, 3, "100.0%");
  assert_share (1, 1000000, "0.1%");
  assert_share (999999, 1000000, "99.9%");
  assert_share (G_MAXUINT64 - 1, G_MAXUINT64, "99.9%");
  assert_share (G_MAXUINT64 / 2, G_MAXUINT64, "50.0%");
}

/* --- What a chart takes. --------------------------------------------------------------------- */

static void
test_sums (void)
{
  const DpopChartRow rows[] = {
    { .label = "Yes", .value = G_MAXUINT64 - 1 },
    { .label = "No", .value = 5 },
    { .label = "Abstain", .value = 9, .aside = TRUE },
  };
  g_autoptr (DpopChart) large = dpop_chart_new_outcome ("", rows, 3, 3, "votes", NULL);
  g_autoptr (DpopChart) small = dpop_chart_new_outcome ("", rows + 1, 2, 0, "votes", NULL);
  g_autoptr (DpopChart) none = dpop_chart_new_bars (NULL, NULL, 0, 0, NULL, NULL);

  g_assert_cmpuint (dpop_chart_total (large), ==, G_MAXUINT64);
  g_assert_cmpuint (dpop_chart_total (small), ==, 5);
  g_assert_cmpuint (dpop_chart_full (none), ==, 1);
  g_assert_cmpstr (dpop_chart_title (none), ==, "");
}

static void
test_steps (void)
{
  const DpopChartStep steps[] = {
    { 10, 1 }, { 20, 3 }, { 15, 9 }, { 30, 2 }, { 40, 4 }, { 99, 7 },
  };
  const DpopChartBox box = { .opened_ms = 0, .closes_ms = 50, .now_ms = 100, .entitled = 10 };
  g_autoptr (DpopChart) chart = dpop_chart_new_turnout ("", steps, G_N_ELEMENTS (steps), &box,
                                                        NULL);

  g_assert_cmpuint (dpop_chart_n_steps (chart), ==, 4);
  g_assert_cmpuint (dpop_chart_turnout (chart), ==, 4);
  g_assert_cmpint (dpop_chart_box (chart)->now_ms, ==, 50);
}

static void
test_mark (void)
{
  const DpopChartMark beyond = { "", 3, 2, 1 }, of_nothing = { "", 0, 0, 1 };
  g_autoptr (DpopChart) one = dpop_chart_new_outcome ("", NULL, 0, 3, "votes", &beyond);
  g_autoptr (DpopChart) two = dpop_chart_new_outcome ("", NULL, 0, 3, "votes", &of_nothing);

  g_assert_null (dpop_chart_mark (one));
  g_assert_null (dpop_chart_mark (two));
}

/* --- Tables. --------------------------------------------------------------------------------- */

static void
test_csv (void)
{
  g_autoptr (DpopChart) chart = fixture_chart_new (FIXTURE_CHART_ACCEPTED);
  g_autoptr (DpopChartSheet) sheet = dpop_chart_sheet_new (chart, DPOP_CHART_SHEET_FOR_FILE);
  g_autofree char *csv = dpop_chart_sheet_to_csv (sheet);

  g_assert_cmpstr (csv, ==,
                   "\xef\xbb\xbf"
                   "Answer,Votes,Share,Remark\r\n"
                   "Yes,5,71.4%,\r\n"
                   "No,2,28.6%,\r\n"
                   "Abstain,1,,not counted\r\n"
                   "All votes for and against,7,,\r\n"
                   "\"Needed, more than 1/2\",4,,\r\n");
}

/* Names as somebody who means ill chooses them, and as they must read in a spreadsheet. */
static void
test_formulas (void)
{
  static const char *const names[][2] = {
    { "=HYPERLINK(\"http://x\",\"y\")", "'=HYPERLINK(\"http://x\",\"y\")" },
    { "+1", "'+1" },
    { "-1", "'-1" },
    { "@SUM(A1)", "'@SUM(A1)" },
    { "\t=1", "'\t=1" },
    { "\r\n=1", "'\r\n=1" },
    { "a=1", "a=1" },
    { "", "" },
    { "a\"b, c;\nd", "a\"b, c;\nd" },
  };
  DpopChartRow rows[G_N_ELEMENTS (names)] = { 0 };
  g_autoptr (DpopChart) chart = NULL;
  g_autoptr (DpopChartSheet) sheet = NULL;
  g_autofree char *csv = NULL;
  g_autoptr (DpopEdgeCsv) read = NULL;
  const DpopEdgeCsvOptions options = { .separator = ',', .header = DPOP_EDGE_CSV_HEADER_YES };
  GError *error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    rows[i] = (DpopChartRow) { .label = names[i][0], .value = i + 1 };
  chart = dpop_chart_new_bars ("", rows, G_N_ELEMENTS (rows), 0, NULL, NULL);
  sheet = dpop_chart_sheet_new (chart, DPOP_CHART_SHEET_FOR_FILE);
  csv = dpop_chart_sheet_to_csv (sheet);
  read = dpop_edge_csv_parse (csv, strlen (csv), &options, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (dpop_edge_csv_n_rows (read), ==, G_N_ELEMENTS (names) + 1);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *figure = g_strdup_printf ("%u", i + 1);

      g_assert_cmpstr (dpop_edge_csv_field (read, i + 1, 0), ==, names[i][1]);
      g_assert_cmpstr (dpop_edge_csv_field (read, i + 1, 1), ==, figure);
    }
}

static void
assert_row (const DpopChartSheet *sheet, guint row, const char *first, const char *second,
            const char *third)
{
  g_assert_cmpstr (dpop_chart_sheet_cell (sheet, row, 0), ==, first);
  g_assert_cmpstr (dpop_chart_sheet_cell (sheet, row, 1), ==, second);
  g_assert_cmpstr (dpop_chart_sheet_cell (sheet, row, 2), ==, third);
}

static void
test_reading (void)
{
  for (int which = 0; which < FIXTURE_CHART_N; which++)
    {
      g_autoptr (DpopChart) chart = fixture_chart_new (which);
      g_autoptr (DpopChartSheet) sheet = dpop_chart_sheet_new (chart,
                                                               DPOP_CHART_SHEET_FOR_READING);

      g_assert_cmpuint (dpop_chart_sheet_n_columns (sheet), <=, 3);
      g_assert_cmpuint (dpop_chart_sheet_n_left_out (sheet), ==, 0);
      g_assert_false (dpop_chart_sheet_is_figure (sheet, 0));
      if (which == FIXTURE_CHART_ELECTION)
        assert_row (sheet, 0, "Rosa Martinez, elected", "30", "57.7%");
      if (which == FIXTURE_CHART_TURNOUT_OVER)
        assert_row (sheet, 14, "16 March 2025, 04:00", "45", "75.0%");
      if (which == FIXTURE_CHART_PAIRS)
        assert_row (sheet, 5, "Chattanooga or Knoxville", "83 to 17", "Chattanooga");
    }
}

/* A page's table stays short and keeps the end of a turnout; a file has every row. */
static void
test_long_tables (void)
{
  enum { N_STEPS = 5003, N = DPOP_CHART_MAX_OPTIONS };
  const DpopChartBox box = { .closes_ms = N_STEPS * 1000, .entitled = N_STEPS };
  g_autofree DpopChartStep *steps = g_new (DpopChartStep, N_STEPS);
  g_autofree guint64 *counts = g_new0 (guint64, N * N);
  const char *names[N];
  g_autoptr (DpopChart) turnout = NULL;
  g_autoptr (DpopChart) pairs = NULL;

  for (guint i = 0; i < N_STEPS; i++)
    steps[i] = (DpopChartStep) { i * 1000, i + 1 };
  for (guint i = 0; i < N; i++)
    names[i] = "An option";
  turnout = dpop_chart_new_turnout ("", steps, N_STEPS, &box, NULL);
  pairs = dpop_chart_new_pairwise ("", names, N, counts);
  for (guint i = 0; i < 2; i++)
    {
      DpopChart *chart = i == 0 ? turnout : pairs;
      guint all = i == 0 ? N_STEPS : N * (N - 1) / 2;
      g_autoptr (DpopChartSheet) page = dpop_chart_sheet_new (chart, DPOP_CHART_SHEET_FOR_READING);
      g_autoptr (DpopChartSheet) file = dpop_chart_sheet_new (chart, DPOP_CHART_SHEET_FOR_FILE);
      guint shown = dpop_chart_sheet_n_rows (page);

      g_assert_cmpuint (shown, <=, DPOP_CHART_SHEET_MOST_ROWS);
      g_assert_cmpuint (shown + dpop_chart_sheet_n_left_out (page), ==, all);
      g_assert_cmpuint (dpop_chart_sheet_n_rows (file), ==, all);
      if (i == 0)
        g_assert_cmpstr (dpop_chart_sheet_cell (page, shown - 1, 1), ==, "5003");
    }
}

static void
test_names (void)
{
  static const char *const titles[][2] = {
    { "Shall we buy a cargo bike?", "Shall we buy a cargo bike.png" },
    { "a/b\\c: d", "a b c  d.png" },
    { "...", "Chart.png" },
    { "", "Chart.png" },
    { ".hidden", "Chart.hidden.png" },
    { "\xc3\x9c" "ber \xe6\xbc\xa2", "\xc3\x9c" "ber \xe6\xbc\xa2.png" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      g_autoptr (DpopChart) chart = dpop_chart_new_bars (titles[i][0], NULL, 0, 0, NULL, NULL);
      g_autofree char *name = dpop_chart_export_name (chart, DPOP_CHART_EXPORT_PNG);

      g_assert_cmpstr (name, ==, titles[i][1]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart/an outcome is said in sentences", test_outcome);
  g_test_add_func ("/chart/bars are said in sentences", test_bars);
  g_test_add_func ("/chart/a turnout is said in sentences", test_turnout);
  g_test_add_func ("/chart/few pairs are said one by one, many as sums", test_pairs);
  g_test_add_func ("/chart/an equal pair has no winner", test_equal_pair);
  g_test_add_func ("/chart/a share never rounds to all or nothing", test_share);
  g_test_add_func ("/chart/sums do not overflow", test_sums);
  g_test_add_func ("/chart/steps back and after the close do not count", test_steps);
  g_test_add_func ("/chart/a mark beyond the whole is no mark", test_mark);
  g_test_add_func ("/chart/a table is written as RFC 4180 has it", test_csv);
  g_test_add_func ("/chart/no name becomes a formula", test_formulas);
  g_test_add_func ("/chart/a table on a page has three columns at most", test_reading);
  g_test_add_func ("/chart/a long table is short on a page and whole in a file", test_long_tables);
  g_test_add_func ("/chart/a title becomes a name that every disk takes", test_names);
  return g_test_run ();
}
