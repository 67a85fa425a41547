/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-aead.h"
#include "cosmic-envelope.h"
#include "cosmic-hash.h"
#include "fixture-random.h"

static CosmicScopeKey *
new_key (FixtureRandom *random)
{
  guint8 bytes[32];

  dpop_random_fill (fixture_random_table (random), bytes, sizeof bytes);
  return cosmic_scope_key_new (bytes);
}

static GBytes *
new_item (FixtureRandom *random, gsize size)
{
  guint8 *bytes = g_malloc (size + 1);

  dpop_random_fill (fixture_random_table (random), bytes, size);
  return g_bytes_new_take (bytes, size);
}

static const CosmicId stream = { { 7 } };

static void
test_opens_to_the_item (void)
{
  static const gsize sizes[] = { 0, 1, 251, 252, 253, 1000, 4096, 65536, 1024 * 1024 };
  FixtureRandom random;
  g_autoptr (CosmicScopeKey) key = NULL;

  fixture_random_init (&random, 31);
  key = new_key (&random);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint type = COSMIC_ITEM_HEADER; type <= COSMIC_ITEM_SUMMARY; type++)
      {
        g_autoptr (GBytes) item = new_item (&random, sizes[i]);
        g_autoptr (GBytes) envelope = cosmic_envelope_seal (key, type, &stream, 12 + i, item);
        g_autoptr (GBytes) again = cosmic_envelope_seal (key, type, &stream, 12 + i, item);
        g_autoptr (GBytes) back = cosmic_envelope_open (key, envelope);
        CosmicLabel label;

        g_assert_true (g_bytes_equal (envelope, again));
        g_assert_nonnull (back);
        g_assert_true (g_bytes_equal (back, item));
        g_assert_cmpuint (g_bytes_get_size (envelope), ==,
                          COSMIC_ENVELOPE_OVERHEAD + cosmic_envelope_padded (4 + sizes[i]));
        g_assert_true (cosmic_envelope_label (envelope, &label));
        g_assert_cmpuint (label.type, ==, type);
        g_assert_cmpuint (label.order, ==, 12 + i);
        g_assert_true (cosmic_id_same (&label.key, cosmic_scope_key_id (key)));
      }
}

static void
test_each_input_makes_another_envelope (void)
{
  FixtureRandom random;
  g_autoptr (CosmicScopeKey) key = NULL;
  g_autoptr (CosmicScopeKey) other_key = NULL;
  g_autoptr (GBytes) item = NULL;
  g_autoptr (GBytes) other_item = NULL;
  const CosmicId other_stream = { { 8 } };
  g_autoptr (GHashTable) ids = NULL;

  ids = g_hash_table_new_full (cosmic_id_hash, cosmic_id_equal, g_free, NULL);
  fixture_random_init (&random, 32);
  key = new_key (&random);
  other_key = new_key (&random);
  item = new_item (&random, 100);
  other_item = new_item (&random, 100);
  for (guint i = 0; i < 32; i++)
    {
      g_autoptr (GBytes) envelope = cosmic_envelope_seal (
          i & 1 ? key : other_key, i & 2 ? COSMIC_ITEM_BODY : COSMIC_ITEM_PERSONAL,
          i & 4 ? &stream : &other_stream, i & 8 ? 1 : 2, i & 16 ? item : other_item);
      CosmicId id;

      cosmic_envelope_id (envelope, &id);
      g_assert_true (g_hash_table_add (ids, cosmic_id_copy (&id)));
    }
}

static void
test_no_altered_byte_opens (void)
{
  FixtureRandom random;
  g_autoptr (CosmicScopeKey) key = NULL;
  g_autoptr (GBytes) item = NULL;
  g_autoptr (GBytes) envelope = NULL;
  g_autofree guint8 *copy = NULL;
  gsize size;

  fixture_random_init (&random, 33);
  key = new_key (&random);
  item = new_item (&random, 300);
  envelope = cosmic_envelope_seal (key, COSMIC_ITEM_BODY, &stream, 3, item);
  copy = g_memdup2 (g_bytes_get_data (envelope, &size), g_bytes_get_size (envelope));
  for (gsize at = 0; at < size; at++)
    for (guint bit = 0; bit < 8; bit++)
      {
        g_autoptr (GBytes) altered = NULL;
        g_autoptr (GBytes) opened = NULL;

        copy[at] ^= (guint8) (1 << bit);
        altered = g_bytes_new (copy, size);
        copy[at] ^= (guint8) (1 << bit);
        opened = cosmic_envelope_open (key, altered);
        g_assert_null (opened);
      }
  for (gsize other = 0; other < size; other++)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (envelope, 0, other);
      g_autoptr (GBytes) opened = cosmic_envelope_open (key, cut);

      g_assert_null (opened);
    }
}

