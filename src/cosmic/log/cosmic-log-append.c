/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-log-private.h"

/* How what is said here becomes a signed operation: tried first, then signed, then on disk before
 * anyone is told. */

/* The newest of AUTHOR's own log in STREAM: among what is open (in whatever order it came), else as
 * certified. */
static gboolean
find_head (CosmicLog *self, const CosmicId *stream, const CosmicId *author, CosmicHeader *header,
           GError **error)
{
  CosmicTailStream *tail = cosmic_tail_stream (self, stream);
  CosmicLedgerStream *base = cosmic_ledger_stream (self->ledger, stream, error);
  g_autoptr (GVariant) last = NULL;
  gboolean found = FALSE;

  if (base == NULL)
    return FALSE;
  for (guint i = 0; i < tail->entries->len; i++)
    {
      const CosmicOperation *operation = ((CosmicEntry *) tail->entries->pdata[i])->operation;

      if (!cosmic_id_same (&operation->header.author, author)
          || (found && operation->header.seq < header->seq))
        continue;
      header->seq = operation->header.seq + 1;
      header->previous = operation->id;
      found = TRUE;
    }
  if (found)
    return TRUE;
  last = cosmic_state_get (base->spaces[COSMIC_SPACE_FRONTIER], cosmic_key (0, author, NULL),
                           "(tay)");
  if (last == NULL)
    return TRUE;
  g_variant_get_child (last, 0, "t", &header->seq);
  header->seq++;
  return cosmic_codec_child_id (last, 1, &header->previous)
         || cosmic_log_fail (error, COSMIC_LOG_ERROR_DAMAGED, "The end of a log is damaged.");
}

static gboolean
note_taken (CosmicEntry *entry, gpointer taken)
{
  *(gboolean *) taken = TRUE;
  cosmic_entry_free (entry);
  return FALSE;
}

/* Something of this device already stands in the next place of its log, on hold: it was signed by a
 * copy of this device. Signing there too would make the copy's fork ours. */
static gboolean
check_free (CosmicLog *self, const CosmicHeader *header, GError **error)
{
  const CosmicEntries slot = { .which = COSMIC_ENTRIES_SLOT, .slot = header };
  gboolean taken = FALSE;

  if (!self->store.table->each_entry (self->store.self, &slot, note_taken, &taken, error))
    return FALSE;
  return !taken
         || cosmic_log_fail (error, COSMIC_LOG_ERROR_CONFLICT,
                             "A copy of this computer's profile has signed entries elsewhere. Join "
                             "again as a new computer.");
}

/* Every id within VALUE that names an operation which is not covered yet. */
static void
find_references (CosmicLog *self, GVariant *value, GArray *parents)
{
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_BYTESTRING))
    {
      gsize size;
      gconstpointer bytes = g_variant_get_fixed_array (value, &size, 1);
      CosmicId id;

      if (size != COSMIC_ID_SIZE)
        return;
      memcpy (id.bytes, bytes, COSMIC_ID_SIZE);
      if (g_hash_table_contains (self->open, &id))
        g_array_append_val (parents, id);
      return;
    }
  if (g_variant_is_container (value))
    for (gsize i = 0; i < g_variant_n_children (value); i++)
      {
        g_autoptr (GVariant) child = g_variant_get_child_value (value, i);

        find_references (self, child, parents);
      }
}

static void
add_heads (CosmicLog *self, const CosmicId *stream, GArray *parents)
{
  CosmicTailStream *tail = cosmic_tail_stream (self, stream);
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, cosmic_tail_heads (self, tail));
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_array_append_vals (parents, id, 1);
}

/* Whether what ID names is in the past of the author's own log already. */
static gboolean
is_own_past (CosmicLog *self, const CosmicHeader *header, const CosmicId *id)
{
  const CosmicEntry *entry = g_hash_table_lookup (self->open, id);

  return header->seq > 0 && entry != NULL
         && cosmic_id_same (&entry->operation->header.author, &header->author)
         && cosmic_id_same (&entry->operation->header.stream, &header->stream);
}

/* The uncovered operations that this one rests on: what its body names, and the newest of the
 * streams that it is judged by. */
