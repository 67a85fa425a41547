/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-log-private.h"

/* What is not covered yet, folded as one hypothetical batch on top of what is certified, at the
 * last checkpoint's time: no deadline fires, closes act. Folding is put off until somebody looks;
 * an operation that directly follows the last one is folded at once. */

static void
tail_stream_free (gpointer data)
{
  CosmicTailStream *tail = data;

  cosmic_stream_fold_free (tail->fold);
  cosmic_tail_reads_free (tail->reads);
  g_ptr_array_unref (tail->entries);
  g_clear_pointer (&tail->heads, g_hash_table_unref);
  g_free (tail);
}

static guint
change_hash (gconstpointer data)
{
  const CosmicLogChange *change = data;
  guint hash = cosmic_id_hash (&change->stream);

  for (guint i = 0; i < change->key.size; i++)
    hash = hash * 33 + change->key.bytes[i];
  return hash;
}

static gboolean
change_equal (gconstpointer a, gconstpointer b)
{
  const CosmicLogChange *x = a, *y = b;

  return cosmic_id_same (&x->stream, &y->stream) && cosmic_key_compare (&x->key, &y->key) == 0;
}

void
cosmic_log_changed (CosmicLog *self, const CosmicId *stream, const CosmicKey *key)
{
  CosmicLogChange change = { .stream = *stream, .key = { .size = key->size } };

  memcpy (change.key.bytes, key->bytes, key->size);
  if (!g_hash_table_contains (self->changes, &change))
    g_hash_table_add (self->changes, g_memdup2 (&change, sizeof change));
}

typedef struct
{
  CosmicLog *log;
  const CosmicId *stream;
  const CosmicState *other;
} Compare;

static gboolean
note_change (const CosmicKey *key, GBytes *value, gpointer data)
{
  Compare *compare = data;

  cosmic_log_changed (compare->log, compare->stream, key);
  return TRUE;
}

void
cosmic_log_changed_all (CosmicLog *self, const CosmicId *stream, const CosmicState *layer)
{
  Compare compare = { self, stream, NULL };

  cosmic_state_changes (layer, note_change, &compare);
}

static gboolean
note_difference (const CosmicKey *key, GBytes *value, gpointer data)
{
  Compare *compare = data;
  g_autoptr (GBytes) other = cosmic_state_lookup (compare->other, key);

  if (value == NULL ? other != NULL : other == NULL || !g_bytes_equal (value, other))
    cosmic_log_changed (compare->log, compare->stream, key);
  return TRUE;
}

/* Notes the keys in which two layers over the same certified state differ. */
static void
note_differences (CosmicLog *self, const CosmicId *stream, const CosmicState *before,
                  const CosmicState *after)
{
  Compare forward = { self, stream, after }, backward = { self, stream, before };

  cosmic_state_changes (before, note_difference, &forward);
  cosmic_state_changes (after, note_difference, &backward);
}

CosmicTailStream *
cosmic_tail_stream (CosmicLog *self, const CosmicId *stream)
{
  CosmicTailStream *tail;

  if (self->tail == NULL)
    {
      self->tail = g_hash_table_new_full (cosmic_id_hash, cosmic_id_equal, NULL, tail_stream_free);
      self->open = g_hash_table_new (cosmic_id_hash, cosmic_id_equal);
      self->followers = g_hash_table_new_full (cosmic_id_hash, cosmic_id_equal, g_free,
                                               (GDestroyNotify) g_ptr_array_unref);
      self->named = g_hash_table_new_full (cosmic_id_hash, cosmic_id_equal, g_free, NULL);
      self->founding_key = cosmic_id_zero;
    }
  if (self->changes == NULL)
    self->changes = g_hash_table_new_full (change_hash, change_equal, g_free, NULL);
  tail = g_hash_table_lookup (self->tail, stream);
  if (tail == NULL)
    {
      tail = g_new0 (CosmicTailStream, 1);
      tail->stream = *stream;
      tail->reads = cosmic_id_is_zero (stream) ? NULL : cosmic_tail_reads_new ();
      tail->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) cosmic_entry_free);
      g_hash_table_insert (self->tail, &tail->stream, tail);
    }
  return tail;
}

