/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-decision-private.h"

/* What is collected before a box opens: texts, and options to choose from. */

CosmicReason
dpop_decision_still_proposed (const CosmicFold *fold, DpopDecisionProposed *proposed)
{
  DpopDecisionPhase phase;

  if (!dpop_decision_state_phase (fold->state, &phase, NULL, NULL)
      || !dpop_decision_state_proposed (fold->state, proposed))
    return COSMIC_REASON_WRONG_STREAM;
  switch (phase)
    {
    case DPOP_DECISION_PROPOSED:
      return COSMIC_REASON_NONE;
    case DPOP_DECISION_STOPPED:
      return DPOP_REASON_STOPPED;
    case DPOP_DECISION_OPEN:
    case DPOP_DECISION_CLOSED:
    default:
      return DPOP_REASON_OPENED;
    }
}

/* --- Texts. --------------------------------------------------------------------------------- */

/* A text is replaced by who wrote it. The proposal itself is the first wording of the question. */
static CosmicReason
replace (CosmicFold *fold, const DpopDecisionProposed *proposed, const DpopDecisionText *text)
{
  DpopDecisionText former;

  if (cosmic_id_same (&text->replaces, &proposed->operation))
    {
      if (text->what != DPOP_TEXT_QUESTION)
        return COSMIC_REASON_BAD_BODY;
      return cosmic_id_same (&text->speaker, &proposed->speaker) ? COSMIC_REASON_NONE
                                                                 : DPOP_REASON_NOT_YOURS;
    }
  if (!dpop_decision_state_text (fold->state, &text->replaces, &former)
      || former.what != text->what)
    return COSMIC_REASON_NO_SUCH_SUBJECT;
  if (!cosmic_id_same (&text->speaker, &former.speaker))
    return DPOP_REASON_NOT_YOURS;
  former.replaced = TRUE;
  dpop_decision_state_put_text (fold->state, &former);
  return COSMIC_REASON_NONE;
}

static CosmicReason
apply_text (CosmicFold *fold, GVariant *body)
{
  DpopDecisionText text = { .operation = fold->operation->id, .height = fold->height };
  DpopDecisionProposed proposed;
  CosmicReason reason = dpop_decision_still_proposed (fold, &proposed);
  guint8 what;

  if (reason != COSMIC_REASON_NONE)
    return reason;
  g_variant_get_child (body, 0, "y", &what);
  text.what = what;
  if (what > DPOP_TEXT_REASON
      || !cosmic_codec_child_maybe_id (body, 1, &text.replaces, &text.is_revision))
    return COSMIC_REASON_BAD_BODY;
  if ((reason = dpop_decision_speaker (fold, body, 2, DPOP_ACTION_ADD_TEXT, &proposed.scope,
                                       &proposed.speaker, &text.speaker))
          != COSMIC_REASON_NONE
      || (reason = dpop_decision_check_scope (fold, &proposed.scope)) != COSMIC_REASON_NONE
      || (text.is_revision
          && (reason = replace (fold, &proposed, &text)) != COSMIC_REASON_NONE))
    return reason;
  text.number = (guint16) cosmic_state_count (fold->state,
                                              cosmic_key (DPOP_TAG_TEXT, NULL, NULL));
  if (text.number >= DPOP_DECISION_PROPOSED_MAX)
    return DPOP_REASON_TOO_MANY;
  dpop_decision_state_put_text (fold->state, &text);
  return COSMIC_REASON_NONE;
}

const CosmicKind dpop_kind_text = {
  .number = DPOP_KIND_TEXT,
  .name = "text",
  .body_type = DPOP_TEXT_TYPE,
  .place = COSMIC_PLACE_STREAM,
  .class = 2,
  .personal = COSMIC_PERSONAL_MUST,
  .subject = -1,
  .since = 1,
  .apply = apply_text,
};

/* --- Options. ------------------------------------------------------------------------------- */

