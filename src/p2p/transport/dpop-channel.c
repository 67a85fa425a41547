/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-channel-private.h"

#include "dpop-source.h"

#define CLOSE_SECONDS 6 /* libsoup gives the peer five */

typedef enum
{
  STATE_HELLO,
  STATE_OPEN,
  STATE_CLOSING, /* the peer is yet to agree */
  STATE_ENDED,
} State;

struct _DpopChannel
{
  GObject parent;

  SoupWebsocketConnection *socket;
  DpopTransportStream *stream;
  GSocketAddress *remote;
  DpopTransportHost host;
  DpopTransportLimits limits;
  DpopHelloSide side;
  DpopHello *hello;
  State state;
  DpopChannelEnd end;
  guint8 exporter[DPOP_HELLO_EXPORTER_SIZE];
  CosmicId party;
  CosmicId device;

  GSource *timer; /* for the hello, then for looking at the peer */
  GSource *note;  /* to speak up outside of libsoup */
  guint64 handed; /* bytes of messages given to libsoup so far */
  gint64 waiting_since;
  gint64 resumed;
  gboolean wants_drained;
  gboolean is_paused;
  gboolean is_delivering;
  GQueue inbox; /* of GBytes: what libsoup had read already when it was paused */
};

enum
{
  SIGNAL_KNOWN,
  SIGNAL_MESSAGE,
  SIGNAL_DRAINED,
  SIGNAL_CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _DpopTransportQuestion
{
  GWeakRef channel;
};

G_DEFINE_FINAL_TYPE (DpopChannel, dpop_channel, G_TYPE_OBJECT)

/* --- Ending. ---------------------------------------------------------------------------------- */

static gboolean
let_go (gpointer object)
{
  return G_SOURCE_REMOVE;
}

/* libsoup holds no reference to itself while it reads: whoever is called from there must not let
 * the last one go. */
static void
unref_later (gpointer object)
{
  GSource *source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, let_go, object, g_object_unref);
  g_source_attach (source, g_main_context_get_thread_default ());
  g_source_unref (source);
}

static void
release_socket (DpopChannel *self)
{
  dpop_source_clear (&self->timer);
  dpop_source_clear (&self->note);
  if (self->stream != NULL)
    {
      dpop_transport_stream_watch (self->stream, NULL, NULL, NULL);
      dpop_transport_stream_cut (self->stream);
    }
  if (self->socket != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->socket, self);
      unref_later (g_steal_pointer (&self->socket));
    }
  g_clear_object (&self->stream);
  g_clear_pointer (&self->hello, dpop_hello_free);
  g_queue_clear_full (&self->inbox, (GDestroyNotify) g_bytes_unref);
}

static gboolean
say_closed (gpointer data)
{
  g_signal_emit (data, signals[SIGNAL_CLOSED], 0, (int) DPOP_CHANNEL (data)->end);
  return G_SOURCE_REMOVE;
}

static void
end (DpopChannel *self, DpopChannelEnd reason)
{
  GSource *source;

  if (self->state == STATE_ENDED)
    return;
  self->state = STATE_ENDED;
  self->end = reason;
  release_socket (self);
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, say_closed, g_object_ref (self), g_object_unref);
  g_source_attach (source, g_main_context_get_thread_default ());
  g_source_unref (source);
}

static DpopChannelEnd
end_of_hello (DpopHelloEnd reason)
{
  static const DpopChannelEnd ends[] = {
    [DPOP_HELLO_END_NONE] = DPOP_CHANNEL_END_LOST,
    [DPOP_HELLO_END_STRANGER] = DPOP_CHANNEL_END_STRANGER,
    [DPOP_HELLO_END_REFUSED] = DPOP_CHANNEL_END_REFUSED,
    [DPOP_HELLO_END_FORGED] = DPOP_CHANNEL_END_FORGED,
    [DPOP_HELLO_END_SELF] = DPOP_CHANNEL_END_SELF,
    [DPOP_HELLO_END_VERSION] = DPOP_CHANNEL_END_VERSION,
    [DPOP_HELLO_END_GARBLED] = DPOP_CHANNEL_END_GARBLED,
    [DPOP_HELLO_END_UNSIGNED] = DPOP_CHANNEL_END_UNSIGNED,
  };

  return ends[reason];
}

