/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-edge-roll-review.h"
#include "fuzz.h"

/* A table in any dialect, the list of members in it, and a review of that list against itself. The
 * first byte chooses what a person would: encoding and separator. */
static const char separators[] = { 0, ',', ';', '\t', '|', DPOP_EDGE_CSV_ONE_COLUMN, '^', 0 };

static void
append_quoted (GString *text, const char *field)
{
  g_string_append_c (text, '"');
  for (; *field != '\0'; field++)
    {
      g_string_append_c (text, *field);
      if (*field == '"')
        g_string_append_c (text, '"');
    }
  g_string_append_c (text, '"');
}

/* Every table can be written down and read back. */
static void
check_table (const DpopEdgeCsv *csv)
{
  DpopEdgeCsvOptions options = { .encoding = DPOP_EDGE_ENCODING_UTF_8, .separator = ',' };
  g_autoptr (DpopEdgeCsv) again = NULL;
  /* A first row that reads "sep=;" is one only behind another. */
  GString *text = g_string_new ("sep=,\n");

  g_assert_cmpuint (dpop_edge_csv_n_rows (csv), <=, DPOP_EDGE_CSV_MAX_ROWS);
  g_assert_cmpuint (dpop_edge_csv_n_columns (csv), <=, DPOP_EDGE_CSV_MAX_COLUMNS);
  for (guint row = 0; row < dpop_edge_csv_n_rows (csv); row++)
    {
      for (guint i = 0; i < MAX (dpop_edge_csv_row_width (csv, row), 1); i++)
        {
          g_assert_true (g_utf8_validate (dpop_edge_csv_field (csv, row, i), -1, NULL));
          if (i > 0)
            g_string_append_c (text, ',');
          append_quoted (text, dpop_edge_csv_field (csv, row, i));
        }
      g_string_append_c (text, '\n');
    }
  again = dpop_edge_csv_parse (text->str, text->len, &options, NULL);
  g_string_free (text, TRUE);
  g_assert_nonnull (again);
  g_assert_cmpuint (dpop_edge_csv_n_rows (again), ==, dpop_edge_csv_n_rows (csv));
  for (guint row = 0; row < dpop_edge_csv_n_rows (csv); row++)
    for (guint i = 0; i < dpop_edge_csv_n_columns (csv); i++)
      g_assert_cmpstr (dpop_edge_csv_field (again, row, i), ==, dpop_edge_csv_field (csv, row, i));
}

static void
check_row (const DpopEdgeRoll *roll, const DpopEdgeRollRow *row)
{
  gboolean red = FALSE;

  for (guint i = 0; i < DPOP_EDGE_ROLL_N_FIELDS; i++)
    g_assert_true (g_utf8_validate (row->fields[i], -1, NULL));
  for (guint i = 0; row->problems != NULL && i < row->problems->len; i++)
    {
      const DpopEdgeRollProblem *problem = &g_array_index (row->problems, DpopEdgeRollProblem, i);
      g_autofree char *message = dpop_edge_roll_problem_message (roll, row, problem);

      g_assert_true (g_utf8_validate (message, -1, NULL));
      g_assert_cmpuint (strlen (message), <, 2000);
      red = red || problem->severity == DPOP_EDGE_ROLL_ERROR;
    }
  g_assert_cmpint (row->red, ==, red);
}

