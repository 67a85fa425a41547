/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-projection.h"

G_BEGIN_DECLS

/* A comment on a decision. What is said about one may lie in several discussions: here they are
 * together. */
typedef struct
{
  gint64 n; /* the row's number, which stays; 0: not stored yet */
  CosmicId id;       /* the operation */
  CosmicId decision; /* the stream that it is about */
  CosmicId stream;   /* the discussion */
  CosmicId member;   /* whose word it is */
  CosmicId answers;  /* another comment, or zero */
  guint32 place;     /* among the discussion's comments */
  guint64 height;    /* of the confirmation that covers it; 0: not confirmed yet */
  gint64 time;       /* ms; of that confirmation, or when it came to this computer */
  DpopProjectionText readable;
  char *text;
} DpopCommentRow;

DpopCommentRow *dpop_comment_row_new   (void);
void            dpop_comment_row_free  (DpopCommentRow *self);
/* In all but the number. */
gboolean        dpop_comment_row_equal (const DpopCommentRow *a, const DpopCommentRow *b);

/* Inside a transaction. Sets the number. */
gboolean dpop_comment_row_put    (DpopDatabase *database, DpopCommentRow *self, GError **error);
gboolean dpop_comment_row_remove (DpopDatabase *database, const CosmicId *id, gint64 *number,
                                  GError **error);

/* NULL without error when there is none. */
DpopCommentRow *dpop_comment_row_find (DpopDatabase *database, const CosmicId *id, GError **error);
DpopCommentRow *dpop_comment_row_get  (DpopDatabase *database, gint64 number, GError **error);

/* As they were confirmed, those that are not yet at the end. (element-type gint64) */
GArray    *dpop_comment_row_order  (DpopDatabase *database, const CosmicId *decision,
                                    GError **error);
gboolean   dpop_comment_row_count  (DpopDatabase *database, const CosmicId *decision, guint *count,
                                    GError **error);
/* (element-type DpopCommentRow) */
GPtrArray *dpop_comment_row_window (DpopDatabase *database, const CosmicId *decision, guint offset,
                                    guint limit, GError **error);
GArray    *dpop_comment_row_ids    (DpopDatabase *database, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopCommentRow, dpop_comment_row_free)

G_END_DECLS
