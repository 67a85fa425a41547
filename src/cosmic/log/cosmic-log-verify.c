/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-log-private.h"

/* Checks the whole history again: nothing that is stored of any state is relied on, only compared
 * with at the end. */
typedef struct
{
  CosmicLog *log;
  CosmicVerifyReport *report;
  CosmicLedger *ledger; /* in memory, recomputed */
  CosmicLedger *kept;   /* what is stored, as it is read now */
  CosmicCheckpoint checkpoint;
  CosmicId checkpoint_id;
  GArray *roots;       /* of CosmicId: the state root at each height from 1 */
  GHashTable *covered; /* CosmicId of every operation checked so far */
  guint stored;        /* streams of which something is stored */
  GError *failure;     /* what is stored of one could not be read */
} Verify;

static void fault (Verify *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
fault (Verify *self, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (self->report->faults, g_strdup_vprintf (format, args));
  va_end (args);
}

static gboolean
collect (CosmicEntry *entry, gpointer data)
{
  g_ptr_array_add (data, entry);
  return TRUE;
}

static gboolean
root_at (const CosmicFold *fold, guint64 height, CosmicId *root)
{
  const Verify *self = fold->root_at_data;

  if (height == 0 || height > self->roots->len)
    return FALSE;
  *root = g_array_index (self->roots, CosmicId, height - 1);
  return TRUE;
}

static void
check_part (Verify *self, const CosmicEntry *entry, const CosmicPartRef *ref,
            const CosmicPart *part, CosmicItemType type)
{
  const CosmicHeader *header = &entry->operation->header;
  const CosmicScopeKey *key;
  g_autoptr (GBytes) envelope = NULL;
  CosmicId id;

  if (!ref->there)
    return;
  if (part->erased)
    {
      self->report->erased++;
      return;
    }
  if (part->plain == NULL)
    {
      self->report->unreadable++;
      if (part->sealed == NULL)
        return;
      cosmic_envelope_id (part->sealed, &id);
    }
  else
    {
      if ((key = cosmic_log_key (self->log, &ref->key)) == NULL)
        {
          fault (self, "Entry %" G_GINT64_FORMAT " is readable without a key.", entry->number);
          return;
        }
      envelope = cosmic_envelope_seal (key, type, &header->stream, header->base.height,
                                       part->plain);
      cosmic_envelope_id (envelope, &id);
    }
  if (!cosmic_id_same (&id, &ref->id))
    fault (self, "The content of entry %" G_GINT64_FORMAT " is not what was signed.",
           entry->number);
}

static void
check_links (Verify *self, const CosmicEntry *entry, GHashTable *batch)
{
  const CosmicHeader *header = &entry->operation->header;
  gboolean good = TRUE;

  if (header->seq > 0)
    good = g_hash_table_contains (self->covered, &header->previous)
           || g_hash_table_contains (batch, &header->previous);
  for (guint i = 0; i < header->n_parents; i++)
    good = good
           && (g_hash_table_contains (self->covered, &header->parents[i])
               || g_hash_table_contains (batch, &header->parents[i]));
  if (!good)
    fault (self, "Entry %" G_GINT64_FORMAT " rests on entries that are not here.", entry->number);
  if (header->base.height > self->checkpoint.height)
    fault (self, "Entry %" G_GINT64_FORMAT " rests on a later confirmation.", entry->number);
}

static void
check_entry (Verify *self, const CosmicEntry *entry, GHashTable *batch)
{
  const CosmicHeader *header = &entry->operation->header;

  self->report->checked++;
  if (!cosmic_id_same (cosmic_operation_party (entry->operation), &self->log->party))
    fault (self, "Entry %" G_GINT64_FORMAT " belongs to another organisation.", entry->number);
  if (!cosmic_operation_verify (entry->operation))
    fault (self, "The signature of entry %" G_GINT64_FORMAT " does not hold.", entry->number);
  check_part (self, entry, &header->body, &entry->body, COSMIC_ITEM_BODY);
  check_part (self, entry, &header->personal, &entry->personal, COSMIC_ITEM_PERSONAL);
  check_links (self, entry, batch);
}

static void
check_entries (Verify *self, const GPtrArray *entries)
{
  g_autoptr (GHashTable) batch = g_hash_table_new (cosmic_id_hash, cosmic_id_equal);

  for (guint i = 0; i < entries->len; i++)
    g_hash_table_add (batch, &((CosmicEntry *) entries->pdata[i])->operation->id);
  for (guint i = 0; i < entries->len; i++)
    check_entry (self, entries->pdata[i], batch);
}

/* --- One height. ------------------------------------------------------------------------------ */

/* The witnesses before this batch; for the first, those that its genesis makes. */
static gboolean
read_witnesses (Verify *self, const CosmicBatch *batch, CosmicWitnesses *witnesses)
{
  const CosmicStreamFold *first = batch->streams->len > 0 ? batch->streams->pdata[0] : NULL;
  const CosmicState *state;

  if (first == NULL)
    return FALSE;
  state = self->checkpoint.height == 0 ? first->spaces[COSMIC_SPACE_STATE] : NULL;
  if (state == NULL)
    {
      CosmicLedgerStream *authority = cosmic_ledger_stream (self->ledger, &cosmic_id_zero, NULL);

      state = authority->spaces[COSMIC_SPACE_STATE];
    }
  return cosmic_authority_witnesses (state, witnesses);
}

static void
check_certificate (Verify *self, const CosmicBatch *batch, const CosmicCheckpoint *checkpoint,
                   const CosmicCheckpointRecord *record)
{
  g_autoptr (CosmicCertificate) certificate = cosmic_certificate_decode (record->certificate);
  CosmicWitnesses witnesses = { 0 };

  if (certificate == NULL || !read_witnesses (self, batch, &witnesses)
      || !cosmic_certificate_holds (certificate, checkpoint, &record->id, witnesses.keys,
                                    witnesses.f))
    fault (self, "Confirmation %" G_GUINT64_FORMAT " is not signed by the record keepers.",
           record->height);
  cosmic_witnesses_clear (&witnesses);
}

static void
check_checkpoint (Verify *self, const CosmicBatch *batch, const CosmicCheckpoint *checkpoint,
                  const CosmicCheckpointRecord *record)
{
  g_autoptr (CosmicBatchList) list = cosmic_batch_list_decode (record->list);
  CosmicId id;

  cosmic_checkpoint_id (record->checkpoint, &id);
  if (!cosmic_id_same (&id, &record->id) || checkpoint->height != self->checkpoint.height + 1
      || !cosmic_id_same (&checkpoint->previous, &self->checkpoint_id)
      || (self->checkpoint.height > 0 && checkpoint->time <= self->checkpoint.time))
    fault (self, "Confirmation %" G_GUINT64_FORMAT " does not follow the one before.",
           record->height);
  if (list == NULL || !cosmic_batch_matches (batch, list)
      || !cosmic_id_same (&batch->batch_root, &checkpoint->batch_root))
    fault (self, "Confirmation %" G_GUINT64_FORMAT " lists other entries than it covers.",
           record->height);
  if (!cosmic_id_same (&batch->state_root, &checkpoint->state_root))
    fault (self, "Confirmation %" G_GUINT64_FORMAT " certifies another result than follows from "
                 "the entries.", record->height);
  check_certificate (self, batch, checkpoint, record);
}

static void
count_void (Verify *self, const CosmicBatch *batch)
{
  for (guint i = 0; i < batch->streams->len; i++)
    {
      const CosmicStreamFold *fold = batch->streams->pdata[i];

      for (guint j = 0; j < fold->order->len; j++)
        if (cosmic_state_verdict (fold->spaces[COSMIC_SPACE_STATE],
                                  &((CosmicEntry *) fold->order->pdata[j])->operation->id)
            != COSMIC_REASON_NONE)
          self->report->without_effect++;
    }
}

static gboolean
verify_height (Verify *self, const CosmicCheckpointRecord *record, GError **error)
{
  const CosmicEntries which = { .which = COSMIC_ENTRIES_BATCH, .height = record->height };
  g_autoptr (GPtrArray) entries
      = g_ptr_array_new_with_free_func ((GDestroyNotify) cosmic_entry_free);
  g_autoptr (CosmicBatch) batch = NULL;
  CosmicFoldSetting setting;
  CosmicCheckpoint checkpoint;

  if (!self->log->store.table->each_entry (self->log->store.self, &which, collect, entries, error))
    return FALSE;
  if (!cosmic_checkpoint_decode (record->checkpoint, &checkpoint))
    {
      fault (self, "Confirmation %" G_GUINT64_FORMAT " is not well formed.", record->height);
      return TRUE;
    }
  check_entries (self, entries);
  cosmic_tail_setting (self->log, &setting);
  setting.height = record->height;
  setting.time = checkpoint.time;
  setting.tail = FALSE;
  setting.root_at = root_at;
  setting.root_at_data = self;
  batch = cosmic_batch_fold (self->ledger, &setting, entries, error);
  if (batch == NULL)
    return FALSE;
  check_checkpoint (self, batch, &checkpoint, record);
  count_void (self, batch);
  if (!cosmic_batch_commit (batch, self->ledger, error))
    return FALSE;
  for (guint i = 0; i < entries->len; i++)
    g_hash_table_add (self->covered,
                      cosmic_id_copy (&((CosmicEntry *) entries->pdata[i])->operation->id));
  g_array_append_val (self->roots, checkpoint.state_root);
  self->checkpoint = checkpoint;
  self->checkpoint_id = record->id;
  return TRUE;
}

static gboolean
verify_heights (Verify *self, gboolean (*progress) (guint64, gpointer), gpointer data,
                GError **error)
{
  for (guint64 height = 1;; height++)
    {
      CosmicCheckpointRecord record;
      gboolean found, good;

      if (!self->log->store.table->find_checkpoint (self->log->store.self, height, &record, &found,
                                                    error))
        return FALSE;
      if (!found)
        break;
      good = verify_height (self, &record, error);
      cosmic_checkpoint_record_clear (&record);
      if (!good)
        return FALSE;
      self->report->height = height;
      if (progress != NULL && !progress (height, data))
        return TRUE;
    }
  if (self->report->height != self->log->checkpoint.height)
    fault (self, "Confirmations are missing after number %" G_GUINT64_FORMAT ".",
           self->report->height);
  return TRUE;
}

/* --- The stored state, and what is not covered. ----------------------------------------------- */

/* Each stored state must hash to the root that the recomputed one has. */
static gboolean
compare_stored (const CosmicId *stream, GBytes *leaf_bytes, gpointer data)
{
  Verify *self = data;
  g_autoptr (GVariant) value = cosmic_codec_decode (COSMIC_STREAM_LEAF_TYPE, leaf_bytes);
  CosmicLedgerStream *computed = cosmic_ledger_stream (self->ledger, stream, NULL);
  CosmicLedgerStream *stored
      = cosmic_ledger_stream (self->kept, stream, &self->failure);
  CosmicStreamLeaf leaf = { 0 };
  CosmicId roots[COSMIC_N_SPACES], ids = cosmic_id_zero;

  if (stored == NULL
      && !g_error_matches (self->failure, COSMIC_LOG_ERROR, COSMIC_LOG_ERROR_DAMAGED))
    return FALSE;
  g_clear_error (&self->failure);
  self->stored++;
  for (guint i = 0; stored != NULL && i < COSMIC_N_SPACES; i++)
    cosmic_state_root (stored->spaces[i], &roots[i]);
  if (stored != NULL)
    cosmic_merkle_root (&stored->ids, &ids);
  if (value == NULL || stored == NULL || !cosmic_stream_leaf_decode (value, &leaf)
      || memcmp (&leaf, &computed->leaf, sizeof leaf) != 0
      || stored->deadline != computed->deadline || !cosmic_id_same (&ids, &leaf.ids)
      || !cosmic_id_same (&roots[COSMIC_SPACE_STATE], &leaf.state)
      || !cosmic_id_same (&roots[COSMIC_SPACE_EXPORTS], &leaf.exports)
      || !cosmic_id_same (&roots[COSMIC_SPACE_FRONTIER], &leaf.frontier))
    {
      g_autofree char *text = cosmic_id_to_text (stream);

      text[8] = '\0';
      fault (self, "What is stored of stream %s is not what follows from its entries.", text);
    }
  return TRUE;
}

static gboolean
verify_stored (Verify *self, GError **error)
{
  CosmicLogStore store = self->log->store;
  g_autoptr (GArray) computed = NULL;

  if (!store.table->each_record (store.self, compare_stored, self, error))
    return FALSE;
  if (self->failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->failure));
      return FALSE;
    }
  if (!cosmic_tail_was_read (self->log, error)
      || (computed = cosmic_ledger_leaves (self->ledger, NULL, error)) == NULL)
    return FALSE;
  if (self->stored < computed->len)
    fault (self, "Nothing is stored of %u streams that have entries.",
           computed->len - self->stored);
  return TRUE;
}

