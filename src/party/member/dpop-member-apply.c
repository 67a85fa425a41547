/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-member-entry-private.h"
#include "dpop-membership.h"
#include "dpop-reason.h"
#include "dpop-unit.h"

#include "cosmic-authority.h"

static const DpopCharterTarget anything;

/* Particulars are for the eyes of the member's own unit, where there is one. */
static gboolean
take_personal_scope (const CosmicFold *fold, const DpopStanding *standing, CosmicId *scope)
{
  gboolean personal;

  if (!cosmic_authority_key_of (fold->state, &fold->operation->header.personal.key, scope,
                                &personal))
    return FALSE;
  return standing->n_units == 0 ? cosmic_id_is_zero (scope)
                                : dpop_standing_in_unit (standing, scope);
}

/* --- Taking someone in. ---------------------------------------------------------------------- */

static CosmicReason
read_units (const CosmicFold *fold, GVariant *body, DpopStanding *standing)
{
  g_autoptr (GArray) units = cosmic_codec_child_id_set (body, 1, DPOP_STANDING_UNITS_MAX);

  if (units == NULL)
    return COSMIC_REASON_BAD_BODY;
  for (guint i = 0; i < units->len; i++)
    {
      const CosmicId *unit = &g_array_index (units, CosmicId, i);

      if (!dpop_unit_exists (fold->state, unit))
        return COSMIC_REASON_NO_SUCH_SUBJECT;
      dpop_standing_join_unit (standing, unit);
    }
  return COSMIC_REASON_NONE;
}

/* In every unit that the newcomer is to belong to: who enrols for one may not fill another. */
static gboolean
may_enrol (const CosmicFold *fold, const DpopStanding *standing)
{
  if (standing->n_units == 0)
    return dpop_membership_may (fold, DPOP_ACTION_ENROL, NULL, NULL);
  for (guint i = 0; i < standing->n_units; i++)
    if (!dpop_membership_may (fold, DPOP_ACTION_ENROL, &standing->units[i], NULL))
      return FALSE;
  return TRUE;
}

static CosmicReason
apply_add (CosmicFold *fold, GVariant *body)
{
  DpopMemberEntry entry = { .admitted = fold->height };
  CosmicReason reason;
  CosmicId member;
  guint8 state;

  g_variant_get_child (body, 2, "y", &state);
  if (!cosmic_codec_child_id (body, 0, &member) || cosmic_id_is_zero (&member)
      || !cosmic_codec_child_id (body, 3, &entry.import)
      || state < DPOP_MEMBER_APPLICANT || state > DPOP_MEMBER_SUSPENDED)
    return COSMIC_REASON_BAD_BODY;
  if ((reason = read_units (fold, body, &entry.standing)) != COSMIC_REASON_NONE)
    return reason;
  if (!may_enrol (fold, &entry.standing))
    return COSMIC_REASON_NOT_ALLOWED;
  if (cosmic_state_has (fold->state, cosmic_key (TAG_MEMBER, &member, NULL)))
    return COSMIC_REASON_ALREADY;
  if (!take_personal_scope (fold, &entry.standing, &entry.details.scope))
    return DPOP_REASON_WRONG_SCOPE;
  entry.standing.state = state;
  entry.details.operation = fold->operation->id;
  entry.details.import = entry.import;
  entry.details.by_other = TRUE;
  dpop_member_entry_write (fold, &member, NULL, &entry);
  if (!cosmic_id_is_zero (&entry.import))
    dpop_member_put_import (fold, &entry.import, &member);
  return COSMIC_REASON_NONE;
}

const CosmicKind dpop_member_kind_add = {
  .number = DPOP_KIND_MEMBER_ADD,
  .name = "member-add",
  .body_type = DPOP_MEMBER_ADD_TYPE,
  .place = COSMIC_PLACE_AUTHORITY,
  .class = 1,
  .personal = COSMIC_PERSONAL_MUST,
  .subject = 0,
  .since = 1,
  .apply = apply_add,
};

/* --- Particulars. ---------------------------------------------------------------------------- */

