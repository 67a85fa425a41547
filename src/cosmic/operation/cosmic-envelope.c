/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-envelope.h"

#include "cosmic-aead.h"
#include "cosmic-hash.h"

struct _CosmicScopeKey
{
  CosmicSecret *bytes; /* key, nonce sub-key, encryption sub-key, stream sub-key, link sub-key */
  CosmicId id;
};

#define NONCE_KEY(self)   (cosmic_secret_bytes ((self)->bytes) + 32)
#define ENCRYPT_KEY(self) (cosmic_secret_bytes ((self)->bytes) + 64)
#define STREAM_KEY(self)  (cosmic_secret_bytes ((self)->bytes) + 96)
#define LINK_KEY(self)    (cosmic_secret_bytes ((self)->bytes) + 128)

static const char key_tag[] = "dpop key 1";
static const guint8 zero_nonce[COSMIC_AEAD_NONCE_SIZE];

CosmicScopeKey *
cosmic_scope_key_new (const guint8 key[32])
{
  CosmicScopeKey *self = g_new0 (CosmicScopeKey, 1);
  CosmicHash hash;

  self->bytes = cosmic_secret_new (5 * 32);
  memcpy (cosmic_secret_bytes (self->bytes), key, 32);
  cosmic_derive (key, "dpopnonc", 1, NONCE_KEY (self), 32);
  cosmic_derive (key, "dpopencr", 1, ENCRYPT_KEY (self), 32);
  cosmic_derive (key, "dpopstrm", 1, STREAM_KEY (self), 32);
  cosmic_derive (key, "dpoplink", 1, LINK_KEY (self), 32);
  cosmic_hash_init (&hash);
  cosmic_hash_update (&hash, key_tag, sizeof key_tag);
  cosmic_hash_update (&hash, key, 32);
  cosmic_hash_finish (&hash, self->id.bytes);
  cosmic_wipe (&hash, sizeof hash);
  return self;
}

void
cosmic_scope_key_discovery (const CosmicScopeKey *self, guint8 discovery[32])
{
  cosmic_derive (cosmic_scope_key_bytes (self), "dpopdisc", 1, discovery, 32);
}

void
cosmic_scope_key_free (CosmicScopeKey *self)
{
  if (self == NULL)
    return;
  cosmic_secret_free (self->bytes);
  g_free (self);
}

const guint8 *
cosmic_scope_key_bytes (const CosmicScopeKey *self)
{
  return cosmic_secret_bytes (self->bytes);
}

const CosmicId *
cosmic_scope_key_id (const CosmicScopeKey *self)
{
  return &self->id;
}

/* At least 256 bytes; from there on Padmé: the last bits of a length of 2^E.. are rounded away, as
 * many as leave E's own bit length of precision. */
gsize
cosmic_envelope_padded (gsize size)
{
  guint exponent, precision;
  gsize mask;

  if (size <= 256)
    return 256;
  exponent = 63 - (guint) __builtin_clzll (size);
  precision = 64 - (guint) __builtin_clzll (exponent);
  mask = ((gsize) 1 << (exponent - precision)) - 1;
  return (size + mask) & ~mask;
}

static void
blind_stream (const CosmicScopeKey *key, const CosmicId *stream,
              guint8 tag[COSMIC_STREAM_TAG_SIZE])
{
  CosmicHash hash;
  guint8 full[COSMIC_HASH_SIZE];

  cosmic_hash_init_keyed (&hash, STREAM_KEY (key), 32);
  cosmic_hash_update (&hash, stream->bytes, COSMIC_ID_SIZE);
  cosmic_hash_finish (&hash, full);
  memcpy (tag, full, COSMIC_STREAM_TAG_SIZE);
}

static void
write_label (const CosmicLabel *label, guint8 *out)
{
  guint64 order = GUINT64_TO_LE (label->order);

  out[0] = (guint8) label->type;
  memcpy (out + 1, label->key.bytes, COSMIC_ID_SIZE);
  memcpy (out + 33, label->stream, COSMIC_STREAM_TAG_SIZE);
  memcpy (out + 49, &order, sizeof order);
}

static void
make_nonce (const CosmicScopeKey *key, const guint8 *label, const guint8 *plain, gsize size,
            guint8 nonce[COSMIC_AEAD_NONCE_SIZE])
{
  CosmicHash hash;
  guint8 full[COSMIC_HASH_SIZE];

  cosmic_hash_init_keyed (&hash, NONCE_KEY (key), 32);
  cosmic_hash_update (&hash, label, COSMIC_LABEL_SIZE);
  cosmic_hash_update (&hash, plain, size);
  cosmic_hash_finish (&hash, full);
  memcpy (nonce, full, COSMIC_AEAD_NONCE_SIZE);
}

