/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-state.h"

#include "cosmic-trie.h"

/* One change that can be taken back: what stood in the layer before. */
typedef struct
{
  CosmicKey key;
  gboolean had;  /* the layer had an entry (which may say "removed") */
  GBytes *value; /* that entry's value, NULL for "removed" */
} Change;

struct _CosmicState
{
  const CosmicStateTable *table;
  gpointer source;
  GTree *layer;      /* CosmicKey -> GBytes, or NULL for "removed"; in the order of keys */
  GArray *journal;   /* of Change */
};

CosmicKey
cosmic_key (guint8 tag, const CosmicId *a, const CosmicId *b)
{
  CosmicKey key = { .size = 1, .bytes = { tag } };

  if (a != NULL)
    {
      memcpy (key.bytes + key.size, a->bytes, COSMIC_ID_SIZE);
      key.size += COSMIC_ID_SIZE;
    }
  if (b != NULL)
    {
      memcpy (key.bytes + key.size, b->bytes, COSMIC_ID_SIZE);
      key.size += COSMIC_ID_SIZE;
    }
  return key;
}

CosmicKey
cosmic_key_number (guint8 tag, const CosmicId *a, guint64 number)
{
  CosmicKey key = cosmic_key (tag, a, NULL);
  guint64 big = GUINT64_TO_BE (number);

  memcpy (key.bytes + key.size, &big, sizeof big);
  key.size += sizeof big;
  return key;
}

int
cosmic_key_compare (const CosmicKey *a, const CosmicKey *b)
{
  int order = memcmp (a->bytes, b->bytes, MIN (a->size, b->size));

  return order != 0 ? order : (int) a->size - (int) b->size;
}

void
cosmic_key_id (const CosmicKey *key, guint n, CosmicId *id)
{
  g_return_if_fail (1 + (n + 1) * COSMIC_ID_SIZE <= key->size);
  memcpy (id->bytes, key->bytes + 1 + n * COSMIC_ID_SIZE, COSMIC_ID_SIZE);
}

static gint
key_order (gconstpointer a, gconstpointer b, gpointer unused)
{
  return cosmic_key_compare (a, b);
}

static gboolean
key_begins (const CosmicKey *key, const CosmicKey *prefix)
{
  return key->size >= prefix->size && memcmp (key->bytes, prefix->bytes, prefix->size) == 0;
}

static void
unref_value (gpointer value)
{
  if (value != NULL)
    g_bytes_unref (value);
}

CosmicState *
cosmic_state_new (const CosmicStateTable *table, gpointer source)
{
  CosmicState *self = g_new0 (CosmicState, 1);

  self->table = table;
  self->source = source;
  self->layer = g_tree_new_full (key_order, NULL, g_free, unref_value);
  self->journal = g_array_new (FALSE, FALSE, sizeof (Change));
  return self;
}

static void
forget_journal (CosmicState *self, guint from)
{
  for (guint i = from; i < self->journal->len; i++)
    unref_value (g_array_index (self->journal, Change, i).value);
  g_array_set_size (self->journal, from);
}

void
cosmic_state_free (CosmicState *self)
{
  if (self == NULL)
    return;
  forget_journal (self, 0);
  g_array_unref (self->journal);
  g_tree_unref (self->layer);
  g_free (self);
}

static GBytes *
lookup_below (const CosmicState *self, const CosmicKey *key)
{
  return self->table != NULL ? self->table->lookup (self->source, key) : NULL;
}

GBytes *
cosmic_state_lookup (const CosmicState *self, const CosmicKey *key)
{
  gpointer value;

  if (g_tree_lookup_extended (self->layer, key, NULL, &value))
    return value != NULL ? g_bytes_ref (value) : NULL;
  return lookup_below (self, key);
}

gboolean
cosmic_state_has (const CosmicState *self, CosmicKey key)
{
  g_autoptr (GBytes) value = cosmic_state_lookup (self, &key);

  return value != NULL;
}

GVariant *
cosmic_state_get (const CosmicState *self, CosmicKey key, const char *type)
{
  g_autoptr (GBytes) value = cosmic_state_lookup (self, &key);

  return value != NULL ? cosmic_codec_read (type, value) : NULL;
}

static void
remember (CosmicState *self, const CosmicKey *key)
{
  Change change = { .key = *key };
  gpointer old;

  change.had = g_tree_lookup_extended (self->layer, key, NULL, &old);
  if (change.had && old != NULL)
    change.value = g_bytes_ref (old);
  g_array_append_val (self->journal, change);
}

static void
write_entry (CosmicState *self, const CosmicKey *key, GBytes *value)
{
  remember (self, key);
  g_tree_replace (self->layer, g_memdup2 (key, sizeof *key), value);
}

void
cosmic_state_put_bytes (CosmicState *self, const CosmicKey *key, GBytes *value)
{
  write_entry (self, key, g_bytes_ref (value));
}

