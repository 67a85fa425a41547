/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-may.h"

G_BEGIN_DECLS

/* What stands where a person is still to type. */
#define DPOP_MAY_STAND_IN "-"

/* The organisation as a whole (zero), and its groups: of CosmicId, ascending. */
GArray *dpop_may_places (const CosmicState *authority);

G_END_DECLS
