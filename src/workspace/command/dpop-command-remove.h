/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-member.h"
#include "dpop-profile.h"

G_BEGIN_DECLS

/* A member goes: by their own word or the rules'. Their computers are switched off. What they said
 * and this computer knows of stays; what turns up later is dead. With the next confirmation, what
 * is written from then on cannot be read by them. */
typedef struct
{
  CosmicId member;
  DpopRemoval why;
} DpopCommandRemove;

typedef struct
{
  guint kept; /* entries of theirs that are not confirmed yet, and stay */
} DpopCommandRemoveResult;

gboolean dpop_command_remove (DpopProfile *profile, const DpopCommandRemove *input,
                              DpopCommandRemoveResult *result, GError **error);

G_END_DECLS
