/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-pager.h"

G_BEGIN_DECLS

/* All that comes before an organisation is open in a window: the welcome, founding, joining, the
 * passphrase, and waiting for the first transfer file.
 *
 * Signal "session" (a DpopSession, or NULL) when another profile is what the window is about;
 * "ready" when the session is open and its pages can be shown. */
#define DPOP_TYPE_WAY_IN (dpop_way_in_get_type ())
G_DECLARE_FINAL_TYPE (DpopWayIn, dpop_way_in, DPOP, WAY_IN, AdwBin)

GtkWidget *dpop_way_in_new (void);

void dpop_way_in_show_welcome (DpopWayIn *self);
/* Asks for the passphrase of SESSION, which is closed. */
void dpop_way_in_show_unlock  (DpopWayIn *self, DpopSession *session);
/* Where to go with SESSION, which is open: to its pages as a rule. */
void dpop_way_in_go_on        (DpopWayIn *self, DpopSession *session);
/* Deletes the practice organisation of SESSION. */
void dpop_way_in_end_practice (DpopWayIn *self, DpopSession *session);
/* After the founding of SESSION's organisation, which is open: what founders do next. */
void dpop_way_in_founded (DpopWayIn *self, DpopSession *session);
/* Begins to join with the invitation in the file PATH. */
void dpop_way_in_show_join    (DpopWayIn *self, const char *path);
/* Takes in the transfer file PATH, where a first one is waited for; FALSE: it is not. */
gboolean dpop_way_in_take_in  (DpopWayIn *self, const char *path);
/* Forgets what was shown. */
void dpop_way_in_clear        (DpopWayIn *self);

/* Borrowed. */
DpopPager *dpop_way_in_get_pager (DpopWayIn *self);

G_END_DECLS