static CosmicReason
apply_details (CosmicFold *fold, GVariant *body)
{
  DpopDetailsRef details = { .operation = fold->operation->id };
  DpopMemberEntry before, after;
  CosmicReason reason;
  CosmicId member;

  if (!cosmic_codec_child_id (body, 0, &member)
      || !cosmic_codec_child_id (body, 1, &details.import))
    return COSMIC_REASON_BAD_BODY;
  if (!dpop_member_entry_load (fold->state, &member, &before))
    return COSMIC_REASON_NO_SUCH_SUBJECT;
  reason = dpop_membership_about (fold, DPOP_ACTION_EDIT_MEMBER, &anything, &member,
                                  &before.standing);
  if (reason != COSMIC_REASON_NONE)
    return reason;
  if (!take_personal_scope (fold, &before.standing, &details.scope))
    return DPOP_REASON_WRONG_SCOPE;
  details.by_other = !cosmic_id_same (&member, &fold->member);
  after = before;
  dpop_member_entry_set_details (fold, &after, &details);
  after.touched |= cosmic_id_is_zero (&details.import);
  dpop_member_entry_write (fold, &member, &before, &after);
  if (!cosmic_id_is_zero (&details.import))
    dpop_member_put_import (fold, &details.import, &member);
  return COSMIC_REASON_NONE;
}

const CosmicKind dpop_member_kind_details = {
  .number = DPOP_KIND_MEMBER_DETAILS,
  .name = "member-details",
  .body_type = DPOP_MEMBER_DETAILS_TYPE,
  .place = COSMIC_PLACE_AUTHORITY,
  .class = 1,
  .personal = COSMIC_PERSONAL_MUST,
  .subject = 0,
  .since = 1,
  .apply = apply_details,
};

/* --- From one state to another. -------------------------------------------------------------- */

/* An office falls with its holder's state: that takes their own word, or a decision. */
static gboolean
has_office (const CosmicFold *fold, const DpopStanding *standing)
{
  g_autoptr (DpopCharter) charter = dpop_membership_charter (fold->state);

  return dpop_standing_has_office (standing, charter);
}

/* The last one who can give a role cannot go before there is another. */
static CosmicReason
may_cease (const CosmicFold *fold, const CosmicId *member, const DpopStanding *before,
           const DpopStanding *after)
{
  return dpop_membership_is_last (fold->state, member, before, after) ? COSMIC_REASON_LAST_ONE
                                                                      : COSMIC_REASON_NONE;
}

static CosmicReason
may_move (const CosmicFold *fold, const CosmicId *member, const DpopStanding *before,
          const DpopStanding *after)
{
  DpopCharterTarget target = { .from = before->state, .to = after->state };
  gboolean may, ceases = after->state != DPOP_MEMBER_MEMBER;
  CosmicReason own;

  own = dpop_membership_own_word (fold, DPOP_ACTION_MOVE_MEMBER, &target, member, before);
  may = dpop_membership_may_about (fold, DPOP_ACTION_MOVE_MEMBER, &target, member, before);
  if (own != COSMIC_REASON_NONE && !may)
    return own;
  if (own != COSMIC_REASON_NONE && ceases && has_office (fold, before))
    return COSMIC_REASON_NEEDS_DECISION;
  return ceases ? may_cease (fold, member, before, after) : COSMIC_REASON_NONE;
}

static CosmicReason
apply_state (CosmicFold *fold, GVariant *body)
{
  DpopMemberEntry before, after;
  CosmicReason reason;
  CosmicId member;
  guint8 from, to;

  g_variant_get_child (body, 1, "y", &from);
  g_variant_get_child (body, 2, "y", &to);
  if (!cosmic_codec_child_id (body, 0, &member) || from == to || to == DPOP_MEMBER_FORMER
      || to < DPOP_MEMBER_APPLICANT || to > DPOP_MEMBER_STATE_LAST)
    return COSMIC_REASON_BAD_BODY;
  if (!dpop_member_entry_load (fold->state, &member, &before))
    return COSMIC_REASON_NO_SUCH_SUBJECT;
  if (before.standing.state != from)
    return DPOP_REASON_OTHER_STATE;
  after = before;
  after.standing.state = to;
  after.touched = TRUE;
  if (from == DPOP_MEMBER_FORMER)
    {
      after.admitted = fold->height;
      after.withdrawn = FALSE;
    }
  if ((reason = may_move (fold, &member, &before.standing, &after.standing)) != COSMIC_REASON_NONE)
    return reason;
  dpop_member_entry_write (fold, &member, &before, &after);
  return COSMIC_REASON_NONE;
}

