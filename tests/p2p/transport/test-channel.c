/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transport-node.h"

#include <string.h>

/* Two computers of one organisation, and what passes between them. */

typedef struct
{
  TransportNode *alice; /* dials */
  TransportNode *bob;   /* listens */
  GSocketAddress *address;
} Pair;

static void
pair_set_up (Pair *self, gconstpointer data)
{
  self->alice = transport_node_new ();
  self->bob = transport_node_new ();
  transport_node_open (self->alice, 1, 1, FALSE);
  transport_node_open (self->bob, 1, 1, FALSE);
  transport_node_admit (self->alice, self->bob);
  transport_node_listen (self->bob, NULL);
  self->address = transport_node_address (self->bob);
}

static void
pair_tear_down (Pair *self, gconstpointer data)
{
  g_clear_object (&self->address);
  transport_node_free (self->alice);
  transport_node_free (self->bob);
}

static DpopChannel *
pair_connect (Pair *self)
{
  GError *error = NULL;
  guint before = self->bob->channels->len;
  DpopChannel *channel = transport_node_dial (self->alice, self->address, &error);

  g_assert_no_error (error);
  g_assert_nonnull (channel);
  transport_wait_until (self->bob->channels->len > before);
  return channel;
}

static DpopChannel *
bobs (Pair *self)
{
  return self->bob->channels->pdata[self->bob->channels->len - 1];
}

static GBytes *
message_of (gsize size, guint8 seed)
{
  guint8 *bytes = g_malloc (size);

  for (gsize i = 0; i < size; i++)
    bytes[i] = (guint8) (seed + i * 31 + (i >> 8));
  return g_bytes_new_take (bytes, size);
}

static void
keep (DpopChannel *channel, GBytes *message, gpointer messages)
{
  g_ptr_array_add (messages, g_bytes_ref (message));
}

static void
note_end (DpopChannel *channel, DpopChannelEnd end, gpointer place)
{
  /* Once only. */
  g_assert_cmpint (*(DpopChannelEnd *) place, ==, DPOP_CHANNEL_END_NONE);
  *(DpopChannelEnd *) place = end;
}

static void
test_known (Pair *self, gconstpointer data)
{
  g_autoptr (DpopChannel) channel = pair_connect (self);
  const DpopHelloKey *alice = &g_array_index (self->alice->keys, DpopHelloKey, 0);
  const DpopHelloKey *bob = &g_array_index (self->bob->keys, DpopHelloKey, 0);

  g_assert_true (cosmic_id_same (dpop_channel_get_device (channel), &bob->device));
  g_assert_true (cosmic_id_same (dpop_channel_get_party (channel), &bob->party));
  g_assert_true (dpop_channel_was_dialled (channel));
  g_assert_nonnull (dpop_channel_get_remote (channel));
  g_assert_true (cosmic_id_same (dpop_channel_get_device (bobs (self)), &alice->device));
  g_assert_true (cosmic_id_same (dpop_channel_get_party (bobs (self)), &alice->party));
  g_assert_false (dpop_channel_was_dialled (bobs (self)));
  g_assert_cmpuint (dpop_transport_listener_count_known (self->bob->listener), ==, 1);
  g_assert_cmpuint (dpop_transport_listener_count_unknown (self->bob->listener), ==, 0);
}

static void
exchange (Pair *self, gsize size, guint count)
{
  g_autoptr (DpopChannel) channel = pair_connect (self);
  g_autoptr (GPtrArray) back = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GPtrArray) there = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  g_signal_connect (channel, "message", G_CALLBACK (keep), back);
  g_signal_connect (bobs (self), "message", G_CALLBACK (keep), there);
  dpop_channel_set_paused (channel, FALSE);
  dpop_channel_set_paused (bobs (self), FALSE);
  for (guint i = 0; i < count; i++)
    {
      g_autoptr (GBytes) message = message_of (size, (guint8) i);

      transport_wait_until (dpop_channel_send (channel, message));
      transport_wait_until (dpop_channel_send (bobs (self), message));
    }
  transport_wait_until (there->len == count && back->len == count);
  for (guint i = 0; i < count; i++)
    {
      g_autoptr (GBytes) message = message_of (size, (guint8) i);

      g_assert_true (g_bytes_equal (message, there->pdata[i]));
      g_assert_true (g_bytes_equal (message, back->pdata[i]));
    }
  g_assert_cmpuint (dpop_channel_get_queued (channel), ==, 0);
  g_assert_cmpuint (dpop_channel_get_queued (bobs (self)), ==, 0);
}

