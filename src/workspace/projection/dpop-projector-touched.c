/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-projector-private.h"

#include "cosmic-change.h"
#include "dpop-member-change.h"
#include "dpop-member-query.h"
#include "dpop-member.h"
#include "dpop-unit.h"

/* From changed entries of states to whatever has a row. Too much is only slow, too little would be
 * wrong. */

void
dpop_projector_touched_init (DpopProjectorTouched *self)
{
  self->members = g_hash_table_new_full (cosmic_id_hash, cosmic_id_equal, g_free, NULL);
  self->units = g_hash_table_new_full (cosmic_id_hash, cosmic_id_equal, g_free, NULL);
  self->streams = g_hash_table_new_full (cosmic_id_hash, cosmic_id_equal, g_free, NULL);
  self->comments = g_hash_table_new_full (cosmic_id_hash, cosmic_id_equal, g_free, g_free);
  self->verdicts = g_hash_table_new_full (cosmic_id_hash, cosmic_id_equal, g_free, g_free);
}

void
dpop_projector_touched_clear (DpopProjectorTouched *self)
{
  g_hash_table_unref (self->members);
  g_hash_table_unref (self->units);
  g_hash_table_unref (self->streams);
  g_hash_table_unref (self->comments);
  g_hash_table_unref (self->verdicts);
}

static void
touch (GHashTable *set, const CosmicId *id)
{
  if (!g_hash_table_contains (set, id))
    g_hash_table_add (set, cosmic_id_copy (id));
}

static void
touch_in (GHashTable *map, const CosmicId *id, const CosmicId *stream)
{
  if (!g_hash_table_contains (map, id))
    g_hash_table_insert (map, cosmic_id_copy (id), cosmic_id_copy (stream));
}

/* --- Operations whose text came or went. ------------------------------------------------------ */

static void
touch_named_unit (DpopProjectorTouched *self, const CosmicEntry *entry)
{
  const char *type = entry->operation->header.kind == DPOP_KIND_UNIT_ADD ? DPOP_UNIT_ADD_TYPE
                                                                        : DPOP_UNIT_NAME_TYPE;
  g_autoptr (GVariant) body
      = entry->body.plain != NULL ? cosmic_part_content (entry->body.plain, type) : NULL;
  CosmicId unit;

  if (body != NULL && cosmic_codec_child_id (body, 0, &unit))
    touch (self->units, &unit);
}

static void
touch_entry (DpopProjectorTouched *self, const CosmicEntry *entry)
{
  const CosmicHeader *header = &entry->operation->header;

  if (!cosmic_id_is_zero (&header->stream))
    {
      touch (self->streams, &header->stream);
      if (header->kind == DPOP_KIND_COMMENT)
        touch_in (self->comments, &entry->operation->id, &header->stream);
    }
  else if (header->kind == DPOP_KIND_UNIT_ADD || header->kind == DPOP_KIND_UNIT_NAME)
    touch_named_unit (self, entry);
  else if (!cosmic_id_is_zero (&entry->subject))
    touch (self->members, &entry->subject);
}

static gboolean
touch_operation (DpopProjectorTouched *self, const DpopProjectorView *view, const CosmicId *id,
                 GError **error)
{
  CosmicLogStore store = cosmic_log_store (dpop_profile_log (view->profile));
  g_autoptr (CosmicEntry) entry = NULL;

  if (!store.table->find_entry (store.self, id, &entry, error))
    return FALSE;
  if (entry != NULL)
    touch_entry (self, entry);
  return TRUE;
}

static gboolean
visit_about (CosmicEntry *taken, gpointer data)
{
  g_autoptr (CosmicEntry) entry = taken;

  touch_entry (data, entry);
  return TRUE;
}

static gboolean
touch_all_about (DpopProjectorTouched *self, const DpopProjectorView *view, const CosmicId *member,
                 GError **error)
{
  CosmicLogStore store = cosmic_log_store (dpop_profile_log (view->profile));
  const CosmicEntries about = { .which = COSMIC_ENTRIES_SUBJECT, .id = *member };

  touch (self->members, member);
  return store.table->each_entry (store.self, &about, visit_about, self, error);
}

static void
touch_device (DpopProjectorTouched *self, const DpopProjectorView *view, const CosmicId *key)
{
  CosmicDevice device;

  if (cosmic_authority_device (view->authority, key, &device))
    touch (self->members, &device.member);
}

/* --- Entries of states. ----------------------------------------------------------------------- */

