/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-edge-roll.h"

struct _DpopEdgeRoll
{
  DpopEdgeRollColumn *columns; /* of the table, by place */
  guint n_columns;
  gint column_of[DPOP_EDGE_ROLL_N_FIELDS];
  guint *extras; /* columns, ascending */
  guint n_extras;
  guint first_row; /* 1 when the table has headings */
  GArray *rows;    /* DpopEdgeRollRow */
  GStringChunk *texts;
  DpopEdgeRollSummary summary;
};

/* Gives every column its meaning. */
gboolean dpop_edge_roll_read_columns (DpopEdgeRoll *self, const DpopEdgeCsv *csv,
                                      const DpopEdgeRollOptions *options, GError **error);

/* What a reader of rows needs for all of them. */
typedef struct
{
  DpopEdgeRoll *roll;
  const DpopEdgeCsv *csv;
  const DpopEdgeRollOptions *options;
  DpopEdgeDateOrder orders[DPOP_EDGE_ROLL_N_FIELDS];
  gboolean in_doubt[DPOP_EDGE_ROLL_N_FIELDS]; /* the column did not tell the order of its dates */
  GHashTable *units;                          /* word key → place + 1 */
  GHashTable *states;                         /* word key → state */
} DpopEdgeRollReader;

/* Fills the fields of one row, and says what is wrong in them. FALSE: the row is empty. */
gboolean dpop_edge_roll_read_row (const DpopEdgeRollReader *reader, guint table_row,
                                  DpopEdgeRollRow *row);

/* TEXT without blanks around it and with single ones within, composed, without what cannot be seen
 * (REMOVED tells; it may be NULL). LINES is what takes the place of a line's end; NULL: a blank. */
char *dpop_edge_roll_tidy (const char *text, const char *lines, gboolean *removed);

void dpop_edge_roll_add_problem (DpopEdgeRollRow *row, DpopEdgeRollSeverity severity,
                                 DpopEdgeRollCode code, gint column, gsize other_line);

/* Says of rows that they repeat another. */
void dpop_edge_roll_find_repeated (DpopEdgeRoll *self);
