/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-log-witness-private.h"

#include "cosmic-carry.h"

/* What is said at this height: the agreement's messages, in their envelopes, and the batch lists of
 * what is proposed. */

#define SETTING      "agreement height"
#define SETTING_TYPE "(taayaayaay)"

/* What a witness may have lying here of proposals: it can equivocate once a round, and honest ones
 * propose once. */
#define LISTS_PER_WITNESS (4 * 1024 * 1024)

static void
kept_free (gpointer data)
{
  CosmicLogWitnessKept *kept = data;

  g_bytes_unref (kept->envelope);
  cosmic_witness_message_unref (kept->message);
  g_free (kept);
}

static void
list_free (gpointer data)
{
  CosmicLogWitnessList *list = data;

  g_bytes_unref (list->bytes);
  g_free (list);
}

void
cosmic_log_witness_clear_height (CosmicLogWitness *self)
{
  g_clear_pointer (&self->kept, g_hash_table_unref);
  g_clear_pointer (&self->lists, g_hash_table_unref);
  g_clear_pointer (&self->overdue, g_hash_table_unref);
  g_clear_pointer (&self->judging, g_ptr_array_unref);
  g_clear_pointer (&self->decided, cosmic_agreement_effect_free);
  self->kept = g_hash_table_new_full (cosmic_id_hash, cosmic_id_equal, NULL, kept_free);
  self->lists = g_hash_table_new_full (cosmic_id_hash, cosmic_id_equal, NULL, list_free);
  self->overdue = g_hash_table_new_full (cosmic_id_hash, cosmic_id_equal, g_free, NULL);
  self->judging
      = g_ptr_array_new_with_free_func ((GDestroyNotify) cosmic_agreement_effect_free);
  self->wanted = FALSE;
  self->stale = FALSE;
}

/* --- Lists. ----------------------------------------------------------------------------------- */

GBytes *
cosmic_log_witness_get_list (CosmicLogWitness *self, const CosmicId *id)
{
  const CosmicLogWitnessList *list = g_hash_table_lookup (self->lists, id);

  return list != NULL ? list->bytes : NULL;
}

void
cosmic_log_witness_add_list (CosmicLogWitness *self, GBytes *bytes, gboolean own, CosmicId *id)
{
  CosmicLogWitnessList *list;

  cosmic_candidate_list_id (bytes, id);
  list = g_hash_table_lookup (self->lists, id);
  if (list == NULL)
    {
      list = g_new0 (CosmicLogWitnessList, 1);
      list->id = *id;
      list->bytes = g_bytes_ref (bytes);
      g_hash_table_insert (self->lists, &list->id, list);
      self->dirty = TRUE;
    }
  list->own = list->own || own;
}

static gboolean
is_unnamed (gpointer key, gpointer value, gpointer named)
{
  return !((const CosmicLogWitnessList *) value)->own && !g_hash_table_contains (named, key);
}

/* --- Messages. -------------------------------------------------------------------------------- */

/* NULL: it is not one that can be handed on. */
static CosmicLogWitnessKept *
keep (CosmicLogWitness *self, GBytes *bytes)
{
  g_autoptr (CosmicWitnessMessage) message = cosmic_witness_message_decode (bytes);
  CosmicLogWitnessKept *kept;
  GBytes *envelope;

  if (message == NULL
      || (message->candidate != NULL
          && cosmic_log_witness_get_list (self, &message->candidate->list) == NULL)
      || (envelope = cosmic_carry_seal_message (self->log, bytes)) == NULL)
    return NULL;
  kept = g_new0 (CosmicLogWitnessKept, 1);
  kept->envelope = envelope;
  cosmic_envelope_id (envelope, &kept->id);
  kept->message = g_steal_pointer (&message);
  return kept;
}

/* What is in KEPT, by its message's bytes. */
static GHashTable *
by_message (GHashTable *kept)
{
  GHashTable *found = g_hash_table_new (g_bytes_hash, g_bytes_equal);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, kept);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_hash_table_insert (found, ((CosmicLogWitnessKept *) value)->message->bytes, value);
  return found;
}

