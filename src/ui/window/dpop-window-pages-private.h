/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-pager.h"
#include "dpop-sidebar.h"

G_BEGIN_DECLS

/* Which pages there are, and how each is made: the one place that knows them all. */

/* A new page; ID and TOPIC for places that have one. NULL when there is none such. */
DpopPage *dpop_window_pages_new (DpopSession *session, DpopPlace place, const CosmicId *id,
                                 const char *topic);

/* Sections stand in the sidebar. */
void      dpop_window_pages_fill        (DpopSidebar *sidebar);
gboolean  dpop_window_pages_has         (DpopPlace place);
/* Hands the file PATH to PAGE, which is that of the exchange. */
void      dpop_window_pages_take_file   (DpopPage *page, const char *path);
gboolean  dpop_window_pages_is_section  (DpopPlace place);
guint     dpop_window_pages_n_sections  (void);
DpopPlace dpop_window_pages_nth_section (guint i);
DpopPlace dpop_window_pages_first       (void);

G_END_DECLS
