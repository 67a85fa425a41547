/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-session-private.h"

/* What the peer says, message by message: read, held to the rules, and noted. */

static gboolean
broken (CosmicSession *self)
{
  return cosmic_session_fail (self, COSMIC_SESSION_BROKEN);
}

/* Shares for the peer's device, by name; it asks for those that it lacks. */
static void
say_shares (CosmicSession *self, const CosmicId *seal)
{
  g_autoptr (GArray) ids
      = cosmic_id_is_zero (seal)
            ? g_array_new (FALSE, FALSE, sizeof (CosmicId))
            : self->node.table->shares_for (self->node.self, seal, COSMIC_SESSION_QUEUE_MAX);
  guint from = 0;

  do
    {
      GByteArray *frame = cosmic_session_frame (MESSAGE_SHARES);
      guint to = MIN (ids->len, from + COSMIC_SESSION_LIST_MAX);

      cosmic_session_put_byte (frame, to < ids->len);
      cosmic_session_put_number (frame, to - from);
      for (; from < to; from++)
        cosmic_session_put_id (frame, &g_array_index (ids, CosmicId, from));
      cosmic_session_say (self, frame);
    }
  while (from < ids->len);
}

static gboolean
rise (CosmicSession *self, guint64 height, const CosmicId *checkpoint)
{
  if ((height == 0) != cosmic_id_is_zero (checkpoint))
    return broken (self);
  if (self->peer_waiting)
    self->round_wanted[SET_OPEN] = TRUE;
  self->peer_waiting = FALSE;
  self->peer_height = height;
  self->peer_checkpoint = *checkpoint;
  cosmic_session_new_height (self);
  if (self->events->peer_height != NULL)
    self->events->peer_height (self->data, height, checkpoint);
  return cosmic_session_check_chain (self);
}

static gboolean
take_hello (CosmicSession *self, CosmicSessionFrame *reader)
{
  guint8 version, role;
  guint64 height;
  CosmicId checkpoint, seal;

  if (!cosmic_session_read_byte (reader, &version))
    return broken (self);
  if (version != COSMIC_SESSION_VERSION)
    return cosmic_session_fail (self, COSMIC_SESSION_NEWER);
  if (!cosmic_session_read_byte (reader, &role) || role != !self->setting.caller
      || !cosmic_session_read_number (reader, G_MAXUINT64, &height)
      || !cosmic_session_read_id (reader, &checkpoint) || !cosmic_session_read_id (reader, &seal)
      || reader->left > 0)
    return broken (self);
  self->greeted = TRUE;
  say_shares (self, &seal);
  return rise (self, height, &checkpoint);
}

static gboolean
take_height (CosmicSession *self, CosmicSessionFrame *reader)
{
  guint64 height;
  CosmicId checkpoint;

  if (!cosmic_session_read_number (reader, G_MAXUINT64, &height)
      || !cosmic_session_read_id (reader, &checkpoint) || height <= self->peer_height
      || reader->left > 0)
    return broken (self);
  return rise (self, height, &checkpoint);
}

static gboolean
take_records (CosmicSession *self, CosmicSessionFrame *reader)
{
  guint64 height;

  if (!cosmic_session_read_number (reader, self->told, &height) || height == 0 || reader->left > 0
      || self->records_next > 0)
    return broken (self);
  self->records_next = height;
  self->records_left = COSMIC_SESSION_AHEAD;
  self->records_big = FALSE;
  return TRUE;
}

static gboolean
take_no_more (CosmicSession *self, CosmicSessionFrame *reader)
{
  guint64 height;

  if (!cosmic_session_read_number (reader, G_MAXUINT64, &height) || reader->left > 0
      || self->records_asked == 0 || height <= self->records_asked
      || height != self->records_due)
    return broken (self);
  self->records_asked = 0;
  return TRUE;
}

/* An id each, strictly ascending where SORTED; NULL when they are not. */
static GArray *
read_ids (CosmicSessionFrame *reader)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  guint64 count;
  CosmicId id, before = cosmic_id_zero;

  if (!cosmic_session_read_number (reader, COSMIC_SESSION_LIST_MAX, &count)
      || reader->left != count * COSMIC_ID_SIZE)
    return NULL;
  for (; count > 0; count--)
    {
      if (!cosmic_session_read_id (reader, &id)
          || (ids->len > 0 && cosmic_id_compare (&before, &id) >= 0))
        return NULL;
      g_array_append_val (ids, id);
      before = id;
    }
  return g_steal_pointer (&ids);
}

static gboolean
take_want (CosmicSession *self, CosmicSessionFrame *reader)
{
  guint8 order, parts = COSMIC_SESSION_ALL_PARTS;
  guint64 count;

  if (!cosmic_session_read_byte (reader, &order) || order > WANT_WITNESS
      || !cosmic_session_read_number (reader, COSMIC_SESSION_LIST_MAX, &count) || count == 0
      || reader->left != count * (COSMIC_ID_SIZE + (order < WANT_SHARES)))
    return broken (self);
  if (cosmic_session_jobs_count (self->jobs, TRUE) + self->none->len + count
      > 2 * COSMIC_SESSION_WINDOW) /* some of them may have come to the peer meanwhile */
    return cosmic_session_fail (self, COSMIC_SESSION_FLOOD);
  for (; count > 0; count--)
    {
      CosmicJob job = { .kind = order == WANT_SHARES    ? COSMIC_JOB_SHARE
                                : order == WANT_WITNESS ? COSMIC_JOB_WITNESS
                                                        : COSMIC_JOB_OPERATION,
                        .class = order < WANT_SHARES ? COSMIC_SESSION_REST
                                                     : COSMIC_SESSION_AUTHORITY,
                        .order = self->wanted++, .asked = TRUE };

      if (!cosmic_session_read_id (reader, &job.id)
          || (order < WANT_SHARES
              && (!cosmic_session_read_byte (reader, &parts) || parts == 0
                  || parts > COSMIC_SESSION_ALL_PARTS)))
        return broken (self);
      job.parts = parts;
      if (order == WANT_BY_URGENCY)
        job.class = self->node.table->rank (self->node.self, &job.id, &job.order);
      cosmic_session_jobs_add (self->jobs, &job);
    }
  return TRUE;
}

