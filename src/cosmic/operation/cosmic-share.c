/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-share.h"

#include "cosmic-codec.h"
#include "cosmic-hash.h"

#define SHARE_TYPE  "(ayumaymay)"
#define PADDED_SIZE 256
#define TOTAL_SIZE  (COSMIC_LABEL_SIZE + COSMIC_SEAL_OVERHEAD + PADDED_SIZE)

static const char share_tag[] = "dpop share 1";

static void
recipient_id (const guint8 *ephemeral, const CosmicId *device_seal, CosmicId *id)
{
  CosmicHash hash;

  cosmic_hash_init (&hash);
  cosmic_hash_update (&hash, share_tag, sizeof share_tag);
  cosmic_hash_update (&hash, ephemeral, COSMIC_SEAL_PUBLIC_SIZE);
  cosmic_hash_update (&hash, device_seal->bytes, COSMIC_ID_SIZE);
  cosmic_hash_finish (&hash, id->bytes);
}

/* What is authenticated beside the box: whose it is and of which epoch. */
typedef struct
{
  guint8 bytes[sizeof share_tag + COSMIC_ID_SIZE + 8];
} SealLabel;

static SealLabel
seal_label (const CosmicId *party, guint64 epoch)
{
  SealLabel label;
  guint64 little = GUINT64_TO_LE (epoch);

  memcpy (label.bytes, share_tag, sizeof share_tag);
  memcpy (label.bytes + sizeof share_tag, party->bytes, COSMIC_ID_SIZE);
  memcpy (label.bytes + sizeof share_tag + COSMIC_ID_SIZE, &little, sizeof little);
  return label;
}

static GVariant *
new_key (const CosmicScopeKey *key)
{
  return g_variant_new_maybe (G_VARIANT_TYPE_BYTESTRING,
                              key == NULL
                                  ? NULL
                                  : cosmic_codec_new_bytes (cosmic_scope_key_bytes (key), 32));
}

GBytes *
cosmic_share_seal (const CosmicShare *share, const CosmicId *party, const CosmicId *device_seal,
                   DpopRandom random)
{
  GVariant *fields[] = { cosmic_codec_new_id (&share->scope), g_variant_new_uint32 (share->epoch),
                         new_key (share->body), new_key (share->personal) };
  g_autoptr (GBytes) content = cosmic_codec_encode (g_variant_new_tuple (fields, 4));
  g_autoptr (CosmicSecret) plain = cosmic_secret_new (PADDED_SIZE);
  gsize size = g_bytes_get_size (content);
  guint32 length = GUINT32_TO_LE ((guint32) size);
  guint64 order = GUINT64_TO_LE ((guint64) share->epoch);
  SealLabel label = seal_label (party, share->epoch);
  g_autofree guint8 *out = g_malloc0 (TOTAL_SIZE);
  CosmicId recipient;

  g_return_val_if_fail (size + 4 <= PADDED_SIZE, NULL);
  memcpy (cosmic_secret_bytes (plain), &length, 4);
  memcpy (cosmic_secret_bytes (plain) + 4, g_bytes_get_data (content, NULL), size);
  if (!cosmic_seal (device_seal->bytes, random, label.bytes, sizeof label.bytes,
                    cosmic_secret_bytes (plain), PADDED_SIZE, out + COSMIC_LABEL_SIZE))
    return NULL;
  recipient_id (out + COSMIC_LABEL_SIZE, device_seal, &recipient);
  out[0] = COSMIC_ITEM_SHARE;
  memcpy (out + 1, recipient.bytes, COSMIC_ID_SIZE);
  memcpy (out + 49, &order, sizeof order);
  return g_bytes_new_take (g_steal_pointer (&out), TOTAL_SIZE);
}

gboolean
cosmic_share_is_for (GBytes *envelope, const CosmicId *device_seal)
{
  CosmicLabel label;
  CosmicId recipient;

  if (g_bytes_get_size (envelope) != TOTAL_SIZE || !cosmic_envelope_label (envelope, &label)
      || label.type != COSMIC_ITEM_SHARE)
    return FALSE;
  recipient_id ((const guint8 *) g_bytes_get_data (envelope, NULL) + COSMIC_LABEL_SIZE, device_seal,
                &recipient);
  return cosmic_id_same (&recipient, &label.key);
}

static gboolean
read_key (GVariant *value, guint index, CosmicScopeKey **key)
{
  CosmicId bytes;
  gboolean there;

  if (!cosmic_codec_child_maybe_id (value, index, &bytes, &there))
    return FALSE;
  *key = there ? cosmic_scope_key_new (bytes.bytes) : NULL;
  cosmic_wipe (&bytes, sizeof bytes);
  return TRUE;
}

static gboolean
read_share (const guint8 *plain, CosmicShare *share)
{
  g_autoptr (GVariant) value = NULL;
  guint32 length;

  memcpy (&length, plain, 4);
  length = GUINT32_FROM_LE (length);
  if (length > PADDED_SIZE - 4)
    return FALSE;
  for (guint i = 4 + length; i < PADDED_SIZE; i++)
    if (plain[i] != 0)
      return FALSE;
  value = cosmic_codec_decode_data (SHARE_TYPE, plain + 4, length);
  if (value == NULL)
    return FALSE;
  g_variant_get_child (value, 1, "u", &share->epoch);
  return cosmic_codec_child_id (value, 0, &share->scope) && read_key (value, 2, &share->body)
         && read_key (value, 3, &share->personal);
}

gboolean
cosmic_share_open (CosmicShare *share, const CosmicId *party, const CosmicSecret *key,
                   GBytes *envelope)
{
  g_autoptr (CosmicSecret) plain = cosmic_secret_new (PADDED_SIZE);
  const guint8 *data = g_bytes_get_data (envelope, NULL);
  CosmicLabel label;
  CosmicId own;
  SealLabel seal;

  *share = (CosmicShare){ 0 };
  cosmic_seal_public (key, own.bytes);
  if (!cosmic_share_is_for (envelope, &own) || !cosmic_envelope_label (envelope, &label))
    return FALSE;
  seal = seal_label (party, label.order);
  if (cosmic_unseal (key, seal.bytes, sizeof seal.bytes, data + COSMIC_LABEL_SIZE,
                     TOTAL_SIZE - COSMIC_LABEL_SIZE, cosmic_secret_bytes (plain))
      && read_share (cosmic_secret_bytes (plain), share) && share->epoch == label.order)
    return TRUE;
  cosmic_share_clear (share);
  return FALSE;
}

void
cosmic_share_clear (CosmicShare *share)
{
  g_clear_pointer (&share->body, cosmic_scope_key_free);
  g_clear_pointer (&share->personal, cosmic_scope_key_free);
}
