/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-member-entry-private.h"
#include "dpop-membership.h"
#include "dpop-reason.h"

#include "cosmic-authority.h"

/* Record keepers: who among the members' computers confirms. They come by appointment, from among
 * those that were offered; they go by their own word, with their member who leaves, or by a
 * decision, and never because somebody with a role says so: who could both switch a computer off
 * and take its place would hold the clock alone. */

gboolean
dpop_membership_is_witness (const CosmicState *authority, const CosmicId *member)
{
  g_autoptr (GArray) devices = cosmic_authority_devices_of (authority, member);
  CosmicId key;

  for (guint i = 0; i < devices->len; i++)
    if (cosmic_authority_witness_of (authority, &g_array_index (devices, CosmicId, i), &key))
      return TRUE;
  return FALSE;
}

/* --- Appointing. ------------------------------------------------------------------------------ */

static CosmicReason
appoint (CosmicFold *fold, const CosmicId *key)
{
  CosmicDevice device;
  DpopStanding standing;

  if (!cosmic_authority_device (fold->state, key, &device)
      || !dpop_membership_standing (fold->state, &device.member, &standing))
    return COSMIC_REASON_NO_SUCH_SUBJECT;
  if (standing.state != DPOP_MEMBER_MEMBER)
    return DPOP_REASON_NOT_A_MEMBER;
  return cosmic_authority_appoint_witness (fold, key);
}

/* All of them or none: two are worse than one, and nobody should have to pass through two. */
static CosmicReason
apply_appoint (CosmicFold *fold, GVariant *body)
{
  g_autoptr (GArray) devices = cosmic_codec_child_id_set (body, 0, COSMIC_APPOINTED_MAX);
  CosmicReason reason = COSMIC_REASON_NONE;

  if (devices == NULL || devices->len == 0)
    return COSMIC_REASON_BAD_BODY;
  if (!dpop_membership_may (fold, DPOP_ACTION_APPOINT_WITNESS, NULL, NULL))
    return COSMIC_REASON_NOT_ALLOWED;
  for (guint i = 0; i < devices->len && reason == COSMIC_REASON_NONE; i++)
    reason = appoint (fold, &g_array_index (devices, CosmicId, i));
  return reason;
}

const CosmicKind dpop_witness_kind_appoint = {
  .number = DPOP_KIND_WITNESS_APPOINT,
  .name = "witness-appoint",
  .body_type = DPOP_WITNESS_APPOINT_TYPE,
  .place = COSMIC_PLACE_AUTHORITY,
  .class = 1,
  .personal = COSMIC_PERSONAL_NEVER,
  .subject = -1,
  .since = 1,
  .apply = apply_appoint,
};

/* --- Resigning. ------------------------------------------------------------------------------- */

/* From any computer of the same member: the one that keeps records may be lost. */
static CosmicReason
apply_resign (CosmicFold *fold, GVariant *body)
{
  CosmicWitnessPlace place;
  CosmicDevice device;
  CosmicId key;

  if (!cosmic_codec_child_id (body, 0, &key))
    return COSMIC_REASON_BAD_BODY;
  if (!cosmic_authority_device (fold->state, &key, &device)
      || !cosmic_authority_witness_place (fold->state, &key, &place) || !place.appointed)
    return COSMIC_REASON_NO_SUCH_SUBJECT;
  if (!cosmic_id_same (&device.member, &fold->member))
    return COSMIC_REASON_NEEDS_DECISION;
  return cosmic_authority_dismiss_witness (fold, &key);
}

const CosmicKind dpop_witness_kind_resign = {
  .number = DPOP_KIND_WITNESS_RESIGN,
  .name = "witness-resign",
  .body_type = DPOP_WITNESS_RESIGN_TYPE,
  .place = COSMIC_PLACE_AUTHORITY,
  .class = 0,
  .personal = COSMIC_PERSONAL_NEVER,
  .subject = -1,
  .since = 1,
  .apply = apply_resign,
};

/* --- Going otherwise. ------------------------------------------------------------------------- */

CosmicReason
dpop_witness_dismiss (CosmicFold *fold, const CosmicId *member, guint64 height)
{
  g_autoptr (GArray) devices = cosmic_authority_devices_of (fold->state, member);
  CosmicReason reason = COSMIC_REASON_NO_SUCH_SUBJECT;
  CosmicWitnessPlace place;

  for (guint i = 0; i < devices->len; i++)
    {
      const CosmicId *device = &g_array_index (devices, CosmicId, i);
      CosmicReason this;

      if (!cosmic_authority_witness_place (fold->state, device, &place) || !place.appointed)
        continue;
      if (place.since > height)
        {
          if (reason == COSMIC_REASON_NO_SUCH_SUBJECT)
            reason = DPOP_REASON_OUTDATED;
          continue;
        }
      this = cosmic_authority_dismiss_witness (fold, device);
      if (this != COSMIC_REASON_NONE)
        return this;
      reason = COSMIC_REASON_NONE;
    }
  return reason;
}
