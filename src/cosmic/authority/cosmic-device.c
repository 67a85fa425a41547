/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-authority-private.h"

#include "cosmic-seal.h"

#define DEVICE_TYPE "(ayaytbt)"

static const char request_tag[] = "dpop request 1";

/* --- What the state says of devices. ------------------------------------------------------ */

void
cosmic_authority_put_device (CosmicState *authority, const CosmicId *key,
                             const CosmicDevice *device)
{
  GVariant *fields[] = { cosmic_codec_new_id (&device->member), cosmic_codec_new_id (&device->seal),
                         g_variant_new_uint64 (device->since), g_variant_new_boolean (device->off),
                         g_variant_new_uint64 (device->off_height) };

  cosmic_state_put (authority, cosmic_key (TAG_DEVICE, key, NULL),
                    g_variant_new_tuple (fields, G_N_ELEMENTS (fields)));
  cosmic_state_put (authority, cosmic_key (TAG_DEVICE_OF, &device->member, key),
                    g_variant_new_byte (0));
}

gboolean
cosmic_authority_device (const CosmicState *authority, const CosmicId *key, CosmicDevice *device)
{
  g_autoptr (GVariant) value = NULL;

  value = cosmic_state_get (authority, cosmic_key (TAG_DEVICE, key, NULL), DEVICE_TYPE);
  if (value == NULL)
    return FALSE;
  g_variant_get_child (value, 2, "t", &device->since);
  g_variant_get_child (value, 3, "b", &device->off);
  g_variant_get_child (value, 4, "t", &device->off_height);
  return cosmic_codec_child_id (value, 0, &device->member)
         && cosmic_codec_child_id (value, 1, &device->seal);
}

static gboolean
take_second_id (const CosmicKey *key, GBytes *value, gpointer data)
{
  CosmicId id;

  cosmic_key_id (key, 1, &id);
  g_array_append_val ((GArray *) data, id);
  return TRUE;
}

GArray *
cosmic_authority_devices_of (const CosmicState *authority, const CosmicId *member)
{
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (CosmicId));

  cosmic_state_each (authority, cosmic_key (TAG_DEVICE_OF, member, NULL), take_second_id, keys);
  return keys;
}

gboolean
cosmic_authority_has_device (const CosmicState *authority, const CosmicId *member)
{
  g_autoptr (GArray) keys = cosmic_authority_devices_of (authority, member);
  CosmicDevice device;

  for (guint i = 0; i < keys->len; i++)
    if (cosmic_authority_device (authority, &g_array_index (keys, CosmicId, i), &device)
        && !device.off)
      return TRUE;
  return FALSE;
}

typedef struct
{
  gboolean off;
  GArray *keys;
} Devices;

static gboolean
take_device (const CosmicKey *key, GBytes *bytes, gpointer data)
{
  const Devices *devices = data;
  g_autoptr (GVariant) value = cosmic_codec_decode (DEVICE_TYPE, bytes);
  gboolean off;
  CosmicId id;

  if (value == NULL)
    return TRUE;
  g_variant_get_child (value, 3, "b", &off);
  if (off == devices->off)
    {
      cosmic_key_id (key, 0, &id);
      g_array_append_val (devices->keys, id);
    }
  return TRUE;
}

static GArray *
devices_that_are (const CosmicState *authority, gboolean off)
{
  Devices devices = { off, g_array_new (FALSE, FALSE, sizeof (CosmicId)) };

  cosmic_state_each (authority, cosmic_key (TAG_DEVICE, NULL, NULL), take_device, &devices);
  return devices.keys;
}

GArray *
cosmic_authority_devices (const CosmicState *authority)
{
  return devices_that_are (authority, FALSE);
}

GArray *
cosmic_authority_devices_off (const CosmicState *authority)
{
  return devices_that_are (authority, TRUE);
}

