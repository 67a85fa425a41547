/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-network-hall-private.h"

#include <glib/gi18n-lib.h>

/* --- Errands. -------------------------------------------------------------------------------- */

/* A command on its way to an engine and back, and what was wanted done then. */
typedef struct
{
  DpopNetworkHall *hall;
  DpopEngineDone done;
  gpointer data;
  GDestroyNotify free_data;
} Errand;

static void
on_back (gpointer result, const GError *error, gpointer data)
{
  const Errand *errand = data;

  if (errand->done != NULL)
    errand->done (result, error, errand->data);
}

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  if (errand->free_data != NULL)
    errand->free_data (errand->data);
  errand->hall->errands--;
  g_free (errand);
}

void
dpop_network_hall_run (DpopNetworkHall *self, DpopEngine *engine, const DpopEngineCommand *command)
{
  DpopEngineCommand own = *command;
  Errand *errand = g_new0 (Errand, 1);

  *errand = (Errand){ self, command->done, command->done_data, command->free_done_data };
  self->errands++;
  own.done = on_back;
  own.done_data = errand;
  own.free_done_data = errand_free;
  dpop_engine_run (engine, &own);
}

/* --- Organisations. -------------------------------------------------------------------------- */

DpopNetworkParty *
dpop_network_hall_party (DpopNetworkHall *self, guint number)
{
  for (guint i = 0; i < self->parties->len; i++)
    if (((DpopNetworkParty *) self->parties->pdata[i])->number == number)
      return self->parties->pdata[i];
  return NULL;
}

static DpopNetworkParty *
party_of (DpopNetworkHall *self, const CosmicId *id)
{
  for (guint i = 0; i < self->parties->len; i++)
    {
      DpopNetworkParty *party = self->parties->pdata[i];

      if (party->keys != NULL && party->keys->len > 0
          && cosmic_id_same (&g_array_index (party->keys, DpopHelloKey, 0).party, id))
        return party;
    }
  return NULL;
}

/* --- What transport asks. -------------------------------------------------------------------- */

static void
host_keys (GArray *keys, gpointer data)
{
  DpopNetworkHall *self = data;

  for (guint i = 0; i < self->parties->len; i++)
    {
      const DpopNetworkParty *party = self->parties->pdata[i];

      if (party->keys != NULL && party->keys->len > 0)
        g_array_append_vals (keys, party->keys->data, party->keys->len);
    }
}

static gboolean
host_sign (const CosmicId *id, gconstpointer message, gsize size,
           guint8 signature[COSMIC_SIGN_SIZE], gpointer data)
{
  const DpopNetworkParty *party = party_of (data, id);

  if (party == NULL || party->device == NULL)
    return FALSE;
  cosmic_sign (party->device, message, size, signature);
  return TRUE;
}

/* A question on its way to the engine and back. */
typedef struct
{
  DpopTransportQuestion *question; /* NULL once it is answered */
} Asked;

static void
on_admitted (gpointer result, const GError *error, gpointer data)
{
  Asked *asked = data;

  dpop_transport_question_answer (g_steal_pointer (&asked->question),
                                  error == NULL && result != NULL);
}

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  if (asked->question != NULL)
    dpop_transport_question_answer (asked->question, FALSE);
  g_free (asked);
}

static void
host_admit (const CosmicId *id, const CosmicId *device, DpopTransportQuestion *question,
            gpointer data)
{
  const DpopNetworkParty *party = party_of (data, id);
  Asked *asked;

  if (party == NULL)
    {
      dpop_transport_question_answer (question, FALSE);
      return;
    }
  asked = g_new0 (Asked, 1);
  asked->question = question;
  dpop_network_hall_run (data, party->engine,
                         &(DpopEngineCommand){ .function = dpop_network_desk_admit,
                                               .data = cosmic_id_copy (device),
                                               .free_data = g_free,
                                               .done = on_admitted,
                                               .done_data = asked,
                                               .free_done_data = asked_free });
}

static const DpopTransportHostTable host = { host_keys, host_sign, host_admit };

