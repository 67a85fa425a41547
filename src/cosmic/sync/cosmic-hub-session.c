/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-hub-session-private.h"

gboolean
cosmic_hub_item (GBytes *envelope, CosmicItem *item)
{
  CosmicLabel label;

  if (!cosmic_envelope_label (envelope, &label) || label.order >> 59 != 0)
    return FALSE;
  item->order = label.order << 4 | (guint64) label.type;
  cosmic_envelope_id (envelope, &item->id);
  return TRUE;
}

/* --- Beginning and end. ----------------------------------------------------------------------- */

static GArray *
new_ids (void)
{
  return g_array_new (FALSE, FALSE, sizeof (CosmicId));
}

static void
say_room (CosmicHubSession *self)
{
  GByteArray *frame = cosmic_hub_session_frame (HUB_ROOM);

  self->node.table->room (self->node.self, &self->room);
  cosmic_session_put_number (frame, self->room.envelopes);
  cosmic_session_put_number (frame, self->room.bytes);
  cosmic_session_put_number (frame, self->room.envelopes_most);
  cosmic_session_put_number (frame, self->room.bytes_most);
  cosmic_session_put_byte (frame, self->room.full != FALSE);
  g_queue_push_tail (&self->control, g_byte_array_free_to_bytes (frame));
}

CosmicHubSession *
cosmic_hub_session_new (CosmicHubNode node, gboolean is_hub, DpopRandom random,
                        const CosmicHubEvents *events, gpointer data)
{
  CosmicHubSession *self = g_new0 (CosmicHubSession, 1);
  GByteArray *hello = cosmic_hub_session_frame (HUB_HELLO);

  self->node = node;
  self->is_hub = is_hub;
  self->random = random;
  self->events = events;
  self->data = data;
  g_queue_init (&self->control);
  self->asked = g_hash_table_new_full (cosmic_id_hash, cosmic_id_equal, g_free, NULL);
  self->taken = new_ids ();
  self->refused = new_ids ();
  self->stored = new_ids ();
  self->wanted = new_ids ();
  self->large = new_ids ();
  self->none = new_ids ();
  self->erased = new_ids ();
  self->offers = g_array_new (FALSE, FALSE, sizeof (CosmicItem));
  self->round_wanted = !is_hub;
  cosmic_session_put_byte (hello, COSMIC_HUB_VERSION);
  cosmic_session_put_byte (hello, is_hub ? 0 : 1);
  g_queue_push_tail (&self->control, g_byte_array_free_to_bytes (hello));
  if (is_hub)
    say_room (self);
  return self;
}

/* Lets go of all that is held for the peer. */
static void
drop (CosmicHubSession *self)
{
  GArray *lists[] = { self->taken, self->refused, self->stored, self->wanted,
                      self->large, self->none,    self->erased, self->offers };

  g_queue_clear_full (&self->control, (GDestroyNotify) g_bytes_unref);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    g_array_set_size (lists[i], 0);
  self->wanted_from = self->offers_from = 0;
  g_hash_table_remove_all (self->asked);
  g_clear_pointer (&self->reconcile, cosmic_reconcile_free);
  g_clear_pointer (&self->held_reply, g_bytes_unref);
  g_clear_pointer (&self->piece, g_byte_array_unref);
  g_clear_pointer (&self->left_over, g_bytes_unref);
  g_clear_pointer (&self->big, g_bytes_unref);
}

void
cosmic_hub_session_free (CosmicHubSession *self)
{
  if (self == NULL)
    return;
  drop (self);
  g_hash_table_unref (self->asked);
  g_array_unref (self->taken);
  g_array_unref (self->refused);
  g_array_unref (self->stored);
  g_array_unref (self->wanted);
  g_array_unref (self->large);
  g_array_unref (self->none);
  g_array_unref (self->erased);
  g_array_unref (self->offers);
  g_free (self);
}

