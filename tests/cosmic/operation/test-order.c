/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-order.h"
#include "fixture-random.h"

/* Operations made by hand: the order looks at ids, edges and kinds only. */
static CosmicOperation *
new_operation (FixtureRandom *random, guint16 kind)
{
  CosmicOperation *self = g_new0 (CosmicOperation, 1);

  g_atomic_ref_count_init (&self->refs);
  dpop_random_fill (fixture_random_table (random), self->id.bytes, 32);
  self->header.kind = kind;
  self->item = g_bytes_new_static ("", 0);
  return self;
}

static void
add_cause (CosmicOperation *operation, const CosmicOperation *cause, gboolean previous)
{
  if (previous)
    {
      operation->header.seq = 1;
      operation->header.previous = cause->id;
    }
  else if (operation->header.n_parents < COSMIC_OPERATION_PARENTS_MAX)
    operation->header.parents[operation->header.n_parents++] = cause->id;
}

static guint8
class_of (guint16 kind, gpointer data)
{
  g_assert_cmpstr (data, ==, "data");
  return (guint8) kind;
}

/* A random graph without circles; some causes lie outside the batch. */
static GPtrArray *
random_batch (FixtureRandom *random, guint count)
{
  GPtrArray *batch = g_ptr_array_new_with_free_func ((GDestroyNotify) cosmic_operation_unref);
  guint dense = 1 + (guint) fixture_random_below (random, 6);

  for (guint i = 0; i < count; i++)
    {
      guint16 kind = (guint16) fixture_random_below (random, 3);
      CosmicOperation *operation = new_operation (random, kind);
      guint64 causes = i > 0 ? fixture_random_below (random, dense) : 0;

      for (guint64 n = 0; n < causes; n++)
        add_cause (operation, batch->pdata[fixture_random_below (random, i)], n == 1);
      if (fixture_random_below (random, 4) == 0)
        {
          g_autoptr (CosmicOperation) outside = new_operation (random, 0);

          add_cause (operation, outside, fixture_random_below (random, 2));
        }
      g_ptr_array_add (batch, operation);
    }
  return batch;
}

static gboolean
depends (const CosmicOperation *operation, const CosmicOperation *cause)
{
  const CosmicHeader *header = &operation->header;

  if (header->seq > 0 && cosmic_id_same (&header->previous, &cause->id))
    return TRUE;
  for (guint i = 0; i < header->n_parents; i++)
    if (cosmic_id_same (&header->parents[i], &cause->id))
      return TRUE;
  return FALSE;
}

/* The longest way to it within the batch. */
static guint
brute_depth (const GPtrArray *batch, const CosmicOperation *operation)
{
  guint depth = 0;

  for (guint i = 0; i < batch->len; i++)
    if (depends (operation, batch->pdata[i]))
      depth = MAX (depth, 1 + brute_depth (batch, batch->pdata[i]));
  return depth;
}

static gboolean
is_ready (const GPtrArray *batch, const GHashTable *out, const CosmicOperation *operation)
{
  for (guint i = 0; i < batch->len; i++)
    if (depends (operation, batch->pdata[i])
        && !g_hash_table_contains ((GHashTable *) out, batch->pdata[i]))
      return FALSE;
  return TRUE;
}

static gboolean
comes_before (const CosmicOperation *a, guint depth_a, const CosmicOperation *b, guint depth_b)
{
  if (a->header.kind != b->header.kind)
    return a->header.kind < b->header.kind;
  if (depth_a != depth_b)
    return depth_a < depth_b;
  return memcmp (a->id.bytes, b->id.bytes, 32) < 0;
}

static GPtrArray *
brute_order (const GPtrArray *batch)
{
  GPtrArray *order = g_ptr_array_new ();
  g_autoptr (GHashTable) out = g_hash_table_new (NULL, NULL);
  g_autofree guint *depths = g_new0 (guint, batch->len + 1);

  for (guint i = 0; i < batch->len; i++)
    depths[i] = brute_depth (batch, batch->pdata[i]);
  while (order->len < batch->len)
    {
      gint best = -1;

      for (guint i = 0; i < batch->len; i++)
        if (!g_hash_table_contains (out, batch->pdata[i]) && is_ready (batch, out, batch->pdata[i])
            && (best < 0
                || comes_before (batch->pdata[i], depths[i], batch->pdata[best], depths[best])))
          best = (gint) i;
      g_assert_cmpint (best, >=, 0);
      g_ptr_array_add (order, batch->pdata[best]);
      g_hash_table_add (out, batch->pdata[best]);
    }
  return order;
}

