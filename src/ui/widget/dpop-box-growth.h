/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Of a long page: of BOX, which was just filled, only the first AT_ONCE children are shown, and
 * STEP more with every frame, until all are. Measuring all of it before anything is painted would
 * keep who reads waiting. For children that are all meant to be seen. */
void dpop_box_growth_begin (GtkBox *box, guint at_once, guint step);

G_END_DECLS
