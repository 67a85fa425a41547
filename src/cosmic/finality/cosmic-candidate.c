/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-candidate.h"

#include "cosmic-hash.h"
#include "cosmic-vote-private.h"

#define CANDIDATE_TYPE "(ayaym(ua(ayay)))"

static const char list_tag[] = "dpop batch list 1";
static const char prevote_tag[] = "dpop prevote 1";

static gint
by_witness (gconstpointer a, gconstpointer b)
{
  return cosmic_id_compare (&((const CosmicPrecommit *) a)->witness,
                            &((const CosmicPrecommit *) b)->witness);
}

CosmicCandidate *
cosmic_candidate_new (GBytes *bytes, const CosmicId *list, guint32 round, GArray *proof)
{
  CosmicCheckpoint checkpoint;
  CosmicCandidate *self;

  if (!cosmic_checkpoint_decode (bytes, &checkpoint))
    return NULL;
  self = g_rc_box_new0 (CosmicCandidate);
  self->bytes = g_bytes_ref (bytes);
  self->checkpoint = checkpoint;
  cosmic_checkpoint_id (bytes, &self->id);
  self->list = *list;
  self->proven = proof != NULL;
  if (self->proven)
    {
      self->round = round;
      self->proof = g_array_ref (proof);
      g_array_sort (self->proof, by_witness);
    }
  return self;
}

CosmicCandidate *
cosmic_candidate_ref (CosmicCandidate *self)
{
  return g_rc_box_acquire (self);
}

static void
clear (gpointer value)
{
  CosmicCandidate *self = value;

  g_bytes_unref (self->bytes);
  g_clear_pointer (&self->proof, g_array_unref);
}

void
cosmic_candidate_unref (CosmicCandidate *self)
{
  if (self != NULL)
    g_rc_box_release_full (self, clear);
}

static GVariant *
proof_value (const CosmicCandidate *self)
{
  GVariantBuilder builder;
  GVariant *fields[2];

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(ayay)"));
  for (guint i = 0; i < self->proof->len; i++)
    {
      const CosmicPrecommit *prevote = &g_array_index (self->proof, CosmicPrecommit, i);
      GVariant *pair[] = { cosmic_codec_new_id (&prevote->witness),
                           cosmic_codec_new_bytes (prevote->signature, COSMIC_SIGN_SIZE) };

      g_variant_builder_add_value (&builder, g_variant_new_tuple (pair, 2));
    }
  fields[0] = g_variant_new_uint32 (self->round);
  fields[1] = g_variant_builder_end (&builder);
  return g_variant_new_tuple (fields, 2);
}

GBytes *
cosmic_candidate_encode (const CosmicCandidate *self)
{
  GVariant *fields[] = {
    g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, self->bytes, TRUE),
    cosmic_codec_new_id (&self->list),
    g_variant_new_maybe (G_VARIANT_TYPE ("(ua(ayay))"), self->proven ? proof_value (self) : NULL),
  };

  return cosmic_codec_encode (g_variant_new_tuple (fields, G_N_ELEMENTS (fields)));
}

/* The signatures, strictly ascending by witness; NULL where they are not. */
static GArray *
read_proof (GVariant *pairs)
{
  gsize count = g_variant_n_children (pairs);
  g_autoptr (GArray) proof = NULL;

  if (count > COSMIC_WITNESSES_MAX)
    return NULL;
  proof = g_array_sized_new (FALSE, FALSE, sizeof (CosmicPrecommit), (guint) count);
  for (gsize i = 0; i < count; i++)
    {
      g_autoptr (GVariant) pair = g_variant_get_child_value (pairs, i);
      g_autoptr (GBytes) signature = cosmic_codec_child_bytes (pair, 1);
      CosmicPrecommit prevote;

      if (!cosmic_codec_child_id (pair, 0, &prevote.witness)
          || g_bytes_get_size (signature) != COSMIC_SIGN_SIZE
          || (i > 0 && by_witness (&g_array_index (proof, CosmicPrecommit, i - 1), &prevote) >= 0))
        return NULL;
      memcpy (prevote.signature, g_bytes_get_data (signature, NULL), COSMIC_SIGN_SIZE);
      g_array_append_val (proof, prevote);
    }
  return g_steal_pointer (&proof);
}

CosmicCandidate *
cosmic_candidate_decode (GBytes *bytes)
{
  g_autoptr (GVariant) value = cosmic_codec_decode (CANDIDATE_TYPE, bytes);
  g_autoptr (GVariant) maybe = value != NULL ? g_variant_get_child_value (value, 2) : NULL;
  g_autoptr (GVariant) inner = maybe != NULL ? g_variant_get_maybe (maybe) : NULL;
  g_autoptr (GBytes) checkpoint = NULL;
  g_autoptr (GArray) proof = NULL;
  CosmicId list;
  guint32 round = 0;

  if (value == NULL || !cosmic_codec_child_id (value, 1, &list))
    return NULL;
  if (inner != NULL)
    {
      g_autoptr (GVariant) pairs = g_variant_get_child_value (inner, 1);

      g_variant_get_child (inner, 0, "u", &round);
      if ((proof = read_proof (pairs)) == NULL)
        return NULL;
    }
  checkpoint = cosmic_codec_child_bytes (value, 0);
  return cosmic_candidate_new (checkpoint, &list, round, proof);
}

void
cosmic_candidate_list_id (GBytes *list, CosmicId *id)
{
  CosmicHash hash;

  cosmic_hash_init (&hash);
  cosmic_hash_update (&hash, list_tag, sizeof list_tag);
  cosmic_hash_update (&hash, g_bytes_get_data (list, NULL), g_bytes_get_size (list));
  cosmic_hash_finish (&hash, id->bytes);
}

gboolean
cosmic_candidate_is_proven (const CosmicCandidate *self, const GArray *witnesses, guint quorum)
{
  const CosmicCheckpoint *checkpoint = &self->checkpoint;

  if (!self->proven || quorum == 0 || self->proof->len < quorum)
    return FALSE;
  for (guint i = 0; i < self->proof->len; i++)
    {
      const CosmicPrecommit *prevote = &g_array_index (self->proof, CosmicPrecommit, i);

      if (!cosmic_ids_contain (witnesses, &prevote->witness)
          || !cosmic_candidate_prevoted (&checkpoint->party, &checkpoint->chain, checkpoint->height,
                                         self->round, &self->id, prevote))
        return FALSE;
    }
  return TRUE;
}

void
cosmic_candidate_prevote (const CosmicId *party, const CosmicId *chain, guint64 height,
                          guint32 round, const CosmicId *id, const CosmicSecret *witness,
                          CosmicPrecommit *prevote)
{
  g_autoptr (GByteArray) bytes = cosmic_vote_bytes (prevote_tag, party, chain, height, round, id);

  memcpy (prevote->witness.bytes, cosmic_sign_key_public (witness), COSMIC_ID_SIZE);
  cosmic_sign (witness, bytes->data, bytes->len, prevote->signature);
}

gboolean
cosmic_candidate_prevoted (const CosmicId *party, const CosmicId *chain, guint64 height,
                           guint32 round, const CosmicId *id, const CosmicPrecommit *prevote)
{
  g_autoptr (GByteArray) bytes = cosmic_vote_bytes (prevote_tag, party, chain, height, round, id);

  return cosmic_verify (prevote->witness.bytes, bytes->data, bytes->len, prevote->signature);
}
