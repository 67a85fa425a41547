/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-log-private.h"

#include "cosmic-change.h"

/* How an operation comes in: checked for what can be checked alone, then kept; in the open when all
 * its causes are here, on hold for the missing ones when not. */

void
cosmic_log_subject (CosmicLog *self, CosmicEntry *entry)
{
  const CosmicKind *kind = cosmic_rules_kind (self->rules, entry->operation->header.kind);
  g_autoptr (GVariant) body = NULL;
  g_autoptr (GVariant) child = NULL;
  gboolean there;

  entry->subject = cosmic_id_zero;
  if (kind == NULL || kind->subject < 0 || entry->body.plain == NULL
      || (body = cosmic_part_content (entry->body.plain, kind->body_type)) == NULL)
    return;
  child = g_variant_get_child_value (body, (gsize) kind->subject);
  if (g_variant_is_of_type (child, G_VARIANT_TYPE_MAYBE))
    {
      if (!cosmic_codec_child_maybe_id (body, (guint) kind->subject, &entry->subject, &there))
        entry->subject = cosmic_id_zero;
    }
  else if (!cosmic_codec_child_id (body, (guint) kind->subject, &entry->subject))
    entry->subject = cosmic_id_zero;
}

/* --- Parts. ----------------------------------------------------------------------------------- */

/* Checks that ENVELOPE is the part that REF names and fills PART: opened where a key is at hand. */
static gboolean
take_part (CosmicLog *self, const CosmicHeader *header, const CosmicPartRef *ref, CosmicItem type,
           GBytes *envelope, CosmicPart *part, GError **error)
{
  const CosmicScopeKey *key;
  CosmicLabel label;
  gboolean refused;
  CosmicId id;

  if (envelope == NULL || !ref->there)
    return TRUE;
  cosmic_envelope_id (envelope, &id);
  if (!cosmic_id_same (&id, &ref->id) || !cosmic_envelope_label (envelope, &label)
      || label.type != type || !cosmic_id_same (&label.key, &ref->key)
      || label.order != header->base.height)
    return cosmic_log_fail (error, COSMIC_LOG_ERROR_INVALID,
                            "A part of an entry is not the one that was signed.");
  if (!self->store.table->is_refused (self->store.self, &id, &refused, error))
    return FALSE;
  if (refused)
    {
      part->erased = TRUE;
      return TRUE;
    }
  key = cosmic_log_key (self, &ref->key);
  if (key == NULL)
    {
      part->sealed = g_bytes_ref (envelope);
      return TRUE;
    }
  part->plain = cosmic_envelope_open (key, envelope);
  if (part->plain != NULL && g_bytes_get_size (part->plain) == ref->size
      && cosmic_envelope_is_for_stream (key, &label, &header->stream))
    return TRUE;
  g_clear_pointer (&part->plain, g_bytes_unref);
  /* Signed, but not what an envelope must be: nobody can ever read it. Kept as it came. */
  part->sealed = g_bytes_ref (envelope);
  return TRUE;
}

static gboolean
take_parts (CosmicLog *self, CosmicEntry *entry, GBytes *body, GBytes *personal, GError **error)
{
  const CosmicHeader *header = &entry->operation->header;

  return take_part (self, header, &header->body, COSMIC_ITEM_BODY, body, &entry->body, error)
         && take_part (self, header, &header->personal, COSMIC_ITEM_PERSONAL, personal,
                       &entry->personal, error);
}

static gboolean
at_hand (const CosmicPart *part)
{
  return part->plain != NULL || part->sealed != NULL || part->erased;
}

/* A part of a known entry that came only now. */
static gboolean
add_late_parts (CosmicLog *self, CosmicEntry *known, GBytes *body, GBytes *personal,
                gboolean *added, GError **error)
{
  gboolean had_body = at_hand (&known->body), had_personal = at_hand (&known->personal);

  if (!take_parts (self, known, had_body ? NULL : body, had_personal ? NULL : personal, error))
    return FALSE;
  *added = (!had_body && at_hand (&known->body)) || (!had_personal && at_hand (&known->personal));
  if (!had_personal && at_hand (&known->personal))
    {
      const CosmicKey changed = cosmic_change_personal_key (&known->operation->id);
      CosmicEntry *open = g_hash_table_lookup (self->open, &known->operation->id);

      if (!self->store.table->set_part (self->store.self, known->number, TRUE, &known->personal,
                                        error))
        return FALSE;
      if (open != NULL && known->personal.plain != NULL)
        open->personal.plain = g_bytes_ref (known->personal.plain);
      cosmic_log_changed (self, &known->operation->header.stream, &changed);
    }
  if (had_body || !at_hand (&known->body))
    return TRUE;
  cosmic_log_subject (self, known);
  return self->store.table->set_part (self->store.self, known->number, FALSE, &known->body, error)
         && (cosmic_id_is_zero (&known->subject)
             || self->store.table->set_subject (self->store.self, known->number, &known->subject,
                                                error))
         && cosmic_log_release (self, &known->operation->header.body.id, error);
}

