/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-edge-roll-private.h"

#include <glib/gi18n-lib.h>

#define VALUE_CHARACTERS 60

static const struct
{
  const char *name;
  const char *title;
} fields[DPOP_EDGE_ROLL_IGNORED + 1] = {
  [DPOP_EDGE_ROLL_GIVEN_NAME] = { "given-name", N_ ("Given name") },
  [DPOP_EDGE_ROLL_FAMILY_NAME] = { "family-name", N_ ("Family name") },
  [DPOP_EDGE_ROLL_FULL_NAME] = { "full-name", N_ ("Full name") },
  [DPOP_EDGE_ROLL_EMAIL] = { "email", N_ ("E-mail") },
  [DPOP_EDGE_ROLL_PHONE] = { "phone", N_ ("Phone") },
  [DPOP_EDGE_ROLL_STREET] = { "street", N_ ("Street") },
  [DPOP_EDGE_ROLL_POSTCODE] = { "postcode", N_ ("Postcode") },
  [DPOP_EDGE_ROLL_CITY] = { "city", N_ ("Town") },
  [DPOP_EDGE_ROLL_COUNTRY] = { "country", N_ ("Country") },
  [DPOP_EDGE_ROLL_BORN] = { "born", N_ ("Date of birth") },
  [DPOP_EDGE_ROLL_JOINED] = { "joined", N_ ("Member since") },
  [DPOP_EDGE_ROLL_NUMBER] = { "number", N_ ("Member number") },
  [DPOP_EDGE_ROLL_UNIT] = { "unit", N_ ("Local group") },
  [DPOP_EDGE_ROLL_STATE] = { "state", N_ ("Status") },
  [DPOP_EDGE_ROLL_NOTE] = { "note", N_ ("Note") },
  [DPOP_EDGE_ROLL_EXTRA] = { "extra", N_ ("Kept under its heading") },
  [DPOP_EDGE_ROLL_IGNORED] = { "ignored", N_ ("Left out") },
};

static const char *const states[DPOP_EDGE_ROLL_N_STATES] = {
  [DPOP_EDGE_ROLL_NO_STATE] = "",     [DPOP_EDGE_ROLL_APPLICANT] = "applicant",
  [DPOP_EDGE_ROLL_MEMBER] = "member", [DPOP_EDGE_ROLL_SUSPENDED] = "suspended",
  [DPOP_EDGE_ROLL_FORMER] = "former",
};

/* What the message is made of. */
typedef enum
{
  TAKES_NOTHING,
  TAKES_COLUMN,
  TAKES_COLUMN_VALUE,
  TAKES_LINE,
} Takes;

static const struct
{
  const char *name;
  Takes takes;
  const char *message;
} codes[DPOP_EDGE_ROLL_N_CODES] = {
  [DPOP_EDGE_ROLL_NO_NAME] = { "no-name", TAKES_NOTHING, N_ ("There is no name. Enter one.") },
  [DPOP_EDGE_ROLL_EMAIL_MALFORMED]
  = { "email-malformed", TAKES_COLUMN_VALUE,
      N_ ("%1$s: “%2$s” is not an e-mail address. Correct it, or leave it empty.") },
  [DPOP_EDGE_ROLL_EMAIL_SEVERAL]
  = { "email-several", TAKES_COLUMN_VALUE,
      N_ ("%1$s: “%2$s” is more than one e-mail address. Keep one.") },
  [DPOP_EDGE_ROLL_EMAIL_SHARED]
  = { "email-shared", TAKES_LINE,
      N_ ("The e-mail address is also somebody else's, on line %u. Check that both are right.") },
  [DPOP_EDGE_ROLL_DATE_UNREADABLE] = { "date-unreadable", TAKES_COLUMN_VALUE,
                                       N_ ("%1$s: “%2$s” is not a date. Write it as 1984-02-29.") },
  [DPOP_EDGE_ROLL_DATE_AMBIGUOUS]
  = { "date-ambiguous", TAKES_COLUMN_VALUE,
      N_ ("%1$s: read as %2$s. Check that day and month are not the other way round.") },
  [DPOP_EDGE_ROLL_DATE_OTHER_WAY]
  = { "date-other-way", TAKES_COLUMN_VALUE,
      N_ ("%1$s: read as %2$s. Day and month are the other way round than in most rows.") },
  [DPOP_EDGE_ROLL_DATE_SHORT_YEAR]
  = { "date-short-year", TAKES_COLUMN_VALUE, N_ ("%1$s: read as %2$s. Check the century.") },
  [DPOP_EDGE_ROLL_DATE_FUTURE]
  = { "date-future", TAKES_COLUMN_VALUE, N_ ("%1$s: %2$s is in the future. Correct it.") },
  [DPOP_EDGE_ROLL_DATE_ORDER]
  = { "date-order", TAKES_COLUMN_VALUE, N_ ("%1$s: %2$s is before the birth. Check both dates.") },
  [DPOP_EDGE_ROLL_PHONE_ODD]
  = { "phone-odd", TAKES_COLUMN_VALUE, N_ ("%1$s: “%2$s” is not a phone number.") },
  [DPOP_EDGE_ROLL_TOO_LONG]
  = { "too-long", TAKES_COLUMN, N_ ("%s: this is too long. Shorten it.") },
  [DPOP_EDGE_ROLL_SPREADSHEET] = { "spreadsheet", TAKES_COLUMN_VALUE,
                                   N_ ("%1$s: “%2$s” is what the spreadsheet made of it. "
                                       "Format the column as text, and enter it again.") },
  [DPOP_EDGE_ROLL_INVISIBLE]
  = { "invisible", TAKES_COLUMN, N_ ("%s: signs that cannot be seen were taken out.") },
  [DPOP_EDGE_ROLL_UNIT_UNKNOWN]
  = { "unit-unknown", TAKES_COLUMN_VALUE,
      N_ ("%1$s: there is no “%2$s”. Create it first, or choose one that is there.") },
  [DPOP_EDGE_ROLL_STATE_UNKNOWN]
  = { "state-unknown", TAKES_COLUMN_VALUE,
      N_ ("%1$s: “%2$s” is unknown. Write applicant, member, suspended or former.") },
  [DPOP_EDGE_ROLL_NUMBER_TWICE]
  = { "number-twice", TAKES_LINE,
      N_ ("The member number is on line %u already. Correct one, or delete one row.") },
  [DPOP_EDGE_ROLL_PERSON_TWICE]
  = { "person-twice", TAKES_LINE, N_ ("This person is on line %u already. Delete one row.") },
  [DPOP_EDGE_ROLL_NAME_TWICE]
  = { "name-twice", TAKES_LINE,
      N_ ("The same name is on line %u, and nothing tells the two apart. "
          "Check that they are two people.") },
  [DPOP_EDGE_ROLL_ROW_LONG]
  = { "row-long", TAKES_NOTHING,
      N_ ("The row has more fields than there are headings. Put quotation marks around text with "
          "a separator in it.") },
  [DPOP_EDGE_ROLL_ROW_SHORT]
  = { "row-short", TAKES_NOTHING, N_ ("The row ends early. Check that nothing is missing.") },
};

