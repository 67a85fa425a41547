/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-session-private.h"

void
cosmic_session_parts_clear (CosmicSessionParts *self)
{
  g_clear_pointer (&self->header, g_bytes_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->personal, g_bytes_unref);
}

void
cosmic_session_record_clear (CosmicSessionRecord *self)
{
  g_clear_pointer (&self->checkpoint, g_bytes_unref);
  g_clear_pointer (&self->certificate, g_bytes_unref);
}

/* --- Saying. ---------------------------------------------------------------------------------- */

GByteArray *
cosmic_session_frame (guint8 type)
{
  GByteArray *frame = g_byte_array_new ();

  cosmic_session_put_byte (frame, type);
  return frame;
}

void
cosmic_session_say (CosmicSession *self, GByteArray *frame)
{
  g_queue_push_tail (&self->control, g_byte_array_free_to_bytes (frame));
}

static void
say_hello (CosmicSession *self)
{
  GByteArray *frame = cosmic_session_frame (MESSAGE_HELLO);
  CosmicId checkpoint;

  self->told = self->node.table->height (self->node.self, &checkpoint);
  cosmic_session_put_byte (frame, COSMIC_SESSION_VERSION);
  cosmic_session_put_byte (frame, self->setting.caller != FALSE);
  cosmic_session_put_number (frame, self->told);
  cosmic_session_put_id (frame, &checkpoint);
  cosmic_session_put_id (frame, &self->setting.seal);
  cosmic_session_say (self, frame);
}

void
cosmic_session_told_height (CosmicSession *self)
{
  CosmicId checkpoint;
  guint64 height = self->node.table->height (self->node.self, &checkpoint);
  GByteArray *frame;

  if (height <= self->told)
    return;
  self->told = height;
  cosmic_session_new_height (self);
  frame = cosmic_session_frame (MESSAGE_HEIGHT);
  cosmic_session_put_number (frame, height);
  cosmic_session_put_id (frame, &checkpoint);
  cosmic_session_say (self, frame);
}

/* --- Beginning and end. ----------------------------------------------------------------------- */

CosmicSession *
cosmic_session_new (CosmicSessionNode node, const CosmicSessionSetting *setting,
                    const CosmicSessionEvents *events, gpointer data)
{
  CosmicSession *self = g_new0 (CosmicSession, 1);

  self->node = node;
  self->setting = *setting;
  self->events = events;
  self->data = data;
  g_queue_init (&self->control);
  g_queue_init (&self->pending);
  self->have = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  self->none = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  self->jobs = cosmic_session_jobs_new ();
  self->needs = g_array_new (FALSE, FALSE, sizeof (CosmicSessionNeed));
  self->deferred = g_array_new (FALSE, FALSE, sizeof (CosmicSessionNeed));
  self->asked = g_hash_table_new_full (cosmic_id_hash, cosmic_id_equal, NULL, g_free);
  self->taken = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  self->from_peer = g_hash_table_new_full (cosmic_id_hash, cosmic_id_equal, g_free, NULL);
  self->unread = g_hash_table_new_full (cosmic_id_hash, cosmic_id_equal, g_free, NULL);
  self->parts_asked = g_hash_table_new_full (cosmic_id_hash, cosmic_id_equal, g_free, NULL);
  self->round_wanted[SET_OPEN] = TRUE;
  self->round_wanted[SET_SHARES] = TRUE;
  self->offered = g_hash_table_new_full (cosmic_id_hash, cosmic_id_equal, g_free, NULL);
  self->offer_wanted = TRUE;
  say_hello (self);
  return self;
}

/* Lets go of all that is held for the peer. */
static void
drop (CosmicSession *self)
{
  g_queue_clear_full (&self->control, (GDestroyNotify) g_bytes_unref);
  g_array_set_size (self->have, 0);
  g_array_set_size (self->none, 0);
  g_array_set_size (self->taken, 0);
  g_clear_pointer (&self->jobs, cosmic_session_jobs_free);
  self->jobs = cosmic_session_jobs_new ();
  g_clear_pointer (&self->left_over, g_bytes_unref);
  g_clear_pointer (&self->big, g_bytes_unref);
  self->records_next = 0;
  cosmic_session_drop_needs (self);
  cosmic_session_drop_pending (self);
  g_clear_pointer (&self->piece, g_byte_array_unref);
  g_hash_table_remove_all (self->from_peer);
  g_hash_table_remove_all (self->unread);
  g_hash_table_remove_all (self->parts_asked);
  g_hash_table_remove_all (self->offered);
  cosmic_session_drop_round (self);
}

