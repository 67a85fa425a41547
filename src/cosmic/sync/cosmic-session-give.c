/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-session-private.h"

/* Items that go out. Their bytes are made when the channel asks for the next message, the most
 * urgent first; what is large goes in pieces, when nothing else is there to go. */

#define PIECE_HEAD 16 /* type, size and place take no more */

static GBytes *
operation_item (CosmicSession *self, const CosmicJob *job)
{
  g_auto (CosmicSessionParts) found = { 0 };
  GBytes *parts[3];
  GByteArray *item;
  guint8 there = 0;

  self->node.table->find_parts (self->node.self, &job->id, job->parts, &found);
  parts[0] = found.header;
  parts[1] = found.body;
  parts[2] = found.personal;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    there |= parts[i] != NULL ? 1U << i : 0;
  if (there == 0)
    return NULL;
  item = cosmic_session_frame (COSMIC_JOB_OPERATION);
  cosmic_session_put_id (item, &job->id);
  cosmic_session_put_byte (item, there);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL)
      cosmic_session_put_sized (item, parts[i]);
  return g_byte_array_free_to_bytes (item);
}

/* *SIZE: of the envelopes alone, as both sides count them. */
static GBytes *
record_item (CosmicSession *self, guint64 height, gsize *size)
{
  g_auto (CosmicSessionRecord) record = { 0 };
  GByteArray *item;

  if (!self->node.table->find_record (self->node.self, height, &record))
    return NULL;
  *size = g_bytes_get_size (record.checkpoint) + g_bytes_get_size (record.certificate);
  item = cosmic_session_frame (COSMIC_JOB_RECORD);
  cosmic_session_put_number (item, height);
  cosmic_session_put_sized (item, record.checkpoint);
  cosmic_session_put_sized (item, record.certificate);
  return g_byte_array_free_to_bytes (item);
}

static GBytes *
share_item (CosmicSession *self, const CosmicJob *job)
{
  g_autoptr (GBytes) envelope = self->node.table->find_share (self->node.self, &job->id);
  GByteArray *item;

  if (envelope == NULL)
    return NULL;
  item = cosmic_session_frame (COSMIC_JOB_SHARE);
  cosmic_session_put_sized (item, envelope);
  return g_byte_array_free_to_bytes (item);
}

/* NULL when it is not there; said so if it was asked for. */
static GBytes *
make_item (CosmicSession *self, const CosmicJob *job)
{
  GBytes *item = NULL;
  gsize size;

  switch (job->kind)
    {
    case COSMIC_JOB_OPERATION:
      item = operation_item (self, job);
      break;
    case COSMIC_JOB_RECORD:
      item = record_item (self, job->height, &size);
      break;
    case COSMIC_JOB_SHARE:
      item = share_item (self, job);
      break;
    case COSMIC_JOB_WITNESS:
      item = cosmic_session_witness_item (self, &job->id);
      break;
    default:
      break;
    }
  if (item == NULL && job->asked)
    g_array_append_val (self->none, job->id);
  return item;
}

/* --- Small ones. ------------------------------------------------------------------------------ */

/* The next of the records that the peer asked for; they count as running decisions do. NULL: none,
 * or it has to go in pieces, or to wait for one that does. */
static GBytes *
next_record (CosmicSession *self)
{
  const CosmicJob *top = cosmic_session_jobs_top (self->jobs);
  GBytes *item;
  gsize size = 0;

  if (self->records_next == 0 || self->records_next > self->told || self->records_left == 0
      || self->records_big || (top != NULL && top->class < COSMIC_SESSION_RUNNING))
    return NULL;
  item = record_item (self, self->records_next, &size);
  if (item == NULL)
    {
      cosmic_session_fail (self, COSMIC_SESSION_FAILED); /* what is certified must be there */
      return NULL;
    }
  if (g_bytes_get_size (item) > COSMIC_SESSION_SMALL)
    {
      self->records_big = TRUE;
      if (self->big != NULL)
        {
          g_bytes_unref (item);
          return NULL;
        }
      self->big = g_steal_pointer (&item);
      self->big_sent = 0;
    }
  self->records_next++;
  self->records_left -= MIN (size, self->records_left);
  return item;
}