static gboolean
set_parents (CosmicLog *self, CosmicHeader *header, GVariant *body, GError **error)
{
  g_autoptr (GArray) parents = g_array_new (FALSE, FALSE, sizeof (CosmicId));

  find_references (self, body, parents);
  add_heads (self, &cosmic_id_zero, parents);
  if (!cosmic_id_is_zero (&header->stream))
    add_heads (self, &header->stream, parents);
  cosmic_ids_normalise (parents);
  for (guint i = parents->len; i-- > 0;)
    if (is_own_past (self, header, &g_array_index (parents, CosmicId, i)))
      g_array_remove_index (parents, i);
  if (parents->len > COSMIC_OPERATION_PARENTS_MAX)
    return cosmic_log_fail (error, COSMIC_LOG_ERROR_LIMIT,
                            "Too many entries that are not confirmed yet. Confirm them first.");
  header->n_parents = parents->len;
  if (parents->len > 0)
    memcpy (header->parents, parents->data, parents->len * sizeof (CosmicId));
  return TRUE;
}

/* Makes a part's bytes and the reference that the header carries. */
static GBytes *
make_part (CosmicLog *self, const CosmicHeader *header, GVariant *content, CosmicItemType type,
           const CosmicScopeKey *key, CosmicPartRef *ref)
{
  guint8 salt[COSMIC_PART_SALT_SIZE];
  g_autoptr (GBytes) part = NULL;
  g_autoptr (GBytes) envelope = NULL;

  dpop_random_fill (self->random, salt, sizeof salt);
  part = cosmic_part_new (content, salt);
  if (g_bytes_get_size (part) > COSMIC_PART_SIZE_MAX)
    return NULL;
  envelope = cosmic_envelope_seal (key, type, &header->stream, header->base.height, part);
  ref->there = TRUE;
  ref->key = *cosmic_scope_key_id (key);
  ref->size = (guint32) g_bytes_get_size (part);
  cosmic_envelope_id (envelope, &ref->id);
  return g_steal_pointer (&part);
}

static gboolean
make_parts (CosmicLog *self, CosmicHeader *header, const CosmicClaim *claim,
            const CosmicScopeKey *body_key, const CosmicScopeKey *personal_key, CosmicEntry *entry,
            GError **error)
{
  header->key = *cosmic_scope_key_id (body_key);
  entry->body.plain = make_part (self, header, claim->body, COSMIC_ITEM_BODY, body_key,
                                 &header->body);
  if (claim->personal != NULL)
    entry->personal.plain = make_part (self, header, claim->personal, COSMIC_ITEM_PERSONAL,
                                       personal_key, &header->personal);
  if (entry->body.plain != NULL && (claim->personal == NULL || entry->personal.plain != NULL))
    return TRUE;
  return cosmic_log_fail (error, COSMIC_LOG_ERROR_LIMIT,
                          "This text is too long for one entry (64 KiB). Shorten it.");
}

/* For headers and bodies, the key that is current at the base: one that is not certified yet may be
 * known to nobody else. */
static const CosmicScopeKey *
current_key (CosmicLog *self, const CosmicId *scope, gboolean personal, GError **error)
{
  const CosmicState *authority
      = personal || self->checkpoint.height == 0
            ? cosmic_log_authority (self, error)
            : cosmic_log_certified (self, &cosmic_id_zero, error);
  const CosmicScopeKey *key = NULL;
  CosmicId id;

  if (authority == NULL)
    return NULL;
  if (cosmic_authority_scope_key (authority, scope, personal, &id, NULL))
    key = cosmic_log_key (self, &id);
  if (key == NULL && cosmic_tail_was_read (self, error))
    cosmic_log_fail (error, COSMIC_LOG_ERROR_NO_KEY,
                     "This computer has no key for that. Exchange with another computer first.");
  return key;
}

static CosmicReason
try_entry (CosmicLog *self, const CosmicEntry *entry, gboolean *tried, GError **error)
{
  const CosmicId *stream = &entry->operation->header.stream;
  CosmicStreamFold *fold = cosmic_tail_fold (self, stream, error);
  const CosmicState *authority = NULL;
  CosmicFoldSetting setting;
  CosmicReason reason;

  *tried = FALSE;
  if (fold == NULL)
    return COSMIC_REASON_NONE;
  if (!cosmic_id_is_zero (stream) && (authority = cosmic_log_authority (self, error)) == NULL)
    return COSMIC_REASON_NONE;
  cosmic_tail_setting (self, &setting);
  /* Tried as if it were confirmed now: rules that ask for time to have passed are asked as of now,
   * not as of the last confirmation. */
  setting.time = MAX (setting.time, dpop_clock_now (self->clock));
  setting.tail = FALSE;
  reason = cosmic_stream_fold_try (fold, &setting, authority, entry->operation, entry->body.plain);
  *tried = cosmic_tail_was_read (self, error);
  return reason;
}

