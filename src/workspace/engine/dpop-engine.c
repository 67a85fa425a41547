/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-engine.h"

#include "dpop-worker.h"

#include <glib/gi18n-lib.h>
#include <pthread.h>

/* Who watches, in a main context of their own. Freed there, when nothing more is on its way. */
typedef struct
{
  gatomicrefcount refs;
  guint number;
  GMainContext *context;
  DpopEngineWatch watch; /* of the watcher's thread alone, as what follows; NULL: ended */
  gpointer data;
  GDestroyNotify free_data;
} Watcher;

struct _DpopEngine
{
  gatomicrefcount refs;
  DpopWorker *worker;
  /* The worker's alone. */
  DpopProfile *profile; /* NULL: none is open */
  DpopProjector *projector;
  /* Anybody's, under the mutex; the C library's, for the thread sanitizer does not see GLib's. */
  pthread_mutex_t mutex;
  DpopVault *vault;
  GPtrArray *watchers;
  guint watches;
};

G_DEFINE_QUARK (dpop-engine-error-quark, dpop_engine_error)

/* --- Watching. ------------------------------------------------------------------------------- */

static void
watcher_unref (gpointer data)
{
  Watcher *watcher = data;

  dpop_hand_over_release (watcher);
  if (!g_atomic_ref_count_dec (&watcher->refs))
    return;
  dpop_hand_over_acquire (watcher);
  g_main_context_unref (watcher->context);
  g_free (watcher);
}

static Watcher *
watcher_ref (Watcher *watcher)
{
  g_atomic_ref_count_inc (&watcher->refs);
  return watcher;
}

typedef struct
{
  Watcher *watcher;
  DpopProjectorChanges *changes;
} News;

static void
news_free (gpointer data)
{
  News *news = data;

  dpop_projector_changes_unref (news->changes);
  watcher_unref (news->watcher);
  g_free (news);
}

static void
tell (gpointer data)
{
  News *news = data;

  if (news->watcher->watch != NULL)
    news->watcher->watch (news->changes, news->watcher->data);
  news_free (news);
}

static void
tell_watchers (DpopEngine *self)
{
  g_autoptr (DpopProjectorChanges) changes
      = self->projector != NULL ? dpop_projector_take_changes (self->projector) : NULL;

  if (changes == NULL)
    return;
  pthread_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->watchers->len; i++)
    {
      News *news = g_new0 (News, 1);

      news->watcher = watcher_ref (self->watchers->pdata[i]);
      news->changes = dpop_projector_changes_ref (changes);
      dpop_hand_over_send (news->watcher->context, tell, news, news_free);
    }
  pthread_mutex_unlock (&self->mutex);
}

guint
dpop_engine_watch (DpopEngine *self, DpopEngineWatch watch, gpointer data,
                   GDestroyNotify free_data)
{
  Watcher *watcher = g_new0 (Watcher, 1);
  guint number;

  g_atomic_ref_count_init (&watcher->refs);
  watcher->context = g_main_context_ref_thread_default ();
  watcher->watch = watch;
  watcher->data = data;
  watcher->free_data = free_data;
  pthread_mutex_lock (&self->mutex);
  number = watcher->number = ++self->watches;
  g_ptr_array_add (self->watchers, watcher);
  pthread_mutex_unlock (&self->mutex);
  return number;
}

static Watcher *
take_watcher (DpopEngine *self, guint number)
{
  Watcher *found = NULL;

  pthread_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->watchers->len && found == NULL; i++)
    {
      Watcher *watcher = self->watchers->pdata[i];

      if (watcher->number == number)
        {
          found = watcher_ref (watcher);
          g_ptr_array_remove_index (self->watchers, i);
        }
    }
  pthread_mutex_unlock (&self->mutex);
  return found;
}

static void
end_watch (Watcher *watcher)
{
  watcher->watch = NULL;
  if (watcher->free_data != NULL)
    watcher->free_data (watcher->data);
  watcher->free_data = NULL;
}

void
dpop_engine_unwatch (DpopEngine *self, guint number)
{
  Watcher *watcher = take_watcher (self, number);

  g_return_if_fail (watcher != NULL);
  end_watch (watcher);
  watcher_unref (watcher);
}

/* --- Commands. ------------------------------------------------------------------------------- */

