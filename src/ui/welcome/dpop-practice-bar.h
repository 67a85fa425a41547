/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Over the pages of an invented organisation: says that nothing is real, and lets its members go on
 * every few seconds. Shown for such a session only. Signal "end" when the person has confirmed that
 * it is to be deleted. */
#define DPOP_TYPE_PRACTICE_BAR (dpop_practice_bar_get_type ())
G_DECLARE_FINAL_TYPE (DpopPracticeBar, dpop_practice_bar, DPOP, PRACTICE_BAR, AdwBin)

/* SESSION is open; NULL: none is. */
void dpop_practice_bar_set_session (DpopPracticeBar *self, DpopSession *session);

G_END_DECLS
