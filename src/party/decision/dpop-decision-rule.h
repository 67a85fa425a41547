/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-count-choice.h"
#include "dpop-count-majority.h"
#include "dpop-count-schulze.h"
#include "dpop-decision-ballot.h"

G_BEGIN_DECLS

/* A decision rule of the charter as a decision keeps it, GVariant [format]: as in a compiled
 * charter. */
#define DPOP_DECISION_RULE_TYPE "(q(uuby)(uubu)q(yyu)(xxx)yq)"

GVariant *dpop_decision_rule_encode (const DpopCharterRule *rule);
gboolean  dpop_decision_rule_decode (GVariant *value, DpopCharterRule *rule);
gboolean  dpop_decision_rule_equal  (const DpopCharterRule *a, const DpopCharterRule *b);

/* What the rule says to each way of counting. */
DpopCountMajorityRule dpop_decision_rule_majority (const DpopCharterRule *rule);
/* Seats beyond the number of options are left out here: they stay empty. */
DpopCountChoiceRule   dpop_decision_rule_choice   (const DpopCharterRule *rule,
                                                   const DpopDecisionPaper *paper);
/* DEFAULT_OPTION is DPOP_COUNT_NO_OPTION without one. */
DpopCountSchulzeRule  dpop_decision_rule_schulze  (const DpopCharterRule *rule,
                                                   int default_option);

/* Whether a ballot of this kind can be counted by RULE at all. */
gboolean dpop_decision_rule_counts (const DpopCharterRule *rule, DpopBallotKind kind);

G_END_DECLS
