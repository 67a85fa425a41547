/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-secret.h"
#include "cosmic-session-frame.h"
#include "fixture-hub-node.h"
#include "fixture-random.h"

#define HELD_MAX (8 * 1024 * 1024)

enum
{
  HELLO = 1, ROOM, COMPARE, WANT, NONE, ITEMS, PIECE, OFFER, STORED, REFUSED, ERASE, GONE, EVEN,
  AGAIN, BYE,
};

/* One end, and what it was told. */
typedef struct
{
  FixtureHubNode *node;
  CosmicHubSession *session;
  guint stored, refused, gone, rooms;
  gboolean level;
  CosmicHubRoom room;
  CosmicHubEnd end;
  gsize held;
} End;

static void
on_room (gpointer data, const CosmicHubRoom *room)
{
  ((End *) data)->room = *room;
  ((End *) data)->rooms++;
}

static void
on_stored (gpointer data, const GArray *ids)
{
  ((End *) data)->stored += ids->len;
}

static void
on_refused (gpointer data, const GArray *ids)
{
  ((End *) data)->refused += ids->len;
}

static void
on_gone (gpointer data, const GArray *ids)
{
  ((End *) data)->gone += ids->len;
}

static void
on_level (gpointer data, gboolean level)
{
  ((End *) data)->level = level;
}

static void
on_ended (gpointer data, CosmicHubEnd reason, gboolean by_peer)
{
  ((End *) data)->end = reason;
}

static const CosmicHubEvents events = {
  on_room, on_stored, on_refused, on_gone, on_level, on_ended,
};

typedef struct
{
  FixtureRandom random;
  End hub, member;
  guint messages[BYE + 1];
} Pair;

static void
open_end (Pair *pair, End *end, gboolean is_hub)
{
  end->session = cosmic_hub_session_new (fixture_hub_node_table (end->node), is_hub,
                                         fixture_random_table (&pair->random), &events, end);
}

static void
pair_init (Pair *pair)
{
  g_assert_true (cosmic_crypto_init ());
  *pair = (Pair){ 0 };
  fixture_random_init (&pair->random, 1);
  pair->hub.node = fixture_hub_node_new ();
  pair->member.node = fixture_hub_node_new ();
  open_end (pair, &pair->hub, TRUE);
  open_end (pair, &pair->member, FALSE);
}

static void
pair_clear (Pair *pair)
{
  cosmic_hub_session_free (pair->hub.session);
  cosmic_hub_session_free (pair->member.session);
  fixture_hub_node_free (pair->hub.node);
  fixture_hub_node_free (pair->member.node);
}

static CosmicItem
put (Pair *pair, End *end, gsize size)
{
  const CosmicItemType types[] = { COSMIC_ITEM_HEADER, COSMIC_ITEM_BODY, COSMIC_ITEM_SHARE };
  g_autoptr (GBytes) envelope = fixture_hub_envelope (
      fixture_random_table (&pair->random),
      types[fixture_random_below (&pair->random, G_N_ELEMENTS (types))],
      fixture_random_below (&pair->random, 50), size);

  return fixture_hub_node_put (end->node, envelope);
}

static gboolean
carry (Pair *pair, End *from, End *to)
{
  g_autoptr (GBytes) message = cosmic_hub_session_next (from->session);

  if (message == NULL)
    return FALSE;
  g_assert_cmpuint (g_bytes_get_size (message), <=, COSMIC_HUB_MESSAGE_MAX);
  pair->messages[*(const guint8 *) g_bytes_get_data (message, NULL)]++;
  cosmic_hub_session_receive (to->session, message);
  cosmic_hub_session_idle (to->session);
  to->held = MAX (to->held, cosmic_hub_session_held (to->session));
  return TRUE;
}

static void
run (Pair *pair)
{
  gboolean more = TRUE;

  while (more)
    {
      more = carry (pair, &pair->member, &pair->hub);
      more = carry (pair, &pair->hub, &pair->member) || more;
    }
}

