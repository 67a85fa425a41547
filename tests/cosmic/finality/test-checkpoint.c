/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-checkpoint.h"
#include "cosmic-merkle.h"
#include "cosmic-secret.h"
#include "fixture-random.h"

static CosmicId
random_id (FixtureRandom *random)
{
  CosmicId id;

  dpop_random_fill (fixture_random_table (random), id.bytes, sizeof id.bytes);
  return id;
}

static CosmicCheckpoint
some_checkpoint (void)
{
  FixtureRandom random;
  CosmicCheckpoint made = { .height = 7, .time = 1700000000123, .rules_version = 1 };

  fixture_random_init (&random, 1);
  made.party = random_id (&random);
  made.chain = random_id (&random);
  made.previous = random_id (&random);
  made.state_root = random_id (&random);
  made.batch_root = random_id (&random);
  return made;
}

/* BYTES with one bit of byte AT turned over. */
static GBytes *
flip (GBytes *bytes, gsize at, guint bit)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  guint8 *copy = g_memdup2 (data, size);

  copy[at] ^= (guint8) (1 << bit);
  return g_bytes_new_take (copy, size);
}

static GBytes *
longer (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  guint8 *copy = g_malloc0 (size + 1);

  memcpy (copy, data, size);
  return g_bytes_new_take (copy, size + 1);
}

static void
assert_same_checkpoint (const CosmicCheckpoint *a, const CosmicCheckpoint *b)
{
  g_assert_true (cosmic_id_same (&a->party, &b->party));
  g_assert_true (cosmic_id_same (&a->chain, &b->chain));
  g_assert_cmpuint (a->height, ==, b->height);
  g_assert_true (cosmic_id_same (&a->previous, &b->previous));
  g_assert_cmpint (a->time, ==, b->time);
  g_assert_cmpuint (a->rules_version, ==, b->rules_version);
  g_assert_true (cosmic_id_same (&a->state_root, &b->state_root));
  g_assert_true (cosmic_id_same (&a->batch_root, &b->batch_root));
}

static void
test_round_trip (void)
{
  CosmicCheckpoint made = some_checkpoint (), read;
  g_autoptr (GBytes) bytes = NULL;

  for (guint i = 0; i < 3; i++)
    {
      made.height = (guint64[]){ 1, 7, G_MAXUINT64 }[i];
      made.time = (gint64[]){ 0, G_MAXINT64, -1 }[i];
      made.rules_version = (guint32[]){ 1, 2, G_MAXUINT32 }[i];
      g_clear_pointer (&bytes, g_bytes_unref);
      bytes = cosmic_checkpoint_encode (&made);
      g_assert_true (cosmic_checkpoint_decode (bytes, &read));
      assert_same_checkpoint (&made, &read);
    }
}

/* Whatever still reads has another id, and is written again as it came: there are no two ways to
 * write one checkpoint. */
static void
test_every_bit_counts (void)
{
  const CosmicCheckpoint made = some_checkpoint ();
  g_autoptr (GBytes) bytes = cosmic_checkpoint_encode (&made);
  guint refused = 0, other = 0;
  CosmicId id;

  cosmic_checkpoint_id (bytes, &id);
  for (gsize i = 0; i < 8 * g_bytes_get_size (bytes); i++)
    {
      g_autoptr (GBytes) altered = flip (bytes, i / 8, i % 8);
      g_autoptr (GBytes) again = NULL;
      CosmicCheckpoint read;
      CosmicId altered_id;

      if (!cosmic_checkpoint_decode (altered, &read))
        {
          refused++;
          continue;
        }
      other++;
      cosmic_checkpoint_id (altered, &altered_id);
      g_assert_false (cosmic_id_same (&id, &altered_id));
      again = cosmic_checkpoint_encode (&read);
      g_assert_true (g_bytes_equal (altered, again));
    }
  g_test_message ("%u bits refused, %u of another id", refused, other);
  g_assert_cmpuint (refused, >, 0);
  /* Five ids, and the three numbers. */
  g_assert_cmpuint (other, >=, 5 * 256);
}

