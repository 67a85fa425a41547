/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-ledger.h"

#include "cosmic-fold.h"

#include "cosmic-log-error.h"

struct _CosmicLedger
{
  CosmicLogStore store; /* table NULL: in memory */
  GHashTable *streams;  /* CosmicId -> CosmicLedgerStream */
};

/* Devices and keys are asked for with every operation: what was read is kept, until something is
 * written or there is too much of it. */
#define READ_MAX 4096

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

static void
unref_value (gpointer value)
{
  if (value != NULL)
    g_bytes_unref (value);
}

static GBytes *
source_lookup (gpointer data, const CosmicKey *key)
{
  CosmicLedgerSource *source = data;
  gpointer value;

  if (g_hash_table_lookup_extended (source->read, key, NULL, &value))
    return value != NULL ? g_bytes_ref (value) : NULL;
  value = source->store.table->state_lookup (source->store.self, &source->stream, source->space,
                                             key);
  if (g_hash_table_size (source->read) >= READ_MAX)
    g_hash_table_remove_all (source->read);
  g_hash_table_insert (source->read, g_memdup2 (key, sizeof *key),
                       value != NULL ? g_bytes_ref (value) : NULL);
  return value;
}

static void
source_each (gpointer data, const CosmicKey *prefix, CosmicStateVisit visit, gpointer visit_data)
{
  CosmicLedgerSource *source = data;

  source->store.table->state_each (source->store.self, &source->stream, source->space, prefix,
                                   visit, visit_data);
}

static const CosmicStateTable source_table = { .lookup = source_lookup, .each = source_each };

static void
stream_free (gpointer data)
{
  CosmicLedgerStream *stream = data;

  for (guint i = 0; i < COSMIC_N_SPACES; i++)
    {
      cosmic_state_free (stream->spaces[i]);
      g_hash_table_unref (stream->sources[i].read);
    }
  g_free (stream);
}

CosmicLedger *
cosmic_ledger_new (const CosmicLogStore *store)
{
  CosmicLedger *self = g_new0 (CosmicLedger, 1);

  if (store != NULL)
    self->store = *store;
  self->streams = g_hash_table_new_full (cosmic_id_hash, cosmic_id_equal, NULL, stream_free);
  return self;
}

void
cosmic_ledger_free (CosmicLedger *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->streams);
  g_free (self);
}

/* An empty space has the root zero, an empty list of ids the hash of nothing. */
static CosmicLedgerStream *
new_stream (CosmicLedger *self, const CosmicId *id)
{
  CosmicLedgerStream *stream = g_new0 (CosmicLedgerStream, 1);

  stream->id = *id;
  for (guint i = 0; i < COSMIC_N_SPACES; i++)
    {
      stream->sources[i] = (CosmicLedgerSource){
        self->store, *id, i, g_hash_table_new_full (key_hash, key_equal, g_free, unref_value)
      };
      stream->spaces[i] = cosmic_state_new (self->store.table != NULL ? &source_table : NULL,
                                            &stream->sources[i]);
    }
  return stream;
}

static gboolean
read_record (CosmicLedgerStream *stream, CosmicStreamRecord *record)
{
  g_autoptr (GVariant) ids = cosmic_codec_decode ("(taay)", record->ids);
  g_autoptr (GVariant) leaf = cosmic_codec_decode (COSMIC_STREAM_LEAF_TYPE, record->leaf);

  stream->known = TRUE;
  stream->deadline = record->deadline;
  return ids != NULL && leaf != NULL && cosmic_merkle_decode (ids, &stream->ids)
         && cosmic_stream_leaf_decode (leaf, &stream->leaf);
}

CosmicLedgerStream *
cosmic_ledger_stream (CosmicLedger *self, const CosmicId *id, GError **error)
{
  CosmicLedgerStream *stream = g_hash_table_lookup (self->streams, id);
  CosmicStreamRecord record = { 0 };
  gboolean found = FALSE, good = TRUE;

  if (stream != NULL)
    return stream;
  if (self->store.table != NULL
      && !self->store.table->find_record (self->store.self, id, &record, &found, error))
    return NULL;
  stream = new_stream (self, id);
  if (found)
    {
      good = read_record (stream, &record);
      g_bytes_unref (record.ids);
      g_bytes_unref (record.leaf);
    }
  if (!good)
    {
      g_set_error_literal (error, COSMIC_LOG_ERROR, COSMIC_LOG_ERROR_DAMAGED,
                           "What is stored of a stream is damaged. Restore a backup, or join again "
                           "from another computer.");
      stream_free (stream);
      return NULL;
    }
  g_hash_table_insert (self->streams, &stream->id, stream);
  return stream;
}

