/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-log-private.h"

/* What the next batch is made of. */

static gint
by_arrival (gconstpointer a, gconstpointer b)
{
  const CosmicEntry *x = *(const CosmicEntry *const *) a, *y = *(const CosmicEntry *const *) b;

  return x->number < y->number ? -1 : x->number > y->number;
}

/* What an entry and a stream take in the list, at most: ids, and for each stream its leaf. */
#define ENTRY_SIZE  40
#define STREAM_SIZE 264

typedef struct
{
  CosmicLog *log;
  GPtrArray *chosen;
  GHashTable *taken;   /* CosmicEntry: those chosen */
  GHashTable *streams; /* CosmicId */
  GPtrArray *stack;
  gsize size;
  gboolean full;
} Choice;

/* A cause of ENTRY that is open and not chosen yet; NULL when there is none. */
static CosmicEntry *
open_cause (const Choice *self, const CosmicEntry *entry)
{
  const CosmicHeader *header = &entry->operation->header;

  for (guint i = 0; i <= header->n_parents; i++)
    {
      const CosmicId *cause = i < header->n_parents ? &header->parents[i] : &header->previous;
      CosmicEntry *found = g_hash_table_lookup (self->log->open, cause);

      if (found != NULL && !g_hash_table_contains (self->taken, found))
        return found;
    }
  return NULL;
}

static void
choose_one (Choice *self, CosmicEntry *entry)
{
  CosmicId *stream = &entry->operation->header.stream;
  gsize size = ENTRY_SIZE + (g_hash_table_contains (self->streams, stream) ? 0 : STREAM_SIZE);

  self->full = self->full || self->chosen->len >= COSMIC_BATCH_MAX
               || self->size + size > COSMIC_BATCH_SIZE_MAX;
  if (self->full)
    return;
  self->size += size;
  g_hash_table_add (self->streams, stream);
  g_hash_table_add (self->taken, entry);
  g_ptr_array_add (self->chosen, entry);
}

/* ENTRY behind everything that it rests on: whatever the order in which they came. */
static void
choose (Choice *self, CosmicEntry *entry)
{
  g_ptr_array_add (self->stack, entry);
  while (self->stack->len > 0 && !self->full)
    {
      CosmicEntry *top = self->stack->pdata[self->stack->len - 1];
      CosmicEntry *cause = open_cause (self, top);

      if (cause != NULL)
        {
          g_ptr_array_add (self->stack, cause);
          continue;
        }
      g_ptr_array_set_size (self->stack, (gint) self->stack->len - 1);
      if (!g_hash_table_contains (self->taken, top))
        choose_one (self, top);
    }
}

GPtrArray *
cosmic_log_choose (CosmicLog *self, guint n_due)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  Choice choice = { .log = self, .chosen = g_ptr_array_new (), .stack = g_ptr_array_new (),
                    .size = (gsize) n_due * STREAM_SIZE };
  GHashTableIter iter;
  gpointer value;

  choice.taken = g_hash_table_new (NULL, NULL);
  choice.streams = g_hash_table_new (cosmic_id_hash, cosmic_id_equal);
  g_hash_table_iter_init (&iter, self->open);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_ptr_array_add (all, value);
  g_ptr_array_sort (all, by_arrival);
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < all->len && !choice.full; i++)
      {
        CosmicEntry *entry = all->pdata[i];

        if (cosmic_id_is_zero (&entry->operation->header.stream) == (pass == 0))
          choose (&choice, entry);
      }
  g_hash_table_unref (choice.taken);
  g_hash_table_unref (choice.streams);
  g_ptr_array_unref (choice.stack);
  return choice.chosen;
}

gboolean
cosmic_log_is_full (const CosmicBatchList *list, gsize size)
{
  return cosmic_batch_list_count (list) >= COSMIC_BATCH_MAX
         || size + ENTRY_SIZE + STREAM_SIZE > COSMIC_BATCH_SIZE_MAX;
}