static void
test_another_key_does_not_open (void)
{
  FixtureRandom random;
  g_autoptr (CosmicScopeKey) key = NULL;
  g_autoptr (CosmicScopeKey) other = NULL;
  g_autoptr (GBytes) item = NULL;
  g_autoptr (GBytes) envelope = NULL;
  g_autoptr (GBytes) opened = NULL;
  g_autoptr (GBytes) relabelled = NULL;
  g_autofree guint8 *copy = NULL;
  gsize size;

  fixture_random_init (&random, 34);
  key = new_key (&random);
  other = new_key (&random);
  g_assert_false (cosmic_id_same (cosmic_scope_key_id (key), cosmic_scope_key_id (other)));
  item = new_item (&random, 40);
  envelope = cosmic_envelope_seal (key, COSMIC_ITEM_BODY, &stream, 3, item);
  opened = cosmic_envelope_open (other, envelope);
  g_assert_null (opened);
  copy = g_memdup2 (g_bytes_get_data (envelope, &size), g_bytes_get_size (envelope));
  memcpy (copy + 1, cosmic_scope_key_id (other)->bytes, 32);
  relabelled = g_bytes_new (copy, size);
  opened = cosmic_envelope_open (other, relabelled);
  g_assert_null (opened);
}

static void
test_only_who_has_the_key_sees_the_stream (void)
{
  FixtureRandom random;
  g_autoptr (CosmicScopeKey) key = NULL;
  g_autoptr (CosmicScopeKey) other = NULL;
  g_autoptr (GBytes) item = NULL;
  g_autoptr (GBytes) envelope = NULL;
  const CosmicId other_stream = { { 8 } };
  CosmicLabel label;

  fixture_random_init (&random, 35);
  key = new_key (&random);
  other = new_key (&random);
  item = new_item (&random, 40);
  envelope = cosmic_envelope_seal (key, COSMIC_ITEM_BODY, &stream, 3, item);
  g_assert_true (cosmic_envelope_label (envelope, &label));
  g_assert_true (cosmic_envelope_is_for_stream (key, &label, &stream));
  g_assert_false (cosmic_envelope_is_for_stream (key, &label, &other_stream));
  g_assert_false (cosmic_envelope_is_for_stream (other, &label, &stream));
}

/* --- What authenticates and still is not the one envelope of its item. ---------------------- */

typedef enum
{
  AS_IT_SHOULD_BE,
  NONCE_OF_ONES_OWN,
  LABEL_OF_ANOTHER_KEY,
} Spoil;

/* The sub-keys, derived anew from what the header says. */
static GBytes *
craft (const guint8 bytes[32], const guint8 *plain, gsize size, Spoil spoil)
{
  g_autoptr (CosmicScopeKey) key = cosmic_scope_key_new (bytes);
  guint8 nonce_key[32], encrypt_key[32], full[32];
  guint8 *out = g_malloc0 (COSMIC_ENVELOPE_OVERHEAD + size);
  CosmicHash hash;

  cosmic_derive (bytes, "dpopnonc", 1, nonce_key, 32);
  cosmic_derive (bytes, "dpopencr", 1, encrypt_key, 32);
  out[0] = COSMIC_ITEM_BODY;
  memcpy (out + 1, cosmic_scope_key_id (key)->bytes, 32);
  if (spoil == LABEL_OF_ANOTHER_KEY)
    out[1] ^= 1;
  cosmic_hash_init_keyed (&hash, nonce_key, 32);
  cosmic_hash_update (&hash, out, COSMIC_LABEL_SIZE);
  cosmic_hash_update (&hash, plain, size);
  cosmic_hash_finish (&hash, full);
  if (spoil == NONCE_OF_ONES_OWN)
    full[0] ^= 1;
  memcpy (out + COSMIC_LABEL_SIZE, full, 24);
  cosmic_aead_encrypt (encrypt_key, full, out, COSMIC_LABEL_SIZE, plain, size,
                       out + COSMIC_LABEL_SIZE + 24);
  return g_bytes_new_take (out, COSMIC_ENVELOPE_OVERHEAD + size);
}

static gboolean
opens_spoiled (const guint8 *plain, gsize size, Spoil spoil)
{
  static const guint8 bytes[32] = { 42 };
  g_autoptr (CosmicScopeKey) key = cosmic_scope_key_new (bytes);
  g_autoptr (GBytes) envelope = craft (bytes, plain, size, spoil);
  g_autoptr (GBytes) item = cosmic_envelope_open (key, envelope);

  return item != NULL;
}

static gboolean
opens (const guint8 *plain, gsize size)
{
  return opens_spoiled (plain, size, AS_IT_SHOULD_BE);
}

