/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-decision-private.h"
#include "dpop-outcome-export.h"

/* A close, a stop and a deadline all act at the end of the batch, so that every vote in the batch
 * has the same chance. A stop wins: who opened wrongly must be able to say so until the outcome
 * stands. */

typedef struct
{
  gboolean closes;
  CosmicId close;
  guint8 stop; /* a DpopStopReason, 0: no stop */
} Pending;

static CosmicKey
pending_key (void)
{
  return cosmic_key (DPOP_TAG_PENDING, NULL, NULL);
}

static void
read_pending (const CosmicState *state, Pending *pending)
{
  g_autoptr (GVariant) value = cosmic_state_get (state, pending_key (), "(mayy)");

  *pending = (Pending){ 0 };
  if (value == NULL)
    return;
  cosmic_codec_child_maybe_id (value, 0, &pending->close, &pending->closes);
  g_variant_get_child (value, 1, "y", &pending->stop);
}

static void
put_pending (CosmicState *state, const Pending *pending)
{
  GVariant *fields[] = { cosmic_codec_new_maybe_id (pending->closes ? &pending->close : NULL),
                         g_variant_new_byte (pending->stop) };

  cosmic_state_put (state, pending_key (), g_variant_new_tuple (fields, G_N_ELEMENTS (fields)));
}

/* --- Closing by hand. ------------------------------------------------------------------------ */

static CosmicReason
check_close (const CosmicFold *fold)
{
  g_autoptr (DpopDecisionOpening) opening = dpop_decision_state_opening (fold->state);
  DpopDecisionProposed proposed;

  if (opening == NULL || !dpop_decision_state_proposed (fold->state, &proposed))
    return COSMIC_REASON_WRONG_STREAM;
  if (!dpop_decision_may (fold, DPOP_ACTION_CLOSE, &proposed))
    return COSMIC_REASON_NOT_ALLOWED;
  if (opening->closes != 0)
    return DPOP_REASON_HAS_DEADLINE;
  if (dpop_decision_too_early (fold, opening->time, proposed.rule.min_open_ms))
    return DPOP_REASON_TOO_EARLY;
  return COSMIC_REASON_NONE;
}

static CosmicReason
apply_close (CosmicFold *fold, GVariant *body)
{
  DpopDecisionPhase phase;
  Pending pending;
  CosmicReason reason;

  if (!dpop_decision_state_phase (fold->state, &phase, NULL, NULL))
    return COSMIC_REASON_WRONG_STREAM;
  if (phase != DPOP_DECISION_OPEN)
    return dpop_decision_not_open (phase);
  read_pending (fold->state, &pending);
  if (pending.closes)
    return COSMIC_REASON_ALREADY;
  reason = check_close (fold);
  if (reason != COSMIC_REASON_NONE)
    return reason;
  pending.closes = TRUE;
  pending.close = fold->operation->id;
  put_pending (fold->state, &pending);
  return COSMIC_REASON_NONE;
}

const CosmicKind dpop_kind_close = {
  .number = DPOP_KIND_CLOSE,
  .name = "close",
  .body_type = DPOP_CLOSE_TYPE,
  .place = COSMIC_PLACE_STREAM,
  .class = 2,
  .personal = COSMIC_PERSONAL_NEVER,
  .subject = -1,
  .since = 1,
  .apply = apply_close,
};

/* --- Stopping. ------------------------------------------------------------------------------- */

static CosmicReason
apply_stop (CosmicFold *fold, GVariant *body)
{
  DpopDecisionProposed proposed;
  DpopDecisionPhase phase;
  Pending pending;
  CosmicReason reason;

  if (!dpop_decision_state_phase (fold->state, &phase, NULL, NULL)
      || !dpop_decision_state_proposed (fold->state, &proposed))
    return COSMIC_REASON_WRONG_STREAM;
  if (phase != DPOP_DECISION_PROPOSED && phase != DPOP_DECISION_OPEN)
    return dpop_decision_not_open (phase);
  read_pending (fold->state, &pending);
  if (pending.stop != 0)
    return COSMIC_REASON_ALREADY;
  g_variant_get_child (body, 0, "y", &pending.stop);
  if (pending.stop < DPOP_STOP_WORDING || pending.stop > DPOP_STOP_LAST)
    return COSMIC_REASON_BAD_BODY;
  if (!dpop_decision_may (fold, DPOP_ACTION_STOP, &proposed))
    return COSMIC_REASON_NOT_ALLOWED;
  if (fold->operation->header.personal.there
      && (reason = dpop_decision_check_scope (fold, &proposed.scope)) != COSMIC_REASON_NONE)
    return reason;
  put_pending (fold->state, &pending);
  return COSMIC_REASON_NONE;
}