static void
assert_same (Pair *pair, guint count)
{
  g_assert_true (cosmic_hub_session_is_level (pair->member.session));
  g_assert_true (cosmic_hub_session_is_level (pair->hub.session));
  g_assert_true (pair->member.level);
  g_assert_cmpuint (fixture_hub_node_count (pair->hub.node), ==, count);
  g_assert_cmpuint (fixture_hub_node_count (pair->member.node), ==, count);
}

/* --- What goes well. -------------------------------------------------------------------------- */

static void
test_equal (void)
{
  Pair pair;

  pair_init (&pair);
  run (&pair);
  assert_same (&pair, 0);
  pair_clear (&pair);
}

static void
test_both_ways (void)
{
  Pair pair;

  pair_init (&pair);
  for (guint i = 0; i < 5000; i++)
    put (&pair, &pair.hub, 100);
  for (guint i = 0; i < 7000; i++)
    put (&pair, &pair.member, 100);
  run (&pair);
  assert_same (&pair, 12000);
  g_assert_cmpuint (pair.member.stored, ==, 7000);
  g_assert_cmpuint (pair.member.held, <, HELD_MAX);
  g_assert_cmpuint (pair.hub.held, <, HELD_MAX);
  pair_clear (&pair);
}

static void
test_large (void)
{
  Pair pair;

  pair_init (&pair);
  for (guint i = 0; i < 5; i++)
    put (&pair, &pair.hub, COSMIC_HUB_ENVELOPE_MAX - COSMIC_ENVELOPE_OVERHEAD - i);
  put (&pair, &pair.member, COSMIC_HUB_SMALL - COSMIC_ENVELOPE_OVERHEAD);
  put (&pair, &pair.member, COSMIC_HUB_SMALL + 1 - COSMIC_ENVELOPE_OVERHEAD);
  run (&pair);
  assert_same (&pair, 7);
  g_assert_cmpuint (pair.messages[PIECE], >, 5 * 31);
  g_assert_cmpuint (pair.member.held, <, HELD_MAX);
  pair_clear (&pair);
}

/* What is new goes to the other side at once, without another round. */
static void
test_live (void)
{
  Pair pair;
  CosmicItem item;

  pair_init (&pair);
  run (&pair);
  item = put (&pair, &pair.hub, 100);
  cosmic_hub_session_offer (pair.hub.session, &item);
  item = put (&pair, &pair.member, 100);
  cosmic_hub_session_offer (pair.member.session, &item);
  g_assert_false (cosmic_hub_session_is_level (pair.member.session));
  run (&pair);
  assert_same (&pair, 2);
  g_assert_cmpuint (pair.member.stored, ==, 1);
  pair_clear (&pair);
}

/* More than is kept in mind is found in another round. */
static void
test_many_offers (void)
{
  Pair pair;
  const guint count = COSMIC_HUB_OFFERS_MAX * 2;

  pair_init (&pair);
  run (&pair);
  for (guint i = 0; i < count; i++)
    {
      End *end = i % 2 == 0 ? &pair.hub : &pair.member;
      CosmicItem item = put (&pair, end, 10);

      cosmic_hub_session_offer (end->session, &item);
    }
  put (&pair, &pair.hub, 10);
  put (&pair, &pair.member, 10);
  cosmic_hub_session_again (pair.hub.session);
  run (&pair);
  assert_same (&pair, count + 2);
  pair_clear (&pair);
}

