/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-step-page.h"
#include "dpop-way-in.h"

G_BEGIN_DECLS

/* Joining: the invitation, then a passphrase; the profile is made, and asks to be let in. PATH is a
 * file to begin with, or NULL. */
DpopPage *dpop_join_page_new (DpopWayIn *owner, const char *path);

/* Another invitation for a profile that waits; DONE is called with DATA, a GObject that is not kept
 * alive, when the new request is there. */
DpopPage *dpop_join_again_page_new (DpopSession *session, void (*done) (gpointer data),
                                    GObject *data);

G_END_DECLS