DpopTransportHost
dpop_network_hall_host (DpopNetworkHall *self)
{
  return (DpopTransportHost){ &host, self };
}

/* --- Links. ---------------------------------------------------------------------------------- */

static DpopNetworkLink *
link_of (DpopNetworkHall *self, DpopChannel *channel)
{
  for (guint i = 0; i < self->links->len; i++)
    if (((DpopNetworkLink *) self->links->pdata[i])->channel == channel)
      return self->links->pdata[i];
  return NULL;
}

static DpopNetworkLink *
link_to (DpopNetworkHall *self, const DpopNetworkParty *party, const CosmicId *device)
{
  for (guint i = 0; i < self->links->len; i++)
    {
      DpopNetworkLink *link = self->links->pdata[i];

      if (link->party == party && cosmic_id_same (&link->device, device))
        return link;
    }
  return NULL;
}

gboolean
dpop_network_hall_is_linked (DpopNetworkHall *self, DpopNetworkParty *party,
                             const CosmicId *device)
{
  return link_to (self, party, device) != NULL;
}

static void
link_free (gpointer data)
{
  DpopNetworkLink *link = data;

  g_signal_handlers_disconnect_by_data (link->channel, link->party->hall);
  g_object_unref (link->channel);
  g_free (link);
}

static void
on_message (DpopChannel *channel, GBytes *message, DpopNetworkHall *self)
{
  const DpopNetworkLink *link = link_of (self, channel);
  DpopNetworkEvent event = { .kind = DPOP_NETWORK_MESSAGE, .message = message };

  if (link == NULL)
    return;
  event.link = link->number;
  dpop_network_party_event (link->party, &event);
}

static void
on_drained (DpopChannel *channel, DpopNetworkHall *self)
{
  DpopNetworkLink *link = link_of (self, channel);
  DpopNetworkEvent event = { .kind = DPOP_NETWORK_ROOM };

  if (link == NULL)
    return;
  link->sent = FALSE;
  event.link = link->number;
  event.room = DPOP_NETWORK_ROOM_BYTES
               - MIN (dpop_channel_get_queued (channel), DPOP_NETWORK_ROOM_BYTES);
  dpop_network_party_event (link->party, &event);
}

/* Forgets LINK, whatever becomes of its channel. */
static void
drop_link (DpopNetworkHall *self, DpopNetworkLink *link)
{
  DpopNetworkParty *party = link->party;
  const DpopNetworkEvent event = { .kind = DPOP_NETWORK_CLOSED, .link = link->number };
  const CosmicId device = link->device;
  const gint64 lasted = g_get_monotonic_time () - link->since;

  dpop_network_party_event (party, &event);
  g_ptr_array_remove (self->links, link);
  dpop_network_target_lost (self, party->number, &device, lasted);
}

static void
on_closed (DpopChannel *channel, DpopChannelEnd end, DpopNetworkHall *self)
{
  DpopNetworkLink *link = link_of (self, channel);
  DpopNetworkParty *party = link != NULL ? link->party : NULL;

  if (link == NULL)
    return;
  g_debug ("link %u: %s", link->number, dpop_channel_end_text (end));
  drop_link (self, link);
  dpop_network_party_tell (party);
}

/* Two computers that call each other at once are connected twice. Both keep the same one: that of
 * the computer whose key is the smaller; of two by the same caller, the newer one.
 *
 * Nobody calls who is connected: if the old one has lasted, then it is dead, and only the other
 * computer has noticed it so far. */
static gboolean
is_better (const DpopNetworkParty *party, DpopChannel *new, const DpopNetworkLink *old)
{
  const CosmicId *own = &g_array_index (party->keys, DpopHelloKey, 0).device;
  const gboolean ours = cosmic_id_compare (own, &old->device) < 0;

  return g_get_monotonic_time () - old->since > DPOP_NETWORK_STEADY_US
         || dpop_channel_was_dialled (new) == dpop_channel_was_dialled (old->channel)
         || dpop_channel_was_dialled (new) == ours;
}

