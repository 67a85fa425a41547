/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-chart-export.h"

#include "dpop-chart-draw-private.h"
#include "dpop-chart-sheet.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

/* A4 in points; a unit is three quarters of one, as on a screen of 96 to the inch. */
#define PAGE_WIDTH     595.276
#define PAGE_HEIGHT    841.89
#define PAGE_MARGIN    56.7
#define POINTS_A_UNIT  0.75
#define PICTURE_WIDTH  720
#define PICTURE_MARGIN 32
#define PICTURE_SCALE  2
/* Cairo's images end at 32,767 pixels. */
#define MOST_PIXELS    32000.0
#define MOST_NAME      60 /* characters */

G_DEFINE_QUARK (dpop-chart-export-error, dpop_chart_export_error)

static PangoContext *
context_new (cairo_t *cr, gboolean from_right)
{
  PangoContext *context = pango_cairo_create_context (cr);
  PangoFontDescription *font = pango_font_description_from_string ("Sans 11");
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  pango_cairo_context_set_resolution (context, 96);
  pango_context_set_round_glyph_positions (context, FALSE);
  pango_context_set_font_description (context, font);
  pango_font_description_free (font);
  pango_context_set_base_dir (context, from_right ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
  return context;
}

static cairo_status_t
append (void *closure, const unsigned char *bytes, unsigned int length)
{
  g_byte_array_append (closure, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

static GBytes *
finish (GByteArray *array, cairo_status_t status, GError **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (array);
  g_byte_array_unref (array);
  g_set_error (error, DPOP_CHART_EXPORT_ERROR, DPOP_CHART_EXPORT_ERROR_PICTURE,
               _("The picture could not be drawn: %s. Close other programs and try again."),
               cairo_status_to_string (status));
  return NULL;
}

static DpopChartLayout *
lay_out (const DpopChart *chart, cairo_t *cr, double width, gboolean from_right)
{
  PangoContext *context = context_new (cr, from_right);
  DpopChartLayout *layout = dpop_chart_layout_new (chart, context, width,
                                                   DPOP_CHART_LAYOUT_TITLED
                                                   | DPOP_CHART_LAYOUT_DESCRIBED);

  g_object_unref (context);
  return layout;
}

/* --- A picture. ------------------------------------------------------------------------------ */

static GBytes *
export_png (const DpopChart *chart, gboolean from_right, GError **error)
{
  cairo_surface_t *measure = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 1, 1);
  cairo_t *cr = cairo_create (measure);
  g_autoptr (DpopChartLayout) layout = lay_out (chart, cr, PICTURE_WIDTH, from_right);
  double width = layout->width + 2 * PICTURE_MARGIN, height = layout->height + 2 * PICTURE_MARGIN;
  double scale = MIN (PICTURE_SCALE, MOST_PIXELS / height);
  GByteArray *array = g_byte_array_new ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24,
                                                         (int) ceil (width * scale),
                                                         (int) ceil (height * scale));
  cairo_status_t status;

  cairo_destroy (cr);
  cairo_surface_destroy (measure);
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  cairo_translate (cr, PICTURE_MARGIN, PICTURE_MARGIN);
  dpop_chart_draw_layout (layout, cr, dpop_chart_palette_paper ());
  status = cairo_status (cr);
  cairo_destroy (cr);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_write_to_png_stream (surface, append, array);
  cairo_surface_destroy (surface);
  return finish (array, status, error);
}

/* --- A document. ----------------------------------------------------------------------------- */

/* The lowest place up to MOST below TOP where a page may end: no item lies across it. MOST, where
 * one item is higher than a page. */
static double
page_end (const DpopChartLayout *layout, double top, double most)
{
  double end = top + most;
  gboolean moved = TRUE;

  if (layout->height <= end)
    return layout->height;
  while (moved && end > top)
    {
      moved = FALSE;
      for (guint i = 0; i < layout->items->len; i++)
        {
          const DpopChartItem *item = &g_array_index (layout->items, DpopChartItem, i);

          if (item->y < end && item->y + item->height > end)
            {
              end = item->y;
              moved = TRUE;
            }
        }
    }
  return end > top ? end : top + most;
}

static void
draw_page (const DpopChartLayout *layout, cairo_t *cr, double top, double end)
{
  cairo_save (cr);
  cairo_translate (cr, PAGE_MARGIN, PAGE_MARGIN);
  cairo_scale (cr, POINTS_A_UNIT, POINTS_A_UNIT);
  cairo_translate (cr, 0, -top);
  cairo_rectangle (cr, -2, top - 2, layout->width + 4, end - top + 4);
  cairo_clip (cr);
  for (guint i = 0; i < layout->items->len; i++)
    {
      const DpopChartItem *item = &g_array_index (layout->items, DpopChartItem, i);

      if (item->y < end && item->y + item->height > top)
        dpop_chart_draw_item (item, cr, dpop_chart_palette_paper ());
    }
  cairo_restore (cr);
  cairo_show_page (cr);
}

static GBytes *
export_pdf (const DpopChart *chart, gboolean from_right, GError **error)
{
  GByteArray *array = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append, array, PAGE_WIDTH,
                                                                  PAGE_HEIGHT);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (DpopChartLayout) layout = lay_out (chart, cr,
                                                (PAGE_WIDTH - 2 * PAGE_MARGIN) / POINTS_A_UNIT,
                                                from_right);
  cairo_status_t status;

  /* The same file from every cairo: 1.18 would pack the pages into what older readers refuse. */
  cairo_pdf_surface_restrict_to_version (surface, CAIRO_PDF_VERSION_1_4);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, dpop_chart_title (chart));
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "DPOP");
  for (double top = 0, end; top < layout->height; top = end)
    {
      end = page_end (layout, top, (PAGE_HEIGHT - 2 * PAGE_MARGIN) / POINTS_A_UNIT);
      draw_page (layout, cr, top, end);
    }
  cairo_surface_finish (surface);
  status = cairo_status (cr);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return finish (array, status, error);
}

