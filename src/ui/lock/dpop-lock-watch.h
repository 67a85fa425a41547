/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Sees when a window should be locked: nobody has touched it for as long as the session says, the
 * computer is about to sleep, or its person has locked the screen. On a system that tells nothing
 * of the last two, the first is left.
 *
 * Signal "lock". When the computer is about to sleep, it waits until dpop_lock_watch_done() is
 * called, as far as the system allows. */
#define DPOP_TYPE_LOCK_WATCH (dpop_lock_watch_get_type ())
G_DECLARE_FINAL_TYPE (DpopLockWatch, dpop_lock_watch, DPOP, LOCK_WATCH, GObject)

/* WINDOW is not kept alive. */
DpopLockWatch *dpop_lock_watch_new         (GtkWidget *window);
/* SESSION is open; NULL: there is nothing to lock. */
void           dpop_lock_watch_set_session (DpopLockWatch *self, DpopSession *session);
/* All is wiped: the computer may sleep. */
void           dpop_lock_watch_done        (DpopLockWatch *self);

G_END_DECLS
