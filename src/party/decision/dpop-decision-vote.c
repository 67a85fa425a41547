/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-decision-entry.h"
#include "dpop-decision-private.h"
#include "dpop-membership.h"
#include "dpop-roll.h"

CosmicReason
dpop_decision_not_open (DpopDecisionPhase phase)
{
  switch (phase)
    {
    case DPOP_DECISION_CLOSED:
      return DPOP_REASON_CLOSED;
    case DPOP_DECISION_STOPPED:
      return DPOP_REASON_STOPPED;
    case DPOP_DECISION_PROPOSED:
    case DPOP_DECISION_OPEN:
    default:
      return DPOP_REASON_NOT_OPEN;
    }
}

/* Entitled is who was so when the box was opened, under the charter of then, whatever became of
 * them and of it since. */
static gboolean
is_entitled (const CosmicFold *fold, const DpopDecisionBox *box, const CosmicId *voter)
{
  const CosmicKey key = cosmic_key (DPOP_TAG_CHARTER, NULL, NULL);
  g_autoptr (GBytes) compiled = cosmic_state_lookup (fold->state, &key);
  g_autoptr (DpopCharter) charter
      = compiled != NULL ? dpop_membership_read_charter (compiled) : NULL;

  return charter != NULL
         && dpop_roll_entitled_under (fold->authority, charter, voter, &box->scope, box->height);
}

static CosmicReason
check_voter (const CosmicFold *fold, const DpopDecisionBox *box, const CosmicId *voter)
{
  CosmicReason reason = dpop_decision_votes_for (fold, voter);

  if (reason != COSMIC_REASON_NONE)
    return reason;
  return is_entitled (fold, box, voter) ? COSMIC_REASON_NONE : DPOP_REASON_NOT_ENTITLED;
}

static CosmicReason
cast (CosmicFold *fold, const CosmicId *voter, const DpopDecisionHead *vote,
      const GArray *replaces)
{
  g_autoptr (DpopDecisionEntry) entry = dpop_decision_entry_read (fold->state, voter);
  gboolean counted, counts;

  if (entry == NULL)
    return DPOP_REASON_TOO_MANY;
  if (!vote->own && dpop_decision_entry_has_own (entry))
    return DPOP_REASON_HAS_VOTED;
  counted = dpop_decision_entry_vote (entry) != NULL;
  if (!dpop_decision_entry_add (entry, vote, replaces))
    return DPOP_REASON_TOO_MANY;
  counts = dpop_decision_entry_vote (entry) != NULL;
  dpop_decision_entry_write (entry, fold->state, voter);
  if (counts != counted)
    {
      guint64 n = dpop_decision_state_cast (fold->state);

      dpop_decision_state_put_cast (fold->state, counts ? n + 1 : n - 1);
    }
  return COSMIC_REASON_NONE;
}

static CosmicReason
apply_vote (CosmicFold *fold, GVariant *body)
{
  g_autoptr (GArray) replaces = cosmic_codec_child_id_set (body, 2, DPOP_DECISION_REPLACES_MAX);
  DpopDecisionHead vote = { .vote = fold->operation->id };
  DpopDecisionPhase phase;
  DpopDecisionBox box;
  CosmicReason reason;
  CosmicId voter;

  if (!dpop_decision_state_phase (fold->state, &phase, NULL, NULL))
    return COSMIC_REASON_WRONG_STREAM;
  if (phase != DPOP_DECISION_OPEN || !dpop_decision_state_box (fold->state, &box))
    return dpop_decision_not_open (phase);
  if (replaces == NULL || !cosmic_codec_child_id (body, 3, &voter)
      || !dpop_decision_ballot_decode (body, 0, &vote.ballot))
    return COSMIC_REASON_BAD_BODY;
  if (!dpop_decision_ballot_fits (&vote.ballot, &box.paper))
    return DPOP_REASON_BAD_BALLOT;
  if ((reason = dpop_decision_check_scope (fold, &box.scope)) != COSMIC_REASON_NONE
      || (reason = check_voter (fold, &box, &voter)) != COSMIC_REASON_NONE)
    return reason;
  vote.own = cosmic_id_same (&voter, &fold->member);
  return cast (fold, &voter, &vote, replaces);
}

const CosmicKind dpop_kind_vote = {
  .number = DPOP_KIND_VOTE,
  .name = "vote",
  .body_type = DPOP_VOTE_TYPE,
  .place = COSMIC_PLACE_STREAM,
  .class = 2,
  .personal = COSMIC_PERSONAL_NEVER,
  .subject = -1,
  .since = 1,
  .bulk = TRUE,
  .apply = apply_vote,
};
