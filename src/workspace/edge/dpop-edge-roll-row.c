/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-edge-mail.h"
#include "dpop-edge-name.h"
#include "dpop-edge-roll-private.h"

#include <string.h>

/* Characters a field may have. All of a person fits an operation's personal part with room. */
static const guint longest[DPOP_EDGE_ROLL_N_FIELDS + 1] = {
  [DPOP_EDGE_ROLL_GIVEN_NAME] = 200, [DPOP_EDGE_ROLL_FAMILY_NAME] = 200,
  [DPOP_EDGE_ROLL_FULL_NAME] = 400,  [DPOP_EDGE_ROLL_EMAIL] = 254,
  [DPOP_EDGE_ROLL_PHONE] = 100,      [DPOP_EDGE_ROLL_STREET] = 300,
  [DPOP_EDGE_ROLL_POSTCODE] = 20,    [DPOP_EDGE_ROLL_CITY] = 200,
  [DPOP_EDGE_ROLL_COUNTRY] = 100,    [DPOP_EDGE_ROLL_BORN] = 40,
  [DPOP_EDGE_ROLL_JOINED] = 40,      [DPOP_EDGE_ROLL_NUMBER] = 100,
  [DPOP_EDGE_ROLL_UNIT] = 200,       [DPOP_EDGE_ROLL_STATE] = 100,
  [DPOP_EDGE_ROLL_NOTE] = 4000,      [DPOP_EDGE_ROLL_EXTRA] = 2000,
};

#define MAX_ROW_BYTES (32u << 10)

void
dpop_edge_roll_add_problem (DpopEdgeRollRow *row, DpopEdgeRollSeverity severity,
                            DpopEdgeRollCode code, gint column, gsize other_line)
{
  DpopEdgeRollProblem problem = { severity, code, column, other_line };

  if (row->problems == NULL)
    row->problems = g_array_new (FALSE, FALSE, sizeof (DpopEdgeRollProblem));
  g_array_append_val (row->problems, problem);
  row->red = row->red || severity == DPOP_EDGE_ROLL_ERROR;
}

static void
fail (DpopEdgeRollRow *row, DpopEdgeRollCode code, gint column)
{
  dpop_edge_roll_add_problem (row, DPOP_EDGE_ROLL_ERROR, code, column, 0);
}

static void
warn (DpopEdgeRollRow *row, DpopEdgeRollCode code, gint column)
{
  dpop_edge_roll_add_problem (row, DPOP_EDGE_ROLL_WARNING, code, column, 0);
}

/* "#REF!", "#NAME?", "#WERT!", "#N/A", "#####" */
static gboolean
is_formula_error (const char *text)
{
  gsize length = strlen (text);

  if (text[0] != '#' || length < 3
      || strspn (text + 1, "#ABCDEFGHIJKLMNOPQRSTUVWXYZ/0!?") != length - 1)
    return FALSE;
  return strchr ("!?#", text[length - 1]) != NULL || strcmp (text, "#N/A") == 0
         || strcmp (text, "#NV") == 0;
}

/* "4,91722E+12": a long number, of which the last digits are gone. */
static gboolean
is_rounded_number (const char *text)
{
  gsize digits = strspn (text, "0123456789.,");

  return digits > 0 && (text[digits] == 'E' || text[digits] == 'e') && text[digits + 1] == '+'
         && text[digits + 2] != '\0'
         && strspn (text + digits + 2, "0123456789") == strlen (text + digits + 2);
}

