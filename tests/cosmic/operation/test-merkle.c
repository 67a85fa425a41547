/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-hash.h"
#include "cosmic-merkle.h"
#include "cosmic-secret.h"
#include "fixture-random.h"

/* RFC 6962, section 2.1, word by word. */
static CosmicId
brute_root (const CosmicId *ids, guint count)
{
  guint8 message[65];
  CosmicId root, below;
  guint k = 1;

  if (count == 0)
    {
      cosmic_hash ("", 0, root.bytes);
      return root;
    }
  if (count == 1)
    {
      message[0] = 0x00;
      memcpy (message + 1, ids[0].bytes, 32);
      cosmic_hash (message, 33, root.bytes);
      return root;
    }
  while (2 * k < count)
    k *= 2;
  message[0] = 0x01;
  below = brute_root (ids, k);
  memcpy (message + 1, below.bytes, 32);
  below = brute_root (ids + k, count - k);
  memcpy (message + 33, below.bytes, 32);
  cosmic_hash (message, 65, root.bytes);
  return root;
}

/* RFC 6962, section 2.1.1. */
static void
brute_path (const CosmicId *ids, guint count, guint index, GArray *path)
{
  guint k = 1;
  CosmicId sibling;

  if (count == 1)
    return;
  while (2 * k < count)
    k *= 2;
  if (index < k)
    {
      brute_path (ids, k, index, path);
      sibling = brute_root (ids + k, count - k);
    }
  else
    {
      brute_path (ids + k, count - k, index - k, path);
      sibling = brute_root (ids, k);
    }
  g_array_append_val (path, sibling);
}

static GArray *
some_ids (guint count)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  FixtureRandom random;

  fixture_random_init (&random, 51);
  g_array_set_size (ids, count);
  dpop_random_fill (fixture_random_table (&random), ids->data, count * sizeof (CosmicId));
  return ids;
}

static const CosmicId *
as_ids (const GArray *ids)
{
  return (const CosmicId *) (gconstpointer) ids->data;
}

static void
test_roots_are_those_of_the_rfc (void)
{
  g_autoptr (GArray) ids = some_ids (130);
  CosmicMerkle tree = { 0 };

  for (guint count = 0; count <= 130; count++)
    {
      CosmicId root, expected = brute_root (as_ids (ids), count);

      cosmic_merkle_root (&tree, &root);
      g_assert_cmpuint (tree.count, ==, count);
      g_assert_true (cosmic_id_same (&root, &expected));
      if (count < 130)
        cosmic_merkle_append (&tree, &as_ids (ids)[count]);
    }
  {
    CosmicId root, expected = brute_root (as_ids (ids), 130);

    cosmic_merkle_root_of (ids, &root);
    g_assert_true (cosmic_id_same (&root, &expected));
  }
}

static void
check_refuses_others (const CosmicId *root, guint count, guint index, const CosmicId *id,
                      GArray *path)
{
  CosmicId other = *id, spoiled = *root;

  for (guint n = 0; n <= count; n++)
    if (n != index)
      g_assert_false (cosmic_merkle_check (root, count, n, id, path));
  other.bytes[9] ^= 1;
  g_assert_false (cosmic_merkle_check (root, count, index, &other, path));
  spoiled.bytes[9] ^= 1;
  g_assert_false (cosmic_merkle_check (&spoiled, count, index, id, path));
  for (guint i = 0; i < path->len; i++)
    {
      g_array_index (path, CosmicId, i).bytes[0] ^= 1;
      g_assert_false (cosmic_merkle_check (root, count, index, id, path));
      g_array_index (path, CosmicId, i).bytes[0] ^= 1;
    }
  g_array_append_val (path, other);
  g_assert_false (cosmic_merkle_check (root, count, index, id, path));
  g_array_set_size (path, path->len - 1);
  if (path->len > 0)
    {
      g_array_set_size (path, path->len - 1);
      g_assert_false (cosmic_merkle_check (root, count, index, id, path));
    }
}

