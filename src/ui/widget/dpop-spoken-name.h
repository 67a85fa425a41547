/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What a screen reader calls a control, where GTK 4.18 would call it otherwise than GTK 4.8. */

/* WIDGET has a name in its template, which GTK 4.18 would pass over for the words on it or beside
 * it, or for what is chosen there. */
void dpop_spoken_name_own (GtkWidget *widget);

/* Calls WIDGET by NAME, and not by any of these. */
void dpop_spoken_name_set (GtkWidget *widget, const char *name);

/* An entry row has two labels that say its title, and shows one of them at a time. GTK 4.18 calls
 * the row by both: the title would be said twice. */
void dpop_spoken_name_entry_row (AdwEntryRow *row);

/* The menu of BUTTON, to be called once it has that: in GTK 4.18 its items have no names. */
void dpop_spoken_name_menu (GtkMenuButton *button);

G_END_DECLS