static void
test_sizes (Pair *self, gconstpointer data)
{
  exchange (self, 1, 300);
  exchange (self, 125, 3);
  exchange (self, 126, 3);
  exchange (self, 65535, 3);
  exchange (self, 65536, 200);
  exchange (self, DPOP_CHANNEL_MESSAGE_MAX, 10);
}

static void
test_slow_answer (Pair *self, gconstpointer data)
{
  g_autoptr (DpopChannel) channel = NULL;

  self->alice->is_slow = self->bob->is_slow = TRUE;
  channel = pair_connect (self);
  g_assert_cmpuint (self->alice->asked, ==, 1);
  g_assert_cmpuint (self->bob->asked, ==, 1);
}

static void
note_drained (DpopChannel *channel, gpointer count)
{
  g_assert_cmpuint (dpop_channel_get_queued (channel), <=, DPOP_CHANNEL_QUEUE_LOW);
  ++*(guint *) count;
}

static void
test_back_pressure (Pair *self, gconstpointer data)
{
  g_autoptr (DpopChannel) channel = pair_connect (self);
  g_autoptr (GPtrArray) there = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GBytes) message = message_of (65536, 0);
  guint taken = 0, drained = 0;

  g_signal_connect (bobs (self), "message", G_CALLBACK (keep), there);
  g_signal_connect (channel, "drained", G_CALLBACK (note_drained), &drained);
  /* Bob does not read: what is on its way fills up, and then what waits here. */
  for (guint quiet = 0; quiet < 20;)
    if (dpop_channel_send (channel, message))
      {
        taken++;
        quiet = 0;
        g_assert_cmpuint (dpop_channel_get_queued (channel), <=, DPOP_CHANNEL_QUEUE_MAX);
      }
    else
      {
        transport_turn ();
        quiet++;
      }
  g_assert_cmpuint (taken * 65536, <, 32u << 20);
  g_assert_cmpuint (there->len, ==, 0);
  g_assert_cmpuint (drained, ==, 0);
  g_assert_cmpuint (dpop_channel_get_queued (channel), >, DPOP_CHANNEL_QUEUE_LOW);
  dpop_channel_set_paused (bobs (self), FALSE);
  transport_wait_until (there->len == taken);
  transport_wait_until (drained == 1);
  transport_pause (50);
  g_assert_cmpuint (there->len, ==, taken);
  g_assert_cmpuint (drained, ==, 1);
}

static void
pause_and_keep (DpopChannel *channel, GBytes *message, gpointer messages)
{
  keep (channel, message, messages);
  dpop_channel_set_paused (channel, TRUE);
}

static void
test_pause_is_exact (Pair *self, gconstpointer data)
{
  g_autoptr (DpopChannel) channel = pair_connect (self);
  g_autoptr (GPtrArray) there = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  g_signal_connect (bobs (self), "message", G_CALLBACK (pause_and_keep), there);
  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (GBytes) message = message_of (10, (guint8) i);

      g_assert_true (dpop_channel_send (channel, message));
    }
  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (GBytes) message = message_of (10, (guint8) i);

      transport_turn ();
      g_assert_cmpuint (there->len, ==, i);
      dpop_channel_set_paused (bobs (self), FALSE);
      transport_wait_until (there->len > i);
      g_assert_true (g_bytes_equal (there->pdata[i], message));
    }
  transport_pause (20);
  g_assert_cmpuint (there->len, ==, 50);
}

static void
test_close (Pair *self, gconstpointer data)
{
  g_autoptr (DpopChannel) channel = pair_connect (self);
  g_autoptr (GPtrArray) there = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GBytes) message = message_of (100000, 7);
  DpopChannelEnd here = DPOP_CHANNEL_END_NONE, yonder = DPOP_CHANNEL_END_NONE;

  g_signal_connect (channel, "closed", G_CALLBACK (note_end), &here);
  g_signal_connect (bobs (self), "closed", G_CALLBACK (note_end), &yonder);
  g_signal_connect (bobs (self), "message", G_CALLBACK (keep), there);
  dpop_channel_set_paused (bobs (self), FALSE);
  for (guint i = 0; i < 20; i++)
    g_assert_true (dpop_channel_send (channel, message));
  dpop_channel_close (channel);
  g_assert_false (dpop_channel_send (channel, message));
  transport_wait_until (here != DPOP_CHANNEL_END_NONE && yonder != DPOP_CHANNEL_END_NONE);
  g_assert_cmpint (here, ==, DPOP_CHANNEL_END_CLOSED_HERE);
  g_assert_cmpint (yonder, ==, DPOP_CHANNEL_END_CLOSED_THERE);
  g_assert_cmpuint (there->len, ==, 20);
  transport_wait_until (dpop_transport_listener_count_known (self->bob->listener) == 0);
}