/* Why the connection is gone, when neither we nor a clock ended it. */
static DpopChannelEnd
why_gone (DpopChannel *self)
{
  guint code = soup_websocket_connection_get_close_code (self->socket);

  switch (dpop_transport_stream_cut_reason (self->stream))
    {
    case DPOP_TRANSPORT_CUT_LARGE:
    case DPOP_TRANSPORT_CUT_RESTLESS:
      return DPOP_CHANNEL_END_EXCESS;
    case DPOP_TRANSPORT_CUT_FOREIGN:
      return DPOP_CHANNEL_END_GARBLED;
    default:
      break;
    }
  if (self->state == STATE_CLOSING)
    return DPOP_CHANNEL_END_CLOSED_HERE;
  /* Who refuses does so without a word. */
  if (self->state == STATE_HELLO && dpop_hello_is_matched (self->hello))
    return DPOP_CHANNEL_END_REFUSED;
  if (self->state == STATE_HELLO)
    return DPOP_CHANNEL_END_STRANGER;
  if (code == SOUP_WEBSOCKET_CLOSE_NORMAL || code == SOUP_WEBSOCKET_CLOSE_GOING_AWAY)
    return DPOP_CHANNEL_END_CLOSED_THERE;
  return DPOP_CHANNEL_END_LOST;
}

static void
on_socket_closed (DpopChannel *self)
{
  end (self, why_gone (self));
}

/* --- Speaking up outside of libsoup. ---------------------------------------------------------- */

static gboolean deliver (gpointer data);

static gboolean
take_note (gpointer data)
{
  g_autoptr (DpopChannel) self = g_object_ref (data);
  DpopTransportCut cut = dpop_transport_stream_cut_reason (self->stream);

  dpop_source_clear (&self->note);
  if (cut != DPOP_TRANSPORT_CUT_NONE && cut != DPOP_TRANSPORT_CUT_CALLED)
    {
      end (self, why_gone (self));
      return G_SOURCE_REMOVE;
    }
  if (self->wants_drained && self->state == STATE_OPEN
      && dpop_channel_get_queued (self) <= DPOP_CHANNEL_QUEUE_LOW)
    {
      self->wants_drained = FALSE;
      g_signal_emit (self, signals[SIGNAL_DRAINED], 0);
    }
  deliver (self);
  return G_SOURCE_REMOVE;
}

static void
make_note (DpopChannel *self)
{
  GSource *source;

  if (self->note != NULL)
    return;
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  dpop_source_set (&self->note, source, take_note, self);
}

static void
on_wrote (gpointer data)
{
  DpopChannel *self = data;

  if (self->wants_drained && dpop_channel_get_queued (self) <= DPOP_CHANNEL_QUEUE_LOW)
    make_note (self);
}

static void
on_cut (gpointer data)
{
  make_note (data);
}

/* --- Looking at the peer. --------------------------------------------------------------------- */

static gboolean
look_at_peer (gpointer data)
{
  DpopChannel *self = data;
  gint64 now = g_get_monotonic_time ();
  gint64 heard = MAX (dpop_transport_stream_last_read (self->stream), self->resumed);
  gint64 took = MAX (dpop_transport_stream_last_written (self->stream), self->waiting_since);

  if (!self->is_paused && now - heard > self->limits.silent_ms * G_GINT64_CONSTANT (1000))
    end (self, DPOP_CHANNEL_END_SILENT);
  else if (dpop_channel_get_queued (self) > 0
           && now - took > self->limits.stalled_ms * G_GINT64_CONSTANT (1000))
    end (self, DPOP_CHANNEL_END_STALLED);
  else
    return G_SOURCE_CONTINUE;
  return G_SOURCE_REMOVE;
}

static gboolean
on_late (gpointer data)
{
  DpopChannel *self = data;

  end (self, self->state == STATE_CLOSING ? DPOP_CHANNEL_END_CLOSED_HERE : DPOP_CHANNEL_END_LATE);
  return G_SOURCE_REMOVE;
}

/* --- The hello. ------------------------------------------------------------------------------- */

