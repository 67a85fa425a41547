/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-session-private.h"

/* Rounds of reconciliation. The one who called begins them, one at a time: what is not covered
 * first, then shares. The ids of a round are those at its beginning on each side; whatever is new
 * from then on is sent unasked. Both find out what only the other has, ask for it, and say when all
 * of it is here. */

/* What a message holds besides a frame: type, set, first. */
#define COMPARE_HEAD 3
/* Ids that only the peer has, in one round: they are asked for while they come in, so that this
 * bounds no memory. */
#define THEIRS_MAX (G_GUINT64_CONSTANT (1) << 26)

static gboolean
malformed (CosmicSession *self)
{
  return cosmic_session_fail (self, COSMIC_SESSION_BROKEN);
}

void
cosmic_session_drop_round (CosmicSession *self)
{
  self->comparing = FALSE;
  g_clear_pointer (&self->held_reply, g_bytes_unref);
  g_clear_pointer (&self->reconcile, cosmic_reconcile_free);
  g_clear_pointer (&self->snapshot, cosmic_item_set_free);
  g_clear_pointer (&self->memory, cosmic_item_memory_free);
}

void
cosmic_session_again (CosmicSession *self)
{
  self->round_whole = FALSE;
  if (self->round_wanted[SET_OPEN])
    return;
  self->round_wanted[SET_OPEN] = TRUE;
  self->round_wanted[SET_SHARES] = TRUE;
  if (!self->setting.caller && self->greeted)
    cosmic_session_say (self, cosmic_session_frame (MESSAGE_AGAIN));
}

void
cosmic_session_push (CosmicSession *self, const CosmicId *id, gboolean share)
{
  CosmicJob job = { .kind = share ? COSMIC_JOB_SHARE : COSMIC_JOB_OPERATION,
                    .class = COSMIC_SESSION_AUTHORITY,
                    .parts = COSMIC_SESSION_ALL_PARTS, .id = *id };

  if (cosmic_session_jobs_count (self->jobs, FALSE) >= COSMIC_SESSION_QUEUE_MAX)
    {
      cosmic_session_again (self);
      return;
    }
  if (!share)
    job.class = self->node.table->rank (self->node.self, id, &job.order);
  cosmic_session_jobs_add (self->jobs, &job);
}

/* --- Frames. ---------------------------------------------------------------------------------- */

static void
say_compare (CosmicSession *self, gboolean first, GBytes *frame)
{
  GByteArray *message = cosmic_session_frame (MESSAGE_COMPARE);
  gsize size;
  gconstpointer data = g_bytes_get_data (frame, &size);

  cosmic_session_put_byte (message, (guint8) self->round_set);
  cosmic_session_put_byte (message, first != FALSE);
  g_byte_array_append (message, data, (guint) size);
  cosmic_session_say (self, message);
}

/* FALSE: this side keeps no such set, or its store failed. */
static gboolean
begin_round (CosmicSession *self, guint set)
{
  cosmic_session_drop_round (self);
  self->round_set = set;
  self->round_whole = TRUE;
  self->round_wanted[set] = FALSE;
  self->comparing = TRUE;
  self->said_compared = FALSE;
  self->heard_compared = FALSE;
  self->memory = cosmic_item_memory_new ();
  self->snapshot = cosmic_item_set_new (cosmic_item_memory_nodes (self->memory));
  self->snapshot_taken = self->snapshot_taken || set == SET_OPEN;
  if (!(set == SET_OPEN ? self->node.table->add_open (self->node.self, self->snapshot)
                        : self->node.table->add_shares (self->node.self, self->snapshot)))
    return FALSE;
  self->reconcile
      = cosmic_reconcile_new (self->snapshot, self->setting.caller,
                              COSMIC_SESSION_MESSAGE_MAX - COMPARE_HEAD, THEIRS_MAX,
                              self->setting.random);
  return TRUE;
}

static void
need_theirs (CosmicSession *self)
{
  const GArray *theirs = cosmic_reconcile_only_theirs (self->reconcile);
  gboolean share = self->round_set == SET_SHARES;

  for (guint i = 0; i < theirs->len; i++)
    {
      const CosmicId *id = &g_array_index (theirs, CosmicItem, i).id;

      if (!share && g_hash_table_contains (self->unread, id))
        continue;
      cosmic_session_need (self, id, share ? PART_SHARE : COSMIC_SESSION_ALL_PARTS, 0);
    }
}

/* An answer waits while more is to be asked for than is kept in mind. */
static void
say_reply (CosmicSession *self)
{
  g_autoptr (GBytes) reply = NULL;

  if (self->held_reply == NULL || self->open_needs > COSMIC_SESSION_QUEUE_MAX / 2)
    return;
  reply = g_steal_pointer (&self->held_reply);
  say_compare (self, FALSE, reply);
}

static gboolean
take_frame (CosmicSession *self, CosmicSessionFrame *reader)
{
  if (!cosmic_reconcile_take (self->reconcile, reader->data, reader->left, &self->held_reply, NULL))
    return cosmic_session_fail (self, COSMIC_SESSION_FAILED);
  if (cosmic_reconcile_state (self->reconcile) == COSMIC_RECONCILE_REFUSED)
    return malformed (self);
  need_theirs (self);
  return TRUE;
}

