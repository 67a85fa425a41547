/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-envelope.h"
#include "cosmic-seal.h"
#include "fixture-random.h"
#include "vector-file.h"

static void
random_bytes (FixtureRandom *random, guint8 *bytes, gsize size)
{
  dpop_random_fill (fixture_random_table (random), bytes, size);
}

/* Large items are not written out: byte i is i mod 251. */
static GBytes *
pattern (gsize size)
{
  guint8 *bytes = g_malloc (size + 1);

  for (gsize i = 0; i < size; i++)
    bytes[i] = (guint8) (i % 251);
  return g_bytes_new_take (bytes, size);
}

static void
write_envelope (VectorFile *file, FixtureRandom *random, CosmicItemType type, gsize size)
{
  guint8 bytes[32];
  g_autoptr (CosmicScopeKey) key = NULL;
  g_autoptr (GBytes) item = pattern (size);
  g_autoptr (GBytes) envelope = NULL;
  g_autofree char *name = g_strdup_printf ("type %u, %" G_GSIZE_FORMAT " bytes", type, size);
  guint64 order = type == COSMIC_ITEM_HEADER ? 0 : fixture_random_next (random);
  CosmicId stream = { { 0 } }, id;

  random_bytes (random, bytes, 32);
  if (type != COSMIC_ITEM_CHECKPOINT)
    random_bytes (random, stream.bytes, 32);
  key = cosmic_scope_key_new (bytes);
  envelope = cosmic_envelope_seal (key, type, &stream, order, item);
  cosmic_envelope_id (envelope, &id);
  vector_file_begin (file, name);
  vector_file_bytes (file, "key", bytes, 32);
  vector_file_id (file, "key_id", cosmic_scope_key_id (key));
  vector_file_number (file, "type", type);
  vector_file_id (file, "stream", &stream);
  vector_file_number (file, "order", order);
  vector_file_number (file, "size", size);
  vector_file_number (file, "envelope_size", g_bytes_get_size (envelope));
  if (size <= 2000)
    vector_file_blob (file, "envelope", envelope);
  vector_file_id (file, "id", &id);
}

static void
test_envelopes (void)
{
  VectorFile *file = vector_file_new ("envelope");
  static const gsize sizes[] = { 0, 1, 252, 253, 320, 1000, 1789, 5000, 65536, 70000 };
  FixtureRandom random;

  fixture_random_init (&random, 2001);
  for (guint type = COSMIC_ITEM_HEADER; type <= COSMIC_ITEM_SUMMARY; type++)
    write_envelope (file, &random, type, 40);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    write_envelope (file, &random, COSMIC_ITEM_BODY, sizes[i]);
  vector_file_finish (file);
}


static void
test_padding (void)
{
  VectorFile *file = vector_file_new ("padding");
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(tt)"));
  for (guint64 size = 0; size < 600; size += 37)
    g_variant_builder_add (&builder, "(tt)", size, (guint64) cosmic_envelope_padded (size));
  for (guint64 size = 600; size < 8 * 1024 * 1024; size += size / 7)
    g_variant_builder_add (&builder, "(tt)", size, (guint64) cosmic_envelope_padded (size));
  vector_file_begin (file, "size, padded");
  vector_file_variant (file, "pairs", g_variant_builder_end (&builder));
  vector_file_finish (file);
}

static void
test_links (void)
{
  VectorFile *file = vector_file_new ("link");
  FixtureRandom random;

  fixture_random_init (&random, 2002);
  for (guint i = 0; i < 2; i++)
    {
      guint8 bytes[32], before_bytes[32], link[COSMIC_LINK_SIZE];
      g_autoptr (CosmicScopeKey) key = NULL;
      g_autoptr (CosmicScopeKey) before = NULL;

      random_bytes (&random, bytes, 32);
      random_bytes (&random, before_bytes, 32);
      key = cosmic_scope_key_new (bytes);
      before = cosmic_scope_key_new (before_bytes);
      cosmic_scope_key_link (key, before, link);
      vector_file_begin (file, "the key before");
      vector_file_bytes (file, "key", bytes, 32);
      vector_file_bytes (file, "before", before_bytes, 32);
      vector_file_bytes (file, "link", link, sizeof link);
    }
  vector_file_finish (file);
}

/* The randomness of the sealer is the first 32 bytes of a seeded stream. */
static void
test_seals (void)
{
  VectorFile *file = vector_file_new ("seal");
  static const gsize sizes[] = { 0, 1, 32, 64, 200 };
  FixtureRandom random;

  fixture_random_init (&random, 2003);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      guint8 public_key[32], ephemeral[32], plain[200], sealed[200 + COSMIC_SEAL_OVERHEAD];
      g_autoptr (CosmicSecret) secret = NULL;
      FixtureRandom again;

      secret = cosmic_seal_key_new (fixture_random_table (&random), public_key);
      random_bytes (&random, plain, sizes[i]);
      again = random;
      random_bytes (&again, ephemeral, 32);
      g_assert_true (cosmic_seal (public_key, fixture_random_table (&random), "label", i, plain,
                                  sizes[i], sealed));
      vector_file_begin (file, "sealed");
      vector_file_bytes (file, "secret", cosmic_secret_bytes (secret), 32);
      vector_file_bytes (file, "public", public_key, 32);
      vector_file_bytes (file, "ephemeral", ephemeral, 32);
      vector_file_bytes (file, "label", "label", i);
      vector_file_bytes (file, "plain", plain, sizes[i]);
      vector_file_bytes (file, "sealed", sealed, sizes[i] + COSMIC_SEAL_OVERHEAD);
    }
  vector_file_finish (file);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (cosmic_crypto_init ());
  g_test_add_func ("/vectors/Envelopes are what they were", test_envelopes);
  g_test_add_func ("/vectors/Items are padded as they were", test_padding);
  g_test_add_func ("/vectors/Keys link back as they did", test_links);
  g_test_add_func ("/vectors/Shares are sealed as they were", test_seals);
  return g_test_run ();
}
