/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-member-entry-private.h"
#include "dpop-outcome-export.h"
#include "dpop-reason.h"

/* Carrying out what was decided. Whoever signs it only shows what the decision exported: it acts by
 * the proof alone. A decision acts once, and a unit's on its own offices only; and it speaks of the
 * office as it was then: who was given it anew after the box closed holds it by a later word. The
 * same holds for those who keep the records, which are the whole party's. */

static CosmicReason
revoke_office (CosmicFold *fold, const DpopOutcomeExport *outcome)
{
  DpopMemberEntry before, after;
  const DpopMemberRole *held;

  if (!cosmic_id_is_zero (&outcome->scope) && !cosmic_id_same (&outcome->scope, &outcome->unit))
    return COSMIC_REASON_NOT_ALLOWED;
  if (!dpop_member_entry_load (fold->state, &outcome->member, &before)
      || (held = dpop_standing_role (&before.standing, outcome->role, &outcome->unit)) == NULL)
    return COSMIC_REASON_NO_SUCH_SUBJECT;
  if (held->since > outcome->height)
    return DPOP_REASON_OUTDATED;
  after = before;
  after.touched = TRUE;
  dpop_standing_drop_role (&after.standing, outcome->role, &outcome->unit);
  dpop_member_entry_write (fold, &outcome->member, &before, &after);
  return COSMIC_REASON_NONE;
}

static CosmicReason
dismiss_witness (CosmicFold *fold, const DpopOutcomeExport *outcome)
{
  if (!cosmic_id_is_zero (&outcome->scope))
    return COSMIC_REASON_NOT_ALLOWED;
  return dpop_witness_dismiss (fold, &outcome->member, outcome->height);
}

static CosmicReason
apply (CosmicFold *fold, GVariant *body)
{
  g_autoptr (GBytes) value = cosmic_codec_child_bytes (body, 2);
  g_autoptr (GBytes) proof = cosmic_codec_child_bytes (body, 3);
  CosmicKey export = dpop_outcome_export_key (), enacted;
  DpopOutcomeExport outcome;
  CosmicId decision;
  guint64 height;

  g_variant_get_child (body, 1, "t", &height);
  if (!cosmic_codec_child_id (body, 0, &decision) || !dpop_outcome_export_decode (value, &outcome))
    return COSMIC_REASON_BAD_BODY;
  enacted = cosmic_key (TAG_ENACTED, &decision, NULL);
  if (cosmic_state_has (fold->state, enacted))
    return COSMIC_REASON_ALREADY;
  if (!cosmic_fold_check_export (fold, &decision, height, &export, value, proof))
    return COSMIC_REASON_BAD_PROOF;
  if (!outcome.accepted)
    return DPOP_REASON_NOT_ACCEPTED;
  if (outcome.effect != DPOP_EFFECT_REVOKE_OFFICE && outcome.effect != DPOP_EFFECT_DISMISS_WITNESS)
    return DPOP_REASON_NO_EFFECT;
  cosmic_state_put (fold->state, enacted, g_variant_new_uint64 (fold->height));
  return outcome.effect == DPOP_EFFECT_REVOKE_OFFICE ? revoke_office (fold, &outcome)
                                                     : dismiss_witness (fold, &outcome);
}

const CosmicKind dpop_enact_kind = {
  .number = DPOP_KIND_ENACT,
  .name = "enact",
  .body_type = DPOP_ENACT_TYPE,
  .place = COSMIC_PLACE_AUTHORITY,
  .class = 0,
  .personal = COSMIC_PERSONAL_NEVER,
  .subject = -1,
  .since = 1,
  .apply = apply,
};
