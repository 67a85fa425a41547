/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-chart-layout-private.h"
#include "fixture-chart.h"
#include "fixture-random.h"

#include <math.h>
#include <pango/pangocairo.h>

/* Whatever the figures, names and widths: nothing lies outside the picture, no texts overlap, and
 * lengths are in proportion. */
#define N_CASES 2000
#define SEED    20250309

static PangoContext *
context_new (double size, gboolean from_right)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  PangoFontDescription *font = pango_font_description_from_string ("Sans");

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_context_set_font_description (context, font);
  pango_context_set_base_dir (context, from_right ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
  pango_font_description_free (font);
  return context;
}

static gboolean
overlap (const DpopChartItem *a, const DpopChartItem *b)
{
  return a->x + a->width > b->x + 0.5 && b->x + b->width > a->x + 0.5
         && a->y + a->height > b->y + 1.5 && b->y + b->height > a->y + 1.5;
}

/* NULL, or what is wrong; the caller frees. */
static char *
fault (const DpopChartLayout *layout)
{
  for (guint i = 0; i < layout->items->len; i++)
    {
      const DpopChartItem *item = &g_array_index (layout->items, DpopChartItem, i);
      double edge = item->kind == DPOP_CHART_ITEM_STROKE ? item->line_width / 2 : 0;

      if (!(item->width >= 0) || !(item->height >= 0))
        return g_strdup_printf ("item %u has no size", i);
      if (!(item->x >= -0.01) || !(item->y >= -0.01 - edge)
          || !(item->x + item->width <= layout->width + 0.01)
          || !(item->y + item->height <= layout->height + 0.01 + edge))
        return g_strdup_printf ("item %u (%d) at %g, %g, %g x %g lies outside %g x %g: %s", i,
                                item->kind, item->x, item->y, item->width, item->height,
                                layout->width, layout->height,
                                item->text != NULL ? pango_layout_get_text (item->text) : "");
      if (item->text == NULL)
        continue;
      for (guint k = 0; k < i; k++)
        {
          const DpopChartItem *other = &g_array_index (layout->items, DpopChartItem, k);

          if (other->text != NULL && overlap (item, other))
            return g_strdup_printf ("\"%s\" overlaps \"%s\"", pango_layout_get_text (item->text),
                                    pango_layout_get_text (other->text));
        }
    }
  return NULL;
}

/* The letters of a text reach no further than its item says. */
static char *
ink_fault (const DpopChartLayout *layout)
{
  for (guint i = 0; i < layout->items->len; i++)
    {
      const DpopChartItem *item = &g_array_index (layout->items, DpopChartItem, i);
      PangoRectangle extents;

      if (item->text == NULL)
        continue;
      pango_layout_get_pixel_extents (item->text, NULL, &extents);
      if (extents.x < 0 || extents.x + extents.width > item->width + 1
          || extents.height > item->height + 1)
        return g_strdup_printf ("\"%s\" is %d + %d wide in %g", pango_layout_get_text (item->text),
                                extents.x, extents.width, item->width);
    }
  return NULL;
}

/* --- Random charts. -------------------------------------------------------------------------- */

static guint64
random_figure (FixtureRandom *random)
{
  switch (fixture_random_below (random, 5))
    {
    case 0:
      return 0;
    case 1:
      return fixture_random_below (random, 10);
    case 2:
      return fixture_random_below (random, 10000);
    case 3:
      return fixture_random_below (random, G_MAXINT32);
    default:
      return fixture_random_below (random, 8) == 0 ? G_MAXUINT64 : fixture_random_next (random);
    }
}

static const char *
random_name (FixtureRandom *random)
{
  static const char *const names[] = {
    "", "A", "Yes", "Rosa Martinez", "\xd7\x9b\xd7\x9f", "\xe8\xb3\x9b\xe6\x88\x90",
    "Renovate the clubhouse in two stages, beginning with the roof and the kitchen",
    "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft",
    "\xd8\xaa\xd8\xac\xd8\xaf\xd9\x8a\xd8\xaf \xd8\xa7\xd9\x84\xd9\x86\xd8\xa7\xd8\xaf\xd9\x8a 12",
  };

  return names[fixture_random_below (random, G_N_ELEMENTS (names))];
}

static void
random_rows (FixtureRandom *random, DpopChartRow *rows, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      rows[i].label = random_name (random);
      rows[i].value = random_figure (random);
      rows[i].tone = (DpopChartTone) fixture_random_below (random, 5);
      rows[i].note = fixture_random_below (random, 3) == 0 ? random_name (random) : NULL;
      rows[i].marked = fixture_random_below (random, 3) == 0;
      rows[i].aside = fixture_random_below (random, 4) == 0;
    }
}

