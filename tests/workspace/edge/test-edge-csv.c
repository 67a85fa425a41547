/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-edge-csv.h"
#include "fixture-random.h"

/* The table as one string: fields in brackets, rows on lines of their own. */
static char *
show (const DpopEdgeCsv *csv)
{
  GString *text = g_string_new (NULL);

  for (guint row = 0; row < dpop_edge_csv_n_rows (csv); row++)
    {
      for (guint i = 0; i < dpop_edge_csv_row_width (csv, row); i++)
        g_string_append_printf (text, "[%s]", dpop_edge_csv_field (csv, row, i));
      g_string_append_c (text, '/');
    }
  return g_string_free (text, FALSE);
}

static DpopEdgeCsv *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  DpopEdgeCsv *csv = dpop_edge_csv_parse (text, strlen (text), NULL, &error);

  g_assert_no_error (error);
  return csv;
}

static void
test_dialects (void)
{
  static const struct
  {
    const char *text;
    char separator;
    const char *table;
  } cases[] = {
    { "a,b\n1,2\n", ',', "[a][b]/[1][2]/" },
    { "a;b\r\n1;2", ';', "[a][b]/[1][2]/" },
    { "a\tb\r1\t2\r", '\t', "[a][b]/[1][2]/" },
    { "a|b\n1|2\r\n3|4\r5|6", '|', "[a][b]/[1][2]/[3][4]/[5][6]/" },
    { "sep=;\r\na,1;b\r\n", ';', "[a,1][b]/" },
    { "SEP=,\na;x,b\n", ',', "[a;x][b]/" },
    { "\"sep=^\"\na^b\n", '^', "[a][b]/" },
    { "sep=;x;y\na;b;c\n", ';', "[sep=][x][y]/[a][b][c]/" },
    { "a,b\n\"1,\"\"x\"\"\",2\n", ',', "[a][b]/[1,\"x\"][2]/" },
    { "a,b\n\"1\n2\r\n3\",4\n", ',', "[a][b]/[1\n2\r\n3][4]/" },
    { "a,b\n\"\",\"\"\"\"\n", ',', "[a][b]/[][\"]/" },
    { "a, \"b, c\" ,d\n1,2,3\n", ',', "[a][b, c][d]/[1][2][3]/" },
    { "a, b ,c\n1,2,3\n", ',', "[a][ b ][c]/[1][2][3]/" },
    { "size;n\n5\" pipe;1\n", ';', "[size][n]/[5\" pipe][1]/" },
    { "a,b,,\n1,2,,\n,,,\n,,,\n", ',', "[a][b]/[1][2]/" },
    { "a,b\n\n1,2\n\n\n", ',', "[a][b]//[1][2]/" },
    { "a,b,c\n1\n1,2,3,4\n", ',', "[a][b][c]/[1]/[1][2][3][4]/" },
    { "a,,c\n,2,\n", ',', "[a][][c]/[][2]/" },
    { "a,b\n1,2\n\x1a", ',', "[a][b]/[1][2]/" },
    { "name;fee\nA;1,50\nB;2,50\nC;3,50\nD;4,50\nE;5,50\n", ';',
      "[name][fee]/[A][1,50]/[B][2,50]/[C][3,50]/[D][4,50]/[E][5,50]/" },
    { "name,at\n\"Doe; Ann\",x\n\"Roe; Bob\",y\n", ',', "[name][at]/[Doe; Ann][x]/[Roe; Bob][y]/" },
    { "Name\nAnna\nBea\n", '\n', "[Name]/[Anna]/[Bea]/" },
    { "Name", '\n', "[Name]/" },
    { "a,", ',', "[a]/" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DpopEdgeCsv) csv = parse (cases[i].text);
      g_autofree char *table = show (csv);

      g_assert_cmpstr (table, ==, cases[i].table);
      g_assert_cmpint (dpop_edge_csv_facts (csv)->separator, ==, cases[i].separator);
    }
}

