/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-envelope.h"
#include "cosmic-session-private.h"

/* Items that come in. What they are is for the node to judge; whether they were asked for, and what
 * follows from their coming, is judged here. */

static gboolean
malformed (CosmicSession *self)
{
  return cosmic_session_fail (self, COSMIC_SESSION_BROKEN);
}

static void
note_from_peer (CosmicSession *self, const CosmicId *id)
{
  /* Forgetting them costs no more than sending back what the peer knows. */
  if (g_hash_table_size (self->from_peer) >= COSMIC_SESSION_QUEUE_MAX)
    g_hash_table_remove_all (self->from_peer);
  g_hash_table_add (self->from_peer, cosmic_id_copy (id));
}

/* --- Operations. ------------------------------------------------------------------------------ */

static gboolean
read_parts (CosmicSessionFrame *reader, guint8 parts, CosmicSessionParts *read)
{
  GBytes **places[] = { &read->header, &read->body, &read->personal };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if ((parts & (1U << i)) != 0
        && (*places[i] = cosmic_session_read_sized (reader, COSMIC_ENVELOPE_SIZE_MAX)) == NULL)
      return FALSE;
  return TRUE;
}

/* OPERATION is here, with all that the record of HEIGHT needs of it. */
static gboolean
count_operation (CosmicSession *self, const CosmicId *operation, guint64 height)
{
  if (height > 0
      && (self->node.table->lacks (self->node.self, operation)
          & (COSMIC_SESSION_HEADER | COSMIC_SESSION_BODY))
             != 0)
    return cosmic_session_fail (self, COSMIC_SESSION_GAP);
  cosmic_session_count_off (self, height);
  return TRUE;
}

static gboolean
judge_operation (CosmicSession *self, const CosmicId *operation, CosmicTake take)
{
  guint64 height;

  cosmic_session_answered (self, operation, &height);
  switch (take)
    {
    case COSMIC_TAKE_NEW:
    case COSMIC_TAKE_KNOWN:
      self->steps++;
      g_array_append_vals (self->taken, operation, 1);
      note_from_peer (self, operation);
      return count_operation (self, operation, height);
    case COSMIC_TAKE_LATER:
      if (g_hash_table_size (self->unread) < COSMIC_SESSION_QUEUE_MAX)
        g_hash_table_add (self->unread, cosmic_id_copy (operation));
      self->stalled = self->stalled || height > 0;
      return TRUE;
    case COSMIC_TAKE_FAILED:
      return cosmic_session_fail (self, COSMIC_SESSION_FAILED);
    case COSMIC_TAKE_KEY:
    case COSMIC_TAKE_BAD:
    case COSMIC_TAKE_FORK:
    case COSMIC_TAKE_DIVERGED:
    case COSMIC_TAKE_UPDATE:
    default:
      return cosmic_session_fail (self, COSMIC_SESSION_INVALID);
    }
}

static gboolean
take_operation (CosmicSession *self, CosmicSessionFrame *reader)
{
  CosmicSessionParts read = { 0 };
  CosmicId operation;
  guint8 parts;
  gboolean good;

  if (!cosmic_session_read_id (reader, &operation) || !cosmic_session_read_byte (reader, &parts)
      || parts == 0 || parts > COSMIC_SESSION_ALL_PARTS)
    return malformed (self);
  good = read_parts (reader, parts, &read);
  if (!good)
    malformed (self);
  else
    good = judge_operation (self, &operation,
                            self->node.table->take_operation (self->node.self, &operation, &read));
  cosmic_session_parts_clear (&read);
  return good;
}

/* --- Records and shares. ---------------------------------------------------------------------- */

static gboolean
take_record (CosmicSession *self, CosmicSessionFrame *reader)
{
  CosmicSessionRecord record = { 0 };
  gboolean good;

  good = cosmic_session_read_number (reader, G_MAXUINT64, &record.height);
  record.checkpoint = good ? cosmic_session_read_sized (reader, COSMIC_ENVELOPE_SIZE_MAX) : NULL;
  if (record.checkpoint != NULL)
    record.certificate = cosmic_session_read_sized (reader, COSMIC_ENVELOPE_SIZE_MAX);
  good = record.certificate != NULL;
  good = good ? cosmic_session_take_record (self, &record) : malformed (self);
  cosmic_session_record_clear (&record);
  return good;
}

