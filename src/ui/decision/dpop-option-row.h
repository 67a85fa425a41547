/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-profile.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* An option that is being put on a ballot: its name, to be typed or a member's, and ways to move it
 * and to take it away. Signals "changed", "shift" (-1: up, 1: down), "taken-away", "dropped-on"
 * (another row, and whether after this one), and "entered" on Enter. */
#define DPOP_TYPE_OPTION_ROW (dpop_option_row_get_type ())
G_DECLARE_FINAL_TYPE (DpopOptionRow, dpop_option_row, DPOP, OPTION_ROW, GtkBox)

/* With ID (of the member who stands, or of an option that is there already) it has its name for
 * good; ID may be NULL. FIXED: it can be moved only. */
GtkWidget      *dpop_option_row_new (const char *name, const CosmicId *id,
                                     gboolean fixed);
const char     *dpop_option_row_get_name      (DpopOptionRow *self);
const CosmicId *dpop_option_row_get_id (DpopOptionRow *self); /* NULL: none */
/* Its place among N, from 1. */
void            dpop_option_row_set_place     (DpopOptionRow *self, guint place, guint n);
void            dpop_option_row_focus         (DpopOptionRow *self);

G_END_DECLS