GBytes *
cosmic_envelope_seal (const CosmicScopeKey *key, CosmicItemType type, const CosmicId *stream,
                      guint64 order, GBytes *item)
{
  CosmicLabel label = { .type = type, .key = key->id, .order = order };
  gsize size, padded;
  gconstpointer data = g_bytes_get_data (item, &size);
  guint32 length = GUINT32_TO_LE ((guint32) size);
  guint8 *plain, *out;

  g_return_val_if_fail (size < COSMIC_ENVELOPE_SIZE_MAX / 2, NULL);
  blind_stream (key, stream, label.stream);
  padded = cosmic_envelope_padded (4 + size);
  plain = g_malloc0 (padded);
  memcpy (plain, &length, 4);
  if (size > 0)
    memcpy (plain + 4, data, size);
  out = g_malloc (COSMIC_ENVELOPE_OVERHEAD + padded);
  write_label (&label, out);
  make_nonce (key, out, plain, padded, out + COSMIC_LABEL_SIZE);
  cosmic_aead_encrypt (ENCRYPT_KEY (key), out + COSMIC_LABEL_SIZE, out, COSMIC_LABEL_SIZE, plain,
                       padded, out + COSMIC_LABEL_SIZE + COSMIC_AEAD_NONCE_SIZE);
  g_free (plain);
  return g_bytes_new_take (out, COSMIC_ENVELOPE_OVERHEAD + padded);
}

gboolean
cosmic_envelope_label (GBytes *envelope, CosmicLabel *label)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (envelope, &size);
  guint64 order;

  if (size < COSMIC_ENVELOPE_OVERHEAD || size > COSMIC_ENVELOPE_SIZE_MAX
      || data[0] < COSMIC_ITEM_HEADER || data[0] > COSMIC_ITEM_SUMMARY)
    return FALSE;
  label->type = data[0];
  memcpy (label->key.bytes, data + 1, COSMIC_ID_SIZE);
  memcpy (label->stream, data + 33, COSMIC_STREAM_TAG_SIZE);
  memcpy (&order, data + 49, sizeof order);
  label->order = GUINT64_FROM_LE (order);
  return TRUE;
}

/* The item within an authentic plaintext, if it is the canonical one: its size fits, its padding is
 * zero and as long as it must be, and the nonce is the one that it makes. */
static GBytes *
canonical_item (const CosmicScopeKey *key, const guint8 *envelope, const guint8 *plain, gsize size)
{
  guint8 nonce[COSMIC_AEAD_NONCE_SIZE];
  guint32 length;

  if (size < 4)
    return NULL;
  memcpy (&length, plain, 4);
  length = GUINT32_FROM_LE (length);
  if (length > size - 4 || cosmic_envelope_padded (4 + (gsize) length) != size)
    return NULL;
  for (gsize i = 4 + (gsize) length; i < size; i++)
    if (plain[i] != 0)
      return NULL;
  make_nonce (key, envelope, plain, size, nonce);
  if (!cosmic_equal (nonce, envelope + COSMIC_LABEL_SIZE, sizeof nonce))
    return NULL;
  return g_bytes_new (plain + 4, length);
}

GBytes *
cosmic_envelope_open (const CosmicScopeKey *key, GBytes *envelope)
{
  CosmicLabel label;
  gsize size;
  const guint8 *data = g_bytes_get_data (envelope, &size);
  const gsize head = COSMIC_LABEL_SIZE + COSMIC_AEAD_NONCE_SIZE;
  g_autofree guint8 *plain = NULL;

  if (!cosmic_envelope_label (envelope, &label) || !cosmic_id_same (&label.key, &key->id))
    return NULL;
  plain = g_malloc (size - head);
  if (!cosmic_aead_decrypt (ENCRYPT_KEY (key), data + COSMIC_LABEL_SIZE, data, COSMIC_LABEL_SIZE,
                            data + head, size - head, plain))
    return NULL;
  return canonical_item (key, data, plain, size - COSMIC_ENVELOPE_OVERHEAD);
}

void
cosmic_envelope_id (GBytes *envelope, CosmicId *id)
{
  cosmic_hash (g_bytes_get_data (envelope, NULL), g_bytes_get_size (envelope), id->bytes);
}

gboolean
cosmic_envelope_is_for_stream (const CosmicScopeKey *key, const CosmicLabel *label,
                               const CosmicId *stream)
{
  guint8 tag[COSMIC_STREAM_TAG_SIZE];

  blind_stream (key, stream, tag);
  return cosmic_equal (tag, label->stream, sizeof tag);
}

void
cosmic_scope_key_link (const CosmicScopeKey *self, const CosmicScopeKey *before,
                       guint8 link[COSMIC_LINK_SIZE])
{
  cosmic_aead_encrypt (LINK_KEY (self), zero_nonce, NULL, 0, cosmic_scope_key_bytes (before), 32,
                       link);
}

CosmicScopeKey *
cosmic_scope_key_unlink (const CosmicScopeKey *self, const guint8 link[COSMIC_LINK_SIZE])
{
  guint8 before[32];
  CosmicScopeKey *key = NULL;

  if (cosmic_aead_decrypt (LINK_KEY (self), zero_nonce, NULL, 0, link, COSMIC_LINK_SIZE, before))
    key = cosmic_scope_key_new (before);
  cosmic_wipe (before, sizeof before);
  return key;
}
