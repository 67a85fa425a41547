/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-hub-private.h"

#include "cosmic-sign.h"
#include "dpop-source.h"

#define TICK_MS  250
#define REST_US  (30 * G_USEC_PER_SEC) /* after a failure of the store */

/* --- Tokens. ---------------------------------------------------------------------------------- */

const CosmicHubGrant *
dpop_hub_find_grant (DpopHub *self, const CosmicId *key)
{
  for (guint i = 0; i < self->grants->len; i++)
    if (cosmic_id_same (&g_array_index (self->grants, CosmicHubGrant, i).key, key))
      return &g_array_index (self->grants, CosmicHubGrant, i);
  return NULL;
}

static void
add_grant (const CosmicHubGrant *grant, gpointer data)
{
  g_array_append_vals (data, grant, 1);
}

static void
count_account (guint64 account, const CosmicHubRoom *room, gpointer data)
{
  (*(guint64 *) data)++;
}

static void
read_grants (DpopHub *self)
{
  CosmicHubStore store = self->store;
  GError *error = NULL;

  g_array_set_size (self->grants, 0);
  self->metrics.accounts = 0;
  if (!store.table->each_grant (store.self, add_grant, self->grants, &error)
      || !store.table->each_account (store.self, count_account, &self->metrics.accounts, &error))
    dpop_hub_store_failed (self, error);
}

/* Whoever's token was withdrawn is told so. */
static void
look_for_changes (DpopHub *self)
{
  gint64 version = self->version;
  GError *error = NULL;

  if (!self->store.table->version (self->store.self, &version, &error))
    dpop_hub_store_failed (self, error);
  if (version == self->version)
    return;
  self->version = version;
  read_grants (self);
  for (guint i = 0; i < self->guests->len; i++)
    {
      DpopHubGuest *guest = self->guests->pdata[i];

      if (dpop_hub_find_grant (self, &guest->key) != NULL)
        continue;
      cosmic_hub_session_close (guest->session, TRUE);
      dpop_hub_guest_pump (guest);
    }
}

/* --- What transport asks. --------------------------------------------------------------------- */

/* All of them as former ones: the hub recognises, and shows nothing of its own before that. */
static void
host_keys (GArray *keys, gpointer data)
{
  DpopHub *self = data;

  look_for_changes (self);
  for (guint i = 0; i < self->grants->len; i++)
    {
      const CosmicHubGrant *grant = &g_array_index (self->grants, CosmicHubGrant, i);
      DpopHelloKey key = { .device = self->id, .is_former = TRUE };

      dpop_hub_token_party (&grant->key, &key.party);
      memcpy (key.discovery, grant->find, sizeof key.discovery);
      g_array_append_val (keys, key);
    }
}

static gboolean
host_sign (const CosmicId *party, gconstpointer message, gsize size,
           guint8 signature[COSMIC_SIGN_SIZE], gpointer data)
{
  DpopHub *self = data;

  cosmic_sign (self->key, message, size, signature);
  return TRUE;
}

static void
host_admit (const CosmicId *party, const CosmicId *device, DpopTransportQuestion *question,
            gpointer data)
{
  DpopHub *self = data;
  CosmicId expected;
  gboolean good = dpop_hub_find_grant (self, device) != NULL;

  dpop_hub_token_party (device, &expected);
  good = good && cosmic_id_same (&expected, party);
  if (!good)
    self->metrics.refused++;
  dpop_transport_question_answer (question, good);
}

static const DpopTransportHostTable host = { host_keys, host_sign, host_admit };

static void
on_channel (DpopTransportListener *listener, DpopChannel *channel, DpopHub *self)
{
  const CosmicHubGrant *grant = dpop_hub_find_grant (self, dpop_channel_get_device (channel));
  DpopHubGuest *guest;
  GError *error = NULL;

  if (grant == NULL)
    return;
  if (self->store.table->items (self->store.self, grant->account, &error) == NULL)
    {
      g_clear_error (&error);
      return;
    }
  self->metrics.welcomed++;
  guest = dpop_hub_guest_new (self, g_object_ref (channel), grant);
  g_ptr_array_add (self->guests, guest);
  dpop_channel_set_paused (channel, FALSE);
  dpop_hub_guest_pump (guest);
}

