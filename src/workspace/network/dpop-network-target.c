/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-network-hall-private.h"

#include "dpop-source.h"

#include <string.h>

#define SECOND_FIRST 5000 /* of two that hear of each other, one waits for the other's call */
#define SHORTEST     2000
#define LONGEST      60000
#define STRANGER     600000 /* one of the network's others, who may join us one day */
#define CHECK        15000

struct _DpopNetworkTarget
{
  grefcount refs;
  DpopNetworkHall *hall;
  gboolean dropped;
  guint party;
  char *instance;       /* in the local network; NULL: a person said where */
  GPtrArray *addresses; /* of GSocketAddress */
  guint next;           /* of them */
  guint delay;          /* ms, before the next round of them */
  GSource *timer;       /* NULL: it is being dialled */
  GCancellable *cancellable;
  gboolean knows_device;
  CosmicId device;      /* who answered there last */
};

static void dial (DpopNetworkTarget *self);

static DpopNetworkTarget *
target_ref (DpopNetworkTarget *self)
{
  g_ref_count_inc (&self->refs);
  return self;
}

static void
target_unref (DpopNetworkTarget *self)
{
  if (!g_ref_count_dec (&self->refs))
    return;
  g_ptr_array_unref (self->addresses);
  g_object_unref (self->cancellable);
  g_free (self->instance);
  g_free (self);
}

/* As the array of them drops one. */
void
dpop_network_target_unref (gpointer data)
{
  DpopNetworkTarget *self = data;

  dpop_source_clear (&self->timer);
  self->dropped = TRUE;
  g_cancellable_cancel (self->cancellable);
  target_unref (self);
}

static gboolean
on_time (gpointer data)
{
  DpopNetworkTarget *self = data;

  dpop_source_clear (&self->timer);
  dial (self);
  return G_SOURCE_REMOVE;
}

static void
wait (DpopNetworkTarget *self, guint milliseconds)
{
  dpop_source_after (&self->timer, milliseconds, on_time, self);
}

/* --- Dialling. ------------------------------------------------------------------------------- */

static void
go_on (DpopNetworkTarget *self, const GError *error)
{
  const gboolean stranger
      = g_error_matches (error, DPOP_TRANSPORT_ERROR, DPOP_TRANSPORT_ERROR_STRANGER);

  if (g_error_matches (error, DPOP_TRANSPORT_ERROR, DPOP_TRANSPORT_ERROR_SELF))
    {
      wait (self, STRANGER);
      return;
    }
  if (++self->next < self->addresses->len)
    {
      dial (self);
      return;
    }
  self->next = 0;
  wait (self, self->delay);
  /* Whoever has just started is a stranger too, until a profile is open there. */
  self->delay
      = MIN (self->delay * 2, stranger && self->instance != NULL ? STRANGER : LONGEST);
}

static void
on_dialled (GObject *source, GAsyncResult *result, gpointer data)
{
  DpopNetworkTarget *self = data;
  g_autoptr (GError) error = NULL;
  DpopChannel *channel = dpop_transport_dialer_dial_finish (result, &error);

  self->hall->errands--;
  if (self->dropped)
    g_clear_object (&channel);
  else if (channel == NULL)
    go_on (self, error);
  else
    {
      self->knows_device = TRUE;
      self->device = *dpop_channel_get_device (channel);
      self->next = 0;
      wait (self, CHECK);
      dpop_network_hall_channel (self->hall, channel);
    }
  target_unref (self);
}

static void
dial (DpopNetworkTarget *self)
{
  DpopNetworkParty *party = dpop_network_hall_party (self->hall, self->party);

  if (party == NULL || party->keys == NULL || party->keys->len == 0 || self->addresses->len == 0
      || (self->knows_device && dpop_network_hall_is_linked (self->hall, party, &self->device)))
    {
      wait (self, CHECK);
      return;
    }
  self->next %= self->addresses->len;
  self->hall->errands++;
  dpop_transport_dialer_dial_async (self->hall->identity, dpop_network_hall_host (self->hall),
                                    self->addresses->pdata[self->next],
                                    &g_array_index (party->keys, DpopHelloKey, 0).party, NULL,
                                    self->cancellable, on_dialled, target_ref (self));
}