/* Who stands, stands once. Sets the option's number. */
static CosmicReason
check_options (const CosmicFold *fold, DpopDecisionOption *option)
{
  g_autoptr (GArray) options = dpop_decision_state_options (fold->state);

  option->number = (guint16) options->len;
  if (options->len >= DPOP_DECISION_PROPOSED_MAX)
    return DPOP_REASON_TOO_MANY;
  for (guint i = 0; i < options->len && option->is_candidate; i++)
    {
      const DpopDecisionOption *other = &g_array_index (options, DpopDecisionOption, i);

      if (other->is_candidate && !other->withdrawn
          && cosmic_id_same (&other->candidate, &option->candidate))
        return COSMIC_REASON_ALREADY;
    }
  return COSMIC_REASON_NONE;
}

static CosmicReason
apply_option (CosmicFold *fold, GVariant *body)
{
  DpopDecisionOption option = { .operation = fold->operation->id, .height = fold->height };
  DpopDecisionProposed proposed;
  CosmicReason reason = dpop_decision_still_proposed (fold, &proposed);

  if (reason != COSMIC_REASON_NONE)
    return reason;
  if (!cosmic_codec_child_maybe_id (body, 0, &option.candidate, &option.is_candidate)
      || proposed.ballot == DPOP_BALLOT_YES_NO_ABSTAIN)
    return COSMIC_REASON_BAD_BODY;
  if (option.is_candidate && !dpop_decision_can_stand (fold, &option.candidate))
    return DPOP_REASON_NOT_A_MEMBER;
  if ((reason = dpop_decision_speaker (fold, body, 1, DPOP_ACTION_ADD_TEXT, &proposed.scope,
                                       &proposed.speaker, &option.speaker))
          != COSMIC_REASON_NONE
      || (reason = dpop_decision_check_scope (fold, &proposed.scope)) != COSMIC_REASON_NONE
      || (reason = check_options (fold, &option)) != COSMIC_REASON_NONE)
    return reason;
  dpop_decision_state_put_option (fold->state, &option);
  return COSMIC_REASON_NONE;
}

const CosmicKind dpop_kind_option = {
  .number = DPOP_KIND_OPTION,
  .name = "option",
  .body_type = DPOP_OPTION_TYPE,
  .place = COSMIC_PLACE_STREAM,
  .class = 2,
  .personal = COSMIC_PERSONAL_MUST,
  .subject = 0,
  .since = 1,
  .apply = apply_option,
};

/* By who put it forward, by who stands, and by who may open the box. */
static CosmicReason
apply_option_withdraw (CosmicFold *fold, GVariant *body)
{
  DpopDecisionProposed proposed;
  DpopDecisionOption option;
  CosmicReason reason = dpop_decision_still_proposed (fold, &proposed);
  CosmicId id;

  if (reason != COSMIC_REASON_NONE)
    return reason;
  if (!cosmic_codec_child_id (body, 0, &id))
    return COSMIC_REASON_BAD_BODY;
  if (!dpop_decision_state_option (fold->state, &id, &option))
    return COSMIC_REASON_NO_SUCH_SUBJECT;
  if (option.withdrawn)
    return COSMIC_REASON_ALREADY;
  if (!cosmic_id_same (&fold->member, &option.speaker)
      && !(option.is_candidate && cosmic_id_same (&fold->member, &option.candidate))
      && !dpop_decision_may (fold, DPOP_ACTION_OPEN, &proposed))
    return COSMIC_REASON_NOT_ALLOWED;
  option.withdrawn = TRUE;
  dpop_decision_state_put_option (fold->state, &option);
  return COSMIC_REASON_NONE;
}

const CosmicKind dpop_kind_option_withdraw = {
  .number = DPOP_KIND_OPTION_WITHDRAW,
  .name = "option-withdraw",
  .body_type = DPOP_OPTION_WITHDRAW_TYPE,
  .place = COSMIC_PLACE_STREAM,
  .class = 2,
  .personal = COSMIC_PERSONAL_NEVER,
  .subject = -1,
  .since = 1,
  .apply = apply_option_withdraw,
};
