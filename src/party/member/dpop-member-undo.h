/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-fold.h"

G_BEGIN_DECLS

/* What an import brought: (element-type CosmicId), members ascending. Rows that were undone are not
 * among them. */
GArray *dpop_member_undo_rows (const CosmicState *authority, const CosmicId *import);

/* Whether undoing IMPORT would reach MEMBER: DPOP_REASON_HAS_ACTED for those it leaves as they
 * are. Says nothing about who may. */
CosmicReason dpop_member_undo_check (const CosmicState *authority, const CosmicId *import,
                                     const CosmicId *member);

G_END_DECLS
