/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-list-change-private.h"
#include "fixture-random.h"

static GArray *
order_of (const char *digits)
{
  GArray *order = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (; *digits != '\0'; digits++)
    {
      gint64 number = *digits;

      g_array_append_val (order, number);
    }
  return order;
}

static GHashTable *
set_of (const char *digits)
{
  GHashTable *set = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (; *digits != '\0'; digits++)
    {
      gint64 number = *digits;

      g_hash_table_add (set, g_memdup2 (&number, sizeof number));
    }
  return set;
}

static void
take_steps (GArray *order, const GArray *after, const GArray *steps)
{
  for (guint i = 0; i < steps->len; i++)
    {
      const DpopListChangeStep *step = &g_array_index (steps, DpopListChangeStep, i);

      g_assert_cmpuint (step->position + step->removed, <=, order->len);
      g_assert_cmpuint (step->from + step->added, <=, after->len);
      if (step->removed > 0)
        g_array_remove_range (order, step->position, step->removed);
      if (step->added > 0)
        g_array_insert_vals (order, step->position, &g_array_index (after, gint64, step->from),
                             step->added);
    }
}

/* The steps as "position-removed+added", from the first place to the last. */
static char *
steps_between (const char *from, const char *to, const char *changed)
{
  g_autoptr (GArray) before = order_of (from);
  g_autoptr (GArray) after = order_of (to);
  g_autoptr (GHashTable) stale = set_of (changed);
  g_autoptr (GArray) steps = dpop_list_change_steps (before, after, stale);
  GString *text = g_string_new (NULL);

  for (guint i = steps->len; i > 0; i--)
    {
      const DpopListChangeStep *step = &g_array_index (steps, DpopListChangeStep, i - 1);

      g_string_append_printf (text, "%s%u-%u+%u", text->len > 0 ? " " : "", step->position,
                              step->removed, step->added);
    }
  take_steps (before, after, steps);
  g_assert_cmpmem (before->data, before->len * sizeof (gint64), after->data,
                   after->len * sizeof (gint64));
  return g_string_free (text, FALSE);
}

static void
test_steps (void)
{
  static const struct
  {
    const char *from, *to, *stale, *steps;
  } cases[] = {
    { "", "", "", "" },
    { "abc", "abc", "", "" },
    { "abc", "abc", "b", "1-1+1" },
    { "abc", "abc", "x", "" },
    { "abcdef", "abcdef", "bcf", "1-2+2 5-1+1" },
    { "", "abc", "", "0-0+3" },
    { "abc", "", "", "0-3+0" },
    { "abcdef", "abdef", "", "2-1+0" },
    { "abcdef", "abcxdef", "", "3-0+1" },
    { "abcdef", "bcdefa", "a", "0-1+0 6-0+1" },
    { "abcdef", "fabcde", "", "0-0+1 5-1+0" },
    { "abcdef", "xbcdey", "", "0-1+1 5-1+1" },
    { "ab", "ba", "", "0-1+0 2-0+1" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *steps = steps_between (cases[i].from, cases[i].to, cases[i].stale);

      g_assert_cmpstr (steps, ==, cases[i].steps);
    }
}

static GArray *
random_order (FixtureRandom *random, guint bound)
{
  GArray *order = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (gint64 i = 0; i < (gint64) bound; i++)
    if (fixture_random_below (random, 3) > 0)
      g_array_insert_val (order, fixture_random_below (random, order->len + 1), i);
  return order;
}

/* A few rows go, come, move or change. */
static GArray *
vary (FixtureRandom *random, const GArray *before, GHashTable *stale)
{
  GArray *after = g_array_copy ((GArray *) before);
  guint changes = (guint) fixture_random_below (random, 6);

  for (guint i = 0; i < changes && after->len > 0; i++)
    {
      guint place = (guint) fixture_random_below (random, after->len);
      gint64 number = g_array_index (after, gint64, place);
      guint what = (guint) fixture_random_below (random, 4);

      if (what != 0)
        g_array_remove_index (after, place);
      if (what == 2)
        g_array_insert_val (after, fixture_random_below (random, after->len + 1), number);
      if (what == 3)
        {
          number = 1000 + i;
          g_array_insert_val (after, place, number);
        }
      if (what == 0)
        g_hash_table_add (stale, g_memdup2 (&number, sizeof number));
    }
  return after;
}

static void
test_any (void)
{
  FixtureRandom random;

  fixture_random_init (&random, 77);
  for (guint round = 0; round < 4000 / fixture_share (); round++)
    {
      g_autoptr (GArray) before = random_order (&random, 40);
      g_autoptr (GHashTable) stale = set_of ("");
      g_autoptr (GArray) after = round % 2 == 0 ? vary (&random, before, stale)
                                                : random_order (&random, 40);
      g_autoptr (GArray) steps = dpop_list_change_steps (before, after, stale);
      g_autoptr (GArray) walked = g_array_copy (before);
      guint told = 0;

      take_steps (walked, after, steps);
      g_assert_cmpmem (walked->data, walked->len * sizeof (gint64), after->data,
                       after->len * sizeof (gint64));
      for (guint i = 0; i < steps->len; i++)
        told += g_array_index (steps, DpopListChangeStep, i).added;
      /* Each change names one row at most. */
      if (round % 2 == 0)
        g_assert_cmpuint (told, <=, 6);
    }
}

static void
test_many_become_one (void)
{
  g_autoptr (GArray) before = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) after = NULL;
  g_autoptr (GHashTable) stale = set_of ("");
  g_autoptr (GArray) steps = NULL;

  for (gint64 i = 0; i < 1000; i++)
    {
      g_array_append_val (before, i);
      if (i > 100 && i < 900 && i % 4 == 0)
        g_hash_table_add (stale, g_memdup2 (&i, sizeof i));
    }
  after = g_array_copy (before);
  steps = dpop_list_change_steps (before, after, stale);
  g_assert_cmpuint (steps->len, ==, 1);
  g_assert_cmpuint (g_array_index (steps, DpopListChangeStep, 0).position, ==, 104);
  g_assert_cmpuint (g_array_index (steps, DpopListChangeStep, 0).removed, ==, 793);
}

static void
test_runs (void)
{
  g_autoptr (GArray) order = order_of ("abcdefg");
  g_autoptr (GHashTable) some = set_of ("gbcx");
  g_autoptr (GArray) runs = dpop_list_change_runs (order, some);

  g_assert_cmpuint (runs->len, ==, 2);
  g_assert_cmpuint (g_array_index (runs, DpopListChangeRun, 0).position, ==, 1);
  g_assert_cmpuint (g_array_index (runs, DpopListChangeRun, 0).length, ==, 2);
  g_assert_cmpuint (g_array_index (runs, DpopListChangeRun, 1).position, ==, 6);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/list-change/exactly what differs is told", test_steps);
  g_test_add_func ("/list-change/any order becomes any other", test_any);
  g_test_add_func ("/list-change/very many steps become one", test_many_become_one);
  g_test_add_func ("/list-change/rows side by side are told together", test_runs);
  return g_test_run ();
}
