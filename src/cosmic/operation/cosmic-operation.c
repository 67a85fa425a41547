/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-operation.h"

#include "cosmic-hash.h"

#define HEADER_TYPE "(yayayaytay(aytay)aayqaym(ayuay)m(ayuay))"
#define PART_REF_TYPE "(ayuay)"

static const char sign_tag[] = "dpop operation 1";
static const char stream_tag[] = "dpop stream 1";

static GVariant *
new_part_ref (const CosmicPartRef *part)
{
  GVariant *children[3];

  if (!part->there)
    return g_variant_new_maybe (G_VARIANT_TYPE (PART_REF_TYPE), NULL);
  children[0] = cosmic_codec_new_id (&part->key);
  children[1] = g_variant_new_uint32 (part->size);
  children[2] = cosmic_codec_new_id (&part->id);
  return g_variant_new_maybe (NULL, g_variant_new_tuple (children, 3));
}

static GBytes *
encode_header (const CosmicHeader *header)
{
  GVariant *base[] = { cosmic_codec_new_id (&header->base.chain),
                       g_variant_new_uint64 (header->base.height),
                       cosmic_codec_new_id (&header->base.id) };
  g_autoptr (GArray) parents = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  GVariant *fields[12];

  g_array_append_vals (parents, header->parents, header->n_parents);
  fields[0] = g_variant_new_byte (COSMIC_OPERATION_VERSION);
  fields[1] = cosmic_codec_new_id (&header->party);
  fields[2] = cosmic_codec_new_id (&header->stream);
  fields[3] = cosmic_codec_new_id (&header->author);
  fields[4] = g_variant_new_uint64 (header->seq);
  fields[5] = cosmic_codec_new_id (&header->previous);
  fields[6] = g_variant_new_tuple (base, 3);
  fields[7] = cosmic_codec_new_ids (parents);
  fields[8] = g_variant_new_uint16 (header->kind);
  fields[9] = cosmic_codec_new_id (&header->key);
  fields[10] = new_part_ref (&header->body);
  fields[11] = new_part_ref (&header->personal);
  return cosmic_codec_encode (g_variant_new_tuple (fields, 12));
}

static gboolean
read_part_ref (GVariant *header, guint index, CosmicPartRef *part)
{
  g_autoptr (GVariant) child = g_variant_get_child_value (header, index);
  g_autoptr (GVariant) inner = g_variant_get_maybe (child);

  *part = (CosmicPartRef){ .there = inner != NULL };
  if (inner == NULL)
    return TRUE;
  g_variant_get_child (inner, 1, "u", &part->size);
  return cosmic_codec_child_id (inner, 0, &part->key) && cosmic_codec_child_id (inner, 2, &part->id)
         && part->size >= COSMIC_PART_SALT_SIZE && part->size <= COSMIC_PART_SIZE_MAX;
}

static gboolean
read_base (GVariant *header, CosmicBase *base)
{
  g_autoptr (GVariant) child = g_variant_get_child_value (header, 6);

  g_variant_get_child (child, 1, "t", &base->height);
  return cosmic_codec_child_id (child, 0, &base->chain)
         && cosmic_codec_child_id (child, 2, &base->id);
}

static gboolean
read_header (GVariant *value, CosmicHeader *header)
{
  g_autoptr (GArray) parents = NULL;
  guint8 version;

  g_variant_get_child (value, 0, "y", &version);
  g_variant_get_child (value, 4, "t", &header->seq);
  g_variant_get_child (value, 8, "q", &header->kind);
  if (version != COSMIC_OPERATION_VERSION
      || !cosmic_codec_child_id (value, 1, &header->party)
      || !cosmic_codec_child_id (value, 2, &header->stream)
      || !cosmic_codec_child_id (value, 3, &header->author)
      || !cosmic_codec_child_id (value, 5, &header->previous)
      || !read_base (value, &header->base)
      || (parents = cosmic_codec_child_id_set (value, 7, COSMIC_OPERATION_PARENTS_MAX)) == NULL
      || !cosmic_codec_child_id (value, 9, &header->key)
      || !read_part_ref (value, 10, &header->body)
      || !read_part_ref (value, 11, &header->personal))
    return FALSE;
  header->n_parents = parents->len;
  if (parents->len > 0)
    memcpy (header->parents, parents->data, parents->len * sizeof (CosmicId));
  /* The first of a log has no previous one; every other has. */
  return (header->seq == 0) == cosmic_id_is_zero (&header->previous);
}

