/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-secret.h"
#include "fixture-items.h"

/* Two sets; what is common, and what only one of them has. */
typedef struct
{
  GArray *items[2];
  FixtureSet sets[2];
} Sets;

static void
sets_init (Sets *self)
{
  for (guint i = 0; i < 2; i++)
    self->items[i] = g_array_new (FALSE, FALSE, sizeof (CosmicItem));
}

/* To be called once the items stand. */
static void
sets_build (Sets *self)
{
  for (guint i = 0; i < 2; i++)
    {
      fixture_items_sort (self->items[i]);
      fixture_set_init (&self->sets[i], self->items[i]);
    }
}

static void
sets_clear (Sets *self)
{
  for (guint i = 0; i < 2; i++)
    {
      fixture_set_clear (&self->sets[i]);
      g_array_unref (self->items[i]);
    }
}

/* A number of up to MOST, small ones more often than others. */
static guint
any_size (FixtureRandom *random, guint most)
{
  return (guint) fixture_random_below (random,
                                       2 + (most >> fixture_random_below (random, 13)));
}

/* COMMON in both, and up to EACH in one alone, anywhere or all in a few orders. */
static void
sets_fill (Sets *self, FixtureRandom *random, guint common, guint each[2], guint64 orders)
{
  gboolean newest = fixture_random_below (random, 2) == 0;
  guint64 span = 1 + fixture_random_below (random, orders);

  sets_init (self);
  for (guint i = 0; i < common; i++)
    {
      CosmicItem item = fixture_item (random, orders);

      g_array_append_val (self->items[0], item);
      g_array_append_val (self->items[1], item);
    }
  for (guint side = 0; side < 2; side++)
    for (guint i = 0; i < each[side]; i++)
      {
        CosmicItem item = fixture_item (random, span);

        if (newest)
          item.order += orders - span;
        g_array_append_val (self->items[side], item);
      }
  sets_build (self);
}

static void
assert_subset (const GArray *part, const GArray *whole)
{
  g_autoptr (GArray) rest = fixture_items_without (part, whole);

  g_assert_cmpuint (rest->len, ==, 0);
}

/* Runs it; both must learn exactly what they lack. */
static void
sets_reconcile (Sets *self, gsize limit, guint64 seed, FixtureExchange *exchange)
{
  fixture_exchange_run (exchange, self->sets[0].set, self->sets[1].set, limit, seed);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GArray) lacked = fixture_items_without (self->items[1 - i], self->items[i]);

      g_assert_true (fixture_items_same (exchange->only_theirs[i], lacked));
      assert_subset (exchange->only_ours[i], self->items[i]);
      assert_subset (lacked, exchange->only_ours[1 - i]);
    }
}

static void
test_both_learn_what_they_lack (void)
{
  static const gsize limits[] = { 4096, 4097, 8192, 65536, COSMIC_RECONCILE_LIMIT_MAX };
  static const guint64 orders[] = { 1, 7, 1000, COSMIC_ORDER_END };
  FixtureRandom random;

  fixture_random_init (&random, 11);
  for (guint64 seed = 0; seed < 4000 / fixture_share (); seed++)
    {
      Sets sets;
      FixtureExchange exchange;
      guint common = any_size (&random, 5000);
      guint each[] = { any_size (&random, 5000), any_size (&random, 5000) };

      for (guint i = 0; i < 2; i++)
        if (fixture_random_below (&random, 4) == 0)
          each[i] = 0;
      if (fixture_random_below (&random, 8) == 0)
        common = 0;
      g_test_message ("pair %" G_GUINT64_FORMAT ": %u common, %u and %u", seed, common, each[0],
                      each[1]);
      sets_fill (&sets, &random, common, each, orders[fixture_random_below (&random, 4)]);
      sets_reconcile (&sets, limits[fixture_random_below (&random, G_N_ELEMENTS (limits))], seed,
                      &exchange);
      fixture_exchange_clear (&exchange);
      sets_clear (&sets);
    }
}

