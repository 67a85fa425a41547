/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-profile.h"

G_BEGIN_DECLS

/* New keys for a scope, sealed to exactly those who hold them at the newest confirmation: who is
 * not among them reads nothing that is written from now on. What they read before, they have. */
typedef struct
{
  CosmicId scope; /* zero: the whole organisation's; else a unit's */
} DpopCommandRotate;

typedef struct
{
  guint32 epoch;
  guint computers; /* that the new keys were sealed for */
} DpopCommandRotateResult;

gboolean dpop_command_rotate (DpopProfile *profile, const DpopCommandRotate *input,
                              DpopCommandRotateResult *result, GError **error);

/* Every rotation that is due by what is confirmed, and that this computer may make, within the
 * caller's transaction: a scope is due when someone has held its keys who holds them no longer.
 * *COUNT tells how many. */
gboolean dpop_command_rotate_due (DpopProfile *profile, guint *count, GError **error);
/* How many people have the keys of something that they may not read any more, which
 * dpop_command_rotate_due() would lock them out of. What was found is remembered until something
 * else is confirmed. Outside a transaction. */
gboolean dpop_command_rotate_look (DpopProfile *profile, guint *people, GError **error);
/* The same in a transaction of its own: for computers that confirm nothing, after an exchange. */
gboolean dpop_command_rotate_due_alone (DpopProfile *profile, guint *count, GError **error);

G_END_DECLS
