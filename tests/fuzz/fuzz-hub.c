/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-secret.h"
#include "fixture-hub-node.h"
#include "fixture-random.h"
#include "fuzz.h"

/* Input: a byte (bit 0: this side is the hub; bit 1: envelopes are large), then messages of a peer,
 * each behind its size (2 bytes, little endian; the highest bit: this side does not send before the
 * next). Whatever comes, the session stays bounded, says nothing that is too large, and is over
 * when it says so. */

#define HELD_MAX (8 * 1024 * 1024)
#define SEEDS    4

static const CosmicHubEvents events = { 0 };

typedef struct
{
  FixtureRandom random;
  FixtureHubNode *nodes[2];
  CosmicHubSession *sessions[2];
} Pair;

static void
pair_init (Pair *self, guint8 what)
{
  g_assert_true (cosmic_crypto_init ());
  fixture_random_init (&self->random, 1);
  for (guint i = 0; i < 2; i++)
    {
      self->nodes[i] = fixture_hub_node_new ();
      for (guint j = 0; j < 20; j++)
        {
          g_autoptr (GBytes) envelope
              = fixture_hub_envelope (fixture_random_table (&self->random), COSMIC_ITEM_HEADER, j,
                                      (what & 2) != 0 ? 20000 : 100);

          fixture_hub_node_put (self->nodes[i], envelope);
        }
      self->sessions[i] = cosmic_hub_session_new (fixture_hub_node_table (self->nodes[i]),
                                                  ((what & 1) != 0) == (i == 0),
                                                  fixture_random_table (&self->random), &events,
                                                  NULL);
    }
}

static void
pair_clear (Pair *self)
{
  for (guint i = 0; i < 2; i++)
    {
      cosmic_hub_session_free (self->sessions[i]);
      fixture_hub_node_free (self->nodes[i]);
    }
}

/* --- Seeds: what a peer says to this side in a session that goes well. ------------------------ */

static gboolean
carry (Pair *self, guint from, GByteArray *seed)
{
  g_autoptr (GBytes) message = cosmic_hub_session_next (self->sessions[from]);
  gsize size;
  const guint8 *data;

  if (message == NULL)
    return FALSE;
  data = g_bytes_get_data (message, &size);
  if (from == 1 && size < 0x8000)
    {
      const guint8 head[] = { (guint8) (size & 0xff), (guint8) (size >> 8) };

      g_byte_array_append (seed, head, sizeof head);
      g_byte_array_append (seed, data, (guint) size);
    }
  cosmic_hub_session_receive (self->sessions[1 - from], message);
  cosmic_hub_session_idle (self->sessions[1 - from]);
  return TRUE;
}

GBytes *
fuzz_seed (guint n)
{
  GByteArray *seed;
  guint8 what = (guint8) n;
  gboolean more = TRUE;
  Pair pair;

  if (n >= SEEDS)
    return NULL;
  seed = g_byte_array_new ();
  g_byte_array_append (seed, &what, 1);
  pair_init (&pair, what);
  while (more)
    {
      more = carry (&pair, 1, seed);
      more = carry (&pair, 0, seed) || more;
    }
  g_assert_true (cosmic_hub_session_is_level (pair.sessions[0]));
  pair_clear (&pair);
  return g_byte_array_free_to_bytes (seed);
}

/* --- What comes of it. ------------------------------------------------------------------------ */

static void
send_some (CosmicHubSession *session)
{
  for (guint i = 0; i < 64; i++)
    {
      g_autoptr (GBytes) message = cosmic_hub_session_next (session);

      if (message == NULL)
        return;
      g_assert_cmpuint (g_bytes_get_size (message), >, 0);
      g_assert_cmpuint (g_bytes_get_size (message), <=, COSMIC_HUB_MESSAGE_MAX);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  Pair pair;
  gsize at = 1;

  if (size == 0)
    return 0;
  pair_init (&pair, data[0]);
  while (at + 2 <= size)
    {
      const gsize head = data[at] | (gsize) data[at + 1] << 8;
      const gsize length = MIN (head & 0x7fff, size - at - 2);
      g_autoptr (GBytes) message = g_bytes_new (data + at + 2, length);
      const gboolean good = cosmic_hub_session_receive (pair.sessions[0], message);

      at += 2 + length;
      g_assert_cmpint (good, ==,
                       cosmic_hub_session_state (pair.sessions[0]) == COSMIC_HUB_OPEN);
      cosmic_hub_session_idle (pair.sessions[0]);
      g_assert_cmpuint (cosmic_hub_session_held (pair.sessions[0]), <, HELD_MAX);
      if ((head & 0x8000) == 0)
        send_some (pair.sessions[0]);
    }
  pair_clear (&pair);
  return 0;
}
