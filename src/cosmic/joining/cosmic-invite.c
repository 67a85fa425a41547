/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-invite.h"

#include "cosmic-codec.h"
#include "cosmic-seal.h"
#include "cosmic-sign.h"

#define INVITE_TYPE    "(yayaymayayaytayx)"
#define INVITE_VERSION 1
#define INVITE_KIND    'J'

GBytes *
cosmic_invite_encode (const CosmicInvite *self)
{
  GVariant *seed = self->seed != NULL
                       ? cosmic_codec_new_bytes (cosmic_sign_key_seed (self->seed), COSMIC_ID_SIZE)
                       : NULL;
  GVariant *fields[] = {
    g_variant_new_byte (INVITE_VERSION),
    cosmic_codec_new_id (&self->party),
    cosmic_codec_new_id (&self->member),
    g_variant_new_maybe (G_VARIANT_TYPE_BYTESTRING, seed),
    cosmic_codec_new_id (&self->inviter),
    cosmic_codec_new_id (&self->inviter_seal),
    g_variant_new_uint64 (self->height),
    cosmic_codec_new_id (&self->checkpoint),
    g_variant_new_int64 (self->expires),
  };

  return cosmic_codec_encode (g_variant_new_tuple (fields, G_N_ELEMENTS (fields)));
}

static gboolean
read_seed (CosmicInvite *self, GVariant *value)
{
  guint8 public_key[COSMIC_SIGN_PUBLIC_SIZE];
  CosmicId seed;
  gboolean there;

  if (!cosmic_codec_child_maybe_id (value, 3, &seed, &there))
    return FALSE;
  if (there)
    self->seed = cosmic_sign_key_from_seed (seed.bytes, public_key);
  cosmic_wipe (&seed, sizeof seed);
  return TRUE;
}

gboolean
cosmic_invite_decode (CosmicInvite *self, GBytes *bytes)
{
  g_autoptr (GVariant) value = cosmic_codec_decode (INVITE_TYPE, bytes);
  guint8 version;

  *self = (CosmicInvite){ 0 };
  if (value == NULL)
    return FALSE;
  g_variant_get_child (value, 0, "y", &version);
  g_variant_get_child (value, 6, "t", &self->height);
  g_variant_get_child (value, 8, "x", &self->expires);
  if (version == INVITE_VERSION && cosmic_codec_child_id (value, 1, &self->party)
      && cosmic_codec_child_id (value, 2, &self->member)
      && cosmic_codec_child_id (value, 4, &self->inviter)
      && cosmic_codec_child_id (value, 5, &self->inviter_seal)
      && cosmic_codec_child_id (value, 7, &self->checkpoint)
      && !cosmic_id_is_zero (&self->party) && !cosmic_id_is_zero (&self->member)
      && cosmic_sign_public_is_valid (self->inviter.bytes)
      && cosmic_seal_public_is_valid (self->inviter_seal.bytes) && read_seed (self, value))
    return TRUE;
  cosmic_invite_clear (self);
  return FALSE;
}

void
cosmic_invite_clear (CosmicInvite *self)
{
  g_clear_pointer (&self->seed, cosmic_secret_free);
}

char *
cosmic_invite_to_text (const CosmicInvite *self)
{
  g_autoptr (GBytes) bytes = cosmic_invite_encode (self);

  return cosmic_text_code_write (INVITE_KIND, bytes);
}

CosmicTextCodeVerdict
cosmic_invite_from_text (CosmicInvite *self, const char *text, guint *line)
{
  g_autoptr (GBytes) bytes = NULL;
  CosmicTextCodeVerdict verdict = cosmic_text_code_read (INVITE_KIND, text, &bytes, line);

  *self = (CosmicInvite){ 0 };
  if (verdict == COSMIC_TEXT_CODE_GOOD && !cosmic_invite_decode (self, bytes))
    verdict = COSMIC_TEXT_CODE_NONE;
  return verdict;
}
