/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-command-assign.h"

#include "dpop-command-details.h"
#include "dpop-command-private.h"
#include "dpop-command-shares-private.h"
#include "dpop-member-command.h"
#include "dpop-member-query.h"

/* Particulars stay readable for the group that they were entered for; the new one could not read
 * them. Who may not edit them, or lacks a key, leaves it to who can. */
static gboolean
enter_again (DpopProfile *profile, const CosmicId *member, GError **error)
{
  const CosmicState *authority = dpop_profile_state (profile, NULL, error);
  g_autoptr (DpopMemberDetails) details = NULL;
  GError *failure = NULL;
  DpopMember now;
  CosmicId scope, key;

  if (authority == NULL || !dpop_member_query_load (authority, member, &now))
    return authority != NULL;
  dpop_member_query_details_scope (authority, member, &scope);
  if (cosmic_id_same (&scope, &now.details_scope)
      || !cosmic_authority_scope_key (authority, &scope, TRUE, &key, NULL)
      || cosmic_log_key (dpop_profile_log (profile), &key) == NULL
      || (details = dpop_command_details_read (profile, &now.details)) == NULL
      || dpop_profile_say (profile, NULL,
                           dpop_member_command_details (authority, member, NULL, details), NULL,
                           &failure))
    return TRUE;
  if (dpop_profile_error_reason (failure) == COSMIC_REASON_NONE)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  g_error_free (failure);
  return TRUE;
}

gboolean
dpop_command_assign_within (DpopProfile *profile, const DpopCommandAssign *input, GError **error)
{
  const CosmicState *authority = dpop_profile_state (profile, NULL, error);
  g_autoptr (GArray) held = NULL;

  if (authority == NULL)
    return FALSE;
  held = dpop_command_shares_held (authority, &input->member);
  return dpop_profile_say (profile, NULL,
                           dpop_member_command_assign_unit (&input->member, &input->unit,
                                                            !input->out),
                           NULL, error)
         && dpop_command_shares_complete (profile, &input->member, held, NULL, error)
         && enter_again (profile, &input->member, error);
}

gboolean
dpop_command_assign (DpopProfile *profile, const DpopCommandAssign *input, GError **error)
{
  if (!dpop_profile_begin (profile, error))
    return FALSE;
  return dpop_command_end (profile, dpop_command_assign_within (profile, input, error), error);
}
