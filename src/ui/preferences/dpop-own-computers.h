/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-place-facts.h"
#include "dpop-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* This member's computers: which there are, a further one, and switching one off. */
#define DPOP_TYPE_OWN_COMPUTERS (dpop_own_computers_get_type ())
G_DECLARE_FINAL_TYPE (DpopOwnComputers, dpop_own_computers, DPOP, OWN_COMPUTERS,
                      AdwPreferencesGroup)

void dpop_own_computers_set (DpopOwnComputers *self, DpopSession *session,
                             const DpopPlaceFacts *facts);

G_END_DECLS
