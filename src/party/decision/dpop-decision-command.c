/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-decision-command.h"

#include "dpop-decision-entry.h"

static DpopClaim *
say (guint16 kind, GVariant *fields[], guint n)
{
  return dpop_claim_new (kind, g_variant_new_tuple (fields, n), NULL, NULL);
}

/* --- Proposing. ------------------------------------------------------------------------------ */

static GVariant *
encode_effect (const DpopDecisionEffect *effect)
{
  GVariant *fields[4];

  if (effect == NULL)
    return g_variant_new_maybe (G_VARIANT_TYPE ("(yqayay)"), NULL);
  fields[0] = g_variant_new_byte (effect->effect);
  fields[1] = g_variant_new_uint16 (effect->role);
  fields[2] = cosmic_codec_new_id (&effect->unit);
  fields[3] = cosmic_codec_new_id (&effect->member);
  return g_variant_new_maybe (NULL, g_variant_new_tuple (fields, G_N_ELEMENTS (fields)));
}

DpopClaim *
dpop_decision_command_propose (const DpopDecisionCommandPropose *command, DpopWordingFault *fault)
{
  GVariant *personal = dpop_wording_encode (command->title, command->question, fault);
  GVariant *fields[7];

  if (personal == NULL)
    return NULL;
  fields[0] = cosmic_codec_new_id (&command->nonce);
  fields[1] = cosmic_codec_new_id (&command->scope);
  fields[2] = g_variant_new_uint16 (command->rule_number);
  fields[3] = g_variant_new_byte (command->ballot);
  fields[4] = encode_effect (command->effect);
  fields[5] = cosmic_codec_new_maybe_id (command->repeats);
  fields[6] = cosmic_codec_new_id (&command->speaker);
  return dpop_claim_new (DPOP_KIND_PROPOSE, g_variant_new_tuple (fields, G_N_ELEMENTS (fields)),
                         personal, &command->scope);
}

DpopClaim *
dpop_decision_command_text (const CosmicId *scope, DpopTextKind what, const CosmicId *replaces,
                            const CosmicId *speaker, const char *title, const char *text,
                            DpopWordingFault *fault)
{
  GVariant *personal = dpop_wording_encode (title, text, fault);
  GVariant *fields[3];

  if (personal == NULL)
    return NULL;
  fields[0] = g_variant_new_byte (what);
  fields[1] = cosmic_codec_new_maybe_id (replaces);
  fields[2] = cosmic_codec_new_id (speaker);
  return dpop_claim_new (DPOP_KIND_TEXT, g_variant_new_tuple (fields, G_N_ELEMENTS (fields)),
                         personal, scope);
}

DpopClaim *
dpop_decision_command_option (const CosmicId *scope, const CosmicId *candidate,
                              const CosmicId *speaker, const char *name, const char *description,
                              DpopWordingFault *fault)
{
  GVariant *personal = dpop_wording_encode (name, description != NULL ? description : "", fault);
  GVariant *fields[2];

  if (personal == NULL)
    return NULL;
  fields[0] = cosmic_codec_new_maybe_id (candidate);
  fields[1] = cosmic_codec_new_id (speaker);
  return dpop_claim_new (DPOP_KIND_OPTION, g_variant_new_tuple (fields, G_N_ELEMENTS (fields)),
                         personal, scope);
}

DpopClaim *
dpop_decision_command_withdraw (const CosmicId *option)
{
  GVariant *fields[] = { cosmic_codec_new_id (option) };

  return say (DPOP_KIND_OPTION_WITHDRAW, fields, G_N_ELEMENTS (fields));
}

/* --- Deciding. ------------------------------------------------------------------------------- */

DpopClaim *
dpop_decision_command_open (const DpopDecisionCommandOpen *command)
{
  GVariant *index = command->default_option == DPOP_COUNT_NO_OPTION
                        ? NULL
                        : g_variant_new_uint16 ((guint16) command->default_option);
  GVariant *fields[] = {
    cosmic_codec_new_ids (command->options),
    cosmic_codec_new_ids (command->texts),
    g_variant_new_uint16 ((guint16) command->min_choices),
    g_variant_new_uint16 ((guint16) command->max_choices),
    g_variant_new_maybe (G_VARIANT_TYPE_UINT16, index),
    g_variant_new_int64 (command->closes),
  };

  return say (DPOP_KIND_OPEN, fields, G_N_ELEMENTS (fields));
}

DpopClaim *
dpop_decision_command_vote (const CosmicState *state, const CosmicId *voter,
                            const DpopDecisionBallot *ballot)
{
  g_autoptr (DpopDecisionEntry) entry = dpop_decision_entry_read (state, voter);
  g_autoptr (GArray) heads = entry != NULL ? dpop_decision_entry_heads (entry) : NULL;
  GVariant *fields[4];

  dpop_decision_ballot_encode (ballot, fields);
  fields[2] = cosmic_codec_new_ids (heads);
  fields[3] = cosmic_codec_new_id (voter);
  return say (DPOP_KIND_VOTE, fields, G_N_ELEMENTS (fields));
}

DpopClaim *
dpop_decision_command_close (void)
{
  return dpop_claim_new (DPOP_KIND_CLOSE, g_variant_new_tuple (NULL, 0), NULL, NULL);
}

DpopClaim *
dpop_decision_command_stop (const CosmicId *scope, DpopStopReason reason, const char *text,
                            DpopWordingFault *fault)
{
  GVariant *fields[] = { g_variant_new_byte (reason) };
  g_autoptr (GVariant) body
      = g_variant_ref_sink (g_variant_new_tuple (fields, G_N_ELEMENTS (fields)));
  GVariant *personal = NULL;

  if (fault != NULL)
    *fault = DPOP_WORDING_FINE;
  if (text != NULL && (personal = dpop_wording_encode_plain (text, fault)) == NULL)
    return NULL;
  return dpop_claim_new (DPOP_KIND_STOP, body, personal, scope);
}
