/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-member-details.h"
#include "dpop-profile.h"

G_BEGIN_DECLS

/* A member's particulars, as they are from now on: one's own, or another's where the rules allow
 * it. */
typedef struct
{
  CosmicId member;
  const DpopMemberDetails *details;
} DpopCommandDetails;

typedef struct
{
  CosmicId operation;
} DpopCommandDetailsResult;

gboolean dpop_command_details (DpopProfile *profile, const DpopCommandDetails *input,
                               DpopCommandDetailsResult *result, GError **error);

/* FALSE, with DPOP_PROFILE_ERROR_INVALID and the field in words, for what cannot be kept. */
gboolean dpop_command_details_check (const DpopMemberDetails *details, GError **error);

/* The particulars that came with OPERATION; NULL when there are none, or they are erased or not for
 * this computer's eyes. The caller frees. */
DpopMemberDetails *dpop_command_details_read (DpopProfile *profile, const CosmicId *operation);

G_END_DECLS
