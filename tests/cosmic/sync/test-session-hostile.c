/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-secret.h"
#include "cosmic-session-frame.h"
#include "fixture-session-node.h"

/* Peers that break the protocol, by mistake or on purpose: each is told goodbye with a reason, and
 * none costs more than is allowed. */

#define HELD_MAX (8 * 1024 * 1024)

enum
{
  HELLO = 1, HEIGHT, RECORDS, NO_MORE, WANT, NONE, ITEMS, PIECE, COMPARE, COMPARED, HAVE, SHARES,
  FORK, AGAIN, WAITING, BYE, OFFER,
};

typedef struct
{
  FixtureSessionNode node;
  CosmicSession *session;
} Host;

static const CosmicSessionEvents events = { 0 };

static void
host_init (Host *self, gboolean caller)
{
  CosmicSessionSetting setting = { .caller = caller };

  fixture_session_node_init (&self->node, 1);
  setting.random = fixture_random_table (&self->node.random);
  self->session = cosmic_session_new (fixture_session_node_table (&self->node), &setting, &events,
                                      NULL);
}

static void
host_clear (Host *self)
{
  cosmic_session_free (self->session);
  fixture_session_node_clear (&self->node);
}

static CosmicId
numbered (guint64 number)
{
  CosmicId id = { { 0 } };
  guint64 order = GUINT64_TO_BE (number);

  memcpy (id.bytes, &order, sizeof order);
  memcpy (id.bytes + sizeof order, &number, sizeof number); /* where tables look */
  return id;
}

/* --- What is said. ---------------------------------------------------------------------------- */

static GByteArray *
message (guint8 type)
{
  GByteArray *bytes = g_byte_array_new ();

  cosmic_session_put_byte (bytes, type);
  return bytes;
}

static GByteArray *
hello (gboolean caller, guint64 height)
{
  const CosmicId checkpoint = height > 0 ? numbered (height) : cosmic_id_zero;
  GByteArray *bytes = message (HELLO);

  cosmic_session_put_byte (bytes, COSMIC_SESSION_VERSION);
  cosmic_session_put_byte (bytes, caller);
  cosmic_session_put_number (bytes, height);
  cosmic_session_put_id (bytes, &checkpoint);
  cosmic_session_put_id (bytes, &cosmic_id_zero);
  return bytes;
}

static GByteArray *
no_shares (void)
{
  GByteArray *bytes = message (SHARES);

  cosmic_session_put_byte (bytes, 0);
  cosmic_session_put_number (bytes, 0);
  return bytes;
}

static GByteArray *
with_number (guint8 type, guint64 number)
{
  GByteArray *bytes = message (type);

  cosmic_session_put_number (bytes, number);
  return bytes;
}

/* N ids from FROM on, behind their number; with parts for a want. */
static GByteArray *
with_ids (guint8 type, guint64 from, guint n)
{
  GByteArray *bytes = message (type);

  if (type == WANT)
    cosmic_session_put_byte (bytes, 1);
  if (type == SHARES)
    cosmic_session_put_byte (bytes, 0);
  if (type == OFFER)
    cosmic_session_put_number (bytes, 0);
  cosmic_session_put_number (bytes, n);
  for (guint i = 0; i < n; i++)
    {
      const CosmicId id = numbered (from + i);

      cosmic_session_put_id (bytes, &id);
      if (type == WANT)
        cosmic_session_put_byte (bytes, COSMIC_SESSION_ALL_PARTS);
    }
  return bytes;
}

static void
put_operation (GByteArray *bytes, guint64 number, gsize size)
{
  const CosmicId id = numbered (number);
  g_autoptr (GBytes) part = g_bytes_new_take (g_malloc0 (size), size);

  cosmic_session_put_byte (bytes, 1);
  cosmic_session_put_id (bytes, &id);
  cosmic_session_put_byte (bytes, COSMIC_SESSION_ALL_PARTS);
  for (guint i = 0; i < 3; i++)
    cosmic_session_put_sized (bytes, part);
}

static void
put_record (GByteArray *bytes, guint64 height, guint64 first, guint covered)
{
  const CosmicId checkpoint = numbered (height);
  g_autoptr (GBytes) certificate = g_bytes_new (&checkpoint, sizeof checkpoint);
  g_autofree CosmicId *ids = g_new (CosmicId, MAX (covered, 1));
  g_autoptr (GBytes) list = NULL;

  for (guint i = 0; i < covered; i++)
    ids[i] = numbered (first + i);
  list = g_bytes_new (ids, covered * sizeof *ids);
  cosmic_session_put_byte (bytes, 2);
  cosmic_session_put_number (bytes, height);
  cosmic_session_put_sized (bytes, list);
  cosmic_session_put_sized (bytes, certificate);
}

