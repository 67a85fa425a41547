/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-chart-panel.h"
#include "dpop-chart-table.h"
#include "dpop-chart-view.h"
#include "fixture-chart.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>

/* The first widget below WIDGET (or itself) of TYPE. */
static GtkWidget *
find (GtkWidget *widget, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
find_status (GtkWidget *widget)
{
  if (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)) == GTK_ACCESSIBLE_ROLE_STATUS)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_status (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
panel_in_window (FixtureChart which, GtkWidget **window)
{
  g_autoptr (DpopChart) chart = fixture_chart_new (which);
  GtkWidget *panel = dpop_chart_panel_new (chart);

  *window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (*window), panel);
  gtk_window_present (GTK_WINDOW (*window));
  while (!gtk_widget_get_mapped (panel))
    g_main_context_iteration (NULL, TRUE);
  return panel;
}

static void
test_image (void)
{
  g_autoptr (DpopChart) chart = fixture_chart_new (FIXTURE_CHART_ACCEPTED);
  g_autoptr (DpopChart) unnamed = dpop_chart_new_bars ("", NULL, 0, 0, NULL, NULL);
  g_autofree char *words = dpop_chart_describe (chart);
  GtkWidget *view = g_object_ref_sink (dpop_chart_view_new (chart));

  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (view, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Shall we buy a cargo bike?");
  gtk_test_accessible_assert_property (view, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words);
  dpop_chart_view_set_chart (DPOP_CHART_VIEW (view), unnamed);
  gtk_test_accessible_assert_property (view, GTK_ACCESSIBLE_PROPERTY_LABEL, "Chart");
  dpop_chart_view_set_chart (DPOP_CHART_VIEW (view), NULL);
  gtk_test_accessible_assert_property (view, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "");
  g_object_unref (view);
}

/* The narrower, the higher; and never wider than it was given. */
static void
test_size (void)
{
  for (int which = 0; which < FIXTURE_CHART_N; which++)
    {
      g_autoptr (DpopChart) chart = fixture_chart_new (which);
      GtkWidget *view = g_object_ref_sink (dpop_chart_view_new (chart));
      int least, narrow, wide;

      gtk_widget_measure (view, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      gtk_widget_measure (view, GTK_ORIENTATION_VERTICAL, 280, &narrow, NULL, NULL, NULL);
      gtk_widget_measure (view, GTK_ORIENTATION_VERTICAL, 1600, &wide, NULL, NULL, NULL);
      g_assert_cmpint (least, <=, 280);
      g_assert_cmpint (wide, >, 0);
      if (which != FIXTURE_CHART_TURNOUT_OPEN && which != FIXTURE_CHART_TURNOUT_OVER)
        g_assert_cmpint (narrow, >=, wide);
      g_object_unref (view);
    }
}

static void
test_table (void)
{
  GtkWidget *window, *panel = panel_in_window (FIXTURE_CHART_ELECTION, &window);
  GtkWidget *table = find (panel, DPOP_TYPE_CHART_TABLE);
  GtkWidget *button = find (panel, GTK_TYPE_TOGGLE_BUTTON);
  GtkWidget *grid = find (table, GTK_TYPE_GRID);
  GtkWidget *cell = gtk_grid_get_child_at (GTK_GRID (grid), 1, 2);

  g_assert_false (gtk_widget_get_mapped (table));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  g_assert_true (gtk_widget_get_mapped (table));
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (table), GTK_ACCESSIBLE_ROLE_TABLE);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (cell)), ==, "30");
  gtk_test_accessible_assert_property (cell, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Rosa Martinez, elected, Votes: 30");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_names (void)
{
  GtkWidget *window, *panel = panel_in_window (FIXTURE_CHART_PAIRS, &window);

  gtk_test_accessible_assert_property (find (panel, GTK_TYPE_TOGGLE_BUTTON),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Show the figures as a table");
  gtk_test_accessible_assert_property (find (panel, GTK_TYPE_MENU_BUTTON),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Save the chart as a file");
  gtk_test_accessible_assert_property (panel, GTK_ACCESSIBLE_PROPERTY_LABEL, "Where do we meet?");
  dpop_chart_panel_set_chart (DPOP_CHART_PANEL (panel), NULL);
  g_assert_false (gtk_widget_get_mapped (find (panel, GTK_TYPE_MENU_BUTTON)));
  gtk_window_destroy (GTK_WINDOW (window));
}

static const char *
wait_for_status (GtkWidget *panel)
{
  GtkWidget *status = find_status (panel);

  while (!gtk_widget_get_visible (status))
    g_main_context_iteration (NULL, TRUE);
  return gtk_label_get_text (GTK_LABEL (status));
}

/* The menu's choice asks where to, with a name to begin with; going away closes the question. */
static void
test_ask (void)
{
  GtkWidget *window, *panel = panel_in_window (FIXTURE_CHART_ELECTION, &window);
  GListModel *windows = gtk_window_get_toplevels ();
  guint before = g_list_model_get_n_items (windows);
  GtkWidget *menu = find (panel, GTK_TYPE_MENU_BUTTON);
  GtkWidget *chooser = NULL, *entry;

  g_assert_true (gtk_widget_activate_action (menu, "chart.save", "u", 0));
  g_assert_true (gtk_widget_activate_action (menu, "chart.save", "u", 1));
  g_assert_cmpuint (g_list_model_get_n_items (windows), ==, before + 1);
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GObject) each = g_list_model_get_item (windows, i);

      if (GTK_IS_FILE_CHOOSER (each))
        chooser = GTK_WIDGET (each);
    }
  g_assert_nonnull (chooser);
  g_assert_true (gtk_window_get_transient_for (GTK_WINDOW (chooser)) == GTK_WINDOW (window));
  while (!gtk_widget_get_mapped (chooser))
    g_main_context_iteration (NULL, TRUE);
  /* GTK 4.8 complains in a dialog of its own when it is closed while it still reads its folder. */
  for (gint64 end = g_get_monotonic_time () + G_TIME_SPAN_SECOND; g_get_monotonic_time () < end;)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  entry = find (chooser, GTK_TYPE_ENTRY);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "Who becomes treasurer.png");
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_cmpuint (g_list_model_get_n_items (windows), ==, before - 1);
}

