/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-log-private.h"

#include "cosmic-log-propose.h"

/* How a batch becomes final here: folded over what is certified, held against the certificate, and
 * written with its checkpoint in one transaction. */

void
cosmic_log_batch_setting (CosmicLog *self, gint64 time, CosmicFoldSetting *setting)
{
  cosmic_tail_setting (self, setting);
  setting->time = time;
  setting->tail = FALSE;
}

/* What the batch touched is confirmed from now on, and what else was open is folded on top of
 * another state. */
static void
note_changes (CosmicLog *self, const CosmicBatch *batch)
{
  GHashTableIter iter;
  gpointer value;

  for (guint i = 0; i < batch->streams->len; i++)
    {
      const CosmicStreamFold *fold = batch->streams->pdata[i];

      cosmic_log_changed_all (self, &fold->base->id, fold->spaces[COSMIC_SPACE_STATE]);
    }
  g_hash_table_iter_init (&iter, self->tail);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      CosmicTailStream *tail = value;

      if (tail->fold != NULL)
        cosmic_log_changed_all (self, &tail->stream, tail->fold->spaces[COSMIC_SPACE_STATE]);
    }
}

static gboolean
cover (CosmicLog *self, const CosmicBatch *batch, GError **error)
{
  guint32 position = 0;

  for (guint i = 0; i < batch->streams->len; i++)
    {
      const CosmicStreamFold *fold = batch->streams->pdata[i];

      for (guint j = 0; j < fold->order->len; j++)
        {
          const CosmicEntry *entry = fold->order->pdata[j];

          if (!self->store.table->cover_entry (self->store.self, entry->number,
                                               batch->setting.height, position++, error))
            return FALSE;
        }
    }
  return TRUE;
}

/* What the batch covers although it is not in the open here: one of two branches, mostly. */
static GPtrArray *
covered_from_hold (CosmicLog *self, const CosmicBatch *batch)
{
  GPtrArray *held = g_ptr_array_new_with_free_func ((GDestroyNotify) cosmic_operation_unref);

  for (guint i = 0; i < batch->streams->len; i++)
    {
      const CosmicStreamFold *fold = batch->streams->pdata[i];

      for (guint j = 0; j < fold->order->len; j++)
        {
          CosmicOperation *operation = ((CosmicEntry *) fold->order->pdata[j])->operation;

          if (!g_hash_table_contains (self->open, &operation->id))
            g_ptr_array_add (held, cosmic_operation_ref (operation));
        }
    }
  return held;
}

/* The batch's entries may be the tail's own: it is looked at before the tail is loaded anew. */
static gboolean
take_up_rest (CosmicLog *self, CosmicBatch *batch, const CosmicCheckpointRecord *record,
              GError **error)
{
  g_autoptr (GPtrArray) held = covered_from_hold (self, batch);
  /* Owns what the batch borrows. */
  G_GNUC_UNUSED g_autoptr (GHashTable) tail = g_steal_pointer (&self->tail);

  return cosmic_tail_load (self, error) && cosmic_log_hold_strangers (self, error)
         && cosmic_log_release (self, &record->id, error)
         && cosmic_log_release_covered (self, batch, held, error);
}

/* Writes everything that a certified batch changes. */
static gboolean
settle (CosmicLog *self, CosmicBatch *batch, const CosmicCheckpoint *checkpoint,
        const CosmicCheckpointRecord *record, GError **error)
{
  if (!self->store.table->take_failure (self->store.self, error))
    return FALSE;
  note_changes (self, batch);
  if (!cosmic_batch_commit (batch, self->ledger, error)
      || !self->store.table->put_checkpoint (self->store.self, record, error)
      || !cover (self, batch, error) || !cosmic_log_erase_parts (self, batch, error))
    return FALSE;
  self->checkpoint = *checkpoint;
  self->checkpoint_id = record->id;
  return take_up_rest (self, batch, record, error);
}

/* --- As the only witness. --------------------------------------------------------------------- */

