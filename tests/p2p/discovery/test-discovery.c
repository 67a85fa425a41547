/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-discovery.h"
#include "dpop-worker.h"
#include "stand-in-avahi.h"

#include <string.h>

#define ANNA  "annaannaannaanna"
#define BERTA "bertabertabertab"

typedef struct
{
  StandInAvahi *avahi;
  DpopDiscovery *discovery;
  guint appeared;
  guint changed;
  guint disappeared;
  char *last;
  gboolean stop; /* at the next appearance */
} Case;

static guint said; /* lines in the log */

#define wait_for(condition)                                                        \
  G_STMT_START                                                                     \
    {                                                                              \
      gint64 wait_end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;             \
      while (!(condition))                                                         \
        {                                                                          \
          g_assert_cmpint (g_get_monotonic_time (), <, wait_end);                  \
          if (!g_main_context_iteration (NULL, FALSE))                             \
            g_usleep (500);                                                        \
        }                                                                          \
    }                                                                              \
  G_STMT_END

static void
appeared (DpopDiscovery *discovery, const char *instance, gpointer data)
{
  Case *self = data;

  self->appeared++;
  g_free (self->last);
  self->last = g_strdup (instance);
  if (self->stop)
    dpop_discovery_stop (discovery);
}

static void
count (DpopDiscovery *discovery, const char *instance, gpointer data)
{
  (*(guint *) data)++;
}

static Case *
case_new (void)
{
  Case *self = g_new0 (Case, 1);

  said = 0;
  self->avahi = stand_in_avahi_new ();
  self->discovery = dpop_discovery_new (dpop_random_system (), self->avahi->address);
  g_signal_connect (self->discovery, "appeared", G_CALLBACK (appeared), self);
  g_signal_connect (self->discovery, "changed", G_CALLBACK (count), &self->changed);
  g_signal_connect (self->discovery, "disappeared", G_CALLBACK (count), &self->disappeared);
  return self;
}

static void
case_free (Case *self)
{
  g_object_unref (self->discovery);
  stand_in_avahi_free (self->avahi);
  g_free (self->last);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Case, case_free)

static gboolean
is_announced (Case *self)
{
  return dpop_discovery_get_state (self->discovery) == DPOP_DISCOVERY_ANNOUNCED;
}

static Case *
case_announced (void)
{
  Case *self = case_new ();

  stand_in_avahi_come (self->avahi);
  dpop_discovery_start (self->discovery, 4321);
  wait_for (is_announced (self) && self->avahi->browser != NULL);
  return self;
}

static char *
address_of (Case *self, const char *instance)
{
  g_autoptr (GPtrArray) list = dpop_discovery_list_addresses (self->discovery, instance);

  return list->len == 1 ? g_socket_connectable_to_string (list->pdata[0]) : g_strdup ("");
}

static const char *
last_service (Case *self)
{
  return self->avahi->services->pdata[self->avahi->services->len - 1];
}

/* --- Being there. ----------------------------------------------------------------------------- */

static void
test_announced (void)
{
  g_autoptr (Case) self = case_announced ();
  const char *name = dpop_discovery_get_instance (self->discovery);
  g_autofree char *wanted = g_strdup_printf ("%s _dpop._tcp local %s.local 4321 v=1", name, name);

  g_assert_true (dpop_discovery_record_is_instance (name));
  g_assert_cmpuint (self->avahi->services->len, ==, 1);
  g_assert_cmpstr (last_service (self), ==, wanted);
}

static void
test_look_only (void)
{
  g_autoptr (Case) self = case_new ();

  stand_in_avahi_come (self->avahi);
  dpop_discovery_start (self->discovery, 0);
  wait_for (self->avahi->browser != NULL);
  stand_in_avahi_item (self->avahi, "ItemNew", ANNA);
  wait_for (self->appeared == 1);
  g_assert_cmpuint (self->avahi->services->len, ==, 0);
  g_assert_cmpint (dpop_discovery_get_state (self->discovery), ==, DPOP_DISCOVERY_LOOKING);
}

