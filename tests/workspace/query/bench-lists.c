/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-decision-list.h"
#include "dpop-decision-view.h"
#include "dpop-entitled-list.h"
#include "dpop-history-list.h"
#include "dpop-home-view.h"
#include "dpop-lookup.h"
#include "dpop-may-decision.h"
#include "dpop-may-member.h"
#include "dpop-member-list.h"
#include "dpop-member-view.h"
#include "dpop-turnout.h"
#include "fixture-figures.h"
#include "fixture-organisation.h"

/* How fast lists are in a large organisation (design section 10): 10,000 members, 1,000 decisions,
 * 100,000 entries, made from one seed. DPOP_BENCH_SCALE divides all counts. */

#define N_MEMBERS   10000
#define N_DECISIONS 1000
#define N_VOTES     85 /* a decision */
#define WINDOW      50
#define TIMES       40

#define TARGET_WINDOW 5.0   /* ms: any window */
#define TARGET_PAGE   200.0 /* ms: any page, first row on screen */
#define TARGET_HOME   50.0  /* ms: what waits, and what happened */
#define TARGET_IMPORT 1500.0
#define N_WAITING     20 /* decisions that are open, and as many proposals */

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

/* --- Timing something many times over. ------------------------------------------------------- */

typedef struct
{
  FixtureOrganisation *all;
  DpopDatabase *database;
  guint round; /* differs each time */
  FixtureFigures figures;
} Bench;

typedef void (*Step) (Bench *bench);

static void
measure (Bench *bench, const char *what, Step step, double target)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));

  for (bench->round = 0; bench->round < TIMES; bench->round++)
    {
      const gint64 start = g_get_monotonic_time ();
      double took;

      step (bench);
      took = since (start);
      g_array_append_val (times, took);
    }
  fixture_figures_times (&bench->figures, what, times, target, 50);
}

/* --- Windows. -------------------------------------------------------------------------------- */

static void
read_members (Bench *bench, const DpopMemberRowQuery *query, guint offset)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) rows
      = dpop_member_row_window (bench->database, query, offset, WINDOW, &error);

  g_assert_no_error (error);
}

static void
members_by_name (Bench *bench)
{
  const DpopMemberRowQuery query = DPOP_MEMBER_ROW_QUERY_ALL;

  read_members (bench, &query, bench->all->members->len * bench->round / TIMES);
}

static void
members_by_number (Bench *bench)
{
  DpopMemberRowQuery query = DPOP_MEMBER_ROW_QUERY_ALL;

  query.sort = DPOP_MEMBER_ROW_BY_NUMBER;
  query.descending = TRUE;
  query.states = 1 << DPOP_MEMBER_MEMBER;
  read_members (bench, &query, bench->all->members->len * bench->round / TIMES);
}

static void
members_of_group (Bench *bench)
{
  DpopMemberRowQuery query = DPOP_MEMBER_ROW_QUERY_ALL;

  query.unit = &g_array_index (bench->all->units, CosmicId,
                               bench->round % bench->all->units->len);
  read_members (bench, &query, 0);
}

static void
members_searched (Bench *bench)
{
  static const char *const words[] = { "muller", "ada", "9", "gar", "member7", "nobody at all" };
  DpopMemberRowQuery query = DPOP_MEMBER_ROW_QUERY_ALL;
  GError *error = NULL;
  guint count;

  query.search = words[bench->round % G_N_ELEMENTS (words)];
  read_members (bench, &query, 0);
  dpop_member_row_count (bench->database, &query, &count, &error);
  g_assert_no_error (error);
}

static void
read_decisions (Bench *bench, const DpopDecisionRowQuery *query, guint offset)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) rows
      = dpop_decision_row_window (bench->database, query, offset, WINDOW, &error);

  g_assert_no_error (error);
}

static void
decisions_newest (Bench *bench)
{
  const DpopDecisionRowQuery query = { 0 };

  read_decisions (bench, &query, bench->all->decisions->len * bench->round / TIMES);
}

static void
decisions_searched (Bench *bench)
{
  const DpopDecisionRowQuery query
      = { .search = bench->round % 2 == 0 ? "budget" : "travel 99",
          .phases = 1 << DPOP_DECISION_CLOSED };

  read_decisions (bench, &query, 0);
}

static void
read_history (Bench *bench, const DpopHistoryRowQuery *query, guint offset)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) rows
      = dpop_history_row_window (bench->database, query, offset, WINDOW, &error);

  g_assert_no_error (error);
}

