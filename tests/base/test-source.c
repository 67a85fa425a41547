/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-source.h"

typedef struct
{
  GSource *place;
  guint calls;
} Later;

static gboolean
on_time (gpointer data)
{
  Later *self = data;

  self->calls++;
  dpop_source_clear (&self->place);
  return G_SOURCE_REMOVE;
}

static void
test_it_happens_in_the_callers_context (void)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  Later later = { 0 };

  g_main_context_push_thread_default (context);
  dpop_source_after (&later.place, 0, on_time, &later);
  g_assert_nonnull (later.place);
  g_assert_true (g_source_get_context (later.place) == context);
  while (later.calls == 0)
    g_main_context_iteration (context, TRUE);
  g_assert_null (later.place);
  g_assert_false (g_main_context_iteration (context, FALSE));
  g_main_context_pop_thread_default (context);
}

static void
test_a_place_has_one (void)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  Later later = { 0 };

  g_main_context_push_thread_default (context);
  dpop_source_after (&later.place, 0, on_time, &later);
  dpop_source_after (&later.place, 0, on_time, &later);
  while (g_main_context_iteration (context, FALSE))
    ;
  g_assert_cmpuint (later.calls, ==, 1);
  dpop_source_after (&later.place, 0, on_time, &later);
  dpop_source_clear (&later.place);
  dpop_source_clear (&later.place);
  g_assert_false (g_main_context_iteration (context, FALSE));
  g_assert_cmpuint (later.calls, ==, 1);
  g_main_context_pop_thread_default (context);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/source/It happens in the caller's context",
                   test_it_happens_in_the_callers_context);
  g_test_add_func ("/source/A place has one, and is cleared as often as one likes",
                   test_a_place_has_one);
  return g_test_run ();
}
