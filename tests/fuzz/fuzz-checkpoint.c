/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-checkpoint.h"
#include "cosmic-secret.h"
#include "fuzz.h"

/* Input: a checkpoint, or the list of what one covers. What is read is written again byte for byte,
 * and a list keeps its limits. */

static GBytes *
list_seed (guint streams)
{
  g_autoptr (CosmicBatchList) list = cosmic_batch_list_new ();

  for (guint i = 0; i < streams; i++)
    {
      const CosmicId id = { { (guint8) i } };
      CosmicBatchStream *stream = cosmic_batch_list_add (list, &id);

      stream->leaf.state = id;
      for (guint j = 0; j < i; j++)
        g_array_append_val (stream->operations, id);
    }
  return cosmic_batch_list_encode (list);
}

GBytes *
fuzz_seed (guint n)
{
  const CosmicCheckpoint first = { .height = 1, .time = 1, .rules_version = 1 };
  const CosmicCheckpoint later = { .party = { { 1 } }, .chain = { { 2 } }, .height = 1234567,
                                   .previous = { { 3 } }, .time = 1700000000000,
                                   .rules_version = 2, .state_root = { { 4 } },
                                   .batch_root = { { 5 } } };

  switch (n)
    {
    case 0:
      return cosmic_checkpoint_encode (&first);
    case 1:
      return cosmic_checkpoint_encode (&later);
    case 2:
      return list_seed (0);
    case 3:
      return list_seed (1);
    case 4:
      return list_seed (4);
    default:
      return NULL;
    }
}

static void
read_checkpoint (GBytes *bytes)
{
  CosmicCheckpoint checkpoint;
  g_autoptr (GBytes) again = NULL;

  if (!cosmic_checkpoint_decode (bytes, &checkpoint))
    return;
  g_assert_cmpuint (checkpoint.height, >, 0);
  again = cosmic_checkpoint_encode (&checkpoint);
  g_assert_true (g_bytes_equal (bytes, again));
}

static void
read_list (GBytes *bytes)
{
  g_autoptr (CosmicBatchList) list = cosmic_batch_list_decode (bytes);
  g_autoptr (GBytes) again = NULL;
  CosmicId root;

  if (list == NULL)
    return;
  g_assert_cmpuint (cosmic_batch_list_count (list), <=, COSMIC_BATCH_MAX);
  for (guint i = 1; i < list->streams->len; i++)
    {
      const CosmicBatchStream *a = list->streams->pdata[i - 1], *b = list->streams->pdata[i];

      g_assert_cmpint (cosmic_id_compare (&a->stream, &b->stream), <, 0);
    }
  cosmic_batch_list_root (list, &root);
  again = cosmic_batch_list_encode (list);
  g_assert_true (g_bytes_equal (bytes, again));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);

  g_assert_true (cosmic_crypto_init ());
  read_checkpoint (bytes);
  read_list (bytes);
  return 0;
}