static gboolean
take_share (CosmicSession *self, CosmicSessionFrame *reader)
{
  g_autoptr (GBytes) envelope = cosmic_session_read_sized (reader, COSMIC_SESSION_MESSAGE_MAX);
  CosmicTake take;
  guint64 height;
  CosmicId id;

  if (envelope == NULL)
    return malformed (self);
  if (++self->shares_taken > COSMIC_SESSION_SHARES_MAX)
    return cosmic_session_fail (self, COSMIC_SESSION_FLOOD);
  cosmic_envelope_id (envelope, &id);
  take = self->node.table->take_share (self->node.self, envelope);
  if (take == COSMIC_TAKE_FAILED)
    return cosmic_session_fail (self, COSMIC_SESSION_FAILED);
  if (take != COSMIC_TAKE_NEW && take != COSMIC_TAKE_KEY && take != COSMIC_TAKE_KNOWN)
    return cosmic_session_fail (self, COSMIC_SESSION_INVALID);
  self->steps++;
  cosmic_session_answered (self, &id, &height);
  note_from_peer (self, &id);
  if (take == COSMIC_TAKE_KEY)
    cosmic_session_key (self);
  return self->end == COSMIC_SESSION_OPEN;
}

/* --- Items. ----------------------------------------------------------------------------------- */

static gboolean
take_item (CosmicSession *self, CosmicSessionFrame *reader)
{
  guint8 kind;

  if (!cosmic_session_read_byte (reader, &kind))
    return malformed (self);
  switch (kind)
    {
    case COSMIC_JOB_OPERATION:
      return take_operation (self, reader);
    case COSMIC_JOB_RECORD:
      return take_record (self, reader);
    case COSMIC_JOB_SHARE:
      return take_share (self, reader);
    case COSMIC_JOB_WITNESS:
      return cosmic_session_take_witness (self, reader);
    default:
      return malformed (self);
    }
}

gboolean
cosmic_session_take_items (CosmicSession *self, CosmicSessionFrame *reader)
{
  do
    if (!take_item (self, reader))
      return FALSE;
  while (reader->left > 0);
  return TRUE;
}

/* What is said of its size costs nothing before it comes. */
gboolean
cosmic_session_take_piece (CosmicSession *self, CosmicSessionFrame *reader)
{
  guint64 size, place, came = self->piece != NULL ? self->piece->len : 0;
  g_autoptr (GByteArray) whole = NULL;
  CosmicSessionFrame item;

  if (!cosmic_session_read_number (reader, COSMIC_SESSION_ITEM_MAX, &size)
      || !cosmic_session_read_number (reader, size, &place) || place != came || reader->left == 0
      || reader->left > size - place || (came > 0 && size != self->piece_size))
    return malformed (self);
  if (self->piece == NULL)
    self->piece = g_byte_array_new ();
  self->piece_size = size;
  g_byte_array_append (self->piece, reader->data, (guint) reader->left);
  if (self->piece->len < size)
    return TRUE;
  whole = g_steal_pointer (&self->piece);
  item = (CosmicSessionFrame){ whole->data, whole->len };
  return take_item (self, &item) && (item.left == 0 || malformed (self));
}

/* Commits, and only then says that it is here. */
gboolean
cosmic_session_settle (CosmicSession *self)
{
  if (!self->node.table->commit (self->node.self))
    return cosmic_session_fail (self, COSMIC_SESSION_FAILED);
  /* A peer that does not read what it is told needs not be told more. */
  if (self->have->len + self->taken->len <= 2 * COSMIC_SESSION_QUEUE_MAX && self->taken->len > 0)
    g_array_append_vals (self->have, self->taken->data, self->taken->len);
  g_array_set_size (self->taken, 0);
  self->steps = 0;
  cosmic_session_told_height (self);
  return TRUE;
}
