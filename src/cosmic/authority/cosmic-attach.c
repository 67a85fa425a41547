/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-authority-private.h"

#include "cosmic-seal.h"

/* The way back for a member who has lost every device (design 4.1): officers, as many as the
 * charter says, attach a new one together. From the batch on that covers the last of them, the
 * member's devices of old may veto for as long as the charter says; at the end of the first batch
 * whose time has reached that, the new device is attached and the old ones are cut.
 *
 * What officers said is judged at its own place: who lays an office down later has still said it.
 * Anyone of the member's own devices stops it, whoever supports it, and what was stopped stays so:
 * a further attempt is with another device. Two for one member that come due at the same time bring
 * each other down, because which of them is first would hang on an id. */

#define ATTACH_TYPE "(ayayxbaay)"

static void
put (CosmicState *authority, const CosmicAttachment *attachment, const GArray *supporters)
{
  GVariant *fields[] = { cosmic_codec_new_id (&attachment->member),
                         cosmic_codec_new_id (&attachment->seal),
                         g_variant_new_int64 (attachment->due),
                         g_variant_new_boolean (attachment->stopped),
                         cosmic_codec_new_ids (supporters) };

  cosmic_state_put (authority, cosmic_key (TAG_ATTACH, &attachment->device, NULL),
                    g_variant_new_tuple (fields, G_N_ELEMENTS (fields)));
}

static gboolean
read_entry (GVariant *value, CosmicAttachment *attachment, GArray **supporters)
{
  GArray *ids = cosmic_codec_child_id_set (value, 4, COSMIC_SUPPORTERS_MAX);

  g_variant_get_child (value, 2, "x", &attachment->due);
  g_variant_get_child (value, 3, "b", &attachment->stopped);
  attachment->supporters = ids != NULL ? ids->len : 0;
  if (supporters != NULL && ids != NULL)
    *supporters = g_array_ref (ids);
  g_clear_pointer (&ids, g_array_unref);
  return cosmic_codec_child_id (value, 0, &attachment->member)
         && cosmic_codec_child_id (value, 1, &attachment->seal);
}

static gboolean
get (const CosmicState *authority, const CosmicId *device, CosmicAttachment *attachment,
     GArray **supporters)
{
  g_autoptr (GVariant) value = NULL;

  value = cosmic_state_get (authority, cosmic_key (TAG_ATTACH, device, NULL), ATTACH_TYPE);
  *attachment = (CosmicAttachment){ .device = *device };
  return value != NULL && read_entry (value, attachment, supporters);
}

gboolean
cosmic_authority_attachment (const CosmicState *authority, const CosmicId *device,
                             CosmicAttachment *attachment, GArray **supporters)
{
  return get (authority, device, attachment, supporters);
}

static gboolean
take (const CosmicKey *key, GBytes *bytes, gpointer data)
{
  g_autoptr (GVariant) value = cosmic_codec_decode (ATTACH_TYPE, bytes);
  CosmicAttachment attachment = { .stopped = FALSE };

  cosmic_key_id (key, 0, &attachment.device);
  if (value != NULL && read_entry (value, &attachment, NULL))
    g_array_append_val ((GArray *) data, attachment);
  return TRUE;
}

GArray *
cosmic_authority_attachments (const CosmicState *authority)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (CosmicAttachment));

  cosmic_state_each (authority, cosmic_key (TAG_ATTACH, NULL, NULL), take, all);
  return all;
}

/* The authority stream has no other deadlines than these. */
static void
set_deadline (CosmicFold *fold)
{
  g_autoptr (GArray) all = cosmic_authority_attachments (fold->state);
  gint64 next = 0;

  for (guint i = 0; i < all->len; i++)
    {
      const gint64 due = g_array_index (all, CosmicAttachment, i).due;

      if (due != 0 && (next == 0 || due < next))
        next = due;
    }
  if (next != cosmic_state_deadline (fold->state))
    cosmic_fold_set_deadline (fold, next);
}

/* --- Supporting. ----------------------------------------------------------------------------- */

static gboolean
read_recovery (const CosmicFold *fold, const CosmicId *member, CosmicRecovery *recovery)
{
  *recovery = (CosmicRecovery){ 0 };
  return fold->rules->policy->recovery != NULL
         && fold->rules->policy->recovery (fold->state, member, recovery)
         && recovery->officers > 0 && recovery->officers <= COSMIC_SUPPORTERS_MAX;
}

