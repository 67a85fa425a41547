/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-decision-private.h"
#include "dpop-membership.h"

CosmicReason
dpop_decision_speaker (const CosmicFold *fold, GVariant *body, guint index, DpopAction action,
                       const CosmicId *scope, const CosmicId *mine, CosmicId *speaker)
{
  if (!cosmic_codec_child_id (body, index, speaker) || cosmic_id_is_zero (speaker))
    return COSMIC_REASON_BAD_BODY;
  return dpop_membership_check (fold, speaker, action, scope, mine);
}

gboolean
dpop_decision_may (const CosmicFold *fold, DpopAction action, const DpopDecisionProposed *proposed)
{
  return dpop_membership_may (fold, action, &proposed->scope, &proposed->speaker);
}

/* Who was on the roll and has left since, cannot vote from a computer that is switched off: nobody
 * else can in their name either. */
CosmicReason
dpop_decision_votes_for (const CosmicFold *fold, const CosmicId *voter)
{
  CosmicReason reason = dpop_membership_acts_for (fold, voter);
  DpopStanding standing;

  if (reason != COSMIC_REASON_NONE || cosmic_id_same (voter, &fold->member))
    return reason;
  if (!dpop_membership_standing (fold->authority, voter, &standing)
      || standing.state == DPOP_MEMBER_FORMER)
    return DPOP_REASON_NOT_A_MEMBER;
  return COSMIC_REASON_NONE;
}

gboolean
dpop_decision_can_stand (const CosmicFold *fold, const CosmicId *member)
{
  DpopStanding standing;

  return dpop_membership_standing (fold->authority, member, &standing)
         && standing.state == DPOP_MEMBER_MEMBER;
}

CosmicReason
dpop_decision_check_scope (const CosmicFold *fold, const CosmicId *scope)
{
  const CosmicHeader *header = &fold->operation->header;
  gboolean personal;
  CosmicId of;

  if (!cosmic_authority_key_of (fold->authority, &header->body.key, &of, &personal)
      || (!cosmic_id_same (&of, scope) && !cosmic_id_is_zero (&of)))
    return DPOP_REASON_WRONG_SCOPE;
  if (header->personal.there
      && (!cosmic_authority_key_of (fold->authority, &header->personal.key, &of, &personal)
          || !cosmic_id_same (&of, scope)))
    return DPOP_REASON_WRONG_SCOPE;
  return COSMIC_REASON_NONE;
}

gboolean
dpop_decision_too_early (const CosmicFold *fold, gint64 since, gint64 wait)
{
  return !fold->tail && fold->time - since < wait;
}
