/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-transport-stream.h"

#include "dpop-upgrade-head.h"

#include <string.h>

typedef struct
{
  GInputStream parent;
  DpopTransportStream *stream; /* borrowed; NULL once it is gone */
} DpopTransportInput;

typedef struct
{
  GOutputStream parent;
  DpopTransportStream *stream;
} DpopTransportOutput;

struct _DpopTransportStream
{
  GIOStream parent;

  GTlsConnection *tls;
  GSocket *socket;
  DpopTransportInput *input;
  DpopTransportOutput *output;

  DpopUpgradeHead head;
  gboolean is_past_head;
  gboolean is_upgraded;
  DpopFrameScan received;
  DpopFrameScan sent;
  guint64 controls_seen;
  gint64 controls_left;
  gint64 controls_since; /* when the last second of them was added */

  gsize turn; /* bytes that may still be read in this dispatch */
  gboolean is_paused;
  GPtrArray *sleepers; /* of GSource: who waits for the end of the pause */

  DpopTransportCut cut;
  gint64 last_read;
  gint64 last_written;
  void (*wrote) (gpointer data);
  void (*on_cut) (gpointer data);
  gpointer watch_data;
};

static GType dpop_transport_input_get_type (void);
static GType dpop_transport_output_get_type (void);

G_DEFINE_FINAL_TYPE (DpopTransportStream, dpop_transport_stream, G_TYPE_IO_STREAM)

/* --- Budgets. --------------------------------------------------------------------------------- */

static void
cut_for (DpopTransportStream *self, DpopTransportCut reason)
{
  if (self->cut != DPOP_TRANSPORT_CUT_NONE)
    return;
  self->cut = reason;
  g_socket_shutdown (self->socket, TRUE, TRUE, NULL);
  dpop_transport_stream_pause (self, FALSE);
  if (self->on_cut != NULL)
    self->on_cut (self->watch_data);
}

static gboolean
fail_cut (DpopTransportStream *self, GError **error)
{
  if (self == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CLOSED, "The connection is closed.");
  else if (self->cut != DPOP_TRANSPORT_CUT_NONE)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED,
                         "The connection was cut.");
  else
    return FALSE;
  return TRUE;
}

static gboolean
controls_are_few (DpopTransportStream *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 seconds = (now - self->controls_since) / G_USEC_PER_SEC;

  self->controls_since += seconds * G_USEC_PER_SEC;
  self->controls_left = MIN (self->controls_left + seconds, DPOP_TRANSPORT_STREAM_CONTROLS);
  self->controls_left -= (gint64) (self->received.controls - self->controls_seen);
  self->controls_seen = self->received.controls;
  return self->controls_left >= 0
         && self->received.pings <= self->sent.pongs + DPOP_TRANSPORT_STREAM_PONGS_MAX;
}

static DpopTransportCut
judge_received (DpopTransportStream *self, const guint8 *bytes, gsize size)
{
  gsize taken = 0;

  if (!self->is_past_head)
    {
      switch (dpop_upgrade_head_take (&self->head, bytes, size, &taken))
        {
        case DPOP_UPGRADE_HEAD_MORE:
          return DPOP_TRANSPORT_CUT_NONE;
        case DPOP_UPGRADE_HEAD_END:
          self->is_past_head = TRUE;
          break;
        default:
          return DPOP_TRANSPORT_CUT_FOREIGN;
        }
    }
  switch (dpop_frame_scan_take (&self->received, bytes + taken, size - taken))
    {
    case DPOP_FRAME_GOOD:
      return controls_are_few (self) ? DPOP_TRANSPORT_CUT_NONE : DPOP_TRANSPORT_CUT_RESTLESS;
    case DPOP_FRAME_LARGE:
      return DPOP_TRANSPORT_CUT_LARGE;
    default:
      return DPOP_TRANSPORT_CUT_FOREIGN;
    }
}

/* --- Reading. --------------------------------------------------------------------------------- */

