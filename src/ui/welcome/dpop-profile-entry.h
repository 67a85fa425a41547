/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-profile.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What a new profile needs: a passphrase, typed twice, and what it is called on this computer. */
#define DPOP_TYPE_PROFILE_ENTRY (dpop_profile_entry_get_type ())
G_DECLARE_FINAL_TYPE (DpopProfileEntry, dpop_profile_entry, DPOP, PROFILE_ENTRY, AdwBin)

/* LABEL NULL: one that is free. */
GtkWidget    *dpop_profile_entry_new            (const char *label);
/* The caller frees. */
char         *dpop_profile_entry_dup_label      (DpopProfileEntry *self);
/* A copy; NULL unless it may be taken. */
CosmicSecret *dpop_profile_entry_dup_passphrase (DpopProfileEntry *self);
/* FALSE: all is well. Else it goes to what is not, and says why there. */
gboolean      dpop_profile_entry_complain       (DpopProfileEntry *self);

G_END_DECLS
