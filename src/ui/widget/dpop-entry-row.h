/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* An entry row has two labels that say its title, and shows one of them at a time. GTK 4.18 calls
 * the row by both: a screen reader would say the title twice. With this it says it once. */
void dpop_entry_row_name (AdwEntryRow *row);

G_END_DECLS
