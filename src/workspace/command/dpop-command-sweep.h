/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-profile.h"

G_BEGIN_DECLS

/* Makes sure that nothing of what was deleted is left in the profile's folder: SQLite overwrites
 * what it frees, but older versions of a page lie in its log until that is copied and emptied. Also
 * to be called after an exchange that brought deletions. Readers in the middle of something delay
 * it to the next time. */
gboolean dpop_command_sweep (DpopProfile *profile, GError **error);

G_END_DECLS
