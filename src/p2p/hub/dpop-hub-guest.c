/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-hub-private.h"

#define QUEUE_MAX   (1 << 20) /* bytes on their way to one guest */
#define HEARD_BUSY  4096      /* more are not heard of before some were asked for */
#define BURST_S     10        /* seconds' worth that may come at once */

/* --- The node: an account of the store. ------------------------------------------------------- */

static gboolean
commit (gpointer data)
{
  return dpop_hub_commit (((DpopHubGuest *) data)->hub);
}

static CosmicItemSet *
items (gpointer data)
{
  DpopHubGuest *self = data;

  /* That it is there was seen when the guest came. */
  return self->hub->store.table->items (self->hub->store.self, self->account, NULL);
}

static gboolean
is_full (DpopHubGuest *self)
{
  CosmicHubRoom room;
  GError *error = NULL;

  if (g_get_monotonic_time () < self->hub->resting)
    return TRUE;
  if (!self->hub->store.table->room (self->hub->store.self, self->account, &room, &error))
    dpop_hub_store_failed (self->hub, error);
  return room.full;
}

static gboolean
hear (gpointer data, const CosmicItem *item)
{
  DpopHubGuest *self = data;
  gboolean gone = FALSE;
  GError *error = NULL;

  if (!self->hub->store.table->is_gone (self->hub->store.self, self->account, &item->id, &gone,
                                        &error))
    dpop_hub_store_failed (self->hub, error);
  if (!gone)
    g_array_append_val (self->heard, item->id);
  return !gone;
}

static gboolean
is_busy (gpointer data)
{
  const DpopHubGuest *self = data;

  return self->heard->len - self->heard_from > HEARD_BUSY;
}

static void
forget_heard (DpopHubGuest *self)
{
  g_array_set_size (self->heard, 0);
  self->heard_from = 0;
}

static void
wants (gpointer data, guint most, GArray *ids)
{
  DpopHubGuest *self = data;
  guint count = MIN (most, self->heard->len - self->heard_from);

  if (count > 0 && is_full (self))
    {
      forget_heard (self);
      return;
    }
  g_array_append_vals (ids, &g_array_index (self->heard, CosmicId, self->heard_from), count);
  self->heard_from += count;
  if (self->heard_from == self->heard->len)
    forget_heard (self);
  else if (self->heard_from > HEARD_BUSY)
    {
      g_array_remove_range (self->heard, 0, self->heard_from);
      self->heard_from = 0;
    }
}

static CosmicHubTake
take (gpointer data, const CosmicItem *item, GBytes *envelope)
{
  DpopHubGuest *self = data;
  DpopHubNews news = { .account = self->account, .from = self, .item = *item };
  CosmicHubTake taken = COSMIC_HUB_TAKE_FAILED;
  GError *error = NULL;

  if (!self->hub->store.table->put (self->hub->store.self, self->account, item, envelope, &taken,
                                    &error))
    {
      dpop_hub_store_failed (self->hub, error);
      return COSMIC_HUB_TAKE_FAILED;
    }
  if (taken == COSMIC_HUB_TAKE_NEW)
    {
      self->hub->metrics.stored++;
      g_array_append_val (self->hub->news, news);
    }
  else if (taken == COSMIC_HUB_TAKE_FULL)
    {
      self->hub->metrics.full++;
      forget_heard (self);
    }
  return taken;
}

/* It offered what it does not have (any more). */
static void
missing (gpointer data, const CosmicId *id)
{
}

static GBytes *
find (gpointer data, const CosmicId *id)
{
  DpopHubGuest *self = data;
  GBytes *envelope = NULL;
  GError *error = NULL;

  if (!self->hub->store.table->find (self->hub->store.self, self->account, id, &envelope, &error))
    dpop_hub_store_failed (self->hub, error);
  if (envelope != NULL)
    self->hub->metrics.forwarded++;
  return envelope;
}

static void
room (gpointer data, CosmicHubRoom *out)
{
  DpopHubGuest *self = data;
  GError *error = NULL;

  if (!self->hub->store.table->room (self->hub->store.self, self->account, out, &error))
    dpop_hub_store_failed (self->hub, error);
}

static CosmicHubTake
erase (gpointer data, const GArray *ids, const guint8 *signature)
{
  DpopHubGuest *self = data;
  GError *error = NULL;

  if (!dpop_hub_ticket_verify (&self->key, &self->hub->id, ids, signature))
    return COSMIC_HUB_TAKE_BAD;
  for (guint i = 0; i < ids->len; i++)
    if (!self->hub->store.table->erase (self->hub->store.self, self->account,
                                        &g_array_index (ids, CosmicId, i), &error))
      {
        dpop_hub_store_failed (self->hub, error);
        return COSMIC_HUB_TAKE_FAILED;
      }
  self->hub->metrics.erased += ids->len;
  return COSMIC_HUB_TAKE_NEW;
}

static const CosmicHubNodeTable table = {
  .commit = commit,
  .items = items,
  .hear = hear,
  .is_busy = is_busy,
  .wants = wants,
  .take = take,
  .missing = missing,
  .find = find,
  .room = room,
  .erase = erase,
};