/* --- How it is taken. ------------------------------------------------------------------------- */

/* Takes BYTES. */
static gboolean
feed (Host *host, GByteArray *bytes)
{
  g_autoptr (GBytes) whole = g_byte_array_free_to_bytes (bytes);
  gboolean goes_on = cosmic_session_receive (host->session, whole);

  g_assert_cmpuint (cosmic_session_held (host->session), <, HELD_MAX);
  return goes_on;
}

/* Everything that it has to say; the last message's type. */
static guint8
drain (Host *host)
{
  guint8 type = 0;

  for (;;)
    {
      g_autoptr (GBytes) said = cosmic_session_next (host->session);

      if (said == NULL)
        return type;
      g_assert_cmpuint (g_bytes_get_size (said), <=, COSMIC_SESSION_MESSAGE_MAX);
      type = *(const guint8 *) g_bytes_get_data (said, NULL);
    }
}

static void
assert_ended (Host *host, CosmicSessionEnd reason)
{
  g_assert_cmpuint (cosmic_session_state (host->session), ==, reason);
  g_assert_cmpuint (cosmic_session_held (host->session), ==, 0);
  g_assert_cmpuint (drain (host), ==, BYE);
  g_assert_null (cosmic_session_next (host->session));
}

/* A host that waits for what comes after the beginning. */
static void
host_greeted (Host *self, gboolean caller, guint64 peer_height)
{
  host_init (self, caller);
  g_assert_true (feed (self, hello (!caller, peer_height)));
  g_assert_true (feed (self, no_shares ()));
  g_assert_true (cosmic_session_idle (self->session));
  drain (self);
}

/* --- Every byte. ------------------------------------------------------------------------------ */

static GByteArray *
make (guint8 type)
{
  GByteArray *bytes;

  switch (type)
    {
    case HELLO:
      return hello (TRUE, 3);
    case HEIGHT:
      {
        const CosmicId checkpoint = numbered (300);

        bytes = with_number (type, 300);
        cosmic_session_put_id (bytes, &checkpoint);
        return bytes;
      }
    case WANT:
    case NONE:
    case HAVE:
    case OFFER:
      return with_ids (type, 1, 3);
    case SHARES:
      return no_shares ();
    case ITEMS:
      bytes = message (type);
      put_operation (bytes, 7, 40);
      return bytes;
    case COMPARED:
      bytes = with_number (type, 0);
      cosmic_session_put_byte (bytes, 1);
      return bytes;
    case BYE:
      bytes = message (type);
      cosmic_session_put_byte (bytes, 1);
      return bytes;
    default:
      return with_number (type, 200);
    }
}

/* A message that is cut anywhere, or has one byte more. */
static void
test_a_message_is_whole_or_broken (void)
{
  static const guint8 types[] = { HELLO, HEIGHT, WANT, NONE, ITEMS, HAVE, SHARES, BYE, OFFER };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (GByteArray) whole = make (types[i]);

      for (guint size = 0; size <= whole->len + 1; size++)
        {
          Host host;
          GByteArray *cut = g_byte_array_new ();

          host_init (&host, FALSE);
          if (types[i] != HELLO)
            g_assert_true (feed (&host, hello (TRUE, 0)));
          g_byte_array_append (cut, whole->data, MIN (size, whole->len));
          if (size > whole->len)
            cosmic_session_put_byte (cut, 0);
          if (size == whole->len)
            g_assert_cmpint (feed (&host, cut), ==, types[i] != BYE);
          else
            {
              g_assert_false (feed (&host, cut));
              assert_ended (&host, COSMIC_SESSION_BROKEN);
            }
          host_clear (&host);
        }
    }
}

static void
test_every_type_before_the_hello_is_broken (void)
{
  for (guint type = 0; type < 256; type++)
    {
      Host host;

      if (type == HELLO || type == BYE)
        continue;
      host_init (&host, FALSE);
      g_assert_false (feed (&host, make ((guint8) type)));
      assert_ended (&host, COSMIC_SESSION_BROKEN);
      host_clear (&host);
    }
}

static void
test_an_unknown_type_ends_it_politely (void)
{
  for (guint type = 0; type < 256; type++)
    {
      Host host;

      if (type >= HELLO && type <= OFFER)
        continue;
      host_greeted (&host, FALSE, 0);
      g_assert_false (feed (&host, message ((guint8) type)));
      assert_ended (&host, COSMIC_SESSION_UNKNOWN);
      host_clear (&host);
    }
}

