/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-witness-message.h"

#include "cosmic-hash.h"
#include "cosmic-vote-private.h"

#define MESSAGE_TYPE "(yyaytuayayay)"

static const char proposal_tag[] = "dpop proposal 1";

/* All of a certificate's subject that a precommit names. */
static CosmicCheckpoint
subject (const CosmicId *party, const CosmicId *chain, guint64 height)
{
  return (CosmicCheckpoint){ .party = *party, .chain = *chain, .height = height };
}

static void
sign (CosmicWitnessMessage *self, const CosmicId *party, const CosmicSecret *witness)
{
  const CosmicCheckpoint about = subject (party, &self->chain, self->height);
  g_autoptr (GByteArray) bytes = NULL;

  switch (self->step)
    {
    case COSMIC_STEP_PREVOTE:
      cosmic_candidate_prevote (party, &self->chain, self->height, self->round, &self->digest,
                                witness, &self->signature);
      return;
    case COSMIC_STEP_PRECOMMIT:
      cosmic_precommit_sign (&about, &self->digest, self->round, witness, &self->signature);
      return;
    case COSMIC_STEP_PROPOSE:
    default:
      bytes = cosmic_vote_bytes (proposal_tag, party, &self->chain, self->height, self->round,
                                 &self->digest);
      memcpy (self->signature.witness.bytes, cosmic_sign_key_public (witness), COSMIC_ID_SIZE);
      cosmic_sign (witness, bytes->data, bytes->len, self->signature.signature);
    }
}

gboolean
cosmic_witness_message_verify (const CosmicWitnessMessage *self, const CosmicId *party)
{
  const CosmicCheckpoint about = subject (party, &self->chain, self->height);
  g_autoptr (GByteArray) bytes = NULL;

  switch (self->step)
    {
    case COSMIC_STEP_PREVOTE:
      return cosmic_candidate_prevoted (party, &self->chain, self->height, self->round,
                                        &self->digest, &self->signature);
    case COSMIC_STEP_PRECOMMIT:
      return cosmic_precommit_verify (&about, &self->digest, self->round, &self->signature);
    case COSMIC_STEP_PROPOSE:
    default:
      bytes = cosmic_vote_bytes (proposal_tag, party, &self->chain, self->height, self->round,
                                 &self->digest);
      return cosmic_id_same (&self->candidate->checkpoint.party, party)
             && cosmic_verify (self->signature.witness.bytes, bytes->data, bytes->len,
                               self->signature.signature);
    }
}

static void
encode (CosmicWitnessMessage *self, GBytes *value)
{
  GVariant *fields[] = {
    g_variant_new_byte (COSMIC_WITNESS_MESSAGE_VERSION),
    g_variant_new_byte ((guint8) self->step),
    cosmic_codec_new_id (&self->chain),
    g_variant_new_uint64 (self->height),
    g_variant_new_uint32 (self->round),
    g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, value, TRUE),
    cosmic_codec_new_id (&self->signature.witness),
    cosmic_codec_new_bytes (self->signature.signature, COSMIC_SIGN_SIZE),
  };

  self->bytes = cosmic_codec_encode (g_variant_new_tuple (fields, G_N_ELEMENTS (fields)));
}

CosmicWitnessMessage *
cosmic_witness_message_sign (const CosmicId *party, const CosmicId *chain, guint64 height,
                             guint32 round, CosmicStep step, CosmicCandidate *candidate,
                             const CosmicId *id, const CosmicSecret *witness)
{
  CosmicWitnessMessage *self = g_rc_box_new0 (CosmicWitnessMessage);
  g_autoptr (GBytes) value = NULL;

  self->step = step;
  self->chain = *chain;
  self->height = height;
  self->round = round;
  if (step == COSMIC_STEP_PROPOSE)
    {
      self->candidate = cosmic_candidate_ref (candidate);
      self->value = candidate->id;
      value = cosmic_candidate_encode (candidate);
      cosmic_hash (g_bytes_get_data (value, NULL), g_bytes_get_size (value), self->digest.bytes);
    }
  else
    {
      self->value = self->digest = *id;
      value = g_bytes_new (id->bytes, cosmic_id_is_zero (id) ? 0 : COSMIC_ID_SIZE);
    }
  sign (self, party, witness);
  encode (self, value);
  return self;
}

