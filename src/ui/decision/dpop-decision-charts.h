/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-chart.h"
#include "dpop-decision-view.h"
#include "dpop-turnout.h"

G_BEGIN_DECLS

/* The figures of a decision as charts. Each is NULL where there is nothing to show. */

/* What was counted: yes and no in one bar, or a bar an option. Nothing for rankings. */
DpopChart *dpop_decision_charts_outcome  (const DpopDecisionView *view);
/* Where options were ranked: how many prefer each to each. */
DpopChart *dpop_decision_charts_pairwise (const DpopDecisionView *view);
/* Who had voted when; NOW in ms. */
DpopChart *dpop_decision_charts_turnout  (const DpopTurnout *turnout,
                                          const DpopDecisionView *view, gint64 now);

G_END_DECLS