/* What witnesses say comes only to whoever asked for it. */
static void
test_what_witnesses_say_is_asked_for (void)
{
  const guint8 nothing[300] = { 0 };
  g_autoptr (GBytes) envelope = g_bytes_new_static (nothing, sizeof nothing);
  GByteArray *items = message (ITEMS);
  Host host;

  host_greeted (&host, FALSE, 0);
  cosmic_session_put_byte (items, 4);
  cosmic_session_put_sized (items, envelope);
  cosmic_session_put_byte (items, 0);
  g_assert_false (feed (&host, items));
  assert_ended (&host, COSMIC_SESSION_BROKEN);
  host_clear (&host);
}

static void
test_another_version_is_told_apart (void)
{
  Host host;
  GByteArray *newer = hello (TRUE, 0);

  newer->data[1] = COSMIC_SESSION_VERSION + 1;
  host_init (&host, FALSE);
  g_assert_false (feed (&host, newer));
  assert_ended (&host, COSMIC_SESSION_NEWER);
  host_clear (&host);
}

/* --- Numbers and lists. ----------------------------------------------------------------------- */

static void
refuse (gboolean caller, GByteArray *bytes, CosmicSessionEnd reason)
{
  Host host;

  host_greeted (&host, caller, 0);
  g_assert_false (feed (&host, bytes));
  assert_ended (&host, reason);
  host_clear (&host);
}

static void
test_numbers_are_in_the_fewest_bytes (void)
{
  static const guint8 longer[] = { RECORDS, 0x81, 0x00 };
  static const guint8 wide[] = { FORK, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02 };
  GByteArray *first = g_byte_array_new (), *second = g_byte_array_new ();

  refuse (FALSE, g_byte_array_append (first, longer, sizeof longer), COSMIC_SESSION_BROKEN);
  refuse (FALSE, g_byte_array_append (second, wide, sizeof wide), COSMIC_SESSION_BROKEN);
}

static void
test_lists_ascend (void)
{
  GByteArray *twice = with_ids (HAVE, 5, 2), *down = with_ids (NONE, 5, 2);

  memcpy (twice->data + 2 + 32, twice->data + 2, 32);
  refuse (FALSE, twice, COSMIC_SESSION_BROKEN);
  down->data[2] = 0xff;
  refuse (FALSE, down, COSMIC_SESSION_BROKEN);
}

static void
test_what_is_said_to_be_long_costs_nothing (void)
{
  static const guint64 sizes[] = { G_MAXUINT64, G_GUINT64_CONSTANT (1) << 63, 1 << 30,
                                   COSMIC_SESSION_ITEM_MAX + 1 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      const CosmicId id = numbered (1);
      GByteArray *ids = with_number (HAVE, sizes[i]), *piece = with_number (PIECE, sizes[i]);
      GByteArray *item = message (ITEMS);

      cosmic_session_put_number (piece, 0);
      cosmic_session_put_byte (piece, 1);
      cosmic_session_put_byte (item, 1);
      cosmic_session_put_id (item, &id);
      cosmic_session_put_byte (item, COSMIC_SESSION_HEADER);
      cosmic_session_put_number (item, sizes[i]);
      refuse (FALSE, ids, COSMIC_SESSION_BROKEN);
      refuse (FALSE, piece, COSMIC_SESSION_BROKEN);
      refuse (FALSE, item, COSMIC_SESSION_BROKEN);
    }
}

static void
test_a_message_is_not_too_long (void)
{
  GByteArray *have = message (ITEMS);

  while (have->len <= COSMIC_SESSION_MESSAGE_MAX)
    put_operation (have, 3, 1000);
  refuse (FALSE, have, COSMIC_SESSION_BROKEN);
}

/* --- Out of turn. ----------------------------------------------------------------------------- */

static void
test_what_is_out_of_turn_is_broken (void)
{
  GByteArray *record = message (ITEMS), *compared = with_number (COMPARED, 0);
  GByteArray *second = hello (TRUE, 0), *height = with_number (HEIGHT, 0);

  put_record (record, 1, 0, 0);
  refuse (FALSE, record, COSMIC_SESSION_BROKEN); /* nobody asked */
  cosmic_session_put_byte (compared, 1);
  refuse (FALSE, compared, COSMIC_SESSION_BROKEN);
  refuse (FALSE, second, COSMIC_SESSION_BROKEN);
  cosmic_session_put_id (height, &cosmic_id_zero);
  refuse (FALSE, height, COSMIC_SESSION_BROKEN); /* not risen */
  refuse (FALSE, with_number (RECORDS, 1), COSMIC_SESSION_BROKEN); /* there is none */
  refuse (FALSE, with_number (NO_MORE, 2), COSMIC_SESSION_BROKEN);
  refuse (FALSE, with_number (FORK, 1), COSMIC_SESSION_BROKEN);
  refuse (FALSE, message (AGAIN), COSMIC_SESSION_BROKEN); /* to who leads only */
}

