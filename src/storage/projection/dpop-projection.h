/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-id.h"
#include "dpop-database.h"

G_BEGIN_DECLS

/* The read model: what the log's state says, as rows that can be searched, sorted and shown a
 * window at a time. Rows are plain and typed; what their numbers mean is said by the rooms above.
 * All of it can be made anew from the log, but for the whereabouts of one's own entries.
 *
 * Reading works on the writing connection and on read-only ones beside it. */

/* The statements that make the tables, for dpop_database_migrate(), to follow the log store's. */
extern const char *const dpop_projection_schema[];
extern const guint dpop_projection_n_schema;

/* What can be read here of something that was typed. The numbers are stored. */
typedef enum
{
  DPOP_PROJECTION_TEXT_NONE = 0,     /* nothing was typed */
  DPOP_PROJECTION_TEXT_READABLE = 1,
  DPOP_PROJECTION_TEXT_SEALED = 2,   /* not for this computer's eyes, or not here yet */
  DPOP_PROJECTION_TEXT_ERASED = 3,   /* deleted for everyone */
} DpopProjectionText;

/* Text without case, accents and other marks, as it is sorted and searched by; never NULL. It goes
 * by GLib's Unicode tables: for finding, never for deciding. */
char *dpop_projection_fold (const char *text);

/* What the rows were made with. Another value in the code, or another GLib, means that they are to
 * be made anew. NULL, without error, before they were made at all; the caller frees. */
char    *dpop_projection_stamp     (DpopDatabase *database, GError **error);
gboolean dpop_projection_set_stamp (DpopDatabase *database, const char *stamp, GError **error);

/* Removes all rows that can be made anew, inside a transaction. */
gboolean dpop_projection_clear (DpopDatabase *database, GError **error);

G_END_DECLS
