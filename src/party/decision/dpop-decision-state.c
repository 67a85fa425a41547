/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-decision-state.h"

#include "dpop-decision-rule.h"

static CosmicKey
single (guint8 tag)
{
  return cosmic_key (tag, NULL, NULL);
}

/* --- The proposal. -------------------------------------------------------------------------- */

static GVariant *
encode_effect (const DpopDecisionProposed *proposed)
{
  const DpopDecisionEffect *effect = &proposed->effect;
  GVariant *fields[4];

  if (!proposed->has_effect)
    return g_variant_new_maybe (G_VARIANT_TYPE ("(yqayay)"), NULL);
  fields[0] = g_variant_new_byte (effect->effect);
  fields[1] = g_variant_new_uint16 (effect->role);
  fields[2] = cosmic_codec_new_id (&effect->unit);
  fields[3] = cosmic_codec_new_id (&effect->member);
  return g_variant_new_maybe (NULL, g_variant_new_tuple (fields, G_N_ELEMENTS (fields)));
}

static gboolean
decode_effect (GVariant *tuple, guint index, DpopDecisionProposed *proposed)
{
  g_autoptr (GVariant) child = g_variant_get_child_value (tuple, index);
  g_autoptr (GVariant) effect = g_variant_get_maybe (child);
  guint8 kind;

  proposed->has_effect = effect != NULL;
  if (effect == NULL)
    return TRUE;
  g_variant_get_child (effect, 0, "y", &kind);
  g_variant_get_child (effect, 1, "q", &proposed->effect.role);
  proposed->effect.effect = kind;
  return cosmic_codec_child_id (effect, 2, &proposed->effect.unit)
         && cosmic_codec_child_id (effect, 3, &proposed->effect.member);
}

void
dpop_decision_state_put_proposed (CosmicState *state, const DpopDecisionProposed *proposed)
{
  GVariant *fields[] = {
    cosmic_codec_new_id (&proposed->operation),
    cosmic_codec_new_id (&proposed->speaker),
    cosmic_codec_new_id (&proposed->scope),
    g_variant_new_uint16 (proposed->rule_number),
    g_variant_new_byte (proposed->ballot),
    dpop_decision_rule_encode (&proposed->rule),
    encode_effect (proposed),
    cosmic_codec_new_maybe_id (proposed->is_repeat ? &proposed->repeats : NULL),
    g_variant_new_int64 (proposed->time),
    g_variant_new_uint64 (proposed->height),
  };

  cosmic_state_put (state, single (DPOP_TAG_PROPOSED),
                    g_variant_new_tuple (fields, G_N_ELEMENTS (fields)));
}

gboolean
dpop_decision_state_proposed (const CosmicState *state, DpopDecisionProposed *proposed)
{
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GVariant) rule = NULL;
  guint8 ballot;

  value = cosmic_state_get (state, single (DPOP_TAG_PROPOSED), DPOP_DECISION_PROPOSED_TYPE);
  if (value == NULL)
    return FALSE;
  *proposed = (DpopDecisionProposed){ 0 };
  g_variant_get_child (value, 3, "q", &proposed->rule_number);
  g_variant_get_child (value, 4, "y", &ballot);
  proposed->ballot = ballot;
  rule = g_variant_get_child_value (value, 5);
  g_variant_get_child (value, 8, "x", &proposed->time);
  g_variant_get_child (value, 9, "t", &proposed->height);
  return cosmic_codec_child_id (value, 0, &proposed->operation)
         && cosmic_codec_child_id (value, 1, &proposed->speaker)
         && cosmic_codec_child_id (value, 2, &proposed->scope)
         && dpop_decision_rule_decode (rule, &proposed->rule)
         && decode_effect (value, 6, proposed)
         && cosmic_codec_child_maybe_id (value, 7, &proposed->repeats, &proposed->is_repeat);
}

/* --- Its phase. ----------------------------------------------------------------------------- */

