/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-command-role.h"

#include "dpop-command-private.h"
#include "dpop-command-shares-private.h"
#include "dpop-member-command.h"

static gboolean
give_or_take (DpopProfile *profile, const DpopCommandRole *input, GError **error)
{
  const CosmicState *authority = dpop_profile_state (profile, NULL, error);
  g_autoptr (GArray) held = NULL;
  DpopClaim *claim;

  if (authority == NULL)
    return FALSE;
  held = dpop_command_shares_held (authority, &input->member);
  claim = input->take ? dpop_member_command_revoke (&input->member, input->role, &input->unit)
                      : dpop_member_command_grant (&input->member, input->role, &input->unit);
  return dpop_profile_say (profile, NULL, claim, NULL, error)
         && dpop_command_shares_complete (profile, &input->member, held, NULL, error);
}

gboolean
dpop_command_role (DpopProfile *profile, const DpopCommandRole *input, GError **error)
{
  if (!dpop_profile_begin (profile, error))
    return FALSE;
  return dpop_command_end (profile, give_or_take (profile, input, error), error);
}
