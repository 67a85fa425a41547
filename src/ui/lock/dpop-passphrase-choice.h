/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-profile.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A new passphrase, typed twice, and how good it is in words. What is typed lies in memory that is
 * not swapped out.
 *
 * Property "acceptable": it may be taken. Signal "changed". Enter activates the window's default
 * button. */
#define DPOP_TYPE_PASSPHRASE_CHOICE (dpop_passphrase_choice_get_type ())
G_DECLARE_FINAL_TYPE (DpopPassphraseChoice, dpop_passphrase_choice, DPOP, PASSPHRASE_CHOICE, AdwBin)

GtkWidget    *dpop_passphrase_choice_new (void);
gboolean      dpop_passphrase_choice_get_acceptable (DpopPassphraseChoice *self);
/* A copy; NULL unless acceptable. */
CosmicSecret *dpop_passphrase_choice_dup (DpopPassphraseChoice *self);
/* Says, beside the field, why it cannot be taken, and goes there. */
void          dpop_passphrase_choice_complain (DpopPassphraseChoice *self);
void          dpop_passphrase_choice_clear    (DpopPassphraseChoice *self);

G_END_DECLS
