/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-secret.h"
#include "dpop-item-store.h"
#include "fixture-items.h"

#include <glib/gstdio.h>

/* A hub's million labels in a database file, against a member who lacks the 100 newest: rounds,
 * bytes, and processor milliseconds of the hub, with nothing of the set in memory and then again;
 * each beside its target, and a missed one fails. */

#define ITEMS        1000000
#define LACKED       100
#define BATCH        1000
#define LIMIT        65536
#define ROUNDS       3
#define BYTES        10000
#define MILLISECONDS 2.0

static gboolean
measure (const char *what, CosmicItemSet *member, CosmicItemSet *hub)
{
  FixtureExchange exchange;
  double milliseconds;
  gboolean missed;

  fixture_exchange_run (&exchange, member, hub, LIMIT, 1);
  g_assert_cmpuint (exchange.only_theirs[0]->len, ==, LACKED);
  milliseconds = 1000 * exchange.seconds[1];
  missed = exchange.rounds > ROUNDS || exchange.bytes >= BYTES || milliseconds >= MILLISECONDS;
  g_print ("%-26s %u rounds (<= %u), %" G_GSIZE_FORMAT " bytes (< %u), %.3f ms (< %g)%s\n", what,
           exchange.rounds, ROUNDS, exchange.bytes, BYTES, milliseconds, MILLISECONDS,
           missed ? "  MISSED" : "");
  fixture_exchange_clear (&exchange);
  return missed;
}

static void
fill (DpopDatabase *database, DpopItemStore *store, CosmicItemSet *hub, FixtureSet *member)
{
  FixtureRandom random;
  GError *error = NULL;

  fixture_random_init (&random, 1);
  for (guint i = 0; i < ITEMS; i++)
    {
      CosmicItem item = fixture_item (&random, 1);

      item.order = i / 20;
      if (i % BATCH == 0)
        dpop_database_begin (database, &error);
      cosmic_item_set_insert (hub, &item, NULL, &error);
      if (i < ITEMS - LACKED)
        fixture_set_insert (member, &item);
      if ((i + 1) % BATCH == 0 && dpop_item_store_save (store, &error))
        dpop_database_commit (database, &error);
      g_assert_no_error (error);
    }
}

int
main (int argc, char *argv[])
{
  g_autofree char *folder = g_dir_make_tmp ("dpop-item-store-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "labels", NULL);
  sqlite3 *connection;
  DpopDatabase *database;
  DpopItemStore *store;
  CosmicItemSet *hub;
  FixtureSet member;
  GError *error = NULL;
  gboolean missed;

  g_assert_true (cosmic_crypto_init ());
  g_assert_cmpint (sqlite3_open (path, &connection), ==, SQLITE_OK);
  database = dpop_database_new (connection);
  dpop_database_migrate (database, dpop_item_store_schema, dpop_item_store_n_schema, &error);
  g_assert_no_error (error);
  store = dpop_item_store_new (database, 0);
  hub = cosmic_item_set_new (dpop_item_store_nodes (store));
  fixture_set_init (&member, NULL);
  fill (database, store, hub, &member);
  dpop_item_store_forget (store);
  missed = measure ("nothing in memory", member.set, hub);
  missed = measure ("once more", member.set, hub) || missed;
  fixture_set_clear (&member);
  cosmic_item_set_free (hub);
  dpop_item_store_free (store);
  dpop_database_free (database);
  g_remove (path);
  g_rmdir (folder);
  return missed ? 1 : 0;
}
