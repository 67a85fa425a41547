/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-hub-session-private.h"

/* Of one round: what only the peer has is asked for while it comes in, so that this bounds no
 * memory. */
#define THEIRS_MAX (G_GUINT64_CONSTANT (1) << 26)
/* What a compare holds besides a frame: type, first. */
#define COMPARE_HEAD 2

static gboolean
malformed (CosmicHubSession *self)
{
  return cosmic_hub_session_fail (self, COSMIC_HUB_BROKEN);
}

/* --- Lists of ids. ---------------------------------------------------------------------------- */

static gboolean
read_ids (CosmicHubSession *self, CosmicSessionFrame *reader, gboolean ascending, GArray *ids)
{
  guint64 count;

  if (!cosmic_session_read_number (reader, COSMIC_HUB_LIST_MAX, &count) || count == 0
      || reader->left < count * COSMIC_ID_SIZE)
    return malformed (self);
  for (guint64 i = 0; i < count; i++)
    {
      CosmicId id;

      cosmic_session_read_id (reader, &id);
      if (ascending && i > 0
          && cosmic_id_compare (&g_array_index (ids, CosmicId, i - 1), &id) >= 0)
        return malformed (self);
      g_array_append_val (ids, id);
    }
  return TRUE;
}

static gboolean
is_end (CosmicHubSession *self, const CosmicSessionFrame *reader)
{
  return reader->left == 0 || malformed (self);
}

/* --- The beginning. --------------------------------------------------------------------------- */

static gboolean
hear_hello (CosmicHubSession *self, CosmicSessionFrame *reader)
{
  guint8 version, role;

  if (!cosmic_session_read_byte (reader, &version))
    return malformed (self);
  /* The version first: another one may say more. */
  if (version != COSMIC_HUB_VERSION)
    return cosmic_hub_session_fail (self, COSMIC_HUB_NEWER);
  if (!cosmic_session_read_byte (reader, &role) || role != (self->is_hub ? 1 : 0))
    return malformed (self);
  self->greeted = TRUE;
  return is_end (self, reader);
}

static gboolean
hear_room (CosmicHubSession *self, CosmicSessionFrame *reader)
{
  CosmicHubRoom *room = &self->room;
  guint8 full;

  if (self->is_hub || !cosmic_session_read_number (reader, G_MAXUINT64, &room->envelopes)
      || !cosmic_session_read_number (reader, G_MAXUINT64, &room->bytes)
      || !cosmic_session_read_number (reader, G_MAXUINT64, &room->envelopes_most)
      || !cosmic_session_read_number (reader, G_MAXUINT64, &room->bytes_most)
      || !cosmic_session_read_byte (reader, &full) || full > 1)
    return malformed (self);
  room->full = full == 1;
  self->roomed = TRUE;
  if (self->events->room != NULL)
    self->events->room (self->data, room);
  return is_end (self, reader);
}

/* --- Rounds. ---------------------------------------------------------------------------------- */

/* The peer has ITEM, which lacks here. */
static void
hear_of (CosmicHubSession *self, const CosmicItem *item)
{
  if (g_hash_table_contains (self->asked, &item->id))
    return;
  self->dry = FALSE;
  /* Who goes on without reading what is refused is told of no more of it. */
  if (!self->node.table->hear (self->node.self, item) && self->is_hub
      && self->refused->len < COSMIC_HUB_WINDOW)
    g_array_append_val (self->refused, item->id);
}

static gboolean
hear_compare (CosmicHubSession *self, CosmicSessionFrame *reader)
{
  const GArray *theirs;
  guint8 first;

  if (!cosmic_session_read_byte (reader, &first) || first > 1 || self->held_reply != NULL
      || (first == 1 ? !self->is_hub || self->comparing : !self->comparing))
    return malformed (self);
  if (first == 1)
    {
      g_clear_pointer (&self->reconcile, cosmic_reconcile_free);
      self->reconcile = cosmic_reconcile_new (self->node.table->items (self->node.self), FALSE,
                                              COSMIC_HUB_MESSAGE_MAX - COMPARE_HEAD, THEIRS_MAX,
                                              self->random);
      self->comparing = TRUE;
      self->even = FALSE;
      self->told++;
    }
  if (!cosmic_reconcile_take (self->reconcile, reader->data, reader->left, &self->held_reply,
                              NULL))
    return cosmic_hub_session_fail (self, COSMIC_HUB_FAILED);
  if (cosmic_reconcile_state (self->reconcile) == COSMIC_RECONCILE_REFUSED)
    return malformed (self);
  theirs = cosmic_reconcile_only_theirs (self->reconcile);
  for (guint i = 0; i < theirs->len; i++)
    hear_of (self, &g_array_index (theirs, CosmicItem, i));
  if (cosmic_reconcile_state (self->reconcile) == COSMIC_RECONCILE_DONE)
    {
      self->comparing = FALSE;
      self->rounded = TRUE;
      g_clear_pointer (&self->reconcile, cosmic_reconcile_free);
    }
  return TRUE;
}

