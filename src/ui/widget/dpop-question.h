/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* libadwaita gives the answers of a dialog, and the button of a toast, a mnemonic: GTK 4.8 then
 * takes the button's label for its name twice, and a screen reader says "Undo Undo". To be called
 * for a dialog once it has its answers: each of its buttons is called what it says. */
void dpop_answers_read_once (GtkWidget *dialog);

G_END_DECLS