GArray *
cosmic_ledger_due (CosmicLedger *self, gint64 time, GError **error)
{
  GArray *due;
  GHashTableIter iter;
  gpointer value;

  if (self->store.table != NULL)
    return self->store.table->due_streams (self->store.self, time, error);
  due = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  g_hash_table_iter_init (&iter, self->streams);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      CosmicLedgerStream *stream = value;

      if (stream->deadline != 0 && stream->deadline <= time)
        g_array_append_val (due, stream->id);
    }
  g_array_sort (due, cosmic_id_order);
  return due;
}

CosmicTrieLeaf
cosmic_ledger_trie_leaf (const CosmicId *stream, const CosmicStreamLeaf *leaf)
{
  g_autoptr (GBytes) bytes = cosmic_codec_encode (cosmic_stream_leaf_encode (leaf));

  return cosmic_trie_leaf (stream->bytes, COSMIC_ID_SIZE, g_bytes_get_data (bytes, NULL),
                           g_bytes_get_size (bytes));
}

typedef struct
{
  GArray *leaves;
  GHashTable *except;
} TakeLeaves;

static gboolean
take_leaf (const CosmicId *stream, GBytes *bytes, gpointer data)
{
  TakeLeaves *take = data;
  CosmicTrieLeaf leaf;

  if (take->except != NULL && g_hash_table_contains (take->except, stream))
    return TRUE;
  leaf = cosmic_trie_leaf (stream->bytes, COSMIC_ID_SIZE, g_bytes_get_data (bytes, NULL),
                           g_bytes_get_size (bytes));
  g_array_append_val (take->leaves, leaf);
  return TRUE;
}

GArray *
cosmic_ledger_leaves (CosmicLedger *self, GHashTable *except, GError **error)
{
  g_autoptr (GArray) leaves = g_array_new (FALSE, FALSE, sizeof (CosmicTrieLeaf));
  TakeLeaves take = { leaves, except };
  GHashTableIter iter;
  gpointer value;

  if (self->store.table != NULL)
    return self->store.table->each_record (self->store.self, take_leaf, &take, error)
               ? g_steal_pointer (&leaves)
               : NULL;
  g_hash_table_iter_init (&iter, self->streams);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      CosmicLedgerStream *stream = value;
      CosmicTrieLeaf leaf = cosmic_ledger_trie_leaf (&stream->id, &stream->leaf);

      if (stream->known && (except == NULL || !g_hash_table_contains (except, &stream->id)))
        g_array_append_val (leaves, leaf);
    }
  return g_steal_pointer (&leaves);
}

void
cosmic_ledger_forget (CosmicLedger *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->streams);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    for (guint i = 0; i < COSMIC_N_SPACES; i++)
      g_hash_table_remove_all (((CosmicLedgerStream *) value)->sources[i].read);
}

/* --- Writing. --------------------------------------------------------------------------------- */

typedef struct
{
  CosmicLedger *ledger;
  CosmicLedgerStream *stream;
  CosmicSpace space;
  GError **error;
  gboolean good;
} Write;

static gboolean
write_change (const CosmicKey *key, GBytes *value, gpointer data)
{
  Write *write = data;
  CosmicLogStore store = write->ledger->store;

  if (store.table != NULL)
    write->good = store.table->state_write (store.self, &write->stream->id, write->space, key,
                                            value, write->error);
  else if (value != NULL)
    cosmic_state_put_bytes (write->stream->spaces[write->space], key, value);
  else
    cosmic_state_remove (write->stream->spaces[write->space], *key);
  return write->good;
}

static gboolean
write_record (CosmicLedger *self, CosmicLedgerStream *stream, GError **error)
{
  g_autoptr (GBytes) ids = cosmic_codec_encode (cosmic_merkle_encode (&stream->ids));
  g_autoptr (GBytes) leaf = cosmic_codec_encode (cosmic_stream_leaf_encode (&stream->leaf));
  CosmicStreamRecord record = { ids, leaf, stream->deadline };

  return self->store.table == NULL
         || self->store.table->put_record (self->store.self, &stream->id, &record, error);
}

gboolean
cosmic_ledger_write (CosmicLedger *self, CosmicLedgerStream *stream,
                     CosmicState *const spaces[COSMIC_N_SPACES], const CosmicMerkle *ids,
                     const CosmicStreamLeaf *leaf, GError **error)
{
  Write write = { self, stream, 0, error, TRUE };

  stream->known = TRUE;
  stream->ids = *ids;
  stream->leaf = *leaf;
  stream->deadline = cosmic_state_deadline (spaces[COSMIC_SPACE_STATE]);
  for (guint i = 0; i < COSMIC_N_SPACES && write.good; i++)
    {
      write.space = i;
      cosmic_state_changes (spaces[i], write_change, &write);
      cosmic_state_settle (stream->spaces[i]);
      g_hash_table_remove_all (stream->sources[i].read);
    }
  return write.good && write_record (self, stream, error);
}