static DpopChart *
random_turnout (FixtureRandom *random, const DpopChartMark *mark)
{
  guint n = (guint) fixture_random_below (random, 40);
  gint64 span = (gint64) fixture_random_below (random, 3) * 1000000;
  DpopChartBox box = { .opened_ms = 5, .closes_ms = 5 + span,
                       .now_ms = (gint64) fixture_random_below (random, 3000000),
                       .entitled = random_figure (random) };
  DpopChartStep steps[40];
  gint64 time = 0;
  guint64 votes = 0;

  for (guint i = 0; i < n; i++)
    {
      time += (gint64) fixture_random_below (random, 100000);
      votes += fixture_random_below (random, box.entitled / 20 + 1);
      steps[i] = (DpopChartStep) { time, votes };
    }
  return dpop_chart_new_turnout ("", steps, n, &box, mark);
}

static DpopChart *
random_chart (FixtureRandom *random)
{
  guint64 of = MAX (random_figure (random), 1);
  DpopChartMark mark = { random_name (random), fixture_random_below (random, of), of,
                         random_figure (random) };
  const DpopChartMark *marked = fixture_random_below (random, 3) > 0 ? &mark : NULL;
  guint n = (guint) fixture_random_below (random, 9);
  DpopChartRow rows[8] = { 0 };
  const char *names[12];
  guint64 counts[12 * 12];

  random_rows (random, rows, MIN (n, 8));
  switch (fixture_random_below (random, 4))
    {
    case 0:
      return dpop_chart_new_outcome ("", rows, MIN (n, 8), random_figure (random), "votes", marked);
    case 1:
      return dpop_chart_new_bars ("", rows, MIN (n, 8), random_figure (random),
                                  n % 2 == 0 ? "votes" : NULL, marked);
    case 2:
      return random_turnout (random, marked);
    default:
      n = (guint) fixture_random_below (random, 12);
      for (guint i = 0; i < n; i++)
        names[i] = random_name (random);
      for (guint i = 0; i < n * n; i++)
        counts[i] = random_figure (random);
      return dpop_chart_new_pairwise ("", names, n, counts);
    }
}

static void
test_random (void)
{
  for (guint i = 0; i < N_CASES / fixture_share (); i++)
    {
      FixtureRandom random;
      g_autoptr (DpopChart) chart = NULL;
      g_autoptr (DpopChartLayout) layout = NULL;
      g_autofree char *wrong = NULL;
      PangoContext *context;
      double width, size;

      fixture_random_init (&random, SEED + i);
      width = 280 + (double) fixture_random_below (&random, 1321);
      size = fixture_random_below (&random, 2) == 0 ? 14.67 : 22;
      context = context_new (size, fixture_random_below (&random, 3) == 0);
      chart = random_chart (&random);
      layout = dpop_chart_layout_new (chart, context, width,
                                      DPOP_CHART_LAYOUT_TITLED | DPOP_CHART_LAYOUT_DESCRIBED);
      wrong = fault (layout);
      if (wrong == NULL)
        wrong = ink_fault (layout);
      if (wrong != NULL)
        g_error ("seed %u, kind %d, %g wide, letters of %g: %s", SEED + i, dpop_chart_kind (chart),
                 width, size, wrong);
      g_object_unref (context);
    }
}

/* --- Fixed charts. --------------------------------------------------------------------------- */

static DpopChartLayout *
lay_out (const DpopChart *chart, double width, gboolean from_right)
{
  PangoContext *context = context_new (14.67, from_right);
  DpopChartLayout *layout = dpop_chart_layout_new (chart, context, width, DPOP_CHART_LAYOUT_BARE);

  g_object_unref (context);
  return layout;
}

/* The bar's parts, not the swatches in its legend. */
static const DpopChartItem *
find_box (const DpopChartLayout *layout, DpopChartInk ink)
{
  for (guint i = 0; i < layout->items->len; i++)
    {
      const DpopChartItem *item = &g_array_index (layout->items, DpopChartItem, i);

      if (item->kind == DPOP_CHART_ITEM_BOX && item->ink == ink)
        return item;
    }
  g_assert_not_reached ();
}

static void
test_proportion (void)
{
  g_autoptr (DpopChart) chart = fixture_chart_new (FIXTURE_CHART_ACCEPTED);
  g_autoptr (DpopChartLayout) layout = lay_out (chart, 700, FALSE);
  const DpopChartItem *yes = find_box (layout, DPOP_CHART_INK_YES);
  const DpopChartItem *no = find_box (layout, DPOP_CHART_INK_NO);
  const DpopChartItem *mark = find_box (layout, DPOP_CHART_INK_TEXT);

  g_assert_cmpfloat (yes->x, ==, 0);
  g_assert_cmpfloat (fabs (yes->x + yes->width - 500), <=, 2);
  g_assert_cmpfloat (fabs (no->x - 500), <=, 0.01);
  g_assert_cmpfloat (fabs (no->x + no->width - 700), <=, 0.01);
  g_assert_cmpfloat (fabs (mark->x + mark->width / 2 - 350), <=, 0.5);
  g_assert_cmpfloat (mark->y, <, yes->y);
  g_assert_cmpfloat (mark->y + mark->height, >, yes->y + yes->height);
}

