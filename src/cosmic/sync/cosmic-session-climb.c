/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-session-private.h"

/* The way up to the peer's height. Records are asked for some way ahead; what they cover and is
 * lacking here is asked for in their order; each is taken once all of that came. */

static void
pending_free (gpointer data)
{
  CosmicSessionPending *pending = data;

  cosmic_session_record_clear (&pending->record);
  g_free (pending);
}

void
cosmic_session_drop_pending (CosmicSession *self)
{
  g_queue_clear_full (&self->pending, pending_free);
}

static void
drop_first (CosmicSession *self)
{
  pending_free (g_queue_pop_head (&self->pending));
}

/* --- Forks. ----------------------------------------------------------------------------------- */

/* This side's record at the height of the fork. */
static void
give_fork (CosmicSession *self)
{
  const CosmicJob job = { .kind = COSMIC_JOB_RECORD, .class = COSMIC_SESSION_AUTHORITY,
                          .height = self->fork_height };

  if (self->fork_given)
    return;
  self->fork_given = TRUE;
  cosmic_session_jobs_add (self->jobs, &job);
}

gboolean
cosmic_session_check_chain (CosmicSession *self)
{
  GByteArray *frame;
  CosmicId own;

  if (self->fork_seen || self->peer_height == 0
      || !self->node.table->checkpoint_at (self->node.self, self->peer_height, &own)
      || cosmic_id_same (&own, &self->peer_checkpoint))
    return TRUE;
  self->fork_seen = TRUE;
  self->fork_height = self->peer_height;
  frame = cosmic_session_frame (MESSAGE_FORK);
  cosmic_session_put_number (frame, self->fork_height);
  cosmic_session_say (self, frame);
  give_fork (self);
  return TRUE;
}

gboolean
cosmic_session_take_fork (CosmicSession *self, guint64 height)
{
  if (height == 0 || height > self->told || (self->fork_seen && height != self->fork_height))
    return cosmic_session_fail (self, COSMIC_SESSION_BROKEN);
  self->fork_seen = TRUE;
  self->fork_height = height;
  give_fork (self);
  return TRUE;
}

static void
tell_fork (CosmicSession *self, const CosmicSessionRecord *theirs)
{
  CosmicSessionRecord ours = { 0 };
  CosmicId own;
  guint64 height = MIN (theirs->height, self->node.table->height (self->node.self, &own));

  if (self->events->forked == NULL)
    return;
  if (height > 0)
    self->node.table->find_record (self->node.self, height, &ours);
  self->events->forked (self->data, &ours, theirs);
  cosmic_session_record_clear (&ours);
}

/* The other's record at the height of the fork: it must be what it is said to be. */
static gboolean
prove_fork (CosmicSession *self, const CosmicSessionRecord *record)
{
  CosmicTake take = self->node.table->take_record (self->node.self, record);

  if (take == COSMIC_TAKE_FAILED)
    return cosmic_session_fail (self, COSMIC_SESSION_FAILED);
  if (take != COSMIC_TAKE_FORK)
    return cosmic_session_fail (self, take == COSMIC_TAKE_BAD ? COSMIC_SESSION_INVALID
                                                              : COSMIC_SESSION_BROKEN);
  if (!self->fork_proved)
    tell_fork (self, record);
  self->fork_proved = TRUE;
  return TRUE;
}

/* --- Records. --------------------------------------------------------------------------------- */

/* Takes what RECORD holds. */
gboolean
cosmic_session_take_record (CosmicSession *self, CosmicSessionRecord *record)
{
  CosmicSessionPending *pending;

  if (self->fork_seen && record->height == self->fork_height)
    return prove_fork (self, record);
  if (self->fork_seen)
    return TRUE; /* asked for before that was known */
  if (self->records_asked == 0 || record->height != self->records_due
      || self->records_size >= COSMIC_SESSION_AHEAD)
    return cosmic_session_fail (self, COSMIC_SESSION_BROKEN);
  self->records_due++;
  self->records_size += g_bytes_get_size (record->checkpoint)
                        + g_bytes_get_size (record->certificate);
  pending = g_new0 (CosmicSessionPending, 1);
  pending->record = *record;
  *record = (CosmicSessionRecord){ 0 };
  g_queue_push_tail (&self->pending, pending);
  return TRUE;
}

