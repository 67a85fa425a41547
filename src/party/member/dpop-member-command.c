/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-member-command.h"

#include "dpop-member-query.h"
#include "dpop-unit.h"

static const CosmicId *
or_zero (const CosmicId *id)
{
  return id != NULL ? id : &cosmic_id_zero;
}

static GArray *
as_set (const GArray *ids)
{
  GArray *set = g_array_new (FALSE, FALSE, sizeof (CosmicId));

  if (ids != NULL && ids->len > 0)
    g_array_append_vals (set, ids->data, ids->len);
  cosmic_ids_normalise (set);
  return set;
}

static GVariant *
new_bytes (GBytes *bytes)
{
  gsize size;
  gconstpointer content = g_bytes_get_data (bytes, &size);

  return cosmic_codec_new_bytes (content, size);
}

DpopClaim *
dpop_member_command_add (const CosmicId *member, const GArray *units, DpopMemberState state,
                         const CosmicId *import, const DpopMemberDetails *details)
{
  g_autoptr (GArray) set = as_set (units);
  GVariant *fields[] = { cosmic_codec_new_id (member), cosmic_codec_new_ids (set),
                         g_variant_new_byte (state), cosmic_codec_new_id (or_zero (import)) };

  return dpop_claim_new (DPOP_KIND_MEMBER_ADD, g_variant_new_tuple (fields, 4),
                         dpop_member_details_encode (details),
                         set->len > 0 ? &g_array_index (set, CosmicId, 0) : NULL);
}

DpopClaim *
dpop_member_command_details (const CosmicState *authority, const CosmicId *member,
                             const CosmicId *import, const DpopMemberDetails *details)
{
  GVariant *fields[] = { cosmic_codec_new_id (member), cosmic_codec_new_id (or_zero (import)) };
  CosmicId scope;

  dpop_member_query_details_scope (authority, member, &scope);
  return dpop_claim_new (DPOP_KIND_MEMBER_DETAILS, g_variant_new_tuple (fields, 2),
                         dpop_member_details_encode (details), &scope);
}

DpopClaim *
dpop_member_command_state (const CosmicId *member, DpopMemberState from, DpopMemberState to)
{
  GVariant *fields[] = { cosmic_codec_new_id (member), g_variant_new_byte (from),
                         g_variant_new_byte (to) };

  return dpop_claim_new (DPOP_KIND_MEMBER_STATE, g_variant_new_tuple (fields, 3), NULL, NULL);
}

DpopClaim *
dpop_member_command_remove (const CosmicId *member, DpopRemoval why, const GArray *kept)
{
  g_autoptr (GArray) set = as_set (kept);
  GVariant *fields[] = { cosmic_codec_new_id (member), g_variant_new_uint16 (why),
                         cosmic_codec_new_ids (set) };

  return dpop_claim_new (DPOP_KIND_MEMBER_REMOVE, g_variant_new_tuple (fields, 3), NULL, NULL);
}

DpopClaim *
dpop_member_command_undo (const CosmicId *import)
{
  GVariant *fields[] = { cosmic_codec_new_id (import) };

  return dpop_claim_new (DPOP_KIND_MEMBERS_UNDO, g_variant_new_tuple (fields, 1), NULL, NULL);
}

static DpopClaim *
role_claim (guint16 kind, const CosmicId *member, guint16 role, const CosmicId *unit)
{
  GVariant *fields[] = { cosmic_codec_new_id (member), g_variant_new_uint16 (role),
                         cosmic_codec_new_id (or_zero (unit)) };

  return dpop_claim_new (kind, g_variant_new_tuple (fields, 3), NULL, NULL);
}

DpopClaim *
dpop_member_command_grant (const CosmicId *member, guint16 role, const CosmicId *unit)
{
  return role_claim (DPOP_KIND_ROLE_GRANT, member, role, unit);
}

DpopClaim *
dpop_member_command_revoke (const CosmicId *member, guint16 role, const CosmicId *unit)
{
  return role_claim (DPOP_KIND_ROLE_REVOKE, member, role, unit);
}

DpopClaim *
dpop_member_command_add_unit (const CosmicId *unit, guint8 kind, const CosmicId *body_key,
                              const CosmicId *personal_key, const CosmicId *shares,
                              const char *name)
{
  GVariant *fields[] = { cosmic_codec_new_id (unit), g_variant_new_byte (kind),
                         cosmic_codec_new_id (body_key), cosmic_codec_new_id (personal_key),
                         cosmic_codec_new_id (shares) };

  return dpop_claim_new (DPOP_KIND_UNIT_ADD, g_variant_new_tuple (fields, 5),
                         dpop_unit_name_encode (name), NULL);
}

DpopClaim *
dpop_member_command_name_unit (const CosmicId *unit, const char *name)
{
  GVariant *fields[] = { cosmic_codec_new_id (unit) };

  return dpop_claim_new (DPOP_KIND_UNIT_NAME, g_variant_new_tuple (fields, 1),
                         dpop_unit_name_encode (name), NULL);
}

DpopClaim *
dpop_member_command_assign_unit (const CosmicId *member, const CosmicId *unit, gboolean into)
{
  GVariant *fields[] = { cosmic_codec_new_id (member), cosmic_codec_new_id (unit),
                         g_variant_new_boolean (into) };

  return dpop_claim_new (DPOP_KIND_UNIT_ASSIGN, g_variant_new_tuple (fields, 3), NULL, NULL);
}

DpopClaim *
dpop_member_command_appoint_witness (const GArray *devices)
{
  g_autoptr (GArray) set = as_set (devices);
  GVariant *fields[] = { cosmic_codec_new_ids (set) };

  return dpop_claim_new (DPOP_KIND_WITNESS_APPOINT, g_variant_new_tuple (fields, 1), NULL, NULL);
}

DpopClaim *
dpop_member_command_resign_witness (const CosmicId *device)
{
  GVariant *fields[] = { cosmic_codec_new_id (device) };

  return dpop_claim_new (DPOP_KIND_WITNESS_RESIGN, g_variant_new_tuple (fields, 1), NULL, NULL);
}

DpopClaim *
dpop_member_command_enact (const CosmicId *decision, guint64 height, GBytes *outcome,
                           GBytes *proof)
{
  GVariant *fields[] = { cosmic_codec_new_id (decision), g_variant_new_uint64 (height),
                         new_bytes (outcome), new_bytes (proof) };

  return dpop_claim_new (DPOP_KIND_ENACT, g_variant_new_tuple (fields, 4), NULL, NULL);
}
