/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-may-decision.h"

#include "dpop-comment-row.h"
#include "dpop-decision-command.h"
#include "dpop-decision-query.h"
#include "dpop-discussion.h"
#include "dpop-entitled.h"
#include "dpop-may-private.h"
#include "dpop-member-command.h"
#include "dpop-member-row.h"
#include "dpop-membership.h"
#include "dpop-outcome-export.h"
#include "dpop-reason.h"

#include <glib/gi18n-lib.h>

static gboolean
no_decision (GError **error)
{
  g_set_error_literal (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_NOT_FOUND,
                       _("There is no such decision here."));
  return FALSE;
}

static DpopDecision *
query (DpopProfile *profile, const CosmicId *id, const CosmicId *member, GError **error)
{
  const CosmicState *state = dpop_profile_state (profile, id, error);
  DpopDecision *decision;

  if (state == NULL)
    return NULL;
  decision = dpop_decision_query (state, member);
  if (decision == NULL)
    no_decision (error);
  return decision;
}

/* --- Before it opens. ------------------------------------------------------------------------- */

static gboolean
may_reword (DpopProfile *profile, const CosmicId *id, const DpopDecision *decision,
            const CosmicId *own, DpopMay *may, GError **error)
{
  g_autoptr (GArray) texts = dpop_decision_query_texts (decision);

  return dpop_may_say (profile, id,
                       dpop_decision_command_text (&decision->proposed.scope, DPOP_TEXT_QUESTION,
                                                   &g_array_index (texts, CosmicId, 0), own,
                                                   DPOP_MAY_STAND_IN, DPOP_MAY_STAND_IN, NULL),
                       may, error);
}

static gboolean
may_add_text (DpopProfile *profile, const CosmicId *id, const DpopDecision *decision,
              const CosmicId *own, DpopMay *may, GError **error)
{
  return dpop_may_say (profile, id,
                       dpop_decision_command_text (&decision->proposed.scope, DPOP_TEXT_REASON,
                                                   NULL, own, DPOP_MAY_STAND_IN, DPOP_MAY_STAND_IN,
                                                   NULL),
                       may, error);
}

static gboolean
may_add_option (DpopProfile *profile, const CosmicId *id, const DpopDecision *decision,
                const CosmicId *own, DpopMay *may, GError **error)
{
  if (decision->proposed.ballot == DPOP_BALLOT_YES_NO_ABSTAIN)
    {
      *may = dpop_may_not (_("The answers are yes, no and abstain: there are no options."));
      return TRUE;
    }
  return dpop_may_say (profile, id,
                       dpop_decision_command_option (&decision->proposed.scope, NULL, own,
                                                     DPOP_MAY_STAND_IN, NULL, NULL),
                       may, error);
}

/* --- Opening. --------------------------------------------------------------------------------- */

static gboolean
needs_default (const DpopDecision *decision)
{
  return decision->proposed.ballot == DPOP_BALLOT_RANK
         && decision->proposed.rule.default_option == DPOP_DEFAULT_BEATEN;
}

/* What would be refused as out of range can be said in words. */
static const char *
lacks (const DpopDecision *decision, const GArray *options)
{
  if (decision->phase != DPOP_DECISION_PROPOSED
      || decision->proposed.ballot == DPOP_BALLOT_YES_NO_ABSTAIN)
    return NULL;
  if (options->len == 0)
    return _("There is nothing to choose from yet. Add options first.");
  if (needs_default (decision) && options->len < 2)
    return _("Besides the option that stands for “none of these”, there must be another one.");
  if (options->len > DPOP_DECISION_OPTIONS_MAX)
    return _("There are more options than fit on a ballot. Withdraw some first.");
  return NULL;
}

/* Closed by hand, by everything that stands: the time to vote is still to be chosen. */
static gboolean
may_open (DpopProfile *profile, const CosmicId *id, const DpopDecision *decision, DpopMay *may,
          GError **error)
{
  g_autoptr (GArray) texts = dpop_decision_query_texts (decision);
  g_autoptr (GArray) options = dpop_decision_query_options (decision);
  DpopDecisionCommandOpen open = { .texts = texts,
                                   .options = options,
                                   .default_option = DPOP_COUNT_NO_OPTION };
  const char *missing = lacks (decision, options);

  if (needs_default (decision) && options->len > 0)
    open.default_option = (int) options->len - 1;
  if (decision->proposed.ballot == DPOP_BALLOT_APPROVE)
    open.min_choices = open.max_choices = 1;
  if (!dpop_may_say (profile, id, dpop_decision_command_open (&open), may, error))
    return FALSE;
  if (missing != NULL && may->reason == COSMIC_REASON_BAD_BODY)
    *may = dpop_may_not (missing);
  return TRUE;
}

gboolean
dpop_may_open (DpopProfile *profile, const CosmicId *id, DpopMay *may, GError **error)
{
  g_autoptr (DpopDecision) decision = query (profile, id, NULL, error);

  return decision != NULL && may_open (profile, id, decision, may, error);
}

