/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-count.h"

G_BEGIN_DECLS

/* Yes, no, or abstain. The words are those of Robert's Rules of Order Newly Revised (12th ed.,
 * 44:1 to 44:11): a majority is more than half of the votes for and against, abstentions and
 * blanks left out; two thirds is at least two thirds of the same; a charter may name another
 * base. */

typedef struct
{
  DpopCountTurnout turnout;
  guint64 yes;
  guint64 no;
  guint64 abstain;
  guint64 blank; /* sent in or handed over with nothing valid on it */
} DpopCountMajorityFigures;

/* A majority share lies above zero and up to one. A tie is never a majority: with a share of one
 * half or more, yes must outnumber no, "at least half" included. A smaller share is the right of a
 * minority to have something, and asks for nothing else. Nothing passes without one yes. */
typedef struct
{
  DpopCountThreshold majority;
  DpopCountBase base;
  DpopCountQuorum quorum;
} DpopCountMajorityRule;

typedef enum
{
  DPOP_COUNT_MAJORITY_NO_QUORUM,
  DPOP_COUNT_MAJORITY_REJECTED,
  DPOP_COUNT_MAJORITY_ACCEPTED,
} DpopCountMajorityOutcome;

/* An outcome with everything it rests on. */
typedef struct
{
  DpopCountMajorityOutcome outcome;
  DpopCountMajorityRule rule;
  DpopCountMajorityFigures figures;
  guint64 cast;    /* yes, no and abstain */
  GArray *reasons; /* of DpopCountReason: quorum first, then the majority, then a tie if there is
                    * one. All are there, even when the quorum fails. */
} DpopCountMajority;

/* "More than half of yes and no", no quorum. */
DpopCountMajorityRule dpop_count_majority_rule_simple (void);

/* DPOP_COUNT_FAULT_NONE, _RULE. */
DpopCountFault dpop_count_majority_rule_check    (const DpopCountMajorityRule *rule);
/* DPOP_COUNT_FAULT_NONE, _FIGURES, _TOO_MANY_VOTES. */
DpopCountFault dpop_count_majority_figures_check (const DpopCountMajorityFigures *figures);

/* NULL, with FAULT, when one of the checks above finds one. FAULT may be NULL. */
DpopCountMajority *dpop_count_majority_new  (const DpopCountMajorityRule *rule,
                                             const DpopCountMajorityFigures *figures,
                                             DpopCountFault *fault);
void               dpop_count_majority_free (DpopCountMajority *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopCountMajority, dpop_count_majority_free)

G_END_DECLS
