/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-command-accept.h"

#include "dpop-command-code-private.h"
#include "dpop-command-confirm.h"
#include "dpop-command-private.h"
#include "dpop-command-shares-private.h"

static gboolean
admit (DpopProfile *profile, const CosmicRequest *request, gboolean *confirmed, GError **error)
{
  const CosmicState *authority = dpop_profile_state (profile, NULL, error);
  g_auto (DpopCommandShares) shares = { 0 };
  gboolean further;
  CosmicId own, root;

  dpop_command_shares_init (&shares, profile);
  if (authority == NULL || !dpop_profile_own_member (profile, &own, error))
    return FALSE;
  further = cosmic_id_same (&own, &request->member);
  if (!dpop_command_shares_for (&shares, &request->member, &request->seal, further, NULL, error))
    return FALSE;
  dpop_command_shares_root (&shares, &root);
  if (!dpop_profile_say (profile, NULL,
                         dpop_claim_new (COSMIC_KIND_DEVICE_ADD,
                                         cosmic_device_add_body (request, &root), NULL, NULL),
                         NULL, error)
      || !dpop_command_shares_store (&shares, error))
    return FALSE;
  *confirmed = dpop_command_confirm_can (profile);
  return !*confirmed || dpop_command_confirm_within (profile, NULL, error);
}

/* Whether the computer that asks was let in before, as the same member's and with the same key. Its
 * file may not have come to it: the right is used up, but what it bought is there. */
static gboolean
is_in (DpopProfile *profile, const CosmicRequest *request)
{
  const CosmicState *authority = dpop_profile_state (profile, NULL, NULL);
  CosmicDevice device;

  return authority != NULL && cosmic_authority_device (authority, &request->device, &device)
         && !device.off && cosmic_id_same (&device.member, &request->member)
         && cosmic_id_same (&device.seal, &request->seal);
}

gboolean
dpop_command_accept (DpopProfile *profile, const DpopCommandAccept *input,
                     DpopCommandAcceptResult *result, GError **error)
{
  DpopCommandAcceptResult done = { 0 };
  CosmicRequest request;

  if (!dpop_command_code_request (profile, input->request, &request, error))
    return FALSE;
  done.again = is_in (profile, &request);
  if (!done.again
      && (!dpop_profile_begin (profile, error)
          || !dpop_command_end (profile, admit (profile, &request, &done.confirmed, error), error)))
    return FALSE;
  done.member = request.member;
  done.device = request.device;
  if (input->path != NULL)
    {
      const DpopBundleWish wish = { .newcomer = &request.seal };

      if (!dpop_bundle_export (dpop_profile_log (profile), input->path, &wish, NULL, &done.file,
                               error))
        return FALSE;
    }
  if (result != NULL)
    *result = done;
  return TRUE;
}