static void
say_compared (CosmicSession *self)
{
  GByteArray *frame = cosmic_session_frame (MESSAGE_COMPARED);
  gboolean all = self->reconcile != NULL && self->round_whole
                 && g_hash_table_size (self->unread) == 0;

  cosmic_session_put_byte (frame, (guint8) self->round_set);
  cosmic_session_put_byte (frame, all);
  cosmic_session_say (self, frame);
  self->said_compared = TRUE;
}

gboolean
cosmic_session_compare (CosmicSession *self, CosmicSessionFrame *reader)
{
  guint8 set, first;

  if (!cosmic_session_read_byte (reader, &set) || set >= N_SETS
      || !cosmic_session_read_byte (reader, &first) || first > 1)
    return malformed (self);
  /* One round at a time, which the one who called begins. */
  if (first == 1 ? self->setting.caller || self->comparing
                 : !self->comparing || self->reconcile == NULL || self->held_reply != NULL
                       || set != self->round_set)
    return malformed (self);
  if (first == 1 && ++self->rounds > COSMIC_SESSION_ROUNDS_MAX)
    return cosmic_session_fail (self, COSMIC_SESSION_FLOOD);
  if (first == 1 && !begin_round (self, set))
    {
      say_compared (self);
      return TRUE;
    }
  return take_frame (self, reader);
}

/* --- The end of a round. ---------------------------------------------------------------------- */

#define READ_AT_ONCE 256

/* The peer has all that was not covered here. */
static gboolean
tell_delivered (CosmicSession *self)
{
  g_autofree CosmicItem *items = g_new (CosmicItem, READ_AT_ONCE);
  guint got;

  if (self->events->delivered == NULL)
    return TRUE;
  for (guint64 at = 0;; at += got)
    {
      if (!cosmic_item_set_read (self->snapshot, at, items, READ_AT_ONCE, &got, NULL))
        return cosmic_session_fail (self, COSMIC_SESSION_FAILED);
      for (guint i = 0; i < got; i++)
        self->events->delivered (self->data, &items[i].id);
      if (got < READ_AT_ONCE)
        return TRUE;
    }
}

static void
end_round (CosmicSession *self)
{
  self->reconciled = self->reconciled || self->round_set == SET_OPEN;
  cosmic_session_drop_round (self);
}

gboolean
cosmic_session_compared (CosmicSession *self, guint set, gboolean all)
{
  if (!self->comparing || set != self->round_set || self->heard_compared)
    return malformed (self);
  self->heard_compared = TRUE;
  if (all && set == SET_OPEN && !tell_delivered (self))
    return FALSE;
  return TRUE;
}

/* Whether all that only the peer had is here, and on the disk. */
static gboolean
is_settled (const CosmicSession *self)
{
  gboolean found = self->reconcile == NULL
                   || cosmic_reconcile_state (self->reconcile) == COSMIC_RECONCILE_DONE
                   || self->heard_compared; /* the peer goes on no more */

  return found && self->held_reply == NULL && cosmic_session_needs_nothing (self)
         && self->taken->len == 0;
}

static void
lead (CosmicSession *self)
{
  for (guint set = 0; set < N_SETS && !self->comparing; set++)
    {
      g_autoptr (GBytes) frame = NULL;

      if (!self->round_wanted[set] || !cosmic_session_needs_nothing (self)
          || (set == SET_SHARES && !self->reconciled))
        continue;
      if (!begin_round (self, set))
        cosmic_session_drop_round (self);
      else if ((frame = cosmic_reconcile_begin (self->reconcile, NULL)) == NULL)
        cosmic_session_fail (self, COSMIC_SESSION_FAILED);
      else
        say_compare (self, TRUE, frame);
    }
}

/* Parts that are lacking of what is known, each asked of this peer once. */
static void
ask_parts (CosmicSession *self)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (CosmicId));

  self->asked_parts = TRUE;
  self->node.table->incomplete (self->node.self, COSMIC_SESSION_QUEUE_MAX, ids);
  for (guint i = 0; i < ids->len; i++)
    {
      const CosmicId *id = &g_array_index (ids, CosmicId, i);

      if (g_hash_table_size (self->parts_asked) < COSMIC_SESSION_QUEUE_MAX
          && g_hash_table_add (self->parts_asked, cosmic_id_copy (id)))
        cosmic_session_need (self, id, COSMIC_SESSION_BODY | COSMIC_SESSION_PERSONAL, 0);
    }
}

/* LEVEL: there is nothing to climb. */
void
cosmic_session_round (CosmicSession *self, gboolean level)
{
  say_reply (self);
  if (self->comparing && !self->said_compared && is_settled (self))
    say_compared (self);
  if (self->comparing && self->said_compared && self->heard_compared)
    end_round (self);
  if (!level)
    return;
  if (self->setting.caller
      && (self->peer_waiting || self->stalled || self->told == self->peer_height))
    lead (self);
  if (self->reconciled && !self->asked_parts && cosmic_session_needs_nothing (self))
    ask_parts (self);
}