/* Nobody is an officer in a matter of their own: who can sign has a device to add another with. */
static CosmicReason
support (CosmicFold *fold, CosmicAttachment *attachment, GArray *supporters)
{
  CosmicRecovery recovery;

  if (cosmic_id_same (&attachment->member, &fold->member)
      || !cosmic_fold_may (fold, COSMIC_RIGHT_RECOVER_DEVICE, &attachment->member,
                           &cosmic_id_zero)
      || !read_recovery (fold, &attachment->member, &recovery))
    return COSMIC_REASON_NOT_ALLOWED;
  if (attachment->due != 0 || supporters->len >= COSMIC_SUPPORTERS_MAX
      || cosmic_ids_contain (supporters, &fold->member))
    return COSMIC_REASON_ALREADY;
  g_array_append_val (supporters, fold->member);
  cosmic_ids_normalise (supporters);
  if (supporters->len >= recovery.officers)
    attachment->due = fold->time + recovery.veto_ms;
  put (fold->state, attachment, supporters);
  set_deadline (fold);
  return COSMIC_REASON_NONE;
}

GVariant *
cosmic_device_attach_body (const CosmicRequest *request)
{
  GVariant *fields[] = { cosmic_codec_new_id (&request->member),
                         cosmic_codec_new_id (&request->device),
                         cosmic_codec_new_id (&request->seal),
                         cosmic_codec_new_bytes (request->device_signature, COSMIC_SIGN_SIZE) };

  return g_variant_new_tuple (fields, G_N_ELEMENTS (fields));
}

static gboolean
read_request (GVariant *body, CosmicRequest *request)
{
  g_autoptr (GBytes) signature = cosmic_codec_child_bytes (body, 3);

  if (g_bytes_get_size (signature) != COSMIC_SIGN_SIZE
      || !cosmic_codec_child_id (body, 0, &request->member)
      || !cosmic_codec_child_id (body, 1, &request->device)
      || !cosmic_codec_child_id (body, 2, &request->seal))
    return FALSE;
  memcpy (request->device_signature, g_bytes_get_data (signature, NULL), COSMIC_SIGN_SIZE);
  return cosmic_seal_public_is_valid (request->seal.bytes);
}

static CosmicReason
apply_attach (CosmicFold *fold, GVariant *body)
{
  g_autoptr (GArray) supporters = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  CosmicRequest request = { .invited = FALSE };
  CosmicAttachment attachment;
  CosmicDevice device;

  if (!read_request (body, &request))
    return COSMIC_REASON_BAD_BODY;
  if (!cosmic_request_verify (&request, &fold->party))
    return COSMIC_REASON_BAD_PROOF;
  if (cosmic_authority_device (fold->state, &request.device, &device)
      || cosmic_state_has (fold->state, cosmic_key (TAG_ATTACH, &request.device, NULL)))
    return COSMIC_REASON_ALREADY;
  attachment = (CosmicAttachment){ .device = request.device, .member = request.member,
                                   .seal = request.seal };
  return support (fold, &attachment, supporters);
}

const CosmicKind cosmic_kind_device_attach = {
  .number = COSMIC_KIND_DEVICE_ATTACH,
  .name = "device-attach",
  .body_type = COSMIC_DEVICE_ATTACH_TYPE,
  .place = COSMIC_PLACE_AUTHORITY,
  .class = 1,
  .personal = COSMIC_PERSONAL_NEVER,
  .subject = 0,
  .since = 1,
  .apply = apply_attach,
};

static GVariant *
new_body (const CosmicId *device)
{
  GVariant *fields[] = { cosmic_codec_new_id (device) };

  return g_variant_new_tuple (fields, G_N_ELEMENTS (fields));
}

GVariant *
cosmic_attach_support_body (const CosmicId *device)
{
  return new_body (device);
}

static CosmicReason
apply_support (CosmicFold *fold, GVariant *body)
{
  g_autoptr (GArray) supporters = NULL;
  CosmicAttachment attachment;
  CosmicId device;

  if (!cosmic_codec_child_id (body, 0, &device))
    return COSMIC_REASON_BAD_BODY;
  if (!get (fold->state, &device, &attachment, &supporters) || attachment.stopped)
    return COSMIC_REASON_NO_SUCH_SUBJECT;
  return support (fold, &attachment, supporters);
}