/* The next item that goes whole; NULL when there is none. */
static GBytes *
next_small (CosmicSession *self)
{
  const CosmicJob *top;
  CosmicJob job;

  for (;;)
    {
      GBytes *item = next_record (self);

      if (item != NULL || self->end != COSMIC_SESSION_OPEN)
        return item;
      top = cosmic_session_jobs_top (self->jobs);
      if (top == NULL || top->class == COSMIC_SESSION_BIG
          || self->none->len >= COSMIC_SESSION_LIST_MAX)
        return NULL;
      cosmic_session_jobs_pop (self->jobs, &job);
      item = make_item (self, &job);
      if (item == NULL)
        continue;
      if (g_bytes_get_size (item) <= COSMIC_SESSION_SMALL)
        return item;
      g_bytes_unref (item);
      job.class = COSMIC_SESSION_BIG;
      cosmic_session_jobs_add (self->jobs, &job);
    }
}

static void
append (GByteArray *frame, GBytes *bytes)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  g_byte_array_append (frame, data, (guint) size);
}

static GBytes *
make_small (CosmicSession *self)
{
  g_autoptr (GBytes) item = g_steal_pointer (&self->left_over);
  GByteArray *frame = NULL;

  if (item == NULL)
    item = next_small (self);
  while (item != NULL)
    {
      if (frame == NULL)
        frame = cosmic_session_frame (MESSAGE_ITEMS);
      if (frame->len + g_bytes_get_size (item) > COSMIC_SESSION_MESSAGE_MAX)
        {
          self->left_over = g_steal_pointer (&item);
          break;
        }
      append (frame, item);
      g_bytes_unref (item);
      item = next_small (self);
    }
  return frame != NULL ? g_byte_array_free_to_bytes (frame) : NULL;
}

/* --- Large ones. ------------------------------------------------------------------------------ */

static void
begin_big (CosmicSession *self)
{
  CosmicJob job;

  while (self->big == NULL && cosmic_session_jobs_top (self->jobs) != NULL
         && self->none->len < COSMIC_SESSION_LIST_MAX)
    {
      cosmic_session_jobs_pop (self->jobs, &job);
      self->big = make_item (self, &job);
      self->big_sent = 0;
    }
}

static GBytes *
make_piece (CosmicSession *self)
{
  GByteArray *frame;
  const guint8 *data;
  gsize size, part;

  begin_big (self);
  if (self->big == NULL)
    return NULL;
  data = g_bytes_get_data (self->big, &size);
  part = MIN (size - self->big_sent, COSMIC_SESSION_MESSAGE_MAX - PIECE_HEAD);
  frame = cosmic_session_frame (MESSAGE_PIECE);
  cosmic_session_put_number (frame, size);
  cosmic_session_put_number (frame, self->big_sent);
  g_byte_array_append (frame, data + self->big_sent, (guint) part);
  self->big_sent += part;
  if (self->big_sent == size)
    {
      g_clear_pointer (&self->big, g_bytes_unref);
      self->records_big = FALSE;
    }
  return g_byte_array_free_to_bytes (frame);
}

/* Behind the last record that is given at once. */
static GBytes *
make_no_more (CosmicSession *self)
{
  GByteArray *frame;

  if (self->records_next == 0 || self->left_over != NULL || self->records_big
      || (self->records_next <= self->told && self->records_left > 0))
    return NULL;
  frame = cosmic_session_frame (MESSAGE_NO_MORE);
  cosmic_session_put_number (frame, self->records_next);
  self->records_next = 0;
  return g_byte_array_free_to_bytes (frame);
}

GBytes *
cosmic_session_make_items (CosmicSession *self)
{
  GBytes *message = make_no_more (self);

  if (message == NULL)
    message = make_small (self);
  if (message == NULL)
    message = make_no_more (self); /* what was next is in pieces, or not there */
  return message != NULL ? message : make_piece (self);
}