void
cosmic_tail_clear (CosmicLog *self)
{
  g_clear_pointer (&self->open, g_hash_table_unref);
  g_clear_pointer (&self->followers, g_hash_table_unref);
  g_clear_pointer (&self->named, g_hash_table_unref);
  g_clear_pointer (&self->tail, g_hash_table_unref);
}

void
cosmic_tail_setting (CosmicLog *self, CosmicFoldSetting *setting)
{
  *setting = (CosmicFoldSetting){
    .rules = self->rules,
    .party = self->party,
    .height = self->checkpoint.height + 1,
    .time = self->checkpoint.time,
    .rules_version = COSMIC_RULES_VERSION,
    .tail = TRUE,
    .root_at = cosmic_log_root_at,
    .root_at_data = self,
  };
}

static gboolean
may_be_head (CosmicLog *self, const CosmicHeader *header)
{
  const CosmicKind *kind = cosmic_rules_kind (self->rules, header->kind);

  return kind != NULL && !kind->bulk;
}

static void
take_causes_off (GHashTable *heads, const CosmicHeader *header)
{
  g_hash_table_remove (heads, &header->previous);
  for (guint i = 0; i < header->n_parents; i++)
    g_hash_table_remove (heads, &header->parents[i]);
}

GHashTable *
cosmic_tail_heads (CosmicLog *self, CosmicTailStream *tail)
{
  if (tail->heads != NULL)
    return tail->heads;
  tail->heads = g_hash_table_new_full (cosmic_id_hash, cosmic_id_equal, g_free, NULL);
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < tail->entries->len; i++)
      {
        const CosmicOperation *operation = ((CosmicEntry *) tail->entries->pdata[i])->operation;

        if (!may_be_head (self, &operation->header))
          continue;
        if (pass == 0)
          g_hash_table_add (tail->heads, cosmic_id_copy (&operation->id));
        else
          take_causes_off (tail->heads, &operation->header);
      }
  return tail->heads;
}

static void
add_head (CosmicLog *self, CosmicTailStream *tail, const CosmicOperation *operation)
{
  if (tail->heads == NULL || !may_be_head (self, &operation->header))
    return;
  take_causes_off (tail->heads, &operation->header);
  g_hash_table_add (tail->heads, cosmic_id_copy (&operation->id));
}

/* --- Who rests on whom. ----------------------------------------------------------------------- */

static void
note_follower (CosmicLog *self, const CosmicId *cause, CosmicEntry *entry, gboolean there)
{
  GPtrArray *followers = g_hash_table_lookup (self->followers, cause);

  if (followers == NULL && there)
    {
      followers = g_ptr_array_new ();
      g_hash_table_insert (self->followers, cosmic_id_copy (cause), followers);
    }
  if (there)
    g_ptr_array_add (followers, entry);
  else if (followers != NULL)
    g_ptr_array_remove_fast (followers, entry);
}

static void
note_causes (CosmicLog *self, CosmicEntry *entry, gboolean there)
{
  const CosmicHeader *header = &entry->operation->header;

  if (header->seq > 0)
    note_follower (self, &header->previous, entry, there);
  for (guint i = 0; i < header->n_parents; i++)
    note_follower (self, &header->parents[i], entry, there);
  note_follower (self, &header->author, entry, there);
}

static void
note_device (CosmicLog *self, const CosmicId *device, gboolean there)
{
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (self->named, device));

  if (there || count > 1)
    g_hash_table_replace (self->named, cosmic_id_copy (device),
                          GUINT_TO_POINTER (there ? count + 1 : count - 1));
  else
    g_hash_table_remove (self->named, device);
}

/* The devices and keys that an open entry makes known. */
static void
note_made_known (CosmicLog *self, const CosmicEntry *entry, gboolean there)
{
  const CosmicHeader *header = &entry->operation->header;
  gboolean genesis = cosmic_id_same (&entry->operation->id, &self->party);
  g_autoptr (GVariant) body = NULL;
  CosmicGenesis read;
  CosmicId device;

  if (entry->body.plain == NULL || (!genesis && header->kind != COSMIC_KIND_DEVICE_ADD))
    return;
  body = cosmic_part_content (entry->body.plain,
                              genesis ? COSMIC_GENESIS_TYPE : COSMIC_DEVICE_ADD_TYPE);
  if (body == NULL)
    return;
  if (!genesis && cosmic_codec_child_id (body, 1, &device))
    note_device (self, &device, there);
  if (!genesis || !cosmic_genesis_read (body, &read))
    return;
  note_device (self, &header->author, there);
  self->founding_key = there ? read.body_key : cosmic_id_zero;
  g_bytes_unref (read.charter);
}

