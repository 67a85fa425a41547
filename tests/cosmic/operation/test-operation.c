/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-hash.h"
#include "cosmic-operation.h"
#include "fixture-random.h"

#define HEADER_TYPE "(yayayaytay(aytay)aayqaym(ayuay)m(ayuay))"

static CosmicSecret *
new_key (FixtureRandom *random)
{
  guint8 public_key[32];

  return cosmic_sign_key_new (fixture_random_table (random), public_key);
}

static CosmicId
random_id (FixtureRandom *random)
{
  CosmicId id;

  dpop_random_fill (fixture_random_table (random), id.bytes, sizeof id.bytes);
  return id;
}

static CosmicPartRef
random_part (FixtureRandom *random, gboolean there)
{
  CosmicPartRef part = { .there = there };

  if (there)
    {
      part.key = random_id (random);
      part.size = 32 + (guint32) fixture_random_below (random, COSMIC_PART_SIZE_MAX - 31);
      part.id = random_id (random);
    }
  return part;
}

static CosmicHeader
random_header (FixtureRandom *random)
{
  CosmicHeader header = { .party = random_id (random), .stream = random_id (random) };
  g_autoptr (GArray) parents = g_array_new (FALSE, FALSE, sizeof (CosmicId));

  header.seq = fixture_random_below (random, 3) == 0 ? 0 : fixture_random_next (random);
  if (header.seq > 0)
    header.previous = random_id (random);
  header.base.height = fixture_random_next (random);
  header.base.id = random_id (random);
  header.n_parents = (guint) fixture_random_below (random, COSMIC_OPERATION_PARENTS_MAX + 1);
  for (guint i = 0; i < header.n_parents; i++)
    {
      CosmicId parent = random_id (random);

      g_array_append_val (parents, parent);
    }
  cosmic_ids_normalise (parents);
  if (parents->len > 0)
    memcpy (header.parents, parents->data, parents->len * sizeof (CosmicId));
  header.kind = (guint16) fixture_random_next (random);
  header.key = random_id (random);
  header.body = random_part (random, fixture_random_below (random, 2));
  header.personal = random_part (random, fixture_random_below (random, 2));
  return header;
}

static void
assert_same_part (const CosmicPartRef *a, const CosmicPartRef *b)
{
  g_assert_cmpint (a->there, ==, b->there);
  g_assert_true (cosmic_id_same (&a->key, &b->key) && cosmic_id_same (&a->id, &b->id));
  g_assert_cmpuint (a->size, ==, b->size);
}

static void
assert_same_header (const CosmicHeader *a, const CosmicHeader *b)
{
  g_assert_true (cosmic_id_same (&a->party, &b->party) && cosmic_id_same (&a->stream, &b->stream)
                 && cosmic_id_same (&a->author, &b->author)
                 && cosmic_id_same (&a->previous, &b->previous)
                 && cosmic_id_same (&a->base.chain, &b->base.chain)
                 && cosmic_id_same (&a->base.id, &b->base.id) && cosmic_id_same (&a->key, &b->key));
  g_assert_cmpuint (a->seq, ==, b->seq);
  g_assert_cmpuint (a->base.height, ==, b->base.height);
  g_assert_cmpuint (a->kind, ==, b->kind);
  g_assert_cmpuint (a->n_parents, ==, b->n_parents);
  g_assert_cmpmem (a->parents, a->n_parents * sizeof (CosmicId), b->parents,
                   b->n_parents * sizeof (CosmicId));
  assert_same_part (&a->body, &b->body);
  assert_same_part (&a->personal, &b->personal);
}

static void
test_what_is_signed_parses_and_verifies (void)
{
  FixtureRandom random;
  g_autoptr (CosmicSecret) key = NULL;

  fixture_random_init (&random, 21);
  key = new_key (&random);
  for (guint i = 0; i < 200; i++)
    {
      CosmicHeader header = random_header (&random);
      g_autoptr (CosmicOperation) made = cosmic_operation_sign (&header, key);
      g_autoptr (CosmicOperation) read = cosmic_operation_parse (made->item);
      CosmicId id;

      g_assert_nonnull (read);
      g_assert_true (cosmic_operation_verify (made) && cosmic_operation_verify (read));
      memcpy (header.author.bytes, cosmic_sign_key_public (key), 32);
      assert_same_header (&made->header, &header);
      assert_same_header (&read->header, &header);
      cosmic_hash (g_bytes_get_data (made->item, NULL), g_bytes_get_size (made->item), id.bytes);
      g_assert_true (cosmic_id_same (&made->id, &id) && cosmic_id_same (&read->id, &id));
      g_assert_cmpuint (g_bytes_get_size (made->item), <=, COSMIC_HEADER_SIZE_MAX);
    }
}

