/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-carry.h"

#include "cosmic-log-private.h"

#define CHECKPOINT_TYPE "(ayay)"

/* What is not covered yet would be covered at the next height. */
gboolean
cosmic_carry_is_hidden (CosmicLog *log, const CosmicEntry *entry)
{
  const CosmicState *authority = cosmic_log_authority (log, NULL);
  guint64 height = entry->height > 0 ? entry->height : cosmic_log_height (log) + 1;

  return authority == NULL
         || cosmic_authority_erased (authority, &entry->operation->id, &entry->subject, height);
}

static gboolean
is_party_key (const CosmicState *certified, const CosmicId *key, CosmicKeyPlace *place)
{
  return cosmic_authority_key_place (certified, key, place) && cosmic_id_is_zero (&place->scope)
         && !place->personal;
}

gboolean
cosmic_carry_all_can_open (CosmicLog *log, const CosmicEntry *entry)
{
  const CosmicState *certified;
  CosmicKeyPlace place;

  if (!entry->held || cosmic_log_height (log) == 0)
    return TRUE;
  certified = cosmic_log_certified (log, &cosmic_id_zero, NULL);
  return certified != NULL && is_party_key (certified, &entry->operation->header.key, &place);
}

/* The key that was current at the base before HEIGHT: the same for every holder. */
static const CosmicScopeKey *
key_at (CosmicLog *log, guint64 height)
{
  const CosmicState *certified = cosmic_log_certified (log, &cosmic_id_zero, NULL);
  GHashTableIter iter;
  gpointer id, key;

  if (certified == NULL)
    return NULL;
  g_hash_table_iter_init (&iter, log->keys);
  while (g_hash_table_iter_next (&iter, &id, &key))
    {
      CosmicKeyPlace place;

      if (is_party_key (certified, id, &place) && (place.epoch == 0 || place.since < height)
          && (place.until == 0 || place.until >= height))
        return key;
    }
  return NULL;
}

