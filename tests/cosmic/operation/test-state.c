/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-state.h"
#include "cosmic-trie.h"
#include "cosmic-secret.h"
#include "fixture-random.h"

#include <string.h>

/* The model: what a state holds, as a sorted array. */
typedef struct
{
  CosmicKey key;
  guint32 value;
} Entry;

static gint
compare_entries (gconstpointer a, gconstpointer b)
{
  const CosmicKey *x = &((const Entry *) a)->key, *y = &((const Entry *) b)->key;
  int order = memcmp (x->bytes, y->bytes, MIN (x->size, y->size));

  return order != 0 ? order : (int) x->size - (int) y->size;
}

static gint
model_find (const GArray *model, const CosmicKey *key)
{
  for (guint i = 0; i < model->len; i++)
    if (compare_entries (&g_array_index (model, Entry, i), &(Entry){ .key = *key }) == 0)
      return (gint) i;
  return -1;
}

static void
model_put (GArray *model, const CosmicKey *key, guint32 value)
{
  gint at = model_find (model, key);
  Entry entry = { *key, value };

  if (at >= 0)
    g_array_index (model, Entry, at).value = value;
  else
    g_array_append_val (model, entry);
  g_array_sort (model, compare_entries);
}

static void
model_remove (GArray *model, const CosmicKey *key)
{
  gint at = model_find (model, key);

  if (at >= 0)
    g_array_remove_index (model, (guint) at);
}

static GArray *
new_model (void)
{
  return g_array_new (FALSE, FALSE, sizeof (Entry));
}

/* Few enough keys that they meet, long and short ones, prefixes of each other among them. */
static CosmicKey
random_key (FixtureRandom *random)
{
  CosmicId a = { { (guint8) (fixture_random_below (random, 3) * 127) } };
  CosmicId b = { { (guint8) fixture_random_below (random, 3) } };
  guint8 tag = (guint8) (1 + fixture_random_below (random, 3));

  switch (fixture_random_below (random, 5))
    {
    case 0:
      return cosmic_key (tag, NULL, NULL);
    case 1:
      return cosmic_key (tag, &a, NULL);
    case 2:
      return cosmic_key_number (tag, &a, fixture_random_below (random, 3) << 62);
    case 3:
      return cosmic_key_number (tag, NULL, fixture_random_below (random, 300));
    default:
      return cosmic_key (tag, &a, &b);
    }
}

static CosmicKey
random_prefix (FixtureRandom *random)
{
  CosmicKey key = random_key (random);

  key.size = (guint8) fixture_random_below (random, key.size + 1);
  return key;
}

typedef struct
{
  GArray *seen;
  guint limit; /* stop after so many */
} Walk;

static gboolean
take (const CosmicKey *key, GBytes *value, gpointer data)
{
  Walk *walk = data;
  g_autoptr (GVariant) number = cosmic_codec_decode ("u", value);
  Entry entry = { *key, g_variant_get_uint32 (number) };

  g_array_append_val (walk->seen, entry);
  return walk->seen->len < walk->limit;
}

static void
check_walk (const CosmicState *state, const GArray *model, const CosmicKey *prefix, guint limit)
{
  g_autoptr (GArray) expected = new_model ();
  Walk walk = { new_model (), limit };
  guint total = 0;

  for (guint i = 0; i < model->len; i++)
    {
      const Entry *entry = &g_array_index (model, Entry, i);

      if (entry->key.size < prefix->size
          || memcmp (entry->key.bytes, prefix->bytes, prefix->size) != 0)
        continue;
      total++;
      if (expected->len < limit)
        g_array_append_val (expected, *entry);
    }
  cosmic_state_each (state, *prefix, take, &walk);
  g_assert_cmpuint (walk.seen->len, ==, expected->len);
  for (guint i = 0; i < expected->len; i++)
    {
      const Entry *a = &g_array_index (expected, Entry, i);
      const Entry *b = &g_array_index (walk.seen, Entry, i);

      g_assert_cmpint (cosmic_key_compare (&a->key, &b->key), ==, 0);
      g_assert_cmpuint (a->value, ==, b->value);
    }
  g_assert_cmpuint (cosmic_state_count (state, *prefix), ==, total);
  g_array_unref (walk.seen);
}

static void
check_root (const CosmicState *state, const GArray *model)
{
  g_autoptr (GArray) leaves = g_array_new (FALSE, FALSE, sizeof (CosmicTrieLeaf));
  CosmicId expected, root;

  for (guint i = 0; i < model->len; i++)
    {
      const Entry *entry = &g_array_index (model, Entry, i);
      guint32 value = GUINT32_TO_LE (entry->value);
      CosmicTrieLeaf leaf = cosmic_trie_leaf (entry->key.bytes, entry->key.size, &value, 4);

      g_array_append_val (leaves, leaf);
    }
  cosmic_trie_root (leaves, &expected);
  cosmic_state_root (state, &root);
  g_assert_true (cosmic_id_same (&root, &expected));
}

