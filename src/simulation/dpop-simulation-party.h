/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-decision-ballot.h"
#include "dpop-decision-outcome.h"
#include "dpop-simulation-node.h"

G_BEGIN_DECLS

/* A party of the simulated computers' members under the real rules, and one vote in it: FOUNDER
 * keeps the record and may do everything, the others vote. All return FALSE where something is
 * refused that must not be. */
typedef struct
{
  CosmicSecret *witness;
  CosmicScopeKey *keys[2]; /* of the party: for bodies, for personal parts */
  CosmicId party;
  CosmicId decision;
} DpopSimulationParty;

gboolean dpop_simulation_party_found (DpopSimulationParty *self, DpopSimulationNode *founder);
void     dpop_simulation_party_clear (DpopSimulationParty *self);
/* Makes NODE's member one of the party, with that computer. */
gboolean dpop_simulation_party_enrol (DpopSimulationParty *self, DpopSimulationNode *founder,
                                      DpopSimulationNode *node);
/* Proposes and opens the vote; who is entitled is who is a member by now. */
gboolean dpop_simulation_party_open  (DpopSimulationParty *self, DpopSimulationNode *founder);
gboolean dpop_simulation_party_close (DpopSimulationParty *self, DpopSimulationNode *founder);
/* Whether NODE knows that the box is open. */
gboolean dpop_simulation_party_is_open (const DpopSimulationParty *self, DpopSimulationNode *node);
/* A vote of VOTER, signed with their computer's key, at NODE. FALSE when NODE's disk failed. */
gboolean dpop_simulation_party_vote  (const DpopSimulationParty *self, DpopSimulationNode *node,
                                      const DpopSimulationNode *voter, DpopAnswer answer,
                                      CosmicId *id, CosmicReason *reason);
/* Shows a forked log, as NODE found it, if there is one that was not shown yet. FALSE when NODE's
 * disk failed. */
gboolean dpop_simulation_party_show_fork (DpopSimulationNode *node);
/* NULL: none. */
DpopDecisionOutcome *dpop_simulation_party_outcome (const DpopSimulationParty *self,
                                                    DpopSimulationNode *node);

G_END_DECLS
