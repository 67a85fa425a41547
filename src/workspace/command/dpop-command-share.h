/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-profile.h"

G_BEGIN_DECLS

/* Hands a member's computers the keys of all that they may read and this computer's member may
 * too: for who joined through someone who did not have them all. Nobody gets what they may not
 * have. */
typedef struct
{
  CosmicId member;
} DpopCommandShare;

/* *GIVEN (may be NULL) tells how many. DPOP_PROFILE_ERROR_NOT_FOUND for a member without a
 * computer. */
gboolean dpop_command_share (DpopProfile *profile, const DpopCommandShare *input, guint *given,
                             GError **error);

G_END_DECLS