static void
add_link (DpopNetworkHall *self, DpopNetworkParty *party, DpopChannel *channel)
{
  DpopNetworkLink *link = g_new0 (DpopNetworkLink, 1);
  DpopNetworkEvent event = { .kind = DPOP_NETWORK_OPENED };

  link->number = ++self->next_link;
  link->channel = channel;
  link->party = party;
  link->since = g_get_monotonic_time ();
  link->device = *dpop_channel_get_device (channel);
  g_ptr_array_add (self->links, link);
  g_signal_connect (channel, "message", G_CALLBACK (on_message), self);
  g_signal_connect (channel, "drained", G_CALLBACK (on_drained), self);
  g_signal_connect (channel, "closed", G_CALLBACK (on_closed), self);
  event.link = link->number;
  event.caller = dpop_channel_was_dialled (channel);
  event.device = link->device;
  dpop_network_party_event (party, &event);
  event.kind = DPOP_NETWORK_ROOM;
  event.room = DPOP_NETWORK_ROOM_BYTES;
  dpop_network_party_event (party, &event);
  dpop_channel_set_paused (channel, FALSE);
}

void
dpop_network_hall_channel (DpopNetworkHall *self, DpopChannel *channel)
{
  DpopNetworkParty *party = party_of (self, dpop_channel_get_party (channel));
  DpopNetworkLink *old
      = party != NULL ? link_to (self, party, dpop_channel_get_device (channel)) : NULL;

  if (party == NULL || dpop_channel_get_end (channel) != DPOP_CHANNEL_END_NONE
      || (old != NULL && !is_better (party, channel, old)))
    {
      dpop_channel_close (channel);
      g_object_unref (channel);
      return;
    }
  if (old != NULL)
    {
      dpop_channel_close (old->channel);
      drop_link (self, old);
    }
  add_link (self, party, channel);
  dpop_network_party_tell (party);
}

static void
on_guest (DpopTransportListener *listener, DpopChannel *channel, DpopNetworkHall *self)
{
  dpop_network_hall_channel (self, g_object_ref (channel));
}

/* --- The local network. ---------------------------------------------------------------------- */

static void
tell_all (DpopNetworkHall *self)
{
  for (guint i = 0; i < self->parties->len; i++)
    dpop_network_party_tell (self->parties->pdata[i]);
}

static void
on_heard (DpopDiscovery *discovery, const char *instance, DpopNetworkHall *self)
{
  dpop_network_target_heard (self, instance);
  tell_all (self);
}

static void
on_gone (DpopDiscovery *discovery, const char *instance, DpopNetworkHall *self)
{
  dpop_network_target_gone (self, instance);
  tell_all (self);
}

static void
listen_and_look (DpopNetworkHall *self, const DpopNetworkSetting *setting, GError **error)
{
  if ((self->identity = dpop_transport_identity_new (error)) == NULL)
    return;
  self->listener
      = dpop_transport_listener_new (self->identity, dpop_network_hall_host (self), NULL);
  g_signal_connect (self->listener, "channel", G_CALLBACK (on_guest), self);
  if (!dpop_transport_listener_start (self->listener, NULL, setting->port, error)
      || !setting->local)
    return;
  self->discovery = dpop_discovery_new (dpop_random_system (), setting->bus_address);
  g_signal_connect (self->discovery, "appeared", G_CALLBACK (on_heard), self);
  g_signal_connect (self->discovery, "changed", G_CALLBACK (on_heard), self);
  g_signal_connect (self->discovery, "disappeared", G_CALLBACK (on_gone), self);
  g_signal_connect_swapped (self->discovery, "notify::state", G_CALLBACK (tell_all), self);
}

/* --- Where this computer is. ------------------------------------------------------------------ */

/* The first address that neighbours reach, those of IPv4 before others: it is the one that a person
 * can read to another. */
static char *
read_address (guint16 port)
{
  g_autoptr (GPtrArray) interfaces = dpop_interfaces_list ();

  for (guint i = 0; port > 0 && i < interfaces->len; i++)
    {
      const DpopInterface *each = interfaces->pdata[i];
      g_autofree char *text = NULL;

      if (!each->shared || g_inet_address_get_family (each->address) != G_SOCKET_FAMILY_IPV4)
        continue;
      text = g_inet_address_to_string (each->address);
      return g_strdup_printf ("%s:%u", text, port);
    }
  return NULL;
}

