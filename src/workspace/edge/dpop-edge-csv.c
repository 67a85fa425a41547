/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-edge-csv.h"

#include <glib/gi18n-lib.h>

/* The whole text is decoded once into TEXT; a scanner walks over it without changing it (so that
 * the separators can be tried out), and reading a table unquotes each field in place, where it only
 * shrinks, and ends it with a NUL on a byte that the scanner has passed. A field is an offset. */
struct _DpopEdgeCsv
{
  DpopEdgeCsvFacts facts;
  char *text;
  GArray *fields; /* guint32: offsets into text */
  GArray *rows;   /* Row */
  guint n_columns;
  GHashTable *mended; /* place of a field -> what a person put there; NULL: nothing */
};

typedef struct
{
  guint32 line;
  guint32 first;    /* into fields */
  guint32 stored;   /* fields there */
  guint32 width;    /* up to the last field that is not empty */
  guint32 n_fields; /* as written */
} Row;

typedef enum
{
  SCAN_FIELD, /* the row goes on */
  SCAN_ROW,   /* the row ends here */
  SCAN_OPEN,  /* a quotation mark is never closed */
  SCAN_AFTER, /* something follows a closing quotation mark */
} Scan;

typedef struct
{
  char *at;
  char *end;
  char separator;
  gsize line;
  guint stray; /* fields with quotation marks in them that quote nothing */
} Scanner;

typedef struct
{
  char *start, *end; /* without the quotation marks around it */
  gsize line;
  gboolean doubled; /* has doubled quotation marks in it */
} Field;

#define SAMPLE_BYTES (256u << 10)
#define SAMPLE_ROWS  200u

static const char candidates[] = { ';', ',', '\t', '|' };

gboolean
dpop_edge_csv_separator_is_valid (char separator)
{
  return separator == '\t' || separator == DPOP_EDGE_CSV_ONE_COLUMN
         || (g_ascii_ispunct (separator) && separator != '"');
}

/* At a separator, at an end of line, or at the end. */
static Scan
scan_terminator (Scanner *self)
{
  char c;

  if (self->at == self->end)
    return SCAN_ROW;
  c = *self->at++;
  if (c != '\n' && c != '\r')
    return SCAN_FIELD;
  if (c == '\r' && self->at < self->end && *self->at == '\n')
    self->at++;
  self->line++;
  return SCAN_ROW;
}

static gboolean
ends_field (const Scanner *self, const char *at)
{
  return at == self->end || *at == self->separator || *at == '\n' || *at == '\r';
}

static Scan
scan_quoted (Scanner *self, Field *field)
{
  field->start = ++self->at;
  for (;; self->at++)
    {
      if (self->at == self->end)
        return SCAN_OPEN;
      if (*self->at == '\r' || (*self->at == '\n' && self->at[-1] != '\r'))
        self->line++;
      if (*self->at != '"')
        continue;
      if (self->at + 1 == self->end || self->at[1] != '"')
        break;
      field->doubled = TRUE;
      self->at++;
    }
  field->end = self->at++;
  while (self->at < self->end && *self->at == ' ')
    self->at++;
  return ends_field (self, self->at) ? scan_terminator (self) : SCAN_AFTER;
}

static Scan
scan_field (Scanner *self, Field *field)
{
  char *at = self->at;
  gboolean stray = FALSE;

  *field = (Field){ .line = self->line };
  while (at < self->end && *at == ' ')
    at++;
  if (at < self->end && *at == '"')
    {
      self->at = at;
      return scan_quoted (self, field);
    }
  field->start = self->at;
  for (; !ends_field (self, at); at++)
    stray |= *at == '"';
  self->stray += stray;
  field->end = self->at = at;
  return scan_terminator (self);
}

/* How evenly a separator cuts the first rows. */
typedef struct
{
  gboolean broken; /* quotation marks do not work out */
  guint stray;
  guint score; /* 0: it separates nothing */
} Trial;

