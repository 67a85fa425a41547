/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-authority-private.h"

#define WITNESS_TYPE "(aybt)"
#define SET_TYPE     "(uaay)"

static const char offer_tag[] = "dpop witness 1";

/* --- What the state says of witnesses. ------------------------------------------------------- */

static gboolean
read_place (GVariant *value, const CosmicId *device, CosmicWitnessPlace *place)
{
  if (value == NULL || !cosmic_codec_child_id (value, 0, &place->key))
    return FALSE;
  place->device = *device;
  g_variant_get_child (value, 1, "b", &place->appointed);
  g_variant_get_child (value, 2, "t", &place->since);
  return TRUE;
}

gboolean
cosmic_authority_witness_place (const CosmicState *authority, const CosmicId *device,
                                CosmicWitnessPlace *place)
{
  g_autoptr (GVariant) value = NULL;

  value = cosmic_state_get (authority, cosmic_key (TAG_WITNESS, device, NULL), WITNESS_TYPE);
  return read_place (value, device, place);
}

gboolean
cosmic_authority_witness_of (const CosmicState *authority, const CosmicId *device, CosmicId *key)
{
  CosmicWitnessPlace place;

  if (!cosmic_authority_witness_place (authority, device, &place) || !place.appointed)
    return FALSE;
  *key = place.key;
  return TRUE;
}

gboolean
cosmic_authority_witness_device (const CosmicState *authority, const CosmicId *key,
                                 CosmicId *device)
{
  const CosmicKey at = cosmic_key (TAG_WITNESS_DEVICE, key, NULL);
  g_autoptr (GBytes) bytes = cosmic_state_lookup (authority, &at);

  if (bytes == NULL || g_bytes_get_size (bytes) != COSMIC_ID_SIZE)
    return FALSE;
  memcpy (device->bytes, g_bytes_get_data (bytes, NULL), COSMIC_ID_SIZE);
  return TRUE;
}

static gboolean
take_place (const CosmicKey *key, GBytes *bytes, gpointer data)
{
  g_autoptr (GVariant) value = cosmic_codec_decode (WITNESS_TYPE, bytes);
  CosmicWitnessPlace place;
  CosmicId device;

  cosmic_key_id (key, 0, &device);
  if (read_place (value, &device, &place))
    g_array_append_val ((GArray *) data, place);
  return TRUE;
}

GArray *
cosmic_authority_witness_places (const CosmicState *authority)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (CosmicWitnessPlace));

  cosmic_state_each (authority, cosmic_key (TAG_WITNESS, NULL, NULL), take_place, places);
  return places;
}

static gboolean
get_set (const CosmicState *authority, CosmicWitnesses *witnesses)
{
  g_autoptr (GVariant) value = NULL;

  *witnesses = (CosmicWitnesses){ 0 };
  value = cosmic_state_get (authority, cosmic_key (TAG_WITNESSES, NULL, NULL), SET_TYPE);
  if (value == NULL)
    return FALSE;
  g_variant_get_child (value, 0, "u", &witnesses->f);
  witnesses->keys = cosmic_codec_child_id_set (value, 1, COSMIC_APPOINTED_MAX);
  return witnesses->keys != NULL;
}

/* The charter says how many may fail where there are enough witnesses; with fewer, as many may as
 * their number bears, so that there always is a quorum. */
gboolean
cosmic_authority_witnesses (const CosmicState *authority, CosmicWitnesses *witnesses)
{
  if (!get_set (authority, witnesses))
    return FALSE;
  if (witnesses->keys->len == 0)
    {
      cosmic_witnesses_clear (witnesses);
      return FALSE;
    }
  witnesses->f = MIN (witnesses->f, (witnesses->keys->len - 1) / 3);
  return TRUE;
}

void
cosmic_witnesses_clear (CosmicWitnesses *self)
{
  g_clear_pointer (&self->keys, g_array_unref);
}

/* --- Changing it. ----------------------------------------------------------------------------- */