void
cosmic_authority_cut_device (CosmicFold *fold, const CosmicId *key, const GArray *kept)
{
  CosmicDevice device;

  if (!cosmic_authority_device (fold->state, key, &device) || device.off)
    return;
  device.off = TRUE;
  device.off_height = fold->height;
  cosmic_authority_put_device (fold->state, key, &device);
  cosmic_authority_drop_offer (fold->state, key);
  for (guint i = 0; kept != NULL && i < kept->len; i++)
    cosmic_state_put (fold->state,
                      cosmic_key (TAG_KEPT, key, &g_array_index (kept, CosmicId, i)),
                      g_variant_new_byte (0));
}

/* --- Invitations. -------------------------------------------------------------------------- */

static void
put_invitation (CosmicState *authority, const CosmicId *seed, const CosmicInvitation *invitation)
{
  GVariant *fields[] = { cosmic_codec_new_id (&invitation->member),
                         g_variant_new_int64 (invitation->expires),
                         g_variant_new_boolean (invitation->used) };

  cosmic_state_put (authority, cosmic_key (TAG_INVITATION, seed, NULL),
                    g_variant_new_tuple (fields, G_N_ELEMENTS (fields)));
}

gboolean
cosmic_authority_invitation (const CosmicState *authority, const CosmicId *seed,
                             CosmicInvitation *invitation)
{
  g_autoptr (GVariant) value = NULL;

  value = cosmic_state_get (authority, cosmic_key (TAG_INVITATION, seed, NULL), "(ayxb)");
  if (value == NULL)
    return FALSE;
  g_variant_get_child (value, 1, "x", &invitation->expires);
  g_variant_get_child (value, 2, "b", &invitation->used);
  return cosmic_codec_child_id (value, 0, &invitation->member);
}

GVariant *
cosmic_invitation_body (const CosmicId *seed, const CosmicId *member, gint64 expires)
{
  GVariant *fields[] = { cosmic_codec_new_id (seed), cosmic_codec_new_id (member),
                         g_variant_new_int64 (expires) };

  return g_variant_new_tuple (fields, G_N_ELEMENTS (fields));
}

/* What is not covered yet folds at an older time: there it is not judged. */
static gboolean
lasts_too_long (const CosmicFold *fold, gint64 expires)
{
  gint64 most = fold->rules->policy->invitation_ms != NULL
                    ? fold->rules->policy->invitation_ms (fold->authority)
                    : 0;

  return !fold->tail && most > 0 && expires > fold->time && expires - fold->time > most;
}

static CosmicReason
apply_invitation (CosmicFold *fold, GVariant *body)
{
  CosmicInvitation invitation = { .used = FALSE };
  CosmicId seed;

  g_variant_get_child (body, 2, "x", &invitation.expires);
  if (!cosmic_codec_child_id (body, 0, &seed)
      || !cosmic_codec_child_id (body, 1, &invitation.member)
      || !cosmic_sign_public_is_valid (seed.bytes))
    return COSMIC_REASON_BAD_BODY;
  if (!cosmic_fold_may (fold, COSMIC_RIGHT_INVITE, &invitation.member, &cosmic_id_zero)
      || lasts_too_long (fold, invitation.expires))
    return COSMIC_REASON_NOT_ALLOWED;
  if (cosmic_state_has (fold->state, cosmic_key (TAG_INVITATION, &seed, NULL)))
    return COSMIC_REASON_ALREADY;
  put_invitation (fold->state, &seed, &invitation);
  return COSMIC_REASON_NONE;
}

const CosmicKind cosmic_kind_invitation = {
  .number = COSMIC_KIND_INVITATION,
  .name = "invitation",
  .body_type = COSMIC_INVITATION_TYPE,
  .place = COSMIC_PLACE_AUTHORITY,
  .class = 1,
  .personal = COSMIC_PERSONAL_NEVER,
  .subject = 1,
  .since = 1,
  .apply = apply_invitation,
};