static void
test_seen (void)
{
  g_autoptr (Case) self = case_announced ();
  g_autofree char *first = NULL, *second = NULL, *third = NULL;

  stand_in_avahi_item (self->avahi, "ItemNew", ANNA);
  wait_for (self->appeared == 1);
  g_assert_cmpstr (self->last, ==, ANNA);
  first = address_of (self, ANNA);
  g_assert_cmpstr (first, ==, "127.0.0.2:4000");

  stand_in_avahi_find (self->avahi, ANNA, "127.0.0.3", 4001, "v=1");
  wait_for (self->changed == 1);
  second = address_of (self, ANNA);
  g_assert_cmpstr (second, ==, "127.0.0.3:4001");

  stand_in_avahi_item (self->avahi, "ItemRemove", ANNA);
  wait_for (self->disappeared == 1);
  third = address_of (self, ANNA);
  g_assert_cmpstr (third, ==, "");
  g_assert_cmpuint (self->avahi->alive, ==, 0);
}

static void
test_own (void)
{
  g_autoptr (Case) self = case_announced ();
  g_autofree char *old = g_strdup (dpop_discovery_get_instance (self->discovery));

  dpop_discovery_rotate (self->discovery);
  wait_for (is_announced (self));
  g_assert_cmpstr (old, !=, dpop_discovery_get_instance (self->discovery));
  g_assert_true (g_str_has_prefix (last_service (self),
                                   dpop_discovery_get_instance (self->discovery)));
  stand_in_avahi_item (self->avahi, "ItemNew", old);
  stand_in_avahi_item (self->avahi, "ItemNew", dpop_discovery_get_instance (self->discovery));
  stand_in_avahi_say (self->avahi, "ItemNew", g_variant_new ("(iisssu)", 1, 0, ANNA, "_dpop._tcp",
                                                             "local", 4u | 16u));
  stand_in_avahi_item (self->avahi, "ItemNew", BERTA);
  wait_for (self->appeared > 0);
  stand_in_avahi_settle (self->avahi);
  g_assert_cmpuint (self->appeared, ==, 1);
  g_assert_cmpstr (self->last, ==, BERTA);
}

static void
test_again (void)
{
  g_autoptr (Case) self = case_announced ();
  g_autofree char *old = g_strdup (dpop_discovery_get_instance (self->discovery));
  g_auto (GStrv) peers = NULL;

  stand_in_avahi_item (self->avahi, "ItemNew", ANNA);
  wait_for (self->appeared == 1);
  dpop_discovery_stop (self->discovery);
  g_assert_null (dpop_discovery_get_instance (self->discovery));
  peers = dpop_discovery_list_peers (self->discovery);
  g_assert_cmpuint (g_strv_length (peers), ==, 0);
  stand_in_avahi_item (self->avahi, "ItemNew", BERTA);
  stand_in_avahi_settle (self->avahi);
  g_assert_cmpuint (self->appeared + self->disappeared, ==, 1);

  dpop_discovery_start (self->discovery, 4321);
  wait_for (is_announced (self));
  g_assert_cmpstr (old, !=, dpop_discovery_get_instance (self->discovery));
}

static void
test_stop_within (void)
{
  g_autoptr (Case) self = case_announced ();

  self->stop = TRUE;
  stand_in_avahi_item (self->avahi, "ItemNew", ANNA);
  stand_in_avahi_item (self->avahi, "ItemNew", BERTA);
  wait_for (self->appeared == 1);
  stand_in_avahi_settle (self->avahi);
  g_assert_cmpuint (self->appeared, ==, 1);
  g_assert_cmpint (dpop_discovery_get_state (self->discovery), ==, DPOP_DISCOVERY_STOPPED);
}

/* --- Avahi is absent, late, restarted. -------------------------------------------------------- */

