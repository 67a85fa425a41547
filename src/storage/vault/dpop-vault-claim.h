/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-clock.h"
#include "dpop-vault-disk.h"

G_BEGIN_DECLS

/* Claims the profile in FOLDER for this process, in its file "lock", which then says who has it.
 * When another has it, ERROR (DPOP_VAULT_ERROR_BUSY) says which program, process and computer, and
 * since when. The claim is let go with the disk's release(), or by the end of the process. */
gboolean dpop_vault_claim (DpopVaultDisk disk, DpopClock clock, const char *folder, gpointer *claim,
                           GError **error);

G_END_DECLS