/* Of BEFORE, where it is there already. */
static void
keep_again (CosmicLogWitness *self, GBytes *bytes, GHashTable *before, GHashTable *messages,
            GHashTable *named)
{
  CosmicLogWitnessKept *kept = g_hash_table_lookup (messages, bytes);

  if (kept != NULL)
    g_hash_table_steal (before, &kept->id);
  else if ((kept = keep (self, bytes)) != NULL)
    self->news = TRUE;
  else
    return;
  g_hash_table_insert (self->kept, &kept->id, kept);
  if (kept->message->candidate != NULL)
    g_hash_table_add (named, &kept->message->candidate->list);
}

/* The agreement lets go of some of what it had as others come. */
void
cosmic_log_witness_refresh (CosmicLogWitness *self)
{
  g_autoptr (GHashTable) before = NULL;
  g_autoptr (GHashTable) known = NULL;
  g_autoptr (GHashTable) named = NULL;
  g_autoptr (GPtrArray) messages = NULL;

  if (!self->stale || self->agreement == NULL)
    return;
  self->stale = FALSE;
  before = g_steal_pointer (&self->kept);
  known = by_message (before);
  self->kept = g_hash_table_new_full (cosmic_id_hash, cosmic_id_equal, NULL, kept_free);
  named = g_hash_table_new (cosmic_id_hash, cosmic_id_equal);
  messages = cosmic_agreement_messages (self->agreement);
  for (guint i = 0; i < messages->len; i++)
    keep_again (self, messages->pdata[i], before, known, named);
  g_hash_table_foreach_remove (self->lists, is_unnamed, named);
  self->dirty = TRUE;
}

GArray *
cosmic_log_witness_list (CosmicLogWitness *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  GHashTableIter iter;
  gpointer id;

  if (self->agreement == NULL)
    return ids;
  cosmic_log_witness_refresh (self);
  g_hash_table_iter_init (&iter, self->kept);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_array_append_vals (ids, id, 1);
  cosmic_ids_normalise (ids);
  return ids;
}

gboolean
cosmic_log_witness_has (CosmicLogWitness *self, const CosmicId *id)
{
  if (self->agreement == NULL)
    return FALSE;
  cosmic_log_witness_refresh (self);
  return g_hash_table_contains (self->kept, id);
}

void
cosmic_log_witness_item_clear (CosmicLogWitnessItem *self)
{
  g_clear_pointer (&self->message, g_bytes_unref);
  g_clear_pointer (&self->proposal, g_bytes_unref);
}

gboolean
cosmic_log_witness_find (CosmicLogWitness *self, const CosmicId *id, CosmicLogWitnessItem *item)
{
  const CosmicLogWitnessKept *kept;
  const CosmicCandidate *candidate;

  *item = (CosmicLogWitnessItem){ 0 };
  if (!cosmic_log_witness_has (self, id))
    return FALSE;
  kept = g_hash_table_lookup (self->kept, id);
  candidate = kept->message->candidate;
  if (candidate != NULL)
    {
      item->proposal = cosmic_carry_seal_proposal (
          self->log, candidate->bytes, cosmic_log_witness_get_list (self, &candidate->list));
      if (item->proposal == NULL)
        return FALSE;
    }
  item->message = g_bytes_ref (kept->envelope);
  return TRUE;
}

/* --- Coming in. ------------------------------------------------------------------------------- */

/* How much of what WITNESS proposed lies here. */
static gsize
lists_of (CosmicLogWitness *self, const CosmicId *witness)
{
  GHashTableIter iter;
  gpointer value;
  gsize size = 0;

  g_hash_table_iter_init (&iter, self->kept);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const CosmicWitnessMessage *message = ((const CosmicLogWitnessKept *) value)->message;

      if (message->candidate != NULL && cosmic_id_same (&message->signature.witness, witness))
        size += g_bytes_get_size (cosmic_log_witness_get_list (self, &message->candidate->list));
    }
  return size;
}

