/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-list-growth.h"

#include "fixture-random.h"

#include <adwaita.h>

#define MANY   5000
#define ROUNDS 400

/* A list, the view that shows it, and what somebody knows of the list who believes what is told. */
typedef struct
{
  GtkStringList *list;
  GtkWidget *window;
  GtkListView *view;
  GListModel *shown;
  GPtrArray *known;
} Fixture;

static void
on_told (GListModel *shown, guint position, guint removed, guint added, Fixture *all)
{
  g_assert_cmpuint (position + removed, <=, all->known->len);
  if (removed > 0)
    g_ptr_array_remove_range (all->known, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (all->known, position + i, g_list_model_get_item (shown, position + i));
}

static void
assert_known_is_true (Fixture *all)
{
  const guint n = g_list_model_get_n_items (all->shown);

  g_assert_cmpuint (all->known->len, ==, n);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (all->shown, i);
      g_autoptr (GObject) below = g_list_model_get_item (G_LIST_MODEL (all->list), i);

      g_assert_true (all->known->pdata[i] == item);
      g_assert_true (item == below);
    }
}

static void
splice (Fixture *all, guint position, guint removed, guint added)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_auto (GStrv) more = NULL;

  for (guint i = 0; i < added; i++)
    g_strv_builder_add (words, "A row");
  more = g_strv_builder_end (words);
  gtk_string_list_splice (all->list, position, removed, (const char *const *) more);
}

static void
set_up (Fixture *all, gconstpointer data)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  all->list = gtk_string_list_new (NULL);
  splice (all, 0, 0, GPOINTER_TO_UINT (data));
  all->view = GTK_LIST_VIEW (gtk_list_view_new (NULL, gtk_signal_list_item_factory_new ()));
  dpop_list_growth_show (all->view, G_LIST_MODEL (all->list));
  all->shown = G_LIST_MODEL (gtk_list_view_get_model (all->view));
  all->known = g_ptr_array_new_with_free_func (g_object_unref);
  on_told (all->shown, 0, 0, g_list_model_get_n_items (all->shown), all);
  g_signal_connect (all->shown, "items-changed", G_CALLBACK (on_told), all);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (all->view));
  all->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (all->window), scroller);
  gtk_window_present (GTK_WINDOW (all->window));
}

static void
tear_down (Fixture *all, gconstpointer data)
{
  g_signal_handlers_disconnect_by_data (all->shown, all);
  g_ptr_array_unref (all->known);
  gtk_window_destroy (GTK_WINDOW (all->window));
  g_object_unref (all->list);
}

static void
wait_for_all (Fixture *all)
{
  GListModel *list = G_LIST_MODEL (all->list);

  while (g_list_model_get_n_items (all->shown) < g_list_model_get_n_items (list))
    g_main_context_iteration (NULL, TRUE);
}

static void
test_begins_small (Fixture *all, gconstpointer data)
{
  g_assert_cmpuint (g_list_model_get_n_items (all->shown), >, 0);
  g_assert_cmpuint (g_list_model_get_n_items (all->shown), <, 50);
  wait_for_all (all);
  assert_known_is_true (all);
}

static void
test_begins_anew (Fixture *all, gconstpointer data)
{
  wait_for_all (all);
  splice (all, 0, 0, MANY);
  g_assert_cmpuint (g_list_model_get_n_items (all->shown), <, 50);
  assert_known_is_true (all);
  wait_for_all (all);
  assert_known_is_true (all);
}

static void
test_stays_below (Fixture *all, gconstpointer data)
{
  GtkAdjustment *scroll = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (all->view));

  wait_for_all (all);
  for (guint i = 0; i < 20; i++)
    g_main_context_iteration (NULL, FALSE);
  gtk_adjustment_configure (scroll, 500, 0, 10000, 10, 100, 100);
  splice (all, 0, 0, MANY);
  g_assert_cmpuint (g_list_model_get_n_items (all->shown), ==, 2 * MANY);
}

static void
test_looks_away (Fixture *all, gconstpointer data)
{
  g_autoptr (GtkSelectionModel) model = g_object_ref (gtk_list_view_get_model (all->view));

  wait_for_all (all);
  gtk_list_view_set_model (all->view, NULL);
  splice (all, 0, MANY, MANY / 2);
  gtk_list_view_set_model (all->view, model);
  g_assert_cmpuint (g_list_model_get_n_items (all->shown), <, 50);
  wait_for_all (all);
  assert_known_is_true (all);
}

/* At any stage of growing. */
static void
test_tells (Fixture *all, gconstpointer data)
{
  FixtureRandom random;

  fixture_random_init (&random, 20);
  for (guint i = 0; i < ROUNDS; i++)
    {
      const guint n = g_list_model_get_n_items (G_LIST_MODEL (all->list));
      const guint position = (guint) fixture_random_below (&random, n + 1);
      const guint removed = (guint) fixture_random_below (&random, MIN (n - position, 60) + 1);
      const gboolean same = fixture_random_below (&random, 3) == 0;

      splice (all, position, removed,
              same ? removed : (guint) fixture_random_below (&random, 60));
      assert_known_is_true (all);
      if (i % 5 == 0)
        g_main_context_iteration (NULL, FALSE);
    }
  wait_for_all (all);
  assert_known_is_true (all);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/list growth/a long list begins with a screenful, and comes to all of it", Fixture,
              GUINT_TO_POINTER (MANY), set_up, test_begins_small, tear_down);
  g_test_add ("/list growth/with many more at the top, in sight, it begins anew", Fixture,
              GUINT_TO_POINTER (MANY), set_up, test_begins_anew, tear_down);
  g_test_add ("/list growth/who reads further down is left there", Fixture,
              GUINT_TO_POINTER (MANY), set_up, test_stays_below, tear_down);
  g_test_add ("/list growth/after looking away it begins anew", Fixture, GUINT_TO_POINTER (MANY),
              set_up, test_looks_away, tear_down);
  g_test_add ("/list growth/of a short one every change is told", Fixture, GUINT_TO_POINTER (3),
              set_up, test_tells, tear_down);
  g_test_add ("/list growth/of a long one every change is told", Fixture, GUINT_TO_POINTER (400),
              set_up, test_tells, tear_down);
  return g_test_run ();
}
