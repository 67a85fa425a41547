/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-bundle-private.h"

#include "cosmic-carry.h"

/* Once through the file to check it: whole, in order, for this organisation, resting on what is
 * here. Then once more to take it in. What comes in is checked again on its own by the log, so a
 * file that changes in between does no harm. */
typedef struct
{
  CosmicLog *log;
  CosmicLogStore store;
  const CosmicSecret *seal_key;
  const DpopBundleHooks *hooks;
  DpopBundleFileReader *reader;
  guint64 size;

  /* Found by the check. */
  GHashTable *shared; /* CosmicId of keys that shares on the file bring */
  guint64 shares;
  guint64 readable;   /* headers, checkpoints and certificates */
  guint64 unreadable;
  guint64 first; /* height of the first checkpoint; 0: none */
  guint64 last;

  /* While taking in. */
  gboolean begun;
  guint steps; /* operations since the last commit */
  DpopBundleImport open; /* not committed yet */
  DpopBundleImport *result;
  CosmicOperation *operation; /* in hand, with its parts */
  GBytes *body, *personal;
  GBytes *checkpoint; /* in hand, as it came */
} Import;

static gboolean
fail_altered (GError **error)
{
  return dpop_bundle_fail (error, DPOP_BUNDLE_ERROR_ALTERED,
                           "This transfer file is not as DPOP makes them. Let it be made anew.");
}

static gboolean
fail_gap (GError **error)
{
  return dpop_bundle_fail (error, DPOP_BUNDLE_ERROR_GAP,
                           "This transfer file was made for a computer that has more than this "
                           "one. Let one be made with everything, or from this computer's "
                           "summary.");
}

/* --- The check. ------------------------------------------------------------------------------- */

static gboolean
check_share (Import *self, GBytes *envelope, const CosmicLabel *before, GError **error)
{
  CosmicShare share;

  if (before->type != 0 && before->type != COSMIC_ITEM_SHARE)
    return fail_altered (error);
  if (++self->shares > DPOP_BUNDLE_SHARES_MAX)
    return dpop_bundle_fail (error, DPOP_BUNDLE_ERROR_LIMIT,
                             "This file brings more keys than an organisation has.");
  if (self->seal_key == NULL
      || !cosmic_share_open (&share, cosmic_log_party (self->log), self->seal_key, envelope))
    return TRUE;
  if (share.body != NULL)
    g_hash_table_add (self->shared, cosmic_id_copy (cosmic_scope_key_id (share.body)));
  cosmic_share_clear (&share);
  return TRUE;
}

static gboolean
check_height (Import *self, guint64 height, GError **error)
{
  if (height == 0 || (self->last != 0 && height != self->last + 1))
    return fail_altered (error);
  if (self->first == 0)
    self->first = height;
  self->last = height;
  return TRUE;
}

static void
count_readable (Import *self, const CosmicLabel *label)
{
  if (cosmic_log_key (self->log, &label->key) != NULL
      || g_hash_table_contains (self->shared, &label->key))
    self->readable++;
  else
    self->unreadable++;
}

/* LABEL behind one of the type BEFORE (0: at the beginning). */
static gboolean
check_place (Import *self, GBytes *envelope, const CosmicLabel *label, const CosmicLabel *before,
             GError **error)
{
  switch (label->type)
    {
    case COSMIC_ITEM_SHARE:
      return check_share (self, envelope, before, error);
    case COSMIC_ITEM_HEADER:
      count_readable (self, label);
      return before->type != COSMIC_ITEM_CHECKPOINT || fail_altered (error);
    case COSMIC_ITEM_BODY:
      return before->type == COSMIC_ITEM_HEADER || fail_altered (error);
    case COSMIC_ITEM_PERSONAL:
      return before->type == COSMIC_ITEM_HEADER || before->type == COSMIC_ITEM_BODY
             || fail_altered (error);
    case COSMIC_ITEM_CHECKPOINT:
      count_readable (self, label);
      return before->type != COSMIC_ITEM_CHECKPOINT ? check_height (self, label->order, error)
                                                    : fail_altered (error);
    case COSMIC_ITEM_CERTIFICATE:
      count_readable (self, label);
      return (before->type == COSMIC_ITEM_CHECKPOINT && label->order == self->last)
             || fail_altered (error);
    case COSMIC_ITEM_SNAPSHOT:
    case COSMIC_ITEM_WITNESS:
    case COSMIC_ITEM_SUMMARY:
    default:
      return fail_altered (error);
    }
}

