/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-command-bundle.h"
#include "dpop-command-device.h"
#include "dpop-command-witness.h"
#include "fixture-peer.h"

#include <glib/gstdio.h>
#include <time.h>

/* --- Three computers of one organisation, and what holds of them. ---------------------------- */

typedef struct
{
  FixturePeer *anna; /* the founder's: the only record keeper */
  FixturePeer *bert;
  FixturePeer *cleo; /* NULL where two are enough */
} Society;

static FixturePeer *
join (FixtureProfile *founder, const CosmicId *member, guint64 seed)
{
  return fixture_peer_new (fixture_profile_join (founder, member, seed));
}

static void
set_up (Society *self, gconstpointer n)
{
  FixtureProfile *founder = fixture_profile_new (1);
  CosmicId bert, cleo;

  fixture_profile_found (founder, "association", NULL);
  bert = fixture_profile_enrol (founder, "Bertrand Russell", NULL);
  cleo = fixture_profile_enrol (founder, "Cleopatra", NULL);
  fixture_profile_confirm (founder);
  self->bert = join (founder, &bert, 2);
  self->cleo = GPOINTER_TO_UINT (n) > 2 ? join (founder, &cleo, 3) : NULL;
  self->anna = fixture_peer_new (founder);
}

static void
tear_down (Society *self, gconstpointer n)
{
  g_clear_pointer (&self->anna, fixture_peer_free);
  g_clear_pointer (&self->bert, fixture_peer_free);
  g_clear_pointer (&self->cleo, fixture_peer_free);
}

static gboolean
are_linked (gpointer data)
{
  const Society *self = data;

  return fixture_peer_links (self->anna) == 1 && fixture_peer_links (self->bert) == 1;
}

static gboolean
are_apart (gpointer data)
{
  const Society *self = data;

  return fixture_peer_links (self->anna) == 0 && fixture_peer_links (self->bert) == 0;
}

static gboolean
are_same (gpointer data)
{
  const Society *self = data;

  return fixture_peer_same (self->anna, self->bert)
         && (self->cleo == NULL || fixture_peer_same (self->bert, self->cleo));
}

static gboolean
are_certified (gpointer data)
{
  const Society *self = data;

  return fixture_peer_open (self->anna) == 0 && are_same (data);
}

static gboolean
knows_equal (const FixturePeer *peer)
{
  return fixture_peer_links (peer) == 1
         && ((DpopNetworkPeer *) peer->report->peers->pdata[0])->equal;
}

static gboolean
know_equal (gpointer data)
{
  const Society *self = data;

  return knows_equal (self->anna) && knows_equal (self->bert);
}

typedef struct
{
  FixturePeer *peer;
  CosmicId decision;
} Awaited;

static gboolean
has_come (gpointer data)
{
  Awaited *awaited = data;

  return fixture_peer_has (awaited->peer, &awaited->decision);
}

/* What is said at FROM comes to TO. */
static void
pass (FixturePeer *from, FixturePeer *to, const char *title)
{
  Awaited awaited = { to, fixture_peer_propose (from, title) };

  fixture_peer_until (has_come, &awaited);
}

static void
link_up (Society *self)
{
  fixture_peer_start (self->anna, 0);
  fixture_peer_start (self->bert, 0);
  fixture_peer_dial (self->bert, self->anna);
  fixture_peer_until (are_linked, self);
}

/* --- What they have. ------------------------------------------------------------------------- */

static void
test_converge (Society *self, gconstpointer unused)
{
  CosmicId a = fixture_peer_propose (self->anna, "Anna's");
  CosmicId b = fixture_peer_propose (self->bert, "Bert's");
  guint64 height = fixture_peer_height (self->anna);

  g_assert_false (fixture_peer_has (self->bert, &a));
  g_assert_false (fixture_peer_has (self->anna, &b));
  link_up (self);
  fixture_peer_until (are_same, self);
  g_assert_true (fixture_peer_has (self->bert, &a));
  g_assert_true (fixture_peer_has (self->anna, &b));
  fixture_peer_until (know_equal, self);
  /* The only record keeper makes it final, and the other hears of it. */
  fixture_peer_until (are_certified, self);
  g_assert_cmpuint (fixture_peer_height (self->bert), >, height);
}

static void
test_names (Society *self, gconstpointer unused)
{
  const DpopNetworkPeer *at_anna, *at_bert;

  link_up (self);
  at_anna = self->anna->report->peers->pdata[0];
  at_bert = self->bert->report->peers->pdata[0];
  g_assert_cmpstr (at_anna->name, ==, "Bertrand Russell");
  g_assert_cmpstr (at_bert->name, ==, "Ada Lovelace");
  g_assert_cmpstr (at_bert->address, ==, "127.0.0.1");
  g_assert_true (at_bert->dialled);
  g_assert_false (at_anna->dialled);
}