/* The list that MESSAGE proposes, into the lists. _NEW: it is there. */
static CosmicTake
take_proposal (CosmicLogWitness *self, const CosmicWitnessMessage *message, GBytes *envelope)
{
  g_autoptr (GBytes) checkpoint = NULL;
  g_autoptr (GBytes) list = NULL;
  CosmicId id;

  switch (cosmic_carry_open_proposal (self->log, envelope, &checkpoint, &list))
    {
    case COSMIC_CARRY_NO_KEY:
      return COSMIC_TAKE_LATER;
    case COSMIC_CARRY_OPENED:
      break;
    case COSMIC_CARRY_MALFORMED:
    default:
      return COSMIC_TAKE_BAD;
    }
  cosmic_candidate_list_id (list, &id);
  if (!g_bytes_equal (checkpoint, message->candidate->bytes)
      || !cosmic_id_same (&id, &message->candidate->list))
    return COSMIC_TAKE_BAD;
  if (cosmic_log_witness_get_list (self, &id) == NULL
      && lists_of (self, &message->signature.witness) + g_bytes_get_size (list)
             > LISTS_PER_WITNESS)
    return COSMIC_TAKE_KNOWN;
  cosmic_log_witness_add_list (self, list, FALSE, &id);
  return COSMIC_TAKE_NEW;
}

static CosmicTake
receive (CosmicLogWitness *self, const CosmicWitnessMessage *message, GArray *missing,
         GError **error)
{
  GBytes *list;

  self->stale = TRUE;
  switch (cosmic_agreement_receive (self->agreement, message->bytes,
                                    dpop_clock_now (self->log->clock)))
    {
    case COSMIC_AGREEMENT_NEW:
      break;
    case COSMIC_AGREEMENT_INVALID:
      return COSMIC_TAKE_BAD;
    case COSMIC_AGREEMENT_KNOWN:
    case COSMIC_AGREEMENT_OLD:
    case COSMIC_AGREEMENT_LATER:
    case COSMIC_AGREEMENT_STRANGER:
    default:
      return COSMIC_TAKE_KNOWN;
    }
  if (message->candidate != NULL
      && (list = cosmic_log_witness_get_list (self, &message->candidate->list)) != NULL
      && !cosmic_log_missing (self->log, list, missing, error))
    return COSMIC_TAKE_FAILED;
  return COSMIC_TAKE_NEW;
}

CosmicTake
cosmic_log_witness_take (CosmicLogWitness *self, const CosmicLogWitnessItem *item, GArray *missing,
                         GError **error)
{
  g_autoptr (CosmicWitnessMessage) message = NULL;
  g_autoptr (GBytes) bytes = NULL;
  CosmicLabel label;
  CosmicTake take;

  if (!cosmic_envelope_label (item->message, &label) || label.type != COSMIC_ITEM_WITNESS)
    return COSMIC_TAKE_BAD;
  if (self->agreement == NULL || label.order != self->height
      || self->height != cosmic_log_height (self->log) + 1)
    return COSMIC_TAKE_KNOWN;
  switch (cosmic_carry_open_message (self->log, item->message, &bytes))
    {
    case COSMIC_CARRY_NO_KEY:
      return COSMIC_TAKE_LATER;
    case COSMIC_CARRY_OPENED:
      break;
    case COSMIC_CARRY_MALFORMED:
    default:
      return COSMIC_TAKE_BAD;
    }
  cosmic_log_witness_refresh (self);
  message = cosmic_witness_message_decode (bytes);
  if (message == NULL || (message->candidate == NULL) != (item->proposal == NULL))
    return COSMIC_TAKE_BAD;
  if (message->candidate != NULL)
    {
      take = take_proposal (self, message, item->proposal);
      if (take != COSMIC_TAKE_NEW)
        return take;
    }
  return receive (self, message, missing, error);
}

