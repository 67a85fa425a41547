/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-figures.h"
#include "session-link.h"

/* How long a computer takes that is 10,000 operations behind: two logs over databases in memory in
 * one process, one after the other at work, every signature checked and every state computed. On
 * two computers the one seals while the other opens; the time of a network comes on top. */

#define OPERATIONS   10000
#define TARGET       3000.0 /* ms */
#define TARGET_QUIET 50.0   /* ms: two that have the same */

static FixtureFigures figures;

static double
since (gint64 start)
{
  return (double) (g_get_monotonic_time () - start) / 1000;
}

static void
fill (Society *society, guint from)
{
  GError *error = NULL;

  cosmic_log_begin (society->log->log, &error);
  for (guint i = 0; i < OPERATIONS; i++)
    {
      const CosmicClaim claim = { .stream = society->streams[i % SOCIETY_STREAMS],
                                  .kind = FIXTURE_KIND_SAY,
                                  .body = g_variant_new ("(u)", from + i + 1) };
      g_autoptr (CosmicOperation) operation = NULL;
      CosmicReason reason;

      cosmic_log_append (society->log->log, society->devices[0].sign, &claim, &operation, &reason,
                         &error);
      g_assert_no_error (error);
      g_assert_cmpuint (reason, ==, 0);
    }
  cosmic_log_commit (society->log->log, &error);
  g_assert_no_error (error);
}

static void
bench (const char *what, Society *society, SessionNode *a, SessionNode *b, double target)
{
  SessionLink *link = session_link_new (b, a);
  gint64 start = g_get_monotonic_time ();

  session_link_run (link);
  fixture_figures_one (&figures, what, since (start), "ms", target);
  g_assert_true (session_link_is_level (link));
  society_assert_same (a->log, b->log);
  g_print ("    %.2f MB in, %.2f MB out, at most %.2f MB held\n",
           (double) link->sides[0].bytes / 1e6, (double) link->sides[1].bytes / 1e6,
           (double) MAX (link->sides[0].most_held, link->sides[1].most_held) / 1e6);
  session_link_free (link);
}

/* From one operation said to its being on the other's disk. */
static void
bench_live (Society *society, SessionNode *a, SessionNode *b)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  SessionLink *link = session_link_new (a, b);

  session_link_run (link);
  for (guint i = 0; i < 200; i++)
    {
      gint64 start;
      double took;
      CosmicId id;

      fixture_log_number (society->log, &society->devices[0], &society->streams[0], i + 1, &id);
      start = g_get_monotonic_time ();
      cosmic_log_node_operation (a->node, &id);
      cosmic_log_node_tell (a->node);
      session_link_run (link);
      took = since (start);
      g_array_append_val (times, took);
    }
  fixture_figures_times (&figures, "one operation, until it is there too", times, 10, 99);
  session_link_free (link);
}

int
main (void)
{
  Society society;
  FixtureLog *log;
  SessionNode *a, *b;

  society_init (&society, 1);
  log = society_newcomer (&society, 2);
  a = session_node_new (society.log, &society.devices[0]);
  b = session_node_new (log, &society.devices[1]);
  session_exchange (b, a);
  fixture_figures_head ();
  fill (&society, 0);
  bench ("10,000 operations behind, not confirmed", &society, a, b, TARGET);
  bench ("nothing behind, 10,000 not confirmed", &society, a, b, TARGET_QUIET);
  fixture_log_certify (society.log, society.witness);
  bench ("their confirmation", &society, a, b, TARGET);
  fill (&society, OPERATIONS);
  fixture_log_certify (society.log, society.witness);
  bench ("10,000 operations behind, confirmed", &society, a, b, TARGET);
  bench_live (&society, a, b);
  session_node_free (a);
  session_node_free (b);
  fixture_log_free (log);
  society_clear (&society);
  return fixture_figures_end (&figures);
}