void
cosmic_session_free (CosmicSession *self)
{
  if (self == NULL)
    return;
  drop (self);
  g_array_unref (self->have);
  g_array_unref (self->none);
  cosmic_session_jobs_free (self->jobs);
  g_array_unref (self->needs);
  g_array_unref (self->deferred);
  g_hash_table_unref (self->asked);
  g_array_unref (self->taken);
  g_hash_table_unref (self->from_peer);
  g_hash_table_unref (self->unread);
  g_hash_table_unref (self->parts_asked);
  g_hash_table_unref (self->offered);
  g_free (self);
}

void
cosmic_session_end (CosmicSession *self, CosmicSessionEnd reason, gboolean by_peer)
{
  if (self->end != COSMIC_SESSION_OPEN)
    return;
  self->end = reason;
  self->bye_sent = by_peer;
  if (reason != COSMIC_SESSION_FAILED && !self->node.table->commit (self->node.self))
    self->end = COSMIC_SESSION_FAILED;
  drop (self);
  if (self->events->ended != NULL)
    self->events->ended (self->data, self->end, by_peer);
}

gboolean
cosmic_session_fail (CosmicSession *self, CosmicSessionEnd reason)
{
  cosmic_session_end (self, reason, FALSE);
  return FALSE;
}

void
cosmic_session_close (CosmicSession *self)
{
  cosmic_session_fail (self, COSMIC_SESSION_CLOSED);
}

/* --- Coming in. ------------------------------------------------------------------------------- */

static gboolean
is_well (CosmicSession *self)
{
  return self->end == COSMIC_SESSION_OPEN
         && (self->node.table->is_good (self->node.self)
             || cosmic_session_fail (self, COSMIC_SESSION_FAILED));
}

gboolean
cosmic_session_receive (CosmicSession *self, GBytes *message)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (message, &size);
  CosmicSessionFrame reader = { data, size };
  guint8 type;

  if (!is_well (self))
    return FALSE;
  if (size > COSMIC_SESSION_MESSAGE_MAX || !cosmic_session_read_byte (&reader, &type))
    return cosmic_session_fail (self, COSMIC_SESSION_BROKEN);
  if (!cosmic_session_hear (self, type, &reader) || !is_well (self))
    return FALSE;
  if (self->steps >= COSMIC_SESSION_STEP && !cosmic_session_settle (self))
    return FALSE;
  cosmic_session_go_on (self);
  return is_well (self);
}

gboolean
cosmic_session_idle (CosmicSession *self)
{
  if (!is_well (self) || !cosmic_session_settle (self))
    return FALSE;
  cosmic_session_go_on (self);
  return is_well (self);
}

/* --- What to do next. ------------------------------------------------------------------------- */

static void
judge_caught_up (CosmicSession *self)
{
  gboolean now = self->reconciled && self->told == self->peer_height
                 && self->pending.length == 0 && self->records_asked == 0
                 && cosmic_session_needs_nothing (self) && self->taken->len == 0;

  if (now == self->caught_up)
    return;
  self->caught_up = now;
  if (self->events->caught_up != NULL)
    self->events->caught_up (self->data, now);
}

void
cosmic_session_go_on (CosmicSession *self)
{
  if (!self->greeted || self->end != COSMIC_SESSION_OPEN)
    return;
  self->shares_ready = self->shares_ready
                       || (self->shares_listed && cosmic_session_needs_nothing (self));
  if (!self->fork_seen && self->shares_ready)
    {
      gboolean level = cosmic_session_climb (self);

      if (self->end == COSMIC_SESSION_OPEN)
        cosmic_session_round (self, level);
      if (self->end == COSMIC_SESSION_OPEN)
        cosmic_session_offer (self);
    }
  if (self->end != COSMIC_SESSION_OPEN)
    return;
  judge_caught_up (self);
  if (self->told_done == self->done && self->told_total == self->total)
    return;
  self->told_done = self->done;
  self->told_total = self->total;
  if (self->events->progress != NULL)
    self->events->progress (self->data, self->done, self->total);
}

/* --- What goes out. --------------------------------------------------------------------------- */

/* The first of IDS, as many as go in a message. */
static GBytes *
make_list (guint8 type, GArray *ids)
{
  GByteArray *frame = cosmic_session_frame (type);
  guint count = MIN (ids->len, COSMIC_SESSION_LIST_MAX);
  g_autoptr (GArray) sorted = g_array_new (FALSE, FALSE, sizeof (CosmicId));

  g_array_append_vals (sorted, ids->data, count);
  g_array_remove_range (ids, 0, count);
  cosmic_ids_normalise (sorted);
  cosmic_session_put_number (frame, sorted->len);
  for (guint i = 0; i < sorted->len; i++)
    cosmic_session_put_id (frame, &g_array_index (sorted, CosmicId, i));
  return g_byte_array_free_to_bytes (frame);
}

static GBytes *
make_bye (CosmicSession *self)
{
  GByteArray *frame;

  if (self->bye_sent)
    return NULL;
  self->bye_sent = TRUE;
  frame = cosmic_session_frame (MESSAGE_BYE);
  cosmic_session_put_byte (frame, (guint8) self->end);
  return g_byte_array_free_to_bytes (frame);
}