static Trial
try_separator (char *text, gsize size, char separator)
{
  Scanner scanner = { .at = text, .separator = separator, .line = 1 };
  guint widths[DPOP_EDGE_CSV_MAX_COLUMNS + 1] = { 0 };
  guint n = 0, first = 0, usual = 0;
  gboolean cut = size > SAMPLE_BYTES;
  Trial trial = { FALSE };

  scanner.end = text + MIN (size, SAMPLE_BYTES);
  while (scanner.at < scanner.end && n < SAMPLE_ROWS && !trial.broken)
    {
      gboolean blank = TRUE;
      guint width = 0;
      Scan scan;
      Field field;

      do
        {
          scan = scan_field (&scanner, &field);
          width++;
          blank = blank && field.start == field.end;
        }
      while (scan == SCAN_FIELD);
      /* What the end of the sample cuts says nothing. */
      if (cut && scanner.at == scanner.end && n > 0)
        break;
      trial.broken = scan != SCAN_ROW;
      if (blank || trial.broken)
        continue;
      width = MIN (width, DPOP_EDGE_CSV_MAX_COLUMNS);
      first = n == 0 ? width : first;
      widths[width]++;
      n++;
    }
  trial.stray = scanner.stray;
  for (guint width = 1; width < G_N_ELEMENTS (widths); width++)
    usual = widths[width] >= widths[usual] ? width : usual;
  /* Rows of nothing but separators are empty rows. */
  if (n == 0)
    trial.score = !trial.broken;
  else if (usual >= 2)
    {
      /* Decimal commas make two columns of every row but the headings: rows that are wide, and cut
       * like the first, count for more. */
      trial.score = 1000 * widths[usual] / n * (usual - 1) / usual;
      trial.score = first == usual ? trial.score + 1000 : trial.score + 1;
    }
  return trial;
}

static gboolean
is_better (const Trial *a, const Trial *b)
{
  if ((a->score > 0) != (b->score > 0))
    return a->score > 0;
  if (a->broken != b->broken)
    return b->broken;
  if (a->stray != b->stray)
    return a->stray < b->stray;
  return a->score > b->score;
}

static char
detect_separator (char *text, gsize size, gboolean *doubt)
{
  Trial trials[G_N_ELEMENTS (candidates)];
  guint best = 0;

  for (guint i = 0; i < G_N_ELEMENTS (candidates); i++)
    {
      trials[i] = try_separator (text, size, candidates[i]);
      if (is_better (&trials[i], &trials[best]))
        best = i;
    }
  if (trials[best].score == 0)
    return DPOP_EDGE_CSV_ONE_COLUMN;
  for (guint i = 0; i < G_N_ELEMENTS (candidates); i++)
    *doubt |= i != best && !trials[i].broken && trials[i].stray == trials[best].stray
              && trials[i].score * 10 >= trials[best].score * 9;
  return candidates[best];
}

/* Excel's "sep=;" in the first line, quoted or not. Gives the bytes to skip, its line's end
 * included. */
static gsize
read_separator_line (const char *text, char *separator)
{
  gboolean quoted = text[0] == '"';
  const char *at = text + quoted;

  if (g_ascii_strncasecmp (at, "sep=", 4) != 0 || !dpop_edge_csv_separator_is_valid (at[4])
      || at[4] == '\n')
    return 0;
  *separator = at[4];
  at += 5;
  if (quoted && *at++ != '"')
    return 0;
  if (at[0] == '\r' && at[1] == '\n')
    return (gsize) (at + 2 - text);
  return at[0] == '\n' || at[0] == '\r' ? (gsize) (at + 1 - text) : 0;
}

static void
unquote (Field *field)
{
  char *to = field->start;

  if (field->doubled)
    {
      for (char *from = field->start; from < field->end; from++)
        {
          *to++ = *from;
          from += *from == '"';
        }
      field->end = to;
    }
  *field->end = '\0';
}

static gboolean
fail_scan (const DpopEdgeCsv *self, const Scanner *scanner, const Field *field, Scan scan,
           GError **error)
{
  if (scan == SCAN_OPEN)
    g_set_error (error, DPOP_EDGE_ERROR, DPOP_EDGE_ERROR_SYNTAX,
                 _ ("The quotation mark that opens a field on line %" G_GSIZE_FORMAT
                    " is never closed. Close it, or write it twice if it belongs to the text."),
                 field->line);
  else
    g_set_error (error, DPOP_EDGE_ERROR, DPOP_EDGE_ERROR_SYNTAX,
                 _ ("On line %" G_GSIZE_FORMAT " text follows a closing quotation mark. Write a "
                    "quotation mark that belongs to the text twice, or choose another separator."),
                 scanner->line);
  return FALSE;
}

typedef enum
{
  TOO_LONG_FIELD,
  TOO_MANY_COLUMNS,
  TOO_MANY_ROWS,
} TooLarge;

