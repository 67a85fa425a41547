/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-folder-watch.h"

#include "dpop-shared-folder.h"

#define MOMENT_MS    2000
#define EVERY_S      60

/* Lives in the engine's thread; what it is about to do is told by the round that holds it. */
typedef struct
{
  gatomicrefcount refs;
  DpopMailbox *box;
} Memory;

struct _DpopFolderWatch
{
  grefcount refs;
  DpopSession *session; /* NULL once it is freed */
  void (*told) (DpopSession *session);
  DpopSessionFolder report;
  GFileMonitor *monitor; /* NULL where there is none */
  GCancellable *cancellable;
  Memory *memory;
  guint moment; /* sources; 0: none */
  guint every;
  gboolean running;
  gboolean again;   /* once more, when that is through */
  gboolean at_once; /* and then without patience */
};

static void
memory_unref (Memory *memory)
{
  if (!g_atomic_ref_count_dec (&memory->refs))
    return;
  dpop_mailbox_free (memory->box);
  g_free (memory);
}

static DpopFolderWatch *
watch_ref (DpopFolderWatch *self)
{
  g_ref_count_inc (&self->refs);
  return self;
}

static void
watch_unref (DpopFolderWatch *self)
{
  if (!g_ref_count_dec (&self->refs))
    return;
  memory_unref (self->memory);
  g_object_unref (self->cancellable);
  g_free (self->report.path);
  g_free (self->report.fault);
  g_free (self);
}

/* --- A round. -------------------------------------------------------------------------------- */

typedef struct
{
  Memory *memory;
  gboolean at_once;
  GCancellable *cancellable;
} Task;

static void
task_free (gpointer data)
{
  Task *task = data;

  memory_unref (task->memory);
  g_object_unref (task->cancellable);
  g_free (task);
}

static gpointer
run_round (DpopProfile *profile, gpointer data, GError **error)
{
  const Task *task = data;
  DpopMailboxRound *round = g_new0 (DpopMailboxRound, 1);

  if (dpop_shared_folder_round (profile, &task->memory->box, task->at_once, task->cancellable,
                                round, error))
    return round;
  g_free (round);
  return NULL;
}

static void start (DpopFolderWatch *self);

static void
take_report (DpopFolderWatch *self, const DpopMailboxRound *round, const GError *error)
{
  g_clear_pointer (&self->report.fault, g_free);
  if (round == NULL)
    self->report.fault = g_strdup (error->message);
  else
    {
      self->report.at = g_get_real_time () / 1000;
      self->report.computers = round->computers;
      self->report.behind = round->behind;
      self->report.unread = round->unread;
    }
  self->told (self->session);
}

static void
on_round (GObject *source, GAsyncResult *result, gpointer data)
{
  DpopFolderWatch *self = data;
  g_autoptr (GError) error = NULL;
  g_autofree DpopMailboxRound *round
      = dpop_session_run_finish (DPOP_SESSION (source), result, &error);

  self->running = FALSE;
  if (self->session != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      take_report (self, round, error);
      if (self->again)
        start (self);
    }
  watch_unref (self);
}

static void
start (DpopFolderWatch *self)
{
  Task *task;

  self->again = self->running;
  if (self->running)
    return;
  self->running = TRUE;
  task = g_new0 (Task, 1);
  g_atomic_ref_count_inc (&self->memory->refs);
  task->memory = self->memory;
  task->at_once = self->at_once;
  task->cancellable = g_object_ref (self->cancellable);
  self->at_once = FALSE;
  dpop_session_run_async (self->session, run_round, task, task_free, g_free, self->cancellable,
                          on_round, watch_ref (self));
}

static gboolean
on_moment (gpointer data)
{
  DpopFolderWatch *self = data;

  self->moment = 0;
  start (self);
  return G_SOURCE_REMOVE;
}

static gboolean
on_every (gpointer data)
{
  start (data);
  return G_SOURCE_CONTINUE;
}

void
dpop_folder_watch_stir (DpopFolderWatch *self)
{
  if (self->moment == 0)
    self->moment = g_timeout_add (MOMENT_MS, on_moment, self);
}

void
dpop_folder_watch_now (DpopFolderWatch *self)
{
  self->at_once = TRUE;
  start (self);
}

/* --- Its life. ------------------------------------------------------------------------------- */

DpopFolderWatch *
dpop_folder_watch_new (DpopSession *session, const char *path,
                       void (*told) (DpopSession *session))
{
  DpopFolderWatch *self = g_new0 (DpopFolderWatch, 1);
  g_autoptr (GFile) folder = g_file_new_for_path (path);

  g_ref_count_init (&self->refs);
  self->session = session;
  self->told = told;
  self->report.path = g_strdup (path);
  self->cancellable = g_cancellable_new ();
  self->memory = g_new0 (Memory, 1);
  g_atomic_ref_count_init (&self->memory->refs);
  self->monitor = g_file_monitor_directory (folder, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect_swapped (self->monitor, "changed", G_CALLBACK (dpop_folder_watch_stir), self);
  self->every = g_timeout_add_seconds (EVERY_S, on_every, self);
  start (self);
  return self;
}

void
dpop_folder_watch_free (DpopFolderWatch *self)
{
  if (self == NULL)
    return;
  self->session = NULL;
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->moment, g_source_remove);
  g_clear_handle_id (&self->every, g_source_remove);
  if (self->monitor != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->monitor, self);
      g_file_monitor_cancel (self->monitor);
      g_clear_object (&self->monitor);
    }
  watch_unref (self);
}

const char *
dpop_folder_watch_get_path (const DpopFolderWatch *self)
{
  return self->report.path;
}

const DpopSessionFolder *
dpop_folder_watch_get_report (const DpopFolderWatch *self)
{
  return &self->report;
}
