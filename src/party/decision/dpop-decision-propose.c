/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-decision-private.h"
#include "dpop-decision-rule.h"
#include "dpop-membership.h"

static gboolean
read_effect (GVariant *body, DpopDecisionProposed *proposed)
{
  g_autoptr (GVariant) child = g_variant_get_child_value (body, 4);
  g_autoptr (GVariant) effect = g_variant_get_maybe (child);
  guint8 kind;

  if (effect == NULL)
    return TRUE;
  proposed->has_effect = TRUE;
  g_variant_get_child (effect, 0, "y", &kind);
  g_variant_get_child (effect, 1, "q", &proposed->effect.role);
  proposed->effect.effect = kind;
  return cosmic_codec_child_id (effect, 2, &proposed->effect.unit)
         && cosmic_codec_child_id (effect, 3, &proposed->effect.member);
}

static gboolean
read_body (GVariant *body, DpopDecisionProposed *proposed)
{
  guint8 ballot;

  g_variant_get_child (body, 2, "q", &proposed->rule_number);
  g_variant_get_child (body, 3, "y", &ballot);
  proposed->ballot = ballot;
  return cosmic_codec_child_id (body, 1, &proposed->scope) && read_effect (body, proposed)
         && cosmic_codec_child_maybe_id (body, 5, &proposed->repeats, &proposed->is_repeat)
         && ballot >= DPOP_BALLOT_YES_NO_ABSTAIN && ballot <= DPOP_BALLOT_LAST;
}

static gboolean
scope_exists (const CosmicFold *fold, const CosmicId *scope)
{
  CosmicId key;

  return cosmic_authority_scope_key (fold->authority, scope, FALSE, &key, NULL);
}

static gboolean
holds_office (const CosmicFold *fold, const DpopCharter *charter, const DpopDecisionEffect *effect)
{
  DpopStanding holder;

  return dpop_charter_is_office (charter, effect->role)
         && dpop_membership_standing (fold->authority, &effect->member, &holder)
         && dpop_standing_role (&holder, effect->role, &effect->unit) != NULL;
}

/* The records are the whole party's, so that no unit decides who keeps them. */
static gboolean
keeps_records (const CosmicFold *fold, const DpopDecisionProposed *proposed)
{
  const DpopDecisionEffect *effect = &proposed->effect;

  return cosmic_id_is_zero (&proposed->scope) && effect->role == 0
         && cosmic_id_is_zero (&effect->unit)
         && dpop_membership_is_witness (fold->authority, &effect->member);
}

/* In rules version 1 a decision can take an office from who holds it, and the keeping of records;
 * nothing else. */
static gboolean
effect_is_possible (const CosmicFold *fold, const DpopCharter *charter,
                    const DpopDecisionProposed *proposed)
{
  const DpopDecisionEffect *effect = &proposed->effect;

  if (!proposed->has_effect)
    return TRUE;
  if (proposed->ballot != DPOP_BALLOT_YES_NO_ABSTAIN
      || !dpop_charter_rule_enacts (charter, proposed->rule_number, effect->effect))
    return FALSE;
  return effect->effect == DPOP_EFFECT_REVOKE_OFFICE ? holds_office (fold, charter, effect)
         : effect->effect == DPOP_EFFECT_DISMISS_WITNESS && keeps_records (fold, proposed);
}

CosmicReason
dpop_decision_check_rule (const CosmicFold *fold, const DpopDecisionProposed *proposed,
                          DpopCharterRule *rule)
{
  g_autoptr (DpopCharter) charter = dpop_membership_charter (fold->authority);
  gboolean of_unit = !cosmic_id_is_zero (&proposed->scope);

  if (charter == NULL || proposed->rule_number >= charter->n_rules)
    return DPOP_REASON_NO_SUCH_RULE;
  *rule = charter->rules[proposed->rule_number];
  if ((rule->scope == DPOP_SCOPE_UNIT) != of_unit
      || !dpop_decision_rule_counts (rule, proposed->ballot))
    return DPOP_REASON_NO_SUCH_RULE;
  return effect_is_possible (fold, charter, proposed) ? COSMIC_REASON_NONE : DPOP_REASON_BAD_EFFECT;
}

static CosmicReason
apply_propose (CosmicFold *fold, GVariant *body)
{
  DpopDecisionProposed proposed = { .operation = fold->operation->id,
                                    .time = fold->time,
                                    .height = fold->height };
  CosmicReason reason;

  if (!read_body (body, &proposed))
    return COSMIC_REASON_BAD_BODY;
  if (!scope_exists (fold, &proposed.scope))
    return COSMIC_REASON_NO_SUCH_SUBJECT;
  if ((reason = dpop_decision_check_rule (fold, &proposed, &proposed.rule)) != COSMIC_REASON_NONE
      || (reason = dpop_decision_speaker (fold, body, 6, DPOP_ACTION_PROPOSE, &proposed.scope,
                                          NULL, &proposed.speaker))
             != COSMIC_REASON_NONE
      || (reason = dpop_decision_check_scope (fold, &proposed.scope)) != COSMIC_REASON_NONE)
    return reason;
  dpop_decision_state_put_proposed (fold->state, &proposed);
  dpop_decision_state_put_phase (fold->state, DPOP_DECISION_PROPOSED, fold->time, fold->height);
  return COSMIC_REASON_NONE;
}

const CosmicKind dpop_kind_propose = {
  .number = DPOP_KIND_PROPOSE,
  .name = "propose",
  .body_type = DPOP_PROPOSE_TYPE,
  .place = COSMIC_PLACE_OPENING,
  .class = 2,
  .personal = COSMIC_PERSONAL_MUST,
  .subject = -1,
  .since = 1,
  .apply = apply_propose,
};
