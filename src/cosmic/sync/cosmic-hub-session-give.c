/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-hub-session-private.h"

#define PIECE_HEAD 16 /* type, size and place take no more */
#define LIST_HEAD  16

GByteArray *
cosmic_hub_session_frame (guint8 type)
{
  GByteArray *frame = g_byte_array_new ();

  cosmic_session_put_byte (frame, type);
  return frame;
}

/* --- Lists. ----------------------------------------------------------------------------------- */

/* The first of IDS, as many as go in a message. */
static GBytes *
make_list (guint8 type, GArray *ids)
{
  GByteArray *frame = cosmic_hub_session_frame (type);
  guint count = MIN (ids->len, COSMIC_HUB_LIST_MAX);

  cosmic_session_put_number (frame, count);
  g_byte_array_append (frame, (const guint8 *) ids->data, count * (guint) sizeof (CosmicId));
  g_array_remove_range (ids, 0, count);
  return g_byte_array_free_to_bytes (frame);
}

static GBytes *
make_told (CosmicHubSession *self)
{
  if (self->stored->len > 0)
    return make_list (HUB_STORED, self->stored);
  if (self->refused->len > 0)
    return make_list (HUB_REFUSED, self->refused);
  if (self->is_hub && self->erased->len > 0 && !self->erasing)
    return make_list (HUB_GONE, self->erased);
  return NULL;
}

/* The next that the node asks for, once half of the window is free. */
static GBytes *
make_want (CosmicHubSession *self)
{
  guint free = COSMIC_HUB_WINDOW - g_hash_table_size (self->asked);
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GArray) new = NULL;

  if (!self->greeted || self->dry || free < COSMIC_HUB_WINDOW / 2)
    return NULL;
  ids = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  new = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  do
    {
      g_array_set_size (ids, 0);
      self->node.table->wants (self->node.self, COSMIC_HUB_LIST_MAX - new->len, ids);
      for (guint i = 0; i < ids->len; i++)
        if (g_hash_table_add (self->asked, cosmic_id_copy (&g_array_index (ids, CosmicId, i))))
          g_array_append_vals (new, &g_array_index (ids, CosmicId, i), 1);
    }
  while (ids->len > 0 && new->len < COSMIC_HUB_LIST_MAX);
  self->dry = ids->len == 0;
  return new->len > 0 ? make_list (HUB_WANT, new) : NULL;
}

/* --- Rounds and offers. ----------------------------------------------------------------------- */

static GBytes *
make_compare (gboolean first, GBytes *content)
{
  GByteArray *frame = cosmic_hub_session_frame (HUB_COMPARE);

  cosmic_session_put_byte (frame, first != FALSE);
  g_byte_array_append (frame, g_bytes_get_data (content, NULL),
                       (guint) g_bytes_get_size (content));
  return g_byte_array_free_to_bytes (frame);
}

static GBytes *
begin_round (CosmicHubSession *self)
{
  g_autoptr (GBytes) content = NULL;

  self->reconcile = cosmic_reconcile_new (self->node.table->items (self->node.self), TRUE,
                                          COSMIC_HUB_MESSAGE_MAX - 2,
                                          G_GUINT64_CONSTANT (1) << 26, self->random);
  if ((content = cosmic_reconcile_begin (self->reconcile, NULL)) == NULL)
    {
      cosmic_hub_session_fail (self, COSMIC_HUB_FAILED);
      return NULL;
    }
  self->round_wanted = FALSE;
  self->comparing = TRUE;
  self->even = FALSE;
  self->told++;
  return make_compare (TRUE, content);
}

/* The next step of a round: an answer waits while the node is busy. */
static GBytes *
make_step (CosmicHubSession *self)
{
  g_autoptr (GBytes) reply = NULL;

  if (self->node.table->is_busy (self->node.self))
    return NULL;
  if (self->held_reply != NULL)
    {
      reply = g_steal_pointer (&self->held_reply);
      return make_compare (FALSE, reply);
    }
  if (self->round_wanted && !self->comparing && self->greeted && self->roomed)
    return begin_round (self);
  if (self->again_wanted && !self->comparing)
    {
      self->again_wanted = FALSE;
      return g_byte_array_free_to_bytes (cosmic_hub_session_frame (HUB_AGAIN));
    }
  return NULL;
}

