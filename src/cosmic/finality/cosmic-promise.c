/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-promise.h"

#define PROMISE_TYPE "(yayayaytuymaymayaay)"

CosmicPromise *
cosmic_promise_new (void)
{
  CosmicPromise *self = g_new0 (CosmicPromise, 1);

  self->messages = g_ptr_array_new_with_free_func ((GDestroyNotify) cosmic_witness_message_unref);
  return self;
}

void
cosmic_promise_free (CosmicPromise *self)
{
  if (self == NULL)
    return;
  cosmic_candidate_unref (self->lock);
  cosmic_candidate_unref (self->valid);
  g_ptr_array_unref (self->messages);
  g_free (self);
}

static const CosmicWitnessMessage *
message_at (const CosmicPromise *self, guint index)
{
  return self->messages->pdata[index];
}

static guint
count_rounds (const CosmicPromise *self)
{
  guint count = 0;

  for (guint i = 0; i < self->messages->len; i++)
    count += i == 0 || message_at (self, i)->round != message_at (self, i - 1)->round;
  return count;
}

void
cosmic_promise_add (CosmicPromise *self, CosmicWitnessMessage *message)
{
  g_ptr_array_add (self->messages, cosmic_witness_message_ref (message));
  while (count_rounds (self) > COSMIC_PROMISE_ROUNDS)
    g_ptr_array_remove_index (self->messages, 0);
}

static GVariant *
new_bytes (GBytes *bytes)
{
  return g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, bytes, TRUE);
}

static GVariant *
new_maybe_candidate (const CosmicCandidate *candidate)
{
  g_autoptr (GBytes) bytes = candidate != NULL ? cosmic_candidate_encode (candidate) : NULL;

  return g_variant_new_maybe (G_VARIANT_TYPE_BYTESTRING, bytes != NULL ? new_bytes (bytes) : NULL);
}

GBytes *
cosmic_promise_encode (const CosmicPromise *self)
{
  GVariantBuilder messages;
  GVariant *fields[10];

  g_variant_builder_init (&messages, G_VARIANT_TYPE_BYTESTRING_ARRAY);
  for (guint i = 0; i < self->messages->len; i++)
    g_variant_builder_add_value (&messages, new_bytes (message_at (self, i)->bytes));
  fields[0] = g_variant_new_byte (COSMIC_PROMISE_VERSION);
  fields[1] = cosmic_codec_new_id (&self->party);
  fields[2] = cosmic_codec_new_id (&self->chain);
  fields[3] = cosmic_codec_new_id (&self->witness);
  fields[4] = g_variant_new_uint64 (self->height);
  fields[5] = g_variant_new_uint32 (self->round);
  fields[6] = g_variant_new_byte ((guint8) self->step);
  fields[7] = new_maybe_candidate (self->lock);
  fields[8] = new_maybe_candidate (self->valid);
  fields[9] = g_variant_builder_end (&messages);
  return cosmic_codec_encode (g_variant_new_tuple (fields, G_N_ELEMENTS (fields)));
}

static gboolean
read_candidate (const CosmicPromise *self, GVariant *tuple, guint index,
                CosmicCandidate **candidate)
{
  g_autoptr (GVariant) maybe = g_variant_get_child_value (tuple, index);
  g_autoptr (GVariant) inner = g_variant_get_maybe (maybe);
  g_autoptr (GBytes) bytes = inner != NULL ? g_variant_get_data_as_bytes (inner) : NULL;

  if (bytes == NULL)
    return TRUE;
  *candidate = cosmic_candidate_decode (bytes);
  return *candidate != NULL && (*candidate)->proven && (*candidate)->round <= self->round
         && (*candidate)->checkpoint.height == self->height
         && cosmic_id_same (&(*candidate)->checkpoint.party, &self->party)
         && cosmic_id_same (&(*candidate)->checkpoint.chain, &self->chain);
}

static gboolean
is_before (const CosmicWitnessMessage *a, guint32 round, CosmicStep step)
{
  return a->round < round || (a->round == round && a->step < step);
}

/* Whether MESSAGE, the last one, may be in it. */
static gboolean
is_own (const CosmicPromise *self, const CosmicWitnessMessage *message)
{
  guint len = self->messages->len;

  return message->height == self->height && is_before (message, self->round, self->step + 1)
         && cosmic_id_same (&message->chain, &self->chain)
         && cosmic_id_same (&message->signature.witness, &self->witness)
         && (len < 2 || is_before (message_at (self, len - 2), message->round, message->step))
         && cosmic_witness_message_verify (message, &self->party);
}

static gboolean
read_messages (CosmicPromise *self, GVariant *tuple)
{
  g_autoptr (GVariant) list = g_variant_get_child_value (tuple, 9);
  gsize count = g_variant_n_children (list);

  for (gsize i = 0; i < count && count <= COSMIC_PROMISE_MESSAGES_MAX; i++)
    {
      g_autoptr (GBytes) bytes = cosmic_codec_child_bytes (list, (guint) i);
      CosmicWitnessMessage *message = cosmic_witness_message_decode (bytes);

      if (message == NULL)
        return FALSE;
      g_ptr_array_add (self->messages, message);
      if (!is_own (self, message))
        return FALSE;
    }
  return count <= COSMIC_PROMISE_MESSAGES_MAX && count_rounds (self) <= COSMIC_PROMISE_ROUNDS;
}

CosmicPromise *
cosmic_promise_decode (GBytes *bytes)
{
  g_autoptr (GVariant) tuple = cosmic_codec_decode (PROMISE_TYPE, bytes);
  g_autoptr (CosmicPromise) self = NULL;
  guint8 version, step;

  if (tuple == NULL)
    return NULL;
  self = cosmic_promise_new ();
  g_variant_get_child (tuple, 0, "y", &version);
  g_variant_get_child (tuple, 4, "t", &self->height);
  g_variant_get_child (tuple, 5, "u", &self->round);
  g_variant_get_child (tuple, 6, "y", &step);
  self->step = step;
  if (version != COSMIC_PROMISE_VERSION || step < COSMIC_STEP_PROPOSE
      || step > COSMIC_STEP_PRECOMMIT || self->height == 0
      || !cosmic_codec_child_id (tuple, 1, &self->party)
      || !cosmic_codec_child_id (tuple, 2, &self->chain)
      || !cosmic_codec_child_id (tuple, 3, &self->witness)
      || !read_candidate (self, tuple, 7, &self->lock)
      || !read_candidate (self, tuple, 8, &self->valid) || !read_messages (self, tuple))
    return NULL;
  return g_steal_pointer (&self);
}