static void
unfold (CosmicLog *self, CosmicTailStream *tail)
{
  cosmic_log_changed_all (self, &tail->stream, tail->fold->spaces[COSMIC_SPACE_STATE]);
  g_clear_pointer (&tail->fold, cosmic_stream_fold_free);
}

/* Other streams read authority: after it was folded anew, what they fold to may be another. */
static void
unfold_others (CosmicLog *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->tail);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      CosmicTailStream *tail = value;

      if (tail->fold != NULL && tail->reads != NULL && tail->entries->len > 0)
        unfold (self, tail);
    }
}

/* The same after one entry of the authority state: of those that had asked for it. */
static void
unfold_readers (CosmicLog *self, const CosmicKey *key)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->tail);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      CosmicTailStream *tail = value;

      if (tail->fold != NULL && tail->reads != NULL && tail->entries->len > 0
          && cosmic_tail_reads_has (tail->reads, key))
        unfold (self, tail);
    }
}

typedef struct
{
  CosmicLog *log;
  const CosmicId *stream;
} Noting;

static void
note_written (const CosmicKey *key, gpointer data)
{
  Noting *noting = data;

  cosmic_log_changed (noting->log, noting->stream, key);
  if (cosmic_id_is_zero (noting->stream))
    unfold_readers (noting->log, key);
}

/* Folds ENTRY onto what is folded already, if it comes last there. */
static gboolean
fold_on_top (CosmicLog *self, CosmicTailStream *tail, CosmicEntry *entry)
{
  CosmicFoldSetting setting;
  CosmicState *state = tail->fold->spaces[COSMIC_SPACE_STATE];
  const CosmicState *authority = NULL;
  Noting noting = { self, &tail->stream };
  guint mark = MIN (tail->fold->finish_marks[0], cosmic_state_mark (state));

  if (tail->reads != NULL)
    {
      CosmicTailStream *own = cosmic_tail_stream (self, &cosmic_id_zero);

      if (own->fold == NULL)
        return FALSE;
      tail->reads->authority = own->fold->spaces[COSMIC_SPACE_STATE];
      authority = tail->reads->view;
    }
  cosmic_tail_setting (self, &setting);
  if (!cosmic_stream_fold_append (tail->fold, &setting, authority, entry))
    return FALSE;
  cosmic_state_written (state, mark, note_written, &noting);
  return TRUE;
}

void
cosmic_tail_add (CosmicLog *self, CosmicEntry *entry)
{
  CosmicTailStream *tail = cosmic_tail_stream (self, &entry->operation->header.stream);
  CosmicStreamFold *before = tail->fold;

  g_ptr_array_add (tail->entries, entry);
  g_hash_table_insert (self->open, &entry->operation->id, entry);
  note_causes (self, entry, TRUE);
  note_made_known (self, entry, TRUE);
  add_head (self, tail, entry->operation);
  if (before != NULL && fold_on_top (self, tail, entry))
    return;
  if (before != NULL)
    unfold (self, tail);
  if (tail->reads == NULL)
    unfold_others (self);
}

void
cosmic_tail_remove (CosmicLog *self, CosmicEntry *entry)
{
  CosmicTailStream *tail = cosmic_tail_stream (self, &entry->operation->header.stream);

  if (tail->fold != NULL)
    cosmic_log_changed_all (self, &tail->stream, tail->fold->spaces[COSMIC_SPACE_STATE]);
  g_clear_pointer (&tail->fold, cosmic_stream_fold_free);
  g_clear_pointer (&tail->heads, g_hash_table_unref);
  note_causes (self, entry, FALSE);
  note_made_known (self, entry, FALSE);
  g_hash_table_remove (self->open, &entry->operation->id);
  if (cosmic_id_is_zero (&tail->stream))
    unfold_others (self);
  g_ptr_array_remove (tail->entries, entry);
}

