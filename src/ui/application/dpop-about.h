/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Shows what DPOP is, and what it runs on. PARENT may be NULL. */
void dpop_about_show (GtkWindow *parent);

G_END_DECLS
