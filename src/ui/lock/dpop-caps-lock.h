/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Shows LABEL while WIDGET is on screen and Caps Lock is on. */
void dpop_caps_lock_watch (GtkWidget *widget, GtkWidget *label);

G_END_DECLS
