/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-network-hall-private.h"

#include "dpop-hand-over.h"
#include "dpop-source.h"

#define CONFIRM_MS 3000 /* after something came, a lone record keeper confirms */
#define STIR_MS    100
#define LOOK_MS    50
#define RECENT_US  500000
#define WAITING_MAX 32  /* messages of one link that wait for the engine */

DpopNetworkParty *
dpop_network_party_ref (DpopNetworkParty *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
dpop_network_party_unref (DpopNetworkParty *self)
{
  dpop_hand_over_release (self);
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  dpop_hand_over_acquire (self);
  dpop_network_desk_unref (self->desk);
  dpop_engine_unref (self->engine);
  g_clear_pointer (&self->keys, g_array_unref);
  cosmic_secret_free (self->device);
  g_array_unref (self->events);
  g_ptr_array_unref (self->peers);
  g_ptr_array_unref (self->reminders);
  g_free (self->fault);
  g_free (self->said);
  g_free (self);
}

/* --- What the engine answers. ---------------------------------------------------------------- */

static DpopNetworkLink *
find_link (DpopNetworkHall *hall, guint number)
{
  for (guint i = 0; i < hall->links->len; i++)
    if (((DpopNetworkLink *) hall->links->pdata[i])->number == number)
      return hall->links->pdata[i];
  return NULL;
}

static void
send_out (DpopNetworkParty *self, const GArray *outs)
{
  for (guint i = 0; i < outs->len; i++)
    {
      const DpopNetworkOut *out = &g_array_index (outs, DpopNetworkOut, i);
      DpopNetworkLink *link = find_link (self->hall, out->link);

      if (link == NULL)
        continue;
      if (out->message == NULL)
        dpop_channel_close (link->channel);
      else if (dpop_channel_send (link->channel, out->message))
        link->sent = TRUE;
      else
        dpop_channel_cut (link->channel);
    }
}

/* A link that has taken most of what it was given gets room again; otherwise its channel says when
 * it has. */
static void
give_room (DpopNetworkParty *self)
{
  for (guint i = 0; i < self->hall->links->len; i++)
    {
      DpopNetworkLink *link = self->hall->links->pdata[i];
      const gsize queued = dpop_channel_get_queued (link->channel);
      const DpopNetworkEvent event = { .kind = DPOP_NETWORK_ROOM, .link = link->number,
                                       .room = DPOP_NETWORK_ROOM_BYTES - MIN (queued,
                                               DPOP_NETWORK_ROOM_BYTES) };

      if (link->party != self || !link->sent || queued > DPOP_NETWORK_ROOM_BYTES / 2)
        continue;
      link->sent = FALSE;
      dpop_network_party_event (self, &event);
    }
}

static void
take_keys (DpopNetworkParty *self, DpopNetworkResult *result)
{
  const gboolean first = self->keys == NULL;

  if (result->keys == NULL)
    return;
  g_clear_pointer (&self->keys, g_array_unref);
  self->keys = g_steal_pointer (&result->keys);
  cosmic_secret_free (self->device);
  self->device = g_steal_pointer (&result->device);
  if (first)
    dpop_network_target_party (self->hall, self);
}

static gboolean
on_confirm (gpointer data)
{
  DpopNetworkParty *self = data;

  dpop_source_clear (&self->confirm);
  self->may_confirm = TRUE;
  dpop_network_party_push (self);
  return G_SOURCE_REMOVE;
}

static gboolean
on_idle (gpointer data)
{
  DpopNetworkParty *self = data;

  dpop_source_clear (&self->idle);
  self->look = TRUE;
  dpop_network_party_push (self);
  return G_SOURCE_REMOVE;
}

static void
cut_links (DpopNetworkParty *self)
{
  for (guint i = self->hall->links->len; i > 0; i--)
    {
      DpopNetworkLink *link = self->hall->links->pdata[i - 1];

      if (link->party == self)
        dpop_channel_cut (link->channel);
    }
}

/* --- Reminders. ------------------------------------------------------------------------------ */

typedef struct
{
  DpopNetworkParty *party; /* borrowed: it has the reminder */
  DpopNetworkTimer timer;
  GSource *source;
} Reminder;

static void
reminder_free (gpointer data)
{
  Reminder *reminder = data;

  dpop_source_clear (&reminder->source);
  g_free (reminder);
}

static gboolean
on_reminder (gpointer data)
{
  Reminder *reminder = data;
  DpopNetworkParty *self = reminder->party;
  const DpopNetworkEvent event = { .kind = DPOP_NETWORK_REMINDER, .timer = reminder->timer };

  g_ptr_array_remove_fast (self->reminders, reminder);
  dpop_network_party_event (self, &event);
  return G_SOURCE_REMOVE;
}

static void
take_timers (DpopNetworkParty *self, const GArray *timers)
{
  for (guint i = 0; timers != NULL && i < timers->len; i++)
    {
      Reminder *reminder = g_new0 (Reminder, 1);

      reminder->party = self;
      reminder->timer = g_array_index (timers, DpopNetworkTimer, i);
      g_ptr_array_add (self->reminders, reminder);
      dpop_source_after (&reminder->source, reminder->timer.ms, on_reminder, reminder);
    }
}

static void
take_result (DpopNetworkParty *self, DpopNetworkResult *result)
{
  g_clear_pointer (&self->fault, g_free);
  send_out (self, result->out);
  take_timers (self, result->timers);
  take_keys (self, result);
  g_ptr_array_unref (self->peers);
  self->peers = g_ptr_array_ref (result->peers);
  if (result->brought)
    self->brought_at = g_get_monotonic_time ();
  if (result->confirms && self->confirm == NULL)
    dpop_source_after (&self->confirm, CONFIRM_MS, on_confirm, self);
  if (result->more && self->idle == NULL)
    dpop_source_after (&self->idle, LOOK_MS, on_idle, self);
  give_room (self);
}

static void
on_worked (gpointer data, const GError *error, gpointer party)
{
  DpopNetworkParty *self = party;
  DpopNetworkResult *result = data;

  self->working = FALSE;
  if (self->hall != NULL && error != NULL)
    {
      g_free (self->fault);
      self->fault = g_error_matches (error, DPOP_ENGINE_ERROR, DPOP_ENGINE_ERROR_CLOSED)
                        ? NULL
                        : g_strdup (error->message);
      cut_links (self);
    }
  else if (self->hall != NULL)
    take_result (self, result);
  g_clear_pointer (&result, dpop_network_result_free);
  if (self->hall == NULL)
    return;
  dpop_network_party_tell (self);
  dpop_network_party_push (self);
}

/* --- What the engine is given. --------------------------------------------------------------- */

static gboolean
has_work (const DpopNetworkParty *self)
{
  return self->events->len > 0 || self->stirred || self->may_confirm || self->wants_keys
         || self->look;
}

void
dpop_network_party_push (DpopNetworkParty *self)
{
  DpopNetworkWork *work;

  if (self->working || self->hall == NULL || !has_work (self))
    return;
  work = dpop_network_work_new (self->desk);
  g_array_unref (work->events);
  work->events = g_steal_pointer (&self->events);
  self->events = g_array_new (FALSE, FALSE, sizeof (DpopNetworkEvent));
  g_array_set_clear_func (self->events, (GDestroyNotify) dpop_network_event_clear);
  work->stirred = self->stirred;
  work->may_confirm = self->may_confirm;
  work->wants_keys = self->wants_keys;
  self->stirred = self->may_confirm = self->wants_keys = self->look = FALSE;
  self->working = TRUE;
  for (guint i = 0; i < self->hall->links->len; i++)
    {
      DpopNetworkLink *link = self->hall->links->pdata[i];

      if (link->party == self && link->messages > 0)
        {
          link->messages = 0;
          dpop_channel_set_paused (link->channel, FALSE);
        }
    }
  dpop_network_hall_run (self->hall, self->engine,
                         &(DpopEngineCommand){ .function = dpop_network_desk_work,
                                               .data = work,
                                               .free_data = dpop_network_work_free,
                                               .free_result = dpop_network_result_free,
                                               .done = on_worked,
                                               .done_data = dpop_network_party_ref (self),
                                               .free_done_data
                                               = (GDestroyNotify) dpop_network_party_unref });
}

void
dpop_network_party_event (DpopNetworkParty *self, const DpopNetworkEvent *event)
{
  DpopNetworkLink *link = find_link (self->hall, event->link);
  DpopNetworkEvent own = *event;

  if (own.message != NULL)
    g_bytes_ref (own.message);
  g_array_append_val (self->events, own);
  if (own.kind == DPOP_NETWORK_MESSAGE && link != NULL && ++link->messages == WAITING_MAX)
    dpop_channel_set_paused (link->channel, TRUE);
  dpop_network_party_push (self);
}

static gboolean
on_stir (gpointer data)
{
  DpopNetworkParty *self = data;

  dpop_source_clear (&self->stir);
  self->stirred = TRUE;
  dpop_network_party_push (self);
  return G_SOURCE_REMOVE;
}

/* Something was committed: by a person, or just now by what came in here, which its work has told
 * of already. */
static void
on_commit (DpopProjectorChanges *changes, gpointer data)
{
  DpopNetworkParty *self = data;
  const gint64 since = g_get_monotonic_time () - self->brought_at;

  if (self->hall == NULL || self->stir != NULL)
    return;
  dpop_source_after (&self->stir, since < RECENT_US ? STIR_MS : 0, on_stir, self);
}

/* --- Its life. ------------------------------------------------------------------------------- */

DpopNetworkParty *
dpop_network_party_new (DpopNetworkHall *hall, guint number, DpopEngine *engine)
{
  DpopNetworkParty *self = g_new0 (DpopNetworkParty, 1);

  g_atomic_ref_count_init (&self->refs);
  self->number = number;
  self->hall = hall;
  self->engine = dpop_engine_ref (engine);
  self->desk = dpop_network_desk_new ();
  self->events = g_array_new (FALSE, FALSE, sizeof (DpopNetworkEvent));
  g_array_set_clear_func (self->events, (GDestroyNotify) dpop_network_event_clear);
  self->peers = g_ptr_array_new_with_free_func (dpop_network_peer_free);
  self->reminders = g_ptr_array_new_with_free_func (reminder_free);
  self->wants_keys = TRUE;
  self->watch = dpop_engine_watch (engine, on_commit, self, NULL);
  return self;
}

void
dpop_network_party_leave (DpopNetworkParty *self)
{
  DpopNetworkHall *hall = self->hall;

  cut_links (self);
  dpop_engine_unwatch (self->engine, self->watch);
  dpop_source_clear (&self->stir);
  dpop_source_clear (&self->confirm);
  dpop_source_clear (&self->idle);
  g_ptr_array_set_size (self->reminders, 0);
  self->hall = NULL;
  cosmic_secret_free (self->device);
  self->device = NULL;
  g_clear_pointer (&self->keys, g_array_unref);
  dpop_network_hall_run (hall, self->engine,
                         &(DpopEngineCommand){ .function = dpop_network_desk_close,
                                               .data = dpop_network_desk_ref (self->desk),
                                               .free_data
                                               = (GDestroyNotify) dpop_network_desk_unref });
}

/* --- How it stands. -------------------------------------------------------------------------- */

static char *
address_words (DpopChannel *channel)
{
  GSocketAddress *address = dpop_channel_get_remote (channel);

  if (!G_IS_INET_SOCKET_ADDRESS (address))
    return g_strdup ("");
  return g_inet_address_to_string (
      g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
}

static DpopNetworkPeer *
peer_copy (const DpopNetworkPeer *peer, DpopNetworkLink *link)
{
  DpopNetworkPeer *copy = g_memdup2 (peer, sizeof *peer);

  copy->name = g_strdup (peer->name);
  copy->address = address_words (link->channel);
  copy->dialled = dpop_channel_was_dialled (link->channel);
  return copy;
}

static char *
report_words (const DpopNetworkReport *report)
{
  g_autoptr (GString) words = g_string_new (NULL);

  g_string_printf (words, "%u %s %d %d %u %s", report->port,
                   report->address != NULL ? report->address : "", report->announced,
                   report->absent, report->heard, report->fault != NULL ? report->fault : "");
  for (guint i = 0; i < report->peers->len; i++)
    {
      const DpopNetworkPeer *peer = report->peers->pdata[i];

      g_string_append_printf (words, "\n%u %s %d %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT
                              " %" G_GUINT64_FORMAT,
                              peer->link, peer->name != NULL ? peer->name : "", peer->equal,
                              peer->done, peer->total, peer->height);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* Tells REPORT, which is taken, unless it says what was told last. */
static void
tell_news (DpopNetworkParty *self, DpopNetworkReport *report)
{
  char *words = report_words (report);

  if (g_strcmp0 (words, self->said) == 0)
    {
      g_free (words);
      dpop_network_report_free (report);
      return;
    }
  g_free (self->said);
  self->said = words;
  self->hall->told (self->number, report, self->hall->data);
}

void
dpop_network_party_tell (DpopNetworkParty *self)
{
  DpopNetworkHall *hall = self->hall;
  DpopNetworkReport *report = g_new0 (DpopNetworkReport, 1);
  const DpopDiscoveryState state = hall->discovery != NULL
                                       ? dpop_discovery_get_state (hall->discovery)
                                       : DPOP_DISCOVERY_STOPPED;

  report->port = hall->listener != NULL ? dpop_transport_listener_get_port (hall->listener) : 0;
  report->address = g_strdup (hall->address);
  report->announced = state == DPOP_DISCOVERY_ANNOUNCED;
  report->absent = state == DPOP_DISCOVERY_ABSENT;
  report->fault = g_strdup (self->fault != NULL ? self->fault : hall->fault);
  report->peers = g_ptr_array_new_with_free_func (dpop_network_peer_free);
  if (hall->discovery != NULL)
    {
      g_auto (GStrv) heard = dpop_discovery_list_peers (hall->discovery);

      report->heard = g_strv_length (heard);
    }
  for (guint i = 0; i < self->peers->len; i++)
    {
      const DpopNetworkPeer *peer = self->peers->pdata[i];
      DpopNetworkLink *link = find_link (hall, peer->link);

      if (link != NULL)
        g_ptr_array_add (report->peers, peer_copy (peer, link));
    }
  tell_news (self, report);
}