static gboolean
read_proposal (CosmicWitnessMessage *self, GBytes *value)
{
  gsize size;
  gconstpointer start = g_bytes_get_data (value, &size);

  cosmic_hash (start, size, self->digest.bytes);
  self->candidate = cosmic_candidate_decode (value);
  if (self->candidate == NULL)
    return FALSE;
  self->value = self->candidate->id;
  return self->candidate->checkpoint.height == self->height
         && cosmic_id_same (&self->candidate->checkpoint.chain, &self->chain)
         && (!self->candidate->proven || self->candidate->round < self->round);
}

static gboolean
read_value (CosmicWitnessMessage *self, GBytes *value)
{
  gsize size = g_bytes_get_size (value);

  if (self->step == COSMIC_STEP_PROPOSE)
    return read_proposal (self, value);
  if (size == COSMIC_ID_SIZE)
    memcpy (self->value.bytes, g_bytes_get_data (value, NULL), COSMIC_ID_SIZE);
  self->digest = self->value;
  /* Nil is written in one way. */
  return size == (cosmic_id_is_zero (&self->value) ? 0 : COSMIC_ID_SIZE);
}

CosmicWitnessMessage *
cosmic_witness_message_decode (GBytes *bytes)
{
  g_autoptr (GVariant) tuple = g_bytes_get_size (bytes) <= COSMIC_WITNESS_MESSAGE_SIZE_MAX
                                   ? cosmic_codec_decode (MESSAGE_TYPE, bytes)
                                   : NULL;
  g_autoptr (CosmicWitnessMessage) self = NULL;
  g_autoptr (GBytes) value = NULL, signature = NULL;
  guint8 version, step;

  if (tuple == NULL)
    return NULL;
  self = g_rc_box_new0 (CosmicWitnessMessage);
  self->bytes = g_bytes_ref (bytes);
  g_variant_get_child (tuple, 0, "y", &version);
  g_variant_get_child (tuple, 1, "y", &step);
  g_variant_get_child (tuple, 3, "t", &self->height);
  g_variant_get_child (tuple, 4, "u", &self->round);
  value = cosmic_codec_child_bytes (tuple, 5);
  signature = cosmic_codec_child_bytes (tuple, 7);
  self->step = step;
  if (version != COSMIC_WITNESS_MESSAGE_VERSION || step < COSMIC_STEP_PROPOSE
      || step > COSMIC_STEP_PRECOMMIT || self->height == 0
      || !cosmic_codec_child_id (tuple, 2, &self->chain)
      || !cosmic_codec_child_id (tuple, 6, &self->signature.witness)
      || g_bytes_get_size (signature) != COSMIC_SIGN_SIZE || !read_value (self, value))
    return NULL;
  memcpy (self->signature.signature, g_bytes_get_data (signature, NULL), COSMIC_SIGN_SIZE);
  return g_steal_pointer (&self);
}

CosmicWitnessMessage *
cosmic_witness_message_ref (CosmicWitnessMessage *self)
{
  return g_rc_box_acquire (self);
}

static void
clear (gpointer value)
{
  CosmicWitnessMessage *self = value;

  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->candidate, cosmic_candidate_unref);
}

void
cosmic_witness_message_unref (CosmicWitnessMessage *self)
{
  if (self != NULL)
    g_rc_box_release_full (self, clear);
}

gboolean
cosmic_witness_message_clash (const CosmicWitnessMessage *a, const CosmicWitnessMessage *b)
{
  return cosmic_id_same (&a->signature.witness, &b->signature.witness)
         && cosmic_id_same (&a->chain, &b->chain) && a->height == b->height && a->round == b->round
         && a->step == b->step && !cosmic_id_same (&a->digest, &b->digest);
}
