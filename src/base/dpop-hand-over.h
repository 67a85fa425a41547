/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The one way of a value from one thread to another: onto the main context of the receiver. What is
 * handed over is either never changed again by anyone, or the receiver's alone from then on.
 *
 * Every other thread synchronises inside GLib, where the thread sanitizer does not look; here it is
 * told. */

/* Takes VALUE over. */
typedef void (*DpopHandOverReceive) (gpointer value);

/* Calls RECEIVE with VALUE where CONTEXT runs (NULL: the default one), in the order of sending. If
 * the context ends before it comes to that, DROP (may be NULL) frees the value instead. */
void dpop_hand_over_send (GMainContext *context, DpopHandOverReceive receive, gpointer value,
                          GDestroyNotify drop);

/* Calls RECEIVE there and waits until it is through. VALUE stays the caller's. Not from the thread
 * that runs CONTEXT. */
void dpop_hand_over_wait (GMainContext *context, DpopHandOverReceive receive, gpointer value);

/* What one thread wrote before release of ADDRESS, another reads after acquire of it: for values
 * that travel by other means than the above. No-ops but for the thread sanitizer. */
void dpop_hand_over_release (gpointer address);
void dpop_hand_over_acquire (gpointer address);

G_END_DECLS
