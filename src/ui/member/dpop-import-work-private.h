/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-import-sight.h"
#include "dpop-progress.h"

G_BEGIN_DECLS

/* A list of members that is being taken in, as the engine's thread has it. Whoever asks holds a
 * reference, so that it is freed when nothing is being done with it. All below but ref and unref is
 * for the engine's thread. */
typedef struct _DpopImportWork DpopImportWork;

DpopImportWork *dpop_import_work_new   (GBytes *file);
DpopImportWork *dpop_import_work_ref   (DpopImportWork *self);
void            dpop_import_work_unref (DpopImportWork *self);

/* How the file is taken apart. */
typedef struct
{
  DpopEdgeCsvOptions csv;
  DpopEdgeDateOrder dates;
  GArray *mapping; /* of DpopEdgeRollField; NULL: columns are told by their headings */
} DpopImportReading;

void dpop_import_reading_clear (DpopImportReading *self);

/* Text that a person has put into a field. */
typedef struct
{
  guint column;
  char *text;
} DpopImportMended;

void dpop_import_mended_clear (gpointer self);

/* Each answers with what is to be shown then; on failure it is as it was. */
DpopImportSight *dpop_import_work_read   (DpopImportWork *self, DpopProfile *profile,
                                          const DpopImportReading *reading, GError **error);
DpopImportSight *dpop_import_work_map    (DpopImportWork *self, guint column,
                                          DpopEdgeRollField field, GError **error);
/* MENDED: of DpopImportMended. */
DpopImportSight *dpop_import_work_mend   (DpopImportWork *self, guint table_row,
                                          const GArray *mended, GError **error);
DpopImportSight *dpop_import_work_decide (DpopImportWork *self, guint table_row,
                                          DpopCommandImportDecision decision, GError **error);

DpopImportRowSight *dpop_import_work_row (DpopImportWork *self, guint table_row, GError **error);

gboolean dpop_import_work_apply (DpopImportWork *self, DpopProfile *profile,
                                 DpopProgress *progress, DpopCommandImportResult *result,
                                 GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DpopImportReading, dpop_import_reading_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopImportWork, dpop_import_work_unref)

G_END_DECLS
