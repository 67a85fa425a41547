/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-command-recover.h"

#include "cosmic-authority.h"
#include "dpop-command-code-private.h"
#include "dpop-command-confirm.h"
#include "dpop-command-private.h"
#include "dpop-command-shares-private.h"

#include <glib/gi18n-lib.h>

static gboolean
say (DpopProfile *profile, guint16 kind, GVariant *body, GError **error)
{
  return dpop_profile_say_alone (profile, NULL, dpop_claim_new (kind, body, NULL, NULL), NULL,
                                 error);
}

gboolean
dpop_command_recover (DpopProfile *profile, const char *request, CosmicId *device, GError **error)
{
  CosmicRequest read;

  if (!dpop_command_code_request (profile, request, &read, error))
    return FALSE;
  if (read.invited)
    return dpop_command_fail (error, DPOP_PROFILE_ERROR_INVALID,
                              _("This request answers an ordinary invitation. Accept it instead."));
  if (!say (profile, COSMIC_KIND_DEVICE_ATTACH, cosmic_device_attach_body (&read), error))
    return FALSE;
  *device = read.device;
  return TRUE;
}

gboolean
dpop_command_recover_support (DpopProfile *profile, const CosmicId *device, GError **error)
{
  return say (profile, COSMIC_KIND_ATTACH_SUPPORT, cosmic_attach_support_body (device), error);
}

gboolean
dpop_command_recover_veto (DpopProfile *profile, const CosmicId *device, GError **error)
{
  return say (profile, COSMIC_KIND_ATTACH_VETO, cosmic_attach_veto_body (device), error);
}

GArray *
dpop_command_recover_list (DpopProfile *profile, GError **error)
{
  const CosmicState *authority = dpop_profile_state (profile, NULL, error);

  return authority != NULL ? cosmic_authority_attachments (authority) : NULL;
}

/* --- Handing over. ---------------------------------------------------------------------------- */

static gboolean
share (DpopProfile *profile, const CosmicDevice *device, GError **error)
{
  return dpop_command_shares_complete (profile, &device->member, NULL, NULL, error)
         && (!dpop_command_confirm_can (profile)
             || dpop_command_confirm_within (profile, NULL, error));
}

gboolean
dpop_command_recover_hand_over (DpopProfile *profile, const CosmicId *device, const char *path,
                                DpopBundleExport *file, GError **error)
{
  const CosmicState *authority = dpop_profile_state (profile, NULL, error);
  CosmicDevice found;
  const DpopBundleWish wish = { .newcomer = &found.seal };

  if (authority == NULL)
    return FALSE;
  if (!cosmic_authority_device (authority, device, &found) || found.off)
    return dpop_command_fail (error, DPOP_PROFILE_ERROR_NOT_FOUND,
                              _("This computer is not let in yet. Wait until enough officers "
                                "support it, the time for a veto is over, and that is "
                                "confirmed."));
  return dpop_profile_begin (profile, error)
         && dpop_command_end (profile, share (profile, &found, error), error)
         && dpop_bundle_export (dpop_profile_log (profile), path, &wish, NULL, file, error);
}
