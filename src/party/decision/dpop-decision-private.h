/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-decision-state.h"
#include "dpop-reason.h"

G_BEGIN_DECLS

/* What the apply functions of a decision share. */

/* The proposal, if this is a decision that nobody has opened, closed or stopped yet; else why
 * not. */
CosmicReason dpop_decision_still_proposed (const CosmicFold *fold, DpopDecisionProposed *proposed);

/* Why a claim comes too late for a box in PHASE, which is not open. */
CosmicReason dpop_decision_not_open (DpopDecisionPhase phase);

/* Who says so. */

/* The body's field INDEX as the speaker, if the author is or may act for them, and if they may do
 * ACTION within SCOPE. MINE is whose own proposal it is about (NULL: nobody's). */
CosmicReason dpop_decision_speaker (const CosmicFold *fold, GVariant *body, guint index,
                                    DpopAction action, const CosmicId *scope,
                                    const CosmicId *mine, CosmicId *speaker);
/* Whether the author may do ACTION to the proposal. */
gboolean     dpop_decision_may     (const CosmicFold *fold, DpopAction action,
                                    const DpopDecisionProposed *proposed);
/* Whether the author may vote as, or enter the vote of, VOTER. */
CosmicReason dpop_decision_votes_for (const CosmicFold *fold, const CosmicId *voter);
gboolean     dpop_decision_can_stand (const CosmicFold *fold, const CosmicId *member);

/* What is written must be for all who decide, and for nobody else: parts are enveloped with keys
 * of SCOPE. Bodies may be for the whole party. */
CosmicReason dpop_decision_check_scope (const CosmicFold *fold, const CosmicId *scope);

/* Whether less than WAIT ms have passed since SINCE. What is not covered yet folds at the last
 * checkpoint's time, which stands still: time that has passed since then can only help. */
gboolean dpop_decision_too_early (const CosmicFold *fold, gint64 since, gint64 wait);

/* Whether the charter in force has such a rule for what is proposed: RULE. */
CosmicReason dpop_decision_check_rule (const CosmicFold *fold,
                                       const DpopDecisionProposed *proposed,
                                       DpopCharterRule *rule);

/* What the votes in the box add up to, by the rule. OPENING is what it was opened with. */
DpopDecisionOutcome *dpop_decision_count (const CosmicState *state,
                                          const DpopDecisionProposed *proposed,
                                          const DpopDecisionOpening *opening);

G_END_DECLS
