/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-bundle-private.h"

#include "cosmic-carry.h"

/* What is written, in this order: shares, so that keys are there before what they open; what the
 * peer asks for again; each height with what it covers; what is not covered, as it arrived. */
typedef struct
{
  CosmicLog *log;
  CosmicLogStore store;
  const DpopBundleWish *wish;
  const DpopBundleHooks *hooks;
  DpopBundleExport *result;
  DpopBundleFileWriter *writer;
  GArray *open;  /* of CosmicId: on the file, and not covered */
  guint64 total; /* operations, for the progress */
  GError *failure;
} Export;

static gboolean
go_on (Export *self)
{
  return self->failure == NULL
         && !g_cancellable_set_error_if_cancelled (self->hooks->cancellable, &self->failure);
}

/* NULL: nothing to add. */
static gboolean
add (Export *self, GBytes *envelope)
{
  return envelope == NULL
         || dpop_bundle_file_writer_add (self->writer, envelope, &self->failure);
}

/* --- Shares. ---------------------------------------------------------------------------------- */

static gboolean
write_share (GBytes *envelope, gpointer data)
{
  Export *self = data;

  if (self->wish->newcomer != NULL && !cosmic_share_is_for (envelope, self->wish->newcomer))
    return TRUE;
  if (self->result->shares >= DPOP_BUNDLE_SHARES_MAX)
    return dpop_bundle_fail (&self->failure, DPOP_BUNDLE_ERROR_LIMIT,
                             "There are too many keys to hand on in one file. Make it for one "
                             "computer.");
  self->result->shares++;
  return add (self, envelope) && go_on (self);
}

static gboolean
write_shares (Export *self)
{
  const DpopBundleSummary *peer = self->wish->peer;
  CosmicId root;

  if (peer != NULL && self->wish->newcomer == NULL)
    {
      if (!dpop_bundle_summary_shares (self->log, &root, &self->failure))
        return FALSE;
      if (cosmic_id_same (&root, &peer->shares))
        return TRUE;
    }
  return self->store.table->each_share (self->store.self, write_share, self, &self->failure)
         && self->failure == NULL;
}

/* --- Operations. ------------------------------------------------------------------------------ */

static gboolean
write_operation (Export *self, const CosmicEntry *entry)
{
  g_autoptr (GBytes) header = cosmic_log_envelope (self->log, entry, COSMIC_ITEM_HEADER);
  g_autoptr (GBytes) body = cosmic_log_envelope (self->log, entry, COSMIC_ITEM_BODY);
  g_autoptr (GBytes) personal
      = cosmic_carry_is_hidden (self->log, entry)
            ? NULL
            : cosmic_log_envelope (self->log, entry, COSMIC_ITEM_PERSONAL);

  if (header == NULL)
    {
      g_set_error_literal (&self->failure, COSMIC_LOG_ERROR, COSMIC_LOG_ERROR_NO_KEY,
                           "This computer does not have a key that it needs to hand its entries "
                           "on. Exchange with another computer first.");
      return FALSE;
    }
  self->result->operations++;
  if (self->hooks->progress != NULL && self->result->operations % 256 == 0)
    self->hooks->progress (self->result->operations, self->total, self->hooks->data);
  return add (self, header) && add (self, body) && add (self, personal) && go_on (self);
}

static gboolean
peer_has (const Export *self, const CosmicEntry *entry)
{
  return self->wish->peer != NULL
         && dpop_bundle_summary_shows (self->wish->peer, &entry->operation->id, entry->height);
}

static gboolean
visit_entry (CosmicEntry *taken, gpointer data)
{
  g_autoptr (CosmicEntry) entry = taken;
  Export *self = data;

  if (peer_has (self, entry) || !cosmic_carry_all_can_open (self->log, entry))
    return TRUE;
  if (entry->height == 0)
    g_array_append_val (self->open, entry->operation->id);
  return write_operation (self, entry);
}

static gboolean
write_entries (Export *self, CosmicEntriesWhich which, guint64 height)
{
  const CosmicEntries entries = { .which = which, .height = height };

  return self->store.table->each_entry (self->store.self, &entries, visit_entry, self,
                                        &self->failure)
         && self->failure == NULL;
}

/* Operations of which the peer misses a part. */
static gboolean
write_wanted (Export *self)
{
  const GArray *lacking = self->wish->peer != NULL ? self->wish->peer->lacking : NULL;

  for (guint i = 0; lacking != NULL && i < lacking->len; i++)
    {
      g_autoptr (CosmicEntry) entry = NULL;

      if (!self->store.table->find_entry (self->store.self, &g_array_index (lacking, CosmicId, i),
                                          &entry, &self->failure)
          || (entry != NULL && !write_operation (self, entry)))
        return FALSE;
    }
  return TRUE;
}

/* --- Heights. --------------------------------------------------------------------------------- */