/* --- Causes. ---------------------------------------------------------------------------------- */

gboolean
cosmic_log_is_present (CosmicLog *self, const CosmicId *id, gboolean *present, GError **error)
{
  CosmicEntry *entry = NULL;

  if ((*present = g_hash_table_contains (self->open, id)))
    return TRUE;
  if (!self->store.table->find_entry (self->store.self, id, &entry, error))
    return FALSE;
  *present = entry != NULL && !entry->held;
  cosmic_entry_free (entry);
  return TRUE;
}

static gboolean
check_base (CosmicLog *self, const CosmicHeader *header, GArray *missing, GError **error)
{
  CosmicCheckpointRecord record;
  gboolean found, same;

  /* A chain of its own is for streams that a convocation leased; rules version 1 knows none. */
  if (!cosmic_id_is_zero (&header->base.chain))
    {
      g_array_append_val (missing, header->base.chain);
      return TRUE;
    }
  if (header->base.height == 0)
    {
      if (!cosmic_id_is_zero (&header->base.id))
        return cosmic_log_fail (error, COSMIC_LOG_ERROR_INVALID,
                                "An entry names a confirmation without a height.");
      return TRUE;
    }
  if (header->base.height > self->checkpoint.height)
    {
      g_array_append_val (missing, header->base.id);
      return TRUE;
    }
  if (!self->store.table->find_checkpoint (self->store.self, header->base.height, &record, &found,
                                           error))
    return FALSE;
  same = found && cosmic_id_same (&record.id, &header->base.id);
  cosmic_checkpoint_record_clear (&record);
  return same
         || cosmic_log_fail (error, COSMIC_LOG_ERROR_CONFLICT,
                             "An entry rests on another history than the one confirmed here.");
}

static gboolean
check_cause (CosmicLog *self, const CosmicId *cause, GArray *missing, GError **error)
{
  gboolean present;

  if (!cosmic_log_is_present (self, cause, &present, error))
    return FALSE;
  if (!present)
    g_array_append_val (missing, *cause);
  return TRUE;
}

static gboolean
check_author (CosmicLog *self, const CosmicOperation *operation, GArray *missing, GError **error)
{
  const CosmicState *authority;
  CosmicDevice device;

  if (cosmic_id_same (&operation->id, &self->party))
    return TRUE;
  if ((authority = cosmic_log_authority (self, error)) == NULL)
    return FALSE;
  if (!cosmic_authority_device (authority, &operation->header.author, &device))
    g_array_append_val (missing, operation->header.author);
  return TRUE;
}

/* What ENTRY waits for; an array of CosmicId, empty when it may come in. Two operations in one
 * place wait for each other's fate: the party's id stands for a cause that never comes. */
static GArray *
missing_causes (CosmicLog *self, const CosmicEntry *entry, GError **error)
{
  const CosmicHeader *header = &entry->operation->header;
  g_autoptr (GArray) missing = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  guint in_slot = 0;

  if (!check_base (self, header, missing, error)
      || (header->seq > 0 && !check_cause (self, &header->previous, missing, error)))
    return NULL;
  for (guint i = 0; i < header->n_parents; i++)
    if (!check_cause (self, &header->parents[i], missing, error))
      return NULL;
  if (header->body.there && entry->body.plain == NULL)
    g_array_append_val (missing, header->body.id);
  if (missing->len == 0 && !check_author (self, entry->operation, missing, error))
    return NULL;
  if (!self->store.table->count_slot (self->store.self, header, &in_slot, error))
    return NULL;
  if (in_slot > 1)
    g_array_append_val (missing, self->party);
  return g_steal_pointer (&missing);
}

/* --- Keeping it. ------------------------------------------------------------------------------ */

