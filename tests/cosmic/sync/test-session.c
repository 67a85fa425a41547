/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session-link.h"

/* What two nodes come to when they meet. */

typedef struct
{
  Society society;
  FixtureLog *other;
  SessionNode *a, *b;
} Meeting;

static void
meeting_init (Meeting *self, guint64 seed)
{
  society_init (&self->society, seed);
  self->other = society_newcomer (&self->society, seed + 1000);
  self->a = session_node_new (self->society.log, &self->society.devices[0]);
  self->b = session_node_new (self->other, &self->society.devices[1]);
}

static void
meeting_clear (Meeting *self)
{
  session_node_free (self->a);
  session_node_free (self->b);
  fixture_log_free (self->other);
  society_clear (&self->society);
}

static void
assert_same (Meeting *self)
{
  society_assert_same (self->society.log, self->other);
  society_assert_sound (self->other);
  society_assert_sound (self->society.log);
}

static void
test_a_newcomer_gets_everything (void)
{
  for (guint caller = 0; caller < 2; caller++)
    {
      Meeting meeting;

      meeting_init (&meeting, 1);
      society_live (&meeting.society, NULL, 80, TRUE);
      session_exchange (caller == 0 ? meeting.a : meeting.b, caller == 0 ? meeting.b : meeting.a);
      assert_same (&meeting);
      meeting_clear (&meeting);
    }
}

static void
test_both_are_ahead (void)
{
  for (guint caller = 0; caller < 2; caller++)
    {
      Meeting meeting;

      meeting_init (&meeting, 3);
      session_exchange (meeting.b, meeting.a);
      society_live (&meeting.society, meeting.other, 30, FALSE);
      society_live (&meeting.society, NULL, 50, TRUE);
      session_exchange (caller == 0 ? meeting.a : meeting.b, caller == 0 ? meeting.b : meeting.a);
      assert_same (&meeting);
      meeting_clear (&meeting);
    }
}


/* What is said on one side while both are linked. */
static void
say (SessionNode *node, Society *society, guint device, const char *text, CosmicId *id)
{
  CosmicId said;

  society_write (society, node->log, device, text, &said);
  cosmic_log_node_operation (node->node, &said);
  cosmic_log_node_tell (node->node);
  if (id != NULL)
    *id = said;
}

static gboolean
has (SessionNode *node, const CosmicId *id)
{
  CosmicLogStore store = cosmic_log_store (node->log->log);
  g_autoptr (CosmicEntry) entry = NULL;

  store.table->find_entry (store.self, id, &entry, NULL);
  return entry != NULL;
}

static void
test_what_is_new_goes_over_at_once (void)
{
  Meeting meeting;
  SessionLink *link;
  CosmicId first, second;
  guint64 before;

  meeting_init (&meeting, 5);
  session_exchange (meeting.b, meeting.a);
  link = session_link_new (meeting.a, meeting.b);
  session_link_run (link);
  say (meeting.a, &meeting.society, 0, "from the founder", &first);
  session_link_run (link);
  g_assert_true (has (meeting.b, &first));
  g_assert_true (g_hash_table_contains (link->sides[0].delivered, &first));
  before = link->sides[0].messages;
  say (meeting.b, &meeting.society, 1, "from the other", &second);
  session_link_run (link);
  g_assert_true (has (meeting.a, &second));
  g_assert_true (g_hash_table_contains (link->sides[1].delivered, &second));
  /* The item one way, "have" the other way, and no echo. */
  g_assert_cmpuint (link->sides[0].messages, ==, before + 1);
  fixture_log_certify (meeting.society.log, meeting.society.witness);
  cosmic_log_node_tell (meeting.a->node);
  session_link_run (link);
  g_assert_true (session_link_is_level (link));
  g_assert_cmpuint (cosmic_session_peer_height (link->sides[0].session), ==,
                    cosmic_log_height (meeting.society.log->log));
  assert_same (&meeting);
  session_link_free (link);
  meeting_clear (&meeting);
}

/* --- Delivered. ------------------------------------------------------------------------------- */