void
dpop_decision_state_put_phase (CosmicState *state, DpopDecisionPhase phase, gint64 since,
                               guint64 height)
{
  cosmic_state_put (state, single (DPOP_TAG_PHASE),
                    g_variant_new ("(yxt)", (guint8) phase, since, height));
}

gboolean
dpop_decision_state_phase (const CosmicState *state, DpopDecisionPhase *phase, gint64 *since,
                           guint64 *height)
{
  g_autoptr (GVariant) value = cosmic_state_get (state, single (DPOP_TAG_PHASE), "(yxt)");
  guint8 number;

  if (value == NULL)
    return FALSE;
  g_variant_get_child (value, 0, "y", &number);
  *phase = number;
  if (since != NULL)
    g_variant_get_child (value, 1, "x", since);
  if (height != NULL)
    g_variant_get_child (value, 2, "t", height);
  return TRUE;
}

/* --- The opening. --------------------------------------------------------------------------- */

void
dpop_decision_opening_free (DpopDecisionOpening *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->options, g_array_unref);
  g_clear_pointer (&self->texts, g_array_unref);
  g_free (self);
}

void
dpop_decision_state_put_opening (CosmicState *state, const DpopDecisionOpening *opening)
{
  GVariant *index = opening->default_option == DPOP_COUNT_NO_OPTION
                        ? NULL
                        : g_variant_new_uint16 ((guint16) opening->default_option);
  GVariant *fields[] = {
    cosmic_codec_new_id (&opening->operation),
    g_variant_new_uint64 (opening->height),
    g_variant_new_int64 (opening->time),
    cosmic_codec_new_id (&opening->charter),
    g_variant_new_uint32 (opening->rules_version),
    cosmic_codec_new_ids (opening->options),
    cosmic_codec_new_ids (opening->texts),
    g_variant_new_uint16 ((guint16) opening->min_choices),
    g_variant_new_uint16 ((guint16) opening->max_choices),
    g_variant_new_maybe (G_VARIANT_TYPE_UINT16, index),
    g_variant_new_int64 (opening->closes),
    g_variant_new_int64 (opening->deadline),
    g_variant_new_uint64 (opening->entitled),
  };

  cosmic_state_put (state, single (DPOP_TAG_OPENING),
                    g_variant_new_tuple (fields, G_N_ELEMENTS (fields)));
}

DpopDecisionOpening *
dpop_decision_state_opening (const CosmicState *state)
{
  g_autoptr (DpopDecisionOpening) self = g_new0 (DpopDecisionOpening, 1);
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GVariant) index = NULL;
  g_autoptr (GVariant) option = NULL;
  guint16 min_choices, max_choices;

  value = cosmic_state_get (state, single (DPOP_TAG_OPENING), DPOP_DECISION_OPENING_TYPE);
  if (value == NULL)
    return NULL;
  self->options = cosmic_codec_child_id_list (value, 5, DPOP_DECISION_OPTIONS_MAX);
  self->texts = cosmic_codec_child_id_list (value, 6, DPOP_DECISION_TEXTS_MAX);
  if (self->options == NULL || self->texts == NULL
      || !cosmic_codec_child_id (value, 0, &self->operation)
      || !cosmic_codec_child_id (value, 3, &self->charter))
    return NULL;
  g_variant_get_child (value, 1, "t", &self->height);
  g_variant_get_child (value, 2, "x", &self->time);
  g_variant_get_child (value, 4, "u", &self->rules_version);
  g_variant_get_child (value, 7, "q", &min_choices);
  g_variant_get_child (value, 8, "q", &max_choices);
  index = g_variant_get_child_value (value, 9);
  option = g_variant_get_maybe (index);
  g_variant_get_child (value, 10, "x", &self->closes);
  g_variant_get_child (value, 11, "x", &self->deadline);
  g_variant_get_child (value, 12, "t", &self->entitled);
  self->min_choices = min_choices;
  self->max_choices = max_choices;
  self->default_option = option == NULL ? DPOP_COUNT_NO_OPTION : g_variant_get_uint16 (option);
  return g_steal_pointer (&self);
}