gboolean
dpop_may_withdraw (DpopProfile *profile, const CosmicId *id, const CosmicId *option, DpopMay *may,
                   GError **error)
{
  return dpop_may_say (profile, id, dpop_decision_command_withdraw (option), may, error);
}

/* --- Voting. ---------------------------------------------------------------------------------- */

/* A ballot that can be cast whatever there is to choose. */
static DpopDecisionBallot
blank (const CosmicState *state)
{
  DpopDecisionBallot ballot = { .answer = DPOP_ANSWER_ABSTAIN };
  DpopDecisionBox box;

  if (!dpop_decision_state_box (state, &box) || box.paper.kind == DPOP_BALLOT_YES_NO_ABSTAIN)
    return ballot;
  ballot.answer = DPOP_ANSWER_NONE;
  if (box.paper.kind == DPOP_BALLOT_RANK)
    ballot.n_marks = box.paper.n_options;
  return ballot;
}

gboolean
dpop_may_vote (DpopProfile *profile, const CosmicId *id, const CosmicId *named, DpopMay *may,
               GError **error)
{
  const CosmicState *state = dpop_profile_state (profile, id, error);
  DpopDecisionBallot ballot;
  CosmicId voter;

  if (state == NULL || (named == NULL && !dpop_profile_own_member (profile, &voter, error)))
    return FALSE;
  if (named != NULL)
    voter = *named;
  ballot = blank (state);
  return dpop_may_say (profile, id, dpop_decision_command_vote (state, &voter, &ballot), may,
                       error);
}

#define LIKELY_MAX 16

/* Whether the rules let them speak for anybody at all: most may not, and need not be asked about
 * everyone. */
static gboolean
acts_for_some (const CosmicState *authority, const CosmicId *own)
{
  g_autoptr (GArray) places = dpop_may_places (authority);

  for (guint i = 0; i < places->len; i++)
    if (dpop_membership_lets (authority, own, DPOP_ACTION_ACT_FOR,
                              &g_array_index (places, CosmicId, i), NULL))
      return TRUE;
  return FALSE;
}

static gboolean
look_at_voter (DpopProfile *profile, const CosmicId *id, const CosmicId *own,
               const CosmicId *member, DpopMay *may, GError **error)
{
  const CosmicFold fold = { .authority = dpop_profile_state (profile, NULL, error),
                            .member = *own };

  if (fold.authority == NULL)
    return FALSE;
  return cosmic_id_same (member, own)
         || dpop_membership_acts_for (&fold, member) != COSMIC_REASON_NONE
         || dpop_may_vote (profile, id, member, may, error);
}

/* Who belongs there now and has no computer: as a rule the first of them will do. */
static gboolean
look_at_likely (DpopProfile *profile, const CosmicId *id, const DpopDecision *decision,
                const CosmicId *own, DpopMay *may, GError **error)
{
  DpopMemberRowQuery query = DPOP_MEMBER_ROW_QUERY_ALL;
  g_autoptr (GPtrArray) rows = NULL;

  query.device = DPOP_MEMBER_ROW_NO;
  query.states = 1u << DPOP_MEMBER_MEMBER;
  query.unit = cosmic_id_is_zero (&decision->proposed.scope) ? NULL : &decision->proposed.scope;
  rows = dpop_member_row_window (dpop_profile_database (profile), &query, 0, LIKELY_MAX, error);
  for (guint i = 0; rows != NULL && i < rows->len && !may->yes; i++)
    if (!look_at_voter (profile, id, own, &((const DpopMemberRow *) rows->pdata[i])->id, may,
                        error))
      return FALSE;
  return rows != NULL;
}

static gboolean
look_at_entitled (DpopProfile *profile, const CosmicId *id, const CosmicId *own, DpopMay *may,
                  GError **error)
{
  g_autoptr (GArray) entitled = dpop_entitled_members (profile, id, error);

  for (guint i = 0; entitled != NULL && i < entitled->len && !may->yes; i++)
    if (!look_at_voter (profile, id, own, &g_array_index (entitled, CosmicId, i), may, error))
      return FALSE;
  return entitled != NULL;
}

static gboolean
may_vote_for (DpopProfile *profile, const CosmicId *id, const DpopDecision *decision,
              const CosmicId *own, DpopMay *may, GError **error)
{
  const CosmicState *authority = dpop_profile_state (profile, NULL, error);

  if (authority == NULL)
    return FALSE;
  *may = dpop_may_refused (COSMIC_REASON_NOT_ALLOWED);
  if (decision->phase != DPOP_DECISION_OPEN)
    return dpop_may_vote (profile, id, own, may, error);
  if (!acts_for_some (authority, own))
    return TRUE;
  if (!look_at_likely (profile, id, decision, own, may, error)
      || (!may->yes && !look_at_entitled (profile, id, own, may, error)))
    return FALSE;
  if (!may->yes)
    *may = dpop_may_not (_("Nobody whom you may speak for is entitled to vote here."));
  return TRUE;
}

/* --- The end. --------------------------------------------------------------------------------- */

gboolean
dpop_may_close (DpopProfile *profile, const CosmicId *id, DpopMay *may, GError **error)
{
  return dpop_may_say (profile, id, dpop_decision_command_close (), may, error);
}

