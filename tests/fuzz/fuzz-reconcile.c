/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-reconcile.h"
#include "cosmic-secret.h"
#include "fixture-random.h"
#include "fuzz.h"

#include <string.h>

/* Input: a byte that says which side takes (its lowest bit: the one who began; the others: how
 * many items it has), then frames, each behind its size in two bytes, little-endian. Seeds are what
 * either side took in an exchange that went well. */

#define LIMIT 4096
#define SIDES 12

static CosmicItemMemory *
make_set (guint role, CosmicItemSet **set)
{
  CosmicItemMemory *memory = cosmic_item_memory_new ();
  FixtureRandom random;
  guint n = (role >> 1) * (role >> 1) / 4;

  *set = cosmic_item_set_new (cosmic_item_memory_nodes (memory));
  fixture_random_init (&random, 3);
  for (guint i = 0; i < n; i++)
    {
      CosmicItem item = { .order = i / 3 };
      gboolean left_out = i % 17 == role % 17; /* another for another role */

      dpop_random_fill (fixture_random_table (&random), item.id.bytes, COSMIC_ID_SIZE);
      if (!left_out)
        g_assert_true (cosmic_item_set_insert (*set, &item, NULL, NULL));
    }
  return memory;
}

static void
assert_promises (CosmicReconcile *side, GBytes *reply, guint64 most)
{
  const GArray *theirs = cosmic_reconcile_only_theirs (side);
  const GArray *ours = cosmic_reconcile_only_ours (side);
  CosmicReconcileState state = cosmic_reconcile_state (side);

  g_assert_true (reply == NULL || g_bytes_get_size (reply) <= LIMIT);
  g_assert_true ((state == COSMIC_RECONCILE_REFUSED) == (cosmic_reconcile_fault (side) != NULL));
  g_assert_true (state != COSMIC_RECONCILE_GOES_ON || reply != NULL);
  g_assert_true (state != COSMIC_RECONCILE_REFUSED
                 || (reply == NULL && theirs->len == 0 && ours->len == 0));
  g_assert_cmpuint (theirs->len, <=, most);
  g_assert_cmpuint (ours->len, <=, LIMIT / 32);
  for (guint i = 1; i < theirs->len; i++)
    g_assert_cmpint (cosmic_item_compare (&g_array_index (theirs, CosmicItem, i - 1),
                                          &g_array_index (theirs, CosmicItem, i)), <, 0);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static CosmicItemMemory *memories[256];
  static CosmicItemSet *sets[256];
  FixtureRandom random;
  CosmicReconcile *side;
  guint role = size > 0 ? data[0] : 0;
  size_t at = 1;

  g_assert_true (cosmic_crypto_init ());
  if (memories[role] == NULL)
    memories[role] = make_set (role, &sets[role]);
  fixture_random_init (&random, role);
  side = cosmic_reconcile_new (sets[role], role & 1, LIMIT, 200, fixture_random_table (&random));
  if (role & 1)
    g_bytes_unref (cosmic_reconcile_begin (side, NULL));
  while (at + 2 <= size && cosmic_reconcile_state (side) == COSMIC_RECONCILE_GOES_ON)
    {
      size_t length = data[at] | data[at + 1] << 8;
      GError *error = NULL;
      GBytes *reply;

      at += 2;
      length = MIN (length, size - at);
      g_assert_true (cosmic_reconcile_take (side, data + at, length, &reply, &error));
      g_assert_no_error (error);
      assert_promises (side, reply, 200);
      g_clear_pointer (&reply, g_bytes_unref);
      at += length;
    }
  cosmic_reconcile_free (side);
  return 0;
}

/* What the side of ROLE takes from one of another size. */
static GBytes *
make_seed (guint8 role, guint8 other)
{
  const guint8 roles[] = { role & 1 ? role : other, role & 1 ? other : role };
  GByteArray *seed = g_byte_array_new ();
  CosmicItemMemory *memories[2];
  CosmicItemSet *sets[2];
  CosmicReconcile *sides[2];
  FixtureRandom randoms[2];
  GBytes *frame;

  g_byte_array_append (seed, &role, 1);
  for (guint i = 0; i < 2; i++)
    {
      memories[i] = make_set (roles[i], &sets[i]);
      fixture_random_init (&randoms[i], roles[i]);
      sides[i] = cosmic_reconcile_new (sets[i], i == 0, LIMIT, 10000,
                                       fixture_random_table (&randoms[i]));
    }
  frame = cosmic_reconcile_begin (sides[0], NULL);
  for (guint i = 1; frame != NULL; i = 1 - i)
    {
      gsize size;
      const guint8 *bytes = g_bytes_get_data (frame, &size);
      const guint8 length[] = { (guint8) size, (guint8) (size >> 8) };
      GBytes *reply;

      if (roles[i] == role)
        {
          g_byte_array_append (seed, length, 2);
          g_byte_array_append (seed, bytes, (guint) size);
        }
      cosmic_reconcile_take (sides[i], bytes, size, &reply, NULL);
      g_bytes_unref (frame);
      frame = reply;
    }
  for (guint i = 0; i < 2; i++)
    {
      cosmic_reconcile_free (sides[i]);
      cosmic_item_set_free (sets[i]);
      cosmic_item_memory_free (memories[i]);
    }
  return g_byte_array_free_to_bytes (seed);
}

GBytes *
fuzz_seed (guint n)
{
  static const guint8 roles[SIDES][2] = {
    { 0, 1 },   { 1, 0 },   { 40, 41 }, { 41, 40 },  { 40, 1 },   { 1, 40 },
    { 0, 61 },  { 61, 0 },  { 90, 91 }, { 201, 90 }, { 200, 91 }, { 200, 201 },
  };

  g_assert_true (cosmic_crypto_init ());
  return n < SIDES ? make_seed (roles[n][0], roles[n][1]) : NULL;
}