static gboolean
judge (const Import *self, GError **error)
{
  if (self->readable == 0)
    return dpop_bundle_fail_foreign (error);
  if (self->unreadable > 0)
    return dpop_bundle_fail (error, DPOP_BUNDLE_ERROR_MISSING_KEY,
                             "This transfer file was made after a change of the organisation's "
                             "keys that this computer has not heard of. First take one from "
                             "whoever made the change.");
  if (self->first > cosmic_log_height (self->log) + 1)
    return fail_gap (error);
  return TRUE;
}

static gboolean
check_file (Import *self, const char *path, GError **error)
{
  g_autoptr (DpopBundleFileReader) reader
      = dpop_bundle_file_reader_open (path, DPOP_BUNDLE_FILE_TRANSFER, error);
  CosmicLabel label, before = { 0 };

  if (reader == NULL)
    return FALSE;
  for (;;)
    {
      g_autoptr (GBytes) envelope = NULL;

      if (!dpop_bundle_file_reader_next (reader, &envelope, &label, self->hooks->cancellable,
                                         error))
        return FALSE;
      if (envelope == NULL)
        break;
      if (!check_place (self, envelope, &label, &before, error))
        return FALSE;
      before = label;
    }
  self->size = dpop_bundle_file_reader_position (reader);
  return (before.type != COSMIC_ITEM_CHECKPOINT || fail_altered (error)) && judge (self, error);
}

/* --- Transactions. ---------------------------------------------------------------------------- */

static gboolean
begin (Import *self, GError **error)
{
  if (!self->begun)
    self->begun = cosmic_log_begin (self->log, error);
  return self->begun;
}

static gboolean
commit (Import *self, GError **error)
{
  if (!self->begun)
    return TRUE;
  if (self->hooks->before_commit != NULL
      && !self->hooks->before_commit (self->hooks->data, error))
    return FALSE;
  self->begun = FALSE; /* a commit that fails rolls back by itself */
  if (!cosmic_log_commit (self->log, error))
    return FALSE;
  self->result->added += self->open.added;
  self->result->held += self->open.held;
  self->result->known += self->open.known;
  self->result->checkpoints += self->open.checkpoints;
  self->result->shares += self->open.shares;
  self->open = (DpopBundleImport){ 0 };
  self->steps = 0;
  if (self->hooks->progress != NULL)
    self->hooks->progress (dpop_bundle_file_reader_position (self->reader), self->size,
                           self->hooks->data);
  return TRUE;
}

/* --- Taking in. ------------------------------------------------------------------------------- */

static gboolean
take_share (Import *self, GBytes *envelope, GError **error)
{
  gboolean mine = FALSE;

  if (!self->store.table->put_share (self->store.self, envelope, error)
      || (self->seal_key != NULL
          && !cosmic_log_take_share (self->log, self->seal_key, envelope, &mine, error)))
    return FALSE;
  if (mine)
    self->open.shares++;
  return TRUE;
}

static gboolean
take_header (Import *self, GBytes *envelope, GError **error)
{
  return cosmic_carry_open_header (self->log, envelope, &self->operation) == COSMIC_CARRY_OPENED
         || fail_altered (error);
}

/* Hands the operation in hand to the log, once nothing more of it can come. */
static gboolean
finish_operation (Import *self, GError **error)
{
  CosmicAccept accept;
  gboolean good;

  if (self->operation == NULL)
    return TRUE;
  good = cosmic_log_accept (self->log, self->operation->item, self->body, self->personal, &accept,
                            error);
  g_clear_pointer (&self->operation, cosmic_operation_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->personal, g_bytes_unref);
  if (!good)
    return FALSE;
  if (accept == COSMIC_ACCEPT_ADDED)
    self->open.added++;
  else if (accept == COSMIC_ACCEPT_HELD)
    self->open.held++;
  else
    self->open.known++;
  return ++self->steps < DPOP_BUNDLE_STEP || commit (self, error);
}

