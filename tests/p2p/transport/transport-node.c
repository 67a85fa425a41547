/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transport-node.h"

#include "cosmic-hash.h"

TransportNode *
transport_node_new (void)
{
  TransportNode *self = g_new0 (TransportNode, 1);
  GError *error = NULL;

  self->identity = dpop_transport_identity_new (&error);
  g_assert_no_error (error);
  self->keys = g_array_new (FALSE, TRUE, sizeof (DpopHelloKey));
  self->secrets = g_ptr_array_new_with_free_func ((GDestroyNotify) cosmic_secret_free);
  self->admitted = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  self->channels = g_ptr_array_new_with_free_func (g_object_unref);
  return self;
}

void
transport_node_free (TransportNode *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->channels);
  g_clear_object (&self->listener);
  g_array_unref (self->keys);
  g_ptr_array_unref (self->secrets);
  g_array_unref (self->admitted);
  dpop_transport_identity_unref (self->identity);
  g_free (self);
  /* What is let go later goes now. */
  transport_pause (20);
}

void
transport_node_open (TransportNode *self, guint party, guint key, gboolean is_former)
{
  DpopHelloKey entry = { .is_former = is_former };

  cosmic_hash (&party, sizeof party, entry.party.bytes);
  cosmic_hash (&key, sizeof key, entry.discovery);
  entry.discovery[0] ^= 1;
  g_ptr_array_add (self->secrets, cosmic_sign_key_new (dpop_random_system (), entry.device.bytes));
  g_array_append_val (self->keys, entry);
}

void
transport_node_admit (TransportNode *self, const TransportNode *other)
{
  for (guint i = 0; i < other->keys->len; i++)
    g_array_append_val (self->admitted, g_array_index (other->keys, DpopHelloKey, i).device);
  if (self->keys != other->keys)
    for (guint i = 0; i < self->keys->len; i++)
      g_array_append_val (other->admitted, g_array_index (self->keys, DpopHelloKey, i).device);
}

/* --- As host. --------------------------------------------------------------------------------- */

static void
give_keys (GArray *keys, gpointer data)
{
  TransportNode *self = data;

  g_array_append_vals (keys, self->keys->data, self->keys->len);
}

static gboolean
give_signature (const CosmicId *party, gconstpointer message, gsize size,
                guint8 signature[COSMIC_SIGN_SIZE], gpointer data)
{
  TransportNode *self = data;

  for (guint i = 0; !self->is_mute && i < self->keys->len; i++)
    if (cosmic_id_same (&g_array_index (self->keys, DpopHelloKey, i).party, party))
      {
        cosmic_sign (self->secrets->pdata[i], message, size, signature);
        return TRUE;
      }
  return FALSE;
}

typedef struct
{
  DpopTransportQuestion *question;
  gboolean is_admitted;
} Answer;

static gboolean
answer (gpointer data)
{
  Answer *self = data;

  dpop_transport_question_answer (self->question, self->is_admitted);
  g_free (self);
  return G_SOURCE_REMOVE;
}

static void
give_admission (const CosmicId *party, const CosmicId *device, DpopTransportQuestion *question,
                gpointer data)
{
  TransportNode *self = data;
  Answer *pending = g_new (Answer, 1);
  GSource *source;

  self->asked++;
  *pending = (Answer){ question, FALSE };
  for (guint i = 0; i < self->admitted->len; i++)
    pending->is_admitted |= cosmic_id_same (&g_array_index (self->admitted, CosmicId, i), device);
  if (!self->is_slow)
    {
      answer (pending);
      return;
    }
  source = g_timeout_source_new (100);
  g_source_set_callback (source, answer, pending, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  g_source_unref (source);
}

DpopTransportHost
transport_node_host (TransportNode *self)
{
  static const DpopTransportHostTable table = { give_keys, give_signature, give_admission };

  return (DpopTransportHost){ &table, self };
}

/* --- On the network. -------------------------------------------------------------------------- */

static void
send_back (DpopChannel *channel, GBytes *message, gpointer data)
{
  dpop_channel_send (channel, message);
}

static void
take_channel (TransportNode *self, DpopChannel *channel)
{
  g_ptr_array_add (self->channels, g_object_ref (channel));
  if (!self->is_echo)
    return;
  g_signal_connect (channel, "message", G_CALLBACK (send_back), NULL);
  dpop_channel_set_paused (channel, FALSE);
}

void
transport_node_listen (TransportNode *self, const DpopTransportLimits *limits)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  GError *error = NULL;

  self->listener = dpop_transport_listener_new (self->identity, transport_node_host (self), limits);
  g_signal_connect_swapped (self->listener, "channel", G_CALLBACK (take_channel), self);
  dpop_transport_listener_start (self->listener, loopback, 0, &error);
  g_assert_no_error (error);
}

GSocketAddress *
transport_node_address (TransportNode *self)
{
  return g_inet_socket_address_new_from_string (
    "127.0.0.1", dpop_transport_listener_get_port (self->listener));
}

typedef struct
{
  DpopChannel *channel;
  GError *error;
  gboolean is_over;
} Dialled;

static void
on_dialled (GObject *source, GAsyncResult *result, gpointer data)
{
  Dialled *self = data;

  self->channel = dpop_transport_dialer_dial_finish (result, &self->error);
  self->is_over = TRUE;
}

DpopChannel *
transport_node_dial (TransportNode *self, GSocketAddress *address, GError **error)
{
  Dialled dialled = { 0 };

  dpop_transport_dialer_dial_async (self->identity, transport_node_host (self), address, NULL, NULL,
                                    NULL, on_dialled, &dialled);
  transport_wait_until (dialled.is_over);
  if (dialled.error != NULL)
    g_propagate_error (error, dialled.error);
  return dialled.channel;
}

static gboolean
wake (gpointer data)
{
  return G_SOURCE_REMOVE;
}

void
transport_turn (void)
{
  GMainContext *context = g_main_context_get_thread_default ();
  GSource *source = g_timeout_source_new (10);

  g_source_set_callback (source, wake, NULL, NULL);
  g_source_attach (source, context);
  g_main_context_iteration (context, TRUE);
  g_source_destroy (source);
  g_source_unref (source);
}

void
transport_pause (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * G_GINT64_CONSTANT (1000);

  while (g_get_monotonic_time () < end)
    transport_turn ();
}