/* --- Texts. --------------------------------------------------------------------------------- */

#define TEXT_TYPE "(yaytqmayb)"

void
dpop_decision_state_put_text (CosmicState *state, const DpopDecisionText *text)
{
  GVariant *fields[] = {
    g_variant_new_byte (text->what),
    cosmic_codec_new_id (&text->speaker),
    g_variant_new_uint64 (text->height),
    g_variant_new_uint16 (text->number),
    cosmic_codec_new_maybe_id (text->is_revision ? &text->replaces : NULL),
    g_variant_new_boolean (text->replaced),
  };

  cosmic_state_put (state, cosmic_key (DPOP_TAG_TEXT, &text->operation, NULL),
                    g_variant_new_tuple (fields, G_N_ELEMENTS (fields)));
}

static gboolean
decode_text (GVariant *value, DpopDecisionText *text)
{
  guint8 what;

  g_variant_get_child (value, 0, "y", &what);
  g_variant_get_child (value, 2, "t", &text->height);
  g_variant_get_child (value, 3, "q", &text->number);
  g_variant_get_child (value, 5, "b", &text->replaced);
  text->what = what;
  return cosmic_codec_child_id (value, 1, &text->speaker)
         && cosmic_codec_child_maybe_id (value, 4, &text->replaces, &text->is_revision);
}

gboolean
dpop_decision_state_text (const CosmicState *state, const CosmicId *operation,
                          DpopDecisionText *text)
{
  g_autoptr (GVariant) value = NULL;

  value = cosmic_state_get (state, cosmic_key (DPOP_TAG_TEXT, operation, NULL), TEXT_TYPE);
  *text = (DpopDecisionText){ .operation = *operation };
  return value != NULL && decode_text (value, text);
}

static gboolean
take_text (const CosmicKey *key, GBytes *bytes, gpointer data)
{
  g_autoptr (GVariant) value = cosmic_codec_decode (TEXT_TYPE, bytes);
  DpopDecisionText text = { 0 };

  cosmic_key_id (key, 0, &text.operation);
  if (value != NULL && decode_text (value, &text))
    g_array_append_val ((GArray *) data, text);
  return TRUE;
}

static gint
compare_texts (gconstpointer a, gconstpointer b)
{
  const DpopDecisionText *x = a, *y = b;

  return (gint) x->number - (gint) y->number;
}

GArray *
dpop_decision_state_texts (const CosmicState *state)
{
  GArray *texts = g_array_new (FALSE, FALSE, sizeof (DpopDecisionText));

  cosmic_state_each (state, single (DPOP_TAG_TEXT), take_text, texts);
  g_array_sort (texts, compare_texts);
  return texts;
}

/* --- Options. ------------------------------------------------------------------------------- */

#define OPTION_TYPE "(mayaytqb)"

void
dpop_decision_state_put_option (CosmicState *state, const DpopDecisionOption *option)
{
  GVariant *fields[] = {
    cosmic_codec_new_maybe_id (option->is_candidate ? &option->candidate : NULL),
    cosmic_codec_new_id (&option->speaker),
    g_variant_new_uint64 (option->height),
    g_variant_new_uint16 (option->number),
    g_variant_new_boolean (option->withdrawn),
  };

  cosmic_state_put (state, cosmic_key (DPOP_TAG_OPTION, &option->operation, NULL),
                    g_variant_new_tuple (fields, G_N_ELEMENTS (fields)));
}

static gboolean
decode_option (GVariant *value, DpopDecisionOption *option)
{
  g_variant_get_child (value, 2, "t", &option->height);
  g_variant_get_child (value, 3, "q", &option->number);
  g_variant_get_child (value, 4, "b", &option->withdrawn);
  return cosmic_codec_child_maybe_id (value, 0, &option->candidate, &option->is_candidate)
         && cosmic_codec_child_id (value, 1, &option->speaker);
}