static void
test_what_is_delivered_is_told_also_the_next_time (void)
{
  for (guint caller = 0; caller < 2; caller++)
    {
      Meeting meeting;
      SessionLink *link;
      CosmicId id;

      meeting_init (&meeting, 7);
      session_exchange (meeting.b, meeting.a);
      society_write (&meeting.society, meeting.society.log, 0, "a name", &id);
      session_exchange (meeting.b, meeting.a);
      link = caller == 0 ? session_link_new (meeting.a, meeting.b)
                         : session_link_new (meeting.b, meeting.a);
      session_link_run (link);
      g_assert_true (g_hash_table_contains (link->sides[caller].delivered, &id));
      g_assert_cmpuint (g_hash_table_size (link->sides[0].wanted), ==, 0);
      g_assert_cmpuint (g_hash_table_size (link->sides[1].wanted), ==, 0);
      session_link_free (link);
      meeting_clear (&meeting);
    }
}

/* Nothing is told to be delivered before it is on the disk there. */
static void
test_nothing_is_delivered_before_it_is_kept (void)
{
  Meeting meeting;
  SessionLink *link;
  CosmicId id;

  meeting_init (&meeting, 9);
  session_exchange (meeting.b, meeting.a);
  link = session_link_new (meeting.a, meeting.b);
  session_link_run (link);
  say (meeting.a, &meeting.society, 0, "a name", &id);
  session_link_send (link, 0, 1);
  {
    g_autoptr (GBytes) message = g_queue_pop_head (&link->sides[1].wire);

    g_assert_true (cosmic_session_receive (link->sides[1].session, message));
  }
  g_assert_false (session_link_send (link, 1, 1));
  g_assert_true (cosmic_session_idle (link->sides[1].session));
  session_link_run (link);
  g_assert_true (g_hash_table_contains (link->sides[0].delivered, &id));
  session_link_free (link);
  meeting_clear (&meeting);
}

/* --- Parts. ----------------------------------------------------------------------------------- */

static gboolean
has_personal (FixtureLog *log, const CosmicId *id)
{
  CosmicLogStore store = cosmic_log_store (log->log);
  g_autoptr (CosmicEntry) entry = NULL;

  store.table->find_entry (store.self, id, &entry, NULL);
  g_assert_nonnull (entry);
  return entry->personal.plain != NULL || entry->personal.sealed != NULL;
}

static CosmicOperation *
find_operation (FixtureLog *log, const CosmicId *id)
{
  CosmicLogStore store = cosmic_log_store (log->log);
  g_autoptr (CosmicEntry) entry = NULL;

  store.table->find_entry (store.self, id, &entry, NULL);
  g_assert_nonnull (entry);
  return cosmic_operation_ref (entry->operation);
}

static void
erase (Meeting *meeting, const CosmicId *id)
{
  g_autoptr (GPtrArray) operations
      = g_ptr_array_new_with_free_func ((GDestroyNotify) cosmic_operation_unref);
  CosmicClaim claim = { .kind = COSMIC_KIND_ERASE };

  g_ptr_array_add (operations, find_operation (meeting->society.log, id));
  claim.body = cosmic_erase_body (operations, NULL);
  g_assert_cmpuint (fixture_log_say (meeting->society.log, &meeting->society.devices[0], &claim,
                                     NULL),
                    ==, 0);
}

/* Erased by the founder while the other is away, who has the part still. */
static void
test_what_was_erased_never_returns (void)
{
  for (guint covered = 0; covered < 2; covered++)
    {
      Meeting meeting;
      FixtureLog *third;
      SessionNode *c;
      CosmicId id;

      meeting_init (&meeting, 11);
      society_write (&meeting.society, meeting.society.log, 0, "a name to be forgotten", &id);
      if (covered == 1)
        fixture_log_certify (meeting.society.log, meeting.society.witness);
      session_exchange (meeting.b, meeting.a);
      g_assert_true (has_personal (meeting.other, &id));
      erase (&meeting, &id);
      /* Hidden already, and handed to nobody who asks now. */
      third = society_newcomer (&meeting.society, 77);
      c = session_node_new (third, &meeting.society.devices[2]);
      session_exchange (c, meeting.a);
      g_assert_false (has_personal (third, &id));
      fixture_log_certify (meeting.society.log, meeting.society.witness);
      g_assert_false (has_personal (meeting.society.log, &id));
      session_exchange (meeting.a, meeting.b);
      g_assert_false (has_personal (meeting.society.log, &id));
      g_assert_false (has_personal (meeting.other, &id));
      session_exchange (c, meeting.b);
      session_exchange (meeting.a, c);
      g_assert_false (has_personal (third, &id));
      society_assert_same (meeting.society.log, third);
      assert_same (&meeting);
      session_node_free (c);
      fixture_log_free (third);
      meeting_clear (&meeting);
    }
}

