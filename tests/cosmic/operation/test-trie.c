/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-hash.h"
#include "cosmic-trie.h"
#include "cosmic-secret.h"
#include "fixture-random.h"

#define LEAVES_MAX 600

/* The definition once more, without sorting or halving: leaves are told apart bit by bit. */
static CosmicId
brute_root (const CosmicTrieLeaf *leaves, guint count, guint depth)
{
  CosmicTrieLeaf *side[2];
  guint counts[2] = { 0, 0 };
  guint8 message[65] = { 0x01 };
  CosmicId root = { { 0 } };

  if (count == 0)
    return root;
  if (count == 1)
    return leaves[0].leaf;
  for (guint i = 0; i < 2; i++)
    side[i] = g_new (CosmicTrieLeaf, count);
  for (guint i = 0; i < count; i++)
    {
      guint bit = leaves[i].path.bytes[depth / 8] & (0x80 >> depth % 8) ? 1 : 0;

      side[bit][counts[bit]++] = leaves[i];
    }
  for (guint i = 0; i < 2; i++)
    {
      CosmicId below = brute_root (side[i], counts[i], depth + 1);

      memcpy (message + 1 + 32 * i, below.bytes, 32);
      g_free (side[i]);
    }
  cosmic_hash (message, sizeof message, root.bytes);
  return root;
}

/* Leaves whose paths agree in their first SHARED bits with others. */
static GArray *
random_leaves (FixtureRandom *random, guint count, guint shared)
{
  GArray *leaves = g_array_new (FALSE, FALSE, sizeof (CosmicTrieLeaf));
  CosmicTrieLeaf first = { { { 0 } }, { { 0 } } };

  for (guint i = 0; i < count; i++)
    {
      guint64 key = fixture_random_next (random);
      CosmicTrieLeaf leaf = cosmic_trie_leaf (&key, 8, &i, sizeof i);

      if (i == 0)
        first = leaf;
      for (guint bit = 0; bit < shared; bit++)
        {
          guint8 mask = (guint8) (0x80 >> bit % 8);

          leaf.path.bytes[bit / 8]
              = (guint8) ((leaf.path.bytes[bit / 8] & ~mask) | (first.path.bytes[bit / 8] & mask));
        }
      g_array_append_val (leaves, leaf);
    }
  return leaves;
}

static void
shuffle (FixtureRandom *random, GArray *leaves)
{
  for (guint i = leaves->len; i > 1; i--)
    {
      guint other = (guint) fixture_random_below (random, i);
      CosmicTrieLeaf kept = g_array_index (leaves, CosmicTrieLeaf, i - 1);

      g_array_index (leaves, CosmicTrieLeaf, i - 1) = g_array_index (leaves, CosmicTrieLeaf, other);
      g_array_index (leaves, CosmicTrieLeaf, other) = kept;
    }
}

static void
test_leaves_are_what_the_header_says (void)
{
  CosmicTrieLeaf leaf = cosmic_trie_leaf ("key", 3, "value", 5);
  guint8 message[65] = { 0x00 }, hash[32];

  cosmic_hash ("key", 3, message + 1);
  g_assert_cmpmem (leaf.path.bytes, 32, message + 1, 32);
  cosmic_hash ("value", 5, message + 33);
  cosmic_hash (message, 65, hash);
  g_assert_cmpmem (leaf.leaf.bytes, 32, hash, 32);
}

static void
test_roots_are_those_of_the_definition (void)
{
  static const guint shared[] = { 0, 7, 60, 200 };
  FixtureRandom random;

  fixture_random_init (&random, 41);
  for (guint i = 0; i < G_N_ELEMENTS (shared); i++)
    for (guint count = 0; count <= LEAVES_MAX; count += count < 12 ? 1 : 147)
      {
        g_autoptr (GArray) leaves = random_leaves (&random, count, shared[i]);
        CosmicId expected, root, again;

        expected = brute_root ((CosmicTrieLeaf *) (gpointer) leaves->data, count, 0);
        cosmic_trie_root (leaves, &root);
        g_assert_true (cosmic_id_same (&root, &expected));
        shuffle (&random, leaves);
        cosmic_trie_root (leaves, &again);
        g_assert_true (cosmic_id_same (&root, &again));
      }
}

