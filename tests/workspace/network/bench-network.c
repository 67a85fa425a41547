/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-decide.h"
#include "fixture-figures.h"
#include "fixture-organisation.h"
#include "fixture-peer.h"

/* Two computers of one organisation over this machine's loopback, each with its engine, its network
 * and a profile on the disk; all signatures are checked, all rows are written. How long one takes
 * to make up for 10,000 entries, and how long it takes from what is said on one to a row on the
 * other. */

#define BEHIND  10000
#define SAMPLES 200

typedef struct
{
  FixturePeer *anna; /* the only record keeper */
  FixturePeer *bert;
} Pair;

static void
make_pair (Pair *self, guint behind, gboolean confirmed)
{
  g_autoptr (FixtureOrganisation) organisation = fixture_organisation_new (1, TRUE);

  fixture_organisation_enrol (organisation, 1);
  fixture_profile_confirm (organisation->profile);
  self->bert = fixture_peer_new (fixture_profile_join (
      organisation->profile, &g_array_index (organisation->members, CosmicId, 0), 2));
  if (behind > 0)
    fixture_organisation_enrol (organisation, behind);
  if (confirmed)
    fixture_profile_confirm (organisation->profile);
  self->anna = fixture_peer_new (g_steal_pointer (&organisation->profile));
}

static void
end_pair (Pair *self)
{
  fixture_peer_free (self->anna);
  fixture_peer_free (self->bert);
}

static gboolean
know_equal (gpointer data)
{
  const Pair *self = data;
  const FixturePeer *both[] = { self->anna, self->bert };

  for (guint i = 0; i < G_N_ELEMENTS (both); i++)
    if (fixture_peer_links (both[i]) != 1
        || !((DpopNetworkPeer *) both[i]->report->peers->pdata[0])->equal)
      return FALSE;
  return TRUE;
}

static gint64
link_up (Pair *self)
{
  gint64 begun;

  fixture_peer_start (self->anna, 0);
  fixture_peer_start (self->bert, 0);
  begun = g_get_monotonic_time ();
  fixture_peer_dial (self->bert, self->anna);
  fixture_peer_until (know_equal, self);
  return g_get_monotonic_time () - begun;
}

static void
measure_behind (FixtureFigures *figures, const char *what, gboolean confirmed)
{
  Pair pair;
  double took;

  make_pair (&pair, BEHIND, confirmed);
  took = (double) link_up (&pair) / G_USEC_PER_SEC;
  g_assert_true (fixture_peer_same (pair.anna, pair.bert));
  fixture_figures_one (figures, what, took, "s", 3);
  end_pair (&pair);
}

/* --- From a commit to a row. ----------------------------------------------------------------- */

static gpointer
propose (DpopProfile *profile, gpointer data, GError **error)
{
  const DpopDecidePropose command = { .ballot = DPOP_BALLOT_YES_NO_ABSTAIN,
                                      .title = "A question", .question = "Shall we?" };
  CosmicId decision;

  dpop_decide_propose (profile, &command, &decision, error);
  *(gint64 *) data = g_get_monotonic_time ();
  return NULL;
}

static void
on_rows (DpopProjectorChanges *changes, gpointer data)
{
  if (changes->decisions->len > 0)
    *(gint64 *) data = g_get_monotonic_time ();
}

static gboolean
has_time (gpointer data)
{
  return *(gint64 *) data > 0;
}

static void
sample (FixturePeer *from, FixturePeer *to, GArray *times)
{
  gint64 said = 0, seen = 0;
  GError *error = NULL;
  guint watch;
  double took;

  watch = dpop_engine_watch (to->engine, on_rows, &seen, NULL);
  dpop_engine_run_sync (from->engine, propose, &said, &error);
  g_assert_no_error (error);
  fixture_peer_until (has_time, &seen);
  dpop_engine_unwatch (to->engine, watch);
  took = (double) (seen - said) / 1000;
  g_array_append_val (times, took);
  fixture_peer_run (20);
}

static void
measure_news (FixtureFigures *figures)
{
  g_autoptr (GArray) there = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) both = g_array_new (FALSE, FALSE, sizeof (double));
  Pair pair;

  make_pair (&pair, 0, TRUE);
  link_up (&pair);
  for (guint i = 0; i < SAMPLES; i++)
    sample (pair.anna, pair.bert, there);
  for (guint i = 0; i < SAMPLES; i++)
    sample (i % 2 == 0 ? pair.anna : pair.bert, i % 2 == 0 ? pair.bert : pair.anna, both);
  fixture_figures_times (figures, "commit to row, 2 computers, one speaks", there, 150, 99);
  fixture_figures_times (figures, "commit to row, 2 computers, in turn", both, 150, 99);
  end_pair (&pair);
}

int
main (void)
{
  FixtureFigures figures = { 0 };

  fixture_figures_head ();
  measure_behind (&figures, "10,000 entries behind, not confirmed", FALSE);
  measure_behind (&figures, "10,000 entries behind, confirmed", TRUE);
  measure_news (&figures);
  return fixture_figures_end (&figures);
}
