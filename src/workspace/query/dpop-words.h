/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-charter.h"
#include "dpop-count.h"
#include "dpop-decision-outcome.h"
#include "dpop-member.h"

G_BEGIN_DECLS

/* What numbers of the party rooms are called for people. All translated, none NULL; what begins a
 * sentence says so. */

const char *dpop_words_member_state (DpopMemberState state);   /* "member" */
const char *dpop_words_phase        (DpopDecisionPhase phase); /* "open" */
const char *dpop_words_ballot       (DpopBallotKind kind);     /* "yes, no or abstain" */
const char *dpop_words_action       (DpopAction action);       /* "take people in" */
const char *dpop_words_reach        (DpopReach reach);         /* "everywhere" */
const char *dpop_words_effect       (DpopEffect effect);       /* "change our rules" */
const char *dpop_words_removal      (DpopRemoval why);         /* "left" */
const char *dpop_words_stop         (DpopStopReason why);      /* "the question was put wrongly" */
/* What kind of entry it is: "Vote". */
const char *dpop_words_kind         (guint16 kind);

/* --- Outcomes. ------------------------------------------------------------------------------- */

/* "Accepted", without a full stop. */
const char *dpop_words_outcome (DpopOutcomeStatus status);
/* What a share is a share of: "votes for and against". */
const char *dpop_words_base    (DpopCountBase base);
/* "more than 1/2". The caller frees. */
char       *dpop_words_share   (const DpopCountThreshold *threshold);
/* A check that an outcome rests on, as a sentence; OPTION is the name of its option, or NULL. The
 * caller frees. */
char       *dpop_words_check   (const DpopCountReason *reason, const char *option);

/* --- Lists. ---------------------------------------------------------------------------------- */

/* "Ada, Bert and Carla", of NAMES (element-type utf8); empty for none. The caller frees. */
char *dpop_words_and (const GPtrArray *names);
/* "Chair, Treasurer or Secretary" */
char *dpop_words_or  (const GPtrArray *names);

/* --- Time. ----------------------------------------------------------------------------------- */

/* "3 days", "1 hour"; the caller frees. */
char *dpop_words_duration (gint64 ms);

G_END_DECLS
