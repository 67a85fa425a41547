/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-edge-csv.h"
#include "fixture-random.h"

/* Any table, written in any dialect and encoding, reads back the same. A case that does not is made
 * smaller while it still fails, and shown with its seed. */
#define MAX_ROWS    8
#define MAX_COLUMNS 6

typedef struct
{
  guint n_rows, n_columns;
  char *fields[MAX_ROWS][MAX_COLUMNS];
  DpopEdgeEncoding encoding;
  char separator;
  gboolean mark;           /* byte order mark */
  gboolean separator_line; /* "sep=" */
  gboolean quote_all;
  gboolean blanks;     /* around quotation marks */
  gboolean find_out;   /* nothing is told to the reader */
  gboolean last_end;   /* the last line is ended */
  guint ends;          /* two bits a row: LF, CR LF, CR */
  gboolean quote_none; /* the writer is broken: to see the property fail */
} Case;

static const char ends[][3] = { "\n", "\r\n", "\r", "\n" };

/* Letters that the encoding has. Those for Windows-1252 are in no UTF-8: the reader can tell. */
static const char *const letters[DPOP_EDGE_ENCODING_N][5] = {
  [DPOP_EDGE_ENCODING_UTF_8] = { "ü", "ß", "€", "漢", "😀" },
  [DPOP_EDGE_ENCODING_UTF_16_LE] = { "ü", "ß", "€", "漢", "😀" },
  [DPOP_EDGE_ENCODING_UTF_16_BE] = { "ü", "Ā", "\u0a0d", "漢", "😀" },
  [DPOP_EDGE_ENCODING_WINDOWS_1252] = { "ü", "ö", "ø", "€", "ö" },
  [DPOP_EDGE_ENCODING_WINDOWS_1250] = { "ł", "ő", "ž", "€", "ß" },
  [DPOP_EDGE_ENCODING_ISO_8859_15] = { "ü", "œ", "ž", "€", "ß" },
  [DPOP_EDGE_ENCODING_MAC_ROMAN] = { "ü", "œ", "Ÿ", "∞", "ß" },
  [DPOP_EDGE_ENCODING_DOS_850] = { "ü", "ø", "█", "ı", "ß" },
};

static void
clear_case (Case *self)
{
  for (guint row = 0; row < MAX_ROWS; row++)
    for (guint i = 0; i < MAX_COLUMNS; i++)
      g_clear_pointer (&self->fields[row][i], g_free);
}

static char *
random_field (FixtureRandom *random, DpopEdgeEncoding encoding)
{
  static const char *const plain[]
      = { "a", "B", "7", " ", ",", ";", "\t", "|", "\"", "\n", "\r", "\r\n", "'", "^", "=" };
  GString *text = g_string_new (NULL);
  gsize n = fixture_random_below (random, 3) == 0 ? 0 : fixture_random_below (random, 7);

  for (gsize i = 0; i < n; i++)
    if (fixture_random_below (random, 3) == 0)
      g_string_append (text, letters[encoding][fixture_random_below (random, 5)]);
    else
      g_string_append (text, plain[fixture_random_below (random, G_N_ELEMENTS (plain))]);
  return g_string_free (text, FALSE);
}

static void
random_case (Case *self, guint64 seed)
{
  static const char separators[] = { ',', ';', '\t', '|', '^' };
  FixtureRandom random;

  fixture_random_init (&random, seed);
  *self = (Case){ .encoding = 1 + fixture_random_below (&random, DPOP_EDGE_ENCODING_N - 1) };
  self->find_out
      = self->encoding <= DPOP_EDGE_ENCODING_WINDOWS_1252 && fixture_random_below (&random, 2) == 0;
  self->n_rows = 1 + fixture_random_below (&random, MAX_ROWS);
  self->n_columns = 1 + self->find_out + fixture_random_below (&random, MAX_COLUMNS - 1);
  self->separator_line = fixture_random_below (&random, 4) == 0;
  self->separator
      = separators[fixture_random_below (&random, !self->find_out || self->separator_line ? 5 : 4)];
  self->mark
      = self->encoding == DPOP_EDGE_ENCODING_UTF_16_LE
        || self->encoding == DPOP_EDGE_ENCODING_UTF_16_BE
        || (self->encoding == DPOP_EDGE_ENCODING_UTF_8 && fixture_random_below (&random, 2) == 0);
  self->quote_all = fixture_random_below (&random, 3) == 0;
  self->blanks = fixture_random_below (&random, 4) == 0;
  self->last_end = fixture_random_below (&random, 2) == 0;
  self->ends = (guint) fixture_random_next (&random);
  for (guint row = 0; row < self->n_rows; row++)
    for (guint i = 0; i < self->n_columns; i++)
      self->fields[row][i] = random_field (&random, self->encoding);
}

