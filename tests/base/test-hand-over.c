/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-worker.h"

/* A value that travels: whoever has it may change it. */
typedef struct
{
  GMainContext *home;
  GThread *sender;
  guint *sum;
  guint number;
} Letter;

static void
take_home (gpointer value)
{
  Letter *letter = value;

  g_assert_true (g_thread_self () == letter->sender);
  /* They come back in the order of sending. */
  g_assert_cmpuint (letter->number, ==, 2 * (*letter->sum + 1));
  ++*letter->sum;
  g_free (letter);
}

static void
double_it (gpointer value)
{
  Letter *letter = value;

  g_assert_true (g_thread_self () != letter->sender);
  letter->number *= 2;
  dpop_hand_over_send (letter->home, take_home, letter, g_free);
}

static void
test_there_and_back (void)
{
  g_autoptr (DpopWorker) worker = dpop_worker_new ("doubling");
  guint sum = 0;

  for (guint i = 1; i <= 1000; i++)
    {
      Letter *letter = g_new (Letter, 1);

      *letter = (Letter){ g_main_context_default (), g_thread_self (), &sum, i };
      dpop_hand_over_send (dpop_worker_context (worker), double_it, letter, g_free);
    }
  while (sum < 1000)
    g_main_context_iteration (NULL, TRUE);
}

static void
add_one (gpointer number)
{
  ++*(guint *) number;
}

static void
test_wait (void)
{
  g_autoptr (DpopWorker) worker = dpop_worker_new ("adding");
  guint number = 0;

  for (guint i = 0; i < 500; i++)
    {
      dpop_hand_over_wait (dpop_worker_context (worker), add_one, &number);
      g_assert_cmpuint (number, ==, i + 1);
    }
}

static void
never (gpointer value)
{
  g_assert_not_reached ();
}

static void
test_dropped (void)
{
  GMainContext *context = g_main_context_new ();
  guint dropped = 0;

  dpop_hand_over_send (context, never, &dropped, add_one);
  g_assert_cmpuint (dropped, ==, 0);
  g_main_context_unref (context);
  g_assert_cmpuint (dropped, ==, 1);
}

static void
test_done_before_end (void)
{
  DpopWorker *worker = dpop_worker_new ("ending");
  guint number = 0;

  for (guint i = 0; i < 100; i++)
    dpop_hand_over_send (dpop_worker_context (worker), add_one, &number, NULL);
  dpop_worker_free (worker);
  g_assert_cmpuint (number, ==, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hand-over/values travel there and back in order", test_there_and_back);
  g_test_add_func ("/hand-over/whoever waits sees what was done", test_wait);
  g_test_add_func ("/hand-over/what nobody receives is freed", test_dropped);
  g_test_add_func ("/hand-over/a worker ends when all is done", test_done_before_end);
  return g_test_run ();
}
