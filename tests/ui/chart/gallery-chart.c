/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-chart-export.h"
#include "dpop-chart-panel.h"
#include "fixture-chart.h"

#include <adwaita.h>
#include <string.h>

/* usage: gallery-chart FOLDER [SUFFIX]
 *
 * Paints every chart as the window shows it, a PNG file a form (light and dark, narrow and wide,
 * large text, right to left), and the files that are exported; all into FOLDER. */

typedef struct
{
  const char *name;
  gboolean dark;
  gboolean from_right;
  int width;
  int dpi; /* of text; 96 is 1.0 */
} Form;

static const Form forms[] = {
  { "light-720", FALSE, FALSE, 720, 96 },
  { "light-300", FALSE, FALSE, 300, 96 },
  { "light-300-large", FALSE, FALSE, 300, 144 },
  { "dark-720", TRUE, FALSE, 720, 96 },
  { "dark-300", TRUE, FALSE, 300, 96 },
  { "rtl-720", FALSE, TRUE, 720, 96 },
  { "rtl-300-large", FALSE, TRUE, 300, 144 },
};

static void
settle (void)
{
  gint64 end = g_get_monotonic_time () + 300 * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (2000);
}

/* The panel's second button is the table's. */
static void
open_table (GtkWidget *widget)
{
  if (GTK_IS_TOGGLE_BUTTON (widget)
      && gtk_widget_get_ancestor (widget, GTK_TYPE_MENU_BUTTON) == NULL)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (widget), TRUE);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    open_table (child);
}

static GtkWidget *
all_panels (int width)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);

  gtk_widget_set_size_request (box, width, -1);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  for (int i = 0; i < FIXTURE_CHART_N; i++)
    {
      g_autoptr (DpopChart) chart = fixture_chart_new (i);
      GtkWidget *title = gtk_label_new (dpop_chart_title (chart));
      GtkWidget *panel = dpop_chart_panel_new (chart);

      gtk_label_set_wrap (GTK_LABEL (title), TRUE);
      gtk_label_set_xalign (GTK_LABEL (title), 0);
      gtk_widget_add_css_class (title, "title-3");
      gtk_box_append (GTK_BOX (box), title);
      gtk_box_append (GTK_BOX (box), panel);
      if (i == FIXTURE_CHART_ACCEPTED || i == FIXTURE_CHART_ELECTION || i == FIXTURE_CHART_PAIRS)
        open_table (panel);
    }
  return box;
}

static gboolean
paint (GtkWidget *window, const char *path)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  int width = gdk_paintable_get_intrinsic_width (paintable);
  int height = gdk_paintable_get_intrinsic_height (paintable);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (surface);
  GskRenderNode *node;
  cairo_status_t status;

  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot), width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  gsk_render_node_draw (node, cr);
  gsk_render_node_unref (node);
  cairo_destroy (cr);
  status = cairo_surface_write_to_png (surface, path);
  cairo_surface_destroy (surface);
  return status == CAIRO_STATUS_SUCCESS;
}

static gboolean
paint_form (const Form *form, const char *folder, const char *suffix)
{
  g_autofree char *path = g_strdup_printf ("%s/%s%s.png", folder, form->name, suffix);
  GtkWidget *window, *scroller, *box;
  gboolean good;
  int height;

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      form->dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                                 : ADW_COLOR_SCHEME_FORCE_LIGHT);
  gtk_widget_set_default_direction (form->from_right ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", form->dpi * 1024, NULL);
  window = gtk_window_new ();
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  box = all_panels (form->width);
  /* GTK 4.18 asks how wide a window must be at this height, and complains where it is less than
   * the charts need at their narrowest. */
  scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_EXTERNAL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  gtk_window_set_child (GTK_WINDOW (window), scroller);
  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, form->width + 24, &height, NULL, NULL, NULL);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), height);
  gtk_window_set_default_size (GTK_WINDOW (window), form->width + 24, height);
  gtk_window_present (GTK_WINDOW (window));
  settle ();
  good = paint (window, path);
  if (gtk_widget_get_width (box) > form->width)
    {
      g_printerr ("%s: a chart is %d pixels wide in %d\n", form->name, gtk_widget_get_width (box),
                  form->width);
      good = FALSE;
    }
  gtk_window_destroy (GTK_WINDOW (window));
  return good;
}

static gboolean
export_all (const char *folder)
{
  for (int i = 0; i < FIXTURE_CHART_N; i++)
    for (int format = DPOP_CHART_EXPORT_PNG; format <= DPOP_CHART_EXPORT_CSV; format++)
      {
        g_autoptr (DpopChart) chart = fixture_chart_new (i);
        g_autoptr (GError) error = NULL;
        g_autoptr (GBytes) bytes = dpop_chart_export (chart, format, FALSE, &error);
        g_autofree char *path = g_strdup_printf ("%s/export-%d.%s", folder, i,
                                                 dpop_chart_export_ending (format));

        if (bytes == NULL
            || !g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                                     (gssize) g_bytes_get_size (bytes), &error))
          {
            g_printerr ("%s: %s\n", path, error->message);
            return FALSE;
          }
      }
  return TRUE;
}

int
main (int argc, char **argv)
{
  g_autofree char *suffix = argc > 2 ? g_strdup_printf ("-%s", argv[2]) : g_strdup ("");
  gboolean good;

  if (argc < 2 || g_mkdir_with_parents (argv[1], 0755) != 0)
    {
      g_printerr ("usage: gallery-chart FOLDER [SUFFIX]\n");
      return 2;
    }
  adw_init ();
  good = export_all (argv[1]);
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    good = paint_form (&forms[i], argv[1], suffix) && good;
  return good ? 0 : 1;
}
