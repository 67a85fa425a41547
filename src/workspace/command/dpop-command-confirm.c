/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-command-confirm.h"

#include "dpop-command-private.h"
#include "dpop-command-rotate.h"

gboolean
dpop_command_confirm_can (DpopProfile *profile)
{
  return dpop_profile_confirms_alone (profile);
}

/* What is refused stays where it is: a fork that nobody here may show harms nothing on hold. */
static gboolean
show_forks (DpopProfile *profile, guint *shown, GError **error)
{
  for (;;)
    {
      g_autoptr (CosmicOperation) a = NULL;
      g_autoptr (CosmicOperation) b = NULL;
      GError *failure = NULL;
      DpopClaim *claim;

      if (!cosmic_log_find_fork (dpop_profile_log (profile), &a, &b, &failure))
        {
          if (failure != NULL)
            g_propagate_error (error, failure);
          return failure == NULL;
        }
      claim = dpop_claim_new (COSMIC_KIND_EQUIVOCATION, cosmic_equivocation_body (a, b), NULL,
                              NULL);
      if (!dpop_profile_say (profile, NULL, claim, NULL, &failure))
        {
          if (dpop_profile_error_reason (failure) == COSMIC_REASON_NONE)
            {
              g_propagate_error (error, failure);
              return FALSE;
            }
          g_error_free (failure);
          return TRUE;
        }
      ++*shown;
    }
}

/* A removal has to be final before anybody is locked out by it: new keys are for those who hold
 * them at a height. So what removes is confirmed first, and the new keys right after. */
gboolean
dpop_command_confirm_within (DpopProfile *profile, DpopCommandConfirmResult *result,
                             GError **error)
{
  DpopCommandConfirmResult done = { 0 };
  guint covered = 0;

  if (!show_forks (profile, &done.forks, error)
      || !dpop_profile_confirm (profile, &done.covered, error)
      || !dpop_command_rotate_due (profile, &done.rotations, error)
      || (done.rotations > 0 && dpop_profile_confirms_alone (profile)
          && !dpop_profile_confirm (profile, &covered, error)))
    return FALSE;
  done.covered += covered;
  done.height = cosmic_log_height (dpop_profile_log (profile));
  if (result != NULL)
    *result = done;
  return TRUE;
}

gboolean
dpop_command_confirm (DpopProfile *profile, DpopCommandConfirmResult *result, GError **error)
{
  if (!dpop_profile_begin (profile, error))
    return FALSE;
  return dpop_command_end (profile, dpop_command_confirm_within (profile, result, error), error);
}