static void
show_address (gpointer data)
{
  DpopNetworkHall *self = data;
  const guint16 port
      = self->listener != NULL ? dpop_transport_listener_get_port (self->listener) : 0;

  g_free (self->address);
  self->address = read_address (port);
  tell_all (self);
}

/* --- Its life. ------------------------------------------------------------------------------- */

DpopNetworkHall *
dpop_network_hall_new (const DpopNetworkSetting *setting,
                       void (*told) (guint, DpopNetworkReport *, gpointer), gpointer data)
{
  DpopNetworkHall *self = g_new0 (DpopNetworkHall, 1);
  g_autoptr (GError) error = NULL;

  self->context = g_main_context_ref_thread_default ();
  self->links = g_ptr_array_new_with_free_func (link_free);
  self->parties = g_ptr_array_new_with_free_func ((GDestroyNotify) dpop_network_party_unref);
  self->targets = g_ptr_array_new_with_free_func (dpop_network_target_unref);
  self->told = told;
  self->data = data;
  listen_and_look (self, setting, &error);
  self->interfaces = dpop_interfaces_watch_new (show_address, self);
  show_address (self);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE))
    self->fault = g_strdup_printf (_("Port %u is used by another program on this computer. Choose "
                                     "another port, or none."), setting->port);
  else if (error != NULL)
    self->fault = g_strdup (error->message);
  return self;
}

void
dpop_network_hall_join (DpopNetworkHall *self, guint number, DpopEngine *engine)
{
  DpopNetworkParty *party = dpop_network_party_new (self, number, engine);

  /* Nothing is announced before somebody takes part. */
  if (self->parties->len == 0 && self->discovery != NULL)
    dpop_discovery_start (self->discovery, dpop_transport_listener_get_port (self->listener));
  g_ptr_array_add (self->parties, party);
  dpop_network_party_push (party);
}

void
dpop_network_hall_leave (DpopNetworkHall *self, guint number)
{
  DpopNetworkParty *party = dpop_network_hall_party (self, number);

  if (party == NULL)
    return;
  dpop_network_target_drop (self, number);
  for (guint i = self->links->len; i > 0; i--)
    {
      DpopNetworkLink *link = self->links->pdata[i - 1];

      if (link->party != party)
        continue;
      dpop_channel_close (link->channel);
      g_ptr_array_remove_index (self->links, i - 1);
    }
  dpop_network_party_leave (party);
  g_ptr_array_remove (self->parties, party);
  if (self->parties->len == 0 && self->discovery != NULL)
    dpop_discovery_stop (self->discovery);
}

/* Until everything that is to come back here has come. */
static void
wait_for_errands (DpopNetworkHall *self)
{
  while (self->errands > 0)
    g_main_context_iteration (self->context, TRUE);
  while (g_main_context_iteration (self->context, FALSE))
    ;
}

void
dpop_network_hall_free (DpopNetworkHall *self)
{
  while (self->parties->len > 0)
    dpop_network_hall_leave (self, ((DpopNetworkParty *) self->parties->pdata[0])->number);
  if (self->listener != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->listener, self);
      dpop_transport_listener_stop (self->listener);
    }
  if (self->discovery != NULL)
    g_signal_handlers_disconnect_by_data (self->discovery, self);
  g_clear_pointer (&self->interfaces, dpop_interfaces_watch_free);
  g_ptr_array_set_size (self->targets, 0);
  g_clear_object (&self->listener);
  g_clear_object (&self->discovery);
  wait_for_errands (self);
  g_clear_pointer (&self->identity, dpop_transport_identity_unref);
  g_ptr_array_unref (self->targets);
  g_ptr_array_unref (self->links);
  g_ptr_array_unref (self->parties);
  g_main_context_unref (self->context);
  g_free (self->address);
  g_free (self->fault);
  g_free (self);
}
