/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* GTK 4.8 gives the rows of a list view no name: a screen reader has nothing to say of them. To be
 * called by a factory's "bind": the row is called by what the labels in its child say, now and
 * when they say something else later. */
void dpop_list_row_name (GtkListItem *item);

G_END_DECLS