/* Whoever was taken over from a list is the same in it the next time. */
static void
check_review (const DpopEdgeRoll *roll)
{
  guint n_rows = dpop_edge_roll_n_rows (roll), n_extras = dpop_edge_roll_n_extras (roll);
  g_autofree DpopEdgeRollMember *members = g_new0 (DpopEdgeRollMember, n_rows);
  g_autofree const char **extras = g_new0 (const char *, n_rows *(2 * n_extras + 1));
  g_autofree gboolean *taken = g_new0 (gboolean, n_rows);
  g_autoptr (DpopEdgeRollReview) review = NULL;
  guint n_members = 0, n_missing;

  for (guint i = 0; i < n_rows; i++)
    {
      const DpopEdgeRollRow *row = dpop_edge_roll_row (roll, i);
      const char **kept = extras + (gsize) n_members * (2 * n_extras + 1);

      if (row->red)
        continue;
      memcpy (members[n_members].fields, row->fields, sizeof row->fields);
      for (guint k = 0; k < n_extras; k++)
        {
          kept[2 * k] = dpop_edge_roll_extra_heading (roll, k);
          kept[2 * k + 1] = row->extras[k];
        }
      members[n_members++].extras = kept;
    }
  review = dpop_edge_roll_review_new (roll, members, n_members, NULL);
  for (guint i = 0; i < n_rows; i++)
    {
      const DpopEdgeRollReviewRow *row = dpop_edge_roll_review_row (review, i);

      if (dpop_edge_roll_row (roll, i)->red)
        {
          g_assert_cmpint (row->status, ==, DPOP_EDGE_ROLL_REVIEW_RED);
          continue;
        }
      g_assert_cmpint (row->status, ==, DPOP_EDGE_ROLL_REVIEW_SAME);
      g_assert_false (taken[row->member]);
      taken[row->member] = TRUE;
    }
  dpop_edge_roll_review_missing (review, &n_missing);
  g_assert_cmpuint (n_missing, ==, 0);
}

static void
check_error (const GError *error)
{
  g_assert_true (error != NULL && error->domain == DPOP_EDGE_ERROR);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char *const units[] = { "Nord", "Süd", NULL };
  DpopEdgeRollOptions roll_options = { .today = 20240615 };
  DpopEdgeCsvOptions options = { 0 };
  g_autoptr (DpopEdgeCsv) csv = NULL;
  g_autoptr (DpopEdgeRoll) roll = NULL;
  g_autoptr (GError) error = NULL;

  if (size == 0)
    return 0;
  options.encoding = (data[0] & 15) < DPOP_EDGE_ENCODING_N ? data[0] & 15 : 0;
  options.separator = separators[data[0] >> 4 & 7];
  roll_options.units = data[0] & 128 ? units : NULL;
  csv = dpop_edge_csv_parse (data + 1, size - 1, &options, &error);
  if (csv == NULL)
    {
      check_error (error);
      return 0;
    }
  check_table (csv);
  roll = dpop_edge_roll_read (csv, &roll_options, &error);
  if (roll == NULL)
    {
      check_error (error);
      return 0;
    }
  for (guint i = 0; i < dpop_edge_roll_n_rows (roll); i++)
    check_row (roll, dpop_edge_roll_row (roll, i));
  check_review (roll);
  return 0;
}

GBytes *
fuzz_seed (guint n)
{
#define SEED(text)                                                                                 \
  {                                                                                                \
    text, sizeof text - 1                                                                          \
  }
  static const struct
  {
    const char *bytes;
    gsize size;
  } seeds[] = {
    SEED ("\x80Mitgliedsnr.;Name;Vorname;E-Mail;Geburtsdatum;Ortsgruppe;Status;Schuh\r\n"
          "0017;M\xfcller;Anna;anna@example.org;29.2.1984;NORD;aktiv;38\r\n"
          "0018;Gro\xdf;\"Zo\xeb \"\"Z\"\"\";z@b;31.2.84;Ost;wach;#REF!\r\n"
          ";;;;;;;\r\n"),
    SEED ("\0sep=,\nName,Email,Born,Phone\n\"Lee, Ann\",<a@example.org>,1/2/1984,4.9E+11\n"
          "Ann Lee,A@EXAMPLE.org,31/1/1984,\nBob\n"),
    SEED ("\0\xef\xbb\xbfNom\tPr\xc3\xa9nom\tN\xc3\xa9(e) "
          "le\r\n\"Roy\n\tII\"\tNo\xc3\xabl\t1990-07-14\r"),
    SEED ("\0\xff\xfeN\0a\0m\0e\0|\0x\0\n\0B\0\x3d\xd8\x00\xde|\0\x2e\x20y\0\n\0"),
    SEED ("\x16Name,State\nAnn,active\nAnn,former\n"),
  };
#undef SEED

  return n < G_N_ELEMENTS (seeds) ? g_bytes_new_static (seeds[n].bytes, seeds[n].size) : NULL;
}