/* Why WITNESS certifies nothing by itself. FALSE. */
static gboolean
fail_not_alone (CosmicLog *self, GError **error)
{
  CosmicWitnesses witnesses;
  guint count;

  if (!cosmic_log_witnesses (self, &witnesses, error))
    return FALSE;
  count = witnesses.keys->len;
  cosmic_witnesses_clear (&witnesses);
  return cosmic_log_fail (error, COSMIC_LOG_ERROR_NOT_WITNESS,
                          count > 1 ? "Several record keepers confirm together. They do so by "
                                      "themselves once enough of their computers are connected."
                                    : "This computer is not the record keeper. Carry a transfer "
                                      "file to the record keeper's computer to have this "
                                      "confirmed.");
}

/* *ALONE: whether WITNESS signs for the next height, and nobody besides. */
static gboolean
is_alone (CosmicLog *self, const CosmicSecret *witness, gboolean *alone, GError **error)
{
  CosmicWitnesses witnesses;

  if (!cosmic_log_witnesses (self, &witnesses, error))
    return FALSE;
  *alone = witnesses.keys->len == 1 && witness != NULL
           && memcmp (g_array_index (witnesses.keys, CosmicId, 0).bytes,
                      cosmic_sign_key_public (witness), COSMIC_ID_SIZE)
                  == 0;
  cosmic_witnesses_clear (&witnesses);
  return cosmic_tail_was_read (self, error);
}

/* A witness promises a height once; the promise is on disk before the signature leaves. */
static gboolean
promise (CosmicLog *self, const CosmicCheckpoint *checkpoint, const CosmicId *id, GError **error)
{
  GVariant *fields[] = { g_variant_new_uint64 (checkpoint->height), cosmic_codec_new_id (id) };
  g_autoptr (GBytes) value = cosmic_codec_encode (g_variant_new_tuple (fields, 2));

  return self->store.table->put_setting (self->store.self, "promise", value, error);
}

static gboolean
certify_batch (CosmicLog *self, CosmicBatch *batch, const CosmicSecret *witness, GError **error)
{
  CosmicCheckpoint checkpoint = {
    .party = self->party,
    .height = batch->setting.height,
    .previous = self->checkpoint_id,
    .time = batch->setting.time,
    .rules_version = COSMIC_RULES_VERSION,
    .state_root = batch->state_root,
    .batch_root = batch->batch_root,
  };
  g_autoptr (GBytes) bytes = cosmic_checkpoint_encode (&checkpoint);
  g_autoptr (GBytes) list = cosmic_batch_list_encode (batch->list);
  g_autoptr (GBytes) proof = NULL;
  g_autoptr (CosmicCertificate) certificate = NULL;
  CosmicCheckpointRecord record = { .height = checkpoint.height };
  CosmicPrecommit precommit;

  cosmic_checkpoint_id (bytes, &record.id);
  if (g_bytes_get_size (list) > COSMIC_BATCH_SIZE_MAX)
    return cosmic_log_fail (error, COSMIC_LOG_ERROR_LIMIT,
                            "Too much is due at the same time to be confirmed at once.");
  if (!promise (self, &checkpoint, &record.id, error))
    return FALSE;
  cosmic_precommit_sign (&checkpoint, &record.id, 0, witness, &precommit);
  certificate = cosmic_certificate_new (&record.id, 0);
  cosmic_certificate_add (certificate, &precommit);
  proof = cosmic_certificate_encode (certificate);
  record.checkpoint = bytes;
  record.list = list;
  record.certificate = proof;
  return settle (self, batch, &checkpoint, &record, error);
}

