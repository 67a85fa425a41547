/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-edge-encoding.h"

G_BEGIN_DECLS

/* A table as spreadsheets and databases write it: text, separated values, any dialect. What RFC
 * 4180 describes is read as it says; besides that: any of , ; tab | as separator (told by how
 * evenly it cuts the first rows), Excel's first line "sep=;", lines that end in LF, CR LF or CR
 * within one file, blanks before an opening and after a closing quotation mark, quotation marks
 * within an unquoted field, rows of different length. Empty rows at the end, and empty fields at
 * the end of rows, are not part of the table.
 *
 * What was found out about the file stands in the facts, so that a preview can show it and a person
 * can decide otherwise through the options. */
#define DPOP_EDGE_CSV_MAX_BYTES   (64u << 20)
#define DPOP_EDGE_CSV_MAX_ROWS    100000u
#define DPOP_EDGE_CSV_MAX_COLUMNS 200u
#define DPOP_EDGE_CSV_MAX_FIELD   (64u << 10) /* bytes of UTF-8 */

/* As a separator: nothing separates but the ends of lines. */
#define DPOP_EDGE_CSV_ONE_COLUMN '\n'

typedef enum
{
  DPOP_EDGE_CSV_HEADER_DETECT,
  DPOP_EDGE_CSV_HEADER_YES,
  DPOP_EDGE_CSV_HEADER_NO,
} DpopEdgeCsvHeader;

/* All zero: find out. */
typedef struct
{
  DpopEdgeEncoding encoding;
  char separator; /* 0; or tab, ASCII punctuation but ", or DPOP_EDGE_CSV_ONE_COLUMN */
  DpopEdgeCsvHeader header;
} DpopEdgeCsvOptions;

typedef struct
{
  DpopEdgeEncodingFacts text;
  char separator;
  gboolean separator_line;  /* the file began with "sep=" */
  gboolean separator_doubt; /* another separator would have done nearly as well */
  gboolean header;          /* the first row looks like headings, or a person said so */
  gboolean header_chosen;   /* a person said whether there are headings */
  guint n_stray_quotes;     /* quotation marks within unquoted fields, kept as they are */
  guint n_ragged;           /* rows with another number of fields than the first */
  gsize first_ragged_line;
} DpopEdgeCsvFacts;

typedef struct _DpopEdgeCsv DpopEdgeCsv;

/* May it be chosen as the separator in the options? */
gboolean dpop_edge_csv_separator_is_valid (char separator);

/* NULL with a DPOP_EDGE_ERROR that names the line. OPTIONS may be NULL. Copies what it keeps. */
DpopEdgeCsv *dpop_edge_csv_parse (gconstpointer bytes, gsize size,
                                  const DpopEdgeCsvOptions *options, GError **error);
void dpop_edge_csv_free (DpopEdgeCsv *self);

const DpopEdgeCsvFacts *dpop_edge_csv_facts (const DpopEdgeCsv *self);

/* All rows, a header row (row 0) included; the longest row's fields. */
guint dpop_edge_csv_n_rows (const DpopEdgeCsv *self);
guint dpop_edge_csv_n_columns (const DpopEdgeCsv *self);

/* The field as it stands, "" beyond the end of a short row. Borrowed from SELF. */
const char *dpop_edge_csv_field (const DpopEdgeCsv *self, guint row, guint column);

/* Puts TEXT in the place of a field, as a person mends it: within the table, columns beyond the
 * row's end included. What was borrowed of that field before is gone. FALSE, and nothing is
 * changed, for what is no UTF-8, or longer than a field may be. */
gboolean dpop_edge_csv_mend (DpopEdgeCsv *self, guint row, guint column, const char *text);

/* How many fields the row has up to its last that is not empty. */
guint dpop_edge_csv_row_width (const DpopEdgeCsv *self, guint row);

/* How many fields were written in it, empty ones at its end included. */
guint dpop_edge_csv_row_n_fields (const DpopEdgeCsv *self, guint row);

/* The line of the file on which the row begins, counted from 1. */
gsize dpop_edge_csv_line (const DpopEdgeCsv *self, guint row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopEdgeCsv, dpop_edge_csv_free)

G_END_DECLS