static void
test_absent (void)
{
  g_autoptr (Case) self = case_new ();

  dpop_discovery_start (self->discovery, 4321);
  stand_in_avahi_settle (self->avahi);
  g_assert_cmpint (dpop_discovery_get_state (self->discovery), ==, DPOP_DISCOVERY_ABSENT);
  for (guint i = 0; i < 3; i++)
    {
      stand_in_avahi_come (self->avahi);
      wait_for (is_announced (self));
      stand_in_avahi_go (self->avahi);
      wait_for (dpop_discovery_get_state (self->discovery) == DPOP_DISCOVERY_ABSENT);
    }
  g_assert_cmpuint (said, ==, 1);
}

static void
test_bus (void)
{
  g_autoptr (Case) self = case_new ();

  stand_in_avahi_stop_bus (self->avahi);
  dpop_discovery_start (self->discovery, 4321);
  stand_in_avahi_settle (self->avahi);
  stand_in_avahi_start_bus (self->avahi);
  stand_in_avahi_come (self->avahi);
  wait_for (is_announced (self));
  g_signal_handlers_disconnect_by_data (self->avahi->connection, NULL);
  g_dbus_connection_set_exit_on_close (self->avahi->connection, FALSE);
  stand_in_avahi_stop_bus (self->avahi);
  wait_for (dpop_discovery_get_state (self->discovery) == DPOP_DISCOVERY_ABSENT);
  stand_in_avahi_go (self->avahi);
  stand_in_avahi_start_bus (self->avahi);
  stand_in_avahi_come (self->avahi);
  wait_for (is_announced (self));
  g_assert_cmpuint (said, ==, 1);
}

static void
test_restart (void)
{
  g_autoptr (Case) self = case_announced ();
  g_autofree char *name = g_strdup (dpop_discovery_get_instance (self->discovery));

  stand_in_avahi_item (self->avahi, "ItemNew", ANNA);
  stand_in_avahi_item (self->avahi, "ItemNew", BERTA);
  wait_for (self->appeared == 2);
  stand_in_avahi_go (self->avahi);
  wait_for (!is_announced (self));
  stand_in_avahi_come (self->avahi);
  wait_for (is_announced (self) && self->avahi->browser != NULL);
  g_assert_cmpstr (name, ==, dpop_discovery_get_instance (self->discovery));
  stand_in_avahi_item (self->avahi, "ItemNew", ANNA);
  stand_in_avahi_settle (self->avahi);
  g_assert_cmpuint (self->appeared, ==, 2);
  g_assert_cmpuint (self->disappeared, ==, 0);
  /* Who is not seen again has gone meanwhile. */
  wait_for (self->disappeared > 0);
  stand_in_avahi_settle (self->avahi);
  g_assert_cmpuint (self->disappeared, ==, 1);
  g_assert_cmpuint (self->avahi->alive, ==, 1);
}

static void
test_dies_within (void)
{
  static const char *const methods[] = { "GetState", "EntryGroupNew", "Reset", "AddService",
                                         "Commit", "ServiceBrowserNew", "ServiceResolverNew" };

  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autoptr (Case) self = case_new ();

      self->avahi->die_at = methods[i];
      stand_in_avahi_come (self->avahi);
      dpop_discovery_start (self->discovery, 4321);
      if (i == G_N_ELEMENTS (methods) - 1)
        {
          wait_for (self->avahi->browser != NULL);
          stand_in_avahi_item (self->avahi, "ItemNew", ANNA);
        }
      wait_for (self->avahi->connection == NULL);
      stand_in_avahi_come (self->avahi);
      wait_for (is_announced (self) && self->avahi->browser != NULL);
      stand_in_avahi_item (self->avahi, "ItemNew", ANNA);
      wait_for (self->appeared == 1);
    }
}

/* --- Taken names. ----------------------------------------------------------------------------- */

static void
test_taken (void)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (Case) self = case_new ();
      g_autofree char *first = NULL;

      *(i == 0 ? &self->avahi->collisions : &self->avahi->refusals) = 2;
      stand_in_avahi_come (self->avahi);
      dpop_discovery_start (self->discovery, 4321);
      first = g_strdup (dpop_discovery_get_instance (self->discovery));
      wait_for (is_announced (self) && self->avahi->collisions + self->avahi->refusals == 0);
      stand_in_avahi_settle (self->avahi);
      g_assert_true (is_announced (self));
      g_assert_cmpstr (first, !=, dpop_discovery_get_instance (self->discovery));
      g_assert_true (g_str_has_prefix (last_service (self),
                                       dpop_discovery_get_instance (self->discovery)));
      /* Whoever has the name is found under it. */
      wait_for (self->avahi->browsers >= 2);
      stand_in_avahi_item (self->avahi, "ItemNew", first);
      wait_for (self->appeared == 1);
    }
}

