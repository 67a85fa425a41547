/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-member-entry-private.h"

const CosmicKind *const dpop_member_kinds[] = {
  &dpop_member_kind_add,    &dpop_member_kind_details, &dpop_member_kind_state,
  &dpop_member_kind_remove, &dpop_member_kind_undo,    &dpop_role_kind_grant,
  &dpop_role_kind_revoke,   &dpop_unit_kind_add,       &dpop_unit_kind_name,
  &dpop_unit_kind_assign,   &dpop_enact_kind,          &dpop_witness_kind_appoint,
  &dpop_witness_kind_resign,
};
const guint dpop_member_n_kinds = G_N_ELEMENTS (dpop_member_kinds);