static gboolean
verify_uncovered (Verify *self, GError **error)
{
  const CosmicEntries open = { .which = COSMIC_ENTRIES_OPEN };
  const CosmicEntries held = { .which = COSMIC_ENTRIES_HELD };
  g_autoptr (GPtrArray) entries
      = g_ptr_array_new_with_free_func ((GDestroyNotify) cosmic_entry_free);
  g_autoptr (GPtrArray) waiting
      = g_ptr_array_new_with_free_func ((GDestroyNotify) cosmic_entry_free);

  if (!self->log->store.table->each_entry (self->log->store.self, &open, collect, entries, error)
      || !self->log->store.table->each_entry (self->log->store.self, &held, collect, waiting,
                                              error))
    return FALSE;
  self->report->open = entries->len;
  self->report->held = waiting->len;
  check_entries (self, entries);
  return TRUE;
}

gboolean
cosmic_log_verify (CosmicLog *log, gboolean (*progress) (guint64 height, gpointer data),
                   gpointer data, CosmicVerifyReport *report, GError **error)
{
  Verify self = { .log = log, .report = report };
  gboolean good;

  *report = (CosmicVerifyReport){ 0 };
  report->faults = g_ptr_array_new_with_free_func (g_free);
  self.ledger = cosmic_ledger_new (NULL);
  self.kept = cosmic_ledger_new (&log->store);
  self.roots = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  self.covered = g_hash_table_new_full (cosmic_id_hash, cosmic_id_equal, g_free, NULL);
  good = verify_heights (&self, progress, data, error) && verify_uncovered (&self, error)
         && verify_stored (&self, error);
  cosmic_ledger_free (self.ledger);
  cosmic_ledger_free (self.kept);
  g_array_unref (self.roots);
  g_hash_table_unref (self.covered);
  return good;
}

void
cosmic_verify_report_clear (CosmicVerifyReport *report)
{
  g_clear_pointer (&report->faults, g_ptr_array_unref);
}