static gboolean
hold (CosmicLog *self, gint64 number, const GArray *causes, GError **error)
{
  for (guint i = 0; i < causes->len; i++)
    if (!self->store.table->hold_entry (self->store.self, number,
                                        &g_array_index (causes, CosmicId, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
collect (CosmicEntry *entry, gpointer data)
{
  g_ptr_array_add (data, entry);
  return TRUE;
}

static gboolean
rests_on (const CosmicOperation *operation, GHashTable *on)
{
  if (g_hash_table_contains (on, &operation->header.previous))
    return TRUE;
  for (guint i = 0; i < operation->header.n_parents; i++)
    if (g_hash_table_contains (on, &operation->header.parents[i]))
      return TRUE;
  return FALSE;
}

/* A second branch came: the first, and all that rests on it, is held too unless it is covered. */
static gboolean
hold_branches (CosmicLog *self, const CosmicEntry *entry, GError **error)
{
  const CosmicEntries slot = { .which = COSMIC_ENTRIES_SLOT, .slot = &entry->operation->header };
  const CosmicEntries open = { .which = COSMIC_ENTRIES_OPEN };
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) cosmic_entry_free);
  g_autoptr (GPtrArray) later = g_ptr_array_new_with_free_func ((GDestroyNotify) cosmic_entry_free);
  g_autoptr (GHashTable) out = g_hash_table_new (cosmic_id_hash, cosmic_id_equal);

  if (!self->store.table->each_entry (self->store.self, &slot, collect, all, error)
      || !self->store.table->each_entry (self->store.self, &open, collect, later, error))
    return FALSE;
  for (guint i = 0; i < all->len; i++)
    {
      CosmicEntry *other = all->pdata[i];

      if (other->height > 0)
        continue;
      g_hash_table_add (out, &other->operation->id);
      if (!self->store.table->hold_entry (self->store.self, other->number, &self->party, error))
        return FALSE;
    }
  for (guint i = 0; i < later->len; i++)
    {
      CosmicEntry *other = later->pdata[i];
      const CosmicId *cause = &other->operation->header.previous;

      if (!rests_on (other->operation, out))
        continue;
      g_hash_table_add (out, &other->operation->id);
      if (!self->store.table->hold_entry (self->store.self, other->number, cause, error))
        return FALSE;
    }
  return cosmic_tail_load (self, error);
}

/* Once an operation is in the open, whatever waited for it may come in; for a device, whatever it
 * signed. */
static gboolean
release_after (CosmicLog *self, const CosmicOperation *operation, GError **error)
{
  return cosmic_log_release (self, &operation->id, error);
}

/* Takes ENTRY, not stored yet. */
gboolean
cosmic_log_store_entry (CosmicLog *self, CosmicEntry *taken, CosmicAccept *accept, GError **error)
{
  g_autoptr (CosmicEntry) entry = taken;
  g_autoptr (GArray) missing = NULL;
  CosmicOperation *operation = entry->operation;
  gboolean fork = FALSE;

  cosmic_log_subject (self, entry);
  entry->arrived = dpop_clock_now (self->clock);
  if (!self->store.table->add_entry (self->store.self, entry, error)
      || (missing = missing_causes (self, entry, error)) == NULL)
    return FALSE;
  *accept = missing->len > 0 ? COSMIC_ACCEPT_HELD : COSMIC_ACCEPT_ADDED;
  if (missing->len == 0)
    {
      cosmic_tail_add (self, g_steal_pointer (&entry));
      return release_after (self, operation, error);
    }
  fork = cosmic_ids_contain (missing, &self->party);
  return hold (self, entry->number, missing, error)
         && (!fork || hold_branches (self, entry, error));
}

static gboolean
try_release (CosmicLog *self, CosmicEntry *waiting, gboolean *released, GError **error)
{
  g_autoptr (CosmicEntry) entry = waiting;
  g_autoptr (GArray) missing = NULL;

  *released = FALSE;
  if (entry->height > 0 || !entry->held)
    return TRUE;
  if ((missing = missing_causes (self, entry, error)) == NULL)
    return FALSE;
  if (!self->store.table->release_entry (self->store.self, entry->number, error))
    return FALSE;
  if (missing->len > 0)
    return hold (self, entry->number, missing, error);
  *released = TRUE;
  entry->held = FALSE;
  cosmic_tail_add (self, g_steal_pointer (&entry));
  return TRUE;
}

static void
push_causes (CosmicLog *self, const CosmicOperation *operation, GArray *causes)
{
  g_array_append_val (causes, operation->id);
}

/* An operation of the authority stream may have made a device known that others wait for. */
static gboolean
push_device (const CosmicEntry *entry, GArray *causes)
{
  g_autoptr (GVariant) body = NULL;
  CosmicId device;

  if (entry->operation->header.kind != COSMIC_KIND_DEVICE_ADD || entry->body.plain == NULL)
    return FALSE;
  body = cosmic_part_content (entry->body.plain, COSMIC_DEVICE_ADD_TYPE);
  if (body == NULL || !cosmic_codec_child_id (body, 1, &device))
    return FALSE;
  g_array_append_val (causes, device);
  return TRUE;
}

gboolean
cosmic_log_release (CosmicLog *self, const CosmicId *cause, GError **error)
{
  g_autoptr (GArray) causes = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  CosmicEntry *came = g_hash_table_lookup (self->open, cause);

  g_array_append_val (causes, *cause);
  if (came != NULL)
    push_device (came, causes);
  for (guint next = 0; next < causes->len; next++)
    {
      const CosmicEntries which = { .which = COSMIC_ENTRIES_WAITING,
                                    .id = g_array_index (causes, CosmicId, next) };
      g_autoptr (GPtrArray) waiting = g_ptr_array_new ();

      if (!self->store.table->each_entry (self->store.self, &which, collect, waiting, error))
        {
          g_ptr_array_set_free_func (waiting, (GDestroyNotify) cosmic_entry_free);
          return FALSE;
        }
      for (guint i = 0; i < waiting->len; i++)
        {
          g_autoptr (CosmicOperation) operation
              = cosmic_operation_ref (((CosmicEntry *) waiting->pdata[i])->operation);
          gboolean released;

          if (!try_release (self, waiting->pdata[i], &released, error))
            {
              for (guint j = i + 1; j < waiting->len; j++)
                cosmic_entry_free (waiting->pdata[j]);
              return FALSE;
            }
          if (!released)
            continue;
          push_causes (self, operation, causes);
          push_device (g_hash_table_lookup (self->open, &operation->id), causes);
        }
    }
  return TRUE;
}

/* --- The door. -------------------------------------------------------------------------------- */

static gboolean
check_alone (CosmicLog *self, const CosmicOperation *operation, GError **error)
{
  if (!cosmic_id_same (cosmic_operation_party (operation), &self->party))
    return cosmic_log_fail (error, COSMIC_LOG_ERROR_OTHER_PARTY,
                            "This entry belongs to another organisation.");
  if (!cosmic_operation_verify (operation))
    return cosmic_log_fail (error, COSMIC_LOG_ERROR_INVALID,
                            "The signature of an entry does not hold: it was altered on the way.");
  return TRUE;
}

gboolean
cosmic_log_accept (CosmicLog *self, GBytes *item, GBytes *body, GBytes *personal,
                   CosmicAccept *accept, GError **error)
{
  g_autoptr (CosmicOperation) operation = cosmic_operation_parse (item);
  g_autoptr (CosmicEntry) known = NULL;
  g_autoptr (CosmicEntry) entry = NULL;
  gboolean added = FALSE;

  if (operation == NULL)
    return cosmic_log_fail (error, COSMIC_LOG_ERROR_INVALID, "An entry is not well formed.");
  if (!self->store.table->find_entry (self->store.self, &operation->id, &known, error))
    return FALSE;
  if (known != NULL)
    {
      *accept = COSMIC_ACCEPT_KNOWN;
      if (!add_late_parts (self, known, body, personal, &added, error))
        return FALSE;
      if (added)
        *accept = COSMIC_ACCEPT_ADDED;
      return TRUE;
    }
  if (!check_alone (self, operation, error))
    return FALSE;
  entry = g_new0 (CosmicEntry, 1);
  entry->operation = g_steal_pointer (&operation);
  if (!take_parts (self, entry, body, personal, error))
    return FALSE;
  if (cosmic_id_same (&entry->operation->id, &self->party))
    self->founded = TRUE;
  return cosmic_log_store_entry (self, g_steal_pointer (&entry), accept, error);
}

/* --- Forks. ----------------------------------------------------------------------------------- */

typedef struct
{
  CosmicLog *log;
  const CosmicState *authority;
  CosmicOperation *found;
} FindFork;

static gboolean
is_unshown_fork (CosmicEntry *entry, gpointer data)
{
  FindFork *find = data;
  const CosmicHeader *header = &entry->operation->header;

  if (!cosmic_authority_frozen (find->authority, &header->author, &header->stream))
    find->found = cosmic_operation_ref (entry->operation);
  cosmic_entry_free (entry);
  return find->found == NULL;
}

gboolean
cosmic_log_find_fork (CosmicLog *self, CosmicOperation **a, CosmicOperation **b, GError **error)
{
  const CosmicEntries waiting = { .which = COSMIC_ENTRIES_WAITING, .id = self->party };
  g_autoptr (GPtrArray) slot = g_ptr_array_new_with_free_func ((GDestroyNotify) cosmic_entry_free);
  FindFork find = { .log = self };
  CosmicEntries which = { .which = COSMIC_ENTRIES_SLOT };
  gboolean good;

  *a = *b = NULL;
  if ((find.authority = cosmic_log_authority (self, error)) == NULL
      || !self->store.table->each_entry (self->store.self, &waiting, is_unshown_fork, &find, error)
      || find.found == NULL)
    return FALSE;
  which.slot = &find.found->header;
  good = self->store.table->each_entry (self->store.self, &which, collect, slot, error)
         && slot->len >= 2;
  cosmic_operation_unref (find.found);
  if (!good)
    return FALSE;
  *a = cosmic_operation_ref (((CosmicEntry *) slot->pdata[0])->operation);
  *b = cosmic_operation_ref (((CosmicEntry *) slot->pdata[1])->operation);
  return TRUE;
}