void
cosmic_state_put (CosmicState *self, CosmicKey key, GVariant *value)
{
  write_entry (self, &key, cosmic_codec_encode (value));
}

void
cosmic_state_remove (CosmicState *self, CosmicKey key)
{
  g_autoptr (GBytes) below = NULL;

  if (!cosmic_state_has (self, key))
    return;
  below = lookup_below (self, &key);
  if (below != NULL)
    {
      write_entry (self, &key, NULL);
      return;
    }
  remember (self, &key);
  g_tree_remove (self->layer, &key);
}

guint
cosmic_state_mark (const CosmicState *self)
{
  return self->journal->len;
}

void
cosmic_state_back (CosmicState *self, guint mark)
{
  for (guint i = self->journal->len; i-- > mark;)
    {
      Change *change = &g_array_index (self->journal, Change, i);

      if (change->had)
        g_tree_replace (self->layer, g_memdup2 (&change->key, sizeof change->key),
                              g_steal_pointer (&change->value));
      else
        g_tree_remove (self->layer, &change->key);
    }
  forget_journal (self, mark);
}

void
cosmic_state_settle (CosmicState *self)
{
  forget_journal (self, 0);
}

void
cosmic_state_written (const CosmicState *self, guint mark,
                      void (*visit) (const CosmicKey *key, gpointer data), gpointer data)
{
  for (guint i = mark; i < self->journal->len; i++)
    visit (&g_array_index (self->journal, Change, i).key, data);
}

/* Merges the source's entries, which come in order, with the layer's. */
typedef struct
{
  const CosmicState *state;
  const CosmicKey *prefix;
  GTreeNode *node; /* the layer's next entry */
  gboolean stopped;
  CosmicStateVisit visit;
  gpointer data;
} Merge;

static void
emit_layer_before (Merge *merge, const CosmicKey *limit)
{
  for (; merge->node != NULL && !merge->stopped; merge->node = g_tree_node_next (merge->node))
    {
      const CosmicKey *key = g_tree_node_key (merge->node);
      GBytes *value = g_tree_node_value (merge->node);

      if (!key_begins (key, merge->prefix)
          || (limit != NULL && cosmic_key_compare (key, limit) >= 0))
        return;
      if (value != NULL)
        merge->stopped = !merge->visit (key, value, merge->data);
    }
}

static gboolean
merge_source (const CosmicKey *key, GBytes *value, gpointer data)
{
  Merge *merge = data;

  emit_layer_before (merge, key);
  if (!merge->stopped && !g_tree_lookup_extended (merge->state->layer, key, NULL, NULL))
    merge->stopped = !merge->visit (key, value, merge->data);
  return !merge->stopped;
}

void
cosmic_state_each (const CosmicState *self, CosmicKey prefix, CosmicStateVisit visit, gpointer data)
{
  Merge merge = { .state = self, .prefix = &prefix, .visit = visit, .data = data };

  merge.node = g_tree_lower_bound (self->layer, &prefix);
  if (self->table != NULL)
    self->table->each (self->source, &prefix, merge_source, &merge);
  emit_layer_before (&merge, NULL);
}

static gboolean
count_one (const CosmicKey *key, GBytes *value, gpointer data)
{
  ++*(guint *) data;
  return TRUE;
}

guint
cosmic_state_count (const CosmicState *self, CosmicKey prefix)
{
  guint count = 0;

  cosmic_state_each (self, prefix, count_one, &count);
  return count;
}

static GBytes *
source_lookup (gpointer self, const CosmicKey *key)
{
  return cosmic_state_lookup (self, key);
}

static void
source_each (gpointer self, const CosmicKey *prefix, CosmicStateVisit visit, gpointer data)
{
  cosmic_state_each (self, *prefix, visit, data);
}

const CosmicStateTable cosmic_state_as_source = { .lookup = source_lookup, .each = source_each };

void
cosmic_state_changes (const CosmicState *self, CosmicStateVisit visit, gpointer data)
{
  for (GTreeNode *node = g_tree_node_first (self->layer); node != NULL;
       node = g_tree_node_next (node))
    if (!visit (g_tree_node_key (node), g_tree_node_value (node), data))
      return;
}

gboolean
cosmic_state_unchanged (const CosmicState *self)
{
  return g_tree_nnodes (self->layer) == 0;
}

static gboolean
add_leaf (const CosmicKey *key, GBytes *value, gpointer data)
{
  CosmicTrieLeaf leaf = cosmic_trie_leaf (key->bytes, key->size, g_bytes_get_data (value, NULL),
                                          g_bytes_get_size (value));

  g_array_append_val ((GArray *) data, leaf);
  return TRUE;
}

void
cosmic_state_root (const CosmicState *self, CosmicId *root)
{
  g_autoptr (GArray) leaves = g_array_new (FALSE, FALSE, sizeof (CosmicTrieLeaf));
  const CosmicKey all = { .size = 0 };

  cosmic_state_each (self, all, add_leaf, leaves);
  cosmic_trie_root (leaves, root);
}