static void
test_one_vote_is_seen (void)
{
  const DpopChartRow rows[] = {
    { .label = "Yes", .value = 1, .tone = DPOP_CHART_TONE_YES },
    { .label = "No", .value = 2000000000, .tone = DPOP_CHART_TONE_NO },
  };
  g_autoptr (DpopChart) outcome = dpop_chart_new_outcome ("", rows, 2, 0, "votes", NULL);
  g_autoptr (DpopChart) bars = dpop_chart_new_bars ("", rows, 2, 0, NULL, NULL);
  g_autoptr (DpopChartLayout) one = lay_out (outcome, 300, FALSE);
  g_autoptr (DpopChartLayout) other = lay_out (bars, 300, FALSE);

  g_assert_cmpfloat (find_box (one, DPOP_CHART_INK_YES)->width, >=, 1);
  g_assert_cmpfloat (find_box (other, DPOP_CHART_INK_YES)->width, >=, 1);
}

static void
test_mirror (void)
{
  for (int which = 0; which < FIXTURE_CHART_N; which++)
    {
      g_autoptr (DpopChart) chart = fixture_chart_new (which);
      g_autoptr (DpopChartLayout) there = lay_out (chart, 500, FALSE);
      g_autoptr (DpopChartLayout) back = lay_out (chart, 500, TRUE);

      g_assert_cmpuint (there->items->len, ==, back->items->len);
      g_assert_cmpfloat (there->height, ==, back->height);
      for (guint i = 0; i < there->items->len; i++)
        {
          const DpopChartItem *a = &g_array_index (there->items, DpopChartItem, i);
          const DpopChartItem *b = &g_array_index (back->items, DpopChartItem, i);

          g_assert_cmpfloat (fabs (a->x + a->width + b->x - 500), <, 0.01);
          g_assert_cmpfloat (a->y, ==, b->y);
          g_assert_cmpfloat (a->left_radius, ==, b->right_radius);
          if (a->n_points > 0)
            g_assert_cmpfloat (fabs (a->points[0].x
                                     - (a->upright ? b->points[0].x : 1 - b->points[0].x)), <,
                               1e-9);
        }
    }
}

/* A wrapped name is flush with the side that its language begins at, whatever it is written in. */
static void
test_flush (void)
{
  static const char *const names[] = {
    "Renovate the clubhouse in two stages",
    "\xd8\xaa\xd8\xac\xd8\xaf\xd9\x8a\xd8\xaf \xd8\xa7\xd9\x84\xd9\x86\xd8\xa7\xd8\xaf\xd9\x8a "
    "\xd8\xa7\xd9\x84\xd9\x86\xd8\xa7\xd8\xaf\xd9\x8a",
    "123 456 78910",
  };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (names); i++)
    {
      PangoContext *context = context_new (14.67, i % 2 == 1);
      DpopChartLayout layout = { .context = context, .mirror = i % 2 == 1 };
      DpopChartItem item = dpop_chart_layout_text (&layout, names[i / 2], DPOP_CHART_TEXT_PLAIN,
                                                   DPOP_CHART_INK_TEXT, 60);
      PangoLayoutIter *iter = pango_layout_get_iter (item.text);

      g_assert_cmpint (pango_layout_get_line_count (item.text), >, 1);
      do
        {
          PangoRectangle line;

          pango_layout_iter_get_line_extents (iter, NULL, &line);
          if (layout.mirror)
            g_assert_cmpint (line.x + line.width, >=, 60 * PANGO_SCALE - 1);
          else
            g_assert_cmpint (line.x, <=, 0);
        }
      while (pango_layout_iter_next_line (iter));
      pango_layout_iter_free (iter);
      g_object_unref (item.text);
      g_object_unref (context);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart-layout/nothing lies outside and no texts overlap", test_random);
  g_test_add_func ("/chart-layout/parts and marks lie where the figures say", test_proportion);
  g_test_add_func ("/chart-layout/one vote of very many is seen", test_one_vote_is_seen);
  g_test_add_func ("/chart-layout/from right to left is the mirror image", test_mirror);
  g_test_add_func ("/chart-layout/wrapped names are flush with their beginning", test_flush);
  return g_test_run ();
}