/* The peer may have begun to close it: that is told once it is closed. */
static gboolean
is_writable (DpopChannel *self)
{
  return soup_websocket_connection_get_state (self->socket) == SOUP_WEBSOCKET_STATE_OPEN;
}

static void
hand_over (DpopChannel *self, GBytes *message)
{
  if (!is_writable (self))
    return;
  if (dpop_channel_get_queued (self) == 0)
    self->waiting_since = g_get_monotonic_time ();
  self->handed += g_bytes_get_size (message);
  soup_websocket_connection_send_message (self->socket, SOUP_WEBSOCKET_DATA_BINARY, message);
}

static void
become_open (DpopChannel *self)
{
  guint often = MAX (MIN (self->limits.silent_ms, self->limits.stalled_ms) / 4, 1);

  self->party = *dpop_hello_party (self->hello);
  self->device = *dpop_hello_peer (self->hello);
  g_clear_pointer (&self->hello, dpop_hello_free);
  self->state = STATE_OPEN;
  dpop_channel_set_paused (self, TRUE);
  if (self->side == DPOP_HELLO_DIALER)
    soup_websocket_connection_set_keepalive_interval (self->socket, self->limits.ping_s);
  dpop_source_after (&self->timer, often, look_at_peer, self);
  g_signal_emit (self, signals[SIGNAL_KNOWN], 0);
}

static void
go_on (DpopChannel *self)
{
  DpopHelloState state = dpop_hello_state (self->hello);
  DpopTransportQuestion *question;
  GBytes *message;

  if (state == DPOP_HELLO_STATE_ENDED)
    {
      end (self, end_of_hello (dpop_hello_end (self->hello)));
      return;
    }
  /* Before the peer hears that it is admitted: what it sends then may be large. */
  if (dpop_hello_has_admitted (self->hello))
    dpop_transport_stream_allow (self->stream, DPOP_CHANNEL_MESSAGE_MAX);
  while ((message = dpop_hello_next (self->hello)) != NULL)
    {
      hand_over (self, message);
      g_bytes_unref (message);
    }
  if (state == DPOP_HELLO_STATE_DONE)
    become_open (self);
  if (state != DPOP_HELLO_STATE_ASKING)
    return;
  question = g_new0 (DpopTransportQuestion, 1);
  g_weak_ref_init (&question->channel, self);
  self->host.table->admit (dpop_hello_party (self->hello), dpop_hello_peer (self->hello), question,
                           self->host.self);
}

void
dpop_transport_question_answer (DpopTransportQuestion *question, gboolean is_admitted)
{
  g_autoptr (DpopChannel) self = g_weak_ref_get (&question->channel);

  if (self != NULL && self->state == STATE_HELLO
      && dpop_hello_state (self->hello) == DPOP_HELLO_STATE_ASKING)
    {
      dpop_hello_decide (self->hello, is_admitted);
      go_on (self);
    }
  g_weak_ref_clear (&question->channel);
  g_free (question);
}

static gboolean
begin_hello (DpopChannel *self, const CosmicId *party)
{
  g_autoptr (GByteArray) exporter = g_byte_array_new ();
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (DpopHelloKey));
  DpopHelloKey *all;

  if (!g_tls_connection_get_channel_binding_data (dpop_transport_stream_tls (self->stream),
                                                  G_TLS_CHANNEL_BINDING_TLS_EXPORTER, exporter,
                                                  NULL)
      || exporter->len != DPOP_HELLO_EXPORTER_SIZE)
    return FALSE;
  memcpy (self->exporter, exporter->data, sizeof self->exporter);
  self->host.table->keys (keys, self->host.self);
  all = (DpopHelloKey *) (gpointer) keys->data;
  for (guint i = 0; party != NULL && i < keys->len;)
    if (cosmic_id_same (&all[i].party, party))
      i++;
    else
      g_array_remove_index_fast (keys, i);
  self->hello = dpop_hello_new (self->side, exporter->data, all, keys->len, self->host.table->sign,
                                self->host.self, dpop_random_system ());
  if (keys->len > 0)
    cosmic_wipe (keys->data, keys->len * sizeof (DpopHelloKey));
  return TRUE;
}

/* --- Messages. -------------------------------------------------------------------------------- */