static void
put_place (CosmicState *authority, const CosmicWitnessPlace *place)
{
  GVariant *fields[] = { cosmic_codec_new_id (&place->key),
                         g_variant_new_boolean (place->appointed),
                         g_variant_new_uint64 (place->since) };

  cosmic_state_put (authority, cosmic_key (TAG_WITNESS, &place->device, NULL),
                    g_variant_new_tuple (fields, G_N_ELEMENTS (fields)));
  cosmic_state_put (authority, cosmic_key (TAG_WITNESS_DEVICE, &place->key, NULL),
                    cosmic_codec_new_id (&place->device));
}

static void
remove_place (CosmicState *authority, const CosmicWitnessPlace *place)
{
  cosmic_state_remove (authority, cosmic_key (TAG_WITNESS, &place->device, NULL));
  cosmic_state_remove (authority, cosmic_key (TAG_WITNESS_DEVICE, &place->key, NULL));
}

static void
put_set (CosmicState *authority, const CosmicWitnesses *witnesses)
{
  GVariant *fields[] = { g_variant_new_uint32 (witnesses->f),
                         cosmic_codec_new_ids (witnesses->keys) };

  cosmic_state_put (authority, cosmic_key (TAG_WITNESSES, NULL, NULL),
                    g_variant_new_tuple (fields, G_N_ELEMENTS (fields)));
}

void
cosmic_authority_found_witness (CosmicState *authority, const CosmicId *device,
                                const CosmicId *key, guint32 f, guint64 height)
{
  const CosmicWitnessPlace place = { .device = *device, .key = *key, .appointed = TRUE,
                                     .since = height };
  CosmicWitnesses witnesses = { .f = f, .keys = g_array_new (FALSE, FALSE, sizeof (CosmicId)) };

  g_array_append_val (witnesses.keys, *key);
  put_place (authority, &place);
  put_set (authority, &witnesses);
  cosmic_witnesses_clear (&witnesses);
}

void
cosmic_authority_drop_offer (CosmicState *authority, const CosmicId *device)
{
  CosmicWitnessPlace place;

  if (cosmic_authority_witness_place (authority, device, &place) && !place.appointed)
    remove_place (authority, &place);
}

/* Whatever the charter says now holds from this change on. */
static void
put_keys (CosmicFold *fold, CosmicWitnesses *witnesses)
{
  cosmic_ids_normalise (witnesses->keys);
  if (fold->rules->policy->witness_faults != NULL)
    witnesses->f = fold->rules->policy->witness_faults (fold->authority);
  put_set (fold->state, witnesses);
}

CosmicReason
cosmic_authority_appoint_witness (CosmicFold *fold, const CosmicId *device)
{
  CosmicWitnesses witnesses = { 0 };
  CosmicWitnessPlace place;
  CosmicDevice computer;

  if (!cosmic_authority_witness_place (fold->state, device, &place)
      || !cosmic_authority_device (fold->state, device, &computer) || computer.off)
    return COSMIC_REASON_NO_SUCH_SUBJECT;
  if (place.appointed)
    return COSMIC_REASON_ALREADY;
  if (!get_set (fold->state, &witnesses) || witnesses.keys->len >= COSMIC_APPOINTED_MAX)
    {
      cosmic_witnesses_clear (&witnesses);
      return COSMIC_REASON_NOT_ALLOWED;
    }
  place.appointed = TRUE;
  place.since = fold->height;
  put_place (fold->state, &place);
  g_array_append_val (witnesses.keys, place.key);
  put_keys (fold, &witnesses);
  cosmic_witnesses_clear (&witnesses);
  return COSMIC_REASON_NONE;
}

