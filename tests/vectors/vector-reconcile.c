/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-reconcile.h"
#include "cosmic-secret.h"
#include "fixture-random.h"
#include "vector-file.h"

/* Whole reconciliations. Where ranges are split is no part of the format, but drawn: a change of
 * that alone gives other frames, which the checker must take as well. */

typedef struct
{
  const char *name;
  guint common, first, second; /* items in both, in one alone */
  guint64 orders;
  gsize limit;
} Exchange;

static const Exchange exchanges[] = {
  { "two empty sets", 0, 0, 0, 1, 4096 },
  { "few items in one order", 5, 2, 3, 1, 4096 },
  { "the same", 300, 0, 0, 50, 4096 },
  { "the second has nothing", 0, 60, 0, 9, 4096 },
  { "the first has nothing", 0, 0, 200, 9, 4096 },
  { "some differ", 400, 7, 5, 100, 4096 },
  { "half differs, orders are far apart", 60, 60, 60, COSMIC_ORDER_END, 4096 },
};

static GVariant *
item_value (const CosmicItem *item)
{
  GVariant *fields[] = { g_variant_new_uint64 (item->order), cosmic_codec_new_id (&item->id) };

  return g_variant_new_tuple (fields, 2);
}

/* The items of SET, ascending. */
static GVariant *
set_value (CosmicItemSet *set)
{
  GVariantBuilder items;
  CosmicItem item;
  guint got;

  g_variant_builder_init (&items, G_VARIANT_TYPE ("a(tay)"));
  for (guint64 i = 0; cosmic_item_set_read (set, i, &item, 1, &got, NULL) && got == 1; i++)
    g_variant_builder_add_value (&items, item_value (&item));
  return g_variant_builder_end (&items);
}

static void
write_frames (VectorFile *file, CosmicItemSet *sets[2], gsize limit, FixtureRandom *random)
{
  CosmicReconcile *sides[2];
  GVariantBuilder frames;
  GBytes *frame;

  for (guint i = 0; i < 2; i++)
    sides[i] = cosmic_reconcile_new (sets[i], i == 0, limit, 10000,
                                     fixture_random_table (random));
  g_variant_builder_init (&frames, G_VARIANT_TYPE ("aay"));
  frame = cosmic_reconcile_begin (sides[0], NULL);
  for (guint side = 1; frame != NULL; side = 1 - side)
    {
      gsize size;
      const guint8 *bytes = g_bytes_get_data (frame, &size);
      GBytes *reply;

      g_variant_builder_add_value (&frames, cosmic_codec_new_bytes (bytes, size));
      g_assert_true (cosmic_reconcile_take (sides[side], bytes, size, &reply, NULL));
      g_bytes_unref (frame);
      frame = reply;
    }
  vector_file_variant (file, "frames", g_variant_builder_end (&frames));
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpuint (cosmic_reconcile_state (sides[i]), ==, COSMIC_RECONCILE_DONE);
      cosmic_reconcile_free (sides[i]);
    }
}

static void
fill (CosmicItemSet *sets[2], guint n, guint which, guint64 orders, FixtureRandom *random)
{
  for (guint i = 0; i < n; i++)
    {
      CosmicItem item = { .order = fixture_random_below (random, orders) };

      dpop_random_fill (fixture_random_table (random), item.id.bytes, COSMIC_ID_SIZE);
      for (guint side = 0; side < 2; side++)
        if (which & 1U << side)
          g_assert_true (cosmic_item_set_insert (sets[side], &item, NULL, NULL));
    }
}

static void
test_exchanges (void)
{
  VectorFile *file = vector_file_new ("reconcile");
  FixtureRandom random;

  fixture_random_init (&random, 4001);
  for (guint i = 0; i < G_N_ELEMENTS (exchanges); i++)
    {
      const Exchange *exchange = &exchanges[i];
      CosmicItemMemory *memories[2];
      CosmicItemSet *sets[2];
      guint8 fingerprint[COSMIC_FINGERPRINT_SIZE];
      guint64 count;

      for (guint side = 0; side < 2; side++)
        {
          memories[side] = cosmic_item_memory_new ();
          sets[side] = cosmic_item_set_new (cosmic_item_memory_nodes (memories[side]));
        }
      fill (sets, exchange->common, 3, exchange->orders, &random);
      fill (sets, exchange->first, 1, exchange->orders, &random);
      fill (sets, exchange->second, 2, exchange->orders, &random);
      g_assert_true (cosmic_item_set_range (sets[0], &cosmic_item_first, &cosmic_item_end, &count,
                                            fingerprint, NULL));
      vector_file_begin (file, exchange->name);
      vector_file_number (file, "limit", exchange->limit);
      vector_file_variant (file, "first", set_value (sets[0]));
      vector_file_variant (file, "second", set_value (sets[1]));
      vector_file_bytes (file, "fingerprint", fingerprint, sizeof fingerprint);
      write_frames (file, sets, exchange->limit, &random);
      for (guint side = 0; side < 2; side++)
        {
          cosmic_item_set_free (sets[side]);
          cosmic_item_memory_free (memories[side]);
        }
    }
  vector_file_finish (file);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (cosmic_crypto_init ());
  g_test_add_func ("/vectors/Reconciliations say what they said", test_exchanges);
  return g_test_run ();
}