static gboolean
write_record (Export *self, const CosmicCheckpointRecord *record)
{
  g_autoptr (GBytes) checkpoint = NULL;
  g_autoptr (GBytes) certificate = NULL;

  if (!cosmic_carry_seal_record (self->log, record, &checkpoint, &certificate))
    {
      g_set_error_literal (&self->failure, COSMIC_LOG_ERROR, COSMIC_LOG_ERROR_NO_KEY,
                           "This computer does not have an earlier key of the organisation. "
                           "Exchange with another computer first.");
      return FALSE;
    }
  self->result->checkpoints++;
  return add (self, checkpoint) && add (self, certificate);
}

/* Calls VISIT with the record of HEIGHT. */
static gboolean
with_record (Export *self, guint64 height,
             gboolean (*visit) (Export *self, const CosmicCheckpointRecord *record))
{
  CosmicCheckpointRecord record;
  gboolean found, good;

  if (!self->store.table->find_checkpoint (self->store.self, height, &record, &found,
                                           &self->failure))
    return FALSE;
  good = found && visit (self, &record);
  cosmic_checkpoint_record_clear (&record);
  if (!good && self->failure == NULL)
    g_set_error_literal (&self->failure, COSMIC_LOG_ERROR, COSMIC_LOG_ERROR_DAMAGED,
                         "A confirmation is missing on this computer. Restore a backup.");
  return good;
}

static gboolean
count_record (Export *self, const CosmicCheckpointRecord *record)
{
  g_autoptr (CosmicBatchList) list = cosmic_batch_list_decode (record->list);

  if (list != NULL)
    self->total += cosmic_batch_list_count (list);
  return list != NULL;
}

/* The peer's history must be a beginning of this one, or the other way round. */
static gboolean
check_peer (Export *self, const CosmicCheckpointRecord *record)
{
  if (cosmic_id_same (&record->id, &self->wish->peer->checkpoint))
    return TRUE;
  g_set_error_literal (&self->failure, COSMIC_LOG_ERROR, COSMIC_LOG_ERROR_CONFLICT,
                       "The computer that made this summary has other confirmations than this one. "
                       "Two histories exist: show both to the record keepers.");
  return FALSE;
}

/* The newest confirmation is on every file, so that it shows whose it is. */
static gboolean
write_heights (Export *self)
{
  guint64 newest = cosmic_log_height (self->log);
  guint64 from = self->wish->peer != NULL ? MIN (self->wish->peer->height, newest) : 0;

  if (from > 0 && from == self->wish->peer->height && !with_record (self, from, check_peer))
    return FALSE;
  self->total = cosmic_log_n_open (self->log);
  for (guint64 height = from + 1; height <= newest; height++)
    if (!with_record (self, height, count_record))
      return FALSE;
  if (from > 0 && from == newest && !with_record (self, from, write_record))
    return FALSE;
  for (guint64 height = from + 1; height <= newest; height++)
    if (!write_entries (self, COSMIC_ENTRIES_BATCH, height)
        || !with_record (self, height, write_record))
      return FALSE;
  return TRUE;
}

/* --- All of it. ------------------------------------------------------------------------------- */

static gboolean
prepare (Export *self)
{
  if (!cosmic_log_is_founded (self->log))
    return dpop_bundle_fail (&self->failure, DPOP_BUNDLE_ERROR_FAILED,
                             "There is nothing to hand on yet.");
  return cosmic_log_authority (self->log, &self->failure) != NULL;
}

static gboolean
write_all (Export *self, const char *path)
{
  self->writer = dpop_bundle_file_writer_new (path, DPOP_BUNDLE_FILE_TRANSFER, &self->failure);
  return self->writer != NULL && write_shares (self) && write_wanted (self) && write_heights (self)
         && write_entries (self, COSMIC_ENTRIES_OPEN, 0)
         && write_entries (self, COSMIC_ENTRIES_HELD, 0)
         && self->store.table->take_failure (self->store.self, &self->failure)
         && dpop_bundle_file_writer_finish (self->writer, &self->result->size, &self->failure);
}

gboolean
dpop_bundle_export (CosmicLog *log, const char *path, const DpopBundleWish *wish,
                    const DpopBundleHooks *hooks, DpopBundleExport *result, GError **error)
{
  static const DpopBundleWish everything = { 0 };
  static const DpopBundleHooks none = { 0 };
  Export self = {
    .log = log,
    .store = cosmic_log_store (log),
    .wish = wish != NULL ? wish : &everything,
    .hooks = hooks != NULL ? hooks : &none,
    .result = result,
    .open = g_array_new (FALSE, FALSE, sizeof (CosmicId)),
  };
  gboolean good;

  *result = (DpopBundleExport){ 0 };
  good = prepare (&self) && write_all (&self, path);
  for (guint i = 0; good && self.hooks->exported != NULL && i < self.open->len; i++)
    self.hooks->exported (&g_array_index (self.open, CosmicId, i), self.hooks->data);
  if (self.failure != NULL)
    g_propagate_error (error, self.failure);
  dpop_bundle_file_writer_free (self.writer);
  g_array_unref (self.open);
  return good;
}
