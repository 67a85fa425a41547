/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-fold.h"

G_BEGIN_DECLS

/* Rules version 1: every kind of operation that there is, cosmic's and ours, with the policy that
 * judges them. Lives as long as the program. */
const CosmicRules *dpop_rules (void);

G_END_DECLS
