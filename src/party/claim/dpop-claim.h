/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-operation.h"

G_BEGIN_DECLS

/* What a person says, before it is an operation: plain values that a command made of typed input.
 * Whoever signs it adds stream, base, parents and keys. */
typedef struct
{
  guint16 kind;
  GVariant *body;
  GVariant *personal;      /* NULL: without a personal part */
  CosmicId personal_scope; /* whose personal key the personal part is enveloped with */
} DpopClaim;

/* Sinks BODY and PERSONAL if they float, else takes a reference of its own. SCOPE (may be NULL: the
 * party's own) is of no matter without PERSONAL. */
DpopClaim *dpop_claim_new  (guint16 kind, GVariant *body, GVariant *personal,
                            const CosmicId *scope);
void       dpop_claim_free (DpopClaim *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopClaim, dpop_claim_free)

G_END_DECLS