static void
test_what_is_no_checkpoint (void)
{
  CosmicCheckpoint made = some_checkpoint (), read;
  g_autoptr (GBytes) good = cosmic_checkpoint_encode (&made);
  g_autoptr (GBytes) more = longer (good);
  g_autoptr (GBytes) other_version = flip (good, 0, 1);
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  g_autoptr (GBytes) no_height = NULL;

  g_assert_true (cosmic_checkpoint_decode (good, &read));
  g_assert_false (cosmic_checkpoint_decode (more, &read));
  g_assert_false (cosmic_checkpoint_decode (other_version, &read));
  g_assert_false (cosmic_checkpoint_decode (nothing, &read));
  for (gsize size = 0; size < g_bytes_get_size (good); size++)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (good, 0, size);

      g_assert_false (cosmic_checkpoint_decode (cut, &read));
    }
  made.height = 0;
  no_height = cosmic_checkpoint_encode (&made);
  g_assert_false (cosmic_checkpoint_decode (no_height, &read));
}

/* --- The list of what it covers. -------------------------------------------------------------- */

/* STREAMS with 0, 1, 2, ... operations each; every id says where it stands. */
static CosmicBatchList *
some_list (guint streams)
{
  CosmicBatchList *list = cosmic_batch_list_new ();

  for (guint i = 0; i < streams; i++)
    {
      const CosmicId id = { { (guint8) i } };
      CosmicBatchStream *stream = cosmic_batch_list_add (list, &id);

      stream->leaf = (CosmicStreamLeaf){ .frontier = { { 1, (guint8) i } },
                                         .ids = { { 2, (guint8) i } },
                                         .state = { { 3, (guint8) i } },
                                         .exports = { { 4, (guint8) i } },
                                         .chain = { { 5, (guint8) i } } };
      for (guint j = 0; j < i; j++)
        {
          /* Descending: the order is the canonical one, not that of the ids. */
          const CosmicId operation = { { (guint8) (200 - j), (guint8) i } };

          g_array_append_val (stream->operations, operation);
        }
    }
  return list;
}

static void
assert_same_list (const CosmicBatchList *a, const CosmicBatchList *b)
{
  g_assert_cmpuint (a->streams->len, ==, b->streams->len);
  for (guint i = 0; i < a->streams->len; i++)
    {
      const CosmicBatchStream *x = a->streams->pdata[i], *y = b->streams->pdata[i];

      g_assert_true (cosmic_id_same (&x->stream, &y->stream));
      g_assert_cmpmem (&x->leaf, sizeof x->leaf, &y->leaf, sizeof y->leaf);
      g_assert_cmpmem (x->operations->data, x->operations->len * sizeof (CosmicId),
                       y->operations->data, y->operations->len * sizeof (CosmicId));
    }
}

static void
test_list_round_trip (void)
{
  for (guint streams = 0; streams < 6; streams++)
    {
      g_autoptr (CosmicBatchList) made = some_list (streams), read = NULL;
      g_autoptr (GBytes) bytes = cosmic_batch_list_encode (made);

      read = cosmic_batch_list_decode (bytes);
      g_assert_nonnull (read);
      assert_same_list (made, read);
      g_assert_cmpuint (cosmic_batch_list_count (read), ==, streams * (streams - 1) / 2);
    }
}

/* A list that still reads after a bit was turned over says something else, and the figure that a
 * checkpoint holds against it is another: its root, or the leaf of a stream. */
static void
test_every_bit_of_a_list_counts (void)
{
  g_autoptr (CosmicBatchList) made = some_list (4);
  g_autoptr (GBytes) bytes = cosmic_batch_list_encode (made);
  CosmicId root;
  guint other_root = 0, other_leaf = 0;

  cosmic_batch_list_root (made, &root);
  for (gsize i = 0; i < 8 * g_bytes_get_size (bytes); i += fixture_share ())
    {
      g_autoptr (GBytes) altered = flip (bytes, i / 8, i % 8);
      g_autoptr (CosmicBatchList) read = cosmic_batch_list_decode (altered);
      g_autoptr (GBytes) again = read != NULL ? cosmic_batch_list_encode (read) : NULL;
      CosmicId altered_root;

      if (read == NULL)
        continue;
      g_assert_true (g_bytes_equal (altered, again));
      cosmic_batch_list_root (read, &altered_root);
      if (cosmic_id_same (&root, &altered_root))
        other_leaf++;
      else
        other_root++;
    }
  g_test_message ("%u other roots, %u other leaves or streams", other_root, other_leaf);
  g_assert_cmpuint (other_root, >, 0);
  g_assert_cmpuint (other_leaf, >, 0);
}

