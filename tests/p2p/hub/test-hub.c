/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-hub-store.h"
#include "dpop-hub-token.h"
#include "dpop-hub.h"
#include "dpop-transport-dialer.h"
#include "fixture-hub-node.h"
#include "fixture-random.h"

#include <glib/gstdio.h>

/* A hub with its file, and members that come to it over loopback. */
typedef struct
{
  char *folder, *path;
  CosmicSecret *key;
  CosmicId id;
  DpopHubStore *store;
  DpopHub *hub;
  FixtureRandom random;
} House;

typedef struct
{
  House *house;
  DpopHubToken token;
  DpopTransportIdentity *identity;
  FixtureHubNode *node;
  DpopChannel *channel;
  CosmicHubSession *session;
  GError *error;
  gboolean dialled;
  DpopChannelEnd end;
  CosmicHubRoom room;
  CosmicHubEnd ended;
} Member;

static void
house_open (House *self)
{
  const DpopHubSetting setting = { 0 };
  GError *error = NULL;

  self->store = dpop_hub_store_open (self->path, &error);
  g_assert_no_error (error);
  self->hub = dpop_hub_new (dpop_hub_store_table (self->store), self->key, &setting);
  g_assert_true (dpop_hub_start (self->hub, &error));
  g_assert_no_error (error);
}

static void
house_close (House *self)
{
  g_clear_pointer (&self->hub, dpop_hub_free);
  g_clear_pointer (&self->store, dpop_hub_store_close);
}

static void
house_init (House *self)
{
  g_assert_true (cosmic_crypto_init ());
  *self = (House){ .folder = g_dir_make_tmp ("hub-XXXXXX", NULL) };
  self->path = g_build_filename (self->folder, "hub.sqlite", NULL);
  self->key = cosmic_sign_key_new (dpop_random_system (), self->id.bytes);
  fixture_random_init (&self->random, 5);
  house_open (self);
}

static void
house_clear (House *self)
{
  house_close (self);
  g_unlink (self->path);
  g_autofree char *journal = g_strconcat (self->path, "-journal", NULL);
  g_unlink (journal);
  g_rmdir (self->folder);
  cosmic_secret_free (self->key);
  g_free (self->path);
  g_free (self->folder);
}

/* As another program does it, beside the hub. */
static void
grant (House *self, const guint8 token[DPOP_HUB_TOKEN_SIZE], guint64 account, guint64 envelopes)
{
  g_autoptr (DpopHubStore) beside = dpop_hub_store_open (self->path, NULL);
  CosmicHubStore store = dpop_hub_store_table (beside);
  g_auto (DpopHubToken) opened = { 0 };
  CosmicHubGrant grant = { .account = account };

  dpop_hub_token_open (&opened, token);
  grant.key = opened.key;
  memcpy (grant.find, opened.find, sizeof grant.find);
  g_assert_true (store.table->limit (store.self, account, envelopes, 1 << 30, NULL));
  g_assert_true (store.table->grant (store.self, &grant, NULL));
  g_assert_true (store.table->commit (store.self, NULL));
}

/* --- A member. -------------------------------------------------------------------------------- */

static void
pump (Member *self)
{
  GBytes *message;

  while (self->channel != NULL && dpop_channel_get_end (self->channel) == DPOP_CHANNEL_END_NONE
         && dpop_channel_get_queued (self->channel) < 1 << 20
         && (message = cosmic_hub_session_next (self->session)) != NULL)
    {
      dpop_channel_send (self->channel, message);
      g_bytes_unref (message);
    }
}

static void
on_message (DpopChannel *channel, GBytes *message, Member *self)
{
  cosmic_hub_session_receive (self->session, message);
  cosmic_hub_session_idle (self->session);
  pump (self);
}

static void
on_closed (DpopChannel *channel, DpopChannelEnd end, Member *self)
{
  self->end = end;
}

static void
on_room (gpointer data, const CosmicHubRoom *room)
{
  ((Member *) data)->room = *room;
}

static void
on_ended (gpointer data, CosmicHubEnd reason, gboolean by_peer)
{
  ((Member *) data)->ended = reason;
}

static const CosmicHubEvents events = { .room = on_room, .ended = on_ended };

static void
keys (GArray *array, gpointer data)
{
  const Member *self = data;
  DpopHelloKey key = { .party = self->token.party, .device = self->token.key };

  memcpy (key.discovery, self->token.find, sizeof key.discovery);
  g_array_append_val (array, key);
}

static gboolean
sign (const CosmicId *party, gconstpointer message, gsize size,
      guint8 signature[COSMIC_SIGN_SIZE], gpointer data)
{
  cosmic_sign (((Member *) data)->token.sign, message, size, signature);
  return TRUE;
}

