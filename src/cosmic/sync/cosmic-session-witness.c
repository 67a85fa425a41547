/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-envelope.h"
#include "cosmic-session-private.h"

/* What witnesses say of the height that comes next. It is offered by name while both sides are at
 * the same height; who lacks some of it asks. */

static gboolean
is_kept (const CosmicSession *self)
{
  return self->node.table->list_witness != NULL;
}

/* What was said of another height has no meaning any more. */
void
cosmic_session_new_height (CosmicSession *self)
{
  g_hash_table_remove_all (self->offered);
  self->offer_wanted = TRUE;
}

void
cosmic_session_witness (CosmicSession *self)
{
  self->offer_wanted = TRUE;
  cosmic_session_go_on (self);
}

static void
say_offer (CosmicSession *self, const CosmicId *ids, guint count)
{
  GByteArray *frame = cosmic_session_frame (MESSAGE_OFFER);

  cosmic_session_put_number (frame, self->told);
  cosmic_session_put_number (frame, count);
  for (guint i = 0; i < count; i++)
    cosmic_session_put_id (frame, &ids[i]);
  cosmic_session_say (self, frame);
}

void
cosmic_session_offer (CosmicSession *self)
{
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GArray) fresh = NULL;

  if (!self->offer_wanted || !is_kept (self) || self->told != self->peer_height)
    return;
  self->offer_wanted = FALSE;
  ids = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  fresh = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  self->node.table->list_witness (self->node.self, ids);
  for (guint i = 0; i < ids->len; i++)
    {
      const CosmicId *id = &g_array_index (ids, CosmicId, i);

      if (g_hash_table_add (self->offered, cosmic_id_copy (id)))
        g_array_append_vals (fresh, id, 1);
    }
  for (guint from = 0; from < fresh->len; from += COSMIC_SESSION_LIST_MAX)
    say_offer (self, &g_array_index (fresh, CosmicId, from),
               MIN (fresh->len - from, COSMIC_SESSION_LIST_MAX));
}

/* What does not fit in mind is offered again at the next meeting. */
gboolean
cosmic_session_take_offer (CosmicSession *self, guint64 height, const GArray *ids)
{
  if (!is_kept (self) || height != self->told)
    return TRUE;
  for (guint i = 0; i < ids->len && self->open_needs < COSMIC_SESSION_QUEUE_MAX / 2; i++)
    {
      const CosmicId *id = &g_array_index (ids, CosmicId, i);

      if (!self->node.table->has_witness (self->node.self, id))
        cosmic_session_need (self, id, PART_WITNESS, 0);
    }
  return TRUE;
}

GBytes *
cosmic_session_witness_item (CosmicSession *self, const CosmicId *id)
{
  g_autoptr (GBytes) message = NULL;
  g_autoptr (GBytes) proposal = NULL;
  GByteArray *item;

  if (!is_kept (self)
      || !self->node.table->find_witness (self->node.self, id, &message, &proposal))
    return NULL;
  item = cosmic_session_frame (COSMIC_JOB_WITNESS);
  cosmic_session_put_sized (item, message);
  cosmic_session_put_byte (item, proposal != NULL);
  if (proposal != NULL)
    cosmic_session_put_sized (item, proposal);
  return g_byte_array_free_to_bytes (item);
}

static gboolean
judge_witness (CosmicSession *self, const CosmicId *id, CosmicTake take, const GArray *missing)
{
  switch (take)
    {
    case COSMIC_TAKE_NEW:
      self->steps++;
      g_hash_table_add (self->offered, cosmic_id_copy (id));
      for (guint i = 0; i < missing->len; i++)
        cosmic_session_need (self, &g_array_index (missing, CosmicId, i),
                             COSMIC_SESSION_ALL_PARTS, 0);
      return TRUE;
    case COSMIC_TAKE_KNOWN:
    case COSMIC_TAKE_LATER:
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

gboolean
cosmic_session_take_witness (CosmicSession *self, CosmicSessionFrame *reader)
{
  g_autoptr (GBytes) message = cosmic_session_read_sized (reader, COSMIC_SESSION_MESSAGE_MAX);
  g_autoptr (GBytes) proposal = NULL;
  g_autoptr (GArray) missing = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  guint64 height;
  guint8 more;
  CosmicId id;

  if (message == NULL || !cosmic_session_read_byte (reader, &more) || more > 1
      || (more == 1
          && (proposal = cosmic_session_read_sized (reader, COSMIC_ENVELOPE_SIZE_MAX)) == NULL))
    return cosmic_session_fail (self, COSMIC_SESSION_BROKEN);
  cosmic_envelope_id (message, &id);
  if (!cosmic_session_answered (self, &id, &height))
    return cosmic_session_fail (self, COSMIC_SESSION_BROKEN);
  return judge_witness (self, &id,
                        self->node.table->take_witness (self->node.self, message, proposal,
                                                        missing),
                        missing);
}
