/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What a screen reader calls a control, where GTK 4.18 would call it otherwise than GTK 4.8. */

/* Calls WIDGET by NAME, which says more than the words on it or beside it: GTK 4.18 would keep to
 * those. */
void dpop_spoken_name_set (GtkWidget *widget, const char *name);

/* An entry row has two labels that say its title, and shows one of them at a time. GTK 4.18 calls
 * the row by both: the title would be said twice. */
void dpop_spoken_name_entry_row (AdwEntryRow *row);

/* The menu of BUTTON, to be called once it has that: in GTK 4.18 its items have no names. */
void dpop_spoken_name_menu (GtkMenuButton *button);

G_END_DECLS