gboolean
dpop_decision_state_option (const CosmicState *state, const CosmicId *operation,
                            DpopDecisionOption *option)
{
  g_autoptr (GVariant) value = NULL;

  value = cosmic_state_get (state, cosmic_key (DPOP_TAG_OPTION, operation, NULL), OPTION_TYPE);
  *option = (DpopDecisionOption){ .operation = *operation };
  return value != NULL && decode_option (value, option);
}

static gboolean
take_option (const CosmicKey *key, GBytes *bytes, gpointer data)
{
  g_autoptr (GVariant) value = cosmic_codec_decode (OPTION_TYPE, bytes);
  DpopDecisionOption option = { 0 };

  cosmic_key_id (key, 0, &option.operation);
  if (value != NULL && decode_option (value, &option))
    g_array_append_val ((GArray *) data, option);
  return TRUE;
}

static gint
compare_options (gconstpointer a, gconstpointer b)
{
  const DpopDecisionOption *x = a, *y = b;

  return (gint) x->number - (gint) y->number;
}

GArray *
dpop_decision_state_options (const CosmicState *state)
{
  GArray *options = g_array_new (FALSE, FALSE, sizeof (DpopDecisionOption));

  cosmic_state_each (state, single (DPOP_TAG_OPTION), take_option, options);
  g_array_sort (options, compare_options);
  return options;
}

/* --- The box. ------------------------------------------------------------------------------- */

void
dpop_decision_state_put_box (CosmicState *state, const DpopDecisionBox *box)
{
  GVariant *fields[] = {
    cosmic_codec_new_id (&box->scope),
    g_variant_new_uint64 (box->height),
    g_variant_new_byte (box->paper.kind),
    g_variant_new_uint16 ((guint16) box->paper.n_options),
    g_variant_new_uint16 ((guint16) box->paper.min_choices),
    g_variant_new_uint16 ((guint16) box->paper.max_choices),
  };

  cosmic_state_put (state, single (DPOP_TAG_BOX),
                    g_variant_new_tuple (fields, G_N_ELEMENTS (fields)));
}

gboolean
dpop_decision_state_box (const CosmicState *state, DpopDecisionBox *box)
{
  g_autoptr (GVariant) value = cosmic_state_get (state, single (DPOP_TAG_BOX), "(aytyqqq)");
  guint16 n_options, min_choices, max_choices;
  guint8 kind;

  if (value == NULL)
    return FALSE;
  g_variant_get_child (value, 1, "t", &box->height);
  g_variant_get_child (value, 2, "y", &kind);
  g_variant_get_child (value, 3, "q", &n_options);
  g_variant_get_child (value, 4, "q", &min_choices);
  g_variant_get_child (value, 5, "q", &max_choices);
  box->paper = (DpopDecisionPaper){ kind, n_options, min_choices, max_choices };
  return cosmic_codec_child_id (value, 0, &box->scope);
}

void
dpop_decision_state_put_cast (CosmicState *state, guint64 cast)
{
  cosmic_state_put (state, single (DPOP_TAG_CAST), g_variant_new_uint64 (cast));
}

guint64
dpop_decision_state_cast (const CosmicState *state)
{
  g_autoptr (GVariant) value = cosmic_state_get (state, single (DPOP_TAG_CAST), "t");

  return value != NULL ? g_variant_get_uint64 (value) : 0;
}

/* --- The outcome. --------------------------------------------------------------------------- */

void
dpop_decision_state_put_outcome (CosmicState *state, const DpopDecisionOutcome *outcome)
{
  cosmic_state_put (state, single (DPOP_TAG_OUTCOME), dpop_decision_outcome_encode (outcome));
}

DpopDecisionOutcome *
dpop_decision_state_outcome (const CosmicState *state)
{
  g_autoptr (GVariant) value = NULL;

  value = cosmic_state_get (state, single (DPOP_TAG_OUTCOME), DPOP_DECISION_OUTCOME_TYPE);
  return value != NULL ? dpop_decision_outcome_decode (value) : NULL;
}
