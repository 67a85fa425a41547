/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-chip.h"
#include "dpop-decision-list.h"
#include "dpop-decision-view.h"

G_BEGIN_DECLS

/* Where a decision stands, in the same few words everywhere: "being discussed", "open until Sunday,
 * 18:00", "decided", "stopped", and beside it "not yet confirmed" or "final". */
typedef struct
{
  char *words;
  DpopChipTone tone;
} DpopDecisionStateChip;

/* NOW in ms. The caller clears the words. */
DpopDecisionStateChip dpop_decision_state_chip_of_row  (const DpopDecisionRow *row, gint64 now);
DpopDecisionStateChip dpop_decision_state_chip_of_view (const DpopDecisionView *view, gint64 now);

/* "final", "not yet confirmed"; static. */
const char *dpop_decision_state_chip_final (gboolean final);

/* "23 of 58 have voted"; the caller frees. */
char *dpop_decision_state_chip_turnout (guint64 voted, guint64 entitled);

G_END_DECLS