static gssize
input_read_nonblocking (GPollableInputStream *pollable, void *buffer, gsize size, GError **error)
{
  DpopTransportStream *self = ((DpopTransportInput *) pollable)->stream;
  GPollableInputStream *base;
  DpopTransportCut cut;
  gssize count;

  if (fail_cut (self, error))
    return -1;
  if (self->is_paused || self->turn == 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK, "Not now.");
      return -1;
    }
  base = G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (G_IO_STREAM (self->tls)));
  count = g_pollable_input_stream_read_nonblocking (base, buffer, MIN (size, self->turn), NULL,
                                                    error);
  if (count <= 0)
    return count;
  self->turn -= (gsize) count;
  self->last_read = g_get_monotonic_time ();
  cut = judge_received (self, buffer, (gsize) count);
  if (cut == DPOP_TRANSPORT_CUT_NONE)
    return count;
  cut_for (self, cut);
  memset (buffer, 0, (gsize) count);
  fail_cut (self, error);
  return -1;
}

static gboolean
input_is_readable (GPollableInputStream *pollable)
{
  DpopTransportStream *self = ((DpopTransportInput *) pollable)->stream;

  if (self == NULL || self->cut != DPOP_TRANSPORT_CUT_NONE)
    return TRUE;
  return !self->is_paused && self->turn > 0
         && g_pollable_input_stream_is_readable (
           G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (G_IO_STREAM (self->tls))));
}

/* A source that sleeps until the pause ends; ready at once when there is nothing to wait for. */
static gboolean
sleeper_dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  g_source_set_ready_time (source, -1);
  return G_SOURCE_CONTINUE;
}

static GSource *
sleeping_source (DpopTransportStream *self, gpointer pollable, GCancellable *cancellable)
{
  static GSourceFuncs funcs = { .dispatch = sleeper_dispatch };
  GSource *source = g_pollable_source_new_full (pollable, NULL, cancellable);
  GSource *sleeper = g_source_new (&funcs, sizeof (GSource));

  g_source_set_static_name (sleeper, "paused transport");
  if (self != NULL && self->cut == DPOP_TRANSPORT_CUT_NONE)
    g_ptr_array_add (self->sleepers, g_source_ref (sleeper));
  else
    g_source_set_ready_time (sleeper, 0);
  g_source_add_child_source (source, sleeper);
  g_source_unref (sleeper);
  return source;
}

static GSource *
input_create_source (GPollableInputStream *pollable, GCancellable *cancellable)
{
  DpopTransportStream *self = ((DpopTransportInput *) pollable)->stream;
  g_autoptr (GSource) child = NULL;

  if (self == NULL || self->cut != DPOP_TRANSPORT_CUT_NONE || self->is_paused)
    return sleeping_source (self, pollable, cancellable);
  /* Who asks for a source is done for now: the next turn begins when it fires. */
  self->turn = DPOP_TRANSPORT_STREAM_TURN;
  child = g_pollable_input_stream_create_source (
    G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (G_IO_STREAM (self->tls))), NULL);
  return g_pollable_source_new_full (pollable, child, cancellable);
}

/* Nobody here waits for bytes. */
static gssize
input_read (GInputStream *stream, void *buffer, gsize size, GCancellable *cancellable,
            GError **error)
{
  return g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (stream), buffer, size,
                                                   cancellable, error);
}

static void
input_pollable_init (GPollableInputStreamInterface *iface)
{
  iface->is_readable = input_is_readable;
  iface->create_source = input_create_source;
  iface->read_nonblocking = input_read_nonblocking;
}

typedef GInputStreamClass DpopTransportInputClass;

G_DEFINE_TYPE_WITH_CODE (DpopTransportInput, dpop_transport_input, G_TYPE_INPUT_STREAM,
                         G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM, input_pollable_init))

static void
dpop_transport_input_class_init (DpopTransportInputClass *class)
{
  class->read_fn = input_read;
}

static void
dpop_transport_input_init (DpopTransportInput *self)
{
}

/* --- Writing. --------------------------------------------------------------------------------- */

/* TLS takes one record at a time, and libsoup offers what is left once in a dispatch: all of it in
 * one go is four times less to do for a message of 64 KiB. */
static gssize
write_records (DpopTransportStream *self, const guint8 *bytes, gsize size, GError **error)
{
  GPollableOutputStream *base
    = G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (G_IO_STREAM (self->tls)));
  gsize done = 0;

  while (done < size)
    {
      g_autoptr (GError) why = NULL; /* TLS loses an error that it cannot hand on */
      gssize count = g_pollable_output_stream_write_nonblocking (base, bytes + done, size - done,
                                                                 NULL, &why);

      if (count <= 0 && done > 0)
        break;
      if (count <= 0)
        {
          g_propagate_error (error, g_steal_pointer (&why));
          return count;
        }
      done += (gsize) count;
    }
  return (gssize) done;
}