/* Each single altered byte makes other bytes, so another id; and none of them verifies. */
static void
test_no_altered_byte_verifies (void)
{
  FixtureRandom random;
  g_autoptr (CosmicSecret) key = NULL;
  CosmicHeader header;
  g_autoptr (CosmicOperation) made = NULL;
  g_autofree guint8 *copy = NULL;
  gsize size;
  guint parsed = 0;

  fixture_random_init (&random, 22);
  key = new_key (&random);
  header = random_header (&random);
  made = cosmic_operation_sign (&header, key);
  size = g_bytes_get_size (made->item);
  copy = g_memdup2 (g_bytes_get_data (made->item, NULL), size);
  for (gsize at = 0; at < size; at++)
    for (guint change = 1; change < 256; change += at % 3 == 0 ? 1 : 42)
      {
        g_autoptr (GBytes) item = NULL;
        g_autoptr (CosmicOperation) read = NULL;

        copy[at] ^= (guint8) change;
        item = g_bytes_new (copy, size);
        copy[at] ^= (guint8) change;
        read = cosmic_operation_parse (item);
        if (read == NULL)
          continue;
        parsed++;
        g_assert_false (cosmic_id_same (&read->id, &made->id));
        if (change == 1)
          g_assert_false (cosmic_operation_verify (read));
      }
  g_assert_cmpuint (parsed, >, 1000);
}

/* Signs the bytes of a header as it is, well formed or not. */
static GBytes *
sign_raw (const CosmicSecret *key, const CosmicId *party, GVariant *header)
{
  static const char tag[] = "dpop operation 1";
  g_autoptr (GBytes) bytes = cosmic_codec_encode (header);
  g_autoptr (GByteArray) message = g_byte_array_new ();
  GByteArray *item = g_byte_array_new ();
  guint8 signature[64];

  g_byte_array_append (message, (const guint8 *) tag, sizeof tag);
  g_byte_array_append (message, party->bytes, 32);
  g_byte_array_append (message, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
  cosmic_sign (key, message->data, message->len, signature);
  g_byte_array_append (item, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
  g_byte_array_append (item, signature, 64);
  return g_byte_array_free_to_bytes (item);
}


static GVariant *
id_of (guint8 first)
{
  CosmicId id = { { first } };

  return cosmic_codec_new_id (&id);
}

static GVariant *
list_of (const char *letters)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (CosmicId));

  for (; *letters != '\0'; letters++)
    {
      CosmicId id = { { (guint8) *letters } };

      g_array_append_val (ids, id);
    }
  return cosmic_codec_new_ids (ids);
}

static GVariant *
ref_of (guint32 size, gsize id_size)
{
  static const guint8 bytes[64];
  GVariant *fields[] = { id_of (1), g_variant_new_uint32 (size),
                         cosmic_codec_new_bytes (bytes, id_size) };

  return g_variant_new_maybe (NULL, g_variant_new_tuple (fields, 3));
}

static void
plain_fields (GVariant *fields[12], const CosmicSecret *key)
{
  GVariant *base[] = { id_of (0), g_variant_new_uint64 (7), id_of (5) };
  CosmicId author;

  memcpy (author.bytes, cosmic_sign_key_public (key), 32);
  fields[0] = g_variant_new_byte (1);
  fields[1] = id_of (1);
  fields[2] = id_of (2);
  fields[3] = cosmic_codec_new_id (&author);
  fields[4] = g_variant_new_uint64 (3);
  fields[5] = id_of (4);
  fields[6] = g_variant_new_tuple (base, 3);
  fields[7] = list_of ("abc");
  fields[8] = g_variant_new_uint16 (45);
  fields[9] = id_of (6);
  fields[10] = ref_of (100, 32);
  fields[11] = g_variant_new_maybe (G_VARIANT_TYPE ("(ayuay)"), NULL);
}

/* Whether a header is taken whose field INDEX is VALUE and that is signed as it should be. */
static gboolean
is_taken (const CosmicSecret *key, guint index, GVariant *value)
{
  const CosmicId party = { { 1 } };
  GVariant *fields[12];
  g_autoptr (GBytes) item = NULL;
  g_autoptr (CosmicOperation) read = NULL;

  plain_fields (fields, key);
  if (value != NULL)
    {
      g_variant_unref (g_variant_ref_sink (fields[index]));
      fields[index] = value;
    }
  item = sign_raw (key, &party, g_variant_new_tuple (fields, 12));
  read = cosmic_operation_parse (item);
  if (read != NULL)
    g_assert_true (cosmic_operation_verify (read));
  return read != NULL;
}

