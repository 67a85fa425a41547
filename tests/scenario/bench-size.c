/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-decide.h"
#include "fixture-figures.h"
#include "fixture-organisation.h"

/* How fast it stays when it is large (design section 10): 10,000 members, 1,000 decisions, 100,000
 * operations, made from one seed. What a person waits for is measured one command at a time, from
 * the call until it is on the disk and in the lists. DPOP_BENCH_SCALE divides all counts. */

#define COMMANDS 200

#define TARGET_COMMAND 50.0  /* ms */
#define TARGET_EMPTY   2.0   /* MB */
#define TARGET_REST    100.0 /* MB */

static guint
scaled (guint count)
{
  const char *text = g_getenv ("DPOP_BENCH_SCALE");
  guint64 scale = text != NULL ? g_ascii_strtoull (text, NULL, 10) : 1;

  return scale > 1 ? (guint) MAX (count / scale, 1) : count;
}

static double
since (gint64 start)
{
  return (double) (g_get_monotonic_time () - start) / 1000;
}

static FixtureFigures figures;

/* --- Commands, one at a time. ----------------------------------------------------------------- */

static void
bench_votes (FixtureOrganisation *all, const CosmicId *decision)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  GError *error = NULL;

  for (guint i = 0; i < COMMANDS; i++)
    {
      const DpopDecisionBallot ballot = { .answer = i % 2 ? DPOP_ANSWER_YES : DPOP_ANSWER_NO };
      gint64 start = g_get_monotonic_time ();
      double took;

      dpop_decide_vote (all->profile->profile, decision, NULL, &ballot, NULL, &error);
      g_assert_no_error (error);
      took = since (start);
      g_array_append_val (times, took);
    }
  fixture_figures_times (&figures, "voting, until saved here", times, TARGET_COMMAND, 99);
}

static void
bench_comments (FixtureOrganisation *all, const CosmicId *decision)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < COMMANDS; i++)
    {
      gint64 start = g_get_monotonic_time ();
      double took;

      fixture_organisation_comment (all, decision, "That is a good point.");
      took = since (start);
      g_array_append_val (times, took);
    }
  fixture_figures_times (&figures, "commenting, until saved here", times, TARGET_COMMAND, 99);
}

static void
bench_enrolling (FixtureOrganisation *all)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < COMMANDS; i++)
    {
      g_autofree char *name = g_strdup_printf ("Late Member %u", i);
      gint64 start = g_get_monotonic_time ();
      double took;

      fixture_profile_enrol (all->profile, name, NULL);
      took = since (start);
      g_array_append_val (times, took);
    }
  fixture_figures_times (&figures, "enrolling, until saved here", times, TARGET_COMMAND, 99);
}

static void
bench_opening (FixtureOrganisation *all)
{
  gint64 start;

  fixture_profile_close (all->profile);
  start = g_get_monotonic_time ();
  fixture_profile_reopen (all->profile);
  all->projector = dpop_projector_attach (all->profile->profile, NULL);
  fixture_figures_one (&figures, "opening the profile, its key costing nothing", since (start),
                       "ms", 0);
}

static void
bench_confirming (FixtureOrganisation *all)
{
  gint64 start = g_get_monotonic_time ();

  fixture_profile_confirm (all->profile);
  fixture_figures_one (&figures, "confirming what is open", since (start), "ms", 0);
}

static void
print_empty_size (void)
{
  FixtureProfile *empty = fixture_profile_new (7);
  DpopCommandFoundResult founded;

  fixture_profile_found (empty, "association", &founded);
  fixture_figures_one (&figures, "an organisation after its founding",
                       (double) fixture_profile_size (empty) / 1e6, "MB", TARGET_EMPTY);
  fixture_profile_free (empty);
}

int
main (void)
{
  FixtureOrganisation *all;
  gint64 start;
  guint members = scaled (10000), decisions = scaled (1000);

  g_assert_true (cosmic_crypto_init ());
  start = g_get_monotonic_time ();
  all = fixture_organisation_new (1, TRUE);
  fixture_organisation_add_units (all, 20);
  fixture_organisation_enrol (all, members);
  fixture_profile_confirm (all->profile);
  fixture_organisation_add_devices (all, scaled (500));
  fixture_profile_confirm (all->profile);
  fixture_organisation_decide (all, decisions - 1, 83, FIXTURE_DECIDE_CLOSED);
  fixture_organisation_decide (all, 1, 10, FIXTURE_DECIDE_OPEN);
  g_print ("%u members, %u decisions, %u entries, made in %.0f s\n", members, decisions,
           fixture_organisation_n_operations (all), since (start) / 1000);
  fixture_figures_head ();
  print_empty_size ();
  bench_confirming (all);
  bench_opening (all);
  bench_votes (all, &g_array_index (all->decisions, CosmicId, decisions - 1));
  bench_comments (all, &g_array_index (all->decisions, CosmicId, decisions - 1));
  bench_enrolling (all);
  bench_confirming (all);
  fixture_profile_close (all->profile);
  fixture_figures_one (&figures, "at rest", (double) fixture_profile_size (all->profile) / 1e6,
                       "MB", TARGET_REST);
  fixture_profile_reopen (all->profile);
  fixture_organisation_free (all);
  return fixture_figures_end (&figures);
}
