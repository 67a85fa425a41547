/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-operation.h"
#include "cosmic-order.h"
#include "fixture-random.h"
#include "vector-file.h"

static CosmicId
random_id (FixtureRandom *random)
{
  CosmicId id;

  dpop_random_fill (fixture_random_table (random), id.bytes, sizeof id.bytes);
  return id;
}

static CosmicPartRef
random_part (FixtureRandom *random, guint32 size)
{
  return (CosmicPartRef){ TRUE, random_id (random), size, random_id (random) };
}

/* --- Headers. ------------------------------------------------------------------------------- */

static GVariant *
part_value (const CosmicPartRef *part)
{
  GVariant *fields[] = { cosmic_codec_new_id (&part->key), g_variant_new_uint32 (part->size),
                         cosmic_codec_new_id (&part->id) };
  GVariant *tuple = g_variant_new_tuple (fields, 3);

  if (part->there)
    return g_variant_new_maybe (NULL, tuple);
  g_variant_unref (g_variant_ref_sink (tuple));
  return g_variant_new_maybe (G_VARIANT_TYPE ("(ayuay)"), NULL);
}

static void
write_header (VectorFile *file, const char *name, const CosmicSecret *key,
              const CosmicHeader *header)
{
  g_autoptr (CosmicOperation) operation = cosmic_operation_sign (header, key);
  g_autoptr (GArray) parents = g_array_new (FALSE, FALSE, sizeof (CosmicId));

  g_array_append_vals (parents, header->parents, header->n_parents);
  vector_file_begin (file, name);
  vector_file_flag (file, "taken", TRUE);
  vector_file_id (file, "party", &header->party);
  vector_file_id (file, "stream", &header->stream);
  vector_file_id (file, "author", &operation->header.author);
  vector_file_number (file, "seq", header->seq);
  vector_file_id (file, "previous", &header->previous);
  vector_file_id (file, "base_chain", &header->base.chain);
  vector_file_number (file, "base_height", header->base.height);
  vector_file_id (file, "base_id", &header->base.id);
  vector_file_variant (file, "parents", cosmic_codec_new_ids (parents));
  vector_file_number (file, "kind", header->kind);
  vector_file_id (file, "key", &header->key);
  vector_file_variant (file, "body", part_value (&header->body));
  vector_file_variant (file, "personal", part_value (&header->personal));
  vector_file_blob (file, "item", operation->item);
  vector_file_id (file, "id", &operation->id);
}

static CosmicHeader
full_header (FixtureRandom *random, guint n_parents)
{
  CosmicHeader header = {
    .party = random_id (random), .stream = random_id (random), .seq = G_MAXUINT64,
    .previous = random_id (random),
    .base = { random_id (random), G_MAXUINT64 - 1, random_id (random) },
    .n_parents = n_parents, .kind = G_MAXUINT16, .key = random_id (random),
    .body = random_part (random, COSMIC_PART_SIZE_MAX), .personal = random_part (random, 32),
  };

  for (guint i = 0; i < n_parents; i++)
    {
      header.parents[i] = random_id (random);
      header.parents[i].bytes[0] = (guint8) (i * 16);
    }
  return header;
}

static void
write_refused (VectorFile *file, const char *name, GBytes *item)
{
  g_autoptr (CosmicOperation) operation = cosmic_operation_parse (item);

  g_assert_true (operation == NULL || !cosmic_operation_verify (operation));
  vector_file_begin (file, name);
  vector_file_flag (file, "taken", FALSE);
  vector_file_blob (file, "item", item);
}

/* Signed as they should be, but not well formed: only the encoder's caller keeps to the rules. */
static void
write_malformed (VectorFile *file, FixtureRandom *random, const CosmicSecret *key)
{
  static const char *const names[] = { "first with a previous", "second without a previous",
                                       "parents descend", "a parent twice", "a short body",
                                       "a body too long", "a part shorter than its salt" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      CosmicHeader header = full_header (random, 3);
      g_autoptr (CosmicOperation) operation = NULL;

      if (i == 0)
        header.seq = 0;
      else if (i == 1)
        header.previous = cosmic_id_zero;
      else if (i == 2)
        header.parents[0].bytes[0] = 0xff;
      else if (i == 3)
        header.parents[1] = header.parents[0];
      else if (i == 4)
        header.body.size = 0;
      else if (i == 5)
        header.body.size = COSMIC_PART_SIZE_MAX + 1;
      else
        header.personal.size = COSMIC_PART_SALT_SIZE - 1;
      operation = cosmic_operation_sign (&header, key);
      write_refused (file, names[i], operation->item);
    }
}

