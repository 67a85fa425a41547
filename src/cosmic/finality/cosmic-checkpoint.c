/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-checkpoint.h"

#include "cosmic-hash.h"
#include "cosmic-merkle.h"

#define CHECKPOINT_TYPE "(yayaytayxuayay)"
#define BATCH_TYPE      "a(ay" COSMIC_STREAM_LEAF_TYPE "aay)"

static const char checkpoint_tag[] = "dpop checkpoint 1";

GBytes *
cosmic_checkpoint_encode (const CosmicCheckpoint *self)
{
  GVariant *fields[] = {
    g_variant_new_byte (COSMIC_CHECKPOINT_VERSION), cosmic_codec_new_id (&self->party),
    cosmic_codec_new_id (&self->chain),             g_variant_new_uint64 (self->height),
    cosmic_codec_new_id (&self->previous),          g_variant_new_int64 (self->time),
    g_variant_new_uint32 (self->rules_version),     cosmic_codec_new_id (&self->state_root),
    cosmic_codec_new_id (&self->batch_root),
  };

  return cosmic_codec_encode (g_variant_new_tuple (fields, G_N_ELEMENTS (fields)));
}

gboolean
cosmic_checkpoint_decode (GBytes *bytes, CosmicCheckpoint *self)
{
  g_autoptr (GVariant) value = cosmic_codec_decode (CHECKPOINT_TYPE, bytes);
  guint8 version;

  if (value == NULL)
    return FALSE;
  g_variant_get_child (value, 0, "y", &version);
  g_variant_get_child (value, 3, "t", &self->height);
  g_variant_get_child (value, 5, "x", &self->time);
  g_variant_get_child (value, 6, "u", &self->rules_version);
  return version == COSMIC_CHECKPOINT_VERSION && self->height > 0
         && cosmic_codec_child_id (value, 1, &self->party)
         && cosmic_codec_child_id (value, 2, &self->chain)
         && cosmic_codec_child_id (value, 4, &self->previous)
         && cosmic_codec_child_id (value, 7, &self->state_root)
         && cosmic_codec_child_id (value, 8, &self->batch_root);
}

void
cosmic_checkpoint_id (GBytes *bytes, CosmicId *id)
{
  CosmicHash hash;

  cosmic_hash_init (&hash);
  cosmic_hash_update (&hash, checkpoint_tag, sizeof checkpoint_tag);
  cosmic_hash_update (&hash, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  cosmic_hash_finish (&hash, id->bytes);
}

static void
batch_stream_free (gpointer data)
{
  CosmicBatchStream *stream = data;

  g_clear_pointer (&stream->operations, g_array_unref);
  g_free (stream);
}

CosmicBatchList *
cosmic_batch_list_new (void)
{
  CosmicBatchList *self = g_new0 (CosmicBatchList, 1);

  self->streams = g_ptr_array_new_with_free_func (batch_stream_free);
  return self;
}

void
cosmic_batch_list_free (CosmicBatchList *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->streams);
  g_free (self);
}

CosmicBatchStream *
cosmic_batch_list_add (CosmicBatchList *self, const CosmicId *id)
{
  CosmicBatchStream *stream = g_new0 (CosmicBatchStream, 1);

  stream->stream = *id;
  stream->operations = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  g_ptr_array_add (self->streams, stream);
  return stream;
}

GBytes *
cosmic_batch_list_encode (const CosmicBatchList *self)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (BATCH_TYPE));
  for (guint i = 0; i < self->streams->len; i++)
    {
      const CosmicBatchStream *stream = self->streams->pdata[i];
      GVariant *fields[] = { cosmic_codec_new_id (&stream->stream),
                             cosmic_stream_leaf_encode (&stream->leaf),
                             cosmic_codec_new_ids (stream->operations) };

      g_variant_builder_add_value (&builder, g_variant_new_tuple (fields, 3));
    }
  return cosmic_codec_encode (g_variant_builder_end (&builder));
}

static gboolean
read_stream (CosmicBatchList *self, GVariant *value, guint *total)
{
  g_autoptr (GVariant) leaf = g_variant_get_child_value (value, 1);
  GArray *ids = cosmic_codec_child_id_list (value, 2, COSMIC_BATCH_MAX);
  CosmicBatchStream *stream;
  CosmicId id;

  if (ids == NULL)
    return FALSE;
  stream = cosmic_batch_list_add (self, &cosmic_id_zero);
  g_array_unref (stream->operations);
  stream->operations = ids;
  *total += ids->len;
  if (!cosmic_codec_child_id (value, 0, &id) || !cosmic_stream_leaf_decode (leaf, &stream->leaf))
    return FALSE;
  stream->stream = id;
  return *total <= COSMIC_BATCH_MAX;
}

CosmicBatchList *
cosmic_batch_list_decode (GBytes *bytes)
{
  g_autoptr (CosmicBatchList) self = cosmic_batch_list_new ();
  g_autoptr (GVariant) value = g_bytes_get_size (bytes) <= COSMIC_BATCH_SIZE_MAX
                                   ? cosmic_codec_decode (BATCH_TYPE, bytes)
                                   : NULL;
  gsize count = value != NULL ? g_variant_n_children (value) : 0;
  guint total = 0;

  if (value == NULL)
    return NULL;
  for (gsize i = 0; i < count; i++)
    {
      g_autoptr (GVariant) child = g_variant_get_child_value (value, i);
      const CosmicBatchStream *before = i > 0 ? self->streams->pdata[i - 1] : NULL;

      if (!read_stream (self, child, &total)
          || (before != NULL
              && cosmic_id_compare (&before->stream,
                                    &((CosmicBatchStream *) self->streams->pdata[i])->stream)
                     >= 0))
        return NULL;
    }
  return g_steal_pointer (&self);
}

void
cosmic_batch_list_root (const CosmicBatchList *self, CosmicId *root)
{
  CosmicMerkle tree = { 0 };

  for (guint i = 0; i < self->streams->len; i++)
    {
      const CosmicBatchStream *stream = self->streams->pdata[i];

      for (guint j = 0; j < stream->operations->len; j++)
        cosmic_merkle_append (&tree, &g_array_index (stream->operations, CosmicId, j));
    }
  cosmic_merkle_root (&tree, root);
}

guint
cosmic_batch_list_count (const CosmicBatchList *self)
{
  guint count = 0;

  for (guint i = 0; i < self->streams->len; i++)
    count += ((CosmicBatchStream *) self->streams->pdata[i])->operations->len;
  return count;
}
