/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-claim.h"
#include "dpop-decision-ballot.h"
#include "dpop-wording.h"

G_BEGIN_DECLS

/* What people say about a decision, made into claims. Whether a claim has effect is for the fold to
 * say; only what was typed is looked at here: NULL, with FAULT (may be NULL), when it is too long,
 * or missing. SPEAKER is the member whose word it is, SCOPE the decision's. */

typedef struct
{
  CosmicId nonce; /* 32 random bytes, from which the stream's id is made */
  CosmicId scope;
  guint16 rule_number;
  DpopBallotKind ballot;
  const DpopDecisionEffect *effect; /* NULL: none */
  const CosmicId *repeats;          /* the stopped decision that it repeats, or NULL */
  CosmicId speaker;
  const char *title;
  const char *question;
} DpopDecisionCommandPropose;

typedef struct
{
  const GArray *options; /* of CosmicId, in ballot order; NULL: none */
  const GArray *texts;   /* of CosmicId, the wording first */
  guint min_choices;     /* for approval, else 0 */
  guint max_choices;
  int default_option;    /* its place among OPTIONS, or DPOP_COUNT_NO_OPTION */
  gint64 closes;         /* ms; 0: by hand */
} DpopDecisionCommandOpen;

DpopClaim *dpop_decision_command_propose  (const DpopDecisionCommandPropose *command,
                                           DpopWordingFault *fault);
/* REPLACES may be NULL. */
DpopClaim *dpop_decision_command_text     (const CosmicId *scope, DpopTextKind what,
                                           const CosmicId *replaces, const CosmicId *speaker,
                                           const char *title, const char *text,
                                           DpopWordingFault *fault);
/* CANDIDATE, the member who stands, may be NULL; so may DESCRIPTION. */
DpopClaim *dpop_decision_command_option   (const CosmicId *scope, const CosmicId *candidate,
                                           const CosmicId *speaker, const char *name,
                                           const char *description, DpopWordingFault *fault);
DpopClaim *dpop_decision_command_withdraw (const CosmicId *option);
DpopClaim *dpop_decision_command_open     (const DpopDecisionCommandOpen *command);
/* Replaces every vote that STATE (of the decision's stream) has of VOTER. */
DpopClaim *dpop_decision_command_vote     (const CosmicState *state, const CosmicId *voter,
                                           const DpopDecisionBallot *ballot);
DpopClaim *dpop_decision_command_close    (void);
/* TEXT, what there is to say about it, may be NULL. */
DpopClaim *dpop_decision_command_stop     (const CosmicId *scope, DpopStopReason reason,
                                           const char *text, DpopWordingFault *fault);

G_END_DECLS
