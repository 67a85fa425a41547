/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-simulation-party.h"

#include "dpop-charter-compile.h"
#include "dpop-decision-command.h"
#include "dpop-decision-query.h"
#include "dpop-member.h"

#define BIT(n) DPOP_CHARTER_BIT (n)
#define CHAIR  0
#define DAY_MS (G_GINT64_CONSTANT (86400) * 1000)

/* --- The charter. ---------------------------------------------------------------------------- */

static GBytes *
charter_bytes (void)
{
  g_autoptr (DpopCharter) charter = dpop_charter_new ();
  DpopCharterRole *chair = &charter->roles[CHAIR];

  charter->plain.actions[DPOP_REACH_PARTY] = BIT (DPOP_ACTION_VOTE) | BIT (DPOP_ACTION_PROPOSE);
  charter->n_roles = 1;
  chair->scope = DPOP_SCOPE_PARTY;
  chair->office = TRUE;
  chair->given_by = BIT (CHAIR);
  for (DpopAction action = DPOP_ACTION_FIRST; action <= DPOP_ACTION_LAST; action++)
    if (action != DPOP_ACTION_MOVE_MEMBER && action != DPOP_ACTION_VOTE)
      chair->permissions.actions[DPOP_REACH_EVERYWHERE] |= BIT (action);
  charter->founder = BIT (CHAIR);
  charter->states[DPOP_MEMBER_MEMBER] = DPOP_STATE_ALL;
  charter->moves[DPOP_MEMBER_MEMBER][DPOP_MEMBER_FORMER][DPOP_REACH_SELF]
      = BIT (DPOP_CHARTER_PLAIN);
  charter->n_unit_kinds = 1;
  charter->witness_count = 1;
  charter->keep_votes_days = 365;
  charter->keep_personal_days = 90;
  charter->recovery_officers = 1;
  charter->newcomers_read = TRUE;
  charter->invitation_ms = DAY_MS;
  charter->n_rules = 1;
  charter->rules[0] = (DpopCharterRule){
    .ballots = BIT (DPOP_BALLOT_YES_NO_ABSTAIN),
    .majority = { .num = 1, .den = 2, .strict = TRUE, .base = DPOP_BASE_YES_NO },
    .quorum = { .num = 0, .den = 1 },
    .seats = 1,
    .ranking = DPOP_RANKING_SCHULZE_WINNING_VOTES,
    .default_option = DPOP_DEFAULT_NONE,
    .max_open_ms = 365 * DAY_MS,
    .scope = DPOP_SCOPE_PARTY,
  };
  return dpop_charter_compile (charter);
}

/* --- Founding and members. ------------------------------------------------------------------- */

static gboolean
say (DpopSimulationNode *node, const CosmicId *stream, DpopClaim *claim)
{
  CosmicReason reason;
  CosmicId id;

  return claim != NULL && dpop_simulation_node_say (node, NULL, stream, claim, &id, &reason)
         && reason == COSMIC_REASON_NONE;
}

static CosmicScopeKey *
new_key (DpopSimulationNode *node)
{
  guint8 bytes[32];

  dpop_random_fill (dpop_simulation_random_table (&node->random), bytes, sizeof bytes);
  return cosmic_scope_key_new (bytes);
}

gboolean
dpop_simulation_party_found (DpopSimulationParty *self, DpopSimulationNode *founder)
{
  g_autoptr (GBytes) charter = charter_bytes ();
  g_autoptr (GArray) roles = g_array_new (FALSE, FALSE, sizeof (guint16));
  DpopRandom random = dpop_simulation_random_table (&founder->random);
  CosmicGenesis genesis = { .charter = charter, .founder = founder->member, .roles = roles };
  g_autoptr (CosmicSecret) seal = cosmic_seal_key_new (random, genesis.seal.bytes);
  const guint16 chair = CHAIR;
  CosmicReason reason;

  g_array_append_val (roles, chair);
  self->witness = cosmic_sign_key_new (random, genesis.witness.bytes);
  self->keys[0] = new_key (founder);
  self->keys[1] = new_key (founder);
  genesis.body_key = *cosmic_scope_key_id (self->keys[0]);
  genesis.personal_key = *cosmic_scope_key_id (self->keys[1]);
  if (seal == NULL || !cosmic_log_begin (founder->log, NULL)
      || !cosmic_log_found (founder->log, founder->sign, &genesis,
                            g_variant_new ("(s)", "A party"), self->keys[0], self->keys[1],
                            &reason, NULL)
      || reason != COSMIC_REASON_NONE || !cosmic_log_commit (founder->log, NULL))
    return FALSE;
  self->party = *cosmic_log_party (founder->log);
  return TRUE;
}

