/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-command-share.h"

#include "dpop-command-private.h"
#include "dpop-command-shares-private.h"

#include <glib/gi18n-lib.h>

static gboolean
share (DpopProfile *profile, const CosmicId *member, guint *given, GError **error)
{
  const CosmicState *authority = dpop_profile_state (profile, NULL, error);

  if (authority == NULL)
    return FALSE;
  if (!cosmic_authority_has_device (authority, member))
    return dpop_command_fail (error, DPOP_PROFILE_ERROR_NOT_FOUND,
                              _("This member has no computer that could use keys."));
  return dpop_command_shares_complete (profile, member, NULL, given, error);
}

gboolean
dpop_command_share (DpopProfile *profile, const DpopCommandShare *input, guint *given,
                    GError **error)
{
  if (!dpop_profile_begin (profile, error))
    return FALSE;
  return dpop_command_end (profile, share (profile, &input->member, given, error), error);
}
