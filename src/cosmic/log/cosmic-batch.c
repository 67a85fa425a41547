/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-batch.h"

#include "cosmic-log-error.h"

static void
free_stream_fold (gpointer data)
{
  cosmic_stream_fold_free (data);
}

void
cosmic_batch_free (CosmicBatch *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->streams);
  cosmic_batch_list_free (self->list);
  g_free (self);
}

/* The entries of each stream, and empty ones for streams whose deadline has come; ascending ids in
 * ORDER. */
static GHashTable *
by_stream (CosmicLedger *ledger, const CosmicFoldSetting *setting, const GPtrArray *entries,
           GArray *order, GError **error)
{
  g_autoptr (GHashTable) streams = NULL;
  g_autoptr (GArray) due = cosmic_ledger_due (ledger, setting->time, error);

  if (due == NULL)
    return NULL;
  streams = g_hash_table_new_full (cosmic_id_hash, cosmic_id_equal, g_free,
                                   (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < entries->len + due->len; i++)
    {
      CosmicEntry *entry = i < entries->len ? entries->pdata[i] : NULL;
      const CosmicId *id = entry != NULL ? &entry->operation->header.stream
                                         : &g_array_index (due, CosmicId, i - entries->len);
      GPtrArray *list = g_hash_table_lookup (streams, id);

      if (list == NULL)
        {
          list = g_ptr_array_new ();
          g_hash_table_insert (streams, cosmic_id_copy (id), list);
          g_array_append_val (order, *id);
        }
      if (entry != NULL)
        g_ptr_array_add (list, entry);
    }
  g_array_sort (order, cosmic_id_order);
  return g_steal_pointer (&streams);
}

static gboolean
fold_stream (CosmicBatch *self, CosmicLedger *ledger, const CosmicId *id, const GPtrArray *entries,
             const CosmicState *authority, GError **error)
{
  CosmicLedgerStream *base = cosmic_ledger_stream (ledger, id, error);
  CosmicStreamFold *fold;
  CosmicBatchStream *line;

  if (base == NULL)
    return FALSE;
  fold = cosmic_stream_fold_new (base);
  g_ptr_array_add (self->streams, fold);
  if (!cosmic_stream_fold_run (fold, &self->setting, authority, entries))
    {
      g_set_error_literal (error, COSMIC_LOG_ERROR, COSMIC_LOG_ERROR_DAMAGED,
                           "Entries name each other in a circle; they cannot have been signed.");
      return FALSE;
    }
  line = cosmic_batch_list_add (self->list, id);
  cosmic_stream_fold_leaf (fold, &line->leaf);
  for (guint i = 0; i < fold->order->len; i++)
    g_array_append_val (line->operations, ((CosmicEntry *) fold->order->pdata[i])->operation->id);
  return TRUE;
}

static gboolean
compute_roots (CosmicBatch *self, CosmicLedger *ledger, GError **error)
{
  g_autoptr (GHashTable) changed = g_hash_table_new (cosmic_id_hash, cosmic_id_equal);
  g_autoptr (GArray) leaves = NULL;

  for (guint i = 0; i < self->list->streams->len; i++)
    g_hash_table_add (changed, &((CosmicBatchStream *) self->list->streams->pdata[i])->stream);
  leaves = cosmic_ledger_leaves (ledger, changed, error);
  if (leaves == NULL)
    return FALSE;
  for (guint i = 0; i < self->list->streams->len; i++)
    {
      const CosmicBatchStream *line = self->list->streams->pdata[i];
      CosmicTrieLeaf leaf = cosmic_ledger_trie_leaf (&line->stream, &line->leaf);

      g_array_append_val (leaves, leaf);
    }
  cosmic_trie_root (leaves, &self->state_root);
  cosmic_batch_list_root (self->list, &self->batch_root);
  return TRUE;
}

CosmicBatch *
cosmic_batch_fold (CosmicLedger *ledger, const CosmicFoldSetting *setting, const GPtrArray *entries,
                   GError **error)
{
  g_autoptr (CosmicBatch) self = g_new0 (CosmicBatch, 1);
  g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  g_autoptr (GHashTable) streams = NULL;
  CosmicLedgerStream *authority_base;
  const CosmicState *authority;

  self->setting = *setting;
  self->streams = g_ptr_array_new_with_free_func (free_stream_fold);
  self->list = cosmic_batch_list_new ();
  if ((authority_base = cosmic_ledger_stream (ledger, &cosmic_id_zero, error)) == NULL
      || (streams = by_stream (ledger, setting, entries, order, error)) == NULL)
    return NULL;
  authority = authority_base->spaces[COSMIC_SPACE_STATE];
  for (guint i = 0; i < order->len; i++)
    {
      const CosmicId *id = &g_array_index (order, CosmicId, i);
      gboolean own = cosmic_id_is_zero (id); /* zero sorts first */

      if (!fold_stream (self, ledger, id, g_hash_table_lookup (streams, id),
                        own ? NULL : authority, error))
        return NULL;
      if (own)
        authority = ((CosmicStreamFold *) self->streams->pdata[0])->spaces[COSMIC_SPACE_STATE];
    }
  return compute_roots (self, ledger, error) ? g_steal_pointer (&self) : NULL;
}

gboolean
cosmic_batch_commit (CosmicBatch *self, CosmicLedger *ledger, GError **error)
{
  for (guint i = 0; i < self->streams->len; i++)
    {
      CosmicStreamFold *fold = self->streams->pdata[i];
      const CosmicBatchStream *line = self->list->streams->pdata[i];

      if (!cosmic_ledger_write (ledger, fold->base, fold->spaces, &fold->ids, &line->leaf, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
cosmic_batch_matches (const CosmicBatch *self, const CosmicBatchList *list)
{
  g_autoptr (GBytes) own = cosmic_batch_list_encode (self->list);
  g_autoptr (GBytes) other = cosmic_batch_list_encode (list);

  return g_bytes_equal (own, other);
}
