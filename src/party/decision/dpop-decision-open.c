/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-hash.h"
#include "dpop-decision-private.h"
#include "dpop-decision-rule.h"
#include "dpop-roll.h"

/* Opening pins all that is decided on and by whom. Whoever opens chooses wording and order, but may
 * leave out no option that stood when they last heard of one. */

static gboolean
read_body (GVariant *body, DpopDecisionOpening *opening)
{
  g_autoptr (GVariant) index = g_variant_get_child_value (body, 4);
  g_autoptr (GVariant) option = g_variant_get_maybe (index);
  guint16 min_choices, max_choices;

  opening->options = cosmic_codec_child_id_list (body, 0, DPOP_DECISION_OPTIONS_MAX);
  opening->texts = cosmic_codec_child_id_list (body, 1, DPOP_DECISION_TEXTS_MAX);
  g_variant_get_child (body, 2, "q", &min_choices);
  g_variant_get_child (body, 3, "q", &max_choices);
  g_variant_get_child (body, 5, "x", &opening->closes);
  opening->min_choices = min_choices;
  opening->max_choices = max_choices;
  opening->default_option = option == NULL ? DPOP_COUNT_NO_OPTION : g_variant_get_uint16 (option);
  return opening->options != NULL && opening->texts != NULL && opening->closes >= 0;
}

static gboolean
is_set (const GArray *list)
{
  g_autoptr (GArray) set = g_array_copy ((GArray *) list);

  cosmic_ids_normalise (set);
  return set->len == list->len;
}

/* --- Texts and options. ---------------------------------------------------------------------- */

/* One wording of the question, then reasons. */
static CosmicReason
check_texts (const CosmicFold *fold, const DpopDecisionProposed *proposed, const GArray *texts)
{
  if (texts->len == 0 || !is_set (texts))
    return COSMIC_REASON_BAD_BODY;
  for (guint i = 0; i < texts->len; i++)
    {
      const CosmicId *id = &g_array_index (texts, CosmicId, i);
      DpopDecisionText text = { .what = DPOP_TEXT_QUESTION };

      if (!cosmic_id_same (id, &proposed->operation)
          && !dpop_decision_state_text (fold->state, id, &text))
        return COSMIC_REASON_NO_SUCH_SUBJECT;
      if ((text.what == DPOP_TEXT_QUESTION) != (i == 0))
        return COSMIC_REASON_BAD_BODY;
    }
  return COSMIC_REASON_NONE;
}

static gboolean
lists (const GArray *list, const CosmicId *id)
{
  for (guint i = 0; i < list->len; i++)
    if (cosmic_id_same (&g_array_index (list, CosmicId, i), id))
      return TRUE;
  return FALSE;
}

static CosmicReason
check_options (const CosmicFold *fold, const GArray *pinned)
{
  g_autoptr (GArray) options = dpop_decision_state_options (fold->state);
  guint found = 0;

  if (!is_set (pinned))
    return COSMIC_REASON_BAD_BODY;
  for (guint i = 0; i < options->len; i++)
    {
      const DpopDecisionOption *option = &g_array_index (options, DpopDecisionOption, i);

      if (lists (pinned, &option->operation))
        {
          if (option->withdrawn)
            return DPOP_REASON_WITHDRAWN;
          found++;
        }
      else if (!option->withdrawn && option->height <= fold->operation->header.base.height)
        return DPOP_REASON_OPTION_LEFT_OUT;
    }
  return found == pinned->len ? COSMIC_REASON_NONE : COSMIC_REASON_NO_SUCH_SUBJECT;
}

/* --- What one may vote. ----------------------------------------------------------------------- */

static gboolean
choices_are_possible (DpopBallotKind ballot, const DpopDecisionOpening *opening)
{
  if (ballot != DPOP_BALLOT_APPROVE)
    return opening->min_choices == 0 && opening->max_choices == 0;
  return opening->min_choices >= 1 && opening->min_choices <= opening->max_choices
         && opening->max_choices <= opening->options->len;
}

static gboolean
default_is_possible (const DpopDecisionProposed *proposed, const DpopDecisionOpening *opening)
{
  if (proposed->ballot != DPOP_BALLOT_RANK || proposed->rule.default_option != DPOP_DEFAULT_BEATEN)
    return opening->default_option == DPOP_COUNT_NO_OPTION;
  return opening->default_option >= 0 && (guint) opening->default_option < opening->options->len
         && opening->options->len > 1;
}

static CosmicReason
check_paper (const DpopDecisionProposed *proposed, const DpopDecisionOpening *opening)
{
  gboolean has_options = proposed->ballot != DPOP_BALLOT_YES_NO_ABSTAIN;

  if ((opening->options->len > 0) != has_options
      || !choices_are_possible (proposed->ballot, opening)
      || !default_is_possible (proposed, opening))
    return COSMIC_REASON_BAD_BODY;
  return COSMIC_REASON_NONE;
}

/* --- When. ------------------------------------------------------------------------------------ */

/* A box that is closed by hand closes by itself when it has been open as long as one may be. The
 * time until it closes is judged where the opening is covered: until then the last checkpoint's
 * time is all there is, which may lie far back. */
