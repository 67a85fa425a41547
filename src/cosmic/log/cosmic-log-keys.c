/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-log-private.h"

#include "cosmic-change.h"

const CosmicScopeKey *
cosmic_log_key (const CosmicLog *self, const CosmicId *id)
{
  return g_hash_table_lookup (self->keys, id);
}

GBytes *
cosmic_log_open_part (const CosmicScopeKey *key, const CosmicHeader *header,
                      const CosmicPartRef *ref, GBytes *sealed)
{
  g_autoptr (GBytes) plain = cosmic_envelope_open (key, sealed);
  CosmicLabel label;

  if (plain == NULL || g_bytes_get_size (plain) != ref->size
      || !cosmic_envelope_label (sealed, &label)
      || !cosmic_envelope_is_for_stream (key, &label, &header->stream))
    return NULL;
  return g_steal_pointer (&plain);
}

static gboolean
collect (CosmicEntry *entry, gpointer data)
{
  g_ptr_array_add (data, entry);
  return TRUE;
}

/* Opens PART if KEY is its key. *OPENED says so. */
static gboolean
open_part (CosmicLog *self, const CosmicScopeKey *key, const CosmicEntry *entry,
           const CosmicPartRef *ref, CosmicPart *part, gboolean personal, gboolean *opened,
           GError **error)
{
  GBytes *plain;

  *opened = FALSE;
  if (part->sealed == NULL || !ref->there
      || !cosmic_id_same (&ref->key, cosmic_scope_key_id (key)))
    return TRUE;
  plain = cosmic_log_open_part (key, &entry->operation->header, ref, part->sealed);
  if (plain == NULL)
    return TRUE; /* nobody can open it: its author made it so */
  g_clear_pointer (&part->sealed, g_bytes_unref);
  part->plain = plain;
  *opened = TRUE;
  return self->store.table->set_part (self->store.self, entry->number, personal, part, error);
}

/* The tail has a copy of its own of what is not covered. */
static void
update_tail (CosmicLog *self, CosmicEntry *entry)
{
  CosmicEntry *open = g_hash_table_lookup (self->open, &entry->operation->id);

  if (open == NULL || open->personal.plain != NULL || entry->personal.plain == NULL)
    return;
  open->personal.plain = g_bytes_ref (entry->personal.plain);
  g_clear_pointer (&open->personal.sealed, g_bytes_unref);
}

static gboolean
open_sealed (CosmicLog *self, const CosmicScopeKey *key, GError **error)
{
  const CosmicEntries which = { .which = COSMIC_ENTRIES_SEALED };
  g_autoptr (GPtrArray) entries
      = g_ptr_array_new_with_free_func ((GDestroyNotify) cosmic_entry_free);

  if (!self->store.table->each_entry (self->store.self, &which, collect, entries, error))
    return FALSE;
  for (guint i = 0; i < entries->len; i++)
    {
      CosmicEntry *entry = entries->pdata[i];
      const CosmicHeader *header = &entry->operation->header;
      gboolean body, personal;

      if (!open_part (self, key, entry, &header->body, &entry->body, FALSE, &body, error)
          || !open_part (self, key, entry, &header->personal, &entry->personal, TRUE, &personal,
                         error))
        return FALSE;
      if (personal)
        {
          const CosmicKey changed = cosmic_change_personal_key (&entry->operation->id);

          update_tail (self, entry);
          cosmic_log_changed (self, &header->stream, &changed);
        }
      if (body)
        {
          cosmic_log_subject (self, entry);
          if (!cosmic_id_is_zero (&entry->subject)
              && !self->store.table->set_subject (self->store.self, entry->number, &entry->subject,
                                                  error))
            return FALSE;
          if (!cosmic_log_release (self, &header->body.id, error))
            return FALSE;
        }
    }
  return TRUE;
}

gboolean
cosmic_log_add_key (CosmicLog *self, const CosmicScopeKey *key, GError **error)
{
  CosmicScopeKey *copy;

  if (cosmic_log_key (self, cosmic_scope_key_id (key)) != NULL)
    return TRUE;
  if (!self->store.table->put_key (self->store.self, key, error))
    return FALSE;
  copy = cosmic_scope_key_new (cosmic_scope_key_bytes (key));
  g_hash_table_replace (self->keys, (gpointer) cosmic_scope_key_id (copy), copy);
  return open_sealed (self, copy, error);
}

gboolean
cosmic_log_take_share (CosmicLog *self, const CosmicSecret *seal_key, GBytes *envelope,
                       gboolean *mine, GError **error)
{
  CosmicShare share;
  gboolean good = TRUE;

  *mine = cosmic_share_open (&share, &self->party, seal_key, envelope);
  if (!*mine)
    return TRUE;
  if (share.body != NULL)
    good = cosmic_log_add_key (self, share.body, error);
  if (good && share.personal != NULL)
    good = cosmic_log_add_key (self, share.personal, error);
  cosmic_share_clear (&share);
  return good;
}

GBytes *
cosmic_log_envelope (const CosmicLog *self, const CosmicEntry *entry, CosmicItemType type)
{
  const CosmicHeader *header = &entry->operation->header;
  const CosmicPart *part = type == COSMIC_ITEM_BODY ? &entry->body : &entry->personal;
  const CosmicPartRef *ref = type == COSMIC_ITEM_BODY ? &header->body : &header->personal;
  gboolean whole = type == COSMIC_ITEM_HEADER;
  const CosmicScopeKey *key = cosmic_log_key (self, whole ? &header->key : &ref->key);
  GBytes *item = whole ? entry->operation->item : part->plain;

  if (!whole && part->sealed != NULL)
    return g_bytes_ref (part->sealed);
  if (key == NULL || item == NULL)
    return NULL;
  return cosmic_envelope_seal (key, type, &header->stream, header->base.height, item);
}
