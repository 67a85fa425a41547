/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-codec.h"
#include "fixture-random.h"

/* Types like those of headers, bodies and state entries. */
static const char *const types[] = {
  "y", "b", "q", "u", "t", "x", "s", "ay", "aay", "as", "may", "mu", "ms", "(yu)", "(tt)", "(ayu)",
  "(ayaytbt)", "a(ayu)", "aq", "ab", "m(ayuay)", "(yayayaytay(aytay)aayqaym(ayuay)m(ayuay))",
  "(aytuay)", "(uaay)", "maay", "(sms)", "a(s(yt)as)", "()",
};

static GVariant *
random_value (FixtureRandom *random, const GVariantType *type)
{
  guint64 number = fixture_random_next (random);

  if (g_variant_type_is_array (type) || g_variant_type_is_maybe (type))
    {
      GVariantBuilder builder;
      guint64 limit = g_variant_type_is_maybe (type) ? 2 : number % 9 == 0 ? 300 : 5;

      g_variant_builder_init (&builder, type);
      for (guint64 n = fixture_random_below (random, limit); n > 0; n--)
        g_variant_builder_add_value (&builder,
                                     random_value (random, g_variant_type_element (type)));
      return g_variant_builder_end (&builder);
    }
  if (g_variant_type_is_tuple (type))
    {
      g_autoptr (GPtrArray) fields = g_ptr_array_new ();

      for (const GVariantType *field = g_variant_type_first (type); field != NULL;
           field = g_variant_type_next (field))
        g_ptr_array_add (fields, random_value (random, field));
      return g_variant_new_tuple ((GVariant *const *) fields->pdata, fields->len);
    }
  switch (*g_variant_type_peek_string (type))
    {
    case 'y':
      return g_variant_new_byte ((guint8) number);
    case 'b':
      return g_variant_new_boolean (number & 1);
    case 'q':
      return g_variant_new_uint16 ((guint16) number);
    case 'u':
      return g_variant_new_uint32 ((guint32) number);
    case 't':
      return g_variant_new_uint64 (number);
    case 'x':
      return g_variant_new_int64 ((gint64) number);
    default:
      {
        static const char *const words[] = { "", "a", "Grüße", "a longer text of some words" };

        return g_variant_new_string (words[number % G_N_ELEMENTS (words)]);
      }
    }
}

static void
test_what_is_encoded_decodes_to_the_same (void)
{
  FixtureRandom random;

  fixture_random_init (&random, 11);
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    for (guint n = 0; n < 40; n++)
      {
        g_autoptr (GVariant) value
            = g_variant_ref_sink (random_value (&random, G_VARIANT_TYPE (types[i])));
        g_autoptr (GBytes) bytes = cosmic_codec_encode (value);
        g_autoptr (GVariant) back = cosmic_codec_decode (types[i], bytes);

        g_assert_nonnull (back);
        g_assert_true (g_variant_equal (back, value));
      }
}

static GVariant *
rebuild_basic (GVariant *value)
{
  switch (g_variant_classify (value))
    {
    case G_VARIANT_CLASS_BYTE:
      return g_variant_new_byte (g_variant_get_byte (value));
    case G_VARIANT_CLASS_BOOLEAN:
      return g_variant_new_boolean (g_variant_get_boolean (value));
    case G_VARIANT_CLASS_UINT16:
      return g_variant_new_uint16 (g_variant_get_uint16 (value));
    case G_VARIANT_CLASS_UINT32:
      return g_variant_new_uint32 (g_variant_get_uint32 (value));
    case G_VARIANT_CLASS_UINT64:
      return g_variant_new_uint64 (g_variant_get_uint64 (value));
    case G_VARIANT_CLASS_INT64:
      return g_variant_new_int64 (g_variant_get_int64 (value));
    default:
      return g_variant_new_string (g_variant_get_string (value, NULL));
    }
}

/* Builds VALUE anew from its parts, so that the bytes it was read from are not seen again. */
static GVariant *
rebuild (GVariant *value)
{
  const GVariantType *type = g_variant_get_type (value);
  gsize count;

  if (!g_variant_is_container (value))
    return rebuild_basic (value);
  count = g_variant_n_children (value);
  {
    g_autoptr (GPtrArray) fields = g_ptr_array_new ();

    for (gsize i = 0; i < count; i++)
      {
        g_autoptr (GVariant) child = g_variant_get_child_value (value, i);

        g_ptr_array_add (fields, rebuild (child));
      }
    if (g_variant_type_is_tuple (type))
      return g_variant_new_tuple ((GVariant *const *) fields->pdata, fields->len);
    if (g_variant_type_is_maybe (type))
      return g_variant_new_maybe (g_variant_type_element (type),
                                  count > 0 ? fields->pdata[0] : NULL);
    return g_variant_new_array (g_variant_type_element (type), (GVariant *const *) fields->pdata,
                                fields->len);
  }
}

