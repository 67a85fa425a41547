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
take_part (CosmicLog *self, const CosmicHeader *header, const CosmicPartRef *ref,
           CosmicItemType type, GBytes *envelope, CosmicPart *part, GError **error)
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
  part->plain = cosmic_log_open_part (key, header, ref, envelope);
  if (part->plain != NULL)
    return TRUE;
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
  gboolean same;

  /* A chain of its own is for streams that a convocation leased; rules version 1 knows none. */
  if (!cosmic_id_is_zero (&header->base.chain))
    {
      g_array_append_val (missing, header->base.chain);
      return TRUE;
    }
  if (header->base.height == 0)
    return TRUE;
  if (header->base.height > self->checkpoint.height)
    {
      g_array_append_val (missing, header->base.id);
      return TRUE;
    }
  if (!cosmic_log_is_checkpoint (self, header->base.height, &header->base.id, &same, error))
    return FALSE;
  /* On another history: it waits for that, and never comes in here. It is no error, or one such
   * entry would keep out whatever travels with it. */
  if (!same)
    g_array_append_val (missing, header->base.id);
  return TRUE;
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

/* A device is known when it is certified, or a claim that is open adds it, be it with effect or
 * not: so whatever came first, the same entries are open. */
static gboolean
is_known (CosmicLog *self, const CosmicId *device, gboolean *known, GError **error)
{
  const CosmicState *authority;
  CosmicDevice there;

  *known = g_hash_table_contains (self->named, device);
  if (*known)
    return TRUE;
  if ((authority = cosmic_log_certified (self, &cosmic_id_zero, error)) == NULL)
    return FALSE;
  *known = cosmic_authority_device (authority, device, &there);
  return *known || cosmic_tail_was_read (self, error);
}

/* A body key of the party, which every member has: what is under another one could be confirmed by
 * some and read by none of the others. */
static gboolean
check_key (CosmicLog *self, const CosmicId *key, GArray *missing, GError **error)
{
  const CosmicState *authority = cosmic_log_certified (self, &cosmic_id_zero, error);
  CosmicKeyPlace place;

  if (authority == NULL)
    return FALSE;
  if (self->checkpoint.height == 0
          ? !cosmic_id_same (key, &self->founding_key)
          : !cosmic_authority_key_place (authority, key, &place) || place.personal
                || !cosmic_id_is_zero (&place.scope))
    g_array_append_val (missing, *key);
  return cosmic_tail_was_read (self, error);
}

static gboolean
check_author (CosmicLog *self, const CosmicOperation *operation, GArray *missing, GError **error)
{
  const CosmicHeader *header = &operation->header;
  gboolean known;

  if (cosmic_id_same (&operation->id, &self->party))
    return TRUE;
  if (!is_known (self, &header->author, &known, error)
      || !check_key (self, &header->key, missing, error)
      || (header->body.there && !cosmic_id_same (&header->key, &header->body.key)
          && !check_key (self, &header->body.key, missing, error)))
    return FALSE;
  if (!known)
    g_array_append_val (missing, header->author);
  return TRUE;
}

/* Two operations in one place wait for each other's fate: the party's id stands for a cause that
 * never comes, until it is certified that the log is dead. Then they come in, without effect, so
 * that what honest members had rested on them can come in too. */
static gboolean
check_slot (CosmicLog *self, const CosmicOperation *operation, GArray *missing, GError **error)
{
  const CosmicHeader *header = &operation->header;
  const CosmicState *authority;
  guint in_slot = 0;

  if (cosmic_id_same (&operation->id, &self->party))
    return TRUE;
  if (!self->store.table->count_slot (self->store.self, header, &in_slot, error)
      || (authority = cosmic_log_certified (self, &cosmic_id_zero, error)) == NULL)
    return FALSE;
  if (in_slot > 1 && !cosmic_authority_frozen (authority, &header->author, &header->stream))
    g_array_append_val (missing, self->party);
  return cosmic_tail_was_read (self, error);
}

/* What ENTRY waits for; an array of CosmicId, empty when it may come in. */
static GArray *
missing_causes (CosmicLog *self, const CosmicEntry *entry, GError **error)
{
  const CosmicHeader *header = &entry->operation->header;
  g_autoptr (GArray) missing = g_array_new (FALSE, FALSE, sizeof (CosmicId));

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
  if (!check_slot (self, entry->operation, missing, error))
    return NULL;
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

/* The device that an entry adds. */
static gboolean
added_device (const CosmicEntry *entry, CosmicId *device)
{
  g_autoptr (GVariant) body = NULL;

  if (entry->operation->header.kind != COSMIC_KIND_DEVICE_ADD || entry->body.plain == NULL)
    return FALSE;
  body = cosmic_part_content (entry->body.plain, COSMIC_DEVICE_ADD_TYPE);
  return body != NULL && cosmic_codec_child_id (body, 1, device);
}

typedef struct
{
  CosmicId operation;
  CosmicId cause;
} HoldBack;

static void
push_followers (CosmicLog *self, const CosmicId *cause, GArray *back)
{
  const GPtrArray *followers = g_hash_table_lookup (self->followers, cause);

  for (guint i = 0; followers != NULL && i < followers->len; i++)
    {
      const HoldBack next = { ((CosmicEntry *) followers->pdata[i])->operation->id, *cause };

      g_array_append_val (back, next);
    }
}

/* Puts on hold what BACK (of HoldBack) lists, and all that is open and rests on it. */
static gboolean
hold_back (CosmicLog *self, GArray *back, GError **error)
{
  for (guint i = 0; i < back->len; i++)
    {
      const HoldBack one = g_array_index (back, HoldBack, i);
      CosmicEntry *entry = g_hash_table_lookup (self->open, &one.operation);
      gboolean adds, known = TRUE;
      CosmicId device;

      if (entry == NULL)
        continue;
      if (!self->store.table->hold_entry (self->store.self, entry->number, &one.cause, error))
        return FALSE;
      adds = added_device (entry, &device);
      push_followers (self, &one.operation, back);
      cosmic_tail_remove (self, entry);
      if (adds && !is_known (self, &device, &known, error))
        return FALSE;
      if (!known)
        push_followers (self, &device, back);
    }
  return TRUE;
}

gboolean
cosmic_log_hold_strangers (CosmicLog *self, GError **error)
{
  g_autoptr (GArray) back = g_array_new (FALSE, FALSE, sizeof (HoldBack));
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->open);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const CosmicOperation *operation = ((CosmicEntry *) value)->operation;
      const HoldBack one = { operation->id, operation->header.author };
      gboolean known;

      if (!is_known (self, &operation->header.author, &known, error))
        return FALSE;
      if (!known)
        g_array_append_val (back, one);
    }
  return hold_back (self, back, error);
}

