/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-share.h"

#include "cosmic-hash.h"

#define PADDED_SIZE 256

/* Where things stand in what is sealed. It is written and read in secret memory only, so it is no
 * GVariant, whose buffers are let go without being wiped. */
enum
{
  AT_SCOPE = 0,
  AT_EPOCH = 32,
  AT_FLAGS = 36,
  AT_BODY = 37,
  AT_PERSONAL = 69,
  AT_PADDING = 101,
};
#define HAS_BODY     1
#define HAS_PERSONAL 2

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

static CosmicSecret *
write_share (const CosmicShare *share)
{
  CosmicSecret *secret = cosmic_secret_new (PADDED_SIZE);
  guint8 *plain = cosmic_secret_bytes (secret);
  guint32 epoch = GUINT32_TO_LE (share->epoch);

  memcpy (plain + AT_SCOPE, share->scope.bytes, COSMIC_ID_SIZE);
  memcpy (plain + AT_EPOCH, &epoch, sizeof epoch);
  if (share->body != NULL)
    {
      plain[AT_FLAGS] |= HAS_BODY;
      memcpy (plain + AT_BODY, cosmic_scope_key_bytes (share->body), 32);
    }
  if (share->personal != NULL)
    {
      plain[AT_FLAGS] |= HAS_PERSONAL;
      memcpy (plain + AT_PERSONAL, cosmic_scope_key_bytes (share->personal), 32);
    }
  return secret;
}

GBytes *
cosmic_share_seal (const CosmicShare *share, const CosmicId *party, const CosmicId *device_seal,
                   DpopRandom random)
{
  g_autoptr (CosmicSecret) plain = write_share (share);
  guint64 order = GUINT64_TO_LE ((guint64) share->epoch);
  SealLabel label = seal_label (party, share->epoch);
  g_autofree guint8 *out = g_malloc0 (TOTAL_SIZE);
  CosmicId recipient;

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
is_zero (const guint8 *bytes, gsize size)
{
  guint8 any = 0;

  for (gsize i = 0; i < size; i++)
    any |= bytes[i];
  return any == 0;
}

/* A key that is not there leaves zeros. */
static gboolean
read_key (const guint8 *bytes, gboolean there, CosmicScopeKey **key)
{
  if (!there)
    return is_zero (bytes, 32);
  *key = cosmic_scope_key_new (bytes);
  return TRUE;
}

static gboolean
read_share (const guint8 *plain, CosmicShare *share)
{
  guint8 flags = plain[AT_FLAGS];
  guint32 epoch;

  if ((flags & ~(HAS_BODY | HAS_PERSONAL)) != 0
      || !is_zero (plain + AT_PADDING, PADDED_SIZE - AT_PADDING))
    return FALSE;
  memcpy (share->scope.bytes, plain + AT_SCOPE, COSMIC_ID_SIZE);
  memcpy (&epoch, plain + AT_EPOCH, sizeof epoch);
  share->epoch = GUINT32_FROM_LE (epoch);
  return read_key (plain + AT_BODY, (flags & HAS_BODY) != 0, &share->body)
         && read_key (plain + AT_PERSONAL, (flags & HAS_PERSONAL) != 0, &share->personal);
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