const CosmicKind cosmic_kind_attach_support = {
  .number = COSMIC_KIND_ATTACH_SUPPORT,
  .name = "attach-support",
  .body_type = COSMIC_ATTACH_SUPPORT_TYPE,
  .place = COSMIC_PLACE_AUTHORITY,
  .class = 1,
  .personal = COSMIC_PERSONAL_NEVER,
  .subject = -1,
  .since = 1,
  .apply = apply_support,
};

/* --- Vetoing. -------------------------------------------------------------------------------- */

GVariant *
cosmic_attach_veto_body (const CosmicId *device)
{
  return new_body (device);
}

static CosmicReason
apply_veto (CosmicFold *fold, GVariant *body)
{
  g_autoptr (GArray) supporters = NULL;
  CosmicAttachment attachment;
  CosmicId device;

  if (!cosmic_codec_child_id (body, 0, &device))
    return COSMIC_REASON_BAD_BODY;
  if (!get (fold->state, &device, &attachment, &supporters))
    return COSMIC_REASON_NO_SUCH_SUBJECT;
  if (!cosmic_id_same (&attachment.member, &fold->member))
    return COSMIC_REASON_NOT_ALLOWED;
  if (attachment.stopped)
    return COSMIC_REASON_ALREADY;
  attachment.stopped = TRUE;
  attachment.due = 0;
  put (fold->state, &attachment, supporters);
  set_deadline (fold);
  return COSMIC_REASON_NONE;
}

const CosmicKind cosmic_kind_attach_veto = {
  .number = COSMIC_KIND_ATTACH_VETO,
  .name = "attach-veto",
  .body_type = COSMIC_ATTACH_VETO_TYPE,
  .place = COSMIC_PLACE_AUTHORITY,
  .class = 0,
  .personal = COSMIC_PERSONAL_NEVER,
  .subject = -1,
  .since = 1,
  .apply = apply_veto,
};

/* --- When the time has come. ------------------------------------------------------------------ */

static gboolean
is_due (const CosmicFold *fold, const CosmicAttachment *attachment)
{
  return attachment->due != 0 && attachment->due <= fold->time;
}

/* Whether another for the same member is due as early or earlier. */
static gboolean
is_contested (const GArray *all, const CosmicAttachment *attachment)
{
  for (guint i = 0; i < all->len; i++)
    {
      const CosmicAttachment *other = &g_array_index (all, CosmicAttachment, i);

      if (other->due != 0 && other->due <= attachment->due
          && cosmic_id_same (&other->member, &attachment->member)
          && !cosmic_id_same (&other->device, &attachment->device))
        return TRUE;
    }
  return FALSE;
}

/* Any other attempt for the member is over with it. */
static void
attach (CosmicFold *fold, const CosmicAttachment *attachment, const GArray *all)
{
  g_autoptr (GArray) old = cosmic_authority_devices_of (fold->state, &attachment->member);
  const CosmicDevice device = { .member = attachment->member, .seal = attachment->seal,
                                .since = fold->height };

  for (guint i = 0; i < old->len; i++)
    cosmic_authority_cut_device (fold, &g_array_index (old, CosmicId, i), NULL);
  cosmic_authority_put_device (fold->state, &attachment->device, &device);
  for (guint i = 0; i < all->len; i++)
    {
      const CosmicAttachment *other = &g_array_index (all, CosmicAttachment, i);

      if (!other->stopped && cosmic_id_same (&other->member, &attachment->member))
        cosmic_state_remove (fold->state, cosmic_key (TAG_ATTACH, &other->device, NULL));
    }
}

void
cosmic_authority_finish (CosmicFold *fold)
{
  g_autoptr (GArray) all = NULL;
  CosmicRecovery recovery;
  CosmicDevice device;

  if (fold->tail || cosmic_state_deadline (fold->state) == 0
      || cosmic_state_deadline (fold->state) > fold->time)
    return;
  all = cosmic_authority_attachments (fold->state);
  for (guint i = 0; i < all->len; i++)
    {
      const CosmicAttachment *attachment = &g_array_index (all, CosmicAttachment, i);

      if (!is_due (fold, attachment))
        continue;
      if (!is_contested (all, attachment)
          && read_recovery (fold, &attachment->member, &recovery)
          && !cosmic_authority_device (fold->state, &attachment->device, &device))
        attach (fold, attachment, all);
      cosmic_state_remove (fold->state, cosmic_key (TAG_ATTACH, &attachment->device, NULL));
    }
  set_deadline (fold);
}
