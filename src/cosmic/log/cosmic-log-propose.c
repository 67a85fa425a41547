/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-log-propose.h"

#include "cosmic-log-private.h"

static gint64
time_for (const CosmicLog *self, gint64 time)
{
  return MAX (time, self->checkpoint.time + 1);
}

gboolean
cosmic_log_has_work (CosmicLog *self, gint64 time, gboolean *work, GError **error)
{
  g_autoptr (GArray) due = NULL;

  *work = g_hash_table_size (self->open) > 0;
  if (*work)
    return TRUE;
  if ((due = cosmic_ledger_due (self->ledger, time_for (self, time), error)) == NULL)
    return FALSE;
  *work = due->len > 0;
  return TRUE;
}

gboolean
cosmic_log_propose (CosmicLog *self, gint64 time, GBytes **checkpoint, GBytes **list,
                    GError **error)
{
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (CosmicBatch) batch = NULL;
  g_autoptr (GArray) due = NULL;
  CosmicFoldSetting setting;

  *checkpoint = *list = NULL;
  cosmic_log_batch_setting (self, time_for (self, time), &setting);
  if ((due = cosmic_ledger_due (self->ledger, setting.time, error)) == NULL)
    return FALSE;
  entries = cosmic_log_choose (self, due->len);
  if (entries->len == 0 && due->len == 0)
    return TRUE;
  batch = cosmic_batch_fold (self->ledger, &setting, entries, error);
  if (batch == NULL || !cosmic_tail_was_read (self, error))
    return FALSE;
  *list = cosmic_batch_list_encode (batch->list);
  if (g_bytes_get_size (*list) > COSMIC_BATCH_SIZE_MAX)
    {
      g_clear_pointer (list, g_bytes_unref);
      return cosmic_log_fail (error, COSMIC_LOG_ERROR_LIMIT,
                              "Too much is due at the same time to be confirmed at once.");
    }
  *checkpoint = cosmic_checkpoint_encode (&(CosmicCheckpoint){
      .party = self->party,
      .height = setting.height,
      .previous = self->checkpoint_id,
      .time = setting.time,
      .rules_version = COSMIC_RULES_VERSION,
      .state_root = batch->state_root,
      .batch_root = batch->batch_root,
  });
  return TRUE;
}

/* --- Judging. --------------------------------------------------------------------------------- */

/* An error that speaks of what came, not of the store. */
static gboolean
is_of_proposal (const GError *error)
{
  return error->domain == COSMIC_LOG_ERROR && error->code != COSMIC_LOG_ERROR_DAMAGED;
}

/* TRUE, with *VERDICT _INVALID, where FAILURE (taken) speaks of the proposal. */
static gboolean
refuse (GError *failure, CosmicVerdict *verdict, GError **error)
{
  *verdict = COSMIC_VERDICT_INVALID;
  if (!is_of_proposal (failure))
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  g_error_free (failure);
  return TRUE;
}

/* Whether ENTRIES have one that is on hold here, such as one of two branches: until others find it
 * good it is kept out. */
static gboolean
has_held (const GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    if (((const CosmicEntry *) entries->pdata[i])->held)
      return TRUE;
  return FALSE;
}

/* Whether an entry that is open here and in OVERDUE is not among ENTRIES. */
static gboolean
omits (CosmicLog *self, const GPtrArray *entries, GHashTable *overdue)
{
  g_autoptr (GHashTable) covered = NULL;
  GHashTableIter iter;
  gpointer id;

  if (overdue == NULL || g_hash_table_size (overdue) == 0)
    return FALSE;
  covered = g_hash_table_new (cosmic_id_hash, cosmic_id_equal);
  for (guint i = 0; i < entries->len; i++)
    g_hash_table_add (covered, &((CosmicEntry *) entries->pdata[i])->operation->id);
  g_hash_table_iter_init (&iter, overdue);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (g_hash_table_contains (self->open, id) && !g_hash_table_contains (covered, id))
      return TRUE;
  return FALSE;
}