static void
write_altered (VectorFile *file, const CosmicSecret *key, const CosmicHeader *header)
{
  g_autoptr (CosmicOperation) operation = cosmic_operation_sign (header, key);
  gsize size = g_bytes_get_size (operation->item);
  static const char *const names[] = { "version 2", "a bit of the signature", "a bit of the party",
                                       "an offset", "one byte less", "one byte more" };
  const gsize places[] = { 0, size - 1, 5, size - 65 };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree guint8 *copy = g_malloc0 (size + 1);
      g_autoptr (GBytes) item = NULL;

      memcpy (copy, g_bytes_get_data (operation->item, NULL), size);
      if (i < G_N_ELEMENTS (places))
        copy[places[i]] ^= i == 0 ? 3 : 1;
      item = g_bytes_new (copy, size + (i == 5) - (i == 4));
      write_refused (file, names[i], item);
    }
}

static void
test_headers (void)
{
  VectorFile *file = vector_file_new ("operation");
  FixtureRandom random;
  guint8 public_key[32];
  g_autoptr (CosmicSecret) key = NULL;
  CosmicHeader header;

  fixture_random_init (&random, 1001);
  key = cosmic_sign_key_new (fixture_random_table (&random), public_key);
  header = (CosmicHeader){ .kind = 1, .key = random_id (&random) };
  header.body = random_part (&random, 400);
  header.personal = random_part (&random, 90);
  write_header (file, "genesis: no party, no base", key, &header);
  header.party = random_id (&random);
  header.kind = 7;
  header.body.there = header.personal.there = FALSE;
  write_header (file, "no parts", key, &header);
  for (guint parents = 0; parents <= COSMIC_OPERATION_PARENTS_MAX; parents += 1 + parents * 2)
    {
      g_autofree char *name = g_strdup_printf ("%u parents", parents);

      header = full_header (&random, parents);
      write_header (file, name, key, &header);
    }
  header = full_header (&random, COSMIC_OPERATION_PARENTS_MAX);
  write_header (file, "as many parents as there may be", key, &header);
  header.personal.there = FALSE;
  write_header (file, "a body and no personal part", key, &header);
  header.personal.there = TRUE;
  header.body.there = FALSE;
  write_header (file, "a personal part and no body", key, &header);
  write_altered (file, key, &header);
  write_malformed (file, &random, key);
  vector_file_finish (file);
}

/* --- Parts and streams. --------------------------------------------------------------------- */

static void
write_part (VectorFile *file, FixtureRandom *random, const char *name, GVariant *content)
{
  CosmicId salt = random_id (random);
  g_autoptr (GVariant) sunk = g_variant_ref_sink (content);
  g_autoptr (GBytes) part = cosmic_part_new (sunk, salt.bytes);

  vector_file_begin (file, name);
  vector_file_text (file, "type", g_variant_get_type_string (sunk));
  vector_file_variant (file, "value", sunk);
  vector_file_id (file, "salt", &salt);
  vector_file_blob (file, "part", part);
}

static void
test_parts (void)
{
  VectorFile *file = vector_file_new ("part");
  FixtureRandom random;

  fixture_random_init (&random, 1002);
  write_part (file, &random, "numbers",
              g_variant_new ("(ybnqiuxt)", 255, TRUE, -2, 65535, -3, G_MAXUINT32, G_MININT64,
                             G_MAXUINT64));
  write_part (file, &random, "padding between", g_variant_new ("(yuyt)", 1, 2, 3, 4));
  write_part (file, &random, "padding behind", g_variant_new ("((yty)y)", 1, G_GUINT64_CONSTANT (2),
                                                              3, 4));
  write_part (file, &random, "a text", g_variant_new ("s", "What a person typed"));
  write_part (file, &random, "texts", g_variant_new_parsed ("['', 'a', 'bc']"));
  write_part (file, &random, "no texts", g_variant_new ("as", NULL));
  write_part (file, &random, "there or not",
              g_variant_new_parsed ("(@ms nothing, just 'x', @mu nothing, just @u 7, @may b'ab')"));
  write_part (file, &random, "there and empty", g_variant_new_parsed ("just ''"));
  write_part (file, &random, "texts between numbers",
              g_variant_new_parsed ("('a', @t 5, 'bc', @q 6, ['d', 'e'], 'f', @y 7)"));
  write_part (file, &random, "lists of lists",
              g_variant_new_parsed ("[@a(sq) [], [('a', 1), ('bb', 2)], [('', 3)]]"));
  write_part (file, &random, "nothing at all", g_variant_new ("()"));
  {
    GVariantBuilder builder;

    g_variant_builder_init (&builder, G_VARIANT_TYPE ("as"));
    for (guint i = 0; i < 90; i++)
      g_variant_builder_add (&builder, "s", "ab"); /* 270 bytes: offsets of two */
    write_part (file, &random, "wider offsets", g_variant_builder_end (&builder));
  }
  vector_file_finish (file);
}

