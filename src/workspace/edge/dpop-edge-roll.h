/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-edge-csv.h"
#include "dpop-edge-date.h"

G_BEGIN_DECLS

/* A list of members as an organisation has it, made of a table: each column is given a meaning (by
 * its heading in English, German, French, Spanish or Italian, or by a person), each row is read
 * into fields and told what is wrong with it. A row with an error is red: it cannot be taken over
 * as it is, the others can go on without it. A warning is to be looked at. */
typedef enum
{
  DPOP_EDGE_ROLL_GIVEN_NAME,
  DPOP_EDGE_ROLL_FAMILY_NAME,
  DPOP_EDGE_ROLL_FULL_NAME,
  DPOP_EDGE_ROLL_EMAIL,
  DPOP_EDGE_ROLL_PHONE,
  DPOP_EDGE_ROLL_STREET,
  DPOP_EDGE_ROLL_POSTCODE,
  DPOP_EDGE_ROLL_CITY,
  DPOP_EDGE_ROLL_COUNTRY,
  DPOP_EDGE_ROLL_BORN,
  DPOP_EDGE_ROLL_JOINED,
  DPOP_EDGE_ROLL_NUMBER,
  DPOP_EDGE_ROLL_UNIT,
  DPOP_EDGE_ROLL_STATE,
  DPOP_EDGE_ROLL_NOTE,
  DPOP_EDGE_ROLL_N_FIELDS,
  /* As the meaning of a column only: */
  DPOP_EDGE_ROLL_EXTRA = DPOP_EDGE_ROLL_N_FIELDS, /* kept under its heading */
  DPOP_EDGE_ROLL_IGNORED,
  DPOP_EDGE_ROLL_BY_HEADING,
} DpopEdgeRollField;

typedef enum
{
  DPOP_EDGE_ROLL_NO_STATE, /* the list does not say */
  DPOP_EDGE_ROLL_APPLICANT,
  DPOP_EDGE_ROLL_MEMBER,
  DPOP_EDGE_ROLL_SUSPENDED,
  DPOP_EDGE_ROLL_FORMER,
  DPOP_EDGE_ROLL_N_STATES,
} DpopEdgeRollState;

typedef enum
{
  DPOP_EDGE_ROLL_WARNING,
  DPOP_EDGE_ROLL_ERROR,
} DpopEdgeRollSeverity;

typedef enum
{
  DPOP_EDGE_ROLL_NO_NAME,         /* error */
  DPOP_EDGE_ROLL_EMAIL_MALFORMED, /* error */
  DPOP_EDGE_ROLL_EMAIL_SEVERAL,   /* error: more than one address */
  DPOP_EDGE_ROLL_EMAIL_SHARED,    /* warning: with somebody of another name, on OTHER_LINE */
  DPOP_EDGE_ROLL_DATE_UNREADABLE, /* error */
  DPOP_EDGE_ROLL_DATE_AMBIGUOUS,  /* warning: 1/2/1984 in a column that does not tell */
  DPOP_EDGE_ROLL_DATE_OTHER_WAY,  /* warning: 25/12/1984 where most have the month first */
  DPOP_EDGE_ROLL_DATE_SHORT_YEAR, /* warning: two digits */
  DPOP_EDGE_ROLL_DATE_FUTURE,     /* error for a birth, warning for joining */
  DPOP_EDGE_ROLL_DATE_ORDER,      /* warning: joined before born */
  DPOP_EDGE_ROLL_PHONE_ODD,       /* warning: no digit in it */
  DPOP_EDGE_ROLL_TOO_LONG,        /* error */
  DPOP_EDGE_ROLL_SPREADSHEET,     /* error: #REF!, 4.9E+11: the spreadsheet lost what was typed */
  DPOP_EDGE_ROLL_INVISIBLE,       /* warning: signs that cannot be seen were taken out */
  DPOP_EDGE_ROLL_UNIT_UNKNOWN,    /* error */
  DPOP_EDGE_ROLL_STATE_UNKNOWN,   /* error */
  DPOP_EDGE_ROLL_NUMBER_TWICE,    /* error: as on OTHER_LINE */
  DPOP_EDGE_ROLL_PERSON_TWICE,    /* error: as on OTHER_LINE */
  DPOP_EDGE_ROLL_NAME_TWICE,      /* warning: nothing tells the two apart */
  DPOP_EDGE_ROLL_ROW_LONG,        /* error: more fields than headings */
  DPOP_EDGE_ROLL_ROW_SHORT,       /* warning: ends before a column that means something */
  DPOP_EDGE_ROLL_N_CODES,
} DpopEdgeRollCode;

