/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-log-private.h"

#include "cosmic-proof.h"

G_DEFINE_QUARK (cosmic-log-error-quark, cosmic_log_error)

gboolean
cosmic_log_fail (GError **error, CosmicLogError code, const char *message)
{
  g_set_error_literal (error, COSMIC_LOG_ERROR, (gint) code, message);
  return FALSE;
}

static void
part_clear (CosmicPart *part)
{
  g_clear_pointer (&part->plain, g_bytes_unref);
  g_clear_pointer (&part->sealed, g_bytes_unref);
}

void
cosmic_entry_free (CosmicEntry *self)
{
  if (self == NULL)
    return;
  cosmic_operation_unref (self->operation);
  part_clear (&self->body);
  part_clear (&self->personal);
  g_free (self);
}

void
cosmic_checkpoint_record_clear (CosmicCheckpointRecord *self)
{
  g_clear_pointer (&self->checkpoint, g_bytes_unref);
  g_clear_pointer (&self->list, g_bytes_unref);
  g_clear_pointer (&self->certificate, g_bytes_unref);
}

/* --- Opening. --------------------------------------------------------------------------------- */

gboolean
cosmic_log_read_newest (CosmicLog *self, GError **error)
{
  CosmicCheckpointRecord record;
  gboolean found, good;

  if (!self->store.table->find_checkpoint (self->store.self, 0, &record, &found, error))
    return FALSE;
  self->checkpoint = (CosmicCheckpoint){ 0 };
  self->checkpoint_id = cosmic_id_zero;
  if (!found)
    return TRUE;
  good = cosmic_checkpoint_decode (record.checkpoint, &self->checkpoint);
  self->checkpoint_id = record.id;
  cosmic_checkpoint_record_clear (&record);
  return good
         || cosmic_log_fail (error, COSMIC_LOG_ERROR_DAMAGED,
                             "The newest confirmation is damaged. Restore a backup, or join again "
                             "from another computer.");
}

/* A record has its whole list with it: the newest, which most entries rest on, is not read. */
gboolean
cosmic_log_is_checkpoint (CosmicLog *self, guint64 height, const CosmicId *id, gboolean *same,
                          GError **error)
{
  CosmicCheckpointRecord record;

  if (height == self->checkpoint.height)
    {
      *same = cosmic_id_same (&self->checkpoint_id, id);
      return TRUE;
    }
  if (!self->store.table->find_checkpoint (self->store.self, height, &record, same, error))
    return FALSE;
  *same = *same && cosmic_id_same (&record.id, id);
  cosmic_checkpoint_record_clear (&record);
  return TRUE;
}

