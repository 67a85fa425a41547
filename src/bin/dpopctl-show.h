/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-decision-query.h"
#include "dpopctl.h"

G_BEGIN_DECLS

/* What was done about a decision, as a sentence: a line, and the member "decision". */
void dpopctl_show_done (Dpopctl *self, const CosmicId *decision, const char *sentence);

/* What a decision came to, with its reasons: lines, and the member "outcome" of the result. Says
 * that there is none yet where there is none. */
void dpopctl_show_outcome (Dpopctl *self, const CosmicId *id, const DpopDecision *decision);

/* A check of a count as an object; NAME is that of its option, or NULL. */
JsonObject *dpopctl_show_reason_json (const DpopCountReason *reason, const char *name);

/* How many prefer each option (of NAMES) to each other, as a table; PREFERRED (data, a, b). */
typedef guint64 (*DpopctlShowPair) (gconstpointer data, guint a, guint b);
void dpopctl_show_pairs (Dpopctl *self, const GPtrArray *names, DpopctlShowPair preferred,
                         gconstpointer data);

/* The words for programs. */
const char *dpopctl_show_phase_word   (DpopDecisionPhase phase);
const char *dpopctl_show_outcome_word (DpopOutcomeStatus status);

/* Where this computer's last vote in a decision is: "saved", "exported", "delivered", "counted",
 * "too-late" or "without-effect", and the same for people in *WORDS. NULL when there is none. */
const char *dpopctl_show_vote_place (Dpopctl *self, const CosmicId *decision, const char **words);

/* Whether what was decided stands by what is confirmed. */
gboolean dpopctl_show_is_final (Dpopctl *self, const CosmicId *decision);

G_END_DECLS