static void
on_ended (gpointer data, CosmicHubEnd reason, gboolean by_peer)
{
  DpopHubGuest *self = data;

  if (!by_peer && reason != COSMIC_HUB_CLOSED && reason != COSMIC_HUB_OUT
      && reason != COSMIC_HUB_FAILED)
    self->hub->metrics.broken++;
}

static const CosmicHubEvents events = { .ended = on_ended };

/* --- What it may bring. ----------------------------------------------------------------------- */

void
dpop_hub_guest_refill (DpopHubGuest *self)
{
  const gint64 now = g_get_monotonic_time ();
  const gint64 most = (gint64) self->hub->rate * BURST_S;
  const gint64 passed = MIN (now - self->budget_at, (gint64) BURST_S * G_USEC_PER_SEC);

  self->budget_at = now;
  self->budget = MIN (most, self->budget
                                + (gint64) ((gdouble) self->hub->rate * (gdouble) passed
                                            / G_USEC_PER_SEC));
  if (self->paused && self->budget > 0)
    {
      self->paused = FALSE;
      dpop_channel_set_paused (self->channel, FALSE);
    }
}

/* All guests of an account share what it may bring: each is charged for every other one. */
void
dpop_hub_guest_charge (DpopHubGuest *self, gsize bytes)
{
  for (guint i = 0; i < self->hub->guests->len; i++)
    {
      DpopHubGuest *each = self->hub->guests->pdata[i];

      if (each->account != self->account)
        continue;
      each->budget -= (gint64) bytes;
      if (each->budget <= 0)
        dpop_hub_guest_refill (each);
      if (each->budget <= 0 && !each->paused)
        {
          each->paused = TRUE;
          dpop_channel_set_paused (each->channel, TRUE);
        }
    }
}

/* --- The channel. ----------------------------------------------------------------------------- */

static void
on_message (DpopChannel *channel, GBytes *message, DpopHubGuest *self)
{
  self->hub->metrics.messages_in++;
  self->hub->metrics.bytes_in += g_bytes_get_size (message);
  self->stirred = TRUE;
  cosmic_hub_session_receive (self->session, message);
  dpop_hub_guest_charge (self, g_bytes_get_size (message));
  dpop_hub_stir (self->hub);
}

static void
on_drained (DpopChannel *channel, DpopHubGuest *self)
{
  dpop_hub_guest_pump (self);
}

static void
on_closed (DpopChannel *channel, DpopChannelEnd end, DpopHubGuest *self)
{
  DpopHub *hub = self->hub;
  const guint64 account = self->account;
  gboolean is_last = TRUE;

  g_debug ("guest: %s", dpop_channel_end_text (end));
  g_ptr_array_remove (hub->guests, self);
  for (guint i = 0; i < hub->guests->len; i++)
    is_last = is_last && ((DpopHubGuest *) hub->guests->pdata[i])->account != account;
  if (is_last && dpop_hub_commit (hub))
    hub->store.table->forget (hub->store.self, account);
}

void
dpop_hub_guest_pump (DpopHubGuest *self)
{
  GBytes *message;

  while (dpop_channel_get_end (self->channel) == DPOP_CHANNEL_END_NONE
         && dpop_channel_get_queued (self->channel) < QUEUE_MAX
         && (message = cosmic_hub_session_next (self->session)) != NULL)
    {
      self->hub->metrics.messages_out++;
      self->hub->metrics.bytes_out += g_bytes_get_size (message);
      if (!dpop_channel_send (self->channel, message))
        dpop_channel_cut (self->channel);
      g_bytes_unref (message);
    }
  if (cosmic_hub_session_state (self->session) != COSMIC_HUB_OPEN)
    dpop_channel_close (self->channel);
}

void
dpop_hub_guest_settle (DpopHubGuest *self)
{
  if (!self->stirred)
    return;
  self->stirred = FALSE;
  cosmic_hub_session_idle (self->session);
}

DpopHubGuest *
dpop_hub_guest_new (DpopHub *hub, DpopChannel *channel, const CosmicHubGrant *grant)
{
  DpopHubGuest *self = g_new0 (DpopHubGuest, 1);

  self->hub = hub;
  self->channel = channel;
  self->key = grant->key;
  self->account = grant->account;
  self->heard = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  self->budget = (gint64) hub->rate * BURST_S;
  self->budget_at = g_get_monotonic_time ();
  self->session = cosmic_hub_session_new ((CosmicHubNode){ &table, self }, TRUE,
                                          dpop_random_system (), &events, self);
  g_signal_connect (channel, "message", G_CALLBACK (on_message), self);
  g_signal_connect (channel, "drained", G_CALLBACK (on_drained), self);
  g_signal_connect (channel, "closed", G_CALLBACK (on_closed), self);
  return self;
}

void
dpop_hub_guest_free (gpointer guest)
{
  DpopHubGuest *self = guest;

  g_signal_handlers_disconnect_by_data (self->channel, self);
  cosmic_hub_session_free (self->session);
  g_object_unref (self->channel);
  g_array_unref (self->heard);
  g_free (self);
}
