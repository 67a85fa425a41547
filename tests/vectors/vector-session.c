/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-envelope.h"
#include "cosmic-secret.h"
#include "fixture-session-node.h"
#include "vector-file.h"

/* What two nodes without logs say to each other: every type of message, but for the frames of
 * CosmicReconcile, which have vectors of their own. */

#define COMPARE 9

static const char *const types[] = {
  "", "hello", "height", "records", "no more", "want", "none", "items", "piece", "compare",
  "compared", "have", "shares", "fork", "again", "waiting", "bye",
};

static const CosmicSessionEvents events = { 0 };

typedef struct
{
  VectorFile *file;
  FixtureSessionNode nodes[2]; /* the first calls */
  CosmicSession *sessions[2];
} Talk;

static void
talk_init (Talk *self, VectorFile *file, guint64 seed)
{
  self->file = file;
  for (guint i = 0; i < 2; i++)
    {
      fixture_session_node_init (&self->nodes[i], seed + i);
      self->nodes[i].size = 3;
    }
}

static void
talk_begin (Talk *self)
{
  for (guint i = 0; i < 2; i++)
    {
      CosmicSessionSetting setting = {
        .caller = i == 0, .random = fixture_random_table (&self->nodes[i].random)
      };

      setting.seal.bytes[0] = (guint8) (i + 1);
      self->sessions[i] = cosmic_session_new (fixture_session_node_table (&self->nodes[i]),
                                              &setting, &events, NULL);
    }
}

static void
write_message (Talk *self, guint side, GBytes *message)
{
  const guint8 type = *(const guint8 *) g_bytes_get_data (message, NULL);

  if (type == COMPARE)
    return;
  vector_file_begin (self->file, types[type]);
  vector_file_flag (self->file, "caller", side == 0);
  vector_file_blob (self->file, "message", message);
}

static void
talk_run (Talk *self)
{
  for (guint quiet = 0, side = 0; quiet < 2; side = !side)
    {
      g_autoptr (GBytes) message = cosmic_session_next (self->sessions[side]);

      quiet = message == NULL ? quiet + 1 : 0;
      if (message == NULL)
        continue;
      write_message (self, side, message);
      cosmic_session_receive (self->sessions[!side], message);
      cosmic_session_idle (self->sessions[!side]);
    }
}

static void
talk_end (Talk *self)
{
  for (guint i = 0; i < 2; i++)
    {
      cosmic_session_free (self->sessions[i]);
      fixture_session_node_clear (&self->nodes[i]);
    }
}

static void
add_share (FixtureSessionNode *node, const char *text)
{
  g_autoptr (GBytes) envelope = g_bytes_new (text, strlen (text));
  CosmicId id;

  cosmic_envelope_id (envelope, &id);
  g_hash_table_insert (node->shares, cosmic_id_copy (&id), g_bytes_ref (envelope));
}

static void
test_messages (void)
{
  VectorFile *file = vector_file_new ("session");
  Talk talk;
  CosmicId id;

  talk_init (&talk, file, 7001);
  fixture_session_node_rise (&talk.nodes[1]);
  fixture_session_node_rise (&talk.nodes[1]);
  fixture_session_node_add (&talk.nodes[0], 1, NULL);
  fixture_session_node_add (&talk.nodes[1], 1, &id);
  /* Of one the body is nowhere. */
  g_hash_table_insert (talk.nodes[1].operations, cosmic_id_copy (&id),
                       GUINT_TO_POINTER (COSMIC_SESSION_HEADER));
  add_share (&talk.nodes[1], "a share");
  talk_begin (&talk);
  talk_run (&talk);
  fixture_session_node_rise (&talk.nodes[0]);
  cosmic_session_checkpoint (talk.sessions[0]);
  talk_run (&talk);
  talk.nodes[0].size = COSMIC_SESSION_SMALL / 3;
  fixture_session_node_add (&talk.nodes[0], 1, &id);
  cosmic_session_operation (talk.sessions[0], &id);
  talk_run (&talk);
  /* What cannot be read is asked for again once a key came. */
  talk.nodes[0].size = 3;
  talk.nodes[1].take = COSMIC_TAKE_LATER;
  fixture_session_node_add (&talk.nodes[0], 1, &id);
  cosmic_session_operation (talk.sessions[0], &id);
  talk_run (&talk);
  talk.nodes[1].take = COSMIC_TAKE_NEW;
  cosmic_session_key (talk.sessions[1]);
  talk_run (&talk);
  cosmic_session_close (talk.sessions[0]);
  talk_run (&talk);
  talk_end (&talk);

  talk_init (&talk, file, 7003);
  fixture_session_node_rise (&talk.nodes[0]);
  fixture_session_node_rise (&talk.nodes[1]);
  talk_begin (&talk);
  talk_run (&talk);
  talk_end (&talk);
  vector_file_finish (file);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (cosmic_crypto_init ());
  g_test_add_func ("/vectors/Messages of a session", test_messages);
  return g_test_run ();
}