/* --- The store. ------------------------------------------------------------------------------- */

void
dpop_hub_store_failed (DpopHub *self, GError *error)
{
  if (!self->failed)
    {
      g_warning ("%s", error != NULL ? error->message : "The store failed.");
      self->metrics.failures++;
    }
  g_clear_error (&error);
  self->failed = TRUE;
  self->resting = g_get_monotonic_time () + REST_US;
  self->store.table->rollback (self->store.self);
  g_array_set_size (self->news, 0);
  dpop_hub_stir (self);
}

gboolean
dpop_hub_commit (DpopHub *self)
{
  GError *error = NULL;

  if (self->failed)
    return FALSE;
  if (!self->store.table->commit (self->store.self, &error))
    {
      dpop_hub_store_failed (self, error);
      return FALSE;
    }
  g_array_append_vals (self->told, self->news->data, self->news->len);
  g_array_set_size (self->news, 0);
  return TRUE;
}

/* --- Turns. ----------------------------------------------------------------------------------- */

static void
offer (DpopHub *self)
{
  for (guint i = 0; i < self->guests->len; i++)
    {
      DpopHubGuest *guest = self->guests->pdata[i];

      for (guint j = 0; j < self->told->len; j++)
        {
          const DpopHubNews *news = &g_array_index (self->told, DpopHubNews, j);

          if (news->account == guest->account && news->from != guest)
            cosmic_hub_session_offer (guest->session, &news->item);
        }
    }
  g_array_set_size (self->told, 0);
}

/* What was not committed was taken back: nobody may believe that it is here. */
static void
cut_all (DpopHub *self)
{
  for (guint i = self->guests->len; i > 0; i--)
    {
      DpopHubGuest *guest = self->guests->pdata[i - 1];

      g_signal_handlers_disconnect_by_data (guest->channel, guest);
      dpop_channel_cut (guest->channel);
      g_ptr_array_remove_index (self->guests, i - 1);
    }
  g_array_set_size (self->told, 0);
  self->failed = FALSE;
}

static gboolean
on_settle (gpointer data)
{
  DpopHub *self = data;

  dpop_source_clear (&self->settle);
  for (guint i = 0; i < self->guests->len && !self->failed; i++)
    dpop_hub_guest_settle (self->guests->pdata[i]);
  if (self->failed)
    {
      cut_all (self);
      return G_SOURCE_REMOVE;
    }
  offer (self);
  for (guint i = 0; i < self->guests->len; i++)
    dpop_hub_guest_pump (self->guests->pdata[i]);
  return G_SOURCE_REMOVE;
}

/* Once nothing more is waiting to be read, so that many messages make one transaction. */
void
dpop_hub_stir (DpopHub *self)
{
  if (self->settle == NULL)
    dpop_source_set (&self->settle, g_idle_source_new (), on_settle, self);
}

static gboolean
on_tick (gpointer data)
{
  DpopHub *self = data;

  dpop_source_clear (&self->tick);
  look_for_changes (self);
  for (guint i = 0; i < self->guests->len; i++)
    dpop_hub_guest_refill (self->guests->pdata[i]);
  dpop_source_after (&self->tick, TICK_MS, on_tick, self);
  return G_SOURCE_REMOVE;
}

/* --- Its life. -------------------------------------------------------------------------------- */

DpopHub *
dpop_hub_new (CosmicHubStore store, const CosmicSecret *key, const DpopHubSetting *setting)
{
  DpopTransportLimits limits = dpop_transport_limits_default;
  DpopHub *self = g_new0 (DpopHub, 1);

  limits.known_max = 2048;
  self->store = store;
  self->key = key;
  memcpy (self->id.bytes, cosmic_sign_key_public (key), COSMIC_ID_SIZE);
  self->rate = setting->rate > 0 ? setting->rate : DPOP_HUB_RATE;
  g_set_object (&self->only, setting->only);
  self->port = setting->port;
  self->version = -1;
  self->grants = g_array_new (FALSE, FALSE, sizeof (CosmicHubGrant));
  self->news = g_array_new (FALSE, FALSE, sizeof (DpopHubNews));
  self->told = g_array_new (FALSE, FALSE, sizeof (DpopHubNews));
  self->guests = g_ptr_array_new_with_free_func (dpop_hub_guest_free);
  if ((self->identity = dpop_transport_identity_new (NULL)) != NULL)
    self->listener
        = dpop_transport_listener_new (self->identity, (DpopTransportHost){ &host, self },
                                       setting->limits != NULL ? setting->limits : &limits);
  return self;
}