void
dpop_simulation_party_clear (DpopSimulationParty *self)
{
  g_clear_pointer (&self->witness, cosmic_secret_free);
  for (guint i = 0; i < 2; i++)
    g_clear_pointer (&self->keys[i], cosmic_scope_key_free);
}

gboolean
dpop_simulation_party_enrol (DpopSimulationParty *self, DpopSimulationNode *founder,
                             DpopSimulationNode *node)
{
  DpopRandom random = dpop_simulation_random_table (&node->random);
  CosmicRequest request = { .member = node->member };
  g_autoptr (CosmicSecret) seal = cosmic_seal_key_new (random, request.seal.bytes);
  GVariant *fields[] = { cosmic_codec_new_id (&node->member), cosmic_codec_new_ids (NULL),
                         g_variant_new_byte (DPOP_MEMBER_MEMBER),
                         cosmic_codec_new_id (&cosmic_id_zero) };
  GVariant *body = g_variant_new_tuple (fields, G_N_ELEMENTS (fields));

  cosmic_request_sign (&request, &self->party, node->sign, NULL);
  return seal != NULL
         && say (founder, NULL,
                 dpop_claim_new (DPOP_KIND_MEMBER_ADD, body, g_variant_new ("(s)", "Ada"), NULL))
         && say (founder, NULL,
                 dpop_claim_new (COSMIC_KIND_DEVICE_ADD,
                                 cosmic_device_add_body (&request, &cosmic_id_zero), NULL, NULL));
}

/* --- The vote. ------------------------------------------------------------------------------- */

gboolean
dpop_simulation_party_open (DpopSimulationParty *self, DpopSimulationNode *founder)
{
  DpopDecisionCommandPropose propose = { .ballot = DPOP_BALLOT_YES_NO_ABSTAIN,
                                         .speaker = founder->member, .title = "A proposal",
                                         .question = "Shall we?" };
  DpopDecisionCommandOpen open = { .default_option = DPOP_COUNT_NO_OPTION };
  g_autoptr (DpopDecision) found = NULL;
  g_autoptr (GArray) texts = NULL;
  const CosmicState *state;

  dpop_random_fill (dpop_simulation_random_table (&founder->random), &propose.nonce,
                    sizeof propose.nonce);
  cosmic_stream_id (&self->party, &founder->device, &propose.nonce, &self->decision);
  if (!say (founder, &self->decision, dpop_decision_command_propose (&propose, NULL))
      || !dpop_simulation_node_certify (founder, self->witness)
      || (state = cosmic_log_state (founder->log, &self->decision, NULL)) == NULL
      || (found = dpop_decision_query (state, NULL)) == NULL)
    return FALSE;
  open.texts = texts = dpop_decision_query_texts (found);
  return say (founder, &self->decision, dpop_decision_command_open (&open))
         && dpop_simulation_node_certify (founder, self->witness);
}

gboolean
dpop_simulation_party_close (DpopSimulationParty *self, DpopSimulationNode *founder)
{
  return say (founder, &self->decision, dpop_decision_command_close ())
         && dpop_simulation_node_certify (founder, self->witness);
}

gboolean
dpop_simulation_party_is_open (const DpopSimulationParty *self, DpopSimulationNode *node)
{
  const CosmicState *state = cosmic_log_state (node->log, &self->decision, NULL);
  DpopDecisionBox box;

  return state != NULL && dpop_decision_state_box (state, &box);
}

gboolean
dpop_simulation_party_vote (const DpopSimulationParty *self, DpopSimulationNode *node,
                            const DpopSimulationNode *voter, DpopAnswer answer, CosmicId *id,
                            CosmicReason *reason)
{
  const CosmicState *state = cosmic_log_state (node->log, &self->decision, NULL);
  const DpopDecisionBallot ballot = { .answer = answer };

  return state != NULL
         && dpop_simulation_node_say (node, voter->sign, &self->decision,
                                      dpop_decision_command_vote (state, &voter->member, &ballot),
                                      id, reason);
}

gboolean
dpop_simulation_party_show_fork (DpopSimulationNode *node)
{
  g_autoptr (CosmicOperation) a = NULL;
  g_autoptr (CosmicOperation) b = NULL;
  g_autoptr (GError) error = NULL;
  CosmicReason reason;
  CosmicId id;

  if (!cosmic_log_find_fork (node->log, &a, &b, &error))
    return error == NULL;
  return dpop_simulation_node_say (node, NULL, NULL,
                                   dpop_claim_new (COSMIC_KIND_EQUIVOCATION,
                                                   cosmic_equivocation_body (a, b), NULL, NULL),
                                   &id, &reason);
}

DpopDecisionOutcome *
dpop_simulation_party_outcome (const DpopSimulationParty *self, DpopSimulationNode *node)
{
  const CosmicState *state = cosmic_log_state (node->log, &self->decision, NULL);

  return state != NULL ? dpop_decision_state_outcome (state) : NULL;
}
