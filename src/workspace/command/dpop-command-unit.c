/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-command-unit.h"

#include "dpop-command-private.h"
#include "dpop-command-shares-private.h"
#include "dpop-member-command.h"
#include "dpop-membership-policy.h"
#include "dpop-membership.h"
#include "dpop-unit.h"

#include <glib/gi18n-lib.h>

/* Of a group that is about to be: nobody belongs to it, so its readers are those of every group. */
static gboolean
will_read (const CosmicState *authority, const CosmicId *member, const CosmicId *unit)
{
  return dpop_membership_policy_holds (authority, member, &cosmic_id_zero, TRUE)
         && dpop_membership_lets (authority, member, DPOP_ACTION_READ_MEMBER, unit, NULL);
}

static gboolean
add_unit (DpopProfile *profile, const DpopCommandUnit *input, DpopCommandUnitResult *result,
          GError **error)
{
  const CosmicState *authority = dpop_profile_state (profile, NULL, error);
  g_autoptr (CosmicScopeKey) body = dpop_command_new_key (profile);
  g_autoptr (CosmicScopeKey) personal = dpop_command_new_key (profile);
  g_auto (DpopCommandShares) shares = { 0 };
  CosmicId unit, root;

  dpop_command_new_id (profile, &unit);
  dpop_command_shares_init (&shares, profile);
  if (authority == NULL
      || !dpop_command_shares_epoch (&shares, authority, &unit, 0, body, personal, will_read,
                                     error))
    return FALSE;
  dpop_command_shares_root (&shares, &root);
  if (!dpop_profile_say (profile, NULL,
                         dpop_member_command_add_unit (&unit, input->kind,
                                                       cosmic_scope_key_id (body),
                                                       cosmic_scope_key_id (personal), &root,
                                                       input->name),
                         NULL, error)
      || !dpop_command_shares_store (&shares, error)
      || !cosmic_log_add_key (dpop_profile_log (profile), body, error)
      || !cosmic_log_add_key (dpop_profile_log (profile), personal, error))
    return FALSE;
  if (result != NULL)
    *result = (DpopCommandUnitResult){ unit, shares.envelopes->len };
  return TRUE;
}

static gboolean
check_name (const char *name, GError **error)
{
  return dpop_unit_name_fits (name)
         || dpop_command_fail (error, DPOP_PROFILE_ERROR_INVALID,
                               _("A group needs a name of one line, not too long."));
}

gboolean
dpop_command_unit (DpopProfile *profile, const DpopCommandUnit *input,
                   DpopCommandUnitResult *result, GError **error)
{
  if (!check_name (input->name, error) || !dpop_profile_begin (profile, error))
    return FALSE;
  return dpop_command_end (profile, add_unit (profile, input, result, error), error);
}

gboolean
dpop_command_unit_rename (DpopProfile *profile, const CosmicId *unit, const char *name,
                          GError **error)
{
  return check_name (name, error)
         && dpop_profile_say_alone (profile, NULL, dpop_member_command_name_unit (unit, name),
                                    NULL, error);
}