gboolean
cosmic_log_certify (CosmicLog *self, const CosmicSecret *witness, guint *covered, GError **error)
{
  gboolean alone;

  *covered = 0;
  if (!is_alone (self, witness, &alone, error))
    return FALSE;
  if (!alone)
    return fail_not_alone (self, error);
  /* With what the last batch let in, until nothing is left, or others are to sign too. */
  for (;;)
    {
      gint64 now = dpop_clock_now (self->clock);
      g_autoptr (GPtrArray) entries = NULL;
      g_autoptr (GArray) due = NULL;
      g_autoptr (CosmicBatch) batch = NULL;
      CosmicFoldSetting setting;

      cosmic_log_batch_setting (self, MAX (now, self->checkpoint.time + 1), &setting);
      if ((due = cosmic_ledger_due (self->ledger, setting.time, error)) == NULL)
        return FALSE;
      entries = cosmic_log_choose (self, due->len);
      if (entries->len == 0 && due->len == 0)
        return TRUE;
      batch = cosmic_batch_fold (self->ledger, &setting, entries, error);
      if (batch == NULL || !certify_batch (self, batch, witness, error))
        return FALSE;
      *covered += entries->len;
      if (!is_alone (self, witness, &alone, error))
        return FALSE;
      if (!alone)
        return TRUE;
    }
}

/* --- What others certified. ------------------------------------------------------------------- */

GPtrArray *
cosmic_log_listed (CosmicLog *self, const CosmicBatchList *list, GPtrArray *owned, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new ();

  for (guint i = 0; i < list->streams->len; i++)
    {
      const CosmicBatchStream *line = list->streams->pdata[i];

      for (guint j = 0; j < line->operations->len; j++)
        {
          const CosmicId *id = &g_array_index (line->operations, CosmicId, j);
          CosmicEntry *entry = g_hash_table_lookup (self->open, id);

          if (entry == NULL)
            {
              if (!self->store.table->find_entry (self->store.self, id, &entry, error))
                return NULL;
              if (entry == NULL)
                return NULL;
              g_ptr_array_add (owned, entry);
            }
          if ((entry->operation->header.body.there && entry->body.plain == NULL)
              || !cosmic_id_same (&entry->operation->header.stream, &line->stream))
            return NULL;
          if (entry->height > 0)
            {
              cosmic_log_fail (error, COSMIC_LOG_ERROR_CONFLICT,
                               "A confirmation covers an entry that was confirmed before.");
              return NULL;
            }
          g_ptr_array_add (entries, entry);
        }
    }
  return g_steal_pointer (&entries);
}

static gboolean
is_on_this_chain (CosmicLog *self, const CosmicBase *base, gboolean *same, GError **error)
{
  *same = base->height == 0 && cosmic_id_is_zero (&base->id);
  return base->height == 0 || base->height > self->checkpoint.height
         || cosmic_log_is_checkpoint (self, base->height, &base->id, same, error);
}

gboolean
cosmic_log_is_closed (CosmicLog *self, const GPtrArray *entries, gboolean *closed, GError **error)
{
  g_autoptr (GHashTable) within = g_hash_table_new (cosmic_id_hash, cosmic_id_equal);

  *closed = FALSE;
  for (guint i = 0; i < entries->len; i++)
    if (!g_hash_table_add (within, &((CosmicEntry *) entries->pdata[i])->operation->id))
      return TRUE; /* one twice */
  for (guint i = 0; i < entries->len; i++)
    {
      const CosmicHeader *header = &((CosmicEntry *) entries->pdata[i])->operation->header;
      gboolean same;

      if (!is_on_this_chain (self, &header->base, &same, error))
        return FALSE;
      if (!same)
        return TRUE;
      for (guint j = 0; j <= header->n_parents; j++)
        {
          const CosmicId *cause = j < header->n_parents ? &header->parents[j] : &header->previous;
          g_autoptr (CosmicEntry) entry = NULL;

          if ((j == header->n_parents && header->seq == 0) || g_hash_table_contains (within, cause))
            continue;
          if (!self->store.table->find_entry (self->store.self, cause, &entry, error))
            return FALSE;
          if (entry == NULL || entry->height == 0)
            return TRUE;
        }
    }
  *closed = TRUE;
  return TRUE;
}