/* A command on its way there and back. */
typedef struct
{
  DpopEngine *engine;
  DpopEngineCommand command;
  GMainContext *asked_in;
  gpointer result;
  GError *error;
} Errand;

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  if (errand->result != NULL && errand->command.free_result != NULL)
    errand->command.free_result (errand->result);
  if (errand->command.free_data != NULL)
    errand->command.free_data (errand->command.data);
  if (errand->command.free_done_data != NULL)
    errand->command.free_done_data (errand->command.done_data);
  g_clear_object (&errand->command.cancellable);
  g_clear_pointer (&errand->asked_in, g_main_context_unref);
  g_clear_error (&errand->error);
  g_free (errand);
}

static void
deliver (gpointer data)
{
  Errand *errand = data;

  if (errand->command.done != NULL)
    errand->command.done (g_steal_pointer (&errand->result), errand->error,
                          errand->command.done_data);
  errand_free (errand);
}

/* A transaction that is still open would swallow whatever comes next. */
static void
end_transaction (DpopEngine *self, Errand *errand)
{
  sqlite3 *connection = dpop_database_connection (dpop_profile_database (self->profile));

  if (sqlite3_get_autocommit (connection))
    return;
  dpop_profile_rollback (self->profile);
  if (errand->result != NULL && errand->command.free_result != NULL)
    errand->command.free_result (errand->result);
  errand->result = NULL;
  g_clear_error (&errand->error);
  g_set_error_literal (&errand->error, DPOP_ENGINE_ERROR, DPOP_ENGINE_ERROR_UNFINISHED,
                       _("This was not finished, and nothing was changed. Please report it."));
}

static void
do_command (DpopEngine *self, Errand *errand)
{
  if (g_cancellable_set_error_if_cancelled (errand->command.cancellable, &errand->error))
    return;
  if (self->profile == NULL)
    {
      g_set_error_literal (&errand->error, DPOP_ENGINE_ERROR, DPOP_ENGINE_ERROR_CLOSED,
                           _("The profile is locked. Open it with the passphrase."));
      return;
    }
  errand->result
      = errand->command.function (self->profile, errand->command.data, &errand->error);
  end_transaction (self, errand);
  tell_watchers (self);
}

static void
run_there (gpointer data)
{
  Errand *errand = data;

  do_command (errand->engine, errand);
  dpop_hand_over_send (errand->asked_in, deliver, errand, errand_free);
}

void
dpop_engine_run (DpopEngine *self, const DpopEngineCommand *command)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->engine = self;
  errand->command = *command;
  if (command->cancellable != NULL)
    g_object_ref (command->cancellable);
  errand->asked_in = g_main_context_ref_thread_default ();
  dpop_hand_over_send (dpop_worker_context (self->worker), run_there, errand, errand_free);
}

static void
run_waited_for (gpointer data)
{
  Errand *errand = data;

  do_command (errand->engine, errand);
}

gpointer
dpop_engine_run_sync (DpopEngine *self, DpopEngineFunction function, gpointer data, GError **error)
{
  Errand errand = { .engine = self, .command = { .function = function, .data = data } };

  dpop_hand_over_wait (dpop_worker_context (self->worker), run_waited_for, &errand);
  if (errand.error != NULL)
    g_propagate_error (error, errand.error);
  return errand.result;
}

/* --- Opening and closing. -------------------------------------------------------------------- */

typedef struct
{
  DpopEngine *engine;
  char *folder;
  CosmicSecret *passphrase;
  gboolean is_new;
  CosmicPasswordCost cost;
  gboolean has_effects;
  DpopProfileEffects effects;
  GMainContext *asked_in;
  DpopEngineDone done;
  gpointer done_data;
  GDestroyNotify free_done_data;
  GError *error;
} Opening;

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  g_free (opening->folder);
  cosmic_secret_free (opening->passphrase);
  if (opening->free_done_data != NULL)
    opening->free_done_data (opening->done_data);
  g_clear_pointer (&opening->asked_in, g_main_context_unref);
  g_clear_error (&opening->error);
  g_free (opening);
}

static void
set_vault (DpopEngine *self, DpopVault *vault)
{
  pthread_mutex_lock (&self->mutex);
  self->vault = vault;
  pthread_mutex_unlock (&self->mutex);
}

static void
close_profile (gpointer data)
{
  DpopEngine *self = data;

  set_vault (self, NULL);
  self->projector = NULL;
  g_clear_pointer (&self->profile, dpop_profile_free);
}