static gboolean
load_entry (CosmicEntry *entry, gpointer data)
{
  CosmicLog *self = data;

  cosmic_tail_add (self, entry);
  return TRUE;
}

gboolean
cosmic_tail_load (CosmicLog *self, GError **error)
{
  const CosmicEntries which = { .which = COSMIC_ENTRIES_OPEN };

  cosmic_tail_clear (self);
  cosmic_tail_stream (self, &cosmic_id_zero);
  return self->store.table->each_entry (self->store.self, &which, load_entry, self, error);
}

gboolean
cosmic_tail_was_read (CosmicLog *self, GError **error)
{
  GHashTableIter iter;
  gpointer value;

  if (self->store.table->take_failure (self->store.self, error))
    return TRUE;
  cosmic_ledger_forget (self->ledger);
  g_hash_table_iter_init (&iter, self->tail);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_clear_pointer (&((CosmicTailStream *) value)->fold, cosmic_stream_fold_free);
  return FALSE;
}

CosmicStreamFold *
cosmic_tail_fold (CosmicLog *self, const CosmicId *stream, GError **error)
{
  CosmicTailStream *tail = cosmic_tail_stream (self, stream);
  const CosmicState *authority = NULL;
  g_autoptr (CosmicStreamFold) empty = NULL;
  CosmicLedgerStream *base;
  CosmicFoldSetting setting;

  if (tail->fold != NULL)
    return tail->fold;
  if ((base = cosmic_ledger_stream (self->ledger, stream, error)) == NULL)
    return NULL;
  if (!cosmic_id_is_zero (stream))
    {
      CosmicStreamFold *own = cosmic_tail_fold (self, &cosmic_id_zero, error);

      if (own == NULL)
        return NULL;
      cosmic_tail_reads_begin (tail->reads, own->spaces[COSMIC_SPACE_STATE]);
      authority = tail->reads->view;
    }
  tail->fold = cosmic_stream_fold_new (base);
  if (tail->entries->len == 0)
    return tail->fold;
  cosmic_tail_setting (self, &setting);
  if (!cosmic_stream_fold_run (tail->fold, &setting, authority, tail->entries))
    {
      cosmic_log_fail (error, COSMIC_LOG_ERROR_DAMAGED,
                       "Entries that are not confirmed yet name each other in a circle.");
      g_clear_pointer (&tail->fold, cosmic_stream_fold_free);
      return NULL;
    }
  empty = cosmic_stream_fold_new (base);
  note_differences (self, stream, empty->spaces[COSMIC_SPACE_STATE],
                    tail->fold->spaces[COSMIC_SPACE_STATE]);
  return cosmic_tail_was_read (self, error) ? tail->fold : NULL;
}

static gint
change_order (gconstpointer a, gconstpointer b)
{
  const CosmicLogChange *x = a, *y = b;
  int order = cosmic_id_compare (&x->stream, &y->stream);

  return order != 0 ? order : cosmic_key_compare (&x->key, &y->key);
}

GArray *
cosmic_log_take_changes (CosmicLog *self, GError **error)
{
  g_autoptr (GArray) open = cosmic_log_open_streams (self);
  GArray *changes;
  GHashTableIter iter;
  gpointer change;

  for (guint i = 0; i < open->len; i++)
    if (cosmic_tail_fold (self, &g_array_index (open, CosmicId, i), error) == NULL)
      return NULL;
  if (!self->store.table->take_failure (self->store.self, error))
    return NULL;
  changes = g_array_new (FALSE, FALSE, sizeof (CosmicLogChange));
  g_hash_table_iter_init (&iter, self->changes);
  while (g_hash_table_iter_next (&iter, &change, NULL))
    g_array_append_vals (changes, change, 1);
  g_hash_table_remove_all (self->changes);
  g_array_sort (changes, change_order);
  return changes;
}

GArray *
cosmic_log_open_streams (const CosmicLog *self)
{
  GArray *streams = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->tail);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      CosmicTailStream *tail = value;

      if (tail->entries->len > 0)
        g_array_append_val (streams, tail->stream);
    }
  g_array_sort (streams, cosmic_id_order);
  return streams;
}

guint
cosmic_log_n_open (const CosmicLog *self)
{
  return g_hash_table_size (self->open);
}
