/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-charter-names.h"
#include "dpop-member-details.h"
#include "dpop-profile.h"

G_BEGIN_DECLS

/* Starts an organisation on this computer: its rules, its founder, its first record keeper (this
 * computer), its first keys. It is confirmed at once. */
typedef struct
{
  const DpopCharter *charter;
  const DpopCharterNames *names;
  const DpopMemberDetails *founder;
} DpopCommandFound;

typedef struct
{
  CosmicId party;
  CosmicId member; /* the founder */
  guint64 height;
} DpopCommandFoundResult;

/* DPOP_PROFILE_ERROR_INVALID for rules with errors, or names that do not fit them. */
gboolean dpop_command_found (DpopProfile *profile, const DpopCommandFound *input,
                             DpopCommandFoundResult *result, GError **error);

G_END_DECLS
