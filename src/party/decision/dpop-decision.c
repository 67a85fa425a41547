/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-decision.h"

const CosmicKind *const dpop_decision_kinds[] = {
  &dpop_kind_propose,         &dpop_kind_text, &dpop_kind_option,
  &dpop_kind_option_withdraw, &dpop_kind_open, &dpop_kind_vote,
  &dpop_kind_close,           &dpop_kind_stop,
};
const guint dpop_decision_n_kinds = G_N_ELEMENTS (dpop_decision_kinds);