static void
test_none_is_zero_and_one_is_itself (void)
{
  g_autoptr (GArray) leaves = g_array_new (FALSE, FALSE, sizeof (CosmicTrieLeaf));
  CosmicTrieLeaf leaf = cosmic_trie_leaf ("a", 1, "b", 1);
  g_autoptr (GArray) none = NULL;
  g_autoptr (GArray) path = NULL;
  CosmicId root;

  cosmic_trie_root (leaves, &root);
  g_assert_true (cosmic_id_is_zero (&root));
  none = cosmic_trie_prove (leaves, &leaf.path);
  g_assert_null (none);
  g_array_append_val (leaves, leaf);
  cosmic_trie_root (leaves, &root);
  g_assert_true (cosmic_id_same (&root, &leaf.leaf));
  path = cosmic_trie_prove (leaves, &leaf.path);
  g_assert_cmpuint (path->len, ==, 0);
  g_assert_true (cosmic_trie_check (&root, &leaf, path));
}

static void
check_refuses_others (const CosmicId *root, const CosmicTrieLeaf *leaf, GArray *path,
                      const CosmicTrieLeaf *other)
{
  CosmicTrieLeaf altered = *leaf;
  CosmicId spoiled = *root;

  g_assert_false (cosmic_trie_check (root, other, path));
  altered.leaf.bytes[31] ^= 1; /* another value */
  g_assert_false (cosmic_trie_check (root, &altered, path));
  spoiled.bytes[0] ^= 1;
  g_assert_false (cosmic_trie_check (&spoiled, leaf, path));
  for (guint i = 0; i < path->len; i++)
    {
      g_array_index (path, CosmicId, i).bytes[5] ^= 0x10;
      g_assert_false (cosmic_trie_check (root, leaf, path));
      g_array_index (path, CosmicId, i).bytes[5] ^= 0x10;
    }
  if (path->len > 0)
    {
      g_array_set_size (path, path->len - 1);
      g_assert_false (cosmic_trie_check (root, leaf, path));
    }
  g_array_set_size (path, path->len + 2);
  g_assert_false (cosmic_trie_check (root, leaf, path));
}

static void
test_every_leaf_is_proved_and_no_other (void)
{
  static const guint shared[] = { 0, 30, 240 };
  FixtureRandom random;

  fixture_random_init (&random, 42);
  for (guint i = 0; i < G_N_ELEMENTS (shared); i++)
    for (guint count = 1; count <= (i < 2 ? 60 : 5); count += count < 8 ? 1 : 13)
      {
        g_autoptr (GArray) leaves = random_leaves (&random, count, shared[i]);
        CosmicTrieLeaf stranger = cosmic_trie_leaf ("absent", 6, "", 0);
        g_autoptr (GArray) nothing = NULL;
        CosmicId root;

        cosmic_trie_root (leaves, &root);
        nothing = cosmic_trie_prove (leaves, &stranger.path);
        g_assert_null (nothing);
        for (guint n = 0; n < count; n++)
          {
            CosmicTrieLeaf leaf = g_array_index (leaves, CosmicTrieLeaf, n);
            g_autoptr (GArray) path = cosmic_trie_prove (leaves, &leaf.path);

            g_assert_nonnull (path);
            g_assert_true (cosmic_trie_check (&root, &leaf, path));
            check_refuses_others (&root, &leaf, path, &stranger);
          }
      }
}

/* The last sibling of 257 would need a bit that no path has. */
static void
test_a_proof_longer_than_a_path_is_refused (void)
{
  CosmicTrieLeaf leaf = cosmic_trie_leaf ("a", 1, "b", 1);
  g_autoptr (GArray) path = g_array_new (FALSE, TRUE, sizeof (CosmicId));

  g_array_set_size (path, 257);
  g_assert_false (cosmic_trie_check (&leaf.leaf, &leaf, path));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (cosmic_crypto_init ());
  g_test_add_func ("/trie/Leaves are what the header says", test_leaves_are_what_the_header_says);
  g_test_add_func ("/trie/Roots are those of the definition, in any order",
                   test_roots_are_those_of_the_definition);
  g_test_add_func ("/trie/None is zero, and one is itself", test_none_is_zero_and_one_is_itself);
  g_test_add_func ("/trie/Every leaf is proved, and nothing else",
                   test_every_leaf_is_proved_and_no_other);
  g_test_add_func ("/trie/A proof longer than a path is refused",
                   test_a_proof_longer_than_a_path_is_refused);
  return g_test_run ();
}
