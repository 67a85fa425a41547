/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-profile.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* An organisation's small mark: two letters of its name on one of eight colours, which its id
 * chooses. Only a picture: its name stands beside it. */
#define DPOP_TYPE_EMBLEM (dpop_emblem_get_type ())
G_DECLARE_FINAL_TYPE (DpopEmblem, dpop_emblem, DPOP, EMBLEM, AdwBin)

GtkWidget *dpop_emblem_new (void);
/* ID may be NULL. */
void       dpop_emblem_set (DpopEmblem *self, const char *name, const CosmicId *id);
/* The two letters, or fewer; the caller frees. */
char      *dpop_emblem_letters (const char *name);

G_END_DECLS