static void
test_news (Society *self, gconstpointer unused)
{
  link_up (self);
  fixture_peer_until (know_equal, self);
  pass (self->anna, self->bert, "One");
  pass (self->bert, self->anna, "Two");
  pass (self->bert, self->anna, "Three");
  pass (self->anna, self->bert, "Four");
  fixture_peer_until (are_certified, self);
}

/* What the record keeper's own computer adds is made final too, when others are there. */
static void
test_own (Society *self, gconstpointer unused)
{
  guint64 height;

  link_up (self);
  fixture_peer_until (are_certified, self);
  height = fixture_peer_height (self->bert);
  fixture_peer_propose (self->anna, "Anna's own");
  fixture_peer_until (are_certified, self);
  while (fixture_peer_height (self->bert) == height)
    fixture_peer_run (50);
}

static void
test_many (Society *self, gconstpointer unused)
{
  fixture_peer_enrol (self->anna, 1500 / fixture_share ());
  link_up (self);
  fixture_peer_until (are_certified, self);
}

static void
test_line (Society *self, gconstpointer unused)
{
  link_up (self);
  fixture_peer_start (self->cleo, 0);
  fixture_peer_dial (self->cleo, self->bert);
  fixture_peer_until (are_same, self);
  pass (self->anna, self->cleo, "From one end");
  pass (self->cleo, self->anna, "From the other");
  fixture_peer_until (are_certified, self);
}

static gpointer
write_file (DpopProfile *profile, gpointer path, GError **error)
{
  const DpopCommandBundleExport input = { .path = path };
  DpopCommandBundleExportResult result;

  dpop_command_bundle_export (profile, &input, &result, error);
  return NULL;
}

static gpointer
take_file (DpopProfile *profile, gpointer path, GError **error)
{
  const DpopCommandBundleImport input = { .path = path };
  DpopBundleImport result;

  dpop_command_bundle_import (profile, &input, &result, error);
  return NULL;
}

