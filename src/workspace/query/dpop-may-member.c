/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-may-member.h"

#include "dpop-may-private.h"
#include "dpop-member-command.h"
#include "dpop-member-query.h"
#include "dpop-membership.h"

#include <glib/gi18n-lib.h>

/* What is asked, and of whom. */
typedef struct
{
  DpopProfile *profile;
  const CosmicState *authority;
  const CosmicId *member;
  CosmicId own;
  DpopMember now; /* how they stand */
} Ask;

/* --- Particulars and computers. --------------------------------------------------------------- */

static gboolean
may_edit (const Ask *ask, DpopMay *may, GError **error)
{
  g_autoptr (DpopMemberDetails) details = dpop_member_details_new ();

  dpop_member_details_set (details, DPOP_MEMBER_DETAILS_NAME, DPOP_MAY_STAND_IN);
  return dpop_may_say (ask->profile, NULL,
                       dpop_member_command_details (ask->authority, ask->member, NULL, details),
                       may, error);
}

/* Asked with this computer's own key where a new one would stand. A further computer of one's own
 * is let in by oneself, and its invitation is no claim. */
static gboolean
may_invite (const Ask *ask, DpopMay *may, GError **error)
{
  gint64 now = dpop_clock_now (dpop_profile_clock (ask->profile));
  CosmicId key;

  *may = dpop_may_yes ();
  if (cosmic_id_same (ask->member, &ask->own))
    return TRUE;
  if (ask->now.has_device)
    {
      *may = dpop_may_not (_("This member has a computer already. They invite a further one "
                             "themselves, with it."));
      return TRUE;
    }
  dpop_profile_device_id (ask->profile, &key);
  return dpop_may_say (ask->profile, NULL,
                       dpop_claim_new (COSMIC_KIND_INVITATION,
                                       cosmic_invitation_body (&key, ask->member, now + 1), NULL,
                                       NULL),
                       may, error);
}

/* The folds' own question of who may speak for whom. */
static DpopMay
may_act_for (const Ask *ask)
{
  const CosmicFold fold = { .authority = ask->authority, .member = ask->own };

  if (cosmic_id_same (ask->member, &ask->own))
    return dpop_may_not (_("You say it yourself."));
  return dpop_may_refused (dpop_membership_acts_for (&fold, ask->member));
}

static gboolean
may_erase (const Ask *ask, DpopMay *may, GError **error)
{
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (CosmicId));

  g_array_append_vals (members, ask->member, 1);
  return dpop_may_say (ask->profile, NULL,
                       dpop_claim_new (COSMIC_KIND_ERASE, cosmic_erase_body (NULL, members), NULL,
                                       NULL),
                       may, error);
}

gboolean
dpop_may_switch_off (DpopProfile *profile, const CosmicId *device, DpopMay *may, GError **error)
{
  CosmicId own;

  dpop_profile_device_id (profile, &own);
  if (cosmic_id_same (&own, device))
    {
      *may = dpop_may_not (_("This is the computer you are using. Switch it off from another one, "
                             "or ask someone who may."));
      return TRUE;
    }
  return dpop_may_say (profile, NULL,
                       dpop_claim_new (COSMIC_KIND_DEVICE_OFF,
                                       cosmic_device_off_body (device, 0, NULL), NULL, NULL),
                       may, error);
}

/* --- Membership. ------------------------------------------------------------------------------ */

static gboolean
ask_moves (const Ask *ask, DpopMayMember *self, GError **error)
{
  DpopMemberState from = ask->now.standing.state;

  self->move[0] = self->move[DPOP_MEMBER_FORMER] = dpop_may_refused (COSMIC_REASON_BAD_BODY);
  for (guint to = DPOP_MEMBER_APPLICANT; to < DPOP_MEMBER_FORMER; to++)
    if (to == from)
      self->move[to] = dpop_may_refused (COSMIC_REASON_ALREADY);
    else if (!dpop_may_say (ask->profile, NULL,
                            dpop_member_command_state (ask->member, from, (DpopMemberState) to),
                            &self->move[to], error))
      return FALSE;
  self->remove[0] = dpop_may_refused (COSMIC_REASON_BAD_BODY);
  for (guint why = DPOP_REMOVAL_LEFT; why <= DPOP_REMOVAL_LAST; why++)
    if (!dpop_may_say (ask->profile, NULL,
                       dpop_member_command_remove (ask->member, (DpopRemoval) why, NULL),
                       &self->remove[why], error))
      return FALSE;
  return TRUE;
}