static void
test_save (void)
{
  GtkWidget *window, *panel = panel_in_window (FIXTURE_CHART_ACCEPTED, &window);
  g_autofree char *folder = g_dir_make_tmp ("dpop-chart-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "bike.pdf", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *bytes = NULL;
  GError *error = NULL;

  dpop_chart_panel_save (DPOP_CHART_PANEL (panel), file, 1);
  g_assert_cmpstr (wait_for_status (panel), ==, "Saved as bike.pdf.");
  g_file_get_contents (path, &bytes, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (bytes, "%PDF-"));
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_cannot_save (void)
{
  GtkWidget *window, *panel = panel_in_window (FIXTURE_CHART_ACCEPTED, &window);
  g_autoptr (GFile) file = g_file_new_for_path ("/nonexistent/folder/bike.csv");
  const char *words;

  dpop_chart_panel_save (DPOP_CHART_PANEL (panel), file, 2);
  words = wait_for_status (panel);
  g_assert_true (g_str_has_prefix (words, "The chart was not saved: "));
  g_assert_true (g_str_has_suffix (words, " Choose another place."));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A page may go while its chart is being saved. */
static void
test_save_goes_on (void)
{
  GtkWidget *window, *panel = panel_in_window (FIXTURE_CHART_ACCEPTED, &window);
  g_autofree char *folder = g_dir_make_tmp ("dpop-chart-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "bike.png", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  gpointer gone = panel;

  g_object_add_weak_pointer (G_OBJECT (panel), &gone);
  dpop_chart_panel_save (DPOP_CHART_PANEL (panel), file, 0);
  gtk_window_destroy (GTK_WINDOW (window));
  while (gone != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/chart-panel/a chart is an image with a name and a description", test_image);
  g_test_add_func ("/chart-panel/a chart fits into what it is given", test_size);
  g_test_add_func ("/chart-panel/the table is one button away and speaks", test_table);
  g_test_add_func ("/chart-panel/buttons have real names", test_names);
  g_test_add_func ("/chart-panel/the menu asks once where to save", test_ask);
  g_test_add_func ("/chart-panel/a chart is saved, and it is said", test_save);
  g_test_add_func ("/chart-panel/what cannot be saved is said with what to do", test_cannot_save);
  g_test_add_func ("/chart-panel/saving goes on when the panel is gone", test_save_goes_on);
  return g_test_run ();
}