static void
test_lost (Pair *self, gconstpointer data)
{
  DpopChannel *channel = pair_connect (self);
  DpopChannelEnd yonder = DPOP_CHANNEL_END_NONE;

  g_signal_connect (bobs (self), "closed", G_CALLBACK (note_end), &yonder);
  dpop_channel_set_paused (bobs (self), FALSE);
  g_object_unref (channel);
  transport_wait_until (yonder != DPOP_CHANNEL_END_NONE);
  g_assert_cmpint (yonder, ==, DPOP_CHANNEL_END_LOST);
}

static void
let_go (DpopChannel *channel, GBytes *message, gpointer data)
{
  /* From within: the last reference. */
  g_ptr_array_set_size (data, 0);
}

static void
test_let_go_within (Pair *self, gconstpointer data)
{
  g_autoptr (DpopChannel) channel = pair_connect (self);
  g_autoptr (GBytes) message = message_of (10, 0);
  DpopChannelEnd here = DPOP_CHANNEL_END_NONE;

  g_signal_connect (channel, "closed", G_CALLBACK (note_end), &here);
  dpop_channel_set_paused (channel, FALSE);
  g_signal_connect (bobs (self), "message", G_CALLBACK (let_go), self->bob->channels);
  dpop_channel_set_paused (bobs (self), FALSE);
  for (guint i = 0; i < 100; i++)
    dpop_channel_send (channel, message);
  transport_wait_until (here != DPOP_CHANNEL_END_NONE);
  g_assert_cmpint (here, ==, DPOP_CHANNEL_END_LOST);
}

/* --- Whom it does not let in. ----------------------------------------------------------------- */

static void
assert_no_channel (Pair *self, DpopTransportError code)
{
  g_autoptr (GError) error = NULL;
  DpopChannel *channel = transport_node_dial (self->alice, self->address, &error);

  g_assert_null (channel);
  g_assert_error (error, DPOP_TRANSPORT_ERROR, (gint) code);
  g_assert_cmpuint (self->bob->channels->len, ==, 0);
}

static void
test_stranger (Pair *self, gconstpointer data)
{
  g_array_index (self->alice->keys, DpopHelloKey, 0).discovery[5] ^= 1;
  assert_no_channel (self, DPOP_TRANSPORT_ERROR_STRANGER);
  g_assert_cmpuint (self->bob->asked + self->alice->asked, ==, 0);
}

static void
test_unknown_device (Pair *self, gconstpointer data)
{
  g_array_set_size (self->bob->admitted, 0);
  assert_no_channel (self, DPOP_TRANSPORT_ERROR_REFUSED);
  g_assert_cmpuint (self->bob->asked, ==, 1);
  g_assert_cmpuint (self->alice->asked, ==, 0);
}

static void
test_unknown_listener (Pair *self, gconstpointer data)
{
  g_array_set_size (self->alice->admitted, 0);
  assert_no_channel (self, DPOP_TRANSPORT_ERROR_REFUSED);
  g_assert_cmpuint (self->alice->asked, ==, 1);
}

static void
test_wrong_party (Pair *self, gconstpointer data)
{
  g_array_index (self->alice->keys, DpopHelloKey, 0).party.bytes[0] ^= 1;
  assert_no_channel (self, DPOP_TRANSPORT_ERROR_REFUSED);
  g_assert_cmpuint (self->bob->asked, ==, 0);
}

static void
test_self (Pair *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  DpopChannel *channel = transport_node_dial (self->bob, self->address, &error);

  g_assert_null (channel);
  g_assert_nonnull (error);
  g_assert_cmpuint (self->bob->channels->len, ==, 0);
  g_assert_cmpuint (self->bob->asked, ==, 0);
}

static void
test_nobody (Pair *self, gconstpointer data)
{
  dpop_transport_listener_stop (self->bob->listener);
  assert_no_channel (self, DPOP_TRANSPORT_ERROR_UNREACHABLE);
}