/* Whatever was stored before a cut stays, and a new session goes on from there. */
static void
test_cut (void)
{
  Pair pair;
  guint last = 0;

  pair_init (&pair);
  for (guint i = 0; i < 3000; i++)
    put (&pair, i % 2 == 0 ? &pair.hub : &pair.member, 700);
  for (guint cut = 1; !cosmic_hub_session_is_level (pair.member.session); cut++)
    {
      for (guint i = 0; i < 3 + cut; i++)
        {
          carry (&pair, &pair.member, &pair.hub);
          carry (&pair, &pair.hub, &pair.member);
        }
      g_assert_cmpuint (fixture_hub_node_count (pair.hub.node), >=, last);
      last = fixture_hub_node_count (pair.hub.node);
      if (cosmic_hub_session_is_level (pair.member.session))
        break;
      cosmic_hub_session_free (pair.hub.session);
      cosmic_hub_session_free (pair.member.session);
      g_array_set_size (pair.hub.node->heard, 0);
      g_array_set_size (pair.member.node->heard, 0);
      open_end (&pair, &pair.hub, TRUE);
      open_end (&pair, &pair.member, FALSE);
      g_assert_cmpuint (cut, <, 200);
    }
  run (&pair);
  assert_same (&pair, 3000);
  pair_clear (&pair);
}

/* --- Limits and erasing. ---------------------------------------------------------------------- */

static void
test_full (void)
{
  Pair pair;

  pair_init (&pair);
  pair.hub.node->most = 100;
  for (guint i = 0; i < 300; i++)
    put (&pair, &pair.member, 100);
  run (&pair);
  g_assert_cmpuint (fixture_hub_node_count (pair.hub.node), ==, 100);
  g_assert_cmpuint (pair.member.stored, ==, 100);
  g_assert_true (pair.member.room.full);
  g_assert_cmpint (cosmic_hub_session_state (pair.member.session), ==, COSMIC_HUB_OPEN);
  pair.hub.node->most = 1000;
  cosmic_hub_session_again (pair.member.session);
  run (&pair);
  assert_same (&pair, 300);
  g_assert_false (pair.member.room.full);
  pair_clear (&pair);
}

static void
test_erase (void)
{
  Pair pair;
  guint8 signature[COSMIC_HUB_SIGNATURE_SIZE] = { 7 };
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (CosmicId));

  pair_init (&pair);
  for (guint i = 0; i < 10; i++)
    put (&pair, &pair.member, 100);
  run (&pair);
  for (guint i = 0; i < 4; i++)
    {
      CosmicItem item;
      guint got;

      cosmic_item_set_read (pair.hub.node->items, i * 2, &item, 1, &got, NULL);
      g_array_append_val (ids, item.id);
    }
  cosmic_ids_normalise (ids);
  g_assert_true (cosmic_hub_session_erase (pair.member.session, ids, signature));
  g_assert_false (cosmic_hub_session_erase (pair.member.session, ids, signature));
  run (&pair);
  g_assert_cmpuint (pair.member.gone, ==, 4);
  g_assert_cmpuint (fixture_hub_node_count (pair.hub.node), ==, 6);
  /* Somebody who has not heard of it brings them again: they are not taken. */
  cosmic_hub_session_again (pair.member.session);
  run (&pair);
  g_assert_cmpuint (pair.member.refused, ==, 4);
  g_assert_cmpuint (fixture_hub_node_count (pair.hub.node), ==, 6);
  /* A ticket that nobody signed who may. */
  signature[0] = 8;
  g_assert_true (cosmic_hub_session_erase (pair.member.session, ids, signature));
  run (&pair);
  g_assert_cmpint (pair.hub.end, ==, COSMIC_HUB_INVALID);
  pair_clear (&pair);
}

/* What is not on the disk is not said to be stored. */
static void
test_failed_commit (void)
{
  Pair pair;

  pair_init (&pair);
  put (&pair, &pair.member, 100);
  pair.hub.node->fails = TRUE;
  run (&pair);
  g_assert_cmpuint (pair.member.stored, ==, 0);
  g_assert_cmpint (pair.hub.end, ==, COSMIC_HUB_FAILED);
  g_assert_cmpint (pair.member.end, ==, COSMIC_HUB_FAILED);
  pair_clear (&pair);
}

