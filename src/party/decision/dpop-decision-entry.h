/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-decision-ballot.h"

G_BEGIN_DECLS

/* One member's entry in the box, while it is open. A vote names those it replaces; what no vote has
 * replaced is a head. One head is the member's vote. Of several, none of which names the others,
 * the only one from the member's own device beats what others entered for them; otherwise none of
 * them counts, until a vote names them all.
 *
 * What others enter for a member replaces only what others entered: the member's own vote stands
 * above it, and is replaced by the member alone.
 *
 * What counts does not depend on the order in which the votes of a batch are added, and they may
 * come in any: heads ascend, and a vote that is replaced before it is seen is remembered until
 * then.
 *
 * GVariant [format]: (a(aybyaq)  heads by id: vote, whether from an own device, answer, marks
 *                     aay        votes that the member replaced, not seen yet, ascending
 *                     aay)       votes that others replaced, likewise */
#define DPOP_DECISION_ENTRY_TYPE "(a(aybyaq)aayaay)"

#define DPOP_DECISION_HEADS_MAX    16 /* from own devices, and as many entered by others */
#define DPOP_DECISION_REPLACES_MAX (2 * DPOP_DECISION_HEADS_MAX)
#define DPOP_DECISION_AWAITED_MAX  64

typedef struct
{
  CosmicId vote; /* the operation */
  gboolean own;  /* signed by the member's own device */
  DpopDecisionBallot ballot;
} DpopDecisionHead;

typedef struct
{
  GArray *heads;      /* of DpopDecisionHead */
  GArray *awaited[2]; /* of CosmicId; [TRUE]: replaced by the member, [FALSE]: by others */
} DpopDecisionEntry;

DpopDecisionEntry *dpop_decision_entry_new  (void);
void               dpop_decision_entry_free (DpopDecisionEntry *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopDecisionEntry, dpop_decision_entry_free)

/* An empty entry for a member who has none; NULL for bytes that are no entry. */
DpopDecisionEntry *dpop_decision_entry_read   (const CosmicState *state, const CosmicId *member);
DpopDecisionEntry *dpop_decision_entry_decode (GBytes *bytes);
void               dpop_decision_entry_write  (const DpopDecisionEntry *self, CosmicState *state,
                                               const CosmicId *member);

/* REPLACES is a set of ids, at most DPOP_DECISION_REPLACES_MAX. FALSE when the entry is full: too
 * many votes contradict each other. */
gboolean dpop_decision_entry_add (DpopDecisionEntry *self, const DpopDecisionHead *vote,
                                  const GArray *replaces);

/* The vote that counts, borrowed; NULL when there is none, or when votes contradict each other. */
const DpopDecisionHead *dpop_decision_entry_vote (const DpopDecisionEntry *self);

gboolean dpop_decision_entry_has_own (const DpopDecisionEntry *self);

/* What a new vote must name to replace all the member's votes: a set of ids. */
GArray *dpop_decision_entry_heads (const DpopDecisionEntry *self);

G_END_DECLS
