/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-command-remove.h"

#include "dpop-command-private.h"
#include "dpop-member-command.h"

static gboolean
remove_member (DpopProfile *profile, const DpopCommandRemove *input,
               DpopCommandRemoveResult *result, GError **error)
{
  const CosmicState *authority = dpop_profile_state (profile, NULL, error);
  g_autoptr (GArray) devices = NULL;
  g_autoptr (GArray) kept = NULL;

  if (authority == NULL)
    return FALSE;
  devices = cosmic_authority_devices_of (authority, &input->member);
  kept = dpop_command_signed_by (profile, devices, error);
  if (kept == NULL
      || !dpop_profile_say (profile, NULL,
                            dpop_member_command_remove (&input->member, input->why, kept), NULL,
                            error))
    return FALSE;
  if (result != NULL)
    result->kept = kept->len;
  return TRUE;
}

gboolean
dpop_command_remove (DpopProfile *profile, const DpopCommandRemove *input,
                     DpopCommandRemoveResult *result, GError **error)
{
  if (!dpop_profile_begin (profile, error))
    return FALSE;
  return dpop_command_end (profile, remove_member (profile, input, result, error), error);
}
