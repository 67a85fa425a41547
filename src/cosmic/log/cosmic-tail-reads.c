/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-log-private.h"

static guint
key_hash (gconstpointer data)
{
  const CosmicKey *key = data;
  guint hash = 5381;

  for (guint i = 0; i < key->size; i++)
    hash = hash * 33 + key->bytes[i];
  return hash;
}

static gboolean
key_equal (gconstpointer a, gconstpointer b)
{
  return cosmic_key_compare (a, b) == 0;
}

static GBytes *
reads_lookup (gpointer data, const CosmicKey *key)
{
  CosmicTailReads *self = data;

  if (!g_hash_table_contains (self->keys, key))
    g_hash_table_add (self->keys, g_memdup2 (key, sizeof *key));
  return cosmic_state_lookup (self->authority, key);
}

static gboolean
begins (const CosmicKey *key, const CosmicKey *prefix)
{
  return key->size >= prefix->size && memcmp (key->bytes, prefix->bytes, prefix->size) == 0;
}

static gboolean
in_prefixes (const CosmicTailReads *self, const CosmicKey *key)
{
  for (guint i = 0; i < self->prefixes->len; i++)
    if (begins (key, &g_array_index (self->prefixes, CosmicKey, i)))
      return TRUE;
  return FALSE;
}

/* Beyond so many prefixes, all there is counts as asked. */
#define PREFIXES_MAX 256

static void
reads_each (gpointer data, const CosmicKey *prefix, CosmicStateVisit visit, gpointer visit_data)
{
  CosmicTailReads *self = data;
  const CosmicKey all = { .size = 0 };

  if (!in_prefixes (self, prefix))
    g_array_append_val (self->prefixes, *(self->prefixes->len < PREFIXES_MAX ? prefix : &all));
  cosmic_state_each (self->authority, *prefix, visit, visit_data);
}

static const CosmicStateTable reads_table = { .lookup = reads_lookup, .each = reads_each };

CosmicTailReads *
cosmic_tail_reads_new (void)
{
  CosmicTailReads *self = g_new0 (CosmicTailReads, 1);

  self->keys = g_hash_table_new_full (key_hash, key_equal, g_free, NULL);
  self->prefixes = g_array_new (FALSE, FALSE, sizeof (CosmicKey));
  self->view = cosmic_state_new (&reads_table, self);
  return self;
}

void
cosmic_tail_reads_free (CosmicTailReads *self)
{
  if (self == NULL)
    return;
  cosmic_state_free (self->view);
  g_hash_table_unref (self->keys);
  g_array_unref (self->prefixes);
  g_free (self);
}

void
cosmic_tail_reads_begin (CosmicTailReads *self, const CosmicState *authority)
{
  g_hash_table_remove_all (self->keys);
  g_array_set_size (self->prefixes, 0);
  self->authority = authority;
}

gboolean
cosmic_tail_reads_has (const CosmicTailReads *self, const CosmicKey *key)
{
  return g_hash_table_contains (self->keys, key) || in_prefixes (self, key);
}