typedef struct
{
  GArray *back;
  CosmicId party;
} Slot;

static gboolean
take_branch (CosmicEntry *taken, gpointer data)
{
  g_autoptr (CosmicEntry) entry = taken;
  Slot *slot = data;
  const HoldBack one = { entry->operation->id, slot->party };

  if (!cosmic_id_same (&one.operation, &slot->party))
    g_array_append_val (slot->back, one);
  return slot->back->len < 2;
}

/* A second branch came: the first, and all that rests on it, is held too unless it is covered. From
 * the third on there is none in the open. */
static gboolean
hold_branches (CosmicLog *self, const CosmicEntry *entry, GError **error)
{
  const CosmicEntries which = { .which = COSMIC_ENTRIES_SLOT, .slot = &entry->operation->header };
  g_autoptr (GArray) back = g_array_new (FALSE, FALSE, sizeof (HoldBack));
  Slot slot = { back, self->party };

  return self->store.table->each_entry (self->store.self, &which, take_branch, &slot, error)
         && hold_back (self, back, error);
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

/* What became known beside itself when ENTRY came: the device that it adds; of a genesis, the
 * founder's device and the first key. */
static void
push_made_known (const CosmicEntry *entry, GArray *causes)
{
  CosmicGenesis genesis;
  g_autoptr (GVariant) body = NULL;
  CosmicId device;

  if (added_device (entry, &device))
    g_array_append_val (causes, device);
  if (entry->operation->header.kind != COSMIC_KIND_GENESIS || entry->body.plain == NULL
      || (body = cosmic_part_content (entry->body.plain, COSMIC_GENESIS_TYPE)) == NULL
      || !cosmic_genesis_read (body, &genesis))
    return;
  g_array_append_val (causes, entry->operation->header.author);
  g_array_append_val (causes, genesis.body_key);
  g_bytes_unref (genesis.charter);
}

gboolean
cosmic_log_release (CosmicLog *self, const CosmicId *cause, GError **error)
{
  g_autoptr (GArray) causes = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  CosmicEntry *came = g_hash_table_lookup (self->open, cause);

  g_array_append_val (causes, *cause);
  if (came != NULL)
    push_made_known (came, causes);
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
          g_array_append_val (causes, operation->id);
          push_made_known (g_hash_table_lookup (self->open, &operation->id), causes);
        }
    }
  return TRUE;
}

static gboolean
release_key (CosmicLog *self, const CosmicEntry *entry, GError **error)
{
  g_autoptr (GVariant) body
      = entry->body.plain != NULL ? cosmic_part_content (entry->body.plain, COSMIC_ROTATION_TYPE)
                                  : NULL;
  CosmicId key;

  return body == NULL || !cosmic_codec_child_id (body, 3, &key)
         || cosmic_log_release (self, &key, error);
}

gboolean
cosmic_log_release_covered (CosmicLog *self, const CosmicBatch *batch, const GPtrArray *held,
                            GError **error)
{
  const CosmicStreamFold *authority = batch->streams->len > 0 ? batch->streams->pdata[0] : NULL;
  gboolean good = TRUE, forks = FALSE;

  for (guint i = 0; good && authority != NULL && i < authority->order->len; i++)
    {
      const CosmicEntry *entry = authority->order->pdata[i];
      guint16 kind = entry->operation->header.kind;
      CosmicId device;

      forks = forks || kind == COSMIC_KIND_EQUIVOCATION;
      if (kind == COSMIC_KIND_ROTATION)
        good = release_key (self, entry, error);
      else if (added_device (entry, &device))
        good = cosmic_log_release (self, &device, error);
    }
  for (guint i = 0; good && i < held->len; i++)
    good = cosmic_log_release (self, &((CosmicOperation *) held->pdata[i])->id, error);
  return good && (!forks || cosmic_log_release (self, &self->party, error));
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
  if (operation->header.base.height == 0 && cosmic_id_is_zero (&operation->header.base.chain)
      && !cosmic_id_is_zero (&operation->header.base.id))
    return cosmic_log_fail (error, COSMIC_LOG_ERROR_INVALID,
                            "An entry names a confirmation without a height.");
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
collect_two (CosmicEntry *entry, gpointer data)
{
  g_ptr_array_add (data, entry);
  return ((GPtrArray *) data)->len < 2;
}

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
  good = self->store.table->each_entry (self->store.self, &which, collect_two, slot, error)
         && slot->len >= 2;
  cosmic_operation_unref (find.found);
  if (!good)
    return FALSE;
  *a = cosmic_operation_ref (((CosmicEntry *) slot->pdata[0])->operation);
  *b = cosmic_operation_ref (((CosmicEntry *) slot->pdata[1])->operation);
  return TRUE;
}
