/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Something that is to happen later in the thread-default context of whoever asks, with a place for
 * it: one thing a place, NULL for none. For threads that have a context of their own, where
 * g_timeout_add() would go elsewhere. */

/* Puts SOURCE (taken) in PLACE, instead of what is there. CALLBACK empties PLACE by
 * dpop_source_clear() when it is through. */
void dpop_source_set   (GSource **place, GSource *source, GSourceFunc callback, gpointer data);
/* The same after so many MILLISECONDS. */
void dpop_source_after (GSource **place, guint milliseconds, GSourceFunc callback, gpointer data);
/* Nothing happens any more. */
void dpop_source_clear (GSource **place);

G_END_DECLS
