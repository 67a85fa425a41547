/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Shows a list a screenful at first, and more of it with every frame, until all of it is there. A
 * list view makes up to 200 rows of whatever it is given, before it paints the first: half a second
 * of measuring text. When so many rows come in at the top, in sight, that the same would happen
 * again, it begins anew, from the newest. */
#define DPOP_TYPE_LIST_GROWTH (dpop_list_growth_get_type ())
G_DECLARE_FINAL_TYPE (DpopListGrowth, dpop_list_growth, DPOP, LIST_GROWTH, GObject)

/* MODEL is shown in VIEW, without a selection. */
void dpop_list_growth_show (GtkListView *view, GListModel *model);

G_END_DECLS