static void
test_the_same_costs_one_round (void)
{
  FixtureRandom random;
  guint each[] = { 0, 0 };
  Sets sets;
  FixtureExchange exchange;

  fixture_random_init (&random, 12);
  sets_fill (&sets, &random, 20000, each, 1000000);
  sets_reconcile (&sets, 4096, 1, &exchange);
  g_assert_cmpuint (exchange.frames, ==, 2);
  g_assert_cmpuint (exchange.bytes, <, 400);
  fixture_exchange_clear (&exchange);
  sets_clear (&sets);
}

static void
test_one_seed_one_exchange (void)
{
  FixtureRandom random;
  guint each[] = { 50, 70 };
  Sets sets;
  gsize bytes[3];

  fixture_random_init (&random, 13);
  sets_fill (&sets, &random, 3000, each, 1000);
  for (guint i = 0; i < 3; i++)
    {
      FixtureExchange exchange;
      g_autoptr (GBytes) first = NULL;
      FixtureRandom again;
      g_autoptr (CosmicReconcile) other = NULL;

      sets_reconcile (&sets, 8192, i == 2 ? 2 : 1, &exchange);
      bytes[i] = exchange.bytes;
      fixture_random_init (&again, i);
      other = cosmic_reconcile_new (sets.sets[0].set, TRUE, 8192, 10,
                                    fixture_random_table (&again));
      first = cosmic_reconcile_begin (other, NULL);
      g_assert_nonnull (first);
      fixture_exchange_clear (&exchange);
    }
  g_assert_cmpuint (bytes[0], ==, bytes[1]);
  g_assert_cmpuint (bytes[0], !=, bytes[2]); /* other places to split at */
  sets_clear (&sets);
}

/* What comes in is put into the set at once, as a session does. */
static void
test_sets_may_change_meanwhile (void)
{
  FixtureRandom random;

  fixture_random_init (&random, 14);
  for (guint64 seed = 0; seed < 300 / fixture_share (); seed++)
    {
      guint each[] = { any_size (&random, 3000), any_size (&random, 3000) };
      Sets sets;
      CosmicReconcile *sides[2];
      GBytes *frame;
      GError *error = NULL;
      CosmicItemSum totals[2];

      sets_fill (&sets, &random, any_size (&random, 3000), each, 500);
      for (guint i = 0; i < 2; i++)
        sides[i] = cosmic_reconcile_new (sets.sets[i].set, i == 0, 4096, G_MAXUINT32,
                                         fixture_random_table (&random));
      frame = cosmic_reconcile_begin (sides[0], &error);
      for (guint side = 1; frame != NULL; side = 1 - side)
        {
          const GArray *theirs;
          GBytes *reply;
          gsize size;
          const guint8 *bytes = g_bytes_get_data (frame, &size);

          cosmic_reconcile_take (sides[side], bytes, size, &reply, &error);
          g_assert_no_error (error);
          g_assert_cmpstr (cosmic_reconcile_fault (sides[side]), ==, NULL);
          theirs = cosmic_reconcile_only_theirs (sides[side]);
          for (guint i = 0; i < theirs->len; i++)
            fixture_set_insert (&sets.sets[side], &g_array_index (theirs, CosmicItem, i));
          g_bytes_unref (frame);
          frame = reply;
        }
      for (guint i = 0; i < 2; i++)
        {
          cosmic_item_set_total (sets.sets[i].set, &totals[i], &error);
          cosmic_reconcile_free (sides[i]);
        }
      g_assert_cmpmem (&totals[0], sizeof totals[0], &totals[1], sizeof totals[1]);
      sets_clear (&sets);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (cosmic_crypto_init ());
  g_test_add_func ("/reconcile/Both sides learn exactly what they lack",
                   test_both_learn_what_they_lack);
  g_test_add_func ("/reconcile/Two sets that are the same cost one small round",
                   test_the_same_costs_one_round);
  g_test_add_func ("/reconcile/One seed makes one exchange, another seed another",
                   test_one_seed_one_exchange);
  g_test_add_func ("/reconcile/The sets may change meanwhile", test_sets_may_change_meanwhile);
  return g_test_run ();
}
