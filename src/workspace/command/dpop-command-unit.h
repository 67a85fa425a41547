/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-profile.h"

G_BEGIN_DECLS

/* A new local group, with keys of its own: its members' particulars are for the eyes of the group
 * and of those whom the rules name. Its own name is for everyone. */
typedef struct
{
  const char *name;
  guint8 kind; /* which of the rules' kinds of group */
} DpopCommandUnit;

typedef struct
{
  CosmicId unit;
  guint computers; /* that its keys were sealed for */
} DpopCommandUnitResult;

gboolean dpop_command_unit (DpopProfile *profile, const DpopCommandUnit *input,
                            DpopCommandUnitResult *result, GError **error);

gboolean dpop_command_unit_rename (DpopProfile *profile, const CosmicId *unit, const char *name,
                                   GError **error);

G_END_DECLS
