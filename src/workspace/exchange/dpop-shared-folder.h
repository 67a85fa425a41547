/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-mailbox.h"
#include "dpop-profile.h"

G_BEGIN_DECLS

/* The folder through which this computer exchanges, whatever keeps it the same elsewhere: a
 * setting of this computer alone. */

/* Its path; NULL when there is none. The caller frees. */
char *dpop_shared_folder_get (DpopProfile *profile);
/* Uses FOLDER from now on, a path from the root; NULL: none any more. This computer's files are
 * taken out of the one before, as far as it is still there. DPOP_PROFILE_ERROR_INVALID when it
 * cannot be one. */
gboolean dpop_shared_folder_use (DpopProfile *profile, const char *folder, GError **error);

/* Everything that a person would do by hand with transfer files and summaries: what others left is
 * taken in, what is open confirmed by whoever confirms, and what they lack written. BOX remembers
 * from one round to the next: NULL at first, freed by the caller, and for one profile only.
 * AT_ONCE: a person asked for it. */
gboolean dpop_shared_folder_round (DpopProfile *profile, DpopMailbox **box, gboolean at_once,
                                   GCancellable *cancellable, DpopMailboxRound *round,
                                   GError **error);

G_END_DECLS