static gboolean
sign_and_store (CosmicLog *self, const CosmicSecret *device, const CosmicHeader *header,
                CosmicEntry *taken, CosmicOperation **operation, CosmicReason *reason,
                GError **error)
{
  g_autoptr (CosmicEntry) entry = taken;
  CosmicAccept accept;
  gboolean tried;

  entry->operation = cosmic_operation_sign (header, device);
  if (cosmic_id_is_zero (&header->party))
    self->party = entry->operation->id;
  *reason = try_entry (self, entry, &tried, error);
  if (!tried)
    return FALSE;
  if (*reason != COSMIC_REASON_NONE)
    return TRUE;
  *operation = cosmic_operation_ref (entry->operation);
  if (!cosmic_log_store_entry (self, g_steal_pointer (&entry), &accept, error))
    {
      g_clear_pointer (operation, cosmic_operation_unref);
      return FALSE;
    }
  return TRUE;
}

/* All of the header but the signature, and the parts of ENTRY. The claim's values are sunk. */
static gboolean
compose (CosmicLog *self, const CosmicSecret *device, const CosmicClaim *claim,
         CosmicHeader *header, CosmicEntry *entry, GError **error)
{
  g_autoptr (GVariant) body = g_variant_ref_sink (claim->body);
  g_autoptr (GVariant) personal
      = claim->personal != NULL ? g_variant_ref_sink (claim->personal) : NULL;
  const CosmicScopeKey *body_key, *personal_key = NULL;

  *header = (CosmicHeader){ .party = self->party, .stream = claim->stream, .kind = claim->kind };
  memcpy (header->author.bytes, cosmic_sign_key_public (device), COSMIC_ID_SIZE);
  header->base.height = self->checkpoint.height;
  header->base.id = self->checkpoint_id;
  return (body_key = current_key (self, &cosmic_id_zero, FALSE, error)) != NULL
         && (personal == NULL
             || (personal_key = current_key (self, &claim->personal_scope, TRUE, error)) != NULL)
         && find_head (self, &claim->stream, &header->author, header, error)
         && check_free (self, header, error) && set_parents (self, header, body, error)
         && make_parts (self, header, claim, body_key, personal_key, entry, error);
}

gboolean
cosmic_log_append (CosmicLog *self, const CosmicSecret *device, const CosmicClaim *claim,
                   CosmicOperation **operation, CosmicReason *reason, GError **error)
{
  g_autoptr (CosmicEntry) entry = g_new0 (CosmicEntry, 1);
  CosmicHeader header;

  *operation = NULL;
  *reason = COSMIC_REASON_NONE;
  return compose (self, device, claim, &header, entry, error)
         && sign_and_store (self, device, &header, g_steal_pointer (&entry), operation, reason,
                            error);
}

gboolean
cosmic_log_try (CosmicLog *self, const CosmicSecret *device, const CosmicClaim *claim,
                CosmicReason *reason, GError **error)
{
  g_autoptr (CosmicEntry) entry = g_new0 (CosmicEntry, 1);
  CosmicHeader header;
  gboolean tried;

  *reason = COSMIC_REASON_NONE;
  if (!compose (self, device, claim, &header, entry, error))
    return FALSE;
  entry->operation = cosmic_operation_sign (&header, device);
  *reason = try_entry (self, entry, &tried, error);
  return tried;
}

gboolean
cosmic_log_found (CosmicLog *self, const CosmicSecret *device, const CosmicGenesis *genesis,
                  GVariant *names, const CosmicScopeKey *body_key,
                  const CosmicScopeKey *personal_key, CosmicReason *reason, GError **error)
{
  g_autoptr (CosmicEntry) entry = g_new0 (CosmicEntry, 1);
  g_autoptr (CosmicOperation) operation = NULL;
  g_autoptr (GVariant) body = g_variant_ref_sink (cosmic_genesis_body (genesis));
  g_autoptr (GVariant) personal = g_variant_ref_sink (names);
  const CosmicClaim claim = { .kind = COSMIC_KIND_GENESIS, .body = body, .personal = personal };
  CosmicHeader header = { .kind = COSMIC_KIND_GENESIS };

  *reason = COSMIC_REASON_NONE;
  if (self->founded)
    {
      *reason = COSMIC_REASON_ALREADY;
      return TRUE;
    }
  if (!make_parts (self, &header, &claim, body_key, personal_key, entry, error)
      || !sign_and_store (self, device, &header, g_steal_pointer (&entry), &operation, reason,
                          error)
      || *reason != COSMIC_REASON_NONE)
    return *reason != COSMIC_REASON_NONE;
  self->founded = TRUE;
  return cosmic_log_set_party (self, &self->party, error)
         && cosmic_log_add_key (self, body_key, error)
         && cosmic_log_add_key (self, personal_key, error);
}