static GVariant *
short_id (void)
{
  return cosmic_codec_new_bytes ("0123456789012345678901234567890", 31);
}

static void
test_fields_are_in_range (void)
{
  FixtureRandom random;
  g_autoptr (CosmicSecret) key = NULL;

  fixture_random_init (&random, 23);
  key = new_key (&random);
  g_assert_true (is_taken (key, 0, NULL));
  g_assert_false (is_taken (key, 0, g_variant_new_byte (0)));
  g_assert_false (is_taken (key, 0, g_variant_new_byte (2)));
  for (guint i = 1; i < 10; i++)
    if (i != 4 && i != 6 && i != 7 && i != 8)
      g_assert_false (is_taken (key, i, short_id ()));
  for (guint i = 10; i < 12; i++)
    {
      g_assert_true (is_taken (key, i, ref_of (32, 32)));
      g_assert_true (is_taken (key, i, ref_of (COSMIC_PART_SIZE_MAX, 32)));
      g_assert_false (is_taken (key, i, ref_of (31, 32)));
      g_assert_false (is_taken (key, i, ref_of (COSMIC_PART_SIZE_MAX + 1, 32)));
      g_assert_false (is_taken (key, i, ref_of (100, 31)));
      g_assert_false (is_taken (key, i, ref_of (100, 0)));
    }
  {
    GVariant *base[] = { id_of (0), g_variant_new_uint64 (7), short_id () };

    g_assert_false (is_taken (key, 6, g_variant_new_tuple (base, 3)));
  }
  {
    GVariant *base[] = { short_id (), g_variant_new_uint64 (7), id_of (0) };

    g_assert_false (is_taken (key, 6, g_variant_new_tuple (base, 3)));
  }
}

static void
test_parents_are_a_small_set (void)
{
  FixtureRandom random;
  g_autoptr (CosmicSecret) key = NULL;

  fixture_random_init (&random, 24);
  key = new_key (&random);
  g_assert_true (is_taken (key, 7, list_of ("")));
  g_assert_true (is_taken (key, 7, list_of ("abcdefghijklmnop")));
  g_assert_false (is_taken (key, 7, list_of ("abcdefghijklmnopq")));
  g_assert_false (is_taken (key, 7, list_of ("ba")));
  g_assert_false (is_taken (key, 7, list_of ("aa")));
  g_assert_false (is_taken (key, 7, list_of ("abb")));
}

static void
test_only_the_first_has_no_previous (void)
{
  FixtureRandom random;
  g_autoptr (CosmicSecret) key = NULL;
  CosmicHeader header;

  fixture_random_init (&random, 25);
  key = new_key (&random);
  header = random_header (&random);
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (CosmicOperation) made = NULL;
      g_autoptr (CosmicOperation) read = NULL;

      header.seq = i & 1;
      header.previous = i & 2 ? random_id (&random) : cosmic_id_zero;
      made = cosmic_operation_sign (&header, key);
      read = cosmic_operation_parse (made->item);
      g_assert_cmpint (read != NULL, ==, i == 0 || i == 3);
    }
}

static void
test_sizes_are_bounded (void)
{
  FixtureRandom random;
  g_autoptr (CosmicSecret) key = NULL;
  CosmicHeader header;
  g_autoptr (CosmicOperation) made = NULL;
  g_autofree guint8 *copy = NULL;
  gsize size;

  fixture_random_init (&random, 26);
  key = new_key (&random);
  header = random_header (&random);
  made = cosmic_operation_sign (&header, key);
  copy = g_malloc0 (4096);
  memcpy (copy, g_bytes_get_data (made->item, &size), g_bytes_get_size (made->item));
  for (gsize other = 0; other <= 4096; other++)
    {
      g_autoptr (GBytes) item = g_bytes_new (copy, other);
      g_autoptr (CosmicOperation) read = cosmic_operation_parse (item);

      if (read != NULL)
        g_assert_true (other == size || !cosmic_operation_verify (read));
      if (other > COSMIC_HEADER_SIZE_MAX || other <= COSMIC_SIGN_SIZE)
        g_assert_null (read);
    }
}

