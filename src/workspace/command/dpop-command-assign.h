/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-profile.h"

G_BEGIN_DECLS

/* Puts a member into a local group, or takes them out. Their computers get the group's keys; and
 * their particulars, where this computer has them, are entered again for the eyes of the group they
 * belong to from now on. */
typedef struct
{
  CosmicId member;
  CosmicId unit;
  gboolean out; /* FALSE: into it */
} DpopCommandAssign;

gboolean dpop_command_assign (DpopProfile *profile, const DpopCommandAssign *input,
                              GError **error);

/* The same within the caller's transaction. */
gboolean dpop_command_assign_within (DpopProfile *profile, const DpopCommandAssign *input,
                                     GError **error);

G_END_DECLS
