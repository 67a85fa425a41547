/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One child, that fills all there is, and is as wide as it is whatever its height. To be asked for
 * the least width at some height, as boxes above a page ask, costs a page of text dozens of
 * layouts of every paragraph; and a page that scrolls is as high as one likes. */
#define DPOP_TYPE_PAGE_LAYOUT (dpop_page_layout_get_type ())
G_DECLARE_FINAL_TYPE (DpopPageLayout, dpop_page_layout, DPOP, PAGE_LAYOUT, GtkLayoutManager)

G_END_DECLS