/* --- Adding a device. ----------------------------------------------------------------------- */

static void
request_bytes (const CosmicRequest *self, const CosmicId *party, GByteArray *bytes)
{
  g_byte_array_append (bytes, (const guint8 *) request_tag, sizeof request_tag);
  g_byte_array_append (bytes, party->bytes, COSMIC_ID_SIZE);
  g_byte_array_append (bytes, self->member.bytes, COSMIC_ID_SIZE);
  g_byte_array_append (bytes, self->device.bytes, COSMIC_ID_SIZE);
  g_byte_array_append (bytes, self->seal.bytes, COSMIC_ID_SIZE);
  g_byte_array_append (bytes, self->invited ? self->seed.bytes : cosmic_id_zero.bytes,
                       COSMIC_ID_SIZE);
}

void
cosmic_request_sign (CosmicRequest *self, const CosmicId *party, const CosmicSecret *device_key,
                     const CosmicSecret *seed_key)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  self->invited = seed_key != NULL;
  memcpy (self->device.bytes, cosmic_sign_key_public (device_key), COSMIC_ID_SIZE);
  if (seed_key != NULL)
    memcpy (self->seed.bytes, cosmic_sign_key_public (seed_key), COSMIC_ID_SIZE);
  request_bytes (self, party, bytes);
  cosmic_sign (device_key, bytes->data, bytes->len, self->device_signature);
  if (seed_key != NULL)
    cosmic_sign (seed_key, bytes->data, bytes->len, self->seed_signature);
}

gboolean
cosmic_request_verify (const CosmicRequest *self, const CosmicId *party)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  request_bytes (self, party, bytes);
  return cosmic_sign_public_is_valid (self->device.bytes)
         && cosmic_verify (self->device.bytes, bytes->data, bytes->len, self->device_signature)
         && (!self->invited
             || cosmic_verify (self->seed.bytes, bytes->data, bytes->len, self->seed_signature));
}

GVariant *
cosmic_device_add_body (const CosmicRequest *request, const CosmicId *shares)
{
  GVariant *fields[] = {
    cosmic_codec_new_id (&request->member),
    cosmic_codec_new_id (&request->device),
    cosmic_codec_new_id (&request->seal),
    cosmic_codec_new_maybe_id (request->invited ? &request->seed : NULL),
    cosmic_codec_new_bytes (request->device_signature, COSMIC_SIGN_SIZE),
    cosmic_codec_new_bytes (request->seed_signature, request->invited ? COSMIC_SIGN_SIZE : 0),
    cosmic_codec_new_id (shares),
  };

  return g_variant_new_tuple (fields, G_N_ELEMENTS (fields));
}

static gboolean
read_signature (GVariant *body, guint index, gboolean there, guint8 signature[COSMIC_SIGN_SIZE])
{
  g_autoptr (GBytes) bytes = cosmic_codec_child_bytes (body, index);

  if (g_bytes_get_size (bytes) != (there ? COSMIC_SIGN_SIZE : 0))
    return FALSE;
  if (there)
    memcpy (signature, g_bytes_get_data (bytes, NULL), COSMIC_SIGN_SIZE);
  return TRUE;
}

static CosmicReason
use_invitation (CosmicFold *fold, const CosmicRequest *request)
{
  CosmicInvitation invitation;

  if (!cosmic_authority_invitation (fold->state, &request->seed, &invitation)
      || !cosmic_id_same (&invitation.member, &request->member))
    return COSMIC_REASON_NO_SUCH_SUBJECT;
  if (invitation.used)
    return COSMIC_REASON_ALREADY;
  if (fold->time > invitation.expires)
    return COSMIC_REASON_EXPIRED;
  invitation.used = TRUE;
  put_invitation (fold->state, &request->seed, &invitation);
  return COSMIC_REASON_NONE;
}

