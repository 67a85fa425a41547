/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-profile.h"
#include "dpop-standing.h"

G_BEGIN_DECLS

/* Another state for a member, as the rules' table of moves allows: admitted, suspended, back again.
 * Who goes altogether is removed (dpop-command-remove.h). */
typedef struct
{
  CosmicId member;
  DpopMemberState to; /* any but former */
} DpopCommandMove;

typedef struct
{
  DpopMemberState from;
} DpopCommandMoveResult;

gboolean dpop_command_move (DpopProfile *profile, const DpopCommandMove *input,
                            DpopCommandMoveResult *result, GError **error);

G_END_DECLS
