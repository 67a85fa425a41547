/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session-link.h"

SessionNode *
session_node_new (FixtureLog *log, FixtureDevice *device)
{
  SessionNode *self = g_new0 (SessionNode, 1);

  self->log = log;
  self->device = device;
  self->node = cosmic_log_node_new (log->log, device->seal, NULL, NULL);
  return self;
}

void
session_node_free (SessionNode *self)
{
  cosmic_log_node_free (self->node);
  g_free (self);
}

/* --- What a session tells. -------------------------------------------------------------------- */

static void
on_progress (gpointer data, guint64 done, guint64 total)
{
  SessionSide *side = data;

  g_assert_cmpuint (done, <=, total);
  side->done = done;
  side->total = total;
}

static void
on_caught_up (gpointer data, gboolean caught_up)
{
  ((SessionSide *) data)->caught_up += caught_up != FALSE;
}

static void
on_delivered (gpointer data, const CosmicId *operation)
{
  g_hash_table_add (((SessionSide *) data)->delivered, cosmic_id_copy (operation));
}

static void
on_forked (gpointer data, const CosmicSessionRecord *ours, const CosmicSessionRecord *theirs)
{
  SessionSide *side = data;

  side->forked = theirs->height;
  side->ours = ours->checkpoint != NULL && ours->certificate != NULL;
  side->theirs = theirs->checkpoint != NULL && theirs->certificate != NULL;
}

static void
on_ended (gpointer data, CosmicSessionEnd reason, gboolean by_peer)
{
  SessionSide *side = data;

  g_assert_cmpuint (side->ended, ==, COSMIC_SESSION_OPEN);
  side->ended = reason;
  side->by_peer = by_peer;
}

static const CosmicSessionEvents events = {
  .progress = on_progress,
  .caught_up = on_caught_up,
  .delivered = on_delivered,
  .forked = on_forked,
  .ended = on_ended,
};

/* --- Links. ----------------------------------------------------------------------------------- */

SessionLink *
session_link_new (SessionNode *caller, SessionNode *other)
{
  SessionLink *self = g_new0 (SessionLink, 1);
  SessionNode *nodes[] = { caller, other };

  for (guint i = 0; i < 2; i++)
    {
      SessionSide *side = &self->sides[i];
      CosmicSessionSetting setting = { .caller = i == 0 };

      setting.seal = nodes[i]->device->seal_public;
      setting.random = fixture_random_table (&nodes[i]->log->random);
      side->node = nodes[i];
      g_queue_init (&side->wire);
      side->delivered
          = g_hash_table_new_full (cosmic_id_hash, cosmic_id_equal, g_free, NULL);
      side->wanted = g_hash_table_new_full (cosmic_id_hash, cosmic_id_equal, g_free, NULL);
      side->session = cosmic_session_new (cosmic_log_node_table (nodes[i]->node), &setting,
                                          &events, side);
      cosmic_log_node_join (nodes[i]->node, side->session);
    }
  return self;
}

void
session_link_free (SessionLink *self)
{
  for (guint i = 0; i < 2; i++)
    {
      SessionSide *side = &self->sides[i];

      cosmic_session_close (side->session);
      cosmic_log_node_tell (side->node->node);
      cosmic_log_node_leave (side->node->node, side->session);
      cosmic_session_free (side->session);
      g_queue_clear_full (&side->wire, (GDestroyNotify) g_bytes_unref);
      g_hash_table_unref (side->delivered);
      g_hash_table_unref (side->wanted);
    }
  g_free (self);
}

/* A want: type, order, number in one or two bytes, and ids with or without parts. */
static void
note_wants (SessionLink *self, guint side, GBytes *message)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (message, &size);
  gsize at = size > 2 && data[2] >= 0x80 ? 4 : 3, step = data[1] >= 2 ? 32 : 33;

  if (data[0] != 5)
    return;
  g_assert_cmpuint ((size - at) % step, ==, 0);
  for (; at < size; at += step)
    {
      CosmicId id;

      memcpy (id.bytes, data + at, sizeof id.bytes);
      self->repeats += !g_hash_table_add (self->sides[side].wanted, cosmic_id_copy (&id));
    }
}

static void
note_held (SessionSide *side)
{
  side->most_held = MAX (side->most_held, cosmic_session_held (side->session));
}

gboolean
session_link_send (SessionLink *self, guint side, guint limit)
{
  guint sent = 0;

  for (; sent < limit; sent++)
    {
      GBytes *message = cosmic_session_next (self->sides[side].session);

      note_held (&self->sides[side]);
      if (message == NULL)
        break;
      g_assert_cmpuint (g_bytes_get_size (message), >, 0);
      g_assert_cmpuint (g_bytes_get_size (message), <=, COSMIC_SESSION_MESSAGE_MAX);
      note_wants (self, side, message);
      g_queue_push_tail (&self->sides[!side].wire, message);
    }
  return sent > 0;
}

gboolean
session_link_receive (SessionLink *self, guint side)
{
  SessionSide *to = &self->sides[side];
  GBytes *message = g_queue_pop_head (&to->wire);

  if (message == NULL)
    return FALSE;
  to->bytes += g_bytes_get_size (message);
  to->messages++;
  cosmic_session_receive (to->session, message);
  note_held (to);
  g_bytes_unref (message);
  if (g_queue_is_empty (&to->wire))
    {
      cosmic_session_idle (to->session);
      cosmic_log_node_tell (to->node->node);
    }
  return TRUE;
}

void
session_link_run (SessionLink *self)
{
  gboolean moved = TRUE;

  while (moved)
    {
      moved = FALSE;
      for (guint side = 0; side < 2; side++)
        {
          moved = session_link_send (self, side, 4) || moved;
          while (session_link_receive (self, !side))
            moved = TRUE;
        }
    }
}

gboolean
session_link_step (SessionLink *self, FixtureRandom *random)
{
  guint first = (guint) fixture_random_below (random, 4);

  for (guint i = 0; i < 4; i++)
    {
      guint what = (first + i) % 4;

      if (what < 2 ? session_link_send (self, what, 1) : session_link_receive (self, what - 2))
        return TRUE;
    }
  return FALSE;
}

gboolean
session_link_is_level (const SessionLink *self)
{
  return cosmic_session_is_caught_up (self->sides[0].session)
         && cosmic_session_is_caught_up (self->sides[1].session);
}

void
session_exchange (SessionNode *caller, SessionNode *other)
{
  SessionLink *link = session_link_new (caller, other);

  session_link_run (link);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpuint (link->sides[i].ended, ==, COSMIC_SESSION_OPEN);
  g_assert_true (session_link_is_level (link));
  session_link_free (link);
}
