/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-log-private.h"

#include "cosmic-change.h"

/* Once an erasure is covered, the parts are deleted, and their ids refused for good (design 4.8).
 * Folds never read personal parts, so no state changes by it. */

static gboolean
collect (CosmicEntry *entry, gpointer data)
{
  g_ptr_array_add (data, entry);
  return TRUE;
}

static gboolean
erase_personal (CosmicLog *self, CosmicEntry *entry, GError **error)
{
  const CosmicPartRef *ref = &entry->operation->header.personal;
  const CosmicPart gone = { .erased = TRUE };
  const CosmicKey changed = cosmic_change_personal_key (&entry->operation->id);

  if (!ref->there)
    return TRUE;
  cosmic_log_changed (self, &entry->operation->header.stream, &changed);
  return self->store.table->set_part (self->store.self, entry->number, TRUE, &gone, error)
         && self->store.table->refuse (self->store.self, &ref->id, error);
}

/* The operation may not have come yet: its part's id is refused all the same. */
static gboolean
erase_item (CosmicLog *self, GBytes *item, GError **error)
{
  g_autoptr (CosmicOperation) operation = cosmic_operation_parse (item);
  g_autoptr (CosmicEntry) entry = NULL;

  if (operation == NULL
      || !self->store.table->find_entry (self->store.self, &operation->id, &entry, error))
    return operation == NULL;
  if (entry != NULL)
    return erase_personal (self, entry, error);
  return self->store.table->refuse (self->store.self, &operation->header.personal.id, error);
}

static gboolean
erase_member (CosmicLog *self, const CosmicId *member, guint64 height, GError **error)
{
  const CosmicEntries about = { .which = COSMIC_ENTRIES_SUBJECT, .id = *member };
  g_autoptr (GPtrArray) entries
      = g_ptr_array_new_with_free_func ((GDestroyNotify) cosmic_entry_free);

  if (!self->store.table->each_entry (self->store.self, &about, collect, entries, error))
    return FALSE;
  for (guint i = 0; i < entries->len; i++)
    {
      CosmicEntry *entry = entries->pdata[i];

      if (entry->height > 0 && entry->height <= height && !erase_personal (self, entry, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
erase_by (CosmicLog *self, const CosmicEntry *entry, guint64 height, GError **error)
{
  g_autoptr (GVariant) body = cosmic_part_content (entry->body.plain, COSMIC_ERASE_TYPE);
  g_autoptr (GVariant) items = NULL;
  g_autoptr (GArray) members = NULL;

  if (body == NULL)
    return TRUE;
  items = g_variant_get_child_value (body, 0);
  members = cosmic_codec_child_id_set (body, 1, COSMIC_ERASE_MAX);
  for (gsize i = 0; i < g_variant_n_children (items); i++)
    {
      g_autoptr (GBytes) item = cosmic_codec_child_bytes (items, (guint) i);

      if (!erase_item (self, item, error))
        return FALSE;
    }
  for (guint i = 0; members != NULL && i < members->len; i++)
    if (!erase_member (self, &g_array_index (members, CosmicId, i), height, error))
      return FALSE;
  return TRUE;
}

gboolean
cosmic_log_erase_parts (CosmicLog *self, const CosmicBatch *batch, GError **error)
{
  const CosmicStreamFold *authority = batch->streams->len > 0 ? batch->streams->pdata[0] : NULL;

  if (authority == NULL || !cosmic_id_is_zero (&authority->base->id))
    return TRUE;
  for (guint i = 0; i < authority->order->len; i++)
    {
      const CosmicEntry *entry = authority->order->pdata[i];

      if (entry->operation->header.kind == COSMIC_KIND_ERASE
          && cosmic_state_verdict (authority->spaces[COSMIC_SPACE_STATE], &entry->operation->id)
                 == COSMIC_REASON_NONE
          && !erase_by (self, entry, batch->setting.height, error))
        return FALSE;
    }
  return TRUE;
}
