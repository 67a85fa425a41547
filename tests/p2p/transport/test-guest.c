/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-admission.h"
#include "cosmic-guest.h"
#include "transport-node.h"

#include <string.h>

/* Over real connections: a newcomer who has nothing but an invitation, and a member who expects
 * guests. */

typedef struct
{
  CosmicAdmission *admission;
  DpopChannel *channel;
  GByteArray *arrived;
} End;

typedef struct
{
  TransportNode *newcomer; /* dials */
  TransportNode *member;   /* listens */
  GSocketAddress *address;
  DpopChannel *channel;    /* the newcomer's */
  End ends[2];             /* the newcomer's, the member's */
} Pair;

/* Opens at NODE the guest of an invitation with SEED, as the newcomer or the party sees it. */
static void
open_guest (TransportNode *node, guint8 seed, gboolean is_former)
{
  CosmicId party = { { 1 } }, public_half;
  DpopHelloKey *key;
  CosmicGuest guest;

  memset (public_half.bytes, seed, sizeof public_half.bytes);
  cosmic_guest_init (&guest, &party, &public_half);
  transport_node_open (node, 0, 0, is_former);
  key = &g_array_index (node->keys, DpopHelloKey, node->keys->len - 1);
  key->party = guest.place;
  memcpy (key->discovery, guest.key, sizeof guest.key);
}

static void
set_up (Pair *self, gconstpointer invited)
{
  self->newcomer = transport_node_new ();
  self->member = transport_node_new ();
  open_guest (self->newcomer, 9, FALSE);
  transport_node_open (self->member, 1, 1, FALSE);
  open_guest (self->member, 8, TRUE);
  open_guest (self->member, GPOINTER_TO_INT (invited) ? 9 : 7, TRUE);
  transport_node_admit (self->newcomer, self->member);
  transport_node_listen (self->member, NULL);
  self->address = transport_node_address (self->member);
}

static void
tear_down (Pair *self, gconstpointer invited)
{
  for (guint i = 0; i < 2; i++)
    {
      g_clear_pointer (&self->ends[i].admission, cosmic_admission_free);
      g_clear_pointer (&self->ends[i].arrived, g_byte_array_unref);
    }
  g_clear_object (&self->channel);
  g_clear_object (&self->address);
  transport_node_free (self->newcomer);
  transport_node_free (self->member);
}

/* Sends what is due, as far as the channel takes it. */
static void
send_next (End *end)
{
  GBytes *message;

  while (dpop_channel_get_queued (end->channel) < DPOP_CHANNEL_QUEUE_LOW
         && (message = cosmic_admission_next (end->admission)) != NULL)
    {
      g_assert_true (dpop_channel_send (end->channel, message));
      g_bytes_unref (message);
    }
}

static void
on_message (DpopChannel *channel, GBytes *message, gpointer data)
{
  End *end = data;
  g_autoptr (GBytes) piece = NULL;

  cosmic_admission_take (end->admission, g_bytes_get_data (message, NULL),
                         g_bytes_get_size (message), &piece);
  if (piece != NULL)
    g_byte_array_append (end->arrived, g_bytes_get_data (piece, NULL), g_bytes_get_size (piece));
  send_next (end);
}

static void
begin (End *end, CosmicAdmissionSide side, DpopChannel *channel, const CosmicId *own)
{
  const gboolean is_newcomer = side == COSMIC_ADMISSION_NEWCOMER;
  g_autoptr (GBytes) request = is_newcomer ? g_bytes_new_static ("let me in", 9) : NULL;
  const CosmicId *other = dpop_channel_get_device (channel);
  CosmicAdmissionBond bond = { .newcomer = is_newcomer ? *own : *other,
                               .inviter = is_newcomer ? *other : *own };

  memcpy (bond.exporter, dpop_channel_get_exporter (channel), sizeof bond.exporter);
  end->channel = channel;
  end->arrived = g_byte_array_new ();
  end->admission = cosmic_admission_new (side, &bond, request, dpop_random_system ());
  g_signal_connect (channel, "message", G_CALLBACK (on_message), end);
  dpop_channel_set_paused (channel, FALSE);
  send_next (end);
}

