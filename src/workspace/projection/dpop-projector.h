/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-profile.h"

G_BEGIN_DECLS

/* Keeps the read model (storage/projection) in step with the log: whatever a transaction changed in
 * a state is written as rows in the same transaction, each row once. Belongs to its profile, and to
 * its thread. */
typedef struct _DpopProjector DpopProjector;

/* Attaches one to PROFILE, which owns it, and makes the rows anew if they were never made, or by
 * another version: outside a transaction. NULL on failure. */
DpopProjector *dpop_projector_attach (DpopProfile *profile, GError **error);

/* Makes every row anew from the log, inside a transaction. */
gboolean dpop_projector_rebuild (DpopProjector *self, GError **error);

/* Computes every row again and compares it with what is stored: adds a sentence a difference to
 * FAULTS (element-type utf8). FALSE when it could not be checked. */
gboolean dpop_projector_check (DpopProfile *profile, GPtrArray *faults, GError **error);

/* --- What changed. ---------------------------------------------------------------------------- */

/* Numbers of rows that were written or removed. Never changed once it is handed out, so that any
 * thread may read it. */
typedef struct
{
  gatomicrefcount refs;
  GArray *members;   /* of gint64, ascending; so the others */
  GArray *units;
  GArray *decisions;
  GArray *comments;
  GArray *verdicts;  /* entries of the history whose effect is another now */
  gboolean everything; /* the rows were made anew */
} DpopProjectorChanges;

/* What changed since it was last asked; without any rows in it, something else did, such as entries
 * on hold. To be asked after a commit: what a rollback took back may be among it, and is then read
 * again for nothing. NULL when nothing was written at all. */
DpopProjectorChanges *dpop_projector_take_changes   (DpopProjector *self);
DpopProjectorChanges *dpop_projector_changes_ref    (DpopProjectorChanges *self);
void                  dpop_projector_changes_unref  (DpopProjectorChanges *self);
gboolean              dpop_projector_changes_contain (const GArray *numbers, gint64 number);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopProjectorChanges, dpop_projector_changes_unref)

G_END_DECLS