static void
write_field (const Case *self, const char *field, GString *text)
{
  /* A careful writer quotes whatever could be taken for a separator, and what would else be an
   * empty line (after a CR, an LF would belong to it). */
  gboolean quote = self->quote_all || strpbrk (field, ",;\t|^\"\r\n") != NULL
                   || (*field == '\0' && self->n_columns == 1);

  if (!quote || self->quote_none)
    {
      g_string_append (text, field);
      return;
    }
  g_string_append (text, self->blanks ? "  \"" : "\"");
  for (; *field != '\0'; field++)
    {
      g_string_append_c (text, *field);
      if (*field == '"')
        g_string_append_c (text, '"');
    }
  g_string_append (text, self->blanks ? "\" " : "\"");
}

static char *
write_case (const Case *self, gsize *size)
{
  g_autoptr (GString) text = g_string_new (self->mark ? "\ufeff" : "");
  g_autofree char *name = g_ascii_strup (dpop_edge_encoding_name (self->encoding), -1);
  const char *charset = self->encoding == DPOP_EDGE_ENCODING_MAC_ROMAN ? "MACINTOSH"
                        : self->encoding == DPOP_EDGE_ENCODING_DOS_850 ? "CP850"
                                                                       : name;
  g_autoptr (GError) error = NULL;
  char *bytes;

  if (self->separator_line)
    g_string_append_printf (text, "sep=%c\r\n", self->separator);
  for (guint row = 0; row < self->n_rows; row++)
    {
      for (guint i = 0; i < self->n_columns; i++)
        {
          if (i > 0)
            g_string_append_c (text, self->separator);
          write_field (self, self->fields[row][i], text);
        }
      if (row + 1 < self->n_rows || self->last_end)
        g_string_append (text, ends[self->ends >> (2 * row) & 3]);
    }
  bytes = g_convert (text->str, (gssize) text->len, charset, "UTF-8", NULL, size, &error);
  g_assert_no_error (error);
  return bytes;
}

static guint
width_of (const Case *self, guint row)
{
  guint width = self->n_columns;

  while (width > 0 && *self->fields[row][width - 1] == '\0')
    width--;
  return width;
}

static gboolean
is_same (const Case *self, const DpopEdgeCsv *csv)
{
  guint n_rows = self->n_rows;

  while (n_rows > 0 && width_of (self, n_rows - 1) == 0)
    n_rows--;
  if (dpop_edge_csv_n_rows (csv) != n_rows)
    return FALSE;
  for (guint row = 0; row < n_rows; row++)
    {
      if (dpop_edge_csv_row_width (csv, row) != width_of (self, row))
        return FALSE;
      for (guint i = 0; i < self->n_columns; i++)
        if (strcmp (dpop_edge_csv_field (csv, row, i), self->fields[row][i]) != 0)
          return FALSE;
    }
  return TRUE;
}

static gboolean
reads_back (const Case *self)
{
  gsize size;
  g_autofree char *bytes = write_case (self, &size);
  DpopEdgeCsvOptions options = { 0 };
  g_autoptr (DpopEdgeCsv) csv = NULL;

  if (!self->find_out)
    options = (DpopEdgeCsvOptions){ .encoding = self->encoding, .separator = self->separator };
  csv = dpop_edge_csv_parse (bytes, size, &options, NULL);
  return csv != NULL && is_same (self, csv)
         && (!self->find_out || dpop_edge_csv_facts (csv)->separator == self->separator)
         && dpop_edge_csv_facts (csv)->separator_line == self->separator_line;
}

/* A table of nothing is refused, and nothing can be found out about it. */
static gboolean
fails (const Case *self)
{
  guint width = 0;

  for (guint row = 0; row < self->n_rows; row++)
    width = MAX (width, width_of (self, row));
  return width > 0 && !reads_back (self);
}