static const char *
read_text (const DpopEdgeRollReader *reader, DpopEdgeRollRow *row, gint column,
           DpopEdgeRollField field)
{
  const char *lines = field == DPOP_EDGE_ROLL_STREET                                  ? ", "
                      : field == DPOP_EDGE_ROLL_NOTE || field == DPOP_EDGE_ROLL_EXTRA ? "\n"
                                                                                      : NULL;
  const char *raw = dpop_edge_csv_field (reader->csv, row->table_row, (guint) column);
  g_autofree char *text = NULL;
  gboolean removed;

  if (*raw == '\0')
    return "";
  text = dpop_edge_roll_tidy (raw, lines, &removed);
  if (removed)
    warn (row, DPOP_EDGE_ROLL_INVISIBLE, column);
  if (is_formula_error (text)
      || ((field == DPOP_EDGE_ROLL_PHONE || field == DPOP_EDGE_ROLL_NUMBER
           || field == DPOP_EDGE_ROLL_POSTCODE)
          && is_rounded_number (text)))
    fail (row, DPOP_EDGE_ROLL_SPREADSHEET, column);
  if (strlen (text) > longest[field] && (guint) g_utf8_strlen (text, -1) > longest[field])
    fail (row, DPOP_EDGE_ROLL_TOO_LONG, column);
  return *text != '\0' ? g_string_chunk_insert (reader->roll->texts, text) : "";
}

static void
check_email (const DpopEdgeRollReader *reader, DpopEdgeRollRow *row)
{
  const char **field = &row->fields[DPOP_EDGE_ROLL_EMAIL];
  gint column = reader->roll->column_of[DPOP_EDGE_ROLL_EMAIL];
  g_autofree char *bare = NULL;
  const char *sign;

  if (**field == '\0')
    return;
  bare = dpop_edge_mail_bare (*field);
  sign = strchr (bare, '@');
  if (dpop_edge_mail_is_valid (bare))
    {
      if (strcmp (bare, *field) != 0)
        *field = g_string_chunk_insert (reader->roll->texts, bare);
    }
  else if (sign != NULL && strchr (sign + 1, '@') != NULL)
    fail (row, DPOP_EDGE_ROLL_EMAIL_SEVERAL, column);
  else
    fail (row, DPOP_EDGE_ROLL_EMAIL_MALFORMED, column);
}

static void
warn_of_order (const DpopEdgeRollReader *reader, DpopEdgeRollRow *row, DpopEdgeRollField field,
               const DpopEdgeDateParts *parts, DpopEdgeDateOrder order)
{
  gint column = reader->roll->column_of[field];

  if (order != reader->orders[field])
    warn (row, DPOP_EDGE_ROLL_DATE_OTHER_WAY, column);
  else if (parts->either && reader->in_doubt[field] && parts->first <= 12 && parts->second <= 12
           && parts->first != parts->second)
    warn (row, DPOP_EDGE_ROLL_DATE_AMBIGUOUS, column);
  if (parts->short_year)
    warn (row, DPOP_EDGE_ROLL_DATE_SHORT_YEAR, column);
}

static DpopEdgeDate
check_date (const DpopEdgeRollReader *reader, DpopEdgeRollRow *row, DpopEdgeRollField field)
{
  DpopEdgeDate today = reader->options->today;
  /* Where spreadsheets let the century begin when nobody says what day it is. */
  DpopEdgeDate newest = today != 0 ? today : 20291231;
  DpopEdgeDateOrder order = reader->orders[field];
  gint column = reader->roll->column_of[field];
  char text[DPOP_EDGE_DATE_SIZE];
  DpopEdgeDateParts parts;
  DpopEdgeDate date = 0;

  if (*row->fields[field] == '\0')
    return 0;
  if (dpop_edge_date_scan (row->fields[field], &parts))
    {
      date = dpop_edge_date_resolve (&parts, order, newest);
      if (date == 0 && reader->options->date_order == DPOP_EDGE_DATE_FIND_OUT)
        {
          order = order == DPOP_EDGE_DATE_DAY_FIRST ? DPOP_EDGE_DATE_MONTH_FIRST
                                                    : DPOP_EDGE_DATE_DAY_FIRST;
          date = dpop_edge_date_resolve (&parts, order, newest);
        }
    }
  if (date == 0)
    {
      fail (row, DPOP_EDGE_ROLL_DATE_UNREADABLE, column);
      return 0;
    }
  warn_of_order (reader, row, field, &parts, order);
  if (today != 0 && date > today)
    dpop_edge_roll_add_problem (
        row, field == DPOP_EDGE_ROLL_BORN ? DPOP_EDGE_ROLL_ERROR : DPOP_EDGE_ROLL_WARNING,
        DPOP_EDGE_ROLL_DATE_FUTURE, column, 0);
  dpop_edge_date_format (date, text);
  row->fields[field] = g_string_chunk_insert (reader->roll->texts, text);
  return date;
}