static gboolean
ask_units (const Ask *ask, DpopMayMember *self, GError **error)
{
  g_autoptr (GArray) places = dpop_may_places (ask->authority);

  for (guint i = 1; i < places->len; i++)
    {
      DpopMayUnit line = { .unit = g_array_index (places, CosmicId, i) };

      line.belongs = dpop_standing_in_unit (&ask->now.standing, &line.unit);
      if (!dpop_may_say (ask->profile, NULL,
                         dpop_member_command_assign_unit (ask->member, &line.unit, !line.belongs),
                         &line.may, error))
        return FALSE;
      g_array_append_val (self->units, line);
    }
  return TRUE;
}

/* --- Roles. ----------------------------------------------------------------------------------- */

gboolean
dpop_may_role (DpopProfile *profile, const CosmicId *member, guint16 role, const CosmicId *unit,
               gboolean take, DpopMay *may, GError **error)
{
  return dpop_may_say (profile, NULL,
                       take ? dpop_member_command_revoke (member, role, unit)
                            : dpop_member_command_grant (member, role, unit),
                       may, error);
}

static gboolean
ask_role (const Ask *ask, guint role, const CosmicId *unit, DpopMayMember *self, GError **error)
{
  DpopMayRole line = { .role = (guint16) role, .unit = *unit };

  line.held = dpop_standing_role (&ask->now.standing, line.role, unit) != NULL;
  if (!dpop_may_role (ask->profile, ask->member, line.role, unit, line.held, &line.may, error))
    return FALSE;
  g_array_append_val (self->roles, line);
  return TRUE;
}

/* The groups that roles are asked for: where they belong, and where they hold one. */
static GArray *
role_units (const DpopStanding *standing)
{
  GArray *units = g_array_new (FALSE, FALSE, sizeof (CosmicId));

  g_array_append_vals (units, standing->units, standing->n_units);
  for (guint i = 0; i < standing->n_roles; i++)
    if (!cosmic_id_is_zero (&standing->roles[i].unit))
      g_array_append_val (units, standing->roles[i].unit);
  cosmic_ids_normalise (units);
  return units;
}

static gboolean
ask_roles (const Ask *ask, DpopMayMember *self, GError **error)
{
  g_autoptr (DpopCharter) charter = dpop_membership_charter (ask->authority);
  g_autoptr (GArray) units = role_units (&ask->now.standing);

  for (guint role = 0; charter != NULL && role < charter->n_roles; role++)
    if (charter->roles[role].scope == DPOP_SCOPE_PARTY
        && !ask_role (ask, role, &cosmic_id_zero, self, error))
      return FALSE;
  for (guint i = 0; i < units->len; i++)
    for (guint role = 0; charter != NULL && role < charter->n_roles; role++)
      if (charter->roles[role].scope == DPOP_SCOPE_UNIT
          && !ask_role (ask, role, &g_array_index (units, CosmicId, i), self, error))
        return FALSE;
  return TRUE;
}

/* --- All of it. ------------------------------------------------------------------------------- */

static gboolean
begin (Ask *ask, DpopProfile *profile, const CosmicId *member, GError **error)
{
  *ask = (Ask){ .profile = profile, .member = member };
  ask->authority = dpop_profile_state (profile, NULL, error);
  if (ask->authority == NULL || !dpop_profile_own_member (profile, &ask->own, error))
    return FALSE;
  if (dpop_member_query_load (ask->authority, member, &ask->now))
    return TRUE;
  g_set_error_literal (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_NOT_FOUND,
                       _("There is no such member here."));
  return FALSE;
}

DpopMayMember *
dpop_may_member_new (DpopProfile *profile, const CosmicId *member, GError **error)
{
  g_autoptr (DpopMayMember) self = NULL;
  Ask ask;

  if (!begin (&ask, profile, member, error))
    return NULL;
  self = g_new0 (DpopMayMember, 1);
  self->roles = g_array_new (FALSE, FALSE, sizeof (DpopMayRole));
  self->units = g_array_new (FALSE, FALSE, sizeof (DpopMayUnit));
  self->self = cosmic_id_same (member, &ask.own);
  self->act_for = may_act_for (&ask);
  if (!may_edit (&ask, &self->edit, error) || !may_invite (&ask, &self->invite, error)
      || !may_erase (&ask, &self->erase, error) || !ask_moves (&ask, self, error)
      || !ask_roles (&ask, self, error) || !ask_units (&ask, self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
dpop_may_member_free (DpopMayMember *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->roles);
  g_array_unref (self->units);
  g_free (self);
}
