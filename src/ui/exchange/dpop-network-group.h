/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The network: who is connected and how far each is, whether it is used, and how to reach someone
 * who is not found. */
#define DPOP_TYPE_NETWORK_GROUP (dpop_network_group_get_type ())
G_DECLARE_FINAL_TYPE (DpopNetworkGroup, dpop_network_group, DPOP, NETWORK_GROUP,
                      AdwPreferencesGroup)

/* Once. */
void dpop_network_group_set_session (DpopNetworkGroup *self, DpopSession *session);

G_END_DECLS
