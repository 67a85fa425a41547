/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-session.h"
#include "dpop-shell.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The organisation's name, where one can go, and at the foot the state of the exchange in words.
 * Property "alone": nothing stands beside it, so that it carries the window's buttons.
 * Signal "chosen" (a DpopPlace) when a person chose an entry, the chosen one again included. */
#define DPOP_TYPE_SIDEBAR (dpop_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (DpopSidebar, dpop_sidebar, DPOP, SIDEBAR, AdwBin)

/* Adds an entry; ICON is of the theme. In the order of the calls. */
void dpop_sidebar_add    (DpopSidebar *self, DpopPlace place, const char *title,
                          const char *icon);
/* Shows PLACE as chosen, without saying so. */
void dpop_sidebar_select (DpopSidebar *self, DpopPlace place);
/* NULL clears it. */
void dpop_sidebar_set_session (DpopSidebar *self, DpopSession *session);
void dpop_sidebar_focus  (DpopSidebar *self);

G_END_DECLS