static void
check_unit (const DpopEdgeRollReader *reader, DpopEdgeRollRow *row)
{
  const char **field = &row->fields[DPOP_EDGE_ROLL_UNIT];
  g_autofree char *key = NULL;
  guint place;

  row->unit = -1;
  if (**field == '\0' || reader->units == NULL)
    return;
  key = dpop_edge_name_word_key (*field);
  place = GPOINTER_TO_UINT (g_hash_table_lookup (reader->units, key));
  if (place == 0)
    {
      fail (row, DPOP_EDGE_ROLL_UNIT_UNKNOWN, reader->roll->column_of[DPOP_EDGE_ROLL_UNIT]);
      return;
    }
  row->unit = (gint) place - 1;
  *field = g_string_chunk_insert (reader->roll->texts, reader->options->units[row->unit]);
}

static void
check_state (const DpopEdgeRollReader *reader, DpopEdgeRollRow *row)
{
  const char **field = &row->fields[DPOP_EDGE_ROLL_STATE];
  g_autofree char *key = NULL;

  if (**field == '\0')
    return;
  key = dpop_edge_name_word_key (*field);
  row->state = GPOINTER_TO_UINT (g_hash_table_lookup (reader->states, key));
  if (row->state == DPOP_EDGE_ROLL_NO_STATE)
    fail (row, DPOP_EDGE_ROLL_STATE_UNKNOWN, reader->roll->column_of[DPOP_EDGE_ROLL_STATE]);
  else
    *field = dpop_edge_roll_state_name (row->state);
}

static gboolean
has_letter (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_isalpha (g_utf8_get_char (text)))
      return TRUE;
  return FALSE;
}

/* "Müller, Anna": the comma says which is which; a blank does not. */
static void
split_name (const DpopEdgeRollReader *reader, DpopEdgeRollRow *row)
{
  g_auto (GStrv) parts = g_strsplit (row->fields[DPOP_EDGE_ROLL_FULL_NAME], ",", 3);

  if (g_strv_length (parts) != 2)
    return;
  g_strstrip (parts[0]);
  g_strstrip (parts[1]);
  if (*parts[0] == '\0' || *parts[1] == '\0')
    return;
  row->fields[DPOP_EDGE_ROLL_FAMILY_NAME] = g_string_chunk_insert (reader->roll->texts, parts[0]);
  row->fields[DPOP_EDGE_ROLL_GIVEN_NAME] = g_string_chunk_insert (reader->roll->texts, parts[1]);
  row->fields[DPOP_EDGE_ROLL_FULL_NAME] = "";
}

static void
check_name (const DpopEdgeRollReader *reader, DpopEdgeRollRow *row)
{
  const gint *column_of = reader->roll->column_of;
  const char **full = &row->fields[DPOP_EDGE_ROLL_FULL_NAME];
  const char *given, *family;

  if (*row->fields[DPOP_EDGE_ROLL_GIVEN_NAME] == '\0'
      && *row->fields[DPOP_EDGE_ROLL_FAMILY_NAME] == '\0')
    split_name (reader, row);
  given = row->fields[DPOP_EDGE_ROLL_GIVEN_NAME];
  family = row->fields[DPOP_EDGE_ROLL_FAMILY_NAME];
  if (**full == '\0')
    {
      g_autofree char *made
          = g_strconcat (given, *given != '\0' && *family != '\0' ? " " : "", family, NULL);

      *full = *made != '\0' ? g_string_chunk_insert (reader->roll->texts, made) : "";
    }
  if (!has_letter (*full))
    fail (row, DPOP_EDGE_ROLL_NO_NAME,
          column_of[DPOP_EDGE_ROLL_FULL_NAME] >= 0     ? column_of[DPOP_EDGE_ROLL_FULL_NAME]
          : column_of[DPOP_EDGE_ROLL_FAMILY_NAME] >= 0 ? column_of[DPOP_EDGE_ROLL_FAMILY_NAME]
                                                       : column_of[DPOP_EDGE_ROLL_GIVEN_NAME]);
}

