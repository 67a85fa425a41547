/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-profile.h"

G_BEGIN_DECLS

/* A newcomer's computer takes an invitation and makes of it a request, which only the inviter's
 * computer can read: to be carried there as text or file. The profile belongs to the organisation
 * from then on, but knows nothing of it until it takes in its first transfer file. Another
 * invitation may be taken until then. */
typedef struct
{
  const char *invitation; /* its text */
} DpopCommandJoin;

typedef struct
{
  CosmicId party;
  CosmicId member; /* as whom */
  char *request;
} DpopCommandJoinResult;

/* RESULT, to be cleared, is what it is for. */
gboolean dpop_command_join (DpopProfile *profile, const DpopCommandJoin *input,
                            DpopCommandJoinResult *result, GError **error);
void     dpop_command_join_result_clear (DpopCommandJoinResult *self);

/* After a transfer file came in: whether the history is the one that the invitation speaks of.
 * Without an invitation it is. DPOP_PROFILE_ERROR_INVALID when it is another. */
gboolean dpop_command_join_check (DpopProfile *profile, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DpopCommandJoinResult, dpop_command_join_result_clear)

G_END_DECLS
