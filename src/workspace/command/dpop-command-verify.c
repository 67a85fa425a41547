/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-command-verify.h"

#include "dpop-command-private.h"
#include "dpop-projector.h"

#include <glib/gi18n-lib.h>

static gboolean
check_belongs (DpopProfile *profile, GError **error)
{
  return cosmic_log_is_founded (dpop_profile_log (profile))
         || dpop_command_fail (error, DPOP_PROFILE_ERROR_NOT_A_MEMBER,
                               _("This computer belongs to no organisation yet. Start one, or join "
                                 "one with an invitation."));
}

gboolean
dpop_command_verify (DpopProfile *profile, DpopCommandVerifyProgress progress, gpointer data,
                     CosmicVerifyReport *report, GError **error)
{
  *report = (CosmicVerifyReport){ 0 };
  return check_belongs (profile, error)
         && cosmic_log_verify (dpop_profile_log (profile), progress, data, report, error)
         && (!dpop_profile_has_projector (profile)
             || dpop_projector_check (profile, report->faults, error));
}

gboolean
dpop_command_state_hash (DpopProfile *profile, DpopCommandStateHash *result, GError **error)
{
  CosmicLog *log = dpop_profile_log (profile);

  if (!check_belongs (profile, error))
    return FALSE;
  *result = (DpopCommandStateHash){ .height = cosmic_log_height (log),
                                    .root = *cosmic_log_state_root (log),
                                    .open = cosmic_log_n_open (log) };
  return cosmic_log_tail_hash (log, &result->tail, error);
}