/* Anna alone confirms: from Bert she hears of it only because he says so. */
static void
test_file (Society *self, gconstpointer unused)
{
  g_autofree char *folder = g_dir_make_tmp ("dpop-network-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "Cleo.dpop", NULL);
  Awaited awaited = { self->anna, fixture_peer_propose (self->cleo, "On a stick") };
  GError *error = NULL;

  dpop_engine_run_sync (self->cleo->engine, write_file, path, &error);
  g_assert_no_error (error);
  link_up (self);
  fixture_peer_until (know_equal, self);
  g_assert_false (fixture_peer_has (self->anna, &awaited.decision));
  dpop_engine_run_sync (self->bert->engine, take_file, path, &error);
  g_assert_no_error (error);
  fixture_peer_until (has_come, &awaited);
  g_unlink (path);
  g_rmdir (folder);
}

/* --- Links. ---------------------------------------------------------------------------------- */

static void
test_both_dial (Society *self, gconstpointer unused)
{
  for (guint i = 0; i < 3; i++)
    {
      fixture_peer_start (self->anna, 0);
      fixture_peer_start (self->bert, 0);
      fixture_peer_propose (self->anna, "Before");
      fixture_peer_dial (self->bert, self->anna);
      fixture_peer_dial (self->anna, self->bert);
      fixture_peer_propose (self->bert, "Meanwhile");
      fixture_peer_until (are_same, self);
      pass (self->anna, self->bert, "There");
      pass (self->bert, self->anna, "And back");
      /* Whatever was tried at first, it is over by now. */
      fixture_peer_run (1500);
      fixture_peer_until (know_equal, self);
      g_assert_true (are_linked (self));
      g_assert_cmpint (((DpopNetworkPeer *) self->anna->report->peers->pdata[0])->dialled, !=,
                       ((DpopNetworkPeer *) self->bert->report->peers->pdata[0])->dialled);
      fixture_peer_stop (self->anna);
      fixture_peer_stop (self->bert);
    }
}

static void
test_leave (Society *self, gconstpointer unused)
{
  guint16 port;

  link_up (self);
  port = self->anna->port;
  fixture_peer_enrol (self->anna, 200 / fixture_share ());
  /* With all of that on its way. */
  dpop_network_leave (self->anna->network, self->anna->number);
  dpop_engine_close (self->anna->engine);
  dpop_network_unref (g_steal_pointer (&self->anna->network));
  while (fixture_peer_links (self->bert) > 0)
    fixture_peer_run (10);
  g_clear_pointer (&self->anna->report, dpop_network_report_free);
  /* And open again, on the same port: it is found without a word. */
  self->anna->profile->profile = NULL;
  {
    FixturePeer *old = self->anna;

    self->anna = fixture_peer_new (g_steal_pointer (&old->profile));
    dpop_engine_unref (old->engine);
    g_free (old);
  }
  fixture_peer_start (self->anna, port);
  g_assert_cmpuint (self->anna->port, ==, port);
  fixture_peer_until (are_certified, self);
  g_assert_true (are_linked (self));
}

static void
test_freed (Society *self, gconstpointer unused)
{
  for (guint i = 0; i < 5; i++)
    {
      link_up (self);
      fixture_peer_propose (self->bert, "On its way");
      /* Without leaving, in the middle of it. */
      dpop_network_unref (g_steal_pointer (&self->bert->network));
      fixture_peer_stop (self->anna);
      g_clear_pointer (&self->bert->report, dpop_network_report_free);
    }
  link_up (self);
  fixture_peer_until (are_same, self);
}

/* While it is being dialled, and dials. */
static void
test_freed_early (Society *self, gconstpointer unused)
{
  for (guint i = 0; i < 10; i++)
    {
      fixture_peer_start (self->anna, 0);
      fixture_peer_start (self->bert, 0);
      fixture_peer_dial (self->bert, self->anna);
      fixture_peer_run (i * 5);
      fixture_peer_stop (self->bert);
      fixture_peer_stop (self->anna);
    }
}

/* --- Who does not get in. -------------------------------------------------------------------- */

static gpointer
switch_off (DpopProfile *profile, gpointer device, GError **error)
{
  return GINT_TO_POINTER (dpop_command_device_off (profile, device, 0, error));
}

static void
test_switched_off (Society *self, gconstpointer unused)
{
  GError *error = NULL;
  CosmicId device, late;

  link_up (self);
  fixture_peer_until (know_equal, self);
  device = ((DpopNetworkPeer *) self->anna->report->peers->pdata[0])->device;
  dpop_engine_run_sync (self->anna->engine, switch_off, &device, &error);
  g_assert_no_error (error);
  /* It is turned out at once, and tries in vain to come back. */
  fixture_peer_until (are_apart, self);
  late = fixture_peer_propose (self->anna, "Not for Bert's ears");
  for (guint i = 0; i < 40; i++)
    {
      fixture_peer_run (100);
      g_assert_cmpuint (fixture_peer_links (self->anna), ==, 0);
    }
  g_assert_false (fixture_peer_has (self->bert, &late));
}

static void
test_stranger (Society *self, gconstpointer unused)
{
  FixtureProfile *other = fixture_profile_new (9);
  g_autoptr (FixturePeer) stranger = NULL;

  fixture_profile_found (other, "association", NULL);
  stranger = fixture_peer_new (other);
  fixture_peer_start (self->anna, 0);
  fixture_peer_start (self->bert, 0);
  fixture_peer_start (stranger, 0);
  fixture_peer_dial (stranger, self->anna);
  fixture_peer_dial (self->bert, stranger);
  fixture_peer_run (1000);
  g_assert_true (are_apart (self));
  g_assert_cmpuint (fixture_peer_links (stranger), ==, 0);
  /* That takes nobody's place. */
  fixture_peer_dial (self->bert, self->anna);
  fixture_peer_until (are_linked, self);
  g_assert_cmpuint (fixture_peer_links (stranger), ==, 0);
}

static void
test_no_history (Society *self, gconstpointer unused)
{
  g_autoptr (FixturePeer) empty = fixture_peer_new (fixture_profile_new (7));
  clock_t before;

  fixture_peer_start (empty, 0);
  g_assert_cmpuint (empty->port, >, 0);
  g_assert_null (empty->report->fault);
  fixture_peer_start (self->anna, 0);
  fixture_peer_dial (empty, self->anna);
  fixture_peer_dial (self->anna, empty);
  fixture_peer_run (300);
  before = clock ();
  fixture_peer_run (1000);
  /* Nothing to do is not much to do. */
  g_assert_cmpint (clock () - before, <, CLOCKS_PER_SEC / 2);
  g_assert_cmpuint (fixture_peer_links (self->anna), ==, 0);
}

/* --- Addresses. ------------------------------------------------------------------------------ */

static void
test_addresses (Society *self, gconstpointer unused)
{
  static const char *const wrong[]
      = { "",          ":",           "127.0.0.1",       "127.0.0.1:",     "127.0.0.1:0",
          ":4711",     "127.0.0.1:x", "127.0.0.1:65536", "127.0.0.1:-1",   "localhost:4711",
          "[::1]4711", "[::1]",       "[]:1",            "[:1",            "[:",
          "[",         "::1:4711",    "[127.0.0.1",      "127.0.0.1:4711 ", "256.0.0.1:80",
          "1.2.3.4:80:90" };
  g_autofree char *lengthy = g_strnfill (5000, '1');

  fixture_peer_start (self->anna, 0);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    if (dpop_network_dial (self->anna->network, self->anna->number, wrong[i]))
      g_error ("\"%s\" is taken for an address", wrong[i]);
  g_assert_false (dpop_network_dial (self->anna->network, self->anna->number, lengthy));
  /* Where nobody listens: that is no error, for somebody may come. */
  g_assert_true (dpop_network_dial (self->anna->network, self->anna->number, "127.0.0.1:1"));
  g_assert_true (dpop_network_dial (self->anna->network, self->anna->number, "[::1]:1"));
}

static void
test_ipv6 (Society *self, gconstpointer unused)
{
  g_autofree char *address = NULL;
  g_autoptr (GSocket) probe = g_socket_new (G_SOCKET_FAMILY_IPV6, G_SOCKET_TYPE_STREAM,
                                            G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr (GSocketAddress) own = g_inet_socket_address_new_from_string ("::1", 0);

  if (probe == NULL || !g_socket_bind (probe, own, FALSE, NULL))
    {
      g_test_skip ("there is no IPv6 here");
      return;
    }
  fixture_peer_start (self->anna, 0);
  fixture_peer_start (self->bert, 0);
  address = g_strdup_printf ("[::1]:%u", self->anna->port);
  g_assert_true (dpop_network_dial (self->bert->network, self->bert->number, address));
  fixture_peer_until (are_linked, self);
}

static void
test_taken (Society *self, gconstpointer unused)
{
  fixture_peer_start (self->anna, 0);
  fixture_peer_start (self->bert, self->anna->port);
  g_assert_cmpuint (self->bert->port, ==, 0);
  g_assert_nonnull (self->bert->report->fault);
  g_test_message ("%s", self->bert->report->fault);
}

/* Nobody is at the address yet: it is tried until somebody is. */
static void
test_comes_later (Society *self, gconstpointer unused)
{
  fixture_peer_start (self->anna, 0);
  fixture_peer_stop (self->anna);
  fixture_peer_start (self->bert, 0);
  fixture_peer_dial (self->bert, self->anna);
  fixture_peer_run (500);
  g_assert_true (are_apart (self));
  fixture_peer_start (self->anna, self->anna->port);
  fixture_peer_until (are_linked, self);
  /* Both go on with what the other says, however often one goes and comes. */
  for (guint i = 0; i < 2; i++)
    {
      fixture_peer_stop (self->anna);
      fixture_peer_propose (self->anna, "While it was away");
      fixture_peer_start (self->anna, self->anna->port);
      fixture_peer_until (are_linked, self);
      fixture_peer_until (are_same, self);
    }
}

/* --- Several record keepers. ----------------------------------------------------------------- */

static gpointer
do_offer (DpopProfile *profile, gpointer data, GError **error)
{
  dpop_command_witness_offer (profile, error);
  return NULL;
}

static gpointer
do_count_offers (DpopProfile *profile, gpointer data, GError **error)
{
  g_autoptr (GArray) list = dpop_command_witness_list (profile, NULL, error);

  return GUINT_TO_POINTER (list != NULL ? list->len : 0);
}

/* Anna's computer knows of both, itself besides. */
static gboolean
are_offered (gpointer data)
{
  const Society *self = data;
  GError *error = NULL;
  gpointer count = dpop_engine_run_sync (self->anna->engine, do_count_offers, NULL, &error);

  g_assert_no_error (error);
  return GPOINTER_TO_UINT (count) == 3;
}

/* All that were offered. */
static gpointer
do_appoint (DpopProfile *profile, gpointer data, GError **error)
{
  g_autoptr (GArray) list = dpop_command_witness_list (profile, NULL, error);
  g_autoptr (GArray) devices = g_array_new (FALSE, FALSE, sizeof (CosmicId));

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      const DpopCommandWitness *keeper = &g_array_index (list, DpopCommandWitness, i);

      if (!keeper->appointed)
        g_array_append_val (devices, keeper->device);
    }
  g_assert_cmpuint (devices->len, ==, 2);
  dpop_command_witness_appoint (profile, devices, error);
  return NULL;
}

static gpointer
do_count (DpopProfile *profile, gpointer data, GError **error)
{
  DpopCommandWitnessFigures *figures = data;
  g_autoptr (GArray) list = dpop_command_witness_list (profile, figures, error);

  return NULL;
}

static void
run (FixturePeer *peer, DpopEngineFunction function, gpointer data)
{
  GError *error = NULL;

  dpop_engine_run_sync (peer->engine, function, data, &error);
  g_assert_no_error (error);
}

/* A height that is passed, with nothing left open: asked of one computer before the others, so that
 * what is only on its way there is not taken for confirmed. */
typedef struct
{
  const Society *society;
  guint64 height;
  gboolean two; /* Anna's is away */
} Rise;

static gboolean
have_risen (gpointer data)
{
  const Rise *rise = data;
  const Society *society = rise->society;

  return fixture_peer_height (society->bert) > rise->height
         && fixture_peer_open (society->bert) == 0
         && fixture_peer_same (society->bert, society->cleo)
         && (rise->two || fixture_peer_same (society->anna, society->bert));
}

static CosmicId
confirm_together (Society *self, FixturePeer *by, const char *title, gboolean two)
{
  Rise rise = { self, fixture_peer_height (self->bert), two };
  CosmicId decision = fixture_peer_propose (by, title);

  fixture_peer_until (have_risen, &rise);
  return decision;
}

static void
test_keepers (Society *self, gconstpointer unused)
{
  DpopCommandWitnessFigures figures;
  Rise appointed = { .society = self };
  guint64 height;
  CosmicId decision;

  link_up (self);
  fixture_peer_start (self->cleo, 0);
  fixture_peer_dial (self->cleo, self->bert);
  fixture_peer_dial (self->cleo, self->anna);
  run (self->bert, do_offer, NULL);
  run (self->cleo, do_offer, NULL);
  fixture_peer_until (are_offered, self);
  appointed.height = fixture_peer_height (self->bert);
  run (self->anna, do_appoint, NULL);
  fixture_peer_until (have_risen, &appointed);
  run (self->cleo, do_count, &figures);
  g_assert_cmpuint (figures.keepers, ==, 3);
  g_assert_cmpuint (figures.needed, ==, 2);

  confirm_together (self, self->bert, "By three", FALSE);

  /* One goes: the two that are left go on, and it hears of that when it is back. */
  fixture_peer_stop (self->anna);
  decision = confirm_together (self, self->cleo, "By two", TRUE);
  g_assert_false (fixture_peer_has (self->anna, &decision));
  fixture_peer_start (self->anna, 0);
  fixture_peer_dial (self->anna, self->bert);
  fixture_peer_until (are_same, self);
  g_assert_true (fixture_peer_has (self->anna, &decision));

  /* Nobody goes on alone. */
  fixture_peer_stop (self->anna);
  fixture_peer_stop (self->cleo);
  height = fixture_peer_height (self->bert);
  fixture_peer_propose (self->bert, "By one");
  fixture_peer_run (5000);
  g_assert_cmpuint (fixture_peer_height (self->bert), ==, height);
  g_assert_cmpuint (fixture_peer_open (self->bert), ==, 1);
}

#define ADD(path, test, n) \
  g_test_add ("/network/" path, Society, GUINT_TO_POINTER (n), set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("two computers come to have the same, and it is confirmed", test_converge, 2);
  ADD ("each knows whom it is connected to", test_names, 2);
  ADD ("what is said on one is soon on the other", test_news, 2);
  ADD ("what the record keeper says is confirmed as well", test_own, 2);
  ADD ("a large difference is made up for", test_many, 2);
  ADD ("what one does not hear itself it hears through another", test_line, 3);
  ADD ("what came on a transfer file is handed on at once", test_file, 3);
  ADD ("of two that dial each other one link remains", test_both_dial, 2);
  ADD ("one may leave and close at any time, and is found again", test_leave, 2);
  ADD ("the network may end with links open", test_freed, 2);
  ADD ("the network may end while links are made", test_freed_early, 2);
  ADD ("a computer that was switched off is turned out", test_switched_off, 2);
  ADD ("another organisation's computer stays outside", test_stranger, 2);
  ADD ("without an organisation there is nothing to do", test_no_history, 2);
  ADD ("what is no address is not dialled", test_addresses, 2);
  ADD ("IPv6 addresses go too", test_ipv6, 2);
  ADD ("a port that is taken is told of", test_taken, 2);
  ADD ("who goes and comes back is found again", test_comes_later, 2);
  ADD ("three record keepers confirm together, and two without the third", test_keepers, 3);
  return g_test_run ();
}