/* Tries one smaller case in place; puts the larger one back when it does not fail. */
static gboolean
try_without_row (Case *self, guint row)
{
  Case smaller = *self;

  if (self->n_rows == 1)
    return FALSE;
  smaller.n_rows--;
  smaller.ends = (self->ends & ((1u << 2 * row) - 1)) | (self->ends >> (2 * row + 2) << (2 * row));
  for (guint i = row; i < smaller.n_rows; i++)
    memcpy (smaller.fields[i], self->fields[i + 1], sizeof smaller.fields[i]);
  memcpy (smaller.fields[smaller.n_rows], self->fields[row], sizeof smaller.fields[row]);
  if (!fails (&smaller))
    return FALSE;
  *self = smaller;
  return TRUE;
}

static gboolean
try_without_column (Case *self, guint column)
{
  Case smaller = *self;

  if (self->n_columns == 1 + (guint) self->find_out)
    return FALSE;
  smaller.n_columns--;
  for (guint row = 0; row < self->n_rows; row++)
    {
      for (guint i = column; i < smaller.n_columns; i++)
        smaller.fields[row][i] = self->fields[row][i + 1];
      smaller.fields[row][smaller.n_columns] = self->fields[row][column];
    }
  if (!fails (&smaller))
    return FALSE;
  *self = smaller;
  return TRUE;
}

static gboolean
try_shorter_field (Case *self, guint row, guint column)
{
  char *field = self->fields[row][column];

  for (char *at = field; *at != '\0'; at = g_utf8_next_char (at))
    {
      g_autofree char *start = g_strndup (field, (gsize) (at - field));

      self->fields[row][column] = g_strconcat (start, g_utf8_next_char (at), NULL);
      if (fails (self))
        {
          g_free (field);
          return TRUE;
        }
      g_free (self->fields[row][column]);
    }
  self->fields[row][column] = field;
  return FALSE;
}

static void
shrink (Case *self)
{
  gboolean smaller;

  do
    {
      smaller = FALSE;
      for (guint row = 0; row < self->n_rows && !smaller; row++)
        smaller = try_without_row (self, row);
      for (guint i = 0; i < self->n_columns && !smaller; i++)
        smaller = try_without_column (self, i);
      for (guint row = 0; row < self->n_rows && !smaller; row++)
        for (guint i = 0; i < self->n_columns && !smaller; i++)
          smaller = try_shorter_field (self, row, i);
    }
  while (smaller);
}

static void
test_reads_back (void)
{
  guint n = 20000 / fixture_share ();

  for (guint64 seed = 1; seed <= n; seed++)
    {
      Case one;

      random_case (&one, seed);
      if (fails (&one))
        {
          gsize size;
          g_autofree char *bytes = NULL;
          g_autofree char *shown = NULL;

          shrink (&one);
          bytes = write_case (&one, &size);
          shown = g_strescape (bytes, NULL);
          g_test_message ("seed %" G_GUINT64_FORMAT ", %s, separator '%c', found out %d: %s", seed,
                          dpop_edge_encoding_name (one.encoding), one.separator, one.find_out,
                          shown);
          g_test_fail ();
        }
      clear_case (&one);
    }
  g_test_message ("%u tables", n);
}

/* The property is worth something only if a broken writer breaks it. */
static void
test_a_broken_writer_is_caught (void)
{
  guint caught = 0;

  for (guint64 seed = 1; seed <= 200; seed++)
    {
      Case one;

      random_case (&one, seed);
      one.quote_none = TRUE;
      if (fails (&one))
        {
          gsize length = 0;

          shrink (&one);
          for (guint row = 0; row < one.n_rows; row++)
            for (guint i = 0; i < one.n_columns; i++)
              length += (gsize) g_utf8_strlen (one.fields[row][i], -1);
          g_assert_cmpuint (one.n_rows, <=, 3);
          g_assert_cmpuint (length, <=, 3);
          caught++;
        }
      clear_case (&one);
    }
  g_assert_cmpuint (caught, >, 100);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/edge/csv/Any table in any dialect and encoding reads back the same",
                   test_reads_back);
  g_test_add_func ("/edge/csv/A writer that does not quote is caught and shown small",
                   test_a_broken_writer_is_caught);
  return g_test_run ();
}