void
cosmic_hub_session_end (CosmicHubSession *self, CosmicHubEnd reason, gboolean by_peer)
{
  if (self->end != COSMIC_HUB_OPEN)
    return;
  self->end = reason;
  self->bye_sent = by_peer;
  if (reason != COSMIC_HUB_FAILED && !self->node.table->commit (self->node.self))
    self->end = COSMIC_HUB_FAILED;
  drop (self);
  if (self->level && self->events->level != NULL)
    self->events->level (self->data, FALSE);
  self->level = FALSE;
  if (self->events->ended != NULL)
    self->events->ended (self->data, self->end, by_peer);
}

gboolean
cosmic_hub_session_fail (CosmicHubSession *self, CosmicHubEnd reason)
{
  cosmic_hub_session_end (self, reason, FALSE);
  return FALSE;
}

void
cosmic_hub_session_close (CosmicHubSession *self, gboolean out)
{
  cosmic_hub_session_end (self, out ? COSMIC_HUB_OUT : COSMIC_HUB_CLOSED, FALSE);
}

/* --- Coming in. ------------------------------------------------------------------------------- */

/* Makes durable what came, and notes what the peer is to be told of it. */
void
cosmic_hub_session_settle (CosmicHubSession *self)
{
  const gboolean was_full = self->room.full;

  if (self->taken->len == 0 && !(self->is_hub && self->erasing && self->erased->len > 0))
    return;
  if (!self->node.table->commit (self->node.self))
    {
      cosmic_hub_session_fail (self, COSMIC_HUB_FAILED);
      return;
    }
  self->steps = 0;
  if (self->is_hub)
    g_array_append_vals (self->stored, self->taken->data, self->taken->len);
  g_array_set_size (self->taken, 0);
  self->erasing = self->erasing && !self->is_hub;
  if (!self->is_hub)
    return;
  self->node.table->room (self->node.self, &self->room);
  if (self->room.full != was_full)
    say_room (self);
}

gboolean
cosmic_hub_session_receive (CosmicHubSession *self, GBytes *message)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (message, &size);
  CosmicSessionFrame reader = { data, size };
  guint8 type;

  if (self->end != COSMIC_HUB_OPEN)
    return FALSE;
  if (size > COSMIC_HUB_MESSAGE_MAX || !cosmic_session_read_byte (&reader, &type))
    return cosmic_hub_session_fail (self, COSMIC_HUB_BROKEN);
  if (!cosmic_hub_session_hear (self, type, &reader))
    return FALSE;
  if (self->steps >= COSMIC_HUB_STEP)
    cosmic_hub_session_settle (self);
  cosmic_hub_session_judge (self);
  return self->end == COSMIC_HUB_OPEN;
}

gboolean
cosmic_hub_session_idle (CosmicHubSession *self)
{
  if (self->end != COSMIC_HUB_OPEN)
    return FALSE;
  cosmic_hub_session_settle (self);
  cosmic_hub_session_judge (self);
  return self->end == COSMIC_HUB_OPEN;
}

/* --- Going out. ------------------------------------------------------------------------------- */

static GBytes *
make_bye (CosmicHubSession *self)
{
  GByteArray *frame;

  if (self->bye_sent)
    return NULL;
  self->bye_sent = TRUE;
  frame = cosmic_hub_session_frame (HUB_BYE);
  cosmic_session_put_byte (frame, (guint8) self->end);
  return g_byte_array_free_to_bytes (frame);
}

GBytes *
cosmic_hub_session_next (CosmicHubSession *self)
{
  GBytes *message = NULL;

  if (self->end == COSMIC_HUB_OPEN)
    message = cosmic_hub_session_make (self);
  if (self->end != COSMIC_HUB_OPEN)
    {
      g_clear_pointer (&message, g_bytes_unref);
      return make_bye (self);
    }
  if (message == NULL)
    cosmic_hub_session_judge (self);
  return message;
}

/* --- News of this side. ----------------------------------------------------------------------- */

void
cosmic_hub_session_again (CosmicHubSession *self)
{
  if (self->end != COSMIC_HUB_OPEN)
    return;
  if (self->is_hub)
    self->again_wanted = TRUE;
  else
    self->round_wanted = TRUE;
  self->even = FALSE;
  cosmic_hub_session_judge (self);
}

