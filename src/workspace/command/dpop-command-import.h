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

typedef struct
{
  guint undone; /* members who are gone again, or whose particulars are as before */
  guint left;   /* something was done by or for them since: they stay */
} DpopCommandImportUndone;

/* Takes an import back. */
gboolean dpop_command_import_undo (DpopProfile *profile, const CosmicId *import,
                                   DpopCommandImportUndone *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopCommandImport, dpop_command_import_free)

G_END_DECLS
