/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-certificate.h"

#include "cosmic-vote-private.h"

#define CERTIFICATE_TYPE "(ayua(ayay))"

static const char precommit_tag[] = "dpop precommit 1";

CosmicCertificate *
cosmic_certificate_new (const CosmicId *checkpoint, guint32 round)
{
  CosmicCertificate *self = g_new0 (CosmicCertificate, 1);

  self->checkpoint = *checkpoint;
  self->round = round;
  self->precommits = g_array_new (FALSE, FALSE, sizeof (CosmicPrecommit));
  return self;
}

void
cosmic_certificate_free (CosmicCertificate *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->precommits);
  g_free (self);
}

GBytes *
cosmic_certificate_encode (const CosmicCertificate *self)
{
  GVariantBuilder builder;
  GVariant *fields[3];

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(ayay)"));
  for (guint i = 0; i < self->precommits->len; i++)
    {
      const CosmicPrecommit *precommit = &g_array_index (self->precommits, CosmicPrecommit, i);
      GVariant *pair[] = { cosmic_codec_new_id (&precommit->witness),
                           cosmic_codec_new_bytes (precommit->signature, COSMIC_SIGN_SIZE) };

      g_variant_builder_add_value (&builder, g_variant_new_tuple (pair, 2));
    }
  fields[0] = cosmic_codec_new_id (&self->checkpoint);
  fields[1] = g_variant_new_uint32 (self->round);
  fields[2] = g_variant_builder_end (&builder);
  return cosmic_codec_encode (g_variant_new_tuple (fields, 3));
}

static gboolean
read_precommit (GVariant *pair, CosmicPrecommit *precommit)
{
  g_autoptr (GBytes) signature = cosmic_codec_child_bytes (pair, 1);

  if (!cosmic_codec_child_id (pair, 0, &precommit->witness)
      || g_bytes_get_size (signature) != COSMIC_SIGN_SIZE)
    return FALSE;
  memcpy (precommit->signature, g_bytes_get_data (signature, NULL), COSMIC_SIGN_SIZE);
  return TRUE;
}

CosmicCertificate *
cosmic_certificate_decode (GBytes *bytes)
{
  g_autoptr (GVariant) value = cosmic_codec_decode (CERTIFICATE_TYPE, bytes);
  g_autoptr (CosmicCertificate) self = NULL;
  g_autoptr (GVariant) pairs = NULL;
  CosmicId checkpoint;
  guint32 round;

  if (value == NULL || !cosmic_codec_child_id (value, 0, &checkpoint))
    return NULL;
  g_variant_get_child (value, 1, "u", &round);
  pairs = g_variant_get_child_value (value, 2);
  if (g_variant_n_children (pairs) > COSMIC_WITNESSES_MAX)
    return NULL;
  self = cosmic_certificate_new (&checkpoint, round);
  for (gsize i = 0; i < g_variant_n_children (pairs); i++)
    {
      g_autoptr (GVariant) pair = g_variant_get_child_value (pairs, i);
      CosmicPrecommit precommit;

      if (!read_precommit (pair, &precommit) || !cosmic_certificate_add (self, &precommit)
          || !cosmic_id_same (&g_array_index (self->precommits, CosmicPrecommit, i).witness,
                              &precommit.witness))
        return NULL; /* doubled, or out of order */
    }
  return g_steal_pointer (&self);
}

guint
cosmic_quorum (guint n, guint f)
{
  return n > 0 && n >= 3 * f + 1 ? (n + f) / 2 + 1 : 0;
}

static GByteArray *
precommit_bytes (const CosmicCheckpoint *checkpoint, const CosmicId *id, guint32 round)
{
  return cosmic_vote_bytes (precommit_tag, &checkpoint->party, &checkpoint->chain,
                            checkpoint->height, round, id);
}

void
cosmic_precommit_sign (const CosmicCheckpoint *checkpoint, const CosmicId *id, guint32 round,
                       const CosmicSecret *witness, CosmicPrecommit *precommit)
{
  g_autoptr (GByteArray) bytes = precommit_bytes (checkpoint, id, round);

  memcpy (precommit->witness.bytes, cosmic_sign_key_public (witness), COSMIC_ID_SIZE);
  cosmic_sign (witness, bytes->data, bytes->len, precommit->signature);
}

gboolean
cosmic_precommit_verify (const CosmicCheckpoint *checkpoint, const CosmicId *id, guint32 round,
                         const CosmicPrecommit *precommit)
{
  g_autoptr (GByteArray) bytes = precommit_bytes (checkpoint, id, round);

  return cosmic_verify (precommit->witness.bytes, bytes->data, bytes->len, precommit->signature);
}

gboolean
cosmic_certificate_add (CosmicCertificate *self, const CosmicPrecommit *precommit)
{
  guint at = 0;

  while (at < self->precommits->len
         && cosmic_id_compare (&g_array_index (self->precommits, CosmicPrecommit, at).witness,
                               &precommit->witness)
                < 0)
    at++;
  if (at < self->precommits->len
      && cosmic_id_same (&g_array_index (self->precommits, CosmicPrecommit, at).witness,
                         &precommit->witness))
    return FALSE;
  g_array_insert_val (self->precommits, at, *precommit);
  return TRUE;
}

gboolean
cosmic_certificate_holds (const CosmicCertificate *self, const CosmicCheckpoint *checkpoint,
                          const CosmicId *id, const GArray *witnesses, guint f)
{
  guint quorum = cosmic_quorum (witnesses->len, f), valid = 0;

  if (quorum == 0 || !cosmic_id_same (&self->checkpoint, id))
    return FALSE;
  for (guint i = 0; i < self->precommits->len; i++)
    {
      const CosmicPrecommit *precommit = &g_array_index (self->precommits, CosmicPrecommit, i);

      if (cosmic_ids_contain (witnesses, &precommit->witness)
          && cosmic_precommit_verify (checkpoint, id, self->round, precommit))
        valid++;
    }
  return valid >= quorum;
}
