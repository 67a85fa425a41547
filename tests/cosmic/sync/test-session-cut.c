/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session-link.h"

/* The channel is lost at any time; and what is large delays nothing that is small. */

static FixtureLog *
newcomer (Society *society, guint64 seed, SessionNode **node)
{
  FixtureLog *log = society_newcomer (society, seed);

  *node = session_node_new (log, &society->devices[1]);
  return log;
}

/* Which of the wants of LINK's sides were answered, and are in the log: of CosmicId. */
static GHashTable *
came (SessionLink *link)
{
  GHashTable *ids = g_hash_table_new_full (cosmic_id_hash, cosmic_id_equal, g_free, NULL);

  for (guint i = 0; i < 2; i++)
    {
      CosmicLogStore store = cosmic_log_store (link->sides[i].node->log->log);
      GHashTableIter iter;
      gpointer id;

      g_hash_table_iter_init (&iter, link->sides[i].wanted);
      while (g_hash_table_iter_next (&iter, &id, NULL))
        {
          g_autoptr (CosmicEntry) entry = NULL;

          store.table->find_entry (store.self, id, &entry, NULL);
          if (entry != NULL)
            g_hash_table_add (ids, cosmic_id_copy (id));
        }
    }
  return ids;
}

static void
assert_not_asked_again (const SessionLink *link, GHashTable *before)
{
  GHashTableIter iter;
  gpointer id;

  g_assert_cmpuint (link->repeats, ==, 0);
  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    for (guint i = 0; i < 2; i++)
      g_assert_false (g_hash_table_contains (link->sides[i].wanted, id));
}

/* TRUE when it was over before it was cut after STEPS. */
static gboolean
cut_after (Society *society, guint steps, guint64 seed)
{
  SessionNode *a = session_node_new (society->log, &society->devices[0]), *b;
  FixtureLog *other = newcomer (society, 50 + seed, &b);
  g_autoptr (GHashTable) before = NULL;
  FixtureRandom random;
  SessionLink *link;
  gboolean over = FALSE;

  fixture_random_init (&random, seed);
  link = seed % 2 == 0 ? session_link_new (a, b) : session_link_new (b, a);
  for (guint i = 0; i < steps && !over; i++)
    over = !session_link_step (link, &random);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpuint (link->sides[i].ended, ==, COSMIC_SESSION_OPEN);
  /* What came is committed by closing; only then is it known what did. */
  for (guint i = 0; i < 2; i++)
    cosmic_session_close (link->sides[i].session);
  before = came (link);
  session_link_free (link);
  link = session_link_new (b, a);
  session_link_run (link);
  g_assert_true (session_link_is_level (link));
  assert_not_asked_again (link, before);
  session_link_free (link);
  society_assert_same (society->log, other);
  society_assert_sound (other);
  session_node_free (a);
  session_node_free (b);
  fixture_log_free (other);
  return over;
}

static void
test_it_is_cut_after_every_step (void)
{
  Society society;
  guint steps = 0;

  society_init (&society, 1);
  society_live (&society, NULL, 60, TRUE);
  society_live (&society, NULL, 10, FALSE);
  while (!cut_after (&society, steps, steps))
    steps += fixture_share ();
  g_test_message ("cut after each of %u steps", steps);
  g_assert_cmpuint (steps, >, 20);
  society_clear (&society);
}

/* The founder says some things. */
static void
speak (Society *society, FixtureRandom *random)
{
  for (guint i = 0; i < 5; i++)
    if (fixture_random_below (random, 3) == 0)
      society_write (society, society->log, 0, "a name", NULL);
    else
      fixture_log_number (society->log, &society->devices[0],
                          &society->streams[fixture_random_below (random, SOCIETY_STREAMS)],
                          i + 1, NULL);
  if (fixture_random_below (random, 2) == 0)
    fixture_log_certify (society->log, society->witness);
}

/* Cut again and again, with news on both sides between. */
static void
test_it_is_cut_again_and_again (void)
{
  for (guint64 seed = 0; seed < MAX (20 / fixture_share (), 1); seed++)
    {
      Society society;
      SessionNode *a, *b;
      FixtureLog *other;
      FixtureRandom random;

      society_init (&society, 300 + seed);
      fixture_random_init (&random, seed);
      a = session_node_new (society.log, &society.devices[0]);
      other = newcomer (&society, 400 + seed, &b);
      session_exchange (b, a);
      for (guint meeting = 0; meeting < 12; meeting++)
        {
          SessionLink *link = meeting % 2 == 0 ? session_link_new (a, b) : session_link_new (b, a);
          guint steps = (guint) fixture_random_below (&random, 30);

          for (guint i = 0; i < steps; i++)
            session_link_step (link, &random);
          session_link_free (link);
          speak (&society, &random);
          society_live (&society, other, 5, FALSE);
        }
      session_exchange (a, b);
      society_assert_same (society.log, other);
      society_assert_sound (other);
      session_node_free (a);
      session_node_free (b);
      fixture_log_free (other);
      society_clear (&society);
    }
}

