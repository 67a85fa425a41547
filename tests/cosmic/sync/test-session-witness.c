/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session-link.h"

/* Three record keepers who agree over exchange sessions: real logs, on databases in memory. */

#define KEEPERS 3

typedef struct
{
  guint64 height;
  guint32 round;
  CosmicStep step;
} Timer;

typedef struct
{
  SessionNode *node;
  CosmicLogWitness *witness;
  CosmicSecret *key;
  GArray *timers; /* of Timer */
  guint evidence;
} Keeper;

typedef struct
{
  Society society;
  Keeper keepers[KEEPERS];
} Council;

static void
on_schedule (gpointer data, guint64 height, guint32 round, CosmicStep step, guint ms)
{
  const Timer timer = { height, round, step };

  g_array_append_val (((Keeper *) data)->timers, timer);
}

static void
on_evidence (gpointer data, const CosmicId *witness, GBytes *a, GBytes *b)
{
  ((Keeper *) data)->evidence++;
}

static const CosmicLogWitnessHooks hooks = { .schedule = on_schedule, .evidence = on_evidence };

static void
open_keeper (Keeper *self, FixtureLog *log, FixtureDevice *device)
{
  GError *error = NULL;

  self->node = session_node_new (log, device);
  self->witness = cosmic_log_witness_new (log->log, self->key, &hooks, self, &error);
  g_assert_no_error (error);
  cosmic_log_node_set_witness (self->node->node, self->witness);
}

static void
close_keeper (Keeper *self)
{
  g_clear_pointer (&self->node, session_node_free);
  g_clear_pointer (&self->witness, cosmic_log_witness_free);
  g_array_set_size (self->timers, 0);
}

/* As after a crash: what is not on the disk is forgotten. */
static void
reopen (Council *self, guint who)
{
  Keeper *keeper = &self->keepers[who];
  FixtureLog *log = keeper->node->log;
  GError *error = NULL;

  close_keeper (keeper);
  cosmic_log_begin (log->log, &error);
  g_assert_no_error (error);
  cosmic_log_rollback (log->log, &error);
  g_assert_no_error (error);
  open_keeper (keeper, log, &self->society.devices[who]);
}

static void
offer (Council *self, guint who)
{
  Society *society = &self->society;
  CosmicId public_key;
  CosmicClaim claim = { .kind = COSMIC_KIND_WITNESS_OFFER };

  self->keepers[who].key
      = cosmic_sign_key_new (fixture_random_table (&society->log->random), public_key.bytes);
  claim.body = cosmic_witness_offer_body (cosmic_log_party (society->log->log),
                                          &society->devices[who].key, self->keepers[who].key);
  g_assert_cmpuint (fixture_log_say (society->log, &society->devices[who], &claim, NULL), ==,
                    COSMIC_REASON_NONE);
}

static void
appoint_all (Council *self)
{
  g_autoptr (GArray) devices = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  CosmicClaim claim = { .kind = FIXTURE_KIND_APPOINT };
  GVariant *ids;

  for (guint i = 1; i < KEEPERS; i++)
    {
      offer (self, i);
      g_array_append_val (devices, self->society.devices[i].key);
    }
  cosmic_ids_normalise (devices);
  ids = cosmic_codec_new_ids (devices);
  claim.body = g_variant_new_tuple (&ids, 1);
  g_assert_cmpuint (fixture_log_say (self->society.log, &self->society.devices[0], &claim, NULL),
                    ==, COSMIC_REASON_NONE);
  fixture_log_certify (self->society.log, self->society.witness);
}

static void
council_init (Council *self, guint64 seed)
{
  *self = (Council){ 0 };
  society_init (&self->society, seed);
  self->keepers[0].key = self->society.witness;
  appoint_all (self);
  for (guint i = 0; i < KEEPERS; i++)
    {
      self->keepers[i].timers = g_array_new (FALSE, FALSE, sizeof (Timer));
      open_keeper (&self->keepers[i],
                   i == 0 ? self->society.log : society_newcomer (&self->society, seed + i),
                   &self->society.devices[i]);
      if (i > 0)
        session_exchange (self->keepers[0].node, self->keepers[i].node);
    }
}

static void
council_clear (Council *self)
{
  for (guint i = 0; i < KEEPERS; i++)
    {
      FixtureLog *log = self->keepers[i].node->log;

      close_keeper (&self->keepers[i]);
      g_array_unref (self->keepers[i].timers);
      if (i > 0)
        {
          fixture_log_free (log);
          cosmic_secret_free (self->keepers[i].key);
        }
    }
  society_clear (&self->society);
}

static guint64
height (const Council *self, guint who)
{
  return cosmic_log_height (self->keepers[who].node->log->log);
}

static void
assert_same (Council *self)
{
  for (guint i = 1; i < KEEPERS; i++)
    society_assert_same (self->society.log, self->keepers[i].node->log);
  for (guint i = 0; i < KEEPERS; i++)
    society_assert_sound (self->keepers[i].node->log);
}

/* Lets the keeper do what is to be done, and tells its sessions. */
static void
stir (Keeper *self)
{
  CosmicSessionNode node = cosmic_log_node_table (self->node->node);

  g_assert_true (node.table->commit (node.self));
  cosmic_log_node_tell (self->node->node);
}

static void
request (Council *self, guint who)
{
  cosmic_log_witness_request (self->keepers[who].witness);
  stir (&self->keepers[who]);
}

static void
say (Council *self, guint who, const char *text)
{
  Keeper *keeper = &self->keepers[who];
  CosmicId id;

  society_write (&self->society, keeper->node->log, who, text, &id);
  cosmic_log_node_operation (keeper->node->node, &id);
  cosmic_log_node_tell (keeper->node->node);
}

