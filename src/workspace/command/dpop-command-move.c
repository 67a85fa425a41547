/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-command-move.h"

#include "dpop-command-private.h"
#include "dpop-command-shares-private.h"
#include "dpop-member-command.h"
#include "dpop-membership.h"

#include <glib/gi18n-lib.h>

static gboolean
move (DpopProfile *profile, const DpopCommandMove *input, DpopCommandMoveResult *result,
      GError **error)
{
  const CosmicState *authority = dpop_profile_state (profile, NULL, error);
  g_autoptr (GArray) held = NULL;
  DpopStanding standing;

  if (authority == NULL)
    return FALSE;
  if (!dpop_membership_standing (authority, &input->member, &standing))
    return dpop_profile_refuse (error, COSMIC_REASON_NO_SUCH_SUBJECT);
  if (standing.state == input->to)
    return dpop_profile_refuse (error, COSMIC_REASON_ALREADY);
  held = dpop_command_shares_held (authority, &input->member);
  if (!dpop_profile_say (profile, NULL,
                         dpop_member_command_state (&input->member, standing.state, input->to),
                         NULL, error)
      || !dpop_command_shares_complete (profile, &input->member, held, NULL, error))
    return FALSE;
  if (result != NULL)
    result->from = standing.state;
  return TRUE;
}

gboolean
dpop_command_move (DpopProfile *profile, const DpopCommandMove *input,
                   DpopCommandMoveResult *result, GError **error)
{
  if (input->to == DPOP_MEMBER_FORMER)
    return dpop_command_fail (error, DPOP_PROFILE_ERROR_INVALID,
                              _("Who leaves is removed, with the reason."));
  if (!dpop_profile_begin (profile, error))
    return FALSE;
  return dpop_command_end (profile, move (profile, input, result, error), error);
}
