/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-log-store.h"

G_BEGIN_DECLS

struct _DpopLogStore
{
  DpopDatabase *database;
  GHashTable *names[3]; /* CosmicId -> row, for the three tables of names */
  GError *failure;      /* the first failure of a read that could not report it */
};

/* Which table of 32-byte names. */
typedef enum
{
  NAME_STREAM,
  NAME_AUTHOR,
  NAME_MEMBER,
} NameTable;

/* The row of ID; 0 when there is none and CREATE is FALSE, -1 on failure. */
gint64 dpop_log_store_name   (DpopLogStore *self, NameTable table, const CosmicId *id,
                              gboolean create, GError **error);
void   dpop_log_store_forget_names (DpopLogStore *self);

/* For walks, whose visits may walk again: the kept statement, or one of its OWN while that is in
 * use. To be given back. */
sqlite3_stmt *dpop_log_store_walk (DpopLogStore *self, const char *sql, gboolean *own,
                                   GError **error);
void   dpop_log_store_walked (sqlite3_stmt *statement, gboolean own);

void     dpop_log_store_bind_id   (sqlite3_stmt *statement, int index, const CosmicId *id);
gboolean dpop_log_store_column_id (sqlite3_stmt *statement, int column, CosmicId *id);

/* Of the table, by file. */
gboolean dpop_log_store_add_entry (gpointer, CosmicEntry *, GError **);
gboolean dpop_log_store_find_entry (gpointer, const CosmicId *, CosmicEntry **, GError **);
gboolean dpop_log_store_each_entry (gpointer, const CosmicEntries *, CosmicEntryVisit, gpointer,
                                    GError **);
gboolean dpop_log_store_count_slot (gpointer, const CosmicHeader *, guint *, GError **);
gboolean dpop_log_store_cover_entry (gpointer, gint64, guint64, guint32, GError **);
gboolean dpop_log_store_hold_entry (gpointer, gint64, const CosmicId *, GError **);
gboolean dpop_log_store_release_entry (gpointer, gint64, GError **);
gboolean dpop_log_store_set_part (gpointer, gint64, gboolean, const CosmicPart *, GError **);
gboolean dpop_log_store_set_subject (gpointer, gint64, const CosmicId *, GError **);
GBytes  *dpop_log_store_state_lookup (gpointer, const CosmicId *, CosmicSpace, const CosmicKey *);
void     dpop_log_store_state_each (gpointer, const CosmicId *, CosmicSpace, const CosmicKey *,
                                    CosmicStateVisit, gpointer);
gboolean dpop_log_store_take_failure (gpointer, GError **);
gboolean dpop_log_store_state_write (gpointer, const CosmicId *, CosmicSpace, const CosmicKey *,
                                     GBytes *, GError **);
gboolean dpop_log_store_find_record (gpointer, const CosmicId *, CosmicStreamRecord *, gboolean *,
                                     GError **);
gboolean dpop_log_store_put_record (gpointer, const CosmicId *, const CosmicStreamRecord *,
                                    GError **);
gboolean dpop_log_store_each_record (gpointer, CosmicRecordVisit, gpointer, GError **);
GArray  *dpop_log_store_due_streams (gpointer, gint64, GError **);

G_END_DECLS
