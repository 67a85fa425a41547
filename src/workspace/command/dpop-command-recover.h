/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-authority.h"
#include "dpop-bundle.h"
#include "dpop-profile.h"

G_BEGIN_DECLS

/* The way back for a member who has lost every computer (design 4.1). An officer invites them as
 * lost (dpop_command_invite), their new computer answers with a request, the officer asks for it to
 * be let in, others support it; whatever computer the member still has may veto, for as long as the
 * rules say; after that it is in, and is handed the keys. */

/* DEVICE is set to the computer that asks. */
gboolean dpop_command_recover (DpopProfile *profile, const char *request, CosmicId *device,
                               GError **error);
gboolean dpop_command_recover_support (DpopProfile *profile, const CosmicId *device,
                                       GError **error);
gboolean dpop_command_recover_veto    (DpopProfile *profile, const CosmicId *device,
                                       GError **error);

/* What is asked for and not over yet, and what was stopped: (element-type CosmicAttachment); to be
 * freed. NULL with an error. */
GArray  *dpop_command_recover_list (DpopProfile *profile, GError **error);

/* Once DEVICE is in: the keys of all that its member may read and this computer has, and its first
 * transfer file, at PATH. */
gboolean dpop_command_recover_hand_over (DpopProfile *profile, const CosmicId *device,
                                         const char *path, DpopBundleExport *file,
                                         GError **error);

G_END_DECLS
