/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vector-claim.h"

void
vector_claim_write (VectorFile *file, const CosmicRules *rules, const char *name, DpopClaim *claim)
{
  const CosmicKind *kind = cosmic_rules_kind (rules, claim->kind);

  vector_file_value (file, name, "body", kind->body_type, claim->body);
  vector_file_number (file, "kind", kind->number);
  vector_file_text (file, "kind_name", kind->name);
  vector_file_number (file, "class", kind->class);
  vector_file_number (file, "personal", kind->personal);
  vector_file_number (file, "subject", (guint64) (kind->subject + 1));
  dpop_claim_free (claim);
}