CosmicReason
cosmic_authority_dismiss_witness (CosmicFold *fold, const CosmicId *device)
{
  CosmicWitnesses witnesses = { 0 };
  CosmicWitnessPlace place;

  if (!cosmic_authority_witness_place (fold->state, device, &place) || !place.appointed)
    return COSMIC_REASON_NO_SUCH_SUBJECT;
  if (!get_set (fold->state, &witnesses) || witnesses.keys->len < 2)
    {
      cosmic_witnesses_clear (&witnesses);
      return COSMIC_REASON_LAST_ONE;
    }
  for (guint i = 0; i < witnesses.keys->len; i++)
    if (cosmic_id_same (&g_array_index (witnesses.keys, CosmicId, i), &place.key))
      {
        g_array_remove_index (witnesses.keys, i);
        break;
      }
  remove_place (fold->state, &place);
  put_keys (fold, &witnesses);
  cosmic_witnesses_clear (&witnesses);
  return COSMIC_REASON_NONE;
}

/* --- Offering. -------------------------------------------------------------------------------- */

static GByteArray *
offer_bytes (const CosmicId *party, const CosmicId *device)
{
  GByteArray *bytes = g_byte_array_new ();

  g_byte_array_append (bytes, (const guint8 *) offer_tag, sizeof offer_tag);
  g_byte_array_append (bytes, party->bytes, COSMIC_ID_SIZE);
  g_byte_array_append (bytes, device->bytes, COSMIC_ID_SIZE);
  return bytes;
}

GVariant *
cosmic_witness_offer_body (const CosmicId *party, const CosmicId *device,
                           const CosmicSecret *witness)
{
  g_autoptr (GByteArray) bytes = offer_bytes (party, device);
  guint8 signature[COSMIC_SIGN_SIZE];
  GVariant *fields[2];
  CosmicId key;

  memcpy (key.bytes, cosmic_sign_key_public (witness), COSMIC_ID_SIZE);
  cosmic_sign (witness, bytes->data, bytes->len, signature);
  fields[0] = cosmic_codec_new_id (&key);
  fields[1] = cosmic_codec_new_bytes (signature, sizeof signature);
  return g_variant_new_tuple (fields, 2);
}

/* Without the signature, somebody could offer another's key, and count twice where they are one. */
static gboolean
is_proved (const CosmicFold *fold, const CosmicId *key, GBytes *signature)
{
  g_autoptr (GByteArray) bytes
      = offer_bytes (&fold->party, &fold->operation->header.author);

  return cosmic_verify (key->bytes, bytes->data, bytes->len, g_bytes_get_data (signature, NULL));
}

static CosmicReason
apply_offer (CosmicFold *fold, GVariant *body)
{
  g_autoptr (GBytes) signature = cosmic_codec_child_bytes (body, 1);
  CosmicWitnessPlace place = { .device = fold->operation->header.author, .since = fold->height };
  CosmicWitnessPlace before;
  CosmicId other;

  if (g_bytes_get_size (signature) != COSMIC_SIGN_SIZE
      || !cosmic_codec_child_id (body, 0, &place.key)
      || !cosmic_sign_public_is_valid (place.key.bytes))
    return COSMIC_REASON_BAD_BODY;
  if (!is_proved (fold, &place.key, signature))
    return COSMIC_REASON_BAD_PROOF;
  if (!cosmic_fold_may (fold, COSMIC_RIGHT_KEEP_RECORDS, &fold->member, &cosmic_id_zero))
    return COSMIC_REASON_NOT_ALLOWED;
  /* A key is one device's. An offer that stands is made no second time: it would look newer. */
  if (cosmic_authority_witness_device (fold->state, &place.key, &other))
    return COSMIC_REASON_ALREADY;
  if (cosmic_authority_witness_place (fold->state, &place.device, &before))
    {
      if (before.appointed)
        return COSMIC_REASON_ALREADY;
      remove_place (fold->state, &before);
    }
  put_place (fold->state, &place);
  return COSMIC_REASON_NONE;
}

const CosmicKind cosmic_kind_witness_offer = {
  .number = COSMIC_KIND_WITNESS_OFFER,
  .name = "witness-offer",
  .body_type = COSMIC_WITNESS_OFFER_TYPE,
  .place = COSMIC_PLACE_AUTHORITY,
  .class = 1,
  .personal = COSMIC_PERSONAL_NEVER,
  .subject = -1,
  .since = 1,
  .apply = apply_offer,
};