/* Takes all of FROM but the personal parts. */
static void
take_without_names (FixtureLog *from, FixtureLog *to)
{
  g_autoptr (GPtrArray) parcels = fixture_log_parcels (from);

  fixture_log_give_keys (from, to);
  for (guint i = 0; i < parcels->len; i++)
    {
      FixtureParcel *parcel = parcels->pdata[i];

      g_clear_pointer (&parcel->personal, g_bytes_unref);
      g_assert_true (fixture_log_take (to, parcel));
    }
}

static void
test_parts_that_are_lacking_are_asked_for (void)
{
  Meeting meeting;
  CosmicId covered, open;
  SessionLink *link;

  meeting_init (&meeting, 13);
  society_write (&meeting.society, meeting.society.log, 0, "a name", &covered);
  fixture_log_certify (meeting.society.log, meeting.society.witness);
  society_write (&meeting.society, meeting.society.log, 0, "another", &open);
  take_without_names (meeting.society.log, meeting.other);
  g_assert_false (has_personal (meeting.other, &covered));
  link = session_link_new (meeting.b, meeting.a);
  session_link_run (link);
  g_assert_true (has_personal (meeting.other, &open));
  /* The history is looked through when there is time. */
  while (cosmic_log_node_look (meeting.b->node))
    ;
  cosmic_log_node_tell (meeting.b->node);
  session_link_run (link);
  g_assert_true (has_personal (meeting.other, &covered));
  g_assert_true (session_link_is_level (link));
  session_link_free (link);
  meeting_clear (&meeting);
}

/* --- Keys. ------------------------------------------------------------------------------------ */

static void
test_a_missing_key_is_waited_for (void)
{
  for (guint caller = 0; caller < 2; caller++)
    {
      Meeting meeting;
      SessionLink *link;
      g_autoptr (GPtrArray) shares = NULL;
      CosmicId own;

      meeting_init (&meeting, 15);
      session_exchange (meeting.b, meeting.a);
      shares = society_rotate (&meeting.society, 1);
      fixture_log_certify (meeting.society.log, meeting.society.witness);
      society_live (&meeting.society, NULL, 30, TRUE);
      society_live (&meeting.society, NULL, 10, FALSE);
      society_write (&meeting.society, meeting.other, 1, "written away from all", &own);
      link = caller == 0 ? session_link_new (meeting.a, meeting.b)
                         : session_link_new (meeting.b, meeting.a);
      session_link_run (link);
      g_assert_cmpuint (link->sides[0].ended, ==, COSMIC_SESSION_OPEN);
      g_assert_cmpuint (link->sides[1].ended, ==, COSMIC_SESSION_OPEN);
      g_assert_false (session_link_is_level (link));
      g_assert_cmpuint (cosmic_log_height (meeting.other->log), <,
                        cosmic_log_height (meeting.society.log->log));
      /* What was written without it is not kept back. */
      g_assert_true (has (meeting.a, &own));
      society_keep (meeting.society.log, shares);
      for (guint i = 0; i < shares->len; i++)
        cosmic_log_node_share (meeting.a->node, shares->pdata[i]);
      cosmic_log_node_tell (meeting.a->node);
      session_link_run (link);
      g_assert_true (session_link_is_level (link));
      assert_same (&meeting);
      session_link_free (link);
      meeting_clear (&meeting);
    }
}