static void
check_lookup (const CosmicState *state, const GArray *model, const CosmicKey *key)
{
  gint at = model_find (model, key);
  g_autoptr (GVariant) value = cosmic_state_get (state, *key, "u");
  g_autoptr (GBytes) bytes = cosmic_state_lookup (state, key);

  g_assert_cmpint (value != NULL, ==, at >= 0);
  g_assert_cmpint (bytes != NULL, ==, at >= 0);
  g_assert_cmpint (cosmic_state_has (state, *key), ==, at >= 0);
  if (at >= 0)
    g_assert_cmpuint (g_variant_get_uint32 (value), ==, g_array_index (model, Entry, at).value);
}

typedef struct
{
  guint mark;
  GArray *model;
} Mark;

static void
free_mark (gpointer mark)
{
  g_array_unref (((Mark *) mark)->model);
}

/* One random step; marks are taken and gone back to, nested. */
static void
step (FixtureRandom *random, CosmicState *state, GArray **model, GArray *marks)
{
  CosmicKey key = random_key (random), prefix = random_prefix (random);
  guint32 value = (guint32) fixture_random_below (random, 4);

  switch (fixture_random_below (random, 12))
    {
    case 0:
    case 1:
    case 2:
    case 3:
      cosmic_state_put (state, key, g_variant_new_uint32 (value));
      model_put (*model, &key, value);
      break;
    case 4:
    case 5:
    case 6:
      cosmic_state_remove (state, key);
      model_remove (*model, &key);
      break;
    case 7:
      {
        Mark mark = { cosmic_state_mark (state), g_array_copy (*model) };

        g_array_append_val (marks, mark);
        break;
      }
    case 8:
      if (marks->len > 0)
        {
          guint at = (guint) fixture_random_below (random, marks->len);
          Mark *mark = &g_array_index (marks, Mark, at);

          cosmic_state_back (state, mark->mark);
          g_array_unref (*model);
          *model = g_array_copy (mark->model);
          g_array_set_size (marks, at);
        }
      break;
    case 9:
      check_root (state, *model);
      break;
    default:
      check_walk (state, *model, &prefix, fixture_random_below (random, 2) ? G_MAXUINT : 1 + value);
      check_lookup (state, *model, &key);
    }
}

/* What differs from the source, and nothing else. */
typedef struct
{
  const GArray *before;
  const GArray *after;
  guint count;
  CosmicKey last;
} Differences;

static gboolean
check_change (const CosmicKey *key, GBytes *value, gpointer data)
{
  Differences *found = data;
  gint after = model_find (found->after, key);

  g_assert_true (found->count == 0 || cosmic_key_compare (&found->last, key) < 0);
  found->last = *key;
  found->count++;
  if (value == NULL)
    {
      g_assert_cmpint (after, ==, -1);
      g_assert_cmpint (model_find (found->before, key), >=, 0);
    }
  else
    {
      g_autoptr (GVariant) number = cosmic_codec_decode ("u", value);

      g_assert_cmpint (after, >=, 0);
      g_assert_cmpuint (g_variant_get_uint32 (number), ==,
                        g_array_index (found->after, Entry, after).value);
    }
  return TRUE;
}

static void
check_changes (const CosmicState *state, const GArray *before, const GArray *after)
{
  Differences found = { before, after, 0, { 0 } };
  guint at_least = 0;

  cosmic_state_changes (state, check_change, &found);
  for (guint i = 0; i < before->len; i++)
    {
      gint at = model_find (after, &g_array_index (before, Entry, i).key);

      if (at < 0
          || g_array_index (after, Entry, at).value != g_array_index (before, Entry, i).value)
        at_least++;
    }
  for (guint i = 0; i < after->len; i++)
    if (model_find (before, &g_array_index (after, Entry, i).key) < 0)
      at_least++;
  g_assert_cmpuint (found.count, >=, at_least); /* a value may be written anew */
  if (cosmic_state_unchanged (state))
    g_assert_cmpuint (found.count, ==, 0);
}

