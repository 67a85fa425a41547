/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-chart-draw.h"
#include "dpop-chart-export.h"
#include "fixture-chart.h"

#include <pango/pangocairo.h>
#include <string.h>

static GBytes *
export (const DpopChart *chart, DpopChartExportFormat format, gboolean from_right)
{
  GError *error = NULL;
  GBytes *bytes = dpop_chart_export (chart, format, from_right, &error);

  g_assert_no_error (error);
  g_assert_nonnull (bytes);
  return bytes;
}

typedef struct
{
  const guint8 *bytes;
  gsize left;
} Input;

static cairo_status_t
read_input (void *closure, unsigned char *data, unsigned int length)
{
  Input *input = closure;

  if (length > input->left)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (data, input->bytes, length);
  input->bytes += length;
  input->left -= length;
  return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *
read_png (GBytes *bytes)
{
  Input input = { 0 };
  cairo_surface_t *surface;

  input.bytes = g_bytes_get_data (bytes, &input.left);
  surface = cairo_image_surface_create_from_png_stream (read_input, &input);
  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  g_assert_cmpuint (input.left, ==, 0);
  return surface;
}

static guint32
pixel (cairo_surface_t *surface, int x, int y)
{
  const guint8 *row = cairo_image_surface_get_data (surface)
                      + y * cairo_image_surface_get_stride (surface);
  guint32 value;

  memcpy (&value, row + 4 * x, sizeof value);
  return value & 0xffffff;
}

static guint
count_pixels (cairo_surface_t *surface, guint32 colour)
{
  guint count = 0;

  for (int y = 0; y < cairo_image_surface_get_height (surface); y++)
    for (int x = 0; x < cairo_image_surface_get_width (surface); x++)
      count += pixel (surface, x, y) == colour;
  return count;
}

/* Five to two: the green area is two and a half times the red one, on white. */
static void
test_picture (void)
{
  g_autoptr (DpopChart) chart = fixture_chart_new (FIXTURE_CHART_ACCEPTED);
  g_autoptr (GBytes) bytes = export (chart, DPOP_CHART_EXPORT_PNG, FALSE);
  cairo_surface_t *surface = read_png (bytes);
  guint green = count_pixels (surface, 0x2a9d66), red = count_pixels (surface, 0xb3202c);

  g_assert_cmpuint (pixel (surface, 0, 0), ==, 0xffffff);
  g_assert_cmpuint (red, >, 1000);
  g_assert_cmpuint (green * 10, >, red * 23);
  g_assert_cmpuint (green * 10, <, red * 27);
  cairo_surface_destroy (surface);
}

static void
test_all_kinds (void)
{
  for (int which = 0; which < FIXTURE_CHART_N; which++)
    for (int from_right = 0; from_right < 2; from_right++)
      {
        g_autoptr (DpopChart) chart = fixture_chart_new (which);
        g_autoptr (GBytes) png = export (chart, DPOP_CHART_EXPORT_PNG, from_right);
        g_autoptr (GBytes) pdf = export (chart, DPOP_CHART_EXPORT_PDF, from_right);
        g_autoptr (GBytes) csv = export (chart, DPOP_CHART_EXPORT_CSV, from_right);
        gsize size;
        const char *text = g_bytes_get_data (pdf, &size);
        cairo_surface_t *surface = read_png (png);

        g_assert_cmpint (cairo_image_surface_get_width (surface), ==, 2 * (720 + 64));
        cairo_surface_destroy (surface);
        g_assert_cmpuint (size, >, 2000);
        g_assert_cmpint (memcmp (text, "%PDF-", 5), ==, 0);
        g_assert_nonnull (g_strstr_len (text + size - 10, 10, "%%EOF"));
        g_assert_cmpuint (g_bytes_get_size (csv), >, 20);
      }
}

static guint
count_pages (GBytes *pdf)
{
  g_autoptr (GRegex) regex = g_regex_new ("/Type /Page\\b", G_REGEX_RAW, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  gsize size;
  const char *text = g_bytes_get_data (pdf, &size);
  guint n = 0;

  g_regex_match_full (regex, text, (gssize) size, 0, 0, &match, NULL);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    n++;
  return n;
}

static void
test_many_pages (void)
{
  enum { N = DPOP_CHART_MAX_OPTIONS };
  g_autofree guint64 *counts = g_new0 (guint64, N * N);
  const char *names[N];
  g_autoptr (DpopChart) large = NULL;
  g_autoptr (DpopChart) small = fixture_chart_new (FIXTURE_CHART_PAIRS);
  g_autoptr (GBytes) pages = NULL;
  g_autoptr (GBytes) page = export (small, DPOP_CHART_EXPORT_PDF, FALSE);
  g_autoptr (GBytes) png = NULL;
  cairo_surface_t *surface;

  for (guint i = 0; i < N; i++)
    names[i] = "An option with a name";
  for (guint i = 0; i < N * N; i++)
    counts[i] = i % 1000 * 1000;
  large = dpop_chart_new_pairwise ("All of them", names, N, counts);
  pages = export (large, DPOP_CHART_EXPORT_PDF, FALSE);
  png = export (large, DPOP_CHART_EXPORT_PNG, FALSE);
  g_assert_cmpuint (count_pages (page), ==, 1);
  g_assert_cmpuint (count_pages (pages), >, 3);
  surface = read_png (png);
  g_assert_cmpint (cairo_image_surface_get_height (surface), <=, 32767);
  cairo_surface_destroy (surface);
}

static gpointer
export_many (gpointer data)
{
  for (int i = 0; i < 10; i++)
    {
      g_autoptr (GBytes) bytes = export (data, DPOP_CHART_EXPORT_PNG, i % 2);
    }
  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (DpopChart) chart = fixture_chart_new (FIXTURE_CHART_ELECTION);
  GThread *threads[3];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("export", export_many, chart);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

/* On a page that somebody else makes: as high as was said, and nowhere else. */
static void
test_within_a_page (void)
{
  g_autoptr (DpopChart) chart = fixture_chart_new (FIXTURE_CHART_TURNOUT_OVER);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 500, 600);
  cairo_t *cr = cairo_create (surface);
  PangoContext *context = pango_cairo_create_context (cr);
  double height = dpop_chart_draw_height (chart, context, 400);
  guint outside = 0;

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_translate (cr, 50, 50);
  g_assert_cmpfloat (dpop_chart_draw (chart, cr, context, 400, dpop_chart_palette_paper ()), ==,
                     height);
  g_assert_cmpfloat (height, >, 100);
  g_assert_cmpfloat (height, <, 500);
  cairo_surface_flush (surface);
  for (int y = 0; y < 600; y++)
    for (int x = 0; x < 500; x++)
      if (x < 48 || x > 452 || y < 48 || y > 52 + height)
        outside += pixel (surface, x, y) != 0xffffff;
  g_assert_cmpuint (outside, ==, 0);
  g_assert_cmpuint (count_pixels (surface, 0x1c71d8), >, 100);
  g_object_unref (context);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart-export/a picture shows areas in proportion", test_picture);
  g_test_add_func ("/chart-export/every kind becomes a PNG, a PDF and a CSV", test_all_kinds);
  g_test_add_func ("/chart-export/what is too long for a page takes several", test_many_pages);
  g_test_add_func ("/chart-export/several threads may export one chart", test_threads);
  g_test_add_func ("/chart-export/within a page it keeps to its place", test_within_a_page);
  return g_test_run ();
}