static gboolean
hear_offer (CosmicHubSession *self, CosmicSessionFrame *reader)
{
  CosmicItemSet *items = self->node.table->items (self->node.self);
  guint64 count;

  if (!cosmic_session_read_number (reader, COSMIC_HUB_LIST_MAX, &count) || count == 0)
    return malformed (self);
  for (guint64 i = 0; i < count; i++)
    {
      CosmicItem item;
      gboolean found;

      if (!cosmic_session_read_number (reader, COSMIC_ORDER_END - 1, &item.order)
          || !cosmic_session_read_id (reader, &item.id))
        return malformed (self);
      if (!cosmic_item_set_contains (items, &item, &found, NULL))
        return cosmic_hub_session_fail (self, COSMIC_HUB_FAILED);
      /* One that is asked for more than the node keeps in mind is found in another round. */
      if (!found && !self->node.table->is_busy (self->node.self))
        hear_of (self, &item);
      else if (!found)
        cosmic_hub_session_again (self);
    }
  self->even = self->even && !self->is_hub;
  if (self->is_hub)
    self->told++;
  return is_end (self, reader);
}

static gboolean
hear_even (CosmicHubSession *self, CosmicSessionFrame *reader)
{
  guint64 told;

  if (self->is_hub || !cosmic_session_read_number (reader, self->told, &told))
    return malformed (self);
  self->even = told == self->told;
  return is_end (self, reader);
}

/* --- Envelopes that come in. ------------------------------------------------------------------ */

static gboolean
take (CosmicHubSession *self, GBytes *envelope)
{
  CosmicItem item;

  if (!cosmic_hub_item (envelope, &item))
    return cosmic_hub_session_fail (self, COSMIC_HUB_INVALID);
  if (!g_hash_table_remove (self->asked, &item.id))
    return malformed (self);
  self->steps++;
  self->dry = FALSE;
  switch (self->node.table->take (self->node.self, &item, envelope))
    {
    case COSMIC_HUB_TAKE_NEW:
    case COSMIC_HUB_TAKE_KNOWN:
      g_array_append_val (self->taken, item.id);
      return TRUE;
    case COSMIC_HUB_TAKE_FULL:
      return TRUE;
    case COSMIC_HUB_TAKE_GONE:
      g_array_append_val (self->refused, item.id);
      return TRUE;
    case COSMIC_HUB_TAKE_BAD:
      return cosmic_hub_session_fail (self, COSMIC_HUB_INVALID);
    case COSMIC_HUB_TAKE_FAILED:
    default:
      return cosmic_hub_session_fail (self, COSMIC_HUB_FAILED);
    }
}

static gboolean
hear_items (CosmicHubSession *self, CosmicSessionFrame *reader)
{
  do
    {
      g_autoptr (GBytes) envelope = cosmic_session_read_sized (reader, COSMIC_HUB_MESSAGE_MAX);

      if (envelope == NULL)
        return malformed (self);
      if (!take (self, envelope))
        return FALSE;
    }
  while (reader->left > 0);
  return TRUE;
}

static gboolean
hear_piece (CosmicHubSession *self, CosmicSessionFrame *reader)
{
  g_autoptr (GBytes) envelope = NULL;
  guint64 size, place;

  if (g_hash_table_size (self->asked) == 0
      || !cosmic_session_read_number (reader, COSMIC_HUB_ENVELOPE_MAX, &size)
      || size <= COSMIC_HUB_SMALL || !cosmic_session_read_number (reader, size, &place)
      || reader->left == 0 || reader->left > size - place
      || (self->piece == NULL ? place != 0 : place != self->piece->len || size != self->piece_size))
    return malformed (self);
  if (self->piece == NULL)
    {
      self->piece = g_byte_array_new ();
      self->piece_size = size;
    }
  g_byte_array_append (self->piece, reader->data, (guint) reader->left);
  if (self->piece->len < size)
    return TRUE;
  envelope = g_byte_array_free_to_bytes (g_steal_pointer (&self->piece));
  return take (self, envelope);
}

static gboolean
hear_none (CosmicHubSession *self, CosmicSessionFrame *reader)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (CosmicId));

  if (!read_ids (self, reader, FALSE, ids))
    return FALSE;
  self->dry = FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      const CosmicId *id = &g_array_index (ids, CosmicId, i);

      if (!g_hash_table_remove (self->asked, id))
        return malformed (self);
      self->node.table->missing (self->node.self, id);
    }
  return is_end (self, reader);
}