static void
test_slept (Pair *self, gconstpointer data)
{
  g_autoptr (DpopChannel) channel = NULL;

  /* Bob's organisation has changed its key; Alice slept through that. */
  g_array_index (self->bob->keys, DpopHelloKey, 0).is_former = TRUE;
  transport_node_open (self->bob, 1, 2, FALSE);
  channel = pair_connect (self);
  g_assert_nonnull (channel);
}

static void
test_listener_slept (Pair *self, gconstpointer data)
{
  g_autoptr (DpopChannel) channel = NULL;

  g_array_index (self->alice->keys, DpopHelloKey, 0).is_former = TRUE;
  transport_node_open (self->alice, 1, 2, FALSE);
  channel = pair_connect (self);
  g_assert_nonnull (channel);
}

/* --- The listener and the dialer themselves. -------------------------------------------------- */

typedef struct
{
  GError *error;
  gboolean is_over;
} Outcome;

static void
note_outcome (GObject *source, GAsyncResult *result, gpointer data)
{
  Outcome *self = data;

  g_assert_null (dpop_transport_dialer_dial_finish (result, &self->error));
  self->is_over = TRUE;
}

static void
test_cancelled (Pair *self, gconstpointer data)
{
  g_autoptr (GSocketListener) silent = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (silent, NULL, NULL);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", port);

  /* At once, while it connects, and while it waits for the other's handshake; of more than the gate
   * lets through, so that some wait there. */
  for (guint wait = 0; wait < 60; wait += 20)
    {
      Outcome outcomes[12] = { 0 };
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      gint64 begun;

      for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
        dpop_transport_dialer_dial_async (self->alice->identity, transport_node_host (self->alice),
                                          address, NULL, NULL, cancellable, note_outcome,
                                          &outcomes[i]);
      if (wait > 0)
        transport_pause (wait);
      begun = g_get_monotonic_time ();
      g_cancellable_cancel (cancellable);
      for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
        {
          transport_wait_until (outcomes[i].is_over);
          g_assert_error (outcomes[i].error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
          g_clear_error (&outcomes[i].error);
        }
      g_assert_cmpint (g_get_monotonic_time () - begun, <, 2 * G_USEC_PER_SEC);
    }
}

static void
test_silent_listener (Pair *self, gconstpointer data)
{
  g_autoptr (GSocketListener) silent = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (silent, NULL, NULL);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", port);
  DpopTransportLimits limits = dpop_transport_limits_default;
  Outcome outcome = { 0 };

  limits.opening_ms = 200;
  dpop_transport_dialer_dial_async (self->alice->identity, transport_node_host (self->alice),
                                    address, NULL, &limits, NULL, note_outcome, &outcome);
  transport_wait_until (outcome.is_over);
  g_assert_error (outcome.error, DPOP_TRANSPORT_ERROR, DPOP_TRANSPORT_ERROR_UNREACHABLE);
  g_clear_error (&outcome.error);
}

static void
test_every_address (Pair *self, gconstpointer data)
{
  static const char *const addresses[] = { "127.0.0.1", "127.1.2.3", "::1" };
  g_autoptr (DpopTransportListener) listener = dpop_transport_listener_new (
    self->bob->identity, transport_node_host (self->bob), NULL);
  g_autoptr (GPtrArray) channels = g_ptr_array_new_with_free_func (g_object_unref);
  GError *error = NULL;

  dpop_transport_listener_start (listener, NULL, 0, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string (
        addresses[i], dpop_transport_listener_get_port (listener));
      g_autoptr (GSocket) probe = g_socket_new (g_socket_address_get_family (address),
                                                G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);

      if (probe == NULL || !g_socket_connect (probe, address, NULL, NULL))
        {
          /* A machine without IPv6. */
          g_assert_cmpstr (addresses[i], ==, "::1");
          continue;
        }
      g_ptr_array_add (channels, transport_node_dial (self->alice, address, &error));
      /* Nobody took it up at the other end, so it is gone again; but it was known. */
      g_assert_no_error (error);
    }
}

static void
test_limits_of_an_address (Pair *self, gconstpointer data)
{
  DpopTransportLimits limits = dpop_transport_limits_default;
  g_autoptr (GPtrArray) channels = g_ptr_array_new_with_free_func (g_object_unref);
  guint lost = 0;

  g_clear_object (&self->bob->listener);
  limits.known_per_address = 3;
  transport_node_listen (self->bob, &limits);
  g_clear_object (&self->address);
  self->address = transport_node_address (self->bob);
  for (guint i = 0; i < 5; i++)
    {
      DpopChannel *channel = transport_node_dial (self->alice, self->address, NULL);

      if (channel != NULL)
        {
          dpop_channel_set_paused (channel, FALSE);
          g_ptr_array_add (channels, channel);
        }
      transport_pause (30);
    }
  for (guint i = 0; i < channels->len; i++)
    lost += dpop_channel_get_end (channels->pdata[i]) != DPOP_CHANNEL_END_NONE;
  g_assert_cmpuint (self->bob->channels->len, ==, 3);
  g_assert_cmpuint (channels->len - lost, ==, 3);
  g_assert_cmpuint (dpop_transport_listener_count_known (self->bob->listener), ==, 3);
}

static void
test_stop (Pair *self, gconstpointer data)
{
  g_autoptr (DpopChannel) channel = pair_connect (self);
  g_autoptr (GPtrArray) there = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GBytes) message = message_of (10, 0);

  dpop_transport_listener_stop (self->bob->listener);
  g_signal_connect (bobs (self), "message", G_CALLBACK (keep), there);
  dpop_channel_set_paused (bobs (self), FALSE);
  g_assert_true (dpop_channel_send (channel, message));
  transport_wait_until (there->len == 1);
}

