/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-reader.h"

#include "dpop-worker.h"

struct _DpopReader
{
  gatomicrefcount refs;
  DpopDatabase *database;
  DpopWorker *worker; /* NULL: answers at once */
};

/* A request on its way there and back. */
typedef struct
{
  DpopReaderRequest request;
  DpopDatabase *database;
  GMainContext *asked_in;
  gpointer result;
  GError *error;
} Errand;

DpopReader *
dpop_reader_new (DpopDatabase *database)
{
  DpopReader *self = g_new0 (DpopReader, 1);

  g_atomic_ref_count_init (&self->refs);
  self->database = database;
  return self;
}

DpopReader *
dpop_reader_new_threaded (DpopVault *vault, GError **error)
{
  sqlite3 *connection;
  DpopReader *self;

  if (!dpop_vault_connect (vault, DPOP_VAULT_READ_ONLY, &connection, error))
    return NULL;
  self = dpop_reader_new (dpop_database_new (connection));
  self->worker = dpop_worker_new ("dpop-reader");
  return self;
}

DpopReader *
dpop_reader_ref (DpopReader *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
dpop_reader_unref (DpopReader *self)
{
  if (self == NULL)
    return;
  dpop_hand_over_release (self);
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  dpop_hand_over_acquire (self);
  if (self->worker != NULL)
    {
      dpop_worker_free (self->worker);
      dpop_database_free (self->database);
    }
  g_free (self);
}

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  if (errand->result != NULL && errand->request.free_answer != NULL)
    errand->request.free_answer (errand->result);
  if (errand->request.free_question != NULL)
    errand->request.free_question (errand->request.question);
  if (errand->request.free_data != NULL)
    errand->request.free_data (errand->request.data);
  g_clear_pointer (&errand->asked_in, g_main_context_unref);
  g_clear_error (&errand->error);
  g_free (errand);
}

static void
deliver (gpointer data)
{
  Errand *errand = data;

  errand->request.take (g_steal_pointer (&errand->result), errand->error, errand->request.data);
  errand_free (errand);
}

static void
run (Errand *errand)
{
  errand->result
      = errand->request.answer (errand->database, errand->request.question, &errand->error);
}

static void
run_there (gpointer data)
{
  Errand *errand = data;

  run (errand);
  dpop_hand_over_send (errand->asked_in, deliver, errand, errand_free);
}

void
dpop_reader_ask (DpopReader *self, const DpopReaderRequest *request)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->request = *request;
  errand->database = self->database;
  if (self->worker == NULL)
    {
      run (errand);
      deliver (errand);
      return;
    }
  errand->asked_in = g_main_context_ref_thread_default ();
  dpop_hand_over_send (dpop_worker_context (self->worker), run_there, errand, errand_free);
}