static void
test_behaves_like_a_map (void)
{
  guint rounds = 60 / fixture_share () + 2;

  for (guint round = 0; round < rounds; round++)
    {
      FixtureRandom random;
      GArray *model = new_model ();
      GArray *below = new_model ();
      CosmicState *layers[3] = { NULL };

      fixture_random_init (&random, 6000 + round);
      for (guint depth = 0; depth < 3; depth++)
        {
          g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (Mark));

          g_array_set_clear_func (marks, free_mark);
          layers[depth] = depth == 0
                              ? cosmic_state_new (NULL, NULL)
                              : cosmic_state_new (&cosmic_state_as_source, layers[depth - 1]);
          g_assert_true (cosmic_state_unchanged (layers[depth]));
          check_root (layers[depth], model);
          g_array_unref (below);
          below = g_array_copy (model);
          for (guint i = 0; i < 150; i++)
            step (&random, layers[depth], &model, marks);
          check_root (layers[depth], model);
          check_changes (layers[depth], below, model);
        }
      for (guint depth = 3; depth-- > 0;)
        cosmic_state_free (layers[depth]);
      g_array_unref (model);
      g_array_unref (below);
    }
}

static void
test_going_back_leaves_nothing (void)
{
  FixtureRandom random;
  g_autoptr (CosmicState) state = cosmic_state_new (NULL, NULL);
  guint mark = cosmic_state_mark (state);

  fixture_random_init (&random, 62);
  for (guint i = 0; i < 500; i++)
    {
      CosmicKey key = random_key (&random);

      if (i % 3 == 2)
        cosmic_state_remove (state, key);
      else
        cosmic_state_put (state, key, g_variant_new_uint32 (i));
    }
  g_assert_false (cosmic_state_unchanged (state));
  cosmic_state_back (state, mark);
  g_assert_true (cosmic_state_unchanged (state));
  g_assert_cmpuint (cosmic_state_mark (state), ==, mark);
}

/* What came and went within one layer is no difference to what lies below. */
static void
test_what_came_and_went_is_no_change (void)
{
  g_autoptr (CosmicState) below = cosmic_state_new (NULL, NULL);
  g_autoptr (CosmicState) state = cosmic_state_new (&cosmic_state_as_source, below);
  guint mark;

  cosmic_state_put (below, cosmic_key (1, NULL, NULL), g_variant_new_uint32 (1));
  cosmic_state_put (state, cosmic_key (2, NULL, NULL), g_variant_new_uint32 (2));
  mark = cosmic_state_mark (state);
  cosmic_state_remove (state, cosmic_key (2, NULL, NULL));
  cosmic_state_remove (state, cosmic_key (3, NULL, NULL));
  g_assert_true (cosmic_state_unchanged (state));
  cosmic_state_back (state, mark);
  g_assert_true (cosmic_state_has (state, cosmic_key (2, NULL, NULL)));
  cosmic_state_remove (state, cosmic_key (1, NULL, NULL));
  g_assert_false (cosmic_state_unchanged (state));
  g_assert_false (cosmic_state_has (state, cosmic_key (1, NULL, NULL)));
}

static void
test_keys_sort_by_bytes_and_give_back_their_ids (void)
{
  const CosmicId a = { { 1 } }, b = { { 2 } };
  CosmicKey both = cosmic_key (5, &a, &b), one = cosmic_key (5, &a, NULL);
  CosmicKey numbers[] = { cosmic_key_number (5, &a, 1), cosmic_key_number (5, &a, 255),
                          cosmic_key_number (5, &a, 256), cosmic_key_number (5, &a, G_MAXUINT64) };
  CosmicId id;

  g_assert_cmpuint (both.size, ==, 65);
  cosmic_key_id (&both, 0, &id);
  g_assert_true (cosmic_id_same (&id, &a));
  cosmic_key_id (&both, 1, &id);
  g_assert_true (cosmic_id_same (&id, &b));
  g_assert_cmpint (cosmic_key_compare (&one, &both), <, 0);
  g_assert_cmpint (cosmic_key_compare (&both, &one), >, 0);
  g_assert_cmpint (cosmic_key_compare (&both, &both), ==, 0);
  for (guint i = 1; i < G_N_ELEMENTS (numbers); i++)
    g_assert_cmpint (cosmic_key_compare (&numbers[i - 1], &numbers[i]), <, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (cosmic_crypto_init ());
  g_test_add_func ("/state/Layers, marks and walks behave like a sorted map",
                   test_behaves_like_a_map);
  g_test_add_func ("/state/Going back leaves nothing", test_going_back_leaves_nothing);
  g_test_add_func ("/state/What came and went is no change", test_what_came_and_went_is_no_change);
  g_test_add_func ("/state/Keys sort by bytes and give back their ids",
                   test_keys_sort_by_bytes_and_give_back_their_ids);
  return g_test_run ();
}