static gboolean
deliver (gpointer data)
{
  g_autoptr (DpopChannel) self = g_object_ref (data);

  if (self->is_delivering)
    return G_SOURCE_REMOVE;
  self->is_delivering = TRUE;
  while (!self->is_paused && self->state == STATE_OPEN && !g_queue_is_empty (&self->inbox))
    {
      g_autoptr (GBytes) message = g_queue_pop_head (&self->inbox);

      g_signal_emit (self, signals[SIGNAL_MESSAGE], 0, message);
    }
  self->is_delivering = FALSE;
  return G_SOURCE_REMOVE;
}

static void
on_message (DpopChannel *self, int type, GBytes *message)
{
  gsize size;
  gconstpointer bytes = g_bytes_get_data (message, &size);

  if (self->state == STATE_HELLO)
    {
      g_object_ref (self);
      dpop_hello_take (self->hello, bytes, size);
      go_on (self);
      g_object_unref (self);
    }
  else if (self->state == STATE_OPEN && size == 0)
    end (self, DPOP_CHANNEL_END_GARBLED);
  else if (self->state == STATE_OPEN)
    {
      g_queue_push_tail (&self->inbox, g_bytes_ref (message));
      deliver (self);
    }
}

gboolean
dpop_channel_send (DpopChannel *self, GBytes *message)
{
  gsize size = g_bytes_get_size (message);
  gsize queued;

  g_return_val_if_fail (size > 0 && size <= DPOP_CHANNEL_MESSAGE_MAX, FALSE);
  if (self->state != STATE_OPEN || !is_writable (self))
    return FALSE;
  queued = dpop_channel_get_queued (self);
  self->wants_drained = self->wants_drained || queued + size > DPOP_CHANNEL_QUEUE_LOW;
  if (queued + size > DPOP_CHANNEL_QUEUE_MAX)
    return FALSE;
  hand_over (self, message);
  /* It may all have gone at once. */
  on_wrote (self);
  return TRUE;
}

gsize
dpop_channel_get_queued (DpopChannel *self)
{
  guint64 sent;

  if (self->stream == NULL)
    return 0;
  sent = dpop_transport_stream_sent (self->stream)->payload;
  return (gsize) (self->handed - MIN (sent, self->handed));
}

void
dpop_channel_set_paused (DpopChannel *self, gboolean is_paused)
{
  if (self->state != STATE_OPEN || self->is_paused == is_paused)
    return;
  self->is_paused = is_paused;
  dpop_transport_stream_pause (self->stream, is_paused);
  if (is_paused)
    return;
  self->resumed = g_get_monotonic_time ();
  if (!g_queue_is_empty (&self->inbox))
    make_note (self);
}