static void
test_pieces_follow_each_other (void)
{
  static const guint64 places[] = { 0, 999, 1001 };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree guint8 *zeros = g_malloc0 (1000);
      GByteArray *first = with_number (PIECE, 100000), *second = with_number (PIECE, 100000);
      Host host;

      host_greeted (&host, FALSE, 0);
      cosmic_session_put_number (first, 0);
      g_byte_array_append (first, zeros, 1000);
      g_assert_true (feed (&host, first));
      cosmic_session_put_number (second, places[i]);
      g_byte_array_append (second, zeros, 1000);
      g_assert_false (feed (&host, second));
      assert_ended (&host, COSMIC_SESSION_BROKEN);
      host_clear (&host);
    }
}

/* A peer that claims a height must give what leads there. */
static void
test_a_claimed_height_must_be_given (void)
{
  Host host;
  GByteArray *skips;

  host_greeted (&host, FALSE, 5);
  g_assert_false (feed (&host, with_number (NO_MORE, 1))); /* none at all */
  assert_ended (&host, COSMIC_SESSION_BROKEN);
  host_clear (&host);

  host_greeted (&host, FALSE, 5);
  skips = message (ITEMS);
  put_record (skips, 2, 0, 0);
  g_assert_false (feed (&host, skips));
  assert_ended (&host, COSMIC_SESSION_BROKEN);
  host_clear (&host);

  host_greeted (&host, FALSE, 1);
  skips = message (ITEMS);
  put_record (skips, 1, 100, 3);
  g_assert_true (feed (&host, skips));
  drain (&host);
  g_assert_false (feed (&host, with_ids (NONE, 101, 1))); /* certified, and yet not there */
  assert_ended (&host, COSMIC_SESSION_GAP);
  host_clear (&host);
}

static void
test_a_fork_must_be_shown (void)
{
  Host host;
  GByteArray *record = message (ITEMS);
  CosmicId own;

  host_init (&host, FALSE);
  fixture_session_node_rise (&host.node);
  g_assert_true (feed (&host, hello (TRUE, 0)));
  own = g_array_index (host.node.checkpoints, CosmicId, 0);
  cosmic_session_free (host.session);
  {
    CosmicSessionSetting setting = { .random = fixture_random_table (&host.node.random) };

    host.session = cosmic_session_new (fixture_session_node_table (&host.node), &setting, &events,
                                       NULL);
  }
  g_assert_true (feed (&host, hello (TRUE, 0)));
  g_assert_true (feed (&host, with_number (FORK, 1)));
  cosmic_session_put_byte (record, 2);
  cosmic_session_put_number (record, 1);
  cosmic_session_put_number (record, 0);
  {
    g_autoptr (GBytes) certificate = g_bytes_new (&own, sizeof own);

    cosmic_session_put_sized (record, certificate);
  }
  g_assert_false (feed (&host, record)); /* it is the same one */
  assert_ended (&host, COSMIC_SESSION_BROKEN);
  host_clear (&host);
}

static void
test_what_is_refused_for_good_ends_it (void)
{
  static const struct
  {
    CosmicTake take;
    CosmicSessionEnd end;
  } cases[] = {
    { COSMIC_TAKE_BAD, COSMIC_SESSION_INVALID },
    { COSMIC_TAKE_FAILED, COSMIC_SESSION_FAILED },
    { COSMIC_TAKE_FORK, COSMIC_SESSION_INVALID },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Host host;
      GByteArray *items = message (ITEMS);

      host_greeted (&host, FALSE, 0);
      host.node.take = cases[i].take;
      put_operation (items, 1, 10);
      g_assert_false (feed (&host, items));
      assert_ended (&host, cases[i].end);
      host_clear (&host);
    }
}

/* --- Floods. ---------------------------------------------------------------------------------- */

static void
test_a_flood_of_wants_ends_it (void)
{
  Host host;
  guint64 from = 0;
  gboolean goes_on = TRUE;

  host_greeted (&host, FALSE, 0);
  while (goes_on && from < 100 * COSMIC_SESSION_WINDOW)
    {
      goes_on = feed (&host, with_ids (WANT, from, COSMIC_SESSION_LIST_MAX));
      from += COSMIC_SESSION_LIST_MAX;
    }
  g_assert_cmpuint (from, <=, 3 * COSMIC_SESSION_WINDOW);
  assert_ended (&host, COSMIC_SESSION_FLOOD);
  host_clear (&host);
}