gboolean
cosmic_log_witnesses (CosmicLog *self, CosmicWitnesses *witnesses, GError **error)
{
  const CosmicState *authority
      = self->checkpoint.height > 0 ? cosmic_log_certified (self, &cosmic_id_zero, error)
                                    : cosmic_log_authority (self, error);

  *witnesses = (CosmicWitnesses){ 0 };
  if (authority == NULL)
    return FALSE;
  if (!cosmic_authority_witnesses (authority, witnesses))
    witnesses->keys = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  return TRUE;
}

static gboolean
check_certificate (CosmicLog *self, const CosmicCheckpoint *checkpoint, const CosmicId *id,
                   GBytes *bytes, GError **error)
{
  g_autoptr (CosmicCertificate) certificate = cosmic_certificate_decode (bytes);
  CosmicWitnesses witnesses;
  gboolean holds;

  if (!cosmic_log_witnesses (self, &witnesses, error))
    return FALSE;
  holds = certificate != NULL
          && cosmic_certificate_holds (certificate, checkpoint, id, witnesses.keys, witnesses.f);
  cosmic_witnesses_clear (&witnesses);
  if (!cosmic_tail_was_read (self, error))
    return FALSE;
  return holds
         || cosmic_log_fail (error, COSMIC_LOG_ERROR_INVALID,
                             "A confirmation is not signed by the record keepers.");
}

gboolean
cosmic_log_check_kind (CosmicLog *self, const CosmicCheckpoint *checkpoint,
                       const CosmicBatchList *list, GError **error)
{
  CosmicId root;

  if (!cosmic_id_same (&checkpoint->party, &self->party)
      || !cosmic_id_is_zero (&checkpoint->chain))
    return cosmic_log_fail (error, COSMIC_LOG_ERROR_OTHER_PARTY,
                            "This confirmation belongs to another organisation.");
  if (checkpoint->rules_version != COSMIC_RULES_VERSION)
    return cosmic_log_fail (error, COSMIC_LOG_ERROR_UPDATE,
                            "The organisation has moved to newer rules of exchange. Update DPOP on "
                            "this computer.");
  cosmic_batch_list_root (list, &root);
  if (!cosmic_id_same (&root, &checkpoint->batch_root))
    return cosmic_log_fail (error, COSMIC_LOG_ERROR_INVALID,
                            "A confirmation does not belong to the list of what it covers.");
  return TRUE;
}

static gboolean
check_checkpoint (CosmicLog *self, const CosmicCheckpoint *checkpoint, CosmicBatchList *list,
                  const CosmicCheckpointRecord *record, GError **error)
{
  if (!cosmic_log_check_kind (self, checkpoint, list, error))
    return FALSE;
  if (checkpoint->height == self->checkpoint.height + 1
      && (!cosmic_id_same (&checkpoint->previous, &self->checkpoint_id)
          || checkpoint->time <= self->checkpoint.time))
    return check_certificate (self, checkpoint, &record->id, record->certificate, error)
           && cosmic_log_fail (error, COSMIC_LOG_ERROR_CONFLICT,
                            "A confirmation does not follow the one that is known here. Two "
                            "histories exist: show both to the record keepers.");
  return TRUE;
}

/* A checkpoint at a height that is confirmed here already: the same one, or the chain has split.
 * Only record keepers can split it: what they did not sign raises no alarm. */
static gboolean
compare_known (CosmicLog *self, const CosmicCheckpoint *checkpoint,
               const CosmicCheckpointRecord *came, GError **error)
{
  CosmicCheckpointRecord record;
  gboolean found;

  if (!self->store.table->find_checkpoint (self->store.self, checkpoint->height, &record, &found,
                                           error))
    return FALSE;
  cosmic_checkpoint_record_clear (&record);
  if (found && cosmic_id_same (&record.id, &came->id))
    return TRUE;
  return check_certificate (self, checkpoint, &came->id, came->certificate, error)
         && cosmic_log_fail (error, COSMIC_LOG_ERROR_CONFLICT,
                             "Two different confirmations exist for the same point of the history. "
                             "Nothing was taken in: show both to the record keepers.");
}