/* --- Any. ------------------------------------------------------------------------------------ */

GBytes *
dpop_chart_export (const DpopChart *chart, DpopChartExportFormat format, gboolean from_right,
                   GError **error)
{
  g_autoptr (DpopChartSheet) sheet = NULL;
  char *csv;

  if (format == DPOP_CHART_EXPORT_PNG)
    return export_png (chart, from_right, error);
  if (format == DPOP_CHART_EXPORT_PDF)
    return export_pdf (chart, from_right, error);
  sheet = dpop_chart_sheet_new (chart, DPOP_CHART_SHEET_FOR_FILE);
  csv = dpop_chart_sheet_to_csv (sheet);
  return g_bytes_new_take (csv, strlen (csv));
}

const char *
dpop_chart_export_ending (DpopChartExportFormat format)
{
  static const char *const endings[] = {
    [DPOP_CHART_EXPORT_PNG] = "png",
    [DPOP_CHART_EXPORT_PDF] = "pdf",
    [DPOP_CHART_EXPORT_CSV] = "csv",
  };

  g_return_val_if_fail ((gsize) format < G_N_ELEMENTS (endings), "");
  return endings[format];
}

char *
dpop_chart_export_name (const DpopChart *chart, DpopChartExportFormat format)
{
  g_autoptr (GString) name = g_string_new (NULL);
  const char *c = dpop_chart_title (chart);

  for (guint n = 0; *c != '\0' && n < MOST_NAME; c = g_utf8_next_char (c), n++)
    {
      gunichar letter = g_utf8_get_char (c);

      if (letter < 0x20 || (letter < 0x80 && strchr ("/\\:*?\"<>|", (char) letter) != NULL))
        g_string_append_c (name, ' ');
      else
        g_string_append_unichar (name, letter);
    }
  g_strstrip (name->str);
  name->len = strlen (name->str);
  while (name->len > 0 && strchr (". ", name->str[name->len - 1]) != NULL)
    g_string_truncate (name, name->len - 1);
  if (name->len == 0 || *name->str == '.')
    g_string_prepend (name, _("Chart"));
  return g_strdup_printf ("%s.%s", name->str, dpop_chart_export_ending (format));
}