static void
test_identity (Pair *self, gconstpointer data)
{
  g_autofree char *other = NULL;

  for (guint i = 0; i < 2; i++)
    {
      GTlsCertificate *certificate = dpop_transport_identity_certificate (
        i == 0 ? self->alice->identity : self->bob->identity);
      g_autofree char *subject = NULL, *issuer = NULL, *pem = NULL;
      g_autoptr (GDateTime) from = NULL;

      g_object_get (certificate, "certificate-pem", &pem, "subject-name", &subject,
                    "issuer-name", &issuer, "not-valid-before", &from, NULL);
      g_assert_cmpstr (subject, ==, issuer);
      g_assert_cmpuint (strlen (subject), ==, strlen ("CN=") + 32);
      g_assert_cmpint (g_date_time_get_year (from), ==, 2000);
      g_assert_cmpstr (pem, !=, other);
      g_free (other);
      other = g_steal_pointer (&pem);
    }
}

/* A context of its own, as the network thread has one: whatever waited for the default one would
 * wait for ever. */
int
main (int argc, char *argv[])
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  static const struct
  {
    const char *claim;
    void (*test) (Pair *self, gconstpointer data);
  } tests[] = {
    { "both sides know whom they have, and in which organisation", test_known },
    { "messages of every size arrive whole, in order, both ways", test_sizes },
    { "whom it admits may be looked up for a while", test_slow_answer },
    { "who does not read makes the other wait, not grow", test_back_pressure },
    { "while it is paused, not one message more is delivered", test_pause_is_exact },
    { "closing sends what waits, and both sides hear why", test_close },
    { "a peer that is gone is noticed", test_lost },
    { "a channel may be let go from within its own signal", test_let_go_within },
    { "a stranger learns nothing, and nobody is asked", test_stranger },
    { "a device that is not admitted gets no channel", test_unknown_device },
    { "a listener that is not admitted gets no channel", test_unknown_listener },
    { "a proof for another party is none", test_wrong_party },
    { "it does not connect to itself", test_self },
    { "where nobody listens, it says so", test_nobody },
    { "a computer that slept through a change of key is known again", test_slept },
    { "and so is a listener that slept", test_listener_slept },
    { "dialling can be called off at any time", test_cancelled },
    { "who connects and then says nothing is given up", test_silent_listener },
    { "it listens on IPv4 and IPv6", test_every_address },
    { "one address has so many channels, and no more", test_limits_of_an_address },
    { "channels outlive a listener that stops", test_stop },
    { "two identities have nothing in common, and no date", test_identity },
  };
  int result;

  g_test_init (&argc, &argv, NULL);
  g_assert_true (cosmic_crypto_init ());
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/channel/", tests[i].claim, NULL);

      g_test_add (path, Pair, NULL, pair_set_up, tests[i].test, pair_tear_down);
    }
  g_main_context_push_thread_default (context);
  result = g_test_run ();
  g_main_context_pop_thread_default (context);
  return result;
}