static gboolean
take_certificate (Import *self, GBytes *envelope, GError **error)
{
  CosmicCheckpointRecord record;
  CosmicApply apply;
  gboolean good;

  good = cosmic_carry_open_record (self->log, self->checkpoint, envelope, &record)
         == COSMIC_CARRY_OPENED;
  g_clear_pointer (&self->checkpoint, g_bytes_unref);
  good = good ? cosmic_log_apply (self->log, record.checkpoint, record.list, record.certificate,
                                  &apply, error)
              : fail_altered (error);
  cosmic_checkpoint_record_clear (&record);
  if (!good)
    return FALSE;
  if (apply == COSMIC_APPLY_WAITING)
    return fail_gap (error);
  if (apply == COSMIC_APPLY_KNOWN)
    return TRUE;
  self->open.checkpoints++;
  return commit (self, error);
}

static gboolean
take_envelope (Import *self, GBytes *envelope, const CosmicLabel *label, GError **error)
{
  gboolean part = label->type == COSMIC_ITEM_BODY || label->type == COSMIC_ITEM_PERSONAL;

  if ((!part && !finish_operation (self, error)) || !begin (self, error))
    return FALSE;
  switch (label->type)
    {
    case COSMIC_ITEM_SHARE:
      return take_share (self, envelope, error);
    case COSMIC_ITEM_HEADER:
      return take_header (self, envelope, error);
    case COSMIC_ITEM_BODY:
      g_clear_pointer (&self->body, g_bytes_unref);
      self->body = g_bytes_ref (envelope);
      return TRUE;
    case COSMIC_ITEM_PERSONAL:
      g_clear_pointer (&self->personal, g_bytes_unref);
      self->personal = g_bytes_ref (envelope);
      return TRUE;
    case COSMIC_ITEM_CHECKPOINT:
      g_clear_pointer (&self->checkpoint, g_bytes_unref);
      self->checkpoint = g_bytes_ref (envelope);
      return TRUE;
    case COSMIC_ITEM_CERTIFICATE:
      return self->checkpoint != NULL ? take_certificate (self, envelope, error)
                                      : fail_altered (error);
    case COSMIC_ITEM_SNAPSHOT:
    case COSMIC_ITEM_WITNESS:
    case COSMIC_ITEM_SUMMARY:
    default:
      return fail_altered (error);
    }
}

static gboolean
take_file (Import *self, const char *path, GError **error)
{
  self->reader = dpop_bundle_file_reader_open (path, DPOP_BUNDLE_FILE_TRANSFER, error);
  if (self->reader == NULL)
    return FALSE;
  for (;;)
    {
      g_autoptr (GBytes) envelope = NULL;
      CosmicLabel label;

      if (!dpop_bundle_file_reader_next (self->reader, &envelope, &label,
                                         self->hooks->cancellable, error))
        return FALSE;
      if (envelope == NULL)
        return finish_operation (self, error) && commit (self, error);
      if (!take_envelope (self, envelope, &label, error))
        return FALSE;
    }
}

static void
clear (Import *self)
{
  g_hash_table_unref (self->shared);
  dpop_bundle_file_reader_free (self->reader);
  g_clear_pointer (&self->operation, cosmic_operation_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->personal, g_bytes_unref);
  g_clear_pointer (&self->checkpoint, g_bytes_unref);
}

gboolean
dpop_bundle_import (CosmicLog *log, const char *path, const CosmicSecret *seal_key,
                    const DpopBundleHooks *hooks, DpopBundleImport *result, GError **error)
{
  static const DpopBundleHooks none = { 0 };
  Import self = {
    .log = log,
    .store = cosmic_log_store (log),
    .seal_key = seal_key,
    .hooks = hooks != NULL ? hooks : &none,
    .shared = g_hash_table_new_full (cosmic_id_hash, cosmic_id_equal, g_free, NULL),
    .result = result,
  };
  gboolean good;

  *result = (DpopBundleImport){ 0 };
  good = check_file (&self, path, error) && take_file (&self, path, error);
  if (!good && self.begun)
    cosmic_log_rollback (log, NULL);
  clear (&self);
  return good;
}
