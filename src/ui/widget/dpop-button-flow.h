/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Buttons beside each other, which wrap where there is no room: large text on a small window. */
GtkWidget *dpop_button_flow_new (void);
void       dpop_button_flow_add (GtkWidget *flow, GtkWidget *button);

G_END_DECLS