gboolean
dpop_hub_start (DpopHub *self, GError **error)
{
  if (self->listener == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                           "This computer could not make a key for TLS.");
      return FALSE;
    }
  g_signal_connect (self->listener, "channel", G_CALLBACK (on_channel), self);
  if (!dpop_transport_listener_start (self->listener, self->only, self->port, error))
    return FALSE;
  dpop_source_after (&self->tick, TICK_MS, on_tick, self);
  return TRUE;
}

void
dpop_hub_free (DpopHub *self)
{
  if (self == NULL)
    return;
  dpop_source_clear (&self->tick);
  dpop_source_clear (&self->settle);
  if (self->listener != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->listener, self);
      dpop_transport_listener_stop (self->listener);
    }
  dpop_hub_commit (self);
  for (guint i = 0; i < self->guests->len; i++)
    {
      DpopHubGuest *guest = self->guests->pdata[i];

      cosmic_hub_session_close (guest->session, FALSE);
      dpop_hub_guest_pump (guest);
    }
  dpop_source_clear (&self->settle);
  g_ptr_array_unref (self->guests);
  g_clear_object (&self->listener);
  g_clear_object (&self->only);
  g_clear_pointer (&self->identity, dpop_transport_identity_unref);
  g_array_unref (self->grants);
  g_array_unref (self->news);
  g_array_unref (self->told);
  g_free (self);
}

guint16
dpop_hub_get_port (DpopHub *self)
{
  return self->listener != NULL ? dpop_transport_listener_get_port (self->listener) : 0;
}

/* --- Metrics. --------------------------------------------------------------------------------- */

void
dpop_hub_read_metrics (DpopHub *self, DpopHubMetrics *metrics)
{
  *metrics = self->metrics;
  metrics->guests = self->guests->len;
  metrics->tokens = self->grants->len;
}

char *
dpop_hub_metrics_text (const DpopHubMetrics *metrics)
{
  const struct
  {
    const char *name, *type, *help;
    guint64 value;
  } lines[] = {
    { "dpop_hub_connections", "gauge", "Computers connected now.", metrics->guests },
    { "dpop_hub_accounts", "gauge", "Accounts.", metrics->accounts },
    { "dpop_hub_tokens", "gauge", "Tokens granted and not withdrawn.", metrics->tokens },
    { "dpop_hub_welcomed_total", "counter", "Connections let in.", metrics->welcomed },
    { "dpop_hub_refused_total", "counter", "Connections refused.", metrics->refused },
    { "dpop_hub_messages_in_total", "counter", "Messages read.", metrics->messages_in },
    { "dpop_hub_messages_out_total", "counter", "Messages written.", metrics->messages_out },
    { "dpop_hub_bytes_in_total", "counter", "Bytes of messages read.", metrics->bytes_in },
    { "dpop_hub_bytes_out_total", "counter", "Bytes of messages written.", metrics->bytes_out },
    { "dpop_hub_stored_total", "counter", "Envelopes stored.", metrics->stored },
    { "dpop_hub_forwarded_total", "counter", "Envelopes handed out.", metrics->forwarded },
    { "dpop_hub_erased_total", "counter", "Envelopes deleted on a ticket.", metrics->erased },
    { "dpop_hub_full_total", "counter", "Envelopes that had no room.", metrics->full },
    { "dpop_hub_broken_total", "counter", "Sessions that broke the protocol.", metrics->broken },
    { "dpop_hub_failures_total", "counter", "Failures of the store.", metrics->failures },
  };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    g_string_append_printf (text, "# HELP %s %s\n# TYPE %s %s\n%s %" G_GUINT64_FORMAT "\n",
                            lines[i].name, lines[i].help, lines[i].name, lines[i].type,
                            lines[i].name, lines[i].value);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