static void
test_encodings (void)
{
#define BYTES(text) text, sizeof text - 1
  static const struct
  {
    const char *bytes;
    gsize size;
    DpopEdgeEncoding wanted, found;
    gboolean mark, guessed, mixed;
    const char *table;
  } cases[] = {
    { BYTES ("\xc3\xbc;\xe2\x82\xac\n"), 0, DPOP_EDGE_ENCODING_UTF_8, 0, 0, 0, "[ü][€]/" },
    { BYTES ("\xef\xbb\xbf\xc3\xbc;b\n"), 0, DPOP_EDGE_ENCODING_UTF_8, 1, 0, 0, "[ü][b]/" },
    { BYTES ("\xff\xfe\xfc\0;\0b\0\n\0"), 0, DPOP_EDGE_ENCODING_UTF_16_LE, 1, 0, 0, "[ü][b]/" },
    { BYTES ("\xfe\xff\0\xfc\0;\0b\0\n"), 0, DPOP_EDGE_ENCODING_UTF_16_BE, 1, 0, 0, "[ü][b]/" },
    { BYTES ("\xff\xfe\x3d\xd8\x00\xde;\0b\0"), 0, DPOP_EDGE_ENCODING_UTF_16_LE, 1, 0, 0,
      "[😀][b]/" },
    { BYTES ("\xfc\0;\0b\0\n\0"), 0, DPOP_EDGE_ENCODING_UTF_16_LE, 0, 0, 0, "[ü][b]/" },
    { BYTES ("\0\xfc\0;\0b\0\n"), 0, DPOP_EDGE_ENCODING_UTF_16_BE, 0, 0, 0, "[ü][b]/" },
    { BYTES ("M\xfcller;5 \x80\n"), 0, DPOP_EDGE_ENCODING_WINDOWS_1252, 0, 1, 0, "[Müller][5 €]/" },
    { BYTES ("\xfc\x81;\x9d\n"), 0, DPOP_EDGE_ENCODING_WINDOWS_1252, 0, 1, 0,
      "[ü\xc2\x81][\xc2\x9d]/" },
    { BYTES ("\xfc;\xc3\xbc\n"), 0, DPOP_EDGE_ENCODING_WINDOWS_1252, 0, 1, 1, "[ü][Ã¼]/" },
    { BYTES ("M\x9fller;b"), DPOP_EDGE_ENCODING_MAC_ROMAN, DPOP_EDGE_ENCODING_MAC_ROMAN, 0, 0, 0,
      "[Müller][b]/" },
    { BYTES ("M\x81ller;b"), DPOP_EDGE_ENCODING_DOS_850, DPOP_EDGE_ENCODING_DOS_850, 0, 0, 0,
      "[Müller][b]/" },
    { BYTES ("\xa3\xf3\x64\x9f;b"), DPOP_EDGE_ENCODING_WINDOWS_1250,
      DPOP_EDGE_ENCODING_WINDOWS_1250, 0, 0, 0, "[Łódź][b]/" },
    { BYTES ("5 \xa4;b"), DPOP_EDGE_ENCODING_ISO_8859_15, DPOP_EDGE_ENCODING_ISO_8859_15, 0, 0, 0,
      "[5 €][b]/" },
    { BYTES ("\xc3\xbc;b"), DPOP_EDGE_ENCODING_WINDOWS_1252, DPOP_EDGE_ENCODING_WINDOWS_1252, 0, 0,
      0, "[Ã¼][b]/" },
  };
#undef BYTES

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DpopEdgeCsvOptions options = { .encoding = cases[i].wanted };
      g_autoptr (GError) error = NULL;
      g_autoptr (DpopEdgeCsv) csv
          = dpop_edge_csv_parse (cases[i].bytes, cases[i].size, &options, &error);
      g_autofree char *table = NULL;

      g_assert_no_error (error);
      table = show (csv);
      g_assert_cmpstr (table, ==, cases[i].table);
      g_assert_cmpint (dpop_edge_csv_facts (csv)->text.encoding, ==, cases[i].found);
      g_assert_cmpint (dpop_edge_csv_facts (csv)->text.byte_order_mark, ==, cases[i].mark);
      g_assert_cmpint (dpop_edge_csv_facts (csv)->text.guessed, ==, cases[i].guessed);
      g_assert_cmpint (dpop_edge_csv_facts (csv)->text.mixed, ==, cases[i].mixed);
    }
}

/* What Excel writes where the decimal sign is a comma: semicolons, Windows-1252 or UTF-8 with a
 * mark, CR LF, fields with line ends quoted. */
