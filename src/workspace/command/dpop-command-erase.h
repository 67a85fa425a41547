/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-profile.h"

G_BEGIN_DECLS

/* Deletes for everyone what was typed: single texts, by who wrote them or who is trusted with data
 * protection; or all that was typed about members, by themselves or the latter. It hides at once;
 * when it is confirmed it is deleted from this computer for good, and from every other that hears
 * of it. What was decided, and every check number, stays as it is. */
typedef struct
{
  const GArray *operations; /* of CosmicId; NULL: none */
  const GArray *members;    /* of CosmicId; NULL: none */
} DpopCommandErase;

typedef struct
{
  guint claims;       /* that were needed */
  gboolean confirmed; /* by this computer, just now: nothing of it is left here */
} DpopCommandEraseResult;

/* DPOP_PROFILE_ERROR_NOT_FOUND for an operation that is not here. All of it or nothing. */
gboolean dpop_command_erase (DpopProfile *profile, const DpopCommandErase *input,
                             DpopCommandEraseResult *result, GError **error);

G_END_DECLS
