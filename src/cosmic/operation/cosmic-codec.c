/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-codec.h"

static GVariant *
native_order (GVariant *value)
{
#if G_BYTE_ORDER == G_BIG_ENDIAN
  GVariant *swapped = g_variant_byteswap (value);

  g_variant_unref (value);
  return swapped;
#else
  return value;
#endif
}

GVariant *
cosmic_codec_decode (const char *type, GBytes *bytes)
{
  g_autoptr (GVariant) value = NULL;

  value = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (type), bytes, FALSE));
  if (!g_variant_is_normal_form (value))
    return NULL;
  return native_order (g_steal_pointer (&value));
}

GVariant *
cosmic_codec_read (const char *type, GBytes *bytes)
{
  return native_order (
      g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (type), bytes, TRUE)));
}

GVariant *
cosmic_codec_decode_data (const char *type, gconstpointer bytes, gsize size)
{
  g_autoptr (GBytes) copy = g_bytes_new (bytes, size);

  return cosmic_codec_decode (type, copy);
}

GBytes *
cosmic_codec_encode (GVariant *value)
{
  g_autoptr (GVariant) sunk = native_order (g_variant_ref_sink (value));

  return g_variant_get_data_as_bytes (sunk);
}

GVariant *
cosmic_codec_new_bytes (gconstpointer bytes, gsize size)
{
  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, bytes, size, 1);
}

GVariant *
cosmic_codec_new_id (const CosmicId *id)
{
  return cosmic_codec_new_bytes (id->bytes, COSMIC_ID_SIZE);
}

GVariant *
cosmic_codec_new_maybe_id (const CosmicId *id)
{
  return g_variant_new_maybe (G_VARIANT_TYPE_BYTESTRING,
                              id != NULL ? cosmic_codec_new_id (id) : NULL);
}

GVariant *
cosmic_codec_new_ids (const GArray *ids)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_BYTESTRING_ARRAY);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    g_variant_builder_add_value (&builder, cosmic_codec_new_id (&g_array_index (ids, CosmicId, i)));
  return g_variant_builder_end (&builder);
}

static gboolean
read_id (GVariant *value, CosmicId *id)
{
  gsize size;
  gconstpointer bytes = g_variant_get_fixed_array (value, &size, 1);

  if (size != COSMIC_ID_SIZE)
    return FALSE;
  memcpy (id->bytes, bytes, COSMIC_ID_SIZE);
  return TRUE;
}

gboolean
cosmic_codec_child_id (GVariant *tuple, guint index, CosmicId *id)
{
  g_autoptr (GVariant) child = g_variant_get_child_value (tuple, index);

  return read_id (child, id);
}

gboolean
cosmic_codec_child_maybe_id (GVariant *tuple, guint index, CosmicId *id, gboolean *there)
{
  g_autoptr (GVariant) child = g_variant_get_child_value (tuple, index);
  g_autoptr (GVariant) inner = g_variant_get_maybe (child);

  *there = inner != NULL;
  *id = cosmic_id_zero;
  return inner == NULL || read_id (inner, id);
}

GArray *
cosmic_codec_child_id_list (GVariant *tuple, guint index, guint limit)
{
  g_autoptr (GVariant) child = g_variant_get_child_value (tuple, index);
  gsize count = g_variant_n_children (child);
  g_autoptr (GArray) ids = NULL;

  if (count > limit)
    return NULL;
  ids = g_array_sized_new (FALSE, FALSE, sizeof (CosmicId), (guint) count);
  for (gsize i = 0; i < count; i++)
    {
      CosmicId id;

      if (!cosmic_codec_child_id (child, (guint) i, &id))
        return NULL;
      g_array_append_val (ids, id);
    }
  return g_steal_pointer (&ids);
}

GArray *
cosmic_codec_child_id_set (GVariant *tuple, guint index, guint limit)
{
  g_autoptr (GArray) ids = cosmic_codec_child_id_list (tuple, index, limit);

  if (ids == NULL)
    return NULL;
  for (guint i = 1; i < ids->len; i++)
    if (cosmic_id_compare (&g_array_index (ids, CosmicId, i - 1),
                           &g_array_index (ids, CosmicId, i)) >= 0)
      return NULL;
  return g_steal_pointer (&ids);
}

GBytes *
cosmic_codec_child_bytes (GVariant *tuple, guint index)
{
  g_autoptr (GVariant) child = g_variant_get_child_value (tuple, index);

  return g_variant_get_data_as_bytes (child);
}
