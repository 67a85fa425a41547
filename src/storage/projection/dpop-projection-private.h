/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-projection.h"

G_BEGIN_DECLS

/* No search has more words; what is beyond them narrows no further. */
#define DPOP_PROJECTION_WORDS_MAX 8

/* A SELECT put together from the filters that are in use, with what is to be bound. As many texts
 * arise as there are sets of filters, so that each can be prepared once and kept. */
typedef struct
{
  GString *where;
  GPtrArray *blobs; /* of GBytes, in the order of binding; NULL: the next number instead */
  GArray *numbers;  /* of gint64 */
} DpopProjectionQuery;

void dpop_projection_query_init  (DpopProjectionQuery *self);
void dpop_projection_query_clear (DpopProjectionQuery *self);
/* CONDITION, with one "?" for what is bound. */
void dpop_projection_query_number (DpopProjectionQuery *self, const char *condition, gint64 number);
void dpop_projection_query_id     (DpopProjectionQuery *self, const char *condition,
                                   const CosmicId *id);
void dpop_projection_query_plain  (DpopProjectionQuery *self, const char *condition);
/* Every word of TEXT (NULL: none) is somewhere in the column "search". */
void dpop_projection_query_search (DpopProjectionQuery *self, const char *text);
/* The statement HEAD WHERE … TAIL, bound as far as the filters go; *NEXT is the index after. */
sqlite3_stmt *dpop_projection_query_prepare (DpopProjectionQuery *self, DpopDatabase *database,
                                             const char *head, const char *tail, int *next,
                                             GError **error);
/* The first column of LIMIT rows from the OFFSET-th on, as an array of gint64. HEAD should need an
 * index alone: rows before the window are not opened then. */
GArray  *dpop_projection_query_order (DpopProjectionQuery *self, DpopDatabase *database,
                                      const char *head, const char *tail, guint offset,
                                      guint limit, GError **error);
#define DPOP_PROJECTION_ALL G_MAXUINT
/* The only column of the only row. */
gboolean dpop_projection_query_count (DpopProjectionQuery *self, DpopDatabase *database,
                                      const char *head, guint *count, GError **error);

typedef gpointer (*DpopProjectionRead) (DpopDatabase *database, sqlite3_stmt *statement,
                                        GError **error);
typedef gpointer (*DpopProjectionGet) (DpopDatabase *database, gint64 number, GError **error);
/* The rows with these NUMBERS (taken; NULL passes a failure on). */
GPtrArray *dpop_projection_rows (DpopDatabase *database, GArray *numbers, DpopProjectionGet get,
                                 GDestroyNotify free, GError **error);
/* The row that STATEMENT gives; NULL without error when there is none. */
gpointer dpop_projection_read_one (DpopDatabase *database, sqlite3_stmt *statement,
                                   DpopProjectionRead read, GError **error);

void     dpop_projection_bind_id     (sqlite3_stmt *statement, int index, const CosmicId *id);
void     dpop_projection_bind_text   (sqlite3_stmt *statement, int index, const char *text);
/* Zero when the column holds no id. */
void     dpop_projection_column_id   (sqlite3_stmt *statement, int column, CosmicId *id);
char    *dpop_projection_column_text (sqlite3_stmt *statement, int column);
/* The number of the row with ID; 0 when there is none. SQL has one "?". -1: failure. */
gint64   dpop_projection_number      (DpopDatabase *database, const char *sql, const CosmicId *id,
                                      GError **error);
/* The first column of all rows of SQL: (element-type CosmicId). */
GArray  *dpop_projection_ids         (DpopDatabase *database, const char *sql, GError **error);
/* Runs SQL with its one "?" bound to ID, or to a number. */
gboolean dpop_projection_run_id      (DpopDatabase *database, const char *sql, const CosmicId *id,
                                      GError **error);
gboolean dpop_projection_run_number  (DpopDatabase *database, const char *sql, gint64 number,
                                      GError **error);

/* dpop-projection.c: the first eight bytes of an operation's id, as the log store indexes it. */
gint64   dpop_projection_prefix      (const CosmicId *id);

G_END_DECLS
