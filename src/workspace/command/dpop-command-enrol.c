/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-command-enrol.h"

#include "dpop-command-details.h"
#include "dpop-command-private.h"
#include "dpop-member-command.h"

gboolean
dpop_command_enrol (DpopProfile *profile, const DpopCommandEnrol *input,
                    DpopCommandEnrolResult *result, GError **error)
{
  DpopMemberState state = input->state != 0 ? input->state : DPOP_MEMBER_MEMBER;
  CosmicId member;

  dpop_command_new_id (profile, &member);
  if (!dpop_command_details_check (input->details, error)
      || !dpop_profile_say_alone (profile, NULL,
                                  dpop_member_command_add (&member, input->units, state, NULL,
                                                           input->details),
                                  NULL, error))
    return FALSE;
  if (result != NULL)
    result->member = member;
  return TRUE;
}
