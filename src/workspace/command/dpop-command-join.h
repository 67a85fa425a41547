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

/* What an invitation says by itself. Whose it is, its organisation alone knows. */
typedef struct
{
  CosmicId party;
  CosmicId member;  /* whom it is for */
  gint64 expires;   /* ms */
  gboolean further; /* for a further computer of someone who is in already */
} DpopCommandJoinLook;

/* Looks at an invitation's text at the time NOW (ms), without a profile. When it cannot be used,
 * the error says why, and in which line; *UNFINISHED (may be NULL): it is only not at its end
 * yet. */
gboolean dpop_command_join_look (const char *invitation, gint64 now, DpopCommandJoinLook *result,
                                 gboolean *unfinished, GError **error);

/* RESULT, to be cleared, is what it is for. The request is kept in the profile. */
gboolean dpop_command_join (DpopProfile *profile, const DpopCommandJoin *input,
                            DpopCommandJoinResult *result, GError **error);
void     dpop_command_join_result_clear (DpopCommandJoinResult *self);

/* The request that was made last; NULL without an error when none was. The caller frees. */
char    *dpop_command_join_request (DpopProfile *profile, GError **error);

/* After a transfer file came in: whether the history is the one that the invitation speaks of.
 * Without an invitation it is. DPOP_PROFILE_ERROR_INVALID when it is another. */
gboolean dpop_command_join_check (DpopProfile *profile, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DpopCommandJoinResult, dpop_command_join_result_clear)

G_END_DECLS