static void
history_newest (Bench *bench)
{
  const DpopHistoryRowQuery query = { 0 };

  read_history (bench, &query,
                fixture_organisation_n_operations (bench->all) / TIMES * bench->round);
}

static void
history_of_decision (Bench *bench)
{
  const DpopHistoryRowQuery query
      = { .stream = &g_array_index (bench->all->decisions, CosmicId,
                                    bench->all->decisions->len * bench->round / TIMES) };

  read_history (bench, &query, 0);
}

static void
found_by_name (Bench *bench)
{
  GError *error = NULL;
  g_autofree char *email = g_strdup_printf ("member%u@example.org", 1 + bench->round);
  g_autoptr (GArray) found
      = dpop_lookup_named (bench->database, DPOP_LOOKUP_MEMBERS, email, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 1);
}

/* --- Pages: a list made, and its first rows. ------------------------------------------------- */

static void
show (gpointer taken)
{
  g_autoptr (GListModel) list = taken;

  for (guint i = 0; i < MIN (20, g_list_model_get_n_items (list)); i++)
    {
      g_autoptr (DpopListItem) item = g_list_model_get_item (list, i);

      g_assert_nonnull (dpop_list_item_get_row (item));
    }
}

static void
page_of_members (Bench *bench)
{
  g_autoptr (DpopReader) reader = dpop_reader_new (bench->database);

  show (dpop_member_list_new (reader));
}

static void
page_of_decisions (Bench *bench)
{
  g_autoptr (DpopReader) reader = dpop_reader_new (bench->database);

  show (dpop_decision_list_new (reader));
}

static void
page_of_history (Bench *bench)
{
  g_autoptr (DpopReader) reader = dpop_reader_new (bench->database);

  show (dpop_history_list_new (reader));
}

static void
page_of_member (Bench *bench)
{
  GError *error = NULL;
  g_autoptr (DpopMemberView) view = dpop_member_view_new (
      bench->all->profile->profile,
      &g_array_index (bench->all->members, CosmicId,
                      bench->all->members->len * bench->round / TIMES),
      &error);

  g_assert_no_error (error);
}

static void
page_of_decision (Bench *bench)
{
  GError *error = NULL;
  g_autoptr (DpopDecisionView) view = dpop_decision_view_new (
      bench->all->profile->profile,
      &g_array_index (bench->all->decisions, CosmicId,
                      bench->all->decisions->len * bench->round / TIMES),
      &error);

  g_assert_no_error (error);
}

/* --- What waits, and what one may do. -------------------------------------------------------- */

