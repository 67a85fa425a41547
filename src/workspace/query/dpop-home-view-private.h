/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-home-view.h"

G_BEGIN_DECLS

/* Fills SELF's news from what came after SEEN, MOST of them. */
gboolean dpop_home_news_fill (DpopHomeView *self, DpopProfile *profile, const DpopNames *names,
                              guint most, GError **error);
void     dpop_home_news_free (DpopHomeNews *self);

G_END_DECLS