static void
test_all_shares_come_to_both (void)
{
  Meeting meeting;
  CosmicId own, others;

  meeting_init (&meeting, 17);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GPtrArray) shares = society_rotate (&meeting.society, 1);

      society_keep (meeting.society.log, shares);
      society_live (&meeting.society, NULL, 10, TRUE);
      fixture_log_certify (meeting.society.log, meeting.society.witness);
    }
  session_exchange (meeting.b, meeting.a);
  assert_same (&meeting);
  g_assert_true (dpop_bundle_summary_shares (meeting.society.log->log, &own, NULL));
  g_assert_true (dpop_bundle_summary_shares (meeting.other->log, &others, NULL));
  g_assert_true (cosmic_id_same (&own, &others));
  meeting_clear (&meeting);
}

/* --- Two histories. --------------------------------------------------------------------------- */

static void
test_two_histories_end_it_with_both_certificates (void)
{
  /* Of one height, the caller higher, the other higher. */
  for (guint more = 0; more < 6; more++)
    {
      Meeting meeting;
      SessionLink *link;

      meeting_init (&meeting, 19);
      session_exchange (meeting.b, meeting.a);
      society_live (&meeting.society, NULL, 4, FALSE);
      society_write (&meeting.society, meeting.other, 1, "another history", NULL);
      for (guint i = 0; i <= (more % 3 == 1 ? 2 : 0); i++)
        {
          society_write (&meeting.society, meeting.society.log, 0, "a name", NULL);
          fixture_log_certify (meeting.society.log, meeting.society.witness);
        }
      for (guint i = 0; i <= (more % 3 == 2 ? 2 : 0); i++)
        {
          society_write (&meeting.society, meeting.other, 1, "a name", NULL);
          fixture_log_certify (meeting.other, meeting.society.witness);
        }
      link = more < 3 ? session_link_new (meeting.a, meeting.b)
                      : session_link_new (meeting.b, meeting.a);
      session_link_run (link);
      for (guint i = 0; i < 2; i++)
        {
          g_assert_cmpuint (link->sides[i].ended, ==, COSMIC_SESSION_FORK);
          g_assert_cmpuint (link->sides[i].forked, ==, 2);
          g_assert_true (link->sides[i].ours && link->sides[i].theirs);
        }
      session_link_free (link);
      society_assert_sound (meeting.other);
      society_assert_sound (meeting.society.log);
      meeting_clear (&meeting);
    }
}

/* --- Three. ----------------------------------------------------------------------------------- */

static void
test_three_in_a_ring_come_to_the_same (void)
{
  for (guint seed = 0; seed < MAX (8 / fixture_share (), 1); seed++)
    {
      Society society;
      FixtureLog *logs[3];
      SessionNode *nodes[3];
      SessionLink *links[3];
      FixtureRandom random;

      society_init (&society, 100 + seed);
      fixture_random_init (&random, seed);
      society_live (&society, NULL, 20, TRUE);
      for (guint i = 0; i < 3; i++)
        {
          logs[i] = i == 0 ? society.log : society_newcomer (&society, 200 + 3 * seed + i);
          nodes[i] = session_node_new (logs[i], &society.devices[i]);
        }
      for (guint i = 0; i < 3; i++)
        links[i] = session_link_new (nodes[i], nodes[(i + 1) % 3]);
      for (guint step = 0; step < 2000; step++)
        {
          guint which = (guint) fixture_random_below (&random, 3);

          session_link_step (links[which], &random);
          if (step % 97 == 96)
            {
              /* Nothing is open in a transaction while somebody writes. */
              for (guint i = 0; i < 6; i++)
                cosmic_session_idle (links[i / 2]->sides[i % 2].session);
              for (guint i = 0; i < 3; i++)
                cosmic_log_node_tell (nodes[i]->node);
              /* Their devices signed at the founder's before. */
              if (which == 0 || session_link_is_level (links[which == 1 ? 0 : 2]))
                say (nodes[which], &society, which, "a name", NULL);
              if (which == 0)
                fixture_log_certify (society.log, society.witness);
              cosmic_log_node_tell (nodes[0]->node);
            }
        }
      for (gboolean moved = TRUE; moved;)
        {
          moved = FALSE;
          for (guint i = 0; i < 3; i++)
            moved = session_link_step (links[i], &random) || moved;
        }
      for (guint i = 0; i < 3; i++)
        {
          g_assert_true (session_link_is_level (links[i]));
          society_assert_same (logs[0], logs[i]);
          society_assert_sound (logs[i]);
          session_link_free (links[i]);
        }
      for (guint i = 0; i < 3; i++)
        {
          session_node_free (nodes[i]);
          if (i > 0)
            fixture_log_free (logs[i]);
        }
      society_clear (&society);
    }
}