static void
test_out (void)
{
  Pair pair;

  pair_init (&pair);
  run (&pair);
  cosmic_hub_session_close (pair.hub.session, TRUE);
  run (&pair);
  g_assert_cmpint (pair.member.end, ==, COSMIC_HUB_OUT);
  pair_clear (&pair);
}

/* --- Those who break the protocol. ------------------------------------------------------------ */

static GByteArray *
message (guint8 type)
{
  GByteArray *bytes = g_byte_array_new ();

  cosmic_session_put_byte (bytes, type);
  return bytes;
}

static void
say (CosmicHubSession *session, GByteArray *frame)
{
  g_autoptr (GBytes) bytes = g_byte_array_free_to_bytes (frame);

  cosmic_hub_session_receive (session, bytes);
}

static void
say_hello (CosmicHubSession *session, guint8 version, guint8 role)
{
  GByteArray *hello = message (HELLO);

  cosmic_session_put_byte (hello, version);
  cosmic_session_put_byte (hello, role);
  say (session, hello);
}

/* Says PLAYED to a hub that was greeted, and expects END. */
static void
expect (GByteArray *played, CosmicHubEnd end)
{
  Pair pair;

  pair_init (&pair);
  say_hello (pair.hub.session, 1, 1);
  say (pair.hub.session, played);
  g_assert_cmpint (cosmic_hub_session_state (pair.hub.session), ==, end);
  g_assert_cmpuint (cosmic_hub_session_held (pair.hub.session), <, HELD_MAX);
  pair_clear (&pair);
}

static GByteArray *
ids_of (guint8 type, guint count, gboolean same)
{
  GByteArray *frame = message (type);

  cosmic_session_put_number (frame, count);
  for (guint i = 0; i < count; i++)
    {
      CosmicId id = { { 0 } };

      id.bytes[0] = same ? 1 : (guint8) (i >> 8);
      id.bytes[1] = same ? 1 : (guint8) i;
      cosmic_session_put_id (frame, &id);
    }
  return frame;
}

static void
test_hostile (void)
{
  FixtureRandom random;
  GByteArray *frame;

  g_assert_true (cosmic_crypto_init ());
  fixture_random_init (&random, 3);
  expect (message (0), COSMIC_HUB_UNKNOWN);
  expect (message (BYE + 1), COSMIC_HUB_UNKNOWN);
  expect (message (HELLO), COSMIC_HUB_BROKEN);
  expect (message (ROOM), COSMIC_HUB_BROKEN);
  expect (message (STORED), COSMIC_HUB_BROKEN);
  expect (message (AGAIN), COSMIC_HUB_BROKEN);
  expect (message (EVEN), COSMIC_HUB_BROKEN);
  expect (message (COMPARE), COSMIC_HUB_BROKEN);
  expect (ids_of (WANT, 0, FALSE), COSMIC_HUB_BROKEN);
  expect (ids_of (WANT, 1025, FALSE), COSMIC_HUB_BROKEN);
  expect (ids_of (WANT, 1024, FALSE), COSMIC_HUB_OPEN);
  expect (ids_of (NONE, 1, FALSE), COSMIC_HUB_BROKEN);
  /* A ticket's ids ascend, and a signature follows. */
  frame = ids_of (ERASE, 2, TRUE);
  g_byte_array_set_size (frame, frame->len + 64);
  expect (frame, COSMIC_HUB_BROKEN);
  expect (ids_of (ERASE, 2, FALSE), COSMIC_HUB_BROKEN);
  /* An envelope that was not asked for; what is none. */
  frame = message (ITEMS);
  {
    g_autoptr (GBytes) envelope
        = fixture_hub_envelope (fixture_random_table (&random), COSMIC_ITEM_BODY, 3, 256);

    cosmic_session_put_sized (frame, envelope);
  }
  expect (frame, COSMIC_HUB_BROKEN);
  frame = message (ITEMS);
  cosmic_session_put_number (frame, 3);
  g_byte_array_append (frame, (const guint8 *) "abc", 3);
  expect (frame, COSMIC_HUB_INVALID);
  frame = message (PIECE);
  cosmic_session_put_number (frame, G_MAXUINT64);
  expect (frame, COSMIC_HUB_BROKEN);
  /* A number that is longer than it must be. */
  frame = message (WANT);
  cosmic_session_put_byte (frame, 0x81);
  cosmic_session_put_byte (frame, 0x00);
  g_byte_array_set_size (frame, frame->len + 32);
  expect (frame, COSMIC_HUB_BROKEN);
}