static void
admit (const CosmicId *party, const CosmicId *device, DpopTransportQuestion *question,
       gpointer data)
{
  dpop_transport_question_answer (question,
                                  cosmic_id_same (device, &((Member *) data)->house->id));
}

static const DpopTransportHostTable host = { keys, sign, admit };

static void
on_dialled (GObject *source, GAsyncResult *result, gpointer data)
{
  Member *self = data;

  self->channel = dpop_transport_dialer_dial_finish (result, &self->error);
  self->dialled = TRUE;
}

static void
member_init (Member *self, House *house, const guint8 token[DPOP_HUB_TOKEN_SIZE])
{
  *self = (Member){ .house = house };
  dpop_hub_token_open (&self->token, token);
  self->identity = dpop_transport_identity_new (NULL);
  self->node = fixture_hub_node_new ();
}

static void
member_leave (Member *self)
{
  if (self->channel != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->channel, self);
      dpop_channel_cut (self->channel);
    }
  g_clear_object (&self->channel);
  g_clear_pointer (&self->session, cosmic_hub_session_free);
  g_clear_error (&self->error);
  g_array_set_size (self->node->heard, 0);
}

static void
member_come (Member *self)
{
  g_autoptr (GInetAddress) here = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address
      = g_inet_socket_address_new (here, dpop_hub_get_port (self->house->hub));

  member_leave (self);
  self->dialled = FALSE;
  self->end = DPOP_CHANNEL_END_NONE;
  dpop_transport_dialer_dial_async (self->identity, (DpopTransportHost){ &host, self }, address,
                                    NULL, NULL, NULL, on_dialled, self);
  while (!self->dialled)
    g_main_context_iteration (NULL, TRUE);
  if (self->channel == NULL)
    return;
  self->session = cosmic_hub_session_new (fixture_hub_node_table (self->node), FALSE,
                                          fixture_random_table (&self->house->random), &events,
                                          self);
  g_signal_connect (self->channel, "message", G_CALLBACK (on_message), self);
  g_signal_connect_swapped (self->channel, "drained", G_CALLBACK (pump), self);
  g_signal_connect (self->channel, "closed", G_CALLBACK (on_closed), self);
  dpop_channel_set_paused (self->channel, FALSE);
  pump (self);
}

static void
member_clear (Member *self)
{
  member_leave (self);
  dpop_hub_token_clear (&self->token);
  dpop_transport_identity_unref (self->identity);
  fixture_hub_node_free (self->node);
}

static CosmicItem
put (Member *self)
{
  g_autoptr (GBytes) envelope = fixture_hub_envelope (
      fixture_random_table (&self->house->random), COSMIC_ITEM_HEADER, 3, 300);

  return fixture_hub_node_put (self->node, envelope);
}

static void
until_count (Member *self, guint count)
{
  while (fixture_hub_node_count (self->node) < count
         || !cosmic_hub_session_is_level (self->session))
    {
      g_assert_cmpint (self->end, ==, DPOP_CHANNEL_END_NONE);
      g_main_context_iteration (NULL, TRUE);
    }
}

static const guint8 token_a[DPOP_HUB_TOKEN_SIZE] = "a token of one organisation....";
static const guint8 token_b[DPOP_HUB_TOKEN_SIZE] = "another one's...................";

/* --- Claims. ---------------------------------------------------------------------------------- */

static void
test_carry (void)
{
  House house;
  Member first, second, other;
  CosmicItem item;

  house_init (&house);
  grant (&house, token_a, 17, 10000);
  grant (&house, token_b, 18, 10000);
  member_init (&first, &house, token_a);
  member_init (&second, &house, token_a);
  member_init (&other, &house, token_b);
  for (guint i = 0; i < 2000; i++)
    put (&first);
  member_come (&first);
  g_assert_no_error (first.error);
  until_count (&first, 2000);
  member_come (&second);
  member_come (&other);
  until_count (&second, 2000);
  until_count (&other, 0);
  /* What one brings, the other hears of at once; another organisation nothing. */
  item = put (&second);
  cosmic_hub_session_offer (second.session, &item);
  pump (&second);
  until_count (&first, 2001);
  g_assert_cmpuint (fixture_hub_node_count (other.node), ==, 0);
  /* It is still there after the hub was ended and begun anew. */
  member_leave (&first);
  member_leave (&second);
  member_leave (&other);
  house_close (&house);
  house_open (&house);
  fixture_hub_node_free (second.node);
  second.node = fixture_hub_node_new ();
  member_come (&second);
  until_count (&second, 2001);
  member_clear (&first);
  member_clear (&second);
  member_clear (&other);
  house_clear (&house);
}

