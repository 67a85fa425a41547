/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-profile.h"

G_BEGIN_DECLS

/* Ends the transaction that a command began: commits what is GOOD, takes back the rest. */
gboolean dpop_command_end (DpopProfile *profile, gboolean good, GError **error);

/* Sets DPOP_PROFILE_ERROR; always FALSE. MESSAGE is translated. */
gboolean dpop_command_fail (GError **error, DpopProfileError code, const char *message);

void dpop_command_new_id (DpopProfile *profile, CosmicId *id);

/* A new random key of a scope. The caller frees. */
CosmicScopeKey *dpop_command_new_key (DpopProfile *profile);

/* What the computers DEVICES (of CosmicId) signed that is not confirmed yet, as far as it is known
 * here and a removal can keep it: an array of CosmicId. NULL when the store fails. */
GArray *dpop_command_signed_by (DpopProfile *profile, const GArray *devices, GError **error);

G_END_DECLS