static gssize
output_write_nonblocking (GPollableOutputStream *pollable, const void *buffer, gsize size,
                          GError **error)
{
  DpopTransportStream *self = ((DpopTransportOutput *) pollable)->stream;
  gssize count;

  if (fail_cut (self, error))
    return -1;
  count = write_records (self, buffer, MIN (size, DPOP_TRANSPORT_STREAM_TURN), error);
  if (count <= 0)
    return count;
  self->last_written = g_get_monotonic_time ();
  if (self->is_upgraded)
    {
      dpop_frame_scan_take (&self->sent, buffer, (gsize) count);
      if (self->wrote != NULL)
        self->wrote (self->watch_data);
    }
  return count;
}

static gboolean
output_is_writable (GPollableOutputStream *pollable)
{
  DpopTransportStream *self = ((DpopTransportOutput *) pollable)->stream;

  return self == NULL || self->cut != DPOP_TRANSPORT_CUT_NONE
         || g_pollable_output_stream_is_writable (
           G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (G_IO_STREAM (self->tls))));
}

static GSource *
output_create_source (GPollableOutputStream *pollable, GCancellable *cancellable)
{
  DpopTransportStream *self = ((DpopTransportOutput *) pollable)->stream;
  g_autoptr (GSource) child = NULL;

  if (self == NULL || self->cut != DPOP_TRANSPORT_CUT_NONE)
    return sleeping_source (self, pollable, cancellable);
  child = g_pollable_output_stream_create_source (
    G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (G_IO_STREAM (self->tls))), NULL);
  return g_pollable_source_new_full (pollable, child, cancellable);
}

static gssize
output_write (GOutputStream *stream, const void *buffer, gsize size, GCancellable *cancellable,
              GError **error)
{
  return g_pollable_output_stream_write_nonblocking (G_POLLABLE_OUTPUT_STREAM (stream), buffer,
                                                     size, cancellable, error);
}

static void
output_pollable_init (GPollableOutputStreamInterface *iface)
{
  iface->is_writable = output_is_writable;
  iface->create_source = output_create_source;
  iface->write_nonblocking = output_write_nonblocking;
}

typedef GOutputStreamClass DpopTransportOutputClass;

G_DEFINE_TYPE_WITH_CODE (DpopTransportOutput, dpop_transport_output, G_TYPE_OUTPUT_STREAM,
                         G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_OUTPUT_STREAM,
                                                output_pollable_init))

static void
dpop_transport_output_class_init (DpopTransportOutputClass *class)
{
  class->write_fn = output_write;
}

static void
dpop_transport_output_init (DpopTransportOutput *self)
{
}

/* --- Both. ------------------------------------------------------------------------------------ */

static GInputStream *
stream_get_input (GIOStream *stream)
{
  return (GInputStream *) DPOP_TRANSPORT_STREAM (stream)->input;
}

static GOutputStream *
stream_get_output (GIOStream *stream)
{
  return (GOutputStream *) DPOP_TRANSPORT_STREAM (stream)->output;
}

static gboolean
stream_close (GIOStream *stream, GCancellable *cancellable, GError **error)
{
  DpopTransportStream *self = DPOP_TRANSPORT_STREAM (stream);
  g_autoptr (GError) ignored = NULL;

  /* What was written is still delivered; nothing waits for the peer any more. */
  cut_for (self, DPOP_TRANSPORT_CUT_CALLED);
  g_io_stream_close (G_IO_STREAM (self->tls), NULL, &ignored);
  g_socket_close (self->socket, NULL);
  return TRUE;
}

/* As it waits for nobody, it needs no thread. */
static void
stream_close_async (GIOStream *stream, int priority, GCancellable *cancellable,
                    GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (stream, cancellable, callback, data);

  g_task_set_source_tag (task, stream_close_async);
  stream_close (stream, NULL, NULL);
  g_task_return_boolean (task, TRUE);
}

