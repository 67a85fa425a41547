/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-claim.h"

DpopClaim *
dpop_claim_new (guint16 kind, GVariant *body, GVariant *personal, const CosmicId *scope)
{
  DpopClaim *self = g_new0 (DpopClaim, 1);

  self->kind = kind;
  self->body = g_variant_ref_sink (body);
  if (personal != NULL)
    self->personal = g_variant_ref_sink (personal);
  if (scope != NULL)
    self->personal_scope = *scope;
  return self;
}

void
dpop_claim_free (DpopClaim *self)
{
  if (self == NULL)
    return;
  g_variant_unref (self->body);
  g_clear_pointer (&self->personal, g_variant_unref);
  g_free (self);
}