static void
test_versions (void)
{
  Pair pair;

  pair_init (&pair);
  say_hello (pair.hub.session, 2, 9);
  g_assert_cmpint (cosmic_hub_session_state (pair.hub.session), ==, COSMIC_HUB_NEWER);
  say_hello (pair.member.session, 1, 1);
  g_assert_cmpint (cosmic_hub_session_state (pair.member.session), ==, COSMIC_HUB_BROKEN);
  pair_clear (&pair);
}

/* Somebody who asks for more and more and takes nothing. */
static void
test_flood (void)
{
  Pair pair;

  pair_init (&pair);
  say_hello (pair.hub.session, 1, 1);
  for (guint i = 0; i < 2; i++)
    say (pair.hub.session, ids_of (WANT, 1024, FALSE));
  g_assert_cmpint (cosmic_hub_session_state (pair.hub.session), ==, COSMIC_HUB_OPEN);
  say (pair.hub.session, ids_of (WANT, 1, FALSE));
  g_assert_cmpint (cosmic_hub_session_state (pair.hub.session), ==, COSMIC_HUB_FLOOD);
  pair_clear (&pair);
}

/* Somebody who offers without end what is never to be had. */
static void
test_offers_without_end (void)
{
  Pair pair;

  pair_init (&pair);
  say_hello (pair.hub.session, 1, 1);
  for (guint i = 0; i < 300; i++)
    {
      GByteArray *frame = message (OFFER);

      cosmic_session_put_number (frame, COSMIC_HUB_LIST_MAX);
      for (guint j = 0; j < COSMIC_HUB_LIST_MAX; j++)
        {
          CosmicId id;

          dpop_random_fill (fixture_random_table (&pair.random), &id, sizeof id);
          cosmic_session_put_number (frame, 33);
          cosmic_session_put_id (frame, &id);
        }
      say (pair.hub.session, frame);
      g_assert_cmpuint (cosmic_hub_session_held (pair.hub.session)
                            + pair.hub.node->heard->len * sizeof (CosmicId),
                        <, HELD_MAX);
    }
  pair_clear (&pair);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hub-session/Two that have nothing are level", test_equal);
  g_test_add_func ("/hub-session/Each gets what only the other has", test_both_ways);
  g_test_add_func ("/hub-session/What is large goes in pieces", test_large);
  g_test_add_func ("/hub-session/What is new goes at once", test_live);
  g_test_add_func ("/hub-session/More than is kept in mind is found again", test_many_offers);
  g_test_add_func ("/hub-session/After a cut it goes on from there", test_cut);
  g_test_add_func ("/hub-session/A full hub says so, and takes more once there is room", test_full);
  g_test_add_func ("/hub-session/What a ticket deletes does not come back", test_erase);
  g_test_add_func ("/hub-session/Stored is said of what is on the disk only", test_failed_commit);
  g_test_add_func ("/hub-session/Whose token is withdrawn hears so", test_out);
  g_test_add_func ("/hub-session/Who breaks the protocol is sent away", test_hostile);
  g_test_add_func ("/hub-session/Another version is told before all else", test_versions);
  g_test_add_func ("/hub-session/Who asks without taking is sent away", test_flood);
  g_test_add_func ("/hub-session/Offers without end cost no memory", test_offers_without_end);
  return g_test_run ();
}
