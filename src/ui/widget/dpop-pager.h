/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-page.h"

G_BEGIN_DECLS

/* Pages one over the other, of which the topmost is seen. Where the focus stood is found again when
 * the page comes back.
 *
 * Properties: "can-pop"; "root-back" (whether the lowest page shows a way back too, to what the
 * pager lies in); "visible-page". */
#define DPOP_TYPE_PAGER (dpop_pager_get_type ())
G_DECLARE_FINAL_TYPE (DpopPager, dpop_pager, DPOP, PAGER, AdwBin)

GtkWidget *dpop_pager_new  (void);

/* All pages go, and ROOT comes. */
void       dpop_pager_set_root (DpopPager *self, DpopPage *root);
void       dpop_pager_clear    (DpopPager *self);
void       dpop_pager_push     (DpopPager *self, DpopPage *page);
/* FALSE when there is nothing below, or the page will not go now. */
gboolean   dpop_pager_pop      (DpopPager *self);
/* Whether every page may go now. */
gboolean   dpop_pager_leave    (DpopPager *self);

/* Borrowed; NULL when there is none. */
DpopPage  *dpop_pager_get_visible (DpopPager *self);
guint      dpop_pager_get_depth   (DpopPager *self);
/* Tells every page. */
void       dpop_pager_refresh     (DpopPager *self, DpopProjectorChanges *changes);

void       dpop_pager_set_root_back (DpopPager *self, gboolean root_back);

G_END_DECLS