static gboolean
may_enact (DpopProfile *profile, const CosmicId *id, const DpopDecision *decision, DpopMay *may,
           GError **error)
{
  CosmicLog *log = dpop_profile_log (profile);
  CosmicKey key = dpop_outcome_export_key ();
  g_autoptr (GBytes) outcome = NULL;
  g_autoptr (GBytes) proof = NULL;
  GError *failure = NULL;

  *may = dpop_may_refused (DPOP_REASON_NO_EFFECT);
  if (!decision->proposed.has_effect)
    return TRUE;
  *may = dpop_may_refused (DPOP_REASON_NOT_ACCEPTED);
  if (decision->outcome == NULL || !dpop_decision_outcome_is_accepted (decision->outcome))
    return TRUE;
  if (!cosmic_log_prove_export (log, id, &key, &outcome, &proof, &failure))
    {
      *may = dpop_may_not (_("The outcome is not confirmed yet."));
      if (failure != NULL)
        g_propagate_error (error, failure);
      return failure == NULL;
    }
  return dpop_may_say (profile, NULL,
                       dpop_member_command_enact (id, cosmic_log_height (log), outcome, proof),
                       may, error);
}

gboolean
dpop_may_enact (DpopProfile *profile, const CosmicId *id, DpopMay *may, GError **error)
{
  g_autoptr (DpopDecision) decision = query (profile, id, NULL, error);

  return decision != NULL && may_enact (profile, id, decision, may, error);
}

/* --- Discussing. ------------------------------------------------------------------------------ */

/* Where nothing was said yet, the first comment opens the discussion: whoever may speak for others
 * may do that too, so that it is asked apart whether they may comment themselves. */
static gboolean
may_begin (DpopProfile *profile, const CosmicId *id, const CosmicId *scope, const CosmicId *own,
           DpopMay *may, GError **error)
{
  static const CosmicId nonce = { { 0xd0, 0x0d } };
  const CosmicState *authority = dpop_profile_state (profile, NULL, error);
  CosmicId device, stream;

  if (authority == NULL)
    return FALSE;
  dpop_profile_device_id (profile, &device);
  cosmic_stream_id (cosmic_log_party (dpop_profile_log (profile)), &device, &nonce, &stream);
  if (!dpop_may_say (profile, &stream, dpop_discussion_command_discuss (&nonce, id, scope), may,
                     error))
    return FALSE;
  if (may->yes && !dpop_membership_lets (authority, own, DPOP_ACTION_COMMENT, scope, NULL))
    *may = dpop_may_refused (COSMIC_REASON_NOT_ALLOWED);
  return TRUE;
}

static gboolean
may_comment (DpopProfile *profile, const CosmicId *id, const DpopDecision *decision,
             const CosmicId *own, DpopMay *may, GError **error)
{
  const CosmicId *scope = &decision->proposed.scope;
  g_autoptr (GPtrArray) comments
      = dpop_comment_row_window (dpop_profile_database (profile), id, 0, 1, error);

  if (comments == NULL)
    return FALSE;
  if (comments->len == 0)
    return may_begin (profile, id, scope, own, may, error);
  return dpop_may_say (profile, &((const DpopCommentRow *) comments->pdata[0])->stream,
                       dpop_discussion_command_comment (scope, NULL, own, DPOP_MAY_STAND_IN, NULL),
                       may, error);
}

/* --- All of it. ------------------------------------------------------------------------------- */

static gboolean
refuse_all (DpopMayDecision *result, CosmicReason reason)
{
  const DpopMay no = dpop_may_refused (reason);

  *result = (DpopMayDecision){ no, no, no, no, no, FALSE, no, no, no, no, no };
  return TRUE;
}

gboolean
dpop_may_decision (DpopProfile *profile, const CosmicId *id, DpopMayDecision *result,
                   GError **error)
{
  g_autoptr (DpopDecision) decision = NULL;
  gboolean is_member;
  CosmicId own;

  is_member = dpop_profile_own_member (profile, &own, NULL);
  decision = query (profile, id, is_member ? &own : NULL, error);
  if (decision == NULL)
    return FALSE;
  if (!is_member)
    return refuse_all (result, COSMIC_REASON_UNKNOWN_AUTHOR);
  result->has_voted = decision->vote != DPOP_VOTE_NONE;
  return may_reword (profile, id, decision, &own, &result->reword, error)
         && may_add_text (profile, id, decision, &own, &result->add_text, error)
         && may_add_option (profile, id, decision, &own, &result->add_option, error)
         && may_open (profile, id, decision, &result->open, error)
         && dpop_may_vote (profile, id, NULL, &result->vote, error)
         && may_vote_for (profile, id, decision, &own, &result->vote_for, error)
         && dpop_may_close (profile, id, &result->close, error)
         && dpop_may_say (profile, id,
                          dpop_decision_command_stop (&decision->proposed.scope,
                                                      DPOP_STOP_WITHDRAWN, NULL, NULL),
                          &result->stop, error)
         && may_enact (profile, id, decision, &result->enact, error)
         && may_comment (profile, id, decision, &own, &result->comment, error);
}