/* Wants that are answered may go on for ever. */
static void
test_wants_that_are_answered_go_on (void)
{
  Host host;

  host_greeted (&host, FALSE, 0);
  for (guint i = 0; i < 100; i++)
    {
      g_assert_true (feed (&host, with_ids (WANT, i * 1000, COSMIC_SESSION_LIST_MAX)));
      g_assert_cmpuint (drain (&host), ==, NONE);
    }
  host_clear (&host);
}

/* One that sends and never reads: what it is not told costs no memory. */
static void
test_who_does_not_read_is_not_told_more (void)
{
  Host host;

  host_greeted (&host, FALSE, 0);
  for (guint i = 0; i < 2000; i++)
    {
      GByteArray *items = message (ITEMS);

      for (guint j = 0; j < 100; j++)
        put_operation (items, i * 100 + j, 10);
      g_assert_true (feed (&host, items));
      g_assert_true (cosmic_session_idle (host.session));
    }
  g_assert_cmpuint (cosmic_session_held (host.session), <, 4 * 1024 * 1024);
  host_clear (&host);
}

/* Shares may be anything that has an id; so many, and no more. */
static void
test_a_flood_of_shares_ends_it (void)
{
  Host host;
  guint sent = 0;
  gboolean goes_on = TRUE;

  host_greeted (&host, FALSE, 0);
  while (goes_on && sent < 2 * COSMIC_SESSION_SHARES_MAX)
    {
      GByteArray *items = message (ITEMS);

      for (guint i = 0; i < 1000; i++, sent++)
        {
          g_autoptr (GBytes) share = g_bytes_new (&sent, sizeof sent);

          cosmic_session_put_byte (items, 3);
          cosmic_session_put_sized (items, share);
        }
      goes_on = feed (&host, items);
    }
  assert_ended (&host, COSMIC_SESSION_FLOOD);
  host_clear (&host);
}

/* Records as large as they may be, one after another. */
static void
test_large_records_are_bounded (void)
{
  Host host;

  host_greeted (&host, FALSE, 1000);
  for (guint64 height = 1; height < 20; height++)
    {
      g_autoptr (GByteArray) record = g_byte_array_new ();
      gboolean goes_on = TRUE;

      put_record (record, height, height << 32, 60000);
      for (gsize at = 0; goes_on && at < record->len; at += 60000)
        {
          GByteArray *piece = with_number (PIECE, record->len);

          cosmic_session_put_number (piece, at);
          g_byte_array_append (piece, record->data + at, MIN (60000, record->len - at));
          goes_on = feed (&host, piece);
        }
      if (!goes_on)
        break;
      g_assert_cmpuint (height, <, 3);
    }
  assert_ended (&host, COSMIC_SESSION_BROKEN);
  host_clear (&host);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (cosmic_crypto_init ());
#define ADD(name, function) g_test_add_func ("/session-hostile/" name, function)
  ADD ("a message is whole or broken", test_a_message_is_whole_or_broken);
  ADD ("every type before the hello is broken", test_every_type_before_the_hello_is_broken);
  ADD ("an unknown type ends it politely", test_an_unknown_type_ends_it_politely);
  ADD ("what witnesses say is asked for", test_what_witnesses_say_is_asked_for);
  ADD ("another version is told apart", test_another_version_is_told_apart);
  ADD ("numbers are in the fewest bytes", test_numbers_are_in_the_fewest_bytes);
  ADD ("lists ascend", test_lists_ascend);
  ADD ("what is said to be long costs nothing", test_what_is_said_to_be_long_costs_nothing);
  ADD ("a message is not too long", test_a_message_is_not_too_long);
  ADD ("what is out of turn is broken", test_what_is_out_of_turn_is_broken);
  ADD ("pieces follow each other", test_pieces_follow_each_other);
  ADD ("a claimed height must be given", test_a_claimed_height_must_be_given);
  ADD ("a fork must be shown", test_a_fork_must_be_shown);
  ADD ("what is refused for good ends it", test_what_is_refused_for_good_ends_it);
  ADD ("a flood of wants ends it", test_a_flood_of_wants_ends_it);
  ADD ("wants that are answered go on", test_wants_that_are_answered_go_on);
  ADD ("who does not read is not told more", test_who_does_not_read_is_not_told_more);
  ADD ("a flood of shares ends it", test_a_flood_of_shares_ends_it);
  ADD ("large records are bounded", test_large_records_are_bounded);
  return g_test_run ();
}