/* --- Altered on the way. ---------------------------------------------------------------------- */

/* One byte of what comes is another: whatever is made of it, nothing wrong is kept, what came
 * before stays, and the next meeting sets all right. */
static void
test_what_is_altered_does_no_harm (void)
{
  Meeting meeting;
  FixtureRandom random;
  guint ended = 0;

  meeting_init (&meeting, 21);
  society_live (&meeting.society, NULL, 40, TRUE);
  society_live (&meeting.society, NULL, 10, FALSE);
  for (guint64 seed = 0; seed < MAX (60 / fixture_share (), 12); seed++)
    {
      FixtureLog *log = society_newcomer (&meeting.society, 500 + seed);
      SessionNode *node = session_node_new (log, &meeting.society.devices[2]);
      SessionLink *link = session_link_new (node, meeting.a);
      guint which, seen = 0;

      fixture_random_init (&random, seed);
      which = 2 + (guint) fixture_random_below (&random, 14);
      for (gboolean moved = TRUE; moved;)
        {
          moved = session_link_send (link, 0, 1);
          while (session_link_receive (link, 1))
            ;
          moved = session_link_send (link, 1, 1) || moved;
          if (link->sides[0].wire.length > 0 && seen++ == which)
            {
              GBytes *message = g_queue_pop_head (&link->sides[0].wire);
              gsize size = g_bytes_get_size (message);
              guint8 *bytes = g_bytes_unref_to_data (message, &size);

              bytes[fixture_random_below (&random, size)]
                  ^= (guint8) (1 + fixture_random_below (&random, 255));
              g_queue_push_head (&link->sides[0].wire, g_bytes_new_take (bytes, size));
            }
          while (session_link_receive (link, 0))
            moved = TRUE;
        }
      ended += link->sides[0].ended != COSMIC_SESSION_OPEN;
      g_assert_cmpuint (link->sides[0].ended, !=, COSMIC_SESSION_FAILED);
      g_assert_no_error (cosmic_log_node_failure (node->node));
      session_link_free (link);
      session_exchange (node, meeting.a);
      society_assert_same (meeting.society.log, log);
      society_assert_sound (log);
      session_node_free (node);
      fixture_log_free (log);
    }
  g_test_message ("%u sessions ended", ended);
  g_assert_cmpuint (ended, >, 0);
  meeting_clear (&meeting);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func ("/session/" name, function)
  ADD ("a newcomer gets everything", test_a_newcomer_gets_everything);
  ADD ("both are ahead", test_both_are_ahead);
  ADD ("what is new goes over at once", test_what_is_new_goes_over_at_once);
  ADD ("what is delivered is told also the next time",
       test_what_is_delivered_is_told_also_the_next_time);
  ADD ("nothing is delivered before it is kept", test_nothing_is_delivered_before_it_is_kept);
  ADD ("what was erased never returns", test_what_was_erased_never_returns);
  ADD ("parts that are lacking are asked for", test_parts_that_are_lacking_are_asked_for);
  ADD ("a missing key is waited for", test_a_missing_key_is_waited_for);
  ADD ("all shares come to both", test_all_shares_come_to_both);
  ADD ("two histories end it with both certificates",
       test_two_histories_end_it_with_both_certificates);
  ADD ("three in a ring come to the same", test_three_in_a_ring_come_to_the_same);
  ADD ("what is altered does no harm", test_what_is_altered_does_no_harm);
  return g_test_run ();
}