static void
assert_refused (const CosmicBatchList *list)
{
  g_autoptr (GBytes) bytes = cosmic_batch_list_encode (list);
  g_autoptr (CosmicBatchList) read = cosmic_batch_list_decode (bytes);

  g_assert_null (read);
}

static void
test_streams_ascend (void)
{
  g_autoptr (CosmicBatchList) doubled = some_list (3), swapped = some_list (3);
  gpointer first = swapped->streams->pdata[1];

  ((CosmicBatchStream *) doubled->streams->pdata[1])->stream
      = ((CosmicBatchStream *) doubled->streams->pdata[2])->stream;
  assert_refused (doubled);
  swapped->streams->pdata[1] = swapped->streams->pdata[2];
  swapped->streams->pdata[2] = first;
  assert_refused (swapped);
}

/* All operations together, not those of one stream. */
static void
test_a_list_has_a_limit (void)
{
  g_autoptr (CosmicBatchList) list = some_list (3), read = NULL;
  g_autoptr (GBytes) bytes = NULL;
  CosmicBatchStream *last = list->streams->pdata[2];

  while (cosmic_batch_list_count (list) < COSMIC_BATCH_MAX)
    {
      const CosmicId id = { { 1 } };

      g_array_append_val (last->operations, id);
    }
  bytes = cosmic_batch_list_encode (list);
  read = cosmic_batch_list_decode (bytes);
  g_assert_nonnull (read);
  g_array_append_val (last->operations, cosmic_id_zero);
  assert_refused (list);
}

static void
test_the_root_is_over_all_ids_in_order (void)
{
  g_autoptr (CosmicBatchList) list = some_list (4), empty = some_list (1);
  CosmicMerkle tree = { 0 }, nothing = { 0 };
  CosmicId root, expected, swapped;
  GArray *last = ((CosmicBatchStream *) list->streams->pdata[3])->operations;
  CosmicId first = g_array_index (last, CosmicId, 0);

  for (guint i = 0; i < 4; i++)
    for (guint j = 0; j < i; j++)
      {
        const CosmicId id = { { (guint8) (200 - j), (guint8) i } };

        cosmic_merkle_append (&tree, &id);
      }
  cosmic_merkle_root (&tree, &expected);
  cosmic_batch_list_root (list, &root);
  g_assert_true (cosmic_id_same (&root, &expected));
  g_array_index (last, CosmicId, 0) = g_array_index (last, CosmicId, 1);
  g_array_index (last, CosmicId, 1) = first;
  cosmic_batch_list_root (list, &swapped);
  g_assert_false (cosmic_id_same (&root, &swapped));
  cosmic_merkle_root (&nothing, &expected);
  cosmic_batch_list_root (empty, &root);
  g_assert_true (cosmic_id_same (&root, &expected));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (cosmic_crypto_init ());
  g_test_add_func ("/checkpoint/What is written reads the same", test_round_trip);
  g_test_add_func ("/checkpoint/Every bit is refused or makes another id", test_every_bit_counts);
  g_test_add_func ("/checkpoint/Cut, longer, another version, no height: refused",
                   test_what_is_no_checkpoint);
  g_test_add_func ("/checkpoint/list/What is written reads the same", test_list_round_trip);
  g_test_add_func ("/checkpoint/list/Every bit is refused or says something else",
                   test_every_bit_of_a_list_counts);
  g_test_add_func ("/checkpoint/list/Streams ascend and stand once", test_streams_ascend);
  g_test_add_func ("/checkpoint/list/All streams together have a limit", test_a_list_has_a_limit);
  g_test_add_func ("/checkpoint/list/The root is over all ids in order",
                   test_the_root_is_over_all_ids_in_order);
  return g_test_run ();
}
