/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-member-entry-private.h"
#include "dpop-membership.h"
#include "dpop-reason.h"
#include "dpop-unit.h"

/* A role as a claim names it: whose, which, for what. */
typedef struct
{
  CosmicId member;
  guint16 role;
  CosmicId unit;
} Named;

static gboolean
read_named (GVariant *body, Named *named)
{
  g_variant_get_child (body, 1, "q", &named->role);
  return cosmic_codec_child_id (body, 0, &named->member)
         && cosmic_codec_child_id (body, 2, &named->unit);
}

static CosmicReason
apply_grant (CosmicFold *fold, GVariant *body)
{
  g_autoptr (DpopCharter) charter = dpop_membership_charter (fold->state);
  DpopMemberEntry before, after;
  Named named;
  DpopCharterTarget target;
  DpopStanding author;

  if (!read_named (body, &named))
    return COSMIC_REASON_BAD_BODY;
  if (!dpop_member_entry_load (fold->state, &named.member, &before)
      || named.role >= charter->n_roles
      || (!cosmic_id_is_zero (&named.unit) && !dpop_unit_exists (fold->state, &named.unit)))
    return COSMIC_REASON_NO_SUCH_SUBJECT;
  target = (DpopCharterTarget){ .role = named.role, .unit = named.unit.bytes,
                                .self = cosmic_id_same (&named.member, &fold->member) };
  if (!dpop_membership_standing (fold->state, &fold->member, &author)
      || !dpop_standing_lets (&author, charter, DPOP_ACTION_GRANT_ROLE, &target))
    return COSMIC_REASON_NOT_ALLOWED;
  if (before.standing.state != DPOP_MEMBER_MEMBER)
    return DPOP_REASON_NOT_A_MEMBER;
  if (dpop_standing_role (&before.standing, named.role, &named.unit) != NULL)
    return COSMIC_REASON_ALREADY;
  after = before;
  after.touched = TRUE;
  if (!dpop_standing_take_role (&after.standing, named.role, &named.unit, fold->height))
    return DPOP_REASON_TOO_MANY;
  dpop_member_entry_write (fold, &named.member, &before, &after);
  return COSMIC_REASON_NONE;
}

const CosmicKind dpop_role_kind_grant = {
  .number = DPOP_KIND_ROLE_GRANT,
  .name = "role-grant",
  .body_type = DPOP_ROLE_TYPE,
  .place = COSMIC_PLACE_AUTHORITY,
  .class = 1,
  .personal = COSMIC_PERSONAL_NEVER,
  .subject = 0,
  .since = 1,
  .apply = apply_grant,
};

/* For an office the charter says no to everyone but its holder: others need a decision. */
static CosmicReason
may_revoke (const CosmicFold *fold, const DpopCharter *charter, const Named *named,
            const DpopStanding *before, const DpopStanding *after)
{
  DpopCharterTarget target = { .role = named->role, .unit = named->unit.bytes };
  CosmicReason reason;

  reason = dpop_membership_about (fold, DPOP_ACTION_REVOKE_ROLE, &target, &named->member, before);
  if (reason != COSMIC_REASON_NONE)
    return dpop_charter_is_office (charter, named->role) ? COSMIC_REASON_NEEDS_DECISION : reason;
  return dpop_membership_is_last (fold->state, &named->member, before, after)
             ? COSMIC_REASON_LAST_ONE
             : COSMIC_REASON_NONE;
}

static CosmicReason
apply_revoke (CosmicFold *fold, GVariant *body)
{
  g_autoptr (DpopCharter) charter = dpop_membership_charter (fold->state);
  DpopMemberEntry before, after;
  CosmicReason reason;
  Named named;

  if (!read_named (body, &named))
    return COSMIC_REASON_BAD_BODY;
  if (!dpop_member_entry_load (fold->state, &named.member, &before)
      || dpop_standing_role (&before.standing, named.role, &named.unit) == NULL)
    return COSMIC_REASON_NO_SUCH_SUBJECT;
  after = before;
  after.touched = TRUE;
  dpop_standing_drop_role (&after.standing, named.role, &named.unit);
  reason = may_revoke (fold, charter, &named, &before.standing, &after.standing);
  if (reason != COSMIC_REASON_NONE)
    return reason;
  dpop_member_entry_write (fold, &named.member, &before, &after);
  return COSMIC_REASON_NONE;
}

const CosmicKind dpop_role_kind_revoke = {
  .number = DPOP_KIND_ROLE_REVOKE,
  .name = "role-revoke",
  .body_type = DPOP_ROLE_TYPE,
  .place = COSMIC_PLACE_AUTHORITY,
  .class = 0,
  .personal = COSMIC_PERSONAL_NEVER,
  .subject = 0,
  .since = 1,
  .apply = apply_revoke,
};
