/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-handshake-gate.h"

#include "dpop-source.h"
#include "dpop-transport-error.h"

struct _DpopHandshakeGate
{
  GQueue waiting;    /* of GTask */
  GHashTable *under; /* address -> how many are under way from there */
  guint n_under;
};

typedef struct
{
  DpopHandshakeGate *gate;
  GTlsConnection *tls;
  GSocket *socket;
  char *address;
  guint milliseconds;
  GCancellable *cancellable; /* ours, so that time can run out */
  gulong chained;
  GSource *timer;
  GSource *called_off; /* while it waits for its turn */
} Pass;

static void
pass_free (gpointer data)
{
  Pass *self = data;

  dpop_source_clear (&self->called_off);
  g_clear_object (&self->tls);
  g_clear_object (&self->socket);
  g_clear_object (&self->cancellable);
  g_free (self->address);
  dpop_handshake_gate_unref (self->gate);
  g_free (self);
}

DpopHandshakeGate *
dpop_handshake_gate_new (void)
{
  DpopHandshakeGate *self = g_rc_box_new0 (DpopHandshakeGate);

  g_queue_init (&self->waiting);
  self->under = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

static void
gate_clear (gpointer data)
{
  g_clear_pointer (&((DpopHandshakeGate *) data)->under, g_hash_table_unref);
}

void
dpop_handshake_gate_unref (DpopHandshakeGate *self)
{
  g_rc_box_release_full (self, gate_clear);
}

static guint
under_way (DpopHandshakeGate *self, const char *address)
{
  return address == NULL ? 0 : GPOINTER_TO_UINT (g_hash_table_lookup (self->under, address));
}

static void
count (DpopHandshakeGate *self, const char *address, gint step)
{
  guint now = under_way (self, address) + (guint) step;

  self->n_under += (guint) step;
  if (address == NULL)
    return;
  if (now == 0)
    g_hash_table_remove (self->under, address);
  else
    g_hash_table_replace (self->under, g_strdup (address), GUINT_TO_POINTER (now));
}

/* --- One of them. ----------------------------------------------------------------------------- */

static void begin_next (DpopHandshakeGate *self);

static gboolean
run_out (gpointer data)
{
  Pass *self = data;

  /* The thread waits for the socket: this wakes it in any case. */
  g_socket_shutdown (self->socket, TRUE, TRUE, NULL);
  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_REMOVE;
}

static void
stop (GCancellable *cancellable, gpointer data)
{
  g_cancellable_cancel (data);
}

static void
on_shaken (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Pass *self = g_task_get_task_data (task);
  GError *error = NULL;
  gboolean is_good = g_tls_connection_handshake_finish (self->tls, result, &error);

  dpop_source_clear (&self->timer);
  g_cancellable_disconnect (g_task_get_cancellable (task), self->chained);
  count (self->gate, self->address, -1);
  if (is_good
      && (g_tls_connection_get_protocol_version (self->tls) != G_TLS_PROTOCOL_VERSION_TLS_1_3
          || g_tls_connection_get_peer_certificate (self->tls) == NULL))
    is_good = dpop_transport_fail (&error, DPOP_TRANSPORT_ERROR_FOREIGN,
                                   "The other computer does not speak TLS 1.3 with a key of its "
                                   "own.");
  begin_next (self->gate);
  if (is_good)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
begin (GTask *task)
{
  Pass *self = g_task_get_task_data (task);
  GCancellable *outer = g_task_get_cancellable (task);

  dpop_source_clear (&self->called_off);
  count (self->gate, self->address, 1);
  if (outer != NULL)
    self->chained = g_cancellable_connect (outer, G_CALLBACK (stop),
                                           g_object_ref (self->cancellable), g_object_unref);
  dpop_source_after (&self->timer, self->milliseconds, run_out, self);
  g_tls_connection_handshake_async (self->tls, G_PRIORITY_DEFAULT, self->cancellable, on_shaken,
                                    task);
}

/* The first that has been called off, or whose turn it is. */
static GTask *
take_next (DpopHandshakeGate *self)
{
  for (GList *link = self->waiting.head; link != NULL; link = link->next)
    {
      GTask *task = link->data;
      Pass *pass = g_task_get_task_data (task);

      if (g_cancellable_is_cancelled (g_task_get_cancellable (task))
          || (self->n_under < DPOP_HANDSHAKE_GATE_MAX
              && under_way (self, pass->address) < DPOP_HANDSHAKE_GATE_PER_ADDRESS))
        {
          g_queue_delete_link (&self->waiting, link);
          return task;
        }
    }
  return NULL;
}

static void
begin_next (DpopHandshakeGate *self)
{
  GTask *task;

  while ((task = take_next (self)) != NULL)
    if (g_task_return_error_if_cancelled (task))
      g_object_unref (task);
    else
      begin (task);
}

static gboolean
on_called_off (GCancellable *cancellable, gpointer data)
{
  begin_next (data);
  return G_SOURCE_REMOVE;
}

void
dpop_handshake_gate_pass_async (DpopHandshakeGate *self, GTlsConnection *tls, GSocket *socket,
                                const char *address, guint milliseconds, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, data);
  Pass *pass = g_new0 (Pass, 1);

  pass->gate = g_rc_box_acquire (self);
  pass->tls = g_object_ref (tls);
  pass->socket = g_object_ref (socket);
  pass->address = g_strdup (address);
  pass->milliseconds = milliseconds;
  pass->cancellable = g_cancellable_new ();
  g_task_set_source_tag (task, dpop_handshake_gate_pass_async);
  g_task_set_task_data (task, pass, pass_free);
  if (cancellable != NULL)
    dpop_source_set (&pass->called_off, g_cancellable_source_new (cancellable),
                     G_SOURCE_FUNC (on_called_off), self);
  g_queue_push_tail (&self->waiting, task);
  begin_next (self);
}

gboolean
dpop_handshake_gate_pass_finish (DpopHandshakeGate *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