static void
test_all_taken (void)
{
  g_autoptr (Case) self = case_new ();

  self->avahi->refusals = G_MAXUINT;
  stand_in_avahi_come (self->avahi);
  dpop_discovery_start (self->discovery, 4321);
  for (guint i = 0; i < 30; i++)
    stand_in_avahi_settle (self->avahi);
  g_assert_cmpuint (self->avahi->services->len, >=, 4);
  g_assert_cmpuint (self->avahi->services->len, <=, 8);
  g_assert_false (is_announced (self));
  /* And others are found all the same. */
  stand_in_avahi_item (self->avahi, "ItemNew", ANNA);
  wait_for (self->appeared == 1);
}

/* --- Floods and nonsense. --------------------------------------------------------------------- */

static void
instance_number (char name[17], guint number)
{
  memcpy (name, "aaaaaaaaaaaaaaaa", 17);
  for (guint i = 0; number > 0; i++, number /= 26)
    name[i] = (char) ('a' + number % 26);
}

static void
test_flood (void)
{
  g_autoptr (Case) self = case_announced ();
  g_auto (GStrv) peers = NULL;
  char name[17];

  for (guint i = 0; i < 20000; i++)
    {
      instance_number (name, i);
      stand_in_avahi_item (self->avahi, "ItemNew", name);
    }
  wait_for (self->appeared == DPOP_DISCOVERY_PEERS_MAX);
  stand_in_avahi_settle (self->avahi);
  peers = dpop_discovery_list_peers (self->discovery);
  g_assert_cmpuint (g_strv_length (peers), ==, DPOP_DISCOVERY_PEERS_MAX);
  g_assert_cmpuint (self->avahi->most_resolvers, ==, DPOP_DISCOVERY_PEERS_MAX);

  /* One who has many interfaces is one peer, but may not have them all. */
  for (int i = 1; i < 5000; i++)
    stand_in_avahi_say (self->avahi, "ItemNew", g_variant_new ("(iisssu)", i, 0, peers[0],
                                                               "_dpop._tcp", "local", 4u));
  for (guint i = 0; i < 10; i++)
    stand_in_avahi_settle (self->avahi);
  g_assert_cmpuint (self->avahi->most_resolvers, ==, DPOP_DISCOVERY_SIGHTINGS_MAX);
  for (int i = 1; i < 5000; i++)
    stand_in_avahi_say (self->avahi, "ItemRemove", g_variant_new ("(iisssu)", i, 0, peers[0],
                                                                  "_dpop._tcp", "local", 4u));
  for (guint i = 0; i < 20000; i++)
    {
      instance_number (name, i);
      stand_in_avahi_item (self->avahi, "ItemRemove", name);
    }
  wait_for (self->disappeared == DPOP_DISCOVERY_PEERS_MAX);
  stand_in_avahi_settle (self->avahi);
  g_assert_cmpuint (self->avahi->alive, ==, 0);

  /* Those who had no room are looked for again, some time after there is some. */
  g_assert_cmpuint (self->avahi->browsers, <=, 2);
  for (guint i = 0; i < 40 && self->avahi->browsers < 2; i++)
    {
      stand_in_avahi_item (self->avahi, "ItemNew", ANNA);
      stand_in_avahi_item (self->avahi, "ItemRemove", ANNA);
      stand_in_avahi_settle (self->avahi);
    }
  g_assert_cmpuint (self->avahi->browsers, ==, 2);
}

