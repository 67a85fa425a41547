/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-chart-view.h"

#include "dpop-chart-draw-private.h"
#include "dpop-chart-layout-private.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#define NATURAL_WIDTH 480

struct _DpopChartView
{
  GtkWidget parent_instance;

  DpopChart *chart;
  /* The last layout, and what it was made for. */
  DpopChartLayout *layout;
  guint context_serial;
};

G_DEFINE_FINAL_TYPE (DpopChartView, dpop_chart_view, GTK_TYPE_WIDGET)

/* --- Colours. -------------------------------------------------------------------------------- */

static DpopChartColour
from_rgba (const GdkRGBA *rgba)
{
  return (DpopChartColour) { rgba->red, rgba->green, rgba->blue, rgba->alpha };
}

static DpopChartColour
named (GtkStyleContext *style, const char *name, DpopChartColour fallback)
{
  GdkRGBA rgba;

  return gtk_style_context_lookup_color (style, name, &rgba) ? from_rgba (&rgba) : fallback;
}

/* Halfway between the two: what the theme has for red on dark is too loud for an area, and too dark
 * for one that has no border. */
static DpopChartColour
between (DpopChartColour a, DpopChartColour b)
{
  return (DpopChartColour) { (a.red + b.red) / 2, (a.green + b.green) / 2, (a.blue + b.blue) / 2,
                             (a.alpha + b.alpha) / 2 };
}

static void
read_theme (DpopChartView *self, DpopChartPalette *palette)
{
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (self));
  AdwStyleManager *manager = adw_style_manager_get_default ();
  gboolean dark = adw_style_manager_get_dark (manager);
  GdkRGBA text;

  *palette = *dpop_chart_palette_paper ();
  gtk_style_context_get_color (style, &text);
  palette->inks[DPOP_CHART_INK_TEXT] = from_rgba (&text);
  palette->inks[DPOP_CHART_INK_YES] = named (style, dark ? "success_bg_color" : "success_color",
                                             palette->inks[DPOP_CHART_INK_YES]);
  palette->inks[DPOP_CHART_INK_NO] = named (style, "error_color", palette->inks[DPOP_CHART_INK_NO]);
  if (dark)
    palette->inks[DPOP_CHART_INK_NO] = between (palette->inks[DPOP_CHART_INK_NO],
                                                named (style, "error_bg_color",
                                                       palette->inks[DPOP_CHART_INK_NO]));
  palette->inks[DPOP_CHART_INK_ACCENT] = named (style, dark ? "accent_color" : "accent_bg_color",
                                                palette->inks[DPOP_CHART_INK_ACCENT]);
  palette->inks[DPOP_CHART_INK_GROUND] = named (style, "window_bg_color",
                                                palette->inks[DPOP_CHART_INK_GROUND]);
  dpop_chart_palette_derive (palette, adw_style_manager_get_high_contrast (manager));
}

/* --- Size. ----------------------------------------------------------------------------------- */

static void
forget_layout (DpopChartView *self)
{
  g_clear_pointer (&self->layout, dpop_chart_layout_free);
}

static const DpopChartLayout *
layout_for (DpopChartView *self, int width)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  PangoDirection direction = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL
    ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR;

  pango_context_set_base_dir (context, direction);
  if (self->layout != NULL
      && (self->layout->width != MAX (width, DPOP_CHART_LAYOUT_LEAST_WIDTH)
          || self->context_serial != pango_context_get_serial (context)))
    forget_layout (self);
  if (self->layout == NULL)
    self->layout = dpop_chart_layout_new (self->chart, context, width, DPOP_CHART_LAYOUT_BARE);
  self->context_serial = pango_context_get_serial (context);
  return self->layout;
}

static GtkSizeRequestMode
get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
         int *minimum_baseline, int *natural_baseline)
{
  DpopChartView *self = DPOP_CHART_VIEW (widget);

  *minimum_baseline = *natural_baseline = -1;
  if (self->chart == NULL)
    *minimum = *natural = 0;
  else if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = DPOP_CHART_LAYOUT_LEAST_WIDTH;
      *natural = NATURAL_WIDTH;
    }
  else
    *minimum = *natural = (int) layout_for (self, for_size > 0 ? for_size : NATURAL_WIDTH)->height;
}

/* --- Painting. ------------------------------------------------------------------------------- */

static GdkRGBA
to_rgba (const DpopChartPalette *palette, DpopChartInk ink)
{
  const DpopChartColour *colour = &palette->inks[ink];

  return (GdkRGBA) { (float) colour->red, (float) colour->green, (float) colour->blue,
                     (float) colour->alpha };
}