static void
test_excel_files (void)
{
  static const char german[] = "Mitgliedsnr.;Nachname;Vorname;Stra\xdf"
                               "e;Beitrag;Bemerkung\r\n"
                               "0017;M\xfcller;J\xfcrgen;Am Gr\xfcn 3;12,50;\"zahlt \"\"bar\"\"\r\n"
                               "im M\xe4rz\"\r\n"
                               "0018;Gro\xdf;Zo\xeb;;7,00 \x80;\r\n"
                               ";;;;;\r\n";
  static const char french[] = "\xef\xbb\xbfNom;Prénom;Né(e) le;Cotisation\r\n"
                               "D’Aubigné;Hélène;01/02/1984;25,00 €\r\n"
                               "\"Lefèvre;Roy\";Noël;14/07/1990;25,00 €\r\n";
  g_autoptr (DpopEdgeCsv) de = parse (german);
  g_autoptr (DpopEdgeCsv) fr = parse (french);
  g_autofree char *de_table = show (de);
  g_autofree char *fr_table = show (fr);

  g_assert_cmpstr (de_table, ==,
                   "[Mitgliedsnr.][Nachname][Vorname][Straße][Beitrag][Bemerkung]/"
                   "[0017][Müller][Jürgen][Am Grün 3][12,50][zahlt \"bar\"\r\nim März]/"
                   "[0018][Groß][Zoë][][7,00 €]/");
  g_assert_cmpuint (dpop_edge_csv_line (de, 1), ==, 2);
  g_assert_cmpuint (dpop_edge_csv_line (de, 2), ==, 4);
  g_assert_true (dpop_edge_csv_facts (de)->header);
  g_assert_cmpuint (dpop_edge_csv_n_columns (de), ==, 6);
  g_assert_cmpstr (fr_table, ==,
                   "[Nom][Prénom][Né(e) le][Cotisation]/"
                   "[D’Aubigné][Hélène][01/02/1984][25,00 €]/"
                   "[Lefèvre;Roy][Noël][14/07/1990][25,00 €]/");
  g_assert_true (dpop_edge_csv_facts (fr)->text.byte_order_mark);
}

static void
test_facts_for_a_preview (void)
{
  g_autoptr (DpopEdgeCsv) ragged = parse ("a,b,c\n1,2,3\n1,2\n\n1,2,3,4\n5\" x,2,3\n");
  g_autoptr (DpopEdgeCsv) doubtful = parse ("a;b,c\n1;2,3\n");
  g_autoptr (DpopEdgeCsv) headless = parse ("1;Ann\n2;Bob\n");
  g_autoptr (DpopEdgeCsv) mail = parse ("Ann;ann@example.org\n");
  g_autoptr (DpopEdgeCsv) twice = parse ("Ann;Ann\n");
  DpopEdgeCsvOptions options = { .separator = ',', .header = DPOP_EDGE_CSV_HEADER_YES };
  g_autoptr (DpopEdgeCsv) chosen = dpop_edge_csv_parse ("sep=;\n1;2,3\n", 12, &options, NULL);
  g_autofree char *table = show (chosen);

  g_assert_cmpuint (dpop_edge_csv_facts (ragged)->n_ragged, ==, 2);
  g_assert_cmpuint (dpop_edge_csv_facts (ragged)->first_ragged_line, ==, 3);
  g_assert_cmpuint (dpop_edge_csv_facts (ragged)->n_stray_quotes, ==, 1);
  g_assert_false (dpop_edge_csv_facts (ragged)->separator_doubt);
  g_assert_true (dpop_edge_csv_facts (doubtful)->separator_doubt);
  g_assert_false (dpop_edge_csv_facts (headless)->header);
  g_assert_false (dpop_edge_csv_facts (mail)->header);
  g_assert_false (dpop_edge_csv_facts (twice)->header);
  g_assert_cmpstr (table, ==, "[1;2][3]/");
  g_assert_true (dpop_edge_csv_facts (chosen)->separator_line);
  g_assert_true (dpop_edge_csv_facts (chosen)->header);
  g_assert_cmpuint (dpop_edge_csv_line (chosen, 0), ==, 2);
  g_assert_cmpstr (dpop_edge_csv_field (chosen, 0, 150), ==, "");
}