static void
test_streams (void)
{
  VectorFile *file = vector_file_new ("stream");
  FixtureRandom random;

  fixture_random_init (&random, 1003);
  for (guint i = 0; i < 3; i++)
    {
      CosmicId party = random_id (&random), author = random_id (&random);
      CosmicId nonce = random_id (&random), stream;

      cosmic_stream_id (&party, &author, &nonce, &stream);
      vector_file_begin (file, "stream");
      vector_file_id (file, "party", &party);
      vector_file_id (file, "author", &author);
      vector_file_id (file, "nonce", &nonce);
      vector_file_id (file, "stream", &stream);
    }
  vector_file_finish (file);
}

/* --- Canonical order. ----------------------------------------------------------------------- */

static guint8
class_of (guint16 kind, gpointer data)
{
  return (guint8) (kind % 3);
}

#define AUTHORS 4

/* A batch of COUNT operations by some authors, with random parents, a few of them outside. */
static GPtrArray *
random_batch (FixtureRandom *random, guint count)
{
  GPtrArray *batch = g_ptr_array_new_with_free_func ((GDestroyNotify) cosmic_operation_unref);
  CosmicSecret *keys[AUTHORS];
  CosmicHeader next[AUTHORS];
  guint8 public_key[32];

  for (guint i = 0; i < AUTHORS; i++)
    {
      keys[i] = cosmic_sign_key_new (fixture_random_table (random), public_key);
      next[i] = (CosmicHeader){ .party = { { 1 } }, .key = { { 2 } } };
    }
  for (guint n = 0; n < count; n++)
    {
      guint author = (guint) fixture_random_below (random, AUTHORS);
      CosmicHeader *header = &next[author];
      g_autoptr (GArray) parents = g_array_new (FALSE, FALSE, sizeof (CosmicId));
      CosmicOperation *operation;

      for (guint64 p = fixture_random_below (random, 4); p > 0; p--)
        {
          CosmicId outside = random_id (random);
          const CosmicOperation *inside
              = n > 0 ? batch->pdata[fixture_random_below (random, n)] : NULL;

          g_array_append_vals (parents, p < 3 && inside != NULL ? &inside->id : &outside, 1);
        }
      cosmic_ids_normalise (parents);
      header->n_parents = parents->len;
      if (parents->len > 0)
        memcpy (header->parents, parents->data, parents->len * sizeof (CosmicId));
      header->kind = (guint16) fixture_random_below (random, 100);
      operation = cosmic_operation_sign (header, keys[author]);
      g_ptr_array_add (batch, operation);
      header->seq++;
      header->previous = operation->id;
    }
  for (guint i = 0; i < AUTHORS; i++)
    cosmic_secret_free (keys[i]);
  return batch;
}

static void
test_order (void)
{
  VectorFile *file = vector_file_new ("order");
  static const guint counts[] = { 0, 1, 2, 12, 30 };
  FixtureRandom random;

  fixture_random_init (&random, 1004);
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autoptr (GPtrArray) batch = random_batch (&random, counts[i]);
      g_autoptr (GPtrArray) order = cosmic_order_stream (batch, class_of, NULL);
      g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (CosmicId));
      g_autofree char *name = g_strdup_printf ("%u operations", counts[i]);
      GVariantBuilder items;

      g_variant_builder_init (&items, G_VARIANT_TYPE_BYTESTRING_ARRAY);
      for (guint n = 0; n < batch->len; n++)
        {
          const CosmicOperation *given = batch->pdata[n], *placed = order->pdata[n];

          g_variant_builder_add_value (
              &items, cosmic_codec_new_bytes (g_bytes_get_data (given->item, NULL),
                                              g_bytes_get_size (given->item)));
          g_array_append_val (ids, placed->id);
        }
      vector_file_begin (file, name);
      vector_file_variant (file, "items", g_variant_builder_end (&items));
      vector_file_variant (file, "order", cosmic_codec_new_ids (ids));
    }
  vector_file_finish (file);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (cosmic_crypto_init ());
  g_test_add_func ("/vectors/Headers are what they were", test_headers);
  g_test_add_func ("/vectors/Parts are what they were", test_parts);
  g_test_add_func ("/vectors/Streams are named as they were", test_streams);
  g_test_add_func ("/vectors/The canonical order is what it was", test_order);
  return g_test_run ();
}
