/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-authority.h"
#include "cosmic-text-code.h"
#include "dpop-profile.h"

G_BEGIN_DECLS

/* Why a text code could not be read, as DPOP_PROFILE_ERROR_INVALID and what to do. Always FALSE. */
gboolean dpop_command_code_fail (GError **error, CosmicTextCodeVerdict verdict, guint line);

/* A request, sealed to this computer. */
gboolean dpop_command_code_request (DpopProfile *profile, const char *text, CosmicRequest *request,
                                    GError **error);

G_END_DECLS