static void
page_of_home (Bench *bench)
{
  GError *error = NULL;
  g_autoptr (DpopHomeView) view
      = dpop_home_view_new (bench->all->profile->profile, 10, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (view->items->len, >=, MIN (N_WAITING, bench->all->decisions->len));
}

/* One of those that are open. */
static const CosmicId *
open_decision (Bench *bench)
{
  return &g_array_index (bench->all->decisions, CosmicId,
                         bench->all->decisions->len - 2 * N_WAITING + bench->round % N_WAITING);
}

static void
what_one_may (Bench *bench)
{
  GError *error = NULL;
  g_autoptr (DpopMayView) view = dpop_may_view_new (bench->all->profile->profile, &error);

  g_assert_no_error (error);
}

static void
what_one_may_about_a_member (Bench *bench)
{
  GError *error = NULL;
  g_autoptr (DpopMayMember) may = dpop_may_member_new (
      bench->all->profile->profile,
      &g_array_index (bench->all->members, CosmicId, bench->round % bench->all->members->len),
      &error);

  g_assert_no_error (error);
}

static void
what_one_may_about_a_decision (Bench *bench)
{
  GError *error = NULL;
  DpopMayDecision may;

  dpop_may_decision (bench->all->profile->profile, open_decision (bench), &may, &error);
  g_assert_no_error (error);
}

static void
turnout_of_a_decision (Bench *bench)
{
  GError *error = NULL;
  g_autoptr (DpopTurnout) turnout
      = dpop_turnout_new (bench->all->profile->profile, open_decision (bench), &error);

  g_assert_no_error (error);
}

static void
entitled_of_a_decision (Bench *bench)
{
  GError *error = NULL;
  g_autoptr (DpopReader) reader = dpop_reader_new (bench->database);
  g_autoptr (DpopEntitled) entitled
      = dpop_entitled_new (bench->all->profile->profile, open_decision (bench), &error);
  DpopEntitledList *list = dpop_entitled_list_new (reader);

  g_assert_no_error (error);
  dpop_entitled_list_set_entitled (list, entitled);
  show (list);
}

/* --- All of it. ------------------------------------------------------------------------------ */

/* What an import pays for the lists, within its transaction. */
static void
rows_of_newcomers (FixtureFigures *figures)
{
  g_autoptr (FixtureOrganisation) all = fixture_organisation_new (21, FALSE);
  GError *error = NULL;
  gint64 start;

  fixture_organisation_add_units (all, 20);
  fixture_organisation_enrol (all, scaled (N_MEMBERS));
  start = g_get_monotonic_time ();
  dpop_projector_attach (all->profile->profile, &error);
  g_assert_no_error (error);
  fixture_figures_one (figures, "rows of as many newcomers", since (start), "ms", TARGET_IMPORT);
}

static FixtureOrganisation *
make (void)
{
  FixtureOrganisation *all = fixture_organisation_new (20, TRUE);
  gint64 start = g_get_monotonic_time ();

  fixture_organisation_add_units (all, 20);
  fixture_organisation_enrol (all, scaled (N_MEMBERS));
  fixture_profile_confirm (all->profile);
  for (guint done = 0; done < scaled (N_DECISIONS); done += 50)
    fixture_organisation_decide (all, MIN (50, scaled (N_DECISIONS) - done),
                                 MIN (N_VOTES, scaled (N_MEMBERS)), FIXTURE_DECIDE_CLOSED);
  fixture_profile_confirm (all->profile);
  fixture_organisation_decide (all, N_WAITING, MIN (N_VOTES, scaled (N_MEMBERS)),
                               FIXTURE_DECIDE_OPEN);
  fixture_organisation_decide (all, N_WAITING, 0, FIXTURE_DECIDE_PROPOSED);
  g_print ("%u members, %u decisions, %u entries, made in %.1f s\n", all->members->len,
           all->decisions->len, fixture_organisation_n_operations (all), since (start) / 1000);
  return all;
}

static void
rows_anew (FixtureFigures *figures, FixtureOrganisation *all)
{
  GError *error = NULL;
  gint64 start = g_get_monotonic_time ();

  dpop_profile_begin (all->profile->profile, &error);
  dpop_projector_rebuild (all->projector, &error);
  g_assert_no_error (error);
  dpop_profile_commit (all->profile->profile, &error);
  g_assert_no_error (error);
  fixture_figures_one (figures, "all rows made anew", since (start), "ms", 0);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *what;
    Step step;
    double target;
  } steps[] = {
    { "members by name, windows everywhere", members_by_name, TARGET_WINDOW },
    { "members by number, windows everywhere", members_by_number, TARGET_WINDOW },
    { "members of one group", members_of_group, TARGET_WINDOW },
    { "members searched and counted", members_searched, 2 * TARGET_WINDOW },
    { "a member by e-mail address", found_by_name, TARGET_WINDOW },
    { "decisions, windows everywhere", decisions_newest, TARGET_WINDOW },
    { "decisions searched", decisions_searched, TARGET_WINDOW },
    { "the history, windows everywhere", history_newest, TARGET_WINDOW },
    { "the history of a decision", history_of_decision, TARGET_WINDOW },
    { "page: members", page_of_members, TARGET_PAGE },
    { "page: decisions", page_of_decisions, TARGET_PAGE },
    { "page: history", page_of_history, TARGET_PAGE },
    { "page: one member", page_of_member, TARGET_PAGE },
    { "page: one decision", page_of_decision, TARGET_PAGE },
    { "page: home", page_of_home, TARGET_HOME },
    { "what one may do", what_one_may, TARGET_PAGE },
    { "what one may do about a member", what_one_may_about_a_member, TARGET_PAGE },
    { "what one may do about a decision", what_one_may_about_a_decision, TARGET_PAGE },
    { "turnout of a decision over time", turnout_of_a_decision, TARGET_PAGE },
    { "page: who is entitled", entitled_of_a_decision, TARGET_PAGE },
  };
  g_autoptr (FixtureOrganisation) all = make ();
  Bench bench = { all, dpop_profile_database (all->profile->profile), 0, { 0 } };

  fixture_figures_head ();
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    measure (&bench, steps[i].what, steps[i].step, steps[i].target);
  rows_anew (&bench.figures, all);
  rows_of_newcomers (&bench.figures);
  return fixture_figures_end (&bench.figures);
}