static void
test_only_the_one_form_opens (void)
{
  guint8 plain[1024] = { 10 };

  memset (plain + 4, 'a', 10);
  g_assert_true (opens (plain, 256));
  g_assert_false (opens_spoiled (plain, 256, NONCE_OF_ONES_OWN));
  g_assert_false (opens_spoiled (plain, 256, LABEL_OF_ANOTHER_KEY));
  g_assert_false (opens (plain, 255));  /* too little padding */
  g_assert_false (opens (plain, 257));  /* too much */
  g_assert_false (opens (plain, 512));
  g_assert_false (opens (plain, 14));
  for (gsize at = 14; at < 256; at++)
    {
      plain[at] = 1;                           /* padding that says something */
      g_assert_false (opens (plain, 256));
      plain[at] = 0;
    }
  g_assert_true (opens (plain, 256));
  plain[0] = 252;
  g_assert_true (opens (plain, 256));
  plain[0] = 253;                              /* an item beyond the end */
  g_assert_false (opens (plain, 256));
  memset (plain, 0xff, 4);
  g_assert_false (opens (plain, 256));
  memset (plain, 0, sizeof plain);
  for (gsize size = 0; size < 4; size++)
    g_assert_false (opens (plain, size));
  g_assert_true (opens (plain, 256));   /* an empty item */
}

static void
test_types_and_sizes_are_bounded (void)
{
  g_autofree guint8 *bytes = g_malloc0 (COSMIC_ENVELOPE_SIZE_MAX + 1);
  CosmicLabel label;

  for (guint type = 0; type < 256; type++)
    {
      g_autoptr (GBytes) envelope = NULL;

      bytes[0] = (guint8) type;
      envelope = g_bytes_new (bytes, 400);
      g_assert_cmpint (cosmic_envelope_label (envelope, &label), ==, type >= 1 && type <= 9);
    }
  bytes[0] = COSMIC_ITEM_BODY;
  for (guint i = 0; i < 4; i++)
    {
      static const gsize sizes[] = { COSMIC_ENVELOPE_OVERHEAD - 1, COSMIC_ENVELOPE_OVERHEAD,
                                     COSMIC_ENVELOPE_SIZE_MAX, COSMIC_ENVELOPE_SIZE_MAX + 1 };
      g_autoptr (GBytes) envelope = g_bytes_new_static (bytes, sizes[i]);

      g_assert_cmpint (cosmic_envelope_label (envelope, &label), ==, i == 1 || i == 2);
    }
}

/* arXiv:1806.03160, section 4: with E = floor (log2 L) and S = floor (log2 E) + 1, the E - S last
 * bits of L are to be zero: the next multiple of 2^(E-S). */
static gsize
padme (gsize size)
{
  gsize e = 0, s = 0, step = 1;

  while (((gsize) 2 << e) <= size)
    e++;
  while (((gsize) 2 << s) <= e)
    s++;
  s++;
  for (gsize bit = e; bit > s; bit--)
    step *= 2;
  return (size + step - 1) / step * step;
}

static void
test_sizes_are_those_of_the_paper (void)
{
  for (gsize size = 0; size <= 100000; size++)
    {
      gsize padded = cosmic_envelope_padded (size);

      g_assert_cmpuint (padded, ==, size <= 256 ? 256 : padme (size));
      g_assert_cmpuint (padded, >=, size);
      g_assert_cmpuint (cosmic_envelope_padded (padded), ==, padded);
    }
  g_assert_cmpuint (padme (9), ==, 10); /* the paper's own table: 9 leaks as 10 */
}

static void
test_an_epoch_links_back (void)
{
  FixtureRandom random;
  g_autoptr (CosmicScopeKey) before = NULL;
  g_autoptr (CosmicScopeKey) now = NULL;
  g_autoptr (CosmicScopeKey) back = NULL;
  guint8 link[COSMIC_LINK_SIZE];

  fixture_random_init (&random, 36);
  before = new_key (&random);
  now = new_key (&random);
  cosmic_scope_key_link (now, before, link);
  back = cosmic_scope_key_unlink (now, link);
  g_assert_nonnull (back);
  g_assert_cmpmem (cosmic_scope_key_bytes (back), 32, cosmic_scope_key_bytes (before), 32);
  g_assert_true (cosmic_id_same (cosmic_scope_key_id (back), cosmic_scope_key_id (before)));
  g_assert_null (cosmic_scope_key_unlink (before, link));
  for (guint i = 0; i < COSMIC_LINK_SIZE; i++)
    {
      link[i] ^= 1;
      g_assert_null (cosmic_scope_key_unlink (now, link));
      link[i] ^= 1;
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (cosmic_crypto_init ());
  g_test_add_func ("/envelope/Opens to the item, and is the same each time",
                   test_opens_to_the_item);
  g_test_add_func ("/envelope/Each input makes another envelope",
                   test_each_input_makes_another_envelope);
  g_test_add_func ("/envelope/No altered byte opens, the label's included",
                   test_no_altered_byte_opens);
  g_test_add_func ("/envelope/Another key does not open", test_another_key_does_not_open);
  g_test_add_func ("/envelope/Only who has the key sees the stream",
                   test_only_who_has_the_key_sees_the_stream);
  g_test_add_func ("/envelope/Only the one form of an item opens", test_only_the_one_form_opens);
  g_test_add_func ("/envelope/Types and sizes are bounded", test_types_and_sizes_are_bounded);
  g_test_add_func ("/envelope/Sizes are those of the paper", test_sizes_are_those_of_the_paper);
  g_test_add_func ("/key/An epoch links back", test_an_epoch_links_back);
  return g_test_run ();
}