gboolean
cosmic_log_witness_take_news (CosmicLogWitness *self)
{
  const gboolean news = self->news;

  self->news = FALSE;
  return news;
}

/* --- On the disk. ----------------------------------------------------------------------------- */

static GVariant *
all_bytes (GHashTable *table, GBytes *(*bytes_of) (gpointer value))
{
  GVariantBuilder builder;
  GHashTableIter iter;
  gpointer value;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aay"));
  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_variant_builder_add_value (
        &builder, g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, bytes_of (value), TRUE));
  return g_variant_builder_end (&builder);
}

static GBytes *
bytes_of_kept (gpointer value)
{
  return ((CosmicLogWitnessKept *) value)->message->bytes;
}

static GBytes *
bytes_of_list (gpointer value)
{
  return ((CosmicLogWitnessList *) value)->bytes;
}

static GVariant *
all_ids (GHashTable *set)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, set);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_array_append_vals (ids, id, 1);
  return cosmic_codec_new_ids (ids);
}

gboolean
cosmic_log_witness_store (CosmicLogWitness *self, GError **error)
{
  CosmicLogStore store = self->log->store;
  GVariant *fields[4];
  g_autoptr (GBytes) value = NULL;

  cosmic_log_witness_refresh (self);
  if (!self->dirty)
    return TRUE;
  fields[0] = g_variant_new_uint64 (self->height);
  fields[1] = all_bytes (self->kept, bytes_of_kept);
  fields[2] = all_bytes (self->lists, bytes_of_list);
  fields[3] = all_ids (self->overdue);
  value = cosmic_codec_encode (g_variant_new_tuple (fields, G_N_ELEMENTS (fields)));
  self->dirty = FALSE;
  return store.table->put_setting (store.self, SETTING, value, error);
}

static void
read_all (GVariant *value, guint index, void (*take) (CosmicLogWitness *, GBytes *, GPtrArray *),
          CosmicLogWitness *self, GPtrArray *messages)
{
  g_autoptr (GVariant) all = g_variant_get_child_value (value, index);

  for (gsize i = 0; i < g_variant_n_children (all); i++)
    {
      g_autoptr (GBytes) bytes = cosmic_codec_child_bytes (all, (guint) i);

      take (self, bytes, messages);
    }
}

static void
recall_message (CosmicLogWitness *self, GBytes *bytes, GPtrArray *messages)
{
  g_ptr_array_add (messages, g_bytes_ref (bytes));
}

static void
recall_list (CosmicLogWitness *self, GBytes *bytes, GPtrArray *messages)
{
  CosmicId id;

  cosmic_log_witness_add_list (self, bytes, TRUE, &id);
}

static void
recall_overdue (CosmicLogWitness *self, GBytes *bytes, GPtrArray *messages)
{
  if (g_bytes_get_size (bytes) == COSMIC_ID_SIZE)
    g_hash_table_add (self->overdue, cosmic_id_copy (g_bytes_get_data (bytes, NULL)));
}

gboolean
cosmic_log_witness_recall (CosmicLogWitness *self, gboolean *found, GPtrArray *messages,
                           GError **error)
{
  CosmicLogStore store = self->log->store;
  GError *failure = NULL;
  g_autoptr (GBytes) bytes = store.table->get_setting (store.self, SETTING, &failure);
  g_autoptr (GVariant) value = bytes != NULL ? cosmic_codec_decode (SETTING_TYPE, bytes) : NULL;
  guint64 height = 0;

  *found = FALSE;
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  if (value == NULL)
    return TRUE;
  g_variant_get_child (value, 0, "t", &height);
  if (height != self->height)
    return TRUE;
  *found = TRUE;
  read_all (value, 1, recall_message, self, messages);
  read_all (value, 2, recall_list, self, messages);
  read_all (value, 3, recall_overdue, self, messages);
  self->dirty = FALSE;
  return TRUE;
}