const CosmicKind dpop_member_kind_state = {
  .number = DPOP_KIND_MEMBER_STATE,
  .name = "member-state",
  .body_type = DPOP_MEMBER_STATE_TYPE,
  .place = COSMIC_PLACE_AUTHORITY,
  .class = 1,
  .personal = COSMIC_PERSONAL_NEVER,
  .subject = 0,
  .since = 1,
  .apply = apply_state,
};

/* --- Going. ---------------------------------------------------------------------------------- */

static void
cut_devices (CosmicFold *fold, const CosmicId *member, const GArray *kept)
{
  g_autoptr (GArray) keys = cosmic_authority_devices_of (fold->state, member);

  for (guint i = 0; i < keys->len; i++)
    cosmic_authority_cut_device (fold, &g_array_index (keys, CosmicId, i), kept);
}

/* With who goes by their own word goes the keeping of records. Of others it stays until a decision
 * takes it: their computers are dead, but not their share in what makes a quorum. */
static CosmicReason
resign (CosmicFold *fold, const CosmicId *member, DpopRemoval why)
{
  if (why != DPOP_REMOVAL_LEFT || !cosmic_id_same (member, &fold->member)
      || !dpop_membership_is_witness (fold->state, member))
    return COSMIC_REASON_NONE;
  return dpop_witness_dismiss (fold, member, G_MAXUINT64);
}

/* Who leaves says so, or has it entered; all else is done to them. */
static CosmicReason
may_remove (const CosmicFold *fold, const CosmicId *member, const DpopStanding *before,
            const DpopStanding *after, DpopRemoval why)
{
  DpopCharterTarget target = { .from = before->state, .to = after->state };
  CosmicReason own;

  if (why == DPOP_REMOVAL_LEFT)
    {
      own = dpop_membership_own_word (fold, DPOP_ACTION_MOVE_MEMBER, &target, member, before);
      return own == COSMIC_REASON_NONE ? may_cease (fold, member, before, after) : own;
    }
  if (!dpop_membership_may_about (fold, DPOP_ACTION_MOVE_MEMBER, &target, member, before))
    return COSMIC_REASON_NOT_ALLOWED;
  return has_office (fold, before) ? COSMIC_REASON_NEEDS_DECISION
                                   : may_cease (fold, member, before, after);
}

static CosmicReason
apply_remove (CosmicFold *fold, GVariant *body)
{
  g_autoptr (GArray) kept = cosmic_codec_child_id_set (body, 2, COSMIC_KEPT_MAX);
  DpopMemberEntry before, after;
  CosmicReason reason;
  CosmicId member;
  guint16 why;

  g_variant_get_child (body, 1, "q", &why);
  if (kept == NULL || !cosmic_codec_child_id (body, 0, &member) || why < DPOP_REMOVAL_LEFT
      || why > DPOP_REMOVAL_LAST)
    return COSMIC_REASON_BAD_BODY;
  if (!dpop_member_entry_load (fold->state, &member, &before))
    return COSMIC_REASON_NO_SUCH_SUBJECT;
  if (before.standing.state == DPOP_MEMBER_FORMER)
    return COSMIC_REASON_ALREADY;
  after = before;
  after.standing.state = DPOP_MEMBER_FORMER;
  after.standing.n_roles = 0;
  after.touched = TRUE;
  reason = may_remove (fold, &member, &before.standing, &after.standing, why);
  if (reason == COSMIC_REASON_NONE)
    reason = resign (fold, &member, why);
  if (reason != COSMIC_REASON_NONE)
    return reason;
  dpop_member_entry_write (fold, &member, &before, &after);
  cut_devices (fold, &member, kept);
  return COSMIC_REASON_NONE;
}

const CosmicKind dpop_member_kind_remove = {
  .number = DPOP_KIND_MEMBER_REMOVE,
  .name = "member-remove",
  .body_type = DPOP_MEMBER_REMOVE_TYPE,
  .place = COSMIC_PLACE_AUTHORITY,
  .class = 0,
  .personal = COSMIC_PERSONAL_NEVER,
  .subject = 0,
  .since = 1,
  .apply = apply_remove,
};