static GBytes *
make_next (CosmicSession *self)
{
  GBytes *message = g_queue_pop_head (&self->control);

  if (message != NULL)
    return message;
  if (self->have->len > 0)
    return make_list (MESSAGE_HAVE, self->have);
  if (self->none->len >= COSMIC_SESSION_LIST_MAX)
    return make_list (MESSAGE_NONE, self->none);
  if ((message = cosmic_session_make_want (self)) != NULL)
    return message;
  message = cosmic_session_make_items (self);
  if (message == NULL && self->none->len > 0)
    message = make_list (MESSAGE_NONE, self->none);
  return message;
}

GBytes *
cosmic_session_next (CosmicSession *self)
{
  GBytes *message;

  if (!is_well (self))
    return make_bye (self);
  do
    message = make_next (self);
  while (message == NULL && self->end == COSMIC_SESSION_OPEN && cosmic_session_n_needs (self) > 0
         && g_hash_table_size (self->asked) == 0);
  if (!is_well (self))
    {
      g_clear_pointer (&message, g_bytes_unref);
      return make_bye (self);
    }
  if (message == NULL && self->fork_proved && self->fork_given)
    {
      cosmic_session_fail (self, COSMIC_SESSION_FORK);
      return make_bye (self);
    }
  return message;
}

/* --- News of this side. ----------------------------------------------------------------------- */

void
cosmic_session_operation (CosmicSession *self, const CosmicId *operation)
{
  if (self->end == COSMIC_SESSION_OPEN && self->snapshot_taken
      && !g_hash_table_remove (self->from_peer, operation))
    cosmic_session_push (self, operation, FALSE);
}

void
cosmic_session_share (CosmicSession *self, const CosmicId *share)
{
  if (self->end == COSMIC_SESSION_OPEN && self->greeted
      && !g_hash_table_remove (self->from_peer, share))
    cosmic_session_push (self, share, TRUE);
}

void
cosmic_session_checkpoint (CosmicSession *self)
{
  if (!is_well (self))
    return;
  cosmic_session_told_height (self);
  if (self->greeted && self->peer_height <= self->told && !cosmic_session_check_chain (self))
    return;
  cosmic_session_go_on (self);
}

void
cosmic_session_incomplete (CosmicSession *self)
{
  if (!is_well (self) || !self->reconciled)
    return;
  self->asked_parts = FALSE;
  cosmic_session_go_on (self);
}

void
cosmic_session_key (CosmicSession *self)
{
  gboolean waited = self->stalled || g_hash_table_size (self->unread) > 0;

  if (!is_well (self) || !waited)
    return;
  g_hash_table_remove_all (self->unread);
  if (self->stalled)
    cosmic_session_look_again (self);
  cosmic_session_again (self);
  cosmic_session_go_on (self);
}

/* --- What it is. ------------------------------------------------------------------------------ */

CosmicSessionEnd
cosmic_session_state (const CosmicSession *self)
{
  return self->end;
}

gboolean
cosmic_session_is_caught_up (const CosmicSession *self)
{
  return self->end == COSMIC_SESSION_OPEN && self->caught_up;
}

guint64
cosmic_session_peer_height (const CosmicSession *self)
{
  return self->peer_height;
}

static gsize
size_of_queue (const GQueue *messages)
{
  gsize size = 0;

  for (const GList *link = messages->head; link != NULL; link = link->next)
    size += g_bytes_get_size (link->data);
  return size;
}

/* A set keeps an id, a slot of the table and what malloc() adds. */
#define SET_ENTRY 80

gsize
cosmic_session_held (const CosmicSession *self)
{
  gsize size = size_of_queue (&self->control) + cosmic_session_jobs_size (self->jobs);

  size += (self->have->len + self->none->len + self->taken->len) * sizeof (CosmicId);
  size += self->left_over != NULL ? g_bytes_get_size (self->left_over) : 0;
  size += self->big != NULL ? g_bytes_get_size (self->big) : 0;
  size += self->piece != NULL ? self->piece->len : 0;
  size += (self->needs->len + self->deferred->len) * sizeof (CosmicSessionNeed);
  size += g_hash_table_size (self->asked) * (SET_ENTRY + sizeof (CosmicSessionNeed));
  size += (g_hash_table_size (self->from_peer) + g_hash_table_size (self->unread)
           + g_hash_table_size (self->parts_asked))
          * SET_ENTRY;
  size += self->held_reply != NULL ? g_bytes_get_size (self->held_reply) : 0;
  for (const GList *link = self->pending.head; link != NULL; link = link->next)
    {
      const CosmicSessionPending *pending = link->data;

      size += g_bytes_get_size (pending->record.checkpoint)
              + g_bytes_get_size (pending->record.certificate);
    }
  return size;
}
