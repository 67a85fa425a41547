/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-command-import.h"
#include "dpop-member-details.h"

G_BEGIN_DECLS

/* A member who is there, as the review sees them. */
typedef struct
{
  CosmicId id;
  DpopMemberDetails *details; /* NULL: not readable here */
  char *address;
  const char **extras;
} DpopCommandImportPerson;

struct _DpopCommandImport
{
  GBytes *file;
  DpopEdgeCsvOptions csv_options;
  DpopEdgeRollOptions roll_options; /* its mapping is the one below, its units those below */
  DpopEdgeRollReviewOptions review_options;
  GArray *mapping; /* of DpopEdgeRollField, by column */
  DpopEdgeCsv *csv;
  DpopEdgeRoll *roll;
  DpopEdgeRollReview *review;
  GPtrArray *unit_names; /* of char *, with NULL behind the last; beside UNITS */
  GArray *units;         /* of CosmicId */
  GArray *persons;       /* of DpopCommandImportPerson */
  GArray *members;       /* of DpopEdgeRollMember, beside PERSONS */
  guint n_unreadable;
  guint8 *decisions;     /* by row of the table */
};

/* The particulars that ROW makes: of nobody yet, or of who has OLD. To be freed. */
DpopMemberDetails *dpop_command_import_details (const DpopCommandImport *self, guint row,
                                                const DpopMemberDetails *old);

G_END_DECLS