static void
test_flapping (void)
{
  g_autoptr (Case) self = case_announced ();

  for (guint i = 0; i < 5000; i++)
    {
      stand_in_avahi_item (self->avahi, "ItemNew", ANNA);
      stand_in_avahi_item (self->avahi, "ItemRemove", ANNA);
    }
  stand_in_avahi_item (self->avahi, "ItemNew", ANNA);
  wait_for (self->appeared > self->disappeared);
  stand_in_avahi_settle (self->avahi);
  g_assert_cmpuint (self->appeared, ==, self->disappeared + 1);
  g_assert_cmpuint (self->appeared, <, 50);
  g_assert_cmpuint (self->avahi->resolvers, <, 50);
  g_assert_cmpuint (self->avahi->alive, ==, 1);
}

static void
test_nonsense (void)
{
  static const char *const names[] = {
    "", "a", "annaannaannaann", "annaannaannaannaa", "ANNAANNAANNAANNA", "annaannaannaann1",
    "annaannaannaann ", "annaannaannaann.", "annaannaanna\xc3\xa9nn", "../../../../etc/",
  };
  static const char *const addresses[] = {
    "", "127.0.0", "somebody.local", "192.0.2.1", "0.0.0.0", "224.0.0.251", "255.255.255.255",
    "::1", "fe80::1", "127.0.0.2 ", "127.0.0.2:80", "0127.0.0.2",
  };
  static const char *const texts[] = { NULL, "", "v", "v=", "v=0", "v=2", "v=11", "v=1 ", "V=1" };
  g_autoptr (Case) self = case_announced ();

  self->avahi->mute = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    stand_in_avahi_item (self->avahi, "ItemNew", names[i]);
  stand_in_avahi_say (self->avahi, "ItemNew", g_variant_new ("(s)", BERTA));
  stand_in_avahi_say (self->avahi, "ItemNew", g_variant_new ("(iisssu)", 1, 0, BERTA, "_ipp._tcp",
                                                             "local", 4u));
  stand_in_avahi_say (self->avahi, "ItemNew", g_variant_new ("(iisssu)", 1, 0, BERTA, "_dpop._tcp",
                                                             "example.org", 4u));
  stand_in_avahi_say (self->avahi, "ItemNew", g_variant_new ("(iisssu)", -1, 0, BERTA,
                                                             "_dpop._tcp", "local", 4u));
  stand_in_avahi_say (self->avahi, "ItemNew", g_variant_new ("(iisssu)", 1, 7, BERTA, "_dpop._tcp",
                                                             "local", 4u));
  stand_in_avahi_settle (self->avahi);
  g_assert_cmpuint (self->avahi->resolvers, ==, 0);

  stand_in_avahi_item (self->avahi, "ItemNew", ANNA);
  wait_for (self->avahi->resolvers == 1);
  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    stand_in_avahi_find (self->avahi, ANNA, addresses[i], 4000, "v=1");
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    stand_in_avahi_find (self->avahi, ANNA, "127.0.0.2", 4000, texts[i]);
  stand_in_avahi_find (self->avahi, ANNA, "127.0.0.2", 0, "v=1");
  stand_in_avahi_find (self->avahi, BERTA, "127.0.0.2", 4000, "v=1");
  stand_in_avahi_say (self->avahi, "Found", g_variant_new ("(is)", 1, ANNA));
  stand_in_avahi_say (self->avahi, "ItemRemove", g_variant_new ("(i)", 1));
  stand_in_avahi_item (self->avahi, "ItemRemove", BERTA);
  stand_in_avahi_settle (self->avahi);
  g_assert_cmpuint (self->appeared, ==, 0);

  stand_in_avahi_find (self->avahi, ANNA, "127.0.0.2", 4000, "v=1");
  wait_for (self->appeared == 1);
  g_assert_cmpuint (said, ==, 0);
}

