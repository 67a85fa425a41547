/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-import-work-private.h"
#include "dpop-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A list of members that is being taken in, as its pages share it. What is asked of it is done in
 * the engine's thread, one thing after the other.
 *
 * Properties: "busy". Signals: "changed" when there is something else to be shown; "undone" when
 * what was taken in is taken back. */
#define DPOP_TYPE_IMPORT_TABLE (dpop_import_table_get_type ())
G_DECLARE_FINAL_TYPE (DpopImportTable, dpop_import_table, DPOP, IMPORT_TABLE, GObject)

DpopImportTable       *dpop_import_table_new       (DpopSession *session);
DpopSession           *dpop_import_table_get_session (DpopImportTable *self);
/* Borrowed until the next "changed"; NULL until a file is read. */
const DpopImportSight *dpop_import_table_get_sight (DpopImportTable *self);
gboolean               dpop_import_table_is_busy   (DpopImportTable *self);
/* Whether a person has mended or decided something. */
gboolean               dpop_import_table_is_mended (DpopImportTable *self);

/* After "changed"; with ERROR (borrowed) nothing is changed. */
typedef void (*DpopImportAnswered) (GObject *asker, const GError *error);

/* While it is busy nothing can be asked. ANSWERED may be NULL; ASKER is kept until then. */
void dpop_import_table_open   (DpopImportTable *self, GBytes *file, DpopImportAnswered answered,
                               GObject *asker);
/* The same file in another way: READING is taken over. */
void dpop_import_table_read   (DpopImportTable *self, const DpopImportReading *reading,
                               DpopImportAnswered answered, GObject *asker);
void dpop_import_table_map    (DpopImportTable *self, guint column, DpopEdgeRollField field,
                               DpopImportAnswered answered, GObject *asker);
/* Takes MENDED, of DpopImportMended. */
void dpop_import_table_mend   (DpopImportTable *self, guint table_row, GArray *mended,
                               DpopImportAnswered answered, GObject *asker);
void dpop_import_table_decide (DpopImportTable *self, guint table_row,
                               DpopCommandImportDecision decision, DpopImportAnswered answered,
                               GObject *asker);

/* One row with all that stands in it. */
void                dpop_import_table_row_async  (DpopImportTable *self, guint table_row,
                                                  GAsyncReadyCallback callback, gpointer data);
DpopImportRowSight *dpop_import_table_row_finish (DpopImportTable *self, GAsyncResult *result,
                                                  GError **error);

/* PROGRESS is taken over. */
void dpop_import_table_apply (DpopImportTable *self, DpopProgress *progress,
                              DpopImportAnswered answered, GObject *asker);
/* NULL until it is taken in. */
const DpopCommandImportResult *dpop_import_table_get_result (DpopImportTable *self);
/* Takes it back; what came of it is said at FROM, and by "undone". */
void dpop_import_table_undo  (DpopImportTable *self, GtkWidget *from);
/* NULL unless it is taken back. */
const DpopCommandImportUndone *dpop_import_table_get_undone (DpopImportTable *self);

/* What was taken in, and what was taken back, in a sentence or two; the caller frees. */
char *dpop_import_table_result_words (const DpopCommandImportResult *result);
char *dpop_import_table_undone_words (const DpopCommandImportUndone *undone);

G_END_DECLS