static GVariant *
new_bytes (GBytes *bytes)
{
  return cosmic_codec_new_bytes (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static GBytes *
checkpoint_item (GBytes *checkpoint, GBytes *list)
{
  GVariant *fields[] = { new_bytes (checkpoint), new_bytes (list) };

  return cosmic_codec_encode (g_variant_new_tuple (fields, G_N_ELEMENTS (fields)));
}

gboolean
cosmic_carry_seal_record (CosmicLog *log, const CosmicCheckpointRecord *record, GBytes **checkpoint,
                          GBytes **certificate)
{
  const CosmicScopeKey *key = key_at (log, record->height);
  g_autoptr (GBytes) item = NULL;

  if (key == NULL)
    return FALSE;
  item = checkpoint_item (record->checkpoint, record->list);
  *checkpoint = cosmic_envelope_seal (key, COSMIC_ITEM_CHECKPOINT, &cosmic_id_zero, record->height,
                                      item);
  *certificate = cosmic_envelope_seal (key, COSMIC_ITEM_CERTIFICATE, &cosmic_id_zero,
                                       record->height, record->certificate);
  return TRUE;
}

GBytes *
cosmic_carry_seal_message (CosmicLog *log, GBytes *message)
{
  const guint64 height = cosmic_log_height (log) + 1;
  const CosmicScopeKey *key = key_at (log, height);

  return key != NULL ? cosmic_envelope_seal (key, COSMIC_ITEM_WITNESS, &cosmic_id_zero, height,
                                             message)
                     : NULL;
}

GBytes *
cosmic_carry_seal_proposal (CosmicLog *log, GBytes *checkpoint, GBytes *list)
{
  const guint64 height = cosmic_log_height (log) + 1;
  const CosmicScopeKey *key = key_at (log, height);
  g_autoptr (GBytes) item = NULL;

  if (key == NULL)
    return NULL;
  item = checkpoint_item (checkpoint, list);
  return cosmic_envelope_seal (key, COSMIC_ITEM_CHECKPOINT, &cosmic_id_zero, height, item);
}

/* --- Opening. --------------------------------------------------------------------------------- */

static CosmicCarry
open_item (CosmicLog *log, GBytes *envelope, CosmicItemType type, CosmicLabel *label, GBytes **item)
{
  const CosmicScopeKey *key;

  if (!cosmic_envelope_label (envelope, label) || label->type != type)
    return COSMIC_CARRY_MALFORMED;
  if ((key = cosmic_log_key (log, &label->key)) == NULL)
    return COSMIC_CARRY_NO_KEY;
  *item = cosmic_envelope_open (key, envelope);
  return *item != NULL ? COSMIC_CARRY_OPENED : COSMIC_CARRY_MALFORMED;
}

CosmicCarry
cosmic_carry_open_header (CosmicLog *log, GBytes *envelope, CosmicOperation **operation)
{
  g_autoptr (GBytes) item = NULL;
  g_autoptr (CosmicOperation) parsed = NULL;
  CosmicLabel label;
  CosmicCarry carry = open_item (log, envelope, COSMIC_ITEM_HEADER, &label, &item);

  if (carry != COSMIC_CARRY_OPENED)
    return carry;
  parsed = cosmic_operation_parse (item);
  if (parsed == NULL || !cosmic_id_same (&label.key, &parsed->header.key)
      || label.order != parsed->header.base.height
      || !cosmic_envelope_is_for_stream (cosmic_log_key (log, &label.key), &label,
                                         &parsed->header.stream))
    return COSMIC_CARRY_MALFORMED;
  *operation = g_steal_pointer (&parsed);
  return COSMIC_CARRY_OPENED;
}

static gboolean
is_for_height (CosmicLog *log, const CosmicLabel *label, guint64 height)
{
  return label->order == height
         && cosmic_envelope_is_for_stream (cosmic_log_key (log, &label->key), label,
                                           &cosmic_id_zero);
}

CosmicCarry
cosmic_carry_open_record (CosmicLog *log, GBytes *checkpoint, GBytes *certificate,
                          CosmicCheckpointRecord *record)
{
  g_autoptr (GBytes) item = NULL;
  g_autoptr (GBytes) proof = NULL;
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GBytes) bytes = NULL;
  CosmicLabel first, second;
  CosmicCheckpoint decoded;
  CosmicCarry carry;

  *record = (CosmicCheckpointRecord){ 0 };
  if ((carry = open_item (log, checkpoint, COSMIC_ITEM_CHECKPOINT, &first, &item))
          != COSMIC_CARRY_OPENED
      || (carry = open_item (log, certificate, COSMIC_ITEM_CERTIFICATE, &second, &proof))
             != COSMIC_CARRY_OPENED)
    return carry;
  if ((value = cosmic_codec_decode (CHECKPOINT_TYPE, item)) == NULL)
    return COSMIC_CARRY_MALFORMED;
  bytes = cosmic_codec_child_bytes (value, 0);
  if (!cosmic_checkpoint_decode (bytes, &decoded) || !is_for_height (log, &first, decoded.height)
      || !is_for_height (log, &second, decoded.height))
    return COSMIC_CARRY_MALFORMED;
  record->height = decoded.height;
  cosmic_checkpoint_id (bytes, &record->id);
  record->checkpoint = g_steal_pointer (&bytes);
  record->list = cosmic_codec_child_bytes (value, 1);
  record->certificate = g_steal_pointer (&proof);
  return COSMIC_CARRY_OPENED;
}

CosmicCarry
cosmic_carry_open_message (CosmicLog *log, GBytes *envelope, GBytes **message)
{
  g_autoptr (GBytes) item = NULL;
  CosmicLabel label;
  CosmicCarry carry = open_item (log, envelope, COSMIC_ITEM_WITNESS, &label, &item);

  *message = NULL;
  if (carry != COSMIC_CARRY_OPENED)
    return carry;
  if (!is_for_height (log, &label, cosmic_log_height (log) + 1))
    return COSMIC_CARRY_MALFORMED;
  *message = g_steal_pointer (&item);
  return COSMIC_CARRY_OPENED;
}

CosmicCarry
cosmic_carry_open_proposal (CosmicLog *log, GBytes *envelope, GBytes **checkpoint, GBytes **list)
{
  g_autoptr (GBytes) item = NULL;
  g_autoptr (GVariant) value = NULL;
  CosmicLabel label;
  CosmicCarry carry = open_item (log, envelope, COSMIC_ITEM_CHECKPOINT, &label, &item);

  *checkpoint = *list = NULL;
  if (carry != COSMIC_CARRY_OPENED)
    return carry;
  if (!is_for_height (log, &label, cosmic_log_height (log) + 1)
      || (value = cosmic_codec_decode (CHECKPOINT_TYPE, item)) == NULL)
    return COSMIC_CARRY_MALFORMED;
  *checkpoint = cosmic_codec_child_bytes (value, 0);
  *list = cosmic_codec_child_bytes (value, 1);
  return COSMIC_CARRY_OPENED;
}