static gboolean
fold_and_settle (CosmicLog *self, const CosmicCheckpoint *checkpoint, CosmicBatchList *list,
                 const CosmicCheckpointRecord *record, const GPtrArray *entries, GError **error)
{
  CosmicFoldSetting setting;
  g_autoptr (CosmicBatch) batch = NULL;

  cosmic_log_batch_setting (self, checkpoint->time, &setting);
  batch = cosmic_batch_fold (self->ledger, &setting, entries, error);
  if (batch == NULL || !cosmic_tail_was_read (self, error))
    return FALSE;
  if (!cosmic_batch_matches (batch, list)
      || !cosmic_id_same (&batch->state_root, &checkpoint->state_root))
    return cosmic_log_fail (error, COSMIC_LOG_ERROR_DIVERGED,
                            "This computer comes to another result than was confirmed. Nothing was "
                            "taken in. Update DPOP on both computers; if it stays, report it.");
  return settle (self, batch, checkpoint, record, error);
}

/* Only what record keepers signed can speak of another history: FAILURE stands if they did. Takes
 * FAILURE; FALSE. */
static gboolean
prefer_proof (CosmicLog *self, const CosmicCheckpoint *checkpoint,
              const CosmicCheckpointRecord *record, GError *failure, GError **error)
{
  if (g_error_matches (failure, COSMIC_LOG_ERROR, COSMIC_LOG_ERROR_CONFLICT)
      && !check_certificate (self, checkpoint, &record->id, record->certificate, error))
    g_error_free (failure);
  else
    g_propagate_error (error, failure);
  return FALSE;
}

gboolean
cosmic_log_apply (CosmicLog *self, GBytes *bytes, GBytes *list_bytes, GBytes *certificate,
                  CosmicApply *apply, GError **error)
{
  g_autoptr (CosmicBatchList) list = cosmic_batch_list_decode (list_bytes);
  g_autoptr (GPtrArray) owned = g_ptr_array_new_with_free_func ((GDestroyNotify) cosmic_entry_free);
  g_autoptr (GPtrArray) entries = NULL;
  CosmicCheckpointRecord record = { .checkpoint = bytes, .list = list_bytes,
                                    .certificate = certificate };
  CosmicCheckpoint checkpoint;
  GError *failure = NULL;
  gboolean closed;

  if (list == NULL || !cosmic_checkpoint_decode (bytes, &checkpoint))
    return cosmic_log_fail (error, COSMIC_LOG_ERROR_INVALID, "A confirmation is not well formed.");
  record.height = checkpoint.height;
  cosmic_checkpoint_id (bytes, &record.id);
  if (!check_checkpoint (self, &checkpoint, list, &record, error))
    return FALSE;
  *apply = checkpoint.height <= self->checkpoint.height ? COSMIC_APPLY_KNOWN
                                                        : COSMIC_APPLY_WAITING;
  if (*apply == COSMIC_APPLY_KNOWN)
    return compare_known (self, &checkpoint, &record, error);
  if (checkpoint.height > self->checkpoint.height + 1)
    return TRUE;
  entries = cosmic_log_listed (self, list, owned, &failure);
  if (entries == NULL)
    return failure == NULL || prefer_proof (self, &checkpoint, &record, failure, error);
  if (!cosmic_log_is_closed (self, entries, &closed, error))
    return FALSE;
  if (!closed)
    return cosmic_log_fail (error, COSMIC_LOG_ERROR_INVALID,
                            "A confirmation covers entries without what they rest on.");
  if (!check_certificate (self, &checkpoint, &record.id, certificate, error)
      || !fold_and_settle (self, &checkpoint, list, &record, entries, error))
    return FALSE;
  *apply = COSMIC_APPLY_DONE;
  return TRUE;
}