static gboolean
fail_too_large (GError **error, gsize line, TooLarge what)
{
  switch (what)
    {
    case TOO_LONG_FIELD:
      g_set_error (error, DPOP_EDGE_ERROR, DPOP_EDGE_ERROR_TOO_LARGE,
                   _ ("On line %" G_GSIZE_FORMAT " a field has more than %u bytes. "
                      "Check its quotation marks, or shorten it."),
                   line, DPOP_EDGE_CSV_MAX_FIELD);
      break;
    case TOO_MANY_COLUMNS:
      g_set_error (error, DPOP_EDGE_ERROR, DPOP_EDGE_ERROR_TOO_LARGE,
                   _ ("Line %" G_GSIZE_FORMAT " has more than %u columns. "
                      "Choose the right separator, or leave columns out."),
                   line, DPOP_EDGE_CSV_MAX_COLUMNS);
      break;
    case TOO_MANY_ROWS:
    default:
      g_set_error (error, DPOP_EDGE_ERROR, DPOP_EDGE_ERROR_TOO_LARGE,
                   _ ("From line %" G_GSIZE_FORMAT " on there are more than %u rows. "
                      "Split the file."),
                   line, DPOP_EDGE_CSV_MAX_ROWS);
    }
  return FALSE;
}

static gboolean
read_row (DpopEdgeCsv *self, Scanner *scanner, Row *row, GError **error)
{
  guint32 empty = 0;
  Scan scan;

  *row = (Row){ .line = (guint32) scanner->line, .first = self->fields->len };
  do
    {
      Field field;
      guint32 offset;

      scan = scan_field (scanner, &field);
      if (scan != SCAN_FIELD && scan != SCAN_ROW)
        return fail_scan (self, scanner, &field, scan, error);
      unquote (&field);
      row->n_fields++;
      if (field.start == field.end)
        {
          empty = (guint32) (field.end - self->text);
          continue;
        }
      if (field.end - field.start > DPOP_EDGE_CSV_MAX_FIELD)
        return fail_too_large (error, field.line, TOO_LONG_FIELD);
      if (row->n_fields > DPOP_EDGE_CSV_MAX_COLUMNS)
        return fail_too_large (error, field.line, TOO_MANY_COLUMNS);
      /* Empty fields are stored once something follows them. */
      for (; row->width + 1 < row->n_fields; row->width++)
        g_array_append_val (self->fields, empty);
      offset = (guint32) (field.start - self->text);
      g_array_append_val (self->fields, offset);
      row->width++;
    }
  while (scan == SCAN_FIELD);
  row->stored = row->width;
  return TRUE;
}

static gboolean
read_rows (DpopEdgeCsv *self, Scanner *scanner, GError **error)
{
  guint first_fields = 0;
  gsize blank = 0;
  Row blank_row = { 0 };

  while (scanner->at < scanner->end)
    {
      Row row;

      if (!read_row (self, scanner, &row, error))
        return FALSE;
      if (row.width == 0)
        {
          blank_row = blank == 0 ? row : blank_row;
          blank++;
          continue;
        }
      if (self->rows->len + blank >= DPOP_EDGE_CSV_MAX_ROWS)
        return fail_too_large (error, row.line, TOO_MANY_ROWS);
      for (; blank > 0; blank--)
        g_array_append_val (self->rows, blank_row);
      g_array_append_val (self->rows, row);
      self->n_columns = MAX (self->n_columns, row.width);
      first_fields = first_fields == 0 ? row.n_fields : first_fields;
      if (row.n_fields != first_fields && self->facts.n_ragged++ == 0)
        self->facts.first_ragged_line = row.line;
    }
  self->facts.n_stray_quotes = scanner->stray;
  if (self->rows->len > 0)
    return TRUE;
  g_set_error_literal (error, DPOP_EDGE_ERROR, DPOP_EDGE_ERROR_EMPTY,
                       _ ("The file has no rows. Check that the right file was chosen."));
  return FALSE;
}

/* Headings are words: each different, none a number, a date or an address. */
static gboolean
looks_like_header (const DpopEdgeCsv *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint width = dpop_edge_csv_row_width (self, 0);

  for (guint i = 0; i < width; i++)
    {
      const char *text = dpop_edge_csv_field (self, 0, i);

      if (*text == '\0')
        continue;
      if (g_ascii_isdigit (*text) || strchr (text, '@') != NULL
          || !g_hash_table_add (seen, (gpointer) text))
        return FALSE;
    }
  return width > 0;
}