static gboolean
read_party (CosmicLog *self, GError **error)
{
  GError *failure = NULL;
  g_autoptr (GBytes) bytes = self->store.table->get_setting (self->store.self, "party", &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  self->party = cosmic_id_zero;
  if (bytes != NULL && g_bytes_get_size (bytes) == COSMIC_ID_SIZE)
    memcpy (self->party.bytes, g_bytes_get_data (bytes, NULL), COSMIC_ID_SIZE);
  return TRUE;
}

static gboolean
take_key (const CosmicScopeKey *key, gpointer data)
{
  CosmicLog *self = data;
  CosmicScopeKey *copy = cosmic_scope_key_new (cosmic_scope_key_bytes (key));

  g_hash_table_replace (self->keys, (gpointer) cosmic_scope_key_id (copy), copy);
  return TRUE;
}

static void
free_key (gpointer key)
{
  cosmic_scope_key_free (key);
}

gboolean
cosmic_log_reload (CosmicLog *self, GError **error)
{
  CosmicEntry *genesis = NULL;

  g_clear_pointer (&self->ledger, cosmic_ledger_free);
  cosmic_tail_clear (self);
  self->ledger = cosmic_ledger_new (&self->store);
  g_hash_table_remove_all (self->keys);
  if (!read_party (self, error) || !cosmic_log_read_newest (self, error)
      || !self->store.table->each_key (self->store.self, take_key, self, error)
      || !self->store.table->find_entry (self->store.self, &self->party, &genesis, error))
    return FALSE;
  self->founded = genesis != NULL;
  cosmic_entry_free (genesis);
  return cosmic_tail_load (self, error);
}

CosmicLog *
cosmic_log_new (CosmicLogStore store, const CosmicRules *rules, DpopRandom random, DpopClock clock,
                GError **error)
{
  g_autoptr (CosmicLog) self = g_new0 (CosmicLog, 1);

  self->store = store;
  self->rules = rules;
  self->random = random;
  self->clock = clock;
  self->keys = g_hash_table_new_full (cosmic_id_hash, cosmic_id_equal, NULL, free_key);
  return cosmic_log_reload (self, error) ? g_steal_pointer (&self) : NULL;
}

void
cosmic_log_free (CosmicLog *self)
{
  if (self == NULL)
    return;
  cosmic_tail_clear (self);
  g_clear_pointer (&self->changes, g_hash_table_unref);
  cosmic_ledger_free (self->ledger);
  g_hash_table_unref (self->keys);
  g_free (self);
}

/* --- Transactions. ---------------------------------------------------------------------------- */

gboolean
cosmic_log_begin (CosmicLog *self, GError **error)
{
  return self->store.table->begin (self->store.self, error);
}

gboolean
cosmic_log_commit (CosmicLog *self, GError **error)
{
  if (self->store.table->take_failure (self->store.self, error)
      && self->store.table->commit (self->store.self, error))
    {
      self->commits++;
      return TRUE;
    }
  cosmic_log_rollback (self, NULL);
  return FALSE;
}

gboolean
cosmic_log_rollback (CosmicLog *self, GError **error)
{
  self->rollbacks++;
  self->store.table->rollback (self->store.self);
  return cosmic_log_reload (self, error);
}

/* --- What it is. ------------------------------------------------------------------------------ */

gboolean
cosmic_log_is_founded (const CosmicLog *self)
{
  return self->founded;
}

const CosmicId *
cosmic_log_party (const CosmicLog *self)
{
  return &self->party;
}

gboolean
cosmic_log_set_party (CosmicLog *self, const CosmicId *party, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (party->bytes, COSMIC_ID_SIZE);

  if (!self->store.table->put_setting (self->store.self, "party", bytes, error))
    return FALSE;
  self->party = *party;
  return TRUE;
}

guint64
cosmic_log_height (const CosmicLog *self)
{
  return self->checkpoint.height;
}

const CosmicId *
cosmic_log_checkpoint (const CosmicLog *self)
{
  return &self->checkpoint_id;
}

gint64
cosmic_log_time (const CosmicLog *self)
{
  return self->checkpoint.time;
}

const CosmicId *
cosmic_log_state_root (const CosmicLog *self)
{
  return &self->checkpoint.state_root;
}

const CosmicRules *
cosmic_log_rules (const CosmicLog *self)
{
  return self->rules;
}

CosmicLogStore
cosmic_log_store (const CosmicLog *self)
{
  return self->store;
}

const CosmicState *
cosmic_log_state (CosmicLog *self, const CosmicId *stream, GError **error)
{
  CosmicStreamFold *fold = cosmic_tail_fold (self, stream, error);

  return fold != NULL ? fold->spaces[COSMIC_SPACE_STATE] : NULL;
}

const CosmicState *
cosmic_log_authority (CosmicLog *self, GError **error)
{
  return cosmic_log_state (self, &cosmic_id_zero, error);
}

const CosmicState *
cosmic_log_certified (CosmicLog *self, const CosmicId *stream, GError **error)
{
  CosmicLedgerStream *base = cosmic_ledger_stream (self->ledger, stream, error);

  return base != NULL ? base->spaces[COSMIC_SPACE_STATE] : NULL;
}

gboolean
cosmic_log_root_at (const CosmicFold *fold, guint64 height, CosmicId *root)
{
  CosmicLog *self = fold->root_at_data;
  CosmicCheckpointRecord record;
  CosmicCheckpoint checkpoint;
  gboolean found = FALSE;

  if (height == 0
      || !self->store.table->find_checkpoint (self->store.self, height, &record, &found, NULL)
      || !found)
    return FALSE;
  found = cosmic_checkpoint_decode (record.checkpoint, &checkpoint);
  cosmic_checkpoint_record_clear (&record);
  *root = checkpoint.state_root;
  return found;
}

gboolean
cosmic_log_tail_hash (CosmicLog *self, CosmicId *hash, GError **error)
{
  g_autoptr (GArray) open = cosmic_log_open_streams (self);
  g_autoptr (GArray) leaves = g_array_new (FALSE, FALSE, sizeof (CosmicTrieLeaf));

  for (guint i = 0; i < open->len; i++)
    {
      const CosmicId *stream = &g_array_index (open, CosmicId, i);
      CosmicStreamFold *fold = cosmic_tail_fold (self, stream, error);
      CosmicTrieLeaf leaf;
      CosmicId root;

      if (fold == NULL)
        return FALSE;
      cosmic_state_root (fold->spaces[COSMIC_SPACE_STATE], &root);
      leaf = cosmic_trie_leaf (stream->bytes, COSMIC_ID_SIZE, root.bytes, COSMIC_ID_SIZE);
      g_array_append_val (leaves, leaf);
    }
  cosmic_trie_root (leaves, hash);
  return TRUE;
}

/* --- Exports and their proofs. ---------------------------------------------------------------- */

static gboolean
take_leaf (const CosmicKey *key, GBytes *value, gpointer leaves)
{
  CosmicTrieLeaf leaf = cosmic_trie_leaf (key->bytes, key->size, g_bytes_get_data (value, NULL),
                                          g_bytes_get_size (value));

  g_array_append_val ((GArray *) leaves, leaf);
  return TRUE;
}

gboolean
cosmic_log_prove_export (CosmicLog *self, const CosmicId *stream, const CosmicKey *key,
                         GBytes **value, GBytes **proof, GError **error)
{
  const CosmicKey all = { .size = 0 };
  CosmicLedgerStream *base = cosmic_ledger_stream (self->ledger, stream, error);
  g_autoptr (GArray) exports = g_array_new (FALSE, FALSE, sizeof (CosmicTrieLeaf));
  g_autoptr (GArray) streams = NULL;
  g_autoptr (GArray) export_path = NULL;
  g_autoptr (GArray) stream_path = NULL;
  g_autoptr (GBytes) found = NULL;
  CosmicTrieLeaf leaf;

  if (base == NULL || (streams = cosmic_ledger_leaves (self->ledger, NULL, error)) == NULL)
    return FALSE;
  found = cosmic_state_lookup (base->spaces[COSMIC_SPACE_EXPORTS], key);
  if (found == NULL)
    return FALSE;
  cosmic_state_each (base->spaces[COSMIC_SPACE_EXPORTS], all, take_leaf, exports);
  leaf = cosmic_trie_leaf (key->bytes, key->size, g_bytes_get_data (found, NULL),
                           g_bytes_get_size (found));
  export_path = cosmic_trie_prove (exports, &leaf.path);
  leaf = cosmic_ledger_trie_leaf (stream, &base->leaf);
  stream_path = cosmic_trie_prove (streams, &leaf.path);
  if (export_path == NULL || stream_path == NULL)
    return FALSE;
  *value = g_steal_pointer (&found);
  *proof = cosmic_proof_new (&base->leaf, stream_path, export_path);
  return TRUE;
}
