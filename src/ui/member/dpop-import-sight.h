/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-command-import.h"

G_BEGIN_DECLS

/* A list of members that is being taken in, as the pages show it: plain values, made in the
 * engine's thread, never changed afterwards. */

/* What a row is shown under. */
typedef enum
{
  DPOP_IMPORT_MEND,   /* red */
  DPOP_IMPORT_DECIDE, /* perhaps a member, and nobody has said yet */
  DPOP_IMPORT_ADD,
  DPOP_IMPORT_CHANGE,
  DPOP_IMPORT_KEEP,
  DPOP_IMPORT_LEAVE,
  DPOP_IMPORT_N_GROUPS,
} DpopImportGroup;

/* In a box of its own, counted by the thread that has it. */
typedef struct
{
  guint table_row; /* by which it is found again, whatever is mended */
  gsize line;
  DpopImportGroup group;
  char *name;
  char *words; /* what is wrong with it, or what it changes; NULL */
  gboolean remark; /* it goes on, but WORDS are to be looked at */
} DpopImportRow;

typedef struct
{
  char *heading;
  DpopEdgeRollField field;
  char *samples;
} DpopImportColumn;

typedef struct
{
  GArray *columns; /* of DpopImportColumn */
  GPtrArray *rows; /* of DpopImportRow, in the order of the file */
  guint groups[DPOP_IMPORT_N_GROUPS];
  guint remarks;
  DpopEdgeCsvFacts facts;
  DpopEdgeDateOrder dates; /* as it was chosen */
  gboolean name_guessed;   /* no heading says which column is the name */
  guint missing;           /* members of whom the list says nothing */
  guint unreadable;        /* members with whom nothing could be compared */
} DpopImportSight;

void             dpop_import_row_unref (DpopImportRow *self);

/* DECISIONS are DpopCommandImportDecision by row of the table. */
DpopImportSight *dpop_import_sight_new  (const DpopCommandImport *import, const guint8 *decisions);
void             dpop_import_sight_free (DpopImportSight *self);

/* NULL when there is no such row any more. */
const DpopImportRow *dpop_import_sight_row (const DpopImportSight *self, guint table_row);

/* One field of a row. */
typedef struct
{
  guint column;
  char *heading;
  char *text;
  char *fault;    /* NULL: none */
  gboolean error; /* else it is only to be looked at */
} DpopImportCell;

/* One row, with all that stands in it. */
typedef struct
{
  DpopImportRow *row;
  gboolean possible;
  DpopCommandImportDecision decision;
  char *words;   /* of the row as a whole; "" */
  GArray *cells; /* of DpopImportCell */
} DpopImportRowSight;

/* ROW is the roll's. */
DpopImportRowSight *dpop_import_row_sight_new  (const DpopCommandImport *import,
                                                const guint8 *decisions, guint row);
void                dpop_import_row_sight_free (DpopImportRowSight *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopImportSight, dpop_import_sight_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopImportRowSight, dpop_import_row_sight_free)

G_END_DECLS
