/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-authority-private.h"

const CosmicKind *const cosmic_kinds[] = {
  &cosmic_kind_genesis,  &cosmic_kind_invitation, &cosmic_kind_device_add,
  &cosmic_kind_device_off, &cosmic_kind_rotation, &cosmic_kind_share,
  &cosmic_kind_equivocation, &cosmic_kind_erase, &cosmic_kind_witness_offer,
  &cosmic_kind_device_attach, &cosmic_kind_attach_support, &cosmic_kind_attach_veto,
};
const guint cosmic_n_kinds = G_N_ELEMENTS (cosmic_kinds);
