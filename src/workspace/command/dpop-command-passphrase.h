/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-profile.h"

G_BEGIN_DECLS

/* Another passphrase for the profile. COST is DPOP_VAULT_COST_CALIBRATED for everybody who has a
 * passphrase. The old one is checked. */
gboolean dpop_command_passphrase (DpopProfile *profile, const CosmicSecret *old_passphrase,
                                  const CosmicSecret *new_passphrase, CosmicPasswordCost cost,
                                  GError **error);

/* Whether it is the profile's: an error that says so if it is not. */
gboolean dpop_command_passphrase_check (DpopProfile *profile, const CosmicSecret *passphrase,
                                        GError **error);

/* "The key leaked": everything in FOLDER is encrypted again under a new root key. The profile must
 * be closed. After any crash the old or the new state opens, whole. */
gboolean dpop_command_passphrase_reencrypt (const char *folder, const CosmicSecret *passphrase,
                                            CosmicPasswordCost cost, GError **error);

G_END_DECLS