static gboolean
parse (DpopEdgeCsv *self, gsize size, const DpopEdgeCsvOptions *options, GError **error)
{
  Scanner scanner = { .line = 1 };
  gsize skip = read_separator_line (self->text, &self->facts.separator);

  /* The end-of-file mark of DOS. */
  if (size > 0 && self->text[size - 1] == '\x1a')
    self->text[--size] = '\0';
  self->facts.separator_line = skip > 0;
  scanner.at = self->text + skip;
  scanner.end = self->text + size;
  scanner.line += skip > 0;
  if (options->separator != 0)
    self->facts.separator = options->separator;
  else if (skip == 0)
    self->facts.separator = detect_separator (scanner.at, (gsize) (scanner.end - scanner.at),
                                              &self->facts.separator_doubt);
  scanner.separator = self->facts.separator;
  if (!read_rows (self, &scanner, error))
    return FALSE;
  self->facts.header
      = options->header == DPOP_EDGE_CSV_HEADER_YES
        || (options->header == DPOP_EDGE_CSV_HEADER_DETECT && looks_like_header (self));
  return TRUE;
}

DpopEdgeCsv *
dpop_edge_csv_parse (gconstpointer bytes, gsize size, const DpopEdgeCsvOptions *options,
                     GError **error)
{
  static const DpopEdgeCsvOptions find_out;
  g_autoptr (DpopEdgeCsv) self = NULL;
  gsize length = 0;

  options = options != NULL ? options : &find_out;
  g_return_val_if_fail (
      options->separator == 0 || dpop_edge_csv_separator_is_valid (options->separator), NULL);
  if (size > DPOP_EDGE_CSV_MAX_BYTES)
    {
      g_set_error (error, DPOP_EDGE_ERROR, DPOP_EDGE_ERROR_TOO_LARGE,
                   _ ("The file is larger than %u MB. Split it."), DPOP_EDGE_CSV_MAX_BYTES >> 20);
      return NULL;
    }
  self = g_new0 (DpopEdgeCsv, 1);
  self->fields = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  self->text = dpop_edge_encoding_decode (bytes, size, options->encoding, &self->facts.text,
                                          &length, error);
  if (self->text == NULL || !parse (self, length, options, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
dpop_edge_csv_free (DpopEdgeCsv *self)
{
  if (self == NULL)
    return;
  g_free (self->text);
  g_array_unref (self->fields);
  g_array_unref (self->rows);
  g_clear_pointer (&self->mended, g_hash_table_unref);
  g_free (self);
}

const DpopEdgeCsvFacts *
dpop_edge_csv_facts (const DpopEdgeCsv *self)
{
  return &self->facts;
}

guint
dpop_edge_csv_n_rows (const DpopEdgeCsv *self)
{
  return self->rows->len;
}

guint
dpop_edge_csv_n_columns (const DpopEdgeCsv *self)
{
  return self->n_columns;
}

guint
dpop_edge_csv_row_width (const DpopEdgeCsv *self, guint row)
{
  g_return_val_if_fail (row < self->rows->len, 0);
  return g_array_index (self->rows, Row, row).width;
}

guint
dpop_edge_csv_row_n_fields (const DpopEdgeCsv *self, guint row)
{
  g_return_val_if_fail (row < self->rows->len, 0);
  return g_array_index (self->rows, Row, row).n_fields;
}

gsize
dpop_edge_csv_line (const DpopEdgeCsv *self, guint row)
{
  g_return_val_if_fail (row < self->rows->len, 0);
  return g_array_index (self->rows, Row, row).line;
}

static gpointer
place_of (guint row, guint column)
{
  return GSIZE_TO_POINTER ((gsize) row * DPOP_EDGE_CSV_MAX_COLUMNS + column);
}

const char *
dpop_edge_csv_field (const DpopEdgeCsv *self, guint row, guint column)
{
  const Row *found;
  const char *mended = NULL;

  g_return_val_if_fail (row < self->rows->len, "");
  found = &g_array_index (self->rows, Row, row);
  if (self->mended != NULL)
    mended = g_hash_table_lookup (self->mended, place_of (row, column));
  if (mended != NULL || column >= found->stored)
    return mended != NULL ? mended : "";
  return self->text + g_array_index (self->fields, guint32, found->first + column);
}

/* --- Mending. --------------------------------------------------------------------------------- */

gboolean
dpop_edge_csv_mend (DpopEdgeCsv *self, guint row, guint column, const char *text)
{
  Row *mended;

  g_return_val_if_fail (row < self->rows->len && column < self->n_columns, FALSE);
  if (strlen (text) > DPOP_EDGE_CSV_MAX_FIELD || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  if (self->mended == NULL)
    self->mended = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_hash_table_insert (self->mended, place_of (row, column), g_strdup (text));
  mended = &g_array_index (self->rows, Row, row);
  mended->n_fields = MAX (mended->n_fields, column + 1);
  mended->width = MAX (mended->width, column + 1);
  while (mended->width > 0 && *dpop_edge_csv_field (self, row, mended->width - 1) == '\0')
    mended->width--;
  return TRUE;
}