static CosmicOperation *
take_item (const CosmicHeader *header, GBytes *item)
{
  CosmicOperation *self = g_new0 (CosmicOperation, 1);

  g_atomic_ref_count_init (&self->refs);
  self->header = *header;
  self->item = item;
  cosmic_hash (g_bytes_get_data (item, NULL), g_bytes_get_size (item), self->id.bytes);
  return self;
}

static GByteArray *
signed_bytes (const CosmicId *party, gconstpointer header, gsize size)
{
  GByteArray *message = g_byte_array_sized_new ((guint) (sizeof sign_tag + COSMIC_ID_SIZE + size));

  g_byte_array_append (message, (const guint8 *) sign_tag, sizeof sign_tag);
  g_byte_array_append (message, party->bytes, COSMIC_ID_SIZE);
  g_byte_array_append (message, header, (guint) size);
  return message;
}

CosmicOperation *
cosmic_operation_sign (const CosmicHeader *header, const CosmicSecret *key)
{
  CosmicHeader own = *header;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GByteArray) message = NULL;
  guint8 signature[COSMIC_SIGN_SIZE];
  GByteArray *item;
  gsize size;
  gconstpointer data;

  memcpy (own.author.bytes, cosmic_sign_key_public (key), COSMIC_ID_SIZE);
  bytes = encode_header (&own);
  data = g_bytes_get_data (bytes, &size);
  message = signed_bytes (&own.party, data, size);
  cosmic_sign (key, message->data, message->len, signature);
  item = g_byte_array_sized_new ((guint) size + COSMIC_SIGN_SIZE);
  g_byte_array_append (item, data, (guint) size);
  g_byte_array_append (item, signature, COSMIC_SIGN_SIZE);
  return take_item (&own, g_byte_array_free_to_bytes (item));
}

CosmicOperation *
cosmic_operation_parse (GBytes *item)
{
  gsize size = g_bytes_get_size (item);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GVariant) value = NULL;
  CosmicHeader header = { 0 };

  if (size <= COSMIC_SIGN_SIZE || size > COSMIC_HEADER_SIZE_MAX)
    return NULL;
  bytes = g_bytes_new_from_bytes (item, 0, size - COSMIC_SIGN_SIZE);
  value = cosmic_codec_decode (HEADER_TYPE, bytes);
  if (value == NULL || !read_header (value, &header))
    return NULL;
  return take_item (&header, g_bytes_ref (item));
}

gboolean
cosmic_operation_verify (const CosmicOperation *self)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (self->item, &size);
  g_autoptr (GByteArray) message = NULL;

  message = signed_bytes (&self->header.party, data, size - COSMIC_SIGN_SIZE);
  return cosmic_verify (self->header.author.bytes, message->data, message->len,
                        data + size - COSMIC_SIGN_SIZE);
}

CosmicOperation *
cosmic_operation_ref (CosmicOperation *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
cosmic_operation_unref (CosmicOperation *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;
  g_bytes_unref (self->item);
  g_free (self);
}

const CosmicId *
cosmic_operation_party (const CosmicOperation *self)
{
  return cosmic_id_is_zero (&self->header.party) ? &self->id : &self->header.party;
}

GBytes *
cosmic_part_new (GVariant *content, const guint8 salt[COSMIC_PART_SALT_SIZE])
{
  g_autoptr (GBytes) bytes = cosmic_codec_encode (content);
  GByteArray *part = g_byte_array_new ();

  g_byte_array_append (part, salt, COSMIC_PART_SALT_SIZE);
  g_byte_array_append (part, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
  return g_byte_array_free_to_bytes (part);
}

GVariant *
cosmic_part_content (GBytes *part, const char *type)
{
  gsize size = g_bytes_get_size (part);
  g_autoptr (GBytes) content = NULL;

  if (size < COSMIC_PART_SALT_SIZE || size > COSMIC_PART_SIZE_MAX)
    return NULL;
  content = g_bytes_new_from_bytes (part, COSMIC_PART_SALT_SIZE, size - COSMIC_PART_SALT_SIZE);
  return cosmic_codec_decode (type, content);
}

void
cosmic_stream_id (const CosmicId *party, const CosmicId *author, const CosmicId *nonce,
                  CosmicId *stream)
{
  CosmicHash hash;

  cosmic_hash_init (&hash);
  cosmic_hash_update (&hash, stream_tag, sizeof stream_tag);
  cosmic_hash_update (&hash, party->bytes, COSMIC_ID_SIZE);
  cosmic_hash_update (&hash, author->bytes, COSMIC_ID_SIZE);
  cosmic_hash_update (&hash, nonce->bytes, COSMIC_ID_SIZE);
  cosmic_hash_finish (&hash, stream->bytes);
}