void
dpop_channel_close (DpopChannel *self)
{
  if (self->state == STATE_HELLO)
    end (self, DPOP_CHANNEL_END_CLOSED_HERE);
  if (self->state != STATE_OPEN)
    return;
  self->state = STATE_CLOSING;
  g_queue_clear_full (&self->inbox, (GDestroyNotify) g_bytes_unref);
  /* The peer's word that it agrees must be read. */
  dpop_transport_stream_pause (self->stream, FALSE);
  dpop_source_set (&self->timer, g_timeout_source_new_seconds (CLOSE_SECONDS), on_late, self);
  if (is_writable (self))
    soup_websocket_connection_close (self->socket, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
}

void
dpop_channel_cut (DpopChannel *self)
{
  end (self, DPOP_CHANNEL_END_CLOSED_HERE);
}

/* --- The object. ------------------------------------------------------------------------------ */

const CosmicId *
dpop_channel_get_party (DpopChannel *self)
{
  return &self->party;
}

const CosmicId *
dpop_channel_get_device (DpopChannel *self)
{
  return &self->device;
}

const guint8 *
dpop_channel_get_exporter (DpopChannel *self)
{
  return self->exporter;
}

GSocketAddress *
dpop_channel_get_remote (DpopChannel *self)
{
  return self->remote;
}

gboolean
dpop_channel_was_dialled (DpopChannel *self)
{
  return self->side == DPOP_HELLO_DIALER;
}

DpopChannelEnd
dpop_channel_get_end (DpopChannel *self)
{
  return self->end;
}

const char *
dpop_channel_end_text (DpopChannelEnd reason)
{
  static const char *const texts[] = {
    [DPOP_CHANNEL_END_NONE] = "connected",
    [DPOP_CHANNEL_END_CLOSED_HERE] = "closed by this computer",
    [DPOP_CHANNEL_END_CLOSED_THERE] = "closed by the other computer",
    [DPOP_CHANNEL_END_LOST] = "the connection was lost",
    [DPOP_CHANNEL_END_SILENT] = "the other computer fell silent",
    [DPOP_CHANNEL_END_STALLED] = "the other computer took nothing any more",
    [DPOP_CHANNEL_END_EXCESS] = "the other computer sent more than it may",
    [DPOP_CHANNEL_END_GARBLED] = "the other computer sent what is not understood here",
    [DPOP_CHANNEL_END_LATE] = "the other computer did not answer in time",
    [DPOP_CHANNEL_END_STRANGER] = "the other computer has no organisation in common with this one",
    [DPOP_CHANNEL_END_REFUSED] = "one of the two computers does not admit the other",
    [DPOP_CHANNEL_END_FORGED] = "the other computer could not prove who it is",
    [DPOP_CHANNEL_END_SELF] = "it is this computer itself",
    [DPOP_CHANNEL_END_VERSION] = "the other computer has another version of DPOP",
    [DPOP_CHANNEL_END_UNSIGNED] = "this computer cannot prove who it is",
  };

  return (guint) reason < G_N_ELEMENTS (texts) ? texts[reason] : texts[DPOP_CHANNEL_END_LOST];
}

static void
dpop_channel_dispose (GObject *object)
{
  DpopChannel *self = DPOP_CHANNEL (object);

  self->state = STATE_ENDED;
  release_socket (self);
  G_OBJECT_CLASS (dpop_channel_parent_class)->dispose (object);
}

static void
dpop_channel_finalize (GObject *object)
{
  g_clear_object (&DPOP_CHANNEL (object)->remote);
  G_OBJECT_CLASS (dpop_channel_parent_class)->finalize (object);
}

static void
dpop_channel_class_init (DpopChannelClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = dpop_channel_dispose;
  object_class->finalize = dpop_channel_finalize;
  signals[SIGNAL_KNOWN] = g_signal_new ("known", DPOP_TYPE_CHANNEL, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_MESSAGE] = g_signal_new ("message", DPOP_TYPE_CHANNEL, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BYTES);
  signals[SIGNAL_DRAINED] = g_signal_new ("drained", DPOP_TYPE_CHANNEL, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", DPOP_TYPE_CHANNEL, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
dpop_channel_init (DpopChannel *self)
{
  g_queue_init (&self->inbox);
}

static void
bound_messages (SoupWebsocketConnection *socket)
{
  soup_websocket_connection_set_max_incoming_payload_size (socket, DPOP_CHANNEL_MESSAGE_MAX);
  /* Newer versions bound whole messages as well, on a server to less than ours. */
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (socket), "max-total-message-size") != NULL)
    g_object_set (socket, "max-total-message-size", (guint64) DPOP_CHANNEL_MESSAGE_MAX, NULL);
}

DpopChannel *
dpop_channel_new (SoupWebsocketConnection *socket, DpopTransportStream *stream, DpopHelloSide side,
                  const CosmicId *party, DpopTransportHost host, const DpopTransportLimits *limits)
{
  DpopChannel *self = g_object_new (DPOP_TYPE_CHANNEL, NULL);

  self->socket = g_object_ref (socket);
  self->stream = g_object_ref (stream);
  self->remote = g_socket_get_remote_address (dpop_transport_stream_socket (stream), NULL);
  self->side = side;
  self->host = host;
  self->limits = *limits;
  bound_messages (socket);
  g_signal_connect_swapped (socket, "message", G_CALLBACK (on_message), self);
  g_signal_connect_swapped (socket, "closed", G_CALLBACK (on_socket_closed), self);
  dpop_transport_stream_watch (stream, on_wrote, on_cut, self);
  dpop_source_after (&self->timer, limits->hello_ms, on_late, self);
  if (dpop_transport_stream_upgrade (stream) && begin_hello (self, party))
    go_on (self);
  else
    end (self, DPOP_CHANNEL_END_GARBLED);
  return self;
}
