/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-member-details.h"
#include "dpop-profile.h"
#include "dpop-standing.h"

G_BEGIN_DECLS

/* Takes a person in. They need no computer: until they have one, others enter what they say. */
typedef struct
{
  const DpopMemberDetails *details;
  const GArray *units;   /* of CosmicId; NULL: none */
  DpopMemberState state; /* 0: as a member */
} DpopCommandEnrol;

typedef struct
{
  CosmicId member;
} DpopCommandEnrolResult;

gboolean dpop_command_enrol (DpopProfile *profile, const DpopCommandEnrol *input,
                             DpopCommandEnrolResult *result, GError **error);

G_END_DECLS
