/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-member-entry-private.h"
#include "dpop-membership.h"
#include "dpop-reason.h"
#include "dpop-unit.h"

#include "cosmic-authority.h"

static void
put_unit (CosmicState *state, const DpopUnit *unit)
{
  cosmic_state_put (state, cosmic_key (TAG_UNIT, &unit->id, NULL),
                    g_variant_new ("(yt@ay)", unit->kind, unit->since,
                                   cosmic_codec_new_id (&unit->name)));
}

/* Everyone reads what a unit is called. */
static gboolean
name_is_for_all (const CosmicFold *fold)
{
  gboolean personal;
  CosmicId scope;

  return cosmic_authority_key_of (fold->state, &fold->operation->header.personal.key, &scope,
                                  &personal)
         && cosmic_id_is_zero (&scope);
}

/* --- A new unit. ----------------------------------------------------------------------------- */

static CosmicReason
apply_add (CosmicFold *fold, GVariant *body)
{
  g_autoptr (DpopCharter) charter = dpop_membership_charter (fold->state);
  DpopUnit unit = { .since = fold->height, .name = fold->operation->id };
  CosmicId body_key, personal_key, shares;

  g_variant_get_child (body, 1, "y", &unit.kind);
  if (!cosmic_codec_child_id (body, 0, &unit.id) || cosmic_id_is_zero (&unit.id)
      || !cosmic_codec_child_id (body, 2, &body_key)
      || !cosmic_codec_child_id (body, 3, &personal_key)
      || !cosmic_codec_child_id (body, 4, &shares))
    return COSMIC_REASON_BAD_BODY;
  if (unit.kind >= charter->n_unit_kinds)
    return COSMIC_REASON_NO_SUCH_SUBJECT;
  if (!dpop_membership_may (fold, DPOP_ACTION_ADD_UNIT, NULL, NULL))
    return COSMIC_REASON_NOT_ALLOWED;
  if (!name_is_for_all (fold))
    return DPOP_REASON_WRONG_SCOPE;
  if (dpop_unit_exists (fold->state, &unit.id)
      || !cosmic_authority_add_scope (fold, &unit.id, &body_key, &personal_key))
    return COSMIC_REASON_ALREADY;
  cosmic_authority_put_shares (fold, &shares);
  put_unit (fold->state, &unit);
  return COSMIC_REASON_NONE;
}

const CosmicKind dpop_unit_kind_add = {
  .number = DPOP_KIND_UNIT_ADD,
  .name = "unit-add",
  .body_type = DPOP_UNIT_ADD_TYPE,
  .place = COSMIC_PLACE_AUTHORITY,
  .class = 1,
  .personal = COSMIC_PERSONAL_MUST,
  .subject = -1,
  .since = 1,
  .apply = apply_add,
};

/* --- Another name. --------------------------------------------------------------------------- */

static CosmicReason
apply_name (CosmicFold *fold, GVariant *body)
{
  DpopUnit unit;

  if (!cosmic_codec_child_id (body, 0, &unit.id))
    return COSMIC_REASON_BAD_BODY;
  if (!dpop_unit_load (fold->state, &unit.id, &unit))
    return COSMIC_REASON_NO_SUCH_SUBJECT;
  if (!dpop_membership_may (fold, DPOP_ACTION_ADD_UNIT, NULL, NULL)
      && !dpop_membership_may (fold, DPOP_ACTION_ADD_UNIT, &unit.id, NULL))
    return COSMIC_REASON_NOT_ALLOWED;
  if (!name_is_for_all (fold))
    return DPOP_REASON_WRONG_SCOPE;
  unit.name = fold->operation->id;
  put_unit (fold->state, &unit);
  return COSMIC_REASON_NONE;
}

const CosmicKind dpop_unit_kind_name = {
  .number = DPOP_KIND_UNIT_NAME,
  .name = "unit-name",
  .body_type = DPOP_UNIT_NAME_TYPE,
  .place = COSMIC_PLACE_AUTHORITY,
  .class = 1,
  .personal = COSMIC_PERSONAL_MUST,
  .subject = -1,
  .since = 1,
  .apply = apply_name,
};

/* --- Who belongs to it. ---------------------------------------------------------------------- */

static CosmicReason
assign (DpopStanding *standing, const CosmicId *unit, gboolean into)
{
  if (standing->state == DPOP_MEMBER_FORMER)
    return DPOP_REASON_NOT_A_MEMBER;
  if (dpop_standing_in_unit (standing, unit) == into)
    return COSMIC_REASON_ALREADY;
  if (!into)
    dpop_standing_leave_unit (standing, unit);
  else if (!dpop_standing_join_unit (standing, unit))
    return DPOP_REASON_TOO_MANY;
  return COSMIC_REASON_NONE;
}

static CosmicReason
apply_assign (CosmicFold *fold, GVariant *body)
{
  DpopMemberEntry before, after;
  CosmicId member, unit;
  CosmicReason reason;
  gboolean into;

  g_variant_get_child (body, 2, "b", &into);
  if (!cosmic_codec_child_id (body, 0, &member) || !cosmic_codec_child_id (body, 1, &unit))
    return COSMIC_REASON_BAD_BODY;
  if (!dpop_member_entry_load (fold->state, &member, &before)
      || !dpop_unit_exists (fold->state, &unit))
    return COSMIC_REASON_NO_SUCH_SUBJECT;
  if (!dpop_membership_may (fold, DPOP_ACTION_ASSIGN_UNIT, &unit, &member))
    return COSMIC_REASON_NOT_ALLOWED;
  after = before;
  after.touched = TRUE;
  if ((reason = assign (&after.standing, &unit, into)) != COSMIC_REASON_NONE)
    return reason;
  dpop_member_entry_write (fold, &member, &before, &after);
  return COSMIC_REASON_NONE;
}

const CosmicKind dpop_unit_kind_assign = {
  .number = DPOP_KIND_UNIT_ASSIGN,
  .name = "unit-assign",
  .body_type = DPOP_UNIT_ASSIGN_TYPE,
  .place = COSMIC_PLACE_AUTHORITY,
  .class = 1,
  .personal = COSMIC_PERSONAL_NEVER,
  .subject = 0,
  .since = 1,
  .apply = apply_assign,
};