/* The party is part of what is signed, beside being part of the header. */
static void
test_a_signature_is_for_one_party (void)
{
  FixtureRandom random;
  g_autoptr (CosmicSecret) key = NULL;
  const CosmicId other = { { 2 } };
  GVariant *fields[12];
  g_autoptr (GBytes) item = NULL;
  g_autoptr (CosmicOperation) read = NULL;

  fixture_random_init (&random, 27);
  key = new_key (&random);
  plain_fields (fields, key);
  item = sign_raw (key, &other, g_variant_new_tuple (fields, 12));
  read = cosmic_operation_parse (item);
  g_assert_nonnull (read);
  g_assert_false (cosmic_operation_verify (read));
  g_assert_true (cosmic_id_same (cosmic_operation_party (read), &read->header.party));
}

static void
test_a_party_is_named_after_its_genesis (void)
{
  FixtureRandom random;
  g_autoptr (CosmicSecret) key = NULL;
  CosmicHeader header;
  g_autoptr (CosmicOperation) made = NULL;

  fixture_random_init (&random, 28);
  key = new_key (&random);
  header = random_header (&random);
  header.party = cosmic_id_zero;
  made = cosmic_operation_sign (&header, key);
  g_assert_true (cosmic_id_same (cosmic_operation_party (made), &made->id));
}

static void
test_parts_begin_with_their_salt (void)
{
  guint8 salt[COSMIC_PART_SALT_SIZE] = { 1, 2, 3 };
  g_autoptr (GBytes) part = cosmic_part_new (g_variant_new ("(us)", 7, "text"), salt);
  g_autoptr (GVariant) content = cosmic_part_content (part, "(us)");
  g_autoptr (GVariant) other_type = cosmic_part_content (part, "(ut)");
  const char *text;
  guint32 number;

  g_assert_cmpmem (g_bytes_get_data (part, NULL), 32, salt, 32);
  g_assert_nonnull (content);
  g_variant_get (content, "(u&s)", &number, &text);
  g_assert_cmpuint (number, ==, 7);
  g_assert_cmpstr (text, ==, "text");
  g_assert_null (other_type);
}

static void
test_parts_are_bounded_and_normal (void)
{
  guint8 *bytes = g_malloc0 (COSMIC_PART_SIZE_MAX + 1);
  static const struct
  {
    gsize size;
    gboolean taken;
  } cases[] = {
    { 0, FALSE }, { 31, FALSE }, { 32, TRUE }, { COSMIC_PART_SIZE_MAX, TRUE },
    { COSMIC_PART_SIZE_MAX + 1, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) part = g_bytes_new (bytes, cases[i].size);
      g_autoptr (GVariant) content = cosmic_part_content (part, "ay");

      g_assert_cmpint (content != NULL, ==, cases[i].taken);
    }
  {
    g_autoptr (GBytes) part = g_bytes_new (bytes, 32 + 5); /* (yu) has three bytes of padding */
    g_autoptr (GVariant) content = cosmic_part_content (part, "(yu)");

    g_assert_null (content);
  }
  g_free (bytes);
}

static void
test_streams_are_named_by_all_three (void)
{
  const CosmicId a = { { 1 } }, b = { { 2 } }, c = { { 3 } };
  CosmicId id, other;

  cosmic_stream_id (&a, &b, &c, &id);
  cosmic_stream_id (&a, &b, &c, &other);
  g_assert_true (cosmic_id_same (&id, &other));
  cosmic_stream_id (&b, &a, &c, &other);
  g_assert_false (cosmic_id_same (&id, &other));
  cosmic_stream_id (&a, &c, &b, &other);
  g_assert_false (cosmic_id_same (&id, &other));
  cosmic_stream_id (&c, &b, &a, &other);
  g_assert_false (cosmic_id_same (&id, &other));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (cosmic_crypto_init ());
  g_test_add_func ("/operation/What is signed parses and verifies",
                   test_what_is_signed_parses_and_verifies);
  g_test_add_func ("/operation/No altered byte verifies", test_no_altered_byte_verifies);
  g_test_add_func ("/operation/Fields are in range", test_fields_are_in_range);
  g_test_add_func ("/operation/Parents are a small set", test_parents_are_a_small_set);
  g_test_add_func ("/operation/Only the first has no previous",
                   test_only_the_first_has_no_previous);
  g_test_add_func ("/operation/Sizes are bounded", test_sizes_are_bounded);
  g_test_add_func ("/operation/A signature is for one party", test_a_signature_is_for_one_party);
  g_test_add_func ("/operation/A party is named after its genesis",
                   test_a_party_is_named_after_its_genesis);
  g_test_add_func ("/part/Parts begin with their salt", test_parts_begin_with_their_salt);
  g_test_add_func ("/part/Parts are bounded and normal", test_parts_are_bounded_and_normal);
  g_test_add_func ("/stream/Streams are named by party, author and nonce",
                   test_streams_are_named_by_all_three);
  return g_test_run ();
}