static void
touch_by_party (DpopProjectorTouched *self, const CosmicLogChange *change)
{
  CosmicId id;

  if (!cosmic_id_is_zero (&change->stream))
    {
      touch (self->streams, &change->stream);
      if (change->key.bytes[0] != DPOP_TAG_COMMENT || change->key.size != 1 + COSMIC_ID_SIZE)
        return;
      cosmic_key_id (&change->key, 0, &id);
      touch_in (self->comments, &id, &change->stream);
      return;
    }
  switch (dpop_member_change_read (&change->key, &id))
    {
    case DPOP_MEMBER_CHANGE_MEMBER:
      touch (self->members, &id);
      break;
    case DPOP_MEMBER_CHANGE_UNIT:
      touch (self->units, &id);
      break;
    case DPOP_MEMBER_CHANGE_NONE:
    default:
      break;
    }
}

static gboolean
touch_change (DpopProjectorTouched *self, const DpopProjectorView *view,
              const CosmicLogChange *change, GError **error)
{
  CosmicId id;

  switch (cosmic_change_read (&change->key, cosmic_id_is_zero (&change->stream), &id))
    {
    case COSMIC_CHANGE_PERSONAL:
    case COSMIC_CHANGE_ERASED:
      return touch_operation (self, view, &id, error);
    case COSMIC_CHANGE_ERASED_MEMBER:
      return touch_all_about (self, view, &id, error);
    case COSMIC_CHANGE_VERDICT:
      touch_in (self->verdicts, &id, &change->stream);
      return TRUE;
    case COSMIC_CHANGE_DEVICE:
      touch_device (self, view, &id);
      return TRUE;
    case COSMIC_CHANGE_DEVICE_OF:
      touch (self->members, &id);
      return TRUE;
    case COSMIC_CHANGE_CHARTER:
    case COSMIC_CHANGE_OTHER:
    default:
      touch_by_party (self, change);
      return TRUE;
    }
}

gboolean
dpop_projector_touched_read (DpopProjectorTouched *self, const DpopProjectorView *view,
                             const GArray *changes, GError **error)
{
  for (guint i = 0; i < changes->len; i++)
    if (!touch_change (self, view, &g_array_index (changes, CosmicLogChange, i), error))
      return FALSE;
  return TRUE;
}

/* --- Everything. ------------------------------------------------------------------------------ */

static gboolean
visit_member (const DpopMember *member, gpointer data)
{
  touch (((DpopProjectorTouched *) data)->members, &member->id);
  return TRUE;
}

static gboolean
visit_unit (const DpopUnit *unit, gpointer data)
{
  touch (((DpopProjectorTouched *) data)->units, &unit->id);
  return TRUE;
}

static gboolean
visit_stream (const CosmicId *stream, GBytes *leaf, gpointer data)
{
  touch (((DpopProjectorTouched *) data)->streams, stream);
  return TRUE;
}

static void
touch_verdicts (DpopProjectorTouched *self, const CosmicId *stream, const CosmicState *state)
{
  g_autoptr (GArray) operations = cosmic_change_verdicts (state);

  for (guint i = 0; i < operations->len; i++)
    touch_in (self->verdicts, &g_array_index (operations, CosmicId, i), stream);
}

static gboolean
touch_within (DpopProjectorTouched *self, const DpopProjectorView *view, const CosmicId *stream,
              GError **error)
{
  const CosmicState *state = dpop_profile_state (view->profile, stream, error);
  g_autoptr (GArray) comments = NULL;

  if (state == NULL)
    return FALSE;
  touch_verdicts (self, stream, state);
  comments = dpop_discussion_comments (state);
  for (guint i = 0; i < comments->len; i++)
    touch_in (self->comments, &g_array_index (comments, DpopComment, i).operation, stream);
  return TRUE;
}

gboolean
dpop_projector_touched_all (DpopProjectorTouched *self, const DpopProjectorView *view,
                            GError **error)
{
  CosmicLog *log = dpop_profile_log (view->profile);
  CosmicLogStore store = cosmic_log_store (log);
  g_autoptr (GArray) open = cosmic_log_open_streams (log);
  GHashTableIter iter;
  gpointer stream;

  dpop_member_query_each (view->authority, visit_member, self);
  dpop_unit_each (view->authority, visit_unit, self);
  touch_verdicts (self, &cosmic_id_zero, view->authority);
  if (!store.table->each_record (store.self, visit_stream, self, error))
    return FALSE;
  for (guint i = 0; i < open->len; i++)
    touch (self->streams, &g_array_index (open, CosmicId, i));
  g_hash_table_remove (self->streams, &cosmic_id_zero);
  g_hash_table_iter_init (&iter, self->streams);
  while (g_hash_table_iter_next (&iter, &stream, NULL))
    if (!touch_within (self, view, stream, error))
      return FALSE;
  return TRUE;
}
