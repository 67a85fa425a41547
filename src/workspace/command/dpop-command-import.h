/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-edge-roll-review.h"
#include "dpop-profile.h"

G_BEGIN_DECLS

/* A list of members from a file, beside the members that are there: read and reviewed, for a person
 * to look through, and then taken over as a whole or not at all. Every row becomes an entry of its
 * own under one import id, by which it can be undone. The same file, or a newer one, taken over
 * again is an update. */
typedef struct _DpopCommandImport DpopCommandImport;

/* All may be NULL: find out. What the roll's options say of units is not looked at: those that the
 * organisation has are the ones there are. */
typedef struct
{
  const DpopEdgeCsvOptions *csv;
  const DpopEdgeRollOptions *roll;
  const DpopEdgeRollReviewOptions *review;
} DpopCommandImportOptions;

/* OPTIONS may be NULL. Changes nothing. */
DpopCommandImport *dpop_command_import_new  (DpopProfile *profile, GBytes *file,
                                             const DpopCommandImportOptions *options,
                                             GError **error);
void               dpop_command_import_free (DpopCommandImport *self);

/* Borrowed. */
const DpopEdgeCsv        *dpop_command_import_csv    (const DpopCommandImport *self);
const DpopEdgeRoll       *dpop_command_import_roll   (const DpopCommandImport *self);
const DpopEdgeRollReview *dpop_command_import_review (const DpopCommandImport *self);
/* The member at a place that the review speaks of. */
const CosmicId           *dpop_command_import_member (const DpopCommandImport *self, guint place);
/* Members whose particulars are not for this computer's eyes: no row can be found to be about
 * them. */
guint                     dpop_command_import_n_unreadable (const DpopCommandImport *self);

/* --- Mending it. ------------------------------------------------------------------------------ */

/* After each of these, rows and columns are read and reviewed anew, without the file: what was
 * borrowed of the roll and the review before is gone. On failure nothing is changed. None of them
 * needs the profile. */

/* Puts TEXT into a field: ROW is the roll's, COLUMN the table's. A row of which nothing is left is
 * none any more, and those behind it move up. DPOP_EDGE_ERROR_TOO_LARGE for more than a field
 * holds. */
gboolean dpop_command_import_mend (DpopCommandImport *self, guint row, guint column,
                                   const char *text, GError **error);
/* Says what COLUMN is: DPOP_EDGE_ROLL_BY_HEADING leaves it to its heading again. A column that was
 * FIELD until now is told by its heading, or kept as it is. */
gboolean dpop_command_import_map  (DpopCommandImport *self, guint column, DpopEdgeRollField field,
                                   GError **error);
/* Takes the file apart in another way: what was mended, mapped and decided is forgotten. */
gboolean dpop_command_import_read (DpopCommandImport *self, const DpopEdgeCsvOptions *options,
                                   GError **error);

/* --- Taking it over. -------------------------------------------------------------------------- */

/* What a person decides about a row. */
typedef enum
{
  DPOP_COMMAND_IMPORT_AS_REVIEWED, /* one that is only possible is left out */
  DPOP_COMMAND_IMPORT_SAME,        /* a possible one is that member */
  DPOP_COMMAND_IMPORT_NEW,         /* a possible one is somebody else */
  DPOP_COMMAND_IMPORT_LEAVE_OUT,
} DpopCommandImportDecision;

void dpop_command_import_decide (DpopCommandImport *self, guint row,
                                 DpopCommandImportDecision decision);

typedef enum
{
  DPOP_COMMAND_IMPORT_ADDS,
  DPOP_COMMAND_IMPORT_CHANGES,
  DPOP_COMMAND_IMPORT_KEEPS,   /* it is so already */
  DPOP_COMMAND_IMPORT_IS_LEFT, /* red, undecided, left out, too long to keep, or about someone who
                                * has left and never was here */
  DPOP_COMMAND_IMPORT_N_ACTIONS,
} DpopCommandImportAction;

/* What taking it over would do with ROW. */
DpopCommandImportAction dpop_command_import_action (const DpopCommandImport *self, guint row);

typedef struct
{
  CosmicId import; /* zero when there was nothing to do */
  guint counts[DPOP_COMMAND_IMPORT_N_ACTIONS]; /* rows */
  gboolean confirmed;
} DpopCommandImportResult;

/* Takes it over, in one transaction; on the record keeper's computer it is confirmed at once. When
 * the rules refuse a row, nothing is taken over and the error names its line. */
gboolean dpop_command_import_apply (DpopProfile *profile, DpopCommandImport *self,
                                    DpopCommandImportResult *result, GError **error);

/* The same, and tells of each row: DONE of ALL have been said. Returns FALSE to stop: then nothing
 * is taken over, and the error is G_IO_ERROR_CANCELLED. With the last row said it is confirmed, and
 * no more asked. */
typedef gboolean (*DpopCommandImportProgress) (guint done, guint all, gpointer data);

gboolean dpop_command_import_apply_told (DpopProfile *profile, DpopCommandImport *self,
                                         DpopCommandImportProgress progress, gpointer data,
                                         DpopCommandImportResult *result, GError **error);

/* --- Taking it back. -------------------------------------------------------------------------- */

typedef struct
{
  guint undone;   /* members who are gone again, or whose particulars are as before: */
  guint gone;     /* of these, who had been added by it */
  guint restored; /* and whose particulars it had changed */
  guint left;     /* something was done by or for them since: they stay */
  gboolean confirmed;
} DpopCommandImportUndone;

/* What taking it back would do, now. */
gboolean dpop_command_import_undo_look (DpopProfile *profile, const CosmicId *import,
                                        DpopCommandImportUndone *result, GError **error);

/* Takes an import back. */
gboolean dpop_command_import_undo (DpopProfile *profile, const CosmicId *import,
                                   DpopCommandImportUndone *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopCommandImport, dpop_command_import_free)

G_END_DECLS
