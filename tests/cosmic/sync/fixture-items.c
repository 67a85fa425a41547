/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-items.h"

#include <stdlib.h>
#include <time.h>

CosmicItem
fixture_item (FixtureRandom *random, guint64 orders)
{
  CosmicItem item = { .order = fixture_random_below (random, orders) };

  dpop_random_fill (fixture_random_table (random), item.id.bytes, COSMIC_ID_SIZE);
  return item;
}

int
fixture_item_compare (gconstpointer a, gconstpointer b)
{
  return cosmic_item_compare (a, b);
}

void
fixture_items_sort (GArray *items)
{
  guint kept = 0;

  g_array_sort (items, fixture_item_compare);
  for (guint i = 0; i < items->len; i++)
    {
      CosmicItem item = g_array_index (items, CosmicItem, i);

      if (kept == 0
          || cosmic_item_compare (&item, &g_array_index (items, CosmicItem, kept - 1)) != 0)
        g_array_index (items, CosmicItem, kept++) = item;
    }
  g_array_set_size (items, kept);
}

gboolean
fixture_items_same (const GArray *a, const GArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (cosmic_item_compare (&g_array_index (a, CosmicItem, i), &g_array_index (b, CosmicItem, i))
        != 0)
      return FALSE;
  return TRUE;
}

GArray *
fixture_items_without (const GArray *a, const GArray *b)
{
  GArray *rest = g_array_new (FALSE, FALSE, sizeof (CosmicItem));

  for (guint i = 0, j = 0; i < a->len; i++)
    {
      const CosmicItem *item = &g_array_index (a, CosmicItem, i);

      while (j < b->len && cosmic_item_compare (&g_array_index (b, CosmicItem, j), item) < 0)
        j++;
      if (j == b->len || cosmic_item_compare (&g_array_index (b, CosmicItem, j), item) != 0)
        g_array_append_val (rest, *item);
    }
  return rest;
}

/* --- Sets. ------------------------------------------------------------------------------------ */

void
fixture_set_init (FixtureSet *self, const GArray *items)
{
  self->memory = cosmic_item_memory_new ();
  self->set = cosmic_item_set_new (cosmic_item_memory_nodes (self->memory));
  for (guint i = 0; items != NULL && i < items->len; i++)
    fixture_set_insert (self, &g_array_index (items, CosmicItem, i));
}

void
fixture_set_clear (FixtureSet *self)
{
  cosmic_item_set_free (self->set);
  cosmic_item_memory_free (self->memory);
}

void
fixture_set_insert (FixtureSet *self, const CosmicItem *item)
{
  GError *error = NULL;
  gboolean good = cosmic_item_set_insert (self->set, item, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (good);
}

void
fixture_set_remove (FixtureSet *self, const CosmicItem *item)
{
  GError *error = NULL;
  gboolean good = cosmic_item_set_remove (self->set, item, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (good);
}

/* --- Exchanges. ------------------------------------------------------------------------------- */

static double
processor_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

static void
gather (FixtureExchange *self, guint side)
{
  const GArray *theirs = cosmic_reconcile_only_theirs (self->sides[side]);
  const GArray *ours = cosmic_reconcile_only_ours (self->sides[side]);

  if (side == 0 && theirs->len + ours->len > 0)
    self->rounds = (self->frames + 1) / 2;
  if (theirs->len > 0)
    g_array_append_vals (self->only_theirs[side], theirs->data, theirs->len);
  if (ours->len > 0)
    g_array_append_vals (self->only_ours[side], ours->data, ours->len);
}

static void
count (FixtureExchange *self, GBytes *frame, gsize limit)
{
  gsize size = g_bytes_get_size (frame);

  g_assert_cmpuint (size, <=, limit);
  self->frames++;
  self->bytes += size;
  self->largest = MAX (self->largest, size);
}

void
fixture_exchange_run (FixtureExchange *self, CosmicItemSet *beginner, CosmicItemSet *other,
                      gsize limit, guint64 seed)
{
  GError *error = NULL;
  g_autoptr (GBytes) frame = NULL;
  double start;

  *self = (FixtureExchange){ .frames = 0 };
  fixture_random_init (&self->random, seed);
  for (guint i = 0; i < 2; i++)
    {
      self->sides[i] = cosmic_reconcile_new (i == 0 ? beginner : other, i == 0, limit, G_MAXUINT32,
                                             fixture_random_table (&self->random));
      self->only_theirs[i] = g_array_new (FALSE, FALSE, sizeof (CosmicItem));
      self->only_ours[i] = g_array_new (FALSE, FALSE, sizeof (CosmicItem));
    }
  start = processor_seconds ();
  frame = cosmic_reconcile_begin (self->sides[0], &error);
  self->seconds[0] = processor_seconds () - start;
  g_assert_no_error (error);
  for (guint side = 1; frame != NULL; side = 1 - side)
    {
      GBytes *reply;
      gsize size;
      const guint8 *bytes = g_bytes_get_data (frame, &size);

      count (self, frame, limit);
      start = processor_seconds ();
      cosmic_reconcile_take (self->sides[side], bytes, size, &reply, &error);
      self->seconds[side] += processor_seconds () - start;
      g_assert_no_error (error);
      g_assert_cmpstr (cosmic_reconcile_fault (self->sides[side]), ==, NULL);
      gather (self, side);
      g_bytes_unref (frame);
      frame = reply;
    }
  self->rounds = MAX (self->rounds, MIN (self->frames / 2, 1));
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpuint (cosmic_reconcile_state (self->sides[i]), ==, COSMIC_RECONCILE_DONE);
      fixture_items_sort (self->only_theirs[i]);
      fixture_items_sort (self->only_ours[i]);
    }
}

void
fixture_exchange_clear (FixtureExchange *self)
{
  for (guint i = 0; i < 2; i++)
    {
      cosmic_reconcile_free (self->sides[i]);
      g_array_unref (self->only_theirs[i]);
      g_array_unref (self->only_ours[i]);
    }
}