static void
shuffle (FixtureRandom *random, GPtrArray *batch)
{
  for (guint i = batch->len; i > 1; i--)
    {
      guint other = (guint) fixture_random_below (random, i);
      gpointer kept = batch->pdata[i - 1];

      batch->pdata[i - 1] = batch->pdata[other];
      batch->pdata[other] = kept;
    }
}

static void
test_the_smallest_that_is_ready_comes_first (void)
{
  guint rounds = 400 / fixture_share ();

  for (guint round = 0; round < rounds; round++)
    {
      FixtureRandom random;
      g_autoptr (GPtrArray) batch = NULL;
      g_autoptr (GPtrArray) expected = NULL;

      fixture_random_init (&random, 7000 + round);
      batch = random_batch (&random, (guint) fixture_random_below (&random, 14));
      expected = brute_order (batch);
      for (guint i = 0; i < 4; i++)
        {
          g_autoptr (GPtrArray) order = cosmic_order_stream (batch, class_of, (gpointer) "data");

          g_assert_nonnull (order);
          g_assert_cmpuint (order->len, ==, expected->len);
          for (guint n = 0; n < order->len; n++)
            g_assert_true (order->pdata[n] == expected->pdata[n]);
          shuffle (&random, batch);
        }
    }
}

static void
test_arrival_does_not_matter (void)
{
  FixtureRandom random;
  g_autoptr (GPtrArray) batch = NULL;
  g_autoptr (GPtrArray) first = NULL;

  fixture_random_init (&random, 72);
  batch = random_batch (&random, 2000);
  first = cosmic_order_stream (batch, class_of, (gpointer) "data");
  g_assert_cmpuint (first->len, ==, 2000);
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (GPtrArray) order = NULL;

      shuffle (&random, batch);
      order = cosmic_order_stream (batch, class_of, (gpointer) "data");
      g_assert_cmpmem (order->pdata, order->len * sizeof (gpointer), first->pdata,
                       first->len * sizeof (gpointer));
    }
}

/* A follower of lower class waits for its cause, but passes all others of a higher class. */
static void
test_class_counts_before_depth (void)
{
  FixtureRandom random;
  g_autoptr (GPtrArray) batch = NULL;
  g_autoptr (GPtrArray) order = NULL;
  CosmicOperation *slow, *cause, *follower;

  fixture_random_init (&random, 73);
  batch = g_ptr_array_new_with_free_func ((GDestroyNotify) cosmic_operation_unref);
  g_ptr_array_add (batch, slow = new_operation (&random, 2));
  g_ptr_array_add (batch, cause = new_operation (&random, 1));
  g_ptr_array_add (batch, follower = new_operation (&random, 0));
  add_cause (follower, cause, FALSE);
  order = cosmic_order_stream (batch, class_of, (gpointer) "data");
  g_assert_true (order->pdata[0] == cause && order->pdata[1] == follower
                 && order->pdata[2] == slow);
}

static void
test_a_circle_has_no_order (void)
{
  for (guint length = 1; length < 5; length++)
    {
      FixtureRandom random;
      g_autoptr (GPtrArray) batch = NULL;

      fixture_random_init (&random, 74);
      batch = random_batch (&random, length + 3);
      for (guint i = 0; i < length; i++)
        add_cause (batch->pdata[i], batch->pdata[(i + 1) % length], TRUE);
      g_assert_null (cosmic_order_stream (batch, class_of, (gpointer) "data"));
    }
}

static void
test_nothing_has_an_empty_order (void)
{
  g_autoptr (GPtrArray) batch = g_ptr_array_new ();
  g_autoptr (GPtrArray) order = cosmic_order_stream (batch, class_of, (gpointer) "data");

  g_assert_nonnull (order);
  g_assert_cmpuint (order->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/order/The smallest that is ready comes first",
                   test_the_smallest_that_is_ready_comes_first);
  g_test_add_func ("/order/Arrival does not matter", test_arrival_does_not_matter);
  g_test_add_func ("/order/Class counts before depth", test_class_counts_before_depth);
  g_test_add_func ("/order/A circle has no order", test_a_circle_has_no_order);
  g_test_add_func ("/order/Nothing has an empty order", test_nothing_has_an_empty_order);
  return g_test_run ();
}