static const char *
value_in (const DpopEdgeRoll *self, const DpopEdgeRollRow *row, gint column)
{
  for (guint i = 0; i < DPOP_EDGE_ROLL_N_FIELDS; i++)
    if (self->column_of[i] == column)
      return row->fields[i];
  for (guint i = 0; i < self->n_extras; i++)
    if ((gint) self->extras[i] == column)
      return row->extras[i];
  return "";
}

/* A message is a sentence, whatever stands in the field. */
static char *
shorten (const char *value)
{
  g_autofree char *start = NULL;

  if (g_utf8_strlen (value, -1) <= VALUE_CHARACTERS)
    return g_strdup (value);
  start = g_utf8_substring (value, 0, VALUE_CHARACTERS);
  return g_strconcat (start, "…", NULL);
}

char *
dpop_edge_roll_problem_message (const DpopEdgeRoll *self, const DpopEdgeRollRow *row,
                                const DpopEdgeRollProblem *problem)
{
  const char *heading = problem->column >= 0 ? self->columns[problem->column].heading
                                             : /* Translators: in place of a column's heading */
                            _ ("The row");
  g_autofree char *value = shorten (value_in (self, row, problem->column));
  const char *format;

  g_return_val_if_fail (problem->code < DPOP_EDGE_ROLL_N_CODES, NULL);
  format = _ (codes[problem->code].message);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  switch (codes[problem->code].takes)
    {
    case TAKES_COLUMN:
      return g_strdup_printf (format, heading);
    case TAKES_COLUMN_VALUE:
      return g_strdup_printf (format, heading, value);
    case TAKES_LINE:
      return g_strdup_printf (format, (guint) problem->other_line);
    case TAKES_NOTHING:
    default:
      return g_strdup (format);
    }
#pragma GCC diagnostic pop
}

const char *
dpop_edge_roll_code_name (DpopEdgeRollCode code)
{
  g_return_val_if_fail (code < DPOP_EDGE_ROLL_N_CODES, NULL);
  return codes[code].name;
}

const char *
dpop_edge_roll_field_name (DpopEdgeRollField field)
{
  g_return_val_if_fail (field <= DPOP_EDGE_ROLL_IGNORED, NULL);
  return fields[field].name;
}

const char *
dpop_edge_roll_field_title (DpopEdgeRollField field)
{
  g_return_val_if_fail (field <= DPOP_EDGE_ROLL_IGNORED, NULL);
  return _ (fields[field].title);
}

gboolean
dpop_edge_roll_field_from_name (const char *name, DpopEdgeRollField *field)
{
  for (guint i = 0; i <= DPOP_EDGE_ROLL_IGNORED; i++)
    if (g_strcmp0 (name, fields[i].name) == 0)
      {
        *field = i;
        return TRUE;
      }
  return FALSE;
}

const char *
dpop_edge_roll_state_name (DpopEdgeRollState state)
{
  g_return_val_if_fail (state < DPOP_EDGE_ROLL_N_STATES, NULL);
  return states[state];
}
