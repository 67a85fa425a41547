/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-hash.h"
#include "cosmic-secret.h"
#include "fixture-items.h"

/* The set beside a sorted array of the same items. */
typedef struct
{
  FixtureSet set;
  GArray *items;
  FixtureRandom random;
} Pair;

static void
pair_init (Pair *self, guint64 seed)
{
  fixture_set_init (&self->set, NULL);
  self->items = g_array_new (FALSE, FALSE, sizeof (CosmicItem));
  fixture_random_init (&self->random, seed);
}

static void
pair_clear (Pair *self)
{
  fixture_set_clear (&self->set);
  g_array_unref (self->items);
}

static guint
lower_bound (const GArray *items, const CosmicItem *bound)
{
  guint low = 0, high = items->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (cosmic_item_compare (&g_array_index (items, CosmicItem, middle), bound) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static gboolean
has (const GArray *items, const CosmicItem *item)
{
  guint at = lower_bound (items, item);

  return at < items->len
         && cosmic_item_compare (&g_array_index (items, CosmicItem, at), item) == 0;
}

static void
pair_insert (Pair *self, const CosmicItem *item)
{
  GError *error = NULL;
  gboolean added = FALSE, was = has (self->items, item);
  gboolean good = cosmic_item_set_insert (self->set.set, item, &added, &error);

  g_assert_no_error (error);
  g_assert_true (good);
  g_assert_true (added != was);
  if (!was)
    g_array_insert_val (self->items, lower_bound (self->items, item), *item);
}

static void
pair_remove (Pair *self, const CosmicItem *item)
{
  GError *error = NULL;
  gboolean removed = FALSE, was = has (self->items, item);
  gboolean good = cosmic_item_set_remove (self->set.set, item, &removed, &error);

  g_assert_no_error (error);
  g_assert_true (good);
  g_assert_true (removed == was);
  if (was)
    g_array_remove_index (self->items, lower_bound (self->items, item));
}

/* The definition of cosmic-item-set.h once more, a byte at a time. */
static void
brute_fingerprint (const GArray *items, guint low, guint high, guint8 out[16])
{
  static const char tag[] = "dpop range 1";
  guint8 message[12 + 8 + 32] = { 0 }, hash[32];
  guint64 n = high - low;

  memcpy (message, tag, 12);
  for (guint i = 0; i < 8; i++)
    message[12 + i] = (guint8) (n >> 8 * i);
  for (guint i = low; i < high; i++)
    {
      const CosmicItem *item = &g_array_index (items, CosmicItem, i);
      guint carry = 0;

      for (guint b = 0; b < 32; b++)
        {
          carry += (guint) message[20 + b] + item->id.bytes[b];
          message[20 + b] = (guint8) carry;
          carry >>= 8;
        }
    }
  cosmic_hash (message, sizeof message, hash);
  memcpy (out, hash, 16);
}

static CosmicItem
any_bound (Pair *self)
{
  switch (fixture_random_below (&self->random, 4))
    {
    case 0:
      return fixture_item (&self->random, FIXTURE_ORDERS);
    case 1:
      return cosmic_item_first;
    case 2:
      return cosmic_item_end;
    default:
      if (self->items->len == 0)
        return cosmic_item_first;
      return g_array_index (self->items, CosmicItem,
                            fixture_random_below (&self->random, self->items->len));
    }
}

static void
assert_range (Pair *self)
{
  CosmicItem low = any_bound (self), high = any_bound (self);
  guint from = lower_bound (self->items, &low), to = lower_bound (self->items, &high);
  guint8 expected[16], found[16];
  GError *error = NULL;
  guint64 n = 99;

  g_assert_true (cosmic_item_set_range (self->set.set, &low, &high, &n, found, &error));
  g_assert_no_error (error);
  to = MAX (from, to);
  g_assert_cmpuint (n, ==, to - from);
  brute_fingerprint (self->items, from, to, expected);
  g_assert_cmpmem (found, 16, expected, 16);
}

/* Everything that can be asked, at one place. */
static void
assert_place (Pair *self)
{
  guint64 index = fixture_random_below (&self->random, self->items->len + 1);
  guint wanted = (guint) fixture_random_below (&self->random, 300), got;
  g_autofree CosmicItem *read = g_new (CosmicItem, wanted + 1);
  CosmicItem bound = any_bound (self);
  CosmicItemSum at, before;
  GError *error = NULL;
  gboolean found;

  g_assert_true (cosmic_item_set_at (self->set.set, index, &at, &error));
  g_assert_cmpuint (at.count, ==, index);
  g_assert_true (cosmic_item_set_read (self->set.set, index, read, wanted, &got, &error));
  g_assert_cmpuint (got, ==, MIN (wanted, self->items->len - index));
  for (guint i = 0; i < got; i++)
    g_assert_cmpint (cosmic_item_compare (
                         &read[i], &g_array_index (self->items, CosmicItem, index + i)), ==, 0);
  if (index < self->items->len)
    {
      g_assert_true (cosmic_item_set_find (
          self->set.set, &g_array_index (self->items, CosmicItem, index), &before, &error));
      g_assert_cmpmem (&before, sizeof before, &at, sizeof at);
    }
  g_assert_true (cosmic_item_set_find (self->set.set, &bound, &before, &error));
  g_assert_cmpuint (before.count, ==, lower_bound (self->items, &bound));
  g_assert_true (cosmic_item_set_contains (self->set.set, &bound, &found, &error));
  g_assert_true (found == has (self->items, &bound));
  g_assert_no_error (error);
}

static void
test_against_an_array (void)
{
  for (guint64 seed = 0; seed < 40 / MIN (fixture_share (), 8); seed++)
    {
      Pair pair;
      guint sizes[] = { 3000, 300, 40, 0, 6000, 0 };

      pair_init (&pair, seed);
      for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
        for (gint steps = 0; pair.items->len != sizes[i] && steps < 20000; steps++)
          {
            gboolean fill = fixture_random_below (&pair.random, 100)
                            < (pair.items->len < sizes[i] ? 80U : 20U);
            CosmicItem item = any_bound (&pair);

            if (item.order == COSMIC_ORDER_END)
              continue;
            if (fill)
              pair_insert (&pair, &item);
            else
              pair_remove (&pair, &item);
            if (steps % 64 == 0)
              {
                assert_range (&pair);
                assert_place (&pair);
              }
          }
      pair_clear (&pair);
    }
}

static void
test_newest_last (void)
{
  Pair pair;

  pair_init (&pair, 7);
  for (guint i = 0; i < 20000; i++)
    {
      CosmicItem item = fixture_item (&pair.random, 1);

      item.order = i / 3;
      pair_insert (&pair, &item);
    }
  for (guint i = 0; i < 500; i++)
    {
      assert_range (&pair);
      assert_place (&pair);
    }
  while (pair.items->len > 0)
    {
      CosmicItem oldest = g_array_index (pair.items, CosmicItem, 0);

      pair_remove (&pair, &oldest);
      if (pair.items->len % 1000 == 0)
        assert_range (&pair);
    }
  pair_clear (&pair);
}

static void
test_order_of_coming_is_no_matter (void)
{
  Pair pair;
  FixtureSet other;
  CosmicItemSum one, two;

  pair_init (&pair, 9);
  for (guint i = 0; i < 5000; i++)
    {
      CosmicItem item = fixture_item (&pair.random, FIXTURE_ORDERS);

      pair_insert (&pair, &item);
    }
  fixture_set_init (&other, pair.items);
  cosmic_item_set_total (pair.set.set, &one, NULL);
  cosmic_item_set_total (other.set, &two, NULL);
  g_assert_cmpmem (&one, sizeof one, &two, sizeof two);
  fixture_set_clear (&other);
  pair_clear (&pair);
}

/* How many nodes lie in memory. */
static guint
count_nodes (Pair *self)
{
  CosmicItemNodes nodes = cosmic_item_memory_nodes (self->set.memory);
  guint n = 0;
  gsize size;

  for (guint64 number = 1; number < 100000; number++)
    n += nodes.table->read (nodes.self, number, &size, NULL) != NULL;
  return n;
}

static void
test_nodes_stay_full (void)
{
  enum { UP, DOWN, BLOCKS_DOWN, ANYHOW, N_WAYS };

  for (guint way = 0; way < N_WAYS; way++)
    {
      Pair pair;
      guint full;

      pair_init (&pair, way);
      for (guint i = 0; i < 20000; i++)
        {
          CosmicItem item = fixture_item (&pair.random, 20000);

          if (way != ANYHOW)
            item.order = way == UP     ? i
                         : way == DOWN ? 20000 - i
                                       : (20000 - i) / 500 * 500 + i % 500;
          fixture_set_insert (&pair.set, &item);
          g_array_append_val (pair.items, item);
        }
      full = 20000 / 99; /* as many as there would be if all were full */
      g_assert_cmpuint (count_nodes (&pair), <, way == UP ? full + 20 : 5 * full / 2);
      for (guint i = 1000; i < 20000; i++)
        fixture_set_remove (&pair.set, &g_array_index (pair.items, CosmicItem, i));
      g_assert_cmpuint (count_nodes (&pair), <, 1000 / 99 * 4);
      pair_clear (&pair);
    }
}

static void
test_extremes (void)
{
  Pair pair;
  CosmicItem item = { .order = COSMIC_ORDER_END - 1 };

  pair_init (&pair, 1);
  assert_range (&pair);
  assert_place (&pair);
  memset (item.id.bytes, 0xff, COSMIC_ID_SIZE);
  pair_insert (&pair, &item);
  pair_insert (&pair, &cosmic_item_first);
  for (guint i = 0; i < 300; i++)
    {
      item.order = i;
      pair_insert (&pair, &item); /* sums that go round */
    }
  for (guint i = 0; i < 200; i++)
    {
      assert_range (&pair);
      assert_place (&pair);
    }
  pair_clear (&pair);
}

/* --- Nodes that somebody else wrote. ---------------------------------------------------------- */

static void
try_everything (CosmicItemSet *set, FixtureRandom *random)
{
  CosmicItem item = fixture_item (random, FIXTURE_ORDERS), items[200];
  CosmicItemSum sum;
  gboolean found;
  guint got;

  (void) cosmic_item_set_find (set, &item, &sum, NULL);
  (void) cosmic_item_set_at (set, fixture_random_below (random, 3000), &sum, NULL);
  (void) cosmic_item_set_read (set, fixture_random_below (random, 3000), items, 200, &got, NULL);
  (void) cosmic_item_set_contains (set, &item, &found, NULL);
  (void) cosmic_item_set_insert (set, &item, NULL, NULL);
  if (cosmic_item_set_read (set, fixture_random_below (random, 3000), items, 1, &got, NULL)
      && got == 1)
    (void) cosmic_item_set_remove (set, &items[0], NULL, NULL);
}

static void
test_damage_is_an_error (void)
{
  guint errors = 0;

  for (guint64 seed = 0; seed < 300 / MIN (fixture_share (), 8); seed++)
    {
      Pair pair;
      CosmicItemNodes nodes;
      guint8 copy[COSMIC_ITEM_NODE_SIZE];
      guint64 number;
      gsize size;
      const guint8 *bytes;
      CosmicItemSum sum;
      GError *error = NULL;

      pair_init (&pair, seed);
      for (guint i = 0; i < 1500; i++)
        {
          CosmicItem item = fixture_item (&pair.random, FIXTURE_ORDERS);

          fixture_set_insert (&pair.set, &item);
        }
      nodes = cosmic_item_memory_nodes (pair.set.memory);
      number = fixture_random_below (&pair.random, 20);
      bytes = nodes.table->read (nodes.self, number, &size, NULL);
      if (bytes != NULL)
        {
          memcpy (copy, bytes, size);
          for (guint i = 0; i < 3; i++)
            copy[fixture_random_below (&pair.random, MIN (size, 64))]
                = (guint8) fixture_random_next (&pair.random);
          nodes.table->write (nodes.self, number, copy,
                              size - fixture_random_below (&pair.random, 2), NULL);
        }
      for (guint i = 0; i < 50; i++)
        try_everything (pair.set.set, &pair.random);
      for (guint i = 0; i < 100 && error == NULL; i++)
        {
          CosmicItem item = fixture_item (&pair.random, FIXTURE_ORDERS);

          (void) cosmic_item_set_find (pair.set.set, &item, &sum, &error);
        }
      if (error != NULL)
        {
          g_assert_error (error, COSMIC_ITEM_SET_ERROR, COSMIC_ITEM_SET_ERROR_DAMAGED);
          errors++;
        }
      g_clear_error (&error);
      pair_clear (&pair);
    }
  g_assert_cmpuint (errors, >, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (cosmic_crypto_init ());
  g_test_add_func ("/item-set/It says what a sorted array of the same items says",
                   test_against_an_array);
  g_test_add_func ("/item-set/Items that come and go in order are found", test_newest_last);
  g_test_add_func ("/item-set/The order in which items come changes nothing",
                   test_order_of_coming_is_no_matter);
  g_test_add_func ("/item-set/Nodes stay full, in whatever order items come and go",
                   test_nodes_stay_full);
  g_test_add_func ("/item-set/The lowest and the highest items have their places", test_extremes);
  g_test_add_func ("/item-set/A damaged node is an error, and no harm", test_damage_is_an_error);
  return g_test_run ();
}