static void
open_profile (Opening *opening)
{
  DpopEngine *self = opening->engine;
  const DpopProfileEffects *effects = opening->has_effects ? &opening->effects : NULL;

  if (self->profile != NULL)
    {
      g_set_error_literal (&opening->error, DPOP_ENGINE_ERROR, DPOP_ENGINE_ERROR_ALREADY,
                           _("A profile is open already. Close it first."));
      return;
    }
  self->profile = opening->is_new
                      ? dpop_profile_create (opening->folder, opening->passphrase, opening->cost,
                                             effects, &opening->error)
                      : dpop_profile_open (opening->folder, opening->passphrase, effects,
                                           &opening->error);
  if (self->profile == NULL)
    return;
  self->projector = dpop_projector_attach (self->profile, &opening->error);
  if (self->projector == NULL)
    close_profile (self);
  else
    set_vault (self, dpop_profile_vault (self->profile));
}

static void
tell_opened (gpointer data)
{
  Opening *opening = data;

  if (opening->done != NULL)
    opening->done (NULL, opening->error, opening->done_data);
  opening_free (opening);
}

static void
open_there (gpointer data)
{
  Opening *opening = data;

  open_profile (opening);
  g_clear_pointer (&opening->passphrase, cosmic_secret_free);
  dpop_hand_over_send (opening->asked_in, tell_opened, opening, opening_free);
}

static void
open_waited_for (gpointer opening)
{
  open_profile (opening);
}

static Opening *
opening_new (DpopEngine *self, const char *folder, const CosmicSecret *passphrase,
             const CosmicPasswordCost *cost, const DpopProfileEffects *effects)
{
  Opening *opening = g_new0 (Opening, 1);

  opening->engine = self;
  opening->folder = g_strdup (folder);
  opening->passphrase
      = cosmic_secret_copy (cosmic_secret_bytes (passphrase), cosmic_secret_size (passphrase));
  opening->is_new = cost != NULL;
  if (cost != NULL)
    opening->cost = *cost;
  opening->has_effects = effects != NULL;
  if (effects != NULL)
    opening->effects = *effects;
  return opening;
}

void
dpop_engine_open (DpopEngine *self, const char *folder, const CosmicSecret *passphrase,
                  const CosmicPasswordCost *cost, const DpopProfileEffects *effects,
                  DpopEngineDone done, gpointer done_data, GDestroyNotify free_done_data)
{
  Opening *opening = opening_new (self, folder, passphrase, cost, effects);

  opening->done = done;
  opening->done_data = done_data;
  opening->free_done_data = free_done_data;
  opening->asked_in = g_main_context_ref_thread_default ();
  dpop_hand_over_send (dpop_worker_context (self->worker), open_there, opening, opening_free);
}

gboolean
dpop_engine_open_sync (DpopEngine *self, const char *folder, const CosmicSecret *passphrase,
                       const CosmicPasswordCost *cost, const DpopProfileEffects *effects,
                       GError **error)
{
  Opening *opening = opening_new (self, folder, passphrase, cost, effects);
  gboolean good;

  dpop_hand_over_wait (dpop_worker_context (self->worker), open_waited_for, opening);
  good = opening->error == NULL;
  if (!good)
    g_propagate_error (error, g_steal_pointer (&opening->error));
  opening_free (opening);
  return good;
}

void
dpop_engine_close (DpopEngine *self)
{
  dpop_hand_over_wait (dpop_worker_context (self->worker), close_profile, self);
}

DpopReader *
dpop_engine_new_reader (DpopEngine *self, GError **error)
{
  DpopReader *reader = NULL;

  pthread_mutex_lock (&self->mutex);
  if (self->vault != NULL)
    reader = dpop_reader_new_threaded (self->vault, error);
  else
    g_set_error_literal (error, DPOP_ENGINE_ERROR, DPOP_ENGINE_ERROR_CLOSED,
                         _("The profile is locked. Open it with the passphrase."));
  pthread_mutex_unlock (&self->mutex);
  return reader;
}

/* --- The engine. ----------------------------------------------------------------------------- */

DpopEngine *
dpop_engine_new (void)
{
  DpopEngine *self = g_new0 (DpopEngine, 1);

  g_atomic_ref_count_init (&self->refs);
  pthread_mutex_init (&self->mutex, NULL);
  self->watchers = g_ptr_array_new_with_free_func (watcher_unref);
  self->worker = dpop_worker_new ("dpop-engine");
  return self;
}

DpopEngine *
dpop_engine_ref (DpopEngine *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
dpop_engine_unref (DpopEngine *self)
{
  if (self == NULL)
    return;
  dpop_hand_over_release (self);
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  dpop_hand_over_acquire (self);
  dpop_engine_close (self);
  dpop_worker_free (self->worker);
  for (guint i = 0; i < self->watchers->len; i++)
    end_watch (self->watchers->pdata[i]);
  g_ptr_array_unref (self->watchers);
  pthread_mutex_destroy (&self->mutex);
  g_free (self);
}
