/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-reason.h"
#include "dpop-projection.h"

G_BEGIN_DECLS

/* An entry of the history, as it lies in the log store. */
typedef struct
{
  gint64 n;      /* the store's number: in order of arrival, without gaps */
  CosmicId id;
  CosmicId stream;
  CosmicId author; /* the device's key */
  guint64 seq;
  guint16 kind;
  guint64 height;  /* of the confirmation that covers it; 0: not confirmed yet */
  gboolean held;   /* waits for its causes */
  CosmicReason reason; /* why it has no effect; 0: it has */
  CosmicId subject;    /* the member whom it is about, or zero */
  gint64 arrived;  /* at this computer, ms */
} DpopHistoryRow;

void dpop_history_row_free (DpopHistoryRow *self);

/* NULL without error when there is none. */
DpopHistoryRow *dpop_history_row_find (DpopDatabase *database, const CosmicId *id, GError **error);
DpopHistoryRow *dpop_history_row_get  (DpopDatabase *database, gint64 number, GError **error);

/* The time of the confirmation at HEIGHT, ms; 0 when there is none here. */
gint64 dpop_history_row_time (DpopDatabase *database, guint64 height, GError **error);

typedef enum
{
  DPOP_HISTORY_ROW_ALL,
  DPOP_HISTORY_ROW_OPEN, /* not confirmed yet */
  DPOP_HISTORY_ROW_HELD,
  DPOP_HISTORY_ROW_VOID, /* without effect */
} DpopHistoryRowWhich;

/* All zero: everything, the newest arrival first. Everything is borrowed. */
typedef struct
{
  DpopHistoryRowWhich which;
  const CosmicId *stream;  /* NULL: any */
  const CosmicId *author;
  const CosmicId *subject;
  guint64 kinds[2];        /* a bit for each kind below 128; both 0: any */
  gboolean oldest_first;
} DpopHistoryRowQuery;

/* (element-type gint64) */
GArray    *dpop_history_row_order  (DpopDatabase *database, const DpopHistoryRowQuery *query,
                                    GError **error);
gboolean   dpop_history_row_count  (DpopDatabase *database, const DpopHistoryRowQuery *query,
                                    guint *count, GError **error);
/* (element-type DpopHistoryRow) */
GPtrArray *dpop_history_row_window (DpopDatabase *database, const DpopHistoryRowQuery *query,
                                    guint offset, guint limit, GError **error);

/* What there is to say of an entry in few words. */
typedef struct
{
  gint64 n;
  CosmicId id;
  guint16 kind;
  CosmicId stream;
  CosmicId subject; /* or zero */
  gint64 arrived;
} DpopHistoryBrief;

/* Entries after the AFTER-th that have effect and that AUTHOR did not sign, LIMIT at most, the
 * newest first: (element-type DpopHistoryBrief). */
GArray    *dpop_history_row_news   (DpopDatabase *database, gint64 after, const CosmicId *author,
                                    guint limit, GError **error);

/* Inside a transaction: OPERATION, which is in the store, has no effect because of REASON; 0: it
 * has. *NUMBER is its row's. */
gboolean dpop_history_row_judge    (DpopDatabase *database, const CosmicId *operation,
                                    CosmicReason reason, gint64 *number, GError **error);
/* All that is judged void: visits (operation, reason), in no order. */
typedef gboolean (*DpopHistoryRowVisit) (const CosmicId *operation, CosmicReason reason,
                                         gpointer data);
gboolean dpop_history_row_each_void (DpopDatabase *database, DpopHistoryRowVisit visit,
                                     gpointer data, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopHistoryRow, dpop_history_row_free)

G_END_DECLS
