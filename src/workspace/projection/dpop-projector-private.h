/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-comment-row.h"
#include "dpop-decision-row.h"
#include "dpop-discussion.h"
#include "dpop-history-row.h"
#include "dpop-member-row.h"
#include "dpop-projector.h"
#include "dpop-unit-row.h"

G_BEGIN_DECLS

/* --- Rows as the log's state has them now. NULL, without error, for what there is no row of. -- */

/* Both states are those of the authority stream. */
typedef struct
{
  DpopProfile *profile;
  const CosmicState *authority;
  const CosmicState *certified;
  CosmicId own;        /* the member whose computer this is; zero: nobody's yet */
  gboolean is_settled; /* there is nothing open in that stream: both say the same */
} DpopProjectorView;

gboolean dpop_projector_view (DpopProfile *profile, DpopProjectorView *view, GError **error);

DpopMemberRow   *dpop_projector_member   (const DpopProjectorView *view, const CosmicId *member);
DpopUnitRow     *dpop_projector_unit     (const DpopProjectorView *view, const CosmicId *unit);
DpopDecisionRow *dpop_projector_decision (const DpopProjectorView *view, const CosmicId *stream,
                                          const CosmicState *state, GError **error);
DpopCommentRow  *dpop_projector_comment  (const DpopProjectorView *view, const CosmicId *stream,
                                          const CosmicState *state, const CosmicId *operation);

/* The content of OPERATION's personal part, of TYPE, and how readable it is; zero: nothing was
 * typed. */
GVariant *dpop_projector_personal (const DpopProjectorView *view, const CosmicId *operation,
                                   const char *type, DpopProjectionText *readable);

/* --- What has to be looked at. ---------------------------------------------------------------- */

/* Sets of CosmicId; comments and verdicts: operation -> stream. */
typedef struct
{
  GHashTable *members;
  GHashTable *units;
  GHashTable *streams;
  GHashTable *comments;
  GHashTable *verdicts;
} DpopProjectorTouched;

void dpop_projector_touched_init  (DpopProjectorTouched *self);
void dpop_projector_touched_clear (DpopProjectorTouched *self);
gboolean dpop_projector_touched_read (DpopProjectorTouched *self, const DpopProjectorView *view,
                                      const GArray *changes, GError **error);
/* All that there is. */
gboolean dpop_projector_touched_all  (DpopProjectorTouched *self, const DpopProjectorView *view,
                                      GError **error);

G_END_DECLS