static GBytes *
make_offer (CosmicHubSession *self)
{
  guint count = MIN (self->offers->len - self->offers_from, COSMIC_HUB_LIST_MAX);
  GByteArray *frame;

  if (count == 0)
    return NULL;
  frame = cosmic_hub_session_frame (HUB_OFFER);
  cosmic_session_put_number (frame, count);
  for (guint i = 0; i < count; i++)
    {
      const CosmicItem *item = &g_array_index (self->offers, CosmicItem, self->offers_from++);

      cosmic_session_put_number (frame, item->order);
      cosmic_session_put_id (frame, &item->id);
    }
  if (self->offers_from == self->offers->len)
    {
      g_array_set_size (self->offers, 0);
      self->offers_from = 0;
    }
  if (!self->is_hub)
    self->told++;
  return g_byte_array_free_to_bytes (frame);
}

/* --- Envelopes. ------------------------------------------------------------------------------- */

static gboolean
has_wanted (const CosmicHubSession *self)
{
  return self->left_over != NULL || self->wanted_from < self->wanted->len;
}

/* The next wanted envelope that goes with others. NULL: there is none for now. */
static GBytes *
next_small (CosmicHubSession *self)
{
  if (self->left_over != NULL)
    return g_steal_pointer (&self->left_over);
  while (self->wanted_from < self->wanted->len)
    {
      const CosmicId id = g_array_index (self->wanted, CosmicId, self->wanted_from++);
      GBytes *envelope = self->node.table->find (self->node.self, &id);

      if (envelope != NULL && g_bytes_get_size (envelope) <= COSMIC_HUB_SMALL)
        return envelope;
      if (envelope != NULL && g_bytes_get_size (envelope) <= COSMIC_HUB_ENVELOPE_MAX)
        g_array_append_val (self->large, id);
      else
        g_array_append_val (self->none, id);
      g_clear_pointer (&envelope, g_bytes_unref);
    }
  g_array_set_size (self->wanted, 0);
  self->wanted_from = 0;
  return NULL;
}

static GBytes *
make_items (CosmicHubSession *self)
{
  GByteArray *frame = NULL;
  GBytes *envelope;

  while ((envelope = next_small (self)) != NULL)
    {
      if (frame == NULL)
        frame = cosmic_hub_session_frame (HUB_ITEMS);
      if (frame->len + g_bytes_get_size (envelope) + LIST_HEAD > COSMIC_HUB_MESSAGE_MAX)
        {
          self->left_over = envelope;
          break;
        }
      cosmic_session_put_sized (frame, envelope);
      g_bytes_unref (envelope);
    }
  return frame != NULL ? g_byte_array_free_to_bytes (frame) : NULL;
}

/* What is large goes in pieces, whenever nothing else is there to go. */
static GBytes *
make_piece (CosmicHubSession *self)
{
  GByteArray *frame;
  const guint8 *bytes;
  gsize size, here;

  while (self->big == NULL && self->large->len > 0)
    {
      const CosmicId id = g_array_index (self->large, CosmicId, 0);

      g_array_remove_index (self->large, 0);
      self->big = self->node.table->find (self->node.self, &id);
      self->big_sent = 0;
      if (self->big == NULL)
        g_array_append_val (self->none, id);
    }
  if (self->big == NULL)
    return NULL;
  bytes = g_bytes_get_data (self->big, &size);
  here = MIN (size - self->big_sent, COSMIC_HUB_MESSAGE_MAX - PIECE_HEAD);
  frame = cosmic_hub_session_frame (HUB_PIECE);
  cosmic_session_put_number (frame, size);
  cosmic_session_put_number (frame, self->big_sent);
  g_byte_array_append (frame, bytes + self->big_sent, (guint) here);
  self->big_sent += here;
  if (self->big_sent == size)
    g_clear_pointer (&self->big, g_bytes_unref);
  return g_byte_array_free_to_bytes (frame);
}

GBytes *
cosmic_hub_session_make (CosmicHubSession *self)
{
  GBytes *message = g_queue_pop_head (&self->control);

  if (message != NULL)
    return message;
  if ((message = make_told (self)) != NULL || (message = make_want (self)) != NULL
      || (message = make_step (self)) != NULL || self->end != COSMIC_HUB_OPEN)
    return message;
  if (has_wanted (self) && (message = make_items (self)) != NULL)
    return message;
  if ((message = make_offer (self)) != NULL || (message = make_piece (self)) != NULL)
    return message;
  if (self->none->len > 0)
    return make_list (HUB_NONE, self->none);
  cosmic_hub_session_judge (self);
  return g_queue_pop_head (&self->control);
}