typedef struct
{
  DpopEdgeRollSeverity severity;
  DpopEdgeRollCode code;
  gint column;      /* in the table; -1: the row as a whole */
  gsize other_line; /* 0, or the line of the row that this one repeats */
} DpopEdgeRollProblem;

typedef struct
{
  const char *heading; /* never empty: "Column 3" where there is none */
  DpopEdgeRollField field;
  gboolean known; /* its heading was understood */
} DpopEdgeRollColumn;

/* Everything is borrowed from the roll. Texts are tidied: no blanks around, single ones within, no
 * invisible signs, composed characters. */
typedef struct
{
  guint table_row;
  gsize line;
  /* Never NULL. The full name is made of the others where it is not given, and takes them apart
   * where it is "Family, Given". Dates are YYYY-MM-DD, a unit is spelt as in the options, a state
   * is its name below; what could not be read stands there as it was typed. */
  const char *fields[DPOP_EDGE_ROLL_N_FIELDS];
  const char **extras; /* as many as the roll has extra columns, in their order */
  DpopEdgeDate born, joined;
  DpopEdgeRollState state;
  gint unit;        /* place in the options' units; -1 */
  GArray *problems; /* DpopEdgeRollProblem; NULL: none */
  gboolean red;
} DpopEdgeRollRow;

/* All zero: find out. */
typedef struct
{
  const DpopEdgeRollField *mapping; /* by column of the table; columns beyond go by their heading */
  guint n_mapping;
  gboolean ignore_unknown; /* columns that were not understood are left out, not kept */
  DpopEdgeDateOrder date_order;
  DpopEdgeDate today;       /* 0: nothing is in the future */
  const char *const *units; /* NULL-terminated; NULL: any text may be a unit */
} DpopEdgeRollOptions;

typedef struct
{
  guint n_rows, n_red, n_warned; /* n_warned: with warnings and without errors */
  guint n_blank;                 /* empty rows, left out */
  guint counts[DPOP_EDGE_ROLL_N_CODES];
} DpopEdgeRollSummary;

typedef struct _DpopEdgeRoll DpopEdgeRoll;

/* NULL with DPOP_EDGE_ERROR_MEANING when no column is a name, or two are mapped to one field. SELF
 * keeps nothing of CSV. */
DpopEdgeRoll *dpop_edge_roll_read (const DpopEdgeCsv *csv, const DpopEdgeRollOptions *options,
                                   GError **error);
void dpop_edge_roll_free (DpopEdgeRoll *self);

const DpopEdgeRollSummary *dpop_edge_roll_summary (const DpopEdgeRoll *self);

guint dpop_edge_roll_n_columns (const DpopEdgeRoll *self);
const DpopEdgeRollColumn *dpop_edge_roll_column (const DpopEdgeRoll *self, guint column);
/* The column that FIELD is read from; -1. */
gint dpop_edge_roll_column_of (const DpopEdgeRoll *self, DpopEdgeRollField field);

guint dpop_edge_roll_n_extras (const DpopEdgeRoll *self);
const char *dpop_edge_roll_extra_heading (const DpopEdgeRoll *self, guint extra);

guint dpop_edge_roll_n_rows (const DpopEdgeRoll *self);
const DpopEdgeRollRow *dpop_edge_roll_row (const DpopEdgeRoll *self, guint row);

/* What is wrong, and what to do, for a person. */
char *dpop_edge_roll_problem_message (const DpopEdgeRoll *self, const DpopEdgeRollRow *row,
                                      const DpopEdgeRollProblem *problem);

/* For programs and the command line: "given-name", "email"; "extra" and "ignored". */
const char *dpop_edge_roll_field_name (DpopEdgeRollField field);
gboolean dpop_edge_roll_field_from_name (const char *name, DpopEdgeRollField *field);
/* For people, translated. */
const char *dpop_edge_roll_field_title (DpopEdgeRollField field);
/* For programs: "applicant", "member", "suspended", "former"; "" for NO_STATE. */
const char *dpop_edge_roll_state_name (DpopEdgeRollState state);
/* For programs: "no-name", "email-malformed". */
const char *dpop_edge_roll_code_name (DpopEdgeRollCode code);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopEdgeRoll, dpop_edge_roll_free)

G_END_DECLS