/* All timers that were asked for run out. */
static void
fire (Keeper *self)
{
  g_autoptr (GArray) timers = g_steal_pointer (&self->timers);

  self->timers = g_array_new (FALSE, FALSE, sizeof (Timer));
  for (guint i = 0; i < timers->len; i++)
    {
      const Timer *timer = &g_array_index (timers, Timer, i);

      cosmic_log_witness_timeout (self->witness, timer->height, timer->round, timer->step);
    }
  stir (self);
}

static void
test_three_agree (void)
{
  Council council;
  SessionLink *first, *second;
  guint64 before;

  council_init (&council, 1);
  before = height (&council, 0);
  for (guint i = 0; i < KEEPERS; i++)
    {
      g_assert_true (cosmic_log_witness_is_active (council.keepers[i].witness));
      g_assert_cmpuint (height (&council, i), ==, before);
    }
  /* In a row: the ends know of each other through the middle alone. */
  first = session_link_new (council.keepers[0].node, council.keepers[1].node);
  second = session_link_new (council.keepers[1].node, council.keepers[2].node);
  for (guint turn = 0; turn < 4; turn++)
    {
      say (&council, turn % KEEPERS, "said here");
      session_link_run (first);
      session_link_run (second);
      session_link_run (first);
      for (guint i = 0; i < KEEPERS; i++)
        request (&council, i);
      for (guint i = 0; i < 8; i++)
        {
          session_link_run (first);
          session_link_run (second);
        }
      for (guint i = 0; i < KEEPERS; i++)
        g_assert_cmpuint (height (&council, i), ==, before + turn + 1);
    }
  session_link_free (first);
  session_link_free (second);
  assert_same (&council);
  council_clear (&council);
}

static void
test_nobody_confirms_alone (void)
{
  Council council;
  guint64 before;

  council_init (&council, 2);
  before = height (&council, 0);
  for (guint i = 0; i < KEEPERS; i++)
    {
      GError *error = NULL;
      guint covered;

      say (&council, i, "said alone");
      request (&council, i);
      cosmic_log_witness_set_live (council.keepers[i].witness, TRUE);
      for (guint turn = 0; turn < 5; turn++)
        fire (&council.keepers[i]);
      g_assert_cmpuint (height (&council, i), ==, before);
      g_assert_false (cosmic_log_certify (council.keepers[i].node->log->log,
                                          council.keepers[i].key, &covered, &error));
      g_assert_error (error, COSMIC_LOG_ERROR, COSMIC_LOG_ERROR_NOT_WITNESS);
      g_clear_error (&error);
    }
  council_clear (&council);
}

/* Two of three are enough, whichever it is that is away, and the third follows. */
static void
test_two_go_on_without_the_third (void)
{
  for (guint away = 0; away < KEEPERS; away++)
    {
      const guint a = (away + 1) % KEEPERS, b = (away + 2) % KEEPERS;
      Council council;
      SessionLink *link;
      guint64 before;

      council_init (&council, 3 + away);
      before = height (&council, 0);
      link = session_link_new (council.keepers[a].node, council.keepers[b].node);
      say (&council, a, "while one is away");
      session_link_run (link);
      for (guint turn = 0; turn < 12 && height (&council, a) == before; turn++)
        {
          cosmic_log_witness_set_live (council.keepers[a].witness, TRUE);
          cosmic_log_witness_set_live (council.keepers[b].witness, TRUE);
          request (&council, a);
          request (&council, b);
          session_link_run (link);
          if (height (&council, a) > before)
            break;
          fire (&council.keepers[a]);
          fire (&council.keepers[b]);
          session_link_run (link);
        }
      g_assert_cmpuint (height (&council, a), ==, before + 1);
      g_assert_cmpuint (height (&council, b), ==, before + 1);
      session_link_free (link);
      session_exchange (council.keepers[away].node, council.keepers[a].node);
      g_assert_cmpuint (height (&council, away), ==, before + 1);
      assert_same (&council);
      council_clear (&council);
    }
}

/* Whatever the moment at which one is killed, its promises hold and the height is decided once. */
static void
test_killed_while_agreeing (void)
{
  for (guint at = 1; at < 24; at++)
    {
      const guint killed = at % KEEPERS;
      Council council;
      guint64 before;
      guint step = 0;

      council_init (&council, 20 + at);
      before = height (&council, 0);
      say (&council, 0, "before a crash");
      for (guint turn = 0; turn < 12; turn++)
        for (guint i = 0; i < KEEPERS; i++)
          {
            SessionLink *link = session_link_new (council.keepers[i].node,
                                                  council.keepers[(i + 1) % KEEPERS].node);

            request (&council, i);
            while (step < at && (session_link_send (link, step % 2, 1)
                                 || session_link_receive (link, step % 2)))
              step++;
            if (step < at)
              session_link_run (link);
            else if (step == at)
              {
                step++;
                session_link_free (g_steal_pointer (&link));
                reopen (&council, killed);
              }
            else
              session_link_run (link);
            g_clear_pointer (&link, session_link_free);
          }
      for (guint i = 0; i < KEEPERS; i++)
        {
          g_assert_cmpuint (height (&council, i), ==, before + 1);
          g_assert_cmpuint (council.keepers[i].evidence, ==, 0);
        }
      assert_same (&council);
      council_clear (&council);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/witness/three-agree", test_three_agree);
  g_test_add_func ("/session/witness/nobody-confirms-alone", test_nobody_confirms_alone);
  g_test_add_func ("/session/witness/two-go-on", test_two_go_on_without_the_third);
  g_test_add_func ("/session/witness/killed", test_killed_while_agreeing);
  return g_test_run ();
}