/* FALSE: the session ended, or what comes next cannot be read yet. */
static gboolean
read_record (CosmicSession *self, CosmicSessionPending *pending)
{
  g_autoptr (GArray) missing = g_array_new (FALSE, FALSE, sizeof (CosmicId));

  switch (self->node.table->open_record (self->node.self, &pending->record, missing))
    {
    case COSMIC_TAKE_NEW:
      break;
    case COSMIC_TAKE_LATER:
      return FALSE;
    case COSMIC_TAKE_FAILED:
      return cosmic_session_fail (self, COSMIC_SESSION_FAILED);
    case COSMIC_TAKE_KNOWN:
    case COSMIC_TAKE_KEY:
    case COSMIC_TAKE_BAD:
    case COSMIC_TAKE_FORK:
    case COSMIC_TAKE_DIVERGED:
    case COSMIC_TAKE_UPDATE:
    default:
      return cosmic_session_fail (self, COSMIC_SESSION_INVALID);
    }
  pending->read = TRUE;
  pending->left = missing->len;
  for (guint i = 0; i < missing->len; i++)
    cosmic_session_need (self, &g_array_index (missing, CosmicId, i), COSMIC_SESSION_ALL_PARTS,
                         pending->record.height);
  return TRUE;
}

/* FALSE: the session ended, or it has to wait. */
static gboolean
take_first (CosmicSession *self, CosmicSessionPending *first)
{
  switch (self->node.table->take_record (self->node.self, &first->record))
    {
    case COSMIC_TAKE_NEW:
      self->steps++;
      drop_first (self);
      return TRUE;
    case COSMIC_TAKE_KNOWN:
      drop_first (self);
      return TRUE;
    case COSMIC_TAKE_LATER:
      self->stalled = TRUE;
      return FALSE;
    case COSMIC_TAKE_FORK:
      tell_fork (self, &first->record);
      return cosmic_session_fail (self, COSMIC_SESSION_FORK);
    case COSMIC_TAKE_DIVERGED:
      return cosmic_session_fail (self, COSMIC_SESSION_DIVERGED);
    case COSMIC_TAKE_UPDATE:
      return cosmic_session_fail (self, COSMIC_SESSION_UPDATE);
    case COSMIC_TAKE_FAILED:
      return cosmic_session_fail (self, COSMIC_SESSION_FAILED);
    case COSMIC_TAKE_KEY:
    case COSMIC_TAKE_BAD:
    default:
      return cosmic_session_fail (self, COSMIC_SESSION_INVALID);
    }
}

/* Takes whatever is complete. */
static void
take_complete (CosmicSession *self)
{
  CosmicSessionPending *first;
  CosmicId own;

  while ((first = g_queue_peek_head (&self->pending)) != NULL)
    {
      guint64 height = self->node.table->height (self->node.self, &own);

      if (first->record.height <= height)
        {
          drop_first (self); /* it came by another way */
          continue;
        }
      for (GList *link = self->pending.head; link != NULL; link = link->next)
        if (!((CosmicSessionPending *) link->data)->read && !read_record (self, link->data))
          break;
      if (self->end != COSMIC_SESSION_OPEN || (first->read && first->left > 0))
        return;
      if (!first->read)
        {
          self->stalled = TRUE;
          return;
        }
      if (!take_first (self, first))
        return;
    }
}

static gsize
pending_size (const CosmicSession *self)
{
  gsize size = 0;

  for (const GList *link = self->pending.head; link != NULL; link = link->next)
    size += g_bytes_get_size (((const CosmicSessionPending *) link->data)->record.checkpoint);
  return size;
}

static void
ask_ahead (CosmicSession *self, guint64 height)
{
  const CosmicSessionPending *last = g_queue_peek_tail (&self->pending);
  guint64 next = (last != NULL ? last->record.height : height) + 1;
  GByteArray *frame;

  if (self->records_asked > 0 || next > self->peer_height
      || cosmic_session_n_needs (self) > COSMIC_SESSION_WINDOW
      || pending_size (self) > COSMIC_SESSION_AHEAD)
    return;
  self->records_asked = next;
  self->records_due = next;
  self->records_size = 0;
  frame = cosmic_session_frame (MESSAGE_RECORDS);
  cosmic_session_put_number (frame, next);
  cosmic_session_say (self, frame);
}

/* A record that is not read, or not complete although everything was asked for, waits for a key. */
static void
say_waiting (CosmicSession *self)
{
  if (self->said_waiting)
    return;
  self->said_waiting = TRUE;
  cosmic_session_say (self, cosmic_session_frame (MESSAGE_WAITING));
}

/* A key came: what the pending records wait for is found out anew. */
void
cosmic_session_look_again (CosmicSession *self)
{
  self->stalled = FALSE;
  self->said_waiting = FALSE;
  cosmic_session_forget_covered (self);
  for (GList *link = self->pending.head; link != NULL; link = link->next)
    ((CosmicSessionPending *) link->data)->read = FALSE;
}

/* TRUE: there is nothing to climb, for now. */
gboolean
cosmic_session_climb (CosmicSession *self)
{
  CosmicId own;
  guint64 height;

  if (!self->stalled)
    take_complete (self);
  if (self->end != COSMIC_SESSION_OPEN)
    return FALSE;
  if (self->stalled)
    {
      say_waiting (self);
      return TRUE;
    }
  height = self->node.table->height (self->node.self, &own);
  ask_ahead (self, height);
  return self->pending.length == 0 && self->records_asked == 0;
}