static CosmicReason
apply_device_add (CosmicFold *fold, GVariant *body)
{
  CosmicRequest request = { 0 };
  CosmicDevice device = { .since = fold->height };
  CosmicId shares;
  CosmicReason reason;

  if (!cosmic_codec_child_id (body, 0, &request.member)
      || !cosmic_codec_child_id (body, 1, &request.device)
      || !cosmic_codec_child_id (body, 2, &request.seal)
      || !cosmic_codec_child_maybe_id (body, 3, &request.seed, &request.invited)
      || !read_signature (body, 4, TRUE, request.device_signature)
      || !read_signature (body, 5, request.invited, request.seed_signature)
      || !cosmic_codec_child_id (body, 6, &shares)
      || !cosmic_seal_public_is_valid (request.seal.bytes))
    return COSMIC_REASON_BAD_BODY;
  if (!cosmic_request_verify (&request, &fold->party))
    return COSMIC_REASON_BAD_PROOF;
  if (!cosmic_fold_may (fold, COSMIC_RIGHT_ADD_DEVICE, &request.member, &cosmic_id_zero))
    return COSMIC_REASON_NOT_ALLOWED;
  if (cosmic_authority_device (fold->state, &request.device, &device))
    return COSMIC_REASON_ALREADY;
  if (request.invited && (reason = use_invitation (fold, &request)) != COSMIC_REASON_NONE)
    return reason;
  device = (CosmicDevice){ .member = request.member, .seal = request.seal, .since = fold->height };
  cosmic_authority_put_device (fold->state, &request.device, &device);
  cosmic_authority_put_shares (fold, &shares);
  return COSMIC_REASON_NONE;
}

const CosmicKind cosmic_kind_device_add = {
  .number = COSMIC_KIND_DEVICE_ADD,
  .name = "device-add",
  .body_type = COSMIC_DEVICE_ADD_TYPE,
  .place = COSMIC_PLACE_AUTHORITY,
  .class = 1,
  .personal = COSMIC_PERSONAL_NEVER,
  .subject = 0,
  .since = 1,
  .apply = apply_device_add,
};

/* --- Switching a device off. ---------------------------------------------------------------- */

GVariant *
cosmic_device_off_body (const CosmicId *device, guint16 reason, const GArray *kept)
{
  GVariant *fields[] = { cosmic_codec_new_id (device), g_variant_new_uint16 (reason),
                         cosmic_codec_new_ids (kept) };

  return g_variant_new_tuple (fields, G_N_ELEMENTS (fields));
}

static CosmicReason
apply_device_off (CosmicFold *fold, GVariant *body)
{
  g_autoptr (GArray) kept = cosmic_codec_child_id_set (body, 2, COSMIC_KEPT_MAX);
  CosmicDevice device;
  CosmicId key;

  if (kept == NULL || !cosmic_codec_child_id (body, 0, &key))
    return COSMIC_REASON_BAD_BODY;
  if (!cosmic_authority_device (fold->state, &key, &device))
    return COSMIC_REASON_NO_SUCH_SUBJECT;
  if (device.off)
    return COSMIC_REASON_ALREADY;
  if (!cosmic_id_same (&device.member, &fold->member)
      && !cosmic_fold_may (fold, COSMIC_RIGHT_REMOVE_DEVICE, &device.member, &cosmic_id_zero))
    return COSMIC_REASON_NOT_ALLOWED;
  cosmic_authority_cut_device (fold, &key, kept);
  return COSMIC_REASON_NONE;
}

const CosmicKind cosmic_kind_device_off = {
  .number = COSMIC_KIND_DEVICE_OFF,
  .name = "device-off",
  .body_type = COSMIC_DEVICE_OFF_TYPE,
  .place = COSMIC_PLACE_AUTHORITY,
  .class = 0,
  .personal = COSMIC_PERSONAL_NEVER,
  .subject = -1,
  .since = 1,
  .apply = apply_device_off,
};
