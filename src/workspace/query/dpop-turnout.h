/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-decision-query.h"
#include "dpop-profile.h"

G_BEGIN_DECLS

/* How many had voted by then. */
typedef struct
{
  gint64 time;   /* ms: of the confirmation that covers their votes; for those that are not
                  * confirmed yet, now */
  guint64 voted; /* members with at least one vote that has effect */
} DpopTurnoutPoint;

/* Turnout over time, of a decision that was opened: exact, from the history of its stream. Who has
 * cast votes that contradict each other has voted, though none of them counts: VOTED at the end is
 * the outcome's PRESENT and UNDECIDED together. */
typedef struct
{
  gint64 opened;
  gint64 closes;    /* when it closes by itself; 0: it does not */
  gint64 closed;    /* or was stopped; 0: it is open */
  guint64 entitled;
  guint64 voted;
  GArray *points;   /* of DpopTurnoutPoint, by time: the first is the opening, with none */
} DpopTurnout;

/* NULL with DPOP_PROFILE_ERROR_NOT_FOUND when there is no such decision, or it was never opened. */
DpopTurnout *dpop_turnout_new  (DpopProfile *profile, const CosmicId *decision, GError **error);
void         dpop_turnout_free (DpopTurnout *self);

/* Who has voted, and at what height that was first confirmed: CosmicId -> guint64 *, 0: not yet. */
GHashTable  *dpop_turnout_voters (DpopProfile *profile, const CosmicId *decision, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopTurnout, dpop_turnout_free)

G_END_DECLS