static void
check_has_one_encoding (const char *type, const guint8 *data, gsize size)
{
  g_autoptr (GVariant) value = cosmic_codec_decode_data (type, data, size);
  g_autoptr (GBytes) again = NULL;

  if (value == NULL)
    return;
  again = cosmic_codec_encode (rebuild (value));
  g_assert_cmpmem (g_bytes_get_data (again, NULL), g_bytes_get_size (again), data, size);
}

/* The promise that ids and signatures rest on: bytes that pass are the only ones that say so. */
static void
test_bytes_that_pass_are_the_only_encoding (void)
{
  FixtureRandom random;
  guint rounds = 1500 / fixture_share ();

  fixture_random_init (&random, 12);
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    for (guint n = 0; n < rounds; n++)
      {
        g_autoptr (GBytes) bytes
            = cosmic_codec_encode (random_value (&random, G_VARIANT_TYPE (types[i])));
        gsize size = g_bytes_get_size (bytes);
        g_autofree guint8 *copy = g_malloc (size + 8);

        if (size > 0)
          memcpy (copy, g_bytes_get_data (bytes, NULL), size);
        if (n % 3 == 1 && size > 0)
          size -= 1 + fixture_random_below (&random, MIN (size, 4));
        else if (n % 3 == 2)
          for (guint64 more = 1 + fixture_random_below (&random, 7); more > 0; more--)
            copy[size++] = (guint8) fixture_random_below (&random, 3);
        for (guint64 flips = fixture_random_below (&random, 3); flips > 0 && size > 0; flips--)
          copy[fixture_random_below (&random, size)]
              = (guint8) fixture_random_below (&random, n % 2 ? 256 : 4);
        check_has_one_encoding (types[i], copy, size);
      }
}

static void
test_refuses_what_is_not_normal (void)
{
  static const struct
  {
    const char *type;
    const char *bytes;
    gsize size;
  } cases[] = {
    { "b", "\2", 1 },                    /* neither true nor false */
    { "t", "\0\0\0\0\0\0\0", 7 },        /* too short */
    { "t", "\0\0\0\0\0\0\0\0\0", 9 },    /* too long */
    { "t", "", 0 },                      /* nothing */
    { "(tt)", "\0\0\0\0\0\0\0\0", 8 },   /* half of it */
    { "(yu)", "\1\7\0\0\1\0\0\0", 8 },   /* padding that says something */
    { "()", "\1", 1 },                   /* likewise */
    { "()", "", 0 },
    { "s", "a", 1 },                     /* no end */
    { "s", "a\0b\0", 4 },                /* two ends */
    { "s", "\xff\0", 2 },                /* no UTF-8 */
    { "may", "\1\1", 2 },                /* a Just ends in zero */
    { "mu", "\0\0", 2 },
    { "aq", "\0\0\0", 3 },               /* one and a half */
    { "aay", "ab\1\1", 4 },              /* the second begins where the first does not end */
    { "aay", "ab\3\2", 4 },              /* out of order */
    { "aay", "ab\1\2\0", 5 },            /* a gap */
    { "(ayay)", "ab\5", 3 },             /* beyond the end */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GVariant) value
          = cosmic_codec_decode_data (cases[i].type, cases[i].bytes, cases[i].size);

      if (value != NULL)
        g_error ("case %u (%s) is taken for normal", i, cases[i].type);
    }
}

/* One `ay` of 254 bytes: 255 with an offset of one byte, 256 with one of two. */
static void
test_refuses_wider_offsets_than_needed (void)
{
  guint8 bytes[256] = { 0 };
  g_autoptr (GVariant) narrow = NULL;
  g_autoptr (GVariant) wide = NULL;

  bytes[254] = 254;
  narrow = cosmic_codec_decode_data ("aay", bytes, 255);
  g_assert_nonnull (narrow);
  wide = cosmic_codec_decode_data ("aay", bytes, 256);
  g_assert_null (wide);
}

static void
test_ids_are_of_their_length (void)
{
  static const gsize sizes[] = { 0, 1, 31, 32, 33, 64 };
  guint8 bytes[64] = { 1, 2, 3 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      GVariant *fields[] = { cosmic_codec_new_bytes (bytes, sizes[i]),
                             g_variant_new_maybe (NULL, cosmic_codec_new_bytes (bytes, sizes[i])) };
      g_autoptr (GVariant) tuple = g_variant_ref_sink (g_variant_new_tuple (fields, 2));
      gboolean there = FALSE, good = sizes[i] == COSMIC_ID_SIZE;
      CosmicId id;

      g_assert_cmpint (cosmic_codec_child_id (tuple, 0, &id), ==, good);
      g_assert_cmpint (cosmic_codec_child_maybe_id (tuple, 1, &id, &there), ==, good);
      g_assert_true (there);
      if (good)
        g_assert_cmpmem (id.bytes, 32, bytes, 32);
    }
  {
    GVariant *nothing = cosmic_codec_new_maybe_id (NULL);
    g_autoptr (GVariant) tuple = g_variant_ref_sink (g_variant_new_tuple (&nothing, 1));
    gboolean there = TRUE;
    CosmicId id = { { 9 } };

    g_assert_true (cosmic_codec_child_maybe_id (tuple, 0, &id, &there));
    g_assert_false (there);
    g_assert_true (cosmic_id_is_zero (&id));
  }
}

