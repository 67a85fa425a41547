/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-state.h"

G_BEGIN_DECLS

/* What a decision exports once its outcome stands, for `enact` to carry out. It is one entry of the
 * decision's exports, with no id in its key. GVariant `(ybtayqqayay)` [format]:
 *   version 1, accepted, height of the batch that closed the box, the decision's scope,
 *   effect (a DpopEffect; 0: none), role, unit, member.
 * Without an effect, role, unit and member are zero. */
#define DPOP_OUTCOME_EXPORT_TAG  0x40
#define DPOP_OUTCOME_EXPORT_TYPE "(ybtayqqayay)"
/* No outcome is longer. */
#define DPOP_OUTCOME_EXPORT_SIZE_MAX 256

typedef struct
{
  gboolean accepted;
  guint64 height;  /* of the batch that closed the box */
  CosmicId scope;  /* who decided: zero for the party, else a unit */
  guint16 effect;  /* DpopEffect, or 0 */
  guint16 role;    /* DPOP_EFFECT_REVOKE_OFFICE: which */
  CosmicId unit;   /* held for what: zero for the party */
  CosmicId member; /* by whom; DPOP_EFFECT_DISMISS_WITNESS: whose computers */
} DpopOutcomeExport;

CosmicKey dpop_outcome_export_key    (void);
GVariant *dpop_outcome_export_encode (const DpopOutcomeExport *self); /* floating */
/* FALSE for bytes that are no outcome. */
gboolean  dpop_outcome_export_decode (GBytes *bytes, DpopOutcomeExport *self);

G_END_DECLS