static void
test_malformed (void)
{
#define BYTES(text) text, sizeof text - 1
  static const struct
  {
    const char *bytes;
    gsize size;
    DpopEdgeEncoding wanted;
    DpopEdgeError code;
    const char *says;
  } cases[] = {
    { BYTES (""), 0, DPOP_EDGE_ERROR_EMPTY, "no rows" },
    { BYTES ("\xef\xbb\xbf"), 0, DPOP_EDGE_ERROR_EMPTY, "no rows" },
    { BYTES ("\n\r\n;;;\n"), 0, DPOP_EDGE_ERROR_EMPTY, "no rows" },
    { BYTES ("sep=;\n"), 0, DPOP_EDGE_ERROR_EMPTY, "no rows" },
    { BYTES ("\x1a"), 0, DPOP_EDGE_ERROR_EMPTY, "no rows" },
    { BYTES ("a,b\n1,\0\n"), 0, DPOP_EDGE_ERROR_ENCODING, "Line 2 holds a zero byte" },
    { BYTES ("\xff\xfe"
             "a\0\n\0\0\0"),
      0, DPOP_EDGE_ERROR_ENCODING, "Line 2 holds a zero byte" },
    { BYTES ("a\n\xfc\0\n"), 0, DPOP_EDGE_ERROR_ENCODING, "Line 2 " },
    { BYTES ("a\nb\0"), DPOP_EDGE_ENCODING_WINDOWS_1252, DPOP_EDGE_ERROR_ENCODING,
      "Line 2 holds a zero byte" },
    { BYTES ("\xef\xbb\xbf"
             "a\r\nb\r\xfc\n"),
      0, DPOP_EDGE_ERROR_ENCODING, "Line 3 is not UTF-8" },
    { BYTES ("a\n\xc0\xaf"), DPOP_EDGE_ENCODING_UTF_8, DPOP_EDGE_ERROR_ENCODING,
      "Line 2 is not UTF-8" },
    { BYTES ("\xff\xfe"
             "a\0b"),
      0, DPOP_EDGE_ERROR_ENCODING, "ends within a character" },
    { BYTES ("\xff\xfe"
             "a\0\r\0\n\0\x00\xd8z\0"),
      0, DPOP_EDGE_ERROR_ENCODING, "Line 2 holds half" },
    { BYTES ("\xff\xfe"
             "a\0\x00\xdc"),
      0, DPOP_EDGE_ERROR_ENCODING, "Line 1 holds half" },
    { BYTES ("\xff\xfe"
             "a\0\x00\xd8"),
      0, DPOP_EDGE_ERROR_ENCODING, "Line 1 holds half" },
    { BYTES ("a\n\x81"), DPOP_EDGE_ENCODING_WINDOWS_1250, DPOP_EDGE_ERROR_ENCODING,
      "Line 2 is not Windows-1250" },
    { BYTES ("a,b\n1,\"2\n3,4\n"), 0, DPOP_EDGE_ERROR_SYNTAX, "line 2 is never closed" },
    { BYTES ("a,b\n\"x\ny\",\"2"), 0, DPOP_EDGE_ERROR_SYNTAX, "line 3 is never closed" },
    { BYTES ("a,b\n1,\"\"\"\n"), 0, DPOP_EDGE_ERROR_SYNTAX, "line 2 is never closed" },
    { BYTES ("a,b\n\"x\ny\" z,2\n"), 0, DPOP_EDGE_ERROR_SYNTAX, "On line 3 text follows" },
  };
#undef BYTES

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DpopEdgeCsvOptions options = { .encoding = cases[i].wanted };
      g_autoptr (GError) error = NULL;

      g_test_message ("case %u: %s", i, cases[i].says);
      g_assert_null (dpop_edge_csv_parse (cases[i].bytes, cases[i].size, &options, &error));
      g_assert_error (error, DPOP_EDGE_ERROR, (gint) cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].says));
    }
}

static GString *
repeat (const char *before, const char *unit, gsize n, const char *after)
{
  GString *text = g_string_sized_new (n * strlen (unit) + 64);

  g_string_append (text, before);
  for (gsize i = 0; i < n; i++)
    g_string_append (text, unit);
  g_string_append (text, after);
  return text;
}