static void
snapshot_box (const DpopChartItem *item, GtkSnapshot *snapshot, const DpopChartPalette *palette)
{
  graphene_rect_t bounds = GRAPHENE_RECT_INIT ((float) item->x, (float) item->y,
                                               (float) item->width, (float) item->height);
  graphene_size_t left = GRAPHENE_SIZE_INIT ((float) item->left_radius, (float) item->left_radius);
  graphene_size_t right = GRAPHENE_SIZE_INIT ((float) item->right_radius,
                                              (float) item->right_radius);
  GdkRGBA ink = to_rgba (palette, item->ink), edge = to_rgba (palette, DPOP_CHART_INK_TEXT);
  gboolean round = item->left_radius > 0 || item->right_radius > 0;
  GskRoundedRect outline;

  gsk_rounded_rect_init (&outline, &bounds, &left, &right, &right, &left);
  if (round)
    gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &ink, &bounds);
  if (round)
    gtk_snapshot_pop (snapshot);
  if (item->bar && palette->outlined)
    {
      const float widths[] = { 1, 1, 1, 1 };
      const GdkRGBA edges[] = { edge, edge, edge, edge };

      gtk_snapshot_append_border (snapshot, &outline, widths, edges);
    }
}

static void
snapshot_text (const DpopChartItem *item, GtkSnapshot *snapshot, const DpopChartPalette *palette)
{
  GdkRGBA ink = to_rgba (palette, item->ink);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) item->x, (float) item->y));
  gtk_snapshot_append_layout (snapshot, item->text, &ink);
  gtk_snapshot_restore (snapshot);
}

static void
snapshot_path (const DpopChartItem *item, GtkSnapshot *snapshot, const DpopChartPalette *palette)
{
  double edge = item->line_width;
  graphene_rect_t bounds = GRAPHENE_RECT_INIT ((float) (item->x - edge), (float) (item->y - edge),
                                               (float) (item->width + 2 * edge),
                                               (float) (item->height + 2 * edge));
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &bounds);

  dpop_chart_draw_item (item, cr, palette);
  cairo_destroy (cr);
}

static void
snapshot (GtkWidget *widget, GtkSnapshot *target)
{
  DpopChartView *self = DPOP_CHART_VIEW (widget);
  const DpopChartLayout *layout;
  DpopChartPalette palette;

  if (self->chart == NULL || gtk_widget_get_width (widget) <= 0)
    return;
  read_theme (self, &palette);
  layout = layout_for (self, gtk_widget_get_width (widget));
  for (guint i = 0; i < layout->items->len; i++)
    {
      const DpopChartItem *item = &g_array_index (layout->items, DpopChartItem, i);

      if (item->kind == DPOP_CHART_ITEM_BOX)
        snapshot_box (item, target, &palette);
      else if (item->kind == DPOP_CHART_ITEM_TEXT)
        snapshot_text (item, target, &palette);
      else
        snapshot_path (item, target, &palette);
    }
}

/* --- The widget. ----------------------------------------------------------------------------- */

static void
dpop_chart_view_dispose (GObject *object)
{
  DpopChartView *self = DPOP_CHART_VIEW (object);

  forget_layout (self);
  g_clear_pointer (&self->chart, dpop_chart_unref);
  G_OBJECT_CLASS (dpop_chart_view_parent_class)->dispose (object);
}

/* A font, a colour or a direction has changed. */
static void
style_changed (DpopChartView *self)
{
  forget_layout (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (dpop_chart_view_parent_class)->css_changed (widget, change);
  style_changed (DPOP_CHART_VIEW (widget));
}

static void
direction_changed (GtkWidget *widget, GtkTextDirection previous)
{
  style_changed (DPOP_CHART_VIEW (widget));
}

static void
system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (dpop_chart_view_parent_class)->system_setting_changed (widget, setting);
  style_changed (DPOP_CHART_VIEW (widget));
}

static void
dpop_chart_view_class_init (DpopChartViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = dpop_chart_view_dispose;
  widget_class->get_request_mode = get_request_mode;
  widget_class->measure = measure;
  widget_class->snapshot = snapshot;
  widget_class->css_changed = css_changed;
  widget_class->direction_changed = direction_changed;
  widget_class->system_setting_changed = system_setting_changed;
  gtk_widget_class_set_css_name (widget_class, "chart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
dpop_chart_view_init (DpopChartView *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (gtk_widget_queue_draw),
                           self, G_CONNECT_SWAPPED);
}

GtkWidget *
dpop_chart_view_new (DpopChart *chart)
{
  DpopChartView *self = g_object_new (DPOP_TYPE_CHART_VIEW, NULL);

  dpop_chart_view_set_chart (self, chart);
  return GTK_WIDGET (self);
}

static void
say (DpopChartView *self)
{
  const char *title = self->chart != NULL ? dpop_chart_title (self->chart) : "";
  const char *name = *title != '\0' ? title : _("Chart");
  g_autofree char *words = self->chart != NULL ? dpop_chart_describe (self->chart) : g_strdup ("");

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
}

void
dpop_chart_view_set_chart (DpopChartView *self, DpopChart *chart)
{
  g_return_if_fail (DPOP_IS_CHART_VIEW (self));
  if (chart != NULL)
    dpop_chart_ref (chart);
  g_clear_pointer (&self->chart, dpop_chart_unref);
  self->chart = chart;
  forget_layout (self);
  say (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

DpopChart *
dpop_chart_view_get_chart (DpopChartView *self)
{
  g_return_val_if_fail (DPOP_IS_CHART_VIEW (self), NULL);
  return self->chart;
}
