/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-worker.h"

struct _DpopWorker
{
  GMainContext *context;
  GMainLoop *loop;
  GThread *thread;
};

static gpointer
work (gpointer data)
{
  DpopWorker *self = data;

  dpop_hand_over_acquire (self);
  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);
  g_main_context_pop_thread_default (self->context);
  dpop_hand_over_release (self);
  return NULL;
}

DpopWorker *
dpop_worker_new (const char *name)
{
  DpopWorker *self = g_new0 (DpopWorker, 1);

  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  dpop_hand_over_release (self);
  self->thread = g_thread_new (name, work, self);
  return self;
}

GMainContext *
dpop_worker_context (DpopWorker *self)
{
  return self->context;
}

static void
quit (gpointer loop)
{
  g_main_loop_quit (loop);
}

void
dpop_worker_free (DpopWorker *self)
{
  if (self == NULL)
    return;
  dpop_hand_over_send (self->context, quit, self->loop, NULL);
  g_thread_join (self->thread);
  dpop_hand_over_acquire (self);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_free (self);
}