void
cosmic_hub_session_offer (CosmicHubSession *self, const CosmicItem *item)
{
  /* Before the first round there is nothing to add to it. */
  if (self->end != COSMIC_HUB_OPEN || (!self->rounded && !self->comparing))
    return;
  if (self->offers->len - self->offers_from >= COSMIC_HUB_OFFERS_MAX)
    {
      cosmic_hub_session_again (self);
      return;
    }
  g_array_append_vals (self->offers, item, 1);
  self->even = self->even && self->is_hub;
  cosmic_hub_session_judge (self);
}

gboolean
cosmic_hub_session_erase (CosmicHubSession *self, const GArray *ids,
                          const guint8 signature[COSMIC_HUB_SIGNATURE_SIZE])
{
  GByteArray *frame;

  if (self->end != COSMIC_HUB_OPEN || self->is_hub || self->erasing || !self->greeted
      || ids->len == 0 || ids->len > COSMIC_HUB_LIST_MAX)
    return FALSE;
  frame = cosmic_hub_session_frame (HUB_ERASE);
  cosmic_session_put_number (frame, ids->len);
  for (guint i = 0; i < ids->len; i++)
    cosmic_session_put_id (frame, &g_array_index (ids, CosmicId, i));
  g_byte_array_append (frame, signature, COSMIC_HUB_SIGNATURE_SIZE);
  g_queue_push_tail (&self->control, g_byte_array_free_to_bytes (frame));
  g_array_set_size (self->erased, 0);
  g_array_append_vals (self->erased, ids->data, ids->len);
  self->erasing = TRUE;
  return TRUE;
}

/* --- What it is. ------------------------------------------------------------------------------ */

/* Nothing is on its way here, nor to be asked for. */
static gboolean
has_all (const CosmicHubSession *self)
{
  return self->rounded && !self->comparing && !self->round_wanted && self->dry
         && g_hash_table_size (self->asked) == 0 && self->taken->len == 0;
}

void
cosmic_hub_session_judge (CosmicHubSession *self)
{
  gboolean now;

  if (self->end != COSMIC_HUB_OPEN)
    return;
  if (self->is_hub && !self->even && has_all (self))
    {
      GByteArray *frame = cosmic_hub_session_frame (HUB_EVEN);

      self->even = TRUE;
      cosmic_session_put_number (frame, self->told);
      g_queue_push_tail (&self->control, g_byte_array_free_to_bytes (frame));
    }
  now = self->even && has_all (self) && self->offers->len == self->offers_from;
  if (now == self->level)
    return;
  self->level = now;
  if (self->events->level != NULL)
    self->events->level (self->data, now);
}

CosmicHubEnd
cosmic_hub_session_state (const CosmicHubSession *self)
{
  return self->end;
}

gboolean
cosmic_hub_session_is_level (const CosmicHubSession *self)
{
  return self->end == COSMIC_HUB_OPEN && self->level;
}

#define SET_ENTRY 80 /* an id, a slot of the table and what malloc() adds */

gsize
cosmic_hub_session_held (const CosmicHubSession *self)
{
  gsize size = g_hash_table_size (self->asked) * (gsize) SET_ENTRY;

  for (const GList *link = self->control.head; link != NULL; link = link->next)
    size += g_bytes_get_size (link->data);
  size += (self->taken->len + self->refused->len + self->stored->len + self->wanted->len
           + self->large->len + self->none->len + self->erased->len)
          * sizeof (CosmicId);
  size += self->offers->len * sizeof (CosmicItem);
  size += self->held_reply != NULL ? g_bytes_get_size (self->held_reply) : 0;
  size += self->piece != NULL ? self->piece->len : 0;
  size += self->left_over != NULL ? g_bytes_get_size (self->left_over) : 0;
  size += self->big != NULL ? g_bytes_get_size (self->big) : 0;
  return size;
}