/* --- Large and small. ------------------------------------------------------------------------- */

static void
write_big (Society *society, SessionNode *node, gsize size, CosmicId *id)
{
  g_autofree char *text = g_malloc0 (size + 1);

  memset (text, 'x', size);
  society_write (society, node->log, 0, text, id);
  cosmic_log_node_operation (node->node, id);
}

static void
test_what_is_large_delays_what_is_small_by_one_message (void)
{
  Society society;
  SessionNode *a, *b;
  FixtureLog *other;
  SessionLink *link;
  CosmicId id;
  guint before;

  society_init (&society, 3);
  a = session_node_new (society.log, &society.devices[0]);
  other = newcomer (&society, 4, &b);
  session_exchange (b, a);
  link = session_link_new (a, b);
  session_link_run (link);
  for (guint i = 0; i < 20; i++)
    write_big (&society, a, 60000, &id);
  cosmic_log_node_tell (a->node);
  for (guint i = 0; i < 3; i++) /* one of them is half on its way */
    g_assert_true (session_link_send (link, 0, 1));
  before = link->sides[1].wire.length;
  fixture_log_number (society.log, &society.devices[0], &society.streams[0], 7, &id);
  cosmic_log_node_operation (a->node, &id);
  cosmic_log_node_tell (a->node);
  g_assert_true (session_link_send (link, 0, 1));
  g_assert_cmpuint (link->sides[1].wire.length, ==, before + 1);
  while (link->sides[1].wire.length > 0)
    session_link_receive (link, 1);
  g_assert_true (cosmic_log_n_open (other->log) < cosmic_log_n_open (society.log->log));
  {
    CosmicLogStore store = cosmic_log_store (other->log);
    g_autoptr (CosmicEntry) entry = NULL;

    store.table->find_entry (store.self, &id, &entry, NULL);
    g_assert_nonnull (entry);
  }
  session_link_run (link);
  society_assert_same (society.log, other);
  session_link_free (link);
  session_node_free (a);
  session_node_free (b);
  fixture_log_free (other);
  society_clear (&society);
}

/* --- Much. ------------------------------------------------------------------------------------ */

/* What one side holds because of the other, and what both go through. */
#define HELD_MAX (8 * 1024 * 1024)

static void
assert_bounded (const SessionLink *link)
{
  for (guint i = 0; i < 2; i++)
    {
      g_test_message ("side %u held %" G_GSIZE_FORMAT " bytes at most, and took in %"
                      G_GUINT64_FORMAT " in %" G_GUINT64_FORMAT " messages",
                      i, link->sides[i].most_held, link->sides[i].bytes, link->sides[i].messages);
      g_assert_cmpuint (link->sides[i].most_held, <, HELD_MAX);
    }
}

/* More that is not covered than is kept in mind at once, on both sides; some of it large. */
static void
test_much_is_not_covered (void)
{
  guint many = 12000 / fixture_share ();
  Society society;
  SessionNode *a, *b;
  FixtureLog *other;
  SessionLink *link;

  society_init (&society, 5);
  a = session_node_new (society.log, &society.devices[0]);
  other = newcomer (&society, 6, &b);
  session_exchange (b, a);
  for (guint i = 0; i < many; i++)
    {
      CosmicId id;

      fixture_log_number (society.log, &society.devices[0], &society.streams[0], i + 1, &id);
      if (i % 50 == 0)
        write_big (&society, a, 60000, &id);
      if (i % 2 == 0)
        fixture_log_number (other, &society.devices[1], &society.streams[1], i + 1, &id);
    }
  link = session_link_new (a, b);
  session_link_run (link);
  g_assert_true (session_link_is_level (link));
  assert_bounded (link);
  g_assert_cmpuint (link->repeats, ==, 0);
  g_assert_cmpuint (link->sides[1].done, ==, link->sides[1].total);
  society_assert_same (society.log, other);
  session_link_free (link);
  session_node_free (a);
  session_node_free (b);
  fixture_log_free (other);
  society_clear (&society);
}

/* The peer does not read: what is new piles up only so far, and comes over later all the same. */
static void
test_a_peer_that_does_not_read_costs_little (void)
{
  guint many = 10000 / fixture_share ();
  Society society;
  SessionNode *a, *b;
  FixtureLog *other;
  SessionLink *link;

  society_init (&society, 7);
  a = session_node_new (society.log, &society.devices[0]);
  other = newcomer (&society, 8, &b);
  session_exchange (b, a);
  link = session_link_new (a, b);
  session_link_run (link);
  for (guint i = 0; i < many; i++)
    {
      CosmicId id;

      fixture_log_number (society.log, &society.devices[0], &society.streams[0], i + 1, &id);
      cosmic_log_node_operation (a->node, &id);
      cosmic_log_node_tell (a->node);
    }
  g_assert_cmpuint (cosmic_session_held (link->sides[0].session), <, 4 * 1024 * 1024);
  session_link_run (link);
  g_assert_true (session_link_is_level (link));
  assert_bounded (link);
  society_assert_same (society.log, other);
  session_link_free (link);
  session_node_free (a);
  session_node_free (b);
  fixture_log_free (other);
  society_clear (&society);
}