static gboolean
stream_close_finish (GIOStream *stream, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
wake (gpointer source)
{
  g_source_set_ready_time (source, 0);
  g_source_unref (source);
}

static void
dpop_transport_stream_finalize (GObject *object)
{
  DpopTransportStream *self = DPOP_TRANSPORT_STREAM (object);

  self->input->stream = NULL;
  self->output->stream = NULL;
  g_clear_object (&self->input);
  g_clear_object (&self->output);
  g_clear_pointer (&self->sleepers, g_ptr_array_unref);
  g_clear_object (&self->tls);
  g_clear_object (&self->socket);
  G_OBJECT_CLASS (dpop_transport_stream_parent_class)->finalize (object);
}

static void
dpop_transport_stream_class_init (DpopTransportStreamClass *class)
{
  GIOStreamClass *stream_class = G_IO_STREAM_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = dpop_transport_stream_finalize;
  stream_class->get_input_stream = stream_get_input;
  stream_class->get_output_stream = stream_get_output;
  stream_class->close_fn = stream_close;
  stream_class->close_async = stream_close_async;
  stream_class->close_finish = stream_close_finish;
}

static void
dpop_transport_stream_init (DpopTransportStream *self)
{
  self->input = g_object_new (dpop_transport_input_get_type (), NULL);
  self->input->stream = self;
  self->output = g_object_new (dpop_transport_output_get_type (), NULL);
  self->output->stream = self;
  self->sleepers = g_ptr_array_new_with_free_func (wake);
  self->turn = DPOP_TRANSPORT_STREAM_TURN;
  self->controls_left = DPOP_TRANSPORT_STREAM_CONTROLS;
  self->controls_since = self->last_read = self->last_written = g_get_monotonic_time ();
}

DpopTransportStream *
dpop_transport_stream_new (GTlsConnection *tls, GSocket *socket, gboolean is_server,
                           guint64 message_max)
{
  DpopTransportStream *self = g_object_new (DPOP_TYPE_TRANSPORT_STREAM, NULL);

  self->tls = g_object_ref (tls);
  self->socket = g_object_ref (socket);
  dpop_upgrade_head_init (&self->head);
  dpop_frame_scan_init (&self->received, is_server, message_max);
  /* What libsoup sends needs no bounds of ours. */
  dpop_frame_scan_init (&self->sent, !is_server, G_MAXINT64);
  return self;
}

GTlsConnection *
dpop_transport_stream_tls (DpopTransportStream *self)
{
  return self->tls;
}

GSocket *
dpop_transport_stream_socket (DpopTransportStream *self)
{
  return self->socket;
}

gboolean
dpop_transport_stream_upgrade (DpopTransportStream *self)
{
  if (!self->is_past_head)
    cut_for (self, DPOP_TRANSPORT_CUT_FOREIGN);
  self->is_upgraded = TRUE;
  return self->cut == DPOP_TRANSPORT_CUT_NONE;
}

void
dpop_transport_stream_allow (DpopTransportStream *self, guint64 message_max)
{
  self->received.message_max = message_max;
}

void
dpop_transport_stream_pause (DpopTransportStream *self, gboolean is_paused)
{
  self->is_paused = is_paused;
  if (!is_paused)
    g_ptr_array_set_size (self->sleepers, 0);
}

void
dpop_transport_stream_cut (DpopTransportStream *self)
{
  cut_for (self, DPOP_TRANSPORT_CUT_CALLED);
}

DpopTransportCut
dpop_transport_stream_cut_reason (DpopTransportStream *self)
{
  return self->cut;
}

const DpopFrameScan *
dpop_transport_stream_received (DpopTransportStream *self)
{
  return &self->received;
}

const DpopFrameScan *
dpop_transport_stream_sent (DpopTransportStream *self)
{
  return &self->sent;
}

gint64
dpop_transport_stream_last_read (DpopTransportStream *self)
{
  return self->last_read;
}

gint64
dpop_transport_stream_last_written (DpopTransportStream *self)
{
  return self->last_written;
}

void
dpop_transport_stream_watch (DpopTransportStream *self, void (*wrote) (gpointer data),
                             void (*cut) (gpointer data), gpointer data)
{
  self->wrote = wrote;
  self->on_cut = cut;
  self->watch_data = data;
}