static gboolean
take_none (CosmicSession *self, CosmicSessionFrame *reader)
{
  g_autoptr (GArray) ids = read_ids (reader);

  if (ids == NULL)
    return broken (self);
  for (guint i = 0; i < ids->len; i++)
    {
      guint64 height;

      if (cosmic_session_answered (self, &g_array_index (ids, CosmicId, i), &height) && height > 0)
        return cosmic_session_fail (self, COSMIC_SESSION_GAP);
    }
  return TRUE;
}

static gboolean
take_have (CosmicSession *self, CosmicSessionFrame *reader)
{
  g_autoptr (GArray) ids = read_ids (reader);

  if (ids == NULL)
    return broken (self);
  for (guint i = 0; i < ids->len; i++)
    if (self->events->delivered != NULL)
      self->events->delivered (self->data, &g_array_index (ids, CosmicId, i));
  return TRUE;
}

static gboolean
take_offer (CosmicSession *self, CosmicSessionFrame *reader)
{
  g_autoptr (GArray) ids = NULL;
  guint64 height;

  if (!cosmic_session_read_number (reader, G_MAXUINT64, &height)
      || (ids = read_ids (reader)) == NULL || ids->len == 0)
    return broken (self);
  return cosmic_session_take_offer (self, height, ids);
}

static gboolean
take_share_list (CosmicSession *self, CosmicSessionFrame *reader)
{
  g_autoptr (GArray) ids = NULL;
  guint8 more;

  if (self->shares_listed || !cosmic_session_read_byte (reader, &more) || more > 1
      || (ids = read_ids (reader)) == NULL || (more == 1 && ids->len == 0))
    return broken (self);
  if (ids->len > 0 && cosmic_id_is_zero (&self->setting.seal))
    return broken (self);
  for (guint i = 0; i < ids->len; i++)
    {
      const CosmicId *id = &g_array_index (ids, CosmicId, i);

      if (!self->node.table->has_share (self->node.self, id))
        cosmic_session_need (self, id, PART_SHARE, 0);
    }
  self->shares_listed = more == 0;
  return TRUE;
}

static gboolean
take_number (CosmicSession *self, CosmicSessionFrame *reader, guint64 limit, guint64 *value)
{
  return (cosmic_session_read_number (reader, limit, value) && reader->left == 0) || broken (self);
}

static gboolean
take_compared (CosmicSession *self, CosmicSessionFrame *reader)
{
  guint8 set, all;

  if (!cosmic_session_read_byte (reader, &set) || set >= N_SETS
      || !cosmic_session_read_byte (reader, &all) || all > 1 || reader->left > 0)
    return broken (self);
  return cosmic_session_compared (self, set, all);
}

static gboolean
take_bye (CosmicSession *self, CosmicSessionFrame *reader)
{
  guint8 reason;

  if (!cosmic_session_read_byte (reader, &reason) || reader->left > 0 || reason == 0
      || reason >= COSMIC_SESSION_N_ENDS)
    return broken (self);
  cosmic_session_end (self, (CosmicSessionEnd) reason, TRUE);
  return FALSE;
}

static gboolean
take_again (CosmicSession *self, CosmicSessionFrame *reader)
{
  if (reader->left > 0 || !self->setting.caller || ++self->rounds > COSMIC_SESSION_ROUNDS_MAX)
    return broken (self);
  self->round_wanted[SET_OPEN] = TRUE;
  self->round_wanted[SET_SHARES] = TRUE;
  return TRUE;
}

gboolean
cosmic_session_hear (CosmicSession *self, guint8 type, CosmicSessionFrame *reader)
{
  guint64 number;

  if (self->greeted != (type != MESSAGE_HELLO) && type != MESSAGE_BYE)
    return broken (self);
  switch (type)
    {
    case MESSAGE_HELLO:
      return take_hello (self, reader);
    case MESSAGE_HEIGHT:
      return take_height (self, reader);
    case MESSAGE_RECORDS:
      return take_records (self, reader);
    case MESSAGE_NO_MORE:
      return take_no_more (self, reader);
    case MESSAGE_WANT:
      return take_want (self, reader);
    case MESSAGE_NONE:
      return take_none (self, reader);
    case MESSAGE_ITEMS:
      return cosmic_session_take_items (self, reader);
    case MESSAGE_PIECE:
      return cosmic_session_take_piece (self, reader);
    case MESSAGE_COMPARE:
      return cosmic_session_compare (self, reader);
    case MESSAGE_COMPARED:
      return take_compared (self, reader);
    case MESSAGE_HAVE:
      return take_have (self, reader);
    case MESSAGE_SHARES:
      return take_share_list (self, reader);
    case MESSAGE_FORK:
      return take_number (self, reader, G_MAXUINT64, &number)
             && cosmic_session_take_fork (self, number);
    case MESSAGE_AGAIN:
      return take_again (self, reader);
    case MESSAGE_WAITING:
      self->peer_waiting = TRUE;
      return reader->left == 0 || broken (self);
    case MESSAGE_BYE:
      return take_bye (self, reader);
    case MESSAGE_OFFER:
      return take_offer (self, reader);
    default:
      return cosmic_session_fail (self, COSMIC_SESSION_UNKNOWN);
    }
}