/* --- What the peer asks for. ------------------------------------------------------------------ */

static gboolean
hear_want (CosmicHubSession *self, CosmicSessionFrame *reader)
{
  guint waiting;

  if (self->wanted_from > COSMIC_HUB_WINDOW)
    {
      g_array_remove_range (self->wanted, 0, self->wanted_from);
      self->wanted_from = 0;
    }
  if (!read_ids (self, reader, FALSE, self->wanted))
    return FALSE;
  waiting = self->wanted->len - self->wanted_from + self->large->len + self->none->len;
  if (waiting > COSMIC_HUB_WINDOW)
    return cosmic_hub_session_fail (self, COSMIC_HUB_FLOOD);
  return is_end (self, reader);
}

static gboolean
hear_erase (CosmicHubSession *self, CosmicSessionFrame *reader)
{
  if (!self->is_hub)
    return malformed (self);
  if (self->erasing || self->erased->len > 0)
    return cosmic_hub_session_fail (self, COSMIC_HUB_FLOOD);
  if (!read_ids (self, reader, TRUE, self->erased))
    return FALSE;
  if (reader->left != COSMIC_HUB_SIGNATURE_SIZE)
    return malformed (self);
  switch (self->node.table->erase (self->node.self, self->erased, reader->data))
    {
    case COSMIC_HUB_TAKE_NEW:
    case COSMIC_HUB_TAKE_KNOWN:
      self->erasing = TRUE;
      return TRUE;
    case COSMIC_HUB_TAKE_BAD:
      return cosmic_hub_session_fail (self, COSMIC_HUB_INVALID);
    case COSMIC_HUB_TAKE_FULL:
    case COSMIC_HUB_TAKE_GONE:
    case COSMIC_HUB_TAKE_FAILED:
    default:
      return cosmic_hub_session_fail (self, COSMIC_HUB_FAILED);
    }
}

/* --- What the hub answers. -------------------------------------------------------------------- */

static gboolean
hear_told (CosmicHubSession *self, guint8 type, CosmicSessionFrame *reader)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  void (*told) (gpointer, const GArray *) = type == HUB_STORED    ? self->events->stored
                                            : type == HUB_REFUSED ? self->events->refused
                                                                  : self->events->gone;

  if (self->is_hub)
    return malformed (self);
  if (!read_ids (self, reader, FALSE, ids) || !is_end (self, reader))
    return FALSE;
  if (type == HUB_GONE)
    {
      if (!self->erasing || ids->len != self->erased->len
          || memcmp (ids->data, self->erased->data, ids->len * sizeof (CosmicId)) != 0)
        return malformed (self);
      self->erasing = FALSE;
      g_array_set_size (self->erased, 0);
    }
  if (told != NULL)
    told (self->data, ids);
  return TRUE;
}

static gboolean
hear_bye (CosmicHubSession *self, CosmicSessionFrame *reader)
{
  guint8 reason;

  if (!cosmic_session_read_byte (reader, &reason) || reason == COSMIC_HUB_OPEN
      || reason >= COSMIC_HUB_N_ENDS || reader->left > 0)
    return malformed (self);
  cosmic_hub_session_end (self, (CosmicHubEnd) reason, TRUE);
  return FALSE;
}

gboolean
cosmic_hub_session_hear (CosmicHubSession *self, guint8 type, CosmicSessionFrame *reader)
{
  if (type == HUB_BYE)
    return hear_bye (self, reader);
  if (self->greeted == (type == HUB_HELLO)
      || (!self->is_hub && type != HUB_HELLO && !self->roomed && type != HUB_ROOM))
    return malformed (self);
  switch (type)
    {
    case HUB_HELLO:
      return hear_hello (self, reader);
    case HUB_ROOM:
      return hear_room (self, reader);
    case HUB_COMPARE:
      return hear_compare (self, reader);
    case HUB_WANT:
      return hear_want (self, reader);
    case HUB_NONE:
      return hear_none (self, reader);
    case HUB_ITEMS:
      return hear_items (self, reader);
    case HUB_PIECE:
      return hear_piece (self, reader);
    case HUB_OFFER:
      return hear_offer (self, reader);
    case HUB_STORED:
    case HUB_REFUSED:
    case HUB_GONE:
      return hear_told (self, type, reader);
    case HUB_ERASE:
      return hear_erase (self, reader);
    case HUB_EVEN:
      return hear_even (self, reader);
    case HUB_AGAIN:
      if (self->is_hub)
        return malformed (self);
      cosmic_hub_session_again (self);
      return is_end (self, reader);
    default:
      return cosmic_hub_session_fail (self, COSMIC_HUB_UNKNOWN);
    }
}