const CosmicKind dpop_kind_stop = {
  .number = DPOP_KIND_STOP,
  .name = "stop",
  .body_type = DPOP_STOP_TYPE,
  .place = COSMIC_PLACE_STREAM,
  .class = 2,
  .personal = COSMIC_PERSONAL_MAY,
  .subject = -1,
  .since = 1,
  .apply = apply_stop,
};

/* --- At the end of the batch. ----------------------------------------------------------------- */

static gboolean
take_key (const CosmicKey *key, GBytes *value, gpointer data)
{
  g_array_append_val ((GArray *) data, *key);
  return TRUE;
}

/* Who voted what is gone from here on: figures remain. */
static void
empty_box (CosmicState *state)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (CosmicKey));

  cosmic_state_each (state, cosmic_key (DPOP_TAG_ENTRY, NULL, NULL), take_key, keys);
  for (guint i = 0; i < keys->len; i++)
    cosmic_state_remove (state, g_array_index (keys, CosmicKey, i));
  cosmic_state_remove (state, cosmic_key (DPOP_TAG_BOX, NULL, NULL));
  cosmic_state_remove (state, cosmic_key (DPOP_TAG_CAST, NULL, NULL));
  cosmic_state_remove (state, cosmic_key (DPOP_TAG_CHARTER, NULL, NULL));
  cosmic_state_remove (state, pending_key ());
}

/* What `enact` will ask for. A stopped decision exports nothing: it decided nothing. */
static void
export_outcome (CosmicFold *fold, const DpopDecisionProposed *proposed,
                const DpopDecisionOutcome *outcome)
{
  DpopOutcomeExport export = {
    .accepted = dpop_decision_outcome_is_accepted (outcome),
    .height = fold->height,
    .scope = proposed->scope,
  };

  if (proposed->has_effect)
    {
      export.effect = proposed->effect.effect;
      export.role = proposed->effect.role;
      export.unit = proposed->effect.unit;
      export.member = proposed->effect.member;
    }
  if (fold->exports != NULL)
    cosmic_state_put (fold->exports, dpop_outcome_export_key (),
                      dpop_outcome_export_encode (&export));
}

static void
end (CosmicFold *fold, DpopDecisionPhase phase, DpopDecisionOutcome *outcome)
{
  outcome->height = fold->height;
  outcome->time = fold->time;
  empty_box (fold->state);
  cosmic_fold_set_deadline (fold, 0);
  dpop_decision_state_put_outcome (fold->state, outcome);
  dpop_decision_state_put_phase (fold->state, phase, fold->time, fold->height);
}

static void
stop (CosmicFold *fold, const DpopDecisionProposed *proposed, const DpopDecisionOpening *opening)
{
  g_autoptr (DpopDecisionOutcome) outcome = dpop_decision_outcome_new ();

  outcome->status = DPOP_OUTCOME_STOPPED;
  outcome->ballot = proposed->ballot;
  outcome->entitled = opening != NULL ? opening->entitled : 0;
  end (fold, DPOP_DECISION_STOPPED, outcome);
}

static void
close_box (CosmicFold *fold, const DpopDecisionProposed *proposed,
           const DpopDecisionOpening *opening)
{
  g_autoptr (DpopDecisionOutcome) outcome = dpop_decision_count (fold->state, proposed, opening);

  end (fold, DPOP_DECISION_CLOSED, outcome);
  export_outcome (fold, proposed, outcome);
}

/* No deadline fires in what is not covered yet. */
static gboolean
is_due (const CosmicFold *fold, const DpopDecisionOpening *opening)
{
  return !fold->tail && opening->deadline != 0 && opening->deadline <= fold->time;
}

void
dpop_decision_finish (CosmicFold *fold)
{
  g_autoptr (DpopDecisionOpening) opening = NULL;
  DpopDecisionProposed proposed;
  DpopDecisionPhase phase;
  Pending pending;

  if (!dpop_decision_state_phase (fold->state, &phase, NULL, NULL)
      || (phase != DPOP_DECISION_PROPOSED && phase != DPOP_DECISION_OPEN)
      || !dpop_decision_state_proposed (fold->state, &proposed))
    return;
  read_pending (fold->state, &pending);
  opening = dpop_decision_state_opening (fold->state);
  if (pending.stop != 0)
    stop (fold, &proposed, opening);
  else if (phase == DPOP_DECISION_OPEN && opening != NULL
           && (pending.closes || is_due (fold, opening)))
    close_box (fold, &proposed, opening);
}