/* Connects them, until both have a code. */
static void
ask (Pair *self)
{
  GError *error = NULL;

  self->channel = transport_node_dial (self->newcomer, self->address, &error);
  g_assert_no_error (error);
  transport_wait_until (self->member->channels->len == 1);
  begin (&self->ends[1], COSMIC_ADMISSION_INVITER, self->member->channels->pdata[0],
         &g_array_index (self->member->keys, DpopHelloKey, 2).device);
  begin (&self->ends[0], COSMIC_ADMISSION_NEWCOMER, self->channel,
         &g_array_index (self->newcomer->keys, DpopHelloKey, 0).device);
  transport_wait_until (cosmic_admission_code (self->ends[0].admission) != NULL
                        && cosmic_admission_code (self->ends[1].admission) != NULL);
}

static gboolean
have_ended (const Pair *self, CosmicAdmissionState newcomer, CosmicAdmissionState member)
{
  return cosmic_admission_state (self->ends[0].admission) == newcomer
         && cosmic_admission_state (self->ends[1].admission) == member;
}

static void
test_let_in (Pair *self, gconstpointer invited)
{
  const gsize size = 3 * DPOP_CHANNEL_QUEUE_MAX + 5;
  guint8 *bytes = g_malloc (size);
  g_autoptr (GBytes) file = g_bytes_new_take (bytes, size);

  dpop_random_fill (dpop_random_system (), bytes, size);
  ask (self);
  g_assert_cmpstr (cosmic_admission_code (self->ends[0].admission), ==,
                   cosmic_admission_code (self->ends[1].admission));
  g_assert_true (cosmic_admission_welcome (self->ends[1].admission, file));
  while (!have_ended (self, COSMIC_ADMISSION_DONE, COSMIC_ADMISSION_DONE))
    {
      send_next (&self->ends[1]);
      g_assert_cmpuint (dpop_channel_get_queued (self->ends[1].channel), <, DPOP_CHANNEL_QUEUE_MAX);
      g_assert_cmpint (dpop_channel_get_end (self->channel), ==, DPOP_CHANNEL_END_NONE);
      transport_turn ();
    }
  g_assert_cmpmem (self->ends[0].arrived->data, self->ends[0].arrived->len, bytes, size);
}

static void
test_refused (Pair *self, gconstpointer invited)
{
  ask (self);
  g_assert_true (cosmic_admission_refuse (self->ends[1].admission, COSMIC_ADMISSION_WHY_DECLINED));
  send_next (&self->ends[1]);
  transport_wait_until (have_ended (self, COSMIC_ADMISSION_REFUSED, COSMIC_ADMISSION_REFUSED));
  g_assert_cmpint (cosmic_admission_why (self->ends[0].admission), ==,
                   COSMIC_ADMISSION_WHY_DECLINED);
}

static void
test_no_exporter_twice (Pair *self, gconstpointer invited)
{
  g_autoptr (DpopChannel) other = NULL;
  GError *error = NULL;

  ask (self);
  g_assert_cmpmem (dpop_channel_get_exporter (self->channel), 32,
                   dpop_channel_get_exporter (self->ends[1].channel), 32);
  other = transport_node_dial (self->newcomer, self->address, &error);
  g_assert_no_error (error);
  g_assert_cmpint (memcmp (dpop_channel_get_exporter (other),
                           dpop_channel_get_exporter (self->channel), 32), !=, 0);
}

static void
test_stranger (Pair *self, gconstpointer invited)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (transport_node_dial (self->newcomer, self->address, &error));
  g_assert_error (error, DPOP_TRANSPORT_ERROR, DPOP_TRANSPORT_ERROR_STRANGER);
  g_assert_cmpuint (self->member->asked + self->newcomer->asked, ==, 0);
  g_assert_cmpuint (self->member->channels->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (cosmic_crypto_init ());
  g_test_add ("/guest/who has an invitation asks, and is let in", Pair, GINT_TO_POINTER (TRUE),
              set_up, test_let_in, tear_down);
  g_test_add ("/guest/or is refused, and told why", Pair, GINT_TO_POINTER (TRUE), set_up,
              test_refused, tear_down);
  g_test_add ("/guest/what binds the code is of one connection", Pair, GINT_TO_POINTER (TRUE),
              set_up, test_no_exporter_twice, tear_down);
  g_test_add ("/guest/who brings another invitation is a stranger", Pair, GINT_TO_POINTER (FALSE),
              set_up, test_stranger, tear_down);
  return g_test_run ();
}