/* One batch whose list goes in pieces, and many small ones. */
static void
test_much_is_covered (void)
{
  guint many = 9000 / fixture_share (), heights = 300 / fixture_share ();
  Society society;
  SessionNode *a, *b;
  FixtureLog *other;
  SessionLink *link;

  society_init (&society, 9);
  for (guint i = 0; i < many; i++)
    fixture_log_number (society.log, &society.devices[0], &society.streams[0], i + 1, NULL);
  fixture_log_certify (society.log, society.witness);
  for (guint i = 0; i < heights; i++)
    {
      society_write (&society, society.log, 0, "a name", NULL);
      fixture_log_certify (society.log, society.witness);
    }
  a = session_node_new (society.log, &society.devices[0]);
  other = newcomer (&society, 10, &b);
  link = session_link_new (b, a);
  session_link_run (link);
  g_assert_true (session_link_is_level (link));
  assert_bounded (link);
  g_assert_cmpuint (link->repeats, ==, 0);
  society_assert_same (society.log, other);
  society_assert_sound (other);
  session_link_free (link);
  session_node_free (a);
  session_node_free (b);
  fixture_log_free (other);
  society_clear (&society);
}

/* Who is behind and linked with two gets little twice, also when one of them says nothing more. */
static void
test_two_peers_share_the_work (void)
{
  for (guint silent = 0; silent < 2; silent++)
    {
      guint many = 5000 / fixture_share ();
      Society society;
      SessionNode *a, *b, *c;
      FixtureLog *second, *third;
      SessionLink *links[2];
      guint asked = 0;

      society_init (&society, 11 + silent);
      a = session_node_new (society.log, &society.devices[0]);
      second = newcomer (&society, 14, &b);
      third = newcomer (&society, 15, &c);
      for (guint i = 0; i < many; i++)
        fixture_log_number (society.log, &society.devices[0], &society.streams[i % 3], i + 1, NULL);
      fixture_log_certify (society.log, society.witness);
      for (guint i = 0; i < many; i++)
        fixture_log_number (society.log, &society.devices[0], &society.streams[i % 3], i + 1, NULL);
      session_exchange (b, a);
      links[0] = session_link_new (c, a);
      links[1] = session_link_new (c, b);
      for (gboolean moved = TRUE; moved;)
        {
          moved = FALSE;
          for (guint i = 0; i < 2; i++)
            {
              moved = session_link_send (links[i], 0, 1) || moved;
              while (session_link_receive (links[i], 1))
                moved = TRUE;
              /* The second one falls silent once it was asked for something. */
              if (i == 1 && silent == 1 && g_hash_table_size (links[1]->sides[0].wanted) > 100)
                continue;
              moved = session_link_send (links[i], 1, 1) || moved;
              while (session_link_receive (links[i], 0))
                moved = TRUE;
            }
        }
      society_assert_same (society.log, third);
      for (guint i = 0; i < 2; i++)
        {
          asked += g_hash_table_size (links[i]->sides[0].wanted);
          g_test_message ("asked of the %s: %u", i == 0 ? "first" : "second",
                          g_hash_table_size (links[i]->sides[0].wanted));
        }
      g_assert_true (session_link_is_level (links[0]));
      g_assert_true (silent == 1 || session_link_is_level (links[1]));
      /* Of what is left at last, some is asked of both. */
      g_assert_cmpuint (asked, <, 2 * many + many / 2 + 1024);
      for (guint i = 0; i < 2; i++)
        session_link_free (links[i]);
      session_node_free (a);
      session_node_free (b);
      session_node_free (c);
      fixture_log_free (second);
      fixture_log_free (third);
      society_clear (&society);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func ("/session-cut/" name, function)
  ADD ("it is cut after every step", test_it_is_cut_after_every_step);
  ADD ("it is cut again and again", test_it_is_cut_again_and_again);
  ADD ("what is large delays what is small by one message",
       test_what_is_large_delays_what_is_small_by_one_message);
  ADD ("much is not covered", test_much_is_not_covered);
  ADD ("a peer that does not read costs little", test_a_peer_that_does_not_read_costs_little);
  ADD ("much is covered", test_much_is_covered);
  ADD ("two peers share the work", test_two_peers_share_the_work);
  return g_test_run ();
}