static void
test_token (void)
{
  House house;
  Member member, stranger;
  CosmicHubStore store;
  gboolean found;

  house_init (&house);
  grant (&house, token_a, 17, 100);
  member_init (&member, &house, token_a);
  member_init (&stranger, &house, token_b);
  member_come (&stranger);
  g_assert_null (stranger.channel);
  g_assert_nonnull (stranger.error);
  member_come (&member);
  until_count (&member, 0);
  {
    g_autoptr (DpopHubStore) beside = dpop_hub_store_open (house.path, NULL);

    store = dpop_hub_store_table (beside);
    g_assert_true (store.table->withdraw (store.self, &member.token.key, &found, NULL));
    g_assert_true (found);
    g_assert_true (store.table->commit (store.self, NULL));
  }
  while (member.end == DPOP_CHANNEL_END_NONE)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (member.ended, ==, COSMIC_HUB_OUT);
  member_come (&member);
  g_assert_null (member.channel);
  member_clear (&member);
  member_clear (&stranger);
  house_clear (&house);
}

static void
test_quota (void)
{
  House house;
  Member member;

  house_init (&house);
  grant (&house, token_a, 17, 50);
  member_init (&member, &house, token_a);
  for (guint i = 0; i < 80; i++)
    put (&member);
  member_come (&member);
  until_count (&member, 80);
  g_assert_true (member.room.full);
  member_leave (&member);
  fixture_hub_node_free (member.node);
  member.node = fixture_hub_node_new ();
  member_come (&member);
  until_count (&member, 50);
  g_assert_cmpuint (fixture_hub_node_count (member.node), ==, 50);
  member_clear (&member);
  house_clear (&house);
}

/* A ticket of the token's own key deletes for good, also what is brought again. */
static void
test_ticket (void)
{
  House house;
  Member member;
  guint8 signature[COSMIC_SIGN_SIZE];
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  g_autofree char *file = NULL;
  g_autoptr (GBytes) envelope = NULL;
  CosmicItem item;
  gsize size;

  house_init (&house);
  grant (&house, token_a, 17, 50);
  member_init (&member, &house, token_a);
  item = put (&member);
  put (&member);
  g_array_append_val (ids, item.id);
  envelope = g_bytes_ref (g_hash_table_lookup (member.node->envelopes, &item.id));
  member_come (&member);
  until_count (&member, 2);
  dpop_hub_ticket_sign (&member.token, &house.id, ids, signature);
  g_assert_true (cosmic_hub_session_erase (member.session, ids, signature));
  cosmic_hub_session_again (member.session);
  pump (&member);
  until_count (&member, 2);
  member_leave (&member);
  house_close (&house);
  g_assert_true (g_file_get_contents (house.path, &file, &size, NULL));
  g_assert_null (memmem (file, size, g_bytes_get_data (envelope, NULL), 200));
  house_open (&house);
  member_clear (&member);
  house_clear (&house);
}

/* Nothing in the hub's file lets anybody in, and an access code reads back as it was. */
static void
test_secrets (void)
{
  House house;
  g_autofree char *file = NULL;
  g_autofree char *code = NULL;
  g_auto (DpopHubAccess) access = { .host = g_strdup ("hub.example.org"), .port = 4790 };
  g_auto (DpopHubAccess) read = { 0 };
  gsize size;

  house_init (&house);
  grant (&house, token_a, 17, 50);
  house_close (&house);
  g_assert_true (g_file_get_contents (house.path, &file, &size, NULL));
  g_assert_null (memmem (file, size, token_a, sizeof token_a));
  house_open (&house);
  access.hub = house.id;
  access.token = cosmic_secret_copy (token_a, sizeof token_a);
  code = dpop_hub_access_write (&access);
  g_assert_true (dpop_hub_access_read (&read, code));
  g_assert_cmpstr (read.host, ==, "hub.example.org");
  g_assert_cmpuint (read.port, ==, 4790);
  g_assert_true (cosmic_id_same (&read.hub, &house.id));
  g_assert_cmpmem (cosmic_secret_bytes (read.token), 32, token_a, 32);
  house_clear (&house);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hub/Carries between computers of one organisation", test_carry);
  g_test_add_func ("/hub/Lets in by a token, until it is withdrawn", test_token);
  g_test_add_func ("/hub/Stores no more than the account allows", test_quota);
  g_test_add_func ("/hub/Deletes on a ticket, down to the file", test_ticket);
  g_test_add_func ("/hub/Keeps nothing that lets anybody in", test_secrets);
  return g_test_run ();
}