static void
test_audit_paths_are_those_of_the_rfc (void)
{
  for (guint count = 1; count <= 40; count++)
    {
      g_autoptr (GArray) ids = some_ids (count);
      CosmicId root = brute_root (as_ids (ids), count);

      for (guint index = 0; index < count; index++)
        {
          g_autoptr (GArray) path = cosmic_merkle_prove (ids, index);
          g_autoptr (GArray) expected = g_array_new (FALSE, FALSE, sizeof (CosmicId));

          brute_path (as_ids (ids), count, index, expected);
          g_assert_cmpmem (path->data, path->len * sizeof (CosmicId), expected->data,
                           expected->len * sizeof (CosmicId));
          g_assert_true (cosmic_merkle_check (&root, count, index, &as_ids (ids)[index], path));
          check_refuses_others (&root, count, index, &as_ids (ids)[index], path);
        }
    }
}

/* Sizes are taken from outside: a huge one must not run away. */
static void
test_huge_counts_are_refused (void)
{
  g_autoptr (GArray) path = g_array_new (FALSE, TRUE, sizeof (CosmicId));
  const CosmicId id = { { 1 } };

  for (guint length = 0; length < 70; length++)
    {
      g_array_set_size (path, length);
      g_assert_false (cosmic_merkle_check (&id, G_MAXUINT64, 5, &id, path));
      g_assert_false (cosmic_merkle_check (&id, G_MAXUINT32, G_MAXUINT32 - 1, &id, path));
    }
}

static void
test_goes_on_after_being_stored (void)
{
  g_autoptr (GArray) ids = some_ids (70);

  for (guint count = 0; count < 69; count++)
    {
      CosmicMerkle tree = { 0 }, back;
      g_autoptr (GVariant) value = NULL;
      CosmicId root, expected = brute_root (as_ids (ids), count + 1);

      for (guint i = 0; i < count; i++)
        cosmic_merkle_append (&tree, &as_ids (ids)[i]);
      memset (&back, 0xee, sizeof back);
      value = g_variant_ref_sink (cosmic_merkle_encode (&tree));
      g_assert_cmpstr (g_variant_get_type_string (value), ==, "(taay)");
      g_assert_true (cosmic_merkle_decode (value, &back));
      cosmic_merkle_append (&back, &as_ids (ids)[count]);
      cosmic_merkle_root (&back, &root);
      g_assert_true (cosmic_id_same (&root, &expected));
    }
}

static void
test_stored_peaks_fit_the_count (void)
{
  g_autoptr (GArray) ids = some_ids (64);

  for (guint peaks = 0; peaks <= 5; peaks++)
    for (guint64 count = 0; count < 40; count++)
      {
        GVariant *fields[2] = { g_variant_new_uint64 (count), NULL };
        g_autoptr (GVariant) value = NULL;
        CosmicMerkle tree;
        guint ones = 0;

        for (guint64 rest = count; rest > 0; rest /= 2)
          ones += rest % 2;
        g_array_set_size (ids, peaks);
        fields[1] = cosmic_codec_new_ids (ids);
        value = g_variant_ref_sink (g_variant_new_tuple (fields, 2));
        g_assert_cmpint (cosmic_merkle_decode (value, &tree), ==, ones == peaks);
      }
  {
    g_autoptr (GArray) many = some_ids (64);
    GVariant *fields[2] = { g_variant_new_uint64 (G_MAXUINT64), cosmic_codec_new_ids (many) };
    g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_tuple (fields, 2));
    CosmicMerkle tree;

    g_assert_false (cosmic_merkle_decode (value, &tree)); /* no room for one more */
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (cosmic_crypto_init ());
  g_test_add_func ("/merkle/Roots are those of the RFC", test_roots_are_those_of_the_rfc);
  g_test_add_func ("/merkle/Audit paths are those of the RFC, and prove nothing else",
                   test_audit_paths_are_those_of_the_rfc);
  g_test_add_func ("/merkle/Huge counts are refused", test_huge_counts_are_refused);
  g_test_add_func ("/merkle/Goes on after being stored", test_goes_on_after_being_stored);
  g_test_add_func ("/merkle/Stored peaks fit the count", test_stored_peaks_fit_the_count);
  return g_test_run ();
}