/* A separator that stands in a text without quotation marks moves all that follows. */
static void
check_width (const DpopEdgeRollReader *reader, DpopEdgeRollRow *row)
{
  guint n_fields = dpop_edge_csv_row_n_fields (reader->csv, row->table_row);
  guint n_headings;

  if (reader->roll->first_row == 0)
    return;
  n_headings = dpop_edge_csv_row_n_fields (reader->csv, 0);
  if (dpop_edge_csv_row_width (reader->csv, row->table_row) > n_headings)
    fail (row, DPOP_EDGE_ROLL_ROW_LONG, -1);
  if (n_fields >= n_headings)
    return;
  for (guint i = 0; i < DPOP_EDGE_ROLL_N_FIELDS; i++)
    if (reader->roll->column_of[i] >= (gint) n_fields)
      {
        warn (row, DPOP_EDGE_ROLL_ROW_SHORT, -1);
        return;
      }
}

static gboolean
read_texts (const DpopEdgeRollReader *reader, DpopEdgeRollRow *row)
{
  const DpopEdgeRoll *roll = reader->roll;
  gsize bytes = 0;

  for (guint i = 0; i < DPOP_EDGE_ROLL_N_FIELDS; i++)
    {
      row->fields[i]
          = roll->column_of[i] >= 0 ? read_text (reader, row, roll->column_of[i], i) : "";
      bytes += strlen (row->fields[i]);
    }
  row->extras = roll->n_extras > 0 ? g_new (const char *, roll->n_extras) : NULL;
  for (guint i = 0; i < roll->n_extras; i++)
    {
      row->extras[i] = read_text (reader, row, (gint) roll->extras[i], DPOP_EDGE_ROLL_EXTRA);
      bytes += strlen (row->extras[i]);
    }
  if (bytes > MAX_ROW_BYTES)
    fail (row, DPOP_EDGE_ROLL_TOO_LONG, -1);
  return bytes > 0;
}

gboolean
dpop_edge_roll_read_row (const DpopEdgeRollReader *reader, guint table_row, DpopEdgeRollRow *row)
{
  const char *phone;

  *row = (DpopEdgeRollRow){ .table_row = table_row,
                            .line = dpop_edge_csv_line (reader->csv, table_row) };
  if (!read_texts (reader, row))
    return FALSE;
  check_width (reader, row);
  check_name (reader, row);
  check_email (reader, row);
  phone = row->fields[DPOP_EDGE_ROLL_PHONE];
  if (*phone != '\0' && *phone != '#' && strpbrk (phone, "0123456789") == NULL
      && g_str_is_ascii (phone))
    warn (row, DPOP_EDGE_ROLL_PHONE_ODD, reader->roll->column_of[DPOP_EDGE_ROLL_PHONE]);
  row->born = check_date (reader, row, DPOP_EDGE_ROLL_BORN);
  row->joined = check_date (reader, row, DPOP_EDGE_ROLL_JOINED);
  if (row->born != 0 && row->joined != 0 && row->joined < row->born)
    warn (row, DPOP_EDGE_ROLL_DATE_ORDER, reader->roll->column_of[DPOP_EDGE_ROLL_JOINED]);
  check_unit (reader, row);
  check_state (reader, row);
  return TRUE;
}