static CosmicReason
set_deadline (const CosmicFold *fold, const DpopDecisionProposed *proposed,
              DpopDecisionOpening *opening)
{
  const DpopCharterRule *rule = &proposed->rule;
  gint64 most = G_MAXINT64 - MAX (fold->time, 0);

  opening->deadline = opening->closes;
  if (opening->closes == 0)
    opening->deadline = rule->max_open_ms > 0 && rule->max_open_ms < most
                            ? fold->time + rule->max_open_ms
                            : 0;
  if (dpop_decision_too_early (fold, proposed->time, rule->min_discussion_ms))
    return DPOP_REASON_TOO_EARLY;
  if (opening->closes == 0)
    return COSMIC_REASON_NONE;
  if (opening->closes <= fold->time || opening->closes - fold->time < rule->min_open_ms)
    return DPOP_REASON_TOO_SHORT;
  if (!fold->tail && rule->max_open_ms > 0 && opening->closes - fold->time > rule->max_open_ms)
    return DPOP_REASON_TOO_LONG;
  return COSMIC_REASON_NONE;
}

/* --- Opening. --------------------------------------------------------------------------------- */

static void
pin_charter (CosmicFold *fold, CosmicId *hash)
{
  const CosmicKey key = cosmic_key (DPOP_TAG_CHARTER, NULL, NULL);
  static const char tag[] = "dpop charter 1";
  g_autoptr (GBytes) charter = cosmic_authority_charter (fold->authority);
  CosmicHash state;

  cosmic_hash_init (&state);
  cosmic_hash_update (&state, tag, sizeof tag);
  cosmic_hash_update (&state, g_bytes_get_data (charter, NULL), g_bytes_get_size (charter));
  cosmic_hash_finish (&state, hash->bytes);
  cosmic_state_put_bytes (fold->state, &key, charter);
}

static void
put (CosmicFold *fold, const DpopDecisionProposed *proposed, const DpopDecisionOpening *opening)
{
  gboolean one = proposed->ballot == DPOP_BALLOT_CHOOSE_ONE;
  DpopDecisionBox box = {
    .scope = proposed->scope,
    .height = opening->height,
    .paper = { proposed->ballot, opening->options->len, one ? 1 : opening->min_choices,
               one ? 1 : opening->max_choices },
  };

  dpop_decision_state_put_opening (fold->state, opening);
  dpop_decision_state_put_box (fold->state, &box);
  dpop_decision_state_put_cast (fold->state, 0);
  dpop_decision_state_put_phase (fold->state, DPOP_DECISION_OPEN, fold->time, fold->height);
  cosmic_fold_set_deadline (fold, opening->deadline);
}

/* The rule must still stand in the charter as it did when it was proposed: nobody shall vote by a
 * rule that has been given up, or under a number that has come to mean another. */
static CosmicReason
open_box (CosmicFold *fold, GVariant *body, DpopDecisionOpening *opening)
{
  DpopDecisionProposed proposed;
  DpopCharterRule rule;
  CosmicReason reason = dpop_decision_still_proposed (fold, &proposed);

  if (reason != COSMIC_REASON_NONE)
    return reason;
  if (!read_body (body, opening))
    return COSMIC_REASON_BAD_BODY;
  if (!dpop_decision_may (fold, DPOP_ACTION_OPEN, &proposed))
    return COSMIC_REASON_NOT_ALLOWED;
  if ((reason = dpop_decision_check_scope (fold, &proposed.scope)) != COSMIC_REASON_NONE
      || (reason = dpop_decision_check_rule (fold, &proposed, &rule)) != COSMIC_REASON_NONE)
    return reason;
  if (!dpop_decision_rule_equal (&rule, &proposed.rule))
    return DPOP_REASON_RULE_CHANGED;
  if ((reason = check_paper (&proposed, opening)) != COSMIC_REASON_NONE
      || (reason = check_texts (fold, &proposed, opening->texts)) != COSMIC_REASON_NONE
      || (reason = check_options (fold, opening->options)) != COSMIC_REASON_NONE
      || (reason = set_deadline (fold, &proposed, opening)) != COSMIC_REASON_NONE)
    return reason;
  opening->entitled = dpop_roll_count (fold->authority, &proposed.scope, fold->height);
  if (opening->entitled == 0)
    return DPOP_REASON_NOBODY_ENTITLED;
  pin_charter (fold, &opening->charter);
  put (fold, &proposed, opening);
  return COSMIC_REASON_NONE;
}

static CosmicReason
apply_open (CosmicFold *fold, GVariant *body)
{
  g_autoptr (DpopDecisionOpening) opening = g_new0 (DpopDecisionOpening, 1);

  opening->operation = fold->operation->id;
  opening->height = fold->height;
  opening->time = fold->time;
  opening->rules_version = fold->rules_version;
  return open_box (fold, body, opening);
}

const CosmicKind dpop_kind_open = {
  .number = DPOP_KIND_OPEN,
  .name = "open",
  .body_type = DPOP_OPEN_TYPE,
  .place = COSMIC_PLACE_STREAM,
  .class = 2,
  .personal = COSMIC_PERSONAL_NEVER,
  .subject = -1,
  .since = 1,
  .apply = apply_open,
};