/* --- Which there are. ------------------------------------------------------------------------ */

static DpopNetworkTarget *
add (DpopNetworkHall *hall, guint party, const char *instance)
{
  DpopNetworkTarget *self = g_new0 (DpopNetworkTarget, 1);

  g_ref_count_init (&self->refs);
  self->hall = hall;
  self->party = party;
  self->instance = g_strdup (instance);
  self->addresses = g_ptr_array_new_with_free_func (g_object_unref);
  self->cancellable = g_cancellable_new ();
  self->delay = SHORTEST;
  g_ptr_array_add (hall->targets, self);
  return self;
}

/* Of two that hear of each other, the one with the smaller name calls first. */
static void
wait_turn (DpopNetworkTarget *self)
{
  const char *own
      = self->instance != NULL ? dpop_discovery_get_instance (self->hall->discovery) : NULL;

  wait (self, self->instance == NULL || g_strcmp0 (own, self->instance) < 0 ? 0 : SECOND_FIRST);
}

static void
hear (DpopNetworkHall *hall, guint party, const char *instance)
{
  DpopNetworkTarget *self = NULL;

  for (guint i = 0; i < hall->targets->len && self == NULL; i++)
    {
      DpopNetworkTarget *each = hall->targets->pdata[i];

      if (each->party == party && g_strcmp0 (each->instance, instance) == 0)
        self = each;
    }
  if (self == NULL)
    {
      self = add (hall, party, instance);
      wait_turn (self);
    }
  g_ptr_array_unref (self->addresses);
  self->addresses = dpop_discovery_list_addresses (hall->discovery, instance);
}

void
dpop_network_target_heard (DpopNetworkHall *hall, const char *instance)
{
  for (guint i = 0; i < hall->parties->len; i++)
    hear (hall, ((DpopNetworkParty *) hall->parties->pdata[i])->number, instance);
}

void
dpop_network_target_party (DpopNetworkHall *hall, DpopNetworkParty *party)
{
  g_auto (GStrv) heard
      = hall->discovery != NULL ? dpop_discovery_list_peers (hall->discovery) : NULL;

  for (guint i = 0; heard != NULL && heard[i] != NULL; i++)
    hear (hall, party->number, heard[i]);
  for (guint i = 0; i < hall->targets->len; i++)
    {
      DpopNetworkTarget *each = hall->targets->pdata[i];

      if (each->party == party->number && each->timer != NULL)
        wait_turn (each);
    }
}

void
dpop_network_target_gone (DpopNetworkHall *hall, const char *instance)
{
  for (guint i = hall->targets->len; i > 0; i--)
    if (g_strcmp0 (((DpopNetworkTarget *) hall->targets->pdata[i - 1])->instance, instance) == 0)
      g_ptr_array_remove_index (hall->targets, i - 1);
}

void
dpop_network_target_add (DpopNetworkHall *hall, guint party, GSocketAddress *address)
{
  DpopNetworkTarget *self = add (hall, party, NULL);

  g_ptr_array_add (self->addresses, g_object_ref (address));
  wait (self, 0);
}

/* A link that does not last may fail for the same reason again: each time it is left longer. */
static void
try_again (DpopNetworkTarget *self, gint64 lasted)
{
  if (lasted > DPOP_NETWORK_STEADY_US)
    self->delay = SHORTEST;
  wait (self, self->delay / 2);
  self->delay = MIN (self->delay * 2, LONGEST);
}

void
dpop_network_target_lost (DpopNetworkHall *hall, guint party, const CosmicId *device,
                          gint64 lasted)
{
  for (guint i = 0; i < hall->targets->len; i++)
    {
      DpopNetworkTarget *each = hall->targets->pdata[i];

      if (each->party == party && each->timer != NULL && each->knows_device
          && cosmic_id_same (&each->device, device))
        try_again (each, lasted);
    }
}

void
dpop_network_target_drop (DpopNetworkHall *hall, guint party)
{
  for (guint i = hall->targets->len; i > 0; i--)
    if (((DpopNetworkTarget *) hall->targets->pdata[i - 1])->party == party)
      g_ptr_array_remove_index (hall->targets, i - 1);
}