/* What fits is read; one more is refused. */
static void
check_bound (const char *before, const char *unit, gsize n, const char *after, const char *says)
{
  for (guint more = 0; more < 2; more++)
    {
      GString *text = repeat (before, unit, n + more, after);
      DpopEdgeCsvOptions options = { .separator = ',' };
      g_autoptr (GError) error = NULL;
      g_autoptr (DpopEdgeCsv) csv = dpop_edge_csv_parse (text->str, text->len, &options, &error);

      g_string_free (text, TRUE);
      if (more == 0)
        {
          g_assert_no_error (error);
          continue;
        }
      g_assert_null (csv);
      g_assert_error (error, DPOP_EDGE_ERROR, DPOP_EDGE_ERROR_TOO_LARGE);
      g_assert_nonnull (strstr (error->message, says));
    }
}

static void
test_bounds (void)
{
  g_autofree char *large = g_malloc0 (DPOP_EDGE_CSV_MAX_BYTES + 1);
  g_autoptr (GError) error = NULL;

  check_bound ("a\n", "b,c\n", DPOP_EDGE_CSV_MAX_ROWS - 1, "",
               "From line 100001 on there are more than 100000 rows");
  check_bound ("a\n", "\n", DPOP_EDGE_CSV_MAX_ROWS - 2, "z\n",
               "From line 100001 on there are more than 100000 rows");
  check_bound ("a\n", "b,", DPOP_EDGE_CSV_MAX_COLUMNS - 1, "c\n",
               "Line 2 has more than 200 columns");
  check_bound ("a,", "x", DPOP_EDGE_CSV_MAX_FIELD, "\n",
               "On line 1 a field has more than 65536 bytes");
  check_bound ("\n\"", "\"\"", DPOP_EDGE_CSV_MAX_FIELD, "\"\n",
               "On line 2 a field has more than 65536 bytes");
  g_assert_null (dpop_edge_csv_parse (large, DPOP_EDGE_CSV_MAX_BYTES + 1, NULL, &error));
  g_assert_error (error, DPOP_EDGE_ERROR, DPOP_EDGE_ERROR_TOO_LARGE);
}

/* A spreadsheet that was saved to its last row and column is as large as what is in it. */
static void
test_emptiness_costs_nothing (void)
{
  GString *text = repeat ("a;b\n", ";;;;;;;\n", 300000, "");
  g_autoptr (DpopEdgeCsv) rows = parse (text->str);
  GString *wide = repeat ("a;b", ";", 300000, "\n1;2\n");
  g_autoptr (DpopEdgeCsv) columns = parse (wide->str);

  g_assert_cmpuint (dpop_edge_csv_n_rows (rows), ==, 1);
  g_assert_cmpuint (dpop_edge_csv_n_rows (columns), ==, 2);
  g_assert_cmpuint (dpop_edge_csv_n_columns (columns), ==, 2);
  g_string_free (text, TRUE);
  g_string_free (wide, TRUE);
}

static void
test_names_of_encodings (void)
{
  for (DpopEdgeEncoding i = DPOP_EDGE_ENCODING_UTF_8; i < DPOP_EDGE_ENCODING_N; i++)
    {
      DpopEdgeEncoding found;

      g_assert_true (dpop_edge_encoding_from_name (dpop_edge_encoding_name (i), &found));
      g_assert_cmpint (found, ==, i);
    }
  g_assert_null (dpop_edge_encoding_name (DPOP_EDGE_ENCODING_DETECT));
  g_assert_false (dpop_edge_encoding_from_name ("EBCDIC", &(DpopEdgeEncoding){ 0 }));
}

static void
test_separators_that_may_be_chosen (void)
{
  for (guint c = 0; c < 256; c++)
    g_assert_cmpint (dpop_edge_csv_separator_is_valid ((char) c), ==,
                     c > 0 && strchr ("\t\n!#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", (int) c) != NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/edge/csv/Every dialect is read", test_dialects);
  g_test_add_func ("/edge/csv/Every encoding is read", test_encodings);
  g_test_add_func ("/edge/csv/Excel's German and French files are read", test_excel_files);
  g_test_add_func ("/edge/csv/What was found out can be shown", test_facts_for_a_preview);
  g_test_add_func ("/edge/csv/What is malformed is refused with its line", test_malformed);
  g_test_add_func ("/edge/csv/What fits is read and one more is refused", test_bounds);
  g_test_add_func ("/edge/csv/Empty rows and columns at the end cost nothing",
                   test_emptiness_costs_nothing);
  g_test_add_func ("/edge/csv/Encodings have names", test_names_of_encodings);
  g_test_add_func ("/edge/csv/Only punctuation and tab may separate",
                   test_separators_that_may_be_chosen);
  return g_test_run ();
}
