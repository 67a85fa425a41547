/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-secret.h"
#include "fixture-session-node.h"
#include "fuzz.h"

/* Input: a byte (bit 0: this side called; bit 1: it lacks what the peer has; bit 2: it is behind),
 * then messages of a peer, each behind its size (2 bytes, little endian; the highest bit: this side
 * does not send before the next). Whatever comes, the session stays bounded, says nothing that is
 * too large, and is over when it says so. */

#define HELD_MAX (8 * 1024 * 1024)
#define SEEDS    8

static const CosmicSessionEvents events = { 0 };

static CosmicSession *
open_session (FixtureSessionNode *node, gboolean caller)
{
  CosmicSessionSetting setting = { .caller = caller,
                                   .random = fixture_random_table (&node->random) };

  setting.seal.bytes[0] = 1;
  return cosmic_session_new (fixture_session_node_table (node), &setting, &events, NULL);
}

/* Heights are the same on both sides as far as they go. */
static void
make_nodes (FixtureSessionNode nodes[2], guint8 what)
{
  for (guint i = 0; i < 2; i++)
    {
      guint heights = i == 0 && (what & 4) != 0 ? 1 : 3;

      fixture_session_node_init (&nodes[i], 1);
      for (guint j = 0; j < heights; j++)
        fixture_session_node_rise (&nodes[i]);
      fixture_random_init (&nodes[i].random, (what & 2) != 0 ? i : 0);
      fixture_session_node_add (&nodes[i], 20, NULL);
      nodes[i].size = (what & 2) != 0 ? 9000 : 100;
    }
}

/* --- Seeds: what a peer says to this side in a session that goes well. ------------------------ */

static gboolean
carry (CosmicSession *from, CosmicSession *to, GByteArray *seed)
{
  g_autoptr (GBytes) message = cosmic_session_next (from);
  gsize size;
  const guint8 *data;
  guint8 head[2];

  if (message == NULL)
    return FALSE;
  data = g_bytes_get_data (message, &size);
  if (seed != NULL && size < 0x8000)
    {
      head[0] = (guint8) (size & 0xff);
      head[1] = (guint8) (size >> 8);
      g_byte_array_append (seed, head, sizeof head);
      g_byte_array_append (seed, data, (guint) size);
    }
  cosmic_session_receive (to, message);
  cosmic_session_idle (to);
  return TRUE;
}

GBytes *
fuzz_seed (guint n)
{
  FixtureSessionNode nodes[2];
  CosmicSession *sessions[2];
  GByteArray *seed;
  guint8 what = (guint8) n;
  CosmicId id;

  if (n >= SEEDS)
    return NULL;
  g_assert_true (cosmic_crypto_init ());
  seed = g_byte_array_new ();
  g_byte_array_append (seed, &what, 1);
  make_nodes (nodes, what);
  for (guint i = 0; i < 2; i++)
    sessions[i] = open_session (&nodes[i], i != (n & 1));
  while (carry (sessions[1], sessions[0], seed) || carry (sessions[0], sessions[1], NULL))
    ;
  g_assert_true (cosmic_session_is_caught_up (sessions[0]));
  fixture_session_node_add (&nodes[1], 1, &id);
  cosmic_session_operation (sessions[1], &id);
  fixture_session_node_rise (&nodes[1]);
  cosmic_session_checkpoint (sessions[1]);
  while (carry (sessions[1], sessions[0], seed) || carry (sessions[0], sessions[1], NULL))
    ;
  cosmic_session_close (sessions[1]);
  carry (sessions[1], sessions[0], seed);
  for (guint i = 0; i < 2; i++)
    {
      cosmic_session_free (sessions[i]);
      fixture_session_node_clear (&nodes[i]);
    }
  return g_byte_array_free_to_bytes (seed);
}

/* --- What comes of it. ------------------------------------------------------------------------ */

static void
send_some (CosmicSession *session, guint limit)
{
  for (guint i = 0; i < limit; i++)
    {
      g_autoptr (GBytes) message = cosmic_session_next (session);

      if (message == NULL)
        return;
      g_assert_cmpuint (g_bytes_get_size (message), >, 0);
      g_assert_cmpuint (g_bytes_get_size (message), <=, COSMIC_SESSION_MESSAGE_MAX);
    }
}

static void
check_end (CosmicSession *session)
{
  g_autoptr (GBytes) any = g_bytes_new_static ("\1", 1);

  if (cosmic_session_state (session) == COSMIC_SESSION_OPEN)
    return;
  send_some (session, 1); /* at most the bye */
  g_assert_null (cosmic_session_next (session));
  g_assert_false (cosmic_session_receive (session, any));
  g_assert_false (cosmic_session_idle (session));
  g_assert_cmpuint (cosmic_session_held (session), ==, 0);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  FixtureSessionNode nodes[2];
  CosmicSession *session;

  if (size == 0)
    return 0;
  g_assert_true (cosmic_crypto_init ());
  make_nodes (nodes, data[0]);
  session = open_session (&nodes[0], (data[0] & 1) == 0);
  for (size_t at = 1; at + 2 <= size;)
    {
      size_t length = MIN (data[at] | (size_t) (data[at + 1] & 0x7f) << 8, size - at - 2);
      g_autoptr (GBytes) message = g_bytes_new (data + at + 2, length);

      if (!cosmic_session_receive (session, message))
        break;
      g_assert_cmpuint (cosmic_session_held (session), <, HELD_MAX);
      if ((data[at + 1] & 0x80) == 0)
        {
          cosmic_session_idle (session);
          send_some (session, 8);
        }
      at += 2 + length;
    }
  send_some (session, 1000);
  check_end (session);
  cosmic_session_free (session);
  for (guint i = 0; i < 2; i++)
    fixture_session_node_clear (&nodes[i]);
  return 0;
}
