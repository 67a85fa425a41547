/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-command-rotate.h"

G_BEGIN_DECLS

/* New keys for SCOPE, within the caller's transaction. */
gboolean dpop_command_rotate_within (DpopProfile *profile, const CosmicId *scope,
                                     DpopCommandRotateResult *result, GError **error);

G_END_DECLS