static void
test_scope (void)
{
  g_autoptr (Case) self = case_announced ();
  g_autoptr (GPtrArray) list = NULL;
  GVariantBuilder txt;

  g_variant_builder_init (&txt, G_VARIANT_TYPE ("aay"));
  g_variant_builder_add_value (&txt,
                               g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, "v=1", 3, 1));
  stand_in_avahi_say (self->avahi, "ItemNew", g_variant_new ("(iisssu)", 1, 1, ANNA, "_dpop._tcp",
                                                             "local", 4u));
  wait_for (self->avahi->resolvers == 1);
  stand_in_avahi_say (self->avahi, "Found",
                      g_variant_new ("(iissssisqaayu)", 1, 1, ANNA, "_dpop._tcp", "local",
                                     "somebody.local", 1, "fe80::2", 4000, &txt, 4u));
  wait_for (self->appeared == 1);
  list = dpop_discovery_list_addresses (self->discovery, ANNA);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpuint (g_inet_socket_address_get_scope_id (list->pdata[0]), ==, 1);
}

/* --- In a thread of its own. ------------------------------------------------------------------ */

typedef struct
{
  Case *own;
  GThread *thread;
  GThread *told;
  int appeared; /* atomic */
} Elsewhere;

static void
appeared_elsewhere (DpopDiscovery *discovery, const char *instance, gpointer data)
{
  Elsewhere *self = data;

  self->told = g_thread_self ();
  g_atomic_int_set (&self->appeared, 1);
}

static void
start_elsewhere (gpointer data)
{
  Elsewhere *self = data;

  self->thread = g_thread_self ();
  self->own->discovery = dpop_discovery_new (dpop_random_system (), self->own->avahi->address);
  g_signal_connect (self->own->discovery, "appeared", G_CALLBACK (appeared_elsewhere), self);
  dpop_discovery_start (self->own->discovery, 4321);
}

static void
stop_elsewhere (gpointer data)
{
  Elsewhere *self = data;

  g_clear_object (&self->own->discovery);
}

static void
test_thread (void)
{
  g_autoptr (DpopWorker) worker = dpop_worker_new ("elsewhere");
  Case own = { .avahi = stand_in_avahi_new () };
  Elsewhere self = { .own = &own };

  stand_in_avahi_come (own.avahi);
  dpop_hand_over_wait (dpop_worker_context (worker), start_elsewhere, &self);
  wait_for (own.avahi->browser != NULL);
  stand_in_avahi_item (own.avahi, "ItemNew", ANNA);
  wait_for (g_atomic_int_get (&self.appeared));
  dpop_hand_over_wait (dpop_worker_context (worker), stop_elsewhere, &self);
  g_assert_true (self.told == self.thread);
  stand_in_avahi_free (own.avahi);
}

static GLogWriterOutput
hear (GLogLevelFlags level, const GLogField *fields, gsize count_fields, gpointer data)
{
  said++;
  return level & G_LOG_LEVEL_DEBUG ? G_LOG_WRITER_HANDLED
                                   : g_log_writer_default (level, fields, count_fields, data);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_writer_func (hear, NULL, NULL);
  g_test_add_func ("/discovery/what is announced is a random name and a version", test_announced);
  g_test_add_func ("/discovery/without a port it looks only", test_look_only);
  g_test_add_func ("/discovery/who comes, changes and goes is told", test_seen);
  g_test_add_func ("/discovery/it does not find itself, under an old name neither", test_own);
  g_test_add_func ("/discovery/it can be started again, under another name", test_again);
  g_test_add_func ("/discovery/it can be stopped by who is told", test_stop_within);
  g_test_add_func ("/discovery/an absent Avahi costs one line of debugging", test_absent);
  g_test_add_func ("/discovery/an absent bus too", test_bus);
  g_test_add_func ("/discovery/a restart loses only who is not seen again", test_restart);
  g_test_add_func ("/discovery/Avahi may end within any call", test_dies_within);
  g_test_add_func ("/discovery/a taken name is changed", test_taken);
  g_test_add_func ("/discovery/who takes every name makes little work", test_all_taken);
  g_test_add_func ("/discovery/a flood finds limits", test_flood);
  g_test_add_func ("/discovery/what flaps is told now and then", test_flapping);
  g_test_add_func ("/discovery/nonsense is ignored", test_nonsense);
  g_test_add_func ("/discovery/an IPv6 address has its scope", test_scope);
  g_test_add_func ("/discovery/everything happens where it was started", test_thread);
  return g_test_run ();
}