static GVariant *
ids_tuple (const char *letters)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  GVariant *list;

  for (; *letters != '\0'; letters++)
    {
      CosmicId id = { { (guint8) *letters } };

      g_array_append_val (ids, id);
    }
  list = cosmic_codec_new_ids (ids);
  return g_variant_ref_sink (g_variant_new_tuple (&list, 1));
}

static void
test_sets_are_strictly_ascending_and_bounded (void)
{
  static const struct
  {
    const char *letters;
    guint limit;
    gboolean set;
    gboolean list;
  } cases[] = {
    { "", 0, TRUE, TRUE },     { "a", 1, TRUE, TRUE },    { "abc", 3, TRUE, TRUE },
    { "abc", 2, FALSE, FALSE }, { "acb", 3, FALSE, TRUE }, { "abb", 3, FALSE, TRUE },
    { "ba", 2, FALSE, TRUE },  { "aa", 2, FALSE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GVariant) tuple = ids_tuple (cases[i].letters);
      g_autoptr (GArray) set = cosmic_codec_child_id_set (tuple, 0, cases[i].limit);
      g_autoptr (GArray) list = cosmic_codec_child_id_list (tuple, 0, cases[i].limit);

      g_assert_cmpint (set != NULL, ==, cases[i].set);
      g_assert_cmpint (list != NULL, ==, cases[i].list);
      if (list != NULL)
        g_assert_cmpuint (list->len, ==, strlen (cases[i].letters));
    }
}

static void
test_ids_have_one_text (void)
{
  FixtureRandom random;
  CosmicId id, back;
  g_autofree char *text = NULL;

  fixture_random_init (&random, 13);
  dpop_random_fill (fixture_random_table (&random), id.bytes, 32);
  text = cosmic_id_to_text (&id);
  g_assert_cmpuint (strlen (text), ==, 64);
  g_assert_true (cosmic_id_from_text (text, &back));
  g_assert_true (cosmic_id_same (&id, &back));
  g_assert_false (cosmic_id_from_text (text + 1, &back));
  for (guint i = 0; i < 64; i++)
    {
      g_autofree char *other = g_strdup (text);

      other[i] = 'A';
      g_assert_false (cosmic_id_from_text (other, &back));
      other[i] = 'g';
      g_assert_false (cosmic_id_from_text (other, &back));
    }
}

static void
test_ids_become_a_set (void)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  const CosmicId absent = { { 99 } };
  FixtureRandom random;

  cosmic_ids_normalise (ids);
  g_assert_cmpuint (ids->len, ==, 0);
  fixture_random_init (&random, 14);
  for (guint i = 0; i < 200; i++)
    {
      CosmicId id = { { (guint8) fixture_random_below (&random, 50) } };

      g_array_append_val (ids, id);
    }
  cosmic_ids_normalise (ids);
  g_assert_cmpuint (ids->len, ==, 50);
  for (guint i = 0; i < 50; i++)
    {
      g_assert_cmpuint (g_array_index (ids, CosmicId, i).bytes[0], ==, i);
      g_assert_true (cosmic_ids_contain (ids, &g_array_index (ids, CosmicId, i)));
    }
  g_assert_false (cosmic_ids_contain (ids, &absent));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/codec/What is encoded decodes to the same",
                   test_what_is_encoded_decodes_to_the_same);
  g_test_add_func ("/codec/Bytes that pass are the only encoding of what they say",
                   test_bytes_that_pass_are_the_only_encoding);
  g_test_add_func ("/codec/Refuses what is not normal", test_refuses_what_is_not_normal);
  g_test_add_func ("/codec/Refuses wider offsets than needed",
                   test_refuses_wider_offsets_than_needed);
  g_test_add_func ("/codec/Ids are of their length", test_ids_are_of_their_length);
  g_test_add_func ("/codec/Sets are strictly ascending and bounded",
                   test_sets_are_strictly_ascending_and_bounded);
  g_test_add_func ("/id/Ids have one text", test_ids_have_one_text);
  g_test_add_func ("/id/Ids become a set", test_ids_become_a_set);
  return g_test_run ();
}
