/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-fold.h"
#include "dpop-claim.h"
#include "vector-file.h"

G_BEGIN_DECLS

/* A vector of the body of CLAIM, which it takes, with what RULES say of its kind. */
void vector_claim_write (VectorFile *file, const CosmicRules *rules, const char *name,
                         DpopClaim *claim);

G_END_DECLS