static gboolean
judge_fold (CosmicLog *self, const CosmicCheckpoint *checkpoint, const CosmicBatchList *list,
            const GPtrArray *entries, CosmicVerdict *verdict, GError **error)
{
  g_autoptr (CosmicBatch) batch = NULL;
  CosmicFoldSetting setting;
  GError *failure = NULL;

  cosmic_log_batch_setting (self, checkpoint->time, &setting);
  batch = cosmic_batch_fold (self->ledger, &setting, entries, &failure);
  if (batch == NULL)
    return refuse (failure, verdict, error);
  if (!cosmic_tail_was_read (self, error))
    return FALSE;
  *verdict = cosmic_batch_matches (batch, list)
                     && cosmic_id_same (&batch->state_root, &checkpoint->state_root)
                 ? COSMIC_VERDICT_VALID
                 : COSMIC_VERDICT_INVALID;
  return TRUE;
}

gboolean
cosmic_log_judge (CosmicLog *self, GBytes *bytes, GBytes *list_bytes, GHashTable *overdue,
                  CosmicVerdict *verdict, GError **error)
{
  g_autoptr (CosmicBatchList) list = cosmic_batch_list_decode (list_bytes);
  g_autoptr (GPtrArray) owned = g_ptr_array_new_with_free_func ((GDestroyNotify) cosmic_entry_free);
  g_autoptr (GPtrArray) entries = NULL;
  CosmicCheckpoint checkpoint;
  GError *failure = NULL;
  gboolean closed;

  *verdict = COSMIC_VERDICT_INVALID;
  if (list == NULL || list->streams->len == 0 || !cosmic_checkpoint_decode (bytes, &checkpoint)
      || checkpoint.height != self->checkpoint.height + 1
      || !cosmic_id_same (&checkpoint.previous, &self->checkpoint_id))
    return TRUE;
  if (!cosmic_log_check_kind (self, &checkpoint, list, &failure))
    return refuse (failure, verdict, error);
  entries = cosmic_log_listed (self, list, owned, &failure);
  if (entries == NULL && failure != NULL)
    return refuse (failure, verdict, error);
  *verdict = COSMIC_VERDICT_NONE;
  if (entries == NULL)
    return TRUE;
  *verdict = COSMIC_VERDICT_INVALID;
  if (!cosmic_log_is_closed (self, entries, &closed, error))
    return FALSE;
  if (!closed)
    return TRUE;
  if (!judge_fold (self, &checkpoint, list, entries, verdict, error))
    return FALSE;
  if (*verdict == COSMIC_VERDICT_VALID
      && (has_held (entries)
          || (!cosmic_log_is_full (list, g_bytes_get_size (list_bytes))
              && omits (self, entries, overdue))))
    *verdict = COSMIC_VERDICT_OMITS;
  return TRUE;
}

gboolean
cosmic_log_missing (CosmicLog *self, GBytes *list_bytes, GArray *missing, GError **error)
{
  g_autoptr (CosmicBatchList) list = cosmic_batch_list_decode (list_bytes);

  for (guint i = 0; list != NULL && i < list->streams->len; i++)
    {
      const CosmicBatchStream *stream = list->streams->pdata[i];

      for (guint j = 0; j < stream->operations->len; j++)
        {
          const CosmicId *id = &g_array_index (stream->operations, CosmicId, j);
          g_autoptr (CosmicEntry) entry = NULL;

          if (g_hash_table_contains (self->open, id))
            continue;
          if (!self->store.table->find_entry (self->store.self, id, &entry, error))
            return FALSE;
          if (entry == NULL || (entry->operation->header.body.there && entry->body.plain == NULL
                                && entry->body.sealed == NULL))
            g_array_append_vals (missing, id, 1);
        }
    }
  return TRUE;
}
